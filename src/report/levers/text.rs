//! Levers as a page for a terminal: the goal, each lever, the best sets, and what they rest on.

use super::super::language::{self, levers::LeverHeading};
use super::super::names;
use super::super::terminal::{Page, clean};
use super::{Levers, Telling, UnlockedTold};
use crate::finding::Lang;
use crate::territory::{Provenance, Scenario, Territory};

/// Identifiers shown for a lever; the JSON has them all.
const FIRST_IDS: usize = 4;

/// What levers would unlock as a page of at most 100 columns, for the structure's own desk.
pub fn levers_text<'a>(territory: &Territory, levers: impl Into<Levers<'a>>, lang: Lang) -> String {
    let telling = Telling::new(territory, levers.into(), lang);
    let mut page = Page::default();
    top(&mut page, &telling);
    section(&mut page, &telling, LeverHeading::Goal, "", telling.goal());
    singly(&mut page, &telling);
    let steps = telling.steps();
    let nothing = (steps.is_empty()).then(|| telling.say.nothing_better().to_owned());
    let steps = steps.into_iter().map(|step| telling.step(step)).chain(nothing);
    section(&mut page, &telling, LeverHeading::Frontier, "- ", steps);
    section(&mut page, &telling, LeverHeading::Further, "- ", telling.further());
    unlocked(&mut page, &telling);
    section(&mut page, &telling, LeverHeading::Timetables, "- ", telling.timetables());
    section(&mut page, &telling, LeverHeading::Rests, "- ", telling.rests());
    page.finish()
}

/// Said when a goal names a programme that is not there.
pub fn no_such_programme(territory: &Territory, name: &str, lang: Lang) -> String {
    let programmes = territory.programmes();
    let known: Vec<String> = programmes.ids().map(|id| programmes.key_of(id).to_owned()).collect();
    clean(&language::levers::of(lang).no_such_programme(name, &known))
}

/// Said when a scenario is named that is not there: those that are, and what else could have been named.
pub fn no_such_scenario(known: &[Scenario], more: Option<&str>, name: &str, lang: Lang) -> String {
    let known = known.iter().map(|scenario| scenario.key.as_str()).chain(more);
    let known: Vec<String> = known.map(str::to_owned).collect();
    clean(&language::levers::of(lang).no_such_scenario(name, &known))
}

fn top(page: &mut Page, telling: &Telling<'_>) {
    page.title(&telling.say.levers_title(telling.territory.name()));
    page.paragraph(0, "", telling.say.internal());
    if let Provenance::Synthetic(synthesis) = telling.territory.provenance() {
        page.paragraph(0, "", &telling.say.synthetic(synthesis.seed));
    }
    for line in telling.source().into_iter().chain([telling.today()]) {
        page.paragraph(0, "", &line);
    }
}

fn singly(page: &mut Page, telling: &Telling<'_>) {
    let levers = telling.ordered().into_iter().map(|single| telling.lever(single)).chain(telling.idle());
    let none = telling.levers.answer.levers.is_empty().then(|| telling.say.no_lever().to_owned());
    section(page, telling, LeverHeading::Singly, "- ", levers.chain(none));
}

fn unlocked(page: &mut Page, telling: &Telling<'_>) {
    let all = telling.unlocked();
    if !all.is_empty() {
        page.heading(telling.say.lever_heading(LeverHeading::Unlocked));
    }
    for of_programme in all.chunk_by(|a, b| a.programme == b.programme) {
        let name = of_programme.first().map(|one| names::programme(telling.territory, one.programme));
        page.paragraph(2, "", name.unwrap_or_default());
        for UnlockedTold { lever, youths, others, .. } in of_programme {
            let ids = youths.iter().take(FIRST_IDS).map(|&youth| telling.territory.youths().key_of(youth));
            let ids = telling.say.first_ids(&ids.collect::<Vec<_>>(), youths.len() > FIRST_IDS);
            let (name, cost) = (telling.name(*lever), super::money(telling.levers.answer.prices[*lever]));
            let told = telling.say.unlocked(&ids, &name, cost, *others);
            page.paragraph(2, &format!("{:>5}  ", youths.len()), &told);
        }
    }
}

/// A heading and its lines, where there are any.
fn section(
    page: &mut Page,
    telling: &Telling<'_>,
    heading: LeverHeading,
    mark: &str,
    lines: impl IntoIterator<Item = String>,
) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() {
        page.heading(telling.say.lever_heading(heading));
    }
    for line in lines {
        page.paragraph(2, mark, &line);
    }
}
