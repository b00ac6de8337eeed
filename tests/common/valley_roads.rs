//! The roads of the valley, a drawing of ours: `data/valley/roads/valley.osm.pbf` is made of it.

#![allow(unreachable_pub, reason = "included where it is used")]

use super::pbf::Drawing;

/// Eight hamlets on a road up the valley, as `data/valley/README.md` draws them.
pub(crate) fn valley() -> Drawing {
    const STEP: f64 = 0.036;
    let at = |step: f64| 47.0 + step * STEP;
    let mut drawing = Drawing::default();
    // The road: a hamlet each step, and a bend halfway.
    for step in 0..8 {
        drawing = drawing.node(100 + step, 0.25, at(step as f64));
        if step < 7 {
            drawing = drawing.node(200 + step, 0.256, at(step as f64 + 0.5));
        }
    }
    let road = |from: i64, to: i64| {
        (from..to).flat_map(|s| [100 + s, 200 + s]).chain([100 + to]).collect::<Vec<_>>()
    };
    drawing = drawing
        .way(1, &road(0, 2), &[("highway", "secondary"), ("maxspeed", "80"), ("name", "Route de la Vallée")])
        .way(2, &road(2, 5), &[("highway", "tertiary"), ("maxspeed", "80")])
        .way(3, &road(5, 7), &[("highway", "unclassified")]);
    // A street with houses in each hamlet, one-way in Pont.
    for step in 0..8 {
        let (lon, lat) = (0.25, at(step as f64));
        drawing = drawing
            .node(300 + 2 * step, lon - 0.002, lat + 0.0005)
            .node(301 + 2 * step, lon - 0.002, lat - 0.0005)
            .way(
                10 + step,
                &[100 + step, 300 + 2 * step, 301 + 2 * step, 100 + step],
                if step == 0 {
                    &[("highway", "residential"), ("oneway", "yes")]
                } else {
                    &[("highway", "residential")]
                },
            );
    }
    // Along the river: a greenway for bicycles and walkers from Pont to Croix, a track with a gate beyond.
    drawing
        .node(400, 0.245, at(0.4))
        .node(401, 0.244, at(1.5))
        .marked(402, 0.243, at(2.6), &[("barrier", "bollard")])
        .node(403, 0.244, at(3.6))
        .way(
            30,
            &[300, 400, 401, 304],
            &[("highway", "cycleway"), ("foot", "yes"), ("surface", "fine_gravel")],
        )
        .way(31, &[304, 402, 403, 308], &[("highway", "track"), ("tracktype", "grade3")])
        // A fast road past Pont, which mopeds may not use, with a link at Croix.
        .node(500, 0.27, 46.98)
        .node(501, 0.27, at(1.0))
        .node(502, 0.265, at(2.0))
        .way(
            40,
            &[100, 500, 501, 502, 102],
            &[("highway", "trunk"), ("motorroad", "yes"), ("maxspeed", "110")],
        )
        .restriction("no_left_turn", [40, 102, 2], &[])
}
