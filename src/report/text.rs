//! The plan as a page for a director, in a terminal: first the answer, then the
//! groups, who is left out and why, and what the answer rests on.

use super::json::{gap_percent, placed_tier, shares};
use super::language::{self, Closest, DayPart, Heading, Lever, Obstacle, Part, Proved, Sentences};
use super::names;
use super::terminal::{Page, clean};
use crate::control::Stage;
use crate::error::Error;
use crate::finding::{self, Code, Finding, Lang, Level};
use crate::groups::Proof;
use crate::plan::{Alike, Bind, Change, Group, LeftOut, Offer, Plan, ProgrammeAnswer};
use crate::reach::Reason;
use crate::territory::{Mark, Mode, Provenance, SiteStatus, Territory, Turn, Venue};
use crate::units::{Cents, ClockTime, ProgrammeId, Seconds, SiteId, SlotId, YouthId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Identifiers shown for each reason; the JSON has them all.
const FIRST_IDS: usize = 4;

/// Changes shown that let a programme have one more group; the JSON has them all.
const FIRST_LEVERS: usize = 2;

/// Choices that mean nothing shown for a programme; the JSON has them all.
const FIRST_CHOICES: usize = 2;

/// The plan as a page of at most 100 columns, for the structure's own desk.
pub fn text(territory: &Territory, plan: &Plan, lang: Lang) -> String {
    let mut writer = Writer { territory, plan, say: language::of(lang), lang, page: Page::default() };
    writer.top();
    writer.answer();
    writer.groups();
    writer.left_out();
    writer.hours();
    writer.opened();
    writer.trust();
    writer.assumptions();
    writer.page.finish()
}

/// Findings of one kind shown for a file; the JSON has them all.
const FIRST_OF_A_KIND: usize = 5;

/// Findings by file, line and column: a heading a file, then `line, column: what →
/// remedy (level code)`, the first of each kind, and at the end how many there are.
pub fn findings(list: &[Finding], lang: Lang) -> String {
    findings_page(list, lang, FIRST_OF_A_KIND)
}

/// As [`findings`], each of them, however many there are of a kind.
pub fn every_finding(list: &[Finding], lang: Lang) -> String {
    findings_page(list, lang, usize::MAX)
}

fn findings_page(list: &[Finding], lang: Lang, first: usize) -> String {
    let say = language::of(lang);
    if list.is_empty() {
        return format!("{}\n", say.nothing_found());
    }
    let mut sorted: Vec<&Finding> = list.iter().collect();
    finding::sort(&mut sorted);
    let mut text = String::new();
    for of_file in sorted.chunk_by(|a, b| a.source.file == b.source.file) {
        let file = of_file.first().and_then(|one| one.source.file.as_deref());
        let file = file.map_or_else(|| say.no_file().to_owned(), |file| named_file(file, lang));
        let colon = if lang == Lang::Fr { " :" } else { ":" };
        text.push_str(&format!("{}{colon} {}\n", clean(&file), counts(of_file, say)));
        text.push_str(&file_findings(of_file, lang, say, first));
        text.push('\n');
    }
    text + &format!("{}.\n", counts(&sorted, say))
}

fn counts(list: &[&Finding], say: &dyn Sentences) -> String {
    let count = |level| list.iter().filter(|f| f.level() == level).count();
    say.finding_counts(count(Level::Error), count(Level::Warning), count(Level::Note))
}

/// The findings of one file; of a kind that repeats itself, the first ones.
fn file_findings(list: &[&Finding], lang: Lang, say: &dyn Sentences, first: usize) -> String {
    let mut text = String::new();
    let mut kinds: BTreeMap<Code, (usize, u32)> = BTreeMap::new();
    for one in list {
        let (times, last) = kinds.entry(one.code).or_default();
        (*times, *last) = (*times + 1, one.source.line.unwrap_or(0));
        if *times <= first {
            text.push_str(&finding_line(one, lang, say));
        }
    }
    for (code, (times, last)) in kinds {
        let more = times.saturating_sub(first);
        if more > 0 {
            text.push_str(&format!("  {}\n", say.more_of_a_kind(code.as_str(), more, last)));
        }
    }
    text
}

/// A file and what it holds, where its name says so.
fn named_file(file: &str, lang: Lang) -> String {
    let say = language::new::of(lang);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    say.file(file, say.sheet(stem))
}

fn finding_line(one: &Finding, lang: Lang, say: &dyn Sentences) -> String {
    let place = |line| language::new::of(lang).place(line, one.source.column.as_deref());
    let place = one.source.line.map_or_else(String::new, place);
    let (level, code) = (say.level(one.level()), one.code.as_str());
    let (what, remedy) = (one.what.in_lang(lang), one.remedy.in_lang(lang));
    format!("  {} ({level} {code})\n", clean(&format!("{place}{what} → {remedy}")))
}

/// What a stage does, for a progress bar.
pub fn stage(stage: Stage, lang: Lang) -> &'static str {
    language::of(lang).stage(stage)
}

/// Said when pins contradict the limits.
pub fn impossible(lang: Lang) -> &'static str {
    language::of(lang).impossible()
}

/// Said when no plan was found.
pub fn not_found(lang: Lang) -> &'static str {
    language::of(lang).not_found()
}

/// Said when the files of a plan are written.
pub fn written(folder: &std::path::Path, lang: Lang) -> String {
    clean(&language::of(lang).written(&folder.display().to_string()))
}

/// Said when a plan does not pass its verification.
pub fn unverified(lang: Lang) -> &'static str {
    language::of(lang).unverified()
}

/// An error; the findings of [`Error::Input`] are for [`findings`] to tell.
pub fn error(error: &Error, lang: Lang) -> String {
    clean(&language::of(lang).error(error))
}

struct Writer<'a> {
    territory: &'a Territory,
    plan: &'a Plan,
    say: &'static dyn Sentences,
    lang: Lang,
    page: Page,
}

impl Writer<'_> {
    fn top(&mut self) {
        self.page.title(&self.say.title(self.territory.name()));
        self.page.paragraph(0, "", self.say.internal());
        if let Provenance::Synthetic { seed, .. } = self.territory.provenance() {
            self.page.paragraph(0, "", &self.say.synthetic(*seed));
        }
    }

    fn answer(&mut self) {
        self.page.heading(self.say.heading(Heading::Answer));
        for answer in &self.plan.programmes {
            let sentence = self.programme_in_short(answer);
            self.page.paragraph(2, "- ", &sentence);
            let levers = self.levers(answer);
            if !levers.is_empty() {
                self.page.paragraph(4, "", &self.say.levers(&levers));
            }
        }
        let enrolled = self.territory.youths().iter().filter(|(_, y)| !y.programmes.is_empty()).count();
        let placed: BTreeSet<YouthId> =
            self.plan.groups.iter().flat_map(|g| g.members.iter().map(|m| m.youth)).collect();
        self.page.paragraph(2, "", &self.say.in_all(people(placed.len()), people(enrolled)));
    }

    fn programme_in_short(&self, answer: &ProgrammeAnswer) -> String {
        let name = names::programme(self.territory, answer.programme);
        let (placed, enrolled) = (answer.placed.get(), answer.enrolled.get());
        let obstacle = answer.binds.map(|bind| self.obstacle(answer.programme, bind));
        if answer.groups > 0 {
            let formed = self.say.groups_formed(name, answer.groups, placed, enrolled);
            let others = enrolled.saturating_sub(placed);
            return match obstacle {
                Some(obstacle) if others > 0 => {
                    let (stop, blocked) = (self.semicolon(), self.say.others_blocked(others, obstacle));
                    format!("{formed}{stop}{blocked}.")
                }
                _ => format!("{formed}."),
            };
        }
        if enrolled == 0 {
            return self.say.nobody_enrolled(name);
        }
        self.say.no_group(name, self.closest(answer).as_ref(), obstacle)
    }

    /// Those that bring most.
    fn levers(&self, answer: &ProgrammeAnswer) -> Vec<Lever> {
        // Who is missing where a first group comes closest is told already.
        let told = |change: &Change<SiteId>| matches!(change, Change::Youths(_)) && answer.groups == 0;
        let all = self.plan.beside.levers.iter();
        let mut mine: Vec<_> = all.filter(|l| l.programme == answer.programme && !told(&l.change)).collect();
        mine.sort_by_key(|lever| std::cmp::Reverse(lever.gain));
        mine.into_iter().take(FIRST_LEVERS).filter_map(|lever| self.lever(lever)).collect()
    }

    fn lever(&self, lever: &crate::plan::Lever) -> Option<Lever> {
        let offer = &self.plan.verdicts.get(lever.verdict)?.offer;
        let at = |site: SiteId| Some(self.say.at(names::site(self.territory, site)));
        Some(Lever {
            change: match lever.change {
                Change::More(lack) => Change::More(lack.tell(at)?),
                Change::Minimum => Change::Minimum,
                Change::Limit(limit) => Change::Limit(limit),
                Change::Youths(youths) => Change::Youths(youths),
            },
            at: self.at(&offer.venue),
            days: day_parts(self.territory, &offer.slots),
            min: self.territory.programmes().get(lever.programme)?.size.min(),
            gain: lever.gain.get(),
        })
    }

    fn closest(&self, answer: &ProgrammeAnswer) -> Option<Closest> {
        let verdict = self.plan.verdicts.get(answer.closest?)?;
        let min = self.territory.programmes().get(answer.programme)?.size.min();
        Some(Closest {
            at: self.at(&verdict.offer.venue),
            days: day_parts(self.territory, &verdict.offer.slots),
            reachable: verdict.reachable.get(),
            missing: verdict.missing.get(),
            min,
        })
    }

    fn obstacle(&self, programme: ProgrammeId, bind: Bind) -> Obstacle {
        let hours_too = self.enrolled_out(programme).any(|one| one.reason == Reason::NotAvailable);
        Obstacle { bind, hours_too }
    }

    /// Who is enrolled in a programme and in none of its groups.
    fn enrolled_out(&self, programme: ProgrammeId) -> impl Iterator<Item = &LeftOut> {
        let enrolled = move |one: &&LeftOut| one.programme == programme && one.reason != Reason::NotEnrolled;
        self.plan.left_out.iter().filter(enrolled)
    }

    fn groups(&mut self) {
        self.page.heading(self.say.heading(Heading::Groups));
        if self.plan.groups.is_empty() {
            self.page.paragraph(2, "", self.say.no_group_at_all());
        }
        let courses = courses(self.territory, &self.plan.groups);
        let mut programme = None;
        for (i, group) in self.plan.groups.iter().enumerate() {
            if programme.replace(group.offer.programme) != Some(group.offer.programme) {
                let name = names::programme(self.territory, group.offer.programme).to_owned();
                self.page.paragraph(2, "", &name);
            }
            self.group(i + 1, group, courses.get(&group.offer).copied());
        }
    }

    fn group(&mut self, number: usize, group: &Group, course: Option<Course>) {
        let offer = &group.offer;
        let when = self.say.days(&day_parts(self.territory, &offer.slots));
        let colon = if self.lang == Lang::Fr { " :" } else { ":" };
        let what = format!("{}{colon} {when}", self.venue(&offer.venue));
        self.page.paragraph(2, &format!("{number:>3}. "), &what);
        let unknown = Course { first: offer.start, last: offer.start, dates: 0, travelled: true };
        let course = course.unwrap_or(unknown);
        let size = self.territory.programmes()[offer.programme].size;
        let size = self.say.group_size(people(group.members.len()), size.min(), size.max());
        let stop = self.semicolon();
        self.page.paragraph(
            7,
            "",
            &format!("{}{stop}{size}", self.say.first_to_last(course.first, course.last)),
        );
        let how = if course.travelled { self.how_they_come(group) } else { self.say.by_video().to_owned() };
        self.page.paragraph(7, "", &how);
        let some = group.members.iter().filter(|m| m.reachable < m.of).count();
        if some > 0 {
            self.page.paragraph(7, "", &self.say.not_every_session(people(some)));
        }
        self.missed_dates(group, course.dates);
    }

    /// Dates that the timetables leave open, and those that they leave somebody without a trip.
    fn missed_dates(&mut self, group: &Group, of: usize) {
        let programme = group.offer.programme;
        let missed = || group.members.iter().flat_map(|member| self.plan.missed_by(programme, member.youth));
        let dates = |is: fn(Reason) -> bool| -> BTreeSet<Date> {
            missed().filter(|missed| is(missed.reason)).map(|missed| missed.date).collect()
        };
        let unknown = dates(|reason| reason == Reason::TimetableUnknown);
        let without =
            dates(|reason| matches!(reason, Reason::NoBusThen | Reason::NotInHolidays | Reason::NoWayBack));
        if !unknown.is_empty() {
            self.page.paragraph(7, "", &self.say.unknown_dates(people(unknown.len()), people(of)));
        }
        if !without.is_empty() {
            let without: Vec<Date> = without.into_iter().collect();
            self.page.paragraph(7, "", &self.say.without_a_trip(&without));
        }
    }

    fn how_they_come(&self, group: &Group) -> String {
        let mut counts: BTreeMap<(Mode, Mode), u32> = BTreeMap::new();
        for trip in group.members.iter().filter_map(|member| member.trip) {
            *counts.entry((trip.mode_to, trip.mode_back)).or_default() += 1;
        }
        let at_home = group.members.iter().filter(|member| member.trip.is_none()).count();
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|&(modes, n)| (std::cmp::Reverse(n), modes));
        let mut ways: Vec<String> =
            counts.into_iter().map(|((to, back), n)| self.say.come_by(n, to, back)).collect();
        ways.extend((at_home > 0).then(|| self.say.only_by_video(people(at_home))));
        let trips = group.members.iter().filter_map(|m| m.trip);
        let longest = trips.map(|trip| trip.longer()).max().unwrap_or(Seconds::ZERO);
        self.say.how_they_come(&ways, longest)
    }

    fn left_out(&mut self) {
        self.page.heading(self.say.heading(Heading::LeftOut));
        let mut nobody = true;
        for answer in &self.plan.programmes {
            let mut by_reason: BTreeMap<Reason, Vec<YouthId>> = BTreeMap::new();
            for one in self.enrolled_out(answer.programme) {
                by_reason.entry(one.reason).or_default().push(one.youth);
            }
            let total: usize = by_reason.values().map(Vec::len).sum();
            if total == 0 {
                continue;
            }
            nobody = false;
            let name = names::programme(self.territory, answer.programme);
            let title = self.say.left_out(name, people(total), answer.enrolled.get());
            self.page.paragraph(2, "", &title);
            self.reasons(answer.programme, by_reason);
            self.choices(answer.programme);
        }
        if nobody {
            self.page.paragraph(2, "", self.say.nobody_left_out());
        }
    }

    fn reasons(&mut self, programme: ProgrammeId, by_reason: BTreeMap<Reason, Vec<YouthId>>) {
        let limit = self.territory.limit_of(programme);
        let mut rows: Vec<_> = by_reason.into_iter().collect();
        rows.sort_by_key(|(reason, youths)| (std::cmp::Reverse(youths.len()), *reason));
        for (reason, youths) in rows {
            let line = format!("{} {}", self.say.reason(reason, limit), self.first_ids(&youths));
            self.page.paragraph(2, &format!("{:>5}  ", youths.len()), &line);
        }
    }

    /// Where it does not matter who has a place, the largest sets first.
    fn choices(&mut self, programme: ProgrammeId) {
        let mut mine: Vec<&Alike> =
            self.plan.beside.alike.iter().filter(|alike| alike.programme == programme).collect();
        mine.sort_by_key(|alike| std::cmp::Reverse(alike.youths.len()));
        for alike in mine.into_iter().take(FIRST_CHOICES) {
            let (ids, of) = (self.first_ids(&alike.youths), people(alike.youths.len()));
            self.page.paragraph(9, "", &self.say.interchangeable(alike.placed.get(), of, &ids));
        }
    }

    fn first_ids(&self, youths: &[YouthId]) -> String {
        let ids: Vec<&str> =
            youths.iter().take(FIRST_IDS).map(|&y| self.territory.youths().key_of(y)).collect();
        self.say.first_ids(&ids, youths.len() > FIRST_IDS)
    }

    fn hours(&mut self) {
        let weekly = self.territory.rules().weekly_hours;
        let hours = &self.plan.hours;
        if hours.is_empty() {
            return;
        }
        let within = hours.iter().filter(|h| h.within_reach >= weekly).count();
        let planned = hours.iter().filter(|h| h.planned >= weekly).count();
        self.page.heading(self.say.heading(Heading::Hours));
        let reach = self.say.hours_within_reach(people(within), people(hours.len()), weekly);
        self.page.paragraph(2, "", &reach);
        self.page.paragraph(2, "", &self.say.hours_planned(people(planned), weekly));
        self.page.paragraph(2, "", self.say.hours_scope());
    }

    fn opened(&mut self) {
        if self.plan.opened.is_empty() {
            return;
        }
        self.page.heading(self.say.heading(Heading::Opened));
        for &id in &self.plan.opened {
            let cost = match self.territory.sites()[id].status {
                SiteStatus::Existing => Cents::default(),
                SiteStatus::Candidate { opening } => opening,
            };
            let sentence = self.say.opened(names::site(self.territory, id), cost);
            self.page.paragraph(2, "- ", &sentence);
        }
    }

    fn trust(&mut self) {
        self.page.heading(self.say.heading(Heading::Trust));
        let proved = proved(self.territory, self.plan);
        self.page.paragraph(2, "", &self.say.proved(&proved));
    }

    fn assumptions(&mut self) {
        self.page.heading(self.say.heading(Heading::Assumptions));
        let (say, lang) = (self.say, self.lang);
        let line = |text: &finding::Text, mark| format!("{} {}", text.in_lang(lang), say.mark(mark));
        let figures = self.territory.rules().assumptions();
        for assumption in figures.iter().chain(&self.plan.assumptions) {
            self.page.paragraph(2, "- ", &line(&assumption.text, assumption.mark));
        }
        // A draw's shares carry the word in their own text: the mark stands in its place.
        for share in shares(self.territory) {
            let text = share.in_lang(lang);
            let text = [" (hypothèse)", " (assumed)"]
                .iter()
                .find_map(|word| text.strip_suffix(word))
                .unwrap_or(text);
            self.page.paragraph(2, "- ", &format!("{text} {}", say.mark(Mark::Assumed)));
        }
    }

    fn venue(&self, venue: &Venue) -> String {
        match venue {
            Venue::One(site) => names::site(self.territory, *site).to_owned(),
            Venue::Turns(turn, sites) => self.in_turn(*turn, sites),
        }
    }

    fn at(&self, venue: &Venue) -> String {
        match venue {
            Venue::One(site) => self.say.at(names::site(self.territory, *site)),
            Venue::Turns(turn, sites) => format!("({})", self.in_turn(*turn, sites)),
        }
    }

    fn in_turn(&self, turn: Turn, sites: &[SiteId]) -> String {
        let names: Vec<&str> = sites.iter().map(|&site| names::site(self.territory, site)).collect();
        self.say.in_turn(&names, turn)
    }

    const fn semicolon(&self) -> &'static str {
        match self.lang {
            Lang::Fr => " ; ",
            Lang::En => "; ",
        }
    }
}

/// A count of people; territories are bounded far below what fits.
fn people(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The days of a week, a day with both halves once.
fn day_parts(territory: &Territory, slots: &[SlotId]) -> Vec<DayPart> {
    let noon_or_so = ClockTime::new(13, 0);
    let mut parts: Vec<DayPart> = Vec::new();
    for slot in slots.iter().filter_map(|&slot| territory.slots().get(slot)) {
        let part = if Some(slot.from) < noon_or_so { Part::Morning } else { Part::Afternoon };
        match parts.last_mut() {
            Some(last) if last.day == slot.day && last.part == part => {}
            Some(last) if last.day == slot.day => last.part = Part::Both,
            _ => parts.push(DayPart { day: slot.day, part }),
        }
    }
    parts
}

/// What a group's option is in days.
#[derive(Clone, Copy)]
struct Course {
    first: Date,
    last: Date,
    /// Days with sessions.
    dates: usize,
    /// Whether some session is held at a site.
    travelled: bool,
}

/// The course of each group, in one walk over the options.
fn courses(territory: &Territory, groups: &[Group]) -> BTreeMap<Offer, Course> {
    let wanted: BTreeSet<&Offer> = groups.iter().map(|group| &group.offer).collect();
    let programmes: BTreeSet<ProgrammeId> = wanted.iter().map(|offer| offer.programme).collect();
    let mut courses = BTreeMap::new();
    for option in territory.options().iter().filter(|o| programmes.contains(&o.programme)) {
        let (Some(first), Some(last)) = (option.meetings.first(), option.meetings.last()) else { continue };
        let offer = Offer {
            programme: option.programme,
            venue: option.venue.clone(),
            slots: option.slots.clone(),
            start: option.start,
        };
        if wanted.contains(&offer) {
            let travelled = !option.stays.is_empty();
            let days: BTreeSet<Date> = option.meetings.iter().map(|meeting| meeting.date).collect();
            let dates = days.len();
            courses.insert(offer, Course { first: first.date, last: last.date, dates, travelled });
        }
    }
    courses
}

fn proved(territory: &Territory, plan: &Plan) -> Proved {
    let Some(placed) = placed_tier(&plan.tiers) else { return Proved::Nothing };
    if placed.proof == Proof::Bounded {
        let weighted = territory.youths().iter().any(|(_, youth)| youth.priority.get() != 1);
        let percent = gap_percent(placed.value, placed.bound);
        return Proved::Gap { placed: placed.value, bound: placed.bound, percent, weighted };
    }
    let open: Vec<_> = plan.tiers.iter().filter(|t| t.proof == Proof::Bounded).map(|t| t.tier).collect();
    if open.is_empty() { Proved::All } else { Proved::Placed(open) }
}
