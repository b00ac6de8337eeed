//! Every sentence of the reports, one function each, in each language: a
//! sentence missing in one of them does not compile.

#[cfg(feature = "folder")]
pub(super) mod compare;
pub(super) mod demand;
mod en;
#[cfg(feature = "folder")]
pub(super) mod equity;
#[cfg(feature = "folder")]
pub(super) mod fiche;
mod fr;
#[cfg(feature = "folder")]
pub(super) mod holding;
pub(super) mod levers;
#[cfg(feature = "folder")]
pub(super) mod national;
pub(super) mod new;
#[cfg(feature = "folder")]
pub(super) mod page;
#[cfg(feature = "folder")]
pub(super) mod pool;
pub(super) mod sweep;
#[cfg(feature = "folder")]
pub(super) mod territories;

use crate::control::Stage;
use crate::error::Error;
use crate::finding::{Lang, Level};
use crate::groups::Tier;
use crate::plan::{Bind, Change};
use crate::reach::Reason;
use crate::territory::{Mark, Mode, Turn};
use crate::units::{Cents, Seconds};
use en::English;
use fr::French;
use jiff::civil::{Date, Weekday};

/// The sentences of `lang`.
pub(super) fn of(lang: Lang) -> &'static dyn Sentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is on a page, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Answer,
    Groups,
    LeftOut,
    Hours,
    Opened,
    Trust,
    Assumptions,
}

/// A half-day, or a day of which the group takes both halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayPart {
    pub(super) day: Weekday,
    pub(super) part: Part,
}

/// Which part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Both,
}

/// What stands in the way, with what is needed to say it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub(super) bind: Bind,
    /// Whether some are not free at the hours offered, besides the trips.
    pub(super) hours_too: bool,
}

/// Where and when a group would come closest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closest {
    /// As [`Sentences::at`] says it.
    pub(super) at: String,
    pub(super) days: Vec<DayPart>,
    pub(super) reachable: u32,
    pub(super) missing: u32,
    pub(super) min: u32,
}

/// A change that lets one more group be formed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lever {
    /// Sites as [`Sentences::at`] says them.
    pub(super) change: Change<String>,
    /// Where the group would be, likewise.
    pub(super) at: String,
    pub(super) days: Vec<DayPart>,
    /// The programme's minimum.
    pub(super) min: u32,
    pub(super) gain: u32,
}

/// How far the answer is proved.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Proved {
    /// On every objective.
    All,
    /// On the number of places, not on these.
    Placed(Vec<Tier>),
    /// Up to a gap. `weighted`: places count by priority.
    Gap { placed: i64, bound: i64, percent: f64, weighted: bool },
    /// The number of places was not an objective.
    Nothing,
}

/// So many youths for some options of a programme: why no more groups are made there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crowd {
    pub(super) youths: u32,
    /// How many sites or slots.
    pub(super) places: u32,
    /// Whether the places are whole sites; else slots at sites.
    pub(super) sites: bool,
    /// Whether these youths can go nowhere else.
    pub(super) only: bool,
    pub(super) min: u32,
    /// Most groups that makes.
    pub(super) groups: u32,
}

/// A language.
pub(super) trait Sentences {
    /// What comes before an explanation: ":" or " :".
    fn colon(&self) -> &'static str;
    /// What comes between two parts of a line.
    fn semicolon(&self) -> &'static str;
    fn title(&self, territory: &str) -> String;
    fn internal(&self) -> &'static str;
    fn synthetic(&self, seed: u64) -> String;
    fn heading(&self, heading: Heading) -> &'static str;

    /// "Atelier : 2 groupes, 17 jeunes sur 26"
    fn groups_formed(&self, programme: &str, groups: u32, placed: u32, enrolled: u32) -> String;
    /// What keeps the others out, to follow [`Sentences::groups_formed`].
    fn others_blocked(&self, others: u32, obstacle: Obstacle) -> String;
    fn nobody_enrolled(&self, programme: &str) -> String;
    fn no_group(&self, programme: &str, closest: Option<&Closest>, obstacle: Option<Obstacle>) -> String;
    fn obstacle(&self, obstacle: Obstacle) -> &'static str;
    /// What lets one more group be formed.
    fn levers(&self, levers: &[Lever]) -> String;
    fn in_all(&self, placed: u32, enrolled: u32) -> String;

    /// "mardi matin et jeudi après-midi", "lundi et jeudi, toute la journée"
    fn days(&self, days: &[DayPart]) -> String;
    /// "le mardi matin et le jeudi après-midi"
    fn on_days(&self, days: &[DayPart]) -> String;
    /// "à Chinon", "au Blanc"
    fn at(&self, site: &str) -> String;
    fn in_turn(&self, sites: &[&str], turn: Turn) -> String;
    fn first_to_last(&self, first: Date, last: Date) -> String;
    fn group_size(&self, members: u32, min: u32, max: u32) -> String;
    /// "5 en voiture", "2 en car ou en train (retour : passagers)"
    fn come_by(&self, count: u32, to: Mode, back: Mode) -> String;
    fn only_by_video(&self, count: u32) -> String;
    fn how_they_come(&self, ways: &[String], longest: Seconds) -> String;
    fn by_video(&self) -> &'static str;
    fn not_every_session(&self, count: u32) -> String;
    /// Dates of a group's of which some timetable says nothing, out of all.
    fn unknown_dates(&self, dates: u32, of: u32) -> String;
    /// Dates on which some member has no trip, the first few.
    fn without_a_trip(&self, dates: &[Date]) -> String;
    fn no_group_at_all(&self) -> &'static str;

    fn left_out(&self, programme: &str, left_out: u32, enrolled: u32) -> String;
    /// So many youths are alike, and some of them have a place.
    fn interchangeable(&self, placed: u32, of: u32, ids: &str) -> String;
    fn nobody_left_out(&self) -> &'static str;
    fn reason(&self, reason: Reason, limit: Seconds) -> String;
    /// "(y01, y02…)"
    fn first_ids(&self, ids: &[&str], more: bool) -> String;

    fn hours_within_reach(&self, youths: u32, of: u32, weekly: Seconds) -> String;
    fn hours_planned(&self, youths: u32, weekly: Seconds) -> String;
    fn hours_scope(&self) -> &'static str;

    fn opened(&self, site: &str, cost: Cents) -> String;

    fn proved(&self, proved: &Proved) -> String;
    fn mark(&self, mark: Mark) -> &'static str;

    /// An objective's value, and the bound when it is not proved.
    fn tier_reached(&self, tier: Tier, value: i64, bound: Option<i64>) -> String;
    fn stopped_by_time(&self) -> &'static str;
    /// "cej, Chinon lundi : 2 groupes, 17 jeunes"
    fn option_groups(&self, programme: &str, option: &str, groups: u32, members: u32) -> String;
    fn only_so_many(&self, crowd: Crowd) -> String;
    fn no_certificate(&self) -> &'static str;
    fn not_certified(&self) -> &'static str;

    fn level(&self, level: Level) -> &'static str;
    fn finding_counts(&self, errors: usize, warnings: usize, notes: usize) -> String;
    fn no_file(&self) -> &'static str;
    fn nothing_found(&self) -> &'static str;
    /// So many more findings of a kind, up to a line.
    fn more_of_a_kind(&self, code: &str, more: usize, last: u32) -> String;

    fn stage(&self, stage: Stage) -> &'static str;
    fn impossible(&self) -> &'static str;
    fn not_found(&self) -> &'static str;
    fn unverified(&self) -> &'static str;
    fn written(&self, folder: &str) -> String;
    fn error(&self, error: &Error) -> String;
}

/// Joins "a", "b" and "c" as "a, b et c".
pub(super) fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}

/// Whether there are several days and the group takes both halves of each.
pub(super) fn several_full_days(days: &[DayPart]) -> bool {
    days.len() > 1 && days.iter().all(|day| day.part == Part::Both)
}

/// The first and last of at least three days that follow one another, and the part of the day that is the same on all.
pub(super) fn run_of_days(days: &[DayPart]) -> Option<(Weekday, Weekday, Part)> {
    let follows =
        |pair: &[DayPart]| pair[0].day.wrapping_add(1) == pair[1].day && pair[0].part == pair[1].part;
    let run = days.len() > 2 && days.windows(2).all(follows);
    let (first, last) = (days.first()?, days.last()?);
    run.then_some((first.day, last.day, first.part))
}

/// Days by year and month, in order.
#[cfg(feature = "folder")]
pub(super) fn by_month(dates: &[Date]) -> std::collections::BTreeMap<(i16, usize), Vec<i8>> {
    let mut months: std::collections::BTreeMap<(i16, usize), Vec<i8>> = Default::default();
    for date in dates {
        months.entry((date.year(), usize::from(date.month().unsigned_abs()))).or_default().push(date.day());
    }
    months
}

/// Groups the digits of a whole number by three.
pub(super) fn thousands(n: u64, mark: char) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// One decimal; a gap that is not nothing is never told as 0.0.
pub(super) fn percent(value: f64) -> String {
    format!("{:.1}", if value > 0.0 { value.max(0.1) } else { 0.0 })
}

/// Minutes, rounded up, as "38 min" or "1 h 05".
pub(super) fn duration(time: Seconds) -> String {
    let minutes = time.to_minutes().get();
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m:02}"),
    }
}

/// An amount as it is told in a sentence, in euros: to ten euros, the half up; below ten euros, to the euro, and
/// never told as nothing.
pub(super) fn told_euros(amount: Cents) -> u64 {
    let to = if amount.get() < 1_000 { 100 } else { 1_000 };
    let rounded = (amount.get() + to / 2) / to * (to / 100);
    if amount.get() > 0 { rounded.max(1) } else { 0 }
}

/// The narrow no-break space, which French puts before `;`, `!` and `?` and between thousands.
const THIN_SPACE: char = '\u{202F}';

/// The no-break space: before `:`, inside guillemets, and between a number and its unit.
#[cfg(any(test, feature = "folder"))]
const NO_BREAK: char = '\u{A0}';

/// A sentence with its spaces as typography wants them: where a line must not break, none does. Nothing is added
/// or taken away, so that what a file says stays as it is; done twice, it is as done once.
#[cfg(any(test, feature = "folder"))]
pub(super) fn typeset(lang: Lang, text: &str) -> String {
    let mut words = text.split(' ');
    let mut set = words.next().unwrap_or_default().to_owned();
    for word in words {
        set.push(space(lang, &set, word));
        set.push_str(word);
    }
    set
}

/// With a capital, as sentences begin.
#[cfg(any(test, feature = "folder"))]
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The space between a text and the word that follows.
#[cfg(any(test, feature = "folder"))]
fn space(lang: Lang, before: &str, word: &str) -> char {
    let french = lang == Lang::Fr;
    let number = before.ends_with(|c: char| c.is_ascii_digit());
    // "1 h 05"
    let hour = before
        .strip_suffix('h')
        .is_some_and(|n| n.trim_end_matches(NO_BREAK).ends_with(|c: char| c.is_ascii_digit()))
        && word.starts_with(|c: char| c.is_ascii_digit());
    if french && word.starts_with([';', '!', '?']) {
        THIN_SPACE
    } else if french && (word.starts_with([':', '»']) || before.ends_with('«'))
        || number && is_unit(word)
        || hour
    {
        NO_BREAK
    } else {
        ' '
    }
}

/// Whether a word, perhaps with what ends a sentence, is a unit that belongs to the number before it.
pub(super) fn is_unit(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', ')', ';', '\u{202F}']);
    matches!(bare, "min" | "h" | "km" | "km/h" | "m" | "s" | "€" | "€/h" | "%")
}

/// Every change that lets one more group be formed, each as a lever.
#[cfg(test)]
pub(super) fn every_lever() -> Vec<Lever> {
    use crate::plan::Lack;
    let site = || "à Chinon".to_owned();
    let changes = [
        Change::More(Lack::Groups),
        Change::More(Lack::Rooms { site: site(), rooms: 1 }),
        Change::More(Lack::Site { site: site(), half_days: 2 }),
        Change::More(Lack::Overall(1)),
        Change::More(Lack::Advisers(2)),
        Change::More(Lack::Gates(2)),
        Change::Minimum,
        Change::Limit(Seconds::new(3_181)),
        Change::Youths(1),
    ];
    let days = vec![DayPart { day: Weekday::Monday, part: Part::Morning }];
    let lever =
        |(change, gain)| Lever { change, at: "au Blanc".to_owned(), days: days.clone(), min: 8, gain };
    changes.into_iter().zip(1..).map(lever).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(thousands(1_234_567, ' '), "1 234 567");
        assert_eq!(thousands(999, ' '), "999");
        assert_eq!(percent(0.01), "0.1");
        assert_eq!(percent(0.0), "0.0");
        assert_eq!(duration(Seconds::from_minutes(65)), "1 h 05");
        assert_eq!(duration(Seconds::new(2701)), "46 min");
        assert_eq!(duration(Seconds::from_minutes(120)), "2 h");
    }

    #[test]
    fn amounts_are_told_to_ten_euros() {
        let told = |cents| told_euros(Cents::new(cents));
        assert_eq!([0, 1, 63, 149, 150, 949, 999].map(told), [0, 1, 1, 1, 2, 9, 10]);
        assert_eq!(
            [1_000, 1_499, 1_500, 123_456, 123_500, 300_000].map(told),
            [10, 10, 20, 1_230, 1_240, 3_000]
        );
    }

    #[test]
    fn french_punctuation_clings() {
        let fr = |text| typeset(Lang::Fr, text);
        assert_eq!(fr("CEJ : aucun groupe ; bloqué !"), "CEJ\u{A0}: aucun groupe\u{202F}; bloqué\u{202F}!");
        assert_eq!(fr("PEUT-ON S'Y FIER ?"), "PEUT-ON S'Y FIER\u{202F}?");
        assert_eq!(fr("au site « Gare de Loches »."), "au site «\u{A0}Gare de Loches\u{A0}».");
        assert_eq!(
            fr("en 1 h 05, à 25 km/h (écart 4,4 %)."),
            "en 1\u{A0}h\u{A0}05, à 25\u{A0}km/h (écart 4,4\u{A0}%)."
        );
        assert_eq!(fr("3\u{202F}000 € ; 46 min."), "3\u{202F}000\u{A0}€\u{202F}; 46\u{A0}min.");
        assert_eq!(fr("le 1er mars à 10 jeunes, mot:mot"), "le 1er mars à 10 jeunes, mot:mot");
    }

    #[test]
    fn english_keeps_units_alone() {
        let en = |text| typeset(Lang::En, text);
        assert_eq!(en("CEJ: no group; 46 min."), "CEJ: no group; 46\u{A0}min.");
        assert_eq!(en("so ? no"), "so ? no");
    }

    #[test]
    fn what_is_typeset_stays_so() {
        for text in ["", " ", "a  b", "« x » : 1 h 05 ; 3 € !", "trajet : 2 h 10 ; « y » ?"] {
            let once = typeset(Lang::Fr, text);
            assert_eq!(typeset(Lang::Fr, &once), once);
            assert_eq!(once.replace(['\u{A0}', '\u{202F}'], " "), text);
        }
    }

    #[test]
    fn the_last_of_a_list_is_joined_by_a_word() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&items, "et"), "a, b et c");
        assert_eq!(list(&items[..1], "et"), "a");
        assert_eq!(list(&[], "et"), "");
    }
}
