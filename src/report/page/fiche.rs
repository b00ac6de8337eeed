//! Sheets that youths keep: their group, its days, how to go and come back. One document a group.

use super::{Frame, Words};
use crate::plan::{Group, Member, Plan};
use crate::reach::{DatedStay, Dates, DayAccess, RoundTrip, dates_of};
use crate::report::files::{Audience, Document, Run};
use crate::report::language::fiche::{self, FicheLabel, FicheSentences};
use crate::report::names;
use crate::report::telling::{day_parts, days_of, options_of, venue};
use crate::territory::{Mode, ProgrammeOption, Stay, Territory, Way};
use crate::travel::{Session, TravelTimes};
use crate::units::{ClockTime, OptionId, PlaceId, Seconds, YouthId};
use askama::Template;
use jiff::civil::{Date, Weekday};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The sheets of a group.
#[derive(Template)]
#[template(path = "fiche.html")]
struct Fiches<'a> {
    words: Words,
    say: &'static dyn FicheSentences,
    frame: Frame<'a>,
    internal: String,
    your_group: String,
    place: String,
    when: String,
    course: String,
    dates: String,
    note: String,
    fiches: Vec<Fiche>,
}

/// One youth's.
struct Fiche {
    file: String,
    days: Vec<DayLine>,
    notes: Vec<String>,
}

/// A day of the week.
struct DayLine {
    day: String,
    leave: String,
    begins: String,
    ends: String,
    back: String,
    /// Out and back, where there is more to say than the hours.
    how: Vec<(String, String)>,
}

/// When one leaves and comes home; none where that is another day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Clock {
    leave: Option<ClockTime>,
    back: Option<ClockTime>,
}

/// A document for each group, in their order.
pub(in crate::report) fn fiches(territory: &Territory, plan: &Plan, run: &Run<'_>) -> Vec<Document> {
    let options = options_of(territory, &plan.groups);
    let desk = Desk { territory, run, words: Words::of(run.lang), say: fiche::of(run.lang) };
    let one = |(i, group): (usize, &Group)| {
        let option = *options.get(&group.offer)?;
        let page = desk.group(i + 1, group, option).render().unwrap_or_default();
        Some(Document::new(Audience::Interne, &name(i + 1), page))
    };
    plan.groups.iter().enumerate().filter_map(one).collect()
}

/// The sheets of the group of a number, in `interne/`.
pub(super) fn name(number: usize) -> String {
    format!("fiches/groupe-{number:03}.html")
}

struct Desk<'a> {
    territory: &'a Territory,
    run: &'a Run<'a>,
    words: Words,
    say: &'static dyn FicheSentences,
}

impl<'a> Desk<'a> {
    fn group(&self, number: usize, group: &Group, id: OptionId) -> Fiches<'a> {
        let (territory, words, say) = (self.territory, self.words, self.say);
        let option = territory.option(id);
        let programme = names::programme(territory, option.programme);
        let members: Vec<YouthId> = group.members.iter().map(|member| member.youth).collect();
        let limit = territory.limit_of(option.programme);
        let by_themselves = dates_of(territory, self.run.times, id, &members, limit);
        // Whoever rides with a member, or drives others, comes otherwise than alone.
        let dates: Vec<Dates> = group
            .members
            .iter()
            .zip(by_themselves)
            .map(|(member, dates)| member.ridden(territory, id).unwrap_or(dates))
            .collect();
        let sheets = group.members.iter().zip(&dates);
        let all = days_of(option);
        let (first, last) = (all.first().unwrap_or(&option.start), all.last().unwrap_or(&option.start));
        Fiches {
            words,
            say,
            frame: Frame::of_fiches(words, words.set(say.fiches_title(programme, number)), self.run.logo),
            internal: words.set(words.say.internal()),
            your_group: words.set(say.your_group(programme)),
            place: words.set(venue(territory, words.say, &option.venue)),
            when: words.set(self.when(option)),
            course: words.set(words.say.first_to_last(*first, *last)),
            dates: words.set(say.all_dates(&all)),
            note: words.set(say.fiche_note()),
            fiches: sheets.map(|(member, dates)| self.fiche(option, member, &dates.stays)).collect(),
        }
    }

    fn when(&self, option: &ProgrammeOption) -> String {
        self.words.say.on_days(&day_parts(self.territory, &option.slots))
    }

    fn fiche(&self, option: &ProgrammeOption, member: &Member, dates: &[DatedStay]) -> Fiche {
        let (words, say) = (self.words, self.say);
        let youth = &self.territory.youths()[member.youth];
        let mut by_day: BTreeMap<i8, Vec<(Stay, RoundTrip, Clock)>> = BTreeMap::new();
        for (stay, dated) in option.stays.iter().zip(dates) {
            if let (DayAccess::Reached(trip), Some(home)) = (dated.access, youth.home) {
                let clock = clock(self.run.times, home, stay, trip);
                by_day
                    .entry(stay.date.weekday().to_monday_zero_offset())
                    .or_default()
                    .push((*stay, trip, clock));
            }
        }
        let mut notes = Vec::new();
        let mut days = Vec::new();
        for dated in by_day.values() {
            let Some(usual) = usual(dated) else { continue };
            days.push(self.day(youth.home, usual));
            let others = dated.iter().filter(|one| (one.1, one.2) != (usual.1, usual.2));
            notes.extend(
                others.map(|(stay, _, clock)| words.set(say.otherwise(stay.date, clock.leave, clock.back))),
            );
        }
        days.extend(self.by_video(option));
        notes.extend(self.missed(dates));
        if let Some(home) = youth.home.filter(|_| !by_day.is_empty()) {
            notes.push(words.set(say.counted_from(&self.territory.places()[home].name)));
        }
        Fiche { file: words.set(say.file_of(youth.key.as_str())), days, notes }
    }

    fn day(&self, home: Option<PlaceId>, (stay, trip, clock): &(Stay, RoundTrip, Clock)) -> DayLine {
        let (words, say) = (self.words, self.say);
        let time = |at: Option<ClockTime>| at.map_or_else(|| "–".to_owned(), |at| words.set(say.clock(at)));
        let way = |label, way, mode, time| {
            let how = home.and_then(|home| self.ride(home, stay, way, mode));
            let how = how.unwrap_or_else(|| say.for_so_long(say.by_mode(mode), time));
            (say.fiche_label(label).to_owned(), words.set(how))
        };
        DayLine {
            day: words.sentence(say.weekday(stay.date.weekday())),
            leave: time(clock.leave),
            begins: time(Some(stay.arrive_by)),
            ends: time(Some(stay.leave_after)),
            back: time(clock.back),
            how: vec![
                way(FicheLabel::Out, Way::To, trip.mode_to, trip.to),
                way(FicheLabel::Back, Way::Back, trip.mode_back, trip.back),
            ],
        }
    }

    /// Half-days that are held by video, by day of the week.
    fn by_video(&self, option: &ProgrammeOption) -> Vec<DayLine> {
        let (words, say) = (self.words, self.say);
        let mut hours: BTreeMap<(i8, ClockTime, ClockTime), Weekday> = BTreeMap::new();
        for meeting in option.meetings.iter().filter(|meeting| meeting.site.is_none()) {
            let slot = &self.territory.slots()[meeting.slot];
            hours.insert((slot.day.to_monday_zero_offset(), slot.from, slot.to), slot.day);
        }
        let line = |((_, from, to), day): ((i8, ClockTime, ClockTime), Weekday)| DayLine {
            day: words.sentence(say.weekday(day)),
            leave: words.set(say.video_at_home()),
            begins: words.set(say.clock(from)),
            ends: words.set(say.clock(to)),
            back: "–".to_owned(),
            how: Vec::new(),
        };
        hours.into_iter().map(line).collect()
    }

    /// Dates without a trip, and those that nobody knows of.
    fn missed(&self, dates: &[DatedStay]) -> impl Iterator<Item = String> {
        let days = |is: fn(DayAccess) -> bool| -> Vec<Date> {
            dates.iter().filter(|dated| is(dated.access)).map(|dated| dated.date).collect()
        };
        let without = days(|access| matches!(access, DayAccess::Missed(_)));
        let unknown = days(|access| access == DayAccess::Unknown);
        let without = (!without.is_empty()).then(|| self.words.set(self.say.no_trip(&without)));
        let unknown = (!unknown.is_empty()).then(|| self.words.set(self.say.not_known_yet(&unknown)));
        without.into_iter().chain(unknown)
    }

    /// Lines and stops, by coach and train.
    #[cfg(feature = "timetables")]
    fn ride(&self, home: PlaceId, stay: &Stay, way: Way, mode: Mode) -> Option<String> {
        use crate::travel::{ColumnKey, When};
        let timetable = self.run.timetable?;
        let when = When::Session(Session::from(stay));
        let key = ColumnKey { site: stay.site, way, mode, when };
        let journey = timetable.transit_journey(self.territory, home, key)?;
        Some(super::ride::told(&journey, (timetable.timetable(), stay.date), self.say))
    }

    #[cfg(not(feature = "timetables"))]
    fn ride(&self, _: PlaceId, _: &Stay, _: Way, _: Mode) -> Option<String> {
        None
    }
}

/// When one leaves, rounded down to the minute, and is home again, rounded up.
fn clock(times: &TravelTimes, home: PlaceId, stay: &Stay, trip: RoundTrip) -> Clock {
    let session = Session::from(stay);
    let at_site = |way, mode| {
        let travel = times.trip(home, stay.site, way, mode, session).time();
        travel.map_or(Seconds::ZERO, |travel| travel.at_site)
    };
    let before = trip.to.plus(at_site(Way::To, trip.mode_to));
    let after = trip.back.plus(at_site(Way::Back, trip.mode_back));
    let minute = |seconds: u32| ClockTime::new(seconds / 3_600, seconds / 60 % 60);
    Clock {
        leave: stay.arrive_by.earlier(before).and_then(|at| minute(at.seconds())),
        back: stay.leave_after.later(after).and_then(|at| minute(at.seconds().div_ceil(60) * 60)),
    }
}

/// What most dates have; of several, the earliest in the day.
fn usual(dated: &[(Stay, RoundTrip, Clock)]) -> Option<&(Stay, RoundTrip, Clock)> {
    let mut counts: BTreeMap<(Clock, RoundTrip), (u32, usize)> = BTreeMap::new();
    for (i, (_, trip, clock)) in dated.iter().enumerate() {
        counts.entry((*clock, *trip)).or_insert((0, i)).0 += 1;
    }
    let (_, i) = counts.into_values().min_by_key(|&(n, i)| (Reverse(n), i))?;
    dated.get(i)
}

impl Fiches<'_> {
    fn label(&self, label: FicheLabel) -> String {
        self.words.set(self.say.fiche_label(label))
    }

    fn colon(&self) -> String {
        self.words.set(format!("{} ", self.words.say.colon()))
    }
}
