//! GeoJSON as RFC 7946 has it: WGS84, closed rings, outer ones anticlockwise, a
//! box around, no more than seven decimals (a centimetre).

use super::Audience;
use crate::units::Position;
use geo::orient::{Direction, Orient};
use geo::{Coord, LineString, MultiPolygon};
use serde_json::Value;

/// A layer under construction: one feature a line.
pub(crate) struct Layer {
    audience: Audience,
    name: &'static str,
    features: Vec<String>,
    bounds: Option<Bounds>,
}

/// West, south, east, north.
type Bounds = [f64; 4];

impl Layer {
    pub(crate) const fn new(audience: Audience, name: &'static str) -> Self {
        Self { audience, name, features: Vec::new(), bounds: None }
    }

    /// A feature at a point, or nowhere.
    pub(crate) fn point<const N: usize>(&mut self, properties: [(&str, Value); N], at: Option<Position>) {
        let geometry = at.map_or_else(
            || "null".to_owned(),
            |at| {
                let at = self.position(Coord { x: at.lon(), y: at.lat() });
                format!("{{\"type\":\"Point\",\"coordinates\":{at}}}")
            },
        );
        self.feature(&properties, &geometry);
    }

    /// A feature with an outline.
    pub(crate) fn outline<const N: usize>(
        &mut self,
        properties: [(&str, Value); N],
        shape: &MultiPolygon<f64>,
    ) {
        let polygons: Vec<String> =
            shape.orient(Direction::Default).0.iter().filter_map(|polygon| self.polygon(polygon)).collect();
        let geometry = if polygons.is_empty() {
            "null".to_owned()
        } else {
            format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", polygons.join(","))
        };
        self.feature(&properties, &geometry);
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let audience = self.audience.as_str();
        let [west, south, east, north] = self.bounds.unwrap_or_default();
        let bounds = match self.bounds {
            Some(_) => format!("\"bbox\":[{west},{south},{east},{north}],"),
            None => String::new(),
        };
        format!(
            "{{\"type\":\"FeatureCollection\",\"name\":\"{}\",\"diffusion\":\"{audience}\",{bounds}\"features\":[\n{}\n]}}\n",
            self.name,
            self.features.join(",\n")
        )
        .into_bytes()
    }

    fn feature(&mut self, properties: &[(&str, Value)], geometry: &str) {
        let audience = ("diffusion", Value::from(self.audience.as_str()));
        let properties: Vec<String> = properties
            .iter()
            .chain([&audience])
            .map(|(name, value)| format!("{}:{value}", Value::from(*name)))
            .collect();
        self.features.push(format!(
            "{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{geometry}}}",
            properties.join(",")
        ));
    }

    /// A polygon, unless its outer ring encloses nothing.
    fn polygon(&mut self, polygon: &geo::Polygon<f64>) -> Option<String> {
        let outer = self.ring(polygon.exterior())?;
        let holes = polygon.interiors().iter().filter_map(|hole| self.ring(hole));
        let rings: Vec<String> = [outer].into_iter().chain(holes.collect::<Vec<_>>()).collect();
        Some(format!("[{}]", rings.join(",")))
    }

    /// A closed ring: at least three corners that differ as written.
    fn ring(&mut self, ring: &LineString<f64>) -> Option<String> {
        let mut corners: Vec<Coord<f64>> = ring.coords().map(|&c| rounded(c)).collect();
        corners.dedup();
        if corners.len() < 4 {
            return None;
        }
        let positions: Vec<String> = corners.into_iter().map(|corner| self.position(corner)).collect();
        Some(format!("[{}]", positions.join(",")))
    }

    fn position(&mut self, at: Coord<f64>) -> String {
        let Coord { x, y } = rounded(at);
        let [west, south, east, north] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
        format!("[{x},{y}]")
    }
}

fn rounded(at: Coord<f64>) -> Coord<f64> {
    // Adding zero turns −0 into 0.
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7 + 0.0;
    Coord { x: round(at.x), y: round(at.y) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Polygon, polygon};

    fn text(shape: &MultiPolygon<f64>) -> String {
        let mut layer = Layer::new(Audience::Partage, "zones");
        layer.outline([("name", Value::from("L'Île \"x\""))], shape);
        String::from_utf8(layer.finish()).expect("UTF-8")
    }

    #[test]
    fn outer_rings_are_anticlockwise_and_closed() {
        let clockwise: Polygon<f64> =
            polygon![(x: 0.0, y: 0.0), (x: 0.0, y: 1.0), (x: 1.0, y: 1.000_000_04), (x: 1.0, y: 0.0)];
        let text = text(&clockwise.into());
        assert!(text.contains("\"coordinates\":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]"), "{text}");
        assert!(text.contains("\"bbox\":[0,0,1,1]"), "{text}");
        assert!(text.contains("{\"name\":\"L'Île \\\"x\\\"\",\"diffusion\":\"partage\"}"), "{text}");
    }

    #[test]
    fn an_outline_that_encloses_nothing_is_left_out() {
        let speck: Polygon<f64> = polygon![(x: 0.0, y: 0.0), (x: 1e-9, y: 0.0), (x: 0.0, y: 1e-9)];
        let text = text(&speck.into());
        assert!(text.contains("\"geometry\":null") && !text.contains("bbox"), "{text}");
    }
}
