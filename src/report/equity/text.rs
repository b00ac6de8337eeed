//! Whom a plan leaves behind, as a page for a terminal.

use super::super::json::placed_tier;
use super::super::language::equity::{EquityHeading, EquitySentences, ServedTold, WorstFirstTold, of};
use super::super::terminal::Page;
use super::Equity;
use crate::finding::Lang;
use crate::questions::{Group, Kind, Served, WorstFirst};
use crate::territory::Provenance;

/// Communes told on the page; the JSON has all.
const COMMUNES: usize = 20;

/// Whom a plan leaves behind, as a page of at most 100 columns.
pub fn equity_text(equity: &Equity<'_>, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.equity_title(equity.territory.name()));
    page.paragraph(0, "", say.internal());
    if let Provenance::Synthetic(synthesis) = equity.territory.provenance() {
        page.paragraph(0, "", &say.synthetic(synthesis.seed));
    }
    let mut section = |heading, lines: Vec<String>| {
        if !lines.is_empty() {
            page.heading(say.equity_heading(heading));
        }
        lines.iter().for_each(|line| page.paragraph(2, "- ", line));
    };
    let kinds = |wanted: fn(&Kind) -> bool| kinds(equity, wanted, say);
    section(EquityHeading::All, kinds(|kind| matches!(kind, Kind::All)));
    section(EquityHeading::Distance, kinds(|kind| matches!(kind, Kind::Distance(_))));
    section(EquityHeading::Inhabitants, kinds(|kind| matches!(kind, Kind::Inhabitants(_))));
    let is_of_youths =
        |kind: &Kind| matches!(kind, Kind::Group(group) if !matches!(group, Group::Commune(_)));
    section(EquityHeading::Youths, kinds(is_of_youths));
    let communes = equity.communes().into_iter().take(COMMUNES);
    let communes = communes.map(|(key, served)| line(&equity.commune(key), served, equity, say));
    section(EquityHeading::Communes, communes.collect());
    let worst = equity.worst_first.map(|worst| say.worst_first(worst_first(equity, worst)));
    section(EquityHeading::WorstFirst, worst.into_iter().collect());
    section(EquityHeading::Rests, say.equity_rests().map(str::to_owned).to_vec());
    page.finish()
}

fn kinds(equity: &Equity<'_>, wanted: fn(&Kind) -> bool, say: &dyn EquitySentences) -> Vec<String> {
    let those = equity.served.iter().filter(|(kind, _)| wanted(kind));
    those.map(|(kind, served)| line(name(kind, say), *served, equity, say)).collect()
}

/// What a kind that is no commune is called.
fn name(kind: &Kind, say: &dyn EquitySentences) -> &'static str {
    match kind {
        Kind::All => say.all_youths(),
        Kind::Distance(far) => say.far(*far),
        Kind::Inhabitants(size) => say.size(*size),
        Kind::Group(group) => say.kind(group).unwrap_or_default(),
    }
}

fn line(name: &str, served: Served, equity: &Equity<'_>, say: &dyn EquitySentences) -> String {
    let told = ServedTold {
        youths: served.youths.get(),
        placed: served.placed.get(),
        trip: served.trip(),
        short: served.short.get(),
    };
    format!("{name}{} {}.", say.colon(), say.served(told, equity.territory.rules().weekly_hours))
}

fn worst_first(equity: &Equity<'_>, worst: &WorstFirst) -> WorstFirstTold {
    let (placed, youths) = equity.of_the_worst(worst);
    let is_proved = |tiers| placed_tier(tiers).is_some_and(|tier| tier.value == tier.bound);
    WorstFirstTold {
        weight: worst.weight,
        communes: worst.communes.len() as u32,
        places: [equity.places(), worst.places],
        placed,
        youths,
        proved: is_proved(&equity.plan.tiers) && is_proved(&worst.plan.tiers),
    }
}
