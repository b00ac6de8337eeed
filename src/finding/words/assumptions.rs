//! Figures that an answer rests on.

use crate::finding::Text;
use crate::units::ClockTime;

pub(crate) trait Assumptions {
    fn booked_days_before(&self, days: u8, working: bool, until: ClockTime) -> String;
    fn minor_lift(&self, needs_adult: bool) -> &'static str;
    fn straight_line(&self, detour: f64) -> String;
    fn pace(&self, mode: &Text, kmh: f64, plus: u32) -> String;
    fn no_booking(&self) -> &'static str;
    fn booked_ahead(&self, minutes: u32) -> String;
    fn longest_trip(&self, limit: u32) -> String;
    fn out_and_back(&self, share: u16) -> String;
    fn weekly_hours(&self, hours: u32) -> String;
    fn birthday(&self) -> &'static str;
    fn usual_attendance(&self, percent: u16) -> String;
    fn shared_failure(&self, percent: u16) -> String;
    fn give_up(&self, percent: u16) -> String;
    fn month_profile(&self, flat: bool) -> &'static str;
    fn times_of_provider(&self, provider: &str, modes: &Text) -> String;
    fn times_given(&self, name: &str, pairs: usize, modes: &Text) -> String;
    fn links(&self, count: usize) -> String;
    fn walk_to_a_stop(&self, walk: u32) -> String;
    fn change_of_line(&self, change: u32) -> String;
}
