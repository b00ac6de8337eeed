//! The quantities everything else is written in. Each is a type of its own, so
//! that minutes are never added to metres and one entity's id never finds
//! another's row.

use std::fmt;

/// A duration in whole seconds. Kernels add these; people read [`Minutes`].
///
/// ```
/// use maillage::units::Seconds;
///
/// let time = Seconds::from_minutes(45).plus(Seconds::new(1));
/// assert_eq!(time.get(), 2_701);
/// assert_eq!(time.to_minutes().get(), 46, "not within 45 minutes");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(u32);

impl Seconds {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A duration of `seconds`.
    pub const fn new(seconds: u32) -> Self {
        Self(seconds)
    }

    /// A duration of `minutes`, at most the 136 years that fit.
    pub const fn from_minutes(minutes: u32) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// The number of seconds.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The sum; the longest duration when it would not fit, which no limit admits.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// For people: rounded up, since a trip of 45 min 01 s is not within 45 min.
    pub const fn to_minutes(self) -> Minutes {
        Minutes(self.0.div_ceil(60))
    }
}

/// Minutes as people read them, rounded up. Nothing computes with these.
///
/// ```
/// use maillage::units::Seconds;
///
/// assert_eq!(Seconds::new(61).to_minutes().get(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(u32);

impl Minutes {
    /// The number of minutes.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A distance in whole metres along the way travelled.
///
/// ```
/// use maillage::units::Metres;
///
/// assert!(Metres::new(5_204) < Metres::new(10_408));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Metres(u32);

impl Metres {
    /// A distance of `metres`.
    pub const fn new(metres: u32) -> Self {
        Self(metres)
    }

    /// The number of metres.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A speed in metres an hour, so that 4.5 km/h is exact. Never zero.
///
/// ```
/// use maillage::units::{Metres, Seconds, Speed};
///
/// let car = Speed::from_kmh(45.0).expect("a speed");
/// assert_eq!(car.time_over(Metres::new(15_612)), Seconds::new(1_249));
/// assert_eq!(Speed::from_kmh(0.0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(u32);

impl Speed {
    /// A speed in km/h between 0.1 and 400; `None` outside or not a number.
    pub fn from_kmh(kmh: f64) -> Option<Self> {
        (0.1..=400.0).contains(&kmh).then(|| Self((kmh * 1000.0).round() as u32))
    }

    /// The speed in km/h.
    pub fn kmh(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// The time `metres` take, rounded up to the second.
    pub fn time_over(self, metres: Metres) -> Seconds {
        let seconds = (u64::from(metres.0) * 3600).div_ceil(u64::from(self.0));
        Seconds(u32::try_from(seconds).unwrap_or(u32::MAX))
    }
}

/// A number of people.
///
/// ```
/// use maillage::units::Headcount;
///
/// assert_eq!(Headcount::new(7).get(), 7);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Headcount(u32);

impl Headcount {
    /// `people` persons.
    pub const fn new(people: u32) -> Self {
        Self(people)
    }

    /// The number of persons.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Money, in euro cents.
///
/// ```
/// use maillage::units::Cents;
///
/// assert_eq!(Cents::from_euros(19.5), Some(Cents::new(1_950)));
/// assert_eq!(Cents::new(1_950).times(2).plus(Cents::new(1)).get(), 3_901);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(u64);

impl Cents {
    /// An amount in cents.
    pub const fn new(cents: u64) -> Self {
        Self(cents)
    }

    /// An amount in euros between 0 and a thousand million; `None` outside or not a number.
    pub fn from_euros(euros: f64) -> Option<Self> {
        (0.0..=1e9).contains(&euros).then(|| Self((euros * 100.0).round() as u64))
    }

    /// The number of cents.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The sum, at most what fits.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `n` times the amount, at most what fits.
    pub const fn times(self, n: u64) -> Self {
        Self(self.0.saturating_mul(n))
    }
}

/// A time of day to the second, from 00:00:00 to 24:00:00 included.
///
/// ```
/// use maillage::units::{ClockTime, Seconds};
///
/// let nine = ClockTime::parse("9h").expect("a time");
/// assert_eq!(ClockTime::new(9, 0), Some(nine));
/// assert_eq!(nine.until(ClockTime::END_OF_DAY), Seconds::from_minutes(15 * 60));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u32);

impl ClockTime {
    /// The first instant of a day.
    pub const MIDNIGHT: Self = Self(0);
    /// The last instant of a day.
    pub const END_OF_DAY: Self = Self(86_400);

    /// `hour`:`minute`; `None` after 24:00 or for a minute above 59.
    pub fn new(hour: u32, minute: u32) -> Option<Self> {
        let seconds = hour.checked_mul(3600)?.checked_add(minute.checked_mul(60)?)?;
        (minute < 60 && seconds <= 86_400).then_some(Self(seconds))
    }

    /// Reads `8h30`, `8h`, `8:30` or `08:30:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase().replace('h', ":");
        let mut parts = text.split(':');
        let number = |part: &str| -> Option<u32> {
            let short = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
            if short { part.parse().ok() } else { None }
        };
        let hour = number(parts.next()?)?;
        let minute = match parts.next()? {
            "" => 0,
            part => number(part)?,
        };
        let second = parts.next().map_or(Some(0), number)?;
        let time = Self::new(hour, minute)?.0 + second;
        (parts.next().is_none() && second < 60 && time <= 86_400).then_some(Self(time))
    }

    /// Seconds since 00:00.
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// This time less `by`, or `None` when that is the day before.
    pub fn earlier(self, by: Seconds) -> Option<Self> {
        self.0.checked_sub(by.0).map(Self)
    }

    /// This time and `by` more, or `None` when that is the day after.
    pub fn later(self, by: Seconds) -> Option<Self> {
        let time = self.0.checked_add(by.0)?;
        (time <= 86_400).then_some(Self(time))
    }

    /// The time from `self` to `end`, zero when `end` is earlier.
    pub const fn until(self, end: Self) -> Seconds {
        Seconds(end.0.saturating_sub(self.0))
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 3600, self.0 / 60 % 60)?;
        match self.0 % 60 {
            0 => Ok(()),
            s => write!(f, ":{s:02}"),
        }
    }
}

/// A point on the earth: WGS84 longitude and latitude in degrees.
///
/// ```
/// use maillage::units::Position;
///
/// let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// assert_eq!(at(47.0).straight_line(at(47.036)).round(), 4_003.0);
/// assert!(Position::new(47.0, 200.0).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    lon: f64,
    lat: f64,
}

impl Position {
    /// `None` outside −180…180 and −90…90, or not a number.
    pub fn new(lon: f64, lat: f64) -> Option<Self> {
        let inside = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        inside.then_some(Self { lon, lat })
    }

    /// Degrees east.
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Great-circle metres to `other`, on a sphere of the mean earth radius
    /// (6,371,008.8 m, IUGG), not rounded.
    pub fn straight_line(self, other: Self) -> f64 {
        use geo::{Distance, Haversine};
        Haversine.distance(geo::Point::from(self), geo::Point::from(other))
    }
}

impl From<Position> for geo::Point<f64> {
    fn from(at: Position) -> Self {
        Self::new(at.lon, at.lat)
    }
}

/// The identifier that people gave an entity in their file: 1 to 64 characters,
/// no control character, no white space at the ends. Ties are broken in its order.
///
/// ```
/// use maillage::units::Key;
///
/// assert_eq!(Key::new(" y01 ").expect("a key").as_str(), "y01");
/// assert!(Key::new("").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(std::sync::Arc<str>);

impl Key {
    /// Longest identifier, in characters.
    pub const MAX_CHARS: usize = 64;

    /// `None` when empty, too long, or with a control character.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= Self::MAX_CHARS;
        (fits && !text.chars().any(char::is_control)).then(|| Self(text.into()))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A commune's INSEE code: five characters, digits or Corsica's letter
/// (`37072`, `2A004`). Text, never a number: leading zeros count.
///
/// ```
/// use maillage::units::InseeCode;
///
/// assert_eq!(InseeCode::new("01004").expect("a code").as_str(), "01004");
/// assert!(InseeCode::new("1004").is_none(), "a zero was lost");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InseeCode([u8; 5]);

impl InseeCode {
    /// `None` unless it has the form of a code.
    pub fn new(text: &str) -> Option<Self> {
        let code: [u8; 5] = text.trim().as_bytes().try_into().ok()?;
        let second = code[1].is_ascii_digit() || (code[0] == b'2' && matches!(code[1], b'A' | b'B'));
        let rest = [0, 2, 3, 4].iter().all(|&i| code[i].is_ascii_digit());
        (second && rest).then_some(Self(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for InseeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Declares the dense handle of one kind of entity.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// ```
        #[doc = concat!("use maillage::units::", stringify!($name), ";")]
        ///
        #[doc = concat!("assert_eq!(", stringify!($name), "::from_index(3).index(), 3);")]
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The handle of row `index`. Rows beyond `u32` are never made: readers bound their number.
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The row it stands for.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A place where trips start, within one lineage of territories.
    PlaceId;
    /// A site, within one lineage of territories.
    SiteId;
    /// A slot of the week, within one lineage of territories.
    SlotId;
    /// A programme, within one lineage of territories.
    ProgrammeId;
    /// A youth, within one lineage of territories.
    YouthId;
    /// An adviser, within one lineage of territories.
    AdviserId;
    /// A declared transport link, within one lineage of territories.
    LinkId;
    /// A transport service on demand, within one lineage of territories.
    OnDemandId;
    /// A node, within one network.
    NodeId;
    /// An option, within one enumeration of a territory's options.
    OptionId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times_are_read_as_people_write_them() {
        let nine = ClockTime::new(9, 0);
        for text in ["9h", "9h00", "9:00", "09:00", "09:00:00", " 9H00 "] {
            assert_eq!(ClockTime::parse(text), nine, "{text}");
        }
        for text in ["", "9", "25:00", "9h60", "24:00:01", "9:0:0:0", "-1:00", "+9:00", "neuf"] {
            assert_eq!(ClockTime::parse(text), None, "{text}");
        }
        assert_eq!(ClockTime::parse("24:00"), Some(ClockTime::END_OF_DAY));
    }

    #[test]
    fn a_second_over_is_a_minute_more() {
        assert_eq!(Seconds::new(2700).to_minutes().get(), 45);
        assert_eq!(Seconds::new(2701).to_minutes().get(), 46);
    }

    #[test]
    fn insee_codes_keep_their_zero_and_corsica_its_letter() {
        assert!(InseeCode::new("01055").is_some());
        assert!(InseeCode::new("2A004").is_some());
        for text in ["1055", "2C004", "3A004", "370720", "", "37 72"] {
            assert_eq!(InseeCode::new(text), None, "{text}");
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_195_metres() {
        let at = |lat| Position::new(0.0, lat).expect("on earth");
        assert_eq!(at(47.0).straight_line(at(48.0)).round(), 111_195.0);
        assert!(Position::new(f64::NAN, 0.0).is_none());
    }

    #[test]
    fn time_over_a_distance_is_rounded_up() {
        let walk = Speed::from_kmh(4.5).expect("a speed");
        assert_eq!(walk.time_over(Metres::new(4500)), Seconds::new(3600));
        assert_eq!(walk.time_over(Metres::new(1)), Seconds::new(1));
    }
}
