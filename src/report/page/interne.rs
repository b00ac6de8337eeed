//! The page for the structure's own desk: exact.

use super::grid::{Options, Told};
use super::map::{Areas, Ground};
use super::{Answer, Cell, Frame, Map, Part, Row, Sheet, Table, Words, bars};
use super::{flips, levers};
use crate::plan::{Offer, Plan, ProgrammeAnswer, Verdict};
use crate::reach::Reason;
use crate::report::files::{Audience, Run};
use crate::report::interne::{communes, count_by_commune};
use crate::report::language::page::{Amount, Label};
use crate::report::names;
use crate::report::telling::{LeftTold, Telling, options_of, people};
use crate::territory::{Provenance, Territory};
use crate::units::{Seconds, YouthId};
use std::collections::BTreeMap;

/// Identifiers shown for a reason; the file has them all.
const FIRST_IDS: usize = 60;

/// The page of `interne/`.
pub(in crate::report) fn interne(territory: &Territory, plan: &Plan, run: &Run<'_>) -> String {
    let words = Words::of(run.lang);
    let telling = Telling { territory, plan, say: words.say, lang: run.lang };
    let options = Options { territory, words, all: told(plan) };
    let desk = Desk { telling, words, options };
    let title = words.set(words.say.title(territory.name()));
    Sheet {
        words,
        frame: Frame::of_page(words, Audience::Interne, title, run.logo).with_levers(run.levers.is_some()),
        notices: notices(territory, words, words.say.internal()),
        answers: plan.programmes.iter().map(|answer| desk.answer(answer)).collect(),
        in_all: desk.in_all(),
        levers: run.levers.map_or_else(Vec::new, |answer| levers::interne(territory, answer, words)),
        map: desk.map(run),
        grids: desk.options.grids(),
        groups: desk.groups(run),
        left_out: desk.left_out(),
        hours: desk.hours(),
        flips: run.sweep.map(|sweep| flips::interne(territory, sweep, words)),
        opened: telling.opened().into_iter().map(|line| words.set(line)).collect(),
        proved: words.set(telling.proved()),
        assumptions: assumptions(&telling, run)
            .into_iter()
            .map(|(a, m)| (words.set(a), words.set(m)))
            .collect(),
    }
    .html()
}

/// What the plan rests on, and how well its groups hold where that is told.
fn assumptions(telling: &Telling<'_>, run: &Run<'_>) -> Vec<(String, &'static str)> {
    let mut all = telling.assumptions();
    let figures = run.holding.map(|_| telling.territory.rules().holding_assumptions());
    for figure in figures.into_iter().flatten() {
        let told = (figure.text.in_lang(run.lang).to_owned(), telling.say.mark(figure.mark));
        if !all.contains(&told) {
            all.push(told);
        }
    }
    all
}

/// What a page says first: whom it is for, and whether its youths are real.
pub(in crate::report) fn notices(territory: &Territory, words: Words, whom: &str) -> Vec<String> {
    let drawn = match territory.provenance() {
        Provenance::Declared => None,
        Provenance::Synthetic(synthesis) => Some(words.set(words.say.synthetic(synthesis.seed))),
    };
    [words.set(whom)].into_iter().chain(drawn).collect()
}

/// Every option, exactly.
fn told(plan: &Plan) -> Vec<Told<'_>> {
    let mut groups: BTreeMap<&Offer, u32> = BTreeMap::new();
    for group in &plan.groups {
        *groups.entry(&group.offer).or_default() += 1;
    }
    let told = |verdict: &'_ Verdict| {
        let missing = verdict.missing.get();
        (Amount::Exactly(verdict.reachable.get()), (missing > 0).then_some(Amount::Exactly(missing)))
    };
    let verdicts = plan.verdicts.iter().map(|verdict| {
        let (reachable, missing) = told(verdict);
        let groups = groups.get(&verdict.offer).copied().unwrap_or(0);
        Told { offer: &verdict.offer, viable: verdict.viable, groups, reachable: Some(reachable), missing }
    });
    verdicts.collect()
}

struct Desk<'a> {
    telling: Telling<'a>,
    words: Words,
    options: Options<'a>,
}

impl Desk<'_> {
    fn answer(&self, answer: &ProgrammeAnswer) -> Answer {
        let Telling { territory, .. } = self.telling;
        let say = self.words.say;
        let (placed, enrolled) = (answer.placed.get(), answer.enrolled.get());
        let obstacle = answer.binds.map(|bind| self.telling.obstacle(answer.programme, bind));
        let others = enrolled.saturating_sub(placed);
        let mut parts = Vec::new();
        if enrolled == 0 {
            parts.push(say.nobody().to_owned());
        } else if answer.groups > 0 {
            let formed = say.groups_possible(answer.groups, obstacle);
            parts.push(format!("{formed}, {}", say.placed_of(placed, enrolled)));
            parts.extend(self.options.lacking(answer.programme).filter(|_| others > 0));
        } else {
            parts.push(say.groups_possible(0, obstacle));
            parts.extend(self.closest(answer));
        }
        let blocks = obstacle.filter(|_| others > 0).map(|obstacle| match answer.groups {
            0 => say.what_blocks(obstacle),
            _ => say.what_blocks_others(others, obstacle),
        });
        let then = blocks.into_iter().chain(self.telling.next(answer));
        Answer {
            name: names::programme(territory, answer.programme).to_owned(),
            formed: answer.groups > 0,
            sentence: self.words.sentence(&format!("{}.", parts.join(self.telling.semicolon()))),
            then: then.map(|line| self.words.set(line)).collect(),
        }
    }

    /// Where a first group would come closest.
    fn closest(&self, answer: &ProgrammeAnswer) -> Option<String> {
        let told = self.options.all.get(answer.closest?)?;
        let (at, days) = self.options.place(told.offer);
        let say = self.words.say;
        match told.missing {
            Some(missing) => Some(say.lacking(&at, &days, missing)),
            None => Some(say.could_come_there(&at, &days, told.reachable?)),
        }
    }

    fn in_all(&self) -> Vec<String> {
        let hours = self.telling.hours().into_iter().next();
        let all = [self.telling.in_all()].into_iter().chain(hours).chain([self.telling.proved()]);
        all.map(|line| self.words.set(line)).collect()
    }

    fn map(&self, run: &Run<'_>) -> Option<Map> {
        let (territory, words) = (self.telling.territory, self.words);
        let (communes, counts) = (communes(territory), count_by_commune(territory, self.telling.plan));
        let points = communes.values().filter_map(|place| place.and_then(|p| p.position));
        let sites = territory.sites().iter().filter_map(|(_, site)| site.position);
        let ground =
            Ground::around(territory.outlines().iter().map(|(_, shape)| shape), points.chain(sites))?;
        let mut areas = Areas::new(words);
        for (code, place) in &communes {
            let (placed, left) = counts.get(code).copied().unwrap_or_default();
            let name = place.map_or(code.as_str(), |place| place.name.as_str());
            let path = match (territory.outlines().get(*code), place.and_then(|place| place.position)) {
                (Some(outline), _) => ground.path(outline),
                (None, Some(at)) => ground.dot(at),
                (None, None) => continue,
            };
            areas.drawn(path, name, placed + left, Some((placed, left)));
            if placed + left > 0 {
                areas.counted(name, placed + left, Some((placed, left)));
            }
        }
        let plan = self.telling.plan;
        let groups_at =
            |site| people(plan.groups.iter().filter(|g| g.offer.venue.sites().contains(&site)).count());
        let sites = ground.sites(territory, words, groups_at, &plan.opened);
        Some(ground.map((territory, run), Audience::Interne, areas, sites))
    }

    fn groups(&self, run: &Run<'_>) -> Option<Table> {
        let Telling { territory, plan, .. } = self.telling;
        let words = self.words;
        let options = options_of(territory, &plan.groups);
        let row = |(at, group): (usize, &crate::plan::Group)| -> Option<Row> {
            let told = self.telling.group(group, territory.option(*options.get(&group.offer)?));
            let text = |text: &str| Cell::Text(words.set(text));
            let holds = run.holding.and_then(|all| all.iter().find(|holding| holding.group == at));
            let holds = holds.map(|holding| words.say.holds(holding.needed, holding.shared().percent()));
            let course: Vec<String> = [told.course].into_iter().chain(holds).collect();
            let course = course.join(self.telling.semicolon());
            let ids: Vec<&str> =
                group.members.iter().map(|member| territory.youths().key_of(member.youth)).collect();
            Some(Row {
                name: names::programme(territory, group.offer.programme).to_owned(),
                cells: vec![
                    text(&told.place),
                    text(&course),
                    text(&told.notes.join(self.telling.semicolon())),
                    Cell::Text(ids.join(", ")),
                ],
            })
        };
        let rows: Vec<Row> = plan.groups.iter().enumerate().filter_map(row).collect();
        let labels = [Label::Programme, Label::Site, Label::Dates, Label::Notes, Label::Members];
        let caption = words.set(words.say.groups_table());
        (!rows.is_empty()).then(|| Table { caption, head: words.head(&labels), rows })
    }

    fn left_out(&self) -> Vec<Part> {
        let (words, all) = (self.words, self.telling.left_out());
        if all.is_empty() {
            return vec![Part::Text(words.set(words.say.nobody_left_out()))];
        }
        let mut totals: BTreeMap<Reason, u32> = BTreeMap::new();
        for (reason, youths) in all.iter().flat_map(|told| &told.reasons) {
            *totals.entry(*reason).or_default() += people(youths.len());
        }
        let mut totals: Vec<(Reason, u32)> = totals.into_iter().collect();
        totals.sort_by_key(|&(reason, n)| (std::cmp::Reverse(n), reason));
        let limit = self.telling.territory.rules().limit;
        let named = |(reason, n): (Reason, u32)| (words.set(words.say.reason(reason, limit)), n);
        let in_all = Table {
            caption: words.set(words.say.reasons_table()),
            head: words.head(&[Label::Reason, Label::Youths]),
            rows: bars(totals.into_iter().map(named)),
        };
        [Part::Table(in_all)].into_iter().chain(all.iter().flat_map(|told| self.left_out_of(told))).collect()
    }

    /// By reason, with identifiers, and the choices that mean nothing.
    fn left_out_of(&self, told: &LeftTold) -> Vec<Part> {
        let words = self.words;
        let name = names::programme(self.telling.territory, told.programme);
        let row = |(reason, youths): &(Reason, Vec<YouthId>)| Row {
            name: words.set(self.telling.reason(told.programme, *reason)),
            cells: vec![Cell::Number(youths.len().to_string()), Cell::Text(self.ids(youths))],
        };
        let table = Table {
            caption: words.set(words.say.reasons_of(name)),
            head: words.head(&[Label::Reason, Label::Youths, Label::Ids]),
            rows: told.reasons.iter().map(row).collect(),
        };
        let choices = self.telling.choices(told.programme).into_iter();
        let choices =
            choices.map(|line| Part::Text(words.set(format!("{name}{} {line}", words.say.colon()))));
        [Part::More(table)].into_iter().chain(choices).collect()
    }

    fn ids(&self, youths: &[YouthId]) -> String {
        let key = |&youth: &YouthId| self.telling.territory.youths().key_of(youth);
        let ids: Vec<&str> = youths.iter().take(FIRST_IDS).map(key).collect();
        let more = youths.len().saturating_sub(FIRST_IDS);
        let rest = if more > 0 {
            format!(" {}", self.words.say.more_ids(more, "left_out.csv"))
        } else {
            String::new()
        };
        format!("{}{}", ids.join(", "), self.words.set(rest))
    }

    fn hours(&self) -> Vec<Part> {
        let (words, hours) = (self.words, &self.telling.plan.hours);
        let lines = self.telling.hours().into_iter().map(|line| Part::Text(words.set(line)));
        let class = |(from, to): (Seconds, Option<Seconds>)| {
            let within =
                hours.iter().filter(|h| h.within_reach >= from && to.is_none_or(|to| h.within_reach < to));
            (words.set(words.say.hours_between(from, to)), people(within.count()))
        };
        let classes = hour_classes(self.telling.territory.rules().weekly_hours);
        let rows = if hours.is_empty() { Vec::new() } else { bars(classes.into_iter().map(class)) };
        let table = Table {
            caption: words.set(words.say.hours_table()),
            head: words.head(&[Label::HoursAWeek, Label::Youths]),
            rows,
        };
        lines.chain(Part::table(table)).collect()
    }
}

/// The bounds between which weekly hours are counted: thirds of what is asked for.
fn hour_classes(weekly: Seconds) -> [(Seconds, Option<Seconds>); 4] {
    let third = |n: u32| Seconds::new(weekly.get() / 3 * n);
    [(Seconds::ZERO, Some(third(1))), (third(1), Some(third(2))), (third(2), Some(weekly)), (weekly, None)]
}
