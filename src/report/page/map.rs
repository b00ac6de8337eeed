//! The territory as a drawing: no tiles, nothing to load.

use super::{Cell, Row, Table, Words};
use crate::report::language::page::{Label, Shade, SiteKind};
use crate::report::{Audience, Run};
#[cfg(feature = "roads")]
use crate::territory::{Mode, Way};
use crate::territory::{SiteStatus, Territory};
#[cfg(feature = "roads")]
use crate::units::Metres;
use crate::units::{Position, SiteId};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Rect};
use std::fmt::Write;

/// Units of the drawing along its longer side, and at least along the other; a coordinate is a whole number of them.
const LONG: f64 = 2_000.0;
const SHORT: f64 = 900.0;
const MARGIN: f64 = 60.0;
/// Radius of an area of which only a point is known.
const DOT: i64 = 14;
/// Side of the squares that make up what is within reach.
#[cfg(feature = "roads")]
const SQUARE: Metres = Metres::new(400);

/// A map.
pub(in crate::report) struct Map {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) caption: String,
    /// What somebody hears who does not see it.
    pub(super) told: String,
    pub(super) areas: Vec<Area>,
    pub(super) isochrones: Vec<Area>,
    pub(super) sites: Vec<SiteMark>,
    pub(super) shades: Vec<(&'static str, String)>,
    pub(super) kinds: Vec<SiteKind>,
    /// The same figures.
    pub(super) table: Table,
}

/// A commune or a zone.
pub(in crate::report) struct Area {
    pub(super) path: String,
    pub(super) class: &'static str,
    pub(super) name: String,
    pub(super) label: String,
}

/// A site.
pub(in crate::report) struct SiteMark {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) kind: SiteKind,
    pub(super) groups: u32,
    pub(super) name: String,
    pub(super) label: String,
    /// Where its name stands, if there is room for it.
    pub(super) text: Option<TextAt>,
}

/// Where a name stands beside its mark.
#[derive(Clone, Copy)]
pub(super) struct TextAt {
    pub(super) dx: i64,
    pub(super) dy: i64,
    pub(super) anchor: &'static str,
}

impl SiteKind {
    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Opened => "opened",
            Self::Candidate => "candidate",
        }
    }

    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }
}

/// How degrees become units of a drawing. Around one territory a plane is true enough for the eye.
pub(in crate::report) struct Ground {
    west: f64,
    north: f64,
    /// Units a degree.
    across: f64,
    down: f64,
    size: (i64, i64),
}

impl Ground {
    /// The ground that some outlines and points take; none where there are none.
    pub(in crate::report) fn around<'s>(
        shapes: impl Iterator<Item = &'s MultiPolygon<f64>>,
        points: impl Iterator<Item = Position>,
    ) -> Option<Self> {
        let rects = shapes.filter_map(BoundingRect::bounding_rect);
        let points = points.map(|p| Rect::new((p.lon(), p.lat()), (p.lon(), p.lat())));
        let all = rects.chain(points).reduce(|a, b| {
            let low = Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
            Rect::new(low, Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) })
        })?;
        let squeeze = all.center().y.to_radians().cos().max(0.05);
        let (wide, high) = ((all.width() * squeeze).max(1e-3), all.height().max(1e-3));
        let scale = (LONG - 2.0 * MARGIN) / wide.max(high);
        let side = |length: f64| (length * scale + 2.0 * MARGIN).max(SHORT);
        let (width, height) = (side(wide), side(high));
        Some(Self {
            west: all.center().x - width / scale / squeeze / 2.0,
            north: all.center().y + height / scale / 2.0,
            across: scale * squeeze,
            down: scale,
            size: (width as i64, height as i64),
        })
    }

    fn at(&self, lon: f64, lat: f64) -> (i64, i64) {
        let far = 1e6;
        let unit = |x: f64| x.clamp(-far, far).round() as i64;
        (unit((lon - self.west) * self.across), unit((self.north - lat) * self.down))
    }

    /// Neighbours share their corners, which are set to the same units: no gap opens between them.
    pub(in crate::report) fn path(&self, shape: &MultiPolygon<f64>) -> String {
        let mut path = String::new();
        for polygon in shape {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                self.ring(ring, &mut path);
            }
        }
        path
    }

    fn ring(&self, ring: &LineString<f64>, path: &mut String) {
        let mut corners: Vec<(i64, i64)> = ring.coords().map(|c| self.at(c.x, c.y)).collect();
        corners.dedup();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        // Smaller than a unit.
        if corners.len() < 3 {
            return;
        }
        let mut last = (0, 0);
        for (i, &(x, y)) in corners.iter().enumerate() {
            let step = match i {
                0 => write!(path, "M{x} {y}l"),
                _ => write!(path, "{} {} ", x - last.0, y - last.1),
            };
            // Text in memory takes all that is written.
            debug_assert!(step.is_ok());
            last = (x, y);
        }
        path.truncate(path.trim_end().len());
        path.push('z');
    }

    /// A dot, where no outline is known.
    pub(in crate::report) fn dot(&self, at: Position) -> String {
        let (x, y) = self.at(at.lon(), at.lat());
        format!("M{} {y}a{DOT} {DOT} 0 1 0 {} 0a{DOT} {DOT} 0 1 0 -{} 0z", x - DOT, 2 * DOT, 2 * DOT)
    }

    /// The sites that have a position, each with its name where there is room for it.
    pub(in crate::report) fn sites(
        &self,
        territory: &Territory,
        words: Words,
        groups_at: impl Fn(SiteId) -> u32,
        opened: &[SiteId],
    ) -> Vec<SiteMark> {
        let mut marks: Vec<SiteMark> = territory
            .sites()
            .iter()
            .filter_map(|(id, site)| {
                let at = site.position?;
                let (x, y) = self.at(at.lon(), at.lat());
                let kind = match site.status {
                    SiteStatus::Existing => SiteKind::Open,
                    _ if opened.contains(&id) => SiteKind::Opened,
                    _ => SiteKind::Candidate,
                };
                let name = crate::report::names::site(territory, id).to_owned();
                let groups = groups_at(id);
                let label = words.set(words.say.site(&name, kind, groups));
                Some(SiteMark { x, y, kind, groups, name, label, text: None })
            })
            .collect();
        // What is drawn last lies on top: sites with groups.
        marks.sort_by_key(|mark| (mark.groups, std::cmp::Reverse(mark.kind)));
        place_names(&mut marks, self.size.0);
        marks
    }

    /// The map of an audience, its shades told where it has them.
    pub(in crate::report) fn map(
        self,
        (territory, run): (&Territory, &Run<'_>),
        audience: Audience,
        areas: Areas,
        sites: Vec<SiteMark>,
    ) -> Map {
        let isochrones = isochrones(&self, territory, areas.words, run);
        let Areas { words, all: areas, rows, outcomes } = areas;
        let shown = |shade: &Shade| areas.iter().any(|area| area.class == shade.class());
        let shades = Shade::ALL.into_iter().filter(shown);
        let shades = shades.map(|shade| (shade.class(), words.set(words.say.shade(shade)))).collect();
        let has = |kind: &SiteKind| sites.iter().any(|site| site.kind == *kind);
        let whose = match audience {
            Audience::Interne => Label::Commune,
            Audience::Partage => Label::Zone,
        };
        let labels = [whose, Label::Enrolled, Label::Placed, Label::LeftOut];
        Map {
            width: self.size.0,
            height: self.size.1,
            caption: words.set(words.say.map_caption(audience)),
            told: words.set(words.say.map_told(areas.len(), sites.len())),
            shades,
            kinds: SiteKind::ALL.into_iter().filter(has).collect(),
            areas,
            isochrones,
            sites,
            table: Table {
                caption: words.set(words.say.map_table(audience)),
                head: words.head(if outcomes { &labels } else { &labels[..2] }),
                rows,
            },
        }
    }
}

/// The areas of a map, and the rows of its table.
pub(in crate::report) struct Areas {
    words: Words,
    pub(in crate::report) all: Vec<Area>,
    rows: Vec<Row>,
    /// Whether some row tells who has a place.
    outcomes: bool,
}

impl Areas {
    pub(in crate::report) const fn new(words: Words) -> Self {
        Self { words, all: Vec::new(), rows: Vec::new(), outcomes: false }
    }

    /// A commune or zone of so many enrolled, with a place and without where that is told.
    pub(in crate::report) fn drawn(
        &mut self,
        path: String,
        name: &str,
        enrolled: u32,
        outcomes: Option<(u32, u32)>,
    ) {
        let shade = Shade::of(enrolled, outcomes.map(|(placed, _)| placed));
        let label = self.words.set(self.words.say.commune(name, enrolled, outcomes));
        self.all.push(Area { path, class: shade.class(), name: name.to_owned(), label });
    }

    /// The same in the table.
    pub(in crate::report) fn counted(&mut self, name: &str, enrolled: u32, outcomes: Option<(u32, u32)>) {
        self.outcomes |= outcomes.is_some();
        let outcomes = outcomes.into_iter().flat_map(|(placed, left)| [placed, left]);
        let cells = [enrolled].into_iter().chain(outcomes).map(|n| Cell::Number(n.to_string()));
        self.rows.push(Row { name: name.to_owned(), cells: cells.collect() });
    }
}

impl Area {
    /// An outline of which nothing is told.
    pub(in crate::report) const fn bare(path: String) -> Self {
        Self { path, class: "bare", name: String::new(), label: String::new() }
    }
}

/// What is within the territory's limit of each site by car, where there are roads.
#[cfg(feature = "roads")]
fn isochrones(ground: &Ground, territory: &Territory, words: Words, run: &Run<'_>) -> Vec<Area> {
    let Some(network) = run.roads.and_then(|roads| roads.network(Mode::Car)) else { return Vec::new() };
    let limit = territory.rules().limit;
    let sites = territory.sites().iter();
    let reach = sites.filter_map(|(id, site)| {
        let place = network.place(site.position?)?;
        let name = crate::report::names::site(territory, id);
        let shape = network.isochrone(&place, Way::To, limit, SQUARE);
        Some(Area {
            path: ground.path(&shape),
            class: "iso",
            name: name.to_owned(),
            label: words.set(words.say.isochrone(name, limit)),
        })
    });
    reach.filter(|area| !area.path.is_empty()).collect()
}

#[cfg(not(feature = "roads"))]
fn isochrones(_: &Ground, _: &Territory, _: Words, _: &Run<'_>) -> Vec<Area> {
    Vec::new()
}

/// Half the height of a name, and the width of one of its letters, about.
const HALF: i64 = 20;
const LETTER: i64 = 19;
const MARK: i64 = 26;

/// Names stand right, left, above or below of their marks, the first that is free; the site on top chooses first.
fn place_names(marks: &mut [SiteMark], width_of_map: i64) {
    let mut taken: Vec<[i64; 4]> =
        marks.iter().map(|m| [m.x - MARK, m.y - MARK, m.x + MARK, m.y + MARK]).collect();
    for i in (0..marks.len()).rev() {
        let mark = &marks[i];
        let width = LETTER * i64::try_from(mark.name.chars().count()).unwrap_or(0);
        let right = MARK + 8;
        let candidates = [
            (TextAt { dx: right, dy: 0, anchor: "start" }, [right, -HALF, right + width, HALF]),
            (TextAt { dx: -right, dy: 0, anchor: "end" }, [-right - width, -HALF, -right, HALF]),
            (
                TextAt { dx: 0, dy: -MARK - HALF, anchor: "middle" },
                [-width / 2, -MARK - 2 * HALF, width / 2, -MARK],
            ),
            (
                TextAt { dx: 0, dy: MARK + HALF, anchor: "middle" },
                [-width / 2, MARK, width / 2, MARK + 2 * HALF],
            ),
        ];
        let here = |b: [i64; 4]| [mark.x + b[0], mark.y + b[1], mark.x + b[2], mark.y + b[3]];
        let inside = |b: [i64; 4]| b[0] >= 0 && b[2] <= width_of_map && b[1] >= 0;
        let free =
            |b: [i64; 4]| taken.iter().all(|t| b[2] < t[0] || t[2] < b[0] || b[3] < t[1] || t[3] < b[1]);
        let found = candidates.into_iter().map(|(at, b)| (at, here(b))).find(|&(_, b)| inside(b) && free(b));
        if let Some((at, b)) = found {
            taken.push(b);
            marks[i].text = Some(at);
        }
    }
}
