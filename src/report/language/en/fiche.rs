//! The sheet that a youth keeps, in English.

use super::{English, MONTHS, by, day_and_month, weekday};
use crate::report::language::fiche::{FicheLabel, FicheSentences};
use crate::report::language::{by_month, duration};
use crate::territory::Mode;
use crate::units::{ClockTime, Seconds};
use jiff::civil::{Date, DateTime, Weekday};

impl FicheSentences for English {
    fn fiches_title(&self, programme: &str, group: usize) -> String {
        format!("{programme}, group {group}: a sheet for each youth")
    }

    fn your_group(&self, programme: &str) -> String {
        format!("Your group: {programme}")
    }

    fn fiche_label(&self, label: FicheLabel) -> &'static str {
        match label {
            FicheLabel::Name => "Name",
            FicheLabel::Where => "Where",
            FicheLabel::When => "When",
            FicheLabel::Course => "First to last day",
            FicheLabel::Dates => "All dates",
            FicheLabel::Day => "Day",
            FicheLabel::LeaveHome => "Leave home",
            FicheLabel::Begins => "Begins",
            FicheLabel::Ends => "Ends",
            FicheLabel::BackHome => "Back home",
            FicheLabel::Way => "Your trip",
            FicheLabel::Call => "Something in the way, a question? Call",
            FicheLabel::Out => "out",
            FicheLabel::Back => "back",
        }
    }

    fn file_of(&self, id: &str) -> String {
        format!("File {id}")
    }

    fn fiche_note(&self) -> &'static str {
        "Times are computed: leave a little earlier on the first day, and check the coach's or train's timetable."
    }

    fn weekday(&self, day: Weekday) -> &'static str {
        weekday(day)
    }

    fn clock(&self, time: ClockTime) -> String {
        let minutes = time.seconds() / 60;
        format!("{}:{:02}", minutes / 60, minutes % 60)
    }

    fn all_dates(&self, dates: &[Date]) -> String {
        let months = by_month(dates).into_iter().map(|((year, month), days)| {
            let name = MONTHS.get(month - 1).unwrap_or(&"");
            let days: Vec<String> = days.into_iter().map(|day| day.to_string()).collect();
            format!("{name} {year}: {}", days.join(", "))
        });
        months.collect::<Vec<_>>().join("; ")
    }

    fn by_mode(&self, mode: Mode) -> &'static str {
        by(mode, 1)
    }

    fn for_so_long(&self, how: &str, time: Seconds) -> String {
        format!("{how} ({})", duration(time))
    }

    fn ride(&self, line: &str, from: (&str, ClockTime), to: (&str, ClockTime)) -> String {
        format!("'{line}' from {} ({}) to {} ({})", from.0, self.clock(from.1), to.0, self.clock(to.1))
    }

    fn on_request(&self) -> &'static str {
        "on request: to be booked"
    }

    fn booked(&self, name: &str, ride: Date, before: Option<DateTime>) -> String {
        match before {
            None => format!("'{name}', to be booked each time"),
            Some(when) => format!(
                "'{name}', to be booked each time: for {}, before {} {} at {}:{:02}",
                day_and_month(ride),
                weekday(when.date().weekday()),
                day_and_month(when.date()),
                when.hour(),
                when.minute()
            ),
        }
    }

    fn counted_from(&self, place: &str) -> String {
        format!("The trip is counted from: {place}. Leave earlier if you live off it.")
    }

    fn video_at_home(&self) -> &'static str {
        "by video, from home"
    }

    fn otherwise(&self, day: Date, leave: Option<ClockTime>, back: Option<ClockTime>) -> String {
        let leave = leave.map(|at| format!("leave at {}", self.clock(at)));
        let back = back.map(|at| format!("back at {}", self.clock(at)));
        let parts: Vec<String> = leave.into_iter().chain(back).collect();
        format!("{} {}: {}", weekday(day.weekday()), day_and_month(day), parts.join(", "))
    }

    fn no_trip(&self, dates: &[Date]) -> String {
        format!("No trip known on these dates, to be settled together: {}", self.all_dates(dates))
    }

    fn not_known_yet(&self, dates: &[Date]) -> String {
        format!("Timetables of coaches or trains not known yet for these dates: {}", self.all_dates(dates))
    }
}
