//! `partage/` against an attacker who reads every file of it from disk, writes
//! down all that they say as linear constraints, and asks of everything that is
//! not told exactly how small and how large it can be.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, car, key, programme, site, youth};
use geo::{MultiPolygon, polygon};
use jiff::civil::date;
use maillage::groups::Limits;
use maillage::questions::{LeverQuestion, LeverStudy};
use maillage::report::{self, Audience, Run};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::StraightLine;
use maillage::units::{Cents, InseeCode, Position, Seconds};
use maillage::{Control, plan::Plan, read};
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

// ---------------------------------------------------------------- the attacker

/// All that the files say, over numbers that have names.
#[derive(Default)]
struct World {
    names: BTreeMap<String, usize>,
    bounds: Vec<(f64, f64)>,
    rows: Vec<Row>,
    secrets: Vec<Secret>,
    threshold: u32,
}

/// Σ weight × number  op  right
type Row = (Vec<(usize, f64)>, ComparisonOp, f64);

/// Something that must stay unknown.
struct Secret {
    name: String,
    must: Must,
}

#[derive(Clone, Copy)]
enum Must {
    /// Two numbers at least.
    Vary,
    /// Two numbers below the threshold at least.
    VaryBelow,
    /// That, or surely not below it.
    VaryBelowOrBeLarge,
    /// Two numbers at least, or surely not below the threshold: of what no file
    /// has a cell for, and which nobody can know to be small.
    VaryOrBeLarge,
}

impl World {
    fn var(&mut self, name: &str) -> usize {
        let next = self.bounds.len();
        let at = *self.names.entry(name.to_owned()).or_insert(next);
        if at == next {
            self.bounds.push((0.0, f64::INFINITY));
        }
        at
    }

    fn between(&mut self, name: &str, from: f64, to: f64) {
        let at = self.var(name);
        let (low, high) = &mut self.bounds[at];
        (*low, *high) = (low.max(from), high.min(to));
        assert!(*low <= *high, "{name} is told twice and differently");
    }

    fn is(&mut self, name: &str, value: f64) {
        self.between(name, value, value);
    }

    /// Σ weight × name  op  0
    fn row(&mut self, terms: &[(&str, f64)], op: ComparisonOp) {
        let terms = terms.iter().map(|&(name, weight)| (self.var(name), weight)).collect();
        self.rows.push((terms, op, 0.0));
    }

    fn sum_is(&mut self, parts: &[String], whole: &str) {
        let mut terms: Vec<(&str, f64)> = parts.iter().map(|part| (part.as_str(), 1.0)).collect();
        terms.push((whole, -1.0));
        self.row(&terms, ComparisonOp::Eq);
    }

    fn secret(&mut self, name: &str, must: Must) {
        self.var(name);
        self.secrets.push(Secret { name: name.to_owned(), must });
    }

    /// What could be computed and must not.
    fn leaks(&self) -> Vec<String> {
        let leak = |secret: &Secret| {
            let (least, most) = self.range(self.names[&secret.name]);
            let below = most.min(f64::from(self.threshold) - 1.0);
            let kept = match secret.must {
                Must::Vary => most > least,
                Must::VaryBelow => below > least,
                Must::VaryOrBeLarge => most > least || least >= f64::from(self.threshold),
                Must::VaryBelowOrBeLarge => below > least || least >= f64::from(self.threshold),
            };
            (!kept).then(|| format!("{} is {least} to {most}", secret.name))
        };
        self.secrets.iter().filter_map(leak).collect()
    }

    /// The whole numbers that a number can be between.
    fn range(&self, at: usize) -> (f64, f64) {
        let low = self.optimum(at, OptimizationDirection::Minimize).unwrap_or(0.0);
        let high = self.optimum(at, OptimizationDirection::Maximize).unwrap_or(f64::INFINITY);
        ((low - 1e-6).ceil(), (high + 1e-6).floor())
    }

    /// None when it is unbounded.
    fn optimum(&self, at: usize, direction: OptimizationDirection) -> Option<f64> {
        let (vars, rows) = self.around(at);
        let mut problem = Problem::new(direction);
        let handles: BTreeMap<usize, microlp::Variable> = vars
            .iter()
            .map(|&var| (var, problem.add_var(f64::from(u8::from(var == at)), self.bounds[var])))
            .collect();
        for (terms, op, right) in rows {
            let fixed: f64 =
                terms.iter().filter(|t| !vars.contains(&t.0)).map(|t| t.1 * self.bounds[t.0].0).sum();
            let free: Vec<_> =
                terms.iter().filter_map(|&(var, weight)| Some((*handles.get(&var)?, weight))).collect();
            problem.add_constraint(free, *op, right - fixed);
        }
        match problem.solve() {
            Ok(outcome) => Some(outcome.into_solution().expect("no limit was set").objective()),
            Err(microlp::Error::Unbounded) => None,
            Err(error) => panic!("what the files say contradicts itself: {error}"),
        }
    }

    /// The numbers that have something to do with one, and what ties them: what
    /// is known exactly ties nothing.
    fn around(&self, at: usize) -> (BTreeSet<usize>, Vec<&Row>) {
        let free = |var: usize| self.bounds[var].0 < self.bounds[var].1;
        let mut vars = BTreeSet::from([at]);
        loop {
            let touches = |row: &&Row| row.0.iter().any(|t| vars.contains(&t.0) && free(t.0));
            let rows: Vec<_> = self.rows.iter().filter(touches).collect();
            let more: BTreeSet<usize> =
                rows.iter().flat_map(|row| row.0.iter().map(|t| t.0)).filter(|&var| free(var)).collect();
            let before = vars.len();
            vars.extend(more);
            if vars.len() == before {
                return (vars, rows);
            }
        }
    }
}

/// What `partage/` on disk says.
fn attack(dir: &Path) -> World {
    let json: Value =
        serde_json::from_slice(&fs::read(dir.join("partage.json")).expect("the JSON")).expect("JSON");
    attack_with(dir, &json)
}

fn attack_with(dir: &Path, json: &Value) -> World {
    let mut world =
        World { threshold: json["threshold"].as_u64().expect("a threshold") as u32, ..World::default() };
    people(&mut world, json);
    zones(&mut world, json, dir);
    tables(&mut world, json, dir);
    capacities(&mut world, json, dir);
    world
}

fn people(world: &mut World, json: &Value) {
    world.row(&[("placed", 1.0), ("left out", 1.0), ("enrolled", -1.0)], ComparisonOp::Eq);
    let people = &json["people"];
    for (name, field) in [("enrolled", "enrolled"), ("placed", "placed"), ("left out", "left_out")] {
        if let Some(n) = people[field].as_f64() {
            world.is(name, n);
        }
    }
    if let Some(fewer) = people["fewer_than"].as_f64() {
        world.between("enrolled", 0.0, fewer - 1.0);
        world.secret("enrolled", Must::VaryBelow);
    }
    if people["enrolled"].is_number() && people["left_out"].is_null() && world.threshold > 1 {
        world.secret("left out", Must::VaryBelowOrBeLarge);
    }
    let outcomes = json["outcomes"].as_array().expect("outcomes");
    for one in outcomes {
        world.is(&outcome(&one["outcome"]), one["people"].as_f64().expect("a count"));
    }
}

/// The name of a column's total: those of people with and without a place are their sums.
fn outcome(word: &Value) -> String {
    match word.as_str().expect("a word") {
        "placed" => "placed".to_owned(),
        "left_out" => "left out".to_owned(),
        "enrolled" => "enrolled".to_owned(),
        reason => format!("outcome {reason}"),
    }
}

fn zones(world: &mut World, json: &Value, dir: &Path) {
    let zones = json["zones"].as_array().expect("zones");
    if zones.is_empty() {
        return;
    }
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    let threshold = world.threshold;
    // Without a group nobody has a place: that is the verdict, and no secret.
    let groups = !json["groups"].as_array().expect("groups").is_empty();
    for zone in zones {
        let id = zone["id"].as_str().expect("an id");
        let names = ["enrolled", "placed", "left_out"].map(|field| format!("{field} in {id}"));
        world.row(&[(&names[1], 1.0), (&names[2], 1.0), (&names[0], -1.0)], ComparisonOp::Eq);
        for ((field, name), parts) in ["enrolled", "placed", "left_out"].iter().zip(&names).zip(&mut parts) {
            parts.push(name.clone());
            match zone[field].as_f64() {
                Some(n) => {
                    assert!(n >= f64::from(threshold) || threshold < 2, "{name} is {n}");
                    world.is(name, n);
                }
                None if threshold > 1 && groups => world.secret(name, Must::VaryOrBeLarge),
                None => {}
            }
        }
        communes(world, zone, &names[0]);
    }
    for (parts, whole) in parts.iter().zip(["enrolled", "placed", "left out"]) {
        world.sum_is(parts, whole);
    }
    for row in csv(dir, "zones.csv") {
        for field in ["enrolled", "placed", "left_out"].into_iter().filter(|&field| !row[field].is_empty()) {
            world.is(&format!("{field} in {}", row["zone"]), row[field].parse().expect("a count"));
        }
    }
    let map: Value =
        serde_json::from_slice(&fs::read(dir.join("zones.geojson")).expect("zones")).expect("JSON");
    for feature in map["features"].as_array().expect("features") {
        let properties = &feature["properties"];
        for field in ["enrolled", "placed", "left_out"] {
            if let Some(n) = properties[field].as_f64() {
                world.is(&format!("{field} in {}", properties["id"].as_str().expect("an id")), n);
            }
        }
    }
}

/// The communes of a zone of several are each unknown.
fn communes(world: &mut World, zone: &Value, whole: &str) {
    let communes = zone["communes"].as_array().expect("communes");
    let unknown = zone["homes_without_commune"].as_bool().expect("a boolean");
    let mut parts: Vec<String> = communes
        .iter()
        .map(|c| format!("enrolled in commune {}", c["insee_code"].as_str().expect("a code")))
        .collect();
    parts.extend(unknown.then(|| format!("enrolled without commune, {whole}")));
    world.sum_is(&parts, whole);
    if parts.len() > 1 && world.threshold > 1 {
        parts.iter().for_each(|part| world.secret(part, Must::VaryBelow));
    }
}

fn tables(world: &mut World, json: &Value, dir: &Path) {
    let groups = !json["groups"].as_array().expect("groups").is_empty();
    for table in json["tables"].as_array().expect("tables") {
        let by = table["by"].as_str().expect("a word");
        let columns = table["columns"].as_array().expect("columns");
        let rows = table["rows"].as_array().expect("rows");
        let mut totals = Vec::new();
        for row in rows {
            let name = row["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|w| w.as_str().expect("a word"))
                .collect::<Vec<_>>()
                .join(" or ");
            let total = format!("{by} {name} enrolled");
            world.is(&total, row["total"].as_f64().expect("a total"));
            let cells = row["cells"].as_array().expect("cells");
            if columns.len() == 1 && groups && world.threshold > 1 {
                implied(world, &total);
            }
            if columns.len() > 1 {
                let names: Vec<String> =
                    columns.iter().map(|c| format!("{by} {name} {}", c.as_str().expect("a word"))).collect();
                names.iter().zip(cells).for_each(|(name, cell)| cell_says(world, name, cell));
                world.sum_is(&names, &total);
            }
            totals.push(total);
        }
        world.sum_is(&totals, "enrolled");
        if columns.len() == 1 {
            let placed: Vec<String> = totals.iter().map(|total| format!("{total} and placed")).collect();
            world.sum_is(&placed, "placed");
        }
        for column in columns.iter().filter(|_| columns.len() > 1) {
            let suffix = format!(" {}", column.as_str().expect("a word"));
            let parts: Vec<String> = totals.iter().map(|t| t.replace(" enrolled", &suffix)).collect();
            column_total(world, columns, column, by);
            world.sum_is(&parts, &total_of(column, by));
        }
    }
    for row in csv(dir, "tables.csv").into_iter().filter(|row| row["by"] != "all") {
        if let Ok(n) = row["people"].parse() {
            world.is(&format!("{} {} {}", row["by"], row["row"], row["outcome"]), n);
        } else {
            assert_eq!(row["people"], "secret");
        }
    }
}

/// A row of which only the total is told: some of it has a place, the rest has not.
fn implied(world: &mut World, total: &str) {
    let [placed, left_out] = ["placed", "left out"].map(|outcome| format!("{total} and {outcome}"));
    world.row(&[(&placed, 1.0), (&left_out, 1.0), (total, -1.0)], ComparisonOp::Eq);
    world.secret(&placed, Must::VaryOrBeLarge);
    world.secret(&left_out, Must::VaryOrBeLarge);
}

fn cell_says(world: &mut World, name: &str, cell: &Value) {
    match cell.as_f64() {
        Some(n) => {
            assert!(n >= f64::from(world.threshold) || world.threshold < 2, "{name} is {n}");
            world.is(name, n);
        }
        None => world.secret(name, Must::VaryBelow),
    }
}

/// `other` is what a table does not name, and each table names its own.
fn total_of(column: &Value, by: &str) -> String {
    if column == "other" { format!("other of {by}") } else { outcome(column) }
}

fn column_total(world: &mut World, columns: &[Value], column: &Value, by: &str) {
    if column == "other" {
        let named = columns.iter().filter(|c| *c != "placed" && *c != "other");
        let mut parts: Vec<String> = named.map(outcome).collect();
        parts.push(total_of(column, by));
        world.sum_is(&parts, "left out");
    }
}

fn capacities(world: &mut World, json: &Value, dir: &Path) {
    let sizes: BTreeMap<&str, (f64, f64)> = json["programmes"]
        .as_array()
        .expect("programmes")
        .iter()
        .map(|p| {
            (
                p["id"].as_str().expect("an id"),
                (p["min"].as_f64().expect("min"), p["max"].as_f64().expect("max")),
            )
        })
        .collect();
    for one in json["verdicts"].as_array().expect("verdicts") {
        let (min, _) = sizes[one["programme"].as_str().expect("a programme")];
        let name = format!("reach of {}", offer(one));
        world.row(&[(&name, 1.0), ("enrolled", -1.0)], ComparisonOp::Le);
        band(world, &name, &one["reachable"]);
        let (from, to) = edges(&one["shortfall"]);
        world.between(
            &name,
            if to > 0.0 { (min - to).max(0.0) } else { min },
            if from > 0.0 { min - from } else { f64::INFINITY },
        );
        if one["reachable"].is_object() {
            world.secret(&name, Must::Vary);
        }
    }
    let mut options: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut programmes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut meetings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut all = Vec::new();
    for group in json["groups"].as_array().expect("groups") {
        let (min, max) = sizes[group["programme"].as_str().expect("a programme")];
        let option = offer(group);
        let peers = options.entry(option.clone()).or_default();
        let name = format!("size {} of {option}", peers.len());
        peers.push(name.clone());
        band(world, &name, &group["size"]);
        world.between(&name, min, max);
        if min < max {
            world.secret(&name, Must::Vary);
        }
        programmes.entry(group["programme"].to_string()).or_default().push(name.clone());
        for slot in group["slots"].as_array().expect("slots") {
            meetings.entry(format!("{slot} from {}", group["start"])).or_default().push(name.clone());
        }
        all.push(name);
    }
    // Nobody is in two groups of a programme, or in two that begin in the same half-day.
    for names in programmes.values().chain(meetings.values()) {
        let mut terms: Vec<(&str, f64)> = names.iter().map(|name| (name.as_str(), 1.0)).collect();
        terms.push(("placed", -1.0));
        world.row(&terms, ComparisonOp::Le);
    }
    // Everybody with a place is in a group.
    let mut terms: Vec<(&str, f64)> = all.iter().map(|name| (name.as_str(), 1.0)).collect();
    terms.push(("placed", -1.0));
    world.row(&terms, ComparisonOp::Ge);
    for (option, names) in &options {
        let reach = format!("reach of {option}");
        let mut terms: Vec<(&str, f64)> = names.iter().map(|name| (name.as_str(), 1.0)).collect();
        terms.push((&reach, -1.0));
        world.row(&terms, ComparisonOp::Le);
        // Groups of an option are dealt out evenly, the first ones the larger.
        for pair in names.windows(2) {
            world.row(&[(&pair[0], 1.0), (&pair[1], -1.0)], ComparisonOp::Ge);
        }
        if let [first, .., last] = names.as_slice() {
            let terms = vec![(world.var(first), 1.0), (world.var(last), -1.0)];
            world.rows.push((terms, ComparisonOp::Le, 1.0));
        }
    }
    levers(world, json, &sizes, &all);
    from_sheets(world, dir);
}

/// What levers bring, taken as added to the groups that are shown: so it says most of their sizes.
fn levers(world: &mut World, json: &Value, sizes: &BTreeMap<&str, (f64, f64)>, today: &[String]) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let sets = list(&json["levers"]["levers"]).into_iter().chain(list(&json["levers"]["frontier"]));
    for (at, one) in sets.enumerate() {
        let (gain, then) = (format!("places of lever {at}"), format!("places with lever {at}"));
        let edge = |name: &str, open: f64| one["places"][name].as_f64().unwrap_or(open);
        // Names are from nothing on: of what closes, the loss.
        let (from, to) = (edge("from", f64::NEG_INFINITY), edge("to", f64::INFINITY));
        let vary = world.var(&gain);
        world.bounds[vary] = (from, to);
        let more = |programme: &str| {
            let own = list(&one["groups"]).into_iter().filter(|g| g["programme"] == programme);
            own.map(|g| g["groups"].as_f64().expect("groups")).sum::<f64>()
        };
        let (mut least, mut most) = (0.0, 0.0);
        for (&programme, &(min, max)) in sizes {
            let now = json["groups"].as_array().expect("groups").iter();
            let groups = now.filter(|g| g["programme"] == programme).count() as f64 + more(programme);
            (least, most) = (least + min * groups, most + max * groups);
        }
        world.between(&then, least, most);
        // Without a group there is nobody, which the verdicts say.
        if least < most {
            world.secret(&gain, Must::Vary);
        }
        let mut terms: Vec<(&str, f64)> = today.iter().map(|name| (name.as_str(), 1.0)).collect();
        terms.extend([(gain.as_str(), 1.0), (then.as_str(), -1.0)]);
        world.row(&terms, ComparisonOp::Eq);
    }
}

/// The same bands, as the CSV has them.
fn from_sheets(world: &mut World, dir: &Path) {
    let key = |row: &BTreeMap<String, String>| {
        format!("{}|{}|{}|{}", row["programme"], row["site"], row["slots"], row["start"])
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in csv(dir, "groups.csv") {
        let nth = seen.entry(key(&row)).or_default();
        let name = format!("size {nth} of {}", key(&row));
        *nth += 1;
        assert!(world.names.contains_key(&name), "{name} is in the CSV only");
        let (from, to) = written(&row["size"]);
        world.between(&name, from, to);
    }
    for row in csv(dir, "verdicts.csv").into_iter().filter(|row| !row["reachable"].is_empty()) {
        let name = format!("reach of {}", key(&row));
        assert!(world.names.contains_key(&name), "{name} is in the CSV only");
        let (from, to) = written(&row["reachable"]);
        world.between(&name, from, to);
    }
}

fn written(band: &str) -> (f64, f64) {
    let number = |text: &str| text.parse::<f64>().expect("a number");
    match (band.split_once('–'), band.strip_suffix('+')) {
        (Some((from, to)), _) => (number(from), number(to)),
        (None, Some(from)) => (number(from), f64::INFINITY),
        (None, None) => (number(band), number(band)),
    }
}

fn offer(one: &Value) -> String {
    let list = |field: &str, mark| {
        one[field]
            .as_array()
            .expect("a list")
            .iter()
            .map(|v| v.as_str().expect("text"))
            .collect::<Vec<_>>()
            .join(mark)
    };
    let text = |field: &str| one[field].as_str().expect("text").to_owned();
    format!("{}|{}|{}|{}", text("programme"), list("sites", "+"), list("slots", " "), text("start"))
}

fn edges(band: &Value) -> (f64, f64) {
    (band["from"].as_f64().expect("from"), band["to"].as_f64().unwrap_or(f64::INFINITY))
}

fn band(world: &mut World, name: &str, band: &Value) {
    if band.is_object() {
        let (from, to) = edges(band);
        world.between(name, from, to);
    }
}

fn csv(dir: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(dir.join(name)).expect("a CSV file");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

// ------------------------------------------------------------- the territories

fn study(territory: Territory) -> (Study, Option<Plan>) {
    let mut study = Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    let plan = match study
        .plan(&Limits { nodes: 200, ..Limits::default() }, &Control::none())
        .expect("not cancelled")
    {
        Outcome::Plan(plan) => Some(*plan),
        _ => None,
    };
    (study, plan)
}

fn shipped(name: &str) -> (Study, Plan) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let (study, plan) = study(read::territory(&dir, &Control::none()).expect("sound").territory);
    (study, plan.expect("a plan"))
}

/// Writes the whole report and answers where `partage/` is.
fn written_to(dir: &Path, study: &Study, plan: &Plan) -> std::path::PathBuf {
    let run = Run::new(study.times());
    let out = dir.join("report");
    let documents = report::documents(study.territory(), plan, &run);
    report::write(&out, &documents, None, &Control::none()).expect("written");
    out.join("partage")
}

/// What a seed is made into: few or many people, one programme or several, any threshold.
fn random(seed: u64) -> Draft {
    let mut draw = Draw(seed);
    let mut draft = Draft::new("Pays au hasard");
    draft.rules.threshold = *draw.pick(&[1, 2, 3, 5, 11, 11, 11, 50]);
    let communes = 1 + draw.below(9) as usize;
    commune_grid(&mut draw, &mut draft, communes);
    for i in 0..1 + draw.below(3) {
        let slots: Vec<&str> =
            ["lun-am", "mar-am", "mer-am", "jeu-am"].into_iter().filter(|_| draw.chance(70)).collect();
        let mut place = site(&format!("site{i}"), Position::new(0.15 + 0.03 * i as f64, 47.02), &slots);
        place.rooms = 1 + draw.below(2) as u32;
        draft.site(place);
    }
    let programmes = 1 + draw.below(4) as usize;
    let names: Vec<String> = (0..programmes).map(|p| format!("prog{p}")).collect();
    for (at, name) in names.iter().enumerate() {
        draft.programme(random_programme(&mut draw, name, &names[..at]));
    }
    let people = *draw.pick(&[3, 8, 12, 15, 25, 40, 70, 120]);
    for i in 0..people {
        draft.youth(random_youth(&mut draw, i, communes, &names));
    }
    draft
}

fn random_programme(draw: &mut Draw, name: &str, others: &[String]) -> Programme<Names> {
    let min = 1 + draw.below(9) as u32;
    let mut p = programme(name, min, min + draw.below(10) as u32);
    p.max_groups = 1 + draw.below(2) as u32;
    p.rhythm = Rhythm::HalfDays(1 + draw.below(2) as u8);
    if draw.chance(25) {
        p.ages.from = 18;
    } else if draw.chance(15) {
        p.ages.before = 18;
    }
    if draw.chance(20) {
        let of = *draw.pick(&[Trait::Minor, Trait::Woman, Trait::NoVehicle]);
        let at_least = draw.below(2) as u32;
        p.mix.push(MixRule { of, at_least, at_most: at_least + draw.below(6) as u32 });
    }
    if let Some(other) = others.first().filter(|_| draw.chance(20)) {
        p.excludes.push(key(other));
    }
    p
}

/// Square communes side by side, each with a hamlet; the last without an outline.
fn commune_grid(draw: &mut Draw, draft: &mut Draft, communes: usize) {
    let mut outlines: Vec<(InseeCode, MultiPolygon<f64>)> = Vec::new();
    for c in 0..communes {
        let code = InseeCode::new(&format!("379{c:02}")).expect("a code");
        let (x, y) = (0.1 + 0.05 * (c % 3) as f64, 47.0 + 0.05 * (c / 3) as f64);
        let population = draw.chance(80).then(|| draw.below(3_000) as u32);
        let epci = draw.chance(70).then(|| format!("CC {}", c % 2));
        draft.place(Place {
            key: key(code.as_str()),
            name: format!("Bourg-{c}"),
            commune: Some(code),
            position: Position::new(x + 0.025, y + 0.025),
            population,
            epci,
        });
        draft.place(Place {
            key: key(&format!("lieu-cache-{c}")),
            name: format!("Le Hameau Secret {c}"),
            commune: draw.chance(90).then_some(code),
            position: Position::new(x + 0.012_345_1, y + 0.034_567_3),
            population: None,
            epci: None,
        });
        if c + 1 < communes {
            let square =
                polygon![(x: x, y: y), (x: x + 0.05, y: y), (x: x + 0.05, y: y + 0.05), (x: x, y: y + 0.05)];
            outlines.push((code, square.into()));
        }
    }
    draft.outlines = outlines.into_iter().collect();
}

fn random_youth(draw: &mut Draw, i: u64, communes: usize, programmes: &[String]) -> Youth<Names> {
    let enrolled: Vec<&str> = programmes.iter().map(String::as_str).filter(|_| draw.chance(70)).collect();
    let c = draw.below(communes as u64);
    let home = if draw.chance(50) { format!("379{c:02}") } else { format!("lieu-cache-{c}") };
    let mut y = youth(&hostile(i), &home, &enrolled);
    y.birth = Birth::Month(date(2000 + draw.below(11) as i16, 5, 1));
    y.sex = *draw.pick(&[None, Some(Sex::Woman), Some(Sex::Woman), Some(Sex::Man)]);
    if draw.chance(60) {
        y.licences.push(Licence::B);
        y.vehicles.push(car());
    }
    y
}

/// Identifiers that would like to be formulas, markup or nothing.
fn hostile(i: u64) -> String {
    match i % 5 {
        0 => format!("=HYPERLINK(\"x\";\"jeune-secret-{i}\")"),
        1 => format!("<b>jeune-secret-{i}</b>"),
        2 => format!("\u{202e}jeune-secret-{i}"),
        3 => format!("@jeune-secret-{i};\"x"),
        _ => format!("jeune-secret-{i}"),
    }
}

// -------------------------------------------------------------------- the tests

/// No byte of any file holds an identifier of a youth, the name or point of a home.
fn tells_nobody(dir: &Path, study: &Study, seed: &str) {
    let t = study.territory();
    let mut forbidden: Vec<String> = t.youths().ids().map(|id| t.youths().key_of(id).to_owned()).collect();
    for (_, place) in
        t.places().iter().filter(|(_, p)| p.commune.is_none_or(|c| c.as_str() != p.key.as_str()))
    {
        forbidden.push(place.key.to_string());
        forbidden.push(place.name.clone());
        forbidden.extend(
            place
                .position
                .into_iter()
                .flat_map(|at| [format!("{:.5}", at.lon()), format!("{:.5}", at.lat())]),
        );
    }
    forbidden.push("jeune-secret".to_owned());
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        for word in &forbidden {
            assert!(!text.contains(word.as_str()), "{seed}: {} holds {word:?}", path.display());
        }
        assert!(text.contains("partage") || text.contains("diffusion"), "{} is not marked", path.display());
    }
}

#[test]
fn the_chinonais_keeps_its_secrets_and_reads_well() {
    let (study, plan) = shipped("chinonais");
    let dir = tempfile::tempdir().expect("a folder");
    let partage = written_to(dir.path(), &study, &plan);
    let world = attack(&partage);
    assert_eq!(world.leaks(), Vec::<String>::new());
    tells_nobody(&partage, &study, "chinonais");

    let json: Value =
        serde_json::from_slice(&fs::read(partage.join("partage.json")).expect("JSON")).expect("JSON");
    let zones = json["zones"].as_array().expect("zones");
    assert!((12..=40).contains(&zones.len()), "{} zones", zones.len());
    assert!(zones.iter().all(|zone| zone["placed"].is_number()));
    let cells: Vec<&Value> = json["tables"]
        .as_array()
        .expect("tables")
        .iter()
        .flat_map(|t| t["rows"].as_array().expect("rows"))
        .flat_map(|row| row["cells"].as_array().expect("cells"))
        .collect();
    let hidden = cells.iter().filter(|cell| cell.is_null()).count();
    assert!(cells.len() >= 20 && hidden * 3 <= cells.len(), "{hidden} of {} cells hidden", cells.len());
}

/// Distance and size say nothing that zones don't: each row is the sum of those zones whose main commune is in its class.
#[test]
fn rows_of_distance_and_size_are_sums_of_zones() {
    let (study, plan) = shipped("chinonais");
    let json: Value = serde_json::to_value(report::shared(study.territory(), &plan)).expect("JSON");
    let tables = json["tables"].as_array().expect("tables").iter();
    let by = |word: &str| tables.clone().find(|table| table["by"] == word).expect("the table");
    let inhabitants = |zone: &Value| {
        let main = zone["communes"][0]["insee_code"].as_str().expect("a code");
        let place = study.territory().places().iter().find(|(_, place)| place.key.as_str() == main);
        place.and_then(|(_, place)| place.population).expect("all say how many")
    };
    let class = |n: u32| match n {
        0..500 => "under_500",
        500..1_000 => "500_to_999",
        1_000..2_000 => "1000_to_1999",
        2_000..5_000 => "2000_to_4999",
        _ => "5000_and_over",
    };
    let mut sums: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for zone in json["zones"].as_array().expect("zones") {
        let sum = sums.entry(class(inhabitants(zone))).or_default();
        for (sum, outcome) in sum.iter_mut().zip(["placed", "left_out"]) {
            *sum += zone[outcome].as_u64().expect("told");
        }
    }
    let rows = by("zone_inhabitants")["rows"].as_array().expect("rows");
    assert!(rows.len() > 1 && rows.len() == sums.len(), "{rows:?}");
    for row in rows {
        let [placed, left_out] = sums[row["rows"][0].as_str().expect("a word")];
        assert_eq!(row["cells"], serde_json::json!([placed, left_out]));
    }
    let total = |word: &str| -> u64 {
        by(word)["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["total"].as_u64().expect("a total"))
            .sum()
    };
    assert_eq!(total("zone_distance"), total("zone_inhabitants"));
}

#[test]
fn the_valley_keeps_its_secrets() {
    let (study, plan) = shipped("valley");
    let dir = tempfile::tempdir().expect("a folder");
    let partage = written_to(dir.path(), &study, &plan);
    assert_eq!(attack(&partage).leaks(), Vec::<String>::new());
    let names = fs::read_to_string(partage.join("partage.json")).expect("JSON");
    assert!(!names.contains("Le Moulin") && !names.contains("y01"));
}

#[test]
fn random_territories_keep_their_secrets() {
    let (mut told, mut tables, mut hidden, mut plans) = (0, 0, 0, 0);
    for seed in 0..400 {
        let Ok((territory, _)) = random(seed).check() else { continue };
        let (study, Some(plan)) = study(territory) else { continue };
        let dir = tempfile::tempdir().expect("a folder");
        let partage = written_to(dir.path(), &study, &plan);
        let world = attack(&partage);
        assert_eq!(world.leaks(), Vec::<String>::new(), "seed {seed}");
        tells_nobody(&partage, &study, &format!("seed {seed}"));
        plans += 1;
        let json = fs::read_to_string(partage.join("partage.json")).expect("JSON");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        told += u32::from(json["people"]["placed"].is_number());
        tables += u32::from(!json["tables"].as_array().expect("tables").is_empty());
        hidden +=
            u32::from(fs::read_to_string(partage.join("tables.csv")).expect("tables").contains("secret"));
    }
    // The attack has something to attack.
    assert!(plans >= 200 && told >= 40 && tables >= 40 && hidden >= 20, "{plans} {told} {tables} {hidden}");
}

/// Levers that are tried on a random territory: some name youths, one is written by somebody who does.
fn some_levers(t: &Territory, seed: u64) -> Vec<Lever> {
    let lever = |key: &str, name: &str, change: LeverChange| Lever {
        key: common::key(key),
        name: name.to_owned(),
        change,
        cost: Cents::new(1_000 * (seed % 7)),
        decider: Decider::Association,
        delay_weeks: Some(4),
        origin: "jeune-secret".to_owned(),
    };
    let (_, first) = t.youths().iter().next().expect("a youth");
    let home = t.places().iter().next().expect("a home").1.key.clone();
    let named = format!("Prêter un cyclomoteur à {}", first.key);
    let mut all = vec![
        lever(
            "navette",
            "Une navette",
            LeverChange::Shuttle(Shuttle {
                site: t.sites().iter().next().expect("a site").1.key.clone(),
                stops: vec![home],
                days: Weekdays::ALL,
                vehicles: 1,
                seats: Shuttle::SEATS,
                ride: Seconds::from_minutes(60),
                per_stop: Shuttle::PER_STOP,
                speed: None,
                per_km: Cents::new(120),
                per_hour: Cents::new(0),
            }),
        ),
        lever(
            "prêt",
            &named,
            LeverChange::Lend { vehicle: VehicleKind::Moped, count: 2, each: Cents::new(12_000) },
        ),
        lever(
            "covoiturage",
            "Covoiturage de jeune-secret",
            LeverChange::ShareLifts {
                drivers: vec![first.key.clone()],
                detour: Seconds::from_minutes(15),
                seats: 3,
            },
        ),
    ];
    for (_, programme) in t.programmes().iter() {
        let key = &programme.key;
        let limit = Seconds::from_minutes(90);
        all.push(lever(
            &format!("trajet-{key}"),
            "Plus loin",
            LeverChange::LongerLimit { programme: key.clone(), limit },
        ));
        let min = programme.size.min().saturating_sub(1);
        if min > 0 {
            let change = LeverChange::SmallerMinimum { programme: key.clone(), min };
            all.push(lever(&format!("minimum-{key}"), "Plus petit", change));
        }
    }
    all
}

#[test]
fn levers_tell_nobody() {
    let (mut asked, mut gained, mut banded) = (0, 0, 0);
    for seed in 0..60 {
        let Ok((territory, _)) = random(seed).check() else { continue };
        let (study, Some(plan)) = study(territory) else { continue };
        let levers = some_levers(study.territory(), seed);
        let limits = Limits { nodes: 60, ..Limits::default() };
        let Ok(Some(levers)) = LeverStudy::new(&study, &levers, &limits, &Control::none()) else { continue };
        let answer = levers.answer(&LeverQuestion::default(), &Control::none()).expect("not cancelled");
        let dir = tempfile::tempdir().expect("a folder");
        let run = Run { levers: Some((&answer).into()), ..Run::new(study.times()) };
        let documents = report::documents(study.territory(), &plan, &run);
        let out = dir.path().join("report");
        report::write(&out, &documents, None, &Control::none()).expect("written");
        let partage = out.join("partage");
        let world = attack(&partage);
        assert_eq!(world.leaks(), Vec::<String>::new(), "seed {seed}");
        tells_nobody(&partage, &study, &format!("seed {seed}"));
        let json = fs::read_to_string(partage.join("partage.json")).expect("JSON");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        let told = json["levers"]["levers"].as_array().expect("levers");
        assert_eq!(told.len(), answer.levers.len(), "seed {seed}");
        for (told, single) in told.iter().zip(&answer.singly) {
            let (from, to) = (told["places"]["from"].as_i64(), told["places"]["to"].as_i64());
            let places = single.gain.places;
            assert!(from.is_none_or(|from| from <= places) && to.is_none_or(|to| places <= to), "{told}");
            banded += u32::from(from > Some(0));
        }
        // Nothing of the rounds, and nothing exact.
        let page = fs::read_to_string(partage.join("index.html")).expect("a page");
        assert!(page.contains("id=\"leviers\"") && json["levers"].get("unlocked").is_none());
        asked += 1;
        gained += u32::from(answer.singly.iter().any(|single| single.gain.places > 0));
    }
    assert!(asked >= 12 && gained >= 5 && banded >= 2, "{asked} {gained} {banded}");
}

/// What can be shown of levers is the same on the page as in the JSON: other people who lead to the one lead to the other.
#[test]
fn the_page_tells_of_levers_what_the_json_tells() {
    let told = |draft: Draft, seed: u64| {
        let (study, plan) = study(draft.check().ok()?.0);
        let (plan, levers) = (plan?, some_levers(study.territory(), seed));
        // The shuttle's stop and the lifts' drivers are other ones.
        let levers = &levers[3..];
        let limits = Limits { nodes: 60, ..Limits::default() };
        let levers = LeverStudy::new(&study, levers, &limits, &Control::none()).ok()??;
        let answer = levers.answer(&LeverQuestion::default(), &Control::none()).ok()?;
        let run = Run { levers: Some((&answer).into()), ..Run::new(study.times()) };
        let documents = report::documents(study.territory(), &plan, &run);
        let json = documents.into_iter().find(|d| d.path == "partage/partage.json").expect("JSON").bytes;
        Some((json, report::page(study.territory(), &plan, &run, Audience::Partage)))
    };
    let mut same = 0;
    for seed in 0..60 {
        let (Some((json, page)), Some((other_json, other_page))) =
            (told(random(seed), seed), told(elsewhere(seed), seed))
        else {
            continue;
        };
        if json == other_json {
            same += 1;
            assert!(page == other_page, "seed {seed}: the pages differ where the JSON does not");
        }
    }
    assert!(same > 5, "{same} pairs say the same");
}

#[test]
fn a_cell_hidden_alone_is_caught() {
    let (mut tried, mut caught) = (0, 0);
    for seed in 0..120 {
        let Ok((territory, _)) = random(seed).check() else { continue };
        let (study, Some(plan)) = study(territory) else { continue };
        let dir = tempfile::tempdir().expect("a folder");
        let partage = written_to(dir.path(), &study, &plan);
        let mut json: Value =
            serde_json::from_slice(&fs::read(partage.join("partage.json")).expect("JSON")).expect("JSON");
        let lonely = json["tables"].as_array_mut().expect("tables").iter_mut().find_map(|table| {
            let whole = |row: &Value| {
                row["cells"]
                    .as_array()
                    .is_some_and(|cells| cells.len() > 1 && !cells.iter().any(Value::is_null))
            };
            let rows = table["rows"].as_array_mut()?;
            rows.iter().all(whole).then(|| rows[0]["cells"][0].take())
        });
        if lonely.is_none_or(|cell| cell.is_null()) || json["threshold"].as_u64() < Some(2) {
            continue;
        }
        fs::write(partage.join("tables.csv"), "by,row,outcome,people,diffusion\n").expect("an empty table");
        tried += 1;
        caught += u32::from(!attack_with(&partage, &json).leaks().is_empty());
    }
    assert!(tried >= 10 && caught == tried, "{caught} of {tried}");
}

#[test]
fn a_total_that_fixes_sizes_is_caught() {
    let (study, plan) = shipped("chinonais");
    let dir = tempfile::tempdir().expect("a folder");
    let partage = written_to(dir.path(), &study, &plan);
    let mut json: Value =
        serde_json::from_slice(&fs::read(partage.join("partage.json")).expect("JSON")).expect("JSON");
    let most: u64 = json["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|g| g["size"]["to"].as_u64().expect("to"))
        .sum();
    json["people"] =
        serde_json::json!({ "enrolled": 570, "placed": most, "left_out": 570 - most, "fewer_than": null });
    json["zones"] = serde_json::json!([]);
    json["tables"] = serde_json::json!([]);
    json["outcomes"] = serde_json::json!([]);
    fs::write(partage.join("tables.csv"), "by,row,outcome,people,diffusion\n").expect("an empty table");
    let leaks = attack_with(&partage, &json).leaks();
    assert!(leaks.iter().any(|leak| leak.starts_with("size")), "{leaks:?}");
}

/// The territory of a seed with other people, who live elsewhere in the same communes.
fn elsewhere(seed: u64) -> Draft {
    let mut other = random(seed);
    for (i, youth) in other.youths.iter_mut().enumerate() {
        youth.value.key = key(&format!("autre-{:03}", 999 - i));
        // From the village to its hamlet and back.
        let home = youth.value.home.take();
        youth.value.home = home.map(|home| match home.as_str().strip_prefix("lieu-cache-") {
            Some(c) => key(&format!("379{:02}", c.parse::<u32>().expect("a number"))),
            None => key(&format!("lieu-cache-{}", home.as_str()[3..].parse::<u32>().expect("a number"))),
        });
    }
    other
}

/// The page says no more than `partage.json`: where other people, elsewhere and otherwise named, lead to the same JSON, they
/// lead to the same page.
#[test]
fn the_page_tells_what_the_json_tells() {
    let told = |draft: Draft| {
        let (study, plan) = study(draft.check().ok()?.0);
        let (plan, run) = (plan?, Run::new(study.times()));
        let json = report::shared(study.territory(), &plan).to_string();
        Some((json, report::page(study.territory(), &plan, &run, Audience::Partage)))
    };
    let mut same = 0;
    for seed in 0..150 {
        let (Some((json, page)), Some((other_json, other_page))) =
            (told(random(seed)), told(elsewhere(seed)))
        else {
            continue;
        };
        if json == other_json {
            same += 1;
            assert!(page == other_page, "seed {seed}: the pages differ where the JSON does not");
        }
    }
    assert!(same > 20, "{same} pairs say the same");
}
