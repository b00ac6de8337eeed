//! The reports of a small plan made by hand. Nothing is computed here: the
//! plan need not be right, only told.

use super::*;
use crate::finding::{Code, Finding, Lang, Source, Text};
use crate::groups::{Proof, Stopped, Tier, TierResult};
use crate::plan::{
    Alike, Beside, Between, Bind, Change, Further, Group, Lack, LeftOut, Lever, Member, Offer, Plan,
    ProgrammeAnswer, RoundTrip, Verdict, WeeklyHoursReach,
};
use crate::reach::{Reason, Reasons};
use crate::territory::*;
use crate::units::*;
use insta::assert_snapshot;
use jiff::civil::date;
use serde_json::{Value, json};

fn key(text: &str) -> Key {
    Key::new(text).expect("a key")
}

fn site(id: &str, name: &str, status: SiteStatus) -> Site<Names> {
    Site {
        key: key(id),
        name: name.to_owned(),
        commune: None,
        position: Position::new(0.2, 47.1),
        status,
        rooms: 1,
        open: vec![key("mar-am"), key("mar-pm"), key("jeu-pm")],
        half_days: None,
        room_cost: Cents::default(),
    }
}

fn programme(id: &str, name: &str, size: (u32, u32, u32)) -> Programme<Names> {
    Programme {
        key: key(id),
        name: name.to_owned(),
        size: GroupSize::new(size.0, size.1, size.2).expect("sizes in order"),
        rhythm: Rhythm::HalfDays(2),
        slots: Vec::new(),
        sites: Vec::new(),
        alternating: Vec::new(),
        weeks: 3,
        start: StartWindow { first: date(2026, 9, 7), later_weeks: 0 },
        in_holidays: InHolidays::Runs,
        needed: Needed::All,
        limit: None,
        ages: Ages::MISSION_LOCALE,
        mix: Vec::new(),
        excludes: Vec::new(),
        max_groups: 1,
        group_cost: Cents::default(),
        attendance: None,
        hold: None,
    }
}

fn youth(id: &str, programmes: &[&str]) -> Youth<Names> {
    Youth {
        key: key(id),
        home: Some(key("bourg")),
        birth: Birth::Age { years: 20, on: date(2026, 9, 1) },
        recognised_disability: false,
        sex: None,
        licences: Vec::new(),
        vehicles: Vec::new(),
        lifts: Vec::new(),
        rides: Vec::new(),
        availability: Availability::default(),
        programmes: programmes.iter().map(|p| key(p)).collect(),
        priority: Priority::NONE,
        attendance: None,
    }
}

fn territory() -> Territory {
    let mut draft = Draft::new("Le Petit Pays");
    draft.place(Place {
        key: key("bourg"),
        name: "Bourg".to_owned(),
        commune: None,
        position: Position::new(0.2, 47.1),
        population: None,
        epci: None,
    });
    draft.site(site("chinon", "Chinon", SiteStatus::Existing));
    draft.site(site("richelieu", "Richelieu", SiteStatus::Candidate { opening: Cents::new(150_000) }));
    draft.programme(programme("atelier", "Atelier", (2, 3, 4)));
    draft.programme(programme("cej", "CEJ", (5, 10, 15)));
    draft.programme(programme("visite", "", (2, 2, 2)));
    for id in ["y1", "y2", "y3", "y4"] {
        draft.youth(youth(id, &["atelier", "cej"]));
    }
    draft.youth(youth("y5", &["cej"]));
    draft.provenance = Provenance::Synthetic(Box::new(Synthesis { seed: 7, ..Synthesis::default() }));
    draft.check().expect("a territory").0
}

fn offer(t: &Territory, programme: &str, site: &str, slots: &[&str]) -> Offer {
    Offer {
        programme: t.programmes().find_str(programme).expect("a programme"),
        venue: Venue::One(t.sites().find_str(site).expect("a site")),
        slots: slots.iter().map(|s| t.slots().find_str(s).expect("a slot")).collect(),
        start: date(2026, 9, 7),
    }
}

fn member(t: &Territory, id: &str, to: Mode, back: Mode, minutes: u32) -> Member {
    let time = Seconds::from_minutes(minutes);
    let trip = RoundTrip { mode_to: to, mode_back: back, to: time, back: time.plus(Seconds::new(1)) };
    Member {
        youth: t.youths().find_str(id).expect("a youth"),
        trip: Some(trip),
        reachable: 6,
        unknown: 0,
        median: Some(trip.longer()),
        of: 6,
        ride: None,
    }
}

fn plan(t: &Territory) -> Plan {
    let id = |programme| t.programmes().find_str(programme).expect("a programme");
    let out = |programme, youth, reason| LeftOut {
        programme: id(programme),
        youth: t.youths().find_str(youth).expect("a youth"),
        reason,
        reasons: Reasons::only(reason).with(Reason::BetterPlan),
    };
    let people = Headcount::new;
    let answer = |programme, groups, placed, enrolled, closest, binds| ProgrammeAnswer {
        programme: id(programme),
        groups,
        placed: people(placed),
        enrolled: people(enrolled),
        closest,
        binds,
    };
    let mut some = member(t, "y2", Mode::Lift, Mode::Bus, 37);
    some.reachable = 5;
    let members =
        vec![member(t, "y1", Mode::Car, Mode::Car, 12), some, member(t, "y3", Mode::Car, Mode::Car, 9)];
    let hours = t.youths().ids().map(|youth| WeeklyHoursReach {
        youth,
        within_reach: Seconds::from_minutes(if youth.index() == 0 { 900 } else { 330 }),
        planned: Seconds::from_minutes(330),
    });
    Plan {
        missed: Vec::new(),
        groups: vec![Group { offer: offer(t, "atelier", "chinon", &["mar-am", "jeu-pm"]), members }],
        left_out: vec![
            out("atelier", "y4", Reason::TooFar),
            out("atelier", "y5", Reason::NotEnrolled),
            out("cej", "y1", Reason::GroupTooSmall),
            out("cej", "y2", Reason::GroupTooSmall),
            out("cej", "y3", Reason::GroupTooSmall),
            out("cej", "y4", Reason::NoMode),
            out("cej", "y5", Reason::NotAvailable),
        ],
        verdicts: vec![Verdict {
            offer: offer(t, "cej", "richelieu", &["mar-am", "mar-pm"]),
            reachable: people(3),
            viable: false,
            missing: people(2),
        }],
        programmes: vec![
            answer("atelier", 1, 3, 4, None, Some(Bind::Reach)),
            answer("cej", 0, 0, 5, Some(0), Some(Bind::Reach)),
            answer("visite", 0, 0, 0, None, Some(Bind::Minimum)),
        ],
        hours: hours.collect(),
        opened: vec![t.sites().find_str("richelieu").expect("a site")],
        beside: Beside::default(),
        tiers: vec![TierResult {
            tier: Tier::Placed,
            value: 3,
            bound: 4,
            proof: Proof::Bounded,
            stopped: Stopped::NodeLimit,
            nodes: 20,
        }],
        assumptions: Vec::new(),
    }
}

/// The plan with every change that could let CEJ have a group, some of no use together.
fn with_levers(t: &Territory) -> Plan {
    let id = |programme| t.programmes().find_str(programme).expect("a programme");
    let site = t.sites().find_str("chinon").expect("a site");
    let changes = [
        Change::More(Lack::Groups),
        Change::More(Lack::Rooms { site, rooms: 1 }),
        Change::More(Lack::Site { site, half_days: 2 }),
        Change::More(Lack::Overall(1)),
        Change::More(Lack::Advisers(2)),
        Change::More(Lack::Gates(2)),
        Change::Minimum,
        Change::Limit(Seconds::new(3_181)),
        Change::Youths(2),
    ];
    let lever = |(i, &change): (usize, &Change<SiteId>)| {
        let programme = if i % 2 == 0 { id("atelier") } else { id("cej") };
        Lever { programme, verdict: 0, change, gain: Headcount::new(1 + i as u32 / 2) }
    };
    let youths = ["y1", "y2", "y3", "y4", "y5"].iter().map(|y| t.youths().find_str(y).expect("a youth"));
    let alike = Alike { programme: id("cej"), youths: youths.collect(), placed: Headcount::new(2) };
    let extra = Between { at_least: 1, at_most: None };
    let limit = Between { at_least: Seconds::new(3_000), at_most: Some(Seconds::new(3_181)) };
    let lacks = vec![Lack::Rooms { site, rooms: 1 }, Lack::Advisers(2)];
    let further = vec![Further { verdict: 0, lacks, extra, limit: Some(limit) }];
    let levers = changes.iter().enumerate().map(lever).collect();
    Plan { beside: Beside { further, levers, alike: vec![alike] }, ..plan(t) }
}

#[test]
fn the_page_tells_the_best_levers_and_a_free_choice() {
    let t = territory();
    let page = text(&t, &with_levers(&t), Lang::En);
    let lines: Vec<&str> = page.lines().skip(4).take(9).collect();
    assert_snapshot!(lines.join("\n"), @r#"
        of this shape, not for people.

        IN SHORT
          - Atelier: 1 group, 3 of 4 youths; what blocks the other one: the trips.
            For one more group: 2 more youths who can be at Richelieu on Tuesday all day (at least 5 more
            places); or a minimum of 1 instead of 2 (at least 4 more places).
          - CEJ: no group possible; 2 youths missing at Richelieu on Tuesday all day (3 can come, 5 are
            needed); what blocks: the trips and the hours when youths are free.
            For one more group: trips of at most 54 min at Richelieu on Tuesday all day (at least 4 more
        "#);
    let choice = page.lines().skip_while(|line| !line.contains("free choice")).take(2);
    assert_snapshot!(choice.collect::<Vec<_>>().join("\n"), @r#"
                 A free choice: of 5 youths whom nothing tells apart here (y1, y2, y3, y4…), 2 have a place.
        "#);
}

#[test]
fn what_is_beside_the_plan_is_json() {
    let t = territory();
    let report: Value = serde_json::from_str(&super::json(&t, &with_levers(&t)).to_string()).expect("JSON");
    assert_eq!(
        report["verdicts"][0]["beside"],
        json!({
            "lacks": [{"what": "rooms", "at": "chinon", "amount": 1}, {"what": "adviser_half_days", "amount": 2}],
            "extra_at_least": 1, "extra_at_most": null, "limit_at_least_s": 3000, "limit_at_most_s": 3181,
        })
    );
    assert_eq!(
        report["levers"][7],
        json!({
            "programme": "cej", "change": {"what": "limit_s", "amount": 3181}, "gain_at_least": 4,
            "group": {"site": "richelieu", "slots": ["mar-am", "mar-pm"], "start": "2026-09-07"},
        })
    );
    let whats: Vec<&str> = report["levers"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|l| l["change"]["what"].as_str())
        .collect();
    assert_eq!(
        whats,
        [
            "groups",
            "rooms",
            "site_half_days",
            "half_days",
            "adviser_half_days",
            "candidates",
            "minimum",
            "limit_s",
            "youths"
        ]
    );
    let alike = json!([{"programme": "cej", "placed": 2, "youths": ["y1", "y2", "y3", "y4", "y5"]}]);
    assert_eq!(report["interchangeable"], alike);
}

fn without_assumptions(page: &str) -> &str {
    page.split("CE SUR QUOI").next().unwrap_or_default()
}

#[test]
fn the_page_in_french() {
    let t = territory();
    assert_snapshot!(without_assumptions(&text(&t, &plan(&t), Lang::Fr)), @r"
    Plan des groupes — Le Petit Pays
    ================================
    Usage interne : les identifiants des jeunes sont des données personnelles.
    Jeunes fictifs : tirés au sort d'après des effectifs (graine 7). Aucun n'existe ; les résultats
    valent pour un territoire de cette forme, pas pour des personnes.

    EN BREF
      - Atelier : 1 groupe, 3 jeunes sur 4 ; ce qui bloque pour l'autre : les trajets.
      - CEJ : aucun groupe possible ; il manque 2 jeunes à Richelieu le mardi toute la journée (3
        peuvent venir, il en faut 5) ; ce qui bloque : les trajets et les disponibilités.
      - visite : aucun inscrit.
      En tout, 3 jeunes ont une place dans au moins un groupe, sur 5 inscrits.

    LES GROUPES
      Atelier
        1. Chinon : mardi matin et jeudi après-midi
           du 8 septembre au 24 septembre 2026 ; 3 jeunes (de 2 à 4 par groupe)
           2 en voiture, 1 passager (retour : en car ou en train) ; trajet le plus long : 38 min
           1 jeune ne peut pas venir à toutes les séances

    QUI RESTE SANS GROUPE, ET POURQUOI
      Atelier : 1 sur 4 inscrits sans groupe
          1  trop loin : plus de 45 min de trajet (y4)
      CEJ : 5 sur 5 inscrits sans groupe
          3  trop peu d'autres peuvent venir au même endroit pour faire un groupe (y1, y2, y3)
          1  aucun moyen de transport, et trop loin à pied (y4)
          1  indisponibilité à ces heures (y5)

    HEURES PAR SEMAINE
      Sur 5 jeunes, 1 a au moins 15 h d'activité collective par semaine à sa portée.
      Dans ce plan, aucun jeune n'atteint 15 h.
      Seules les séances collectives sont comptées : les démarches personnelles et les entretiens s'y
      ajoutent.

    SITES À OUVRIR
      - Richelieu (site candidat, 1 500 € pour l'ouvrir)

    PEUT-ON S'Y FIER ?
      Plan trouvé : 3 places ; au plus 4 possibles (écart 25,0 %).
    ");
}

#[test]
fn the_page_in_english() {
    let t = territory();
    let page = text(&t, &plan(&t), Lang::En);
    assert_snapshot!(page.split("WHAT THE PLAN").next().unwrap_or_default(), @r"
    Group plan — Le Petit Pays
    ==========================
    Internal use: youths' identifiers are personal data.
    Synthetic youths: drawn from counts (seed 7). None of them exists; the results hold for a territory
    of this shape, not for people.

    IN SHORT
      - Atelier: 1 group, 3 of 4 youths; what blocks the other one: the trips.
      - CEJ: no group possible; 2 youths missing at Richelieu on Tuesday all day (3 can come, 5 are
        needed); what blocks: the trips and the hours when youths are free.
      - visite: nobody enrolled.
      In all, 3 youths have a place in at least one group, of 5 enrolled.

    THE GROUPS
      Atelier
        1. Chinon: Tuesday morning and Thursday afternoon
           8 September to 24 September 2026; 3 youths (2 to 4 a group)
           2 by car, 1 passenger (back: by coach or train); longest trip: 38 min
           1 youth cannot come to every session

    WHO IS LEFT OUT, AND WHY
      Atelier: 1 of 4 enrolled without a group
          1  too far: a trip of more than 45 min (y4)
      CEJ: 5 of 5 enrolled without a group
          3  too few others can come to the same place for a group (y1, y2, y3)
          1  no way to travel, and too far on foot (y4)
          1  not available at those hours (y5)

    HOURS A WEEK
      1 of 5 youths has at least 15 h of collective activity a week within reach.
      In this plan, 0 youths reach 15 h.
      Only collective sessions are counted: personal steps and interviews come on top.

    SITES TO OPEN
      - Richelieu (candidate site, €1,500 to open)

    CAN IT BE TRUSTED?
      Plan found: 3 places; at most 4 possible (gap 25.0%).
    ");
}

#[test]
fn assumptions_are_marked_once() {
    let t = territory();
    let page = text(&t, &plan(&t), Lang::Fr);
    assert!(page.contains("de porte à porte [hypothèse]\n"));
    assert!(page.contains("(loi plein emploi) [source]\n"));
    assert!(page.contains("majeurs : voiture 28 %"), "{page}");
    let last = "  - inscrits dans aucun dispositif 6 %, un 50 %, deux 34 %, trois 10 % [hypothèse]\n";
    assert!(page.ends_with(last), "{page}");
}

#[test]
fn pages_are_at_most_100_columns_wide() {
    let t = territory();
    for lang in [Lang::Fr, Lang::En] {
        let page = text(&t, &plan(&t), lang);
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    }
}

#[test]
fn a_proved_plan_says_so() {
    let t = territory();
    let mut plan = plan(&t);
    plan.tiers[0] = TierResult { bound: 3, proof: Proof::Optimal, ..plan.tiers[0] };
    assert!(text(&t, &plan, Lang::Fr).contains("Meilleur plan possible : prouvé."));
    plan.tiers.push(TierResult { tier: Tier::Cost, proof: Proof::Bounded, ..plan.tiers[0] });
    let page = text(&t, &plan, Lang::Fr);
    assert!(page.contains("Aucun plan n'offre plus de places : prouvé."), "{page}");
    assert!(page.contains("le moindre coût"), "{page}");
}

#[test]
fn a_plan_without_groups_is_a_page_too() {
    let t = territory();
    let empty =
        Plan { groups: Vec::new(), opened: Vec::new(), hours: Vec::new(), tiers: Vec::new(), ..plan(&t) };
    let page = text(&t, &empty, Lang::Fr);
    assert!(page.contains("LES GROUPES\n  Aucun.\n"), "{page}");
    assert!(!page.contains("SITES À OUVRIR"));
}

fn parsed(document: &str) -> Value {
    serde_json::from_str(document).expect("JSON")
}

#[test]
fn the_json_has_its_keys_in_order() {
    let t = territory();
    let document = super::json(&t, &plan(&t)).to_string();
    let keys: Vec<&str> =
        document.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
    let expected = "schema audience territory synthetic draw programmes groups left_out verdicts proof hours \
                    opened levers interchangeable assumptions";
    assert_eq!(keys.join(" "), expected);
}

#[test]
fn the_json_says_what_the_plan_says() {
    let t = territory();
    let document = parsed(&super::json(&t, &plan(&t)).to_string());
    assert_eq!(document["schema"], "maillage/plan/1");
    assert_eq!(document["synthetic"], true);
    assert_eq!(document["draw"]["seed"], 7);
    assert_eq!(
        document["programmes"][1],
        json!({
            "id": "cej", "name": "CEJ", "min": 5, "target": 10, "max": 15,
            "groups": 0, "placed": 0, "enrolled": 5, "binds": "reach",
            "closest": {
                "site": "richelieu", "slots": ["mar-am", "mar-pm"], "start": "2026-09-07",
                "reachable": 3, "missing": 2
            }
        })
    );
    assert_eq!(
        document["groups"][0]["members"][1],
        json!({
            "youth": "y2", "mode": "lift", "mode_back": "bus", "to_s": 2220, "from_s": 2221,
            "sessions": 5, "of": 6
        })
    );
    assert_eq!(document["groups"][0]["members"][0].get("mode_back"), None);
    assert_eq!(
        document["left_out"][0],
        json!({ "youth": "y4", "programme": "atelier", "reason": "TooFar", "reasons": ["TooFar", "BetterPlan"] })
    );
    assert_eq!(
        document["proof"],
        json!({
            "status": "bounded", "placed": 3, "bound": 4, "gap_percent": 25.0,
            "tiers": [{ "tier": "placed", "value": 3, "bound": 4, "status": "bounded" }]
        })
    );
    assert_eq!(document["hours"][0], json!({ "youth": "y1", "weekly_hours": 15.0, "planned_hours": 5.5 }));
    assert_eq!(document["opened"], json!(["richelieu"]));
    let assumptions = document["assumptions"].as_array().expect("a list");
    let shares = Synthesis::default().shares().len();
    assert_eq!(assumptions.last().expect("a share")["id"], format!("draw_{shares}"));
}

#[test]
fn sites_in_turn_are_one_name_and_a_list() {
    let t = territory();
    let mut plan = plan(&t);
    let sites: Vec<SiteId> = t.sites().ids().collect();
    plan.verdicts[0].offer.venue = Venue::Turns(Turn::Week, sites);
    let document = parsed(&super::json(&t, &plan).to_string());
    let verdict = &document["verdicts"][0];
    assert_eq!(verdict["site"], "chinon+richelieu");
    assert_eq!(verdict["sites"], json!(["chinon", "richelieu"]));
    assert_eq!(verdict["turns"], "week");
    let page = text(&t, &plan, Lang::Fr);
    let unwrapped = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        unwrapped.contains("2 jeunes à Chinon et à Richelieu, une semaine sur l'autre, le mardi"),
        "{page}"
    );
}

fn some_findings() -> Vec<Finding> {
    let one = |code, file: &str, line, what: &str| {
        let remedy = Text::new("corrigez", "correct it");
        let source = Source::file(file).at(line);
        let source = if code == Code::UnknownReference { source.column("Dispositif") } else { source };
        Finding::new(code, source, Text::new(what, what.to_uppercase()), remedy)
    };
    vec![
        one(Code::UnknownReference, "youths.csv", 12, "le dispositif x n'existe pas"),
        one(Code::UselessSite, "sites.csv", 9, "le site b ne sert à rien"),
        one(Code::DuplicateId, "sites.csv", 4, "le site a\u{1b} est écrit deux fois"),
    ]
}

#[test]
fn findings_are_told_by_file_and_line() {
    assert_snapshot!(findings(&some_findings(), Lang::Fr), @r"
    sites.csv (feuille des sites) : 1 erreur, 1 avertissement
      ligne 4 : le site a� est écrit deux fois → corrigez (erreur M201)
      ligne 9 : le site b ne sert à rien → corrigez (attention M207)

    youths.csv (feuille des jeunes) : 1 erreur
      ligne 12, colonne « Dispositif » : le dispositif x n'existe pas → corrigez (erreur M202)

    2 erreurs, 1 avertissement.
    ");
    assert_eq!(findings(&[], Lang::Fr), "Rien à signaler.\n");
    assert!(findings(&some_findings(), Lang::En).ends_with("\n2 errors, 1 warning.\n"));
}

#[test]
fn of_a_kind_that_repeats_itself_the_first_are_told() {
    let one = |line| {
        let what = Text::new("zéro perdu", "lost zero");
        Finding::new(
            Code::LostZero,
            Source::file("youths.csv").at(line),
            what,
            Text::new("corrigez", "correct it"),
        )
    };
    assert_snapshot!(findings(&(2..2_002).map(one).collect::<Vec<_>>(), Lang::Fr), @r"
    youths.csv (feuille des jeunes) : 2 000 erreurs
      ligne 2 : zéro perdu → corrigez (erreur M105)
      ligne 3 : zéro perdu → corrigez (erreur M105)
      ligne 4 : zéro perdu → corrigez (erreur M105)
      ligne 5 : zéro perdu → corrigez (erreur M105)
      ligne 6 : zéro perdu → corrigez (erreur M105)
      … et 1 995 autres M105, jusqu'à la ligne 2001 ; --json donne tout

    2 000 erreurs.
    ");
}

#[test]
fn findings_are_json_too() {
    let document = parsed(&findings_json(&some_findings()).to_string());
    assert_eq!(document["schema"], "maillage/findings/1");
    assert_eq!(
        document["findings"][1],
        json!({
            "code": "M207", "level": "warning", "file": "sites.csv", "line": 9, "column": null,
            "what_fr": "le site b ne sert à rien", "what_en": "LE SITE B NE SERT À RIEN",
            "remedy_fr": "corrigez", "remedy_en": "correct it"
        })
    );
}

/// 2,701 s are 46 min for people, on the page and in both spreadsheets; programs have the seconds.
#[cfg(feature = "folder")]
#[test]
fn minutes_are_rounded_up_wherever_people_read_them() {
    let t = territory();
    let mut plan = plan(&t);
    plan.groups[0].members[0] = member(&t, "y1", Mode::Car, Mode::Car, 45);
    for lang in [Lang::Fr, Lang::En] {
        let page = text(&t, &plan, lang);
        assert!(page.contains(" 46 min\n"), "{page}");
    }
    let control = crate::control::Control::none();
    let query = crate::travel::Query::of(&t);
    let times = crate::travel::compute(&t, &[], &query, &control).expect("no provider fails");
    for (locale, row) in [(Locale::En, ",car,car,45,46,"), (Locale::Fr, ";voiture;voiture;45;46;")] {
        let run = Run { locale, ..Run::new(&times) };
        let documents = documents(&t, &plan, &run);
        let members = documents.iter().find(|d| d.path == "interne/members.csv").expect("members");
        let members = String::from_utf8_lossy(&members.bytes);
        assert!(members.contains(row), "{members}");
    }
    assert!(json(&t, &plan).to_string().contains("2701"));
}
