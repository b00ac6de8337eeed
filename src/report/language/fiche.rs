//! What the sheet says that a youth keeps.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::territory::Mode;
use crate::units::{ClockTime, Seconds};
use jiff::civil::{Date, DateTime, Weekday};

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn FicheSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What a line of the sheet is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum FicheLabel {
    Name,
    Where,
    When,
    Course,
    Dates,
    Day,
    LeaveHome,
    Begins,
    Ends,
    BackHome,
    Way,
    Call,
    Out,
    Back,
}

/// A language, on a sheet.
pub(in crate::report) trait FicheSentences {
    fn fiches_title(&self, programme: &str, group: usize) -> String;
    fn your_group(&self, programme: &str) -> String;
    fn fiche_label(&self, label: FicheLabel) -> &'static str;
    /// "Dossier y12"
    fn file_of(&self, id: &str) -> String;
    fn fiche_note(&self) -> &'static str;
    fn weekday(&self, day: Weekday) -> &'static str;
    /// "9 h 05"
    fn clock(&self, time: ClockTime) -> String;
    /// "septembre 2026 : 7, 14, 21 ; octobre 2026 : 5"
    fn all_dates(&self, dates: &[Date]) -> String;
    fn by_mode(&self, mode: Mode) -> &'static str;
    /// "à pied (6 min)"
    fn for_so_long(&self, how: &str, time: Seconds) -> String;
    /// "ligne 61, de Richelieu (7 h 12) à Chinon (7 h 58)"
    fn ride(&self, line: &str, from: (&str, ClockTime), to: (&str, ClockTime)) -> String;
    fn on_request(&self) -> &'static str;
    /// A service that comes when it is booked: of the ride of a date, the last moment for that.
    fn booked(&self, name: &str, ride: Date, before: Option<DateTime>) -> String;
    /// Where the trip is counted from.
    fn counted_from(&self, place: &str) -> String;
    fn video_at_home(&self) -> &'static str;
    /// A date that goes otherwise than usual.
    fn otherwise(&self, date: Date, leave: Option<ClockTime>, back: Option<ClockTime>) -> String;
    /// Dates without a trip.
    fn no_trip(&self, dates: &[Date]) -> String;
    /// Dates that no timetable speaks of yet.
    fn not_known_yet(&self, dates: &[Date]) -> String;
}
