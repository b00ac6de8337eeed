//! A plan made by hand that holds, and the many ways in which it would not.
//!
//! Sites: *antenne* at 47.00° N and the candidate *tiers* at 47.05° N. Homes: *near* is
//! 0.01° north of the antenna, *mid* half-way between the sites, *far* 0.2° away.
//! A degree is 111,195 m and 1.3 times that is travelled: 1,446 m, 3,614 m, 28,911 m.

#![allow(clippy::expect_used, reason = "a fixture that can't be built is a failed test")]

use jiff::civil::{Date, Weekday, date};
use maillage::Control;
use maillage::groups::{Proof, Stopped, Tier, TierResult};
use maillage::plan::*;
use maillage::reach::{Reason, Reasons};
use maillage::territory::*;
use maillage::travel::*;
use maillage::units::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// On foot, 1,446 m at 4.5 km/h.
const WALK_NEAR: u32 = 1157;
/// Passenger, 1,446 m at 45 km/h and 5 min.
const LIFT_NEAR: u32 = 416;
/// By bicycle, 3,614 m at 14 km/h.
const BIKE_MID: u32 = 930;
/// By car, 3,614 m at 45 km/h and 5 min.
const CAR_MID: u32 = 590;
/// By moped, 3,614 m at 35 km/h.
const MOPED_MID: u32 = 372;

/// Monday of the first week.
const START: Date = date(2026, 10, 5);

fn key(text: &str) -> Key {
    Key::new(text).expect("a key")
}

fn keys(texts: &[&str]) -> Vec<Key> {
    texts.iter().map(|text| key(text)).collect()
}

fn clock(hour: u32) -> ClockTime {
    ClockTime::new(hour, 0).expect("a time of day")
}

fn days(first: Date, last: Date) -> DateRange {
    DateRange::new(first, last).expect("in order")
}

fn place(name: &str, lat: f64) -> Place {
    Place {
        key: key(name),
        name: name.into(),
        commune: None,
        position: Position::new(0.5, lat),
        population: None,
        epci: None,
    }
}

fn site(name: &str, lat: f64, status: SiteStatus, open: &[&str]) -> Site<Names> {
    Site {
        key: key(name),
        name: name.into(),
        commune: None,
        position: Position::new(0.5, lat),
        status,
        rooms: 1,
        open: keys(open),
        half_days: None,
        room_cost: Cents::new(0),
    }
}

fn programme(name: &str, rhythm: Rhythm<Names>, weeks: u16) -> Programme<Names> {
    Programme {
        key: key(name),
        name: name.into(),
        size: GroupSize::new(2, 2, 3).expect("sizes"),
        rhythm,
        slots: Vec::new(),
        sites: Vec::new(),
        alternating: Vec::new(),
        weeks,
        start: StartWindow { first: START, later_weeks: 0 },
        in_holidays: InHolidays::Runs,
        needed: Needed::All,
        limit: None,
        ages: Ages::MISSION_LOCALE,
        mix: Vec::new(),
        excludes: Vec::new(),
        max_groups: 1,
        group_cost: Cents::new(0),
        attendance: None,
        hold: None,
    }
}

fn youth(name: &str, years: u8, sex: Sex, home: &str, programmes: &[&str]) -> Youth<Names> {
    Youth {
        key: key(name),
        home: Some(key(home)),
        birth: Birth::Age { years, on: date(2026, 9, 1) },
        recognised_disability: false,
        sex: Some(sex),
        licences: Vec::new(),
        vehicles: Vec::new(),
        lifts: Vec::new(),
        rides: Vec::new(),
        availability: Availability::default(),
        programmes: keys(programmes),
        priority: Priority::NONE,
        attendance: None,
    }
}

fn on(day: Weekday) -> WeeklyHours {
    let mut hours = WeeklyHours::never();
    hours.add_day(day);
    hours
}

fn slot(name: &str, day: Weekday, from: u32, to: u32) -> Slot {
    Slot { key: key(name), day, from: clock(from), to: clock(to) }
}

fn programmes() -> [Programme<Names>; 3] {
    let mut atelier = programme("atelier", Rhythm::HalfDays(1), 3);
    atelier.slots = keys(&["mar-am", "jeu-am"]);
    atelier.in_holidays = InHolidays::Pauses;
    atelier.start.later_weeks = 1;
    atelier.mix = vec![MixRule { of: Trait::Woman, at_least: 1, at_most: 2 }];
    atelier.excludes = keys(&["cej"]);
    let mut cej = programme("cej", Rhythm::FullDays(1), 6);
    cej.sites = keys(&["antenne"]);
    cej.in_holidays = InHolidays::Visio;
    cej.needed = Needed::Percent(80);
    cej.ages = Ages::CEJ;
    let mut tour = programme("tour", Rhythm::HalfDays(2), 2);
    tour.slots = keys(&["lun-am", "jeu-am"]);
    tour.alternating = vec![Alternating { by: Turn::Day, sites: keys(&["antenne", "tiers"]) }];
    tour.limit = Some(Seconds::from_minutes(30));
    [atelier, cej, tour]
}

fn youths() -> Vec<Youth<Names>> {
    use Sex::{Man, Woman};
    let vehicle = |kind, hours| vec![Vehicle { kind, hours }];
    let mut all = vec![
        youth("y1", 20, Woman, "near", &["atelier"]),
        youth("y2", 22, Man, "mid", &["atelier", "tour"]),
        youth("y3", 25, Woman, "mid", &["atelier", "cej"]),
        youth("y4", 17, Man, "near", &["cej"]),
        youth("y5", 19, Man, "mid", &["atelier", "cej", "tour"]),
        youth("y6", 15, Woman, "near", &["atelier"]),
        youth("y7", 24, Woman, "near", &["atelier"]),
        youth("y8", 24, Man, "near", &[]),
        youth("y9", 21, Woman, "near", &["atelier", "cej", "tour"]),
    ];
    all[1].vehicles = vehicle(VehicleKind::Bike, WeeklyHours::always());
    all[1].priority = Priority::new(5).expect("a priority");
    all[2].vehicles = vehicle(VehicleKind::Car, on(Weekday::Wednesday));
    all[2].licences = vec![Licence::B];
    all[3].lifts = vec![Lift { ways: LiftWays::Both, hours: WeeklyHours::always(), adult_driver: true }];
    all[4].vehicles = vehicle(VehicleKind::Moped, WeeklyHours::always());
    all[4].licences = vec![Licence::Am];
    all
}

fn adviser(name: &str, sites: &[&str], half_days: u32) -> Adviser<Names> {
    Adviser { key: key(name), sites: keys(sites), slots: Vec::new(), half_days }
}

fn pins() -> Vec<Pin<Names>> {
    vec![
        Pin::In { youth: key("y1"), programme: key("atelier") },
        Pin::Group {
            programme: key("cej"),
            site: key("antenne"),
            slots: keys(&["mer-am", "mer-pm"]),
            start: None,
        },
        Pin::Out { youth: key("y7"), programme: Some(key("atelier")) },
        Pin::Apart { a: key("y1"), b: key("y9") },
    ]
}

fn territory() -> Territory {
    let mut draft = Draft::new("valley");
    for (name, lat) in [("far", 47.2), ("mid", 47.025), ("near", 47.01)] {
        draft.place(place(name, lat));
    }
    let open = ["lun-am", "mar-am", "mer-am", "mer-pm", "jeu-am"];
    draft.site(site("antenne", 47.0, SiteStatus::Existing, &open));
    let candidate = SiteStatus::Candidate { opening: Cents::new(50_000) };
    draft.site(site("tiers", 47.05, candidate, &["mar-am", "jeu-am"]));
    draft.adviser(adviser("a1", &[], 4)).adviser(adviser("a2", &["antenne"], 2));
    for programme in programmes() {
        draft.programme(programme);
    }
    for youth in youths() {
        draft.youth(youth);
    }
    for pin in pins() {
        draft.pin(pin);
    }
    let holidays = Holidays { name: "Toussaint".into(), dates: days(date(2026, 10, 17), date(2026, 11, 1)) };
    let armistice = days(date(2026, 11, 11), date(2026, 11, 11));
    draft.calendar = Calendar {
        holidays: vec![holidays],
        closures: vec![Closure { name: "Armistice".into(), site: None, dates: armistice }],
    };
    draft.check().expect("a territory").0
}

/// Every site, whatever options the territory lists.
fn times(territory: &Territory) -> TravelTimes {
    let sites = territory.sites().ids().map(|site| (site, BTreeSet::new())).collect();
    let query = Query { sites, horizon: territory.rules().horizon };
    let providers: [Arc<dyn TravelProvider>; 1] = [Arc::new(StraightLine)];
    compute(territory, &providers, &query, &Control::none()).expect("times")
}

fn y(t: &Territory, name: &str) -> YouthId {
    t.youths().find_str(name).expect("a youth")
}

fn s(t: &Territory, name: &str) -> SiteId {
    t.sites().find_str(name).expect("a site")
}

fn p(t: &Territory, name: &str) -> ProgrammeId {
    t.programmes().find_str(name).expect("a programme")
}

fn slots(t: &Territory, names: &[&str]) -> Vec<SlotId> {
    names.iter().map(|name| t.slots().find_str(name).expect("a slot")).collect()
}

fn both_ways(mode: Mode, seconds: u32) -> RoundTrip {
    let time = Seconds::new(seconds);
    RoundTrip { mode_to: mode, mode_back: mode, to: time, back: time }
}

fn way(member: &mut Member) -> &mut RoundTrip {
    member.trip.as_mut().expect("a trip")
}

fn member(t: &Territory, name: &str, trip: RoundTrip, sessions: u32) -> Member {
    Member {
        youth: y(t, name),
        trip: Some(trip),
        reachable: sessions,
        unknown: 0,
        median: Some(trip.longer()),
        of: sessions,
        ride: None,
    }
}

fn offer(t: &Territory, programme: &str, venue: Venue, names: &[&str]) -> Offer {
    Offer { programme: p(t, programme), venue, slots: slots(t, names), start: START }
}

/// Three groups. Atelier: 6 and 13 October, then 3 November after the holidays. CEJ: Wednesdays 7
/// and 14 October, by video on 21 and 28, 4 November, not on the 11th: 10 sessions, 6 of them
/// travelled to. Tour: Mondays at the antenna and Thursdays at the candidate, twice each.
fn groups(t: &Territory) -> Vec<Group> {
    let antenna = Venue::One(s(t, "antenne"));
    let turns = Venue::Turns(Turn::Day, vec![s(t, "antenne"), s(t, "tiers")]);
    vec![
        Group {
            offer: offer(t, "atelier", antenna.clone(), &["mar-am"]),
            members: vec![
                member(t, "y1", both_ways(Mode::Walk, WALK_NEAR), 3),
                member(t, "y2", both_ways(Mode::Bike, BIKE_MID), 3),
            ],
        },
        Group {
            offer: offer(t, "cej", antenna, &["mer-am", "mer-pm"]),
            members: vec![
                member(t, "y3", both_ways(Mode::Car, CAR_MID), 10),
                member(t, "y4", both_ways(Mode::Lift, LIFT_NEAR), 10),
            ],
        },
        Group {
            offer: offer(t, "tour", turns, &["lun-am", "jeu-am"]),
            members: vec![
                member(t, "y2", both_ways(Mode::Bike, BIKE_MID), 4),
                member(t, "y5", both_ways(Mode::Moped, MOPED_MID), 4),
            ],
        },
    ]
}

/// A plan of these groups, all its lists in agreement with them.
fn plan_of(t: &Territory, groups: Vec<Group>) -> Plan {
    let holds = |programme, youth| {
        groups.iter().any(|g| g.offer.programme == programme && g.members.iter().any(|m| m.youth == youth))
    };
    let mut left_out = Vec::new();
    let mut programmes = Vec::new();
    let mut placed_value = 0;
    for (programme, _) in t.programmes().iter() {
        let mut placed = 0;
        for (youth, person) in t.youths().iter() {
            if holds(programme, youth) {
                placed += 1;
                placed_value += i64::from(person.priority.get());
            } else {
                let reason = if person.programmes.contains(&programme) {
                    Reason::BetterPlan
                } else {
                    Reason::NotEnrolled
                };
                left_out.push(LeftOut { programme, youth, reason, reasons: Reasons::only(reason) });
            }
        }
        let enrolled = t.youths().iter().filter(|(_, y)| y.programmes.contains(&programme)).count() as u32;
        programmes.push(ProgrammeAnswer {
            programme,
            groups: groups.iter().filter(|g| g.offer.programme == programme).count() as u32,
            placed: Headcount::new(placed),
            enrolled: Headcount::new(enrolled),
            closest: None,
            binds: None,
        });
    }
    let time = |group: &Group| group.offer.slots.iter().map(|&s| t.slots()[s].duration().get()).sum::<u32>();
    let hours = |youth| {
        let mine = groups.iter().filter(|g| g.members.iter().any(|m| m.youth == youth));
        let planned = Seconds::new(mine.map(time).sum());
        WeeklyHoursReach { youth, within_reach: planned, planned }
    };
    let hours = t.youths().ids().map(hours).collect();
    let candidate = |site: &SiteId| matches!(t.sites()[*site].status, SiteStatus::Candidate { .. });
    let used: BTreeSet<SiteId> =
        groups.iter().flat_map(|g| g.offer.venue.sites()).copied().filter(candidate).collect();
    let tiers = vec![
        result(Tier::Placed, placed_value, placed_value, Proof::Optimal),
        result(Tier::Cost, 60_000, 50_000, Proof::Bounded),
    ];
    let opened = used.into_iter().collect();
    Plan {
        missed: Vec::new(),
        groups,
        left_out,
        verdicts: Vec::new(),
        programmes,
        hours,
        opened,
        beside: Beside::default(),
        tiers,
        assumptions: Vec::new(),
    }
}

fn result(tier: Tier, value: i64, bound: i64, proof: Proof) -> TierResult {
    TierResult { tier, value, bound, proof, stopped: Stopped::Finished, nodes: 0 }
}

/// The valid plan with its reasons and two verdicts.
fn valid(t: &Territory) -> Plan {
    let mut plan = plan_of(t, groups(t));
    let atelier = p(t, "atelier");
    for (name, reason) in [("y6", Reason::Age), ("y7", Reason::PinnedOut)] {
        let id = y(t, name);
        let entry =
            plan.left_out.iter_mut().find(|l| l.programme == atelier && l.youth == id).expect("left out");
        entry.reason = reason;
        entry.reasons = Reasons::only(reason);
    }
    let verdict = |offer, reachable, viable, missing| Verdict {
        offer,
        reachable: Headcount::new(reachable),
        viable,
        missing: Headcount::new(missing),
    };
    plan.verdicts = vec![
        verdict(offer(t, "atelier", Venue::One(s(t, "tiers")), &["jeu-am"]), 1, false, 1),
        verdict(offer(t, "cej", Venue::One(s(t, "antenne")), &["mer-am", "mer-pm"]), 2, true, 0),
    ];
    plan
}

fn refusals(t: &Territory, plan: &Plan) -> Vec<Violation> {
    let found = plan.check(t, &times(t)).err().unwrap_or_default();
    assert!(found.is_sorted(), "{found:?}");
    assert!(found.iter().all(|violation| !violation.to_string().is_empty()));
    found
}

/// The plan is refused for this, and for nothing else but what follows `also`.
macro_rules! refused {
    ($t:expr, $plan:expr, $expected:pat $(if $guard:expr)? $(, also $also:pat)?) => {{
        let found = refusals(&$t, &$plan);
        assert!(found.iter().any(|v| matches!(v, $expected $(if $guard)?)), "{found:#?}");
        let other: Vec<&Violation> =
            found.iter().filter(|v| !(matches!(v, $expected $(if $guard)?) $(|| matches!(v, $also))?)).collect();
        assert!(other.is_empty(), "also {other:#?}");
    }};
}

/// The same plan in an edited territory.
fn edited(t: &Territory, edit: Edit) -> Territory {
    t.edit(&[edit]).expect("an edit").0
}

fn with_youth(t: &Territory, name: &str, change: impl FnOnce(&mut Youth<Names>)) -> Territory {
    let mut youth =
        t.to_draft().youths.into_iter().map(|w| w.value).find(|y| y.key == key(name)).expect("there");
    change(&mut youth);
    edited(t, Edit::PutYouth(youth))
}

fn with_programme(t: &Territory, name: &str, change: impl FnOnce(&mut Programme<Names>)) -> Territory {
    let all = t.to_draft().programmes.into_iter().map(|w| w.value);
    let mut programme = all.into_iter().find(|p| p.key == key(name)).expect("there");
    change(&mut programme);
    edited(t, Edit::PutProgramme(programme))
}

fn with_site(t: &Territory, name: &str, change: impl FnOnce(&mut Site<Names>)) -> Territory {
    let mut site =
        t.to_draft().sites.into_iter().map(|w| w.value).find(|s| s.key == key(name)).expect("there");
    change(&mut site);
    edited(t, Edit::PutSite(site))
}

fn with_rules(t: &Territory, change: impl FnOnce(&mut Rules)) -> Territory {
    let mut rules = t.rules().clone();
    change(&mut rules);
    edited(t, Edit::SetRules(rules))
}

fn with_calendar(t: &Territory, change: impl FnOnce(&mut Calendar<Names>)) -> Territory {
    let mut calendar = t.to_draft().calendar;
    change(&mut calendar);
    edited(t, Edit::SetCalendar(calendar))
}

/// The plan of other groups.
fn regrouped(t: &Territory, change: impl FnOnce(&mut Vec<Group>)) -> Plan {
    let mut all = groups(t);
    change(&mut all);
    let mut plan = plan_of(t, all);
    plan.verdicts = valid(t).verdicts;
    plan
}

#[test]
fn a_valid_plan_passes() {
    let t = territory();
    assert_eq!(valid(&t).check(&t, &times(&t)), Ok(()));
    assert_eq!(plan_of(&t, groups(&t)).check(&t, &times(&t)), Ok(()), "whatever the reasons told");
    let unpinned = edited(&t, Edit::SetPins(Vec::new()));
    assert_eq!(plan_of(&unpinned, Vec::new()).check(&unpinned, &times(&unpinned)), Ok(()), "no group at all");
}

#[test]
fn candidate_sites_may_be_opened_for_nothing() {
    let t = territory();
    let mut plan = regrouped(&t, |groups| {
        groups.pop();
    });
    plan.opened = vec![s(&t, "tiers")];
    assert_eq!(plan.check(&t, &times(&t)), Ok(()));
}

// What, where and when.

#[test]
fn venues() {
    let t = territory();
    let plan = regrouped(&t, |g| g[2].offer.venue = Venue::One(s(&t, "antenne")));
    refused!(t, plan, Violation::Offer(2, OfferFault::Venue));
    let plan = regrouped(&t, |g| {
        g[2].offer.venue = Venue::Turns(Turn::Week, vec![s(&t, "antenne"), s(&t, "tiers")])
    });
    refused!(t, plan, Violation::Offer(2, OfferFault::Venue), also Violation::Offer(2, OfferFault::SlotNotOpen(..)));
    let elsewhere = with_programme(&t, "atelier", |p| p.sites = keys(&["tiers"]));
    refused!(elsewhere, valid(&t), Violation::Offer(0, OfferFault::Venue));
    let plan = regrouped(&t, |g| g[0].offer.venue = Venue::Turns(Turn::Day, Vec::new()));
    refused!(t, plan, Violation::Offer(0, OfferFault::Venue),
        also Violation::Offer(0, OfferFault::NothingHeld) | Violation::Member(0, ..));
}

#[test]
fn half_days_of_the_programme_and_of_the_site() {
    let t = territory();
    let plan = regrouped(&t, |g| g[0].offer.slots = slots(&t, &["ven-am"]));
    refused!(t, plan, Violation::Offer(0, OfferFault::SlotNotInProgramme(_)), also Violation::Offer(0, OfferFault::SlotNotOpen(..)));
    let shut = with_site(&t, "antenne", |s| s.open.retain(|slot| slot.as_str() != "mar-am"));
    refused!(shut, valid(&t), Violation::Offer(0, OfferFault::SlotNotOpen(..)));
    let shut = with_site(&t, "tiers", |s| s.open.retain(|slot| slot.as_str() != "jeu-am"));
    refused!(shut, valid(&t), Violation::Offer(2, OfferFault::SlotNotOpen(..)));
}

#[test]
fn rhythm_and_order() {
    let t = edited(&territory(), Edit::SetPins(Vec::new()));
    let twice = with_programme(&t, "atelier", |p| p.rhythm = Rhythm::HalfDays(2));
    refused!(twice, plan_of(&t, groups(&t)), Violation::Offer(0, OfferFault::Rhythm));
    let third = edited(&t, Edit::PutSlot(slot("mer-soir", Weekday::Wednesday, 17, 19)));
    let third = with_site(&third, "antenne", |s| s.open.push(key("mer-soir")));
    refused!(third, plan_of(&t, groups(&t)), Violation::Offer(1, OfferFault::Rhythm));
    let listed = with_programme(&t, "cej", |p| p.rhythm = Rhythm::Listed(vec![keys(&["lun-am", "mer-am"])]));
    refused!(listed, plan_of(&t, groups(&t)), Violation::Offer(1, OfferFault::Rhythm));
    let listed = with_programme(&t, "cej", |p| p.rhythm = Rhythm::Listed(vec![keys(&["mer-pm", "mer-am"])]));
    assert_eq!(plan_of(&t, groups(&t)).check(&listed, &times(&listed)), Ok(()));
    let plan = regrouped(&t, |g| g[2].offer.slots.reverse());
    refused!(t, plan, Violation::Offer(2, OfferFault::SlotOrder));
}

#[test]
fn a_full_day_has_two_half_days() {
    let t = edited(&territory(), Edit::SetPins(Vec::new()));
    let t = with_site(&t, "antenne", |s| s.open.retain(|slot| slot.as_str() != "mer-pm"));
    let mut all = groups(&t);
    all[1].offer.slots = slots(&t, &["mer-am"]);
    for member in &mut all[1].members {
        (member.reachable, member.of) = (5, 5);
    }
    refused!(t, plan_of(&t, all), Violation::Offer(1, OfferFault::Rhythm));
}

#[test]
fn half_days_of_a_group_do_not_overlap() {
    let t = edited(&territory(), Edit::PutSlot(slot("lun-x", Weekday::Monday, 11, 13)));
    let t = with_site(&t, "antenne", |s| s.open.push(key("lun-x")));
    let t = with_programme(&t, "tour", |p| {
        p.slots.push(key("lun-x"));
        p.rhythm = Rhythm::HalfDays(3);
    });
    let mut all = groups(&t);
    all[2].offer.slots = slots(&t, &["lun-am", "lun-x", "jeu-am"]);
    for member in &mut all[2].members {
        (member.reachable, member.of) = (6, 6);
    }
    refused!(t, plan_of(&t, all), Violation::Offer(2, OfferFault::SlotsOverlap(..)),
        also Violation::Limit(LimitFault::Rooms(..)));
}

#[test]
fn first_days() {
    let t = territory();
    for (start, right) in
        [(date(2026, 10, 12), true), (date(2026, 10, 6), false), (date(2026, 10, 19), false)]
    {
        let plan = regrouped(&t, |g| g[0].offer.start = start);
        if right {
            assert_eq!(plan.check(&t, &times(&t)), Ok(()), "a week later is admitted");
        } else {
            refused!(t, plan, Violation::Offer(0, OfferFault::Start(_)));
        }
    }
}

#[test]
fn something_is_held() {
    let t = territory();
    // A pinned group that is never held would be refused with the territory itself.
    let others = pins().into_iter().filter(|pin| !matches!(pin, Pin::Group { .. })).collect();
    let closed = with_calendar(&edited(&t, Edit::SetPins(others)), |c| {
        let site = Some(key("antenne"));
        c.closures.push(Closure { name: "works".into(), site, dates: days(START, date(2026, 12, 31)) });
    });
    let plan = valid(&t);
    refused!(closed, plan, Violation::Offer(0 | 1, OfferFault::NothingHeld),
        also Violation::Member(_, _, MemberFault::Held(_) | MemberFault::Reachable(_) | MemberFault::Modes(_) | MemberFault::TimeOut(_) | MemberFault::TimeBack(_) | MemberFault::Median(_)));
}

#[test]
fn closures_are_not_made_up_for_but_pauses_are() {
    let t = territory();
    let closed = with_calendar(&t, |c| {
        c.closures.push(Closure {
            name: "works".into(),
            site: None,
            dates: days(date(2026, 11, 3), date(2026, 11, 3)),
        });
    });
    refused!(closed, valid(&t), Violation::Member(0, _, MemberFault::Held(Told { told: 3, found: 2 })),
        also Violation::Member(0, _, MemberFault::Reachable(_)));
    let no_holidays = with_calendar(&t, |c| c.holidays.clear());
    assert_eq!(valid(&t).check(&no_holidays, &times(&t)), Ok(()), "earlier dates, as many sessions");
}

#[test]
fn as_many_groups_of_an_offer_as_admitted() {
    let t = with_youth(&territory(), "y9", |y| y.home = Some(key("near")));
    let t = with_site(&edited(&t, Edit::SetPins(Vec::new())), "antenne", |s| s.rooms = 2);
    let mut all = groups(&t);
    let mut second = all[0].clone();
    second.members = vec![
        member(&t, "y7", both_ways(Mode::Walk, WALK_NEAR), 3),
        member(&t, "y9", both_ways(Mode::Walk, WALK_NEAR), 3),
    ];
    all.insert(1, second);
    refused!(
        t,
        plan_of(&t, all.clone()),
        Violation::Offer(0, OfferFault::TooManyGroups(Against { count: 2, limit: 1 }))
    );
    let two = with_programme(&t, "atelier", |p| p.max_groups = 2);
    assert_eq!(plan_of(&two, all).check(&two, &times(&two)), Ok(()));
}

// Who.

#[test]
fn sizes() {
    let t = edited(&territory(), Edit::SetPins(Vec::new()));
    let plan = regrouped(&t, |g| {
        g[0].members = vec![
            member(&t, "y1", both_ways(Mode::Walk, WALK_NEAR), 3),
            member(&t, "y2", both_ways(Mode::Bike, BIKE_MID), 3),
            member(&t, "y5", both_ways(Mode::Moped, MOPED_MID), 3),
            member(&t, "y9", both_ways(Mode::Walk, WALK_NEAR), 3),
        ];
    });
    refused!(t, plan, Violation::Group(0, GroupFault::TooLarge(Against { count: 4, limit: 3 })));
    let plan = regrouped(&t, |g| g[1].members.truncate(1));
    refused!(t, plan, Violation::Group(1, GroupFault::TooSmall(Against { count: 1, limit: 2 })));
    let plan = regrouped(&t, |g| g[1].members.clear());
    refused!(t, plan, Violation::Group(1, GroupFault::TooSmall(Against { count: 0, limit: 2 })));
}

#[test]
fn enrolment_age_and_being_there_once() {
    let t = territory();
    let plan = regrouped(&t, |g| g[0].members.push(member(&t, "y8", both_ways(Mode::Walk, WALK_NEAR), 3)));
    refused!(t, plan, Violation::Member(0, _, MemberFault::NotEnrolled));
    let plan = regrouped(&t, |g| g[0].members.push(member(&t, "y6", both_ways(Mode::Walk, WALK_NEAR), 3)));
    refused!(t, plan, Violation::Member(0, _, MemberFault::Age(d)) if d == &date(2026, 10, 6));
    let plan = regrouped(&t, |g| {
        let again = g[0].members[1];
        g[0].members.push(again);
    });
    refused!(t, plan, Violation::Member(0, _, MemberFault::Twice));
    let plan = regrouped(&t, |g| g[0].members.push(member(&t, "y7", both_ways(Mode::Walk, WALK_NEAR), 3)));
    refused!(t, plan, Violation::Member(0, _, MemberFault::PinnedOut));
    let plan = regrouped(&t, |g| g[0].members.reverse());
    refused!(t, plan, Violation::Order(List::Members(0)));
}

#[test]
fn too_old_on_the_last_date_only() {
    let t = with_youth(&territory(), "y1", |y| y.birth = Birth::Month(date(2000, 11, 1)));
    refused!(t, valid(&t), Violation::Member(0, _, MemberFault::Age(d)) if d == &date(2026, 11, 3));
}

#[test]
fn mix_rules() {
    let t = territory();
    let rule = |of, at_least, at_most| vec![MixRule { of, at_least, at_most }];
    for (mix, with) in [
        (rule(Trait::Woman, 2, 3), 1),
        (rule(Trait::Man, 2, 3), 1),
        (rule(Trait::NoVehicle, 2, 3), 1),
        (rule(Trait::Minor, 1, 3), 0),
        (rule(Trait::Disabled, 1, 3), 0),
    ] {
        let t = with_programme(&t, "atelier", |p| p.mix = mix);
        refused!(t, valid(&t), Violation::Group(0, GroupFault::TooFewWith(_, Against { count, .. })) if *count == with);
    }
    for of in [Trait::Woman, Trait::Man, Trait::Minor] {
        let t = with_programme(&t, "cej", |p| p.mix = rule(of, 0, 0));
        refused!(
            t,
            valid(&t),
            Violation::Group(1, GroupFault::TooManyWith(_, Against { count: 1, limit: 0 }))
        );
    }
}

// Trips.

#[test]
fn what_a_member_is_told() {
    let t = territory();
    let later = |time: Seconds| time.plus(Seconds::new(1));
    let plan = regrouped(&t, |g| way(&mut g[0].members[0]).to = later(way(&mut g[0].members[0]).to));
    refused!(t, plan, Violation::Member(0, _, MemberFault::TimeOut(_)));
    let plan = regrouped(&t, |g| way(&mut g[2].members[1]).back = later(way(&mut g[2].members[1]).back));
    refused!(t, plan, Violation::Member(2, _, MemberFault::TimeBack(_)));
    let plan = regrouped(&t, |g| way(&mut g[0].members[1]).mode_to = Mode::Walk);
    refused!(t, plan, Violation::Member(0, _, MemberFault::Modes(_)));
    let plan = regrouped(&t, |g| g[1].members[0].reachable = 9);
    refused!(t, plan, Violation::Member(1, _, MemberFault::Reachable(Told { told: 9, found: 10 })));
    let plan = regrouped(&t, |g| g[1].members[0].of = 12);
    refused!(t, plan, Violation::Member(1, _, MemberFault::Held(Told { told: 12, found: 10 })));
}

/// Refused since a member can't attend; what is told of the trip is then wrong too.
macro_rules! cannot {
    ($t:expr, $group:pat, $obstacle:pat) => {{
        let found = refusals(&$t, &valid(&$t));
        assert!(
            found.iter().any(|v| matches!(v, Violation::Member($group, _, MemberFault::TooFewSessions(_)))),
            "{found:#?}"
        );
        refused!($t, valid(&$t), Violation::Member($group, _, MemberFault::Cannot(_, $obstacle)),
            also Violation::Member($group, _, MemberFault::TooFewSessions(_) | MemberFault::Reachable(_)
                | MemberFault::Modes(_) | MemberFault::TimeOut(_) | MemberFault::TimeBack(_)));
    }};
}

#[test]
fn vehicles_need_a_licence_and_to_be_there() {
    let t = territory();
    // On foot, 3,614 m take 48 min: beyond the limit of 45.
    cannot!(with_youth(&t, "y3", |y| y.licences.clear()), 1, Obstacle::BeyondLimit);
    cannot!(with_youth(&t, "y3", |y| y.licences = vec![Licence::B1]), 1, Obstacle::BeyondLimit);
    cannot!(with_youth(&t, "y3", |y| y.vehicles[0].hours = on(Weekday::Tuesday)), 1, Obstacle::BeyondLimit);
    // From 8:50 10 s to 16:40: leaving at 8:50 10 s is in it, being home at 16:39 50 s too.
    let hours = |from: &str, to: &str| {
        let time = |text| ClockTime::parse(text).expect("a time");
        let mut hours = WeeklyHours::never();
        hours.add(Weekday::Wednesday, time(from), time(to));
        hours
    };
    let just = with_youth(&t, "y3", |y| y.vehicles[0].hours = hours("8:50:10", "16:39:50"));
    assert_eq!(valid(&just).check(&just, &times(&just)), Ok(()));
    cannot!(
        with_youth(&t, "y3", |y| y.vehicles[0].hours = hours("8:50:11", "16:39:50")),
        1,
        Obstacle::BeyondLimit
    );
    cannot!(
        with_youth(&t, "y3", |y| y.vehicles[0].hours = hours("8:50:10", "16:39:49")),
        1,
        Obstacle::BeyondLimit
    );
    cannot!(with_youth(&t, "y5", |y| y.licences.clear()), 2, Obstacle::BeyondLimit);
}

#[test]
fn lifts() {
    let t = territory();
    // From far away nobody walks: 6 h 26 are beyond what is looked for.
    let far = |change: fn(&mut Youth<Names>)| {
        with_youth(&t, "y4", |y| {
            y.home = Some(key("far"));
            change(y);
        })
    };
    let mut plan = valid(&t);
    plan.groups[1].members[1].trip = Some(both_ways(Mode::Lift, 2613));
    plan.groups[1].members[1].median = Some(Seconds::new(2613));
    let both = far(|_| {});
    assert_eq!(plan.check(&both, &times(&both)), Ok(()), "28,911 m at 45 km/h and 5 min");
    cannot!(far(|y| y.lifts[0].ways = LiftWays::To), 1, Obstacle::NoTrip);
    cannot!(far(|y| y.lifts[0].ways = LiftWays::Back), 1, Obstacle::NoTrip);
    cannot!(far(|y| y.lifts[0].adult_driver = false), 1, Obstacle::NoTrip);
    cannot!(far(|y| y.lifts[0].hours = on(Weekday::Thursday)), 1, Obstacle::NoTrip);
    cannot!(far(|y| y.home = None), 1, Obstacle::NoTrip);
    let young = with_rules(&far(|y| y.lifts[0].adult_driver = false), |r| r.minor_lift_needs_adult = false);
    assert_eq!(plan.check(&young, &times(&young)), Ok(()), "the house rule is off");
    // Near the site one may walk home instead.
    let walks = with_youth(&t, "y4", |y| y.lifts[0].ways = LiftWays::To);
    refused!(walks, valid(&walks), Violation::Member(1, _, MemberFault::Modes(Told { found: (Mode::Lift, Mode::Walk), .. })),
        also Violation::Member(1, _, MemberFault::TimeBack(_) | MemberFault::Median(_)));
}

#[test]
fn availability() {
    let t = territory();
    let away = |date, hours| Absence { dates: days(date, date), hours };
    let absent = with_youth(&t, "y1", |y| {
        y.availability.absences = vec![away(date(2026, 10, 13), WeeklyHours::always())]
    });
    cannot!(absent, 0, Obstacle::Away);
    // One Wednesday of ten sessions is 8 of 10, as many as needed; but the count is wrong.
    let once = with_youth(&t, "y3", |y| {
        y.availability.absences = vec![away(date(2026, 10, 14), WeeklyHours::always())]
    });
    refused!(
        once,
        valid(&once),
        Violation::Member(1, _, MemberFault::Reachable(Told { told: 10, found: 8 })),
        also Violation::Member(1, _, MemberFault::MissedDate(_))
    );
    let remote = with_youth(&t, "y3", |y| {
        y.availability.absences = vec![away(date(2026, 10, 21), WeeklyHours::always())]
    });
    assert_eq!(valid(&remote).check(&remote, &times(&remote)), Ok(()), "by video everybody can attend");
    // Noon is part of a full day's stay.
    let mut lunch = WeeklyHours::never();
    lunch.add(Weekday::Wednesday, clock(12), clock(13));
    let lunch = with_youth(&t, "y3", |y| {
        y.availability.absences =
            [date(2026, 10, 7), date(2026, 10, 14)].map(|d| away(d, lunch.clone())).into();
    });
    cannot!(lunch, 1, Obstacle::Away);
}

#[test]
fn limits() {
    let t = territory();
    cannot!(
        with_programme(&t, "atelier", |p| p.limit = Some(Seconds::new(WALK_NEAR - 1))),
        0,
        Obstacle::BeyondLimit
    );
    let just = with_programme(&t, "atelier", |p| p.limit = Some(Seconds::new(WALK_NEAR)));
    assert_eq!(valid(&just).check(&just, &times(&just)), Ok(()));
    // Out and back 2,314 s of 10,800 s are 21.4 %.
    cannot!(with_rules(&t, |r| r.day_share = Some(21)), 0, Obstacle::DayTooLong);
    let just = with_rules(&t, |r| r.day_share = Some(22));
    assert_eq!(valid(&just).check(&just, &times(&just)), Ok(()));
}

/// A bus for who lives half-way, on two Tuesdays, and only home again on a third.
struct TwoTuesdays;

impl TravelProvider for TwoTuesdays {
    fn name(&self) -> &str {
        "two Tuesdays"
    }

    fn modes(&self, _: &Territory) -> Vec<Mode> {
        vec![Mode::Bus]
    }

    fn columns(
        &self,
        t: &Territory,
        _: &[Mode],
        query: &Query,
        _: &Control<'_>,
    ) -> Result<Vec<Column>, maillage::Error> {
        let mid = t.places().find_str("mid").expect("a place");
        let seconds = |date: Date, way: Way| match (date.month(), date.day(), way) {
            (10, 6, Way::To) => Some(1000),
            (10, 6, Way::Back) => Some(100),
            (10, 13, Way::To) => Some(600),
            (10, 13, Way::Back) => Some(700),
            (11, 3, Way::Back) => Some(300),
            _ => None,
        };
        let column = |site: SiteId, session: Session, way: Way| {
            let cell = |row: usize| match seconds(session.date, way) {
                Some(s) if row == mid.index() => {
                    Trip::Time(Travel::direct(Seconds::new(s), Metres::new(3000)))
                }
                _ => Trip::NoService,
            };
            let cells = (0..t.places().rows()).map(|row| cell(row).into()).collect();
            Column { key: ColumnKey { site, way, mode: Mode::Bus, when: When::Session(session) }, cells }
        };
        let sessions =
            query.sites.iter().flat_map(|(&site, sessions)| sessions.iter().map(move |&s| (site, s)));
        Ok(sessions.flat_map(|(site, s)| Way::BOTH.map(|way| column(site, s, way))).collect())
    }

    fn stale(&self, _: &Territory, _: &Territory, _: &Changes) -> Stale {
        Stale::Everything
    }

    fn journey(&self, _: &Territory, _: PlaceId, _: ColumnKey) -> Option<Journey> {
        None
    }
}

#[test]
fn trips_differ_by_date_and_way() {
    let t = with_youth(&territory(), "y1", |y| y.home = Some(key("mid")));
    let t = with_programme(&t, "atelier", |p| p.needed = Needed::Count(2));
    let providers: [Arc<dyn TravelProvider>; 2] = [Arc::new(StraightLine), Arc::new(TwoTuesdays)];
    let times = compute(&t, &providers, &Query::of(&t), &Control::none()).expect("times");
    let mut plan = valid(&t);
    // On 3 November it is the bus home, but 2,892 s on foot to get there, beyond the limit.
    plan.groups[0].members[0].reachable = 2;
    plan.groups[0].members[0].median = Some(Seconds::new(700));
    let (programme, youth, reason) = (p(&t, "atelier"), y(&t, "y1"), Reason::TooFar);
    plan.missed = vec![Missed { programme, youth, date: date(2026, 11, 3), reason }];
    plan.groups[0].members[0].trip = Some(RoundTrip {
        mode_to: Mode::Bus,
        mode_back: Mode::Bus,
        to: Seconds::new(1000),
        back: Seconds::new(100),
    });
    // Y2 cycles on the 6th: 930 s each way, where the bus is quicker in all but takes 1,000 s out.
    assert_eq!(plan.check(&t, &times), Ok(()), "the longest of the two stays that count");
    let all = with_programme(&t, "atelier", |p| p.needed = Needed::All);
    let found = plan.check(&all, &times).expect_err("one of three is too far");
    let cannot = MemberFault::Cannot(date(2026, 11, 3), Obstacle::BeyondLimit);
    let few = MemberFault::TooFewSessions(Against { count: 2, limit: 3 });
    let y1 = y(&t, "y1");
    assert_eq!(found, [few, cannot].map(|fault| Violation::Member(0, y1, fault)));
    let longer = with_programme(&t, "atelier", |p| p.limit = Some(Seconds::from_minutes(50)));
    plan.groups[0].members[0].reachable = 3;
    plan.groups[0].members[0].median = Some(Seconds::new(1000));
    plan.missed.clear();
    plan.groups[0].members[0].trip = Some(RoundTrip {
        mode_to: Mode::Walk,
        mode_back: Mode::Bus,
        to: Seconds::new(2892),
        back: Seconds::new(300),
    });
    assert_eq!(plan.check(&longer, &times), Ok(()), "out on foot, home by bus");
}

#[test]
fn by_video_only() {
    let t = with_calendar(&territory(), |c| c.holidays[0].dates = days(START, date(2026, 12, 31)));
    let mut plan = plan_of(&t, groups(&t));
    plan.groups.remove(0);
    plan.groups.remove(1);
    for member in &mut plan.groups[0].members {
        (member.trip, member.median) = (None, None);
    }
    let unpinned = edited(&t, Edit::SetPins(Vec::new()));
    let mut plan = plan_of(&unpinned, plan.groups);
    assert_eq!(plan.check(&unpinned, &times(&unpinned)), Ok(()));
    plan.groups[0].members[0].trip = Some(both_ways(Mode::Walk, 0));
    refused!(unpinned, plan, Violation::Member(0, _, MemberFault::StaysHome));
}

// Decisions and people.

#[test]
fn decisions() {
    let t = territory();
    let plan = regrouped(&t, |g| {
        g.remove(1);
    });
    refused!(t, plan, Violation::Pin(1));
    let plan = regrouped(&t, |g| g[0].members[0] = member(&t, "y9", both_ways(Mode::Walk, WALK_NEAR), 3));
    refused!(t, plan, Violation::Pin(0), also Violation::Order(_));
    let plan = regrouped(&t, |g| g[0].members.push(member(&t, "y9", both_ways(Mode::Walk, WALK_NEAR), 3)));
    refused!(t, plan, Violation::Group(0, GroupFault::Together(..)));
    let group = |site: &str, slots: &[&str]| {
        let pin = Pin::Group { programme: key("atelier"), site: key(site), slots: keys(slots), start: None };
        edited(&t, Edit::SetPins(vec![pin]))
    };
    assert_eq!(valid(&t).left_out.len(), 21);
    let any = plan_of(&group("antenne", &["mar-am"]), groups(&t));
    assert_eq!(any.check(&group("antenne", &["mar-am"]), &times(&t)), Ok(()));
    refused!(group("tiers", &["mar-am"]), any, Violation::Pin(0));
    refused!(group("antenne", &["jeu-am"]), any, Violation::Pin(0));
    let out = |programme| edited(&t, Edit::SetPins(vec![Pin::Out { youth: key("y2"), programme }]));
    refused!(out(None), any, Violation::Member(0 | 2, _, MemberFault::PinnedOut));
    refused!(out(Some(key("tour"))), any, Violation::Member(2, _, MemberFault::PinnedOut));
}

/// A fourth programme with y2 and y5, in its own half-day, that nothing else stands in the way of.
fn with_extra(site_name: &str, extra_slot: Slot) -> (Territory, Vec<Group>) {
    let name = extra_slot.key.as_str().to_owned();
    let t = edited(&territory(), Edit::PutSlot(extra_slot));
    let mut extra = programme("extra", Rhythm::HalfDays(1), 3);
    extra.slots = keys(&[&name]);
    let t = edited(&t, Edit::PutProgramme(extra));
    let t = with_youth(&t, "y2", |y| y.programmes.push(key("extra")));
    let t = with_youth(&t, "y5", |y| y.programmes.push(key("extra")));
    let t = with_site(&t, site_name, |s| {
        s.rooms = 2;
        if !s.open.contains(&key(&name)) {
            s.open.push(key(&name));
        }
    });
    let mut all = groups(&t);
    let members = vec![
        member(&t, "y2", both_ways(Mode::Bike, BIKE_MID), 3),
        member(&t, "y5", both_ways(Mode::Moped, MOPED_MID), 3),
    ];
    all.insert(2, Group { offer: offer(&t, "extra", Venue::One(s(&t, site_name)), &[&name]), members });
    (t, all)
}

#[test]
fn nobody_is_in_two_places() {
    let evening = slot("mar-soir", Weekday::Tuesday, 17, 19);
    let (t, all) = with_extra("antenne", evening.clone());
    assert_eq!(plan_of(&t, all).check(&t, &times(&t)), Ok(()), "later that day at the same site");
    let (t, all) = with_extra("tiers", evening);
    refused!(t, plan_of(&t, all), Violation::Person(_, PersonFault::TwoSites(0, 2, d)) if d == &date(2026, 10, 6));
    let (t, all) = with_extra("antenne", slot("mar-x", Weekday::Tuesday, 11, 13));
    refused!(t, plan_of(&t, all), Violation::Person(_, PersonFault::SameTime(0, 2, d)) if d == &date(2026, 10, 6));
    let (t, all) = with_extra("antenne", slot("mar-x", Weekday::Tuesday, 12, 13));
    assert_eq!(plan_of(&t, all).check(&t, &times(&t)), Ok(()), "one ends when the other begins");
}

#[test]
fn programmes_that_exclude_one_another() {
    for (a, b) in [("atelier", "tour"), ("tour", "atelier")] {
        let t = with_programme(&territory(), a, |p| p.excludes = keys(&[b]));
        refused!(t, valid(&t), Violation::Person(_, PersonFault::Excluded(0, 2)));
    }
}

#[test]
fn one_group_a_programme() {
    let t = with_programme(&territory(), "atelier", |p| p.max_groups = 3);
    let mut all = groups(&t);
    let mut second = all[0].clone();
    second.offer.venue = Venue::One(s(&t, "tiers"));
    second.offer.slots = slots(&t, &["jeu-am"]);
    second.offer.start = date(2026, 10, 12);
    // Thursdays 15 October, 5 and 12 November. On the 15th the room is the tour's.
    second.members = vec![
        member(&t, "y2", both_ways(Mode::Bike, BIKE_MID), 3),
        member(&t, "y3", both_ways(Mode::Car, CAR_MID), 3),
    ];
    all.insert(1, second);
    let t = with_youth(&t, "y3", |y| y.vehicles[0].hours = WeeklyHours::always());
    refused!(t, plan_of(&t, all), Violation::Person(_, PersonFault::SameProgramme(0, 1)),
        also Violation::Person(_, PersonFault::Excluded(1, 2) | PersonFault::SameTime(1, 3, _))
            | Violation::Limit(LimitFault::Rooms(..) | LimitFault::Advisers(..)));
}

// Rooms, half-days, candidates, advisers.

/// Y3 and Y5 in an atelier of their own at the candidate site, on the same mornings as the first.
fn two_ateliers() -> (Territory, Vec<Group>) {
    let t = with_youth(&territory(), "y3", |y| y.vehicles[0].hours = WeeklyHours::always());
    let t = edited(&t, Edit::SetPins(Vec::new()));
    let mut all = groups(&t);
    all.remove(1);
    let mut second = all[0].clone();
    second.offer.venue = Venue::One(s(&t, "tiers"));
    second.members = vec![
        member(&t, "y3", both_ways(Mode::Car, CAR_MID), 3),
        member(&t, "y5", both_ways(Mode::Moped, MOPED_MID), 3),
    ];
    all.insert(1, second);
    (t, all)
}

#[test]
fn rooms() {
    let (t, mut all) = two_ateliers();
    assert_eq!(plan_of(&t, all.clone()).check(&t, &times(&t)), Ok(()));
    all[1].offer.venue = Venue::One(s(&t, "antenne"));
    let t = with_programme(&t, "atelier", |p| p.max_groups = 2);
    refused!(
        t,
        plan_of(&t, all),
        Violation::Limit(LimitFault::Rooms(_, _, _, Against { count: 2, limit: 1 }))
    );
    // Half-days that overlap take the same rooms.
    let (t, mut all) = with_extra("antenne", slot("mar-x", Weekday::Tuesday, 11, 13));
    let t = with_site(&t, "antenne", |s| s.rooms = 1);
    let t = with_youth(&t, "y9", |y| y.programmes.push(key("extra")));
    all[2].members = vec![
        member(&t, "y5", both_ways(Mode::Moped, MOPED_MID), 3),
        member(&t, "y9", both_ways(Mode::Walk, WALK_NEAR), 3),
    ];
    refused!(t, plan_of(&t, all), Violation::Limit(LimitFault::Rooms(_, _, slot, _)) if *slot == slots(&t, &["mar-x"])[0]);
}

#[test]
fn half_days_a_week() {
    let t = territory();
    // Monday, Tuesday and both halves of Wednesday at the antenna, Thursday at the candidate.
    let four = with_site(&t, "antenne", |s| s.half_days = Some(4));
    assert_eq!(valid(&four).check(&four, &times(&four)), Ok(()));
    let three = with_site(&t, "antenne", |s| s.half_days = Some(3));
    refused!(
        three,
        valid(&three),
        Violation::Limit(LimitFault::SiteHalfDays(_, _, Against { count: 4, limit: 3 }))
    );
    let none = with_site(&t, "tiers", |s| s.half_days = Some(0));
    refused!(
        none,
        valid(&none),
        Violation::Limit(LimitFault::SiteHalfDays(_, _, Against { count: 1, limit: 0 }))
    );
    let five = with_rules(&t, |r| r.half_days = Some(5));
    assert_eq!(valid(&five).check(&five, &times(&five)), Ok(()));
    let four = with_rules(&t, |r| r.half_days = Some(4));
    refused!(four, valid(&four), Violation::Limit(LimitFault::HalfDays(_, Against { count: 5, limit: 4 })));
}

#[test]
fn candidate_sites() {
    let t = territory();
    let mut plan = valid(&t);
    plan.opened.clear();
    refused!(t, plan, Violation::Limit(LimitFault::NotOpened(_)));
    plan.opened = vec![s(&t, "antenne"), s(&t, "tiers")];
    refused!(t, plan, Violation::Limit(LimitFault::NotACandidate(_)));
    plan.opened = vec![s(&t, "tiers"), s(&t, "tiers")];
    refused!(t, plan, Violation::Limit(LimitFault::OpenedTwice(_)));
    let none = with_rules(&t, |r| r.max_candidates = Some(0));
    refused!(
        none,
        valid(&none),
        Violation::Limit(LimitFault::TooManyCandidates(Against { count: 1, limit: 0 }))
    );
}

#[test]
fn advisers() {
    let t = territory();
    let alone = |half_days| {
        let edits = [Edit::RemoveAdviser(key("a2")), Edit::PutAdviser(adviser("a1", &[], half_days))];
        move |t: &Territory| t.edit(&edits).expect("an edit").0
    };
    assert_eq!(valid(&t).check(&alone(5)(&t), &times(&t)), Ok(()), "five sessions a week");
    refused!(
        alone(4)(&t),
        valid(&t),
        Violation::Limit(LimitFault::Advisers(_, Against { count: 5, limit: 4 }))
    );
    let (two, all) = two_ateliers();
    refused!(
        alone(9)(&two),
        plan_of(&two, all),
        Violation::Limit(LimitFault::Advisers(_, Against { count: 2 | 4, limit: 1 | 3 }))
    );
    // Nobody goes to the candidate site.
    let stays = t.edit(&[Edit::PutAdviser(adviser("a1", &["antenne"], 9))]).expect("an edit").0;
    refused!(stays, valid(&t), Violation::Limit(LimitFault::Advisers(..)));
    let nobody =
        t.edit(&[Edit::RemoveAdviser(key("a1")), Edit::RemoveAdviser(key("a2"))]).expect("an edit").0;
    assert_eq!(valid(&nobody).check(&nobody, &times(&nobody)), Ok(()), "without any, advisers never bind");
}

/// Nine to noon beside nine to ten and eleven to noon: `people` advisers, of `half_days` each.
fn overlapping_morning(people: usize, half_days: u32) -> Vec<Violation> {
    let mut draft = Draft::new("overlaps");
    draft.place(place("near", 47.01));
    for (name, from, to) in [("long", 9, 12), ("one", 9, 10), ("two", 11, 12)] {
        draft.slot(slot(name, Weekday::Tuesday, from, to));
    }
    let mut antenna = site("antenne", 47.0, SiteStatus::Existing, &["long", "one", "two"]);
    antenna.rooms = 2;
    draft.site(antenna);
    for i in 0..people {
        draft.adviser(adviser(&format!("a{i}"), &[], half_days));
    }
    let mut short = programme("short", Rhythm::HalfDays(1), 1);
    short.size = GroupSize::new(1, 1, 1).expect("sizes");
    draft.programme(short);
    for name in ["y1", "y2", "y3"] {
        draft.youth(youth(name, 20, Sex::Woman, "near", &["short"]));
    }
    let t = draft.check().expect("a territory").0;
    let group = |(slot, youth)| Group {
        offer: offer(&t, "short", Venue::One(s(&t, "antenne")), &[slot]),
        members: vec![member(&t, youth, both_ways(Mode::Walk, WALK_NEAR), 1)],
    };
    let plan = plan_of(&t, [("long", "y1"), ("one", "y2"), ("two", "y3")].map(group).into());
    refusals(&t, &plan)
}

#[test]
fn an_adviser_leads_short_sessions_one_after_the_other() {
    assert_eq!(overlapping_morning(2, 2), []);
    assert!(matches!(
        overlapping_morning(1, 3)[..],
        [Violation::Limit(LimitFault::Advisers(_, Against { count: 3, .. }))]
    ));
    assert!(matches!(
        overlapping_morning(2, 1)[..],
        [Violation::Limit(LimitFault::Advisers(_, Against { count: 3, .. }))]
    ));
    assert_eq!(overlapping_morning(3, 1), []);
}

// What is said of everybody.

#[test]
fn who_is_left_out() {
    let t = territory();
    let mut plan = valid(&t);
    let gone = plan.left_out.remove(3);
    refused!(t, plan, Violation::LeftOut(_, youth, LeftOutFault::Missing) if *youth == gone.youth);
    let mut plan = valid(&t);
    plan.left_out.insert(3, plan.left_out[3]);
    refused!(t, plan, Violation::LeftOut(_, _, LeftOutFault::Twice));
    let mut plan = valid(&t);
    plan.left_out.swap(3, 4);
    refused!(t, plan, Violation::Order(List::LeftOut));
    let mut plan = valid(&t);
    let reasons = Reasons::only(Reason::BetterPlan);
    plan.left_out.insert(
        0,
        LeftOut { programme: p(&t, "atelier"), youth: y(&t, "y1"), reason: Reason::BetterPlan, reasons },
    );
    refused!(t, plan, Violation::LeftOut(_, _, LeftOutFault::Member));
    plan.left_out[0].youth = YouthId::from_index(99);
    refused!(t, plan, Violation::LeftOut(_, _, LeftOutFault::Unknown));
}

#[test]
fn why_they_are_left_out() {
    let t = territory();
    let told = |reason: Reason, reasons: Reasons| {
        let mut plan = valid(&t);
        let (atelier, y9) = (p(&t, "atelier"), y(&t, "y9"));
        let entry =
            plan.left_out.iter_mut().find(|l| l.programme == atelier && l.youth == y9).expect("left out");
        (entry.reason, entry.reasons) = (reason, reasons);
        plan
    };
    let only = Reasons::only;
    refused!(t, told(Reason::Full, Reasons::NONE), Violation::LeftOut(_, _, LeftOutFault::NoReason));
    refused!(
        t,
        told(Reason::Full, only(Reason::MixRule)),
        Violation::LeftOut(_, _, LeftOutFault::NotAmong(Reason::Full))
    );
    refused!(
        t,
        told(Reason::NotEnrolled, only(Reason::NotEnrolled)),
        Violation::LeftOut(_, _, LeftOutFault::Enrolment)
    );
    refused!(
        t,
        told(Reason::Full, only(Reason::Full).with(Reason::NotEnrolled)),
        Violation::LeftOut(_, _, LeftOutFault::Enrolment)
    );
    refused!(
        t,
        told(Reason::PinnedOut, only(Reason::PinnedOut)),
        Violation::LeftOut(_, _, LeftOutFault::NotPinnedOut)
    );
    let enrolled = with_youth(&t, "y8", |y| y.programmes = keys(&["tour"]));
    refused!(enrolled, valid(&t), Violation::LeftOut(_, _, LeftOutFault::Enrolment), also Violation::Answer(_, AnswerFault::Enrolled(_)));
}

#[test]
fn weekly_hours() {
    let t = territory();
    let mut plan = valid(&t);
    // Three half-days of three hours.
    assert_eq!(plan.hours[1].planned, Seconds::new(9 * 3600));
    plan.hours[1].planned = Seconds::new(6 * 3600);
    refused!(t, plan, Violation::Hours(_, HoursFault::Planned(_)));
    let mut plan = valid(&t);
    plan.hours[1].within_reach = Seconds::ZERO;
    refused!(t, plan, Violation::Hours(_, HoursFault::BeyondReach));
    let mut plan = valid(&t);
    plan.hours.remove(8);
    refused!(t, plan, Violation::Hours(_, HoursFault::Missing));
    plan.hours.push(plan.hours[7]);
    refused!(t, plan, Violation::Hours(_, HoursFault::Missing | HoursFault::Twice));
    plan.hours[8].youth = YouthId::from_index(99);
    refused!(t, plan, Violation::Hours(_, HoursFault::Missing | HoursFault::Unknown));
    let mut plan = valid(&t);
    plan.hours.swap(0, 1);
    refused!(t, plan, Violation::Order(List::Hours));
}

#[test]
fn answers_and_verdicts() {
    let t = territory();
    let changed = |change: fn(&mut Plan)| {
        let mut plan = valid(&t);
        change(&mut plan);
        plan
    };
    refused!(
        t,
        changed(|p| p.programmes[0].groups = 2),
        Violation::Answer(_, AnswerFault::Groups(Told { told: 2, found: 1 }))
    );
    refused!(
        t,
        changed(|p| p.programmes[0].placed = Headcount::new(3)),
        Violation::Answer(_, AnswerFault::Placed(_))
    );
    refused!(
        t,
        changed(|p| p.programmes[0].enrolled = Headcount::new(3)),
        Violation::Answer(_, AnswerFault::Enrolled(_))
    );
    refused!(
        t,
        changed(|p| p.programmes[0].closest = Some(1)),
        Violation::Answer(_, AnswerFault::Closest(1))
    );
    refused!(
        t,
        changed(|p| p.programmes[0].closest = Some(7)),
        Violation::Answer(_, AnswerFault::Closest(7))
    );
    refused!(t, changed(|p| p.programmes.truncate(2)), Violation::Answer(_, AnswerFault::Missing));
    refused!(
        t,
        changed(|p| p.programmes.insert(0, p.programmes[0].clone())),
        Violation::Answer(_, AnswerFault::Twice)
    );
    refused!(t, changed(|p| p.programmes.swap(0, 1)), Violation::Order(List::Programmes));
    refused!(
        t,
        changed(|p| p.verdicts[0].viable = true),
        Violation::Verdict(0, VerdictFault::ViableWithTooFew(_))
    );
    refused!(
        t,
        changed(|p| p.verdicts[0].missing = Headcount::new(2)),
        Violation::Verdict(0, VerdictFault::Missing(_))
    );
    refused!(
        t,
        changed(|p| p.verdicts[0].offer.programme = ProgrammeId::from_index(9)),
        Violation::Verdict(0, VerdictFault::UnknownProgramme(_))
    );
    refused!(t, changed(|p| p.groups.swap(0, 1)), Violation::Order(List::Groups));
}

#[test]
fn values_and_proofs() {
    let t = territory();
    let with = |results: &[TierResult]| {
        let mut plan = valid(&t);
        plan.tiers = results.to_vec();
        plan
    };
    // Y2 counts five in each of two groups, the four others one.
    let placed = |value, bound, proof| result(Tier::Placed, value, bound, proof);
    assert_eq!(with(&[placed(14, 14, Proof::Optimal)]).check(&t, &times(&t)), Ok(()));
    assert_eq!(with(&[placed(14, 16, Proof::Bounded)]).check(&t, &times(&t)), Ok(()));
    refused!(t, with(&[placed(13, 13, Proof::Optimal)]), Violation::Tier(Tier::Placed, TierFault::Value(_)));
    refused!(
        t,
        with(&[placed(14, 13, Proof::Bounded)]),
        Violation::Tier(Tier::Placed, TierFault::BetterThanBound)
    );
    refused!(t, with(&[placed(14, 16, Proof::Optimal)]), Violation::Tier(Tier::Placed, TierFault::Proof));
    refused!(t, with(&[placed(14, 14, Proof::Bounded)]), Violation::Tier(Tier::Placed, TierFault::Proof));
    refused!(t, with(&[placed(14, 14, Proof::Optimal); 2]), Violation::Tier(Tier::Placed, TierFault::Twice));
    refused!(
        t,
        with(&[result(Tier::Cost, 4, 5, Proof::Bounded)]),
        Violation::Tier(Tier::Cost, TierFault::BetterThanBound)
    );
}

#[test]
fn nonsense_is_told_not_followed() {
    let t = territory();
    let foreign = Offer {
        programme: ProgrammeId::from_index(77),
        venue: Venue::Turns(Turn::Week, Vec::new()),
        slots: vec![SlotId::from_index(88); 3],
        start: Date::MAX,
    };
    let nobody = Member {
        youth: YouthId::from_index(66),
        trip: Some(both_ways(Mode::Bus, u32::MAX)),
        reachable: 7,
        unknown: 3,
        median: None,
        of: 0,
        ride: None,
    };
    let mut plan = valid(&t);
    plan.groups.push(Group { offer: foreign.clone(), members: vec![nobody; 2] });
    let known = Offer { programme: p(&t, "atelier"), ..foreign };
    plan.groups.push(Group { offer: known.clone(), members: Vec::new() });
    let nowhere = Offer { venue: Venue::One(SiteId::from_index(55)), slots: slots(&t, &["mar-am"]), ..known };
    plan.groups.push(Group { offer: nowhere, members: vec![nobody] });
    plan.opened.push(SiteId::from_index(55));
    let found = refusals(&t, &plan);
    assert!(found.contains(&Violation::Offer(3, OfferFault::UnknownProgramme(ProgrammeId::from_index(77)))));
    assert!(found.contains(&Violation::Member(3, YouthId::from_index(66), MemberFault::Twice)));
    assert!(found.contains(&Violation::Member(3, YouthId::from_index(66), MemberFault::Unknown)));
    assert!(found.contains(&Violation::Offer(4, OfferFault::UnknownSlot(SlotId::from_index(88)))));
    assert!(found.contains(&Violation::Offer(4, OfferFault::NothingHeld)));
    assert!(found.contains(&Violation::Offer(5, OfferFault::UnknownSite(SiteId::from_index(55)))));
    assert!(found.contains(&Violation::Offer(5, OfferFault::Start(Date::MAX))));
}

#[test]
fn violations_read_as_sentences() {
    let t = territory();
    let plan = regrouped(&t, |g| {
        g[1].members.truncate(1);
        way(&mut g[0].members[0]).to = Seconds::new(60);
    });
    let said: Vec<String> = refusals(&t, &plan).iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["group 1: 1 members, at least 2 needed", "group 0, youth 0: 60 s out told, 1157 s found"]
    );
}

/// Dates and half-days are worked out apart from the options that a territory lists; they agree.
#[test]
fn every_option_listed_is_admitted_as_it_is_dated() {
    let base = territory();
    let mut territories = vec![base.clone()];
    for in_holidays in [InHolidays::Runs, InHolidays::Pauses, InHolidays::Visio] {
        for (by, rhythm) in [
            (Turn::Day, Rhythm::HalfDays(2)),
            (Turn::Week, Rhythm::HalfDays(2)),
            (Turn::Day, Rhythm::Listed(vec![keys(&["jeu-am", "mar-am"]), keys(&["mar-am"])])),
            (Turn::Week, Rhythm::FullDays(1)),
        ] {
            territories.push(with_programme(&edited(&base, Edit::SetPins(Vec::new())), "tour", |p| {
                p.slots.clear();
                p.sites = keys(&["antenne", "tiers"]);
                p.alternating[0].by = by;
                p.rhythm = rhythm.clone();
                p.in_holidays = in_holidays;
                p.weeks = 7;
                // A Wednesday: the group's week begins then.
                p.start = StartWindow { first: date(2026, 10, 7), later_weeks: 3 };
            }));
        }
    }
    let mut compared = 0;
    for t in territories {
        for option in t.options() {
            let offer = Offer {
                programme: option.programme,
                venue: option.venue.clone(),
                slots: option.slots.clone(),
                start: option.start,
            };
            let trip = both_ways(Mode::Walk, 0);
            let told = Member {
                youth: y(&t, "y9"),
                trip: Some(trip),
                reachable: 0,
                unknown: 0,
                median: None,
                of: option.sessions(),
                ride: None,
            };
            let plan = plan_of(&t, vec![Group { offer, members: vec![told] }]);
            let found = refusals(&t, &plan);
            let about_dates = |v: &&Violation| {
                matches!(v, Violation::Offer(..) | Violation::Member(_, _, MemberFault::Held(_)))
            };
            assert_eq!(found.iter().find(about_dates), None, "{option:?}");
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}
