//! The page that a director shows: one HTML file that holds all that it needs. What is on it is a
//! [`Sheet`], which the two kinds fill each from what it may tell; `page.html` lays it out.

mod chart;
mod escape;
mod fiche;
mod flips;
mod grid;
mod interne;
mod levers;
mod map;
mod plain;
#[cfg(feature = "timetables")]
mod ride;

use chart::Chart;
pub(crate) use escape::PageText;
pub(super) use fiche::fiches;
pub(super) use flips::Flips;
pub(super) use grid::{Grid, Options, Told};
pub(super) use interne::{interne, notices};
pub(super) use levers::{LeverRow, StepRow, frontier, listed, singly};
pub(super) use map::{Area, Areas, Ground, Map};
pub(super) use plain::Plain;

use super::files::Audience;
use super::language::page::{Control, Label, PagePart, PageSentences, SiteKind};
use super::language::{Heading, capital, typeset};
use crate::finding::Lang;
use crate::read::Logo;
use askama::Template;
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");
/// With what the section on levers needs besides.
const STYLE_WITH_LEVERS: &str = concat!(include_str!("style.css"), include_str!("levers.css"));
const FICHE_STYLE: &str = include_str!("fiche.css");
const SCRIPT: &str = include_str!("script.js");

/// What is on a page, in words.
#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct Sheet<'a> {
    pub(super) words: Words,
    pub(super) frame: Frame<'a>,
    /// Whom it is for, and whether the youths are real.
    pub(super) notices: Vec<String>,
    pub(super) answers: Vec<Answer>,
    /// The answer over all programmes.
    pub(super) in_all: Vec<String>,
    /// What would unlock groups; nothing where that was not asked.
    pub(super) levers: Vec<Part>,
    pub(super) map: Option<Map>,
    pub(super) grids: Vec<Grid>,
    pub(super) groups: Option<Table>,
    pub(super) left_out: Vec<Part>,
    pub(super) hours: Vec<Part>,
    /// Where the answer flips, with other limits and minimum sizes.
    pub(super) flips: Option<Flips>,
    pub(super) opened: Vec<String>,
    pub(super) proved: String,
    pub(super) assumptions: Vec<(String, String)>,
}

/// What a programme's answer is.
pub(super) struct Answer {
    pub(super) name: String,
    pub(super) formed: bool,
    pub(super) sentence: String,
    /// What stands in the way, and what would help.
    pub(super) then: Vec<String>,
}

/// A piece of a section.
pub(super) enum Part {
    Heading(String),
    Text(String),
    List(Vec<String>),
    Chart(Chart),
    Table(Table),
    /// Shown when asked for.
    More(Table),
}

/// A table whose first column names its rows.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
}

/// What is in a cell.
pub(super) enum Cell {
    Text(String),
    Number(String),
    /// A number with a bar of so many percent of the longest.
    Bar(String, u32),
}

/// The language of a page, on which every sentence is set as its typography wants.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) say: &'static dyn PageSentences,
    lang: Lang,
}

impl Words {
    pub(super) fn of(lang: Lang) -> Self {
        Self { say: super::language::page::of(lang), lang }
    }

    /// Text as it is set on a page.
    pub(super) fn set(self, text: impl AsRef<str>) -> String {
        typeset(self.lang, text.as_ref())
    }

    /// A sentence, which begins with a capital.
    pub(super) fn sentence(self, text: &str) -> String {
        self.set(capital(text))
    }

    pub(super) fn head(self, labels: &[Label]) -> Vec<String> {
        labels.iter().map(|&label| self.set(self.say.label(label))).collect()
    }
}

/// Names that the template asks for.
impl Words {
    fn skip(&self) -> String {
        self.set(self.say.skip())
    }

    fn contents(&self) -> String {
        self.set(self.say.contents())
    }

    fn part(&self, part: PagePart) -> String {
        self.set(self.say.part(part))
    }

    fn heading(&self, heading: Heading) -> String {
        self.set(self.say.heading(heading))
    }

    fn control(&self, control: Control) -> String {
        self.set(self.say.control(control))
    }

    fn keys(&self) -> String {
        self.set(self.say.map_keys())
    }

    fn kind(&self, kind: &SiteKind) -> String {
        self.set(self.say.site_kind(*kind))
    }

    fn no_group(&self) -> String {
        self.set(self.say.no_group_at_all())
    }

    fn opened(&self, sites: &[String]) -> String {
        let heading = self.say.heading(Heading::Opened);
        self.set(format!("{heading}{} {}.", self.say.colon(), sites.join(", ")))
    }

    fn nothing_then(&self) -> String {
        self.set(self.say.nothing_then())
    }
}

impl Sheet<'_> {
    /// The page. No name that a file gave can run or load anything: it is text, and the page
    /// allows its own script and style alone.
    pub(super) fn html(&self) -> String {
        // A template over strings in memory has nothing to fail at.
        self.render().unwrap_or_default()
    }

    /// What is told of people: who is left out, or as far as it may be shown.
    fn left_heading(&self) -> String {
        match self.frame.audience {
            Audience::Interne => self.words.heading(Heading::LeftOut),
            Audience::Partage => self.words.part(PagePart::Tables),
        }
    }

    fn footer(&self) -> String {
        self.words.set(self.words.say.footer(env!("CARGO_PKG_VERSION"), self.frame.audience))
    }
}

/// What every page has: whom it is for, its title, the picture at its head, its own style and script.
pub(super) struct Frame<'a> {
    words: Words,
    audience: Audience,
    title: String,
    logo: Option<&'a Logo>,
    style: &'static str,
    script: Option<&'static str>,
}

impl<'a> Frame<'a> {
    /// Of the page of an audience.
    pub(super) fn of_page(words: Words, audience: Audience, title: String, logo: Option<&'a Logo>) -> Self {
        Self { words, audience, title, logo, style: STYLE, script: Some(SCRIPT) }
    }

    /// With a section on levers, where there is one.
    pub(super) fn with_levers(self, are_told: bool) -> Self {
        if are_told { Self { style: STYLE_WITH_LEVERS, ..self } } else { self }
    }

    /// Of sheets that youths keep.
    fn of_fiches(words: Words, title: String, logo: Option<&'a Logo>) -> Self {
        Self { words, audience: Audience::Interne, title, logo, style: FICHE_STYLE, script: None }
    }

    fn tag(&self) -> &'static str {
        self.words.say.tag()
    }

    /// The picture, within the page.
    fn logo_source(&self) -> Option<String> {
        let logo = self.logo?;
        Some(format!("data:{};base64,{}", logo.kind(), BASE64_STANDARD.encode(logo.bytes())))
    }

    fn logo_told(&self) -> String {
        self.words.set(self.words.say.logo())
    }

    /// What a browser may do with the page: show pictures that are in it, and take its own style and script.
    fn policy(&self) -> String {
        let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
        let script = self.script.map_or_else(|| "'none'".to_owned(), hash);
        let own = format!("style-src {}; script-src {script}", hash(self.style));
        format!("default-src 'none'; img-src data:; {own}; base-uri 'none'; form-action 'none'")
    }
}

impl Part {
    /// A table, if it has rows.
    pub(super) fn table(table: Table) -> Option<Self> {
        (!table.rows.is_empty()).then_some(Self::Table(table))
    }
}

/// Rows of a name and a number, each with its bar.
pub(super) fn bars(rows: impl IntoIterator<Item = (String, u32)>) -> Vec<Row> {
    let rows: Vec<(String, u32)> = rows.into_iter().collect();
    let most = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let bar = |(name, n): (String, u32)| Row {
        name,
        cells: vec![Cell::Bar(
            n.to_string(),
            u32::try_from(u64::from(n) * 100 / u64::from(most)).unwrap_or(0),
        )],
    };
    rows.into_iter().map(bar).collect()
}
