//! Plans the Chinonais, writes the report folder, and says which layers to open
//! in QGIS and which field to style each by. The folder is the argument, else
//! `target/chinonais-report`.

use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::report::{self, Locale, Run};
use maillage::study::{Outcome, Study};
use maillage::travel::StraightLine;
use maillage::{Control, read};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A layer, and how to style it. The first goes lowest.
const LAYERS: [(&str, &str); 5] = [
    ("partage/zones.geojson", "graduated colours by \"left_out\", labels from \"name\"; to be shown"),
    ("partage/sites.geojson", "size by \"groups\", colour by \"opened\", labels from \"name\"; to be shown"),
    ("interne/communes.geojson", "graduated colours by \"enrolled\"; exact, for the desk only"),
    ("interne/places.geojson", "size by \"enrolled\", colour by \"left_out\"; exact, for the desk only"),
    ("interne/sites.geojson", "size by \"members\", colour by \"status\"; exact, for the desk only"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("data/chinonais");
    let out = std::env::args_os().nth(1).map_or_else(|| root.join("target/chinonais-report"), PathBuf::from);

    let control = Control::none();
    let opened = read::territory(&folder, &control)?;
    let mut study = Study::new(opened.territory, vec![Arc::new(StraightLine)], &control)?;
    let limits = Limits::default();
    let Outcome::Plan(plan) = study.plan(&limits, &control)? else {
        return Err(report::not_found(Lang::En).into());
    };
    let run = Run { inputs: &opened.files, limits, locale: Locale::Fr, ..Run::new(study.times()) };
    let documents = report::documents(study.territory(), &plan, &run);
    report::write(&out, &documents, Some(&folder), &Control::none())?;

    let mut say = io::stdout();
    writeln!(say, "In QGIS, Layer > Add Layer > Add Vector Layer, in this order:")?;
    for (layer, style) in LAYERS {
        writeln!(say, "  {}\n      {style}", out.join(layer).display())?;
    }
    writeln!(
        say,
        "All layers are in WGS84 (EPSG:4326). The CSV files beside them open in a French spreadsheet."
    )?;
    Ok(())
}
