//! Shares of a draw of youths, and what is wrong with them.

use crate::finding::Text;
use jiff::civil::Date;

pub(crate) trait Draw {
    fn assumed(&self, share: &Text) -> String;
    fn ages(&self, on: Date, ages: &[(u8, u8)]) -> String;
    fn minors(&self) -> &'static str;
    fn adults(&self) -> &'static str;
    fn modes_at_hand(&self, whose: &Text, car: u8, lift: u8, moped: u8, bike: u8, none: u32) -> String;
    fn of_the_draw(&self, what: &Text) -> String;
    fn followed(&self, whole: u32, cents: u32) -> String;
    fn women_and_disabled(&self, women: u8, disabled: u8) -> String;
    fn licences_and_cars(&self, held: u8, shared: u8, ebikes: u8) -> String;
    fn lifts(&self, commuter: u8, some_days: u8, out_only: u8, adult_driver: u8) -> String;
    fn availability(&self, mornings: u8, not_wednesday: u8, two_days_taken: u8, season: u8) -> String;
    fn enrolled(&self, none: u8, one: u8, two: u8, three: u8) -> String;
    fn weights(&self, weights: &str) -> String;
    fn shares_do_not_sum(&self, name: &str, sum: u32) -> String;
    fn must_sum_to_100(&self) -> &'static str;
    fn share_too_large(&self, name: &str, sum: u32) -> String;
    fn at_most_100(&self) -> &'static str;
    fn more_youths_than_inhabitants(&self) -> &'static str;
    fn at_most_1000(&self) -> &'static str;
    fn minors_with_a_car(&self) -> &'static str;
    fn no_car_for_minors(&self) -> &'static str;
    fn youths_to_draw(&self, total: u64) -> String;
    fn at_most_5_million(&self) -> &'static str;
    fn correct_or_remove_weight(&self) -> &'static str;
}
