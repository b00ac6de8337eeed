//! What is said of an export: each finding with its row and column; what was supposed
//! many times, once a column.

use crate::finding::{Code, Finding, Source, Text};
use crate::read::clipped;
use std::collections::BTreeMap;

/// What was supposed to understand a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Supposed {
    LostZero,
    FormerCommune,
    ByPostcode,
    LicenceB,
    NotYet,
    NoMode,
    LiftAllWeek,
    Motorcycle,
    LicenceOfVehicle,
    NoVehicleColumn,
    BothCej,
    Pacea,
    EverybodyInAll,
    NoCoordinates,
}

impl Supposed {
    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::LostZero => (
                "zéro de tête perdu par un tableur : remis",
                "a leading zero that a spreadsheet lost: put back",
            ),
            Self::FormerCommune => (
                "ancienne commune : prise pour celle d'aujourd'hui",
                "a former commune: taken for that of today",
            ),
            Self::ByPostcode => (
                "commune non comprise : prise d'après le code postal, qui n'en a qu'une",
                "a commune that is not understood: taken from the postcode, which has one only",
            ),
            Self::LicenceB => ("« oui » : pris pour le permis B", "'yes': taken for licence B"),
            Self::NotYet => {
                ("permis en cours : pas encore compté", "a licence that is not passed yet: not counted")
            }
            Self::NoMode => (
                "à pied, transports en commun, trottinette : aucun véhicule",
                "on foot, by public transport, by scooter to stand on: no vehicle",
            ),
            Self::LiftAllWeek => (
                "quelqu'un conduit le jeune : compté tous les jours, à l'aller et au retour, avec un adulte",
                "somebody drives the youth: counted every day, both ways, with an adult",
            ),
            Self::Motorcycle => {
                ("moto : comptée à l'allure d'un cyclomoteur", "a motorcycle: counted at the pace of a moped")
            }
            Self::LicenceOfVehicle => (
                "véhicule sans permis écrit : le permis qu'il faut est supposé",
                "a vehicle and no licence written: the one that it takes is supposed",
            ),
            Self::NoVehicleColumn => (
                "aucune colonne ne dit comment les jeunes se déplacent : tous sont comptés à pied",
                "no column tells how youths travel: all are counted on foot",
            ),
            Self::BothCej => (
                "CEJ : inscrit aux deux formes, « cej » et « cej-petit-groupe », qui s'excluent",
                "CEJ: enrolled in both forms, 'cej' and 'cej-petit-groupe', which exclude one another",
            ),
            Self::Pacea => ("PACEA : inscrit à l'atelier", "PACEA: enrolled in the workshop"),
            Self::EverybodyInAll => (
                "aucune colonne ne dit les dispositifs : chaque jeune est inscrit à tous",
                "no column tells programmes: each youth is enrolled in all",
            ),
            Self::NoCoordinates => (
                "sans coordonnées utilisables : le domicile est la commune",
                "without usable coordinates: the home is the commune",
            ),
        }
    }

    const fn code(self) -> Code {
        match self {
            Self::EverybodyInAll | Self::BothCej | Self::Pacea | Self::NoVehicleColumn => Code::Assumed,
            _ => Code::Supposed,
        }
    }
}

/// Findings under way.
pub(super) struct Notes {
    file: Source,
    found: Vec<Finding>,
    /// Where first, and how often.
    supposed: BTreeMap<(Supposed, String), (u32, u32)>,
    /// By column and value: what is expected there, where first, and how often.
    empty: BTreeMap<(String, String), (Text, u32, u32)>,
}

/// Most findings; beyond, the file is another one.
const MOST: usize = 10_000;

impl Notes {
    pub(super) fn new(file: Source) -> Self {
        Self { file, found: Vec::new(), supposed: BTreeMap::new(), empty: BTreeMap::new() }
    }

    pub(super) fn say(&mut self, code: Code, line: u32, column: &str, what: Text, remedy: Text) {
        if self.found.len() < MOST {
            let source = self.file.at(line);
            let source = if column.is_empty() { source } else { source.column(&clipped(column)) };
            self.found.push(Finding::new(code, source, what, remedy));
        }
    }

    pub(super) fn suppose(&mut self, what: Supposed, line: u32, column: &str) {
        let first = self.supposed.entry((what, clipped(column))).or_insert((line, 0));
        first.1 += 1;
    }

    /// A cell that is not understood, and left empty.
    pub(super) fn left_empty(&mut self, line: u32, column: &str, value: &str, expected: (&str, &str)) {
        if self.empty.len() >= MOST {
            return;
        }
        let remedy = || Text::new(format!("écrivez {}", expected.0), format!("write {}", expected.1));
        let key = (clipped(column), clipped(value));
        self.empty.entry(key).or_insert_with(|| (remedy(), line, 0)).2 += 1;
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        for ((what, column), (line, times)) in std::mem::take(&mut self.supposed) {
            let (fr, en) = what.text();
            self.say(
                what.code(),
                line,
                &column,
                Text::new(
                    format!("{fr} ({times}, à partir d'ici)"),
                    format!("{en} ({times}, the first here)"),
                ),
                Text::new("rien à faire si c'est juste", "nothing to do if that is right"),
            );
        }
        for ((column, value), (remedy, line, times)) in std::mem::take(&mut self.empty) {
            let (fr, en) = match times {
                1 => (String::new(), String::new()),
                n => (format!(" ({n} fois, à partir d'ici)"), format!(" ({n} times, the first here)")),
            };
            let what = Text::new(
                format!("« {value} » n'est pas compris : case laissée vide{fr}"),
                format!("'{value}' is not understood: the cell is left empty{en}"),
            );
            self.say(Code::CellLeftEmpty, line, &column, what, remedy);
        }
        crate::finding::sort(&mut self.found);
        self.found
    }
}
