//! The answer to an instance, as a short page and as one line of JSON.

use super::json::tier_word;
use super::language::{self, Crowd, Sentences};
use super::terminal::Page;
#[cfg(feature = "schemas")]
use super::words;
use crate::finding::Lang;
use crate::groups::certificate::{Certificate, Claim, Cut, Hall, hall};
use crate::groups::{Assignment, OptionIx, Proof, Solution, Stopped, Tier, TierResult, values, verify};
use crate::instance::{Instance, components};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Sentences on what can't be, shown for a certificate.
const MOST_REASONS: usize = 5;

/// What only the caller's clocks know of a search.
///
/// ```
/// use maillage::report::Took;
///
/// let took = Took { seconds: 0.25, cpu: None };
/// assert_ne!(took, Took::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Took {
    /// Seconds in all.
    pub seconds: f64,
    /// Processor seconds of the solver alone, where the system tells.
    pub cpu: Option<f64>,
}

/// The answer to an instance.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Solved"))]
pub(super) struct Line<'a> {
    /// Who answers: `maillage`.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = "maillage")))]
    peer: &'static str,
    /// The instance's name.
    instance: &'a str,
    /// Seconds of the solver alone, by the clock.
    seconds: f64,
    /// Seconds of the processor, all threads; null where the system does not tell.
    cpu: Option<f64>,
    /// Into how many parts, tied by nothing, the options fall.
    components: usize,
    /// For each objective: name, value, bound, whether it is proved, seconds by the clock (null where not known), branches looked at.
    #[cfg_attr(
        feature = "schemas",
        schemars(with = "Vec<(words::Tier, i64, i64, words::TierStatus, Option<f64>, u64)>")
    )]
    tiers: Vec<TierLine>,
    /// Value of `placed`; null when it is no objective or there is no answer.
    placed: Option<i64>,
    /// Bound of `placed`; null likewise.
    bound: Option<i64>,
    /// What the answer is.
    #[cfg_attr(feature = "schemas", schemars(with = "words::SolvedStatus"))]
    status: &'static str,
    /// Whether the solution was verified, and its values are those told.
    checked: bool,
    /// Which limit stopped the search; null for none.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<words::Stop>"))]
    stopped: Option<&'static str>,
}

/// Name, value, bound, status, seconds if they are known, nodes.
type TierLine = (&'static str, i64, i64, &'static str, Option<f64>, u64);

/// The answer as one line of JSON, as `docs/instances.md` describes it; `each` is the seconds of each tier, where they
/// are known.
pub fn solved_json(instance: &Instance, solution: &Solution, took: &Took, each: &[f64]) -> String {
    let problem = &instance.problem;
    let (tiers, checked): (&[TierResult], bool) = match solution {
        Solution::Found { assignment, tiers } => {
            let told = tiers.iter().map(|t| (t.tier, t.value));
            (tiers, verify(problem, assignment).is_ok() && values(problem, assignment).into_iter().eq(told))
        }
        Solution::Impossible | Solution::NotFound => (&[], false),
    };
    let row = |(at, t): (usize, &TierResult)| {
        let (value, bound) = (instance.in_unit(t.tier, t.value), instance.in_unit(t.tier, t.bound));
        (tier_word(t.tier), value, bound, status(t.proof), each.get(at).copied().map(rounded), t.nodes)
    };
    let placed = tiers.iter().find(|t| t.tier == Tier::Placed);
    let line = Line {
        peer: "maillage",
        instance: &instance.name,
        seconds: rounded(took.seconds),
        cpu: took.cpu.map(rounded),
        components: components(problem),
        tiers: tiers.iter().enumerate().map(row).collect(),
        placed: placed.map(|t| t.value),
        bound: placed.map(|t| t.bound),
        status: match solution {
            Solution::Found { .. } if tiers.iter().all(|t| t.proof == Proof::Optimal) => "optimal",
            Solution::Found { .. } => "feasible",
            Solution::Impossible => "impossible",
            Solution::NotFound => "none",
        },
        checked,
        stopped: stopped(tiers),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 10_000.0).round() / 10_000.0
}

pub(super) const fn status(proof: Proof) -> &'static str {
    match proof {
        Proof::Optimal => "optimal",
        Proof::Bounded => "feasible",
    }
}

fn stopped(tiers: &[TierResult]) -> Option<&'static str> {
    let by = |why| tiers.iter().any(|t| t.stopped == why);
    match () {
        () if by(Stopped::TimeLimit) => Some("time_limit"),
        () if by(Stopped::NodeLimit) => Some("node_limit"),
        () => None,
    }
}

/// The answer as a short page: values and whether they are proved, the groups, and what a
/// certificate says in words that need no mathematics.
pub fn solved(
    instance: &Instance,
    assignment: &Assignment,
    tiers: &[TierResult],
    certificate: Option<&Certificate>,
    lang: Lang,
) -> String {
    let say = language::of(lang);
    let mut page = Page::default();
    page.title(&instance.name);
    for t in tiers {
        let bound = (t.proof == Proof::Bounded).then(|| instance.in_unit(t.tier, t.bound));
        page.paragraph(0, "", &say.tier_reached(t.tier, instance.in_unit(t.tier, t.value), bound));
    }
    if stopped(tiers) == Some("time_limit") {
        page.paragraph(0, "", say.stopped_by_time());
    }
    page.heading(say.heading(language::Heading::Groups));
    if assignment.groups.is_empty() {
        page.paragraph(2, "", say.no_group_at_all());
    }
    let mut members: BTreeMap<OptionIx, u32> = BTreeMap::new();
    assignment.members.iter().for_each(|m| *members.entry(m.1).or_default() += 1);
    for &(option, groups) in &assignment.groups {
        let members = members.get(&option).copied().unwrap_or(0);
        let (programme, name) = names(instance, option);
        page.paragraph(2, "", &say.option_groups(programme, name, groups, members));
    }
    let reasons = certificate.map(|c| reasons(instance, c, say)).unwrap_or_default();
    if !reasons.is_empty() {
        page.blank();
    }
    reasons.iter().for_each(|reason| page.paragraph(0, "", reason));
    page.finish()
}

fn name(list: &[String], row: u32) -> &str {
    list.get(row as usize).map_or("", String::as_str)
}

fn names(instance: &Instance, option: OptionIx) -> (&str, &str) {
    let programme = instance.problem.options[option as usize].programme;
    (name(&instance.names.programmes, programme), name(&instance.names.options, option))
}

/// What a certificate that was checked proves, tier by tier.
pub fn certified(instance: &Instance, certificate: &Certificate, lang: Lang) -> String {
    let say = language::of(lang);
    let mut page = Page::default();
    page.title(&instance.name);
    match &certificate.claim {
        Claim::Impossible(_) => page.paragraph(0, "", say.impossible()),
        Claim::Found { tiers, .. } => {
            for t in tiers {
                let told = |value| instance.in_unit(t.tier, value);
                let bound = (!t.is_optimal()).then(|| told(t.bound));
                page.paragraph(0, "", &say.tier_reached(t.tier, told(t.value), bound));
            }
        }
    }
    reasons(instance, certificate, say).iter().for_each(|reason| page.paragraph(0, "", reason));
    page.finish()
}

/// Said when an answer has no certificate.
pub fn no_certificate(lang: Lang) -> &'static str {
    language::of(lang).no_certificate()
}

/// Said when a certificate is refused, besides where.
pub fn not_certified(lang: Lang) -> &'static str {
    language::of(lang).not_certified()
}

/// Hall cuts in words, the smallest crowds first, each set once.
fn reasons(instance: &Instance, certificate: &Certificate, say: &dyn Sentences) -> Vec<String> {
    let Claim::Found { tiers, .. } = &certificate.claim else { return Vec::new() };
    let cuts: Vec<&Cut> = tiers.iter().flat_map(|t| &t.parts).flat_map(|p| &p.search.cuts).collect();
    let told = cuts.into_iter().filter_map(|cut| hall(&instance.problem, cut));
    let by_size: BTreeMap<(usize, Vec<OptionIx>), Hall> =
        told.map(|h| ((h.youths.len(), h.options.clone()), h)).collect();
    by_size.values().take(MOST_REASONS).map(|h| reason(instance, h, say)).collect()
}

fn reason(instance: &Instance, hall: &Hall, say: &dyn Sentences) -> String {
    let problem = &instance.problem;
    let site = |o: OptionIx| instance.names.sites.get(o as usize).copied().flatten();
    let sites: Option<BTreeSet<u32>> = hall.options.iter().map(|&o| site(o)).collect();
    let programme = problem.options[hall.options[0] as usize].programme;
    // All that the programme has at these sites: then the sites may be named for the options.
    let whole = sites.filter(|sites| {
        let mut there = problem.options.iter().zip(0..).filter(|(o, _)| o.programme == programme);
        there.all(|(_, o)| site(o).is_none_or(|s| !sites.contains(&s)) || hall.options.contains(&o))
    });
    let places = whole.as_ref().map_or(hall.options.len(), BTreeSet::len) as u32;
    let names: Vec<&str> = hall.options.iter().map(|&o| names(instance, o).1).collect();
    let crowd = Crowd {
        youths: hall.youths.len() as u32,
        places,
        sites: whole.is_some(),
        only: hall.only,
        min: hall.min,
        groups: hall.groups,
    };
    format!("{} ({})", say.only_so_many(crowd), names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::{Certifying, Limits, Solve};
    use crate::instance;

    /// Fourteen youths, two sites, groups of eight to twelve.
    fn fourteen(elsewhere: bool) -> Instance {
        let youths: Vec<String> = (0..14)
            .map(|y| {
                let more = if elsewhere && y == 0 { ",[2,9]" } else { "" };
                format!(r#"{{"id":"y{y}","w":1,"reach":[[0,10],[1,20]{more}]}}"#)
            })
            .collect();
        let option = |s: u32| format!(r#"{{"p":0,"s":{s},"t":0,"cost":100,"kmax":1}}"#);
        let site = |id: &str| format!(r#"{{"id":"{id}","kind":"existing","open_cost":0,"budget":null}}"#);
        let text = format!(
            r#"{{"format":"groups/1","name":"fourteen","programmes":[{{"id":"cej","min":8,"target":10,"max":12}}],
            "sites":[{},{},{}],"slots":[{{"id":"lundi"}}],"rooms":[[1],[1],[1]],"budget":null,
            "max_candidates":null,"options":[{},{},{}],"youths":[{}],"objective":["placed","cost"]}}"#,
            site("Chinon"),
            site("Loches"),
            site("Tours"),
            option(0),
            option(1),
            option(2),
            youths.join(",")
        );
        instance::parse("fourteen.json", &text, &instance::Limits::default()).unwrap()
    }

    fn answer(instance: &Instance) -> (Solution, Certificate) {
        let mut solver = Certifying::default();
        let control = crate::control::Control::none();
        let solution = solver.solve(&instance.problem, &Limits::default(), &control).unwrap();
        (solution, solver.certificate().unwrap())
    }

    fn page(instance: &Instance, lang: Lang) -> String {
        let (Solution::Found { assignment, tiers }, certificate) = answer(instance) else { panic!() };
        solved(instance, &assignment, &tiers, Some(&certificate), lang)
    }

    #[test]
    fn the_page_says_why_in_words() {
        insta::assert_snapshot!(page(&fourteen(false), Lang::Fr), @r#"
        fourteen
        ========
        le nombre de places : 12 (prouvé)
        le moindre coût : 100 (prouvé)

        LES GROUPES
          cej, Chinon lundi : 1 groupe, 12 jeunes

        14 jeunes ne peuvent aller qu'à ces deux sites, et chaque groupe en demande 8 : un groupe au plus
        (Chinon lundi, Loches lundi)
        "#);
        insta::assert_snapshot!(page(&fourteen(true), Lang::En), @r#"
        fourteen
        ========
        the number of places: 12 (proved)
        the least cost: 100 (proved)

        THE GROUPS
          cej, Chinon lundi: 1 group, 12 youths

        Only 14 youths can go to these two sites, and each group asks for 8: one group at most (Chinon
        lundi, Loches lundi)
        "#);
    }

    #[test]
    fn the_line_is_the_format_s() {
        let instance = fourteen(false);
        let took = Took { seconds: 0.25, cpu: Some(0.123_456) };
        insta::assert_snapshot!(solved_json(&instance, &answer(&instance).0, &took, &[0.2]), @r#"{"peer":"maillage","instance":"fourteen","seconds":0.25,"cpu":0.1235,"components":1,"tiers":[["placed",12,12,"optimal",0.2,0],["cost",100,100,"optimal",null,0]],"placed":12,"bound":12,"status":"optimal","checked":true,"stopped":null}"#);
        insta::assert_snapshot!(solved_json(&instance, &Solution::NotFound, &Took::default(), &[]), @r#"{"peer":"maillage","instance":"fourteen","seconds":0.0,"cpu":null,"components":1,"tiers":[],"placed":null,"bound":null,"status":"none","checked":false,"stopped":null}"#);
    }
}
