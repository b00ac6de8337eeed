//! In English: shares of a draw of youths, and what is wrong with them.

use super::English;
use crate::finding::Text;
use crate::finding::words::Draw;
use jiff::civil::Date;

impl Draw for English {
    fn assumed(&self, share: &Text) -> String {
        format!("{} (assumed)", share.en)
    }

    fn ages(&self, on: Date, ages: &[(u8, u8)]) -> String {
        let ages: Vec<String> = ages.iter().map(|(age, n)| format!("{age}: {n}%")).collect();
        format!("age on {on}: {}", ages.join(", "))
    }

    fn minors(&self) -> &'static str {
        "minors"
    }

    fn adults(&self) -> &'static str {
        "adults"
    }

    fn modes_at_hand(&self, whose: &Text, car: u8, lift: u8, moped: u8, bike: u8, none: u32) -> String {
        format!(
            "{}: car {car}%, lift {lift}%, moped {moped}%, bicycle {bike}%, none of these {none}%",
            whose.en
        )
    }

    fn of_the_draw(&self, what: &Text) -> String {
        format!("draw: {}", what.en)
    }

    fn followed(&self, whole: u32, cents: u32) -> String {
        format!("{whole}.{cents:02} youths followed per 1,000 inhabitants, the same in every commune")
    }

    fn women_and_disabled(&self, women: u8, disabled: u8) -> String {
        format!("{women}% women, {disabled}% with a recognised disability")
    }

    fn licences_and_cars(&self, held: u8, shared: u8, ebikes: u8) -> String {
        format!(
            "licence B for {held}% of the adults without a car; {shared}% of the cars free on two or three weekdays only; {ebikes}% of the bicycles electric"
        )
    }

    fn lifts(&self, commuter: u8, some_days: u8, out_only: u8, adult_driver: u8) -> String {
        format!(
            "lifts: {commuter}% at the driver's working hours, {some_days}% on two or three days, {out_only}% out only; driven by an adult {adult_driver}%"
        )
    }

    fn availability(&self, mornings: u8, not_wednesday: u8, two_days_taken: u8, season: u8) -> String {
        format!(
            "availability: mornings only {mornings}%, not on Wednesday {not_wednesday}%, two days taken {two_days_taken}%, away for two to six weeks {season}%"
        )
    }

    fn enrolled(&self, none: u8, one: u8, two: u8, three: u8) -> String {
        format!("enrolled in no programme {none}%, one {one}%, two {two}%, three {three}%")
    }

    fn weights(&self, weights: &str) -> String {
        format!("weight of each programme in the draw: {weights}")
    }

    fn shares_do_not_sum(&self, name: &str, sum: u32) -> String {
        format!("the shares of '{name}' sum to {sum}%")
    }

    fn must_sum_to_100(&self) -> &'static str {
        "they must sum to 100%"
    }

    fn share_too_large(&self, name: &str, sum: u32) -> String {
        format!("'{name}' is {sum}%")
    }

    fn at_most_100(&self) -> &'static str {
        "at most 100% in all"
    }

    fn more_youths_than_inhabitants(&self) -> &'static str {
        "more youths followed than inhabitants"
    }

    fn at_most_1000(&self) -> &'static str {
        "at most 1,000 per 1,000 inhabitants"
    }

    fn minors_with_a_car(&self) -> &'static str {
        "a share of minors with a car, but licence B is not drawn before 18"
    }

    fn no_car_for_minors(&self) -> &'static str {
        "write 0 for 'car' of the minors"
    }

    fn youths_to_draw(&self, total: u64) -> String {
        format!("{total} youths to draw")
    }

    fn at_most_5_million(&self) -> &'static str {
        "at most 5 million"
    }

    fn correct_or_remove_weight(&self) -> &'static str {
        "correct the identifier or remove its weight"
    }
}
