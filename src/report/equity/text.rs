//! Whom a plan leaves behind, as a page for a terminal.

use super::super::Audience;
use super::super::json::placed_tier;
use super::super::language::equity::{EquityHeading, EquitySentences, ServedTold, WorstFirstTold, of};
use super::super::names;
use super::super::terminal::Page;
use super::{Equity, Way};
use crate::finding::Lang;
use crate::questions::{Kind, Served, WorstFirst};
use crate::territory::Provenance;

/// Communes told on the page; the JSON has all.
const COMMUNES: usize = 20;

/// Whom a plan leaves behind, as a page of at most 100 columns; for [`Audience::Partage`] in bands, and of classes of enough
/// youths alone.
pub fn equity_text(equity: &Equity<'_>, audience: Audience, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.equity_title(equity.territory.name()));
    let exact = audience == Audience::Interne;
    page.paragraph(0, "", if exact { say.internal() } else { say.compare_shared() });
    if let Provenance::Synthetic(synthesis) = equity.territory.provenance() {
        page.paragraph(0, "", &say.synthetic(synthesis.seed));
    }
    let mut section = |heading, lines: Vec<String>| {
        if !lines.is_empty() {
            page.heading(say.equity_heading(heading));
        }
        lines.iter().for_each(|line| page.paragraph(2, "- ", line));
    };
    let told = equity.told(equity.served, audience);
    let line = |name: &str, served| line(name, served, (equity, audience), say);
    let kinds = |ways: &[Way]| -> Vec<String> {
        let those = told.iter().filter(|(kind, _)| ways.contains(&Way::of(kind)));
        those.map(|(kind, served)| line(name(kind, say), *served)).collect()
    };
    section(EquityHeading::All, kinds(&[Way::All]));
    section(EquityHeading::Distance, kinds(&[Way::Distance]));
    section(EquityHeading::Inhabitants, kinds(&[Way::Inhabitants]));
    section(EquityHeading::Youths, kinds(&[Way::Sex, Way::Age, Way::Vehicle]));
    let communes = equity.communes().into_iter().take(if exact { COMMUNES } else { 0 });
    let communes = communes.map(|(key, served)| line(names::place(equity.territory, key), served));
    section(EquityHeading::Communes, communes.collect());
    let worst = equity.worst_first.map(|worst| say.worst_first(worst_first(equity, worst, audience)));
    section(EquityHeading::WorstFirst, worst.into_iter().collect());
    section(EquityHeading::Rests, say.equity_rests().map(str::to_owned).to_vec());
    page.finish()
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

fn line(
    name: &str,
    served: Served,
    (equity, audience): (&Equity<'_>, Audience),
    say: &dyn EquitySentences,
) -> String {
    let told = equity.as_told(served, audience);
    let told = ServedTold {
        share: share(told.placed.both(), told.youths.both()),
        youths: told.youths.both(),
        placed: told.placed.both(),
        trip: told.trip,
        short: told.short.both(),
        exact: audience == Audience::Interne,
    };
    format!("{name}{} {}.", say.colon(), say.served(told, equity.territory.rules().weekly_hours))
}

fn worst_first(equity: &Equity<'_>, worst: &WorstFirst, audience: Audience) -> WorstFirstTold {
    let (placed, youths) = equity.of_the_worst(worst);
    let is_proved = |tiers| placed_tier(tiers).is_some_and(|tier| tier.value == tier.bound);
    let count = |n| equity.count(n, audience).both();
    WorstFirstTold {
        weight: worst.weight,
        communes: worst.communes.len() as u32,
        places: [equity.places(), worst.places].map(count),
        placed: placed.map(count),
        youths: count(youths),
        exact: audience == Audience::Interne,
        proved: is_proved(&equity.plan.tiers) && is_proved(&worst.plan.tiers),
    }
}

/// Of so many, in percent: the least and the most, as far as both are told.
fn share(placed: (u32, u32), youths: (u32, u32)) -> (u64, u64) {
    let percent = |part: u32, of: u32| (u64::from(part) * 100 / u64::from(of.max(1))).min(100);
    (percent(placed.0, youths.1), percent(placed.1, youths.0))
}
