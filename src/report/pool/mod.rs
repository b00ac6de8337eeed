//! Several structures, alone and together: exactly, for their desks, or as one may show it to the other.

mod json;
mod page;
mod text;

pub use json::{POOL_SCHEMA, PoolReport, pool_json};
pub use page::pool_documents;
pub use text::pool_text;

use super::Audience;
use super::language::pool::{
    EventTold, ExchangeTold, MeetingTold, PoolSentences, ShareTold, StayTold, Told, VisioTold,
};
use super::names;
use super::shown::Count;
use super::telling::{at, day_parts};
use crate::questions::{Coalition, Event, ExchangeOf, PooledGroups, Pooling, Sent, Share, Stay, Visio};
use crate::territory::{Provenance, Territory};
use crate::units::{Key, SiteId, SlotId};
use std::collections::BTreeMap;

/// A pooling and whom it is told to.
#[derive(Clone, Copy)]
struct Pooled<'a> {
    pooling: &'a Pooling,
    audience: Audience,
    say: &'static dyn PoolSentences,
}

impl<'a> Pooled<'a> {
    fn territory(&self) -> &'a Territory {
        self.pooling.together.study.territory()
    }

    fn is_exact(&self) -> bool {
        self.audience == Audience::Interne
    }

    /// What a structure is called.
    fn name(&self, at: usize) -> &'a str {
        name(self.pooling, at)
    }

    /// The name of a programme of the pool, by its key.
    fn programme(&self, key: &'a Key) -> &'a str {
        let found = self.territory().programmes().find(key);
        found.map_or(key.as_str(), |id| names::programme(self.territory(), id))
    }

    /// "à Chinon", of a site by its key.
    fn at_site(&self, key: &Key) -> String {
        let name = |id: SiteId| self.say.at(names::site(self.territory(), id));
        self.territory().sites().find(key).map_or_else(|| key.to_string(), name)
    }

    /// A number of people, as far as it may be told.
    fn told(&self, n: u32) -> Told {
        Count::of(n, self.audience, self.territory().rules().threshold).both()
    }

    fn share(&self, at: usize, share: &Share) -> ShareTold<'a> {
        ShareTold {
            name: self.name(at),
            places: (share.places.0.get(), share.places.1.get()),
            gained: share.gained,
            lost: share.lost,
        }
    }

    fn meeting(&self, meeting: &PooledGroups) -> MeetingTold<'a> {
        let territory = self.territory();
        let option = territory.option(meeting.option);
        let from = meeting.from.iter().enumerate().filter(|(_, n)| **n > 0);
        MeetingTold {
            programme: names::programme(territory, option.programme),
            at: at(territory, self.say, &option.venue),
            days: self.say.on_days(&day_parts(territory, &option.slots)),
            groups: meeting.groups,
            from: from.filter(|_| self.is_exact()).map(|(at, &n)| (self.name(at), n)).collect(),
        }
    }

    fn visio(&self, visio: &'a Visio) -> VisioTold<'a> {
        let slots = self.territory().slots();
        let ids: Vec<SlotId> = visio.slots.iter().filter_map(|key| slots.find(key)).collect();
        VisioTold {
            programme: self.programme(&visio.programme),
            days: self.say.on_days(&day_parts(self.territory(), &ids)),
            start: visio.start,
            groups: visio.groups,
            from: visio.from.iter().enumerate().map(|(at, &n)| (self.name(at), self.told(n))).collect(),
            gain: self.is_exact().then(|| visio.gain()),
            cost: self.is_exact().then_some(visio.cost),
        }
    }

    fn stay(&self, stay: &'a Stay) -> StayTold<'a> {
        StayTold {
            programme: self.programme(&stay.programme),
            at: self.at_site(&stay.site),
            first: stay.first,
            days: stay.days,
            nights: stay.nights,
            groups: stay.groups,
            guest: self.name(stay.guest),
            guests: self.told(stay.guests),
            host: self.name(stay.host),
            hosts: self.told(stay.hosts),
            cost: self.is_exact().then_some(stay.cost),
        }
    }

    fn event(&self, event: &'a Event) -> EventTold<'a> {
        EventTold {
            host: self.name(event.host),
            guest: self.name(event.guest),
            date: event.date,
            stops: event.stops.iter().map(|(site, _)| self.at_site(site)).collect(),
            guests: self.told(event.guests),
            distance: event.distance,
            ride: event.ride,
            there: event.there,
            cost: event.cost,
            per_seat: self.is_exact().then(|| event.per_seat()),
        }
    }

    fn exchange(&self, exchange: &'a ExchangeOf) -> ExchangeTold<'a> {
        let (youths, days) = match exchange.sent {
            Sent::Youths(n) => (Some(self.told(n)), 0),
            Sent::AdviserDays(days) => (None, days),
        };
        ExchangeTold {
            from: self.name(exchange.from),
            to: self.name(exchange.to),
            youths,
            days,
            programme: self.programme(&exchange.programme),
            at: self.at_site(&exchange.site),
            places: self.told(exchange.places.get()),
            weeks: exchange.weeks,
            cost: self.is_exact().then_some(exchange.cost),
        }
    }

    /// Groups and places of each programme, all structures apart and then together, in the order of the keys.
    fn programmes(&self) -> Vec<(&'a str, Counted, Counted)> {
        let mut all: BTreeMap<&Key, (Counted, Counted)> = BTreeMap::new();
        for one in &self.pooling.alone {
            count(one, &mut all, |both| &mut both.0);
        }
        count(&self.pooling.together, &mut all, |both| &mut both.1);
        all.into_iter().map(|(key, (apart, together))| (self.programme(key), apart, together)).collect()
    }
}

/// Groups and places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    groups: u32,
    places: u32,
}

fn count<'a>(
    coalition: &'a Coalition,
    all: &mut BTreeMap<&'a Key, (Counted, Counted)>,
    side: impl Fn(&mut (Counted, Counted)) -> &mut Counted,
) {
    for meeting in &coalition.meetings {
        let counted = side(all.entry(coalition.programme(meeting)).or_default());
        counted.groups += meeting.groups;
        counted.places += meeting.members.len() as u32;
    }
}

/// What a structure is called: its territory's name without what stands in parentheses, or its folder's.
fn name(pooling: &Pooling, at: usize) -> &str {
    let member = &pooling.pool.members()[at];
    let short = names::short(&member.territory);
    if short.is_empty() { &member.name } else { short }
}

fn names(pooling: &Pooling) -> Vec<String> {
    (0..pooling.alone.len()).map(|at| name(pooling, at).to_owned()).collect()
}

/// Whether youths of some structure are drawn.
fn is_drawn(pooling: &Pooling) -> bool {
    let drawn = |t: &Territory| matches!(t.provenance(), Provenance::Synthetic { .. });
    pooling.pool.members().iter().any(|member| drawn(&member.territory))
}
