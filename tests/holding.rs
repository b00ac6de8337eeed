//! How well groups hold and how they fill, held to brute force, closed forms and a seeded simulation.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, car, key, north, place, programme, site, youth};
use jiff::civil::{Date, date};
use maillage::groups::{Limits, Proof, Tier};
use maillage::plan::{GroupFault, Plan, Violation};
use maillage::questions::{Arriving, Holding, INVITED_FOR, Presence, Shared, SharedIx, Waiting, holding};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::{Links, StraightLine, TravelProvider};
use maillage::units::Seconds;
use maillage::{Control, Error};
use std::sync::Arc;

fn chance(number: f64) -> Chance {
    Chance::from_decimal(number).expect("a probability")
}

fn rate(number: f64) -> Rate {
    Rate::from_decimal(number).expect("not negative")
}

/// Somebody: how often they come, what they need, and what others need of them.
#[derive(Clone)]
struct Person {
    comes: f64,
    needs: Vec<usize>,
    /// The shared thing that their own coming is.
    is: Option<usize>,
}

/// A session, as an exhaustive oracle sees it.
#[derive(Clone, Default)]
struct Oracle {
    people: Vec<Person>,
    /// How often each shared thing works; nothing of what is somebody's coming.
    works: Vec<Option<f64>>,
}

impl Oracle {
    fn drawn(draw: &mut Draw, most: u64) -> Self {
        let mut oracle = Self::default();
        for _ in 0..draw.below(4) {
            oracle.works.push(Some((1 + draw.below(100)) as f64 / 100.0));
        }
        for _ in 0..1 + draw.below(most) {
            let drives = draw.chance(20);
            let mut needs: Vec<usize> = Vec::new();
            for shared in 0..oracle.works.len() {
                // Nobody needs a driver who needs one in turn: things that work come first.
                if draw.chance(30) && (!drives || oracle.works[shared].is_some()) {
                    needs.push(shared);
                }
            }
            let is = drives.then_some(oracle.works.len());
            oracle.works.extend(is.map(|_| None));
            oracle.people.push(Person { comes: (1 + draw.below(100)) as f64 / 100.0, needs, is });
        }
        oracle
    }

    fn presence(&self) -> Presence {
        let mut presence = Presence::default();
        let mut of: Vec<Option<SharedIx>> =
            self.works.iter().map(|works| works.map(|works| presence.shares(chance(works)))).collect();
        // Drivers first, so that what they are is there when others need it.
        for person in self.people.iter().filter(|person| person.is.is_some()) {
            let needs: Vec<SharedIx> = person.needs.iter().filter_map(|need| of[*need]).collect();
            of[person.is.expect("a driver")] = Some(presence.drives(chance(person.comes), &needs));
        }
        for person in self.people.iter().filter(|person| person.is.is_none()) {
            let needs: Vec<SharedIx> = person.needs.iter().map(|need| of[*need].expect("known")).collect();
            presence.expects(chance(person.comes), &needs);
        }
        presence
    }

    /// How likely `min` are there: every presence of everybody with every state of all that is shared.
    fn at_least(&self, min: u32) -> f64 {
        let (people, things) = (self.people.len(), self.works.len());
        let real: Vec<usize> = (0..things).filter(|&thing| self.works[thing].is_some()).collect();
        let mut sum = 0.0;
        for state in 0..1_u32 << real.len() {
            for coming in 0..1_u32 << people {
                let comes = |one: usize| coming >> one & 1 == 1;
                let mut likely = 1.0;
                let mut works = vec![false; things];
                for (bit, &thing) in real.iter().enumerate() {
                    works[thing] = state >> bit & 1 == 1;
                    let often = self.works[thing].expect("real");
                    likely *= if works[thing] { often } else { 1.0 - often };
                }
                for (one, person) in self.people.iter().enumerate() {
                    likely *= if comes(one) { person.comes } else { 1.0 - person.comes };
                    if let Some(is) = person.is {
                        works[is] = comes(one);
                    }
                }
                // Whoever drives is away where their car is, but it is their coming that others need.
                let there = |one: usize| comes(one) && self.needed_of(one).all(|thing| works[thing]);
                let count = (0..people).filter(|&one| there(one)).count();
                sum += if count >= min as usize { likely } else { 0.0 };
            }
        }
        sum
    }

    fn needed_of(&self, one: usize) -> impl Iterator<Item = usize> + '_ {
        self.people[one].needs.iter().copied()
    }
}

fn close(chance: Chance, exact: f64) -> bool {
    (chance.get() - exact).abs() < 0.000_05 + 1e-9
}

#[test]
fn presences_are_those_of_brute_force() {
    for seed in 0..60 {
        let mut draw = Draw(seed);
        let oracle = Oracle::drawn(&mut draw, if seed < 6 { 12 } else { 8 });
        let presence = oracle.presence();
        for min in 0..=presence.len() as u32 + 1 {
            let (told, exact) = (presence.at_least(min), oracle.at_least(min));
            assert!(told.is_exact && close(told.chance, exact), "{seed}, {min}: {told:?} and not {exact}");
        }
    }
}

#[test]
fn sharing_never_helps_and_nothing_shared_is_independence() {
    for seed in 100..400 {
        let mut draw = Draw(seed);
        let oracle = Oracle::drawn(&mut draw, 14);
        let min = 1 + draw.below(6) as u32;
        let presence = oracle.presence();
        assert!(presence.at_least(min).chance <= presence.independent(min), "{seed}");
        let mut sound = oracle.clone();
        sound.people.iter_mut().for_each(|person| person.is = None);
        sound.people.iter_mut().for_each(|person| person.needs.retain(|need| oracle.works[*need].is_some()));
        sound.works.iter_mut().for_each(|works| *works = works.map(|_| 1.0));
        let sound = sound.presence();
        assert_eq!(sound.at_least(min).chance, sound.independent(min), "{seed}");
        assert_eq!(sound.independent(min), presence.independent(min), "{seed}");
    }
}

#[test]
fn one_more_or_somebody_who_comes_more_often_never_makes_it_less_likely() {
    for seed in 400..700 {
        let mut draw = Draw(seed);
        let oracle = Oracle::drawn(&mut draw, 14);
        let min = 1 + draw.below(6) as u32;
        let before = oracle.presence().at_least(min).chance;
        let mut invited = oracle.clone();
        let needs = (0..oracle.works.len()).filter(|_| draw.chance(30)).collect();
        invited.people.push(Person { comes: draw.below(101) as f64 / 100.0, needs, is: None });
        assert!(invited.presence().at_least(min).chance >= before, "{seed}: one more");
        let mut steadier = oracle.clone();
        let one = draw.below(oracle.people.len() as u64) as usize;
        steadier.people[one].comes = (steadier.people[one].comes + 0.2).min(1.0);
        assert!(steadier.presence().at_least(min).chance >= before, "{seed}: more often");
    }
}

/// Twenty things shared crosswise: exact or a bound, but never more than the truth, and in no time.
#[test]
fn much_that_is_shared_is_told_as_a_bound() {
    let mut presence = Presence::default();
    let things: Vec<SharedIx> = (0..40).map(|_| presence.shares(chance(0.95))).collect();
    for a in 0..40 {
        for b in (0..40).step_by(3) {
            presence.expects(chance(0.8), &[things[a], things[b], things[(a * 7 + b) % 40]]);
        }
    }
    let odds = presence.at_least(5);
    assert!(
        !odds.is_exact && odds.chance <= presence.independent(5) && odds.chance.percent() > 5,
        "{odds:?}"
    );
}

fn study(draft: &Draft) -> Study {
    let (territory, _) = draft.clone().check().expect("sound");
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(Links), Arc::new(StraightLine)];
    Study::new(territory, providers, &Control::none()).expect("a study")
}

fn planned(study: &mut Study) -> Option<Plan> {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => {
            assert_eq!(plan.check(study.territory(), study.times()), Ok(()));
            Some(*plan)
        }
        _ => None,
    }
}

fn held(study: &Study, plan: &Plan) -> Vec<Holding> {
    holding(study, plan, &Control::none()).expect("not cancelled")
}

fn placed(plan: &Plan) -> (i64, Proof) {
    let tier = plan.tiers.iter().find(|tier| tier.tier == Tier::Placed).expect("an objective");
    (tier.value, tier.proof)
}

/// A village with so many youths who walk to its site, and one programme of three at least.
fn village(youths: usize, attendance: &[Option<f64>]) -> Draft {
    let mut draft = Draft::new("village");
    draft.place(place("bourg", north(0)));
    draft.site(site("salle", north(0), &["lun-am"]));
    draft.programme(programme("atelier", 3, 12));
    for i in 0..youths {
        let mut one = youth(&format!("y{i:02}"), "bourg", &["atelier"]);
        one.attendance = attendance.get(i).copied().flatten().map(chance);
        draft.youth(one);
    }
    draft
}

fn tail(chances: &[f64], min: u32) -> f64 {
    let people = chances.iter().map(|&comes| Person { comes, needs: Vec::new(), is: None }).collect();
    Oracle { people, works: Vec::new() }.at_least(min)
}

#[test]
fn a_group_is_told_with_how_many_to_invite() {
    for (usual, youths) in [(0.75, 4), (0.5, 6), (0.9, 3)] {
        let mut draft = village(youths, &[]);
        draft.rules.attendance.usual = chance(usual);
        let mut study = study(&draft);
        let plan = planned(&mut study).expect("a plan");
        let all = held(&study, &plan);
        let [group] = all.as_slice() else { panic!("one group") };
        let exact = tail(&vec![usual; youths], 3);
        assert!(
            group.sessions.iter().all(|s| close(s.independent, exact) && s.shared.chance == s.independent)
        );
        assert_eq!(u64::from(group.expected_tenths()), (exact * 10_000.0).round() as u64 * 2 / 1_000);
        for (asked, told) in INVITED_FOR.into_iter().zip(group.invite) {
            let enough = (3..=12).find(|&n| tail(&vec![usual; n], 3) >= asked.get() - 1e-9);
            assert_eq!(told, enough.map(|n| n as u32), "{usual}, {asked:?}");
        }
    }
}

/// Whoever says nothing comes as the programme says, else as usual; what is said of a youth comes first.
#[test]
fn attendance_is_that_of_the_youth_then_of_the_programme_then_the_usual() {
    let mut draft = village(3, &[Some(0.4)]);
    draft.programmes[0].value.attendance = Some(chance(0.6));
    let (territory, _) = draft.clone().check().expect("sound");
    let id = territory.programmes().find_str("atelier").expect("it");
    let of = |t: &Territory, youth| t.attendance_of(t.youths().find_str(youth).expect("one"), id).percent();
    assert_eq!((of(&territory, "y00"), of(&territory, "y01")), (40, 60));
    draft.programmes[0].value.attendance = None;
    let (territory, _) = draft.check().expect("sound");
    assert_eq!((of(&territory, "y00"), of(&territory, "y01")), (40, 75));
}

#[test]
fn a_programme_that_asks_to_hold_forms_larger_groups() {
    let mut draft = village(9, &[]);
    draft.programmes[0].value.size = GroupSize::new(5, 8, 12).expect("a size");
    draft.programmes[0].value.hold = Some(chance(0.8));
    let mut eight = draft.clone();
    eight.youths.truncate(8);
    let plan = planned(&mut study(&eight)).expect("a plan");
    assert_eq!(plan.groups.iter().map(|group| group.members.len()).collect::<Vec<_>>(), [8]);
    let mut seven = draft.clone();
    seven.youths.truncate(7);
    let mut seven = study(&seven);
    let plan = planned(&mut seven).expect("a plan");
    assert!(plan.groups.is_empty(), "of seven, five are there 75 % of the time");
    assert_eq!(plan.verdicts[0].missing.get(), 1);
    assert!(plan.assumptions.iter().any(|figure| figure.id == "attendance"), "it rests on that");
    // Asking less, or more than any group does.
    draft.programmes[0].value.hold = Some(chance(0.7));
    let mut less = draft.clone();
    less.youths.truncate(7);
    assert_eq!(planned(&mut study(&less)).expect("a plan").groups.len(), 1);
    draft.programmes[0].value.hold = Some(chance(1.0));
    let Err(Error::Input(findings)) = draft.check() else { panic!("it can't be") };
    assert_eq!(findings[0].code.as_str(), "M203");
}

/// Those who come less often may join, and are not counted on.
#[test]
fn who_comes_less_often_is_not_counted_on() {
    let rare = [Some(0.1), Some(0.1), Some(0.1), Some(0.1)];
    let mut draft = village(4, &rare);
    draft.programmes[0].value.hold = Some(chance(0.8));
    let plan = planned(&mut study(&draft)).expect("a plan");
    assert!(plan.groups.is_empty(), "nobody is steady");
    // With five others who come three times of four, a group of three holds: all nine are in it.
    for i in 4..9 {
        draft.youth(youth(&format!("y{i:02}"), "bourg", &["atelier"]));
    }
    let mut study = study(&draft);
    let mut plan = planned(&mut study).expect("a plan");
    assert_eq!(plan.groups[0].members.len(), 9);
    // A plan without some of the steady is refused, though there are enough members.
    let territory = study.territory();
    plan.groups[0].members.retain(|member| territory.youths().key_of(member.youth) < "y05");
    let found = plan.check(territory, study.times()).expect_err("spoiled");
    let seldom =
        |violation: &Violation| matches!(violation, Violation::Group(0, GroupFault::HoldsTooSeldom(..)));
    assert!(found.iter().any(seldom), "{found:?}");
}

/// Over random territories: each group holds as often as asked, by brute force, and no more are placed than without.
#[test]
fn every_group_of_a_plan_that_asks_for_it_holds() {
    let (mut groups, mut fewer) = (0, 0);
    for seed in 0..250 {
        let mut draft = common::tiny(seed);
        let mut draw = Draw(seed ^ 0x4b1d);
        let without = draft.clone();
        draft.rules.attendance.usual = chance(0.8 + draw.below(20) as f64 / 100.0);
        for programme in &mut draft.programmes {
            programme.value.hold = draw.chance(80).then(|| chance(0.5 + draw.below(45) as f64 / 100.0));
            programme.value.attendance =
                draw.chance(30).then(|| chance(0.75 + draw.below(25) as f64 / 100.0));
        }
        for youth in &mut draft.youths {
            youth.value.attendance = draw.chance(40).then(|| chance(0.3 + draw.below(70) as f64 / 100.0));
        }
        // What no group can do is an error of the draft, and not asked.
        let Ok((territory, _)) = draft.clone().check() else { continue };
        let (mut study, mut usual) = (study(&draft), study(&without));
        let (Some(plan), Some(base)) = (planned(&mut study), planned(&mut usual)) else { continue };
        for group in &plan.groups {
            let programme = &territory.programmes()[group.offer.programme];
            let Some(hold) = programme.hold else { continue };
            let own =
                |m: &maillage::plan::Member| territory.attendance_of(m.youth, group.offer.programme).get();
            let chances: Vec<f64> = group.members.iter().map(own).collect();
            assert!(tail(&chances, programme.size.min()) >= hold.get() - 1e-9, "{seed}: {chances:?}");
            groups += 1;
        }
        let ((value, proof), (most, proved)) = (placed(&plan), placed(&base));
        if proof == Proof::Optimal && proved == Proof::Optimal {
            assert!(value <= most, "{seed}: {value} and {most}");
            fewer += i32::from(value < most);
        }
    }
    assert!(groups >= 30 && fewer >= 5, "{groups} groups, fewer {fewer} times");
}

/// A driver with two who ride along, two who walk: by the exhaustive oracle.
#[test]
fn who_rides_along_depends_on_the_driver() {
    let mut draft = Draft::new("ride");
    draft.place(place("loin", north(15))).place(place("bourg", north(0)));
    draft.site(site("salle", north(0), &["lun-am"]));
    draft.programme(programme("atelier", 3, 12));
    let minutes = Seconds::from_minutes;
    let stop = RideStop { place: key("loin"), out: minutes(25), home: minutes(25) };
    let mut driver = youth("d", "loin", &["atelier"]);
    driver.licences.push(Licence::B);
    driver.vehicles.push(car());
    driver.attendance = Some(chance(0.6));
    driver.rides.push(SharedRide {
        site: key("salle"),
        seats: 3,
        detour: minutes(10),
        out: minutes(25),
        home: minutes(25),
        stops: vec![stop],
    });
    draft.youth(driver);
    for (id, home) in [("a", "loin"), ("b", "loin"), ("w", "bourg"), ("x", "bourg")] {
        draft.youth(youth(id, home, &["atelier"]));
    }
    draft.rules.attendance.shared_failure = chance(0.1);
    let mut study = study(&draft);
    let plan = planned(&mut study).expect("a plan");
    assert_eq!(plan.groups[0].members.len(), 5, "nobody is left out");
    let all = held(&study, &plan);
    let person = |comes, needs: &[usize], is| Person { comes, needs: needs.to_vec(), is };
    let oracle = Oracle {
        people: vec![
            person(0.6, &[0], Some(1)),
            person(0.75, &[0, 1], None),
            person(0.75, &[0, 1], None),
            person(0.75, &[], None),
            person(0.75, &[], None),
        ],
        works: vec![Some(0.9), None],
    };
    assert!(close(all[0].shared(), oracle.at_least(3)), "{:?}", all[0]);
    assert!(close(all[0].independent(), tail(&[0.6, 0.75, 0.75, 0.75, 0.75], 3)));
    assert!(all[0].shared().get() < all[0].independent().get() - 0.1, "the car makes a difference");
    let driver = study.territory().youths().find_str("d").expect("the driver");
    assert_eq!(all[0].together.get(&Shared::Car(driver, 0)), Some(&3));
}

/// Who can't come on a date is not expected then.
#[test]
fn a_session_that_some_miss_holds_less_often() {
    let mut draft = village(4, &[]);
    draft.programmes[0].value.needed = Needed::Count(1);
    let plan = planned(&mut study(&draft)).expect("a plan");
    let days: Vec<Date> = {
        let study = study(&draft);
        let all = held(&study, &plan);
        all[0].sessions.iter().map(|session| session.date).collect()
    };
    let away = DateRange::new(days[1], days[1]).expect("a day");
    let absence = Absence { dates: away, hours: WeeklyHours::always() };
    for youth in draft.youths.iter_mut().take(1) {
        youth.value.availability.absences.push(absence.clone());
    }
    let mut study = study(&draft);
    let plan = planned(&mut study).expect("a plan");
    let all = held(&study, &plan);
    let sessions: Vec<(u32, Chance)> = all[0].sessions.iter().map(|s| (s.expected, s.independent)).collect();
    let missed = all[0].sessions.iter().position(|s| s.date == days[1]);
    let Some(missed) = missed else { panic!("it meets on the same days: {sessions:?}") };
    assert_eq!(sessions[missed].0, 3);
    assert!(close(sessions[missed].1, tail(&[0.75; 3], 3)), "{sessions:?}");
    assert!(close(sessions[1 - missed].1, tail(&[0.75; 4], 3)), "{sessions:?}");
    assert_eq!(all[0].weakest().map(|session| session.date), Some(days[1]));
}

const MONDAY: Date = date(2026, 9, 7);

fn arriving(per_week: f64, give_up: f64) -> Arriving {
    let rules = ArrivalRules { give_up: chance(give_up), ..ArrivalRules::default() };
    Arriving { per_week: rate(per_week), rules, from: MONDAY }
}

fn weeks(weeks: Option<maillage::questions::Weeks>) -> f64 {
    f64::from(weeks.expect("it fills").tenths()) / 10.0
}

/// Nobody leaves and all months are alike: the time is Erlang's.
#[test]
fn filling_is_erlangs_where_nobody_leaves() {
    for (n, per_week) in [(8_u32, 1.5), (16, 0.5), (1, 0.3), (5, 2.0), (12, 7.5), (40, 3.0)] {
        let cohort = arriving(per_week, 0.0).cohort(n);
        let mean = f64::from(n) / per_week;
        assert!((weeks(cohort.starts.mean) - mean).abs() <= 0.05 + 1e-6, "{n} at {per_week}: {cohort:?}");
        assert_eq!(cohort.starts, cohort.complete);
        // Fewer than n have come after the time told, once in five.
        let after = weeks(cohort.starts.p80);
        let fewer = |after: f64| {
            let x = per_week * after;
            let mut term = f64::exp(-x);
            let mut sum = 0.0;
            for k in 0..n {
                sum += term;
                term *= x / f64::from(k + 1);
            }
            sum
        };
        assert!(fewer(after - 0.06) >= 0.2 && fewer(after + 0.06) <= 0.2, "{n} at {per_week}: {after}");
        assert!((weeks(cohort.wait) - f64::from(n - 1) / 2.0 / per_week).abs() <= 0.05 + 1e-6, "{cohort:?}");
        assert_eq!(cohort.gives_up, Some(Chance::NEVER));
    }
    let told = |per_week, n| arriving(per_week, 0.0).cohort(n).starts.mean.map(|mean| mean.tenths());
    assert_eq!((told(1.5, 8), told(0.5, 16)), (Some(53), Some(320)), "the figures of the domain");
}

/// Those who wait leave: the mean time from one more to the next has a recurrence.
#[test]
fn filling_is_a_birth_and_death_where_some_leave() {
    for (n, per_week, leave) in [(8_u32, 1.5, 0.03), (5, 0.5, 0.1), (6, 1.0, 0.2), (12, 4.0, 0.05)] {
        let (mut step, mut mean) = (0.0, 0.0);
        for k in 0..n {
            step = (1.0 + f64::from(k) * leave * step) / per_week;
            mean += step;
        }
        let cohort = arriving(per_week, leave).cohort(n);
        assert!(
            (weeks(cohort.starts.mean) - mean).abs() <= 0.05 + 1e-6,
            "{n} at {per_week}: {mean} {cohort:?}"
        );
        // Those who came are those who are in the group and those who left: arrivals are a martingale's.
        let gone = per_week * mean - f64::from(n);
        let share = gone / (per_week * mean);
        assert!((cohort.gives_up.expect("it fills").get() - share).abs() < 1e-4, "{share} {cohort:?}");
        assert!((weeks(cohort.wait) - gone / leave / (per_week * mean)).abs() <= 0.05 + 1e-6, "{cohort:?}");
    }
}

/// From the start on, nobody waits: what is left takes what arrivals take.
#[test]
fn rolling_entry_starts_sooner_and_loses_fewer() {
    for (start, size, per_week, leave) in [(5_u32, 10_u32, 1.5, 0.03), (3, 8, 0.5, 0.05), (4, 4, 1.0, 0.1)] {
        let (of, cohort) = (arriving(per_week, leave), arriving(per_week, leave).cohort(size));
        let rolling = of.rolling(start, size);
        assert_eq!(rolling.starts, of.cohort(start).starts);
        let rest = f64::from(size - start) / per_week;
        let both = weeks(rolling.starts.mean) + rest;
        assert!((weeks(rolling.complete.mean) - both).abs() <= 0.1 + 1e-6, "{rolling:?}");
        assert!(rolling.gives_up <= cohort.gives_up && rolling.wait <= cohort.wait, "{rolling:?} {cohort:?}");
        assert!(rolling.complete.mean <= cohort.complete.mean, "{rolling:?} {cohort:?}");
    }
}

#[test]
fn a_list_that_nobody_joins_never_fills() {
    let never = arriving(0.0, 0.03).cohort(3);
    assert_eq!((never.starts.mean, never.starts.p80, never.wait, never.gives_up), (None, None, None, None));
    // One a month, half of whom leave each week: sixteen are never there together.
    assert_eq!(arriving(0.25, 0.5).cohort(16).starts.mean, None);
}

#[test]
fn more_arrivals_never_take_longer_and_leaving_never_shorter() {
    for n in [1, 4, 9] {
        let times = |of: &dyn Fn(f64) -> Waiting| {
            [0.0, 0.02, 0.05, 0.1].map(of).map(|waiting| weeks(waiting.starts.mean))
        };
        assert!(times(&|x| arriving(1.0, x).cohort(n)).is_sorted());
        let faster = times(&|x| arriving(1.0 + 10.0 * x, 0.03).cohort(n));
        assert!(faster.iter().rev().is_sorted(), "{faster:?}");
    }
}

/// A season and people who leave, by drawing: ten thousand lists.
#[test]
fn a_season_is_that_of_a_simulation() {
    let months = [50, 80, 100, 100, 80, 60, 0, 0, 250, 200, 150, 80];
    let rules = ArrivalRules { months, give_up: chance(0.05) };
    for (from, n) in [(date(2026, 5, 4), 8_usize), (date(2026, 9, 7), 6)] {
        let told = Arriving { per_week: rate(1.2), rules, from }.cohort(n as u32);
        let mut draw = Draw(7);
        let mut times: Vec<f64> = Vec::new();
        let (mut waited, mut gone, mut came) = (0.0, 0_u64, 0_u64);
        for _ in 0..10_000 {
            let list = simulated(&mut draw, (1.2, &rules, from), n);
            times.push(list.0);
            (waited, gone, came) = (waited + list.1, gone + list.2, came + list.3);
        }
        times.sort_by(f64::total_cmp);
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        let spread = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / times.len() as f64;
        let slack = 4.0 * (spread / times.len() as f64).sqrt() + 0.05;
        assert!((weeks(told.starts.mean) - mean).abs() <= slack, "{told:?}: {mean} ± {slack}");
        let p80 = times[times.len() * 4 / 5];
        assert!((weeks(told.starts.p80) - p80).abs() <= 0.5, "{told:?}: {p80}");
        let (wait, share) = (waited / came as f64, gone as f64 / came as f64);
        assert!((weeks(told.wait) - wait).abs() <= 0.1, "{told:?}: {wait}");
        assert!((told.gives_up.expect("it fills").get() - share).abs() <= 0.01, "{told:?}: {share}");
    }
}

/// Until a list is full: the time, how long all waited together, how many left, how many came. By thinning.
fn simulated(
    draw: &mut Draw,
    (per_week, rules, from): (f64, &ArrivalRules, Date),
    n: usize,
) -> (f64, f64, u64, u64) {
    let mut unit = || (draw.next() >> 11) as f64 / (1_u64 << 53) as f64;
    let leave = rules.give_up.get();
    let most = per_week * f64::from(*rules.months.iter().max().expect("twelve")) / 100.0;
    let (mut time, mut waited, mut gone, mut came, mut list) = (0.0, 0.0, 0, 0, 0_usize);
    while list < n {
        let changes = most + list as f64 * leave;
        let step = -(1.0 - unit()).ln() / changes;
        (time, waited) = (time + step, waited + list as f64 * step);
        let what = unit() * changes;
        let day = from.checked_add(jiff::Span::new().days((time * 7.0) as i64)).expect("a date");
        let rate = per_week * f64::from(rules.months[day.month() as usize - 1]) / 100.0;
        if what < rate {
            (list, came) = (list + 1, came + 1);
        } else if what >= most {
            (list, gone) = (list - 1, gone + 1);
        }
    }
    (time, waited, gone, came)
}
