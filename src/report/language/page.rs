//! What the page in a browser says besides what the one in a terminal does.

use super::en::English;
use super::fr::French;
use super::{DayPart, Obstacle, Sentences};
use crate::finding::Lang;
use crate::questions::Viable;
use crate::report::Audience;
use crate::units::Seconds;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn PageSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is on the page in a browser only, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum PagePart {
    Levers,
    Map,
    Grid,
    Tables,
    Flips,
}

/// How a commune is shaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Shade {
    /// Nobody there is enrolled.
    Nobody,
    /// Everybody enrolled has a place.
    All,
    /// Half of them or more.
    Most,
    /// Fewer than half.
    Some,
    /// None of them.
    Left,
    /// Somebody is enrolled, and it is not told how many have a place.
    Unsaid,
}

impl Shade {
    pub(in crate::report) const ALL: [Self; 6] =
        [Self::All, Self::Most, Self::Some, Self::Left, Self::Nobody, Self::Unsaid];

    /// Of so many enrolled, of whom so many have a place where that is told.
    pub(in crate::report) const fn of(enrolled: u32, placed: Option<u32>) -> Self {
        match placed {
            _ if enrolled == 0 => Self::Nobody,
            None => Self::Unsaid,
            Some(0) => Self::Left,
            Some(placed) if placed >= enrolled => Self::All,
            Some(placed) if 2 * placed >= enrolled => Self::Most,
            Some(_) => Self::Some,
        }
    }

    /// Its class in the style sheet.
    pub(in crate::report) const fn class(self) -> &'static str {
        match self {
            Self::Nobody => "s0",
            Self::All => "s1",
            Self::Most => "s2",
            Self::Some => "s3",
            Self::Left => "s4",
            Self::Unsaid => "s5",
        }
    }
}

/// A site, as the map shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum SiteKind {
    /// Open today.
    Open,
    /// A candidate that the plan opens.
    Opened,
    /// A candidate that it does not.
    Candidate,
}

impl SiteKind {
    pub(in crate::report) const ALL: [Self; 3] = [Self::Open, Self::Opened, Self::Candidate];
}

/// How many people: exactly, or as far as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Amount {
    Exactly(u32),
    Between(u32, u32),
    AtLeast(u32),
}

impl Amount {
    /// The fewest that it can be.
    pub(in crate::report) const fn least(self) -> u32 {
        match self {
            Self::Exactly(n) | Self::Between(n, _) | Self::AtLeast(n) => n,
        }
    }

    /// The most that it can be, as far as that is known.
    pub(in crate::report) const fn most(self) -> u32 {
        match self {
            Self::Exactly(n) | Self::Between(_, n) => n,
            Self::AtLeast(_) => u32::MAX,
        }
    }
}

/// A heading of a table's column or row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Label {
    Programme,
    Site,
    HalfDays,
    Dates,
    Size,
    Members,
    Notes,
    Commune,
    Zone,
    Enrolled,
    Placed,
    LeftOut,
    Reason,
    Youths,
    Ids,
    Outcome,
    Groups,
    People,
    HoursAWeek,
    Secret,
}

/// A control of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Control {
    Closer,
    Farther,
    Whole,
    Left,
    Right,
    Up,
    Down,
    Choose,
    ChooseNone,
    Isochrones,
    Communes,
    Sites,
}

/// A language, on the page.
pub(in crate::report) trait PageSentences: Sentences {
    fn tag(&self) -> &'static str;
    /// "16–17 ou 18–21"
    fn or(&self, words: &[String]) -> String;
    fn fewer_than(&self, threshold: u32) -> String;
    /// "Chinon et 3 communes voisines": the main commune, how many others, and whether homes that are nowhere are in it.
    fn zone(&self, main: Option<&str>, others: usize, unknown: bool) -> String;
    fn part(&self, part: PagePart) -> &'static str;
    fn skip(&self) -> &'static str;
    fn contents(&self) -> &'static str;
    /// That the page can be shown, and what is left out of it.
    fn shared(&self, threshold: u32) -> String;
    fn footer(&self, version: &str, audience: Audience) -> String;

    /// "2 groupes possibles", "aucun groupe possible"
    fn groups_possible(&self, groups: u32, obstacle: Option<Obstacle>) -> String;
    /// ", 17 jeunes sur 26"
    fn placed_of(&self, placed: u32, enrolled: u32) -> String;
    fn nobody(&self) -> &'static str;
    /// The alternative of the structure's logo.
    fn logo(&self) -> &'static str;
    /// "à Richelieu le mardi matin, 6 jeunes peuvent venir"
    fn could_come_there(&self, at: &str, days: &[DayPart], people: Amount) -> String;
    /// "à Richelieu le mardi matin, il manque 2 jeunes"
    fn lacking(&self, at: &str, days: &[DayPart], missing: Amount) -> String;
    /// What stands in the way, a sentence of its own.
    fn what_blocks(&self, obstacle: Obstacle) -> String;
    /// What stands in the way of those without a place.
    fn what_blocks_others(&self, others: u32, obstacle: Obstacle) -> String;

    /// How far the plan is proved, without its figures; the gap in percent at most, where that may be told.
    fn proved_shared(&self, best: bool, gap: Option<u32>) -> String;

    fn map_caption(&self, audience: Audience) -> &'static str;
    /// What somebody hears who does not see the map.
    fn map_told(&self, communes: usize, sites: usize) -> String;
    fn map_table(&self, audience: Audience) -> &'static str;
    fn map_keys(&self) -> &'static str;
    fn control(&self, control: Control) -> &'static str;
    fn shade(&self, shade: Shade) -> &'static str;
    fn site_kind(&self, kind: SiteKind) -> &'static str;
    /// "Chinon : 24 inscrits, 18 avec une place, 6 sans place"
    fn commune(&self, name: &str, enrolled: u32, outcomes: Option<(u32, u32)>) -> String;
    /// "Richelieu, site candidat à ouvrir : 2 groupes"
    fn site(&self, name: &str, kind: SiteKind, groups: u32) -> String;
    /// "ce qui est à 45 min au plus de Chinon en voiture"
    fn isochrone(&self, site: &str, limit: Seconds) -> String;

    fn label(&self, label: Label) -> &'static str;
    fn grid_of_all(&self) -> &'static str;
    fn grid_of(&self, programme: &str) -> String;
    /// "lundi matin", for the head of a column
    fn half_day(&self, day: DayPart) -> String;
    fn nothing_then(&self) -> &'static str;
    fn groups_here(&self, groups: u32) -> String;
    fn could_come(&self, people: Amount) -> String;
    fn missing(&self, people: Amount) -> String;
    /// "10 jeunes", "5 à 7 jeunes"
    fn amount(&self, people: Amount) -> String;

    fn groups_table(&self) -> &'static str;
    /// "3 présents au moins à 73 % des séances"
    fn holds(&self, needed: u32, percent: u16) -> String;
    fn reasons_table(&self) -> &'static str;
    fn reasons_of(&self, programme: &str) -> String;
    fn hours_table(&self) -> &'static str;
    /// "de 5 h à moins de 10 h"
    fn hours_between(&self, from: Seconds, to: Option<Seconds>) -> String;
    fn outcomes_table(&self) -> &'static str;
    /// Counts by a characteristic, which is named in words.
    fn table_by(&self, characteristic: &str) -> String;
    /// "… et 12 autres, dans left_out.csv"
    fn more_ids(&self, more: usize, file: &str) -> String;
    fn nothing_of_people(&self) -> &'static str;
    /// What is at the head of travel limits.
    fn limits(&self) -> &'static str;
    /// "trop peu de jeunes", of a programme with a limit and a minimum.
    fn viable(&self, viable: Viable, groups: u32) -> String;
}
