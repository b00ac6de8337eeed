//! Two territories under the same programmes: what binds in each, and why.

use crate::control::Control;
use crate::error::Error;
use crate::groups::Limits;
use crate::plan::{Bind, Plan, ProgrammeAnswer};
use crate::reach::Reason;
use crate::study::{Outcome, Study};
use crate::territory::{Alternating, Edit, Names, Pin, Programme, Slot, Territory, Youth};
use crate::travel::TravelProvider;
use crate::units::{Headcount, Key, Seconds};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A territory under another's programmes, and its plan.
///
/// ```
/// use maillage::questions::{Under, under_programmes_of};
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let valley = &opened.territory;
/// let under: Under =
///     under_programmes_of(valley, valley, opened.providers(), &Limits::default(), &Control::none())?.expect("a plan");
/// assert_eq!(under.programmes().len(), 3);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug)]
pub struct Under {
    /// The territory under those programmes.
    pub study: Study,
    /// Its plan.
    pub plan: Plan,
}

/// A programme in a territory.
///
/// ```
/// # use maillage::questions::under_programmes_of;
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let valley = &opened.territory;
/// # let under = under_programmes_of(valley, valley, opened.providers(), &Limits::default(), &Control::none())?.expect("a plan");
/// let atelier = &under.programmes()[0];
/// assert_eq!((atelier.groups, atelier.placed.get(), atelier.enrolled.get()), (2, 7, 10));
/// assert!(atelier.most_at_once.get() >= 3, "so many could come to one group");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTerritory {
    /// The programme, by its key.
    pub programme: Key,
    /// Groups in the plan.
    pub groups: u32,
    /// Youths in them.
    pub placed: Headcount,
    /// Youths enrolled.
    pub enrolled: Headcount,
    /// The most of them who could come to one place at one time.
    pub most_at_once: Headcount,
    /// Fewest members of a group.
    pub min: u32,
    /// What stands in the way of a further group.
    pub binds: Option<Bind>,
    /// Why those without a place have none, the commonest first.
    pub reasons: Vec<(Reason, u32)>,
    /// Mean time of a trip, out or back, of members who travel.
    pub trip: Option<Seconds>,
}

/// Plans a territory under the programmes of `first`: those of the same identifier or name on the terms of the first, at the
/// second's own sites; others at all its sites; what the first has not is left out. `None` when no plan was found.
///
/// # Errors
/// [`Error::Input`] when the first's programmes can't be held there, [`Error::Cancelled`], or a provider's.
pub fn under_programmes_of(
    first: &Territory,
    second: &Territory,
    providers: Vec<Arc<dyn TravelProvider>>,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Under>, Error> {
    let (territory, _) = second.edit(&edits(first, second))?;
    let mut study = Study::new(territory, providers, control)?;
    Ok(match study.plan(limits, control)? {
        Outcome::Plan(plan) => Some(Under { study, plan: *plan }),
        Outcome::Impossible | Outcome::NotFound => None,
    })
}

impl Under {
    /// Every programme, in the order of the keys.
    pub fn programmes(&self) -> Vec<InTerritory> {
        self.plan.programmes.iter().map(|answer| self.programme(answer)).collect()
    }

    fn programme(&self, answer: &ProgrammeAnswer) -> InTerritory {
        let (territory, id) = (self.study.territory(), answer.programme);
        let verdicts = self.plan.verdicts.iter().filter(|verdict| verdict.offer.programme == id);
        let mut reasons: BTreeMap<Reason, u32> = BTreeMap::new();
        let enrolled = |youth| territory.youths()[youth].programmes.contains(&id);
        for out in self.plan.left_out.iter().filter(|out| out.programme == id && enrolled(out.youth)) {
            *reasons.entry(out.reason).or_default() += 1;
        }
        let mut reasons: Vec<(Reason, u32)> = reasons.into_iter().collect();
        reasons.sort_by_key(|&(reason, n)| (std::cmp::Reverse(n), reason));
        let members = self.plan.groups.iter().filter(|group| group.offer.programme == id);
        let trips = members.flat_map(|group| &group.members).filter_map(|member| member.trip);
        let (count, sum) =
            trips.fold((0u64, 0u64), |(n, sum), trip| (n + 2, sum + u64::from(trip.both().get())));
        let mean = sum.checked_div(count).and_then(|mean| u32::try_from(mean).ok());
        InTerritory {
            programme: territory.programmes()[id].key.clone(),
            groups: answer.groups,
            placed: answer.placed,
            enrolled: answer.enrolled,
            most_at_once: verdicts.map(|verdict| verdict.reachable).max().unwrap_or_default(),
            min: territory.programmes()[id].size.min(),
            binds: answer.binds,
            reasons,
            trip: mean.map(Seconds::new),
        }
    }

    /// Places in all, a youth in two programmes twice.
    pub fn places(&self) -> Headcount {
        Headcount::new(self.plan.programmes.iter().map(|answer| answer.placed.get()).sum())
    }

    /// Enrolments in all.
    pub fn enrolled(&self) -> Headcount {
        Headcount::new(self.plan.programmes.iter().map(|answer| answer.enrolled.get()).sum())
    }
}

/// What makes the second's programmes those of the first.
fn edits(first: &Territory, second: &Territory) -> Vec<Edit> {
    let (like, own) = (first.to_draft(), second.to_draft());
    let mut edits: Vec<Edit> = missing_slots(&like.slots, &own.slots);
    let mut called: BTreeMap<Key, Key> = BTreeMap::new();
    let known: BTreeSet<&Key> = own.programmes.iter().map(|w| &w.value.key).collect();
    let mut kept: BTreeSet<Key> = BTreeSet::new();
    for w in &like.programmes {
        let mut programme = w.value.clone();
        programme.limit = Some(programme.limit.unwrap_or(like.rules.limit));
        let alike = own.programmes.iter().map(|w| &w.value).find(|p| p.key == programme.key);
        let named = || {
            own.programmes.iter().map(|w| &w.value).find(|p| !p.name.is_empty() && p.name == programme.name)
        };
        let alike = alike.or_else(named);
        (programme.sites, programme.alternating) = alike.map_or_else(Default::default, at_its_sites);
        if let Some(alike) = alike {
            called.insert(alike.key.clone(), programme.key.clone());
        }
        kept.insert(programme.key.clone());
        edits.push(Edit::PutProgramme(programme));
    }
    edits.extend(
        known.iter().filter(|key| !kept.contains(**key)).map(|key| Edit::RemoveProgramme((*key).clone())),
    );
    edits.extend(own.youths.iter().filter_map(|w| enrolled(&w.value, &called)));
    edits.push(Edit::SetPins(own.pins.iter().filter_map(|w| pinned(&w.value, &called)).collect()));
    edits
}

/// Half-days of the first that the second does not have: no site of its is open then.
fn missing_slots(
    like: &[crate::territory::Written<Slot>],
    own: &[crate::territory::Written<Slot>],
) -> Vec<Edit> {
    let lacks = |slot: &&Slot| own.iter().all(|w| w.value.key != slot.key);
    like.iter().map(|w| &w.value).filter(lacks).cloned().map(Edit::PutSlot).collect()
}

fn at_its_sites(programme: &Programme<Names>) -> (Vec<Key>, Vec<Alternating<Names>>) {
    (programme.sites.clone(), programme.alternating.clone())
}

/// A youth under the first's programmes; none where nothing changes.
fn enrolled(youth: &Youth<Names>, called: &BTreeMap<Key, Key>) -> Option<Edit> {
    let programmes: Vec<Key> = youth.programmes.iter().filter_map(|key| called.get(key).cloned()).collect();
    (programmes != youth.programmes).then(|| Edit::PutYouth(Youth { programmes, ..youth.clone() }))
}

/// A decision about a programme that there still is.
fn pinned(pin: &Pin<Names>, called: &BTreeMap<Key, Key>) -> Option<Pin<Names>> {
    Some(match pin.clone() {
        Pin::Group { programme, site, slots, start } => {
            Pin::Group { programme: called.get(&programme)?.clone(), site, slots, start }
        }
        Pin::In { youth, programme } => Pin::In { youth, programme: called.get(&programme)?.clone() },
        Pin::Out { youth, programme: Some(programme) } => {
            Pin::Out { youth, programme: Some(called.get(&programme)?.clone()) }
        }
        other => other,
    })
}
