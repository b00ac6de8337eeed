//! The territory of a structure of which only the seat and the communes are known: its youths are drawn, and all
//! that nobody told is an assumption.

use super::programmes;
use crate::finding::{Code, Finding, Source, Text};
use crate::read::{CommuneOf, Country, StructureOf};
use crate::territory::{
    Draft, Provenance, Rules, Site, SiteStatus, Slot, Synthesis, Written, synthesise_so_many,
};
use crate::units::{Cents, Key};
use jiff::civil::Weekday;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most sites of a structure: the seat and the largest communes.
pub const MOST_SITES: usize = 6;
/// Half-days a week with groups for which the seat, and any other site, is staffed.
pub const HALF_DAYS: (u32, u32) = (10, 2);
/// Days on which sites that are not the seat are open, in turn: whoever goes there is in one place a day.
const ANTENNA_DAYS: [Weekday; 2] = [Weekday::Tuesday, Weekday::Thursday];
/// Rooms at the seat, and at any other site.
const ROOMS: (u32, u32) = (2, 1);

/// How the youths of structures are drawn.
///
/// ```
/// use maillage::prepare::Drawn;
///
/// assert_eq!(Drawn::default(), Drawn { youths: 300, seed: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// So many of each structure that says no number of its own.
    pub youths: u32,
    /// Where draws begin; each structure's is its own.
    pub seed: u64,
}

impl Default for Drawn {
    fn default() -> Self {
        Self { youths: 300, seed: 1 }
    }
}

impl Drawn {
    /// All that the territory of a structure is made of: it is the same as long as this is.
    pub fn told(&self, country: &Country, of: &StructureOf) -> String {
        let communes: Vec<&CommuneOf> =
            of.communes.iter().filter_map(|&at| country.communes.get(at)).collect();
        format!("{self:?}\n{of:?}\n{communes:?}\n{:?}\n{:?}", country.programmes, country.catchment)
    }

    /// The territory of a structure, to be checked.
    ///
    /// # Errors
    /// What is wrong with the structure.
    pub fn territory(&self, country: &Country, of: &StructureOf) -> Result<Draft, Vec<Finding>> {
        if !of.problems.is_empty() {
            return Err(of.problems.clone());
        }
        let communes: BTreeSet<usize> = of.communes.iter().copied().chain(of.seat).collect();
        let places = communes.iter().filter_map(|&at| country.communes.get(at));
        let places = places.map(|commune| {
            // Whoever lives at the seat of another's perimeter is another's.
            let own = of.communes.iter().any(|&at| country.communes.get(at) == Some(commune));
            let population = commune.place.population.filter(|_| own);
            let value = crate::territory::Place { population, ..commune.place.clone() };
            Written { value, source: commune.source.clone() }
        });
        let mut draft = Draft { places: places.collect(), ..Draft::new(&of.name) };
        for slot in Slot::ten_half_days() {
            draft.slot(slot);
        }
        sites(country, of, &mut draft);
        let antennas = draft.sites.len().saturating_sub(1) as u32;
        draft.rules = Rules { half_days: Some(HALF_DAYS.0 + HALF_DAYS.1 * antennas), ..Rules::default() };
        let spec = Synthesis { seed: own_seed(self.seed, of.key.as_str()), ..Synthesis::default() };
        let offered = programmes::usual_of_a_country(super::usual_start(spec.reference));
        let offered = if country.programmes.is_empty() { offered } else { country.programmes.clone() };
        offered.into_iter().for_each(|programme| {
            draft.programme(programme);
        });
        self.draw(of, spec, &mut draft)?;
        Ok(draft)
    }

    fn draw(&self, of: &StructureOf, spec: Synthesis, draft: &mut Draft) -> Result<(), Vec<Finding>> {
        let youths = of.youths.unwrap_or(self.youths);
        let drawn = synthesise_so_many(draft, &spec, youths)?;
        if drawn.is_empty() && youths > 0 {
            return Err(vec![nobody_lives_there(&of.source, &of.name)]);
        }
        let people: u64 =
            draft.places.iter().map(|place| u64::from(place.value.population.unwrap_or(0))).sum();
        // Of so many inhabitants, as a rate tells it.
        let rate = u64::from(youths).saturating_mul(100_000).checked_div(people).unwrap_or(0);
        let followed_per_100_000 = u32::try_from(rate).unwrap_or(u32::MAX);
        let told = Synthesis { followed_per_100_000, ..spec };
        draft.provenance = Provenance::Synthetic(Box::new(told));
        drawn.into_iter().for_each(|youth| {
            draft.youth(youth);
        });
        Ok(())
    }
}

/// Each structure has draws of its own, whichever others there are.
pub(crate) fn own_seed(seed: u64, id: &str) -> u64 {
    let hash = crate::read::sha256(format!("{seed}:{id}").as_bytes());
    u64::from_str_radix(hash.get(..16).unwrap_or_default(), 16).unwrap_or(seed)
}

/// A site at the seat, open all week, and one in each of the largest other communes, open one day.
fn sites(country: &Country, of: &StructureOf, draft: &mut Draft) {
    let others = of.communes.iter().filter(|&&at| Some(at) != of.seat);
    let mut others: Vec<&CommuneOf> = others.filter_map(|&at| country.communes.get(at)).collect();
    others.sort_by_key(|commune| (Reverse(commune.place.population), commune.place.key.clone()));
    let on = |day: Option<Weekday>| -> Vec<Key> {
        let open = draft.slots.iter().filter(|slot| day.is_none_or(|day| slot.value.day == day));
        open.map(|slot| slot.value.key.clone()).collect()
    };
    let seat = of.seat.and_then(|at| country.communes.get(at));
    let seat = seat.map(|commune| (commune, of.position.or(commune.place.position), ROOMS.0, on(None)));
    let days = ANTENNA_DAYS.into_iter().cycle().map(|day| on(Some(day)));
    let antennas = others.into_iter().zip(days);
    let antennas = antennas.map(|(commune, open)| (commune, commune.place.position, ROOMS.1, open));
    let all: Vec<_> = seat.into_iter().chain(antennas).take(MOST_SITES).collect();
    for (commune, position, rooms, open) in all {
        draft.site(Site {
            key: commune.place.key.clone(),
            name: commune.place.name.clone(),
            commune: commune.place.commune,
            position,
            status: SiteStatus::Existing,
            rooms,
            open,
            half_days: None,
            room_cost: Cents::default(),
        });
    }
}

fn nobody_lives_there(source: &Source, name: &str) -> Finding {
    Finding::new(
        Code::EmptyCatchment,
        source.clone(),
        Text::say(|words| words.nobody_lives_around(name)),
        Text::say(|words| words.give_it_communes()),
    )
}
