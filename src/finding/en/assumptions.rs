//! In English: figures that an answer rests on.

use super::English;
use crate::finding::Text;
use crate::finding::words::Assumptions;
use crate::units::ClockTime;

impl Assumptions for English {
    fn booked_days_before(&self, days: u8, working: bool, until: ClockTime) -> String {
        let day = match (days, working) {
            (0, _) => "on the day".to_owned(),
            (1, false) => "the day before".to_owned(),
            (1, true) => "the working day before".to_owned(),
            (n, false) => format!("{n} days before"),
            (n, true) => format!("{n} working days before"),
        };
        format!("to be booked {day}, until {until}")
    }

    fn minor_lift(&self, needs_adult: bool) -> &'static str {
        if needs_adult {
            "a minor's lift is driven by an adult"
        } else {
            "a minor's lift may be driven by another youth"
        }
    }

    fn straight_line(&self, detour: f64) -> String {
        format!("straight line × {detour}")
    }

    fn pace(&self, mode: &Text, kmh: f64, plus: u32) -> String {
        let plus = if plus > 0 { format!(" plus {plus} min") } else { String::new() };
        format!("{}: {kmh} km/h{plus}", mode.en)
    }

    fn no_booking(&self) -> &'static str {
        "no booking"
    }

    fn booked_ahead(&self, minutes: u32) -> String {
        format!("to be booked at least {minutes} min before")
    }

    fn longest_trip(&self, limit: u32) -> String {
        format!("trips of at most {limit} min each way, door to door")
    }

    fn out_and_back(&self, share: u16) -> String {
        format!("out and back at most {share}% of the time on site")
    }

    fn weekly_hours(&self, hours: u32) -> String {
        format!("{hours} h of activity a week under the contract of engagement (loi plein emploi)")
    }

    fn birthday(&self) -> &'static str {
        "birthday counted on the first day of the month of birth"
    }

    fn usual_attendance(&self, percent: u16) -> String {
        format!("unless something else is said, each comes to {percent} % of the sessions")
    }

    fn shared_failure(&self, percent: u16) -> String {
        format!("a line or a vehicle fails {percent} days of 100, for all who depend on it")
    }

    fn give_up(&self, percent: u16) -> String {
        format!("of those who wait, about {percent} % give up each week")
    }

    fn month_profile(&self, flat: bool) -> &'static str {
        if flat { "as many arrivals every month" } else { "arrivals differ by month, as is said" }
    }

    fn times_of_provider(&self, provider: &str, modes: &Text) -> String {
        format!("travel times from '{provider}': {}", modes.en)
    }

    fn times_given(&self, name: &str, pairs: usize, modes: &Text) -> String {
        format!("times given in {name}: {pairs} ({})", modes.en)
    }

    fn links(&self, count: usize) -> String {
        format!("transport links: {count}, with the minutes declared, no wait added")
    }

    fn walk_to_a_stop(&self, walk: u32) -> String {
        format!("at most {walk} min on foot to a stop, or from a stop to the site")
    }

    fn change_of_line(&self, change: u32) -> String {
        format!("{change} min to change lines")
    }
}
