//! Bounds on a tier without searching the whole model.

use super::flow::Network;
use super::model::{Column, Model, cliques};
use super::problem::{OptionIx, Problem, Tier};
use microlp::{ComparisonOp, Solution, SolveOptions, Variable};
use std::collections::BTreeSet;

/// `bound`, in units of `unit`, rounded outwards to what a tier's value can be.
pub(super) fn rounded(tier: Tier, bound: f64, unit: u64) -> Option<i64> {
    // Floating point is trusted to six digits below one, and nine in all.
    let guard = 1e-6_f64.max(bound.abs() * 1e-9);
    let units = if tier.maximised() { (bound + guard).floor() } else { (bound - guard).ceil() };
    if !units.is_finite() || units.abs() > 1e15 {
        return None;
    }
    (units as i64).checked_mul(i64::try_from(unit).ok()?)
}

/// A bound by counting: placements at most one a youth and programme, each at
/// least as quick as its quickest arc.
pub(super) fn quick(problem: &Problem, tier: Tier, kept: &[(Tier, i64)]) -> i64 {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for youth in &problem.youths {
        let mut quickest = std::collections::BTreeMap::new();
        for arc in &youth.arcs {
            let programme = problem.options[arc.option as usize].programme;
            let time = arc.time.get();
            quickest.entry(programme).and_modify(|t: &mut u32| *t = time.min(*t)).or_insert(time);
        }
        pairs.extend(quickest.into_values().map(|time| (time, youth.weight)));
    }
    match tier {
        Tier::Placed => pairs.iter().map(|p| i64::from(p.1)).sum(),
        Tier::Cost | Tier::OffTarget => 0,
        Tier::Minutes => {
            let placed = kept.iter().find(|k| k.0 == Tier::Placed).map_or(0, |k| k.1);
            let heaviest = pairs.iter().map(|p| i64::from(p.1)).max().unwrap_or(1).max(1);
            let least = usize::try_from(placed.max(0).unsigned_abs().div_ceil(heaviest.unsigned_abs()));
            pairs.sort_unstable();
            pairs.iter().take(least.unwrap_or(usize::MAX)).map(|p| i64::from(p.0)).sum()
        }
    }
}

/// A bound from linear programming on options alone.
///
/// Whom the members could be is learnt from cuts. Take options of which
/// everybody holds at most one (a programme, or a slot), and `S` among them.
/// A youth fills at most one place in `S`, and none where no group is open:
/// `Σ_S n <= |T| + Σ_S k·(youths outside T within reach)` for every set `T`
/// of youths. The sets that an optimum breaks most are minimum cuts.
pub(super) fn bound(problem: &Problem, tier: Tier, kept: &[(Tier, i64)]) -> i64 {
    let quick = quick(problem, tier, kept);
    if tier == Tier::Minutes {
        return quick;
    }
    let mut relaxation = Relaxation::new(problem, tier, kept);
    let bound = relaxation.tighten();
    bound.map_or(quick, |bound| if tier.maximised() { bound.min(quick) } else { bound.max(quick) })
}

/// One unit of flow.
const ONE: f64 = 1e6;
/// Most rounds of cuts.
const ROUNDS: usize = 12;
/// Nodes of the last search, over whole numbers of groups.
const NODES: u64 = 20;
/// Most options for that search.
const SEARCHED_OPTIONS: usize = 250;
/// Most distinct weights told apart.
const LAYERS: usize = 4;

/// A cut on members of a layer and groups: `Σ n - Σ c·k <= right`.
struct Cut {
    layer: usize,
    options: Vec<(OptionIx, u32)>,
    right: u32,
}

impl Cut {
    fn terms(&self, model: &Model<'_>, layers: &[Vec<Variable>]) -> Vec<(Variable, f64)> {
        let members = self.options.iter().map(|&(o, _)| (layers[self.layer][o as usize], 1.0));
        let groups = self.options.iter().filter(|c| c.1 > 0);
        members.chain(groups.map(|&(o, c)| (model.k[o as usize], -f64::from(c)))).collect()
    }
}

struct Relaxation<'p> {
    problem: &'p Problem,
    tier: Tier,
    kept: &'p [(Tier, i64)],
    /// Weights told apart, ascending.
    weights: Vec<u32>,
    cliques: Vec<Vec<OptionIx>>,
    /// Youths within reach of each option.
    takers: Vec<Vec<u32>>,
    cuts: Vec<Cut>,
}

impl<'p> Relaxation<'p> {
    fn new(problem: &'p Problem, tier: Tier, kept: &'p [(Tier, i64)]) -> Self {
        let distinct: BTreeSet<u32> = problem.youths.iter().map(|y| y.weight).collect();
        let distinct: Vec<u32> = distinct.into_iter().collect();
        // Weights in between count as the next one up: still a bound.
        let every = distinct.len().div_ceil(LAYERS).max(1);
        let weights = distinct.iter().rev().step_by(every).rev().copied().collect();
        let options: Vec<OptionIx> = (0..problem.options.len() as OptionIx).collect();
        let mut takers = vec![Vec::new(); options.len()];
        for (y, youth) in problem.youths.iter().enumerate() {
            let arcs = youth.arcs.chunk_by(|a, b| a.option == b.option);
            arcs.for_each(|c| takers[c[0].option as usize].push(y as u32));
        }
        let cliques = cliques(problem, &options);
        Self { problem, tier, kept, weights, cliques, takers, cuts: Vec::new() }
    }

    /// Rounds of cuts, then a short search when the model is small.
    fn tighten(&mut self) -> Option<i64> {
        let (model, layers) = self.model(false);
        let unit = model.unit(self.tier);
        let mut solution = model.lp.solve().ok()?.into_solution().ok()?;
        let (mut best, mut stalls) = (rounded(self.tier, solution.objective(), unit)?, 0);
        for _ in 0..ROUNDS {
            let before = solution.objective();
            let cuts = self.separate_all(&model, &layers, &solution);
            if cuts.is_empty() || stalls > 1 {
                break;
            }
            for cut in cuts {
                let terms = cut.terms(&model, &layers);
                let right = f64::from(cut.right);
                self.cuts.push(cut);
                let next = solution.add_constraint(&terms, ComparisonOp::Le, right);
                let Some(next) = next.ok().and_then(|o| o.into_solution().ok()) else { return Some(best) };
                solution = next;
            }
            best = rounded(self.tier, solution.objective(), unit).unwrap_or(best);
            stalls += u32::from((solution.objective() - before).abs() < 1e-3 * before.abs());
        }
        if self.problem.options.len() > SEARCHED_OPTIONS {
            return Some(best);
        }
        let (model, _) = self.model(true);
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES);
        let searched = model.lp.solve_with(options).ok();
        let searched = searched.and_then(|o| rounded(self.tier, o.stats().best_bound?, unit));
        Some(searched.map_or(best, |s| if self.tier.maximised() { s.min(best) } else { s.max(best) }))
    }

    /// The relaxation with the cuts so far, and its members by layer and option.
    fn model(&self, integral: bool) -> (Model<'p>, Vec<Vec<Variable>>) {
        let base = self.weights.first().copied().unwrap_or(1);
        let mut model = Model::options(self.problem, Some(self.tier), base, integral);
        let layers = self.layers(&mut model);
        self.kept.iter().filter(|k| k.0 != Tier::Minutes).for_each(|&(t, v)| model.keep(t, v));
        for cut in &self.cuts {
            model.row(cut.terms(&model, &layers), ComparisonOp::Le, f64::from(cut.right));
        }
        (model, layers)
    }

    fn separate_all(&self, model: &Model<'_>, layers: &[Vec<Variable>], solution: &Solution) -> Vec<Cut> {
        let groups: Vec<f64> = model.k.iter().map(|&k| solution.var_value(k)).collect();
        let mut cuts = Vec::new();
        for (layer, members) in layers.iter().enumerate() {
            let members: Vec<f64> = members.iter().map(|&n| solution.var_value(n)).collect();
            let cliques = 0..self.cliques.len();
            for cut in cliques.filter_map(|clique| self.separate(clique, layer, &groups, &members)) {
                cuts.extend(self.round(&cut));
                cuts.push(cut);
            }
        }
        cuts
    }

    /// With `k` whole, what `n <= N` and `n <= max·k` say together between the
    /// two numbers of groups around `N / max`.
    fn round(&self, cut: &Cut) -> Option<Cut> {
        let max =
            |o: OptionIx| self.problem.programmes[self.problem.options[o as usize].programme as usize].max;
        let max = cut.options.iter().map(|&(o, _)| max(o)).max()?;
        let (full, rest) = (cut.right / max, cut.right % max);
        let whole = cut.options.iter().all(|c| c.1 == 0) && rest > 0;
        whole.then(|| Cut {
            layer: cut.layer,
            options: cut.options.iter().map(|&(o, _)| (o, rest)).collect(),
            right: full * (max - rest),
        })
    }

    /// Members of at least each weight, by option.
    fn layers(&self, model: &mut Model<'_>) -> Vec<Vec<Variable>> {
        let mut layers = vec![model.n.clone()];
        for (i, pair) in self.weights.windows(2).enumerate() {
            let mut layer = Vec::new();
            for (o, takers) in self.takers.iter().enumerate() {
                let reach = takers.iter().filter(|&&y| self.counts(y, i + 1)).count() as u32;
                let n = model.column(Column::Members(pair[1] - pair[0]), reach);
                let max = self.problem.programmes[self.problem.options[o].programme as usize].max;
                model.row([(n, 1.0), (layers[i][o], -1.0)], ComparisonOp::Le, 0.0);
                model.row([(n, 1.0), (model.k[o], -f64::from(max.min(reach)))], ComparisonOp::Le, 0.0);
                layer.push(n);
            }
            layers.push(layer);
        }
        layers
    }

    /// Whether a youth's weight, rounded up, belongs to a layer.
    fn counts(&self, y: u32, layer: usize) -> bool {
        layer == 0 || self.problem.youths[y as usize].weight > self.weights[layer - 1]
    }

    fn separate(&self, clique: usize, layer: usize, groups: &[f64], members: &[f64]) -> Option<Cut> {
        let wanted = |o: OptionIx| (members[o as usize] * ONE) as u64;
        let options = self.cliques[clique].iter().copied();
        let options: Vec<OptionIx> = options.filter(|&o| wanted(o) > 0).collect();
        let youths = self.problem.youths.len();
        let (source, sink) = (youths + options.len(), youths + options.len() + 1);
        let mut network = Network::new(sink + 1);
        let mut seen = vec![false; youths];
        let mut total = 0;
        for (i, &o) in options.iter().enumerate() {
            let open = (groups[o as usize] * ONE).ceil().max(0.0) as u64;
            for &y in self.takers[o as usize].iter().filter(|&&y| self.counts(y, layer)) {
                if !std::mem::replace(&mut seen[y as usize], true) {
                    network.edge(source, y as usize, ONE as u64);
                }
                network.edge(y as usize, youths + i, open);
            }
            network.edge(youths + i, sink, wanted(o));
            total += wanted(o);
        }
        if network.maximise(source, sink) + 1_000 + total / 10_000 > total {
            return None;
        }
        let beyond = network.source_side(source).into_iter().map(|side| !side).collect::<Vec<_>>();
        let mut right = vec![false; youths];
        let mut cut = Cut { layer, options: Vec::new(), right: 0 };
        for (_, &o) in options.iter().enumerate().filter(|(i, _)| beyond[youths + *i]) {
            let mut by_groups = 0;
            for &y in self.takers[o as usize].iter().filter(|&&y| self.counts(y, layer)) {
                match beyond[y as usize] {
                    true => right[y as usize] = true,
                    false => by_groups += 1,
                }
            }
            cut.options.push((o, by_groups));
        }
        cut.right = right.iter().filter(|r| **r).count() as u32;
        Some(cut)
    }
}
