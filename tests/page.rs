//! The pages: what is in them, and what a name that a file gave can't do to them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{MONDAY, key, north, place, programme, site, youth};
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::questions::{Grid, Viable, sweep};
use maillage::report::{self, Audience, Document, Run};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::StraightLine;
use maillage::units::{InseeCode, Seconds};
use maillage::{Control, read};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

// ------------------------------------------------------- reading pages back

/// What a browser would make of a page: its tags with the names of their attributes, and its words.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    tags: Vec<String>,
    words: Vec<String>,
}

impl Read {
    /// Of tags whose attributes are all between double quotes, as ours are.
    fn of(html: &str) -> Self {
        let (mut tags, mut words) = (Vec::new(), Vec::new());
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            words.push(rest[..start].to_owned());
            let (tag, after) = tag(&rest[start + 1..]);
            let raw = ["style", "script"].into_iter().find(|name| tag == **name);
            rest = match raw {
                Some(name) => &after[after.find(&format!("</{name}")).expect("an end")..],
                None => after,
            };
            tags.push(tag);
        }
        words.push(rest.to_owned());
        words.retain(|word| !word.trim().is_empty());
        let unescaped = |word: String| {
            let marks = [("&#39;", "'"), ("&#34;", "\""), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
            marks.into_iter().fold(word.replace(['\u{a0}', '\u{202f}'], " "), |word, (code, mark)| {
                word.replace(code, mark)
            })
        };
        Self { tags, words: words.into_iter().map(unescaped).collect() }
    }
}

/// A tag without the values of its attributes, and what follows it.
fn tag(text: &str) -> (String, &str) {
    let (mut told, mut quoted) = (String::new(), false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return (told, &text[at + 1..]),
            c if !quoted => told.push(c),
            _ => {}
        }
    }
    panic!("a tag without an end: {}", &text[..text.len().min(80)]);
}

// ------------------------------------------------------------ what is drawn

fn planned(study: Study) -> (Study, Plan) {
    let mut study = study;
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => (study, *plan),
        other => panic!("{other:?}"),
    }
}

fn shipped(name: &str) -> (read::Opened, Study, Plan) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let opened = read::territory(&dir, &Control::none()).expect("sound");
    let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let (study, plan) = planned(study);
    (opened, study, plan)
}

fn html(documents: &[Document]) -> impl Iterator<Item = (&str, &str)> {
    let pages = documents.iter().filter(|document| document.path.ends_with(".html"));
    pages.map(|page| (page.path.as_str(), std::str::from_utf8(&page.bytes).expect("UTF-8")))
}

// ---------------------------------------------------------------- the tests

#[test]
fn a_page_holds_all_that_it_needs() {
    let (opened, study, plan) = shipped("chinonais");
    for lang in [Lang::Fr, Lang::En] {
        let run = Run { lang, ..Run::of(&opened, study.times()) };
        let documents = report::documents(study.territory(), &plan, &run);
        let mut pages = 0;
        for (path, page) in html(&documents) {
            pages += 1;
            assert!(page.len() < 1_000_000, "{path}: {} bytes", page.len());
            for elsewhere in ["http:", "https:", "src=\"/", "@import", "url(/", "<link", "<iframe"] {
                assert!(!page.contains(elsewhere), "{path} holds {elsewhere}");
            }
            assert!(page.contains("default-src &#39;none&#39;"), "{path} allows anything");
            let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next());
            assert!(style.is_some_and(|style| !style.is_empty() && style.len() < 8_000), "{path}'s style");
            let audience = path.split('/').next().expect("a folder");
            assert!(
                page.contains(&format!("name=\"diffusion\" content=\"{audience}\"")),
                "{path} is not marked"
            );
        }
        assert_eq!(pages, 2 + plan.groups.len(), "both pages, and sheets for each group");
    }
}

#[test]
fn the_pages_of_the_valley_answer_first() {
    let (opened, study, plan) = shipped("valley");
    let run = Run::of(&opened, study.times());
    let first = |audience| {
        let page = report::page(study.territory(), &plan, &run, audience);
        let words = Read::of(&page).words;
        let from = words.iter().position(|word| word == "En bref").expect("the answer's link");
        let from =
            from + 1 + words[from + 1..].iter().position(|word| word == "En bref").expect("its heading");
        let until = words.iter().rposition(|word| word == "La carte").expect("the map");
        words[from..until].join("\n")
    };
    insta::assert_snapshot!(first(Audience::Interne), @r#"
    En bref
    Atelier
    2 groupes possibles, 7 jeunes sur 10.
    Ce qui bloque pour les 3 autres : les trajets.
    Pour un groupe de plus : 2 jeunes de plus pouvant venir au site « Antenne de Croix » le jeudi matin (au moins 2 places de plus).
    Chantier
    1 groupe possible, 5 jeunes sur 9 ; au site « Antenne de Croix » le jeudi toute la journée, il manque 1 jeune.
    Ce qui bloque pour les 4 autres : les trajets et les disponibilités.
    Pour un groupe de plus : des trajets d'au plus 1 h 10 au site « Antenne de Croix » le jeudi toute la journée (au moins 3 places de plus) ; ou 2 jeunes de plus pouvant venir au site « Antenne de Croix » le jeudi toute la journée (au moins 3 places de plus).
    Code de la route
    Aucun groupe possible ; au site « Siège de Pont » le vendredi matin, il manque 1 jeune.
    Ce qui bloque : trop peu d'inscrits ayant l'âge requis.
    Pour un groupe de plus : un minimum de 3 au lieu de 4 (au moins 3 places de plus).
    En tout, 11 jeunes ont une place dans au moins un groupe, sur 14 inscrits.
    Sur 14 jeunes, aucun n'a au moins 15 h d'activité collective par semaine à sa portée.
    Meilleur plan possible : prouvé.
    Sites à ouvrir : Salle des fêtes de Haut (site candidat, 2 000 € pour l'ouvrir).
    "#);
    insta::assert_snapshot!(first(Audience::Partage), @r#"
    En bref
    Atelier
    2 groupes possibles.
    Chantier
    1 groupe possible ; au site « Antenne de Croix » le jeudi toute la journée, il manque 1 à 4 jeunes.
    Code de la route
    Aucun groupe possible ; au site « Siège de Pont » le vendredi matin, il manque 1 à 4 jeunes.
    Ce qui bloque : trop peu d'inscrits ayant l'âge requis.
    Aucun plan n'offre plus de places : prouvé.
    Sites à ouvrir : Salle des fêtes de Haut.
    "#);
}

/// A territory whose every name is `name` of a number.
fn named(name: impl Fn(usize) -> String) -> Study {
    let mut n = 0;
    let mut next = || {
        n += 1;
        name(n)
    };
    let mut draft = Draft::new(&next());
    let code = InseeCode::new("37072").expect("a code");
    let mut home = place("37072", north(0));
    (home.name, home.commune, home.epci) = (next(), Some(code), Some(next()));
    draft.place(home);
    let mut hamlet = place("hamlet", north(1));
    hamlet.name = next();
    draft.place(hamlet);
    for (id, status) in [
        ("s0", SiteStatus::Existing),
        ("s1", SiteStatus::Candidate { opening: Default::default() }),
        ("s2", SiteStatus::Existing),
    ] {
        let mut there = site(id, north(2), &["lun-am", "mar-am"]);
        (there.name, there.status) = (next(), status);
        draft.site(there);
    }
    for (id, min, weeks) in [("p0", 2, 2), ("p1", 9, 3), ("p2", 2, 2)] {
        let mut what = programme(id, min, 10);
        (what.name, what.weeks, what.start.first) = (next(), weeks, MONDAY);
        if id == "p2" {
            what.sites = Vec::new();
            what.alternating = vec![Alternating { by: Turn::Week, sites: vec![key("s0"), key("s2")] }];
        }
        draft.programme(what);
    }
    for _ in 0..6 {
        let mut somebody = youth(&next(), "37072", &["p0", "p1"]);
        somebody.birth = Birth::Age { years: 20, on: MONDAY };
        draft.youth(somebody);
        draft.youth(youth(&next(), "hamlet", &["p2"]));
    }
    let (territory, _) = draft.check().expect("a territory");
    Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study")
}

#[test]
fn a_name_stays_text_whatever_it_is() {
    let written = |name: &dyn Fn(usize) -> String| {
        let (study, plan) = planned(named(name));
        assert!(plan.groups.len() > 1, "{} groups", plan.groups.len());
        report::documents(study.territory(), &plan, &Run::new(study.times()))
    };
    let skeletons = |documents: &[Document]| -> Vec<(String, Vec<String>)> {
        html(documents).map(|(path, page)| (path.to_owned(), Read::of(page).tags)).collect()
    };
    let hostile: [fn(usize) -> String; 8] = [
        |n| format!("n{n:02}<script>alert(1)</script>"),
        |n| format!("n{n:02}\"><img src=x onerror=alert(1)>"),
        |n| format!("n{n:02}' onmouseover='alert(1)"),
        |n| format!("n{n:02}</title></style></script><b>"),
        |n| format!("n{n:02}javascript:alert(1)"),
        |n| format!("n{n:02}\u{202e}\u{2066}txt.exe"),
        |n| format!("n{n:02}&lt;b&gt;{{{{7*7}}}}{{% raw %}}"),
        |n| format!("n{n:02}<!--]]><svg/onload=alert(1)>"),
    ];
    for name in hostile {
        let documents = written(&name);
        // As long, so that as many names have room on the map, and in the same order.
        let plain = written(&|n| format!("n{n:02}{}", "x".repeat(name(n).chars().count() - 3)));
        assert_eq!(skeletons(&documents), skeletons(&plain), "{}", name(1));
        for (path, page) in html(&documents) {
            assert!(!page.contains("<script>alert") && !page.contains("<img"), "{path}");
            assert!(!page.contains(['\u{202e}', '\u{2066}']), "{path} turns the direction of writing");
        }
    }
}

#[test]
fn a_logo_is_a_picture_and_no_more() {
    let (study, plan) = planned(named(|n| format!("n{n:02}")));
    let logo =
        read::Logo::new(b"<svg xmlns=\"x\"><script>alert(1)</script></svg>".to_vec()).expect("a drawing");
    let run = Run { logo: Some(&logo), ..Run::new(study.times()) };
    for (path, page) in html(&report::documents(study.territory(), &plan, &run)) {
        assert!(page.contains("<img src=\"data:image/svg+xml;base64,"), "{path}");
        assert!(!page.contains("alert"), "{path}");
    }
}

/// Limits down and minimums across, over all programmes and for each: what the grid says, and for the desk alone.
#[test]
fn where_the_answer_flips_is_on_the_page_of_the_desk() {
    let (opened, study, plan) = shipped("valley");
    let swept = sweep(&study, &Grid::default(), &Limits::default(), &Control::none()).expect("not cancelled");
    let run = Run { sweep: Some(&swept), ..Run::of(&opened, study.times()) };
    let all = report::documents(study.territory(), &plan, &run);
    let pages: Vec<(&str, &str)> = html(&all).filter(|page| page.0.ends_with("index.html")).collect();
    assert_eq!(pages.len(), 2);
    for (path, page) in pages {
        assert_eq!(page.contains(r#"<section id="seuils""#), path.starts_with("interne"), "{path}");
    }
    let page = report::page(study.territory(), &plan, &run, Audience::Interne);
    let section = page.split(r#"<section id="seuils""#).nth(1).expect("the section");
    let section = Read::of(section.split("</section>").next().expect("its end")).words;
    let programmes = study.territory().programmes();
    let all_found: Vec<_> = swept.cells.iter().filter_map(|cell| cell.found.as_ref()).collect();
    assert!(all_found.len() > 10, "{} cells have a plan", all_found.len());
    for found in all_found {
        let places = format!("{} place", found.places.get());
        assert!(section.iter().any(|word| word.starts_with(&places)), "{places}: {section:#?}");
    }
    let groups = |id| swept.cells.iter().filter(|cell| cell.viable(id) == Viable::Yes).count();
    let told = section.iter().filter(|word| word.ends_with(" groupe") || word.ends_with(" groupes"));
    let alone = told.filter(|word| !word.contains("place")).count();
    assert_eq!(alone, programmes.ids().map(groups).sum::<usize>(), "one cell a programme that has groups");
    assert!(all.iter().any(|document| document.path == "interne/seuils.json"));
}

#[test]
fn hours_of_a_sheet_leave_in_time() {
    let (opened, study, plan) = shipped("valley");
    let documents = report::documents(study.territory(), &plan, &Run::of(&opened, study.times()));
    let sheets: Vec<Read> = html(&documents)
        .filter(|(path, _)| path.contains("fiches/"))
        .map(|(_, page)| Read::of(page))
        .collect();
    assert_eq!(sheets.len(), plan.groups.len());
    for (group, sheet) in plan.groups.iter().zip(&sheets) {
        let named: BTreeSet<&str> =
            group.members.iter().map(|member| study.territory().youths().key_of(member.youth)).collect();
        let told =
            sheet.words.iter().filter(|word| named.iter().any(|id| word.ends_with(&format!("Dossier {id}"))));
        assert_eq!(told.count(), named.len(), "a sheet a member");
    }
    let minutes = |clock: &str| -> u32 {
        let (hours, minutes) = clock.split_once(" h").expect("a clock");
        60 * hours.parse::<u32>().expect("hours") + minutes.trim().parse::<u32>().unwrap_or(0)
    };
    let mut checked = 0;
    for (group, sheet) in plan.groups.iter().zip(&sheets) {
        let days = sheet.words.iter().enumerate().filter(|(_, word)| *word == "Retour chez vous");
        for (member, (head, _)) in group.members.iter().zip(days) {
            let [day, leave, begins, ends, back] = &sheet.words[head + 1..head + 6] else { panic!("a line") };
            let trip = member.trip.expect("nobody attends by video in the valley");
            let on_the_way = (minutes(begins) - minutes(leave), minutes(back) - minutes(ends));
            // What is told of a member is the longest way; the first day may have a shorter one.
            let longest = (trip.to.to_minutes().get(), trip.back.to_minutes().get());
            assert!(
                on_the_way.0 <= longest.0 && on_the_way.1 <= longest.1,
                "{day}: {on_the_way:?} of {longest:?}"
            );
            checked += u32::from(on_the_way == longest);
        }
    }
    assert!(checked > 5, "{checked} members' hours are their trips'");
}

/// As many youths as a large structure has: nobody's page is too heavy for a telephone.
#[test]
fn five_thousand_youths_fit_in_a_page() {
    let mut draft = Draft::new("grand");
    for c in 0..200 {
        draft.place(place(&format!("c{c:03}"), north(c % 40)));
    }
    for s in 0..10 {
        draft.site(site(&format!("s{s}"), north(4 * s), &["lun-am", "mar-am", "jeu-am"]));
    }
    for p in 0..3 {
        let mut what = programme(&format!("p{p}"), 5, 15);
        what.limit = Some(Seconds::from_minutes(30));
        draft.programme(what);
    }
    for y in 0..5_000 {
        draft.youth(youth(
            &format!("y{y:04}"),
            &format!("c{:03}", y * 7 % 200),
            &[["p0", "p1", "p2"][y % 3]],
        ));
    }
    let (territory, _) = draft.check().expect("a territory");
    let mut study = Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    let limits = Limits { nodes: 1, ..Limits::default() };
    let Outcome::Plan(plan) = study.plan(&limits, &Control::none()).expect("not cancelled") else {
        panic!("no plan")
    };
    for (path, page) in html(&report::documents(study.territory(), &plan, &Run::new(study.times()))) {
        assert!(page.len() < 3_000_000, "{path}: {} bytes", page.len());
    }
}
