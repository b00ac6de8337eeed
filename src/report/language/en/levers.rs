//! Levers in English.

use super::super::levers::*;
#[cfg(feature = "folder")]
use super::count_u64;
use super::{English, count, duration, euros, list, number, percent, thousands};
use crate::territory::{Decider, LeverChange};
use crate::units::{Cents, Metres, Seconds};

impl LeverSentences for English {
    fn levers_title(&self, territory: &str) -> String {
        let title = "What would unlock groups";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn lever_heading(&self, heading: LeverHeading) -> &'static str {
        match heading {
            LeverHeading::Singly => "Each lever by itself",
            LeverHeading::Goal => "For the goal",
            LeverHeading::Frontier => "The most places for each budget",
            LeverHeading::Further => "The smallest change, by programme",
            LeverHeading::Unlocked => "Who would have a place, and by what",
            LeverHeading::Timetables => "The rounds of shuttles",
            LeverHeading::Rests => "What this rests on",
        }
    }

    fn by_catalogue(&self) -> &'static str {
        "Levers of the catalogue, made from the territory. Their costs are to be checked."
    }

    fn by_scenarios(&self, names: &[String]) -> String {
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let scenario = if names.len() == 1 { "scenario" } else { "scenarios" };
        format!("Levers of the {scenario} {}.", list(&quoted, "and"))
    }

    fn today(&self, places: u32, groups: u32) -> String {
        format!("Today, with nothing changed: {}, {}.", count(places, "place"), count(groups, "group"))
    }

    fn lever_kind(&self, change: &LeverChange) -> &'static str {
        match change {
            LeverChange::OpenSite { .. } => "open a site",
            LeverChange::OpenSlots { .. } => "open a site more often",
            LeverChange::MoveSlot { .. } => "move a half-day",
            LeverChange::CloseSite { .. } => "close a site",
            LeverChange::AddRooms { .. } => "add rooms",
            LeverChange::AddAdviser { .. } => "add an adviser",
            LeverChange::SendAdviser { .. } => "send an adviser elsewhere",
            LeverChange::FewerHalfDays { .. } => "fewer half-days",
            LeverChange::CloseSites { .. } => "close sites",
            LeverChange::Shuttle(_) => "run a shuttle",
            LeverChange::ShareLifts { .. } => "share lifts within a group",
            LeverChange::Lend { .. } => "lend vehicles",
            LeverChange::Volunteers { .. } => "volunteer drivers",
            LeverChange::Trips(_) => "change a coach's or train's times",
            LeverChange::OpenCircuit { .. } => "open a school line to others",
            LeverChange::OnDemand(_) => "transport on demand",
            LeverChange::SmallerMinimum { .. } => "a smaller minimum of a group",
            LeverChange::Split { .. } => "split a group into smaller ones",
            LeverChange::AddSlots { .. } => "more half-days for a programme",
            LeverChange::Alternate { .. } => "alternate between sites",
            LeverChange::Remote { .. } => "part of the sessions by video",
            LeverChange::LongerLimit { .. } => "accept longer trips",
            LeverChange::Wait { .. } => "wait for more to enrol",
            LeverChange::Stay { .. } => "a coach or boarding",
            LeverChange::Exchange { .. } => "an exchange with another structure",
        }
    }

    fn decider(&self, decider: Decider) -> &'static str {
        match decider {
            Decider::Structure => "the structure",
            Decider::Aom => "the mobility authority (AOM)",
            Decider::Region => "the Région",
            Decider::Department => "the Département",
            Decider::Association => "the association",
            Decider::Partner => "another structure",
        }
    }

    fn delay(&self, weeks: Option<u16>) -> String {
        match weeks {
            None => "delay not known".to_owned(),
            Some(0) => "at once".to_owned(),
            Some(weeks) => count(weeks.into(), "week"),
        }
    }

    fn places(&self, places: Places) -> String {
        match places {
            Places::Exactly(0) => "no more places".to_owned(),
            Places::Exactly(n) => more(n, "place"),
            Places::AtLeast(n) if n < 0 => format!("at most {}", more(n, "place")),
            Places::AtLeast(n) => format!("at least {}", more(n, "place")),
            #[cfg(feature = "folder")]
            Places::Within(from, to) => within(from, to),
        }
    }

    fn groups_more(&self, programme: &str, groups: i64) -> String {
        format!("{} of {programme}", more(groups, "group"))
    }

    fn money(&self, money: Money) -> String {
        match money {
            free if free.is_free() => "at no cost".to_owned(),
            Money::Exactly(cost) => euros(cost),
            Money::AtMost(cost) => format!("at most {}", euros(cost)),
            #[cfg(feature = "folder")]
            Money::AtLeast(cost) => format!("at least {}", euros(cost)),
            #[cfg(feature = "folder")]
            Money::Between(from, to) => {
                // Rounded, both may be one.
                let (from, to) = (euros(from), euros(to));
                if from == to { from } else { format!("{from} to {to}") }
            }
        }
    }

    fn per_place(&self, money: Money) -> String {
        format!("{} a place", self.money(money))
    }

    fn lever(&self, line: &LeverLine) -> String {
        let groups = line.groups.iter().map(|(programme, n)| self.groups_more(programme, *n));
        let per_place = line.per_place.map(|money| format!(" ({})", self.per_place(money)));
        let cost = format!("{}{}", self.money(line.cost), per_place.unwrap_or_default());
        let brings: Vec<String> =
            [self.places(line.places)].into_iter().chain(groups).chain([cost]).collect();
        let (decider, delay) = (self.decider(line.decider), self.delay(line.delay_weeks));
        format!("{}: {}; decided by {decider}; {delay}", line.name, brings.join(", "))
    }

    fn dominated(&self, by: &str) -> String {
        format!("dominated: \"{by}\" brings as much or more and costs no more")
    }

    fn bring_nothing(&self, names: &[String]) -> String {
        match names {
            [one] => format!("Brings no place by itself: {one}."),
            several => format!("Bring no place, each by itself: {}.", several.join("; ")),
        }
    }

    fn nothing_found_alone(&self, names: &[String]) -> String {
        match names {
            [one] => format!("No further place was found with this lever by itself: {one}."),
            several => {
                format!("No further place was found with any of these by itself: {}.", several.join("; "))
            }
        }
    }

    fn no_lever(&self) -> &'static str {
        "No lever is given."
    }

    fn step(&self, cost: Money, brings: &[String], levers: &[String], proof: SetProof) -> String {
        let with = if cost.is_free() { "At no cost".into() } else { format!("With {}", self.money(cost)) };
        format!("{with}: {} ({}); {}", brings.join(", "), levers.join("; "), self.set_proof(proof))
    }

    fn set_proof(&self, proof: SetProof) -> String {
        match proof {
            SetProof::All => "proved".to_owned(),
            SetProof::Places => "number of places proved, least cost not proved".to_owned(),
            SetProof::Gap(gap) => format!("not proved (gap of at most {}%)", percent(gap)),
            #[cfg(feature = "folder")]
            SetProof::Open => "not proved".to_owned(),
        }
    }

    fn nothing_better(&self) -> &'static str {
        "No choice of these levers brings a place within this budget."
    }

    fn goal(&self, wanted: &[(String, u32)]) -> String {
        let one = |(programme, groups): &(String, u32)| format!("{} of {programme}", count(*groups, "group"));
        list(&wanted.iter().map(one).collect::<Vec<_>>(), "and")
    }

    fn reached(&self, goal: &str, levers: &[String], cost: Money, at_least: Option<Cents>) -> String {
        if levers.is_empty() {
            return format!("For {goal}: nothing to change, it is possible today.");
        }
        let proof = match at_least {
            None => "nothing cheaper is enough: proved".to_owned(),
            Some(least) if least.get() == 0 => "something cheaper may be enough".to_owned(),
            Some(least) => format!("something cheaper may be enough, but not below {}", euros(least)),
        };
        format!("For {goal}: {}; in all {}; {proof}.", levers.join("; "), self.money(cost))
    }

    fn never_reached(&self, goal: &str, budget: Option<Cents>, proved: bool) -> String {
        let within = budget.map_or_else(String::new, |budget| format!(" with {}", euros(budget)));
        let proof = if proved { "is enough: proved" } else { "was found that is enough" };
        format!("For {goal}{within}: no choice of these levers {proof}.")
    }

    fn further(&self, programme: &str, lever: &str, cost: Money, groups: i64, places: Places) -> String {
        let (cost, groups) = (self.money(cost), more(groups, "group"));
        format!("{programme}: {lever} ({cost}): {groups}, {} in all", self.places(places))
    }

    #[cfg(feature = "folder")]
    fn further_shared(&self, programme: &str, lever: &str, cost: Money, groups: i64) -> String {
        format!("{programme}: {lever} ({}): {}.", self.money(cost), more(groups, "group"))
    }

    fn no_further(&self, programmes: &[String]) -> String {
        format!("{}: none of these levers by itself gives one more group.", list(programmes, "and"))
    }

    fn unlocked(&self, ids: &str, lever: &str, cost: Money, others: u32) -> String {
        let others = match others {
            0 => "for nobody else".to_owned(),
            1 => "and a place for 1 other youth".to_owned(),
            n => format!("and a place for {} other youths", number(n)),
        };
        format!("{ids} {lever} ({}), {others}", self.money(cost))
    }

    fn vehicle(&self, number: u32) -> String {
        format!("vehicle {number}")
    }

    fn stop(&self, name: &str, out: Seconds, home: Seconds) -> String {
        format!("{name} (out {}, home {})", duration(out), duration(home))
    }

    fn round(&self, lever: &str, stops: &str, distance: Metres, driven: Seconds, proved: bool) -> String {
        let km = thousands(u64::from(distance.get().div_ceil(1000)), ',');
        let proof = if proved { "no better round: proved" } else { "there may be a better round" };
        format!("{lever}: {stops}; {km} km a day, {} at the wheel; {proof}.", duration(driven))
    }

    fn no_round(&self, lever: &str) -> String {
        format!("{lever}: no stop, nobody would gain by it.")
    }

    fn lever_rest(&self, rest: LeverRest) -> &'static str {
        match rest {
            LeverRest::AtLeast => {
                "\"At least\": a plan that brings these places is found; there may be a better one."
            }
            LeverRest::AtMost => {
                "\"At most\", of a cost: every possible run is counted, empty or not; fewer may do."
            }
            LeverRest::Newcomers => {
                "Youths whom a lever would bring (a wait, an exchange) are not counted among the places."
            }
            LeverRest::Closed => "Today no candidate site is open: opening one is a lever like others.",
            LeverRest::Two => "A trip that only two levers together would make possible is not counted.",
        }
    }

    fn already_decided(&self, sites: &[String]) -> String {
        let sites = list(sites, "and");
        format!(
            "Decisions already made need {sites}: open before any lever; other candidate sites are closed."
        )
    }

    fn cuts_not_counted(&self, levers: &[String]) -> String {
        format!("What takes means away is not tried here: {}.", levers.join("; "))
    }

    fn origin(&self, origin: &str, levers: &[String]) -> String {
        let levers = levers.join("; ");
        match origin {
            "" => format!("Cost without a source: {levers}."),
            origin => format!("Cost from \"{origin}\": {levers}."),
        }
    }

    fn no_such_programme(&self, name: &str, known: &[String]) -> String {
        match known {
            [] => format!("No programme \"{name}\": this territory has none."),
            known => format!("No programme \"{name}\". Those of the territory: {}.", list(known, "and")),
        }
    }

    fn no_such_scenario(&self, name: &str, known: &[String]) -> String {
        match known {
            [] => format!("No scenario \"{name}\": this folder has none."),
            known => format!("No scenario \"{name}\". There are: {}.", list(known, "and")),
        }
    }

    #[cfg(feature = "folder")]
    fn amount_of(&self, cost: Cents) -> String {
        euros(cost)
    }

    #[cfg(feature = "folder")]
    fn band(&self, from: i64, to: i64) -> String {
        format!("{from} to {to}")
    }

    #[cfg(feature = "folder")]
    fn lever_label(&self, label: LeverLabel) -> &'static str {
        match label {
            LeverLabel::Lever => "Lever",
            LeverLabel::Places => "More places",
            LeverLabel::Groups => "Groups",
            LeverLabel::Cost => "Cost",
            LeverLabel::PerPlace => "Cost a place",
            LeverLabel::Decider => "Who decides",
            LeverLabel::Delay => "Delay",
            LeverLabel::Note => "Remark",
            LeverLabel::Spent => "Spent",
            LeverLabel::Levers => "Levers",
            LeverLabel::Proof => "Proof",
            LeverLabel::Others => "Other youths placed",
        }
    }

    #[cfg(feature = "folder")]
    fn levers_table(&self) -> &'static str {
        "What each lever brings by itself, and what it costs"
    }

    #[cfg(feature = "folder")]
    fn frontier_table(&self) -> &'static str {
        "The most places more for each amount spent"
    }

    #[cfg(feature = "folder")]
    fn frontier_told(&self, steps: usize) -> String {
        let steps = count_u64(steps as u64, "amount");
        format!(
            "A curve in steps: the places more for {steps} spent. The same figures are in the table below."
        )
    }

    #[cfg(feature = "folder")]
    fn unlocked_table(&self, programme: &str) -> String {
        format!("{programme}: the cheapest lever for each youth without a place")
    }

    #[cfg(feature = "folder")]
    fn levers_shared(&self) -> &'static str {
        "Places are told in bands and rounds are not shown: they would point at people."
    }
}

/// "4 more places", "1 group fewer"
fn more(n: i64, word: &str) -> String {
    let amount = n.unsigned_abs();
    let words = if amount == 1 { word.to_owned() } else { format!("{word}s") };
    let sign = if n < 0 { "fewer" } else { "more" };
    format!("{} {sign} {words}", thousands(amount, ','))
}

#[cfg(feature = "folder")]
fn within(from: Option<i64>, to: Option<i64>) -> String {
    match (from, to) {
        (None, None) => "a number of places that is not told".to_owned(),
        (Some(from), None) => format!("{} or yet more", more(from, "place")),
        (None | Some(0), Some(to)) => format!("at most {}", more(to, "place")),
        (Some(from), Some(to)) if to < 0 => {
            format!("{} to {}", thousands(to.unsigned_abs(), ','), more(from, "place"))
        }
        (Some(from), Some(to)) if from >= 0 => {
            format!("{} to {}", thousands(from.unsigned_abs(), ','), more(to, "place"))
        }
        (Some(from), Some(to)) => format!("from {} to {}", more(from, "place"), more(to, "place")),
    }
}
