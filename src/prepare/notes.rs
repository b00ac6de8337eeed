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
    fn text(self) -> Text {
        Text::say(|words| match self {
            Self::LostZero => words.zero_put_back(),
            Self::FormerCommune => words.former_commune(),
            Self::ByPostcode => words.commune_by_postcode(),
            Self::LicenceB => words.yes_is_licence_b(),
            Self::NotYet => words.licence_not_yet(),
            Self::NoMode => words.no_vehicle_of_that_way(),
            Self::LiftAllWeek => words.driven_every_day(),
            Self::Motorcycle => words.motorcycle(),
            Self::LicenceOfVehicle => words.licence_of_vehicle(),
            Self::NoVehicleColumn => words.all_on_foot(),
            Self::BothCej => words.in_both_forms_of_cej(),
            Self::Pacea => words.pacea_is_workshop(),
            Self::EverybodyInAll => words.enrolled_in_all(),
            Self::NoCoordinates => words.home_is_the_commune(),
        })
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
    pub(super) fn left_empty(&mut self, line: u32, column: &str, value: &str, remedy: impl FnOnce() -> Text) {
        if self.empty.len() >= MOST {
            return;
        }
        let key = (clipped(column), clipped(value));
        self.empty.entry(key).or_insert_with(|| (remedy(), line, 0)).2 += 1;
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        for ((what, column), (line, times)) in std::mem::take(&mut self.supposed) {
            self.say(
                what.code(),
                line,
                &column,
                Text::say(|words| words.supposed(&what.text(), times)),
                Text::say(|words| words.nothing_to_do_if_right()),
            );
        }
        for ((column, value), (remedy, line, times)) in std::mem::take(&mut self.empty) {
            let what = Text::say(|words| words.cell_left_empty(&value, times));
            self.say(Code::CellLeftEmpty, line, &column, what, remedy);
        }
        crate::finding::sort(&mut self.found);
        self.found
    }
}
