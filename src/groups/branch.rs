//! Branch and bound on one part and one tier: the dual bounds each branch and
//! decides what it can, leaves are solved exactly, and what was not looked at
//! counts with its bound.

use super::clock::Clock;
use super::cuts::{Cut, separate};
use super::domain::Domain;
use super::dual::{Dual, SCALE, Walk};
use super::leaf::{fill, flows};
use super::model::{Model, Outcome};
use super::plan::{Ground, guided, key};
use super::problem::{GateIx, OptionIx, Problem, Tier};
use super::proof::{Change, Recorder};
use super::relax::{Relaxation, most};
use super::rounding;
use super::solution::Assignment;
use super::verify::{value, verify};
use super::whole;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Steps of the dual at each branch, from its parent's prices.
const STEPS: u32 = 60;
/// Steps of the dual before the program.
const WALKED: u32 = 200;
/// Most rounds of cuts at the root.
const ROUNDS: u32 = 15;
/// Most roundings a round.
const MOST: usize = 100;
/// Most options probed before a branch.
const PROBES: u32 = 8;
/// How far from half-way a number is still between two whole ones.
const BETWEEN: f64 = 0.4999;
/// Decisions after which what an option costs is known.
const RELIABLE: u32 = 2;
/// Branches between two attempts to round the relaxation.
const ROUNDED: u64 = 16;
/// First branches, searched deepest first: most trees end there, and a jump costs a basis.
const DEEP: u64 = 300;
/// Branches left open up to which the next dive starts at the one that bounds the rest.
const OPEN: usize = 5_000;
/// Most nodes of a linear program at the end of a branch.
const LEAF: u64 = 2_000;

/// A search of one part for one tier.
pub(super) struct Branching<'a, 'g> {
    pub(super) problem: &'a Problem,
    /// Which tier, by place.
    pub(super) at: usize,
    pub(super) dual: &'g mut Dual<'a>,
    pub(super) ground: &'g Ground<'a>,
    /// The best assignment so far.
    pub(super) found: &'g mut Assignment,
    /// Branches that may still be looked at.
    pub(super) nodes: u64,
    /// Steps of the dual at the root.
    pub(super) steps: u32,
    /// What the earlier tiers must keep; `None` when the dual keeps less, so
    /// that solving a leaf would prove nothing.
    pub(super) keep: Option<&'g [(Tier, i64)]>,
    pub(super) clock: Clock<'g>,
    /// Whether a linear program pays.
    pub(super) linear: bool,
    /// A bound from elsewhere, where there is one.
    pub(super) known: Option<i64>,
    /// That program, once the walk is over.
    pub(super) program: Option<Relaxation>,
    /// Whether a class of several youths shares an arc in parts, which no branch decides.
    pub(super) shared: bool,
    /// What branches on each option cost.
    pub(super) costs: Vec<Cost>,
    pub(super) recorder: Recorder,
    /// The last point of the program at the root.
    pub(super) rooted: Option<Walk>,
}

/// A branch: decisions, where to start from, and the bound of its parent.
pub(super) struct Node {
    pub(super) domain: Domain,
    pub(super) from: Rc<Walk>,
    pub(super) bound: i64,
    /// Its place in the record.
    pub(super) step: usize,
    /// The decision that led here from `from`, as an option and whether up.
    pub(super) moved: Option<(OptionIx, bool)>,
}

/// What to decide next.
#[derive(Clone, Copy, Debug)]
enum Choice {
    Gate(GateIx),
    /// At most so many groups, or more.
    Groups(OptionIx, u32),
    /// Whether the only youth of a class follows an arc.
    Member(u32),
}

impl Branching<'_, '_> {
    /// Searches; the bound as a score, which is the value's own when proved.
    pub(super) fn run(&mut self) -> i64 {
        let Some(root) = self.root(Walk::start(self.dual), None) else { return self.score() };
        if self.is_hopeless() {
            return root.bound;
        }
        self.search(vec![root])
    }

    /// Searches what is left open; the bound as a score.
    pub(super) fn search(&mut self, mut open: Vec<Node>) -> i64 {
        let exact = self.at == 0 && self.tier() == Tier::Placed && flows(self.problem);
        let mut unsolved = i64::MIN;
        let mut diving = true;
        let first = self.nodes.saturating_sub(DEEP);
        while let Some(node) =
            if diving || self.nodes > first || open.len() > OPEN { open.pop() } else { widest(&mut open) }
        {
            diving = false;
            if node.bound <= self.score() {
                continue;
            }
            if self.nodes == 0 || self.shared || self.clock.is_over() {
                open.push(node);
                break;
            }
            self.nodes -= 1;
            let Some((choice, node)) = self.look(node, exact) else { continue };
            match choice {
                Some(choice) => {
                    open.extend(self.decide(&node, choice));
                    diving = true;
                }
                None if self.leaf(&node, exact) => {}
                None => unsolved = unsolved.max(node.bound),
            }
        }
        let left = open.iter().map(|n| n.bound).max().unwrap_or(i64::MIN);
        left.max(unsolved).max(self.score())
    }

    /// The whole problem, walked from some prices, then by the program, with cuts while they help; `None`
    /// when that is the proof.
    pub(super) fn root(&mut self, mut walk: Walk, mut step: Option<usize>) -> Option<Node> {
        let mut domain = self.dual.whole();
        let mut known = BTreeSet::new();
        let mut before = i64::MAX;
        let steps = if self.linear || self.is_hopeless() { WALKED } else { self.steps };
        for round in 0.. {
            let at = self.recorder.step(step, None);
            step = Some(at);
            walk = self.bound(&domain, &walk, steps);
            let total = walk.total?;
            let bound = self.dual.score(total);
            self.recorder.priced(at, &walk.price);
            self.recorder.root(bound);
            if walk.basis.is_some() {
                self.rooted = Some(walk.clone());
            }
            if bound <= self.score() {
                return None;
            }
            if self.clock.check().is_err() {
                return Some(Node { domain, from: Rc::new(walk), bound, step: at, moved: None });
            }
            self.round(&walk);
            if bound <= self.score() {
                return None;
            }
            let wide = self.recorder.before(&domain);
            self.dual.narrow(&mut domain, &walk.price, self.score());
            self.recorder.narrowed(at, wide, &domain);
            if self.linear && self.program.is_none() {
                self.program = Some(Relaxation::new(self.dual, &domain, &walk));
                continue;
            }
            let cutting = self.at == 0 && round < ROUNDS && !self.is_hopeless();
            let mut cuts = if cutting { self.cuts(&walk) } else { Vec::new() };
            cuts.retain(|cut| known.insert(cut.clone()));
            let gain = before.saturating_sub(total);
            if cuts.is_empty() || gain < SCALE / 50 || self.clock.is_over() {
                let step = self.recorder.step(step, None);
                return Some(Node { domain, from: Rc::new(walk), bound, step, moved: None });
            }
            before = total;
            self.dual.add_cuts(&cuts);
        }
        None
    }

    /// Whether a walk would not come past the bound that is known: the prices of advisers' posts swing, since
    /// in each week a team takes the dearest ones.
    fn is_hopeless(&self) -> bool {
        self.known.is_some() && !self.dual.sittings.is_empty()
    }

    /// Cuts that the last point breaks, the deepest roundings first.
    fn cuts(&self, walk: &Walk) -> Vec<Cut> {
        let mut cuts = separate(self.dual, walk);
        if let Some(program) = &self.program {
            let most: Vec<i64> = program.columns.iter().map(|&c| most(self.dual, c)).collect();
            let mut rounded = rounding::separate(program, &most);
            rounded.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            cuts.extend(rounded.into_iter().take(MOST).map(|r| r.1));
        }
        cuts
    }

    /// Bounds a branch: what to decide next in it, if it may hold anything better.
    fn look(&mut self, mut node: Node, exact: bool) -> Option<(Option<Choice>, Node)> {
        let walk = self.bound(&node.domain, &node.from, STEPS);
        let total = walk.total?;
        node.bound = node.bound.min(self.dual.score(total));
        self.learn(&node, total);
        self.recorder.priced(node.step, &walk.price);
        if node.bound <= self.score() {
            return None;
        }
        if self.nodes.is_multiple_of(ROUNDED) {
            self.round(&walk);
        }
        let wide = self.recorder.before(&node.domain);
        self.dual.narrow(&mut node.domain, &walk.price, self.score());
        self.recorder.narrowed(node.step, wide, &node.domain);
        let choice = self.choose(&node.domain, &walk, exact);
        node.from = Rc::new(walk);
        Some((choice, node))
    }

    /// What a decision did to the bound.
    fn learn(&mut self, node: &Node, total: i64) {
        let (Some((o, up)), Some(before)) = (node.moved, node.from.total) else { return };
        let mean = node.from.mean[o as usize];
        let part = if up { mean.ceil() - mean } else { mean - mean.floor() };
        // A bound that ended its branch tells less than it could have.
        if part > 1e-3 && self.dual.score(total) > self.score() {
            let fall = (before - total).max(0) as f64 / SCALE as f64 / part;
            let cost = &mut self.costs[o as usize];
            if up { cost.up.learn(fall) } else { cost.down.learn(fall) }
        }
    }

    /// Bounds a domain: by the program if there is one, else by walking.
    fn bound(&mut self, domain: &Domain, from: &Walk, steps: u32) -> Walk {
        let score = self.score();
        match &mut self.program {
            Some(program) => {
                program.extend(self.dual);
                program.bound(self.dual, domain, from, score, self.clock)
            }
            None => self.dual.walk(domain, from, steps, score, self.clock),
        }
    }

    fn tier(&self) -> Tier {
        self.problem.tiers[self.at]
    }

    pub(super) fn score(&self) -> i64 {
        let value = value(self.problem, self.found, self.tier());
        if self.tier().maximised() { value } else { -value }
    }

    /// An assignment near the relaxation's groups, and the relaxation's own where it is whole.
    fn round(&mut self, walk: &Walk) {
        let found = guided(self.ground, &walk.groups, &walk.mean);
        self.accept(found);
        if walk.basis.is_some() {
            self.accept(whole::assignment(self.dual, walk));
        }
    }

    fn accept(&mut self, new: Option<Assignment>) {
        let Some(new) = new else { return };
        let upto = |a: &Assignment| key(self.problem, a)[..=self.at].to_vec();
        if upto(&new) < upto(self.found) && verify(self.problem, &new).is_ok() {
            *self.found = new;
        }
    }

    /// Ends a branch in which everything is decided; whether it is done.
    fn leaf(&mut self, node: &Node, exact: bool) -> bool {
        let domain = &node.domain;
        if exact {
            self.recorder.by_flow(node.step);
            self.accept(fill(self.problem, domain));
            return true;
        }
        if self.program.is_some() {
            self.accept(whole::assignment(self.dual, &node.from));
            if node.bound <= self.score() {
                return true;
            }
        }
        let Some(keep) = self.keep else { return false };
        self.recorder.settled(node.step, node.bound);
        match Model::within(self.problem, domain, self.tier(), keep).search(LEAF, None, self.clock) {
            Outcome::Infeasible => true,
            Outcome::Searched { best, bound } => {
                self.accept(best);
                let signed = |b: i64| if self.tier().maximised() { b } else { -b };
                bound.is_some_and(|b| signed(b) <= self.score())
            }
        }
    }

    /// What the relaxation is least decided about: a gate, an option, a member; once it decides
    /// everything by itself, whatever is left.
    fn choose(&mut self, domain: &Domain, walk: &Walk, exact: bool) -> Option<Choice> {
        if let Some(gate) = self.choose_gate(domain, walk) {
            return Some(Choice::Gate(gate));
        }
        let undecided = self.undecided(domain, walk);
        let whole = undecided.iter().all(|u| u.0 > BETWEEN);
        if whole && walk.basis.is_some() && !exact {
            if let Some(member) = self.choose_member(domain, walk) {
                return Some(member);
            }
            let mixed = |at: &usize| (walk.members[*at] - walk.members[*at].round()).abs() > 1e-4;
            self.shared |= (0..walk.members.len()).any(|at| mixed(&at));
        }
        self.choose_groups(domain, walk, &undecided)
    }

    /// The gate that the relaxation is least decided about; where no program tells, or it is decided about all of
    /// them, the first that matters.
    fn choose_gate(&self, domain: &Domain, walk: &Walk) -> Option<GateIx> {
        let free = |g: &usize| {
            let (must, may) = domain.gates[*g];
            !must && may && self.gate_matters(*g, domain, walk)
        };
        let half_way = |g: usize| if walk.basis.is_some() { (walk.gates[g] - 0.5).abs() } else { 0.0 };
        let all = (0..domain.gates.len()).filter(free);
        let gate = all.min_by(|&a, &b| half_way(a).total_cmp(&half_way(b)).then(a.cmp(&b)))?;
        Some(gate as GateIx)
    }

    /// Options whose groups are not decided: how far the relaxation is from half-way between
    /// two numbers of groups, and the lower of them.
    fn undecided(&self, domain: &Domain, walk: &Walk) -> Vec<(f64, OptionIx, u32)> {
        let mut undecided = Vec::new();
        for o in 0..walk.mean.len() {
            let (least, most) = (domain.least[o], domain.most(self.problem, o));
            if least < most {
                let mean = walk.mean[o].clamp(f64::from(least), f64::from(most));
                let at = (mean.floor() as u32).clamp(least, most - 1);
                undecided.push(((mean - f64::from(at) - 0.5).abs(), o as OptionIx, at));
            }
        }
        undecided.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        undecided
    }

    fn gate_matters(&self, g: usize, domain: &Domain, walk: &Walk) -> bool {
        // There are many lifts, and most decide themselves with who comes.
        if self.dual.forest.hosted[g] {
            return (walk.gates[g] - walk.gates[g].round()).abs() > 1e-4;
        }
        match self.dual.forest.gated[g] {
            None => true,
            Some(b) => {
                self.dual.forest.blocks[b].options.iter().any(|&o| domain.most(self.problem, o as usize) > 0)
            }
        }
    }

    /// The option whose sides promise the most, by what branches on it cost before.
    fn choose_groups(
        &mut self,
        domain: &Domain,
        walk: &Walk,
        undecided: &[(f64, OptionIx, u32)],
    ) -> Option<Choice> {
        let first = *undecided.first()?;
        let (score, mut probes) = (self.score(), PROBES);
        let Some(program) = &mut self.program else { return Some(Choice::Groups(first.1, first.2)) };
        let mut best: Option<(f64, Choice)> = None;
        for &(distance, o, at) in undecided.iter().filter(|u| u.0 <= BETWEEN) {
            let (below, above) = (0.5 + distance, 0.5 - distance);
            let frac = walk.mean[o as usize] - f64::from(at);
            let [below, above] = if frac > 0.5 { [below, above] } else { [above, below] };
            let cost = &mut self.costs[o as usize];
            if cost.down.seen.min(cost.up.seen) < RELIABLE {
                if probes == 0 {
                    continue;
                }
                probes -= 1;
                let (down, up) = program.probe(self.dual, domain, o, at, score);
                if down.is_infinite() || up.is_infinite() {
                    return Some(Choice::Groups(o, at));
                }
                cost.down.learn(down / below);
                cost.up.learn(up / above);
            }
            let merit = (cost.down.mean * below).max(1e-6) * (cost.up.mean * above).max(1e-6);
            if best.is_none_or(|b| merit > b.0) {
                best = Some((merit, Choice::Groups(o, at)));
            }
        }
        Some(best.map_or(Choice::Groups(first.1, first.2), |b| b.1))
    }

    /// The member who is least decided, among classes of one.
    fn choose_member(&self, domain: &Domain, walk: &Walk) -> Option<Choice> {
        let mut best: Option<(f64, Choice)> = None;
        for (at, &(least, most)) in domain.members.iter().enumerate() {
            let open = domain.most(self.problem, self.dual.option_of[at] as usize) > 0;
            let distance = (walk.members[at] - 0.5).abs();
            if open && (least, most) == (0, 1) && distance <= BETWEEN && best.is_none_or(|b| distance < b.0) {
                best = Some((distance, Choice::Member(at as u32)));
            }
        }
        best.map(|b| b.1)
    }

    /// The two sides of a choice, the likelier last.
    fn decide(&mut self, node: &Node, choice: Choice) -> [Node; 2] {
        let (down, up, likely) = match choice {
            Choice::Gate(g) => {
                let likely = node.from.basis.is_none() || node.from.gates[g as usize] >= 0.5;
                (Change::Shut(g), Change::Open(g), likely)
            }
            Choice::Groups(o, k) => {
                let likely = node.from.mean[o as usize] >= f64::from(k) + 0.5;
                (Change::AtMost(o, k), Change::AtLeast(o, k + 1), likely)
            }
            Choice::Member(at) => {
                let o = self.dual.option_of[at as usize];
                (Change::Not(at, o), Change::Follows(at, o), node.from.members[at as usize] >= 0.5)
            }
        };
        let sides = if likely { [down, up] } else { [up, down] };
        sides.map(|side| {
            let mut domain = node.domain.clone();
            side.apply(self.problem, &mut domain);
            let step = self.recorder.step(Some(node.step), Some(side));
            if let Change::AtLeast(o, _) | Change::Follows(_, o) = side {
                self.recorder.opened(step, &self.problem.options[o as usize].gates);
            }
            let moved = match side {
                Change::AtMost(o, _) => Some((o, false)),
                Change::AtLeast(o, _) => Some((o, true)),
                _ => None,
            };
            Node { domain, from: Rc::clone(&node.from), bound: node.bound, step, moved }
        })
    }
}

/// Takes out the branch that bounds the rest, the last of them.
fn widest(open: &mut Vec<Node>) -> Option<Node> {
    let at = (0..open.len()).max_by_key(|&at| open[at].bound)?;
    Some(open.remove(at))
}

/// What a branch on an option costs the bound, by the unit that it moves, on each side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    down: Mean,
    up: Mean,
}

/// A running mean.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    seen: u32,
    mean: f64,
}

impl Mean {
    fn learn(&mut self, value: f64) {
        self.seen += 1;
        self.mean += (value - self.mean) / f64::from(self.seen);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::*;
    use super::*;
    use crate::control::Control;
    use crate::units::Seconds;

    /// Sites with rooms in slots, some of them candidates, and youths who reach two or three of them.
    pub(in crate::groups) fn territory(seed: u64) -> Problem {
        let mut state = seed;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let (sites, slots) = (3 + below(2), 2);
        let mut p = Problem { tiers: vec![Tier::Placed], ..Problem::default() };
        for min in [2 + below(2) as u32, 3 + below(2) as u32] {
            p.programmes.push(Sizes { min, target: min, max: min + below(3) as u32 });
        }
        for (site, slot) in (0..sites).flat_map(|site| (0..slots).map(move |slot| (site, slot))) {
            let first = p.options.len() as u32;
            for programme in 0..2 {
                let gates = if site == 0 || below(3) > 0 { Vec::new() } else { vec![site as u32 - 1] };
                let (max_groups, lower_min, posts) = (1 + below(2) as u32, None, Vec::new());
                p.options.push(OptionSpec { programme, max_groups, cost: 1, gates, lower_min, posts });
            }
            let kind = CapacityKind::Rooms { site: site as u32, slot: slot as u32 };
            let uses = vec![(first, 1), (first + 1, 1)];
            p.capacities.push(Capacity { kind, limit: 1 + below(2) as u32, uses, extra: Vec::new() });
        }
        p.gates = vec![Gate { cost: 1, capacity: None }; sites as usize - 1];
        p.gate_limits =
            vec![GateLimit { gates: (0..sites as u32 - 1).collect(), limit: 1 + below(2) as u32 }];
        let slot = |o: usize| o / 2 % slots as usize;
        let meets = |a: usize, b: &u32| slot(a) == slot(*b as usize) && a % 2 != *b as usize % 2;
        let count = p.options.len() as u32;
        p.conflicts = (0..count as usize).map(|a| (0..count).filter(|b| meets(a, b)).collect()).collect();
        for _ in 0..12 + below(8) {
            let (home, both, weight) = (below(sites), below(4) == 0, 1 + (below(5) / 4) as u32);
            let programme = below(2) as u32;
            let near = |o: &u32| {
                let site = u64::from(o / 4);
                (site == home || site == (home + 1) % sites) && (both || o % 2 == programme)
            };
            let time = Seconds::new(60);
            let arcs = (0..count).filter(near).map(|option| Arc { option, time, gate: None }).collect();
            p.youths.push(YouthSpec { weight, traits: 0, arcs });
        }
        p.check().unwrap();
        p
    }

    #[test]
    fn the_search_agrees_with_a_general_one() {
        let (mut compared, mut proved, mut searched) = (0, 0, 0);
        for seed in 0..120 {
            let p = territory(seed);
            let found = Milp.solve(&p, &Limits::default(), &Control::none()).unwrap();
            let Solution::Found { tiers, .. } = found else { panic!("seed {seed}") };
            let Outcome::Searched { best: Some(best), bound: Some(bound) } =
                Model::new(&p, Tier::Placed, &[]).search(3_000, None, Clock::new(None))
            else {
                continue;
            };
            if bound == value(&p, &best, Tier::Placed) {
                compared += 1;
                proved += u32::from(tiers[0].proof == Proof::Optimal);
                assert!(
                    tiers[0].value <= bound && bound <= tiers[0].bound,
                    "seed {seed}: {tiers:?}, {bound}"
                );
            }
            let dual = Dual::new(&p, Tier::Placed, &[], true).unwrap();
            let root = dual.walk(&dual.whole(), &Walk::start(&dual), 300, 0, Clock::new(None));
            searched += u32::from(dual.score(root.total.unwrap()) > bound);
        }
        assert!(compared > 80 && searched > 10, "{compared} compared, {searched} left by the root");
        assert!(proved * 20 >= compared * 19, "{proved} of {compared} proved");
    }
}
