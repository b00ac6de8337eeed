//! Changes of a territory by keywords, as edits of the library.

use crate::error::{no_plan, unknown_name};
use crate::language::Language;
use crate::territory::Base;
use maillage::groups::Limits;
use maillage::questions::{fewer_half_days_by, try_scenario};
use maillage::read::ScenarioFile;
use maillage::study::Study;
use maillage::territory::{Draft, Edit, GroupSize, Names, Programme, Scenario, Site, SiteStatus, Territory};
use maillage::units::{Key, Seconds};
use maillage::{Control, Error, report};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is asked to be changed.
pub(crate) struct Change {
    pub(crate) limit_min: Option<u32>,
    pub(crate) limits_min: BTreeMap<String, u32>,
    pub(crate) sizes: BTreeMap<String, (u32, u32, u32)>,
    pub(crate) open_sites: Vec<String>,
    pub(crate) close_sites: Vec<String>,
    pub(crate) remove_youths: Vec<String>,
}

impl Change {
    pub(crate) fn edits(self, py: Python<'_>, territory: &Territory, lang: Language) -> PyResult<Vec<Edit>> {
        let mut now = Now { py, territory, lang, draft: territory.to_draft() };
        if let Some(minutes) = self.limit_min {
            now.draft.rules.limit = Seconds::from_minutes(minutes);
        }
        for (programme, minutes) in &self.limits_min {
            now.programme(programme)?.limit = Some(Seconds::from_minutes(*minutes));
        }
        for (programme, (min, target, max)) in &self.sizes {
            let size = GroupSize::new(*min, *target, *max);
            now.programme(programme)?.size = size.ok_or_else(|| {
                let most = GroupSize::LARGEST;
                PyValueError::new_err(format!(
                    "1 <= minimum <= target <= maximum <= {most} in sizes[{programme:?}]"
                ))
            })?;
        }
        for site in &self.open_sites {
            now.site(site)?.status = SiteStatus::Existing;
        }
        for site in &self.close_sites {
            now.site(site)?.open.clear();
        }
        let removed =
            self.remove_youths.iter().map(|youth| now.youth(youth)).collect::<PyResult<Vec<_>>>()?;
        Ok(now.edits(self).into_iter().chain(removed.into_iter().map(Edit::RemoveYouth)).collect())
    }
}

/// The territory as it is being changed.
struct Now<'t, 'py> {
    py: Python<'py>,
    territory: &'t Territory,
    lang: Language,
    draft: Draft,
}

impl Now<'_, '_> {
    fn programme(&mut self, name: &str) -> PyResult<&mut Programme<Names>> {
        let Self { py, territory, lang, draft } = self;
        let found = draft.programmes.iter_mut().find(|written| written.value.key.as_str() == name);
        found
            .map(|written| &mut written.value)
            .ok_or_else(|| unknown_name(*py, &report::no_such_programme(territory, name, lang.0)))
    }

    fn site(&mut self, name: &str) -> PyResult<&mut Site<Names>> {
        let Self { py, lang, draft, .. } = self;
        let found = draft.sites.iter_mut().find(|written| written.value.key.as_str() == name);
        let unknown = || {
            let (fr, en) = (format!("il n'y a pas de site « {name} »"), format!("there is no site '{name}'"));
            unknown_name(*py, &lang.pick(fr, en))
        };
        found.map(|written| &mut written.value).ok_or_else(unknown)
    }

    fn youth(&self, name: &str) -> PyResult<Key> {
        let youths = self.territory.youths();
        let found = youths.find_str(name).and_then(|id| Key::new(youths.key_of(id)));
        found.ok_or_else(|| {
            let (fr, en) =
                (format!("il n'y a pas de jeune « {name} »"), format!("there is no youth '{name}'"));
            unknown_name(self.py, &self.lang.pick(fr, en))
        })
    }

    /// What differs from before.
    fn edits(self, change: Change) -> Vec<Edit> {
        let mut edits = Vec::new();
        if change.limit_min.is_some() {
            edits.push(Edit::SetRules(self.draft.rules));
        }
        let programmes = self.draft.programmes.into_iter().map(|written| written.value);
        let named = |key: &str| change.limits_min.contains_key(key) || change.sizes.contains_key(key);
        edits.extend(programmes.filter(|one| named(one.key.as_str())).map(Edit::PutProgramme));
        let sites = self.draft.sites.into_iter().map(|written| written.value);
        let named = |key: &str| change.open_sites.iter().chain(&change.close_sites).any(|site| site == key);
        edits.extend(sites.filter(|one| named(one.key.as_str())).map(Edit::PutSite));
        edits
    }
}

/// What is changed after that: it depends on what is possible then.
pub(crate) struct Further {
    scenario: Option<Chosen>,
    cut_percent: Option<u8>,
}

/// A scenario as it was named.
enum Chosen {
    Own(Scenario),
    File(PathBuf),
}

/// Why there is no study after that.
pub(crate) enum Refused {
    NotFound,
    HalfDaysUntold,
}

impl Further {
    pub(crate) fn of(
        py: Python<'_>,
        base: &Base,
        scenario: Option<PathBuf>,
        cut_percent: Option<i64>,
    ) -> PyResult<Self> {
        let scenario = scenario.map(|named| Chosen::of(py, base, named)).transpose()?;
        Ok(Self { scenario, cut_percent: cut_percent.map(percent).transpose()? })
    }

    /// The study after it.
    pub(crate) fn made(
        self,
        mut study: Study,
        control: &Control<'_>,
    ) -> Result<Result<Study, Refused>, Error> {
        if let Some(chosen) = self.scenario {
            let scenario = chosen.scenario(study.territory(), control)?;
            let tried = try_scenario(&study, &scenario, &Limits::default(), control)?;
            let Some(tried) = tried else { return Ok(Err(Refused::NotFound)) };
            study = tried.study;
        }
        match self.cut_percent {
            Some(percent) => Ok(fewer_half_days_by(&study, percent, control)?.ok_or(Refused::HalfDaysUntold)),
            None => Ok(Ok(study)),
        }
    }
}

impl Chosen {
    fn of(py: Python<'_>, base: &Base, named: PathBuf) -> PyResult<Self> {
        let name = named.to_string_lossy();
        if let Some(own) = base.opened.scenario(&name) {
            return Ok(Self::Own(own.clone()));
        }
        if named.extension() == Some("toml".as_ref()) {
            return Ok(Self::File(named));
        }
        Err(unknown_name(py, &report::no_such_scenario(&base.opened.scenarios, None, &name, base.lang.0)))
    }

    /// What it says of a territory.
    fn scenario(self, territory: &Territory, control: &Control<'_>) -> Result<Scenario, Error> {
        match self {
            Self::Own(scenario) => Ok(scenario),
            Self::File(path) => ScenarioFile::open(&path, control)?.of(territory),
        }
    }
}

impl Refused {
    pub(crate) fn raised(&self, py: Python<'_>, lang: Language) -> PyErr {
        match self {
            Self::NotFound => no_plan(py, "not_found", report::not_found(lang.0)),
            Self::HalfDaysUntold => PyValueError::new_err(lang.pick(
                "rien à couper : ni les conseillers ni territory.toml ne disent combien il y a de demi-journées par semaine",
                "nothing to cut: neither advisers nor territory.toml tell how many half-days a week there are",
            )),
        }
    }
}

/// As for the command.
fn percent(percent: i64) -> PyResult<u8> {
    let percent = u8::try_from(percent).ok().filter(|percent| (1..=100).contains(percent));
    percent.ok_or_else(|| PyValueError::new_err("cut_percent is a percentage from 1 to 100"))
}
