//! What a bound decides by itself: a group whose opening, or whose closing,
//! would cost more than what the bound is above the aim.

use super::domain::Domain;
use super::dual::{Dual, SCALE, State};

impl Dual<'_> {
    /// Narrows a domain to what could still hold a score above `aim`, by the
    /// bound at some prices.
    pub(super) fn narrow(&self, domain: &mut Domain, price: &[i64], aim: i64) {
        let state = &mut State::new(self);
        let Some(total) = self.evaluate(domain, price, state) else { return };
        let slack = total - aim.saturating_add(self.grain).saturating_mul(SCALE);
        for &o in &self.forest.free {
            self.narrow_free(o as usize, domain, slack, state);
        }
        for (blocks, limit) in &self.forest.choices {
            self.narrow_choice(blocks, *limit, domain, slack, state);
        }
    }

    fn narrow_free(&self, o: usize, domain: &mut Domain, slack: i64, state: &State) {
        let gains = state.gains_of(o);
        let k = state.groups[o] as usize;
        let mut loss = 0;
        let more = gains[k..].iter().take_while(|g| {
            loss -= g.value;
            loss <= slack
        });
        let most = k + more.count();
        domain.lower(o, most as u32);
        let mut loss = 0;
        let fewer = gains[domain.least[o] as usize..k].iter().rev().take_while(|g| {
            loss += g.value;
            loss <= slack
        });
        let least = k - fewer.count();
        domain.raise(self.problem, o, least as u32);
    }

    fn narrow_choice(&self, blocks: &[usize], limit: usize, domain: &mut Domain, slack: i64, state: &State) {
        let gate = |b: usize| self.forest.blocks[b].gate;
        let forced = |b: usize, domain: &Domain| gate(b).is_none_or(|g| domain.gates[g as usize].0);
        let taken = || blocks.iter().copied().filter(|&b| state.chosen[b]);
        let full = taken().count() >= limit;
        let weakest = taken().filter(|&b| !forced(b, domain)).map(|b| state.worth[b]).min();
        let waiting =
            blocks.iter().filter(|&&b| !state.chosen[b]).map(|&b| state.worth[b].max(0)).max().unwrap_or(0);
        for &b in blocks {
            if !state.chosen[b] {
                // Opening it takes the place of the weakest.
                let displaced = if full { weakest } else { Some(0) };
                if let Some(g) = gate(b).filter(|_| displaced.is_none_or(|d| d - state.worth[b] > slack)) {
                    domain.gates[g as usize].1 = false;
                }
                continue;
            }
            // Without it, the best of those that wait.
            let whole = if forced(b, domain) { i64::MAX } else { state.worth[b] - waiting };
            if let Some(g) = gate(b).filter(|_| whole > slack) {
                domain.gates[g as usize].0 = true;
            }
            self.narrow_block(b, whole, domain, slack, state);
        }
    }

    fn narrow_block(&self, b: usize, whole: i64, domain: &mut Domain, slack: i64, state: &State) {
        let options = &self.forest.blocks[b].options;
        let tight = |o: u32| self.forest.above[o as usize].iter().filter(|&&c| state.room[c as usize] == 0);
        let last = |o: u32, domain: &Domain| {
            let k = state.groups[o as usize];
            (k > domain.least[o as usize]).then(|| state.gains_of(o as usize)[k as usize - 1].value)
        };
        let next =
            |o: u32| state.gains_of(o as usize).get(state.groups[o as usize] as usize).map(|g| g.value);
        // In each full capacity, the weakest group taken and the best refused.
        let mut weakest = std::collections::BTreeMap::<u32, i64>::new();
        let mut refused = std::collections::BTreeMap::<u32, i64>::new();
        for &o in options {
            if let Some(value) = last(o, domain) {
                for &c in tight(o) {
                    weakest.entry(c).and_modify(|w| *w = value.min(*w)).or_insert(value);
                }
            }
            if let (Some(value), Some(&c)) = (next(o), tight(o).next()) {
                refused.entry(c).and_modify(|r| *r = value.max(*r)).or_insert(value);
            }
        }
        for &o in options {
            let k = state.groups[o as usize];
            let up = next(o).and_then(|value| match tight(o).next() {
                Some(c) => weakest.get(c).map(|w| w - value),
                None => Some(-value),
            });
            if up.is_none_or(|loss| loss > slack) {
                domain.lower(o as usize, k);
            }
            if let Some(value) = last(o, domain) {
                let instead = tight(o).filter_map(|c| refused.get(c)).copied().max().unwrap_or(0).max(0);
                if whole.min(value - instead) > slack {
                    domain.raise(self.problem, o as usize, k);
                }
            }
        }
    }
}
