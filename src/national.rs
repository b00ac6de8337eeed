//! A national run: each territory is opened, asked and let go, on all cores; one that is broken is reported and the others go
//! on; and what is done is kept until all is, so that whoever ends it loses one territory's work a core.

use crate::control::Control;
use crate::error::Error;
use crate::finding::Finding;
use crate::groups::Limits;
use crate::prepare::{Drawn, own_seed};
use crate::questions::{Baseline, Change, Draws, each_territory, redraw};
use crate::read::{
    self, Catchment, Country, National, OpenedAt, StructureOf, Territories, TerritoryAt, sha256, sha256_of,
};
use crate::report::{Basis, Identity, Kept, NationalChange, NationalRun, TerritoryRow};
use crate::study::Study;
use crate::territory::{Density, Territory};
use crate::units::{Key, Position};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

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
        let all = Member::all(national);
        let mut done: Vec<Option<(TerritoryRow, String)>> = vec![None; all.len()];
        let ask = |one: &Member<'_>, control: &Control<'_>| {
            let digest = one.digest(self.drawn);
            let hash = self.hash(&digest);
            let again = kept.and_then(|kept| TerritoryRow::again(&kept.get(&hash)?));
            Ok(match again {
                Some(row) => (row, digest, None),
                None => (self.row(*one, control)?, digest, Some(hash)),
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
        each_territory(&all, ask, keep, control)?;
        let (rows, digests) = done.into_iter().flatten().unzip();
        Ok(Done { rows, digests })
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

    /// Of all that a territory's answer depends on.
    fn hash(&self, digest: &str) -> String {
        let change = self.change.told();
        let version = env!("CARGO_PKG_VERSION");
        sha256(format!("{version}\n{:?}\n{change}\n{digest}", self.limits).as_bytes())
    }

    fn row(&self, of: Member<'_>, control: &Control<'_>) -> Result<TerritoryRow, Error> {
        let part = Part { changes: std::slice::from_ref(&self.change), draws: 0..1, ..Part::of(self) };
        let rows = part.rows(of, control)?;
        Ok(rows.into_iter().next().unwrap_or_else(|| TerritoryRow::not_found(&of.unread().identity())))
    }
}

/// A part of a larger run: each of several changes to one territory, in each of several draws of its youths.
///
/// ```
/// use maillage::national::{Asked, Member, Part};
/// use maillage::report::NationalChange;
/// use maillage::{Control, read};
///
/// let national = read::national("data/valley".as_ref(), None, &Control::none())?;
/// let changes = [NationalChange::Nothing, NationalChange::Cut { percent: 50 }];
/// let part = Part { changes: &changes, draws: 0..3, ..Part::of(&Asked::default()) };
/// let rows = part.rows(Member::all(&national)[0], &Control::none())?;
/// assert_eq!((rows.len(), rows[0].today()), (6, Some((3, 12, 12))), "the first draw is as it is");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// How far each search may go.
    pub limits: Limits,
    /// How youths are drawn of structures that have no folder.
    pub drawn: Drawn,
    /// What happens to it, each by itself.
    pub changes: &'a [NationalChange],
    /// Which draws: 0 is the territory as it is, `n` the [`redraw`] `n - 1`.
    pub draws: Range<u32>,
    /// Where youths are drawn again from; each territory's draws are its own.
    pub seed: u64,
}

impl<'a> Part<'a> {
    /// A run's one change, to the territory as it is.
    pub fn of(asked: &'a Asked) -> Self {
        Self {
            limits: asked.limits,
            drawn: asked.drawn,
            changes: std::slice::from_ref(&asked.change),
            draws: 0..1,
            seed: Draws::default().seed,
        }
    }

    /// How youths of a territory are drawn again.
    pub fn redrawn(&self, of: Member<'_>) -> Draws {
        Draws { seed: own_seed(self.seed, of.id()), ..Draws::default() }
    }

    /// A row a change, draw by draw, on one thread where the caller's pool has one. What is wrong with the territory is told in
    /// its rows.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn rows(&self, of: Member<'_>, control: &Control<'_>) -> Result<Vec<TerritoryRow>, Error> {
        let mut rows = Vec::with_capacity(self.draws.len() * self.changes.len());
        let (unread, redrawn) = (of.unread(), self.redrawn(of));
        let opened = match told(of.open(self.drawn, control), &unread)? {
            Ok(opened) => opened,
            Err(broken) => return Ok(vec![broken; self.draws.len() * self.changes.len()]),
        };
        let OpenedAt { opened, density } = opened;
        let (providers, territory) = (opened.providers(), opened.territory);
        let of = Of {
            position: unread.position.or_else(|| seat(&territory)),
            class: class(&territory, &density),
            ..unread
        };
        let changes = self.changes.iter().map(|change| told(change.to(&territory), &of));
        let changes: Vec<_> = changes.collect::<Result<_, _>>()?;
        let study = told(Study::new(territory, providers, control), &of)?;
        for draw in self.draws.clone() {
            let drawn = match &study {
                Ok(study) => told(again(study, draw, &redrawn, control), &of)?,
                Err(broken) => Err(broken.clone()),
            };
            rows.extend(self.of_draw(drawn, &changes, &of, control)?);
        }
        Ok(rows)
    }

    fn of_draw(
        &self,
        study: Result<Study, TerritoryRow>,
        changes: &[Result<Change, TerritoryRow>],
        of: &Of,
        control: &Control<'_>,
    ) -> Result<Vec<TerritoryRow>, Error> {
        let baseline = match study {
            Ok(study) => told(Baseline::new(study, &self.limits, control), of)?,
            Err(broken) => return Ok(vec![broken; changes.len()]),
        };
        let baseline = match baseline {
            Ok(Some(baseline)) => baseline,
            Ok(None) => return Ok(vec![TerritoryRow::not_found(&of.identity()); changes.len()]),
            Err(broken) => return Ok(vec![broken; changes.len()]),
        };
        let limit = baseline.territory().rules().limit;
        let row = |change: &Result<Change, TerritoryRow>| match change {
            Ok(change) => {
                let survey = told(baseline.after(change, &self.limits, control), of)?;
                Ok(survey
                    .map_or_else(|row| row, |survey| TerritoryRow::answered(&of.identity(), &survey, limit)))
            }
            Err(broken) => Ok(broken.clone()),
        };
        changes.iter().map(row).collect()
    }
}

/// The territory as it is, or with its youths drawn again.
fn again(study: &Study, draw: u32, redrawn: &Draws, control: &Control<'_>) -> Result<Study, Error> {
    match draw.checked_sub(1) {
        None => Ok(study.clone()),
        Some(nth) => redraw(study, redrawn, nth, control),
    }
}

/// What there is, or the row of a territory that is broken: one of many, and the others go on.
fn told<T>(result: Result<T, Error>, of: &Of) -> Result<Result<T, TerritoryRow>, Error> {
    match result {
        Ok(there) => Ok(Ok(there)),
        Err(Error::Input(findings)) => Ok(Err(TerritoryRow::broken(&of.identity(), &findings))),
        Err(error @ (Error::Io { .. } | Error::Provider { .. })) => {
            Ok(Err(TerritoryRow::broken(&of.identity(), &[unanswered(&error)])))
        }
        Err(other) => Err(other),
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

/// One of the territories of a run.
///
/// ```
/// use maillage::national::Member;
/// use maillage::{Control, read};
///
/// let national = read::national("data/national".as_ref(), None, &Control::none())?;
/// assert_eq!(Member::all(&national).len(), 3);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Member<'n> {
    /// A folder, opened when its turn comes.
    Folder(&'n TerritoryAt),
    /// A structure of a country, made of its communes when its turn comes.
    Structure(&'n Country, &'n StructureOf),
    /// One that was read elsewhere, such as from tables in memory, under an identifier; or what is wrong with it.
    Read(&'n str, Result<&'n read::Opened, &'n [Finding]>),
}

impl<'n> Member<'n> {
    /// All that were found, in their order.
    pub fn all(national: &'n National) -> Vec<Self> {
        match &national.territories {
            Territories::Folders(folders) => folders.iter().map(Member::Folder).collect(),
            Territories::Country(country) => {
                country.structures.iter().map(|of| Member::Structure(country, of)).collect()
            }
        }
    }

    /// Its identifier among the others.
    pub fn id(&self) -> &'n str {
        match self {
            Self::Folder(folder) => &folder.name,
            Self::Structure(_, of) => of.key.as_str(),
            Self::Read(id, _) => id,
        }
    }

    /// A hash of what it is made from; of one that was read elsewhere, of the territory and of the files that were read for it, but not
    /// of travel times that were in memory.
    pub fn digest(&self, drawn: Drawn) -> String {
        match self {
            Self::Folder(folder) => folder.digest(),
            Self::Structure(country, of) => sha256(drawn.told(country, of).as_bytes()),
            Self::Read(_, Ok(opened)) => {
                sha256_of(format_args!("{:?}{:?}", opened.territory.to_draft(), opened.files))
            }
            Self::Read(_, Err(findings)) => sha256_of(format_args!("{findings:?}")),
        }
    }

    /// How many options it has, and how many youths: their product tells how long it takes, roughly. None where it is broken.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn size(&self, drawn: Drawn, control: &Control<'_>) -> Result<Option<(usize, usize)>, Error> {
        let opened = told(self.open(drawn, control), &self.unread())?.ok();
        let territory = opened.as_ref().map(|at| &at.opened.territory);
        Ok(territory.map(|territory| (territory.options().len(), territory.youths().len())))
    }

    /// What is known of it before it is read.
    fn unread(&self) -> Of {
        let of = |id: &str| Of {
            id: id.to_owned(),
            name: id.to_owned(),
            position: None,
            class: None,
            basis: Basis::Own,
        };
        match self {
            Self::Folder(folder) => of(&folder.name),
            Self::Read(id, _) => of(id),
            Self::Structure(country, structure) => {
                let basis = match country.catchment {
                    Catchment::Perimeter => Basis::Perimeter,
                    Catchment::NearestSeat => Basis::NearestSeat,
                };
                let (name, position) = (structure.name.clone(), structure.position);
                Of { name, position, basis, ..of(structure.key.as_str()) }
            }
        }
    }

    /// Opens it, or makes it of its communes.
    ///
    /// # Errors
    /// [`Error::Input`] with every finding, [`Error::Io`], [`Error::Cancelled`].
    pub fn open(&self, drawn: Drawn, control: &Control<'_>) -> Result<OpenedAt, Error> {
        match self {
            Self::Folder(folder) => folder.open(control),
            Self::Structure(country, of) => {
                let (territory, _) = drawn.territory(country, of).map_err(Error::Input)?.check()?;
                let communes = of.communes.iter().filter_map(|&at| country.communes.get(at));
                let density = communes.filter_map(|c| Some((c.place.key.clone(), c.density?))).collect();
                Ok(OpenedAt { opened: read::Opened::of(territory), density })
            }
            Self::Read(_, Ok(opened)) => Ok(OpenedAt { opened: (*opened).clone(), density: BTreeMap::new() }),
            Self::Read(_, Err(findings)) => Err(Error::Input(findings.to_vec())),
        }
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
