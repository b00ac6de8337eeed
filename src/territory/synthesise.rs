//! Youths drawn from counts: nobody real. The same seed draws the same youths
//! on every platform and in every version: integers only, one stream a youth.

use super::hours::{DateRange, WeeklyHours, days_after};
use super::mode::{Licence, VehicleKind};
use super::programme::Programme;
use super::refs::Names;
use super::youth::{Absence, Availability, Birth, Lift, LiftWays, Priority, Sex, Vehicle, Youth};
use super::{Draft, Place};
use crate::finding::{Code, Finding, Source, Text};
use crate::units::{ClockTime, Key};
use jiff::civil::{Date, Weekday};

/// How youths are drawn. Shares are percents; the defaults are assumptions,
/// but for what [`Synthesis::shares`] says otherwise.
///
/// ```
/// use maillage::territory::Synthesis;
///
/// let synthesis = Synthesis::default();
/// assert!(synthesis.check().is_empty());
/// assert!(Synthesis { women: 101, ..synthesis }.check().len() == 1, "percents");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synthesis {
    /// Where the draw begins.
    pub seed: u64,
    /// Ages are those on this date; absences come after it.
    pub reference: Date,
    /// Youths for 100,000 inhabitants, the same everywhere.
    pub followed_per_100_000: u32,
    /// Women; the others are men.
    pub women: u8,
    /// With a recognised disability.
    pub disabled: u8,
    /// Youths of each age from 16 to 25; sums to 100.
    pub ages: [u8; 10],
    /// How minors travel.
    pub minors: Modes,
    /// How adults travel.
    pub adults: Modes,
    /// Adults without a car who hold the licence all the same.
    pub licence_without_car: u8,
    /// Cars that are the family's: free on two or three weekdays only.
    pub shared_cars: u8,
    /// Bicycles with assistance.
    pub ebikes: u8,
    /// When lifts are offered.
    pub lifts: Lifts,
    /// When youths can come.
    pub free: Free,
    /// Youths enrolled in no, one, two and three programmes; sums to 100.
    pub enrolled: [u8; 4],
    /// How often each programme is drawn, relative to the others; empty means all alike.
    /// Only programmes whose ages admit the youth on the earliest first day are drawn.
    pub weights: Vec<(Key, u32)>,
}

/// The best mode at hand, in percent. The others walk, or take what runs.
///
/// ```
/// use maillage::territory::Synthesis;
///
/// let adults = Synthesis::default().adults;
/// assert!(adults.car + adults.lift + adults.moped + adults.bike <= 100);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modes {
    /// A car and the licence.
    pub car: u8,
    /// A seat in somebody's car.
    pub lift: u8,
    /// A moped and the licence.
    pub moped: u8,
    /// A bicycle.
    pub bike: u8,
}

/// Lifts in percent; the others are offered all day from Monday to Friday, both ways.
///
/// ```
/// use maillage::territory::Synthesis;
///
/// let lifts = Synthesis::default().lifts;
/// assert!(lifts.commuter + lifts.some_days + lifts.out_only <= 100);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifts {
    /// A driver who goes to work: out before 9:15, home after 16:15.
    pub commuter: u8,
    /// Two or three weekdays, all day, both ways.
    pub some_days: u8,
    /// Out in the morning only: there is no ride home.
    pub out_only: u8,
    /// Driven by an adult, of all lifts.
    pub adult_driver: u8,
}

/// Who can't come when, in percent; the others can always come.
///
/// ```
/// use maillage::territory::Synthesis;
///
/// let free = Synthesis::default().free;
/// assert!(free.mornings + free.not_wednesday + free.two_days_taken + free.season <= 100);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Free {
    /// Mornings only: a job in the afternoon or the evening.
    pub mornings: u8,
    /// Not on Wednesday: childcare.
    pub not_wednesday: u8,
    /// Not on two weekdays: a part-time job.
    pub two_days_taken: u8,
    /// Away for two to six weeks that begin within ten weeks: a season, an immersion.
    pub season: u8,
}

/// Most youths in one draw.
pub const MOST_YOUTHS: u64 = 5_000_000;

impl Default for Synthesis {
    fn default() -> Self {
        Self {
            seed: 1,
            reference: Date::constant(2026, 9, 1),
            followed_per_100_000: 440,
            women: 48,
            disabled: 4,
            ages: [6, 10, 14, 14, 13, 12, 11, 9, 7, 4],
            minors: Modes { car: 0, lift: 35, moped: 15, bike: 10 },
            adults: Modes { car: 28, lift: 17, moped: 8, bike: 7 },
            licence_without_car: 19,
            shared_cars: 35,
            ebikes: 15,
            lifts: Lifts { commuter: 40, some_days: 25, out_only: 10, adult_driver: 85 },
            free: Free { mornings: 9, not_wednesday: 8, two_days_taken: 14, season: 9 },
            enrolled: [6, 50, 34, 10],
            weights: Vec::new(),
        }
    }
}

impl Synthesis {
    /// Each share that the draw uses, with its value and where it comes from.
    pub fn shares(&self) -> Vec<Text> {
        let mut list = Vec::new();
        let mut say = |share: Text| list.push(Text::say(|words| words.assumed(&share)));
        let (whole, cents) = (self.followed_per_100_000 / 100, self.followed_per_100_000 % 100);
        say(Text::say(|words| words.followed(whole, cents)));
        let ages: Vec<(u8, u8)> = (16..).zip(self.ages).collect();
        say(Text::say(|words| words.ages(self.reference, &ages)));
        say(Text::say(|words| words.women_and_disabled(self.women, self.disabled)));
        let minors = (Text::say(|words| words.minors()), self.minors);
        let adults = (Text::say(|words| words.adults()), self.adults);
        for (whose, modes) in [minors, adults] {
            let Modes { car, lift, moped, bike } = modes;
            let rest = 100 - modes.sum().min(100);
            say(Text::say(|words| words.modes_at_hand(&whose, car, lift, moped, bike, rest)));
        }
        let (held, shared, ebikes) = (self.licence_without_car, self.shared_cars, self.ebikes);
        say(Text::say(|words| words.licences_and_cars(held, shared, ebikes)));
        let Lifts { commuter, some_days, out_only, adult_driver } = self.lifts;
        say(Text::say(|words| words.lifts(commuter, some_days, out_only, adult_driver)));
        let Free { mornings, not_wednesday, two_days_taken, season } = self.free;
        say(Text::say(|words| words.availability(mornings, not_wednesday, two_days_taken, season)));
        let [none, one, two, three] = self.enrolled;
        say(Text::say(|words| words.enrolled(none, one, two, three)));
        if !self.weights.is_empty() {
            let weights: Vec<String> = self.weights.iter().map(|(key, n)| format!("{key} {n}")).collect();
            let weights = weights.join(", ");
            say(Text::say(|words| words.weights(&weights)));
        }
        list
    }

    /// What is wrong with the figures themselves.
    pub fn check(&self) -> Vec<Finding> {
        let ages = ("ages", self.ages.iter().map(|&n| u32::from(n)).sum::<u32>());
        let enrolled = ("enrolled", self.enrolled.iter().map(|&n| u32::from(n)).sum());
        let whole = [ages, enrolled].into_iter().filter(|&(_, sum)| sum != 100).map(|(name, sum)| {
            bad(
                Text::say(|words| words.shares_do_not_sum(name, sum)),
                Text::say(|words| words.must_sum_to_100()),
            )
        });
        let Lifts { commuter, some_days, out_only, adult_driver } = self.lifts;
        let Free { mornings, not_wednesday, two_days_taken, season } = self.free;
        let sum = |shares: &[u8]| shares.iter().map(|&n| u32::from(n)).sum::<u32>();
        let parts = [
            ("women", u32::from(self.women)),
            ("disabled", u32::from(self.disabled)),
            ("minors", self.minors.sum()),
            ("adults", self.adults.sum()),
            ("licence_without_car", u32::from(self.licence_without_car)),
            ("shared_cars", u32::from(self.shared_cars)),
            ("ebikes", u32::from(self.ebikes)),
            ("lifts", sum(&[commuter, some_days, out_only])),
            ("adult_driver", u32::from(adult_driver)),
            ("free", sum(&[mornings, not_wednesday, two_days_taken, season])),
        ];
        let parts = parts.into_iter().filter(|&(_, sum)| sum > 100).map(|(name, sum)| {
            bad(Text::say(|words| words.share_too_large(name, sum)), Text::say(|words| words.at_most_100()))
        });
        let too_many = (self.followed_per_100_000 > 100_000).then(|| {
            bad(
                Text::say(|words| words.more_youths_than_inhabitants()),
                Text::say(|words| words.at_most_1000()),
            )
        });
        let minors_drive = (self.minors.car > 0).then(|| {
            bad(Text::say(|words| words.minors_with_a_car()), Text::say(|words| words.no_car_for_minors()))
        });
        whole.chain(parts).chain(too_many).chain(minors_drive).collect()
    }
}

impl Modes {
    fn sum(self) -> u32 {
        [self.car, self.lift, self.moped, self.bike].into_iter().map(u32::from).sum()
    }
}

/// Draws youths over the places of `draft` that have a population, for its
/// programmes. Places share them by largest remainder, ties by key.
///
/// # Errors
/// Every finding on the figures, on an unknown programme, or on too many youths.
pub fn synthesise(draft: &Draft, spec: &Synthesis) -> Result<Vec<Youth<Names>>, Vec<Finding>> {
    drawn(draft, spec, |places| shared_out(places, spec.followed_per_100_000.into(), PER))
}

/// As [`synthesise`], but so many youths in all, however many inhabitants there are; none where nobody lives.
///
/// # Errors
/// As [`synthesise`].
pub fn synthesise_so_many(
    draft: &Draft,
    spec: &Synthesis,
    youths: u32,
) -> Result<Vec<Youth<Names>>, Vec<Finding>> {
    drawn(draft, spec, |places| shared_out(places, youths.into(), inhabitants(places).max(1)))
}

/// Inhabitants for which a rate says how many youths there are.
const PER: u64 = 100_000;

fn inhabitants(places: &[&Place]) -> u64 {
    places.iter().map(|place| u64::from(place.population.unwrap_or(0))).sum()
}

fn drawn(
    draft: &Draft,
    spec: &Synthesis,
    counts: impl Fn(&[&Place]) -> Vec<u64>,
) -> Result<Vec<Youth<Names>>, Vec<Finding>> {
    let mut findings = spec.check();
    let mut programmes: Vec<(&Programme<Names>, u32)> = draft
        .programmes
        .iter()
        .map(|w| (&w.value, weight(spec, &w.value.key)))
        .filter(|&(_, weight)| weight > 0)
        .collect();
    programmes.sort_by(|a, b| a.0.key.cmp(&b.0.key));
    for (key, _) in &spec.weights {
        if !draft.programmes.iter().any(|w| w.value.key == *key) {
            findings.push(unknown(key));
        }
    }
    let mut places: Vec<&Place> = draft.places.iter().map(|w| &w.value).collect();
    places.sort_by(|a, b| a.key.cmp(&b.key));
    let counts = counts(&places);
    let total: u64 = counts.iter().sum();
    if total > MOST_YOUTHS {
        findings.push(bad(
            Text::say(|words| words.youths_to_draw(total)),
            Text::say(|words| words.at_most_5_million()),
        ));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let width = total.to_string().len().max(4);
    let mut seeds = SplitMix64(spec.seed);
    let mut youths = Vec::new();
    for (place, &count) in places.iter().zip(&counts) {
        for _ in 0..count {
            // A stream for each, so that one person's draw never shifts another's.
            let draw = SplitMix64(seeds.next());
            let Some(key) = Key::new(&format!("S{:0width$}", youths.len() + 1)) else { continue };
            youths.push(Drawing { spec, draw }.youth(key, place, &programmes));
        }
    }
    Ok(youths)
}

fn weight(spec: &Synthesis, key: &Key) -> u32 {
    if spec.weights.is_empty() {
        return 1;
    }
    spec.weights.iter().find(|(k, _)| k == key).map_or(0, |&(_, weight)| weight)
}

/// Youths of each place, so many of `base` inhabitants: largest remainder of population × rate.
fn shared_out(places: &[&Place], youths: u64, base: u64) -> Vec<u64> {
    let shares: Vec<u64> = places.iter().map(|p| u64::from(p.population.unwrap_or(0)) * youths).collect();
    let all: u128 = shares.iter().map(|&share| u128::from(share)).sum();
    let total = u64::try_from((all + u128::from(base / 2)) / u128::from(base)).unwrap_or(u64::MAX);
    let mut counts: Vec<u64> = shares.iter().map(|share| share / base).collect();
    let missing = total.saturating_sub(counts.iter().sum());
    let mut order: Vec<usize> = (0..places.len()).filter(|&i| !shares[i].is_multiple_of(base)).collect();
    order.sort_by(|&a, &b| {
        (shares[b] % base).cmp(&(shares[a] % base)).then(places[a].key.cmp(&places[b].key))
    });
    let missing = usize::try_from(missing).unwrap_or(usize::MAX);
    for &i in order.iter().take(missing) {
        counts[i] += 1;
    }
    counts
}

/// One person being drawn.
struct Drawing<'a> {
    spec: &'a Synthesis,
    draw: SplitMix64,
}

const WEEKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

impl Drawing<'_> {
    fn youth(mut self, key: Key, place: &Place, programmes: &[(&Programme<Names>, u32)]) -> Youth<Names> {
        let spec = self.spec;
        let years = 16 + self.draw.one_of(&spec.ages.map(u32::from)) as u16;
        let birth = Birth::Month(self.month_of_birth(years));
        let recognised_disability = self.draw.percent(spec.disabled);
        let sex = if self.draw.percent(spec.women) { Sex::Woman } else { Sex::Man };
        let mut youth = Youth {
            key,
            home: Some(place.key.clone()),
            birth,
            recognised_disability,
            sex: Some(sex),
            licences: Vec::new(),
            vehicles: Vec::new(),
            lifts: Vec::new(),
            rides: Vec::new(),
            availability: Availability::default(),
            programmes: Vec::new(),
            priority: Priority::NONE,
            attendance: None,
        };
        self.travel(&mut youth, years >= 18);
        youth.availability = self.availability();
        youth.programmes = self.programmes(birth, recognised_disability, programmes);
        youth
    }

    /// The first day of one of the twelve months that make `years` on the reference date.
    fn month_of_birth(&mut self, years: u16) -> Date {
        let back = i32::from(years) * 12 + self.draw.below(12) as i32;
        let first = self.spec.reference.first_of_month();
        first.saturating_sub(jiff::Span::new().months(back))
    }

    fn travel(&mut self, youth: &mut Youth<Names>, adult: bool) {
        let spec = self.spec;
        let modes = if adult { spec.adults } else { spec.minors };
        let Modes { car, lift, moped, bike } = modes;
        match self.draw.part(&[car, lift, moped, bike]) {
            Some(0) => {
                youth.licences.push(Licence::B);
                let hours = if self.draw.percent(spec.shared_cars) {
                    self.some_days()
                } else {
                    WeeklyHours::always()
                };
                youth.vehicles.push(Vehicle { kind: VehicleKind::Car, hours });
            }
            Some(1) => youth.lifts.push(self.lift()),
            Some(2) => {
                youth.licences.push(Licence::Am);
                youth.vehicles.push(Vehicle { kind: VehicleKind::Moped, hours: WeeklyHours::always() });
            }
            Some(_) => {
                let kind =
                    if self.draw.percent(spec.ebikes) { VehicleKind::EBike } else { VehicleKind::Bike };
                youth.vehicles.push(Vehicle { kind, hours: WeeklyHours::always() });
            }
            None => {}
        }
        let drives = youth.licences.contains(&Licence::B);
        if adult && !drives && self.draw.percent(spec.licence_without_car) {
            youth.licences.push(Licence::B);
        }
    }

    fn lift(&mut self) -> Lift {
        let Lifts { commuter, some_days, out_only, adult_driver } = self.spec.lifts;
        let all_day = || hours(&WEEKDAYS, &[((0, 0), (24, 0))]);
        let (ways, hours) = match self.draw.part(&[commuter, some_days, out_only]) {
            Some(0) => (LiftWays::Both, hours(&WEEKDAYS, &[((7, 0), (9, 15)), ((16, 15), (19, 0))])),
            Some(1) => (LiftWays::Both, self.some_days()),
            Some(_) => (LiftWays::To, hours(&WEEKDAYS, &[((7, 0), (9, 15))])),
            None => (LiftWays::Both, all_day()),
        };
        Lift { ways, hours, adult_driver: self.draw.percent(adult_driver) }
    }

    fn availability(&mut self) -> Availability {
        let Free { mornings, not_wednesday, two_days_taken, season } = self.spec.free;
        let mut availability = Availability::default();
        match self.draw.part(&[mornings, not_wednesday, two_days_taken, season]) {
            Some(0) => availability.week = hours(&WEEKDAYS, &[((0, 0), (13, 0))]),
            Some(1) => {
                let days = WEEKDAYS.into_iter().filter(|&day| day != Weekday::Wednesday);
                availability.week = hours(&days.collect::<Vec<_>>(), &[((0, 0), (24, 0))]);
            }
            Some(2) => {
                let days = self.weekdays(3);
                availability.week = hours(&days, &[((0, 0), (24, 0))]);
            }
            Some(_) => {
                let first = days_after(self.spec.reference, self.draw.below(70) as i32);
                let last = days_after(first, 14 + self.draw.below(29) as i32 - 1);
                let away = |dates| Absence { dates, hours: WeeklyHours::always() };
                availability.absences.extend(DateRange::new(first, last).map(away));
            }
            None => {}
        }
        availability
    }

    /// Two or three weekdays, all day.
    fn some_days(&mut self) -> WeeklyHours {
        let n = 2 + self.draw.below(2) as usize;
        hours(&self.weekdays(n), &[((0, 0), (24, 0))])
    }

    fn weekdays(&mut self, n: usize) -> Vec<Weekday> {
        let mut left = WEEKDAYS.to_vec();
        while left.len() > n {
            let i = self.draw.below(left.len() as u64) as usize;
            left.remove(i);
        }
        left
    }

    fn programmes(
        &mut self,
        birth: Birth,
        recognised_disability: bool,
        programmes: &[(&Programme<Names>, u32)],
    ) -> Vec<Key> {
        let wanted = self.draw.one_of(&self.spec.enrolled.map(u32::from));
        let admits = |p: &Programme<Names>| p.ages.admit(birth.age_on(p.start.first), recognised_disability);
        let (mut left, mut weights): (Vec<&Key>, Vec<u32>) =
            programmes.iter().filter(|(p, _)| admits(p)).map(|(p, weight)| (&p.key, *weight)).unzip();
        let mut enrolled = Vec::new();
        while enrolled.len() < wanted && !left.is_empty() {
            let i = self.draw.one_of(&weights);
            weights.remove(i);
            enrolled.push(left.remove(i).clone());
        }
        enrolled.sort();
        enrolled
    }
}

/// Clock times of one interval: from and to, as hours and minutes.
type Interval = ((u32, u32), (u32, u32));

fn hours(days: &[Weekday], intervals: &[Interval]) -> WeeklyHours {
    let mut hours = WeeklyHours::never();
    for &day in days {
        for &((h0, m0), (h1, m1)) in intervals {
            if let (Some(from), Some(to)) = (ClockTime::new(h0, m0), ClockTime::new(h1, m1)) {
                hours.add(day, from, to);
            }
        }
    }
    hours
}

/// What [`SplitMix64`] goes on by.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The generator of Steele, Lea and Flood, *Fast Splittable Pseudorandom Number
/// Generators*, OOPSLA 2014. Our own, since its stream must never change.
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    /// The number `at` of the stream that begins at `seed`.
    pub(crate) fn nth(seed: u64, at: u64) -> u64 {
        Self(seed.wrapping_add(at.wrapping_mul(GAMMA))).next()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`, with a bias of at most `n` in 2⁶⁴.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    fn percent(&mut self, share: u8) -> bool {
        self.below(100) < u64::from(share)
    }

    /// Which part, `None` for what the parts leave of a hundred.
    fn part(&mut self, parts: &[u8]) -> Option<usize> {
        let mut left = self.below(100);
        for (i, &part) in parts.iter().enumerate() {
            if left < u64::from(part) {
                return Some(i);
            }
            left -= u64::from(part);
        }
        None
    }

    /// A row, as often as its weight says.
    fn one_of(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().map(|&w| u64::from(w)).sum());
        for (i, &weight) in weights.iter().enumerate() {
            if left < u64::from(weight) {
                return i;
            }
            left -= u64::from(weight);
        }
        0
    }
}

fn bad(what: Text, remedy: Text) -> Finding {
    told(Code::OutOfRange, what, remedy)
}

fn unknown(key: &Key) -> Finding {
    told(
        Code::UnknownReference,
        Text::say(|words| words.no_such_programme(key)),
        Text::say(|words| words.correct_or_remove_weight()),
    )
}

fn told(code: Code, what: Text, remedy: Text) -> Finding {
    Finding::new(code, Source::memory(), Text::say(|words| words.of_the_draw(&what)), remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::territory::{Ages, GroupSize, InHolidays, Needed, Rhythm, StartWindow};
    use crate::units::Cents;

    fn key(text: &str) -> Key {
        Key::new(text).expect("a key")
    }

    fn programme(name: &str) -> Programme<Names> {
        Programme {
            key: key(name),
            name: name.into(),
            size: GroupSize::new(3, 5, 8).expect("a size"),
            rhythm: Rhythm::HalfDays(1),
            slots: Vec::new(),
            sites: Vec::new(),
            alternating: Vec::new(),
            weeks: 4,
            start: StartWindow { first: Date::constant(2026, 9, 7), later_weeks: 0 },
            in_holidays: InHolidays::Pauses,
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

    fn country(populations: &[u32]) -> Draft {
        let mut draft = Draft::new("country");
        for (i, &population) in populations.iter().enumerate() {
            draft.place(Place {
                key: key(&format!("370{i:02}")),
                name: format!("place {i}"),
                commune: None,
                position: None,
                population: Some(population),
                epci: None,
            });
        }
        for name in ["a", "b", "c", "d"] {
            draft.programme(programme(name));
        }
        draft
    }

    /// 20,000 youths in three places.
    fn crowd(spec: &Synthesis) -> Vec<Youth<Names>> {
        synthesise(
            &country(&[10_000, 5_000, 5_000]),
            &Synthesis { followed_per_100_000: 100_000, ..spec.clone() },
        )
        .expect("a draw")
    }

    fn percent_of(youths: &[Youth<Names>], which: impl Fn(&Youth<Names>) -> bool) -> f64 {
        let n = youths.iter().filter(|y| which(y)).count();
        100.0 * n as f64 / youths.len() as f64
    }

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut draw = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| draw.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn the_seed_is_all_that_matters() {
        let draw = |seed| crowd(&Synthesis { seed, ..Synthesis::default() });
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn a_seed_draws_what_it_always_drew() {
        let youths = synthesise(&country(&[1_000]), &Synthesis::default()).expect("a draw");
        let told: Vec<String> = youths
            .iter()
            .map(|y| {
                let Birth::Month(month) = y.birth else { return String::new() };
                let programmes: Vec<&str> = y.programmes.iter().map(Key::as_str).collect();
                format!("{} {month} {:?} {}", y.key, y.licences, programmes.join("+"))
            })
            .collect();
        let always = [
            "S0001 2006-10-01 [B] a",
            "S0002 2006-09-01 [B] b",
            "S0003 2005-04-01 [] a",
            "S0004 2007-12-01 [] a",
        ];
        assert_eq!(told, always);
    }

    #[test]
    fn the_order_of_the_draft_does_not_matter() {
        let draft = country(&[900, 350, 70]);
        let mut turned = draft.clone();
        turned.places.reverse();
        turned.programmes.reverse();
        let spec = Synthesis { followed_per_100_000: 10_000, ..Synthesis::default() };
        assert_eq!(synthesise(&draft, &spec), synthesise(&turned, &spec));
    }

    #[test]
    fn places_share_by_largest_remainder_ties_by_key() {
        // 4.4 per 1,000: 4.4, 0.44, 0.44, 0.22 make 5.5, rounded to 6; the two equal remainders go first.
        let spec = Synthesis::default();
        let youths = synthesise(&country(&[1_000, 100, 100, 50]), &spec).expect("a draw");
        let at = |code: &str| youths.iter().filter(|y| y.home == Some(key(code))).count();
        assert_eq!((at("37000"), at("37001"), at("37002"), at("37003")), (4, 1, 1, 0));
        assert_eq!(youths[0].key, key("S0001"));
    }

    #[test]
    fn so_many_are_drawn_whatever_the_population() {
        for populations in [&[2_100_000, 1, 0][..], &[7, 5, 3], &[300; 41]] {
            let youths = synthesise_so_many(&country(populations), &Synthesis::default(), 300);
            assert_eq!(youths.expect("a draw").len(), 300, "{populations:?}");
        }
        assert_eq!(synthesise_so_many(&country(&[0]), &Synthesis::default(), 300), Ok(Vec::new()));
        // The rate that gives as many draws the same youths.
        let (draft, spec) = (country(&[60_000, 40_000]), Synthesis::default());
        assert_eq!(synthesise_so_many(&draft, &spec, 440), synthesise(&draft, &spec));
    }

    #[test]
    fn shares_are_those_asked_for() {
        let spec = Synthesis::default();
        let youths = crowd(&spec);
        assert_eq!(youths.len(), 20_000);
        let on = spec.reference;
        let adults: Vec<_> = youths.iter().filter(|y| y.birth.age_on(on) >= 18).cloned().collect();
        let has = |y: &Youth<Names>, kind| y.vehicles.iter().any(|v| v.kind == kind);
        // Three standard deviations of a share of 50 % among 20,000 are 1.06 points.
        for (found, wanted) in [
            (percent_of(&youths, |y| y.sex == Some(Sex::Woman)), 48.0),
            (percent_of(&youths, |y| y.recognised_disability), 4.0),
            (percent_of(&youths, |y| y.birth.age_on(on) == 20), 13.0),
            (percent_of(&adults, |y| has(y, VehicleKind::Car)), 28.0),
            (percent_of(&adults, |y| !y.lifts.is_empty()), 17.0),
            (percent_of(&adults, |y| y.licences.contains(&Licence::B)), 28.0 + 72.0 * 0.19),
            (percent_of(&youths, |y| y.programmes.len() == 2), 34.0),
            (percent_of(&youths, |y| y.programmes.len() == 3), 10.0),
            (percent_of(&youths, |y| !y.availability.absences.is_empty()), 9.0),
        ] {
            assert!((found - wanted).abs() < 1.2, "{found} instead of {wanted}");
        }
    }

    #[test]
    fn nobody_holds_a_licence_too_young() {
        let spec = Synthesis::default();
        for youth in crowd(&spec) {
            let age = youth.birth.age_on(spec.reference);
            assert!((16..26).contains(&age), "{age}");
            assert!(youth.licences.iter().all(|l| age >= i32::from(l.age())));
            assert!(youth.vehicles.iter().all(|v| v.kind.allowed_by(&youth.licences)));
        }
    }

    #[test]
    fn only_programmes_that_admit_the_age_are_drawn() {
        let mut draft = country(&[5_000]);
        draft.programmes[0].value.ages = Ages { from: 18, before: 20, before_if_disabled: None };
        let start = draft.programmes[0].value.start.first;
        let spec = Synthesis { followed_per_100_000: 100_000, ..Synthesis::default() };
        let youths = synthesise(&draft, &spec).expect("a draw");
        let ages = youths.iter().filter(|y| y.programmes.contains(&key("a"))).map(|y| y.birth.age_on(start));
        assert!(ages.clone().count() > 0);
        assert!(ages.clone().all(|age| (18..20).contains(&age)));
    }

    #[test]
    fn no_place_no_youth() {
        assert_eq!(synthesise(&Draft::new("desert"), &Synthesis::default()), Ok(Vec::new()));
        assert_eq!(synthesise(&country(&[0]), &Synthesis::default()), Ok(Vec::new()));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut spec = Synthesis { women: 101, followed_per_100_000: 100_001, ..Synthesis::default() };
        spec.ages[0] = 7;
        spec.minors.car = 1;
        spec.lifts.commuter = 70;
        spec.weights.push((key("nowhere"), 1));
        let findings = synthesise(&country(&[1_000]), &spec).expect_err("a bad draw");
        assert_eq!(findings.len(), 6, "{findings:?}");
        let many = Synthesis { followed_per_100_000: 100_000, ..Synthesis::default() };
        assert!(synthesise(&country(&[5_000_001]), &many).is_err());
    }

    #[test]
    fn every_share_is_marked_in_both_languages() {
        for text in Synthesis::default().shares() {
            assert!(text.fr.ends_with("(hypothèse)") && text.en.ends_with("(assumed)"), "{text:?}");
        }
    }
}
