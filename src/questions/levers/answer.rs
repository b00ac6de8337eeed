//! All that is asked of levers, answered together.

use super::sets::{Cheapest, Goal, Step};
use super::singly::Single;
use super::told::Tally;
use super::{LeverStudy, Price, Timetable};
use crate::control::Control;
use crate::error::Error;
use crate::territory::Lever;
use crate::units::{Cents, ProgrammeId, SiteId, YouthId};
use std::collections::BTreeMap;

/// What is asked.
///
/// ```
/// use maillage::questions::LeverQuestion;
///
/// assert!(LeverQuestion::default().budget.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeverQuestion {
    /// The most that may be spent.
    pub budget: Option<Cents>,
    /// Groups that are wanted.
    pub goals: Vec<Goal>,
}

/// What levers would unlock.
///
/// ```
/// use maillage::questions::{LeverQuestion, LeverStudy};
/// # use maillage::{Control, groups, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let asked = LeverStudy::new(&study, &[], &groups::Limits::default(), &Control::none())?.expect("a plan");
/// let answer = asked.answer(&LeverQuestion::default(), &Control::none())?;
/// assert!(answer.singly.is_empty() && answer.cheapest.is_none());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LeverAnswer {
    /// What was asked.
    pub question: LeverQuestion,
    /// The levers, in the order in which everything else names them.
    pub levers: Vec<Lever>,
    /// What each costs in all.
    pub prices: Vec<Price>,
    /// The timetable of each that is a shuttle.
    pub timetables: Vec<Option<Timetable>>,
    /// What can be done without any of them.
    pub today: Tally,
    /// The candidates that decisions already made need: they are open whatever levers say.
    pub decided: Vec<SiteId>,
    /// Each by itself.
    pub singly: Vec<Single>,
    /// The most places for each budget, from nothing on.
    pub frontier: Vec<Step>,
    /// The cheapest set that reaches the goals, where some were asked.
    pub cheapest: Option<Cheapest>,
    /// For each youth who lacks a place in a programme, the cheapest lever by which a place was found for them.
    pub unlocked: Vec<Unlocked>,
    /// For each programme of which a lever makes one more group, the cheapest such lever.
    pub further: Vec<FurtherGroup>,
}

/// A lever that places somebody.
///
/// ```
/// use maillage::questions::Unlocked;
/// use maillage::units::{ProgrammeId, YouthId};
///
/// let (youth, programme) = (YouthId::from_index(0), ProgrammeId::from_index(0));
/// let unlocked = Unlocked { youth, programme, lever: 2, others: 4 };
/// assert_eq!(unlocked.others, 4);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlocked {
    /// Who.
    pub youth: YouthId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// The lever.
    pub lever: usize,
    /// How many others it brings a place.
    pub others: u32,
}

/// A lever that makes one more group.
///
/// ```
/// use maillage::questions::FurtherGroup;
/// use maillage::units::ProgrammeId;
///
/// let further = FurtherGroup { programme: ProgrammeId::from_index(0), lever: 0, groups: 1, places: 5 };
/// assert!(further.groups > 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurtherGroup {
    /// Of which programme.
    pub programme: ProgrammeId,
    /// The lever.
    pub lever: usize,
    /// Groups more of it.
    pub groups: u32,
    /// Places more over all programmes.
    pub places: i64,
}

impl LeverStudy<'_> {
    /// Answers everything.
    ///
    /// # Errors
    /// [`Error::Cancelled`], or a provider's.
    pub fn answer(&self, question: &LeverQuestion, control: &Control<'_>) -> Result<LeverAnswer, Error> {
        let singly = self.singly(control)?;
        let frontier = self.frontier(question.budget, control)?;
        let cheapest = match question.goals.as_slice() {
            [] => None,
            goals => Some(self.cheapest(goals, question.budget, control)?),
        };
        Ok(LeverAnswer {
            question: question.clone(),
            levers: self.levers().to_vec(),
            prices: self.prices().to_vec(),
            timetables: self.timetables().to_vec(),
            today: self.today(),
            decided: self.decided().collect(),
            unlocked: unlocked(&singly),
            further: further(&singly),
            singly,
            frontier,
            cheapest,
        })
    }
}

/// The cheaper first, then what brings more, then the order of the list.
fn order(single: &Single) -> (Cents, std::cmp::Reverse<i64>, usize) {
    (single.price.total, std::cmp::Reverse(single.gain.places), single.lever)
}

fn unlocked(singly: &[Single]) -> Vec<Unlocked> {
    let mut best: BTreeMap<(ProgrammeId, YouthId), &Single> = BTreeMap::new();
    for single in singly.iter().filter(|single| single.gain.places > 0) {
        for &(youth, programme) in &single.gain.placed {
            let known = best.entry((programme, youth)).or_insert(single);
            if order(single) < order(known) {
                *known = single;
            }
        }
    }
    let told = |((programme, youth), single): ((ProgrammeId, YouthId), &Single)| Unlocked {
        youth,
        programme,
        lever: single.lever,
        others: single.gain.placed.len() as u32 - 1,
    };
    best.into_iter().map(told).collect()
}

fn further(singly: &[Single]) -> Vec<FurtherGroup> {
    let mut best: BTreeMap<ProgrammeId, (&Single, u32)> = BTreeMap::new();
    for single in singly.iter().filter(|single| single.gain.places >= 0) {
        for &(programme, groups) in single.gain.groups.iter().filter(|g| g.1 > 0) {
            let groups = groups.unsigned_abs() as u32;
            let known = best.entry(programme).or_insert((single, groups));
            if order(single) < order(known.0) {
                *known = (single, groups);
            }
        }
    }
    let told = |(programme, (single, groups)): (ProgrammeId, (&Single, u32))| FurtherGroup {
        programme,
        lever: single.lever,
        groups,
        places: single.gain.places,
    };
    best.into_iter().map(told).collect()
}
