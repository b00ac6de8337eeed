//! Changing a territory: another one comes out, with what is different.

use super::draft::{Draft, Written};
use super::refs::Names;
use super::register::{Handle, Keyed, Register};
use super::{
    Adviser, Calendar, Link, NewStop, OnDemand, Pin, Place, Programme, RoadId, Rules, Site, Slot, Territory,
    TransitChanges, TripChange, Youth,
};
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::units::{AdviserId, Key, LinkId, OnDemandId, PlaceId, ProgrammeId, SiteId, SlotId, YouthId};
use std::collections::BTreeSet;

/// One change. `Put` adds, or replaces what has the same key.
///
/// ```
/// use maillage::territory::Edit;
/// use maillage::units::Key;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let y01 = Key::new("y01").expect("an identifier");
/// let (without, changes) = study.territory().edit(&[Edit::RemoveYouth(y01)])?;
/// assert_eq!((without.youths().len(), changes.youths.len()), (13, 1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Edit {
    /// A slot of the week.
    PutSlot(Slot),
    /// Takes a slot away.
    RemoveSlot(Key),
    /// A place.
    PutPlace(Place),
    /// Takes a place away.
    RemovePlace(Key),
    /// A site.
    PutSite(Site<Names>),
    /// Takes a site away.
    RemoveSite(Key),
    /// An adviser.
    PutAdviser(Adviser<Names>),
    /// Takes an adviser away.
    RemoveAdviser(Key),
    /// A programme.
    PutProgramme(Programme<Names>),
    /// Takes a programme away.
    RemoveProgramme(Key),
    /// A youth.
    PutYouth(Youth<Names>),
    /// Takes a youth away.
    RemoveYouth(Key),
    /// A transport link.
    PutLink(Link<Names>),
    /// Takes a transport link away.
    RemoveLink(Key),
    /// A transport service on demand.
    PutOnDemand(OnDemand),
    /// Takes a transport service on demand away.
    RemoveOnDemand(Key),
    /// Another calendar.
    SetCalendar(Calendar<Names>),
    /// Other figures.
    SetRules(Rules),
    /// Other decisions.
    SetPins(Vec<Pin<Names>>),
    /// Closes a road to everybody, both ways.
    CloseRoad(RoadId),
    /// Opens a road that was closed.
    OpenRoad(RoadId),
    /// Makes the roads of a class (the value of `highway`) slower, as in winter.
    SlowRoads {
        /// The class.
        class: String,
        /// Percent of the usual time, 100 (as usual) to 1,000.
        percent: u16,
    },
    /// Changes trips of coaches or trains, after what was changed before.
    ChangeTrips(TripChange),
    /// Adds a stop that the timetable does not have, for trips to call at.
    AddStop(NewStop),
    /// Opens a line for pupils to others, by its identifier or name.
    OpenCircuit(String),
    /// All that is different of coaches and trains, in the place of what was.
    SetTransit(TransitChanges),
}

/// What an edit changed. Handles of both territories mean the same entities.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let (_, changes) = study.territory().edit(&[])?;
/// assert!(changes.is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Slots added, changed or removed.
    pub slots: BTreeSet<SlotId>,
    /// Places added, changed or removed.
    pub places: BTreeSet<PlaceId>,
    /// Sites added, changed or removed.
    pub sites: BTreeSet<SiteId>,
    /// Advisers added, changed or removed.
    pub advisers: BTreeSet<AdviserId>,
    /// Programmes added, changed or removed.
    pub programmes: BTreeSet<ProgrammeId>,
    /// Youths added, changed or removed.
    pub youths: BTreeSet<YouthId>,
    /// Transport links added, changed or removed.
    pub links: BTreeSet<LinkId>,
    /// Transport services on demand added, changed or removed.
    pub on_demand: BTreeSet<OnDemandId>,
    /// Whether the calendar is another.
    pub calendar: bool,
    /// Whether a figure is another.
    pub rules: bool,
    /// Whether a decision is another.
    pub pins: bool,
    /// Whether something is different on the roads.
    pub roads: bool,
    /// Whether something is different of coaches and trains.
    pub transit: bool,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Territory {
    /// Applies `edits` in order. The new territory equals one built afresh from
    /// the same content; handles of what stays keep their meaning.
    ///
    /// # Errors
    /// [`Error::Input`] with every finding when the result would not hold
    /// together; this territory is untouched.
    pub fn edit(&self, edits: &[Edit]) -> Result<(Self, Changes), Error> {
        let mut draft = self.to_draft();
        let missing: Vec<Finding> = edits.iter().filter_map(|edit| apply(&mut draft, edit)).collect();
        if !missing.is_empty() {
            return Err(Error::Input(missing));
        }
        let (after, _) = draft.check_after(Some(self))?;
        let changes = self.changes_to(&after);
        Ok((after, changes))
    }

    fn changes_to(&self, after: &Self) -> Changes {
        Changes {
            slots: differing(self.slots(), after.slots()),
            places: differing(self.places(), after.places()),
            sites: differing(self.sites(), after.sites()),
            advisers: differing(self.advisers(), after.advisers()),
            programmes: differing(self.programmes(), after.programmes()),
            youths: differing(self.youths(), after.youths()),
            links: differing(self.links(), after.links()),
            on_demand: differing(self.on_demand(), after.on_demand()),
            calendar: self.calendar() != after.calendar(),
            rules: self.rules() != after.rules(),
            pins: self.pins() != after.pins(),
            roads: self.roads() != after.roads(),
            transit: self.transit() != after.transit(),
        }
    }
}

fn differing<I: Handle, T: PartialEq>(before: &Register<I, T>, after: &Register<I, T>) -> BTreeSet<I> {
    let same = |a: &T, b: &T| std::ptr::eq(a, b) || a == b;
    let gone = before.iter().filter(|(id, old)| !after.get(*id).is_some_and(|new| same(old, new)));
    let fresh = after.ids().filter(|&id| before.get(id).is_none());
    gone.map(|(id, _)| id).chain(fresh).collect()
}

/// Changes the draft, or says what there is nothing to remove of.
fn apply(draft: &mut Draft, edit: &Edit) -> Option<Finding> {
    match edit {
        Edit::PutSlot(slot) => put(&mut draft.slots, slot),
        Edit::RemoveSlot(key) => remove(&mut draft.slots, key),
        Edit::PutPlace(place) => put(&mut draft.places, place),
        Edit::RemovePlace(key) => remove(&mut draft.places, key),
        Edit::PutSite(site) => put(&mut draft.sites, site),
        Edit::RemoveSite(key) => remove(&mut draft.sites, key),
        Edit::PutAdviser(adviser) => put(&mut draft.advisers, adviser),
        Edit::RemoveAdviser(key) => remove(&mut draft.advisers, key),
        Edit::PutProgramme(programme) => put(&mut draft.programmes, programme),
        Edit::RemoveProgramme(key) => remove(&mut draft.programmes, key),
        Edit::PutYouth(youth) => put(&mut draft.youths, youth),
        Edit::RemoveYouth(key) => remove(&mut draft.youths, key),
        Edit::PutLink(link) => put(&mut draft.links, link),
        Edit::RemoveLink(key) => remove(&mut draft.links, key),
        Edit::PutOnDemand(service) => put(&mut draft.on_demand, service),
        Edit::RemoveOnDemand(key) => remove(&mut draft.on_demand, key),
        Edit::SetCalendar(calendar) => {
            draft.calendar = calendar.clone();
            None
        }
        Edit::SetRules(rules) => {
            draft.rules = rules.clone();
            None
        }
        Edit::SetPins(pins) => {
            draft.pins =
                pins.iter().map(|pin| Written { value: pin.clone(), source: Source::memory() }).collect();
            None
        }
        Edit::CloseRoad(road) => {
            draft.roads.closed.insert(*road);
            None
        }
        Edit::OpenRoad(road) => (!draft.roads.closed.remove(road)).then(|| not_closed(*road)),
        Edit::SlowRoads { class, percent } => slow(draft, class, *percent),
        Edit::ChangeTrips(change) => {
            draft.transit.trips.push(change.clone());
            None
        }
        Edit::AddStop(stop) => {
            draft.transit.stops.push(stop.clone());
            None
        }
        Edit::OpenCircuit(line) => {
            draft.transit.opened.insert(line.clone());
            None
        }
        Edit::SetTransit(changes) => {
            draft.transit = changes.clone();
            None
        }
    }
}

fn not_closed(road: RoadId) -> Finding {
    let id = road.get();
    Finding::new(
        Code::UnknownReference,
        Source::memory(),
        Text::say(|words| words.road_not_closed(id)),
        Text::say(|words| words.correct_the_road()),
    )
}

fn slow(draft: &mut Draft, class: &str, percent: u16) -> Option<Finding> {
    match percent {
        100 => _ = draft.roads.slowed.remove(class),
        101..=1000 => _ = draft.roads.slowed.insert(class.to_owned(), percent),
        _ => {
            return Some(Finding::new(
                Code::OutOfRange,
                Source::memory(),
                Text::say(|words| words.percent_of_usual_time(percent)),
                Text::say(|words| words.write_100_to_1000()),
            ));
        }
    }
    None
}

fn put<T: Keyed + Clone>(list: &mut Vec<Written<T>>, value: &T) -> Option<Finding> {
    match list.iter_mut().find(|w| w.value.key() == value.key()) {
        Some(written) => written.value = value.clone(),
        None => list.push(Written { value: value.clone(), source: Source::memory() }),
    }
    None
}

fn remove<T: Keyed>(list: &mut Vec<Written<T>>, key: &Key) -> Option<Finding> {
    let before = list.len();
    list.retain(|w| w.value.key() != key);
    (list.len() == before).then(|| {
        Finding::new(
            Code::UnknownReference,
            Source::memory(),
            Text::say(|words| words.nothing_called(key)),
            Text::say(|words| words.correct_what_to_remove()),
        )
    })
}
