//! Travel times that somebody else computed: a matrix of homes and sites.

use super::provider::{Journey, Leg, Query, TravelProvider, names};
use super::straight_line::travelled;
use super::table::{Cell, Column, ColumnKey, Session, Travel, Trip, When};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::Text;
use crate::territory::{Assumption, Mark, Mode, Renamed, Territory, Way};
use crate::units::{Key, Metres, PlaceId, Seconds, SiteId};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a matrix says of one pair: the way there and the way back.
///
/// ```
/// use maillage::territory::Mode;
/// use maillage::travel::PairTimes;
/// use maillage::units::Seconds;
///
/// let to = Some(Seconds::new(1_200));
/// let car = PairTimes { mode: Mode::Car, date: None, to, back: None, distance: None };
/// assert!(car.back.is_none(), "there is no way back");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairTimes {
    /// By which mode.
    pub mode: Mode,
    /// On which date; `None` on every date of which nothing else is said.
    pub date: Option<Date>,
    /// From home to the site; `None` when there is no link.
    pub to: Option<Seconds>,
    /// From the site home; `None` when there is no link.
    pub back: Option<Seconds>,
    /// How far it is; `None` is the straight line × detour.
    pub distance: Option<Metres>,
}

/// A provider that answers what it was given. A pair of which nothing was said is
/// [`Trip::Unknown`], so that the next provider is asked.
///
/// ```
/// use maillage::territory::Mode;
/// use maillage::travel::{Matrix, PairTimes};
/// use maillage::units::{Key, Seconds};
///
/// let key = |text| Key::new(text).expect("an identifier");
/// let time = Some(Seconds::new(1_200));
/// let times = PairTimes { mode: Mode::Car, date: None, to: time, back: time, distance: None };
/// let mut builder = Matrix::builder();
/// builder.pair(&key("moulin"), &key("pont"), times);
/// assert_eq!(builder.build("their router").expect("each pair once").len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Matrix {
    name: String,
    homes: HashMap<Key, u32>,
    columns: BTreeMap<(Mode, Key), OfSite>,
    pairs: usize,
}

/// Times of one mode and site.
#[derive(Clone, Debug, Default)]
struct OfSite {
    usual: Vec<Said>,
    dated: BTreeMap<Date, Vec<Said>>,
}

/// What is said of one home. By home, ascending.
#[derive(Clone, Copy, Debug)]
struct Said {
    home: u32,
    /// How many pairs were added before it.
    nth: u32,
    to: Option<Seconds>,
    back: Option<Seconds>,
    distance: Option<Metres>,
}

/// Collects a matrix pair by pair.
///
/// ```
/// use maillage::travel::Matrix;
///
/// assert!(Matrix::builder().build("nothing").expect("no pair twice").is_empty());
/// ```
#[derive(Debug, Default)]
pub struct MatrixBuilder {
    homes: HashMap<Key, u32>,
    columns: BTreeMap<(Mode, Key), OfSite>,
    pairs: usize,
}

impl MatrixBuilder {
    /// What is known between the place of key `home` and the site of key `site`.
    pub fn pair(&mut self, home: &Key, site: &Key, times: PairTimes) -> &mut Self {
        let PairTimes { mode, date, to, back, distance } = times;
        let nth = u32::try_from(self.pairs).unwrap_or(u32::MAX);
        let said = Said { home: number(&mut self.homes, home), nth, to, back, distance };
        let of_site = self.columns.entry((mode, site.clone())).or_default();
        match date {
            None => of_site.usual.push(said),
            Some(date) => of_site.dated.entry(date).or_default().push(said),
        }
        self.pairs += 1;
        self
    }

    /// The matrix, called `name` in messages.
    ///
    /// # Errors
    /// Which pairs, counted from 0 as they were added, say again what was said before:
    /// same home, site, mode and date.
    pub fn build(mut self, name: &str) -> Result<Matrix, Vec<usize>> {
        let mut again = Vec::new();
        for of_site in self.columns.values_mut() {
            for said in std::iter::once(&mut of_site.usual).chain(of_site.dated.values_mut()) {
                said.sort_by_key(|said| said.home);
                let twice = said.windows(2).filter(|two| two[0].home == two[1].home);
                again.extend(twice.map(|two| two[1].nth as usize));
            }
        }
        again.sort_unstable();
        if !again.is_empty() {
            return Err(again);
        }
        Ok(Matrix { name: name.to_owned(), homes: self.homes, columns: self.columns, pairs: self.pairs })
    }
}

fn number(known: &mut HashMap<Key, u32>, key: &Key) -> u32 {
    if let Some(&number) = known.get(key) {
        return number;
    }
    // Beyond this number of keys the memory has long been exhausted.
    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
    known.insert(key.clone(), next);
    next
}

/// A pair of which a matrix says nothing.
///
/// ```
/// use maillage::travel::{Matrix, Query};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let nothing = Matrix::builder().build("nothing").expect("no pair twice");
/// // Of a mode that a matrix never names, nothing is missing.
/// assert!(nothing.missing(territory, &Query::of(territory)).is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingPair {
    /// By which mode.
    pub mode: Mode,
    /// From and to which site.
    pub site: SiteId,
    /// From and to where.
    pub home: PlaceId,
}

impl Matrix {
    /// A matrix to fill.
    pub fn builder() -> MatrixBuilder {
        MatrixBuilder::default()
    }

    /// How many pairs it was given.
    pub fn len(&self) -> usize {
        self.pairs
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.pairs == 0
    }

    /// Homes of youths and sites with sessions between which it says nothing of some session,
    /// for each mode that it knows, in the order of modes, sites and homes.
    pub fn missing(&self, territory: &Territory, query: &Query) -> Vec<MissingPair> {
        let homes = self.numbers(territory);
        let mut lived_in = vec![false; territory.places().rows()];
        for (_, youth) in territory.youths().iter() {
            youth.home.iter().for_each(|home| lived_in[home.index()] = true);
        }
        let lived_in: Vec<PlaceId> =
            territory.places().ids().filter(|place| lived_in[place.index()]).collect();
        let mut missing = Vec::new();
        for mode in self.known_modes() {
            for (site, key) in territory.sites().iter().map(|(id, site)| (id, &site.key)) {
                let Some(sessions) = query.sites.get(&site) else { continue };
                let of_site = self.columns.get(&(mode, key.clone()));
                let known = |home: &PlaceId| {
                    let says = |date| of_site.and_then(|of| of.find(homes[home.index()]?, date)).is_some();
                    says(None) || sessions.iter().all(|session| says(Some(session.date)))
                };
                let unknown = lived_in.iter().copied().filter(|home| !known(home));
                missing.extend(unknown.map(|home| MissingPair { mode, site, home }));
            }
        }
        missing
    }

    fn known_modes(&self) -> Vec<Mode> {
        let mut modes: Vec<Mode> = self.columns.keys().map(|(mode, _)| *mode).collect();
        modes.dedup();
        modes
    }

    /// The matrix's number of each row of the places.
    fn numbers(&self, territory: &Territory) -> Vec<Option<u32>> {
        let number = |row| self.homes.get(&territory.places().get(PlaceId::from_index(row))?.key).copied();
        (0..territory.places().rows()).map(number).collect()
    }
}

impl OfSite {
    /// What is said of a date, or of every date.
    fn find(&self, home: u32, date: Option<Date>) -> Option<&Said> {
        let dated = date.and_then(|date| find(self.dated.get(&date)?, home));
        dated.or_else(|| find(&self.usual, home))
    }
}

fn find(all: &[Said], home: u32) -> Option<&Said> {
    let at = all.binary_search_by_key(&home, |said| said.home).ok()?;
    all.get(at)
}

/// One way between two ends.
struct Pair<'a> {
    territory: &'a Territory,
    place: PlaceId,
    site: SiteId,
    horizon: Seconds,
}

impl Pair<'_> {
    fn trip(&self, said: Option<&Said>, way: Way) -> Trip {
        let Some(said) = said else { return Trip::Unknown };
        let time = match way {
            Way::To => said.to,
            Way::Back => said.back,
        };
        match time {
            None => Trip::NoLink,
            Some(time) if time > self.horizon => Trip::BeyondLimit,
            Some(time) => {
                let distance = said.distance.or_else(|| self.distance()).unwrap_or_default();
                Trip::Time(Travel::direct(time, distance))
            }
        }
    }

    fn distance(&self) -> Option<Metres> {
        let home = self.territory.places().get(self.place)?.position?;
        let site = self.territory.sites().get(self.site)?.position?;
        Some(travelled(&self.territory.rules().straight_line, home, site))
    }
}

impl TravelProvider for Matrix {
    fn name(&self) -> &str {
        &self.name
    }

    fn modes(&self, _territory: &Territory) -> Vec<Mode> {
        self.known_modes()
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let homes = self.numbers(territory);
        let nothing = OfSite::default();
        let mut columns = Vec::new();
        for (i, (&site, sessions)) in query.sites.iter().enumerate() {
            control.step(Stage::Travel, i as u64, query.sites.len() as u64)?;
            let Some(key) = territory.sites().get(site).map(|site| &site.key) else { continue };
            for &mode in modes {
                let of_site = self.columns.get(&(mode, key.clone())).unwrap_or(&nothing);
                for way in Way::BOTH {
                    let cells = |date| -> Arc<[Cell]> {
                        let trip = |(row, home): (usize, &Option<u32>)| {
                            let pair = Pair {
                                territory,
                                place: PlaceId::from_index(row),
                                site,
                                horizon: query.horizon,
                            };
                            let said = home.and_then(|home| of_site.find(home, date));
                            Cell::from(pair.trip(said, way))
                        };
                        homes.iter().enumerate().map(trip).collect()
                    };
                    let column = |when, cells| Column { key: ColumnKey { site, way, mode, when }, cells };
                    if of_site.dated.is_empty() {
                        columns.push(column(When::Always, cells(None)));
                        continue;
                    }
                    let mut of_date: BTreeMap<Option<Date>, Arc<[Cell]>> = BTreeMap::new();
                    for &session in sessions {
                        let date = Some(session.date).filter(|date| of_site.dated.contains_key(date));
                        let cells = of_date.entry(date).or_insert_with(|| cells(date));
                        columns.push(column(When::Session(session), Arc::clone(cells)));
                    }
                }
            }
        }
        Ok(columns)
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let home = *self.homes.get(&territory.places().get(place)?.key)?;
        let site = territory.sites().get(key.site)?.key.clone();
        let date = match key.when {
            When::Always => None,
            When::Session(Session { date, .. }) => Some(date),
        };
        let said = self.columns.get(&(key.mode, site))?.find(home, date);
        let pair = Pair { territory, place, site: key.site, horizon: territory.rules().horizon };
        let travel = pair.trip(said, key.way).time()?;
        Some(Journey { legs: vec![Leg { mode: key.mode, time: travel.time, distance: travel.distance }] })
    }

    fn renamed(&self, keys: &Renamed) -> Option<Arc<dyn TravelProvider>> {
        let new = |known: &BTreeMap<Key, Key>, key: &Key| known.get(key).unwrap_or(key).clone();
        Some(Arc::new(Self {
            name: self.name.clone(),
            homes: self.homes.iter().map(|(key, &home)| (new(&keys.places, key), home)).collect(),
            columns: self
                .columns
                .iter()
                .map(|((mode, site), of)| ((*mode, new(&keys.sites, site)), of.clone()))
                .collect(),
            pairs: self.pairs,
        }))
    }

    fn assumptions(&self, _territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        let text = Text::say(|words| words.times_given(&self.name, self.pairs, &names(modes)));
        vec![Assumption { id: "times", text, mark: Mark::Declared }]
    }
}
