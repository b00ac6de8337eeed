//! Certificates by hand, accepted, and each change refused; a slow prover that
//! writes certificates for tiny problems and can prove nothing that is false.

use super::super::problem::*;
use super::super::solution::Assignment;
use super::super::{oracle, tests::tiny};
use super::base::{Base, Bounds};
use super::check::{Step, Why};
use super::cut::least;
use super::rows::{Context, Share, Sum};
use super::*;
use crate::units::Seconds;

fn arc(option: u32, minutes: u32) -> Arc {
    Arc { option, time: Seconds::new(60 * minutes), gate: None }
}

/// Fourteen youths who can only go to two sites, where a group asks for eight.
fn fourteen() -> Problem {
    let option = OptionSpec {
        programme: 0,
        max_groups: 1,
        cost: 100,
        gates: Vec::new(),
        lower_min: None,
        posts: Vec::new(),
    };
    let youth = YouthSpec { weight: 1, traits: 0, arcs: vec![arc(0, 10), arc(1, 20)] };
    Problem {
        programmes: vec![Sizes { min: 8, target: 10, max: 12 }],
        options: vec![option; 2],
        youths: vec![youth; 14],
        tiers: vec![Tier::Placed, Tier::Cost, Tier::OffTarget, Tier::Minutes],
        ..Problem::default()
    }
}

/// Twelve of them in the first option: all four tiers, proved.
fn twelve() -> (Problem, Certificate) {
    let assignment = Assignment {
        groups: vec![(0, 1)],
        members: (0..12).map(|y| (y, 0, None)).collect(),
        gates: Vec::new(),
    };
    let hall = Cut::Hall { options: vec![0, 1], divisor: 8 };
    let part = |bound, cuts: Vec<Cut>, prices: Prices| Part {
        options: vec![0, 1],
        gates: Vec::new(),
        bound,
        search: Search { cuts, prices: vec![prices], nodes: vec![Node::Priced(0)] },
    };
    let tiers = vec![
        (Tier::Placed, part(12, vec![hall.clone()], vec![(Row::Better, 1), (Row::Cut(0), 12)])),
        // Each group holds twelve at most, and costs 100.
        (Tier::Cost, part(100, Vec::new(), vec![(Row::Better, 12), (Row::Earlier(0, 0), 100)])),
        (
            Tier::OffTarget,
            part(2, vec![hall], vec![(Row::Better, 1), (Row::Earlier(0, 0), 1), (Row::Cut(0), 10)]),
        ),
        (Tier::Minutes, part(7200, Vec::new(), vec![(Row::Better, 1), (Row::Earlier(0, 0), 600)])),
    ];
    let claim = |(tier, part): (Tier, Part)| TierClaim {
        tier,
        value: part.bound,
        bound: part.bound,
        parts: vec![part],
    };
    let claim = Claim::Found { assignment, tiers: tiers.into_iter().map(claim).collect() };
    (fourteen(), Certificate { cliques: Vec::new(), posts: Vec::new(), claim })
}

fn tiers(c: &mut Certificate) -> &mut Vec<TierClaim> {
    match &mut c.claim {
        Claim::Found { tiers, .. } => tiers,
        Claim::Impossible(_) => panic!("found"),
    }
}

fn prices(c: &mut Certificate, tier: usize) -> &mut Prices {
    &mut tiers(c)[tier].parts[0].search.prices[0]
}

fn unproved(tier: usize, why: Why) -> Result<(), Refused> {
    Err(Refused::Proof { tier: Some(tier), part: 0, step: Step::Node(0), why })
}

#[test]
fn a_certificate_by_hand_is_accepted() {
    let (problem, certificate) = twelve();
    problem.check().unwrap();
    assert_eq!(check(&problem, &certificate), Ok(()));
}

#[test]
fn each_change_is_refused() {
    let refused = |expected: Result<(), Refused>, change: &dyn Fn(&mut Certificate)| {
        let (problem, mut certificate) = twelve();
        change(&mut certificate);
        assert_eq!(check(&problem, &certificate), expected);
    };
    // Values and bounds off by one.
    refused(Err(Refused::Value { tier: 0, claimed: 13, is: 12 }), &|c| tiers(c)[0].value = 13);
    refused(Err(Refused::Value { tier: 1, claimed: 99, is: 100 }), &|c| tiers(c)[1].value = 99);
    refused(Err(Refused::Bound(0)), &|c| tiers(c)[0].bound = 13);
    refused(Err(Refused::Bound(0)), &|c| {
        tiers(c)[0].bound = 11;
        tiers(c)[0].parts[0].bound = 11;
    });
    refused(Err(Refused::Bound(3)), &|c| tiers(c)[3].parts[0].bound = 7201);
    // Prices changed, dropped, negative; rows that say something else.
    refused(unproved(0, Why::NotRefuted), &|c| prices(c, 0)[1].1 = 11);
    refused(unproved(0, Why::NotRefuted), &|c| prices(c, 0)[1].1 = 13);
    refused(unproved(0, Why::NotRefuted), &|c| prices(c, 0).truncate(1));
    refused(unproved(0, Why::NotRefuted), &|c| prices(c, 0)[0].1 = 0);
    refused(unproved(0, Why::NegativePrice), &|c| prices(c, 0)[0].1 = -1);
    refused(unproved(0, Why::TooLarge), &|c| {
        prices(c, 0)[1].1 = i64::MAX;
        *prices(c, 0) = prices(c, 0).repeat(1).into_iter().cycle().take(40).collect();
        tiers(c)[0].parts[0].search.cuts[0] = huge();
    });
    refused(unproved(1, Why::NotRefuted), &|c| prices(c, 1)[1].1 = 0);
    refused(unproved(1, Why::NotRefuted), &|c| prices(c, 1)[1].1 = 200);
    refused(unproved(1, Why::UnknownRow), &|c| prices(c, 1)[1].0 = Row::Earlier(1, 0));
    refused(unproved(2, Why::NotRefuted), &|c| prices(c, 2)[2].1 = 9);
    refused(unproved(3, Why::NotRefuted), &|c| prices(c, 3)[1].1 = 550);
    // Other sets.
    refused(unproved(0, Why::NotRefuted), &|c| {
        tiers(c)[0].parts[0].search.cuts[0] = Cut::Hall { options: vec![0], divisor: 8 };
    });
    refused(unproved(0, Why::NotRefuted), &|c| {
        tiers(c)[0].parts[0].search.cuts[0] = Cut::Hall { options: vec![0, 1], divisor: 7 };
    });
    refused(Err(Refused::Proof { tier: Some(0), part: 0, step: Step::Cut(0), why: Why::Cut }), &|c| {
        tiers(c)[0].parts[0].search.cuts[0] = Cut::Hall { options: vec![1, 0], divisor: 8 };
    });
    refused(Err(Refused::Parts(0)), &|c| tiers(c)[0].parts[0].options = vec![0]);
    refused(Err(Refused::Parts(1)), &|c| tiers(c)[1].parts[0].options = vec![0, 0]);
    refused(Err(Refused::Set("cliques", 0)), &|c| c.cliques.push(vec![1, 0]));
    refused(Err(Refused::Set("posts", 0)), &|c| c.posts.push(vec![0]));
    refused(Err(Refused::Tiers), &|c| tiers(c).truncate(3));
    // Leaves dropped or left over.
    let uncovered =
        |node| Err(Refused::Proof { tier: Some(0), part: 0, step: Step::Node(node), why: Why::Uncovered });
    refused(uncovered(0), &|c| tiers(c)[0].parts[0].search.nodes.clear());
    refused(uncovered(1), &|c| tiers(c)[0].parts[0].search.nodes.push(Node::Priced(0)));
    refused(uncovered(2), &|c| {
        let branch = Node::Branch { sum: vec![Variable::Groups(0)], at: 0 };
        tiers(c)[0].parts[0].search.nodes.insert(0, branch);
    });
    // An assignment that is none.
    refused(Err(Refused::Assignment(super::super::Broken::Size(0))), &|c| {
        if let Claim::Found { assignment, .. } = &mut c.claim {
            assignment.members.truncate(7);
        }
    });
}

/// A cut whose numbers grow beyond what 128 bits hold.
fn huge() -> Cut {
    let prices = vec![(Row::Programme(0, 0), i64::MAX)];
    Cut::Rounded { prices, complemented: Vec::new(), divisor: i64::MAX - 1 }
}

/// The same by branching, with the simple leaves.
fn branched() -> (Problem, Certificate) {
    let (mut problem, mut certificate) = twelve();
    problem.tiers.truncate(1);
    tiers(&mut certificate).truncate(1);
    let branch = |o| Node::Branch { sum: vec![Variable::Groups(o)], at: 0 };
    tiers(&mut certificate)[0].parts[0].search = Search {
        nodes: vec![
            branch(0),
            Node::TooFull(vec![1]),
            branch(1),
            Node::TooFull(vec![0]),
            Node::TooFew(vec![0, 1]),
        ],
        ..Search::default()
    };
    (problem, certificate)
}

#[test]
fn leaves_of_simple_sets_are_accepted_and_others_refused() {
    let (problem, certificate) = branched();
    assert_eq!(check(&problem, &certificate), Ok(()));
    for dropped in 0..5 {
        let (problem, mut certificate) = branched();
        tiers(&mut certificate)[0].parts[0].search.nodes.remove(dropped);
        assert!(check(&problem, &certificate).is_err(), "without node {dropped}");
    }
    let other = |node, leaf: Node| {
        let (problem, mut certificate) = branched();
        tiers(&mut certificate)[0].parts[0].search.nodes[node] = leaf;
        let why = Why::NotRefuted;
        let refused = Refused::Proof { tier: Some(0), part: 0, step: Step::Node(node), why };
        assert_eq!(check(&problem, &certificate), Err(refused));
    };
    other(1, Node::TooFull(vec![0]));
    other(3, Node::TooFull(Vec::new()));
    other(4, Node::TooFew(vec![0]));
    other(4, Node::TooFull(vec![0, 1]));
}

#[test]
fn a_rounded_cut_is_hall_s() {
    let (problem, mut certificate) = twelve();
    let youths = (0..14).map(|y| (Row::Programme(y, 0), 1));
    let rows = youths.chain([(Row::SizeLeast(0), 1), (Row::SizeLeast(1), 1)]).collect();
    let cut = Cut::Rounded { prices: rows, complemented: Vec::new(), divisor: 8 };
    tiers(&mut certificate)[0].parts[0].search.cuts[0] = cut;
    // Fourteen over eight leaves six: the rounding is two times as long.
    assert_eq!(check(&problem, &certificate), unproved(0, Why::NotRefuted));
    *prices(&mut certificate, 0) = vec![(Row::Better, 2), (Row::Cut(0), 12)];
    assert_eq!(check(&problem, &certificate), Ok(()));
}

#[test]
fn hall_s_cut_is_told_in_numbers_that_people_count_in() {
    let mut problem = fourteen();
    let cut = Cut::Hall { options: vec![0, 1], divisor: 8 };
    let told = hall(&problem, &cut).unwrap();
    assert_eq!((told.youths.len(), told.only, told.min, told.groups), (14, true, 8, 1));
    problem.options.push(problem.options[0].clone());
    problem.youths[3].arcs.push(arc(2, 5));
    assert!(!hall(&problem, &cut).unwrap().only);
    assert_eq!(hall(&problem, &Cut::Hall { options: vec![0, 1], divisor: 7 }), None);
    assert_eq!(hall(&problem, &huge()), None);
}

/// Refutes by branching on every variable until one row alone contradicts the box.
struct Prover<'a> {
    base: &'a Base<'a>,
    earlier: &'a [TierClaim],
    better: Option<&'a Share<'a>>,
    rows: Vec<Row>,
    search: Search,
    sum: Sum,
}

impl Prover<'_> {
    /// Whether the box holds nothing; the search is then complete below.
    fn refute(&mut self, bounds: &mut Bounds) -> bool {
        if let Some(row) = self.contradiction(bounds) {
            self.search.nodes.push(Node::Priced(row as u32));
            return true;
        }
        let free = |v: &Variable| self.base.number(*v).is_some_and(|n| bounds.low[n] < bounds.high[n]);
        let Some(variable) = variables(self.base.problem).into_iter().find(free) else { return false };
        let n = self.base.number(variable).unwrap();
        let (low, high) = (bounds.low[n], bounds.high[n]);
        self.search.nodes.push(Node::Branch { sum: vec![variable], at: low as u32 });
        bounds.high[n] = low;
        let below = self.refute(bounds);
        (bounds.low[n], bounds.high[n]) = (low + 1, high);
        let above = below && self.refute(bounds);
        bounds.low[n] = low;
        below && above
    }

    fn contradiction(&mut self, bounds: &Bounds) -> Option<usize> {
        let at = Context { earlier: self.earlier, better: self.better, cuts: &[], path: &[], bounds };
        (0..self.rows.len()).find(|&row| {
            self.sum.clear();
            self.sum.add(self.base, at, self.rows[row], 1).unwrap();
            least(self.base, bounds, &self.sum).unwrap().is_none_or(|least| least > self.sum.right)
        })
    }
}

fn variables(problem: &Problem) -> Vec<Variable> {
    let arcs = problem.youths.iter().enumerate();
    let arcs =
        arcs.flat_map(|(y, youth)| (0..youth.arcs.len()).map(move |i| Variable::Arc(y as u32, i as u32)));
    let gates = (0..problem.gates.len()).map(|g| Variable::Gate(g as u32));
    let groups = (0..problem.options.len()).map(|o| Variable::Groups(o as u32));
    gates.chain(groups).chain(arcs).collect()
}

/// Every row that says something of the problem itself.
fn all_rows(problem: &Problem, cliques: usize, posts: usize) -> Vec<Row> {
    let (youths, options) = (problem.youths.len() as u32, problem.options.len() as u32);
    let (mut rows, gates) = (Vec::new(), problem.gates.len() as u32);
    for y in 0..youths {
        rows.extend((0..problem.programmes.len() as u32).map(|p| Row::Programme(y, p)));
        rows.extend((0..cliques as u32).map(|c| Row::Clique(y, c)));
        let arcs = problem.youths[y as usize].arcs.iter().enumerate();
        rows.extend(arcs.filter(|a| a.1.gate.is_some()).map(|a| Row::ArcGate(y, a.0 as u32)));
    }
    rows.extend((0..problem.capacities.len() as u32).map(Row::Capacity));
    if !problem.teams.is_empty() {
        rows.extend((0..posts as u32).map(Row::Posts));
    }
    rows.extend((0..problem.gate_limits.len() as u32).map(Row::GateLimit));
    rows.extend((0..problem.hosts.len() as u32).map(Row::Host));
    rows.extend(problem.gate_budget.map(|_| Row::GateBudget));
    rows.extend((0..gates).filter(|&g| problem.gates[g as usize].capacity.is_some()).map(Row::GateCapacity));
    for o in 0..options {
        let spec = &problem.options[o as usize];
        rows.push(Row::SizeLeast(o));
        rows.extend(spec.gates.iter().map(|&g| Row::OptionGate(o, g)));
        rows.extend(spec.lower_min.iter().map(|_| Row::LoweredMin(o)));
        for (rule, _) in problem.mix.iter().enumerate().filter(|m| m.1.programme == spec.programme) {
            rows.extend([Row::MixLeast(rule as u32, o), Row::MixMost(rule as u32, o)]);
        }
    }
    for (pin, row) in problem.pins.iter().zip(0..) {
        match pin {
            Pin::Open { .. } => rows.push(Row::PinOpen(row)),
            Pin::In { .. } => rows.push(Row::PinIn(row)),
            Pin::Apart(..) => rows.extend((0..options).map(|o| Row::PinApart(row, o))),
            Pin::Out { .. } => {}
        }
    }
    rows
}

/// Pairs of options that exclude each other, and all sets of posts of one week.
fn all_sets(problem: &Problem) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
    let options = problem.options.len() as u32;
    let pairs = (0..options).flat_map(|b| (0..b).map(move |a| (a, b)));
    let cliques = pairs.filter(|&(a, b)| problem.in_conflict(a, b)).map(|(a, b)| vec![a, b]).collect();
    let subsets = (1u32..1 << problem.posts.len())
        .map(|set| (0..problem.posts.len() as u32).filter(|p| set >> p & 1 == 1).collect::<Vec<_>>());
    let week = |set: &Vec<u32>| {
        let week = problem.posts[set[0] as usize].week;
        set.iter().all(|&p| problem.posts[p as usize].week == week)
    };
    (cliques, subsets.filter(week).collect())
}

/// A complete certificate of an answer, or `None` when something better, or anything at all, exists.
fn prove(problem: &Problem, answer: Option<(Assignment, &[i64])>) -> Option<Certificate> {
    let (cliques, posts) = all_sets(problem);
    let claim = Claim::Impossible(Search::default());
    let mut certificate = Certificate { cliques, posts, claim };
    let base = Base::new(problem, &certificate);
    let rows = all_rows(problem, certificate.cliques.len(), certificate.posts.len());
    let refute = |earlier: &[TierClaim], better: Option<&Share<'_>>| {
        let mut rows = rows.clone();
        rows.extend(better.map(|_| Row::Better));
        rows.extend((0..earlier.len() as u32).map(|tier| Row::Earlier(tier, 0)));
        let sum = Sum::new(base.variables());
        let prices = rows.iter().map(|&row| vec![(row, 1)]).collect();
        let search = Search { prices, ..Search::default() };
        let mut prover = Prover { base: &base, earlier, better, rows, search, sum };
        prover.refute(&mut base.root.clone()).then_some(prover.search)
    };
    let Some((assignment, values)) = answer else {
        certificate.claim = Claim::Impossible(refute(&[], None)?);
        return Some(certificate);
    };
    let options: Vec<u32> = (0..problem.options.len() as u32).collect();
    let gates: Vec<u32> = (0..problem.gates.len() as u32).collect();
    let mut tiers: Vec<TierClaim> = Vec::new();
    for (&tier, &value) in problem.tiers.iter().zip(values) {
        let limit = i128::from(if tier.maximised() { value + 1 } else { value - 1 });
        let search = refute(&tiers, Some(&Share { tier, options: &options, gates: &gates, limit }))?;
        let part = Part { options: options.clone(), gates: gates.clone(), bound: value, search };
        tiers.push(TierClaim { tier, value, bound: value, parts: vec![part] });
    }
    certificate.claim = Claim::Found { assignment, tiers };
    Some(certificate)
}

/// Every part of a problem has its row: what is best can always be proved, and one better never.
fn complete_and_sound(seed: u64) {
    use super::super::{Limits, Milp, Solution, Solve};
    let problem = tiny(seed);
    if oracle::ways(&problem) > 300 {
        return;
    }
    let Some(best) = oracle::best(&problem) else {
        let certificate = prove(&problem, None).expect("nothing exists");
        assert_eq!(check(&problem, &certificate), Ok(()), "seed {seed}");
        return;
    };
    assert_eq!(prove(&problem, None), None, "seed {seed}");
    let control = crate::control::Control::none();
    let solved = Milp.solve(&problem, &Limits::default(), &control).unwrap();
    let Solution::Found { assignment, .. } = solved else { panic!("seed {seed}") };
    let certificate = prove(&problem, Some((assignment.clone(), &best))).expect("nothing better");
    assert_eq!(check(&problem, &certificate), Ok(()), "seed {seed}");
    for tier in 0..best.len() {
        let mut better = best.clone();
        better[tier] += if problem.tiers[tier].maximised() { -1 } else { 1 };
        // What is claimed of a tier is worse than it can be: better exists.
        assert_eq!(prove(&problem, Some((assignment.clone(), &better[..=tier]))), None, "seed {seed}");
    }
}

#[test]
fn what_is_best_is_proved_and_nothing_else() {
    (50_000..50_400).for_each(complete_and_sound);
}

#[test]
#[ignore = "minutes"]
fn what_is_best_is_proved_and_nothing_else_long() {
    (50_000..60_000).for_each(complete_and_sound);
}
