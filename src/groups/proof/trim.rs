//! What no proof uses is not written: cuts and sets are numbered anew without it.

use super::super::certificate::{Certificate, Claim, Cut, Prices, Row, Search};
use std::collections::BTreeMap;

/// New numbers of what is used, in the order of the old ones.
#[derive(Default)]
struct Used(BTreeMap<u32, u32>);

impl Used {
    fn see(&mut self, old: u32) {
        self.0.insert(old, 0);
    }

    fn number(&mut self) {
        self.0.values_mut().zip(0..).for_each(|(new, at)| *new = at);
    }

    fn keep<T>(&self, list: &mut Vec<T>) {
        let mut at = 0u32;
        list.retain(|_| {
            at += 1;
            self.0.contains_key(&(at - 1))
        });
    }

    fn renumber(&self, old: &mut u32) {
        if let Some(&new) = self.0.get(old) {
            *old = new;
        }
    }
}

/// Drops cuts that no price list of the search uses, by itself or through other cuts.
pub(super) fn cuts(search: &mut Search) {
    let mut used = Used::default();
    let mut see = |prices: &Prices| {
        for (row, _) in prices.iter().filter(|p| p.1 > 0) {
            if let Row::Cut(cut) = row {
                used.see(*cut);
            }
        }
    };
    search.prices.iter().for_each(&mut see);
    for (at, cut) in search.cuts.iter().enumerate().rev() {
        if let Cut::Rounded { prices, .. } = cut
            && used.0.contains_key(&(at as u32))
        {
            let of = |p: &(Row, i64)| if let Row::Cut(cut) = p.0 { Some(cut) } else { None };
            prices.iter().filter_map(of).for_each(|cut| used.see(cut));
        }
    }
    used.number();
    used.keep(&mut search.cuts);
    for prices in lists(search) {
        prices.retain(|p| p.1 > 0);
        for (row, _) in prices {
            if let Row::Cut(cut) = row {
                used.renumber(cut);
            }
        }
    }
}

/// Drops sets that no row points to.
pub(super) fn sets(certificate: &mut Certificate) {
    let (mut cliques, mut posts) = (Used::default(), Used::default());
    let mut searches: Vec<&mut Search> = match &mut certificate.claim {
        Claim::Impossible(search) => vec![search],
        Claim::Found { tiers, .. } => {
            tiers.iter_mut().flat_map(|t| &mut t.parts).map(|p| &mut p.search).collect()
        }
    };
    for (row, _) in searches.iter_mut().flat_map(|s| lists(s)).flatten() {
        match row {
            Row::Clique(_, set) => cliques.see(*set),
            Row::Posts(set) => posts.see(*set),
            _ => {}
        }
    }
    cliques.number();
    posts.number();
    for (row, _) in searches.iter_mut().flat_map(|s| lists(s)).flatten() {
        match row {
            Row::Clique(_, set) => cliques.renumber(set),
            Row::Posts(set) => posts.renumber(set),
            _ => {}
        }
    }
    cliques.keep(&mut certificate.cliques);
    posts.keep(&mut certificate.posts);
}

/// Every price list of a search, those of its cuts too.
fn lists(search: &mut Search) -> impl Iterator<Item = &mut Prices> {
    let rounded = search.cuts.iter_mut().filter_map(|cut| match cut {
        Cut::Rounded { prices, .. } => Some(prices),
        Cut::Hall { .. } => None,
    });
    search.prices.iter_mut().chain(rounded)
}
