//! The options of a plan in bands, and what those say of how many people there are.

use super::bands::Band;
use super::is_open;
use crate::plan::{Offer, Plan, Verdict};
use crate::territory::{GroupSize, Territory};
use crate::units::ProgrammeId;
use jiff::civil::Weekday;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Every option, and the groups of each.
pub(super) struct Capacity<'a> {
    pub(super) options: Vec<OptionBands<'a>>,
    /// By option with groups: itself and those whose groups nobody can be in as well.
    rivals: BTreeMap<usize, Vec<usize>>,
}

/// An option as it may be told.
pub(super) struct OptionBands<'a> {
    pub(super) offer: &'a Offer,
    pub(super) viable: bool,
    pub(super) groups: u32,
    /// Of each of its groups.
    pub(super) size: Option<Band>,
    pub(super) reachable: Option<Band>,
    pub(super) shortfall: Band,
    /// Fewest and most members of all its groups, as the bands have it.
    members: (u32, u32),
}

/// What the bands of some options add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) groups: u32,
    /// Fewest and most members of all groups.
    least: u32,
    most: u32,
    /// So many people suffice for groups of the least size, whoever can't be in two.
    suffice: u32,
    /// So many are in the groups of one programme at least.
    one_programme: u32,
    /// Change in members that makes some group larger or smaller by one: the
    /// most groups of one option.
    step: u32,
    /// The most that the reach of one option has at least.
    pub(super) reach: u32,
    /// Whether some size is in a band of more than one number.
    banded: bool,
    /// Whether the other options can make up for a step of any one.
    exchange: bool,
}

impl<'a> Capacity<'a> {
    pub(super) fn of(territory: &'a Territory, plan: &'a Plan) -> Self {
        let mut sizes: BTreeMap<&Offer, Vec<u32>> = BTreeMap::new();
        for group in &plan.groups {
            sizes.entry(&group.offer).or_default().push(super::count(group.members.iter()));
        }
        let told = |verdict: &'a Verdict| {
            let size = territory.planned_size(verdict.offer.programme);
            let sizes = sizes.get(&verdict.offer).map_or(&[][..], Vec::as_slice);
            OptionBands::of(verdict, sizes, size)
        };
        let options: Vec<OptionBands<'a>> = plan.verdicts.iter().map(told).collect();
        let rivals = rivals(territory, &options);
        Self { options, rivals }
    }

    /// Whether a gap told by fives says nothing of how many places there are: from
    /// twenty on, each number has a bound in every such class.
    pub(super) fn gap_is_blind(&self) -> bool {
        self.sums(|_| true).least >= 20
    }

    /// What the options of some programmes add up to.
    pub(super) fn sums(&self, within: impl Fn(ProgrammeId) -> bool) -> Sums {
        let mut sums = Sums::default();
        let mut programmes: BTreeMap<ProgrammeId, u32> = BTreeMap::new();
        let mut formed = Vec::new();
        let chosen = |ix: &usize| within(self.options[*ix].offer.programme);
        for (ix, option) in self.options.iter().enumerate().filter(|(ix, _)| chosen(ix)) {
            sums.reach = sums.reach.max(option.reachable.map_or(0, |band| band.from));
            if option.groups == 0 {
                continue;
            }
            formed.push(ix);
            sums.groups += option.groups;
            sums.least += option.members.0;
            sums.most += option.members.1;
            sums.step = sums.step.max(option.groups);
            sums.banded |= option.members.0 < option.members.1;
            *programmes.entry(option.offer.programme).or_default() += option.members.0;
        }
        sums.one_programme = programmes.into_values().max().unwrap_or(0);
        let spread = sums.most - sums.least;
        sums.exchange = formed.iter().all(|&ix| {
            let (least, most) = self.options[ix].members;
            least == most || spread - (most - least) >= self.options[ix].groups
        });
        sums.suffice = self.suffice(formed);
        sums
    }

    /// How many people are enough for the least members of some options: each
    /// option, the largest first, takes the first people that no rival has.
    fn suffice(&self, mut options: Vec<usize>) -> u32 {
        options.sort_by_key(|&ix| (Reverse(self.options[ix].members.0), ix));
        let mut taken: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for &ix in &options {
            let rivals = self.rivals.get(&ix).into_iter().flatten();
            let busy: BTreeSet<u32> =
                rivals.filter_map(|rival| taken.get(rival)).flatten().copied().collect();
            let wanted = self.options[ix].members.0 as usize;
            taken.insert(ix, (0..).filter(|person| !busy.contains(person)).take(wanted).collect());
        }
        taken.values().flatten().max().map_or(0, |last| last + 1)
    }
}

impl<'a> OptionBands<'a> {
    fn of(verdict: &'a Verdict, sizes: &[u32], size: GroupSize) -> Self {
        let groups = super::count(sizes.iter());
        let band = Band::of_sizes(sizes, size);
        let reachable = verdict.reachable.get();
        Self {
            offer: &verdict.offer,
            viable: verdict.viable,
            groups,
            size: band,
            reachable: Band::of_reachable(reachable, verdict.viable, size),
            shortfall: Band::of_shortfall(reachable, verdict.viable, size),
            members: band.map_or((0, 0), |band| members(band, groups, size)),
        }
    }
}

/// Fewest and most members of evenly dealt groups. That the band's end is one
/// past the band of the smallest means that not all groups reach it.
fn members(band: Band, groups: u32, size: GroupSize) -> (u32, u32) {
    let to = band.to.unwrap_or(size.max());
    let uneven = groups > 1 && to < size.max();
    (groups * band.from, groups * to - u32::from(uneven))
}

/// For each option with groups, itself and those whose groups nobody can be in
/// as well, generously: of one programme, exclusive, or on a same day of the week.
fn rivals(territory: &Territory, options: &[OptionBands<'_>]) -> BTreeMap<usize, Vec<usize>> {
    let with_groups: Vec<(usize, &Offer, Vec<Weekday>)> = options
        .iter()
        .enumerate()
        .filter(|(_, option)| option.groups > 0)
        .map(|(ix, option)| {
            let days = option.offer.slots.iter().map(|&slot| territory.slots()[slot].day);
            (ix, option.offer, days.collect())
        })
        .collect();
    let rival = |(_, a, days_a): &(usize, &Offer, Vec<Weekday>),
                 (_, b, days_b): &(usize, &Offer, Vec<Weekday>)| {
        a.programme == b.programme
            || territory.exclusive(a.programme, b.programme)
            || days_a.iter().any(|day| days_b.contains(day))
    };
    let of = |one| with_groups.iter().filter(|other| rival(one, other)).map(|other| other.0).collect();
    with_groups.iter().map(|one| (one.0, of(one))).collect()
}

impl Sums {
    /// Fewest and most members of all groups.
    pub(super) const fn members(&self) -> (u32, u32) {
        (self.least, self.most)
    }

    /// Whether so many people enrolled leave two numbers at least to every band.
    /// One more than needed is asked for: fewer, and it is not told, which leaves as many.
    pub(super) fn admit_enrolled(&self, enrolled: u32) -> bool {
        let sizes = !self.banded || enrolled >= self.suffice + 2 * self.step;
        let reach = self.reach == 0 || enrolled >= self.reach + 2;
        sizes && reach
    }

    /// Whether so many people with a place leave two numbers at least to every
    /// size in a band. Either they can all be in one group each and the groups
    /// exchange members; or they are few enough to be in several, and enough for
    /// one group more to be larger.
    pub(super) fn admit_placed(&self, placed: u32) -> bool {
        let several = self.suffice + self.step <= placed && placed <= self.least;
        let one_each = self.least + self.step <= placed && placed + self.step <= self.most;
        !self.banded || several || (one_each && self.exchange)
    }

    /// Whether so many people can have their places in these groups with a step to spare.
    pub(super) fn admit_beyond(&self, placed: u32) -> bool {
        !self.banded || placed + self.step <= self.most
    }

    /// Whether, when only how many are enrolled is told, those without a place are
    /// surely many or could be each of two small numbers.
    pub(super) fn hide_left_out(&self, enrolled: u32, threshold: u32) -> bool {
        let fewest = enrolled.saturating_sub(self.most);
        let most = enrolled.saturating_sub(self.one_programme);
        fewest >= threshold || threshold < 2 || is_open(fewest, most, threshold)
    }
}
