//! How well groups hold, as a page for a terminal.

use super::super::language::holding::{Filled, Held, HoldingHeading, HoldingSentences, of};
use super::super::names;
use super::super::telling::{day_parts, people, venue};
use super::super::terminal::Page;
use super::HoldingTold;
use crate::finding::Lang;
use crate::plan::Group;
use crate::questions::{Filling, Holding, Shared};
use crate::territory::Provenance;

/// How well the groups hold and how they fill, as a page of at most 100 columns.
pub fn holding_text(told: &HoldingTold<'_>, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.holding_title(told.territory.name()));
    page.paragraph(0, "", say.internal());
    if let Provenance::Synthetic(synthesis) = told.territory.provenance() {
        page.paragraph(0, "", &say.synthetic(synthesis.seed));
    }
    page.heading(say.holding_heading(HoldingHeading::Groups));
    if told.holding.is_empty() {
        page.paragraph(2, "- ", say.no_group_at_all());
    }
    for (group, holding) in told.groups() {
        page.paragraph(2, "- ", &group_line(told, say, group, holding));
        group_notes(told, say, holding).iter().for_each(|note| page.paragraph(4, "", note));
    }
    page.heading(say.holding_heading(HoldingHeading::Filling));
    if told.filling.is_empty() {
        page.paragraph(2, "- ", say.no_arrivals());
    }
    for filling in told.filling {
        let name = names::programme(told.territory, filling.programme);
        page.paragraph(2, "- ", &say.arrivals(name, filling.arriving.per_week.thousandths()));
        fillings(filling).iter().for_each(|filled| page.paragraph(4, "", &say.filled(filled)));
    }
    page.heading(say.holding_heading(HoldingHeading::Rests));
    for assumption in told.assumptions() {
        let mark = say.mark(assumption.mark);
        page.paragraph(2, "- ", &format!("{} {mark}", assumption.text.in_lang(lang)));
    }
    say.holding_rests().iter().for_each(|line| page.paragraph(2, "- ", line));
    page.finish()
}

fn group_line(
    told: &HoldingTold<'_>,
    say: &dyn HoldingSentences,
    group: &Group,
    holding: &Holding,
) -> String {
    let at = venue(told.territory, say.plain(), &group.offer.venue);
    let days = say.days(&day_parts(told.territory, &group.offer.slots));
    say.held(&Held {
        programme: names::programme(told.territory, group.offer.programme),
        at: &format!("{at}{} {days}", say.colon()),
        members: people(group.members.len()),
        needed: holding.needed,
        percent: holding.shared().percent(),
        at_least: !holding.is_exact(),
        independent: holding.independent().percent(),
        expected_tenths: holding.expected_tenths(),
        sessions: people(holding.sessions.len()),
    })
}

fn group_notes(told: &HoldingTold<'_>, say: &dyn HoldingSentences, holding: &Holding) -> Vec<String> {
    let youths = told.territory.youths();
    let together = holding.together.iter().map(|(by, n)| match by {
        Shared::Car(driver, _) => say.in_a_car(*n, youths.key_of(*driver)),
        Shared::Line(line) => say.by_a_line(*n, line),
        Shared::Service(mode) => say.by_a_service(*n, *mode),
    });
    let together: Vec<String> = together.collect();
    let shared = (!together.is_empty()).then(|| say.together(&together));
    let weakest =
        holding.weakest().filter(|weakest| weakest.shared.chance.percent() < holding.shared().percent());
    let weakest = weakest.map(|weakest| say.weakest(weakest.date, weakest.shared.chance.percent()));
    let asked = holding.asked.zip(holding.holds_as_asked());
    let asked = asked.map(|(asked, holds)| say.asked(asked.percent(), holds));
    [Some(say.invite(holding.needed, holding.invite)), shared, weakest, asked].into_iter().flatten().collect()
}

fn fillings(filling: &Filling) -> [Filled<'_>; 2] {
    let of = |rolling| Filled {
        rolling,
        start: if rolling { filling.minimum } else { filling.target },
        target: filling.target,
        waiting: if rolling { &filling.rolling } else { &filling.cohort },
    };
    [of(false), of(true)]
}
