//! Where the answer flips: limits and minimum sizes around today's, one plan each, on one reach.
//!
//! A longer limit or a smaller minimum takes nobody's place: a plan of one cell is one of every cell that asks for less,
//! and what bounds one bounds those that ask for more. So each search of a limit starts from the one before, and at the
//! end every cell knows the best plan and the best bound of all. Where a problem is large, the strictest cell of each limit
//! alone is searched in full; the others go on from its plan, and are bounded afresh.

use super::levers::{is_small, quick_ceiling};
use crate::control::{Control, Stage, each};
use crate::error::Error;
use crate::groups::{Assignment, Limits, Problem, Solution, Solve, Tier, Warm, improve, value};
use crate::plan::{Posed, pose};
use crate::study::Study;
use crate::territory::{Edit, GroupSize, Mode, Names, Pace, Programme, Rules, Territory};
use crate::units::{Headcount, ProgrammeId, Seconds, Speed};
use std::collections::{BTreeMap, BTreeSet};

/// Rounds of a search that goes on from a known plan.
const ROUNDS: u32 = 60;

/// What is tried: each limit with each minimum.
///
/// ```
/// use maillage::questions::Grid;
///
/// let grid = Grid::default();
/// assert_eq!((grid.limits.len(), grid.minimums.len()), (4, 5), "30 to 90 minutes, two fewer to two more");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Longest trips one way, ascending.
    pub limits: Vec<Seconds>,
    /// Members more, or fewer, than the minimum of today, ascending.
    pub minimums: Vec<i32>,
    /// The only programme that is changed; `None` changes all.
    pub programme: Option<ProgrammeId>,
}

impl Grid {
    /// The limits and minimums, each once and in order.
    pub fn new(mut limits: Vec<Seconds>, mut minimums: Vec<i32>, programme: Option<ProgrammeId>) -> Self {
        limits.sort_unstable();
        limits.dedup();
        minimums.sort_unstable();
        minimums.dedup();
        Self { limits, minimums, programme }
    }
}

impl Default for Grid {
    fn default() -> Self {
        Self::new([30, 45, 60, 90].map(Seconds::from_minutes).to_vec(), (-2..=2).collect(), None)
    }
}

/// What is found with a limit and a minimum.
///
/// ```
/// use maillage::questions::{Cell, Grid, sweep};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let swept = sweep(&study, &Grid::default(), &Limits::default(), &Control::none())?;
/// let at_once: Option<&Cell> = swept.cells.iter().find(|cell| cell.limit.to_minutes().get() == 30 && cell.minimum == 0);
/// let found = at_once.and_then(|cell| cell.found.as_ref()).expect("a plan");
/// assert!(found.is_proved());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Longest trip one way.
    pub limit: Seconds,
    /// Members more, or fewer, than the minimum of today.
    pub minimum: i32,
    /// The best plan found; `None` when the decisions already made can't be kept, or no plan that keeps them was found.
    pub found: Option<CellPlan>,
    /// The minimum of each programme here.
    pub least: BTreeMap<ProgrammeId, Headcount>,
    /// Most youths who can attend one option of each programme: no group of it is larger, whatever the others do.
    pub attending: BTreeMap<ProgrammeId, Headcount>,
}

/// The most places, and the groups that hold them.
///
/// ```
/// # use maillage::questions::{CellPlan, Grid, sweep};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let swept = sweep(&study, &Grid::default(), &Limits::default(), &Control::none())?;
/// let found: &CellPlan = swept.cells[0].found.as_ref().expect("a plan");
/// assert!(found.placed <= found.bound && found.youths <= found.places);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlan {
    /// Places, by weight: what is made as large as can be.
    pub placed: i64,
    /// No plan places more.
    pub bound: i64,
    /// Places held, a youth in two programmes twice.
    pub places: Headcount,
    /// Youths who have one at least.
    pub youths: Headcount,
    /// Groups of each programme that has any.
    pub groups: BTreeMap<ProgrammeId, u32>,
}

impl CellPlan {
    /// Whether no plan places more.
    pub const fn is_proved(&self) -> bool {
        self.placed == self.bound
    }
}

/// Whether a programme can have a group.
///
/// ```
/// use maillage::questions::{Grid, Viable, sweep};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let swept = sweep(&study, &Grid::default(), &Limits::default(), &Control::none())?;
/// let atelier = study.territory().programmes().find_str("atelier").expect("a programme");
/// assert_eq!(swept.cells.last().expect("a cell").viable(atelier), Viable::Yes);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Viable {
    /// Proved: at no moment can enough come.
    No,
    /// Enough can come at some moment, but the plan found has no group: its members, rooms or advisers serve others, or a rule forbids it.
    NotBesideOthers,
    /// The plan found has one.
    Yes,
}

/// What is found with each limit and each minimum.
///
/// ```
/// use maillage::questions::{Grid, Sweep, Viable, sweep};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let swept: Sweep = sweep(&study, &Grid::default(), &Limits::default(), &Control::none())?;
/// let atelier = study.territory().programmes().find_str("atelier").expect("a programme");
/// let least = swept.least_limit(atelier, 0, Viable::Yes).expect("it has a group");
/// assert_eq!(least.to_minutes().get(), 30);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// What was tried.
    pub grid: Grid,
    /// One cell each: limits first, minimums within.
    pub cells: Vec<Cell>,
}

impl Sweep {
    /// The least limit tried with which a programme of the territory is at least so viable, with so many members more as its minimum.
    pub fn least_limit(&self, programme: ProgrammeId, minimum: i32, viable: Viable) -> Option<Seconds> {
        let those = self.cells.iter().filter(|cell| cell.minimum == minimum);
        those.filter(|cell| cell.viable(programme) >= viable).map(|cell| cell.limit).min()
    }
}

impl Cell {
    /// Whether a programme can have a group here.
    pub fn viable(&self, programme: ProgrammeId) -> Viable {
        let groups = self.found.as_ref().and_then(|found| found.groups.get(&programme));
        if groups.is_some_and(|&groups| groups > 0) {
            return Viable::Yes;
        }
        let most = self.attending.get(&programme).copied().unwrap_or_default();
        if most < self.least.get(&programme).copied().unwrap_or_default() {
            Viable::No
        } else {
            Viable::NotBesideOthers
        }
    }
}

/// The most places with each limit and each minimum, limits first. The answers are those of plans made afresh as far as both are
/// proved; where they are not, a cell never has fewer places than one that asks for more.
///
/// A minimum is at least 1 and at most the largest size of the programme. Limits are those of every programme, its own or the
/// territory's, where [`Grid::programme`] does not name one.
///
/// # Errors
/// [`Error::Cancelled`], or a provider's.
pub fn sweep(study: &Study, grid: &Grid, limits: &Limits, control: &Control<'_>) -> Result<Sweep, Error> {
    let seen = far_enough(study, grid, control)?;
    let study = seen.as_ref().unwrap_or(study);
    let chains: Vec<Seconds> = grid.limits.clone();
    control.step(Stage::Questions, 0, chains.len() as u64)?;
    let rows = each(&chains, || (), |(), &limit| row(study, grid, limit, limits, control));
    let mut cells: Vec<Cell> = Vec::with_capacity(grid.limits.len() * grid.minimums.len());
    for row in rows {
        cells.extend(row?);
    }
    share(&mut cells);
    control.step(Stage::Questions, chains.len() as u64, chains.len() as u64)?;
    Ok(Sweep { grid: grid.clone(), cells })
}

/// The study with trips as long as the longest limit looked for; `None` where it has them.
fn far_enough(study: &Study, grid: &Grid, control: &Control<'_>) -> Result<Option<Study>, Error> {
    let rules = study.territory().rules();
    let farthest = grid.limits.iter().copied().max().unwrap_or_default();
    if farthest <= rules.horizon {
        return Ok(None);
    }
    let rules = Rules { horizon: farthest, ..rules.clone() };
    study.what_if(&[Edit::SetRules(rules)], control).map(Some)
}

/// The cells of a limit, the largest minimum first: its plan is one of the next.
fn row(
    study: &Study,
    grid: &Grid,
    limit: Seconds,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Vec<Cell>, Error> {
    let (mut solver, mut known) = (Warm::default(), None);
    let mut cells = Vec::with_capacity(grid.minimums.len());
    for &minimum in grid.minimums.iter().rev() {
        let territory = changed(study.territory(), grid, limit, minimum)?;
        let mut posed = pose(&territory, study.reach());
        posed.problem.tiers = vec![Tier::Placed];
        let near = match &known {
            Some(known) if !is_small(&posed.problem) => near(&posed, known, limits, control)?,
            _ => None,
        };
        let most = match near {
            Some(near) => Some(near),
            None => most(&posed.problem, &mut solver, limits, control)?,
        };
        let found = most.as_ref().map(|most| told(&posed, most));
        let programmes = territory.programmes().iter();
        let least = programmes.map(|(id, p)| (id, Headcount::new(p.size.min()))).collect();
        cells.push(Cell { limit, minimum, found, least, attending: attending(&posed) });
        known = most.map(|most| (posed, most.assignment)).or(known);
    }
    cells.reverse();
    Ok(cells)
}

/// The territory with another limit and other minimums. Options and trips are as they were.
fn changed(base: &Territory, grid: &Grid, limit: Seconds, minimum: i32) -> Result<Territory, Error> {
    let draft = base.to_draft();
    let named = grid.programme.map(|id| base.programmes().key_of(id));
    let those = draft.programmes.into_iter().filter(|p| named.is_none_or(|key| p.value.key.as_str() == key));
    let edits = those.map(|written| {
        let programme: Programme<Names> = written.value;
        let size = resized(programme.size, minimum);
        Edit::PutProgramme(Programme { size, limit: Some(limit), ..programme })
    });
    Ok(base.edit(&edits.collect::<Vec<_>>())?.0)
}

/// Sizes with another minimum, at least 1 and at most the largest.
fn resized(size: GroupSize, more: i32) -> GroupSize {
    let min = size.min().saturating_add_signed(more).clamp(1, size.max());
    GroupSize::new(min, size.target().max(min), size.max()).unwrap_or(size)
}

/// A plan with the most places found, and what no plan has more than.
struct Most {
    assignment: Assignment,
    placed: i64,
    bound: i64,
}

/// The most places of a problem.
fn most(
    problem: &Problem,
    solver: &mut Warm,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Most>, Error> {
    let Solution::Found { assignment, tiers } = solver.solve(problem, limits, control)? else {
        return Ok(None);
    };
    Ok(tiers.first().map(|tier| Most { assignment, placed: tier.value, bound: tier.bound }))
}

/// A plan near that of a cell that asks for more, and a bound. `None` where that plan is none of this cell.
fn near(
    posed: &Posed,
    (asked, plan): &(Posed, Assignment),
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Most>, Error> {
    // The same numbers mean the same, but where more copies of an option stand for groups that are told apart.
    if (&asked.options, &asked.gates, &asked.rides) != (&posed.options, &posed.gates, &posed.rides) {
        return Ok(None);
    }
    let Some(assignment) = improve(&posed.problem, plan, ROUNDS) else { return Ok(None) };
    let bound = quick_ceiling(&posed.problem, limits, control)?;
    let placed = value(&posed.problem, &assignment, Tier::Placed);
    Ok(bound.map(|bound| Most { assignment, placed, bound: bound.max(placed) }))
}

fn told(posed: &Posed, most: &Most) -> CellPlan {
    let Most { assignment, placed, bound } = most;
    let youths: BTreeSet<u32> = assignment.members.iter().map(|member| member.0).collect();
    let mut groups = BTreeMap::new();
    for &(option, count) in &assignment.groups {
        let programme = posed.problem.options[option as usize].programme;
        *groups.entry(posed.programmes[programme as usize]).or_default() += count;
    }
    CellPlan {
        placed: *placed,
        bound: *bound,
        places: Headcount::new(assignment.members.len() as u32),
        youths: Headcount::new(youths.len() as u32),
        groups,
    }
}

/// Most youths who can attend one option of each programme.
fn attending(posed: &Posed) -> BTreeMap<ProgrammeId, Headcount> {
    let mut most = BTreeMap::new();
    for (spec, coming) in posed.problem.options.iter().zip(coming_to(posed)) {
        let so_far: &mut Headcount = most.entry(posed.programmes[spec.programme as usize]).or_default();
        *so_far = (*so_far).max(coming);
    }
    most
}

/// How many youths can attend each option of a problem.
fn coming_to(posed: &Posed) -> Vec<Headcount> {
    let mut coming = vec![0; posed.problem.options.len()];
    for youth in &posed.problem.youths {
        // By several ways to the same option, somebody is one person.
        let options: BTreeSet<u32> = youth.arcs.iter().map(|arc| arc.option).collect();
        options.iter().for_each(|&option| coming[option as usize] += 1);
    }
    coming.into_iter().map(Headcount::new).collect()
}

/// Gives every cell the best plan of those that ask for more, and the best bound of those that ask for less.
fn share(cells: &mut [Cell]) {
    let asks_more = |a: (Seconds, i32), b: (Seconds, i32)| a.0 <= b.0 && a.1 >= b.1;
    let own: Vec<((Seconds, i32), CellPlan)> =
        cells.iter().filter_map(|c| Some(((c.limit, c.minimum), c.found.clone()?))).collect();
    for cell in cells {
        let (here, Some(found)) = ((cell.limit, cell.minimum), &mut cell.found) else { continue };
        for (there, plan) in &own {
            if asks_more(*there, here) && plan.placed > found.placed {
                *found = CellPlan { bound: found.bound, ..plan.clone() };
            }
            if asks_more(here, *there) {
                found.bound = found.bound.min(plan.bound);
            }
        }
    }
}

/// Another study, where motor vehicles take so many percent longer: along straight lines, and on roads of every class that cars use.
/// What a table or a timetable says, and services on demand, stay as they are.
///
/// ```
/// use maillage::questions::slower_roads;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let winter: Study = slower_roads(&study, 20, &Control::none())?;
/// assert_ne!(winter.territory().rules().straight_line, study.territory().rules().straight_line);
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// [`Error::Input`] above 900 percent, [`Error::Cancelled`], or a provider's.
pub fn slower_roads(study: &Study, percent: u16, control: &Control<'_>) -> Result<Study, Error> {
    let mut rules = study.territory().rules().clone();
    for (mode, pace) in &mut rules.straight_line.modes {
        if matches!(mode, Mode::Car | Mode::Lift | Mode::Moped) {
            *pace = slower(*pace, percent);
        }
    }
    let usual = percent.saturating_add(100);
    let roads = CAR_ROADS.map(|class| Edit::SlowRoads { class: class.to_owned(), percent: usual });
    study.what_if(&[vec![Edit::SetRules(rules)], roads.to_vec()].concat(), control)
}

/// Values of `highway` that cars use, as OpenStreetMap names them.
const CAR_ROADS: [&str; 12] = [
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
];

fn slower(pace: Pace, percent: u16) -> Pace {
    let speed = pace.speed.kmh() * 100.0 / (100.0 + f64::from(percent));
    Pace { speed: Speed::from_kmh(speed).unwrap_or(pace.speed), ..pace }
}
