//! Lifts among members of a group: against trying everybody in every car, and by hand.
//!
//! By hand all live on a meridian: 0.01° is 1,112 m, and 1.3 times that is travelled: 1,446 m, or 116 s at 45 km/h. A car
//! takes 5 minutes beside that.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, at, car, key, north, place, programme, site, youth};
use jiff::civil::{Weekday, date};
use maillage::Control;
use maillage::groups::Limits;
use maillage::plan::{MemberFault, Plan, RideFault, Riding, Violation};
use maillage::questions::{LeverStudy, with_levers};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::StraightLine;
use maillage::units::{Cents, OptionId, Position, Seconds, YouthId};
use std::sync::Arc;

fn study(draft: Draft) -> Study {
    let (territory, _) = draft.check().expect("a territory");
    Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study")
}

fn sharing(drivers: &[&str], detour: u32, seats: u32) -> Lever {
    Lever {
        key: key("sharing"),
        name: "covoiturage entre membres".into(),
        change: LeverChange::ShareLifts {
            drivers: drivers.iter().map(|driver| key(driver)).collect(),
            detour: Seconds::from_minutes(detour),
            seats,
        },
        cost: Cents::new(0),
        decider: Decider::Structure,
        delay_weeks: None,
        origin: String::new(),
    }
}

/// What is placed without the lever and with it, and the plan with it, checked.
fn asked(study: &Study, lever: Lever) -> (i64, i64, Study, Plan) {
    let levers = [lever];
    let control = Control::none();
    let asked =
        LeverStudy::new(study, &levers, &Limits::default(), &control).expect("a lever").expect("a plan");
    let steps = asked.frontier(None, &control).expect("not cancelled");
    let step = steps.last().expect("a step");
    assert!(step.proved);
    let today = i64::from(asked.today().places.get());
    let (there, plan) = asked.plan(step, &control).expect("not cancelled").expect("a plan");
    let checked = plan.check(there.territory(), there.times());
    assert!(checked.is_ok(), "{checked:#?}");
    let placed: usize = plan.groups.iter().map(|group| group.members.len()).sum();
    assert_eq!(step.placed.1, placed as i64, "the plan places as many as was said");
    (today, step.placed.1, there, plan)
}

// Against trying everything.

/// A programme of one half-day a week at one site, and six youths around it.
fn around(seed: u64) -> (Draft, Lever) {
    let mut draw = Draw(seed);
    let mut draft = Draft::new("around");
    let spot = |draw: &mut Draw| {
        let off = |draw: &mut Draw| draw.below(24_000) as f64 / 100_000.0 - 0.12;
        Position::new(0.3 + off(draw), 47.0 + off(draw))
    };
    for home in 0..5 {
        let position = spot(&mut draw);
        draft.place(place(&format!("h{home}"), position));
    }
    draft.site(Site { rooms: 2, ..site("s0", Position::new(0.3, 47.0), &["lun-am"]) });
    let min = 2 + draw.below(3) as u32;
    let mut p = programme("p0", min, min + draw.below(3) as u32);
    p.limit = Some(Seconds::from_minutes(18 + draw.below(15) as u32));
    p.max_groups = 1 + u32::from(draw.chance(30));
    p.needed = *draw.pick(&[Needed::All, Needed::All, Needed::Count(1)]);
    draft.programme(p);
    draft.rules.day_share = draw.chance(20).then_some(25);
    draft.rules.minor_lift_needs_adult = draw.chance(70);
    for n in 0..6 {
        let mut y = youth(&format!("y{n}"), &format!("h{}", draw.below(5)), &["p0"]);
        y.birth = Birth::Month(date(*draw.pick(&[2001, 2004, 2009]), 1, 1));
        if n < 3 {
            let mut hours = WeeklyHours::always();
            if draw.chance(25) {
                hours = WeeklyHours::never();
                hours.add(Weekday::Monday, at(8, 40), at(13, 0));
            }
            y.vehicles = vec![Vehicle { kind: VehicleKind::Car, hours }];
            y.licences = vec![Licence::B];
        }
        if draw.chance(25) {
            let dates = DateRange::new(date(2026, 9, 14), date(2026, 9, 14)).expect("a range");
            y.availability.absences.push(Absence { dates, hours: WeeklyHours::always() });
        }
        draft.youth(y);
    }
    let lever = sharing(&["y0", "y1", "y2"], 2 + draw.below(10) as u32, 1 + draw.below(3) as u32);
    (draft, lever)
}

/// Everybody is out, comes alone, or is in somebody's car: the most that can be placed.
struct Everything<'s> {
    study: &'s Study,
    option: OptionId,
    detour: Seconds,
    seats: usize,
    youths: Vec<YouthId>,
    alone: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq)]
enum Comes {
    Not,
    Alone,
    With(usize),
}

impl Everything<'_> {
    fn most(study: &Study, lever: &Lever) -> i64 {
        let LeverChange::ShareLifts { detour, seats, .. } = &lever.change else { panic!("a lift") };
        let territory = study.territory();
        let Some(option) = territory.option_ids().next() else { return 0 };
        let youths: Vec<YouthId> = territory.youths().ids().collect();
        let limit = territory.limit_of(territory.option(option).programme);
        let alone =
            youths.iter().map(|&y| study.reach().attend(territory, y, option, limit).is_ok()).collect();
        let all = Everything { study, option, detour: *detour, seats: *seats as usize, youths, alone };
        all.place(&mut Vec::new())
    }

    fn place(&self, chosen: &mut Vec<Comes>) -> i64 {
        let n = chosen.len();
        if n == self.youths.len() {
            return if self.holds(chosen) {
                chosen.iter().filter(|c| **c != Comes::Not).count() as i64
            } else {
                0
            };
        }
        let mut ways = vec![Comes::Not];
        ways.extend(if self.alone[n] { vec![Comes::Alone] } else { (0..3).map(Comes::With).collect() });
        let mut best = 0;
        for way in ways {
            chosen.push(way);
            best = best.max(self.place(chosen));
            chosen.pop();
        }
        best
    }

    fn holds(&self, chosen: &[Comes]) -> bool {
        let territory = self.study.territory();
        let (_, p) = territory.programmes().iter().next().expect("a programme");
        let n = chosen.iter().filter(|c| **c != Comes::Not).count() as u32;
        let fits = |k: u32| k * p.size.min() <= n && n <= k * p.size.max();
        (n == 0 || (1..=p.max_groups).any(fits)) && (0..3).all(|driver| self.car(chosen, driver))
    }

    /// Whether everybody in a car comes in time, out and home, and the driver accepts the way round.
    fn car(&self, chosen: &[Comes], driver: usize) -> bool {
        let along: Vec<usize> = (0..chosen.len()).filter(|&y| chosen[y] == Comes::With(driver)).collect();
        if along.is_empty() {
            return true;
        }
        chosen[driver] == Comes::Alone && along.len() <= self.seats && self.drives(driver, &along)
    }

    fn drives(&self, driver: usize, along: &[usize]) -> bool {
        let territory = self.study.territory();
        let offer = territory.option(self.option);
        let youth = |y: usize| &territory.youths()[self.youths[y]];
        let position =
            |y: usize| territory.places()[youth(y).home.expect("a home")].position.expect("located");
        let there = territory.sites().iter().next().expect("a site").1.position.expect("located");
        let rules = &territory.rules().straight_line;
        let pace = rules.pace(Mode::Car).expect("a car's pace");
        let leg = |a: Position, b: Position| {
            let metres = (a.straight_line(b) * f64::from(rules.detour) / 100.0).round() as u32;
            pace.speed.time_over(maillage::units::Metres::new(metres))
        };
        let direct = leg(position(driver), there).plus(pace.plus);
        let mut homes: Vec<Position> = Vec::new();
        for &y in along {
            if !homes.contains(&position(y)) {
                homes.push(position(y));
            }
        }
        // Straight lines take as long both ways: one order does for out and home.
        let mut rounds: Vec<(Seconds, Vec<(Position, Seconds)>)> = Vec::new();
        permute(&mut homes, 0, &mut |order| {
            let (mut next, mut left, mut board) = (there, pace.plus, Vec::new());
            for &home in order.iter().rev() {
                left = left.plus(leg(home, next));
                board.push((home, left));
                next = home;
            }
            rounds.push((left.plus(leg(position(driver), next)), board));
        });
        let (time, board) = rounds.into_iter().min_by_key(|round| round.0).expect("a round");
        let limit = territory.limit_of(offer.programme);
        if time > direct.plus(self.detour) || time > limit || board.iter().any(|b| b.1 > limit) {
            return false;
        }
        let share = |time: Seconds, stay: &Stay| {
            territory
                .rules()
                .day_share
                .is_none_or(|share| 2 * time.get() * 100 <= u32::from(share) * stay.duration().get())
        };
        let there_always = offer.stays.iter().all(|stay| {
            let day = stay.date.weekday();
            let hours = stay.arrive_by.earlier(time).zip(stay.leave_after.later(time));
            youth(driver).availability.allows(stay.date, stay.arrive_by, stay.leave_after)
                && hours.is_some_and(|(from, to)| youth(driver).vehicles[0].hours.covers(day, from, to))
                && share(time, stay)
        });
        there_always
            && along.iter().all(|&y| {
                let time = board.iter().find(|b| b.0 == position(y)).expect("a stop").1;
                let comes = offer.stays.iter().filter(|stay| {
                    let adult = |y: usize| youth(y).birth.age_on(stay.date) >= 18;
                    let rule = !territory.rules().minor_lift_needs_adult || adult(y) || adult(driver);
                    let free = youth(y).availability.allows(stay.date, stay.arrive_by, stay.leave_after);
                    rule && free && share(time, stay)
                });
                let comes = comes.count() as u32;
                comes > 0 && comes >= territory.programmes()[offer.programme].needed.of(offer.sessions())
            })
    }
}

fn permute<T: Copy>(items: &mut [T], from: usize, each: &mut impl FnMut(&[T])) {
    if from >= items.len() {
        return each(items);
    }
    for i in from..items.len() {
        items.swap(from, i);
        permute(items, from + 1, each);
        items.swap(from, i);
    }
}

#[test]
fn lifts_are_those_of_trying_everybody_in_every_car() {
    let (mut brought, mut several) = (0, 0);
    for seed in 0..150 {
        let (draft, lever) = around(seed);
        let study = study(draft);
        let expected = Everything::most(&study, &lever);
        let (today, placed, there, plan) = asked(&study, lever.clone());
        assert_eq!(placed, expected, "seed {seed}");
        assert!(placed >= today, "seed {seed}: a lever never places fewer");
        brought += usize::from(placed > today);
        let riders = plan
            .groups
            .iter()
            .flat_map(|g| &g.members)
            .filter(|m| matches!(m.ride, Some(Riding::With { .. })));
        several += usize::from(riders.count() > 1);
        // Applied to the territory, it is posed and planned like anything else.
        let mut applied = with_levers(&study, &[lever], &Control::none()).expect("a lever");
        let fresh = self::study(applied.territory().to_draft());
        assert_eq!(applied.instance().problem, fresh.instance().problem, "seed {seed}");
        let Outcome::Plan(plan) = applied.plan(&Limits::default(), &Control::none()).expect("not cancelled")
        else {
            panic!("seed {seed}: a plan")
        };
        assert_eq!(plan.tiers[0].value, expected, "seed {seed}");
        let checked = plan.check(applied.territory(), applied.times());
        assert!(checked.is_ok(), "seed {seed}: {checked:#?}");
        let again = there.territory().to_draft().check().is_ok();
        assert!(again, "seed {seed}");
    }
    assert!(brought > 25 && several > 8, "{brought} times somebody is brought, {several} times several");
}

// By hand.

/// A driver 0.10° north of the site, others who have no way to come.
fn meridian(homes: &[u64]) -> Draft {
    let mut draft = Draft::new("meridian");
    draft.site(site("s0", north(0), &["lun-am"]));
    draft.place(place("h", north(10)));
    let mut p = programme("p0", 2, 6);
    p.limit = Some(Seconds::from_minutes(40));
    draft.programme(p);
    let mut driver = youth("driver", "h", &["p0"]);
    (driver.licences, driver.vehicles) = (vec![Licence::B], vec![car()]);
    draft.youth(driver);
    for (n, &home) in homes.iter().enumerate() {
        draft.place(place(&format!("h{n}"), north(home)));
        draft.youth(youth(&format!("y{n}"), &format!("h{n}"), &["p0"]));
    }
    draft
}

fn riders(plan: &Plan) -> usize {
    let members = plan.groups.iter().flat_map(|g| &g.members);
    members.filter(|m| matches!(m.ride, Some(Riding::With { .. }))).count()
}

#[test]
fn a_driver_goes_as_far_round_as_was_accepted() {
    // To 0.12° and back to 0.10° is 4 times 116 s more than the drive: 7 min 43 s.
    for (detour, placed) in [(7, 0), (8, 2)] {
        let study = study(meridian(&[12]));
        let (today, found, there, plan) = asked(&study, sharing(&["driver"], detour, 3));
        assert_eq!((today, found), (0, placed), "{detour} minutes");
        if placed > 0 {
            let members = &plan.groups[0].members;
            let trip = |name: &str| {
                let id = there.territory().youths().find_str(name).expect("a youth");
                members.iter().find(|m| m.youth == id).expect("a member").trip.expect("a trip")
            };
            // 12 × 115.65 s and 5 min; the driver 2 × 115.65 s more.
            assert_eq!((trip("y0").to.get(), trip("y0").mode_to), (1_688, Mode::Lift));
            assert_eq!((trip("driver").to.get(), trip("driver").mode_to), (1_920, Mode::Car));
        }
    }
}

#[test]
fn a_car_has_so_many_seats() {
    for (seats, placed) in [(1, 2), (2, 3), (3, 4)] {
        let study = study(meridian(&[9, 8, 7]));
        let (_, found, _, plan) = asked(&study, sharing(&["driver"], 10, seats));
        assert_eq!((found, riders(&plan)), (placed, seats as usize));
    }
}

#[test]
fn who_is_in_no_such_group_takes_nobody() {
    let mut draft = meridian(&[9, 8]);
    draft.programme(programme("p1", 1, 3));
    draft.youths[0].value.programmes = vec![key("p1")];
    let study = study(draft);
    let (today, found, _, plan) = asked(&study, sharing(&["driver"], 10, 3));
    assert_eq!(
        (today, found, riders(&plan)),
        (1, 1, 0),
        "only the driver has a place, in the other programme"
    );
    // Somebody who said nothing drives nobody.
    let study = self::study(meridian(&[9, 8]));
    let (_, found, _, _) = asked(&study, sharing(&["y0"], 10, 3));
    assert_eq!(found, 0);
}

#[test]
fn minors_ride_with_adults_where_the_house_says_so() {
    for (rule, placed) in [(true, 0), (false, 2)] {
        let mut draft = meridian(&[9]);
        draft.rules.minor_lift_needs_adult = rule;
        draft.youths.iter_mut().for_each(|w| w.value.birth = Birth::Month(date(2009, 1, 1)));
        let study = study(draft);
        let (_, found, _, _) = asked(&study, sharing(&["driver"], 10, 3));
        assert_eq!(found, placed, "the driver is 17 too");
    }
}

#[test]
fn a_driver_who_misses_a_day_takes_nobody() {
    let mut draft = meridian(&[9]);
    draft.programmes[0].value.needed = Needed::Count(1);
    let dates = DateRange::new(date(2026, 9, 14), date(2026, 9, 14)).expect("a range");
    let absence = Absence { dates, hours: WeeklyHours::always() };
    draft.youths[0].value.availability.absences.push(absence.clone());
    let (_, found, _, _) = asked(&study(draft.clone()), sharing(&["driver"], 10, 3));
    assert_eq!(found, 0);
    draft.youths[0].value.availability.absences.clear();
    draft.youths[1].value.availability.absences.push(absence);
    let (_, found, _, plan) = asked(&study(draft), sharing(&["driver"], 10, 3));
    assert_eq!((found, plan.missed.len()), (2, 1), "a passenger may miss one");
}

#[test]
fn a_plan_that_was_tampered_with_is_refused() {
    let study = study(meridian(&[9, 8, 7]));
    let (_, _, there, plan) = asked(&study, sharing(&["driver"], 10, 2));
    let territory = there.territory();
    let id = |name: &str| territory.youths().find_str(name).expect("a youth");
    let faults = |plan: &Plan| -> Vec<RideFault> {
        let found = plan.check(territory, there.times()).expect_err("a fault");
        let ride =
            |v: Violation| if let Violation::Member(_, _, MemberFault::Ride(f)) = v { Some(f) } else { None };
        found.into_iter().filter_map(ride).collect()
    };
    let driver = id("driver");
    let mut gone = plan.clone();
    gone.groups[0].members.retain(|m| m.youth != driver);
    assert_eq!(faults(&gone), [RideFault::DriverAway; 2]);
    let mut alone = plan.clone();
    alone.groups[0].members.iter_mut().filter(|m| m.youth == driver).for_each(|m| m.ride = None);
    assert_eq!(faults(&alone), [RideFault::DriverAway; 2]);
    let mut unknown = plan.clone();
    unknown.groups[0].members.iter_mut().for_each(|m| m.ride = Some(Riding::With { driver, ride: 99 }));
    assert_eq!(faults(&unknown), [RideFault::Unknown; 3]);
    let mut crowded = plan.clone();
    let absent = ["y0", "y1", "y2"]
        .map(id)
        .into_iter()
        .find(|y| crowded.groups[0].members.iter().all(|m| m.youth != *y));
    let like = *crowded.groups[0].members.iter().find(|m| m.youth != driver).expect("a passenger");
    crowded.groups[0]
        .members
        .push(maillage::plan::Member { youth: absent.expect("no seat is left"), ..like });
    assert!(
        faults(&crowded).iter().any(|f| matches!(f, RideFault::Seats(a) if (a.count, a.limit) == (3, 2)))
    );
    // The way round is some seconds of rounding, then a minute that nobody accepted.
    for (out, holds) in [(0, true), (60, false)] {
        let mut youth = territory
            .to_draft()
            .youths
            .into_iter()
            .find(|w| w.value.key == key("driver"))
            .expect("a youth")
            .value;
        youth.rides.iter_mut().for_each(|ride| {
            (ride.detour, ride.out) = (Seconds::new(10), ride.out.plus(Seconds::new(out)));
        });
        let stricter = there.what_if(&[Edit::PutYouth(youth)], &Control::none()).expect("a study");
        let found = plan.check(stricter.territory(), stricter.times()).err().unwrap_or_default();
        let detour =
            |v: &Violation| matches!(v, Violation::Member(_, _, MemberFault::Ride(RideFault::Detour)));
        assert_eq!((found.is_empty(), found.iter().any(detour)), (holds, !holds), "{found:?}");
    }
}

#[test]
fn who_drives_is_told_inside_and_not_in_what_is_shared() {
    let study = study(meridian(&[9, 8, 7]));
    let (_, _, there, plan) = asked(&study, sharing(&["driver"], 10, 3));
    let json = maillage::report::json(there.territory(), &plan).to_string();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let members = json["groups"][0]["members"].as_array().expect("members");
    let with = members.iter().filter(|m| m["with"] == "driver" && m["mode"] == "lift").count();
    assert_eq!(with, 3, "{members:#?}");
    let run = maillage::report::Run::new(there.times());
    let documents = maillage::report::documents(there.territory(), &plan, &run);
    let (mut shared, mut sheets) = (0, 0);
    for document in &documents {
        let text = String::from_utf8_lossy(&document.bytes);
        if document.path.starts_with("partage") {
            shared += 1;
            assert!(!text.contains("driver") && !text.contains("\"with\""), "{}", document.path);
        } else if document.path.contains("fiches") {
            sheets += 1;
            assert!(!text.contains("Pas de trajet connu"), "{}: everybody comes every time", document.path);
        }
    }
    assert!(shared > 0 && sheets > 0);
}
