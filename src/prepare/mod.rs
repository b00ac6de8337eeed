//! From an export to a territory: what each column is, what its cells say, who lives
//! where, and under which identifier. It decides; [`crate::report`] writes.
//!
//! Nothing that says who somebody is comes out of here: columns that do were never read,
//! texts are kept only where they are understood, homes are communes or squares of 500 m,
//! births are months, and identifiers are random.

mod cells;
mod columns;
mod homes;
mod ids;
mod national;
mod notes;
mod people;
mod programmes;

pub use cells::Words;
pub use columns::{Column, Correction, Field, Role, columns};
pub use ids::Entropy;
pub(crate) use national::own_seed;
pub use national::{Drawn, HALF_DAYS, MOST_SITES};
pub use people::Person;

use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::read::{Atlas, Epci, Export};
use crate::territory::{Names, Place, Programme};
use crate::units::{InseeCode, Key};
use homes::{Found, Resolver};
use jiff::civil::Date;
use notes::Notes;
use std::collections::{BTreeMap, BTreeSet};

/// How exactly homes are kept.
///
/// ```
/// use maillage::prepare::Homes;
///
/// assert_eq!(Homes::default(), Homes::Commune);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Homes {
    /// The commune.
    #[default]
    Commune,
    /// The middle of a square of 500 m, where the export has coordinates.
    Grid500,
}

/// What is asked besides the export.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{prepare::{self, *}, read::Atlas};
/// # let atlas = Atlas::france();
/// let epci = atlas.epci("Chinon, Vienne et Loire")?;
/// let request = Request { atlas: &atlas, epci: Some(epci), sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// assert_eq!(prepare::drawn(&request)?.start, date(2026, 9, 7));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The communes that are known.
    pub atlas: &'a Atlas,
    /// The intercommunality that it is about.
    pub epci: Option<&'a Epci>,
    /// Communes with a site, by name or code; the main commune when empty.
    pub sites: &'a [String],
    /// The earliest first day of programmes; ages are those on it.
    pub start: Date,
    /// How exactly homes are kept.
    pub homes: Homes,
}

/// A site of the territory to come.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// # let mut next = 1_u64;
/// # let mut draw = || { next ^= next << 13; next ^= next >> 7; next ^= next << 17; (next >> 24) as u8 };
/// # let mut entropy = |bytes: &mut [u8]| { bytes.fill_with(&mut draw); Ok(()) };
/// # let prepared = prepare::from_export(&export, &columns, &request, &mut entropy)?;
/// assert!(!prepared.sites.is_empty());
/// assert!(prepared.sites.iter().all(|site| atlas.commune(site.commune).is_some()));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedSite {
    /// Its identifier.
    pub key: Key,
    /// Its name: that of the commune.
    pub name: String,
    /// Where it is.
    pub commune: InseeCode,
}

/// Who the territory is for.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{prepare::{self, *}, read::Atlas};
/// # let atlas = Atlas::france();
/// let epci = atlas.epci("Chinon, Vienne et Loire")?;
/// let request = Request { atlas: &atlas, epci: Some(epci), sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// assert_eq!(prepare::drawn(&request)?.youths, Youths::Drawn);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Youths {
    /// Those of an export.
    Listed(Vec<Person>),
    /// To be drawn from inhabitants whenever the folder is read: nobody real.
    Drawn,
}

/// The row of the export that an identifier stands for. To be kept apart.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// # let mut next = 1_u64;
/// # let mut draw = || { next ^= next << 13; next ^= next >> 7; next ^= next << 17; (next >> 24) as u8 };
/// # let mut entropy = |bytes: &mut [u8]| { bytes.fill_with(&mut draw); Ok(()) };
/// # let prepared = prepare::from_export(&export, &columns, &request, &mut entropy)?;
/// let Youths::Listed(people) = &prepared.youths else { panic!("those of the export") };
/// assert_eq!(prepared.links.len(), people.len());
/// assert!(prepared.links.iter().all(|link| people.iter().any(|one| one.key == link.key)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The identifier.
    pub key: Key,
    /// The line of the export.
    pub line: u32,
}

/// A territory to be written.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// # let mut next = 1_u64;
/// # let mut draw = || { next ^= next << 13; next ^= next >> 7; next ^= next << 17; (next >> 24) as u8 };
/// # let mut entropy = |bytes: &mut [u8]| { bytes.fill_with(&mut draw); Ok(()) };
/// # let prepared = prepare::from_export(&export, &columns, &request, &mut entropy)?;
/// assert!(!prepared.programmes.is_empty() && !prepared.communes.is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Prepared {
    /// Its name.
    pub name: String,
    /// The earliest first day of its programmes; ages without a date are those on it.
    pub start: Date,
    /// Communes where somebody lives or meets, and those of the same intercommunality.
    pub communes: Vec<Place>,
    /// Squares where somebody lives.
    pub squares: Vec<Place>,
    /// Where groups can meet.
    pub sites: Vec<PreparedSite>,
    /// What is on offer: assumptions, to be corrected.
    pub programmes: Vec<Programme<Names>>,
    /// Who could come.
    pub youths: Youths,
    /// Which row each identifier stands for, in the order of the rows.
    pub links: Vec<Link>,
    /// What was supposed, left empty or left out.
    pub notes: Vec<Finding>,
}

/// The territory of an export whose columns are known.
///
/// # Errors
/// [`Error::Input`] when no column says where youths live or how old they are, or a site is
/// not known; whatever `entropy` answers.
pub fn from_export(
    export: &Export,
    columns: &[Column],
    request: &Request<'_>,
    entropy: &mut Entropy<'_>,
) -> Result<Prepared, Error> {
    columns::needed(export, columns, request.homes)?;
    let resolver = Resolver::new(request.atlas, request.epci);
    let mut notes = Notes::new(export.file.clone());
    let read = people::read(export, columns, request, &resolver, &mut notes);
    if read.rows.is_empty() {
        let mut findings = notes.finish();
        findings.push(nobody(export));
        return Err(Error::Input(findings));
    }
    let main = main_commune(&read.rows, request.atlas);
    let around = main.map_or_else(Vec::new, |code| request.atlas.neighbours(code));
    let around = around.into_iter().filter_map(|place| place.commune);
    let around = around.chain(read.rows.iter().filter_map(|row| row.commune)).collect();
    let sites = match sites(request, &resolver, main, &around) {
        // Why nobody is located is part of the answer.
        Err(mut findings) => {
            findings.extend(notes.finish());
            return Err(Error::Input(findings));
        }
        Ok(sites) => sites,
    };
    let squares = read.squares.clone();
    let (people, links) = people::identified(read, entropy)?;
    let lived_in = squares.iter().filter_map(|square| square.commune);
    let homes = people.iter().filter_map(|person| InseeCode::new(person.home.as_ref()?.as_str()));
    let communes = communes(request, homes.chain(lived_in), &sites);
    Ok(Prepared {
        name: name(request, &sites),
        start: request.start,
        communes,
        squares,
        sites,
        programmes: programmes::usual(request.start),
        youths: Youths::Listed(people),
        links,
        notes: notes.finish(),
    })
}

/// The territory of an intercommunality, whose youths are drawn: nobody real.
///
/// # Errors
/// [`Error::Input`] when a site is not known, or no intercommunality is given.
pub fn drawn(request: &Request<'_>) -> Result<Prepared, Error> {
    let resolver = Resolver::new(request.atlas, request.epci);
    let members = request.epci.map(|epci| request.atlas.members(&epci.code));
    let main =
        members.into_iter().flatten().max_by_key(|place| (place.population, std::cmp::Reverse(&place.key)));
    let main = main.and_then(|place| place.commune);
    let sites = sites(request, &resolver, main, &BTreeSet::new()).map_err(Error::Input)?;
    Ok(Prepared {
        name: name(request, &sites),
        start: request.start,
        communes: communes(request, std::iter::empty(), &sites),
        squares: Vec::new(),
        sites,
        programmes: programmes::usual(request.start),
        youths: Youths::Drawn,
        links: Vec::new(),
        notes: Vec::new(),
    })
}

/// Communes of a list that is taken whole.
const SHORT_LIST: usize = 500;

/// The first day of programmes when none is told: the first Monday in three weeks' time.
pub fn usual_start(today: Date) -> Date {
    let later = today.checked_add(jiff::Span::new().days(21)).unwrap_or(today);
    let ahead = (7 - i64::from(later.weekday().to_monday_zero_offset())) % 7;
    later.checked_add(jiff::Span::new().days(ahead)).unwrap_or(later)
}

/// Said by a build without the table of communes that is given none.
pub fn no_communes() -> Finding {
    Finding::new(
        Code::NoCommunes,
        Source::memory(),
        Text::say(|words| words.no_communes()),
        Text::say(|words| words.add_communes()),
    )
}

fn name(request: &Request<'_>, sites: &[PreparedSite]) -> String {
    let of_site = || sites.first().map_or_else(String::new, |site| site.name.clone());
    request.epci.map_or_else(of_site, |epci| epci.name.clone())
}

/// The commune where most youths live; the larger, then the first, of those with as many.
fn main_commune(rows: &[people::Row], atlas: &Atlas) -> Option<InseeCode> {
    let mut counts: BTreeMap<InseeCode, usize> = BTreeMap::new();
    for commune in rows.iter().filter_map(|row| row.commune) {
        *counts.entry(commune).or_default() += 1;
    }
    let inhabitants = |code| atlas.commune(code).and_then(|place| place.population);
    let rank = |(code, many): &(InseeCode, usize)| (*many, inhabitants(*code), std::cmp::Reverse(*code));
    counts.into_iter().max_by_key(rank).map(|(code, _)| code)
}

/// The sites asked for, or one in the main commune. Of communes of one name, the only one
/// that is `around` is meant.
fn sites(
    request: &Request<'_>,
    resolver: &Resolver<'_>,
    main: Option<InseeCode>,
    around: &BTreeSet<InseeCode>,
) -> Result<Vec<PreparedSite>, Vec<Finding>> {
    let mut findings = Vec::new();
    let mut communes: Vec<InseeCode> = Vec::new();
    for asked in request.sites {
        match resolver.commune(asked, "").narrowed(around) {
            Found::One(code, _) => communes.push(code),
            Found::Several(codes) => findings.push(bad_site(asked, &resolver.listed(&codes))),
            Found::Nothing => findings.push(bad_site(asked, &resolver.listed(&resolver.near(asked)))),
        }
    }
    if request.sites.is_empty() {
        communes.extend(main);
    }
    if findings.is_empty() && communes.is_empty() {
        findings.push(no_site());
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut seen = BTreeSet::new();
    communes.retain(|code| seen.insert(*code));
    Ok(communes.iter().filter_map(|code| site(request.atlas, *code, &communes)).collect())
}

fn site(atlas: &Atlas, commune: InseeCode, all: &[InseeCode]) -> Option<PreparedSite> {
    let name = atlas.commune(commune)?.name.clone();
    let words: Vec<String> = crate::read::words(&name).collect();
    // Two sites in communes of one name are told apart by their codes.
    let alike = all.iter().filter(|other| atlas.named(&name).contains(other)).count();
    let key = if alike == 1 { words.join("-") } else { format!("{}-{commune}", words.join("-")) };
    Some(PreparedSite { key: Key::new(&key).or_else(|| Key::new(commune.as_str()))?, name, commune })
}

/// Communes with a home or a site, and those around: of the intercommunality that was asked
/// for, else of that of the first site.
fn communes(
    request: &Request<'_>,
    homes: impl Iterator<Item = InseeCode>,
    sites: &[PreparedSite],
) -> Vec<Place> {
    let around = match (request.epci, sites.first()) {
        (Some(epci), _) => request.atlas.members(&epci.code).collect(),
        // A short list of communes is the territory's own.
        (None, _) if request.atlas.epcis().is_empty() && request.atlas.communes().len() <= SHORT_LIST => {
            request.atlas.communes().iter().collect()
        }
        (None, Some(site)) => request.atlas.neighbours(site.commune),
        (None, None) => Vec::new(),
    };
    let around = around.into_iter().filter_map(|place| place.commune);
    let wanted: BTreeSet<InseeCode> =
        homes.chain(sites.iter().map(|site| site.commune)).chain(around).collect();
    wanted.into_iter().filter_map(|code| request.atlas.commune(code).cloned()).collect()
}

fn bad_site(asked: &str, candidates: &str) -> Finding {
    let asked = crate::read::clipped(asked);
    let remedy = match candidates {
        "" => Text::say(|words| words.give_a_known_commune()),
        list => Text::say(|words| words.give_code_of_commune(list)),
    };
    Finding::new(
        Code::UnknownSite,
        Source::memory(),
        Text::say(|words| words.not_one_commune(&asked)),
        remedy,
    )
}

fn no_site() -> Finding {
    Finding::new(
        Code::UnknownSite,
        Source::memory(),
        Text::say(|words| words.no_commune_for_a_site()),
        Text::say(|words| words.add_a_site()),
    )
}

fn nobody(export: &Export) -> Finding {
    Finding::new(
        Code::NoSuchColumn,
        export.file.clone(),
        Text::say(|words| words.nobody_of_any_age()),
        Text::say(|words| words.check_column_of_ages()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programmes_begin_on_a_monday_in_three_weeks() {
        for (today, start) in
            [("2026-11-28", "2026-12-21"), ("2026-11-30", "2026-12-21"), ("2026-12-01", "2026-12-28")]
        {
            let date = |text: &str| text.parse::<Date>().expect("a date");
            assert_eq!(usual_start(date(today)), date(start), "{today}");
        }
        assert_eq!(usual_start(Date::MAX).year(), 9999, "the end of time is no panic");
    }

    #[test]
    fn a_build_without_communes_says_so() {
        let finding = no_communes();
        assert_eq!(finding.code, Code::NoCommunes);
        assert!(finding.remedy.fr.contains("--communes") && finding.remedy.en.contains("--communes"));
    }
}
