//! What is told of a plan, sentence by sentence, for the desk of the structure: the page in a
//! terminal and the one in a browser lay out the same.

use super::json::{gap_percent, placed_tier, shares};
use super::language::{Closest, DayPart, Lever, Obstacle, Part, Proved, Sentences};
use super::names;
use crate::finding::{self, Lang};
use crate::groups::Proof;
use crate::plan::{Alike, Bind, Change, Group, LeftOut, Offer, Plan, ProgrammeAnswer};
use crate::reach::Reason;
use crate::territory::{Mark, Mode, ProgrammeOption, SiteStatus, Territory, Venue};
use crate::units::{Cents, ClockTime, OptionId, ProgrammeId, Seconds, SiteId, SlotId, YouthId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Identifiers shown for each reason; the JSON has them all.
const FIRST_IDS: usize = 4;

/// Changes shown that let a programme have one more group; the JSON has them all.
const FIRST_LEVERS: usize = 2;

/// Choices that mean nothing shown for a programme; the JSON has them all.
const FIRST_CHOICES: usize = 2;

/// A plan and the language to tell it in.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) territory: &'a Territory,
    pub(super) plan: &'a Plan,
    pub(super) say: &'static dyn Sentences,
    pub(super) lang: Lang,
}

/// A group in sentences.
pub(super) struct GroupTold {
    /// Where and on which half-days.
    pub(super) place: String,
    /// From when to when, and how many.
    pub(super) course: String,
    /// How they come, and what some of them miss.
    pub(super) notes: Vec<String>,
}

/// Who is left out of a programme, the commonest reason first.
pub(super) struct LeftTold {
    pub(super) programme: ProgrammeId,
    pub(super) title: String,
    pub(super) reasons: Vec<(Reason, Vec<YouthId>)>,
}

impl Telling<'_> {
    /// How many have a place in a group at least, of those enrolled.
    pub(super) fn in_all(&self) -> String {
        let enrolled = self.territory.youths().iter().filter(|(_, y)| !y.programmes.is_empty()).count();
        let members = self.plan.groups.iter().flat_map(|g| g.members.iter().map(|m| m.youth));
        let placed: BTreeSet<YouthId> = members.collect();
        self.say.in_all(people(placed.len()), people(enrolled))
    }

    /// What lets a programme have one more group; nothing where there is none to tell.
    pub(super) fn next(&self, answer: &ProgrammeAnswer) -> Option<String> {
        let levers = self.levers(answer);
        (!levers.is_empty()).then(|| self.say.levers(&levers))
    }

    pub(super) fn group(&self, group: &Group, option: &ProgrammeOption) -> GroupTold {
        let days = days_of(option);
        let (first, last) = (days.first().unwrap_or(&option.start), days.last().unwrap_or(&option.start));
        let offer = &group.offer;
        let when = self.say.days(&day_parts(self.territory, &offer.slots));
        let size = self.territory.planned_size(offer.programme);
        let size = self.say.group_size(people(group.members.len()), size.min(), size.max());
        let by_video = option.stays.is_empty();
        let how = if by_video { self.say.by_video().to_owned() } else { self.how_they_come(group) };
        let some = group.members.iter().filter(|m| m.reachable < m.of).count();
        let some = (some > 0).then(|| self.say.not_every_session(people(some)));
        let notes = [Some(how), some].into_iter().flatten().chain(self.missed_dates(group, days.len()));
        GroupTold {
            place: format!("{}{} {when}", self.venue(&offer.venue), self.colon()),
            course: [self.say.first_to_last(*first, *last), size].join(self.semicolon()),
            notes: notes.collect(),
        }
    }

    /// Dates that the timetables leave open, and those that they leave somebody without a trip.
    fn missed_dates(&self, group: &Group, of: usize) -> Vec<String> {
        let programme = group.offer.programme;
        let missed = || group.members.iter().flat_map(|member| self.plan.missed_by(programme, member.youth));
        let dates = |is: fn(Reason) -> bool| -> BTreeSet<Date> {
            missed().filter(|missed| is(missed.reason)).map(|missed| missed.date).collect()
        };
        let unknown = dates(|reason| reason == Reason::TimetableUnknown);
        let without =
            dates(|reason| matches!(reason, Reason::NoBusThen | Reason::NotInHolidays | Reason::NoWayBack));
        let without: Vec<Date> = without.into_iter().collect();
        let unknown =
            (!unknown.is_empty()).then(|| self.say.unknown_dates(people(unknown.len()), people(of)));
        let without = (!without.is_empty()).then(|| self.say.without_a_trip(&without));
        unknown.into_iter().chain(without).collect()
    }

    /// Programme by programme; those that everybody has a place in are not told.
    pub(super) fn left_out(&self) -> Vec<LeftTold> {
        self.plan.programmes.iter().filter_map(|answer| self.left_out_of(answer)).collect()
    }

    fn left_out_of(&self, answer: &ProgrammeAnswer) -> Option<LeftTold> {
        let mut by_reason: BTreeMap<Reason, Vec<YouthId>> = BTreeMap::new();
        for one in self.enrolled_out(answer.programme) {
            by_reason.entry(one.reason).or_default().push(one.youth);
        }
        let total: usize = by_reason.values().map(Vec::len).sum();
        let mut reasons: Vec<_> = by_reason.into_iter().collect();
        reasons.sort_by_key(|(reason, youths)| (std::cmp::Reverse(youths.len()), *reason));
        let name = names::programme(self.territory, answer.programme);
        let title = self.say.left_out(name, people(total), answer.enrolled.get());
        (total > 0).then_some(LeftTold { programme: answer.programme, title, reasons })
    }

    pub(super) fn reason(&self, programme: ProgrammeId, reason: Reason) -> String {
        self.say.reason(reason, self.territory.limit_of(programme))
    }

    /// Where it does not matter who has a place, the largest sets first.
    pub(super) fn choices(&self, programme: ProgrammeId) -> Vec<String> {
        let mut mine: Vec<&Alike> =
            self.plan.beside.alike.iter().filter(|alike| alike.programme == programme).collect();
        mine.sort_by_key(|alike| std::cmp::Reverse(alike.youths.len()));
        let choice = |alike: &Alike| {
            let (ids, of) = (self.first_ids(&alike.youths), people(alike.youths.len()));
            self.say.interchangeable(alike.placed.get(), of, &ids)
        };
        mine.into_iter().take(FIRST_CHOICES).map(choice).collect()
    }

    /// Weekly hours within reach and in the plan; nothing where nobody is enrolled.
    pub(super) fn hours(&self) -> Vec<String> {
        let weekly = self.territory.rules().weekly_hours;
        let hours = &self.plan.hours;
        if hours.is_empty() {
            return Vec::new();
        }
        let within = hours.iter().filter(|h| h.within_reach >= weekly).count();
        let planned = hours.iter().filter(|h| h.planned >= weekly).count();
        vec![
            self.say.hours_within_reach(people(within), people(hours.len()), weekly),
            self.say.hours_planned(people(planned), weekly),
            self.say.hours_scope().to_owned(),
        ]
    }

    /// The sites to open.
    pub(super) fn opened(&self) -> Vec<String> {
        let opened = |&id: &SiteId| {
            let cost = match self.territory.sites()[id].status {
                SiteStatus::Existing => Cents::default(),
                SiteStatus::Candidate { opening } => opening,
            };
            self.say.opened(names::site(self.territory, id), cost)
        };
        self.plan.opened.iter().map(opened).collect()
    }

    pub(super) fn proved(&self) -> String {
        self.say.proved(&proved(self.territory, self.plan))
    }

    /// What the plan rests on, each with its mark.
    pub(super) fn assumptions(&self) -> Vec<(String, &'static str)> {
        let all = assumptions(self.territory, self.plan, self.lang).into_iter();
        all.map(|(text, mark)| (text, self.say.mark(mark))).collect()
    }

    fn colon(&self) -> &'static str {
        self.say.colon()
    }

    pub(super) fn programme_in_short(&self, answer: &ProgrammeAnswer) -> String {
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
    pub(super) fn levers(&self, answer: &ProgrammeAnswer) -> Vec<Lever> {
        // Who is missing where a first group comes closest is told already.
        let told = |change: &Change<SiteId>| matches!(change, Change::Youths(_)) && answer.groups == 0;
        let all = self.plan.beside.levers.iter();
        let mut mine: Vec<_> = all.filter(|l| l.programme == answer.programme && !told(&l.change)).collect();
        mine.sort_by_key(|lever| std::cmp::Reverse(lever.gain));
        mine.into_iter().take(FIRST_LEVERS).filter_map(|lever| self.lever(lever)).collect()
    }

    pub(super) fn lever(&self, lever: &crate::plan::Lever) -> Option<Lever> {
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
            min: self.territory.planned_size(lever.programme).min(),
            gain: lever.gain.get(),
        })
    }

    pub(super) fn closest(&self, answer: &ProgrammeAnswer) -> Option<Closest> {
        let verdict = self.plan.verdicts.get(answer.closest?)?;
        let min = self.territory.planned_size(answer.programme).min();
        Some(Closest {
            at: self.at(&verdict.offer.venue),
            days: day_parts(self.territory, &verdict.offer.slots),
            reachable: verdict.reachable.get(),
            missing: verdict.missing.get(),
            min,
        })
    }

    pub(super) fn obstacle(&self, programme: ProgrammeId, bind: Bind) -> Obstacle {
        let hours_too = self.enrolled_out(programme).any(|one| one.reason == Reason::NotAvailable);
        Obstacle { bind, hours_too }
    }

    /// Who is enrolled in a programme and in none of its groups.
    pub(super) fn enrolled_out(&self, programme: ProgrammeId) -> impl Iterator<Item = &LeftOut> {
        let enrolled = move |one: &&LeftOut| one.programme == programme && one.reason != Reason::NotEnrolled;
        self.plan.left_out.iter().filter(enrolled)
    }

    pub(super) fn how_they_come(&self, group: &Group) -> String {
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

    pub(super) fn first_ids(&self, youths: &[YouthId]) -> String {
        let ids: Vec<&str> =
            youths.iter().take(FIRST_IDS).map(|&y| self.territory.youths().key_of(y)).collect();
        self.say.first_ids(&ids, youths.len() > FIRST_IDS)
    }

    pub(super) fn venue(&self, at: &Venue) -> String {
        venue(self.territory, self.say, at)
    }

    pub(super) fn at(&self, venue: &Venue) -> String {
        at(self.territory, self.say, venue)
    }

    pub(super) fn semicolon(&self) -> &'static str {
        self.say.semicolon()
    }
}

/// Where, for the head of a line.
pub(super) fn venue(territory: &Territory, say: &dyn Sentences, venue: &Venue) -> String {
    match venue {
        Venue::One(site) => names::site(territory, *site).to_owned(),
        Venue::Turns(turn, sites) => {
            let names: Vec<&str> = sites.iter().map(|&site| names::site(territory, site)).collect();
            say.in_turn(&names, *turn)
        }
    }
}

/// Where, to be put in a sentence.
pub(super) fn at(territory: &Territory, say: &dyn Sentences, venue: &Venue) -> String {
    match venue {
        Venue::One(site) => say.at(names::site(territory, *site)),
        Venue::Turns(turn, sites) => {
            let at: Vec<String> = sites.iter().map(|&site| say.at(names::site(territory, site))).collect();
            let at: Vec<&str> = at.iter().map(String::as_str).collect();
            format!("{},", say.in_turn(&at, *turn))
        }
    }
}

/// A count of people; territories are bounded far below what fits.
pub(super) fn people(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The days of a week, a day with both halves once.
pub(super) fn day_parts(territory: &Territory, slots: &[SlotId]) -> Vec<DayPart> {
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

/// The option of each group, in one walk over the options.
pub(super) fn options_of(territory: &Territory, groups: &[Group]) -> BTreeMap<Offer, OptionId> {
    let wanted: BTreeSet<&Offer> = groups.iter().map(|group| &group.offer).collect();
    let programmes: BTreeSet<ProgrammeId> = wanted.iter().map(|offer| offer.programme).collect();
    let mut options = BTreeMap::new();
    for id in territory.option_ids().filter(|&id| programmes.contains(&territory.option(id).programme)) {
        let offer = Offer::from(territory.option(id));
        if wanted.contains(&offer) {
            options.insert(offer, id);
        }
    }
    options
}

/// The days with sessions of an option, in order.
pub(super) fn days_of(option: &ProgrammeOption) -> Vec<Date> {
    let mut days: Vec<Date> = option.meetings.iter().map(|meeting| meeting.date).collect();
    days.dedup();
    days
}

pub(super) fn proved(territory: &Territory, plan: &Plan) -> Proved {
    let Some(placed) = placed_tier(&plan.tiers) else { return Proved::Nothing };
    if placed.proof == Proof::Bounded {
        let weighted = territory.youths().iter().any(|(_, youth)| youth.priority.get() != 1);
        let percent = gap_percent(placed.value, placed.bound);
        return Proved::Gap { placed: placed.value, bound: placed.bound, percent, weighted };
    }
    let open: Vec<_> = plan.tiers.iter().filter(|t| t.proof == Proof::Bounded).map(|t| t.tier).collect();
    if open.is_empty() { Proved::All } else { Proved::Placed(open) }
}

/// What a plan rests on: figures, times, and the shares of a draw.
pub(super) fn assumptions(territory: &Territory, plan: &Plan, lang: Lang) -> Vec<(String, Mark)> {
    let figures = territory.rules().assumptions();
    // A draw's shares carry the word in their own text: the mark stands in its place.
    let bare = |text: &finding::Text| {
        let text = text.in_lang(lang);
        let bare = [" (hypothèse)", " (assumed)"].iter().find_map(|word| text.strip_suffix(word));
        (bare.unwrap_or(text).to_owned(), Mark::Assumed)
    };
    let all = figures.iter().chain(&plan.assumptions);
    all.map(|one| (one.text.in_lang(lang).to_owned(), one.mark))
        .chain(shares(territory).iter().map(bare))
        .collect()
}
