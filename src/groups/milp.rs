//! A solver on top of a general mixed-integer solver: part by part, tier by
//! tier, each answer checked by [`verify`] and each bound proved.

use super::branch::{Branching, Cost};
use super::certificate::{Certificate, check};
use super::clock::{Clock, Watch};
use super::coarse::Coarse;
use super::dual::Dual;
use super::memory::{Found, FoundTier, Hint, Known, Memory};
use super::model::{Model, Outcome};
use super::plan::{Ground, key, polish, realise, repaired, search};
use super::problem::{Problem, Tier};
use super::proof::{self, Evidence, KEPT, Recorder, Trace};
use super::replay::{self, Carried, Record};
use super::solution::{Assignment, Limits, Proof, Solution, Solve, Stopped, TierResult};
use super::split::{Part, split};
use super::verify::{value, verify};
use crate::control::Control;
use crate::error::Error;
use std::cell::OnceCell;
use std::sync::Arc;

/// Solves part by part: bounds by Lagrangian duality and by a linear relaxation with cuts, branch and bound, and a
/// general solver for what is left of small parts. Keeps nothing between calls.
///
/// ```
/// # use maillage::groups::*;
/// # use maillage::units::Seconds;
/// # let control = maillage::Control::none();
/// # let arcs = vec![Arc { option: 0, time: Seconds::new(600), gate: None }];
/// # let mut problem = Problem {
/// #     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
/// #     options: vec![OptionSpec {
/// #         programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// #     }],
/// #     youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 3],
/// #     tiers: vec![Tier::Placed],
/// #     ..Problem::default()
/// # };
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(verify(&problem, &assignment).is_ok());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Milp;

impl Solve for Milp {
    fn solve(
        &mut self,
        problem: &Problem,
        limits: &Limits,
        control: &Control<'_>,
    ) -> Result<Solution, Error> {
        Ok(run(problem, limits, control, false, None)?.0)
    }

    fn fork(&self) -> Box<dyn Solve> {
        Box::new(*self)
    }
}

/// Solves as [`Milp`] does, and keeps the certificate of its last answer.
///
/// ```
/// # use maillage::groups::*;
/// # use maillage::units::Seconds;
/// # let control = maillage::Control::none();
/// # let arcs = vec![Arc { option: 0, time: Seconds::new(600), gate: None }];
/// # let mut problem = Problem {
/// #     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
/// #     options: vec![OptionSpec {
/// #         programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// #     }],
/// #     youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 3],
/// #     tiers: vec![Tier::Placed],
/// #     ..Problem::default()
/// # };
/// let mut solver = Certifying::default();
/// solver.solve(&problem, &Limits::default(), &control)?;
/// let certificate = solver.certificate().expect("a proof");
/// assert!(certificate::check(&problem, &certificate).is_ok());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Certifying {
    certificate: Option<Certificate>,
}

impl Solve for Certifying {
    fn solve(
        &mut self,
        problem: &Problem,
        limits: &Limits,
        control: &Control<'_>,
    ) -> Result<Solution, Error> {
        self.certificate = None;
        let (solution, certificate) = run(problem, limits, control, true, None)?;
        self.certificate = certificate;
        Ok(solution)
    }

    fn certificate(&mut self) -> Option<Certificate> {
        self.certificate.clone()
    }

    fn fork(&self) -> Box<dyn Solve> {
        Box::new(self.clone())
    }
}

/// Solves, writes a certificate when asked to, and keeps what is found of each part in a memory, if there is one.
pub(super) fn run(
    problem: &Problem,
    limits: &Limits,
    control: &Control<'_>,
    certify: bool,
    memory: Option<&mut Memory>,
) -> Result<(Solution, Option<Certificate>), Error> {
    let watch = Watch::new(control, problem.tiers.len() as u64 + 1);
    let clock = Clock::new(limits.time).watched(&watch);
    within(problem, limits, clock, Some(&watch), certify, memory)
}

/// As [`run`], by a clock that may have been started before; `watch` is told of each tier.
fn within(
    problem: &Problem,
    limits: &Limits,
    clock: Clock<'_>,
    watch: Option<&Watch<'_>>,
    certify: bool,
    memory: Option<&mut Memory>,
) -> Result<(Solution, Option<Certificate>), Error> {
    let impossible = || (Solution::Impossible, certify.then(|| proof::impossible(problem)).flatten());
    let Some(parts) = split(problem) else { return Ok(impossible()) };
    let crowd = crowd(&parts);
    let memory = memory.filter(|_| limits.time.is_none());
    let mut works: Vec<Work<'_>> = parts.iter().map(|p| Work::new(p, crowd, clock, certify)).collect();
    if let Some(memory) = &memory {
        remember(memory, problem, limits, &mut works);
    }
    clock.check()?;
    let starts = each(&mut works, |work| {
        clock.check()?;
        Ok(work.start_or_recall(limits))
    })?;
    clock.check()?;
    for start in starts {
        match start {
            Start::Found => {}
            Start::Impossible => return Ok(impossible()),
            Start::NotFound => return Ok((Solution::NotFound, None)),
        }
    }
    for at in 0..problem.tiers.len() {
        if let Some(watch) = watch {
            watch.reach(at as u64 + 1);
        }
        clock.check()?;
        let loose = looseness(&works, at);
        each(&mut works, |work| {
            clock.check()?;
            work.improve_or_recall(at, &loose, limits);
            clock.check()
        })?;
    }
    let solution = answer(problem, &works, clock);
    let certificate = match &solution {
        Solution::Found { assignment, .. } if certify => {
            Some(certificate(problem, &works, assignment, clock)?)
        }
        _ => None,
    };
    let found: Vec<Found> = works.into_iter().map(|work| work.kept).collect();
    if let (Some(memory), Solution::Found { assignment, .. }) = (memory, &solution) {
        let known = |(part, found): (Part, Found)| Known { part, limits: *limits, crowd, found };
        memory.parts = parts.into_iter().zip(found).map(known).collect();
        memory.answer.clone_from(assignment);
        memory.problem.clone_from(problem);
    }
    Ok((solution, certificate))
}

/// Tells every part what is known of it, or of the one that it was.
fn remember(memory: &Memory, problem: &Problem, limits: &Limits, works: &mut [Work<'_>]) {
    for (at, work) in works.iter_mut().enumerate() {
        work.remember = true;
        work.known = memory.recall(work.problem(), at, limits, work.crowd);
    }
    if works.iter().any(|w| w.known.is_none())
        && let Some(alignment) = memory.align(problem)
    {
        for work in works.iter_mut().filter(|w| w.known.is_none()) {
            work.hint = memory.hint(&alignment, problem, work.part);
        }
    }
}

/// How many parts share the work, the tiny ones left out.
pub(super) fn crowd(parts: &[Part]) -> u64 {
    parts.iter().filter(|p| Model::size(&p.problem) > 60).count().max(1) as u64
}

fn certificate<'w, 'a>(
    problem: &'a Problem,
    works: &'w [Work<'a>],
    assignment: &Assignment,
    clock: Clock<'_>,
) -> Result<Certificate, Error> {
    let evidence = |w: &'w Work<'a>| {
        let Work { part, bounds, traces, .. } = w;
        Evidence { part, bounds, traces }
    };
    let parts: Vec<Evidence<'_, 'a>> = works.iter().map(evidence).collect();
    let certificate = proof::found(problem, &parts, assignment, clock)?;
    debug_assert_eq!(check(problem, &certificate), Ok(()), "a certificate holds");
    Ok(certificate)
}

/// Does the same to every part, on all cores; answers in the order of the parts.
#[cfg(feature = "parallel")]
fn each<'a, T: Send>(
    works: &mut [Work<'a>],
    task: impl Fn(&mut Work<'a>) -> Result<T, Error> + Sync + Send,
) -> Result<Vec<T>, Error> {
    use rayon::prelude::*;
    works.par_iter_mut().map(task).collect()
}

#[cfg(not(feature = "parallel"))]
fn each<'a, T>(
    works: &mut [Work<'a>],
    task: impl Fn(&mut Work<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    works.iter_mut().map(task).collect()
}

/// How much of each earlier tier's value the other parts could still make up.
fn looseness(works: &[Work<'_>], tiers: usize) -> Vec<i64> {
    let gap = |at: usize| works.iter().map(|w| w.gap(at)).fold(0, i64::saturating_add);
    (0..tiers).map(gap).collect()
}

enum Start {
    Found,
    Impossible,
    NotFound,
}

/// A part being solved.
struct Work<'a> {
    part: &'a Part,
    found: Assignment,
    /// Bounds of the tiers done.
    bounds: Vec<i64>,
    /// Branches looked at for each of them.
    nodes: Vec<u64>,
    /// How many parts the work is shared among, the tiny ones left out.
    crowd: u64,
    clock: Clock<'a>,
    /// The part laid out for plans, once one is made.
    ground: OnceCell<Arc<Ground<'a>>>,
    /// What each tier's search left behind, where a certificate is asked for.
    traces: Vec<Option<Trace<'a>>>,
    certify: bool,
    /// Whether a later search may start from this one.
    remember: bool,
    /// What an earlier search found of the same part.
    known: Option<Found>,
    /// What an earlier search found of the part that this one was.
    hint: Option<Hint>,
    /// What the last search left behind.
    record: Option<Arc<Record>>,
    /// What is found now, for a later search.
    kept: Found,
}

impl<'a> Work<'a> {
    fn new(part: &'a Part, crowd: u64, clock: Clock<'a>, certify: bool) -> Self {
        Self {
            part,
            found: Assignment::default(),
            bounds: Vec::new(),
            nodes: Vec::new(),
            crowd,
            clock,
            ground: OnceCell::new(),
            traces: Vec::new(),
            certify,
            remember: false,
            known: None,
            hint: None,
            record: None,
            kept: Found::default(),
        }
    }

    fn problem(&self) -> &'a Problem {
        &self.part.problem
    }

    fn ground(&self) -> Arc<Ground<'a>> {
        Arc::clone(self.ground.get_or_init(|| Arc::new(Ground::new(self.problem()))))
    }

    fn start_or_recall(&mut self, limits: &Limits) -> Start {
        if let Some(known) = &self.known {
            self.found.clone_from(&known.start);
        } else if self.start_from_hint() {
            // Later objectives are seldom proved: there a plan of its own may be better.
            if self.problem().tiers.len() > 1 {
                self.start(limits);
            }
        } else if let other @ (Start::Impossible | Start::NotFound) = self.start(limits) {
            return other;
        }
        self.kept.start.clone_from(&self.found);
        Start::Found
    }

    /// Starts from the plan of the part that this one was.
    fn start_from_hint(&mut self) -> bool {
        let Some(hint) = &self.hint else { return false };
        let found = repaired(&self.ground(), &hint.start);
        found.map(|found| self.found = found).is_some()
    }

    /// Improves a tier, unless it was done before in the same circumstances.
    fn improve_or_recall(&mut self, at: usize, loose: &[i64], limits: &Limits) {
        let recalled = self.known.as_ref().and_then(|k| k.tiers.get(at)).filter(|t| t.loose == loose);
        if let Some(tier) = recalled {
            self.found.clone_from(&tier.assignment);
            self.bounds.push(tier.bound);
            self.nodes.push(tier.nodes);
            self.traces.push(None);
            self.record.clone_from(&tier.record);
        } else {
            self.known = None;
            self.improve(at, loose, limits);
        }
        self.kept.tiers.push(FoundTier {
            loose: loose.to_vec(),
            assignment: self.found.clone(),
            bound: self.bounds[at],
            gap: self.gap(at),
            nodes: self.nodes[at],
            record: self.record.take(),
        });
    }

    /// Finds an assignment to start from; the empty one unless pins refuse it.
    fn start(&mut self, limits: &Limits) -> Start {
        let problem = self.problem();
        let empty = verify(problem, &self.found).is_ok();
        // Lifts tie everything together: what can be done without any is found better by itself.
        let alone = self.without_lifts(limits);
        let found = [search(&self.ground(), rounds(problem), self.clock), alone];
        if let Some(found) = found.into_iter().flatten().min_by_key(|found| key(problem, found)) {
            if !empty || key(problem, &found) < key(problem, &self.found) {
                self.found = found;
            }
            return Start::Found;
        }
        if empty {
            return Start::Found;
        }
        let Some(nodes) = nodes(problem, limits, self.crowd) else { return Start::NotFound };
        match Model::new(problem, Tier::Placed, &[]).search(nodes, None, self.clock) {
            Outcome::Infeasible => Start::Impossible,
            Outcome::Searched { best: Some(best), .. } => {
                self.found = best;
                Start::Found
            }
            Outcome::Searched { best: None, .. } => Start::NotFound,
        }
    }

    /// The best plan in which nobody takes anybody along, where somebody could.
    fn without_lifts(&self, limits: &Limits) -> Option<Assignment> {
        let problem = self.problem();
        if problem.hosts.is_empty() {
            return None;
        }
        let hosted = problem.hosted();
        let mut alone = Problem { hosts: Vec::new(), ..problem.clone() };
        for youth in &mut alone.youths {
            youth.arcs.retain(|arc| !arc.gate.is_some_and(|g| hosted[g as usize]));
        }
        match within(&alone, limits, self.clock, None, false, None) {
            Ok((Solution::Found { assignment, .. }, _)) => {
                Some(assignment).filter(|a| verify(problem, a).is_ok())
            }
            _ => None,
        }
    }

    fn value(&self, at: usize) -> i64 {
        value(self.problem(), &self.found, self.problem().tiers[at])
    }

    /// What is missing to the proof of a tier.
    fn gap(&self, at: usize) -> i64 {
        self.value(at).abs_diff(self.bounds[at]).try_into().unwrap_or(i64::MAX)
    }

    /// Improves a tier where the earlier ones keep their values, and bounds it
    /// for every way to share those values out among the parts.
    fn improve(&mut self, at: usize, loose: &[i64], limits: &Limits) {
        let problem = self.problem();
        let tier = problem.tiers[at];
        let own: Vec<_> = (0..at).map(|t| (problem.tiers[t], self.value(t))).collect();
        let shared: Vec<_> = (0..at).map(|t| (problem.tiers[t], self.slack(t, loose[t]))).collect();
        let kept = Kept { own: &own, shared: &shared };
        if let Some((bound, nodes)) = self.resume(at, kept, limits) {
            self.bounds.push(bound);
            self.nodes.push(nodes);
            self.traces.push(None);
            return;
        }
        if at == 0 && self.hint.is_some() {
            // What is left of the old search is not enough: this is a new one.
            self.start(limits);
        }
        let mut bound = trivial_bound(problem, tier);
        let mut trace = None;
        let most = if at == 0 { branches(problem, limits) } else { 1 };
        let mut nodes_left = most;
        for merged in [true, false] {
            if bound == self.value(at) {
                break;
            }
            let Some(dual) = Dual::new(problem, tier, &shared, merged) else { break };
            // What a memory or a certificate keeps is a search: where a program leads one, it comes without this bound.
            let linear = is_linear(&dual);
            let coarse = merged && at == 0 && !(linear && (self.certify || self.remember));
            let known = if coarse { self.by_coarse(limits) } else { None };
            bound = known.map_or(bound, |known| tighter(tier, bound, known));
            if bound == self.value(at) || self.clock.check().is_err() {
                break;
            }
            let known = known.filter(|_| !linear);
            let start = known.map_or(Given::Nothing, Given::Bound);
            let branched = self.branch(at, kept, dual, merged, nodes_left, start);
            nodes_left = branched.nodes;
            // Only youths taken one by one can be decided one by one.
            let again = merged && branched.shared && at == 0 && nodes_left > 0 && !self.clock.is_over();
            let better =
                tighter(tier, bound, if tier.maximised() { branched.score } else { -branched.score });
            if trace.is_none() || better != bound {
                trace = branched.trace;
            }
            bound = better;
            if known.is_some() && bound != self.value(at) {
                let rounds = rounds(problem).saturating_mul(POLISHED);
                let found = polish(&self.ground(), &self.found, rounds, self.clock);
                self.accept(found, at);
            }
            if !again {
                break;
            }
        }
        if bound != self.value(at)
            && !self.clock.is_over()
            && let Some(nodes) = nodes(problem, limits, self.crowd)
        {
            let proved = self.search(at, &own, &shared, nodes);
            bound = proved.map_or(bound, |b| tighter(tier, bound, b));
        }
        self.bounds.push(bound);
        self.nodes.push(most - nodes_left);
        self.traces.push(trace);
    }

    /// Goes on from the search of the part that this one was: the bound, when it proves the value, or
    /// leaves no more to prove than that search did, and the branches that it took.
    fn resume(&mut self, at: usize, kept: Kept<'_>, limits: &Limits) -> Option<(i64, u64)> {
        let known = self.hint.as_ref()?.tiers.get(at)?;
        let (problem, tier, gap) = (self.problem(), self.problem().tiers[at], known.gap);
        let trivial = trivial_bound(problem, tier);
        if trivial == self.value(at) {
            return Some((trivial, 0));
        }
        let record = known.record.clone()?;
        let mut dual = Dual::new(problem, tier, kept.shared, record.merged)?;
        let carried = Carried::new(&record, &self.hint.as_ref()?.rows, &mut dual);
        let nodes = if at == 0 { branches(problem, limits) / RESUMED } else { 1 };
        let branched = self.branch(at, kept, dual, record.merged, nodes, Given::Search(&carried));
        let bound = tighter(tier, trivial, if tier.maximised() { branched.score } else { -branched.score });
        (self.value(at).abs_diff(bound) <= gap.unsigned_abs()).then_some((bound, nodes - branched.nodes))
    }

    /// Branch and bound, anew or from a carried search.
    fn branch(
        &mut self,
        at: usize,
        kept: Kept<'_>,
        mut dual: Dual<'a>,
        merged: bool,
        nodes: u64,
        from: Given<'_>,
    ) -> Branched<'a> {
        let (problem, ground) = (self.problem(), self.ground());
        let known = if let Given::Bound(bound) = from { Some(bound) } else { None };
        let room = if self.certify { Some(KEPT) } else { self.remember.then_some(replay::KEPT) };
        let mut branching = Branching {
            linear: is_linear(&dual),
            known,
            program: None,
            costs: vec![Cost::default(); problem.options.len()],
            shared: false,
            problem,
            at,
            dual: &mut dual,
            ground: &ground,
            found: &mut self.found,
            nodes,
            steps: steps(problem, problem.tiers[at]),
            keep: (kept.own == kept.shared).then_some(kept.own),
            clock: self.clock,
            recorder: Recorder::new(room),
            rooted: None,
        };
        let score = match from {
            Given::Search(carried) => branching.resume(carried),
            Given::Nothing | Given::Bound(_) => branching.run(),
        };
        let Branching { nodes, shared, recorder, costs, rooted, .. } = branching;
        let tree = recorder.into_tree();
        let mut trace = None;
        if self.certify {
            trace = tree.map(|tree| Trace { dual, tree, bound: score });
        } else if let Some(tree) = tree.filter(|_| known.is_none()) {
            self.record = Record::new(merged, &dual, tree, costs, rooted.as_ref()).map(Arc::new);
        }
        Branched { score, nodes, shared, trace }
    }

    /// Bounds tier `placed`, where it is the first, by a coarser problem, and looks for an assignment near its own.
    fn by_coarse(&mut self, limits: &Limits) -> Option<i64> {
        let problem = self.problem();
        let coarse = Coarse::new(problem).filter(|_| problem.tiers.first() == Some(&Tier::Placed))?;
        let fewer = if Model::size(&coarse.problem) < SMALL { 1 } else { COARSE };
        let limits = Limits { nodes: limits.nodes / fewer, ..*limits };
        let Ok((Solution::Found { assignment, tiers }, _)) =
            within(&coarse.problem, &limits, self.clock, None, false, None)
        else {
            return None;
        };
        let found = realise(&self.ground(), &coarse.of, &assignment, rounds(problem), self.clock);
        self.accept(found, 0);
        tiers.first().map(|t| t.bound)
    }

    /// Searches for a better assignment and a bound, which differ in what the
    /// other parts could give.
    fn search(&mut self, at: usize, own: &[(Tier, i64)], shared: &[(Tier, i64)], nodes: u64) -> Option<i64> {
        let problem = self.problem();
        let tier = problem.tiers[at];
        let mut proved = None;
        if let Outcome::Searched { best, bound } =
            Model::new(problem, tier, own).search(nodes, Some(&self.found), self.clock)
        {
            self.accept(best, at);
            proved = bound;
        }
        // A bound on this part alone says nothing of what the others could make up.
        proved.filter(|_| own == shared)
    }

    /// The worst value this part may have in a tier when the others are as
    /// good as their bounds allow.
    fn slack(&self, at: usize, loose: i64) -> i64 {
        let bound = self.bounds[at];
        if self.problem().tiers[at].maximised() {
            bound.saturating_sub(loose)
        } else {
            bound.saturating_add(loose)
        }
    }

    /// Takes an assignment that is better in tier `at` and no worse before it.
    fn accept(&mut self, new: Option<Assignment>, at: usize) {
        let Some(new) = new else { return };
        let upto = |a: &Assignment| key(self.problem(), a)[..=at].to_vec();
        if upto(&new) < upto(&self.found) {
            self.found = new;
        }
    }
}

/// What the earlier tiers must keep: this part's own values, and what the other parts could leave of them.
#[derive(Clone, Copy)]
struct Kept<'k> {
    own: &'k [(Tier, i64)],
    shared: &'k [(Tier, i64)],
}

/// What a search starts from.
#[derive(Clone, Copy)]
enum Given<'k> {
    Nothing,
    /// A bound that a coarser problem gave.
    Bound(i64),
    /// The search of the part that this one was.
    Search(&'k Carried<'k>),
}

/// What a search came to.
struct Branched<'a> {
    /// Its bound.
    score: i64,
    /// Branches that were left.
    nodes: u64,
    /// Whether it needs youths taken one by one.
    shared: bool,
    trace: Option<Trace<'a>>,
}

/// The stronger of two bounds.
fn tighter(tier: Tier, a: i64, b: i64) -> i64 {
    if tier.maximised() { a.min(b) } else { a.max(b) }
}

/// Nodes that a part may be searched for; `None` when it is too large.
///
/// A node's cost grows about with the square of the part's size, so the nodes
/// shrink with it: the work of all parts together stays bounded, without a clock.
fn nodes(problem: &Problem, limits: &Limits, crowd: u64) -> Option<u64> {
    let size = Model::size(problem) as u64 + 1;
    let nodes = limits.nodes.min(GENERAL).saturating_mul(3_500) / (size * size * crowd);
    let least = if size <= 60 { limits.nodes } else { 6 };
    (nodes >= least || size <= 60).then_some(nodes.max(least).min(limits.nodes))
}

/// Most nodes that the general solver's are worked out from: it looks at no clock inside a node.
const GENERAL: u64 = 20_000;

/// Most numbers in the rows of a linear program: longer ones take more time than they tell.
const LINEAR: usize = 30_000;

fn is_linear(dual: &Dual<'_>) -> bool {
    dual.uses.len() < LINEAR
}

/// How many times fewer branches a search from an older one has, before a new one is worth more.
const RESUMED: u64 = 2;

/// Size from which on no program guides the search.
const GUIDED: u32 = 10_000;

/// How many times fewer nodes a coarse problem is searched for: its bound stays coarse whatever they are.
const COARSE: u64 = 8;

/// Size below which a coarse problem is searched for as long as any: there its branches cost little, and fewer are needed than of the fine one.
const SMALL: usize = 500;

/// How many times more rounds are spent on the plan that the bounds led to than on the first one.
const POLISHED: u32 = 5;

/// Branches of the first tier, fewer where each takes longer.
fn branches(problem: &Problem, limits: &Limits) -> u64 {
    let size = Model::size(problem) as u64 + 1;
    (limits.nodes.saturating_mul(500) / size).clamp(limits.nodes.min(20), limits.nodes)
}

/// Steps of the dual, so that the work is alike whatever the size.
fn steps(problem: &Problem, tier: Tier) -> u32 {
    // The first objective is the one that people ask a proof of.
    let (work, most) = if tier == Tier::Placed { (30_000_000, 2_000) } else { (1_500_000, 600) };
    (work / (Model::size(problem) as u32 + 1)).clamp(60, most)
}

/// Rounds of local search: few where a linear program guides the search, else so many that the work
/// is alike whatever the size.
fn rounds(problem: &Problem) -> u32 {
    let size = Model::size(problem) as u32 + 1;
    if size < GUIDED { 4 } else { (3_000_000 / size).clamp(20, 800) }
}

/// A bound that needs no search: everybody once in each programme in reach.
pub(super) fn trivial_bound(problem: &Problem, tier: Tier) -> i64 {
    if !tier.maximised() {
        return 0;
    }
    let placements = |y: &super::YouthSpec| {
        let mut programmes: Vec<_> =
            y.arcs.iter().map(|a| problem.options[a.option as usize].programme).collect();
        programmes.sort_unstable();
        programmes.dedup();
        i64::from(y.weight).saturating_mul(programmes.len() as i64)
    };
    problem.youths.iter().map(placements).fold(0, i64::saturating_add)
}

fn answer(problem: &Problem, works: &[Work<'_>], clock: Clock<'_>) -> Solution {
    let mut assignment = Assignment::default();
    for work in works {
        work.part.merge_into(&work.found, &mut assignment);
    }
    assignment.groups.sort_unstable();
    assignment.members.sort_unstable();
    assignment.gates.sort_unstable();
    close_idle_gates(problem, &mut assignment);
    if verify(problem, &assignment).is_err() {
        return Solution::NotFound;
    }
    let tiers = problem.tiers.iter().enumerate().map(|(at, &tier)| {
        let value = value(problem, &assignment, tier);
        let bound = works.iter().map(|w| w.bounds[at]).fold(0, i64::saturating_add);
        let (proof, stopped) = if value == bound {
            (Proof::Optimal, Stopped::Finished)
        } else {
            (Proof::Bounded, if clock.is_over() { Stopped::TimeLimit } else { Stopped::NodeLimit })
        };
        let nodes = works.iter().filter_map(|w| w.nodes.get(at)).sum();
        TierResult { tier, value, bound, proof, stopped, nodes }
    });
    Solution::Found { tiers: tiers.collect(), assignment }
}

/// Closes gates that nothing needs; they only cost.
fn close_idle_gates(problem: &Problem, assignment: &mut Assignment) {
    come_alone(problem, assignment);
    for gate in assignment.gates.clone() {
        let mut without = assignment.clone();
        without.gates.retain(|&g| g != gate);
        if verify(problem, &without).is_ok() {
            *assignment = without;
        }
    }
}

/// Whoever takes nobody along comes as otherwise, where that is no slower.
fn come_alone(problem: &Problem, assignment: &mut Assignment) {
    let used: Vec<bool> =
        problem.hosts.iter().map(|h| assignment.members.iter().any(|m| m.2 == Some(h.gate))).collect();
    let idle = |gate| problem.hosts.iter().zip(&used).any(|(h, used)| h.gate == gate && !used);
    assignment.gates.retain(|&gate| !idle(gate));
    for member in &mut assignment.members {
        let mut own =
            problem.hosts.iter().zip(&used).filter(|h| (h.0.youth, h.0.option, h.0.through) == *member);
        if member.2.is_none() || own.clone().next().is_none() || own.any(|h| *h.1) {
            continue;
        }
        let arcs = || problem.youths[member.0 as usize].arcs.iter().filter(|a| a.option == member.1);
        let now = arcs().find(|a| a.gate == member.2).map(|a| a.time);
        if arcs().any(|a| a.gate.is_none() && Some(a.time) <= now) {
            member.2 = None;
        }
    }
}
