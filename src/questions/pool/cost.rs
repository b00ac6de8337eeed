//! What groups of several structures cost, and who pays.

use super::{Coalition, PooledGroups};
use crate::plan::group_cost;
use crate::territory::SiteStatus;
use crate::units::{Cents, SiteId};
use std::collections::BTreeMap;

/// How the cost of what is shared is split.
///
/// ```
/// use maillage::questions::Split;
///
/// assert_eq!(Split::default(), Split::YouthHours);
/// assert_eq!(Split::Places.shares(1_001, &[(3, 9), (1, 1)], &[true, true]), [751, 250]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Pro rata to the hours that each one's youths spend there.
    #[default]
    YouthHours,
    /// Pro rata to places.
    Places,
    /// The same for each that takes part.
    Half,
}

impl Split {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::YouthHours, Self::Places, Self::Half];

    /// The word on the command line and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::YouthHours => "youth-hours",
            Self::Places => "places",
            Self::Half => "half",
        }
    }

    /// A sum in parts, by places and hours of each and by who takes part: they add up to it, cent by cent. What is left by
    /// rounding down goes to the largest remainders, then to the first.
    pub fn shares(self, sum: u64, of: &[(u64, u64)], takes_part: &[bool]) -> Vec<u64> {
        let weigh = |(&(places, hours), &takes_part): (&(u64, u64), &bool)| match self {
            Self::YouthHours => hours,
            Self::Places => places,
            Self::Half => u64::from(takes_part),
        };
        let mut weights: Vec<u64> = of.iter().zip(takes_part).map(weigh).collect();
        if weights.iter().all(|&weight| weight == 0) {
            weights.fill(1);
        }
        let whole: u128 = weights.iter().map(|&weight| u128::from(weight)).sum::<u128>().max(1);
        let exact = |&weight: &u64| u128::from(sum) * u128::from(weight);
        let mut shares: Vec<u64> =
            weights.iter().map(|w| u64::try_from(exact(w) / whole).unwrap_or(u64::MAX)).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(exact(&weights[at]) % whole));
        let left = sum.saturating_sub(shares.iter().sum());
        order.into_iter().take(usize::try_from(left).unwrap_or(0)).for_each(|at| shares[at] += 1);
        shares
    }
}

/// What a plan costs, and who pays what.
///
/// ```
/// use maillage::questions::Bill;
/// use maillage::units::Cents;
///
/// let bill = Bill { total: Cents::new(300), shared: Cents::new(100), of: vec![Cents::new(160), Cents::new(140)] };
/// assert_eq!(bill.of.iter().map(|part| part.get()).sum::<u64>(), bill.total.get());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Groups and candidates that open.
    pub total: Cents,
    /// The part of it that is split: what youths of several structures take part in.
    pub shared: Cents,
    /// What each structure pays.
    pub of: Vec<Cents>,
}

/// What groups and openings cost in all.
pub(super) fn total(coalition: &Coalition) -> Cents {
    pieces(coalition).iter().fold(Cents::new(0), |sum, piece| sum.plus(piece.cost))
}

/// Something that is paid, and who takes part in it.
struct Piece {
    cost: Cents,
    /// Places and seconds of each structure.
    of: Vec<(u64, u64)>,
}

impl Piece {
    fn takers(&self) -> impl Iterator<Item = usize> + '_ {
        self.of.iter().enumerate().filter(|(_, of)| of.0 > 0).map(|(at, _)| at)
    }
}

/// What one structure's youths alone have, it pays; the rest is one pot.
pub(super) fn bill(coalition: &Coalition, structures: usize, split: Split) -> Bill {
    let mut paid = vec![0u64; structures];
    let mut pot = Piece { cost: Cents::new(0), of: vec![(0, 0); structures] };
    for piece in pieces(coalition) {
        let takers: Vec<usize> = piece.takers().collect();
        if let [only] = takers.as_slice() {
            paid[*only] = paid[*only].saturating_add(piece.cost.get());
            continue;
        }
        pot.cost = pot.cost.plus(piece.cost);
        for (sum, of) in pot.of.iter_mut().zip(&piece.of) {
            *sum = (sum.0 + of.0, sum.1 + of.1);
        }
    }
    let takes_part: Vec<bool> = pot.of.iter().map(|of| of.0 > 0).collect();
    let shares = split.shares(pot.cost.get(), &pot.of, &takes_part);
    Bill {
        total: total(coalition),
        shared: pot.cost,
        of: paid.iter().zip(shares).map(|(&own, share)| Cents::new(own.saturating_add(share))).collect(),
    }
}

/// Groups, and candidates that they open.
fn pieces(coalition: &Coalition) -> Vec<Piece> {
    let territory = coalition.study.territory();
    let mut pieces = Vec::new();
    let mut opened: BTreeMap<SiteId, Piece> = BTreeMap::new();
    for meeting in &coalition.meetings {
        let option = territory.option(meeting.option);
        let of = of(coalition, meeting);
        for &site in option.venue.sites() {
            let SiteStatus::Candidate { opening } = territory.sites()[site].status else { continue };
            let none = || Piece { cost: opening, of: vec![(0, 0); of.len()] };
            let piece = opened.entry(site).or_insert_with(none);
            for (sum, of) in piece.of.iter_mut().zip(&of) {
                *sum = (sum.0 + of.0, sum.1 + of.1);
            }
        }
        pieces.push(Piece { cost: group_cost(territory, option).times(u64::from(meeting.groups)), of });
    }
    pieces.extend(opened.into_values());
    pieces
}

/// Places and seconds of each structure in some groups.
fn of(coalition: &Coalition, meeting: &PooledGroups) -> Vec<(u64, u64)> {
    let held = u64::from(coalition.held(meeting).get());
    meeting.from.iter().map(|&n| (u64::from(n), u64::from(n) * held)).collect()
}
