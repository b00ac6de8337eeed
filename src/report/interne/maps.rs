//! The GeoJSON files of `interne/`.

use super::super::files::{Audience, Layer};
use super::super::names;
use super::placed;
use crate::plan::Plan;
use crate::territory::{Place, SiteStatus, Territory};
use crate::units::{InseeCode, PlaceId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Maps<'a> {
    pub(super) territory: &'a Territory,
    pub(super) plan: &'a Plan,
}

impl Maps<'_> {
    pub(super) fn sites(&self) -> Vec<u8> {
        let mut layer = Layer::new(Audience::Interne, "sites");
        for (id, site) in self.territory.sites().iter() {
            let here = self.plan.groups.iter().filter(|g| g.offer.venue.sites().contains(&id));
            let (groups, members) = here.fold((0, 0), |(n, m), g| (n + 1, m + g.members.len()));
            let properties = [
                ("id", site.key.as_str().into()),
                ("name", names::site(self.territory, id).into()),
                ("status", status(site.status).into()),
                ("opened", self.plan.opened.contains(&id).into()),
                ("rooms", site.rooms.into()),
                ("groups", groups.into()),
                ("members", members.into()),
            ];
            layer.point(properties, site.position);
        }
        layer.finish()
    }

    pub(super) fn communes(&self) -> Vec<u8> {
        let mut layer = Layer::new(Audience::Interne, "communes");
        let counts = count_by_commune(self.territory, self.plan);
        for (code, place) in communes(self.territory) {
            let (placed, left_out) = counts.get(&code).copied().unwrap_or_default();
            let properties = [
                ("insee_code", code.as_str().into()),
                ("name", place.map_or(code.as_str(), |p| p.name.as_str()).into()),
                ("epci", place.and_then(|p| p.epci.clone()).into()),
                ("population", place.and_then(|p| p.population).into()),
                ("enrolled", (placed + left_out).into()),
                ("placed", placed.into()),
                ("left_out", left_out.into()),
            ];
            match self.territory.outlines().get(code) {
                Some(outline) => layer.outline(properties, outline),
                None => layer.point(properties, place.and_then(|p| p.position)),
            }
        }
        layer.finish()
    }

    pub(super) fn places(&self) -> Vec<u8> {
        let mut layer = Layer::new(Audience::Interne, "places");
        let counts = count_by_place(self.territory, self.plan);
        for (id, place) in self.territory.places().iter() {
            let Some(&(placed, left_out)) = counts.get(&id) else { continue };
            let properties = [
                ("id", place.key.as_str().into()),
                ("name", place.name.as_str().into()),
                ("insee_code", place.commune.map_or(Value::Null, |code| code.as_str().into())),
                ("enrolled", (placed + left_out).into()),
                ("placed", placed.into()),
                ("left_out", left_out.into()),
            ];
            layer.point(properties, place.position);
        }
        layer.finish()
    }
}

/// With a place and without.
type Counts = (u32, u32);

/// Enrolled youths of each commune where some live.
pub(in super::super) fn count_by_commune(territory: &Territory, plan: &Plan) -> BTreeMap<InseeCode, Counts> {
    let mut counts: BTreeMap<InseeCode, Counts> = BTreeMap::new();
    for (place, (placed, left_out)) in count_by_place(territory, plan) {
        if let Some(code) = territory.places()[place].commune {
            let all = counts.entry(code).or_default();
            *all = (all.0 + placed, all.1 + left_out);
        }
    }
    counts
}

fn count_by_place(territory: &Territory, plan: &Plan) -> BTreeMap<PlaceId, Counts> {
    let placed = placed(plan);
    let mut counts: BTreeMap<PlaceId, Counts> = BTreeMap::new();
    let enrolled = territory.youths().iter().filter(|(_, youth)| !youth.programmes.is_empty());
    for (id, youth) in enrolled {
        let Some(home) = youth.home else { continue };
        let count = counts.entry(home).or_default();
        if placed.contains(&id) { count.0 += 1 } else { count.1 += 1 }
    }
    counts
}

/// Every commune that the territory speaks of, and its row where it has one.
pub(in super::super) fn communes(territory: &Territory) -> BTreeMap<InseeCode, Option<&Place>> {
    let places = || territory.places().iter().map(|(_, place)| place);
    let codes: BTreeSet<InseeCode> = places().filter_map(|place| place.commune).collect();
    let mut all: BTreeMap<InseeCode, Option<&Place>> = codes.into_iter().map(|code| (code, None)).collect();
    for place in places() {
        if let Some(code) = place.commune.filter(|code| code.as_str() == place.key.as_str()) {
            all.insert(code, Some(place));
        }
    }
    all
}

/// Whether a site exists, in a word.
pub(in super::super) const fn status(status: SiteStatus) -> &'static str {
    match status {
        SiteStatus::Existing => "existing",
        SiteStatus::Candidate { .. } => "candidate",
    }
}
