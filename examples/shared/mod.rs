//! What the examples of embedding share: four hamlets, two sites and one workshop, built in memory.

use jiff::civil::date;
use maillage::plan::Plan;
use maillage::territory::*;
use maillage::units::{Cents, Key};
use std::io::{self, Write};

pub(crate) const HAMLETS: [&str; 4] = ["mill", "ridge", "ford", "heath"];
pub(crate) const SITES: [&str; 2] = ["market-town", "crossroads"];

/// Says who is in which group and how they come, and who is left out.
pub(crate) fn print(territory: &Territory, plan: &Plan) -> io::Result<()> {
    let mut out = io::stdout();
    for group in &plan.groups {
        let sites: Vec<&str> =
            group.offer.venue.sites().iter().map(|&s| territory.sites().key_of(s)).collect();
        let slots: Vec<&str> = group.offer.slots.iter().map(|&s| territory.slots().key_of(s)).collect();
        writeln!(out, "{} on {}", sites.join("+"), slots.join(", "))?;
        for member in &group.members {
            let youth = territory.youths().key_of(member.youth);
            match member.trip {
                Some(trip) => {
                    let minutes = trip.longer().to_minutes().get();
                    writeln!(out, "  {youth}, {minutes} min by {}", trip.mode_to.as_str())?;
                }
                None => writeln!(out, "  {youth}, by video")?,
            }
        }
    }
    for one in &plan.left_out {
        writeln!(out, "left out: {} ({})", territory.youths().key_of(one.youth), one.reason.as_str())?;
    }
    Ok(())
}

/// Ten youths in four hamlets, two sites, one workshop. Keys and sizes are checked
/// types: whatever is wrong with one is known where it is made.
pub(crate) fn draft() -> Option<Draft> {
    let mut draft = Draft::new("Four hamlets");
    for hamlet in HAMLETS {
        draft.place(place(hamlet)?);
    }
    for name in SITES {
        draft.site(site(name)?);
    }
    draft.programme(workshop()?);
    let homes = ["mill", "mill", "mill", "ridge", "ridge", "ridge", "ford", "ford", "heath", "heath"];
    for (i, home) in homes.iter().enumerate() {
        draft.youth(youth(&format!("y{:02}", i + 1), home)?);
    }
    Some(draft)
}

/// Networks and matrices know the place by its key: coordinates are not needed, and their absence is a warning.
fn place(key: &str) -> Option<Place> {
    let key = Key::new(key)?;
    let name = key.to_string();
    Some(Place { key, name, commune: None, position: None, population: None, epci: None })
}

fn site(key: &str) -> Option<Site<Names>> {
    let key = Key::new(key)?;
    Some(Site {
        name: key.to_string(),
        key,
        commune: None,
        position: None,
        status: SiteStatus::Existing,
        rooms: 1,
        open: vec![Key::new("mar-am")?, Key::new("jeu-am")?],
        half_days: None,
        room_cost: Cents::default(),
    })
}

/// One half-day a week for six weeks, in groups of 3 to 6.
fn workshop() -> Option<Programme<Names>> {
    Some(Programme {
        key: Key::new("workshop")?,
        name: "Workshop".to_owned(),
        size: GroupSize::new(3, 5, 6)?,
        rhythm: Rhythm::HalfDays(1),
        slots: Vec::new(),
        sites: Vec::new(),
        alternating: Vec::new(),
        weeks: 6,
        start: StartWindow { first: date(2026, 9, 7), later_weeks: 0 },
        in_holidays: InHolidays::Pauses,
        needed: Needed::All,
        limit: None,
        ages: Ages::MISSION_LOCALE,
        mix: Vec::new(),
        excludes: Vec::new(),
        max_groups: 1,
        group_cost: Cents::default(),
        attendance: None,
        hold: None,
    })
}

fn youth(key: &str, home: &str) -> Option<Youth<Names>> {
    Some(Youth {
        key: Key::new(key)?,
        home: Some(Key::new(home)?),
        birth: Birth::Age { years: 19, on: date(2026, 9, 1) },
        recognised_disability: false,
        sex: None,
        licences: Vec::new(),
        vehicles: Vec::new(),
        lifts: Vec::new(),
        rides: Vec::new(),
        availability: Availability::default(),
        programmes: vec![Key::new("workshop")?],
        priority: Priority::NONE,
        attendance: None,
    })
}
