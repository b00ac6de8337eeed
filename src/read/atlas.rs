//! Communes by code, by name and by postcode, with their intercommunalities: what turns
//! the words of an export into places.

use super::Limits;
use super::files::{Folder, Named, Said, alone};
use super::fold::{fold_name, near, words};
use super::report::Report;
use super::table::Mapping;
use super::{places, reference, sorted};
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Draft, Place};
use crate::units::InseeCode;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Communes and how they are found.
///
/// ```
/// use maillage::read::Atlas;
/// use maillage::units::InseeCode;
///
/// let chinon = InseeCode::new("37072").expect("a code");
/// assert_eq!(Atlas::france().commune(chinon).map(|place| place.name.as_str()), Some("Chinon"));
/// ```
#[derive(Clone, Debug)]
pub struct Atlas {
    /// In the order of their codes.
    communes: Vec<Place>,
    epcis: Vec<Epci>,
    /// The code of each commune's intercommunality.
    members: BTreeMap<InseeCode, String>,
    /// By folded name.
    names: BTreeMap<String, Vec<InseeCode>>,
}

/// An intercommunality.
///
/// ```
/// use maillage::read::Atlas;
///
/// let atlas = Atlas::france();
/// let epci = atlas.epci("Chinon, Vienne et Loire")?;
/// assert!(atlas.members(&epci.code).any(|place| place.name == "Chinon"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epci {
    /// Its code (SIREN).
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Names listed when one is not known.
const LISTED: usize = 8;

impl Atlas {
    pub(super) fn new(
        mut communes: Vec<Place>,
        epcis: Vec<Epci>,
        members: BTreeMap<InseeCode, String>,
    ) -> Self {
        communes.sort_by(|a, b| a.key.cmp(&b.key));
        communes.dedup_by(|a, b| a.key == b.key);
        let mut names: BTreeMap<String, Vec<InseeCode>> = BTreeMap::new();
        for place in &communes {
            if let Some(code) = place.commune {
                names.entry(fold_name(&place.name)).or_default().push(code);
            }
        }
        Self { communes, epcis, members, names }
    }

    /// Metropolitan France, from the embedded table.
    #[cfg(feature = "communes")]
    pub fn france() -> Self {
        super::france::atlas()
    }

    /// The communes of a file in the form of `communes.csv`; with what was forgiven.
    ///
    /// # Errors
    /// [`Error::Io`] when there is no such file, [`Error::Input`] with every finding when one is
    /// an error, [`Error::Cancelled`] when `control` says so.
    pub fn file(path: &Path, control: &Control<'_>) -> Result<(Self, Vec<Finding>), Error> {
        let (dir, name) = alone(path)?;
        let mut report = Report::new(Limits::default().findings);
        let mut draft = Draft::default();
        if let Some(mut folder) = Folder::open(&dir, Limits::default(), control, &mut report) {
            let file = Some(Named::File(name));
            folder.set_said(BTreeMap::from([("communes", Said { file, columns: Mapping::default() })]));
            places::communes(&mut folder, &mut draft, &mut report)?;
        }
        let findings = sorted(report.into_findings())?;
        let places = draft.places.into_iter().map(|written| written.value).collect();
        Ok((Self::new(places, Vec::new(), BTreeMap::new()), findings))
    }

    /// The communes, in the order of their codes.
    pub fn communes(&self) -> &[Place] {
        &self.communes
    }

    /// The intercommunalities.
    pub fn epcis(&self) -> &[Epci] {
        &self.epcis
    }

    /// A commune of today.
    pub fn commune(&self, code: InseeCode) -> Option<&Place> {
        let at = self.communes.binary_search_by(|place| place.key.as_str().cmp(code.as_str())).ok()?;
        self.communes.get(at)
    }

    /// The communes of an intercommunality.
    pub fn members(&self, epci: &str) -> impl Iterator<Item = &Place> {
        let of = move |place: &&Place| {
            place.commune.is_some_and(|code| self.members.get(&code).is_some_and(|its| its == epci))
        };
        self.communes.iter().filter(of)
    }

    /// The communes of the same intercommunality as this one, itself among them.
    pub fn neighbours(&self, code: InseeCode) -> Vec<&Place> {
        self.members.get(&code).map_or_else(Vec::new, |epci| self.members(epci).collect())
    }

    /// The communes that are called so.
    pub fn named(&self, name: &str) -> &[InseeCode] {
        self.names.get(&fold_name(name)).map_or(&[], Vec::as_slice)
    }

    /// The commune that a code is of today: itself, the one that it was merged into, or the
    /// city of an arrondissement.
    pub fn today(&self, code: InseeCode) -> Option<InseeCode> {
        let known = |code: InseeCode| self.commune(code).map(|_| code);
        known(code)
            .or_else(|| known(InseeCode::new(reference::commune(code.as_str())?.now?)?))
            .or_else(|| known(city_of(code)?))
    }

    /// The communes of a postcode.
    pub fn of_postcode(&self, postcode: &str) -> BTreeSet<InseeCode> {
        let codes = reference::of_postcode(postcode).filter_map(InseeCode::new);
        codes.filter_map(|code| self.today(code)).collect()
    }

    /// An intercommunality by its code or by a part of its name that no other has.
    ///
    /// # Errors
    /// [`Error::Input`] with the finding that names those that are near.
    pub fn epci(&self, asked: &str) -> Result<&Epci, Error> {
        let asked = asked.trim();
        if let Some(epci) = self.epcis.iter().find(|epci| epci.code == asked) {
            return Ok(epci);
        }
        let wanted: Vec<String> = words(asked).collect();
        let has_all = |epci: &&Epci| {
            let has: Vec<String> = words(&epci.name).collect();
            !wanted.is_empty() && wanted.iter().all(|word| has.contains(word))
        };
        let found: Vec<&Epci> = self.epcis.iter().filter(has_all).collect();
        match found.as_slice() {
            [one] => Ok(one),
            [] => Err(Error::Input(vec![unknown_epci(asked, &self.near_epcis(asked, &wanted))])),
            several => Err(Error::Input(vec![several_epcis(asked, several)])),
        }
    }

    /// Those that have a commune of that name, or nearly a word of theirs.
    fn near_epcis(&self, asked: &str, wanted: &[String]) -> Vec<&Epci> {
        let homes: BTreeSet<&String> =
            self.named(asked).iter().filter_map(|code| self.members.get(code)).collect();
        let nearly = |epci: &Epci| {
            let has: Vec<String> = words(&epci.name).collect();
            let long = wanted.iter().filter(|word| word.len() > 4);
            long.into_iter().any(|word| has.iter().any(|other| other.len() > 4 && near(word, other, 2)))
        };
        let codes_near = |epci: &Epci| asked.len() == epci.code.len() && near(asked, &epci.code, 1);
        let (of_commune, others): (Vec<&Epci>, Vec<&Epci>) =
            self.epcis.iter().partition(|epci| homes.contains(&epci.code));
        let others = others.into_iter().filter(|epci| nearly(epci) || codes_near(epci));
        of_commune.into_iter().chain(others).take(LISTED).collect()
    }
}

/// The city of an arrondissement of Paris, Lyon or Marseille.
fn city_of(code: InseeCode) -> Option<InseeCode> {
    let number: u32 = code.as_str().parse().ok()?;
    InseeCode::new(match number {
        75_101..=75_120 => "75056",
        69_381..=69_389 => "69123",
        13_201..=13_216 => "13055",
        _ => return None,
    })
}

fn listed(epcis: &[&Epci]) -> String {
    let some = epcis.iter().take(LISTED).map(|epci| format!("{} ({})", epci.code, epci.name));
    some.collect::<Vec<_>>().join(" ; ")
}

fn unknown_epci(asked: &str, near: &[&Epci]) -> Finding {
    let asked = super::clipped(asked);
    let remedy = match near {
        [] => Text::say(|words| words.give_code_or_name_of_epci()),
        near => Text::say(|words| words.perhaps(&listed(near))),
    };
    Finding::new(Code::UnknownEpci, Source::memory(), Text::say(|words| words.unknown_epci(&asked)), remedy)
}

fn several_epcis(asked: &str, several: &[&Epci]) -> Finding {
    let asked = super::clipped(asked);
    let more = if several.len() > LISTED { " ; …" } else { "" };
    let list = listed(several) + more;
    Finding::new(
        Code::UnknownEpci,
        Source::memory(),
        Text::say(|words| words.several_epcis(&asked, several.len())),
        Text::say(|words| words.give_code_of_epci(&list)),
    )
}
