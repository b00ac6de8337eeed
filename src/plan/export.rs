//! The problem of a territory as an instance file, to be solved elsewhere.

use super::pose::Posed;
use crate::instance::{Instance, Names};
use crate::territory::{Handle, ProgrammeOption, Territory, Venue};
use crate::units::Seconds;

impl Posed {
    /// The problem with the names of programmes, options and sites. Youths are
    /// numbered: their identifiers stay with the territory.
    pub fn into_instance(self, territory: &Territory) -> Instance {
        let label = |option: &ProgrammeOption| {
            let sites = option.venue.sites().iter().map(|&s| territory.sites().key_of(s));
            let slots = option.slots.iter().map(|&s| territory.slots().key_of(s));
            let words: Vec<&str> = sites.chain(slots).collect();
            format!("{} {}", words.join(" "), option.start)
        };
        let site = |option: &ProgrammeOption| match option.venue {
            Venue::One(site) => Some(site.row() as u32),
            Venue::Turns(..) => None,
        };
        let options = || self.options.iter().map(|&o| territory.option(o));
        let names = Names {
            programmes: self
                .programmes
                .iter()
                .map(|&p| territory.programmes().key_of(p).to_owned())
                .collect(),
            options: options().map(label).collect(),
            sites: options().map(site).collect(),
            youths: (0..self.youths.len()).map(|y| y.to_string()).collect(),
            gates: self.gates.iter().map(|&s| territory.sites().key_of(s).to_owned()).collect(),
        };
        let name = territory.name().to_owned();
        Instance { name, problem: self.problem, names, unit: Seconds::new(1) }
    }
}
