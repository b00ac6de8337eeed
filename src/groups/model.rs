//! The mixed integer model of a problem, or of its relaxation to options.
//!
//! Both have `k[o]` groups, `n[o]` members, gates and team members at posts.
//! The full model places each youth; the relaxation only counts members, by
//! weight, and learns from cuts whom they could be (see `relax.rs`).

use super::problem::{OptionIx, Pin, Post, Problem, Tier};
use super::solution::Assignment;
use super::verify::{arc, has_trait};
use microlp::{ComparisonOp, OptimizationDirection, Solution, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// What a variable stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    /// Groups of an option.
    Groups(usize),
    /// Groups of an option that are viable only thanks to a lowered minimum.
    Lowered,
    /// A youth placed through an arc: both positions.
    Placed(usize, usize),
    /// A gate.
    Gate(usize),
    /// Team members at a post.
    Post,
    /// Members of an option away from the target.
    Off,
    /// Members of an option, or those of at least a weight; what each of them
    /// adds to the total weight when nothing else says so.
    Members(u32),
}

/// A model under construction, and the meaning of its variables.
pub(super) struct Model<'p> {
    problem: &'p Problem,
    tier: Option<Tier>,
    integral: bool,
    /// Whether youths will be placed one by one.
    exact: bool,
    /// What each member adds to the total weight, apart from the rest.
    base: u32,
    pub(super) lp: microlp::Problem,
    pub(super) columns: Vec<(Variable, Column)>,
    pub(super) k: Vec<Variable>,
    pub(super) n: Vec<Variable>,
    gate: Vec<Variable>,
    scale: BTreeMap<Tier, u64>,
    /// A row without variables is violated: nothing is feasible.
    pub(super) contradiction: bool,
}

/// Distinct youths with an arc to each option.
pub(super) fn reach(problem: &Problem) -> Vec<u32> {
    let mut reach = vec![0; problem.options.len()];
    for youth in &problem.youths {
        youth.arcs.chunk_by(|a, b| a.option == b.option).for_each(|c| reach[c[0].option as usize] += 1);
    }
    reach
}

/// The smallest minimum an option can have, its gate open.
pub(super) fn smallest_min(problem: &Problem, option: usize) -> u32 {
    let o = &problem.options[option];
    let min = problem.programmes[o.programme as usize].min;
    o.lower_min.map_or(min, |(_, low)| low.min(min))
}

/// The most groups each option can open by itself.
pub(super) fn most_groups(problem: &Problem, reach: &[u32]) -> Vec<u32> {
    let mut most: Vec<u32> = (problem.options.iter().zip(reach).enumerate())
        .map(|(o, (option, &reach))| option.max_groups.min(reach / smallest_min(problem, o)))
        .collect();
    for c in &problem.capacities {
        let limit = u64::from(c.limit) + c.extra.iter().map(|e| u64::from(e.1)).sum::<u64>();
        for &(o, amount) in c.uses.iter().filter(|u| u.1 > 0) {
            let fits = u32::try_from(limit / u64::from(amount)).unwrap_or(u32::MAX);
            most[o as usize] = most[o as usize].min(fits);
        }
    }
    most
}

/// Covers the pairs of `options` that one person can't hold together by
/// cliques of such options; at most one option of each clique is held.
pub(super) fn cliques(problem: &Problem, options: &[OptionIx]) -> Vec<Vec<OptionIx>> {
    let many = options.len();
    let clash: Vec<bool> = (0..many * many)
        .map(|i| i / many != i % many && problem.in_conflict(options[i / many], options[i % many]))
        .collect();
    let mut covered = vec![false; many * many];
    let mut cliques = Vec::new();
    for (a, b) in (0..many).flat_map(|a| (a + 1..many).map(move |b| (a, b))) {
        if covered[a * many + b] || !clash[a * many + b] {
            continue;
        }
        let mut clique = vec![a, b];
        for c in 0..many {
            if clique.iter().all(|&d| clash[c * many + d]) {
                clique.push(c);
            }
        }
        clique.sort_unstable();
        for (i, &c) in clique.iter().enumerate() {
            clique[i + 1..].iter().for_each(|&d| covered[c * many + d] = true);
        }
        cliques.push(clique.into_iter().map(|i| options[i]).collect());
    }
    cliques
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl<'p> Model<'p> {
    /// The model without youths: the part that both models share.
    pub(super) fn options(problem: &'p Problem, tier: Option<Tier>, base: u32, integral: bool) -> Self {
        let direction = match tier {
            Some(tier) if tier.maximised() => OptimizationDirection::Maximize,
            _ => OptimizationDirection::Minimize,
        };
        let divisor = |values: &mut dyn Iterator<Item = u64>| values.fold(0, gcd).max(1);
        let costs = problem.options.iter().map(|o| o.cost);
        let times = problem.youths.iter().flat_map(|y| y.arcs.iter().map(|a| u64::from(a.time.get())));
        let scale = BTreeMap::from([
            (Tier::Placed, divisor(&mut problem.youths.iter().map(|y| u64::from(y.weight)))),
            (Tier::Cost, divisor(&mut costs.chain(problem.gates.iter().map(|g| g.cost)))),
            (Tier::OffTarget, 1),
            (Tier::Minutes, divisor(&mut times.into_iter())),
        ]);
        let mut model = Self {
            problem,
            tier,
            integral,
            exact: base == 0,
            base,
            lp: microlp::Problem::new(direction),
            columns: Vec::new(),
            k: Vec::new(),
            n: Vec::new(),
            gate: Vec::new(),
            scale,
            contradiction: false,
        };
        model.gate = (0..problem.gates.len()).map(|g| model.column(Column::Gate(g), 1)).collect();
        model.add_options();
        model.add_capacities();
        model.add_teams();
        model
    }

    /// The model that places each youth. `tight` adds a row an arc, which
    /// makes the bound better and the model slower.
    pub(super) fn full(problem: &'p Problem, tier: Option<Tier>, tight: bool) -> Self {
        let mut model = Self::options(problem, tier, 0, true);
        model.add_youths(tight);
        model
    }

    /// What all values of a tier divide by; the model counts in these units.
    pub(super) fn unit(&self, tier: Tier) -> u64 {
        self.scale.get(&tier).copied().unwrap_or(1)
    }

    /// What one of `column` adds to a tier, in units.
    fn weight(&self, tier: Tier, column: Column) -> f64 {
        let p = self.problem;
        let raw = match (tier, column) {
            (Tier::Placed, Column::Placed(y, _)) => u64::from(p.youths[y].weight),
            (Tier::Placed, Column::Members(step)) => u64::from(step),
            (Tier::Cost, Column::Groups(o)) => p.options[o].cost,
            (Tier::Cost, Column::Gate(g)) => p.gates[g].cost,
            (Tier::OffTarget, Column::Off) => 1,
            (Tier::Minutes, Column::Placed(y, a)) => u64::from(p.youths[y].arcs[a].time.get()),
            _ => 0,
        };
        (raw / self.unit(tier)) as f64
    }

    /// Adds a variable from 0 to `most`.
    pub(super) fn column(&mut self, column: Column, most: u32) -> Variable {
        let objective = self.tier.map_or(0.0, |tier| self.weight(tier, column));
        let most = i32::try_from(most).unwrap_or(i32::MAX / 2);
        let variable = match self.integral {
            true => self.lp.add_integer_var(objective, (0, most)),
            false => self.lp.add_var(objective, (0.0, f64::from(most))),
        };
        self.columns.push((variable, column));
        variable
    }

    /// Adds a row, its repeated variables summed.
    pub(super) fn row(
        &mut self,
        terms: impl IntoIterator<Item = (Variable, f64)>,
        op: ComparisonOp,
        right: f64,
    ) {
        let mut sums: BTreeMap<usize, (Variable, f64)> = BTreeMap::new();
        for (v, c) in terms {
            sums.entry(v.idx()).or_insert((v, 0.0)).1 += c;
        }
        let terms: Vec<_> = sums.into_values().filter(|t| t.1 != 0.0).collect();
        if terms.is_empty() {
            self.contradiction |= match op {
                ComparisonOp::Le => right < 0.0,
                ComparisonOp::Ge => right > 0.0,
                ComparisonOp::Eq => right != 0.0,
            };
            return;
        }
        self.lp.add_constraint(&terms, op, right);
    }

    /// Keeps an earlier tier at `value` or better.
    pub(super) fn keep(&mut self, tier: Tier, value: i64) {
        let unit = self.unit(tier) as f64;
        let terms: Vec<_> = self.columns.iter().map(|&(v, c)| (v, self.weight(tier, c))).collect();
        let (op, right) = match tier.maximised() {
            true => (ComparisonOp::Ge, (value as f64 / unit).ceil()),
            false => (ComparisonOp::Le, (value as f64 / unit).floor()),
        };
        self.row(terms, op, right);
    }

    fn add_options(&mut self) {
        let p = self.problem;
        let reach = reach(p);
        let most = most_groups(p, &reach);
        let pinned: BTreeSet<OptionIx> =
            p.pins.iter().filter_map(|pin| if let Pin::Open(o) = pin { Some(*o) } else { None }).collect();
        let mut off: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (o, option) in p.options.iter().enumerate() {
            let sizes = p.programmes[option.programme as usize];
            let (k, n) =
                (self.column(Column::Groups(o), most[o]), self.column(Column::Members(self.base), reach[o]));
            self.k.push(k);
            self.n.push(n);
            let max = f64::from(sizes.max.min(reach[o]));
            self.row([(n, 1.0), (k, -max)], ComparisonOp::Le, 0.0);
            let mut smallest = vec![(n, 1.0), (k, -f64::from(sizes.min.min(reach[o].saturating_add(1))))];
            if let Some((g, low)) = option.lower_min.filter(|l| l.1 < sizes.min) {
                let lowered = self.column(Column::Lowered, most[o]);
                let gate = self.gate[g as usize];
                self.row([(lowered, 1.0), (k, -1.0)], ComparisonOp::Le, 0.0);
                self.row([(lowered, 1.0), (gate, -f64::from(most[o]))], ComparisonOp::Le, 0.0);
                // The same clamp as above: a lowered group then needs exactly `low`.
                let by = sizes.min.min(reach[o].saturating_add(1)).saturating_sub(low);
                smallest.push((lowered, f64::from(by)));
            }
            self.row(smallest, ComparisonOp::Ge, 0.0);
            for &g in &option.gates {
                let gate = self.gate[g as usize];
                self.row([(k, 1.0), (gate, -f64::from(most[o]))], ComparisonOp::Le, 0.0);
            }
            if pinned.contains(&(o as OptionIx)) {
                self.row([(k, 1.0)], ComparisonOp::Ge, 1.0);
            }
            if most[o] > 0 {
                off.entry(if self.exact { o } else { option.programme as usize }).or_default().push(o);
            }
        }
        if p.tiers.contains(&Tier::OffTarget) {
            off.into_values().for_each(|options| self.add_off_target(&options));
        }
    }

    /// How far options are from the target together: exact for one, and at
    /// most the sum of each for several.
    fn add_off_target(&mut self, options: &[usize]) {
        let p = self.problem;
        let off = self.column(Column::Off, u32::MAX);
        for sign in [1.0, -1.0] {
            let mut terms = vec![(off, 1.0)];
            for &o in options {
                let target = p.programmes[p.options[o].programme as usize].target;
                terms.extend([(self.n[o], -sign), (self.k[o], sign * f64::from(target))]);
            }
            self.row(terms, ComparisonOp::Ge, 0.0);
        }
    }

    fn add_capacities(&mut self) {
        let p = self.problem;
        for c in &p.capacities {
            let uses = c.uses.iter().map(|&(o, a)| (self.k[o as usize], f64::from(a)));
            let extra = c.extra.iter().map(|&(g, a)| (self.gate[g as usize], -f64::from(a)));
            let terms: Vec<_> = uses.chain(extra).collect();
            self.row(terms, ComparisonOp::Le, f64::from(c.limit));
        }
        for l in &p.gate_limits {
            let terms: Vec<_> = l.gates.iter().map(|&g| (self.gate[g as usize], 1.0)).collect();
            self.row(terms, ComparisonOp::Le, f64::from(l.limit));
        }
    }

    fn add_teams(&mut self) {
        let p = self.problem;
        if p.teams.is_empty() {
            return;
        }
        let mut held: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); p.posts.len()];
        for team in &p.teams {
            let mut moments: BTreeMap<(u32, u32), Vec<(Variable, f64)>> = BTreeMap::new();
            let mut weeks: BTreeMap<u32, Vec<(Variable, f64)>> = BTreeMap::new();
            for &post in &team.posts {
                let at = self.column(Column::Post, team.members);
                let Post { week, moment, .. } = p.posts[post as usize];
                held[post as usize].push((at, -1.0));
                moments.entry((week, moment)).or_default().push((at, 1.0));
                weeks.entry(week).or_default().push((at, 1.0));
            }
            let members = f64::from(team.members);
            moments.into_values().for_each(|t| self.row(t, ComparisonOp::Le, members));
            let half_days = members * f64::from(team.half_days);
            weeks.into_values().for_each(|t| self.row(t, ComparisonOp::Le, half_days));
        }
        for (o, option) in p.options.iter().enumerate() {
            option.posts.iter().for_each(|&post| held[post as usize].push((self.k[o], 1.0)));
        }
        held.into_iter().for_each(|terms| self.row(terms, ComparisonOp::Le, 0.0));
    }

    fn add_youths(&mut self, tight: bool) {
        let p = self.problem;
        let mut of_option: Vec<Vec<(Variable, f64)>> = self.n.iter().map(|&n| vec![(n, -1.0)]).collect();
        let mut with_trait: BTreeMap<(usize, usize), Vec<(Variable, f64)>> = BTreeMap::new();
        let mut through: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); p.gates.len()];
        let mut placed: Vec<Vec<(OptionIx, Variable)>> = Vec::new();
        for (y, youth) in p.youths.iter().enumerate() {
            let mut mine = Vec::new();
            for (a, arc) in youth.arcs.iter().enumerate() {
                let x = self.column(Column::Placed(y, a), 1);
                let o = arc.option as usize;
                mine.push((arc.option, x));
                of_option[o].push((x, 1.0));
                let rules = p
                    .mix
                    .iter()
                    .enumerate()
                    .filter(|(_, r)| r.programme == p.options[o].programme && has_trait(p, r, y as u32));
                rules.for_each(|(r, _)| with_trait.entry((r, o)).or_default().push((x, 1.0)));
                if let Some(g) = arc.gate {
                    through[g as usize].push((x, 1.0));
                    self.row([(x, 1.0), (self.gate[g as usize], -1.0)], ComparisonOp::Le, 0.0);
                }
                if tight {
                    self.row([(x, 1.0), (self.k[o], -1.0)], ComparisonOp::Le, 0.0);
                }
            }
            self.add_youth_rows(&mine);
            placed.push(mine);
        }
        of_option.into_iter().for_each(|terms| self.row(terms, ComparisonOp::Eq, 0.0));
        for (g, mut terms) in through.into_iter().enumerate() {
            if let Some(capacity) = p.gates[g].capacity {
                terms.push((self.gate[g], -f64::from(capacity.min(terms.len() as u32))));
                self.row(terms, ComparisonOp::Le, 0.0);
            }
        }
        self.add_mix(&with_trait);
        self.add_youth_pins(&placed);
    }

    fn add_youth_rows(&mut self, mine: &[(OptionIx, Variable)]) {
        let chunks: Vec<_> = mine.chunk_by(|a, b| a.0 == b.0).collect();
        let options: Vec<OptionIx> = chunks.iter().map(|c| c[0].0).collect();
        let cliques = cliques(self.problem, &options);
        // Two arcs to one option are alternatives, whether or not a clique says so.
        let alone = chunks.iter().filter(|c| c.len() > 1).map(|c| vec![c[0].0]);
        let alone: Vec<_> = alone.filter(|c| !cliques.iter().any(|q| q.contains(&c[0]))).collect();
        for clique in cliques.into_iter().chain(alone) {
            let terms = mine.iter().filter(|m| clique.binary_search(&m.0).is_ok()).map(|m| (m.1, 1.0));
            self.row(terms.collect::<Vec<_>>(), ComparisonOp::Le, 1.0);
        }
    }

    fn add_mix(&mut self, with_trait: &BTreeMap<(usize, usize), Vec<(Variable, f64)>>) {
        let p = self.problem;
        let reach = reach(p);
        for (r, rule) in p.mix.iter().enumerate() {
            for (o, option) in p.options.iter().enumerate() {
                if option.programme != rule.programme {
                    continue;
                }
                let with = with_trait.get(&(r, o)).cloned().unwrap_or_default();
                // More than can come at all is as bad as any number above.
                let clamp = |n: u32| -f64::from(n.min(reach[o].saturating_add(1)));
                let (least, most) = ((self.k[o], clamp(rule.at_least)), (self.k[o], clamp(rule.at_most)));
                self.row(with.iter().copied().chain([least]), ComparisonOp::Ge, 0.0);
                self.row(with.into_iter().chain([most]), ComparisonOp::Le, 0.0);
            }
        }
    }

    fn add_youth_pins(&mut self, placed: &[Vec<(OptionIx, Variable)>]) {
        let p = self.problem;
        for pin in &p.pins {
            match *pin {
                Pin::Open(_) => {}
                Pin::In { youth, programme, option } => {
                    let named = |o: OptionIx| option.is_none_or(|only| only == o);
                    let fits = |o: OptionIx| p.options[o as usize].programme == programme && named(o);
                    let terms = placed[youth as usize].iter().filter(|m| fits(m.0)).map(|m| (m.1, 1.0));
                    self.row(terms.collect::<Vec<_>>(), ComparisonOp::Eq, 1.0);
                }
                Pin::Out { youth, programme } => {
                    let fits = |o: OptionIx| p.options[o as usize].programme == programme;
                    let terms = placed[youth as usize].iter().filter(|m| fits(m.0)).map(|m| (m.1, 1.0));
                    self.row(terms.collect::<Vec<_>>(), ComparisonOp::Le, 0.0);
                }
                Pin::Apart(a, b) => {
                    let (a, b) = (&placed[a as usize], &placed[b as usize]);
                    for chunk in a.chunk_by(|x, y| x.0 == y.0) {
                        let theirs = b.iter().filter(|m| m.0 == chunk[0].0);
                        let terms = chunk.iter().chain(theirs).map(|m| (m.1, 1.0));
                        self.row(terms.collect::<Vec<_>>(), ComparisonOp::Le, 1.0);
                    }
                }
            }
        }
    }

    /// The starting point that an assignment is.
    pub(super) fn start(&self, assignment: &Assignment) -> Vec<(Variable, f64)> {
        let groups: BTreeMap<_, _> = assignment.groups.iter().copied().collect();
        let gates: BTreeSet<_> = assignment.gates.iter().copied().collect();
        let used: BTreeSet<_> = assignment.members.iter().copied().collect();
        let value = |column: Column| match column {
            Column::Groups(o) => Some(f64::from(groups.get(&(o as u32)).copied().unwrap_or(0))),
            Column::Gate(g) => Some(f64::from(u8::from(gates.contains(&(g as u32))))),
            Column::Placed(y, a) => {
                let arc = self.problem.youths[y].arcs[a];
                Some(f64::from(u8::from(used.contains(&(y as u32, arc.option, arc.gate)))))
            }
            _ => None,
        };
        self.columns.iter().filter_map(|&(v, c)| Some((v, value(c)?))).collect()
    }

    /// The assignment that a solution is, its values rounded; to be verified.
    pub(super) fn assignment(&self, solution: &Solution) -> Assignment {
        let mut assignment = Assignment::default();
        for &(v, column) in &self.columns {
            let value = solution.var_value(v).round();
            match column {
                _ if value < 1.0 => {}
                Column::Groups(o) => assignment.groups.push((o as u32, value as u32)),
                Column::Gate(g) => assignment.gates.push(g as u32),
                Column::Placed(y, a) => {
                    let arc = self.problem.youths[y].arcs[a];
                    debug_assert!(self::arc(self.problem, y as u32, arc.option, arc.gate).is_some());
                    assignment.members.push((y as u32, arc.option, arc.gate));
                }
                _ => {}
            }
        }
        assignment.groups.sort_unstable();
        assignment.gates.sort_unstable();
        assignment.members.sort_unstable();
        assignment
    }
}
