//! A national run: each territory is opened, asked and let go, on all cores; one that is broken is reported and the others go
//! on; and what is done is kept until all is, so that whoever ends it loses one territory's work a core.

use crate::control::Control;
use crate::error::Error;
use crate::finding::Finding;
use crate::groups::Limits;
use crate::prepare::Drawn;
use crate::questions::{Change, each_territory, survey};
use crate::read::{Catchment, Country, National, StructureOf, Territories, TerritoryAt, sha256};
use crate::report::{Basis, Identity, Kept, NationalChange, NationalRun, TerritoryRow};
use crate::study::Study;
use crate::territory::{Density, Territory};
use crate::travel::{StraightLine, TravelProvider};
use crate::units::{Key, Position};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is asked of every territory.
///
/// ```
/// use maillage::national::Asked;
/// use maillage::{Control, read};
///
/// let national = read::national("data/valley".as_ref(), None, &Control::none())?;
/// let done = Asked::default().run(&national, None, &Control::none())?;
/// assert_eq!(done.rows[0].today(), Some((3, 12, 12)), "as its plan");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Asked {
    /// How far each search may go.
    pub limits: Limits,
    /// What happens to each.
    pub change: NationalChange,
    /// How youths are drawn of structures that have no folder.
    pub drawn: Drawn,
}

/// A run that is over.
///
/// ```
/// use maillage::national::{Asked, Done};
/// use maillage::{Control, read};
///
/// let national = read::national("data/valley".as_ref(), None, &Control::none())?;
/// let done: Done = Asked::default().run(&national, None, &Control::none())?;
/// assert!(done.rows.iter().all(|row| row.today().is_some()));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// One a territory, in the order in which they are given.
    pub rows: Vec<TerritoryRow>,
    /// A hash of what each was made from.
    pub digests: Vec<String>,
}

/// Nodes of each search: few, for there are hundreds of territories; more may prove more.
const NODES: u64 = 20;

impl Default for Asked {
    fn default() -> Self {
        let limits = Limits { nodes: NODES, ..Limits::default() };
        Self { limits, change: NationalChange::default(), drawn: Drawn::default() }
    }
}

impl Asked {
    /// Asks every territory. What `kept` has is not asked again, and what is done is kept there.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and [`Error::Io`] when something can't be kept. What is wrong with one territory is told in its row.
    pub fn run(
        &self,
        national: &National,
        kept: Option<&Kept>,
        control: &Control<'_>,
    ) -> Result<Done, Error> {
        match &national.territories {
            Territories::Folders(folders) => self.each(folders, kept, control),
            Territories::Country(country) => {
                let all: Vec<_> = country.structures.iter().map(|of| (country, of)).collect();
                self.each(&all, kept, control)
            }
        }
    }

    /// What a run led to, to be told.
    pub fn told<'d>(&'d self, national: &'d National, done: &'d Done) -> NationalRun<'d> {
        NationalRun {
            rows: &done.rows,
            change: &self.change,
            drawn: self.drawn,
            nodes: self.limits.nodes,
            inputs: &national.files,
            digests: &done.digests,
        }
    }

    fn each<T: Openable>(
        &self,
        all: &[T],
        kept: Option<&Kept>,
        control: &Control<'_>,
    ) -> Result<Done, Error> {
        let mut done: Vec<Option<(TerritoryRow, String)>> = vec![None; all.len()];
        let ask = |one: &T, control: &Control<'_>| {
            let digest = one.digest(self)?;
            let hash = self.hash(&digest);
            let again = kept.and_then(|kept| TerritoryRow::again(&kept.get(&hash)?));
            Ok(match again {
                Some(row) => (row, digest, None),
                None => (self.row(one, control)?, digest, Some(hash)),
            })
        };
        let keep = |at: usize, (row, digest, new): (TerritoryRow, String, Option<String>)| {
            if let (Some(kept), Some(hash)) = (kept, new) {
                kept.put(&hash, &row.kept())?;
            }
            if let Some(place) = done.get_mut(at) {
                *place = Some((row, digest));
            }
            Ok(())
        };
        each_territory(all, ask, keep, control)?;
        let (rows, digests) = done.into_iter().flatten().unzip();
        Ok(Done { rows, digests })
    }

    /// Of all that a territory's answer depends on.
    fn hash(&self, digest: &str) -> String {
        let change = match &self.change {
            NationalChange::Nothing => String::new(),
            NationalChange::Cut { percent } => format!("{percent} %"),
            NationalChange::Scenario(file) => file.read.sha256.clone(),
        };
        let version = env!("CARGO_PKG_VERSION");
        sha256(format!("{version}\n{:?}\n{change}\n{digest}", self.limits).as_bytes())
    }

    fn row<T: Openable>(&self, one: &T, control: &Control<'_>) -> Result<TerritoryRow, Error> {
        let unread = one.unread();
        let broken = |error: Error| match error {
            Error::Input(findings) => Ok(TerritoryRow::broken(&unread.identity(), &findings)),
            Error::Io { .. } | Error::Provider { .. } => {
                Ok(TerritoryRow::broken(&unread.identity(), &[unanswered(&error)]))
            }
            other => Err(other),
        };
        let opened = match one.open(self, control) {
            Ok(opened) => opened,
            Err(error) => return broken(error),
        };
        let Opened { territory, providers, density } = opened;
        let of = Of {
            position: unread.position.or_else(|| seat(&territory)),
            class: class(&territory, &density),
            ..unread.clone()
        };
        let limit = territory.rules().limit;
        let asked = self.change(&territory).and_then(|change| {
            survey(Study::new(territory, providers, control)?, &change, &self.limits, control)
        });
        match asked {
            Ok(Some(survey)) => Ok(TerritoryRow::answered(&of.identity(), &survey, limit)),
            Ok(None) => Ok(TerritoryRow::not_found(&of.identity())),
            Err(error) => broken(error),
        }
    }

    fn change(&self, territory: &Territory) -> Result<Change, Error> {
        Ok(match &self.change {
            NationalChange::Nothing => Change::Nothing,
            NationalChange::Cut { percent } => Change::Cut { percent: *percent },
            NationalChange::Scenario(file) => Change::Levers(file.of(territory)?),
        })
    }
}

/// A system's or a provider's own words.
fn unanswered(error: &Error) -> Finding {
    use crate::finding::{Code, Source, Text};
    let why = error.to_string();
    Finding::new(
        Code::Unreadable,
        Source::memory(),
        Text::say(|words| words.file_unreadable(&why)),
        Text::say(|words| words.check_the_rights()),
    )
}

/// A territory that was opened.
struct Opened {
    territory: Territory,
    providers: Vec<Arc<dyn TravelProvider>>,
    density: BTreeMap<Key, Density>,
}

/// What is known of a territory.
#[derive(Clone)]
struct Of {
    id: String,
    name: String,
    position: Option<Position>,
    class: Option<Density>,
    basis: Basis,
}

impl Of {
    fn identity(&self) -> Identity<'_> {
        Identity {
            id: &self.id,
            name: &self.name,
            position: self.position,
            class: self.class,
            basis: self.basis,
        }
    }
}

/// A territory whose turn has not come.
trait Openable: Sync {
    /// A hash of what it is made from.
    fn digest(&self, asked: &Asked) -> Result<String, Error>;
    /// What is known of it before it is read.
    fn unread(&self) -> Of;
    fn open(&self, asked: &Asked, control: &Control<'_>) -> Result<Opened, Error>;
}

impl Openable for TerritoryAt {
    fn digest(&self, _: &Asked) -> Result<String, Error> {
        Self::digest(self)
    }

    fn unread(&self) -> Of {
        let (id, name) = (self.name.clone(), self.name.clone());
        Of { id, name, position: None, class: None, basis: Basis::Own }
    }

    fn open(&self, _: &Asked, control: &Control<'_>) -> Result<Opened, Error> {
        let at = Self::open(self, control)?;
        Ok(Opened { providers: at.opened.providers(), territory: at.opened.territory, density: at.density })
    }
}

impl Openable for (&Country, &StructureOf) {
    fn digest(&self, asked: &Asked) -> Result<String, Error> {
        Ok(sha256(asked.drawn.told(self.0, self.1).as_bytes()))
    }

    fn unread(&self) -> Of {
        let (country, of) = self;
        let basis = match country.catchment {
            Catchment::Perimeter => Basis::Perimeter,
            Catchment::NearestSeat => Basis::NearestSeat,
        };
        Of { id: of.key.to_string(), name: of.name.clone(), position: of.position, class: None, basis }
    }

    fn open(&self, asked: &Asked, _: &Control<'_>) -> Result<Opened, Error> {
        let (country, of) = self;
        let (territory, _) = asked.drawn.territory(country, of).map_err(Error::Input)?.check()?;
        let communes = of.communes.iter().filter_map(|&at| country.communes.get(at));
        let density = communes.filter_map(|commune| Some((commune.place.key.clone(), commune.density?)));
        Ok(Opened { territory, providers: vec![Arc::new(StraightLine)], density: density.collect() })
    }
}

/// How dense the communes are where most youths live.
fn class(territory: &Territory, density: &BTreeMap<Key, Density>) -> Option<Density> {
    let of_home = |place| {
        let home = &territory.places()[place];
        let commune = home.commune.and_then(|code| density.get(&Key::new(code.as_str())?));
        density.get(&home.key).or(commune).copied()
    };
    Density::of_most(territory.youths().iter().map(|(_, youth)| youth.home.and_then(of_home)))
}

/// Where the structure sits, as far as its sites tell: the one open today that has most rooms, the first of as many.
fn seat(territory: &Territory) -> Option<Position> {
    use crate::territory::SiteStatus::Existing;
    let open = territory.sites().iter().map(|(_, site)| site).filter(|site| site.status == Existing);
    let seat =
        open.filter(|site| site.position.is_some()).min_by_key(|site| (Reverse(site.rooms), &site.key));
    seat.and_then(|site| site.position)
}
