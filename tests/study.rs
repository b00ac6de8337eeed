//! Edits, order of input, threads, cancellation, dated providers: what must not change an answer, and what must.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, MONDAY, at, car, key, link, north, place, programme, site, tiny, youth};
use jiff::civil::date;
use maillage::groups::Limits;
use maillage::plan::{Between, Bind, Change, Lack};
use maillage::reach::Reason;
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::*;
use maillage::units::{Cents, ClockTime, Metres, PlaceId, Seconds, Speed};
use maillage::{Control, Error, report};
use std::ops::ControlFlow;
use std::sync::Arc;

fn providers() -> Vec<Arc<dyn TravelProvider>> {
    vec![Arc::new(Links), Arc::new(StraightLine)]
}

fn answer(study: &mut Study) -> String {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => {
            report::json(study.territory(), &plan).to_string()
                + &report::text(study.territory(), &plan, maillage::finding::Lang::Fr)
        }
        other => format!("{other:?}"),
    }
}

fn fresh(draft: Draft) -> String {
    let (territory, _) = draft.check().expect("a territory");
    answer(&mut Study::new(territory, providers(), &Control::none()).expect("a study"))
}

/// A tiny territory with a few links, some of a day or of school time only.
fn linked(seed: u64) -> Draft {
    let mut draft = tiny(seed);
    let mut draw = Draw(seed + 1);
    let stops = ["h0", "h1", "h2", "s0", "s1"];
    for i in 0..2 + draw.below(3) {
        let from = draw.below(5);
        let to = (from + 1 + draw.below(4)) % 5;
        let (from, to) = (stops[from as usize], stops[to as usize]);
        let mut link = link(&format!("l{i}"), from, to, 3 + draw.below(15) as u32);
        link.service = *draw.pick(&Service::ALL);
        link.line = draw.chance(50).then(|| key("A"));
        link.both_ways = draw.chance(60);
        link.in_holidays = draw.chance(60);
        if draw.chance(40) {
            link.days = Weekdays::NONE.with(jiff::civil::Weekday::Monday);
        }
        draft.link(link);
    }
    draft.on_demand(on_demand("t0", 35));
    draft
}

/// A service on demand of all that is near.
fn on_demand(id: &str, kmh: u16) -> OnDemand {
    let square = geo::Rect::new((-1.0, 40.0), (1.0, 50.0)).to_polygon();
    OnDemand {
        key: key(id),
        name: id.to_owned(),
        area: Area::Zone(square.into()),
        days: Weekdays::ALL,
        in_holidays: true,
        from: at(8, 0),
        to: at(18, 0),
        booking: Booking::None,
        wait: Seconds::from_minutes(15),
        speed: Speed::from_kmh(f64::from(kmh)).expect("a speed"),
        seats: 8,
    }
}

/// One edit of every kind, applied to territories of several seeds.
fn edits(draft: &Draft, draw: &mut Draw) -> Vec<(&'static str, Edit)> {
    let mut rules = draft.rules.clone();
    rules.limit = Seconds::from_minutes(20 + 10 * draw.below(5) as u32);
    let mut calendar = draft.calendar.clone();
    let dates = DateRange::new(date(2026, 9, 7), date(2026, 9, 7)).expect("a range");
    calendar.closures.push(Closure { name: "pont".into(), site: None, dates });
    let mut moved = draft.sites[0].value.clone();
    moved.position = north(draw.below(40));
    let mut changed = draft.programmes[0].value.clone();
    changed.weeks = 3;
    let mut faster = draft.youths[0].value.clone();
    faster.licences.push(Licence::B);
    faster.vehicles.push(car());
    let mut renamed_slot = Slot::ten_half_days().remove(9);
    renamed_slot.from = at(14, 0);
    let adviser = Adviser { key: key("a0"), sites: Vec::new(), slots: Vec::new(), half_days: 1 };
    vec![
        ("put a new youth", Edit::PutYouth(youth("a-first", "h1", &["p0"]))),
        ("change a youth", Edit::PutYouth(faster)),
        ("remove a youth", Edit::RemoveYouth(draft.youths[1].value.key.clone())),
        ("put a new place", Edit::PutPlace(place("a-place", north(3)))),
        ("move a place", Edit::PutPlace(place("h0", north(draw.below(40))))),
        ("put a new site", Edit::PutSite(site("a-site", north(9), &["lun-pm"]))),
        ("move a site", Edit::PutSite(moved)),
        ("put a new programme", Edit::PutProgramme(programme("a-prog", 2, 3))),
        ("change a programme", Edit::PutProgramme(changed)),
        ("put an adviser", Edit::PutAdviser(adviser)),
        ("change a slot", Edit::PutSlot(renamed_slot)),
        ("other rules", Edit::SetRules(rules)),
        ("put a link", Edit::PutLink(link("l9", "h1", "s1", 9))),
        ("change a link", Edit::PutLink(link("l0", "h0", "s0", 4 + draw.below(20) as u32))),
        ("remove a link", Edit::RemoveLink(key("l1"))),
        ("put a service on demand", Edit::PutOnDemand(on_demand("t1", 30))),
        ("change a service on demand", Edit::PutOnDemand(on_demand("t0", 50))),
        ("remove a service on demand", Edit::RemoveOnDemand(key("t0"))),
        ("another calendar", Edit::SetCalendar(calendar)),
        ("other pins", Edit::SetPins(vec![Pin::Out { youth: key("y0"), programme: None }])),
    ]
}

/// What a draft is after an edit, written without `Territory::edit`.
fn by_hand(mut draft: Draft, edit: &Edit) -> Draft {
    fn put<T>(list: &mut Vec<Written<T>>, value: T, same: impl Fn(&T) -> bool) {
        list.retain(|w| !same(&w.value));
        list.push(Written { value, source: maillage::finding::Source::memory() });
    }
    if draft.slots.is_empty() {
        let written = |value| Written { value, source: maillage::finding::Source::memory() };
        draft.slots = Slot::ten_half_days().into_iter().map(written).collect();
    }
    match edit.clone() {
        Edit::PutYouth(y) => put(&mut draft.youths, y.clone(), |o| o.key == y.key),
        Edit::RemoveYouth(k) => draft.youths.retain(|w| w.value.key != k),
        Edit::PutPlace(p) => put(&mut draft.places, p.clone(), |o| o.key == p.key),
        Edit::RemovePlace(k) => draft.places.retain(|w| w.value.key != k),
        Edit::PutSite(s) => put(&mut draft.sites, s.clone(), |o| o.key == s.key),
        Edit::RemoveSite(k) => draft.sites.retain(|w| w.value.key != k),
        Edit::PutProgramme(p) => put(&mut draft.programmes, p.clone(), |o| o.key == p.key),
        Edit::RemoveProgramme(k) => draft.programmes.retain(|w| w.value.key != k),
        Edit::PutAdviser(a) => put(&mut draft.advisers, a.clone(), |o| o.key == a.key),
        Edit::RemoveAdviser(k) => draft.advisers.retain(|w| w.value.key != k),
        Edit::PutSlot(s) => put(&mut draft.slots, s.clone(), |o| o.key == s.key),
        Edit::RemoveSlot(k) => draft.slots.retain(|w| w.value.key != k),
        Edit::PutLink(l) => put(&mut draft.links, l.clone(), |o| o.key == l.key),
        Edit::RemoveLink(k) => draft.links.retain(|w| w.value.key != k),
        Edit::PutOnDemand(o) => put(&mut draft.on_demand, o.clone(), |old| old.key == o.key),
        Edit::RemoveOnDemand(k) => draft.on_demand.retain(|w| w.value.key != k),
        Edit::SetCalendar(c) => draft.calendar = c,
        Edit::SetRules(r) => draft.rules = r,
        Edit::SetPins(pins) => {
            draft.pins.clear();
            pins.into_iter().for_each(|pin| {
                draft.pin(pin);
            });
        }
        other => panic!("no rule for {other:?}"),
    }
    draft
}

fn check_edit(seed: u64, name: &str, draft: &Draft, edit: &Edit) {
    let (territory, _) = draft.clone().check().expect("a territory");
    let mut study = Study::new(territory, providers(), &Control::none()).expect("a study");
    study.apply(std::slice::from_ref(edit), &Control::none()).expect("an edit");
    assert_eq!(answer(&mut study), fresh(by_hand(draft.clone(), edit)), "{name}, seed {seed}");
}

#[test]
fn edit_then_recompute_is_built_fresh() {
    for seed in 0..25 {
        let mut draft = linked(seed);
        draft.pins.clear();
        for (name, edit) in edits(&draft, &mut Draw(seed)) {
            check_edit(seed, name, &draft, &edit);
        }
    }
}

#[test]
fn removing_what_nothing_refers_to_is_built_fresh() {
    for seed in 0..25 {
        let mut draft = tiny(seed);
        draft.pins.clear();
        draft.place(place("z-place", north(2)));
        draft.site(site("z-site", north(2), &["lun-am"]));
        draft.programme(programme("z-prog", 1, 2));
        draft.adviser(Adviser { key: key("z-adv"), sites: Vec::new(), slots: Vec::new(), half_days: 2 });
        draft.slots = Slot::ten_half_days()
            .into_iter()
            .map(|value| Written { value, source: maillage::finding::Source::memory() })
            .collect();
        let removals = [
            Edit::RemovePlace(key("z-place")),
            Edit::RemoveSite(key("z-site")),
            Edit::RemoveProgramme(key("z-prog")),
            Edit::RemoveAdviser(key("z-adv")),
            Edit::RemoveSlot(key("ven-pm")),
        ];
        for edit in removals {
            check_edit(seed, "remove", &draft, &edit);
        }
    }
}

#[test]
fn several_edits_in_a_row_are_built_fresh() {
    let draft = linked(7);
    let (territory, _) = draft.clone().check().expect("a territory");
    let mut study = Study::new(territory, providers(), &Control::none()).expect("a study");
    let mut expected = draft.clone();
    for (_, edit) in edits(&draft, &mut Draw(7)) {
        study.apply(std::slice::from_ref(&edit), &Control::none()).expect("an edit");
        expected = by_hand(expected, &edit);
        assert_eq!(answer(&mut study), fresh(expected.clone()));
    }
}

#[test]
fn an_edit_that_breaks_something_changes_nothing() {
    let (territory, _) = tiny(3).check().expect("a territory");
    let mut study = Study::new(territory, providers(), &Control::none()).expect("a study");
    let before = answer(&mut study);
    for edit in [
        Edit::RemovePlace(key("h0")),
        Edit::RemoveSite(key("nowhere")),
        Edit::PutYouth(youth("y", "nowhere", &[])),
    ] {
        let result = study.apply(&[edit], &Control::none());
        match result {
            Err(Error::Input(findings)) => assert!(!findings.is_empty()),
            // Nobody may live at h0 in this draw.
            Ok(_) => panic!("refused"),
            Err(other) => panic!("{other}"),
        }
        assert_eq!(answer(&mut study), before);
    }
}

#[test]
fn handles_stay_through_edits() {
    let (territory, _) = tiny(5).check().expect("a territory");
    let y1 = territory.youths().find_str("y1").expect("a youth");
    let (after, changes) = territory.edit(&[Edit::RemoveYouth(key("y0"))]).expect("an edit");
    assert_eq!(after.youths().find_str("y1"), Some(y1));
    assert_eq!(changes.youths.len(), 1);
    assert!(changes.places.is_empty() && changes.sites.is_empty() && !changes.rules);
    let (back, _) = after.edit(&[Edit::PutYouth(youth("y0", "h0", &[]))]).expect("an edit");
    assert_ne!(
        back.youths().find_str("y0"),
        territory.youths().find_str("y0"),
        "a handle is never given again"
    );
}

#[test]
fn reordering_lines_changes_nothing() {
    for seed in 0..60 {
        let draft = linked(seed);
        let mut turned = draft.clone();
        turned.places.reverse();
        turned.sites.reverse();
        turned.programmes.reverse();
        turned.youths.reverse();
        turned.advisers.reverse();
        turned.links.reverse();
        turned.youths.iter_mut().for_each(|y| y.value.programmes.reverse());
        assert_eq!(fresh(draft), fresh(turned), "seed {seed}");
    }
}

#[test]
fn renaming_changes_nothing_but_names() {
    let renamed = |k: &maillage::units::Key| key(&format!("n{k}"));
    for seed in 0..60 {
        let mut draft = tiny(seed);
        draft.pins.clear();
        let mut other = draft.clone();
        other.youths.iter_mut().for_each(|y| {
            y.value.key = renamed(&y.value.key);
            y.value.home = y.value.home.as_ref().map(renamed);
        });
        other.places.iter_mut().for_each(|p| p.value.key = renamed(&p.value.key));
        let back = |text: String| (0..9).fold(text, |t, i| t.replace(&format!("ny{i}"), &format!("y{i}")));
        assert_eq!(back(fresh(other)), fresh(draft), "seed {seed}");
    }
}

#[test]
fn a_caller_can_cancel_at_any_step() {
    let (territory, _) = tiny(1).check().expect("a territory");
    let steps = std::sync::atomic::AtomicU64::new(0);
    let count = |_| {
        steps.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        ControlFlow::Continue(())
    };
    let mut study = Study::new(territory.clone(), providers(), &Control::new(&count)).expect("a study");
    study.plan(&Limits::default(), &Control::new(&count)).expect("a plan");
    let total = steps.into_inner();
    assert!(total >= 4);
    for stop_at in 0..total {
        let left = std::sync::atomic::AtomicU64::new(stop_at);
        let stop = |_| match left.fetch_update(
            std::sync::atomic::Ordering::Relaxed,
            std::sync::atomic::Ordering::Relaxed,
            |n| n.checked_sub(1),
        ) {
            Ok(_) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        let control = Control::new(&stop);
        let result = Study::new(territory.clone(), providers(), &control)
            .and_then(|mut study| study.plan(&Limits::default(), &control));
        assert!(matches!(result, Err(Error::Cancelled)), "step {stop_at}");
    }
}

/// A bus that serves only some days: what a timetable will be.
struct MarketBus {
    days: Vec<jiff::civil::Date>,
    unknown_after: jiff::civil::Date,
    back_too: bool,
}

impl TravelProvider for MarketBus {
    fn name(&self) -> &str {
        "market bus"
    }

    fn modes(&self, _: &Territory) -> Vec<Mode> {
        vec![Mode::Bus]
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        _: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        assert_eq!(modes, [Mode::Bus]);
        let mut columns = Vec::new();
        for (&site, sessions) in &query.sites {
            for &session in sessions {
                for way in Way::BOTH {
                    let cells: Arc<[Cell]> =
                        (0..territory.places().rows()).map(|_| self.trip(session, way).into()).collect();
                    let key = ColumnKey { site, way, mode: Mode::Bus, when: When::Session(session) };
                    columns.push(Column { key, cells });
                }
            }
        }
        Ok(columns)
    }

    fn stale(&self, _: &Territory, _: &Territory, changes: &Changes) -> Stale {
        if changes.places.is_empty() && changes.sites.is_empty() { Stale::Nothing } else { Stale::Everything }
    }

    fn journey(&self, _: &Territory, _: PlaceId, _: ColumnKey) -> Option<Journey> {
        None
    }
}

impl MarketBus {
    fn trip(&self, session: Session, way: Way) -> Trip {
        if session.date > self.unknown_after {
            Trip::Unknown
        } else if !self.days.contains(&session.date) || (way == Way::Back && !self.back_too) {
            Trip::NoService
        } else {
            let waiting = Seconds::from_minutes(12);
            let travel = Travel::direct(Seconds::from_minutes(40), Metres::new(25_000));
            Trip::Time(Travel { waiting, ..travel })
        }
    }
}

/// Four youths without any vehicle, 40 km from the one site, and a programme of three Mondays.
fn far_valley() -> Draft {
    let mut draft = Draft::new("far");
    draft.place(place("far", north(36)));
    draft.site(site("seat", north(0), &["lun-am"]));
    let mut p = programme("atelier", 3, 6);
    p.weeks = 3;
    p.group_cost = Cents::new(0);
    draft.programme(p);
    for i in 0..4 {
        draft.youth(youth(&format!("y{i}"), "far", &["atelier"]));
    }
    draft
}

fn with_bus(draft: Draft, bus: MarketBus) -> Study {
    let (territory, _) = draft.check().expect("a territory");
    Study::new(territory, vec![Arc::new(bus), Arc::new(StraightLine)], &Control::none()).expect("a study")
}

fn mondays(weeks: &[i32]) -> Vec<jiff::civil::Date> {
    weeks.iter().map(|w| MONDAY.saturating_add(jiff::Span::new().days(7 * w))).collect()
}

fn reason(study: &mut Study) -> Option<Reason> {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => plan.left_out.first().map(|l| l.reason),
        other => panic!("{other:?}"),
    }
}

const NEVER: jiff::civil::Date = date(2030, 1, 1);

#[test]
fn a_dated_provider_is_asked_about_every_session() {
    let all = MarketBus { days: mondays(&[0, 1, 2]), unknown_after: NEVER, back_too: true };
    assert_eq!(reason(&mut with_bus(far_valley(), all)), None);

    let one_short = || MarketBus { days: mondays(&[0, 1]), unknown_after: NEVER, back_too: true };
    assert_eq!(reason(&mut with_bus(far_valley(), one_short())), Some(Reason::NoBusThen));

    let mut two_of_three = far_valley();
    two_of_three.programmes[0].value.needed = Needed::Count(2);
    let mut study = with_bus(two_of_three, one_short());
    match study.plan(&Limits::default(), &Control::none()).expect("a plan") {
        Outcome::Plan(plan) => {
            assert_eq!((plan.groups[0].members[0].reachable, plan.groups[0].members[0].of), (2, 3));
            assert_eq!(plan.check(study.territory(), study.times()), Ok(()));
        }
        other => panic!("{other:?}"),
    }

    let one_way = MarketBus { days: mondays(&[0, 1, 2]), unknown_after: NEVER, back_too: false };
    assert_eq!(reason(&mut with_bus(far_valley(), one_way)), Some(Reason::NoWayBack));

    let unknown_after = |date| MarketBus { days: mondays(&[0, 1, 2]), unknown_after: date, back_too: true };
    let eve = date(2026, 9, 6);
    assert_eq!(reason(&mut with_bus(far_valley(), unknown_after(eve))), Some(Reason::TimetableUnknown));
    // Dates that nobody knows count neither way, as long as one is known.
    let mut study = with_bus(far_valley(), unknown_after(MONDAY));
    match study.plan(&Limits::default(), &Control::none()).expect("a plan") {
        Outcome::Plan(plan) => {
            assert_eq!((plan.groups[0].members[0].reachable, plan.groups[0].members[0].of), (1, 3));
            assert_eq!(plan.check(study.territory(), study.times()), Ok(()));
        }
        other => panic!("{other:?}"),
    }

    let mut in_holidays = far_valley();
    let dates = DateRange::new(date(2026, 9, 21), date(2026, 9, 27)).expect("a range");
    in_holidays.calendar.holidays.push(Holidays { name: "vacances".into(), dates });
    assert_eq!(reason(&mut with_bus(in_holidays, one_short())), Some(Reason::NotInHolidays));

    assert_eq!(
        reason(&mut with_bus(far_valley(), MarketBus { days: vec![], unknown_after: NEVER, back_too: true })),
        Some(Reason::NoBusThen)
    );
}

#[test]
fn adding_a_bus_never_worsens_anyones_time() {
    for seed in 0..80 {
        let (territory, _) = tiny(seed).check().expect("a territory");
        let without = Study::new(territory.clone(), providers(), &Control::none()).expect("a study");
        let bus = MarketBus { days: mondays(&[0]), unknown_after: NEVER, back_too: true };
        let with =
            Study::new(territory.clone(), vec![Arc::new(bus), Arc::new(StraightLine)], &Control::none())
                .expect("a study");
        for youth in territory.youths().ids() {
            for option in territory.option_ids() {
                let limit = territory.limit_of(territory.option(option).programme);
                let before = without.reach().attend(&territory, youth, option, limit);
                let after = with.reach().attend(&territory, youth, option, limit);
                if let Ok(before) = before {
                    let after = after.expect("still within reach");
                    assert!(after.reachable >= before.reachable, "seed {seed}");
                    if after.reachable == before.reachable {
                        let longer = |a: maillage::reach::Attendance| a.trip.map(|trip| trip.longer());
                        assert!(longer(after) <= longer(before), "seed {seed}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_limit_is_applied_after() {
    let (territory, _) = tiny(11).check().expect("a territory");
    let study = Study::new(territory.clone(), providers(), &Control::none()).expect("a study");
    for youth in territory.youths().ids() {
        for option in territory.option_ids() {
            let mut before = false;
            for minutes in 0..200 {
                let now =
                    study.reach().attend(&territory, youth, option, Seconds::from_minutes(minutes)).is_ok();
                assert!(now || !before, "a higher limit never takes anything away");
                before = now;
            }
        }
    }
}

#[test]
fn a_short_column_is_the_providers_fault() {
    struct Short;
    impl TravelProvider for Short {
        fn name(&self) -> &str {
            "short"
        }
        fn modes(&self, _: &Territory) -> Vec<Mode> {
            vec![Mode::Car]
        }
        fn columns(
            &self,
            _: &Territory,
            _: &[Mode],
            query: &Query,
            _: &Control<'_>,
        ) -> Result<Vec<Column>, Error> {
            let site = *query.sites.keys().next().expect("a site");
            let key = ColumnKey { site, way: Way::To, mode: Mode::Car, when: When::Always };
            Ok(vec![Column { key, cells: Arc::new([]) }])
        }
        fn stale(&self, _: &Territory, _: &Territory, _: &Changes) -> Stale {
            Stale::Nothing
        }
        fn journey(&self, _: &Territory, _: PlaceId, _: ColumnKey) -> Option<Journey> {
            None
        }
    }
    let (territory, _) = far_valley().check().expect("a territory");
    let error = Study::new(territory, vec![Arc::new(Short)], &Control::none()).expect_err("a short column");
    assert!(matches!(&error, Error::Provider { provider, .. } if provider == "short"), "{error}");
}

#[test]
fn a_stay_is_one_trip_out_and_one_back() {
    let mut draft = far_valley();
    draft.sites[0].value.open = vec![key("lun-am"), key("lun-pm")];
    draft.programmes[0].value.rhythm = Rhythm::FullDays(1);
    let (territory, _) = draft.check().expect("a territory");
    let option = &territory.options()[0];
    assert_eq!((option.meetings.len(), option.stays.len()), (6, 3));
    let stay = option.stays[0];
    assert_eq!((stay.arrive_by, stay.leave_after, stay.sessions), (at(9, 0), at(16, 30), 2));
    assert_eq!(stay.duration(), ClockTime::new(7, 30).map(|t| Seconds::new(t.seconds())).expect("a time"));
}

#[test]
fn full_days_in_turn_follow_each_days_own_site() {
    let mut draft = far_valley();
    draft.slots = Slot::ten_half_days()
        .into_iter()
        .map(|value| Written { value, source: maillage::finding::Source::memory() })
        .collect();
    let evening =
        Slot { key: key("lun-soir"), from: at(17, 0), to: at(19, 0), ..Slot::ten_half_days().remove(0) };
    draft.slot(evening);
    draft.sites[0].value.open = vec![key("lun-am"), key("lun-pm")];
    // Open on Monday evenings too, when the group is at the other site.
    draft.site(site("away", north(30), &["lun-soir", "mar-am", "mar-pm"]));
    draft.programmes[0].value.rhythm = Rhythm::FullDays(2);
    draft.programmes[0].value.alternating =
        vec![Alternating { by: Turn::Day, sites: vec![key("seat"), key("away")] }];
    let (territory, _) = draft.check().expect("a territory");
    let [option] = territory.options() else { panic!("{:?}", territory.options()) };
    let slots: Vec<&str> = option.slots.iter().map(|&s| territory.slots().key_of(s)).collect();
    assert_eq!(slots, ["lun-am", "lun-pm", "mar-am", "mar-pm"]);
    let sites: Vec<&str> = option.stays[..2].iter().map(|s| territory.sites().key_of(s.site)).collect();
    assert_eq!(sites, ["seat", "away"]);
}

#[test]
fn a_pause_is_made_up_for_in_the_order_of_the_groups_own_week() {
    let mut draft = far_valley();
    draft.sites[0].value.open = vec![key("lun-am"), key("mer-am")];
    let p = &mut draft.programmes[0].value;
    p.rhythm = Rhythm::HalfDays(2);
    p.start.first = date(2026, 9, 9); // a Wednesday: its week runs to Tuesday
    p.weeks = 2;
    p.in_holidays = InHolidays::Pauses;
    let dates = DateRange::new(date(2026, 9, 14), date(2026, 9, 14)).expect("a range");
    draft.calendar.holidays.push(Holidays { name: "pont".into(), dates });
    let (territory, _) = draft.check().expect("a territory");
    let held: Vec<String> = territory.options()[0].meetings.iter().map(|m| m.date.to_string()).collect();
    assert_eq!(held, ["2026-09-09", "2026-09-16", "2026-09-21", "2026-09-23"]);
}

/// Two youths at the site's door and a programme for both of them, changed at will.
fn two_at_the_door(change: impl FnOnce(&mut Draft)) -> (Study, maillage::plan::Plan) {
    let mut draft = Draft::new("door");
    draft.place(place("door", north(0)));
    draft.site(site("seat", north(0), &["lun-am", "mar-am"]));
    let mut p = programme("p", 2, 9);
    p.slots = vec![key("lun-am")];
    draft.programme(p);
    draft.youth(youth("a", "door", &["p"])).youth(youth("b", "door", &["p"]));
    change(&mut draft);
    let (territory, _) = draft.check().expect("a territory");
    let mut study = Study::new(territory, providers(), &Control::none()).expect("a study");
    let outcome = study.plan(&Limits::default(), &Control::none()).expect("not cancelled");
    let Outcome::Plan(plan) = outcome else { panic!("a plan") };
    assert_eq!(plan.check(study.territory(), study.times()), Ok(()));
    (study, *plan)
}

fn told(change: impl FnOnce(&mut Draft)) -> (u32, Option<Bind>, Vec<Reason>) {
    let (_, plan) = two_at_the_door(change);
    let reasons = plan.left_out.iter().map(|l| l.reason).collect();
    (plan.programmes[0].groups, plan.programmes[0].binds, reasons)
}

#[test]
fn what_binds_is_what_stands_in_the_way() {
    use Reason::{Age, BetterPlan, Full, GroupTooSmall, MixRule as Mixed, NotLocated, PinnedOut, SiteClosed};
    let one_each = |draft: &mut Draft| {
        let p = &mut draft.programmes[0].value;
        p.size = GroupSize::new(1, 1, 1).expect("a size");
        p.slots = vec![key("lun-am"), key("mar-am")];
    };
    assert_eq!(told(|_| {}), (1, None, vec![]));
    // Half-days of the site, where nobody ever spoke of advisers.
    let half_days = |draft: &mut Draft| {
        one_each(draft);
        draft.sites[0].value.half_days = Some(1);
    };
    assert_eq!(told(half_days), (1, Some(Bind::HalfDays), vec![Full]));
    let tired = |draft: &mut Draft| {
        one_each(draft);
        draft.adviser(Adviser { key: key("x"), sites: vec![], slots: vec![], half_days: 1 });
    };
    assert_eq!(told(tired), (1, Some(Bind::Advisers), vec![Full]));
    // A candidate that may not be opened.
    let candidate = |draft: &mut Draft| {
        draft.sites[0].value.status = SiteStatus::Candidate { opening: Cents::new(1) };
        draft.rules.max_candidates = Some(0);
    };
    assert_eq!(told(candidate), (0, Some(Bind::Candidates), vec![Full, Full]));
    assert!(!two_at_the_door(candidate).1.verdicts[0].viable);
    // A rule that nobody's group could meet.
    let ruled = |draft: &mut Draft| {
        draft.programmes[0].value.mix.push(MixRule { of: Trait::NoVehicle, at_least: 0, at_most: 1 });
    };
    assert_eq!(told(ruled), (0, Some(Bind::Youths), vec![Mixed, Mixed]));
    let out = |draft: &mut Draft| {
        draft.pin(Pin::Out { youth: key("a"), programme: None });
    };
    // The first reason in the list is told to both; that one of them is pinned out is among the reasons.
    assert_eq!(told(out).2, [GroupTooSmall, GroupTooSmall]);
    assert!(two_at_the_door(out).1.left_out[0].reasons.has(PinnedOut));
    // Nothing is held at all.
    let closed = |draft: &mut Draft| {
        let dates = DateRange::new(date(2026, 1, 1), date(2027, 12, 31)).expect("a range");
        draft.calendar.closures.push(Closure { name: "travaux".into(), site: None, dates });
    };
    assert_eq!(told(closed), (0, Some(Bind::Sites), vec![SiteClosed, SiteClosed]));
    // A group, and somebody who is not in it for a reason of their own.
    let third = |change: fn(&mut Youth<Names>)| {
        told(move |draft| {
            let mut c = youth("c", "door", &["p"]);
            change(&mut c);
            draft.youth(c);
        })
    };
    assert_eq!(third(|c| c.birth = Birth::Month(date(1990, 1, 1))), (1, Some(Bind::Ages), vec![Age]));
    assert_eq!(third(|c| c.home = None), (1, Some(Bind::Reach), vec![NotLocated]));
    let full = |draft: &mut Draft| {
        draft.programmes[0].value.size = GroupSize::new(1, 1, 1).expect("a size");
    };
    assert_eq!(told(full), (1, Some(Bind::Rooms), vec![Full]));
    assert!(!told(full).2.contains(&BetterPlan));
}

/// A pinned group of two on Monday, and `c`, who comes on Tuesdays only.
fn a_third_on_tuesdays(draft: &mut Draft) {
    draft.programmes[0].value.size = GroupSize::new(2, 2, 2).expect("a size");
    draft.programmes[0].value.slots = vec![key("lun-am"), key("mar-am")];
    let (programme, site, slots) = (key("p"), key("seat"), vec![key("lun-am")]);
    draft.pin(Pin::Group { programme, site, slots, start: None });
    let mut c = youth("c", "door", &["p"]);
    c.availability.week = WeeklyHours::never();
    c.availability.week.add_day(jiff::civil::Weekday::Tuesday);
    draft.youth(c);
}

#[test]
fn full_is_what_moving_members_does_not_help() {
    use Reason::{BetterPlan, Full};
    let tuesday = |plan: &maillage::plan::Plan| plan.beside.further[1].clone();
    // Enough reach Tuesday, but the two of Monday are held there: nothing is full.
    let (_, plan) = two_at_the_door(a_third_on_tuesdays);
    let third = plan.left_out[0];
    assert_eq!(third.reason, BetterPlan, "{third:?}");
    assert_eq!(
        (tuesday(&plan).extra, tuesday(&plan).lacks),
        (Between { at_least: 1, at_most: Some(1) }, vec![])
    );
    // A fourth like the third, and Tuesday has a group. With a half-day for one group only, it has none for want of that.
    let four = |half_days: u32| {
        move |draft: &mut Draft| {
            a_third_on_tuesdays(draft);
            let mut d = draft.youths[2].value.clone();
            d.key = key("d");
            draft.youth(d);
            draft.sites[0].value.half_days = Some(half_days);
        }
    };
    assert_eq!(two_at_the_door(four(2)).1.left_out, []);
    let (study, plan) = two_at_the_door(four(1));
    assert_eq!(plan.left_out.iter().map(|l| l.reason).collect::<Vec<_>>(), [Full, Full]);
    let site = study.territory().sites().find_str("seat").expect("a site");
    let lack = Lack::Site { site, half_days: 1 };
    assert_eq!(tuesday(&plan).lacks, [lack]);
    let levers: Vec<_> = plan.beside.levers.iter().map(|l| (l.change, l.gain.get())).collect();
    assert_eq!(levers, [(Change::More(lack), 2)]);
    // Whom of five alike a group of two holds means nothing.
    let (_, plan) = two_at_the_door(|draft| {
        draft.programmes[0].value.size = GroupSize::new(2, 2, 2).expect("a size");
        for id in ["c", "d", "e"] {
            draft.youth(youth(id, "door", &["p"]));
        }
    });
    let alike = &plan.beside.alike[0];
    assert_eq!((alike.youths.len(), alike.placed.get(), plan.beside.alike.len()), (5, 2, 1));
}

#[test]
fn who_attends_by_video_only_makes_no_trip() {
    let (study, plan) = two_at_the_door(|draft| {
        draft.programmes[0].value.in_holidays = InHolidays::Visio;
        draft.programmes[0].value.needed = Needed::Percent(50);
        let dates = DateRange::new(date(2026, 9, 14), date(2026, 9, 14)).expect("a range");
        draft.calendar.holidays.push(Holidays { name: "vacances".into(), dates });
        draft.place(place("far", north(60)));
        draft.youth(youth("c", "far", &["p"]));
    });
    let trips: Vec<bool> = plan.groups[0].members.iter().map(|m| m.trip.is_some()).collect();
    assert_eq!(trips, [true, true, false]);
    let text = report::text(study.territory(), &plan, maillage::finding::Lang::Fr);
    assert!(text.contains("2 à pied, 1 seulement en visio"), "{text}");
    assert!(report::json(study.territory(), &plan).to_string().contains("\"mode\": \"visio\""));
}
