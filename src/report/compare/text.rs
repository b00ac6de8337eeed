//! The comparison as a page for a terminal.

use super::super::Audience;
use super::super::language::compare::{CompareHeading, CompareSentences, Side, of};
use super::super::shown::Count;
use super::super::terminal::Page;
use super::Compared;
use crate::finding::Lang;
use crate::questions::Group;
use crate::territory::Provenance;

/// Two scenarios side by side as a page of at most 100 columns; for [`Audience::Partage`] in bands, and nobody named.
pub fn compare_text(compared: &Compared<'_>, audience: Audience, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.compare_title(compared.territory.name()));
    page.paragraph(0, "", if audience == Audience::Interne { say.internal() } else { say.compare_shared() });
    if let Provenance::Synthetic(synthesis) = compared.territory.provenance() {
        page.paragraph(0, "", &say.synthetic(synthesis.seed));
    }
    let mut section = |heading, lines: Vec<String>| {
        if !lines.is_empty() {
            page.heading(say.compare_heading(heading));
        }
        lines.iter().for_each(|line| page.paragraph(2, "- ", line));
    };
    section(CompareHeading::Both, both(compared, audience, say));
    let groups = compared.groups().into_iter().map(|(name, [a, b])| say.groups_then(&name, a, b));
    section(CompareHeading::Groups, groups.collect());
    section(CompareHeading::Moved, moved(compared, audience, say));
    section(CompareHeading::Breaks, breaks(compared, audience, say));
    section(CompareHeading::Rests, say.compare_rests().map(str::to_owned).to_vec());
    page.finish()
}

fn both(compared: &Compared<'_>, audience: Audience, say: &dyn CompareSentences) -> Vec<String> {
    let counts = compared.counts(audience);
    let (trips, levers) = (compared.trips(audience), compared.levers_costs(audience));
    let gaps = compared.gaps(audience);
    let groups = compared.between.groups_cost;
    let sides = [(trips[0], groups.0, levers[0]), (trips[1], groups.1, levers[1])];
    let mut lines: Vec<String> = (0..2)
        .map(|at| {
            let (trip, groups_cost, levers_cost) = sides[at];
            say.side(&Side {
                name: compared.names[at],
                places: counts[at].both(),
                gap: gaps[at],
                exact: audience == Audience::Interne,
                groups: compared.tried[at].plan.groups.len() as u32,
                trip,
                groups_cost,
                levers_cost,
            })
        })
        .collect();
    let closed = compared.closed();
    lines.extend((!closed.is_empty()).then(|| say.closed_in_order(&closed)));
    lines
}

fn moved(compared: &Compared<'_>, audience: Audience, say: &dyn CompareSentences) -> Vec<String> {
    let between = compared.between;
    let threshold = compared.territory.rules().threshold;
    let told = |both: [u32; 2]| {
        let [gained, lost] = both.map(|n| Count::of(n, audience, threshold));
        say.gained_and_lost(gained.both(), lost.both())
    };
    let all = [between.gained.len() as u32, between.lost.len() as u32];
    if all == [0, 0] && audience == Audience::Interne {
        return vec![say.nobody_moves().to_owned()];
    }
    let kinds = compared.moved(audience).into_iter();
    let called = |group: &Group| {
        say.kind(group).map_or_else(|| compared.commune(group).unwrap_or_default(), str::to_owned)
    };
    let kinds = kinds.map(|(group, both)| format!("{}{} {}.", called(&group), say.colon(), told(both)));
    [format!("{}{} {}.", say.everybody(), say.colon(), told(all))].into_iter().chain(kinds).collect()
}

/// The order in which things break, each beside the one before.
fn breaks(compared: &Compared<'_>, audience: Audience, say: &dyn CompareSentences) -> Vec<String> {
    let programme = |id| super::super::names::programme(compared.territory, id).to_owned();
    let step = |two: &[crate::questions::CutStep]| {
        let [before, after] = two else { return None };
        let count = |groups: &std::collections::BTreeMap<_, u32>, id| groups.get(id).copied().unwrap_or(0);
        let changed =
            before.groups.keys().map(|id| (id, count(&before.groups, id), count(&after.groups, id)));
        let changed = changed.filter(|(_, a, b)| a != b);
        let groups: Vec<String> = changed.map(|(id, a, b)| say.groups_then(&programme(*id), a, b)).collect();
        let placed = (audience == Audience::Interne).then_some((after.placed, after.is_proved()));
        Some(say.fewer_half_days(after.half_days, placed, &groups))
    };
    compared.breaks.windows(2).filter_map(step).collect()
}

/// What the scenario of nothing changed is called.
pub fn unchanged(lang: Lang) -> &'static str {
    of(lang).unchanged()
}
