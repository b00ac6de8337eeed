//! The draws as a page for a terminal.

use super::super::language::demand::{DemandSentences, OftenThere, of};
use super::super::names;
use super::super::telling::{at, day_parts};
use super::super::terminal::Page;
use super::{Drawn, percent};
use crate::finding::Lang;
use crate::questions::{Demand, Often};
use crate::units::Headcount;
use std::cmp::Reverse;

/// Places told of each programme.
const TOLD: usize = 3;

/// The draws as a page of at most 100 columns: for each number of youths, how often each programme can have a group, and where.
pub fn demand_text(drawn: &Drawn<'_>, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.demand_title(drawn.territory.name()));
    page.paragraph(0, "", say.internal());
    if let Some(first) = drawn.demands.first() {
        page.paragraph(0, "", &say.drawn_from(first.from, first.asked));
    }
    for demand in drawn.demands {
        page.heading(&say.with_percent(demand.asked.percent, demand.youths.get()));
        demand.programmes.iter().for_each(|often| page.paragraph(2, "- ", &told(drawn, demand, often, say)));
    }
    page.heading(say.demand_rests_heading());
    say.demand_rests().iter().for_each(|line| page.paragraph(2, "- ", line));
    page.finish()
}

fn told(drawn: &Drawn<'_>, demand: &Demand, often: &Often, say: &dyn DemandSentences) -> String {
    let (territory, draws) = (drawn.territory, demand.asked.draws);
    let mut venues: Vec<_> = often.venues.iter().collect();
    venues.sort_by_key(|&(_, &times)| Reverse(times));
    let there = venues.into_iter().take(TOLD).filter_map(|(venue, &times)| {
        let its = often.offers.iter().filter(|(offer, _)| offer.venue == *venue);
        let (best, &best_times) = its.max_by_key(|&(offer, &times)| (times, Reverse(offer)))?;
        Some(OftenThere {
            at: at(territory, say, venue),
            percent: percent(times, draws),
            days: day_parts(territory, &best.slots),
            best: percent(best_times, draws),
        })
    });
    let there: Vec<OftenThere> = there.collect();
    let name = names::programme(territory, often.programme);
    say.how_often(name, percent(often.times, draws), often.most.map(Headcount::get), &there)
}
