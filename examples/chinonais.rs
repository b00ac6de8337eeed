//! The Chinonais, a real territory with synthetic youths: which groups, where,
//! when, with whom, and who is left out. `--json` prints the same as JSON.

use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::study::{Outcome, Study};
use maillage::{Control, read, report};
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais");
    let control = Control::none();
    let opened = read::territory(&folder, &control)?;
    let mut study = Study::new(opened.territory.clone(), opened.providers(), &control)?;
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control)? else {
        return Err(report::not_found(Lang::Fr).into());
    };
    let answer = if std::env::args().any(|arg| arg == "--json") {
        report::json(study.territory(), &plan).to_string()
    } else {
        report::text(study.territory(), &plan, Lang::Fr)
    };
    writeln!(io::stdout(), "{answer}")?;
    Ok(())
}
