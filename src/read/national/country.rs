//! `structures.csv` and `communes.csv`: every structure with its seat, every commune with its inhabitants, and which
//! communes are whose.

use super::super::files::{Folder, Found, Named, Said, alone, missing_file};
use super::super::gazetteer::Gazetteer;
use super::super::places::{named, with_density};
use super::super::report::Report;
use super::super::table::{Column, Form, Mapping, Row, Table, optional, required};
use super::super::{FileRead, Limits, Unread, programmes};
use super::{National, Territories, name_of};
use crate::control::Control;
use crate::error::Error;
use crate::finding::{self, Code, Finding, Level, Source, Text};
use crate::territory::{Density, Draft, Names, Place, Programme, Written};
use crate::units::{InseeCode, Key, Position};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The file that makes a folder a country's.
pub(super) const STRUCTURES: &str = "structures.csv";

const FORM: Form =
    Form { name: "structures", columns: COLUMNS, ignored: &["official_name", "dep", "located_by", "source"] };
const COLUMNS: &[Column] = &[
    required("id"),
    optional("name"),
    required("insee_code"),
    optional("lon"),
    optional("lat"),
    optional("youths"),
];
const ID: usize = 0;
const NAME: usize = 1;
const CODE: usize = 2;
const LON: usize = 3;
const LAT: usize = 4;
const YOUTHS: usize = 5;

mod perimeter {
    use super::{Column, Form, required};
    pub(super) const FORM: Form =
        Form { name: "perimeters", columns: COLUMNS, ignored: &["km", "name", "dep"] };
    const COLUMNS: &[Column] = &[required("insee_code"), required("structure")];
    pub(super) const CODE: usize = 0;
    pub(super) const STRUCTURE: usize = 1;
}

/// Every structure, and every commune.
///
/// ```
/// # use maillage::read::{self, Territories};
/// # use maillage::Control;
/// # let national = read::national("data/national".as_ref(), None, &Control::none())?;
/// # let Territories::Country(country) = &national.territories else { panic!("three structures") };
/// let of_all: usize = country.structures.iter().map(|structure| structure.communes.len()).sum();
/// assert_eq!(of_all, country.communes.len(), "each commune is somebody's");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Country {
    /// In the order of their identifiers.
    pub structures: Vec<StructureOf>,
    /// In the order of their codes.
    pub communes: Vec<CommuneOf>,
    /// The programmes of `programmes.toml`; empty where it is absent.
    pub programmes: Vec<Programme<Names>>,
    /// How each structure's communes were told.
    pub catchment: Catchment,
}

/// A structure and the communes that it is for.
///
/// ```
/// # use maillage::read::{self, Territories};
/// # use maillage::Control;
/// # let national = read::national("data/national".as_ref(), None, &Control::none())?;
/// # let Territories::Country(country) = &national.territories else { panic!("three structures") };
/// let first = &country.structures[0];
/// assert!(first.seat.is_some() && first.problems.is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StructureOf {
    /// Its identifier.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Where its seat is.
    pub position: Option<Position>,
    /// The commune of its seat, by its place in [`Country::communes`].
    pub seat: Option<usize>,
    /// How many youths are to be drawn, where the file says so.
    pub youths: Option<u32>,
    /// Its communes, by their places in [`Country::communes`].
    pub communes: Vec<usize>,
    /// What is wrong with it.
    pub problems: Vec<Finding>,
    /// Where it is written.
    pub source: Source,
}

/// A commune of a country.
///
/// ```
/// # use maillage::read::{self, Territories};
/// # use maillage::Control;
/// # let national = read::national("data/national".as_ref(), None, &Control::none())?;
/// # let Territories::Country(country) = &national.territories else { panic!("three structures") };
/// assert!(country.communes.iter().all(|commune| commune.place.population.is_some()));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CommuneOf {
    /// Where it is, and how many live there.
    pub place: Place,
    /// How dense it is, where the column `density` says so.
    pub density: Option<Density>,
    /// Where it is written.
    pub source: Source,
}

/// How it was told which communes are a structure's.
///
/// ```
/// use maillage::read::Catchment;
///
/// assert_eq!(Catchment::NearestSeat.as_str(), "nearest_seat");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catchment {
    /// By a file of perimeters.
    Perimeter,
    /// The nearest seat as the crow flies: an assumption.
    NearestSeat,
}

impl Catchment {
    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Perimeter => "perimeter",
            Self::NearestSeat => "nearest_seat",
        }
    }
}

pub(super) fn read(dir: &Path, perimeters: Option<&Path>, control: &Control<'_>) -> Result<National, Error> {
    let mut report = Report::new(Limits::default().findings);
    let Some(mut folder) = Folder::open(dir, Limits::default(), control, &mut report) else {
        return Err(Error::Input(report.into_findings()));
    };
    let communes = communes(&mut folder, &mut report)?;
    let structures = structures(&mut folder, communes.as_deref().unwrap_or_default(), &mut report)?;
    let programmes = offered(&mut folder, &mut report)?;
    let mut files = folder.into_files();
    let (Some(communes), Some(structures), Some(programmes)) = (communes, structures, programmes) else {
        return Err(Error::Input(report.into_findings()));
    };
    let catchment = if perimeters.is_some() { Catchment::Perimeter } else { Catchment::NearestSeat };
    let mut country = Country { structures, communes, programmes, catchment };
    match perimeters {
        Some(file) => files.extend(country.assign(file, control, &mut report)?),
        None => country.nearest(&mut report),
    }
    let mut findings = report.into_findings();
    country.tell_empty(&mut findings);
    country.tell_density(&mut findings);
    country.own_problems(&findings);
    finding::sort(&mut findings);
    Ok(National { territories: Territories::Country(country), findings, files })
}

/// Every commune; none where the file can't be read at all.
fn communes(folder: &mut Folder<'_>, report: &mut Report) -> Result<Option<Vec<CommuneOf>>, Error> {
    if !folder.has_table("communes") {
        missing_file("communes.csv", report);
    }
    let Some(read) = with_density(folder, report)? else { return Ok(None) };
    let mut all: BTreeMap<Key, CommuneOf> = BTreeMap::new();
    for (Written { value: place, source }, density) in read {
        match all.get(&place.key) {
            Some(first) => report.add(duplicate(&source, &place.key, &first.source)),
            None => {
                all.insert(place.key.clone(), CommuneOf { place, density, source });
            }
        }
    }
    Ok(Some(all.into_values().collect()))
}

fn structures(
    folder: &mut Folder<'_>,
    communes: &[CommuneOf],
    report: &mut Report,
) -> Result<Option<Vec<StructureOf>>, Error> {
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(None) };
    let gazetteer = Gazetteer::new(&[]);
    let mut all: BTreeMap<Key, StructureOf> = BTreeMap::new();
    while let Some(row) = table.next(folder, report)? {
        let line = row.line;
        let Some(structure) = structure(&row, communes, &gazetteer, report) else { continue };
        let source = structure.source.clone();
        if let Some(first) = all.get(&structure.key) {
            report.add(duplicate(&source, &structure.key, &first.source));
            // It is told, and has a place of its own among those that are broken.
            let key = Key::new(&format!("{}:{}", structure.key, line)).unwrap_or(structure.key);
            all.insert(key.clone(), StructureOf { key, ..structure });
            continue;
        }
        all.insert(structure.key.clone(), structure);
    }
    Ok(Some(all.into_values().collect()))
}

fn structure(
    row: &Row<'_>,
    communes: &[CommuneOf],
    gazetteer: &Gazetteer<'_>,
    report: &mut Report,
) -> Option<StructureOf> {
    let source = report.at(row.line);
    // A line without an identifier is told, and has its place among those that are broken.
    let key = row.key(ID, report).or_else(|| Key::new(&source.to_string()))?;
    if row.get(CODE).is_empty() {
        report.missing(row.line, row.name(CODE));
    }
    let code = gazetteer.own_code(row, CODE, report);
    let seat = code.and_then(|code| at(communes, code));
    if let (Some(code), None) = (code, seat) {
        report.add(unknown_commune(source.clone(), code));
    }
    let position = row.position(LON, LAT, report);
    let position = position.or_else(|| communes.get(seat?)?.place.position);
    Some(StructureOf {
        name: named(row.get(NAME), &key),
        key,
        position,
        seat,
        youths: row.whole(YOUTHS, report),
        communes: Vec::new(),
        problems: Vec::new(),
        source,
    })
}

fn at(communes: &[CommuneOf], code: InseeCode) -> Option<usize> {
    communes.binary_search_by(|commune| commune.place.key.as_str().cmp(code.as_str())).ok()
}

/// The programmes of the folder, none where it has none; nothing where they can't be read.
fn offered(folder: &mut Folder<'_>, report: &mut Report) -> Result<Option<Vec<Programme<Names>>>, Error> {
    if !folder.has("programmes.toml") && !folder.has_table("programmes") {
        return Ok(Some(Vec::new()));
    }
    let (mut draft, mut unread, before) = (Draft::default(), Unread::default(), report.errors());
    programmes::read(folder, &mut draft, report, &mut unread)?;
    let all = draft.programmes.into_iter().map(|written| written.value).collect();
    Ok((report.errors() == before).then_some(all))
}

impl Country {
    /// Gives each commune to the structure that a file of perimeters says.
    fn assign(
        &mut self,
        path: &Path,
        control: &Control<'_>,
        report: &mut Report,
    ) -> Result<Vec<FileRead>, Error> {
        let (dir, name) = alone(path)?;
        let Some(mut folder) = Folder::open(&dir, Limits::default(), control, report) else {
            return Ok(Vec::new());
        };
        let file = Some(Named::File(name));
        folder.set_said(BTreeMap::from([(perimeter::FORM.name, Said { file, columns: Mapping::default() })]));
        let Found::Here(table) = folder.table(&perimeter::FORM, report)? else {
            return Err(Error::Input(std::mem::replace(report, Report::new(0)).into_findings()));
        };
        let taken = self.taken(table, &folder, report)?;
        self.tell_missed(&taken, &name_of(path), report);
        for (at, (structure, _)) in taken {
            if let Some(structure) = self.structures.get_mut(structure) {
                structure.communes.push(at);
            }
        }
        Ok(folder.into_files())
    }

    /// Whose each commune is, and where that is said. Of two that claim one, the first has it.
    fn taken(
        &self,
        mut table: Table,
        folder: &Folder<'_>,
        report: &mut Report,
    ) -> Result<BTreeMap<usize, (usize, Source)>, Error> {
        use perimeter::{CODE, STRUCTURE};
        let known: HashMap<&str, usize> =
            self.structures.iter().enumerate().map(|(at, structure)| (structure.key.as_str(), at)).collect();
        let gazetteer = Gazetteer::new(&[]);
        let mut taken: BTreeMap<usize, (usize, Source)> = BTreeMap::new();
        while let Some(row) = table.next(folder, report)? {
            let source = report.at(row.line);
            let code = gazetteer.own_code(&row, CODE, report);
            let Some(code) = code else { continue };
            let commune = at(&self.communes, code);
            let structure = known.get(row.get(STRUCTURE)).copied();
            if commune.is_none() {
                report.add(unknown_commune(source.clone(), code));
            }
            if structure.is_none() {
                report.add(unknown_structure(source.clone(), row.get(STRUCTURE)));
            }
            let (Some(commune), Some(structure)) = (commune, structure) else { continue };
            match taken.get(&commune) {
                Some((first, at)) if *first != structure => {
                    report.add(self.overlap(source, commune, *first, at));
                }
                Some(_) => {}
                None => {
                    taken.insert(commune, (structure, source));
                }
            }
        }
        Ok(taken)
    }

    fn overlap(&self, source: Source, commune: usize, first: usize, at: &Source) -> Finding {
        let commune = self.communes.get(commune).map_or("", |commune| commune.place.name.as_str());
        let first = self.structures.get(first).map_or("", |structure| structure.key.as_str());
        let line = at.line.unwrap_or_default();
        Finding::new(
            Code::PerimetersOverlap,
            source,
            Text::say(|words| words.commune_of_two_structures(commune, first, line)),
            Text::say(|words| words.keep_one_structure()),
        )
    }

    /// Communes with inhabitants that no perimeter has.
    fn tell_missed(&self, taken: &BTreeMap<usize, (usize, Source)>, file: &str, report: &mut Report) {
        let peopled = |commune: &CommuneOf| commune.place.population.is_some_and(|people| people > 0);
        for (at, commune) in self.communes.iter().enumerate() {
            if !taken.contains_key(&at) && peopled(commune) {
                let (name, people) = (&commune.place.name, commune.place.population.unwrap_or(0));
                report.add(Finding::new(
                    Code::OutsidePerimeters,
                    commune.source.clone(),
                    Text::say(|words| words.commune_of_no_structure(name, people, file)),
                    Text::say(|words| words.add_it_to_a_perimeter()),
                ));
            }
        }
    }

    /// Gives each commune to the structure whose seat is nearest; of two as near, to the first. An assumption, and said.
    fn nearest(&mut self, report: &mut Report) {
        let with_seat = self.structures.iter().enumerate().filter(|(_, structure)| structure.seat.is_some());
        let seats: Vec<(usize, [f64; 3])> =
            with_seat.filter_map(|(at, structure)| Some((at, on_the_globe(structure.position?)))).collect();
        for (commune, at) in self.communes.iter().map(|commune| commune.place.position).enumerate() {
            let Some(here) = at.map(on_the_globe) else { continue };
            let far = seats.iter().map(|&(structure, seat)| (structure, apart(here, seat)));
            if let Some((structure, _)) = far.min_by(|a, b| a.1.total_cmp(&b.1)) {
                self.structures[structure].communes.push(commune);
            }
        }
        report.enter(STRUCTURES);
        report.say(
            Code::NearestSeat,
            0,
            Text::say(|words| words.communes_of_the_nearest_seat()),
            Text::say(|words| words.give_perimeters()),
        );
    }

    /// Structures without any commune.
    fn tell_empty(&self, findings: &mut Vec<Finding>) {
        let errors = findings.iter().filter(|finding| finding.level() == Level::Error);
        let spoiled: BTreeSet<Source> = errors.map(|finding| finding.source.row()).collect();
        let empty =
            self.structures.iter().filter(|one| one.communes.is_empty() && !spoiled.contains(&one.source));
        let told: Vec<Finding> = empty
            .map(|one| {
                Finding::new(
                    Code::EmptyCatchment,
                    one.source.clone(),
                    Text::say(|words| words.structure_without_communes(&one.name)),
                    Text::say(|words| words.give_it_communes()),
                )
            })
            .collect();
        findings.extend(told);
    }

    /// Whether communes are classified: all, some or none.
    fn tell_density(&self, findings: &mut Vec<Finding>) {
        let without = self.communes.iter().filter(|commune| commune.density.is_none()).count();
        if without > 0 {
            findings.push(Finding::new(
                Code::NotClassified,
                Source::file("communes.csv"),
                Text::say(|words| words.communes_without_density(without, self.communes.len())),
                Text::say(|words| words.add_their_density()),
            ));
        }
    }

    /// Gives each structure the errors of its line.
    fn own_problems(&mut self, findings: &[Finding]) {
        let mut of_line: BTreeMap<Source, Vec<Finding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.level() == Level::Error) {
            of_line.entry(finding.source.row()).or_default().push(finding.clone());
        }
        for structure in &mut self.structures {
            structure.problems = of_line.remove(&structure.source.row()).unwrap_or_default();
        }
    }
}

/// A place as a point of a globe of radius one.
fn on_the_globe(at: Position) -> [f64; 3] {
    let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// How far apart two points of the globe are, straight through it, squared: in the order of their distances along it.
fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn duplicate(source: &Source, key: &Key, first: &Source) -> Finding {
    let line = first.line.unwrap_or_default();
    Finding::new(
        Code::DuplicateId,
        source.clone(),
        Text::say(|words| words.written_before(key, line)),
        Text::say(|words| words.keep_one_line()),
    )
}

fn unknown_commune(source: Source, code: InseeCode) -> Finding {
    Finding::new(
        Code::UnknownReference,
        source,
        Text::say(|words| words.commune_not_listed(code)),
        Text::say(|words| words.list_the_commune()),
    )
}

fn unknown_structure(source: Source, name: &str) -> Finding {
    let name = super::super::clipped(name);
    Finding::new(
        Code::UnknownTerritory,
        source,
        Text::say(|words| words.no_such_structure(&name)),
        Text::say(|words| words.correct_the_structure()),
    )
}
