//! Whoever knows travel times: the one trait that road networks, timetables,
//! matrices and other tools' networks implement.

use super::table::{Column, ColumnKey, Session};
use crate::control::Control;
use crate::error::Error;
use crate::finding::Text;
use crate::territory::{Assumption, Changes, Mark, Mode, ProgrammeOption, Renamed, Territory, TripAt};
use crate::units::{Metres, PlaceId, Seconds, SiteId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is asked of a provider.
///
/// ```
/// use maillage::travel::Query;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let query = Query::of(study.territory());
/// assert_eq!((query.sites.len(), query.dates().len()), (3, 8));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Sites with the dated sessions held there, ascending. Undated modes need only the site.
    pub sites: BTreeMap<SiteId, BTreeSet<Session>>,
    /// Trips longer than this are [`Trip::BeyondLimit`](super::Trip::BeyondLimit).
    pub horizon: Seconds,
}

impl Query {
    /// Every site that an option of the territory uses, with its sessions.
    pub fn of(territory: &Territory) -> Self {
        Self::of_options(territory, territory.options())
    }

    /// The sites of these options, with their sessions.
    pub fn of_options<'o>(
        territory: &Territory,
        options: impl IntoIterator<Item = &'o ProgrammeOption>,
    ) -> Self {
        let mut sites: BTreeMap<SiteId, BTreeSet<Session>> = BTreeMap::new();
        for stay in options.into_iter().flat_map(|option| &option.stays) {
            sites.entry(stay.site).or_default().insert(stay.into());
        }
        Self { sites, horizon: territory.rules().horizon }
    }

    /// The dates of all sessions.
    pub fn dates(&self) -> BTreeSet<Date> {
        self.sites.values().flatten().map(|session| session.date).collect()
    }
}

/// What an edit makes a provider's earlier answers worth.
///
/// ```
/// use maillage::travel::Stale;
///
/// assert_eq!(Stale::Nothing.and(Stale::Everything), Stale::Everything);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// Every column asked for again would be the same.
    Nothing,
    /// All but those of these modes on these dates would be the same.
    Dates(BTreeSet<Mode>, BTreeSet<Date>),
    /// Columns have to be asked for again.
    Everything,
}

impl Stale {
    /// As both say.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, other) | (other, Self::Nothing) => other,
            (Self::Dates(mut modes, mut dates), Self::Dates(more, others)) => {
                modes.extend(more);
                dates.extend(others);
                Self::Dates(modes, dates)
            }
            _ => Self::Everything,
        }
    }
}

/// Somebody who knows travel times.
///
/// ```
/// use maillage::travel::{StraightLine, TravelProvider};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// assert!(StraightLine.modes(study.territory()).contains(&maillage::territory::Mode::Walk));
/// # Ok::<(), maillage::Error>(())
/// ```
pub trait TravelProvider: Send + Sync {
    /// Its name, for messages.
    fn name(&self) -> &str;

    /// The modes that it knows, of this territory.
    fn modes(&self, territory: &Territory) -> Vec<Mode>;

    /// The columns of `modes` for every site and both ways: one that always
    /// holds, or one for each of the site's sessions.
    ///
    /// # Errors
    /// [`Error::Cancelled`], or [`Error::Provider`] with what went wrong.
    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error>;

    /// What the `changes` from one territory to another make earlier columns worth, the query being the same. Unless it says
    /// otherwise, everything is asked again where places, sites or figures are others.
    fn stale(&self, _from: &Territory, _to: &Territory, changes: &Changes) -> Stale {
        if changes.places.is_empty() && changes.sites.is_empty() && !changes.rules {
            Stale::Nothing
        } else {
            Stale::Everything
        }
    }

    /// The same, where places and sites have other keys than those by which it knows them. Nothing for who goes by positions, as
    /// unless it says otherwise.
    fn renamed(&self, _keys: &Renamed) -> Option<Arc<dyn TravelProvider>> {
        None
    }

    /// The trips of coaches and trains around a territory that an edit may move, on the way within the horizon of what is asked, or
    /// within so much more. None, unless it says otherwise.
    ///
    /// # Errors
    /// As [`TravelProvider::columns`].
    fn trips_around(
        &self,
        _territory: &Territory,
        _query: &Query,
        _within: Seconds,
        _control: &Control<'_>,
    ) -> Result<BTreeSet<TripAt>, Error> {
        Ok(BTreeSet::new())
    }

    /// How a trip goes, leg by leg; `None` when it can't be made.
    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey>;

    /// The lines of coaches and trains that a trip takes, by their names: those that take one line are stranded
    /// together. `None` where nobody knows, as everywhere unless it says otherwise.
    fn lines(&self, _territory: &Territory, _place: PlaceId, _key: ColumnKey) -> Option<BTreeSet<String>> {
        None
    }

    /// What an answer rests on that takes `modes` from it. Unless it says otherwise,
    /// that they are from this provider.
    fn assumptions(&self, _territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        vec![provided(self.name(), modes)]
    }
}

/// That the times of `modes` are those of a provider.
pub(super) fn provided(provider: &str, modes: &[Mode]) -> Assumption {
    let text = Text::say(|words| words.times_of_provider(provider, &names(modes)));
    Assumption { id: "times", text, mark: Mark::Declared }
}

/// The names of modes, in a sentence.
pub(super) fn names(modes: &[Mode]) -> Text {
    Text::list(modes.iter().map(|mode| mode.name()))
}

/// A trip, leg by leg.
///
/// ```
/// use maillage::travel::{ColumnKey, StraightLine, TravelProvider, When};
/// use maillage::territory::{Mode, Way};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let place = territory.places().find_str("moulin").expect("a place");
/// let site = territory.sites().find_str("pont").expect("a site");
/// let key = ColumnKey { site, way: Way::To, mode: Mode::Car, when: When::Always };
/// let journey = StraightLine.journey(territory, place, key).expect("there is a way");
/// assert_eq!(journey.legs.iter().map(|leg| leg.time.get()).sum::<u32>(), 717);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Its legs, in order.
    pub legs: Vec<Leg>,
}

/// One leg of a trip.
///
/// ```
/// use maillage::territory::Mode;
/// use maillage::travel::Leg;
/// use maillage::units::{Metres, Seconds};
///
/// let leg = Leg { mode: Mode::Car, time: Seconds::new(417), distance: Metres::new(5_204) };
/// assert_eq!(leg.time.to_minutes().get(), 7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// By which mode.
    pub mode: Mode,
    /// How long, the wait for it included.
    pub time: Seconds,
    /// How far.
    pub distance: Metres,
}
