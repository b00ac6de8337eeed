//! Territories side by side in English.

use super::super::national::*;
use super::{English, count, count_u64, duration, number};
use crate::report::national::{Basis, Class};

impl NationalSentences for English {
    fn national_title(&self, territories: u32) -> String {
        format!("National view: {}", territories_of(territories))
    }

    fn national_heading(&self, heading: NationalHeading, territories: u32) -> String {
        match heading {
            NationalHeading::Answer => "The answer".to_owned(),
            NationalHeading::Classes => "Rural beside urban".to_owned(),
            NationalHeading::After => "Before, then after".to_owned(),
            NationalHeading::Losers => "Those that lose most".to_owned(),
            NationalHeading::Each if territories == 1 => "The territory".to_owned(),
            NationalHeading::Each => "Each territory".to_owned(),
            NationalHeading::Broken => "Without an answer".to_owned(),
            NationalHeading::Rests => "What it rests on".to_owned(),
        }
    }

    fn exact_numbers(&self) -> &'static str {
        "Internal use: exact numbers, territory by territory."
    }

    fn nobody_real(&self) -> &'static str {
        "Youths are drawn: nobody real."
    }

    fn answered(&self) -> &'static str {
        "answered"
    }

    fn broken(&self) -> &'static str {
        "broken"
    }

    fn no_plan(&self) -> &'static str {
        "no plan found"
    }

    fn class(&self, class: Option<Class>) -> &'static str {
        match class {
            Some(Class::Dense) => "dense",
            Some(Class::Intermediate) => "intermediate",
            Some(Class::Rural) => "rural",
            None => "not classified",
        }
    }

    fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Own => "its own folder",
            Basis::Perimeter => "perimeter",
            Basis::NearestSeat => "nearest seat (assumption)",
        }
    }

    fn how_many_answer(&self, answered: u32, broken: u32, without: u32) -> String {
        let broken = if broken > 0 { format!("; {} broken", number(broken)) } else { String::new() };
        let without =
            if without > 0 { format!("; {} without a plan found", number(without)) } else { String::new() };
        format!("{} with an answer{broken}{without}.", territories_of(answered))
    }

    fn places_in_all(&self, youths: u64, enrolled: u64, placed: i64, groups: u64) -> String {
        format!(
            "{}, {} wanted; {} in {}.",
            count_u64(youths, "youth"),
            count_u64(enrolled, "place"),
            given(placed),
            count_u64(groups, "group"),
        )
    }

    fn proved_share(&self, proved: u32, of: u32, gap: i64, bound: i64) -> String {
        let share = percent(i64::from(proved), i64::from(of));
        let told =
            format!("Proved to be the most for {} of {} ({share})", number(proved), territories_of(of));
        match gap {
            0 => format!("{told}; no gap."),
            gap => format!(
                "{told}; total gap: at most {} more ({}).",
                count_u64(gap.unsigned_abs(), "place"),
                percent(gap, bound),
            ),
        }
    }

    fn out_of_reach(&self, far: u64, enrolled: u64) -> String {
        let share = percent(signed(far), signed(enrolled));
        format!("Without a place because of the way: {} ({share}).", count_u64(far, "enrolment"))
    }

    fn class_line(&self, class: &str, all: &InAll, after: Option<(i64, i64)>) -> String {
        let share = percent(all.placed, signed(all.enrolled));
        let far = percent(signed(all.out_of_reach), signed(all.enrolled));
        let after = after.map(|(before, after)| format!("; from {} to {}", number_of(before), given(after)));
        format!(
            "{class}: {}, {} in {}, {share} of the places wanted; {far} out of reach{}.",
            territories_of(all.territories),
            given(all.placed),
            count_u64(all.groups, "group"),
            after.unwrap_or_default(),
        )
    }

    fn before_and_after(&self, placed: (i64, i64), groups: (u64, u64)) -> String {
        format!(
            "From {} to {}; from {} to {}.",
            number_of(placed.0),
            given(placed.1),
            number_of(signed(groups.0)),
            count_u64(groups.1, "group"),
        )
    }

    fn gained_and_lost_in_all(&self, gained: u64, lost: u64) -> String {
        format!("{} gained, {} lost.", count_u64(gained, "place"), number_of(signed(lost)))
    }

    fn nothing_after(&self, territories: u32) -> String {
        format!(
            "{} without an answer after: nobody told how many half-days there are, or no plan holds.",
            territories_of(territories)
        )
    }

    fn territory_line(&self, line: &Line<'_>) -> String {
        let class = line.class.map_or_else(String::new, |class| format!(" ({class})"));
        let most = match line.gap {
            0 => String::new(),
            gap => format!(" (at most {})", number_of(line.placed + gap)),
        };
        let trip = line.trip.map_or_else(String::new, |trip| format!("; mean trip {}", duration(trip)));
        let after = line.after.map_or_else(String::new, |(placed, lost)| {
            format!("; after: {}, {} lost", given(placed), number(lost))
        });
        let assumed = if line.assumed { "; communes of the nearest seat (assumption)" } else { "" };
        format!(
            "{}{class}: {}{most} of {} in {}{trip}{after}{assumed}.",
            line.name,
            given(line.placed),
            number(line.enrolled),
            count(line.groups, "group"),
        )
    }

    fn lines_in_files(&self) -> &'static str {
        "One line a territory in the files of --out and in --json."
    }

    fn more_findings_of_it(&self, more: u32) -> String {
        format!("{} more", count(more, "finding"))
    }

    fn nearest_seats(&self, territories: u32) -> String {
        format!(
            "Assumed, for {}: communes are those whose nearest seat it is as the crow flies, not the true perimeter.",
            territories_of(territories)
        )
    }

    fn drawn_youths(&self, youths: u32, seed: u64) -> String {
        format!(
            "{} drawn for each structure, shared out by inhabitants (seed {seed}); a column may say another number.",
            count(youths, "youth")
        )
    }

    fn made_territories(&self, sites: u32, (seat, other): (u32, u32)) -> String {
        format!(
            "Assumed: at most {}, the seat, open all week, and the largest communes, one day each, on Tuesday or Thursday; {seat} half-days of advisers at the seat and {other} for each other site, used wherever is best; straight-line times.",
            count(sites, "site")
        )
    }

    fn not_classified(&self, territories: u32, of: u32) -> String {
        format!(
            "{} of {} are not classified: their communes have no density.",
            territories_of(territories),
            number(of)
        )
    }

    fn of_the_cut(&self, percent: u8) -> String {
        format!(
            "After: {percent} % of half-days a week fewer (at least one), taken where the fewest places are lost."
        )
    }

    fn of_the_scenario(&self, file: &str) -> String {
        format!("After: the levers of '{file}', in each territory.")
    }

    fn two_plans_as_good(&self) -> &'static str {
        "A youth with a place in two programmes counts twice. Two plans that are as good may place other people: who gains and who loses holds for the plans found."
    }
}

fn territories_of(n: u32) -> String {
    if n == 1 { "1 territory".to_owned() } else { format!("{} territories", number(n)) }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn number_of(n: i64) -> String {
    super::super::thousands(n.unsigned_abs(), ',')
}

/// "12 places"
fn given(placed: i64) -> String {
    count_u64(placed.unsigned_abs(), "place")
}

/// "12.5 %"
fn percent(part: i64, of: i64) -> String {
    let tenths = if of == 0 { 0.0 } else { (1_000.0 * part as f64 / of as f64).round() / 10.0 };
    format!("{tenths} %")
}
