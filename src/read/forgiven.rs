//! What is understood though it is not as documented, said once a file.

use crate::finding::{Code, Text};

/// What was forgiven, so many times, and what can be done about it.
pub(super) fn wording(code: Code, times: u64) -> (Text, Text) {
    let forgiven = Text::say(|words| match code {
        Code::DecimalCommas => words.decimal_commas(),
        Code::DayFirstDates => words.day_first_dates(),
        Code::BlankLines => words.blank_lines(),
        Code::LineBreaks => words.line_breaks(),
        Code::SpacedNumbers => words.spaced_numbers(),
        Code::EmptyColumns => words.unnamed_columns(),
        Code::BirthDays => words.whole_dates_of_birth(),
        _ => words.other_ways_of_writing(),
    });
    let what = Text::say(|words| words.forgiven(&forgiven, times));
    let remedy = Text::say(|words| match code {
        Code::BirthDays => words.export_the_month_only(),
        _ => words.nothing_to_do(),
    });
    (what, remedy)
}
