//! How often a group can be formed when who comes is drawn again: as good as the shares that it is drawn from.

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding;
use crate::plan::{Offer, reached};
use crate::reach::{Reach, Shapes};
use crate::study::Study;
use crate::territory::{
    Draft, Names, Provenance, SplitMix64, Synthesis, Territory, Venue, Written, Youth, synthesise,
};
use crate::units::{Headcount, Key, ProgrammeId};
use std::collections::{BTreeMap, BTreeSet};

/// How youths are drawn again.
///
/// ```
/// use maillage::questions::Draws;
///
/// assert_eq!((Draws::default().draws, Draws::default().percent), (200, 100));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// How many times, at least once.
    pub draws: u32,
    /// Where the draws begin.
    pub seed: u64,
    /// Youths in percent of those of today.
    pub percent: u16,
}

impl Default for Draws {
    fn default() -> Self {
        Self { draws: 200, seed: 1, percent: 100 }
    }
}

impl Draws {
    /// Where the `nth` draw begins, from 0.
    pub fn seed_of(&self, nth: u32) -> u64 {
        SplitMix64::nth(self.seed, u64::from(nth))
    }
}

/// Where youths are drawn from.
///
/// ```
/// use maillage::questions::{Draws, DrawnFrom, demand};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let demand = demand(&study, &Draws { draws: 3, ..Draws::default() }, &Control::none())?;
/// assert_eq!(demand.from, DrawnFrom::Youths, "the valley lists its own");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawnFrom {
    /// From the counts and shares that the territory's youths were drawn from.
    Shares,
    /// From the territory's own youths, each as often as chance has it (bootstrap: Efron, 1979).
    Youths,
}

/// How often groups can be formed.
///
/// ```
/// use maillage::questions::{Demand, Draws, demand};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let demand: Demand = demand(&study, &Draws { draws: 20, ..Draws::default() }, &Control::none())?;
/// assert_eq!(demand, maillage::questions::demand(&study, &demand.asked, &Control::none())?, "the same seed, the same answer");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// What was asked.
    pub asked: Draws,
    /// Where youths are drawn from.
    pub from: DrawnFrom,
    /// Youths of each draw.
    pub youths: Headcount,
    /// Every programme, in the order of the keys.
    pub programmes: Vec<Often>,
}

/// How often a programme can have a group.
///
/// ```
/// # use maillage::questions::{Draws, Often, demand};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let demand = demand(&study, &Draws { draws: 20, ..Draws::default() }, &Control::none())?;
/// let often: &Often = &demand.programmes[0];
/// assert!(often.venues.values().all(|times| *times <= often.times), "no place more often than anywhere");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Often {
    /// The programme.
    pub programme: ProgrammeId,
    /// Draws in which enough youths can come to one option at least.
    pub times: u32,
    /// The same of each place where it is ever so.
    pub venues: BTreeMap<Venue, u32>,
    /// The same of each option for which it is ever so.
    pub offers: BTreeMap<Offer, u32>,
    /// Most youths who can come to one option: the tenth, the fiftieth and the ninetieth of a hundred draws, from the lowest.
    pub most: [Headcount; 3],
}

/// The study with its youths drawn again, for the `nth` time from 0: of the youths that [`demand`] counts in that draw. Decisions
/// already made and who takes whom along are about those who are there: nothing is left of either.
///
/// ```
/// use maillage::questions::{Draws, redraw};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let others = redraw(&study, &Draws { percent: 50, ..Draws::default() }, 3, &Control::none())?;
/// assert_eq!((study.territory().youths().len(), others.territory().youths().len()), (14, 7));
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// As [`demand`].
pub fn redraw(study: &Study, asked: &Draws, nth: u32, control: &Control<'_>) -> Result<Study, Error> {
    let draft = Draft { pins: Vec::new(), ..study.territory().to_draft() };
    let source = Source::of(&draft, asked);
    let seed = asked.seed_of(nth);
    let youths = source.youths(&draft, seed)?;
    let provenance = match source {
        Source::Shares(synthesis) => Provenance::Synthetic(Box::new(Synthesis { seed, ..synthesis })),
        Source::Youths(_) => Provenance::Declared,
    };
    let (territory, _) = Draft { youths, provenance, ..draft }.check_after(Some(study.territory()))?;
    let reach = Reach::new(&territory, study.times(), control)?;
    Ok(study.of_others(territory, reach))
}

/// How often enough youths can come for a group of the programme's minimum, by programme, place and option, whatever other programmes do. The
/// same bytes for a seed at any thread count.
///
/// # Errors
/// [`Error::Input`] where no youth is left to draw, or too many would be; [`Error::Cancelled`].
pub fn demand(study: &Study, asked: &Draws, control: &Control<'_>) -> Result<Demand, Error> {
    let draft = Draft { pins: Vec::new(), ..study.territory().to_draft() };
    let source = Source::of(&draft, asked);
    // Youths alone are drawn: where and when there are groups, and what runs then, is the same in each draw.
    let shapes = Shapes::of(study.territory(), study.times(), None);
    let seeds: Vec<u64> = (0..asked.draws).map(|nth| asked.seed_of(nth)).collect();
    let drawn = control.each(
        Stage::Questions,
        BATCH,
        &seeds,
        || (),
        |(), &seed| {
            let draft = Draft { youths: source.youths(&draft, seed)?, ..draft.clone() };
            attending(study, draft, &shapes, control)
        },
    )?;
    let drawn: Vec<Drawn> = drawn.into_iter().collect::<Result<_, Error>>()?;
    let programmes = study.territory().programmes().ids();
    Ok(Demand {
        asked: *asked,
        from: source.told(),
        youths: drawn.first().map_or_else(Headcount::default, |draw| draw.youths),
        programmes: programmes.map(|id| often(study.territory(), id, &drawn)).collect(),
    })
}

/// Draws between two looks at whether the caller still waits.
const BATCH: usize = 16;

/// A draw, and who can come to each option of it.
struct Drawn {
    youths: Headcount,
    coming: BTreeMap<Offer, Headcount>,
}

fn attending(study: &Study, draft: Draft, shapes: &Shapes, control: &Control<'_>) -> Result<Drawn, Error> {
    let youths = Headcount::new(draft.youths.len() as u32);
    let (territory, _) = draft.check_after(Some(study.territory()))?;
    debug_assert!(territory.options() == study.territory().options(), "options are not drawn");
    let reach = Reach::by_shapes(&territory, study.times(), shapes, control)?;
    let mut coming = vec![0; territory.options().len()];
    for youth in territory.youths().ids() {
        reached(&territory, &reach, youth).iter().for_each(|(option, _)| coming[option.index()] += 1);
    }
    let all = territory.options().iter().zip(coming).filter(|&(_, count)| count > 0);
    let coming = all.map(|(option, count)| (Offer::from(option), Headcount::new(count)));
    Ok(Drawn { youths, coming: coming.collect() })
}

/// How often a programme can have a group.
fn often(territory: &Territory, programme: ProgrammeId, drawn: &[Drawn]) -> Often {
    let min = Headcount::new(territory.programmes()[programme].size.min());
    let mut often = Often {
        programme,
        times: 0,
        venues: BTreeMap::new(),
        offers: BTreeMap::new(),
        most: [Headcount::default(); 3],
    };
    let mut most = Vec::with_capacity(drawn.len());
    for draw in drawn {
        let its = draw.coming.iter().filter(|(offer, _)| offer.programme == programme);
        most.push(its.clone().map(|(_, &count)| count).max().unwrap_or_default());
        let enough: Vec<&Offer> = its.filter(|(_, count)| **count >= min).map(|(offer, _)| offer).collect();
        let venues: BTreeSet<&Venue> = enough.iter().map(|offer| &offer.venue).collect();
        often.times += u32::from(!enough.is_empty());
        venues.into_iter().for_each(|venue| *often.venues.entry(venue.clone()).or_default() += 1);
        enough.into_iter().for_each(|offer| *often.offers.entry(offer.clone()).or_default() += 1);
    }
    most.sort_unstable();
    often.most = [10, 50, 90].map(|percent| percentile(&most, percent));
    often
}

/// The value that so many percent of the sorted values do not exceed.
fn percentile(sorted: &[Headcount], percent: usize) -> Headcount {
    let rank = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(rank).copied().unwrap_or_default()
}

/// What youths are drawn from.
enum Source {
    Shares(Synthesis),
    /// How many of the territory's own.
    Youths(usize),
}

impl Source {
    fn of(draft: &Draft, asked: &Draws) -> Self {
        let percent = u64::from(asked.percent);
        match &draft.provenance {
            Provenance::Synthetic(synthesis) => {
                let followed = u64::from(synthesis.followed_per_100_000) * percent / 100;
                let followed_per_100_000 = u32::try_from(followed).unwrap_or(u32::MAX);
                Self::Shares(Synthesis { followed_per_100_000, ..(**synthesis).clone() })
            }
            Provenance::Declared => Self::Youths(((draft.youths.len() as u64 * percent + 50) / 100) as usize),
        }
    }

    const fn told(&self) -> DrawnFrom {
        match self {
            Self::Shares(_) => DrawnFrom::Shares,
            Self::Youths(_) => DrawnFrom::Youths,
        }
    }

    fn youths(&self, draft: &Draft, seed: u64) -> Result<Vec<Written<Youth<Names>>>, Error> {
        match self {
            Self::Shares(synthesis) => {
                let youths =
                    synthesise(draft, &Synthesis { seed, ..synthesis.clone() }).map_err(Error::Input)?;
                Ok(youths
                    .into_iter()
                    .map(|value| Written { value, source: finding::Source::memory() })
                    .collect())
            }
            Self::Youths(count) => Ok(again(&draft.youths, *count, seed)),
        }
    }
}

/// So many of these youths, each as often as chance has it, under keys of their own.
fn again(youths: &[Written<Youth<Names>>], count: usize, seed: u64) -> Vec<Written<Youth<Names>>> {
    let mut draw = SplitMix64(seed);
    let one = |at: usize| {
        let written = youths.get(draw.below(youths.len() as u64) as usize)?;
        let key = Key::new(&format!("D{at:07}"))?;
        // Whoever takes others along does so for those who were drawn with them: nobody here.
        let value = Youth { key, rides: Vec::new(), ..written.value.clone() };
        Some(Written { value, source: written.source.clone() })
    };
    (0..count).filter_map(one).collect()
}
