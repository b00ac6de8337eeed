//! Which commune a place or a site is in, by the outlines.

use super::outlines::{FAR_OUTSIDE, outside};
use super::report::Report;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Draft, Outlines};
use crate::units::{InseeCode, Key, Position};
use geo::{BoundingRect, Intersects};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Gives a commune to places and sites that have a point and no code, and warns
/// of those whose point is far from the commune of their code.
pub(super) fn assign(draft: &mut Draft, report: &mut Report) {
    if draft.outlines.is_empty() {
        return;
    }
    let communes = Communes::of(&draft.outlines);
    let mut places = Told::default();
    for w in &mut draft.places {
        let place = &mut w.value;
        // A commune's own centre is held against its outline when that is read.
        if place.commune.is_none_or(|code| code.as_str() != place.key.as_str()) {
            places.tell(&communes, &place.key, &mut place.commune, place.position, &w.source, report);
        }
    }
    let mut sites = Told::default();
    for w in &mut draft.sites {
        let site = &mut w.value;
        sites.tell(&communes, &site.key, &mut site.commune, site.position, &w.source, report);
    }
    report.extend([places, sites].into_iter().filter_map(Told::finding).collect());
}

/// Outlines by where they are.
struct Communes<'o> {
    outlines: &'o Outlines,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, InseeCode>>,
}

impl<'o> Communes<'o> {
    fn of(outlines: &'o Outlines) -> Self {
        let boxes = outlines.iter().filter_map(|(code, shape)| {
            let rect = shape.bounding_rect()?;
            let corners = AABB::from_corners(rect.min().into(), rect.max().into());
            Some(GeomWithData::new(Rectangle::from_aabb(corners), code))
        });
        Self { outlines, boxes: RTree::bulk_load(boxes.collect()) }
    }

    /// The commune that a point is in; on a border, the one whose code comes first.
    fn at(&self, at: Position) -> Option<InseeCode> {
        let point = geo::Point::from(at);
        let holds = |code: &InseeCode| self.outlines.get(*code).is_some_and(|shape| shape.intersects(&point));
        self.boxes.locate_all_at_point(&[at.lon(), at.lat()]).map(|found| found.data).filter(holds).min()
    }
}

/// Communes that were given, in one file.
#[derive(Default)]
struct Told {
    first: Option<Source>,
    times: u64,
}

impl Told {
    fn tell(
        &mut self,
        communes: &Communes<'_>,
        key: &Key,
        commune: &mut Option<InseeCode>,
        position: Option<Position>,
        source: &Source,
        report: &mut Report,
    ) {
        let Some(at) = position.filter(|_| !report.is_spoiled(source)) else { return };
        match *commune {
            None => {
                *commune = communes.at(at);
                if commune.is_some() {
                    self.first.get_or_insert_with(|| source.clone());
                    self.times += 1;
                }
            }
            Some(code) => {
                let metres = communes.outlines.get(code).map_or(0.0, |shape| outside(shape, at));
                if metres > FAR_OUTSIDE {
                    report.add(outside_commune(key, code, metres, communes.at(at), source));
                    report.spoil_at(source.clone());
                }
            }
        }
    }

    fn finding(self) -> Option<Finding> {
        let times = self.times;
        Some(Finding::new(
            Code::CommuneFromOutline,
            self.first?,
            Text::say(|words| words.communes_from_outlines(times)),
            Text::say(|words| words.fill_insee_code()),
        ))
    }
}

fn outside_commune(
    key: &Key,
    code: InseeCode,
    metres: f64,
    found: Option<InseeCode>,
    source: &Source,
) -> Finding {
    let km = (metres / 1_000.0).round();
    Finding::new(
        Code::OutsideCommune,
        source.clone(),
        Text::say(|words| words.outside_commune(key, code, km, found)),
        Text::say(|words| words.check_coordinates_and_code()),
    )
}
