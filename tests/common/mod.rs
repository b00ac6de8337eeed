//! What several test files share: tiny random territories, drawn from a seed.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod oracle;

use jiff::civil::{Date, Weekday, date};
use maillage::territory::*;
use maillage::units::{Cents, ClockTime, Key, Position, Seconds};

/// SplitMix64 (Steele, Lea, Flood 2014): the same draws everywhere, for ever.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }
}

pub(crate) fn key(text: &str) -> Key {
    Key::new(text).expect("a key")
}

pub(crate) fn at(hour: u32, minute: u32) -> ClockTime {
    ClockTime::new(hour, minute).expect("a time of day")
}

/// A point so many hundredths of a degree north of the valley's foot.
pub(crate) fn north(hundredths: u64) -> Option<Position> {
    Position::new(0.3, 47.0 + hundredths as f64 / 100.0)
}

pub(crate) fn place(id: &str, position: Option<Position>) -> Place {
    Place { key: key(id), name: id.into(), commune: None, position, population: None, epci: None }
}

pub(crate) fn site(id: &str, position: Option<Position>, open: &[&str]) -> Site<Names> {
    Site {
        key: key(id),
        name: id.into(),
        commune: None,
        position,
        status: SiteStatus::Existing,
        rooms: 1,
        open: open.iter().map(|slot| key(slot)).collect(),
        half_days: None,
        room_cost: Cents::new(0),
    }
}

pub(crate) const MONDAY: Date = date(2026, 9, 7);

pub(crate) fn programme(id: &str, min: u32, max: u32) -> Programme<Names> {
    Programme {
        key: key(id),
        name: id.into(),
        size: GroupSize::new(min, (min + max) / 2, max).expect("a size"),
        rhythm: Rhythm::HalfDays(1),
        slots: Vec::new(),
        sites: Vec::new(),
        alternating: Vec::new(),
        weeks: 2,
        start: StartWindow { first: MONDAY, later_weeks: 0 },
        in_holidays: InHolidays::Runs,
        needed: Needed::All,
        limit: None,
        ages: Ages::MISSION_LOCALE,
        mix: Vec::new(),
        excludes: Vec::new(),
        max_groups: 1,
        group_cost: Cents::new(100),
        attendance: None,
        hold: None,
    }
}

pub(crate) fn youth(id: &str, home: &str, programmes: &[&str]) -> Youth<Names> {
    Youth {
        key: key(id),
        home: Some(key(home)),
        birth: Birth::Month(date(2005, 3, 1)),
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

/// A coach both ways, every day.
pub(crate) fn link(id: &str, from: &str, to: &str, minutes: u32) -> Link<Names> {
    Link {
        key: key(id),
        from: key(from),
        to: key(to),
        service: Service::Bus,
        line: None,
        time: Seconds::from_minutes(minutes),
        distance: None,
        both_ways: true,
        days: Weekdays::ALL,
        in_holidays: true,
    }
}

pub(crate) fn car() -> Vehicle {
    Vehicle { kind: VehicleKind::Car, hours: WeeklyHours::always() }
}

fn some_days(draw: &mut Draw) -> WeeklyHours {
    if draw.chance(50) {
        return WeeklyHours::always();
    }
    let mut hours = WeeklyHours::never();
    for day in [Weekday::Monday, Weekday::Tuesday] {
        match draw.below(4) {
            0 => hours.add_day(day),
            1 => hours.add(day, at(7, 0), at(13, 0)),
            2 => hours.add(day, at(12, 30), at(19, 0)),
            _ => {}
        }
    }
    hours
}

pub(crate) const SLOTS: [&str; 3] = ["lun-am", "lun-pm", "mar-am"];

/// A territory of at most 5 youths, 2 sites and 2 programmes, with a bit of everything.
pub(crate) fn tiny(seed: u64) -> Draft {
    let mut draw = Draw(seed);
    let mut draft = Draft::new("tiny");
    for i in 0..3 {
        let position = if draw.chance(95) { north(draw.below(28)) } else { None };
        draft.place(place(&format!("h{i}"), position));
    }
    for i in 0..2 {
        let open: Vec<&str> = SLOTS.into_iter().filter(|_| draw.chance(60)).collect();
        let mut site = site(&format!("s{i}"), north(5 + 20 * i), &open);
        site.rooms = 1 + draw.below(2) as u32;
        site.half_days = draw.chance(30).then(|| 1 + draw.below(2) as u32);
        if draw.chance(30) {
            site.status = SiteStatus::Candidate { opening: Cents::new(500) };
        }
        draft.site(site);
    }
    let names = ["p0", "p1"];
    for name in names {
        draft.programme(tiny_programme(&mut draw, name));
    }
    if draw.chance(30) {
        for i in 0..1 + draw.below(2) {
            let sites = if draw.chance(50) { vec![key(&format!("s{i}"))] } else { Vec::new() };
            draft.adviser(Adviser {
                key: key(&format!("a{i}")),
                sites,
                slots: Vec::new(),
                half_days: 1 + draw.below(2) as u32,
            });
        }
    }
    draft.rules.max_candidates = draw.chance(10).then_some(0);
    draft.rules.half_days = draw.chance(20).then_some(2);
    draft.rules.day_share = draw.chance(20).then_some(40);
    if draw.chance(30) {
        let dates = DateRange::new(date(2026, 9, 14), date(2026, 9, 15)).expect("a range");
        draft.calendar.holidays.push(Holidays { name: "rentrée".into(), dates });
    }
    if draw.chance(20) {
        let dates = DateRange::new(date(2026, 9, 14), date(2026, 9, 14)).expect("a range");
        let site = draw.chance(50).then(|| key("s0"));
        draft.calendar.closures.push(Closure { name: "fermé".into(), site, dates });
    }
    let youths = 2 + draw.below(4);
    for i in 0..youths {
        draft.youth(tiny_youth(&mut draw, &format!("y{i}"), &names));
    }
    tiny_pins(&mut draw, &mut draft, youths);
    draft
}

fn tiny_programme(draw: &mut Draw, name: &str) -> Programme<Names> {
    let min = 1 + draw.below(3) as u32;
    let mut p = programme(name, min, min + draw.below(3) as u32);
    p.rhythm = match draw.below(4) {
        0 => Rhythm::FullDays(1),
        1 => Rhythm::HalfDays(2),
        _ => Rhythm::HalfDays(1),
    };
    p.start.later_weeks = u16::from(draw.chance(15));
    p.weeks = 1 + draw.below(2) as u16;
    p.in_holidays = *draw.pick(&[InHolidays::Runs, InHolidays::Pauses, InHolidays::Visio]);
    p.needed = *draw.pick(&[Needed::All, Needed::All, Needed::Count(1), Needed::Percent(50)]);
    p.limit = draw.chance(30).then(|| Seconds::from_minutes(20 + 10 * draw.below(3) as u32));
    p.max_groups = 1 + u32::from(draw.chance(20));
    if draw.chance(25) {
        let of = *draw.pick(&[Trait::Minor, Trait::Woman, Trait::NoVehicle]);
        let at_least = draw.below(2) as u32;
        p.mix.push(MixRule { of, at_least, at_most: at_least + draw.below(3) as u32 });
    }
    if name == "p1" && draw.chance(15) {
        p.excludes.push(key("p0"));
    }
    if draw.chance(15) {
        let by = *draw.pick(&[Turn::Week, Turn::Day]);
        p.alternating.push(Alternating { by, sites: vec![key("s0"), key("s1")] });
    }
    p
}

fn tiny_youth(draw: &mut Draw, id: &str, programmes: &[&str]) -> Youth<Names> {
    let enrolled: Vec<&str> = programmes.iter().copied().filter(|_| draw.chance(85)).collect();
    let mut y = youth(id, &format!("h{}", draw.below(3)), &enrolled);
    y.birth = Birth::Month(date(2000 + draw.below(11) as i16, 9, 1));
    y.sex = *draw.pick(&[None, Some(Sex::Woman), Some(Sex::Man)]);
    if draw.chance(50) {
        y.licences.push(*draw.pick(&[Licence::Am, Licence::B]));
    }
    for kind in [VehicleKind::Car, VehicleKind::Moped, VehicleKind::Bike] {
        if draw.chance(35) {
            y.vehicles.push(Vehicle { kind, hours: some_days(draw) });
        }
    }
    if draw.chance(35) {
        let ways = *draw.pick(&[LiftWays::To, LiftWays::Back, LiftWays::Both]);
        y.lifts.push(Lift { ways, hours: some_days(draw), adult_driver: draw.chance(70) });
    }
    if draw.chance(20) {
        y.availability.week = some_days(draw);
    }
    if draw.chance(15) {
        let dates = DateRange::new(date(2026, 9, 8), date(2026, 9, 15)).expect("a range");
        y.availability.absences.push(Absence { dates, hours: some_days(draw) });
    }
    if draw.chance(20) {
        y.priority = Priority::new(3).expect("a priority");
    }
    y
}

fn tiny_pins(draw: &mut Draw, draft: &mut Draft, youths: u64) {
    let someone = |draw: &mut Draw| key(&format!("y{}", draw.below(youths)));
    if draw.chance(8) {
        let (youth, programme) = (someone(draw), draw.chance(50).then(|| key("p0")));
        draft.pin(Pin::Out { youth, programme });
    }
    if draw.chance(8) {
        draft.pin(Pin::Apart { a: key("y0"), b: key("y1") });
    }
    if draw.chance(4) {
        let youth = someone(draw);
        draft.pin(Pin::In { youth, programme: key("p1") });
    }
}

/// The files of a folder but one, copied; where to.
pub(crate) fn copied_without(from: &std::path::Path, to: &std::path::Path, but: &str) -> String {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if path.is_file() && name != but {
            std::fs::copy(&path, to.join(name)).expect("copied");
        }
    }
    to.to_str().expect("plain").to_owned()
}
