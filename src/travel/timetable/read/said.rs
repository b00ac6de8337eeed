//! What is told of a feed: each kind once a file, with its first line, an example and how often.

use crate::finding::{Code, Finding, Source, Text};
use std::collections::BTreeMap;

/// What can be wrong with a row, a trip, a stop or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Defect {
    UnknownTrip,
    UnknownStop,
    NoSuchLine,
    BadDate,
    BadRow,
    TwiceAtOnce,
    EndsBlank,
    BadTime,
    BackInTime,
    OneStop,
    Interpolated,
    NeverRuns,
    NoPosition,
    Swapped,
    FarAway,
    TwoOfOneId,
    NoSuchStation,
    Nested,
    OtherEncoding,
    NoZone,
    LongCalendar,
    ByTrip,
    InSeat,
    HailAndRide,
    OnDemand,
    BadWindow,
    NoSuchPlace,
    NoSuchRule,
    NobodyRides,
    NoZones,
    BadZone,
    HalfGroup,
    PlainDays,
    NoRule,
    BadDuration,
    OtherHorizon,
    OtherFiles,
    OtherColumns,
}

/// What was met: where first, what it was, and how many there are.
#[derive(Clone, Debug)]
struct Seen {
    line: Option<u32>,
    example: String,
    count: u64,
}

/// Everything that was met in one feed.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<(Defect, &'static str), Seen>);

impl Told {
    pub(super) fn say(&mut self, defect: Defect, file: &'static str, line: Option<u32>, example: &[u8]) {
        let seen = self.0.entry((defect, file)).or_insert_with(|| Seen {
            line,
            example: String::from_utf8_lossy(example).chars().take(60).collect(),
            count: 0,
        });
        seen.count += 1;
    }

    /// Findings of a feed of this name.
    pub(super) fn findings(self, feed: &str) -> impl Iterator<Item = Finding> {
        self.0.into_iter().map(move |((defect, file), seen)| {
            let place = if file.is_empty() { feed.to_owned() } else { format!("{feed}/{file}") };
            let source = Source::file(&place);
            let source = seen.line.map_or_else(|| source.clone(), |line| source.at(line));
            let (code, what, remedy) = defect.text(&seen);
            Finding::new(code, source, what, remedy)
        })
    }
}

impl Defect {
    const fn code(self) -> Code {
        match self {
            Self::UnknownTrip
            | Self::UnknownStop
            | Self::BadDate
            | Self::BadRow
            | Self::NoZones
            | Self::BadZone => Code::TimetableRows,
            Self::TwiceAtOnce
            | Self::EndsBlank
            | Self::BadTime
            | Self::BackInTime
            | Self::OneStop
            | Self::BadWindow
            | Self::NoSuchPlace
            | Self::NoSuchRule
            | Self::NobodyRides => Code::TripsDropped,
            Self::OnDemand => Code::OnDemandTrips,
            Self::Interpolated => Code::TimesInterpolated,
            Self::NeverRuns => Code::TripsNeverRun,
            Self::NoPosition | Self::Swapped | Self::FarAway => Code::StopsMisplaced,
            Self::NoSuchLine
            | Self::TwoOfOneId
            | Self::NoSuchStation
            | Self::Nested
            | Self::OtherEncoding
            | Self::NoZone
            | Self::PlainDays
            | Self::NoRule
            | Self::BadDuration
            | Self::OtherHorizon
            | Self::LongCalendar => Code::FeedForgiven,
            Self::ByTrip
            | Self::InSeat
            | Self::HailAndRide
            | Self::HalfGroup
            | Self::OtherFiles
            | Self::OtherColumns => Code::FeedIgnored,
        }
    }

    fn text(self, Seen { example: first, count, .. }: &Seen) -> (Code, Text, Text) {
        let n = *count;
        let what = Text::say(|words| match self {
            Self::UnknownTrip => words.rows_of_unknown_trips(first, n),
            Self::UnknownStop => words.rows_of_unknown_stops(first, n),
            Self::NoSuchLine => words.trips_of_unknown_lines(first, n),
            Self::BadDate => words.bad_dates(first, n),
            Self::BadRow => words.bad_rows(first, n),
            Self::TwiceAtOnce => words.trips_twice_at_a_rank(first, n),
            Self::EndsBlank => words.trips_with_blank_ends(first, n),
            Self::BadTime => words.bad_times(first, n),
            Self::BackInTime => words.trips_back_in_time(first, n),
            Self::OneStop => words.trips_of_one_stop(first, n),
            Self::Interpolated => words.times_interpolated(n),
            Self::NeverRuns => words.trips_never_run(n),
            Self::NoPosition => words.stops_without_position(first, n),
            Self::Swapped => words.stops_swapped(first, n),
            Self::FarAway => words.stops_far_away(first, n),
            Self::TwoOfOneId => words.identifiers_twice(first, n),
            Self::NoSuchStation => words.stops_of_unknown_stations(first, n),
            Self::Nested => words.files_in_a_folder(first),
            Self::OtherEncoding => words.texts_not_utf8(first, n),
            Self::NoZone => words.no_time_zone().to_owned(),
            Self::LongCalendar => words.long_calendars(first, n),
            Self::ByTrip => words.transfers_by_trip(n),
            Self::InSeat => words.transfers_in_seat(n),
            Self::HailAndRide => words.hail_and_ride(n),
            Self::OnDemand => words.trips_on_demand(first, n),
            Self::BadWindow => words.trips_without_window(first, n),
            Self::NoSuchPlace => words.trips_to_unknown_places(first, n),
            Self::NoSuchRule => words.trips_of_unknown_rules(first, n),
            Self::NobodyRides => words.trips_nobody_rides(first, n),
            Self::NoZones => words.zones_unreadable().to_owned(),
            Self::BadZone => words.zones_left_out(first, n),
            Self::HalfGroup => words.groups_mixed(n),
            Self::PlainDays => words.rules_of_plain_days(first, n),
            Self::NoRule => words.calls_without_rule(n),
            Self::BadDuration => words.trips_without_duration(first, n),
            Self::OtherHorizon => words.horizon_of_feed_info().to_owned(),
            Self::OtherFiles => words.other_files(first, n),
            Self::OtherColumns => words.other_columns(first, n),
        });
        let remedy = Text::say(|words| match self {
            Self::BadDate => words.write_dates(),
            Self::BadTime => words.write_times(),
            Self::NoZone => words.check_agency(),
            Self::PlainDays | Self::NoRule => words.check_booking(),
            Self::Interpolated
            | Self::Nested
            | Self::ByTrip
            | Self::HailAndRide
            | Self::OnDemand
            | Self::HalfGroup
            | Self::OtherFiles
            | Self::OtherColumns => words.nothing_to_do(),
            _ => words.tell_the_publisher(),
        });
        (self.code(), what, remedy)
    }
}

/// Trips of services that run on no day of any feed.
pub(super) fn never_run(trips: usize) -> Finding {
    let seen = Seen { line: None, example: String::new(), count: trips as u64 };
    let (code, what, remedy) = Defect::NeverRuns.text(&seen);
    Finding::new(code, Source::file("trips.txt"), what, remedy)
}

/// Feeds in which nothing runs by a timetable.
pub(super) fn no_trips() -> Finding {
    Finding::new(
        Code::TripsDropped,
        Source::file("trips.txt"),
        Text::say(|words| words.no_trip_has_times()),
        Text::say(|words| words.check_the_file()),
    )
}

/// Why a feed can't be used at all.
pub(super) fn refused(place: &str, line: Option<u32>, what: Text, remedy: Text) -> Finding {
    let source = Source::file(place);
    let source = line.map_or_else(|| source.clone(), |line| source.at(line));
    Finding::new(Code::BadTimetable, source, what, remedy)
}
