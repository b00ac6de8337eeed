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

    fn text(self, Seen { example, count, .. }: &Seen) -> (Code, Text, Text) {
        let (fr, en, fr_remedy, en_remedy) = self.words();
        let name = |text: &str| text.replace("{n}", &count.to_string()).replace("{x}", example);
        (self.code(), Text::new(name(fr), name(en)), Text::new(fr_remedy, en_remedy))
    }

    /// What it is and what to do, in French and English; `{n}` is how many, `{x}` the first.
    const fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        const ASK: (&str, &str) =
            ("signalez-le à qui publie l'horaire", "tell whoever publishes the timetable");
        const NONE: (&str, &str) = ("rien à faire", "nothing to do");
        match self {
            Self::UnknownTrip => (
                "des lignes nomment une course qui n'est pas dans trips.txt (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "rows name a trip that is not in trips.txt (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::UnknownStop => (
                "des lignes nomment un arrêt qui n'est pas dans stops.txt (le premier : « {x} ») : laissées de côté ; en tout : {n}",
                "rows name a stop that is not in stops.txt (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoSuchLine => (
                "des courses d'une ligne qui n'est pas dans routes.txt (la première : « {x} ») : gardées sous la ligne « ? » ; en tout : {n}",
                "trips of a route that is not in routes.txt (the first: '{x}'): kept under the route '?'; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::BadDate => (
                "des lignes avec une date qui n'en est pas une (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "rows with a date that is none (the first: '{x}'): left out; in all: {n}",
                "écrivez les dates AAAAMMJJ",
                "write dates YYYYMMDD",
            ),
            Self::BadRow => (
                "des lignes avec une valeur qui ne se comprend pas (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "rows with a value that can't be understood (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::TwiceAtOnce => (
                "des courses avec deux fois le même rang d'arrêt (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips with a stop_sequence twice (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::EndsBlank => (
                "des courses sans heure à leur premier ou à leur dernier arrêt (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips without a time at their first or last stop (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::BadTime => (
                "des courses avec une heure qui n'en est pas une (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips with a time that is none (the first: '{x}'): left out; in all: {n}",
                "écrivez les heures HH:MM:SS, au plus 95:59:59",
                "write times HH:MM:SS, at most 95:59:59",
            ),
            Self::BackInTime => (
                "des courses qui reculent dans le temps (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips that go back in time (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::OneStop => (
                "des courses avec moins de deux arrêts (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips with less than two stops (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::Interpolated => (
                "des heures manquent entre deux arrêts qui en ont : interpolées ; en tout : {n}",
                "times are missing between two stops that have some: interpolated; in all: {n}",
                NONE.0,
                NONE.1,
            ),
            Self::NeverRuns => (
                "des courses ne circulent aucun jour ; en tout : {n}",
                "trips run on no day; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoPosition => (
                "des arrêts sans coordonnées (le premier : « {x} ») : personne n'y va à pied ; en tout : {n}",
                "stops without coordinates (the first: '{x}'): nobody walks there; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::Swapped => (
                "des arrêts dont latitude et longitude sont échangées (le premier : « {x} ») : remises ; en tout : {n}",
                "stops with latitude and longitude exchanged (the first: '{x}'): put right; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::FarAway => (
                "des arrêts à plus de 500 km des autres (le premier : « {x} ») : personne n'y va à pied ; en tout : {n}",
                "stops more than 500 km from the others (the first: '{x}'): nobody walks there; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::TwoOfOneId => (
                "des identifiants en double (le premier : « {x} ») : la première ligne compte ; en tout : {n}",
                "identifiers are there twice (the first: '{x}'): the first row counts; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoSuchStation => (
                "des arrêts d'une gare qui n'est pas dans stops.txt (la première : « {x} ») : chacun est la sienne ; en tout : {n}",
                "stops of a parent_station that is not in stops.txt (the first: '{x}'): each is its own; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::Nested => (
                "les fichiers sont dans un dossier de l'archive (« {x} ») : lus quand même",
                "the files lie in a folder of the archive ('{x}'): read all the same",
                NONE.0,
                NONE.1,
            ),
            Self::OtherEncoding => (
                "des textes ne sont pas en UTF-8 (le premier : « {x} ») : lus en Windows-1252 ; en tout : {n}",
                "texts are not UTF-8 (the first: '{x}'): read as Windows-1252; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoZone => (
                "pas de fuseau horaire : Europe/Paris est supposé",
                "no time zone: Europe/Paris is assumed",
                "vérifiez agency.txt",
                "check agency.txt",
            ),
            Self::LongCalendar => (
                "des calendriers de plus de deux ans (le premier : « {x} ») : peut-être jamais mis à jour ; en tout : {n}",
                "calendars of more than two years (the first: '{x}'): perhaps never kept; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::ByTrip => (
                "des correspondances ne valent que pour une course ou une ligne : non lues ; en tout : {n}",
                "transfers hold for one trip or route only: not read; in all: {n}",
                NONE.0,
                NONE.1,
            ),
            Self::InSeat => (
                "des correspondances où l'on reste assis, entre des courses qui ne sont pas là, ne se suivent pas, ou sont trop nombreuses : un changement est compté ; en tout : {n}",
                "transfers in which one stays seated, between trips that are not there, do not follow one another, or are too many: a change is counted; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::HailAndRide => (
                "des passages où l'on peut monter ou descendre entre deux arrêts : seuls les arrêts comptent ; en tout : {n}",
                "calls where one may get on or off between two stops: only stops count; in all: {n}",
                NONE.0,
                NONE.1,
            ),
            Self::OnDemand => (
                "des courses sur demande dans une plage horaire (la première : « {x} ») : lues, mais elles n'ont pas d'horaire ; en tout : {n}",
                "trips on demand within a window of time (the first: '{x}'): read, but they have no times; in all: {n}",
                NONE.0,
                NONE.1,
            ),
            Self::BadWindow => (
                "des courses sur demande dont une ligne n'a pas de plage horaire, en a une qui ne se comprend pas, ou une heure de plus (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips on demand of which a row has no window of time, one that can't be understood, or a time besides (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoSuchPlace => (
                "des courses sur demande vers un arrêt, un groupe ou une zone qui n'est pas là ou qui est vide (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips on demand to a stop, a group or a zone that is not there or is empty (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoSuchRule => (
                "des courses sur demande dont la règle de réservation n'est pas là ou ne se comprend pas (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips on demand whose booking rule is not there or can't be understood (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NobodyRides => (
                "des courses sur demande où personne ne peut monter puis descendre (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "trips on demand on which nobody may get on and then off (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::NoZones => (
                "ce fichier n'est pas une FeatureCollection qui se lit : aucune zone n'est connue",
                "this file is no FeatureCollection that can be read: no zone is known",
                ASK.0,
                ASK.1,
            ),
            Self::BadZone => (
                "des zones sans identifiant, ou qui ne sont pas des polygones en degrés (la première : « {x} ») : laissées de côté ; en tout : {n}",
                "zones without an id, or that are no polygons in degrees (the first: '{x}'): left out; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::HalfGroup => (
                "des groupes mêlent des arrêts et des zones, ou plusieurs zones : seuls les arrêts comptent, ou la première zone ; en tout : {n}",
                "groups mix stops and zones, or several zones: only the stops count, or the first zone; in all: {n}",
                NONE.0,
                NONE.1,
            ),
            Self::PlainDays => (
                "des règles de réservation comptent les jours d'un service qui n'est pas du lundi au vendredi (la première : « {x} ») : tous les jours comptent ; en tout : {n}",
                "booking rules count the days of a service that is not from Monday to Friday (the first: '{x}'): all days count; in all: {n}",
                "vérifiez jusqu'à quand on réserve",
                "check until when one books",
            ),
            Self::NoRule => (
                "des passages sur demande sans règle de réservation : on est censé réserver jusqu'au départ ; en tout : {n}",
                "calls on demand without a booking rule: one is taken to book until the departure; in all: {n}",
                "vérifiez jusqu'à quand on réserve",
                "check until when one books",
            ),
            Self::BadDuration => (
                "des courses dont safe_duration_factor ou safe_duration_offset ne se comprend pas (la première : « {x} ») : gardées sans durée maximale ; en tout : {n}",
                "trips whose safe_duration_factor or safe_duration_offset can't be understood (the first: '{x}'): kept without a longest duration; in all: {n}",
                ASK.0,
                ASK.1,
            ),
            Self::OtherHorizon => (
                "feed_info.txt donne des dates hors des calendriers : les calendriers comptent",
                "feed_info.txt gives dates outside the calendars: the calendars count",
                ASK.0,
                ASK.1,
            ),
            Self::OtherFiles => (
                "des fichiers qui ne changent rien aux horaires ne sont pas lus (le premier : « {x} ») ; en tout : {n}",
                "files that change nothing in the times are not read (the first: '{x}'); in all: {n}",
                NONE.0,
                NONE.1,
            ),
            Self::OtherColumns => (
                "des colonnes qui ne changent rien aux horaires ne sont pas lues (la première : « {x} ») ; en tout : {n}",
                "columns that change nothing in the times are not read (the first: '{x}'); in all: {n}",
                NONE.0,
                NONE.1,
            ),
        }
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
        Text::new("aucune course n'a d'horaires", "no trip has times"),
        Text::new("vérifiez que c'est le bon fichier", "check that this is the right file"),
    )
}

/// Why a feed can't be used at all.
pub(super) fn refused(place: &str, line: Option<u32>, fr: &str, en: &str, remedy: (&str, &str)) -> Finding {
    let source = Source::file(place);
    let source = line.map_or_else(|| source.clone(), |line| source.at(line));
    Finding::new(Code::BadTimetable, source, Text::new(fr, en), Text::new(remedy.0, remedy.1))
}
