//! A territory as somebody wrote it: typed values that still point at one
//! another by name. [`Draft::check`](super::Draft::check) gives a
//! [`Territory`](super::Territory), or everything that is wrong.

use super::refs::Names;
use super::{
    Adviser, Arrival, Calendar, Link, OnDemand, Outlines, Pin, Place, Programme, RoadChanges, Rules, Site,
    Slot, Synthesis, TransitChanges, Youth,
};
use crate::finding::Source;

/// A value and where it was written.
///
/// ```
/// use maillage::territory::Draft;
/// # use maillage::territory::Place;
/// # use maillage::units::{Key, Position};
/// # let place = |id: &str, lat| Place {
/// #     key: Key::new(id).expect("an identifier"), name: id.into(), commune: None,
/// #     position: Position::new(0.25, lat), population: None, epci: None,
/// # };
/// # let mut draft = Draft::new("valley");
/// draft.place(place("pont", 47.0));
/// assert_eq!(draft.places[0].value.name, "pont");
/// assert_eq!(draft.places[0].source.to_string(), "-", "written nowhere");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub source: Source,
}

/// A territory before it is checked.
///
/// ```
/// use maillage::territory::{Draft, Place};
/// use maillage::units::{Key, Position};
///
/// let mut draft = Draft::new("valley");
/// let key = Key::new("pont").expect("an identifier");
/// let position = Position::new(0.25, 47.0);
/// draft.place(Place { key, name: "Pont".into(), commune: None, position, population: None, epci: None });
/// assert_eq!(draft.check()?.0.places().len(), 1);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The territory's name.
    pub name: String,
    /// Its figures.
    pub rules: Rules,
    /// Half-days; none means the usual ten.
    pub slots: Vec<Written<Slot>>,
    /// Places.
    pub places: Vec<Written<Place>>,
    /// Sites.
    pub sites: Vec<Written<Site<Names>>>,
    /// Advisers; none means that advisers never bind.
    pub advisers: Vec<Written<Adviser<Names>>>,
    /// Programmes.
    pub programmes: Vec<Written<Programme<Names>>>,
    /// Youths.
    pub youths: Vec<Written<Youth<Names>>>,
    /// Declared transport links.
    pub links: Vec<Written<Link<Names>>>,
    /// Transport on demand.
    pub on_demand: Vec<Written<OnDemand>>,
    /// Holidays and closures.
    pub calendar: Calendar<Names>,
    /// Decisions already made.
    pub pins: Vec<Written<Pin<Names>>>,
    /// Who joins which list, from where.
    pub arrivals: Vec<Written<Arrival<Names>>>,
    /// What is different on the roads.
    pub roads: RoadChanges,
    /// What is different of coaches and trains.
    pub transit: TransitChanges,
    /// Whether the youths are real, and if not, how they were drawn.
    pub provenance: Provenance,
    /// Outlines of communes, for maps.
    pub outlines: Outlines,
}

/// Where the youths come from.
///
/// ```
/// use maillage::territory::{Draft, Provenance};
///
/// assert_eq!(Draft::new("valley").provenance, Provenance::Declared);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Provenance {
    /// The structure's own list.
    #[default]
    Declared,
    /// Drawn from counts, as this says: nobody real.
    Synthetic(Box<Synthesis>),
}

impl Draft {
    /// An empty territory of that name, with the default figures.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds a place built in memory.
    pub fn place(&mut self, place: Place) -> &mut Self {
        self.places.push(in_memory(place));
        self
    }

    /// Adds a slot built in memory.
    pub fn slot(&mut self, slot: Slot) -> &mut Self {
        self.slots.push(in_memory(slot));
        self
    }

    /// Adds a site built in memory.
    pub fn site(&mut self, site: Site<Names>) -> &mut Self {
        self.sites.push(in_memory(site));
        self
    }

    /// Adds an adviser built in memory.
    pub fn adviser(&mut self, adviser: Adviser<Names>) -> &mut Self {
        self.advisers.push(in_memory(adviser));
        self
    }

    /// Adds a programme built in memory.
    pub fn programme(&mut self, programme: Programme<Names>) -> &mut Self {
        self.programmes.push(in_memory(programme));
        self
    }

    /// Adds a youth built in memory.
    pub fn youth(&mut self, youth: Youth<Names>) -> &mut Self {
        self.youths.push(in_memory(youth));
        self
    }

    /// Adds a transport link built in memory.
    pub fn link(&mut self, link: Link<Names>) -> &mut Self {
        self.links.push(in_memory(link));
        self
    }

    /// Adds a transport service on demand built in memory.
    pub fn on_demand(&mut self, service: OnDemand) -> &mut Self {
        self.on_demand.push(in_memory(service));
        self
    }

    /// Adds a pin made in memory.
    pub fn pin(&mut self, pin: Pin<Names>) -> &mut Self {
        self.pins.push(in_memory(pin));
        self
    }
}

fn in_memory<T>(value: T) -> Written<T> {
    Written { value, source: Source::memory() }
}
