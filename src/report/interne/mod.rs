//! `interne/`: the exact plan in files, for the structure's own desk. Every
//! file and every row is marked; youths appear by their identifiers.

mod maps;
mod sheets;

pub(super) use maps::{communes, count_by_commune, status};
pub(super) use sheets::{OFFER, bind_in, offer};

use super::files::{Audience, Contents, Document, Run, manifest};
use super::json::{self, ProofJson};
use super::levers;
use super::page;
use super::sweep::{Swept, sweep_json};
use crate::plan::Plan;
use crate::reach::Reason;
use crate::territory::Territory;
use crate::units::YouthId;
use std::collections::BTreeSet;

/// The files of `interne/`, the manifest last.
pub(super) fn documents(territory: &Territory, plan: &Plan, run: &Run<'_>) -> Vec<Document> {
    let internal = |name, bytes: Vec<u8>| Document::new(Audience::Interne, name, bytes);
    let sheets = sheets::Sheets { territory, plan, locale: run.locale };
    let map = |layer| map_layer(territory, plan, layer);
    let mut all = vec![
        internal("programmes.csv", sheets.programmes()),
        internal("verdicts.csv", sheets.verdicts()),
        internal("groups.csv", sheets.groups()),
        internal("members.csv", sheets.members()),
        internal("left_out.csv", sheets.left_out()),
        internal("hours.csv", sheets.hours()),
        internal("sites.geojson", map(MapLayer::Sites)),
        internal("communes.geojson", map(MapLayer::Communes)),
        internal("places.geojson", map(MapLayer::Places)),
        internal("index.html", page::interne(territory, plan, run).into_bytes()),
        internal("plan.json", format!("{}\n", json::json(territory, plan)).into_bytes()),
    ];
    if let Some(levers) = run.levers {
        let json = format!("{}\n", levers::levers_json(territory, levers));
        all.push(internal("leviers.csv", levers::sheet(territory, levers, run.locale)));
        all.push(internal("leviers.json", json.into_bytes()));
    }
    if let Some(sweep) = run.sweep {
        let swept = Swept { territory, sweep, slower: 0 };
        all.push(internal("seuils.json", format!("{}\n", sweep_json(&swept)).into_bytes()));
    }
    all.extend(page::fiches(territory, plan, run));
    let proof = Some(ProofJson::of(&plan.tiers));
    let contents = Contents { audience: Audience::Interne, proof, documents: &all };
    all.push(manifest(territory, plan, run, contents));
    all
}

/// A map of `interne/`.
///
/// ```
/// use maillage::report::{MapLayer, map_layer};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let sites = map_layer(study.territory(), &plan, MapLayer::Sites);
/// assert!(String::from_utf8(sites).expect("text").contains("FeatureCollection"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapLayer {
    /// Communes with their outlines, and how many are enrolled, have a place and have none.
    Communes,
    /// Sites, with their groups and members.
    Sites,
    /// Places where youths live.
    Places,
}

/// One map of `interne/` alone, as GeoJSON: the bytes of its file.
pub fn map_layer(territory: &Territory, plan: &Plan, layer: MapLayer) -> Vec<u8> {
    let maps = maps::Maps { territory, plan };
    match layer {
        MapLayer::Communes => maps.communes(),
        MapLayer::Sites => maps.sites(),
        MapLayer::Places => maps.places(),
    }
}

/// Who has a place in at least one group.
pub(super) fn placed(plan: &Plan) -> BTreeSet<YouthId> {
    plan.groups.iter().flat_map(|group| group.members.iter().map(|member| member.youth)).collect()
}

/// Whether somebody left out of a programme had asked for it.
pub(super) fn had_asked(reason: Reason) -> bool {
    reason != Reason::NotEnrolled
}
