//! Structures alone and together: laws on drawn territories, sums on the valley, and what may be sent.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common;

use common::{copied_without, tiny};
use maillage::finding::{Code, Lang};
use maillage::groups::Limits;
use maillage::questions::{FarRates, Pooling, Split, Structure, pooling, under_programmes_of};
use maillage::study::{Outcome, Study};
use maillage::territory::{Draft, Edit, Mode, Pool, PoolMember, Site, SiteStatus, Territory, Way};
use maillage::travel::{Links, StraightLine, TravelProvider};
use maillage::units::{Cents, Key, Position, Seconds};
use maillage::{Control, Error, read, report};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn structure(name: &str, territory: &Territory) -> Structure {
    Structure { member: PoolMember::new(name, territory.clone()), providers: Vec::new() }
}

fn pooled(structures: Vec<Structure>, split: Split) -> Option<Pooling> {
    pooling(structures, split, &Limits::default(), &Control::none()).expect("it holds together")
}

fn valley() -> Territory {
    read::territory(&root().join("data/valley"), &Control::none()).expect("sound").territory
}

fn providers() -> Vec<Arc<dyn TravelProvider>> {
    vec![Arc::new(Links), Arc::new(StraightLine)]
}

/// The same programmes, so that some groups may be shared, in a part of the draft of another seed.
fn neighbour(first: &Draft, seed: u64) -> Draft {
    let mut draft = tiny(seed);
    if seed.is_multiple_of(3) {
        draft.programmes.clone_from(&first.programmes);
        draft.rules.clone_from(&first.rules);
        draft.calendar.clone_from(&first.calendar);
    }
    draft
}

fn placed(pooling: &Pooling) -> (i64, i64) {
    let value = |one: &maillage::questions::Coalition| one.placed().map_or(0, |tier| tier.value);
    (pooling.alone.iter().map(value).sum(), value(&pooling.together))
}

#[test]
fn pooling_never_places_fewer_than_apart() {
    let (mut shared, mut more, mut tried) = (0, 0, 0);
    for seed in 0..150u64 {
        let first = tiny(seed);
        let second = neighbour(&first, seed + 1_000);
        let (Ok((a, _)), Ok((b, _))) = (first.check(), second.check()) else { continue };
        // One node: a search that ends before it has looked is where the law is hard.
        let nodes = if seed.is_multiple_of(2) { 0 } else { 2_000 };
        let limits = Limits { nodes, ..Limits::default() };
        let both = vec![structure("a", &a), structure("b", &b)];
        let answer = match pooling(both, Split::YouthHours, &limits, &Control::none()) {
            Ok(answer) => answer,
            Err(error) => panic!("seed {seed}: {error}"),
        };
        let Some(pooling) = answer else { continue };
        tried += 1;
        let (apart, together) = placed(&pooling);
        assert!(together >= apart, "seed {seed}: {together} together, {apart} apart");
        let bound = pooling.together.placed().map_or(i64::MAX, |tier| tier.bound);
        assert!(bound >= together, "seed {seed}: {together} placed within {bound}");
        let plan = pooling.together.plan(&Control::none()).expect("not cancelled");
        let study = &pooling.together.study;
        assert_eq!(plan.check(study.territory(), study.times()), Ok(()), "seed {seed}");
        let bill = pooling.bill();
        let paid: u64 = bill.of.iter().map(|cost| cost.get()).sum();
        assert_eq!(paid, bill.total.get(), "seed {seed}: the parts add up");
        shared += u32::from(pooling.shared().next().is_some());
        more += u32::from(together > apart);
        if pooling.far.is_some() {
            assert!(pooling.shared().next().is_none(), "seed {seed}: far apart, no group meets weekly");
        }
    }
    assert!(tried > 60 && shared > 5 && more > 3, "{tried} tried, {shared} share groups, {more} gain");
}

#[test]
fn alone_is_a_plan_of_the_territory_as_it_is() {
    let territory = valley();
    let pooling = pooled(vec![structure("valley", &territory)], Split::YouthHours).expect("a plan");
    let mut study = Study::new(territory, providers(), &Control::none()).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none()).expect("not cancelled") else {
        panic!("no plan")
    };
    assert_eq!(pooling.together.tiers, plan.tiers);
    let told = pooling.together.plan(&Control::none()).expect("not cancelled");
    // Handles are given anew: what is said by keys is the same, byte for byte.
    let said = |territory: &Territory, plan| report::json(territory, plan).to_string();
    assert_eq!(said(pooling.together.study.territory(), &told), said(study.territory(), &plan));
    assert_eq!((pooling.together.places(), pooling.together.groups()), (12, 3));
    assert!(pooling.far.is_none() && pooling.shared().next().is_none());
}

/// Two valleys at one place: 3 want to dance in each, and a group has 4 at least.
#[test]
fn what_neither_can_alone_both_can() {
    let territory = valley();
    let both = vec![structure("amont", &territory), structure("aval", &territory)];
    let pooling = pooled(both, Split::YouthHours).expect("plans");
    let (apart, together) = placed(&pooling);
    assert_eq!(apart, 24);
    assert!(together > apart, "{together}");
    let shared: Vec<_> = pooling.shared().collect();
    assert!(!shared.is_empty());
    for meeting in &shared {
        let owners = meeting.members.iter().map(|key| pooling.pool.owner_of_youth(key).expect("somebody's"));
        let mut from = [0; 2];
        owners.for_each(|owner| from[owner] += 1);
        assert_eq!(meeting.from, from);
    }
    // Hours of guests are those of who is not at home.
    let hosted: u64 = pooling.shares().iter().map(|share| share.hosted_seconds).sum();
    assert!(hosted > 0);
    let keys: BTreeSet<&Key> = pooling.together.meetings.iter().flat_map(|m| &m.members).collect();
    assert!(keys.iter().any(|key| key.as_str().starts_with("aval/")), "{keys:?}");
}

#[test]
fn keys_are_given_once_and_programmes_of_the_same_terms_are_one() {
    let territory = valley();
    let pool =
        Pool::new(vec![PoolMember::new("a", territory.clone()), PoolMember::new("b", territory.clone())]);
    assert_eq!(pool.findings(), []);
    let whole = pool.territory(&[0, 1]).expect("sound");
    assert_eq!((whole.youths().len(), whole.sites().len()), (28, 6));
    assert_eq!((whole.places().len(), whole.programmes().len()), (territory.places().len(), 3));
    // Each alone has its own, under the same keys.
    let second = pool.territory(&[1]).expect("sound");
    assert_eq!((second.youths().len(), second.sites().len(), second.programmes().len()), (14, 3, 3));
    assert!(second.youths().iter().all(|(_, youth)| whole.youths().find(&youth.key).is_some()));
}

#[test]
fn other_terms_stay_apart_and_are_said() {
    let territory = valley();
    let atelier = territory.to_draft().programmes.iter().find(|w| w.value.key.as_str() == "atelier").cloned();
    let mut other = atelier.expect("it is there").value;
    other.group_cost = Cents::new(other.group_cost.get() + 1);
    let dearer = territory.edit(&[Edit::PutProgramme(other)]).expect("sound").0;
    let pool = Pool::new(vec![PoolMember::new("a", territory), PoolMember::new("b", dearer)]);
    let codes: Vec<Code> = pool.findings().iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::TermsDiffer]);
    assert!(pool.findings()[0].what.fr.contains("coûts"), "{}", pool.findings()[0].what.fr);
    assert_eq!(pool.territory(&[0, 1]).expect("sound").programmes().len(), 4);
}

#[test]
fn other_settings_are_said() {
    let territory = valley();
    let mut rules = territory.rules().clone();
    rules.threshold += 5;
    let careful = territory.edit(&[Edit::SetRules(rules.clone())]).expect("sound").0;
    rules.adviser_hour = Cents::new(40_00);
    let dear = territory.edit(&[Edit::SetRules(rules.clone())]).expect("sound").0;
    let pool = |second: Territory| {
        Pool::new(vec![PoolMember::new("a", territory.clone()), PoolMember::new("b", second)])
    };
    // The more careful threshold holds for both, and is nothing to warn of.
    assert_eq!(pool(careful.clone()).findings(), []);
    let both = pool(careful).territory(&[0, 1]).expect("sound");
    assert_eq!(both.rules().threshold, rules.threshold);
    let pool = pool(dear);
    assert_eq!(pool.findings().iter().map(|f| f.code).collect::<Vec<_>>(), [Code::SettingsDiffer]);
    assert_eq!(pool.findings()[0].source.to_string(), "b/territory.toml");
    assert_eq!(pool.territory(&[1]).expect("sound").rules().adviser_hour, territory.rules().adviser_hour);
}

#[test]
fn a_structure_without_advisers_is_not_bound_by_the_others() {
    let (with, mut draft) = (valley(), valley().to_draft());
    draft.advisers.clear();
    let without = draft.check().expect("sound").0;
    let pooling =
        pooled(vec![structure("a", &with), structure("b", &without)], Split::Places).expect("plans");
    let free = pooled(vec![structure("b", &without)], Split::Places).expect("a plan");
    assert_eq!(pooling.alone[1].places(), free.together.places());
    let (apart, together) = placed(&pooling);
    assert!(together >= apart);
}

#[test]
fn splits_add_up_to_the_cent() {
    for sum in [0, 1, 2, 99, 1_000_003] {
        for of in [[(1, 1), (1, 2), (1, 4)], [(0, 0), (0, 0), (0, 0)], [(7, 0), (0, 9), (3, 3)]] {
            for split in Split::ALL {
                let takes_part = of.map(|(places, _)| places > 0);
                let shares = split.shares(sum, &of, &takes_part);
                assert_eq!(shares.iter().sum::<u64>(), sum, "{split:?} {of:?}");
            }
        }
    }
    assert_eq!(Split::YouthHours.shares(10, &[(1, 1), (1, 2)], &[true, true]), [3, 7]);
    assert_eq!(Split::Half.shares(9, &[(5, 5), (1, 1), (0, 0)], &[true, true, false]), [5, 4, 0]);
}

/// The valley, so many degrees farther north.
fn moved(territory: &Territory, north: f64) -> Territory {
    let mut draft = territory.to_draft();
    let there = |at: Option<Position>| at.and_then(|at| Position::new(at.lon(), at.lat() + north));
    draft.places.iter_mut().for_each(|w| w.value.position = there(w.value.position));
    draft.sites.iter_mut().for_each(|w| w.value.position = there(w.value.position));
    draft.outlines = Default::default();
    draft.check().expect("sound").0
}

/// A provider keeps what it made of the last territory: of one that is the same but for its handles, that would be another's.
#[test]
fn times_are_those_of_the_keys_whatever_the_handles() {
    let opened = read::territory(&root().join("data/chinonais"), &Control::none()).expect("sound");
    let again = opened.territory.to_draft().check().expect("sound").0;
    let both = [&opened.territory, &again]
        .map(|t| Study::new(t.clone(), opened.providers(), &Control::none()).expect("times"));
    let trips = |study: &Study| {
        let t = study.territory();
        let mut all = BTreeMap::new();
        for stay in t.options().iter().filter_map(|option| option.stays.first()) {
            for (place, home) in t.places().iter() {
                let trip = study.times().trip(place, stay.site, Way::To, Mode::OnDemand, stay.into());
                all.insert(
                    (home.key.clone(), t.sites()[stay.site].key.clone(), stay.date, stay.arrive_by),
                    trip,
                );
            }
        }
        all
    };
    let [first, second] = both.each_ref().map(trips);
    assert!(first.values().any(|trip| trip.time().is_some()), "somebody is brought");
    assert!(first == second, "the same by other handles");
}

fn far() -> Pooling {
    let here = valley();
    let there = moved(&here, 1.3);
    pooled(vec![structure("sud", &here), structure("nord", &there)], Split::YouthHours).expect("plans")
}

#[test]
fn far_apart_nothing_weekly_is_proposed() {
    let pooling = far();
    let (apart, together) = placed(&pooling);
    assert_eq!(apart, together);
    assert!(pooling.shared().next().is_none());
    let far = pooling.far.as_ref().expect("they are");
    assert_eq!(far.nearest.len(), 2);
    assert!(far.nearest.iter().all(|near| near.distance.get() > 150_000), "{:?}", far.nearest);
    // Three dancers wait on each side for a minimum of four: by video they are a group.
    let visio = far.visio.iter().find(|visio| visio.gain() > 0).expect("a group by video");
    assert!(visio.from.iter().all(|&n| n > 0), "{visio:?}");
    let rates = FarRates::default();
    for event in &far.events {
        assert_ne!(event.host, event.guest);
        assert!(event.guests > 0 && event.there.get() >= 3 * 3_600);
        let km = u64::from(event.distance.get());
        assert_eq!(event.cost.get(), (rates.coach_km.get() * km * 2).div_ceil(1_000), "there and back");
    }
    assert!(!far.events.is_empty(), "140 km: there and back in a day");
    let told = report::pool_text(&pooling, Lang::Fr);
    let first = told.find("TROP LOIN POUR UN TRAJET CHAQUE SEMAINE").expect("it is said");
    assert!(first < told.find("À PART, PUIS ENSEMBLE").expect("then the plans"), "{told}");
    assert!(!told.contains("GROUPES COMMUNS"), "{told}");
}

/// The limit holds from home to the meeting point: who can't reach one is not counted.
#[test]
fn nobody_comes_to_the_coach_from_beyond_their_limit() {
    let here = valley();
    let mut rules = here.rules().clone();
    rules.limit = Seconds::from_minutes(1);
    let near = here.edit(&[Edit::SetRules(rules), Edit::SetPins(Vec::new())]).expect("sound").0;
    let pooling = pooled(vec![structure("a", &near), structure("b", &moved(&near, 1.3))], Split::Half);
    let tight: u32 = pooling.expect("plans").far.expect("far").events.iter().map(|event| event.guests).sum();
    let usual: u32 = far().far.expect("far").events.iter().map(|event| event.guests).sum();
    assert!(tight < usual, "{tight} of {usual}");
}

#[test]
fn what_is_sent_names_nobody_and_tells_no_small_number() {
    let pooling = far();
    let documents = report::pool_documents(&pooling, Lang::Fr);
    assert!(documents.iter().all(|document| document.path.starts_with("partage/")), "{documents:?}");
    let page = String::from_utf8(documents[0].bytes.clone()).expect("UTF-8");
    assert!(page.contains("Peut être montré"), "{page}");
    let territory = pooling.together.study.territory();
    for (_, youth) in territory.youths().iter() {
        let key = youth.key.as_str();
        let word = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == key);
        assert!(!word(&page) && !page.contains(&format!("/{key}")), "{key}");
    }
    for (_, place) in territory.places().iter().filter_map(|(id, p)| Some((id, p.position?))) {
        assert!(!page.contains(&place.lat().to_string()) && !page.contains(&format!("{:.3}", place.lat())));
    }
    // Every number of youths is "fewer than the threshold" or a band from there on.
    let threshold = territory.rules().threshold;
    let plain = page.replace(['\u{a0}', '\u{202f}'], " ");
    for of in ["jeune", "place"] {
        for (at, _) in plain.match_indices(&format!(" {of}")) {
            let before: Vec<&str> = plain[..at].rsplit(' ').take(3).collect();
            let Ok(number) = before[0].trim_start_matches('>').parse::<u32>() else { continue };
            let band =
                before[1] == "de" && before[2].to_lowercase().ends_with("moins") && number == threshold;
            let tens = before[1] == "à" && number > threshold;
            let assumed = number == FarRates::default().coach_seats;
            assert!(band || tens || assumed, "« {} {number} {of} »", before[1]);
        }
    }
}

#[test]
fn three_structures_are_told_where_two_would_do_better() {
    let territory = valley();
    let three = vec![structure("a", &territory), structure("b", &territory), structure("c", &territory)];
    let pooling = pooled(three, Split::YouthHours).expect("plans");
    assert_eq!(pooling.pairs.len(), 3);
    let (apart, together) = placed(&pooling);
    assert!(together >= apart);
    for pair in &pooling.pairs {
        let rest: i64 = pooling
            .alone
            .iter()
            .filter(|one| !pair.of.contains(&one.of[0]))
            .map(|one| one.placed().map_or(0, |tier| tier.value))
            .sum();
        assert!(together >= rest + pair.placed().map_or(0, |tier| tier.value), "all contain two and one");
    }
}

fn maillage(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.args(args).arg("-q").current_dir(root()).output().expect("it runs")
}

#[test]
fn the_command_tells_it_in_both_languages_and_as_json() {
    let folder = tempfile::tempdir().expect("a folder");
    copied_without(&root().join("data/valley"), &folder.path().join("aval"), "");
    let aval = folder.path().join("aval");
    let args = ["pool", "data/valley", aval.to_str().expect("plain")];
    let said = |more: &[&str]| {
        let output = maillage(&[&args, more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(said(&[]).contains("LES GROUPES COMMUNS"));
    assert!(said(&["--lang", "en"]).contains("SHARED GROUPS"));
    let json: Value = serde_json::from_str(&said(&["--json"])).expect("JSON");
    assert_eq!(json["schema"], "maillage/pool/1");
    let paid =
        json["bill"]["paid_cents"].as_array().expect("a list").iter().map(|n| n.as_u64().expect("cents"));
    assert_eq!(Some(paid.sum()), json["bill"]["total_cents"].as_u64());
    let out = folder.path().join("report");
    said(&["--out", out.to_str().expect("plain")]);
    assert!(out.join("partage/mise-en-commun.html").is_file());
}

#[test]
fn what_is_no_territory_is_said_with_its_folder() {
    let output = maillage(&["pool", "data/valley", "data/nowhere", "data/broken/min-above-max"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("M001") && told.contains("nowhere"), "{told}");
    assert!(told.contains("min-above-max/programmes") && told.contains("M203"), "{told}");
    let twice = maillage(&["pool", "data/valley", "data/valley"]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&twice.stderr).contains("M813"), "{twice:?}");
}

#[test]
fn a_territory_beside_itself_is_the_same_and_a_town_is_not() {
    let here = valley();
    let under = |second: &Territory| {
        under_programmes_of(&here, second, providers(), &Limits::default(), &Control::none())
            .expect("it holds together")
            .expect("a plan")
    };
    let (a, b) = (under(&here), under(&here));
    assert_eq!(a.programmes(), b.programmes());
    let mut study = Study::new(here.clone(), providers(), &Control::none()).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none()).expect("not cancelled") else {
        panic!("no plan")
    };
    assert_eq!(a.plan.groups, plan.groups, "nothing is changed where programmes are the same");
    // Everybody lives beside the first site.
    let mut draft = here.to_draft();
    let site: &Site<_> = &draft.sites[0].value;
    assert_eq!(site.status, SiteStatus::Existing);
    let at = site.position;
    draft.places.iter_mut().for_each(|w| w.value.position = at);
    draft.outlines = Default::default();
    let town = under(&draft.check().expect("sound").0);
    assert!(town.places() > a.places(), "{:?} in town", town.places());
}

#[test]
fn two_territories_are_compared_by_the_command() {
    let folder = tempfile::tempdir().expect("a folder");
    copied_without(&root().join("data/valley"), &folder.path().join("aval"), "");
    let aval = folder.path().join("aval");
    let aval = aval.to_str().expect("plain");
    let output = maillage(&["compare", "data/valley", aval, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["schema"], "maillage/compare-territories/1");
    assert_eq!(json["territories"][0]["programmes"], json["territories"][1]["programmes"]);
    let shared = maillage(&["compare", "data/valley", aval, "--json", "--partage"]);
    let shared: Value = serde_json::from_slice(&shared.stdout).expect("JSON");
    for programme in shared["territories"][0]["programmes"].as_array().expect("a list") {
        assert!(programme["reasons"].is_null() && programme["trip_s"].is_null());
        assert_eq!(programme["placed"]["to"], 10, "fewer than the threshold");
    }
    assert_eq!(maillage(&["compare", "data/valley", aval, "coupe"]).status.code(), Some(2));
    assert_eq!(
        maillage(&["compare", aval, "data/nowhere"]).status.code(),
        Some(2),
        "no scenario of that name"
    );
}

#[test]
fn unknown_youths_have_no_owner() {
    let pool = Pool::new(vec![PoolMember::new("a", valley())]);
    let nobody = Key::new("nobody").expect("a key");
    assert_eq!((pool.owner_of_youth(&nobody), pool.owner_of_site(&nobody)), (None, None));
    let twice = vec![structure("a", &valley()), structure("a", &valley())];
    let refused = pooling(twice, Split::default(), &Limits::default(), &Control::none());
    assert!(matches!(refused, Err(Error::Input(found)) if found[0].code == Code::PooledTwice));
}
