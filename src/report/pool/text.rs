//! Several structures as a page for a terminal.

use super::super::Audience;
use super::super::language::pool::{PoolHeading, of};
use super::super::terminal::Page;
use super::{Pooled, is_drawn, names};
use crate::finding::Lang;
use crate::groups::Proof;
use crate::questions::{FarApart, FarRates, Pooling};

/// Structures alone and together, as a page of at most 100 columns.
pub fn pool_text(pooling: &Pooling, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    let pooled = Pooled { pooling, audience: Audience::Interne, say };
    page.title(&say.pool_title(&names(pooling)));
    page.paragraph(0, "", say.internal());
    if is_drawn(pooling) {
        page.paragraph(0, "", say.pool_drawn());
    }
    for (heading, lines) in sections(&pooled) {
        page.heading(say.pool_heading(heading));
        lines.iter().for_each(|line| page.paragraph(2, "- ", line));
    }
    page.finish()
}

/// What is told, heading by heading; of structures far apart, that first.
pub(super) fn sections(pooled: &Pooled<'_>) -> Vec<(PoolHeading, Vec<String>)> {
    let far = pooled.pooling.far.as_ref();
    let mut all: Vec<(PoolHeading, Vec<String>)> = far.map(|far| remaining(pooled, far)).unwrap_or_default();
    if pooled.is_exact() {
        all.push((PoolHeading::Gains, gains(pooled)));
    }
    all.push((PoolHeading::Programmes, programmes(pooled)));
    if far.is_none() {
        all.push((PoolHeading::Shared, shared(pooled)));
        all.push((PoolHeading::Hosts, hosts(pooled)));
        if pooled.is_exact() {
            all.push((PoolHeading::Costs, costs(pooled)));
            all.push((PoolHeading::Refusals, refusals(pooled)));
        }
    }
    let mut rests: Vec<String> = pooled.say.pool_rests().into_iter().map(str::to_owned).collect();
    rests.extend(far.map(|_| pooled.say.far_rests(&FarRates::default())).unwrap_or_default());
    all.push((PoolHeading::Rests, rests));
    all.retain(|(_, lines)| !lines.is_empty());
    all
}

fn gains(pooled: &Pooled<'_>) -> Vec<String> {
    let (pooling, say) = (pooled.pooling, pooled.say);
    let apart = |count: fn(&crate::questions::Coalition) -> u32| pooling.alone.iter().map(count).sum::<u32>();
    let places = (apart(|one| one.places()), pooling.together.places());
    let groups = (apart(|one| one.groups()), pooling.together.groups());
    let most = pooling.together.placed().filter(|tier| tier.proof == Proof::Bounded).map(|tier| tier.bound);
    let shares = pooling.shares();
    let each = shares.iter().enumerate().map(|(at, share)| say.pool_share(&pooled.share(at, share)));
    let open = pooling.alone.iter().enumerate().filter_map(|(at, one)| {
        let tier = one.placed().filter(|tier| tier.proof == Proof::Bounded)?;
        Some(say.pool_gap(pooled.name(at), tier.bound))
    });
    [say.pool_sum(places, groups, most)].into_iter().chain(each).chain(open).collect()
}

fn programmes(pooled: &Pooled<'_>) -> Vec<String> {
    let line = |(name, apart, together): (&str, super::Counted, super::Counted)| {
        let places = pooled.is_exact().then_some((apart.places, together.places));
        pooled.say.pool_programme(name, (apart.groups, together.groups), places)
    };
    pooled.programmes().into_iter().map(line).collect()
}

fn shared(pooled: &Pooled<'_>) -> Vec<String> {
    let lines: Vec<String> =
        pooled.pooling.shared().map(|meeting| pooled.say.pool_meeting(&pooled.meeting(meeting))).collect();
    if lines.is_empty() { vec![pooled.say.no_shared_group().to_owned()] } else { lines }
}

/// Who could come where, and who does.
fn hosts(pooled: &Pooled<'_>) -> Vec<String> {
    let (pooling, say) = (pooled.pooling, pooled.say);
    let mut lines = Vec::new();
    if !pooled.is_exact() {
        return lines;
    }
    for (site, homes) in pooling.within_reach.iter().enumerate() {
        let others = homes.iter().enumerate().filter(|(home, _)| *home != site);
        lines.extend(others.map(|(home, &n)| say.pool_reach(pooled.name(home), pooled.name(site), n)));
    }
    for (at, share) in pooling.shares().iter().enumerate() {
        let groups = pooling.together.meetings.iter().filter(|meeting| {
            meeting.host == at && meeting.from.iter().enumerate().any(|(from, &n)| from != at && n > 0)
        });
        let groups = groups.map(|meeting| meeting.groups).sum();
        lines.push(say.pool_hosts(pooled.name(at), groups, share.hosted_seconds / 3600));
    }
    lines
}

fn costs(pooled: &Pooled<'_>) -> Vec<String> {
    let (pooling, say) = (pooled.pooling, pooled.say);
    let bill = pooling.bill();
    let shares = pooling.shares();
    let each = shares.iter().enumerate().map(|(at, share)| say.pool_pays(pooled.name(at), share.cost));
    [say.pool_bill(bill.total, bill.shared, pooling.split)].into_iter().chain(each).collect()
}

fn refusals(pooled: &Pooled<'_>) -> Vec<String> {
    let say = pooled.say;
    let shares = pooled.pooling.shares();
    let line = |(at, share): (usize, &crate::questions::Share)| {
        let why = share.refusals();
        let with = share.better_with.map(|other| pooled.name(other));
        if why.is_empty() {
            say.would_accept(pooled.name(at))
        } else {
            say.would_refuse(pooled.name(at), &why, with)
        }
    };
    shares.iter().enumerate().map(line).collect()
}

/// No weekly trip, and what remains.
fn remaining(pooled: &Pooled<'_>, far: &FarApart) -> Vec<(PoolHeading, Vec<String>)> {
    let say = pooled.say;
    let nearest = far.nearest.iter().map(|near| {
        say.pool_nearest(pooled.name(near.home), pooled.name(near.site), near.distance, near.drive)
    });
    let none = |lines: Vec<String>, said: &str| if lines.is_empty() { vec![said.to_owned()] } else { lines };
    let visio = far.visio.iter().map(|one| say.pool_visio(&pooled.visio(one))).collect();
    let stays = far.stays.iter().map(|one| say.pool_stay(&pooled.stay(one))).collect();
    let events = far.events.iter().map(|one| say.pool_event(&pooled.event(one))).collect();
    let exchanges = far.exchanges.iter().map(|one| say.pool_exchange(&pooled.exchange(one))).collect();
    vec![
        (PoolHeading::TooFar, [say.no_weekly_trip().to_owned()].into_iter().chain(nearest).collect()),
        (PoolHeading::Visio, none(visio, say.no_visio())),
        (PoolHeading::Stays, none(stays, say.no_stay())),
        (PoolHeading::Events, none(events, say.no_event())),
        (PoolHeading::Exchanges, none(exchanges, say.no_exchange())),
    ]
}
