//! A profile as its TOML file says it.

use super::{Access, Barriers, Conditions, MaxSpeed, OneWay, Profile, Snapping, Turns};
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::units::{Metres, Speed};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    top_kmh: Option<f64>,
    #[serde(default)]
    ferry_kmh: Option<f64>,
    access: AccessTable,
    class_kmh: BTreeMap<String, f64>,
    #[serde(default)]
    class_if_allowed_kmh: BTreeMap<String, f64>,
    #[serde(default)]
    classes_closed: BTreeSet<String>,
    #[serde(default)]
    closed_if: Conditions,
    #[serde(default)]
    maxspeed: Option<MaxSpeedTable>,
    #[serde(default)]
    cap_kmh: BTreeMap<String, BTreeMap<String, f64>>,
    #[serde(default)]
    uncapped: Conditions,
    #[serde(default)]
    oneway: OneWayTable,
    #[serde(default)]
    barriers: Option<BarrierTable>,
    #[serde(default)]
    turns: TurnTable,
    #[serde(default)]
    snapping: SnappingTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccessTable {
    keys: Vec<String>,
    #[serde(default)]
    open: BTreeSet<String>,
    closed: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaxSpeedTable {
    factor: f64,
    #[serde(default)]
    directional: bool,
    #[serde(default)]
    words_kmh: BTreeMap<String, f64>,
    #[serde(default)]
    word_keys: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneWayTable {
    keys: Vec<String>,
    #[serde(default)]
    implied: Conditions,
    #[serde(default)]
    contraflow: Vec<String>,
    #[serde(default)]
    closed: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BarrierTable {
    closed: BTreeSet<String>,
    #[serde(default)]
    open: BTreeSet<String>,
    #[serde(default)]
    delays_s: BTreeMap<String, f64>,
    #[serde(default)]
    signal_s: f64,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnTable {
    #[serde(default)]
    junction_s: f64,
    #[serde(default)]
    penalty_s: f64,
    #[serde(default)]
    bias: Option<f64>,
    #[serde(default)]
    u_turn_s: f64,
    #[serde(default)]
    restrictions: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SnappingTable {
    #[serde(default)]
    silent_m: Option<u32>,
    #[serde(default)]
    limit_m: Option<u32>,
    #[serde(default)]
    off_road_kmh: Option<f64>,
    #[serde(default)]
    edge_kmh: f64,
    #[serde(default)]
    never: Conditions,
    #[serde(default)]
    min_component: u32,
}

pub(super) fn parse(text: &str, name: &str) -> Result<Profile, Error> {
    let file: File = toml::from_str(text).map_err(|error| refused(name, error.message()))?;
    check(&file).map_err(|what| refused(name, &what))?;
    Ok(Profile {
        name: file.name,
        access: Access { keys: file.access.keys, open: file.access.open, closed: file.access.closed },
        classes: file.class_kmh,
        if_allowed: file.class_if_allowed_kmh,
        closed: file.classes_closed,
        closed_if: file.closed_if,
        maxspeed: file.maxspeed.map(|table| MaxSpeed {
            factor: table.factor,
            directional: table.directional,
            words: table.words_kmh,
            word_keys: table.word_keys,
        }),
        caps: file.cap_kmh,
        uncapped: file.uncapped,
        top: file.top_kmh,
        oneway: OneWay {
            keys: file.oneway.keys,
            implied: file.oneway.implied,
            contraflow: file.oneway.contraflow,
            closed: file.oneway.closed,
        },
        ferry: file.ferry_kmh,
        barriers: file.barriers.map(|table| Barriers {
            closed: table.closed,
            open: table.open,
            delays: table.delays_s,
            signal: table.signal_s,
        }),
        turns: Turns {
            junction: file.turns.junction_s,
            penalty: file.turns.penalty_s,
            bias: file.turns.bias.unwrap_or(1.0),
            u_turn: file.turns.u_turn_s,
            restrictions: file.turns.restrictions,
        },
        snapping: Snapping {
            silent: file.snapping.silent_m.map(Metres::new),
            limit: file.snapping.limit_m.map(Metres::new),
            off_road: file.snapping.off_road_kmh,
            crow: file.snapping.edge_kmh.clamp(0.0, 400.0),
            never: file.snapping.never,
            min_component: file.snapping.min_component,
        },
    })
}

/// Figures are in their ranges, or the one that is not is named.
fn check(file: &File) -> Result<(), String> {
    let caps = file.cap_kmh.values().flatten();
    let words = file.maxspeed.iter().flat_map(|table| &table.words_kmh);
    let named = file.class_kmh.iter().chain(&file.class_if_allowed_kmh).chain(caps).chain(words);
    let single = [("top_kmh", file.top_kmh), ("ferry_kmh", file.ferry_kmh)];
    let off_road = [("off_road_kmh", file.snapping.off_road_kmh)];
    let single = single.into_iter().chain(off_road).filter_map(|(key, kmh)| Some((key, kmh?)));
    for (key, kmh) in named.map(|(key, &kmh)| (key.as_str(), kmh)).chain(single) {
        if Speed::from_kmh(kmh).is_none() {
            return Err(format!("{key} = {kmh}: not between 0.1 and 400 km/h"));
        }
    }
    let turns = &file.turns;
    let delays = file.barriers.iter().flat_map(|table| &table.delays_s).map(|(key, &s)| (key.as_str(), s));
    let signal = file.barriers.iter().map(|table| ("signal_s", table.signal_s));
    let costs =
        [("junction_s", turns.junction_s), ("penalty_s", turns.penalty_s), ("u_turn_s", turns.u_turn_s)];
    for (key, seconds) in costs.into_iter().chain(delays).chain(signal) {
        if !(0.0..=3600.0).contains(&seconds) {
            return Err(format!("{key} = {seconds}: not between 0 and 3600 s"));
        }
    }
    let factors = file.maxspeed.iter().map(|table| ("factor", table.factor));
    for (key, factor) in factors.chain(turns.bias.map(|bias| ("bias", bias))) {
        if !(0.1..=10.0).contains(&factor) {
            return Err(format!("{key} = {factor}: not between 0.1 and 10"));
        }
    }
    Ok(())
}

fn refused(name: &str, what: &str) -> Error {
    let what = what.trim_end();
    Error::Input(vec![Finding::new(
        Code::BadProfile,
        Source::file(name),
        Text::say(|words| words.bad_profile(what)),
        Text::say(|words| words.correct_the_profile()),
    )])
}
