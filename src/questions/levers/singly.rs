//! Each lever by itself.

use super::asking::{ROUNDS, is_small};
use super::told::{Found, Gain, improved, solved};
use super::union::LeverIx;
use super::{LeverStudy, Price};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::units::Cents;

/// What one lever brings.
///
/// ```
/// # use maillage::questions::{Gain, Price, Single};
/// # use maillage::units::Cents;
/// let price = Price { total: Cents::new(30_000), is_most: false };
/// let gain = Gain { places: 3, ..Gain::default() };
/// let single = Single { lever: 0, price, gain, most: Some(3), dominated_by: None };
/// assert_eq!(single.per_place(), Some(Cents::new(10_000)));
/// assert!(single.is_proved());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Single {
    /// The lever, by its place in the list.
    pub lever: usize,
    /// What it costs.
    pub price: Price,
    /// What it brings at least: a plan with it was found.
    pub gain: Gain,
    /// The most places that it can bring, where that is known.
    pub most: Option<i64>,
    /// Another lever that costs no more and brings no less, and one of both strictly.
    pub dominated_by: Option<usize>,
}

impl Single {
    /// Cost of each place gained, rounded up; none when it brings none.
    pub fn per_place(&self) -> Option<Cents> {
        let places = u64::try_from(self.gain.places).ok().filter(|&n| n > 0)?;
        Some(Cents::new(self.price.total.get().div_ceil(places)))
    }

    /// Whether no plan with this lever brings more.
    pub fn is_proved(&self) -> bool {
        self.most == Some(self.gain.places)
    }
}

/// Levers tried between two looks at whoever waits.
const BATCH: usize = 4;

/// The best plan found with each lever alone, asked once; none for a lever that is no gate.
pub(super) fn alone<'a>(
    asked: &'a LeverStudy<'_>,
    control: &Control<'_>,
) -> Result<&'a [Option<Found>], Error> {
    if let Some(known) = asked.alone.get() {
        return Ok(known);
    }
    let levers: Vec<LeverIx> = (0..asked.union.levers.len()).collect();
    let one = |_: &mut (), &lever: &LeverIx| with(asked, lever);
    let found = control.each(Stage::Questions, BATCH, &levers, || (), one)?;
    let found: Vec<Option<Found>> = found.into_iter().collect::<Result<_, Error>>()?;
    Ok(asked.alone.get_or_init(|| found))
}

pub(super) fn singly(asked: &LeverStudy<'_>, control: &Control<'_>) -> Result<Vec<Single>, Error> {
    let union = &asked.union;
    let mut all: Vec<Single> = Vec::new();
    for (lever, found) in alone(asked, control)?.iter().enumerate() {
        let (gain, most) = match found {
            None => {
                let changes_nothing = union.gates[lever].is_none() && !union.levers[lever].change.is_cut();
                (Gain::default(), changes_nothing.then_some(0))
            }
            Some(found) => {
                let gain = found.gain(&asked.today, union);
                let most = asked.most(found, &gain);
                (gain, most)
            }
        };
        all.push(Single { lever, price: union.prices[lever], gain, most, dominated_by: None });
    }
    dominate(&mut all);
    Ok(all)
}

fn with(asked: &LeverStudy<'_>, lever: LeverIx) -> Result<Option<Found>, Error> {
    let union = &asked.union;
    if union.gates[lever].is_none() {
        return Ok(None);
    }
    let problem = union.placing_with(|other| other == lever);
    if is_small(&problem) {
        return solved(&problem, &asked.limits, &Control::none());
    }
    Ok(improved(&problem, &asked.today, ROUNDS))
}

impl LeverStudy<'_> {
    /// The most places that a lever brings, where every place counts one and both plans are proved.
    fn most(&self, found: &Found, gain: &Gain) -> Option<i64> {
        let proved = found.is_proved() && self.today.first().is_some_and(|t| t.value == t.bound);
        let plain = self.union.problem.youths.iter().all(|youth| youth.weight <= 1);
        (proved && plain).then_some(gain.places)
    }
}

fn dominate(all: &mut [Single]) {
    let worth: Vec<(Cents, i64)> = all.iter().map(|s| (s.price.total, s.gain.places)).collect();
    for (at, single) in all.iter_mut().enumerate().filter(|(_, s)| s.gain.places > 0) {
        let (cost, places) = worth[at];
        let better = |other: &(Cents, i64)| other.0 <= cost && other.1 >= places && *other != (cost, places);
        single.dominated_by = worth.iter().position(better);
    }
}
