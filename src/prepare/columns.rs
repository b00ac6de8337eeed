//! What each column of an export is: from its name, from what stands in it, or as told.

use super::cells;
use super::homes::{LAT, LON, Resolver};
use super::{Homes, Request, programmes};
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::read::understood::{decimal, whole};
use crate::read::{Export, clipped, fold, headers, near, words};
use std::collections::{BTreeMap, BTreeSet};

/// Something of a youth that a column may tell.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// let birth = columns.iter().find(|column| column.name == "Date de naissance").expect("a column");
/// assert_eq!(birth.role, Role::Read(Field::Birth));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The commune of the home: its code or its name.
    Commune,
    /// The postcode of the home.
    Postcode,
    /// The longitude of the home.
    Lon,
    /// The latitude of the home.
    Lat,
    /// The date or the month of birth.
    Birth,
    /// The age.
    Age,
    /// The sex.
    Sex,
    /// A recognised disability.
    Disability,
    /// Licences.
    Licences,
    /// How the youth travels.
    Vehicles,
    /// When the youth can come.
    Available,
    /// Exceptions.
    Absences,
    /// Programmes.
    Programmes,
    /// The priority.
    Priority,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 14] = [
        Self::Commune,
        Self::Postcode,
        Self::Lon,
        Self::Lat,
        Self::Birth,
        Self::Age,
        Self::Sex,
        Self::Disability,
        Self::Licences,
        Self::Vehicles,
        Self::Available,
        Self::Absences,
        Self::Programmes,
        Self::Priority,
    ];

    /// The word in a correction: the name of the column of `youths.csv`, where there is one.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "place",
            Self::Postcode => "postcode",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Birth => "birth",
            Self::Age => "age",
            Self::Sex => "sex",
            Self::Disability => "disability",
            Self::Licences => "licences",
            Self::Vehicles => "vehicles",
            Self::Available => "available",
            Self::Absences => "absences",
            Self::Programmes => "programmes",
            Self::Priority => "priority",
        }
    }

    /// Other words for it, besides those of the reader.
    const fn others(self) -> &'static [&'static str] {
        match self {
            Self::Commune => {
                &["nom de la commune", "nom commune", "libellé commune", "localité", "résidence"]
            }
            Self::Postcode => &["code postal", "cp", "cp résidence"],
            Self::Lon => &["longitude", "x"],
            Self::Lat => &["latitude", "y"],
            Self::Birth => &["né(e) le", "ddn", "date naiss"],
            Self::Age => &["âge"],
            Self::Disability => &["th", "reconnaissance handicap"],
            Self::Vehicles => &["mobilité", "mode de transport", "moyen de transport", "moyens de transport"],
            Self::Programmes => &["dispositif en cours", "accompagnement en cours"],
            _ => &[],
        }
    }

    /// Parts of words that a longer name may have.
    const fn hints(self) -> &'static [&'static str] {
        match self {
            Self::Commune => &["commune", "ville", "insee", "localite", "residence", "domicile"],
            Self::Postcode => &["postal", "cp"],
            Self::Lon => &["longitude", "lon"],
            Self::Lat => &["latitude", "lat"],
            Self::Birth => &["naissance", "naiss", "ddn"],
            Self::Age => &["age", "ages"],
            Self::Sex => &["sexe", "genre", "civilite"],
            Self::Disability => &["rqth", "handicap", "boeth", "mdph"],
            Self::Licences => &["permis"],
            Self::Vehicles => {
                &["vehicule", "vehicules", "locomotion", "mobilite", "transport", "deplacement"]
            }
            Self::Available => &["disponibilite", "disponibilites", "disponible"],
            Self::Absences => &["absences", "indisponibilites"],
            Self::Programmes => {
                &["dispositif", "dispositifs", "programme", "programmes", "parcours", "accompagnement"]
            }
            Self::Priority => &["priorite"],
        }
    }

    /// What can be understood of it, for a remedy.
    pub(super) fn expected(self) -> Text {
        Text::say(|words| match self {
            Self::Commune => words.name_or_code_of_a_commune(),
            Self::Postcode => words.a_postcode(),
            Self::Lon | Self::Lat => words.degrees(),
            Self::Birth => words.birth_or_month(),
            Self::Age => words.years_of_age(),
            Self::Sex => words.f_or_m(),
            Self::Disability => words.yes_or_no(),
            Self::Licences => words.licences_or_none(),
            Self::Vehicles => words.ways_to_travel(),
            Self::Available => words.hours_or_nothing(),
            Self::Absences => words.absences_of_an_export(),
            Self::Programmes => words.programmes_of_an_export(),
            Self::Priority => words.whole_from_1_to_1000(),
        })
    }

    /// The field that a word means.
    fn meant(word: &str) -> Option<Self> {
        let word = fold(word);
        Self::ALL.into_iter().find(|field| field.names().any(|name| fold(name) == word))
    }

    /// Every name of it: its own, the reader's others, ours.
    fn names(self) -> impl Iterator<Item = &'static str> {
        let reader = headers::of("youths").iter().find(|(name, _)| *name == self.as_str());
        let reader = reader.map_or(&[][..], |(_, others)| others);
        std::iter::once(self.as_str()).chain(reader.iter().copied()).chain(self.others().iter().copied())
    }
}

/// What a column is taken for.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// let name = columns.iter().find(|column| column.name == "Nom d'usage").expect("a column");
/// assert_eq!(name.role, Role::Identifying);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It tells this of a youth.
    Read(Field),
    /// It says who the person is: left out, whatever is asked.
    Identifying,
    /// Nothing needs it.
    Left,
}

/// A column of the export and what it is taken for.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// // Nothing of a column that says who somebody is is shown.
/// assert!(columns.iter().all(|column| column.role != Role::Identifying || column.example.is_none()));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What it is taken for.
    pub role: Role,
    /// The first value of it that is understood, as it will be kept, of a column that is read.
    pub example: Option<String>,
}

/// What somebody says that a column is.
///
/// ```
/// use maillage::prepare::Correction;
///
/// let corrections = Correction::parse(&["Ville=place", "Remarque=ignore"])?;
/// assert_eq!(corrections.len(), 2);
/// assert!(Correction::parse(&["Ville=no such word"]).is_err());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    header: String,
    /// `None`: nothing of it is read.
    field: Option<Field>,
}

impl Correction {
    /// Reads `Commune de résidence=place` or `Remarque=ignore`: the name of the column as it
    /// stands in the file, and what it is.
    ///
    /// # Errors
    /// [`Error::Input`] with a finding, which lists the words there are, for each that is not read.
    pub fn parse(texts: &[impl AsRef<str>]) -> Result<Vec<Self>, Error> {
        let mut findings = Vec::new();
        let mut all = Vec::with_capacity(texts.len());
        for text in texts.iter().map(AsRef::as_ref) {
            let (header, word) = text.rsplit_once('=').unwrap_or((text, ""));
            let left = ["ignore", "ignorer", "rien"].contains(&fold(word).as_str());
            let field = Field::meant(word);
            match field {
                None if !left => findings.push(no_such_word(text, word)),
                field => all.push(Self { header: header.trim().to_owned(), field }),
            }
        }
        if findings.is_empty() { Ok(all) } else { Err(Error::Input(findings)) }
    }
}

/// What each column of the export is. A correction comes first, then names, then contents.
///
/// # Errors
/// [`Error::Input`] with every correction that can't be followed.
pub fn columns(
    export: &Export,
    corrections: &[Correction],
    request: &Request<'_>,
) -> Result<Vec<Column>, Error> {
    let resolver = Resolver::new(request.atlas, request.epci);
    let guess = Guess { export, request, resolver: &resolver };
    let mut roles: Vec<Option<Role>> = vec![None; export.columns.len()];
    guess.follow(corrections, &mut roles)?;
    guess.leave_identifying(&mut roles);
    guess.assign(&mut roles);
    let columns = export.columns.iter().enumerate().zip(roles);
    Ok(columns
        .map(|((at, column), role)| {
            let role = role.unwrap_or(Role::Left);
            let example = match role {
                Role::Read(field) => guess.example(at, field),
                Role::Identifying | Role::Left => None,
            };
            Column { name: column.name.clone(), role, example }
        })
        .collect())
}

/// Refuses columns of which none says where youths live, or how old they are.
pub(super) fn needed(export: &Export, columns: &[Column], homes: Homes) -> Result<(), Error> {
    let has = |fields: &[Field]| {
        columns.iter().any(|c| matches!(c.role, Role::Read(field) if fields.contains(&field)))
    };
    let mut findings = Vec::new();
    // A point is a square or nothing: it does not tell which commune it is in.
    let points = homes == Homes::Grid500 && has(&[Field::Lon]) && has(&[Field::Lat]);
    if !points && !has(&[Field::Commune, Field::Postcode]) {
        findings.push(no_column(export, Text::say(|words| words.no_column_of_homes()), "place"));
    }
    if !has(&[Field::Birth, Field::Age]) {
        findings.push(no_column(export, Text::say(|words| words.no_column_of_ages()), "birth"));
    }
    if findings.is_empty() { Ok(()) } else { Err(Error::Input(findings)) }
}

/// Rows that contents are judged by.
const ROWS: usize = 500;

struct Guess<'a> {
    export: &'a Export,
    request: &'a Request<'a>,
    resolver: &'a Resolver<'a>,
}

impl Guess<'_> {
    fn follow(&self, corrections: &[Correction], roles: &mut [Option<Role>]) -> Result<(), Error> {
        let mut findings = Vec::new();
        let mut told: BTreeSet<Field> = BTreeSet::new();
        for correction in corrections {
            let name = fold(&correction.header);
            let Some(at) = self.export.columns.iter().position(|column| fold(&column.name) == name) else {
                findings.push(no_such_column(self.export, &correction.header));
                continue;
            };
            match correction.field {
                None => roles[at] = Some(Role::Left),
                Some(_) if self.export.columns[at].identifying => {
                    findings.push(identifying(&correction.header))
                }
                Some(field) if !told.insert(field) => findings.push(twice(&correction.header, field)),
                Some(field) => roles[at] = Some(Role::Read(field)),
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(Error::Input(findings)) }
    }

    /// Columns that say who somebody is, by their name or by what stands in them.
    fn leave_identifying(&self, roles: &mut [Option<Role>]) {
        for (at, column) in self.export.columns.iter().enumerate() {
            let number = is_number_of_a_file(&column.name);
            let by_contents = || self.share(at, is_identifying_text) >= 0.2;
            if column.identifying || (roles[at].is_none() && (number || by_contents())) {
                roles[at] = Some(Role::Identifying);
            }
        }
    }

    /// The best fields for the best columns, each once.
    fn assign(&self, roles: &mut [Option<Role>]) {
        let taken: BTreeSet<Field> = roles
            .iter()
            .filter_map(|role| match role {
                Some(Role::Read(field)) => Some(*field),
                _ => None,
            })
            .collect();
        let mut scores: Vec<(u32, usize, Field)> = Vec::new();
        for at in (0..roles.len()).filter(|at| roles[*at].is_none()) {
            let fields = Field::ALL.into_iter().filter(|field| !taken.contains(field));
            scores.extend(fields.filter_map(|field| Some((self.score(at, field)?, at, field))));
        }
        // The highest first; of equals, the column that comes first.
        scores.sort_by_key(|&(score, at, field)| (std::cmp::Reverse(score), at, field));
        let mut given: BTreeSet<Field> = BTreeSet::new();
        for (_, at, field) in scores {
            if roles[at].is_none() && given.insert(field) {
                roles[at] = Some(Role::Read(field));
            }
        }
    }

    /// How well a column fits a field; `None` when it does not.
    fn score(&self, at: usize, field: Field) -> Option<u32> {
        let name = &self.export.columns.get(at)?.name;
        let folded = fold(name);
        let by_name = if field.names().any(|other| fold(other) == folded) {
            2
        } else {
            let has: Vec<String> = words(name).collect();
            u32::from(field.hints().iter().any(|hint| has.iter().any(|word| word == hint)))
        };
        if by_name < 2 && is_of_something_else(name, field) {
            return None;
        }
        let share = self.share(at, |text| self.understands(field, text));
        let least = match (by_name, field) {
            (0, Field::Commune | Field::Birth | Field::Postcode | Field::Vehicles) => 0.8,
            // Too little stands in such a cell to tell what it is about.
            (0, _) => return None,
            // What somebody wrote of hours or programmes is rarely understood as it is.
            (_, Field::Available | Field::Absences | Field::Programmes) => 0.0,
            (_, Field::Disability | Field::Licences | Field::Vehicles) => 0.3,
            (_, _) => 0.5,
        };
        if share < least || !self.has_any(at) {
            return None;
        }
        let codes = field == Field::Commune && self.share(at, |text| self.resolver.is_code(text)) > 0.5;
        // Whole hundredths: below 1,000.
        Some(by_name * 1_000 + u32::from(codes) * 200 + (share * 100.0) as u32)
    }

    fn understands(&self, field: Field, text: &str) -> bool {
        use super::homes::Found;
        let within = |range: std::ops::RangeInclusive<f64>| decimal(text).is_some_and(|n| range.contains(&n));
        match field {
            // Postcodes alone are no names.
            Field::Commune if self.resolver.is_postcode(text) => self.resolver.is_code(text),
            Field::Commune => !matches!(self.resolver.commune(text, ""), Found::Nothing),
            Field::Postcode => self.resolver.is_postcode(text),
            Field::Lon => within(LON),
            Field::Lat => within(LAT),
            Field::Birth => cells::birth(text, self.request.start).is_some(),
            Field::Age => cells::age(text).is_some(),
            Field::Sex => cells::sex(text).is_some(),
            Field::Disability => cells::disability(text).is_some(),
            Field::Licences => cells::licences(text).is_some(),
            Field::Vehicles => cells::travels(text).is_some(),
            Field::Available => cells::available(text).is_some(),
            Field::Absences => cells::absences(text).is_some(),
            Field::Programmes => programmes::meant(text).is_some(),
            Field::Priority => whole(text).is_some_and(|n| (1..=1000).contains(&n)),
        }
    }

    fn values(&self, at: usize) -> impl Iterator<Item = &str> {
        let cells = self.export.rows.iter().filter_map(move |row| row.cells.get(at));
        cells.map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    fn has_any(&self, at: usize) -> bool {
        self.values(at).next().is_some()
    }

    /// The share of a column's values that are so, of the first rows.
    fn share(&self, at: usize, is: impl Fn(&str) -> bool) -> f64 {
        let mut told: BTreeMap<&str, bool> = BTreeMap::new();
        let (mut all, mut some) = (0_u32, 0_u32);
        for text in self.values(at).take(ROWS) {
            all += 1;
            some += u32::from(*told.entry(text).or_insert_with(|| is(text)));
        }
        f64::from(some) / f64::from(all.max(1))
    }

    /// A value to recognise the column by, as it will be kept: a month of birth, and no point.
    fn example(&self, at: usize, field: Field) -> Option<String> {
        let text = self.values(at).find(|text| self.understands(field, text))?;
        match field {
            Field::Lon | Field::Lat => None,
            Field::Birth => Some(cells::birth(text, self.request.start)?.strftime("%Y-%m").to_string()),
            _ => Some(clipped(text)),
        }
    }
}

/// Whether a column's name says that it is about something else than the youth's home, birth…
fn is_of_something_else(name: &str, field: Field) -> bool {
    const OTHER_PLACES: [&str; 14] = [
        "naissance",
        "naiss",
        "employeur",
        "entreprise",
        "agence",
        "antenne",
        "site",
        "formation",
        "etablissement",
        "travail",
        "stage",
        "structure",
        "permanence",
        "conseiller",
    ];
    const NO_BIRTH: [&str; 8] = ["lieu", "ville", "commune", "pays", "departement", "nom", "code", "insee"];
    let has = |list: &[&str]| words(name).any(|word| list.contains(&word.as_str()));
    match field {
        Field::Commune | Field::Postcode | Field::Lon | Field::Lat => has(&OTHER_PLACES),
        Field::Birth => {
            has(&NO_BIRTH) || has(&["enfant", "enfants", "inscription", "entree", "sortie", "rdv"])
        }
        Field::Age => has(&["enfant", "enfants", "tranche"]),
        Field::Licences => has(&["travail", "sejour"]),
        _ => false,
    }
}

/// Whether a column is the number of somebody's file, which says who it is to who has the software.
fn is_number_of_a_file(name: &str) -> bool {
    const NUMBERS: [&str; 8] = ["id", "ids", "identifiant", "numero", "dossier", "matricule", "ine", "ref"];
    let has: Vec<String> = words(name).collect();
    has.iter().any(|word| NUMBERS.contains(&word.as_str())) || fold(name) == "codejeune" || has == ["n"]
}

/// Addresses of mail, numbers of telephones and of social security.
fn is_identifying_text(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')' | '\u{a0}'));
    let phone = plain && ((digits == 10 && text.starts_with('0')) || (text.starts_with('+') && digits >= 10));
    let compact: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let nir =
        matches!(compact.len(), 13 | 15) && compact.starts_with(['1', '2']) && digits + 1 >= compact.len();
    text.contains('@') || phone || nir
}

fn no_column(export: &Export, what: Text, word: &str) -> Finding {
    let remedy = Text::say(|words| words.add_a_column(word));
    Finding::new(Code::NoSuchColumn, export.file.at(1), what, remedy)
}

fn bad(what: Text, remedy: Text) -> Finding {
    Finding::new(Code::BadCorrection, Source::memory(), what, remedy)
}

fn no_such_word(text: &str, word: &str) -> Finding {
    let (text, word) = (clipped(text), clipped(word));
    let all: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
    let all = all.join(", ");
    bad(
        Text::say(|words| words.nothing_that_is_read(&text, &word)),
        Text::say(|words| words.write_name_and_word(&all)),
    )
}

fn no_such_column(export: &Export, header: &str) -> Finding {
    let folded = fold(header);
    let nearly = export.columns.iter().filter(|column| near(&fold(&column.name), &folded, 3));
    let nearly: Vec<String> = nearly.map(|column| clipped(&column.name)).collect();
    let all: Vec<String> = export.columns.iter().take(40).map(|column| clipped(&column.name)).collect();
    let list = if nearly.is_empty() { all } else { nearly };
    let header = clipped(header);
    bad(
        Text::say(|words| words.no_column_of_that_name(&header)),
        Text::say(|words| words.write_name_as_in_file(&list)),
    )
}

fn identifying(header: &str) -> Finding {
    let header = clipped(header);
    bad(Text::say(|words| words.says_who_it_is(&header)), Text::say(|words| words.another_name_if_not()))
}

fn twice(header: &str, field: Field) -> Finding {
    let (header, word) = (clipped(header), field.as_str());
    bad(
        Text::say(|words| words.another_column_already(&header, word)),
        Text::say(|words| words.keep_one_column()),
    )
}
