//! The sentences in English.

#[cfg(feature = "folder")]
mod compare;
mod demand;
#[cfg(feature = "folder")]
mod equity;
#[cfg(feature = "folder")]
mod fiche;
#[cfg(feature = "folder")]
mod holding;
mod levers;
#[cfg(feature = "folder")]
mod national;
pub(super) mod new;
#[cfg(feature = "folder")]
mod page;
#[cfg(feature = "folder")]
mod pool;
mod sweep;
#[cfg(feature = "folder")]
mod territories;

use super::{
    Closest, Crowd, DayPart, Heading, Lever, Obstacle, Part, Proved, Sentences, duration, list, percent,
    run_of_days, several_full_days, thousands, told_euros,
};
use crate::control::Stage;
use crate::error::Error;
use crate::finding::Level;
use crate::groups::Tier;
use crate::plan::{Bind, Change, Lack};
use crate::reach::Reason;
use crate::territory::{Mark, Mode, Turn};
use crate::units::{Cents, Seconds};
use jiff::civil::{Date, Weekday};

/// English.
pub(super) struct English;

impl Sentences for English {
    fn colon(&self) -> &'static str {
        ":"
    }

    fn semicolon(&self) -> &'static str {
        "; "
    }

    fn title(&self, territory: &str) -> String {
        if territory.is_empty() { "Group plan".to_owned() } else { format!("Group plan — {territory}") }
    }

    fn internal(&self) -> &'static str {
        "Internal use: youths' identifiers are personal data."
    }

    fn synthetic(&self, seed: u64) -> String {
        format!(
            "Synthetic youths: drawn from counts (seed {seed}). None of them exists; the results hold for \
             a territory of this shape, not for people."
        )
    }

    fn heading(&self, heading: Heading) -> &'static str {
        match heading {
            Heading::Answer => "In short",
            Heading::Groups => "The groups",
            Heading::LeftOut => "Who is left out, and why",
            Heading::Hours => "Hours a week",
            Heading::Opened => "Sites to open",
            Heading::Trust => "Can it be trusted?",
            Heading::Assumptions => "What the plan rests on",
        }
    }

    fn groups_formed(&self, programme: &str, groups: u32, placed: u32, enrolled: u32) -> String {
        format!("{programme}: {}, {placed} of {}", count(groups, "group"), youths(enrolled))
    }

    fn others_blocked(&self, others: u32, obstacle: Obstacle) -> String {
        let whom = match others {
            1 => "the other one".to_owned(),
            n => format!("the other {}", number(n)),
        };
        format!("what blocks {whom}: {}", self.obstacle(obstacle))
    }

    fn nobody_enrolled(&self, programme: &str) -> String {
        format!("{programme}: nobody enrolled.")
    }

    fn no_group(&self, programme: &str, closest: Option<&Closest>, obstacle: Option<Obstacle>) -> String {
        let mut parts = vec![format!("{programme}: {}", none(obstacle))];
        parts.extend(closest.map(|closest| self.closest(closest)));
        parts.extend(obstacle.map(|o| format!("what blocks: {}", self.obstacle(o))));
        format!("{}.", parts.join("; "))
    }

    fn obstacle(&self, obstacle: Obstacle) -> &'static str {
        match obstacle.bind {
            Bind::Sites => "no session can be held in its half-days",
            Bind::Minimum => "too few enrolled who are of age",
            Bind::Reach if obstacle.hours_too => "the trips and the hours when youths are free",
            Bind::Reach => "the trips",
            Bind::Ages => "age",
            Bind::Rooms => "the rooms, all taken",
            Bind::HalfDays => "the half-days of the sites, all taken",
            Bind::Candidates => "the number of sites to open, which is limited",
            Bind::Advisers => "the advisers, with no half-day left",
            Bind::Youths => "the youths, in other groups already or held by a rule or a decision",
        }
    }

    fn levers(&self, levers: &[Lever]) -> String {
        let lever = |lever: &Lever| {
            let gain = count(lever.gain, "more place");
            format!("{} (at least {gain})", self.change(lever))
        };
        let levers: Vec<String> = levers.iter().map(lever).collect();
        format!("For one more group: {}.", levers.join("; or "))
    }

    fn in_all(&self, placed: u32, enrolled: u32) -> String {
        let have = if placed == 1 { "has" } else { "have" };
        format!(
            "In all, {} {have} a place in at least one group, of {} enrolled.",
            youths(placed),
            number(enrolled)
        )
    }

    fn days(&self, days: &[DayPart]) -> String {
        if let Some((first, last, part)) = run_of_days(days) {
            let part = match part {
                Part::Morning => "mornings",
                Part::Afternoon => "afternoons",
                Part::Both => "all day",
            };
            return format!("{} to {}, {part}", weekday(first), weekday(last));
        }
        let full = several_full_days(days);
        let name = |&day: &DayPart| if full { weekday(day.day).to_owned() } else { day_part(day) };
        let days: Vec<String> = days.iter().map(name).collect();
        format!("{}{}", list(&days, "and"), if full { ", all day" } else { "" })
    }

    fn on_days(&self, days: &[DayPart]) -> String {
        if run_of_days(days).is_some() { self.days(days) } else { format!("on {}", self.days(days)) }
    }

    fn at(&self, site: &str) -> String {
        format!("at {site}")
    }

    fn in_turn(&self, sites: &[&str], turn: Turn) -> String {
        let sites: Vec<String> = sites.iter().map(|&site| site.to_owned()).collect();
        let turn = match turn {
            Turn::Week => "taking turns by week",
            Turn::Day => "taking turns by day",
        };
        format!("{}, {turn}", list(&sites, "and"))
    }

    fn first_to_last(&self, first: Date, last: Date) -> String {
        if first == last {
            format!("on {}", date(first))
        } else if first.year() == last.year() {
            format!("{} to {}", day_and_month(first), date(last))
        } else {
            format!("{} to {}", date(first), date(last))
        }
    }

    fn group_size(&self, members: u32, min: u32, max: u32) -> String {
        format!("{} ({min} to {max} a group)", youths(members))
    }

    fn come_by(&self, count: u32, to: Mode, back: Mode) -> String {
        let out = format!("{} {}", number(count), by(to, count));
        if to == back { out } else { format!("{out} (back: {})", by(back, count)) }
    }

    fn only_by_video(&self, count: u32) -> String {
        format!("{} by video only", number(count))
    }

    fn how_they_come(&self, ways: &[String], longest: Seconds) -> String {
        format!("{}; longest trip: {}", ways.join(", "), duration(longest))
    }

    fn by_video(&self) -> &'static str {
        "every session by video, no trip"
    }

    fn not_every_session(&self, count: u32) -> String {
        format!("{} cannot come to every session", youths(count))
    }

    fn unknown_dates(&self, dates: u32, of: u32) -> String {
        let are = if dates == 1 { "is" } else { "are" };
        format!(
            "{dates} of the {of} dates {are} outside the known timetable of coaches and trains: counted neither way"
        )
    }

    fn without_a_trip(&self, dates: &[Date]) -> String {
        let days = dates.iter().map(|&day| date(day)).collect::<Vec<_>>();
        format!("without a trip for one youth at least: {}", days.join(", "))
    }

    fn no_group_at_all(&self) -> &'static str {
        "None."
    }

    fn left_out(&self, programme: &str, left_out: u32, enrolled: u32) -> String {
        format!("{programme}: {} of {} enrolled without a group", number(left_out), number(enrolled))
    }

    fn interchangeable(&self, placed: u32, of: u32, ids: &str) -> String {
        let have = if placed == 1 { "has" } else { "have" };
        format!(
            "A free choice: of {of} youths whom nothing tells apart here {ids}, {} {have} a place.",
            number(placed)
        )
    }

    fn nobody_left_out(&self) -> &'static str {
        "Nobody: everyone enrolled has a place."
    }

    fn reason(&self, reason: Reason, limit: Seconds) -> String {
        let text = match reason {
            Reason::NotEnrolled => "not enrolled",
            Reason::Age => "outside the ages admitted",
            Reason::NotLocated => "home or site without coordinates",
            Reason::NoMode => "no way to travel, and too far on foot",
            Reason::SiteClosed => "no session is held there",
            Reason::NotAvailable => "not available at those hours",
            Reason::SlotClash => "in another group at those hours, or elsewhere that day",
            Reason::TooFar => return format!("too far: a trip of more than {}", duration(limit)),
            Reason::NoBusThen => "a coach or train goes there, but not at those hours",
            Reason::NotInHolidays => "a coach or train goes there, but not in the holidays",
            Reason::NoWayBack => "there is a way out, but none back",
            Reason::TimetableUnknown => "timetable unknown on those dates",
            Reason::TooLongADay => "too much travel for the time on site",
            Reason::GroupTooSmall => "too few others can come to the same place for a group",
            Reason::Full => "groups, rooms or advisers are full",
            Reason::MixRule => "a rule on who is in a group",
            Reason::Excluded => "in a programme that excludes this one",
            Reason::PinnedOut => "decided by the structure",
            Reason::BetterPlan => "the plan found places other youths instead",
        };
        text.to_owned()
    }

    fn first_ids(&self, ids: &[&str], more: bool) -> String {
        format!("({}{})", ids.join(", "), if more { "…" } else { "" })
    }

    fn hours_within_reach(&self, reaching: u32, of: u32, weekly: Seconds) -> String {
        let have = if reaching == 1 { "has" } else { "have" };
        format!(
            "{} of {} {have} at least {} of collective activity a week within reach.",
            number(reaching),
            youths(of),
            duration(weekly)
        )
    }

    fn hours_planned(&self, reaching: u32, weekly: Seconds) -> String {
        let reach = if reaching == 1 { "reaches" } else { "reach" };
        format!("In this plan, {} {reach} {}.", youths(reaching), duration(weekly))
    }

    fn hours_scope(&self) -> &'static str {
        "Only collective sessions are counted: personal steps and interviews come on top."
    }

    fn opened(&self, site: &str, cost: Cents) -> String {
        match cost.get() {
            0 => format!("{site} (candidate site)"),
            _ => format!("{site} (candidate site, {} to open)", euros(cost)),
        }
    }

    fn proved(&self, proved: &Proved) -> String {
        match proved {
            Proved::All => "Best plan possible: proved.".to_owned(),
            Proved::Placed(rest) => {
                let rest: Vec<String> = rest.iter().map(|&tier| objective(tier).to_owned()).collect();
                format!(
                    "No plan offers more places: proved. Among plans with as many, not proved: {}.",
                    list(&rest, "and")
                )
            }
            Proved::Gap { placed, bound, percent: gap, weighted } => {
                let by = if *weighted { ", counted by priority" } else { "" };
                format!(
                    "Plan found: {}{by}; at most {} possible (gap {}%).",
                    count_u64(positive(*placed), "place"),
                    thousands(positive(*bound), ','),
                    percent(*gap)
                )
            }
            Proved::Nothing => "Plan found; nothing is proved about the number of places.".to_owned(),
        }
    }

    fn mark(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::Source => "[source]",
            Mark::Assumed => "[assumed]",
            Mark::Declared => "[file]",
        }
    }

    fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }

    fn finding_counts(&self, errors: usize, warnings: usize, notes: usize) -> String {
        let mut parts = Vec::new();
        for (n, word) in [(errors, "error"), (warnings, "warning"), (notes, "note")] {
            if n > 0 {
                parts.push(count_u64(n as u64, word));
            }
        }
        parts.join(", ")
    }

    fn no_file(&self) -> &'static str {
        "folder"
    }

    fn nothing_found(&self) -> &'static str {
        "Nothing to report."
    }

    fn more_of_a_kind(&self, code: &str, more: usize, last: u32) -> String {
        format!("… and {more} more {code}, to line {last}; --json has them all")
    }

    fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Reading => "reading",
            Stage::Travel => "travel times",
            Stage::Reach => "who can come",
            Stage::Groups => "forming groups",
            Stage::Questions => "trials",
            Stage::Writing => "writing files",
            Stage::Territories => "territories",
        }
    }

    fn tier_reached(&self, tier: Tier, value: i64, bound: Option<i64>) -> String {
        let proved = bound.map_or("proved".to_owned(), |bound| format!("not proved, bound {bound}"));
        format!("{}: {value} ({proved})", objective(tier))
    }

    fn stopped_by_time(&self) -> &'static str {
        "The search stopped at the time limit: another machine may answer otherwise."
    }

    fn option_groups(&self, programme: &str, option: &str, groups: u32, members: u32) -> String {
        format!("{programme}, {option}: {}, {}", count(groups, "group"), youths(members))
    }

    fn only_so_many(&self, crowd: Crowd) -> String {
        let one = if crowd.sites { "this site" } else { "this slot" };
        let many = if crowd.sites { "sites" } else { "slots" };
        let places = match crowd.places {
            1 => one.to_owned(),
            n => format!("these {} {many}", spelt(n)),
        };
        let who = match (crowd.only, crowd.youths) {
            (true, n) => format!("{} can go only to {places}", youths(n)),
            (false, 0) => format!("Nobody can go to {places}"),
            (false, n) => format!("Only {} can go to {places}", youths(n)),
        };
        let groups = match crowd.groups {
            0 => "no group is possible".to_owned(),
            1 => "one group at most".to_owned(),
            n => format!("{} at most", count(n, "group")),
        };
        format!("{who}, and each group asks for {}: {groups}", crowd.min)
    }

    fn no_certificate(&self) -> &'static str {
        "The answer has no certificate: no file is written."
    }

    fn not_certified(&self) -> &'static str {
        "The certificate does not prove what it claims."
    }

    fn impossible(&self) -> &'static str {
        "No plan: decisions already made contradict the limits; this is proved. Remove or change one of them."
    }

    fn written(&self, folder: &str) -> String {
        format!(
            "Written to {folder}: interne/, exact, for your structure alone; partage/, which can be shown."
        )
    }

    fn not_found(&self) -> &'static str {
        "No plan was found that respects the decisions already made; there may be one. \
         Let the search go further with --nodes."
    }

    fn unverified(&self) -> &'static str {
        "Internal error: the plan found does not pass its verification and is not shown. Please report it."
    }

    fn error(&self, error: &Error) -> String {
        match error {
            Error::Input(_) => "The files contain errors.".to_owned(),
            Error::Cancelled => "Stopped.".to_owned(),
            other => other.to_string(),
        }
    }
}

impl English {
    fn change(&self, lever: &Lever) -> String {
        let at = || format!("{} {}", lever.at, self.on_days(&lever.days));
        let half_days = |n| count(n, "more half-day");
        match &lever.change {
            Change::More(Lack::Groups) => format!("one more group at a time {}", at()),
            Change::More(Lack::Rooms { site, rooms }) => format!("{} {site}", count(*rooms, "more room")),
            Change::More(Lack::Site { site, half_days: n }) => format!("{} {site}", half_days(*n)),
            Change::More(Lack::Overall(n)) => format!("{} over all sites", half_days(*n)),
            Change::More(Lack::Advisers(n)) => format!("{} of an adviser {}", half_days(*n), at()),
            Change::More(Lack::Gates(n)) => format!("{} opened", count(*n, "more site")),
            Change::Minimum => {
                format!(
                    "a minimum of {} instead of {}",
                    number(lever.min.saturating_sub(1)),
                    number(lever.min)
                )
            }
            Change::Limit(limit) => format!("trips of at most {} {}", duration(*limit), at()),
            Change::Youths(n) => format!("{} who can be {}", count(*n, "more youth"), at()),
        }
    }

    fn closest(&self, closest: &Closest) -> String {
        let Closest { at, days, reachable, missing, min } = closest;
        let when = self.on_days(days);
        if *missing == 0 {
            return format!("{} could come {at} {when}", youths(*reachable));
        }
        let can = match reachable {
            0 => "nobody can come".to_owned(),
            n => format!("{} can come", number(*n)),
        };
        format!("{} missing {at} {when} ({can}, {min} are needed)", youths(*missing))
    }
}

/// "Possible" says that there is none to be had; "in this plan" that others were preferred.
fn none(obstacle: Option<Obstacle>) -> &'static str {
    match obstacle.map(|o| o.bind) {
        Some(Bind::Sites | Bind::Minimum | Bind::Reach) => "no group possible",
        _ => "no group in this plan",
    }
}

/// Small numbers in a sentence are words.
fn spelt(n: u32) -> String {
    const WORDS: [&str; 7] = ["two", "three", "four", "five", "six", "seven", "eight"];
    let word = (n as usize).checked_sub(2).and_then(|i| WORDS.get(i));
    word.map_or_else(|| number(n), |&word| word.to_owned())
}

fn number(n: u32) -> String {
    thousands(u64::from(n), ',')
}

/// In English zero is plural.
fn count_u64(n: u64, word: &str) -> String {
    format!("{} {word}{}", thousands(n, ','), if n == 1 { "" } else { "s" })
}

fn count(n: u32, word: &str) -> String {
    count_u64(u64::from(n), word)
}

/// "12 youths", "fewer than 11 youths", "11 to 20 youths"
#[cfg(feature = "folder")]
fn told((from, to): (u32, u32), word: &str) -> String {
    match (from, to) {
        (from, to) if from == to => count(to, word),
        (0, to) => format!("fewer than {}", count(to + 1, word)),
        (from, to) => format!("{} to {}", number(from), count(to, word)),
    }
}

/// "12", "fewer than 11", "11 to 20"
#[cfg(feature = "folder")]
fn bare((from, to): (u32, u32)) -> String {
    match (from, to) {
        (from, to) if from == to => number(to),
        (0, to) => format!("fewer than {}", number(to + 1)),
        (from, to) => format!("{} to {}", number(from), number(to)),
    }
}

fn youths(n: u32) -> String {
    count(n, "youth")
}

fn positive(value: i64) -> u64 {
    value.max(0).unsigned_abs()
}

fn day_part(DayPart { day, part }: DayPart) -> String {
    let part = match part {
        Part::Morning => "morning",
        Part::Afternoon => "afternoon",
        Part::Both => "all day",
    };
    format!("{} {part}", weekday(day))
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day_and_month(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).unwrap_or(&"");
    format!("{} {month}", date.day())
}

fn date(date: Date) -> String {
    format!("{} {}", day_and_month(date), date.year())
}

fn by(mode: Mode, count: u32) -> &'static str {
    match mode {
        Mode::Car => "by car",
        Mode::Lift if count == 1 => "passenger",
        Mode::Lift => "passengers",
        Mode::Moped => "by moped",
        Mode::EBike => "by electric bicycle",
        Mode::Bike => "by bicycle",
        Mode::Walk => "on foot",
        Mode::Bus => "by coach or train",
        Mode::OnDemand => "by transport on demand (to be booked)",
        Mode::Shuttle => "by shuttle",
        Mode::LiftBus => "driven to a stop, then by coach or train",
        Mode::MopedBus => "by moped, then by coach or train",
        Mode::EBikeBus => "by electric bicycle, then by coach or train",
        Mode::BikeBus => "by bicycle, then by coach or train",
    }
}

const fn objective(tier: Tier) -> &'static str {
    match tier {
        Tier::Placed => "the number of places",
        Tier::Cost => "the least cost",
        Tier::OffTarget => "the size of groups aimed at",
        Tier::Minutes => "the least travel",
    }
}

fn euros(cost: Cents) -> String {
    format!("€{}", thousands(told_euros(cost), ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_singular() {
        assert_eq!(English.groups_formed("Workshop", 1, 1, 1), "Workshop: 1 group, 1 of 1 youth");
        assert_eq!(English.groups_formed("Workshop", 0, 0, 0), "Workshop: 0 groups, 0 of 0 youths");
        assert_eq!(English.come_by(1, Mode::Lift, Mode::Bus), "1 passenger (back: by coach or train)");
    }

    #[test]
    fn the_gap_has_a_decimal_point() {
        let gap = Proved::Gap { placed: 1412, bound: 1431, percent: 1.3277, weighted: true };
        assert_eq!(
            English.proved(&gap),
            "Plan found: 1,412 places, counted by priority; at most 1,431 possible (gap 1.3%)."
        );
    }

    #[test]
    fn a_missing_group_is_told_in_one_sentence() {
        let days = vec![DayPart { day: Weekday::Tuesday, part: Part::Morning }];
        let closest = Closest { at: English.at("Richelieu"), days, reachable: 3, missing: 2, min: 5 };
        let trips = Obstacle { bind: Bind::Reach, hours_too: true };
        assert_eq!(
            English.no_group("CEJ", Some(&closest), Some(trips)),
            "CEJ: no group possible; 2 youths missing at Richelieu on Tuesday morning \
             (3 can come, 5 are needed); what blocks: the trips and the hours when youths are free."
        );
    }

    #[test]
    fn every_lever_is_told() {
        let told: Vec<String> =
            crate::report::language::every_lever().into_iter().map(|l| English.levers(&[l])).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        For one more group: one more group at a time au Blanc on Monday morning (at least 1 more place).
        For one more group: 1 more room à Chinon (at least 2 more places).
        For one more group: 2 more half-days à Chinon (at least 3 more places).
        For one more group: 1 more half-day over all sites (at least 4 more places).
        For one more group: 2 more half-days of an adviser au Blanc on Monday morning (at least 5 more places).
        For one more group: 2 more sites opened (at least 6 more places).
        For one more group: a minimum of 7 instead of 8 (at least 7 more places).
        For one more group: trips of at most 54 min au Blanc on Monday morning (at least 8 more places).
        For one more group: 1 more youth who can be au Blanc on Monday morning (at least 9 more places).
        "#);
    }
}
