//! The model: who lives where, which sites are open when, which programmes
//! want whom. No file is read here and no time is computed.
//!
//! A [`Draft`] is what somebody wrote; [`Draft::check`] gives an immutable
//! [`Territory`], or every finding at once. [`Territory::edit`] gives another
//! one and says what changed.

mod attendance;
mod calendar;
mod catalogue;
mod check;
mod density;
mod draft;
mod edit;
mod hours;
mod lever;
mod link;
mod mode;
mod near;
mod on_demand;
mod option;
mod outline;
mod pin;
mod pool;
mod programme;
mod refs;
mod register;
mod rename;
mod road;
mod rules;
mod site;
mod synthesise;
mod transit;
mod youth;

pub use attendance::*;
pub(crate) use attendance::{at_least, counts, fewest};
pub use calendar::*;
pub use catalogue::*;
pub use density::*;
pub use draft::*;
pub use edit::*;
pub use hours::*;
pub use lever::*;
pub use link::*;
pub use mode::*;
pub(crate) use near::{near, slips};
pub use on_demand::*;
pub use option::*;
pub use outline::*;
pub use pin::*;
pub use pool::*;
pub use programme::*;
pub use refs::*;
pub use register::*;
pub use road::*;
pub use rules::*;
pub use site::*;
pub use synthesise::*;
pub use transit::*;
pub use youth::*;

use crate::units::{AdviserId, LinkId, OnDemandId, OptionId, PlaceId, ProgrammeId, SiteId, SlotId, YouthId};
use std::sync::Arc;

/// A checked territory. Cheap to clone; never changes.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// assert_eq!((territory.youths().len(), territory.options().len()), (14, 7));
/// let atelier = territory.programmes().find_str("atelier").expect("a programme");
/// assert_eq!(territory.limit_of(atelier).to_minutes().get(), 45);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Territory(Arc<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    name: String,
    rules: Rules,
    slots: Register<SlotId, Slot>,
    places: Register<PlaceId, Place>,
    sites: Register<SiteId, Site>,
    advisers: Register<AdviserId, Adviser>,
    programmes: Register<ProgrammeId, Programme>,
    youths: Register<YouthId, Youth>,
    links: Register<LinkId, Link>,
    on_demand: Register<OnDemandId, OnDemand>,
    calendar: Calendar,
    pins: Vec<Pin>,
    arrivals: Vec<Arrival>,
    roads: RoadChanges,
    transit: TransitChanges,
    provenance: Provenance,
    outlines: Outlines,
    options: Arc<Vec<ProgrammeOption>>,
}

impl Territory {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its figures.
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// The half-days of its week.
    pub fn slots(&self) -> &Register<SlotId, Slot> {
        &self.0.slots
    }

    /// Where trips start.
    pub fn places(&self) -> &Register<PlaceId, Place> {
        &self.0.places
    }

    /// Where groups can meet.
    pub fn sites(&self) -> &Register<SiteId, Site> {
        &self.0.sites
    }

    /// Who can lead them; when empty, advisers never bind.
    pub fn advisers(&self) -> &Register<AdviserId, Adviser> {
        &self.0.advisers
    }

    /// What is on offer.
    pub fn programmes(&self) -> &Register<ProgrammeId, Programme> {
        &self.0.programmes
    }

    /// Who could come.
    pub fn youths(&self) -> &Register<YouthId, Youth> {
        &self.0.youths
    }

    /// Declared transport links.
    pub fn links(&self) -> &Register<LinkId, Link> {
        &self.0.links
    }

    /// Transport on demand.
    pub fn on_demand(&self) -> &Register<OnDemandId, OnDemand> {
        &self.0.on_demand
    }

    /// Holidays and closures.
    pub fn calendar(&self) -> &Calendar {
        &self.0.calendar
    }

    /// Decisions already made.
    pub fn pins(&self) -> &[Pin] {
        &self.0.pins
    }

    /// Who joins which list, from where.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.0.arrivals
    }

    /// What is different on the roads.
    pub fn roads(&self) -> &RoadChanges {
        &self.0.roads
    }

    /// The same, but for coaches and trains: nothing else depends on them.
    pub(crate) fn with_transit(&self, transit: TransitChanges) -> Self {
        Self(Arc::new(Inner { transit, ..Inner::clone(&self.0) }))
    }

    /// What is different of coaches and trains.
    pub fn transit(&self) -> &TransitChanges {
        &self.0.transit
    }

    /// Whether the youths are real.
    pub fn provenance(&self) -> &Provenance {
        &self.0.provenance
    }

    /// Outlines of its communes; those that are not known are missing.
    pub fn outlines(&self) -> &Outlines {
        &self.0.outlines
    }

    /// Every programme × site × half-days × first day, with dated sessions, in
    /// the order of programme, site, half-days and first day.
    pub fn options(&self) -> &[ProgrammeOption] {
        &self.0.options
    }

    /// The option of a handle.
    pub fn option(&self, id: OptionId) -> &ProgrammeOption {
        &self.0.options[id.index()]
    }

    /// The handles of the options.
    pub fn option_ids(&self) -> impl Iterator<Item = OptionId> + use<> {
        (0..self.0.options.len()).map(OptionId::from_index)
    }

    /// The longest trip one way that a programme admits.
    pub fn limit_of(&self, programme: ProgrammeId) -> crate::units::Seconds {
        self.programmes()[programme].limit.unwrap_or(self.rules().limit)
    }

    /// The option that a pinned group is of.
    pub fn pinned_option(&self, pin: &Pin) -> Option<OptionId> {
        let Pin::Group { programme, site, slots, start } = pin else { return None };
        let first = start.unwrap_or(self.programmes()[*programme].start.first);
        self.option_ids().find(|&id| {
            let option = self.option(id);
            let same_slots =
                option.slots.len() == slots.len() && slots.iter().all(|s| option.slots.contains(s));
            option.programme == *programme
                && option.venue == Venue::One(*site)
                && option.start == first
                && same_slots
        })
    }

    /// Whether nobody follows both programmes.
    pub fn exclusive(&self, a: ProgrammeId, b: ProgrammeId) -> bool {
        self.programmes()[a].excludes.contains(&b) || self.programmes()[b].excludes.contains(&a)
    }
}
