//! Instances: a [`Problem`] in one JSON file, for those who have their own travel
//! times, and for researchers. `docs/instances.md` describes `groups/1`, which is
//! read exactly, `groups/2`, in which every [`Problem`] can be written, and the
//! files of solutions and certificates.
//!
//! Reading needs memory in proportion to the text; what a text could make grow
//! beyond that is limited by [`Limits`].

mod certificate;
mod file;
mod place;
mod pose;
mod solution;
#[cfg(test)]
mod tests;
mod write;

pub use certificate::{read_certificate, write_certificate};
pub use solution::{components, write_solution};
pub use write::write;

use crate::error::Error;
use crate::finding::{self, Code, Finding, Source, Text};
use crate::groups::{Problem, Tier};
use crate::units::Seconds;
use file::{First, Head, Second};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::Read as _;

const FIRST: &str = "groups/1";
const SECOND: &str = "groups/2";

/// A problem with the names of what is in it.
///
/// ```
/// use maillage::groups::Tier;
/// use maillage::instance;
///
/// let canton = instance::open("data/instances/canton.json".as_ref())?;
/// assert_eq!(canton.names.programmes.len(), canton.problem.programmes.len());
/// assert_eq!(canton.in_unit(Tier::Minutes, 3_601), 61, "that file counts in minutes");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its name.
    pub name: String,
    /// The problem.
    pub problem: Problem,
    /// The names.
    pub names: Names,
    /// What the file counts times in: minutes or seconds.
    pub unit: Seconds,
}

/// What the problem's numbers stand for.
///
/// ```
/// let canton = maillage::instance::open("data/instances/canton.json".as_ref())?;
/// assert_eq!(canton.names.youths.len(), canton.problem.youths.len());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of each programme.
    pub programmes: Vec<String>,
    /// Of each option: its own, or its site and slots.
    pub options: Vec<String>,
    /// The site of each option, by its position in the file's list; none when it has none.
    pub sites: Vec<Option<u32>>,
    /// Of each youth.
    pub youths: Vec<String>,
    /// Of each gate.
    pub gates: Vec<String>,
}

impl Instance {
    /// The value of a tier as the file counts: times in its unit.
    pub fn in_unit(&self, tier: Tier, value: i64) -> i64 {
        let unit = if tier == Tier::Minutes { i64::from(self.unit.get()) } else { 1 };
        // Exact for a value; a bound between two units is rounded up, times being minimised.
        value.div_euclid(unit) + i64::from(value.rem_euclid(unit) > 0)
    }
}

/// How large an instance may be. Beyond a limit there is a finding, not an exhausted memory.
///
/// ```
/// use maillage::instance::{self, Limits};
///
/// let mut short = Limits::default();
/// short.bytes = 100;
/// assert!(instance::text("data/instances/canton.json".as_ref(), short.bytes).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Most bytes of a file.
    pub bytes: u64,
    /// Most groups in an option, and most members of a group.
    pub groups: u32,
    /// Most pairs of options that exclude each other.
    pub conflicts: usize,
    /// Most findings listed.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 512 * 1024 * 1024, groups: 1_000_000, conflicts: 20_000_000, findings: 20 }
    }
}

/// Reads an instance file with the default [`Limits`].
///
/// # Errors
/// [`Error::Io`] when it can't be read; [`Error::Input`] with the findings, each with its line and JSON path.
pub fn open(path: &std::path::Path) -> Result<Instance, Error> {
    let limits = Limits::default();
    parse(&path.display().to_string(), &text(path, limits.bytes)?, &limits)
}

/// The text of a file of at most so many bytes.
///
/// # Errors
/// [`Error::Io`] when it can't be read, [`Error::Input`] when it is larger or not UTF-8.
pub fn text(path: &std::path::Path, most: u64) -> Result<String, Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(most + 1).read_to_end(&mut bytes).map_err(io)?;
    let source = Source::file(&path.display().to_string());
    let found = |code, what, remedy| Error::Input(vec![Finding::new(code, source.clone(), what, remedy)]);
    if bytes.len() as u64 > most {
        let what = Text::say(|words| words.more_than_bytes(most));
        return Err(found(Code::TooLarge, what, Text::say(|words| words.a_smaller_file())));
    }
    String::from_utf8(bytes).map_err(|_| {
        let what = Text::say(|words| words.not_utf8_text());
        found(Code::BadEncoding, what, Text::say(|words| words.save_as_utf8()))
    })
}

/// Reads an instance from a text; `name` is what findings call it.
///
/// # Errors
/// [`Error::Input`] with the findings, each with its line and JSON path.
pub fn parse(name: &str, text: &str, limits: &Limits) -> Result<Instance, Error> {
    let source = Source::file(name);
    let head: Head = json(&source, text)?;
    let second = match head.format.as_str() {
        FIRST => json::<First>(&source, text)?.into(),
        SECOND => json::<Second>(&source, text)?,
        other => return Err(unknown_format(name, text, other, "groups/1, groups/2")),
    };
    pose::pose(second, limits).map_err(|faults| findings(&source, text, faults, limits))
}

/// The schemas of the files of this module, by name.
#[cfg(feature = "schemas")]
pub(crate) fn schemas() -> Vec<(&'static str, schemars::Schema)> {
    use schemars::generate::SchemaSettings;
    let reads = || SchemaSettings::draft2020_12().into_generator();
    let writes = SchemaSettings::draft2020_12().for_serialize().into_generator();
    vec![
        ("groups-1", reads().into_root_schema_for::<First>()),
        ("groups-2", reads().into_root_schema_for::<Second>()),
        ("certificate-1", reads().into_root_schema_for::<certificate::File>()),
        ("solution", writes.into_root_schema_for::<solution::SolutionFile<'_>>()),
    ]
}

fn unknown_format(name: &str, text: &str, format: &str, known: &str) -> Error {
    let what = Text::say(|words| words.unknown_format(format));
    let remedy = Text::say(|words| words.known_formats(known));
    let line = place::line_of(text, &place::Path::key("format"));
    Error::Input(vec![Finding::new(Code::BadValue, Source::file(name).at(line), what, remedy)])
}

/// Parses, and says where when it can't.
fn json<T: DeserializeOwned>(source: &Source, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| {
        let path = place::path_at(text, error.line(), error.column());
        let (place, why) = (path.to_string(), error.to_string());
        let what = Text::say(|words| words.json_does_not_parse(&place, &why));
        let remedy = Text::say(|words| words.see_instances());
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        Error::Input(vec![Finding::new(Code::Syntax, source.at(line), what, remedy)])
    })
}

fn findings(source: &Source, text: &str, mut faults: Vec<pose::Fault>, limits: &Limits) -> Error {
    let more = faults.len().saturating_sub(limits.findings);
    faults.truncate(limits.findings);
    let found = |fault: pose::Fault| {
        let line = place::line_of(text, &fault.path);
        let what = Text::say(|words| words.at_path(&fault.path.to_string(), &fault.what));
        Finding::new(fault.code, source.at(line), what, fault.remedy)
    };
    let mut findings: Vec<Finding> = faults.into_iter().map(found).collect();
    if more > 0 {
        let what = Text::say(|words| words.more_findings(more));
        let remedy = Text::say(|words| words.correct_those_shown());
        findings.push(Finding::new(Code::TooLarge, source.clone(), what, remedy));
    }
    finding::sort(&mut findings);
    Error::Input(findings)
}
