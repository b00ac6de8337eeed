//! What is wrong with an input: a code, a place, what it is and what to do, in
//! French and in English.
//!
//! Every sentence that is told of an input, and every figure in words, is a function of a trait in
//! `words/`, written in `fr/` and `en/`: one that is missing in a language does not compile.

mod en;
mod fr;
mod words;

#[cfg(feature = "folder")]
pub(crate) use words::Phrase;
pub(crate) use words::PoolTerm;
use words::Words;

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A language for people.
///
/// ```
/// use maillage::finding::Lang;
/// use maillage::report;
///
/// assert_eq!(Lang::default(), Lang::Fr);
/// assert_ne!(report::impossible(Lang::Fr), report::impossible(Lang::En));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
}

/// One sentence in both languages.
///
/// ```
/// use maillage::finding::{Lang, Text};
///
/// let text = Text::new("la ligne 7", "line 7");
/// assert_eq!(text.in_lang(Lang::Fr), "la ligne 7");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// The sentence in both languages.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// The sentence of both languages, such as `Text::say(|words| words.nothing_to_do())`.
    pub(crate) fn say<S: Into<String>>(sentence: impl Fn(&dyn Words) -> S) -> Self {
        Self::new(sentence(&fr::French), sentence(&en::English))
    }

    /// Pieces of a sentence one after the other, with a comma and a space between them.
    pub(crate) fn list(pieces: impl IntoIterator<Item = Self>) -> Self {
        let (fr, en): (Vec<_>, Vec<_>) = pieces.into_iter().map(|one| (one.fr, one.en)).unzip();
        Self::new(fr.join(", "), en.join(", "))
    }

    /// The sentence in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// How serious a finding is.
///
/// ```
/// use maillage::finding::{Code, Level};
///
/// assert_eq!(Code::DuplicateId.level(), Level::Error);
/// assert!(Level::Error < Level::Note, "the most serious first");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing is computed until it is corrected.
    Error,
    /// Computed, but the answer may surprise.
    Warning,
    /// Forgiven, and said.
    Note,
}

/// Where in the input: a file of the folder, a line, counted from 1, and a column.
///
/// ```
/// use maillage::finding::Source;
///
/// assert_eq!(Source::file("youths.csv").at(7).to_string(), "youths.csv:7");
/// assert_eq!(Source::memory().to_string(), "-");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Source {
    /// The file, relative to the folder; none when the input was not a file.
    pub file: Option<Arc<str>>,
    /// The line.
    pub line: Option<u32>,
    /// The column of a table, by its name as it stands in the file.
    pub column: Option<Arc<str>>,
}

impl Source {
    /// No file: the input was built in memory.
    pub const fn memory() -> Self {
        Self { file: None, line: None, column: None }
    }

    /// A whole file.
    pub fn file(file: &str) -> Self {
        Self { file: Some(file.into()), line: None, column: None }
    }

    /// A line of this file.
    pub fn at(&self, line: u32) -> Self {
        Self { line: Some(line), ..self.whole() }
    }

    /// A column of this line, by its name as it stands in the file.
    pub fn column(&self, header: &str) -> Self {
        Self { column: Some(header.into()), ..self.clone() }
    }

    /// This line, whichever the column.
    pub fn row(&self) -> Self {
        Self { line: self.line, ..self.whole() }
    }

    /// The file alone.
    fn whole(&self) -> Self {
        Self { file: self.file.clone(), line: None, column: None }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}:{line}"),
            (Some(file), None) => f.write_str(file),
            (None, _) => f.write_str("-"),
        }
    }
}

/// Declares the codes: each with its number, its level, and its meaning.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $level:ident;)*) => {
        /// What kind of finding it is. The list only grows; a number is never used again.
        ///
        /// ```
        /// use maillage::finding::{Code, Level};
        ///
        /// assert_eq!(Code::NotAFolder.as_str(), "M001");
        /// assert_eq!(Code::UnknownColumn.level(), Level::Note);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as printed and documented in `docs/findings.md`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How serious it is.
            pub const fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)* }
            }
        }
    };
}

codes! {
    /// The folder does not exist or is not a folder.
    NotAFolder = "M001", Error;
    /// A file can't be read, or lies outside the folder.
    Unreadable = "M002", Error;
    /// A file that a territory needs is missing.
    MissingFile = "M003", Error;
    /// A file, line, row count or field is larger than the limit.
    TooLarge = "M004", Error;
    /// Text that is not UTF-8.
    BadEncoding = "M005", Error;
    /// A TOML, JSON or CSV file that does not parse.
    Syntax = "M006", Error;
    /// A required column is missing.
    MissingColumn = "M007", Error;
    /// A column that nothing reads.
    UnknownColumn = "M008", Note;
    /// A column appears twice.
    DuplicateColumn = "M009", Error;
    /// Columns that identify people, not read.
    IdentifyingColumns = "M010", Note;
    /// A table that is not UTF-8.
    OtherEncoding = "M011", Note;
    /// Fields separated by semicolons or tabs.
    OtherSeparator = "M012", Note;
    /// Columns recognised under another name.
    OtherHeaders = "M013", Note;
    /// Numbers with a decimal comma.
    DecimalCommas = "M014", Note;
    /// Dates written day first.
    DayFirstDates = "M015", Note;
    /// Lines without anything.
    BlankLines = "M016", Note;
    /// Line breaks within quotes.
    LineBreaks = "M017", Note;
    /// Spaces within numbers.
    SpacedNumbers = "M018", Note;
    /// Columns without a name, or empty fields beyond the last column.
    EmptyColumns = "M019", Note;
    /// A whole date of birth, of which the month is kept.
    BirthDays = "M020", Note;
    /// Other sheets of a workbook, not read.
    OtherSheets = "M021", Note;
    /// Two files for one table.
    TwoFiles = "M022", Error;
    /// A workbook, and a build that reads none.
    NoWorkbooks = "M023", Error;
    /// A column of `[columns]` that its file does not have.
    UnknownHeader = "M024", Error;

    /// A required value is empty.
    MissingValue = "M101", Error;
    /// A value that can't be understood.
    BadValue = "M102", Error;
    /// A value outside its range.
    OutOfRange = "M103", Error;
    /// An INSEE code that is not one.
    BadInseeCode = "M104", Error;
    /// An INSEE code that lost its leading zero, or Corsica's letter.
    LostZero = "M105", Error;
    /// A postcode in the place of an INSEE code.
    Postcode = "M106", Error;
    /// The code of a commune that is part of another today.
    MergedCommune = "M107", Error;
    /// Longitude and latitude in each other's place.
    SwappedCoordinates = "M108", Error;
    /// Coordinates that are no place: zeros, or metres of a projection.
    AbsurdCoordinates = "M109", Error;
    /// A name in the place of a code or an identifier.
    NameForCode = "M110", Error;

    /// The same identifier twice.
    DuplicateId = "M201", Error;
    /// A reference to something that does not exist.
    UnknownReference = "M202", Error;
    /// Minimum, target and maximum out of order.
    BadGroupSize = "M203", Error;
    /// Ages that admit nobody.
    BadAges = "M204", Error;
    /// A programme that excludes itself.
    SelfExclusion = "M205", Error;
    /// A programme that no site can hold.
    NoSiteForProgramme = "M206", Warning;
    /// A site that no programme can use.
    UselessSite = "M207", Warning;
    /// An outline that does not contain its commune's centre.
    CentreOutside = "M208", Note;
    /// A place far from every site.
    FarPlace = "M209", Warning;
    /// Pins that contradict one another.
    PinsConflict = "M210", Error;
    /// A mix rule that no group can satisfy.
    BadMixRule = "M211", Error;
    /// Too many options to enumerate.
    TooManyOptions = "M212", Error;
    /// No youth at all.
    NobodyAtAll = "M213", Warning;
    /// A place without coordinates: its youths will be *not located*.
    NotLocated = "M214", Warning;
    /// A number of sessions that can never be reached.
    BadSessions = "M215", Error;
    /// A pinned group that no option allows.
    UnknownOption = "M216", Error;
    /// Two half-days that share time.
    SlotsOverlap = "M217", Warning;
    /// A programme whose ages exclude everybody enrolled in it.
    NobodyOfThatAge = "M218", Warning;
    /// Exclusions that go round in a circle.
    ExclusionCircle = "M219", Warning;
    /// A programme that nobody is enrolled in.
    NobodyEnrolled = "M220", Note;
    /// Youths enrolled in no programme.
    EnrolledInNothing = "M221", Note;
    /// An adviser who can lead nothing.
    IdleAdviser = "M222", Warning;
    /// Closures that leave a programme or a site without a session.
    NoSessionLeft = "M223", Warning;
    /// A youth pinned in a programme that they can't be in.
    PinCannotHold = "M224", Error;
    /// A pin that changes nothing.
    PinWithoutEffect = "M225", Note;
    /// A priority that everybody has.
    PriorityWithoutEffect = "M226", Note;
    /// A list that names something twice.
    RepeatedReference = "M227", Note;
    /// A travel limit beyond the horizon.
    HorizonTooShort = "M228", Warning;
    /// A lever that changes nothing.
    LeverWithoutEffect = "M229", Warning;

    /// A transport link from a stop to itself.
    LinkToItself = "M301", Error;
    /// A transport link that leads to no site, whatever one changes to.
    LinkToNowhere = "M302", Warning;
    /// Times that are missing, where that is refused.
    TimesMissing = "M303", Error;
    /// Times that are missing, and completed.
    TimesCompleted = "M304", Note;
    /// A point outside the commune that it is said to be in.
    OutsideCommune = "M305", Warning;
    /// A commune told from an outline.
    CommuneFromOutline = "M306", Note;

    /// An instance file that breaks a rule of its format.
    BadInstance = "M401", Error;

    /// A road file that is not a whole `.osm.pbf`.
    BadRoads = "M501", Error;
    /// A road profile that can't be understood.
    BadProfile = "M502", Error;
    /// Points of roads that are missing: the roads are cut there.
    RoadsCut = "M503", Warning;
    /// Turn restrictions that are not obeyed.
    TurnsNotObeyed = "M504", Note;
    /// Places or sites too far from every road.
    OffTheRoads = "M505", Warning;
    /// Places or sites far from a road.
    FarFromRoads = "M506", Warning;
    /// Places or sites near the edge of the extract.
    NearTheEdge = "M507", Warning;
    /// Several road files in one folder.
    TwoRoadFiles = "M508", Error;
    /// Values of tags that a profile does not know.
    UnknownTags = "M509", Note;
    /// How much of the trips is on roads without a tagged limit.
    UntaggedSpeeds = "M510", Note;

    /// A timetable that can't be used at all.
    BadTimetable = "M601", Error;
    /// Rows of a timetable that are left out.
    TimetableRows = "M602", Warning;
    /// Trips that are left out whole.
    TripsDropped = "M603", Warning;
    /// Times between two stops that were not told.
    TimesInterpolated = "M604", Note;
    /// Trips of services that run on no day.
    TripsNeverRun = "M605", Note;
    /// Stops that are nowhere, or where they can't be.
    StopsMisplaced = "M606", Warning;
    /// A timetable that is not quite as it should be.
    FeedForgiven = "M607", Note;
    /// What a timetable has besides times.
    FeedIgnored = "M608", Note;
    /// Dates that a timetable says nothing of.
    OutsideTimetable = "M609", Warning;
    /// Dates at the end of a timetable where it thins out.
    ThinTimetable = "M610", Warning;
    /// Trips of a timetable that come when they are booked.
    OnDemandTrips = "M611", Note;

    /// No column of an export that says what a list of youths needs.
    NoSuchColumn = "M701", Error;
    /// A correction of a column that can't be followed.
    BadCorrection = "M702", Error;
    /// An intercommunality that is not known, or one of several.
    UnknownEpci = "M703", Error;
    /// A site that is no commune of the territory, or one of several.
    UnknownSite = "M704", Error;
    /// A name or a postcode of several communes.
    AmbiguousHome = "M705", Warning;
    /// A cell that is not understood, and left empty.
    CellLeftEmpty = "M706", Warning;
    /// A row that can't be a youth, and left out.
    RowLeftOut = "M707", Warning;
    /// Cells that were understood by supposing something.
    Supposed = "M708", Note;
    /// What a territory was given because the export does not say it.
    Assumed = "M709", Note;
    /// No table of communes at hand.
    NoCommunes = "M710", Error;

    /// A territory of a national run that is not there, or a structure that is not listed.
    UnknownTerritory = "M801", Error;
    /// A commune in the perimeters of two structures.
    PerimetersOverlap = "M802", Warning;
    /// A commune in no perimeter, or perimeters that are not read.
    OutsidePerimeters = "M803", Warning;
    /// A structure without a commune.
    EmptyCatchment = "M804", Error;
    /// Communes that are given to the nearest seat: an assumption.
    NearestSeat = "M805", Note;
    /// Communes of which nobody says how dense they are.
    NotClassified = "M806", Note;
    /// Programmes of one name on other terms, which stay apart in a pool.
    TermsDiffer = "M811", Note;
    /// Settings or holidays of a structure that are not those of the pool's first.
    SettingsDiffer = "M812", Warning;
    /// A structure that is in a pool twice.
    PooledTwice = "M813", Error;
}

/// One finding.
///
/// ```
/// use maillage::finding::{Code, Finding, Level, Source, Text};
///
/// let what = Text::new("« y01 » deux fois", "'y01' twice");
/// let remedy = Text::new("renommez l'un des deux", "rename one of them");
/// let finding = Finding::new(Code::DuplicateId, Source::file("youths.csv").at(3), what, remedy);
/// assert_eq!(finding.level(), Level::Error);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its kind.
    pub code: Code,
    /// Where.
    pub source: Source,
    /// What is wrong.
    pub what: Text,
    /// What to do about it.
    pub remedy: Text,
}

impl Finding {
    /// A finding of kind `code`.
    pub const fn new(code: Code, source: Source, what: Text, remedy: Text) -> Self {
        Self { code, source, what, remedy }
    }

    /// How serious it is.
    pub const fn level(&self) -> Level {
        self.code.level()
    }
}

/// Sorts findings by file, line, code, column and wording, so that the order never
/// depends on how the input was walked.
pub fn sort<F: Borrow<Finding>>(findings: &mut [F]) {
    fn key(one: &Finding) -> impl Ord {
        let Source { file, line, column } = &one.source;
        (file, line, one.code, column, &one.what)
    }
    findings.sort_by(|a, b| key(a.borrow()).cmp(&key(b.borrow())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_codes_share_a_number() {
        let mut numbers: Vec<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), Code::ALL.len());
        assert!(numbers.is_sorted());
    }
}
