//! What each row says, variable by variable.

use super::super::problem::{Arc, GateIx, OptionIx, Pin, Tier};
use super::base::{Base, Bounds};
use super::check::Why;
use super::{Row, TierClaim, Variable};
use std::collections::BTreeSet;

/// A row, or several with their prices added up: `Σ a·v <= right`.
pub(super) struct Sum {
    /// `a`, by variable number.
    pub(super) left: Vec<i128>,
    /// Variables whose `a` was touched, unordered, perhaps more than once.
    pub(super) touched: Vec<usize>,
    pub(super) right: i128,
}

/// The objective of a part, as far as rows need it.
pub(super) struct Share<'a> {
    pub(super) tier: Tier,
    pub(super) options: &'a [OptionIx],
    pub(super) gates: &'a [u32],
    /// The row's right side: what the share is at most when it is minimised, or
    /// at least when it is maximised.
    pub(super) limit: i128,
}

/// What rows refer to besides the problem.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// Claims of the earlier tiers.
    pub(super) earlier: &'a [TierClaim],
    /// The objective and what better means, unless nothing at all is claimed to exist.
    pub(super) better: Option<&'a Share<'a>>,
    /// Cuts derived so far.
    pub(super) cuts: &'a [Derived],
    /// Branches on the way, each with the side taken: more than `at`, or not.
    pub(super) path: &'a [(&'a [Variable], u32, bool)],
    pub(super) bounds: &'a Bounds,
}

/// A cut in full.
pub(super) struct Derived {
    pub(super) left: Vec<(usize, i128)>,
    pub(super) right: i128,
}

impl Sum {
    pub(super) fn new(variables: usize) -> Self {
        Self { left: vec![0; variables], touched: Vec::new(), right: 0 }
    }

    /// Back to `0 <= 0`, in the time that was spent since.
    pub(super) fn clear(&mut self) {
        self.touched.drain(..).for_each(|v| self.left[v] = 0);
        self.right = 0;
    }

    fn term(&mut self, variable: usize, a: i128) -> Result<(), Why> {
        self.left[variable] = self.left[variable].checked_add(a).ok_or(Why::TooLarge)?;
        self.touched.push(variable);
        Ok(())
    }

    fn right(&mut self, b: i128) -> Result<(), Why> {
        self.right = self.right.checked_add(b).ok_or(Why::TooLarge)?;
        Ok(())
    }

    /// Adds a row times its price.
    pub(super) fn add(&mut self, base: &Base<'_>, at: Context<'_>, row: Row, price: i64) -> Result<(), Why> {
        if price < 0 {
            return Err(Why::NegativePrice);
        }
        Adding { sum: self, base, at, price: i128::from(price) }.row(row)
    }
}

struct Adding<'a> {
    sum: &'a mut Sum,
    base: &'a Base<'a>,
    at: Context<'a>,
    price: i128,
}

impl Adding<'_> {
    fn term(&mut self, variable: usize, a: i128) -> Result<(), Why> {
        self.sum.term(variable, a.checked_mul(self.price).ok_or(Why::TooLarge)?)
    }

    fn right(&mut self, b: i128) -> Result<(), Why> {
        self.sum.right(b.checked_mul(self.price).ok_or(Why::TooLarge)?)
    }

    fn row(&mut self, row: Row) -> Result<(), Why> {
        let unknown = Err(Why::UnknownRow);
        let problem = self.base.problem;
        match row {
            Row::Better => match self.at.better {
                Some(share) => self.share(share),
                None => unknown,
            },
            Row::Earlier(tier, part) => self.earlier(tier, part),
            Row::Programme(y, p) => {
                self.youth(y, 1, |o| problem.options[o as usize].programme == p)?;
                self.right(1)
            }
            Row::Clique(y, clique) => {
                let Some(options) = self.base.cliques.get(clique as usize) else {
                    return unknown;
                };
                self.youth(y, 1, |o| options.binary_search(&o).is_ok())?;
                self.right(1)
            }
            Row::Capacity(c) => self.capacity(c, None),
            Row::GatedCapacity(c, g) => self.capacity(c, Some(g)),
            Row::Posts(set) => self.posts(set),
            Row::GateLimit(l) => {
                let Some(limit) = problem.gate_limits.get(l as usize) else { return unknown };
                limit.gates.iter().try_for_each(|&g| self.term(self.base.gate(g), 1))?;
                self.right(limit.limit.into())
            }
            Row::GateBudget => {
                let Some(budget) = problem.gate_budget else { return unknown };
                let gates = (0..).zip(&problem.gates);
                gates.into_iter().try_for_each(|(g, gate)| self.term(self.base.gate(g), gate.cost.into()))?;
                self.right(budget.into())
            }
            Row::OptionGate(o, g) => {
                if !problem.options.get(o as usize).is_some_and(|spec| spec.gates.contains(&g)) {
                    return unknown;
                }
                let k = self.base.groups(o);
                self.term(k, 1)?;
                self.term(self.base.gate(g), -i128::from(self.at.bounds.high[k]))
            }
            Row::Host(host) => self.host(host),
            Row::ArcGate(y, i) => self.arc_gate(y, i),
            Row::GateCapacity(g) => self.gate_capacity(g),
            Row::LoweredMin(o) => self.lowered_min(o),
            Row::MixLeast(rule, o) => self.mix(rule, o, true),
            Row::MixMost(rule, o) => self.mix(rule, o, false),
            Row::PinOpen(pin) | Row::PinIn(pin) => self.pin(pin),
            Row::PinApart(pin, o) => self.apart(pin, o),
            Row::Branch(depth) => self.branch(depth),
            Row::Cut(cut) => {
                let Some(cut) = self.at.cuts.get(cut as usize) else { return unknown };
                cut.left.iter().try_for_each(|&(v, a)| self.term(v, a))?;
                self.right(cut.right)
            }
            Row::SizeLeast(o) => {
                self.known_option(o)?;
                self.term(self.base.groups(o), self.base.least_min(o, self.at.bounds).into())?;
                self.members(o, -1, |_, _| true)
            }
            Row::SizeMost(o) => {
                self.known_option(o)?;
                self.term(self.base.groups(o), -i128::from(self.base.sizes(o).max))?;
                self.members(o, 1, |_, _| true)
            }
            Row::Link(y, o) => {
                self.known_option(o)?;
                self.term(self.base.groups(o), -1)?;
                self.youth(y, 1, |to| to == o)
            }
            Row::Most(v) => self.bound(v, 1),
            Row::Least(v) => self.bound(v, -1),
        }
    }

    fn known_option(&self, option: OptionIx) -> Result<(), Why> {
        let known = (option as usize) < self.base.problem.options.len();
        known.then_some(()).ok_or(Why::UnknownRow)
    }

    /// The arcs of a youth to options that are meant, times `a`.
    fn youth(&mut self, y: u32, a: i128, meant: impl Fn(OptionIx) -> bool) -> Result<(), Why> {
        let Some(youth) = self.base.problem.youths.get(y as usize) else { return Err(Why::UnknownRow) };
        let arcs = self.base.arcs_of(y).zip(&youth.arcs).filter(|(_, arc)| meant(arc.option));
        arcs.map(|(number, _)| number).try_for_each(|number| self.term(number, a))
    }

    /// The arcs into an option that are meant, times `a`.
    fn members(&mut self, o: OptionIx, a: i128, meant: impl Fn(u32, &Arc) -> bool) -> Result<(), Why> {
        let base = self.base;
        for (y, numbers) in &base.reach[o as usize] {
            let first = base.arcs_of(*y).start;
            for number in numbers.clone() {
                if meant(*y, &base.problem.youths[*y as usize].arcs[number - first]) {
                    self.term(number, a)?;
                }
            }
        }
        Ok(())
    }

    fn share(&mut self, share: &Share<'_>) -> Result<(), Why> {
        let problem = self.base.problem;
        for &o in share.options {
            match share.tier {
                Tier::Placed | Tier::Minutes => self.member_values(o, share.tier)?,
                Tier::Cost => self.term(self.base.groups(o), problem.options[o as usize].cost.into())?,
                Tier::OffTarget => self.term(self.base.off(o), 1)?,
            }
        }
        if share.tier == Tier::Cost {
            for &g in share.gates {
                self.term(self.base.gate(g), problem.gates[g as usize].cost.into())?;
            }
        }
        self.right(if share.tier.maximised() { -share.limit } else { share.limit })
    }

    fn member_values(&mut self, o: OptionIx, tier: Tier) -> Result<(), Why> {
        let base = self.base;
        for (y, numbers) in &base.reach[o as usize] {
            let (youth, first) = (&base.problem.youths[*y as usize], base.arcs_of(*y).start);
            for number in numbers.clone() {
                let a = match tier {
                    Tier::Placed => -i128::from(youth.weight),
                    _ => youth.arcs[number - first].time.get().into(),
                };
                self.term(number, a)?;
            }
        }
        Ok(())
    }

    fn earlier(&mut self, tier: u32, part: u32) -> Result<(), Why> {
        let Some(claim) = self.at.earlier.get(tier as usize) else { return Err(Why::UnknownRow) };
        let Some(mine) = claim.parts.get(part as usize) else { return Err(Why::UnknownRow) };
        let others = claim.parts.iter().map(|p| i128::from(p.bound)).sum::<i128>() - i128::from(mine.bound);
        let limit = i128::from(claim.value) - others;
        self.share(&Share { tier: claim.tier, options: &mine.options, gates: &mine.gates, limit })
    }

    fn capacity(&mut self, c: u32, gate: Option<GateIx>) -> Result<(), Why> {
        let problem = self.base.problem;
        let Some(capacity) = problem.capacities.get(c as usize) else { return Err(Why::UnknownRow) };
        capacity.uses.iter().try_for_each(|&(o, amount)| self.term(self.base.groups(o), amount.into()))?;
        capacity.extra.iter().try_for_each(|&(g, n)| self.term(self.base.gate(g), -i128::from(n)))?;
        let Some(gate) = gate else { return self.right(capacity.limit.into()) };
        let behind = |u: &(OptionIx, u32)| problem.options[u.0 as usize].gates.contains(&gate);
        if (gate as usize) >= problem.gates.len() || !capacity.uses.iter().all(behind) {
            return Err(Why::UnknownRow);
        }
        self.term(self.base.gate(gate), -i128::from(capacity.limit))
    }

    fn posts(&mut self, set: u32) -> Result<(), Why> {
        let problem = self.base.problem;
        let Some(set) = self.base.posts.get(set as usize) else { return Err(Why::UnknownRow) };
        if problem.teams.is_empty() {
            return Err(Why::UnknownRow);
        }
        for (o, option) in problem.options.iter().enumerate() {
            let count = option.posts.iter().filter(|p| set.binary_search(p).is_ok()).count();
            if count > 0 {
                self.term(self.base.groups(o as OptionIx), count as i128)?;
            }
        }
        let held = problem.teams.iter().map(|team| {
            let mine = team.posts.iter().filter(|p| set.binary_search(p).is_ok());
            let moments: BTreeSet<u32> = mine.map(|&p| problem.posts[p as usize].moment).collect();
            i128::from(team.members) * (moments.len() as i128).min(team.half_days.into())
        });
        self.right(held.sum())
    }

    fn arc_gate(&mut self, y: u32, i: u32) -> Result<(), Why> {
        let Some(number) = self.base.number(Variable::Arc(y, i)) else { return Err(Why::UnknownRow) };
        let Some(gate) = self.base.problem.youths[y as usize].arcs[i as usize].gate else {
            return Err(Why::UnknownRow);
        };
        self.term(number, 1)?;
        self.term(self.base.gate(gate), -1)
    }

    fn host(&mut self, host: u32) -> Result<(), Why> {
        let base = self.base;
        let Some(&host) = base.problem.hosts.get(host as usize) else { return Err(Why::UnknownRow) };
        self.term(base.gate(host.gate), 1)?;
        let arcs = base.arcs_of(host.youth).zip(&base.problem.youths[host.youth as usize].arcs);
        let there = arcs.filter(|(_, a)| (a.option, a.gate) == (host.option, host.through));
        there.map(|(number, _)| number).try_for_each(|number| self.term(number, -1))
    }

    fn gate_capacity(&mut self, g: u32) -> Result<(), Why> {
        let problem = self.base.problem;
        let Some(capacity) = problem.gates.get(g as usize).and_then(|gate| gate.capacity) else {
            return Err(Why::UnknownRow);
        };
        for o in 0..problem.options.len() {
            self.members(o as OptionIx, 1, |_, arc| arc.gate == Some(g))?;
        }
        self.term(self.base.gate(g), -i128::from(capacity))
    }

    fn lowered_min(&mut self, o: OptionIx) -> Result<(), Why> {
        self.known_option(o)?;
        let Some((gate, lower)) = self.base.problem.options[o as usize].lower_min else {
            return Err(Why::UnknownRow);
        };
        let (k, min) = (self.base.groups(o), self.base.sizes(o).min);
        self.term(k, min.into())?;
        self.members(o, -1, |_, _| true)?;
        let slack = i128::from(min.saturating_sub(lower)) * i128::from(self.at.bounds.high[k]);
        self.term(self.base.gate(gate), -slack)
    }

    fn mix(&mut self, rule: u32, o: OptionIx, least: bool) -> Result<(), Why> {
        self.known_option(o)?;
        let problem = self.base.problem;
        let rule = problem.mix.get(rule as usize);
        let Some(rule) = rule.filter(|r| r.programme == problem.options[o as usize].programme) else {
            return Err(Why::UnknownRow);
        };
        let with = |y: u32, _: &Arc| problem.youths[y as usize].traits & 1 << rule.trait_bit != 0;
        let (number, sign) = if least { (rule.at_least, 1) } else { (rule.at_most, -1) };
        self.term(self.base.groups(o), sign * i128::from(number))?;
        self.members(o, -sign, with)
    }

    fn pin(&mut self, pin: u32) -> Result<(), Why> {
        let problem = self.base.problem;
        match problem.pins.get(pin as usize) {
            Some(Pin::Open { options, groups }) => {
                let options: BTreeSet<_> = options.iter().collect();
                options.into_iter().try_for_each(|&o| self.term(self.base.groups(o), -1))?;
                self.right(-i128::from(*groups))
            }
            Some(&Pin::In { youth, programme }) => {
                self.youth(youth, -1, |o| problem.options[o as usize].programme == programme)?;
                self.right(-1)
            }
            _ => Err(Why::UnknownRow),
        }
    }

    fn apart(&mut self, pin: u32, o: OptionIx) -> Result<(), Why> {
        self.known_option(o)?;
        let Some(&Pin::Apart(a, b)) = self.base.problem.pins.get(pin as usize) else {
            return Err(Why::UnknownRow);
        };
        self.youth(a, 1, |to| to == o)?;
        self.youth(b, 1, |to| to == o)?;
        self.right(1)
    }

    fn branch(&mut self, depth: u32) -> Result<(), Why> {
        let Some(&(sum, at, more)) = self.at.path.get(depth as usize) else { return Err(Why::UnknownRow) };
        let sign = if more { -1 } else { 1 };
        for &variable in sum {
            let number = self.base.number(variable).ok_or(Why::UnknownRow)?;
            self.term(number, sign)?;
        }
        self.right(if more { -i128::from(at) - 1 } else { at.into() })
    }

    fn bound(&mut self, variable: Variable, sign: i128) -> Result<(), Why> {
        let number = self.base.number(variable).ok_or(Why::UnknownRow)?;
        let bounds = self.at.bounds;
        let bound = if sign > 0 { bounds.high[number] } else { bounds.low[number] };
        if matches!(variable, Variable::Off(_)) && sign > 0 {
            return Err(Why::UnknownRow);
        }
        self.term(number, sign)?;
        self.right(sign * i128::from(bound))
    }
}
