//! Embedding: another tool's network gives the travel times, a territory is built
//! in memory, groups come out. No file is read.

use jiff::civil::date;
use maillage::groups::Limits;
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::{Cell, Column, ColumnKey, Journey, Query, Stale, Travel, TravelProvider, Trip, When};
use maillage::units::*;
use maillage::{Control, Error};
use std::io::{self, Write};
use std::sync::Arc;

const SITES: [&str; 2] = ["market-town", "crossroads"];

/// Minutes by coach from each hamlet to each of `SITES`, and back; none where no coach goes.
const MINUTES: [(&str, [Option<u32>; 2]); 4] = [
    ("mill", [Some(10), Some(35)]),
    ("ridge", [Some(30), Some(20)]),
    ("ford", [Some(50), None]),
    ("heath", [None, Some(25)]),
];

/// The network's answer, as a tool would look it up in its own graph.
struct Network;

impl Network {
    fn trip(territory: &Territory, place: PlaceId, site: SiteId) -> Trip {
        let (place, site) = (territory.places().key_of(place), territory.sites().key_of(site));
        let row = MINUTES.iter().find(|(name, _)| *name == place);
        let column = SITES.iter().position(|&name| name == site);
        match row.zip(column).and_then(|((_, minutes), column)| minutes[column]) {
            Some(minutes) => Trip::Time(Travel::direct(Seconds::from_minutes(minutes), Metres::new(0))),
            None => Trip::NoLink,
        }
    }
}

impl TravelProvider for Network {
    fn name(&self) -> &str {
        "my network"
    }

    fn modes(&self, _territory: &Territory) -> Vec<Mode> {
        vec![Mode::Bus]
    }

    /// One column a site and way, with one cell a place. `When::Session` would date it.
    fn columns(
        &self,
        territory: &Territory,
        _modes: &[Mode],
        query: &Query,
        _control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let mut columns = Vec::new();
        for &site in query.sites.keys() {
            let places = (0..territory.places().rows()).map(PlaceId::from_index);
            let cells: Arc<[Cell]> = places.map(|p| Self::trip(territory, p, site).into()).collect();
            columns.extend(Way::BOTH.map(|way| Column {
                key: ColumnKey { site, way, mode: Mode::Bus, when: When::Always },
                cells: Arc::clone(&cells),
            }));
        }
        Ok(columns)
    }

    fn stale(&self, _changes: &Changes) -> Stale {
        Stale::Everything
    }

    fn journey(&self, _: &Territory, _: PlaceId, _: ColumnKey) -> Option<Journey> {
        None
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (territory, _warnings) = draft().ok_or("a key or a size is wrong")?.check()?;
    let control = Control::none();
    let mut study = Study::new(territory, vec![Arc::new(Network)], &control)?;
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control)? else {
        return Err("no plan".into());
    };

    let (territory, mut out) = (study.territory(), io::stdout());
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
fn draft() -> Option<Draft> {
    let mut draft = Draft::new("Four hamlets");
    for (hamlet, _) in MINUTES {
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

/// The network knows the place by its key: coordinates are not needed, and their absence is a warning.
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
        availability: Availability::default(),
        programmes: vec![Key::new("workshop")?],
        priority: Priority::NONE,
    })
}
