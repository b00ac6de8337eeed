//! What is written is read back; what is wrong is said with its place.

use super::*;
use crate::groups::certificate::{
    self, Certificate, Claim, Cut, Node, Part, Row, Search, TierClaim, Variable,
};
use crate::groups::tests::tiny;
use crate::groups::{Assignment, CapacityKind, Gate, GateLimit};

/// Two programmes at a site and a candidate, of `groups/1`.
const SMALL: &str = r#"{"format": "groups/1", "name": "small",
"programmes": [{"id": "cej", "min": 2, "target": 3, "max": 4}, {"id": "code", "min": 1, "target": 1, "max": 2}],
"sites": [{"id": "chinon", "kind": "existing", "open_cost": 0, "budget": 2},
  {"id": "richelieu", "kind": "candidate", "open_cost": 300, "budget": null}],
"slots": [{"id": "lundi"}, {"id": "mardi"}],
"rooms": [[1, 2], [1, 0]],
"budget": 3, "max_candidates": 1,
"options": [{"p": 0, "s": 0, "t": 0, "cost": 100, "kmax": 1}, {"p": 1, "s": 0, "t": 0, "cost": 90, "kmax": 1},
  {"p": 1, "s": 1, "t": 0, "cost": 80, "kmax": 2}],
"youths": [
  {"id": "ana", "w": 1, "reach": [[0, 10], [1, 12]]},
  {"id": "bob", "w": 2, "reach": [[0, 30], [2, 5]]},
  {"id": "eve", "w": 1, "reach": []}],
"objective": ["placed", "cost", "minutes"]}"#;

fn read(text: &str) -> Result<Instance, Vec<Finding>> {
    parse("small.json", text, &Limits::default()).map_err(|error| match error {
        Error::Input(findings) => findings,
        other => panic!("{other}"),
    })
}

#[test]
fn groups_1_is_read() {
    let Instance { name, problem, names, unit } = read(SMALL).unwrap();
    assert_eq!((name.as_str(), unit), ("small", Seconds::from_minutes(1)));
    assert_eq!(names.options, ["chinon lundi", "chinon lundi", "richelieu lundi"]);
    assert_eq!((names.youths[1].as_str(), names.gates[0].as_str()), ("bob", "richelieu"));
    assert_eq!(problem.gates, [Gate { cost: 300, capacity: None }]);
    assert_eq!(problem.gate_limits, [GateLimit { gates: vec![0], limit: 1 }]);
    assert_eq!(problem.options[2].gates, [0]);
    assert_eq!(problem.conflicts, [vec![1, 2], vec![0], vec![0]]);
    assert_eq!(problem.youths[1].arcs[0].time, Seconds::from_minutes(30));
    let rows: Vec<_> = problem.capacities.iter().map(|c| (c.kind, c.limit, c.uses.len())).collect();
    let rooms = |site, slot| CapacityKind::Rooms { site, slot };
    let expected = [
        (rooms(0, 0), 1, 2),
        (rooms(1, 0), 1, 1),
        (CapacityKind::Site(0), 2, 2),
        (CapacityKind::Overall, 3, 3),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn groups_1_is_groups_2_too() {
    let second = SMALL.replace("groups/1", "groups/2");
    assert_eq!(read(&second), read(SMALL));
}

#[test]
fn every_problem_is_written_and_read_back() {
    for seed in 0..500 {
        let problem = tiny(seed);
        let names = |what: &str, count: usize| (0..count).map(|i| format!("{what}{i}")).collect();
        let instance = Instance {
            name: format!("tiny {seed}"),
            names: Names {
                programmes: names("p", problem.programmes.len()),
                options: names("o", problem.options.len()),
                sites: vec![None; problem.options.len()],
                youths: names("y", problem.youths.len()),
                gates: names("g", problem.gates.len()),
            },
            unit: Seconds::new(1),
            problem,
        };
        let mut back = read(&write(&instance)).unwrap();
        // No conflict at all is written as none.
        if back.problem.conflicts.is_empty() {
            back.problem.conflicts.clone_from(&instance.problem.conflicts);
            assert!(back.problem.conflicts.iter().all(Vec::is_empty));
        }
        assert_eq!(back, instance, "seed {seed}");
    }
}

#[test]
fn several_slots_share_rooms_and_exclude_each_other() {
    let text = SMALL
        .replace("groups/1", "groups/2")
        .replace(r#""p": 1, "s": 0, "t": 0"#, r#""p": 1, "s": 0, "t": [0, 1]"#);
    let Instance { problem, names, .. } = read(&text).unwrap();
    assert_eq!(names.options[1], "chinon lundi mardi");
    assert_eq!(problem.conflicts[1], [0]);
    let rooms = problem.capacities.iter().filter(|c| matches!(c.kind, CapacityKind::Rooms { .. }));
    assert_eq!(rooms.map(|c| c.uses.len()).collect::<Vec<_>>(), [2, 1, 1]);
}

/// A change to a sound text, the code that it gets, its line and its JSON path.
type Broken = (&'static str, &'static str, Code, u32, &'static str);

const BROKEN: &[Broken] = &[
    ("groups/1", "groups/7", Code::BadValue, 1, "$.format"),
    ("\"min\": 2", "\"min\": 5", Code::BadGroupSize, 2, "$.programmes[0]"),
    ("\"min\": 2", "\"min\": 0", Code::BadGroupSize, 2, "$.programmes[0]"),
    ("\"max\": 4", "\"max\": 4000000", Code::OutOfRange, 2, "$.programmes[0].max"),
    ("\"open_cost\": 0", "\"open_cost\": 5", Code::BadInstance, 3, "$.sites[0].open_cost"),
    ("\"open_cost\": 300", "\"open_cost\": -300", Code::Syntax, 4, "$.sites[1].open_cost"),
    ("\"candidate\"", "\"maybe\"", Code::Syntax, 4, "$.sites[1].kind"),
    ("[1, 2], [1, 0]", "[1, 2]", Code::BadInstance, 6, "$.rooms"),
    ("[1, 2], [1, 0]", "[1, 2], [1]", Code::BadInstance, 6, "$.rooms[1]"),
    ("\"cost\": 100", "\"cost\": -1", Code::Syntax, 8, "$.options[0].cost"),
    ("\"cost\": 100", "\"cost\": 1.5", Code::Syntax, 8, "$.options[0].cost"),
    ("\"cost\": 100", "\"cost\": 100, \"colour\": 3", Code::Syntax, 8, "$.options[0].colour"),
    ("\"cost\": 100, ", "", Code::Syntax, 8, "$.options[0]"),
    ("\"kmax\": 2", "\"kmax\": 1000000000", Code::OutOfRange, 9, "$.options[2].kmax"),
    ("\"kmax\": 2", "\"kmax\": 99999999999999999999", Code::Syntax, 9, "$.options[2].kmax"),
    ("\"p\": 1, \"s\": 1", "\"p\": 2, \"s\": 1", Code::UnknownReference, 9, "$.options[2].p"),
    ("\"p\": 1, \"s\": 1", "\"p\": 1, \"s\": 9", Code::UnknownReference, 9, "$.options[2].s"),
    ("\"s\": 1, \"t\": 0", "\"s\": 1, \"t\": 2", Code::UnknownReference, 9, "$.options[2].t"),
    ("[1, 12]", "[0, 12]", Code::DuplicateId, 11, "$.youths[0].reach[1]"),
    ("[1, 12]", "[3, 12]", Code::UnknownReference, 11, "$.youths[0].reach[1][0]"),
    ("[1, 12]", "[1, -2]", Code::Syntax, 11, "$.youths[0].reach[1][1]"),
    ("[1, 12]", "[1, 4000000000]", Code::OutOfRange, 11, "$.youths[0].reach[1][1]"),
    ("[1, 12]", "[1]", Code::Syntax, 11, "$.youths[0].reach[1]"),
    ("\"w\": 2", "\"w\": 0", Code::OutOfRange, 12, "$.youths[1].w"),
    ("\"placed\", \"cost\"", "\"placed\", \"placed\"", Code::DuplicateId, 14, "$.objective[1]"),
    ("\"placed\", \"cost\", \"minutes\"", "", Code::MissingValue, 14, "$.objective"),
    ("\"minutes\"", "\"hours\"", Code::Syntax, 14, "$.objective[2]"),
];

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (old, new, code, line, path) in BROKEN {
        assert!(SMALL.contains(old), "{old}");
        let findings = read(&SMALL.replacen(old, new, 1)).expect_err(new);
        assert_eq!(findings.len(), 1, "{new}: {findings:?}");
        let finding = &findings[0];
        assert_eq!((finding.code, finding.source.line), (*code, Some(*line)), "{new}: {}", finding.what.en);
        let said = finding.what.en.split(": ").next();
        assert_eq!(said, Some(*path), "{new}: {}", finding.what.en);
    }
}

#[test]
fn what_breaks_a_rule_of_groups_2_is_said_with_its_list_and_row() {
    let second = SMALL.replace("groups/1", "groups/2");
    let with = |more: &str| second.replacen("\"objective\"", &format!("{more},\n\"objective\""), 1);
    for (more, path) in [
        (
            r#""gates": [{"cost": 5, "capacity": 1}], "gate_limits": [{"gates": [2], "limit": 1}]"#,
            "$.gate_limits[0]",
        ),
        (r#""capacities": [{"of": "overall", "limit": 1, "uses": [[7, 1]]}]"#, "$.capacities[0]"),
        (
            r#""capacities": [{"of": {"rooms": [0, 0]}, "limit": 1, "uses": [[1, 1], [1, 1]]}]"#,
            "$.capacities[0]",
        ),
        (r#""teams": [{"members": 1, "half_days": 1, "posts": [0]}]"#, "$.teams[0]"),
        (r#""conflicts": [[0, 7]]"#, "$.conflicts[0][1]"),
        (r#""conflicts": [[1, 1]]"#, "$.conflicts[0]"),
        (r#""exclusive": [[1, 0]]"#, "$.exclusive[0]"),
        (r#""mix": [{"p": 0, "trait": 40, "at_least": 0, "at_most": 1}]"#, "$.mix[0]"),
        (r#""pins": [{"in": [0, 1]}, {"apart": [2, 2]}]"#, "$.pins[1]"),
    ] {
        let findings = read(&with(more)).expect_err(more);
        let said = findings[0].what.en.split(": ").next();
        assert_eq!(
            (said, findings[0].source.line),
            (Some(path), Some(14)),
            "{more}: {}",
            findings[0].what.en
        );
    }
    assert!(read(&with(r#""pins": [{"open_one_of": [0, 2]}]"#)).is_ok());
}

#[test]
fn broken_texts_are_refused_and_nothing_grows() {
    for cut in (0..SMALL.len()).filter(|&at| SMALL.is_char_boundary(at)) {
        assert!(read(&SMALL[..cut]).is_err(), "cut at {cut}");
    }
    let deep = "[".repeat(1_000_000);
    for text in
        [deep.clone(), format!("{{\"format\": {deep}"), SMALL.replacen("[[0, 10]", &deep, 1), String::new()]
    {
        let findings = read(&text).expect_err("deep");
        assert_eq!(findings[0].code, Code::Syntax);
    }
    let limits = Limits { conflicts: 1, ..Limits::default() };
    assert!(parse("small.json", SMALL, &limits).is_err());
    let many = SMALL.replace("\"kmax\": 1", "\"kmax\": 9000000");
    let limits = Limits { findings: 1, ..Limits::default() };
    let Err(Error::Input(findings)) = parse("small.json", &many, &limits) else { panic!() };
    assert_eq!(findings.len(), 2);
}

#[test]
fn times_are_told_in_the_file_s_unit() {
    let instance = read(SMALL).unwrap();
    assert_eq!(instance.in_unit(Tier::Minutes, 600), 10);
    assert_eq!(instance.in_unit(Tier::Minutes, 601), 11);
    assert_eq!(instance.in_unit(Tier::Cost, 601), 601);
}

#[test]
fn a_solution_is_written_as_the_format_says() {
    let assignment =
        Assignment { groups: vec![(0, 1)], members: vec![(0, 0, None), (1, 0, Some(2))], gates: vec![2] };
    assert_eq!(write_solution(&assignment), r#"{"k":[[0,1]],"x":[[0,0],[1,0,2]],"gates":[2]}"#);
    assert_eq!(write_solution(&Assignment::default()), r#"{"k":[],"x":[]}"#);
}

#[test]
fn components_are_what_nothing_ties() {
    let mut problem = read(SMALL).unwrap().problem;
    assert_eq!(components(&problem), 1);
    problem.capacities.clear();
    problem.youths[1].arcs.remove(0);
    assert_eq!(components(&problem), 2);
    problem.options[0].gates = vec![0];
    assert_eq!(components(&problem), 1);
}

/// A certificate with everything in it that can be written, true or not.
fn everything() -> Certificate {
    let cut = Cut::Rounded {
        prices: vec![(Row::Least(Variable::Off(1)), 1), (Row::Most(Variable::Arc(2, 3)), 4)],
        complemented: vec![Variable::Groups(5), Variable::Gate(6)],
        divisor: 7,
    };
    let search = Search {
        cuts: vec![Cut::Hall { options: vec![0, 1], divisor: 8 }, cut],
        prices: vec![vec![(Row::Better, 12), (Row::Earlier(0, 1), 3), (Row::GatedCapacity(4, 5), 6)]],
        nodes: vec![
            Node::Branch { sum: vec![Variable::Groups(0)], at: 2 },
            Node::Priced(0),
            Node::TooFew(vec![1]),
            Node::TooFull(vec![2]),
        ],
    };
    let part = Part { options: vec![0], gates: vec![1], bound: -2, search };
    let tier = TierClaim { tier: Tier::OffTarget, value: 3, bound: -2, parts: vec![part] };
    let assignment =
        Assignment { groups: vec![(0, 1)], members: vec![(0, 0, None), (1, 0, Some(2))], gates: vec![2] };
    Certificate {
        cliques: vec![vec![0, 2]],
        posts: vec![vec![1]],
        claim: Claim::Found { assignment, tiers: vec![tier] },
    }
}

#[test]
fn a_certificate_is_written_and_read_back() {
    let nothing = Certificate { claim: Claim::Impossible(Search::default()), ..everything() };
    for certificate in [everything(), nothing] {
        let text = write_certificate("small", &certificate);
        assert_eq!(read_certificate("small", &text).unwrap(), certificate);
    }
    let text = write_certificate("small", &everything());
    for broken in
        [&text[..text.len() / 2], &text.replace("better", "worse"), &text.replace("certificate/1", "x/1")]
    {
        assert!(matches!(read_certificate("small", broken), Err(Error::Input(_))));
    }
    // Whatever it says, it is not believed.
    let problem = read(SMALL).unwrap().problem;
    assert!(certificate::check(&problem, &everything()).is_err());
}
