//! The trip that a youth would take to one stay: out **and** back, licence
//! **and** vehicle on that day.

use super::reason::{Reason, Reasons};
use crate::territory::{Mode, Territory, Way, Youth};
use crate::travel::{Session, Travel, TravelTimes, Trip};
use crate::units::{ClockTime, Seconds, SiteId};
use jiff::civil::Weekday;

/// A way out and a way back.
///
/// ```
/// use maillage::reach::RoundTrip;
/// use maillage::territory::Mode;
/// use maillage::units::Seconds;
///
/// let (to, back) = (Seconds::new(717), Seconds::new(900));
/// let trip = RoundTrip { mode_to: Mode::Lift, mode_back: Mode::Bus, to, back };
/// assert_eq!(trip.longer(), back);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoundTrip {
    /// Mode out.
    pub mode_to: Mode,
    /// Mode back; the same when a vehicle is brought.
    pub mode_back: Mode,
    /// Time out.
    pub to: Seconds,
    /// Time back.
    pub back: Seconds,
}

impl RoundTrip {
    /// The longer way, which limits are about.
    pub fn longer(&self) -> Seconds {
        self.to.max(self.back)
    }

    /// Out and back.
    pub const fn both(&self) -> Seconds {
        self.to.plus(self.back)
    }
}

/// What came of looking for a trip.
#[derive(Clone, Copy, Debug)]
pub(super) enum Attempt {
    /// The best trip: its longer way is shortest, then the sum, then modes in their order.
    Trip { trip: RoundTrip, if_out_too_long: Reason, unknown: bool },
    /// None, and why. Unknown where there may be one by a mode of which nobody knows whether it runs then.
    None { why: Reasons, unknown: bool },
}

/// The modes of a table, once.
pub(super) struct Modes {
    own: Vec<Mode>,
    carried: Vec<Mode>,
}

impl Modes {
    pub(super) fn of(times: &TravelTimes) -> Self {
        let (own, carried) = times.modes().iter().partition(|mode| mode.brings_vehicle());
        Self { own, carried }
    }
}

/// A youth, a site and a session.
pub(super) struct Going<'a> {
    pub(super) territory: &'a Territory,
    pub(super) times: &'a TravelTimes,
    pub(super) youth: &'a Youth,
    pub(super) site: SiteId,
    pub(super) session: Session,
    pub(super) day: Weekday,
    pub(super) on_site: Seconds,
    pub(super) minor: bool,
}

/// From when to when.
type Hours = (ClockTime, ClockTime);

/// What was met while looking in one direction.
#[derive(Clone, Copy, Default)]
struct Seen {
    best: Option<(Seconds, Mode)>,
    beyond: bool,
    no_service: bool,
    not_located: bool,
    unknown: bool,
    /// A vehicle of one's own leads there, and not back.
    stranded: bool,
}

impl Seen {
    fn note(&mut self, trip: Trip, mode: Mode, usable: impl Fn(&Travel) -> bool) -> Option<Travel> {
        match trip {
            Trip::Time(t) if usable(&t) => {
                if self.best.is_none_or(|best| (t.time, mode) < best) {
                    self.best = Some((t.time, mode));
                }
                return Some(t);
            }
            Trip::BeyondLimit if mode != Mode::Walk => self.beyond = true,
            Trip::NoService => self.no_service = true,
            Trip::NotLocated => self.not_located = true,
            Trip::Unknown => self.unknown = true,
            Trip::Time(_) | Trip::NoLink | Trip::BeyondLimit => {}
        }
        None
    }
}

impl Going<'_> {
    pub(super) fn attempt(&self, modes: &Modes) -> Attempt {
        let [mut out, mut back] = Way::BOTH.map(|way| self.carried(way, &modes.carried));
        let mut found: Option<RoundTrip> = None;
        let mut too_long_a_day = false;
        let mut consider = |trip: RoundTrip| {
            if !self.fits_the_day(&trip) {
                too_long_a_day = true;
            } else if found.is_none_or(|best| rank(&trip) < rank(&best)) {
                found = Some(trip);
            }
        };
        if let (Some((to, mode_to)), Some((home, mode_back))) = (out.best, back.best) {
            consider(RoundTrip { mode_to, mode_back, to, back: home });
        }
        for &mode in &modes.own {
            if let Some(trip) = self.driven(mode, &mut out, &mut back) {
                consider(trip);
            }
        }
        match found {
            Some(trip) => {
                let if_out_too_long = self.if_out_too_long(&trip, &out);
                Attempt::Trip { trip, if_out_too_long, unknown: out.unknown || back.unknown }
            }
            None => Attempt::None {
                why: self.why_not(&out, &back, too_long_a_day),
                unknown: out.unknown || back.unknown,
            },
        }
    }

    /// As a passenger, or on foot: each way by itself.
    fn carried(&self, way: Way, modes: &[Mode]) -> Seen {
        let mut seen = Seen::default();
        for &mode in modes {
            let by_lift = mode.at_home() == Mode::Lift;
            if by_lift && !self.offered_lift(way) {
                continue;
            }
            let usable = |travel: &Travel| {
                let Some(ride) = self.ride(way, travel) else { return false };
                !by_lift || self.lift(way, self.lift_hours(way, mode, travel, ride))
            };
            seen.note(self.trip(way, mode), mode, usable);
        }
        seen
    }

    /// With a vehicle that must come home too.
    fn driven(&self, mode: Mode, out: &mut Seen, back: &mut Seen) -> Option<RoundTrip> {
        let drives = |v: &&crate::territory::Vehicle| {
            v.kind.mode() == mode.at_home()
                && v.kind.allowed_by(&self.youth.licences)
                && !v.hours.on(self.day).is_empty()
        };
        let vehicles: Vec<_> = self.youth.vehicles.iter().filter(drives).collect();
        if vehicles.is_empty() {
            return None;
        }
        // A vehicle's way out says nothing of other ways back, so it never becomes their `best`.
        let to = only_noted(out, self.trip(Way::To, mode), mode);
        let home = only_noted(back, self.trip(Way::Back, mode), mode);
        back.stranded |= to.is_some() && home.is_none();
        let (to, home) = (to?, home?);
        let ((left, _), (_, returned)) = (self.ride(Way::To, &to)?, self.ride(Way::Back, &home)?);
        let free = vehicles.iter().any(|v| v.hours.covers(self.day, left, returned));
        free.then_some(RoundTrip { mode_to: mode, mode_back: mode, to: to.time, back: home.time })
    }

    fn trip(&self, way: Way, mode: Mode) -> Trip {
        match self.youth.home {
            Some(home) => self.times.trip(home, self.site, way, mode, self.session),
            None => Trip::NotLocated,
        }
    }

    /// When a ride leaves and arrives; `None` when that is another day.
    fn ride(&self, way: Way, travel: &Travel) -> Option<(ClockTime, ClockTime)> {
        match way {
            Way::To => {
                let arrives = self.session.arrive_by.earlier(travel.at_site)?;
                Some((arrives.earlier(travel.time)?, arrives))
            }
            Way::Back => {
                let leaves = self.session.leave_after.later(travel.at_site)?;
                Some((leaves, leaves.later(travel.time)?))
            }
        }
    }

    /// When somebody drives: all the way, or between home and a stop.
    fn lift_hours(&self, way: Way, mode: Mode, travel: &Travel, ride: Hours) -> Hours {
        let ((leaves, arrives), drive) = (ride, travel.access);
        match way {
            _ if mode == Mode::Lift => ride,
            Way::To => (leaves, leaves.later(drive).unwrap_or(arrives)),
            Way::Back => (arrives.earlier(drive).unwrap_or(leaves), arrives),
        }
    }

    fn offered_lift(&self, way: Way) -> bool {
        self.youth.lifts.iter().any(|lift| lift.ways.includes(way) && self.may_ride(lift))
    }

    fn lift(&self, way: Way, (from, to): Hours) -> bool {
        let takes = |l: &crate::territory::Lift| {
            l.ways.includes(way) && self.may_ride(l) && l.hours.covers(self.day, from, to)
        };
        self.youth.lifts.iter().any(takes)
    }

    fn may_ride(&self, lift: &crate::territory::Lift) -> bool {
        lift.adult_driver || !self.minor || !self.territory.rules().minor_lift_needs_adult
    }

    fn fits_the_day(&self, trip: &RoundTrip) -> bool {
        self.territory.rules().day_share.is_none_or(|percent| {
            u64::from(trip.both().get()) * 100 <= u64::from(percent) * u64::from(self.on_site.get())
        })
    }

    /// What to say when the trip found takes longer out than the limit: somebody
    /// who could only walk has no mode, or no service, rather than a long way.
    fn if_out_too_long(&self, trip: &RoundTrip, out: &Seen) -> Reason {
        match trip.mode_to {
            Mode::Walk if out.no_service => self.no_service(),
            Mode::Walk if out.unknown => Reason::TimetableUnknown,
            Mode::Walk if !out.beyond => Reason::NoMode,
            _ => Reason::TooFar,
        }
    }

    fn why_not(&self, out: &Seen, back: &Seen, too_long_a_day: bool) -> Reasons {
        if too_long_a_day {
            return Reasons::only(Reason::TooLongADay);
        }
        let mut reasons = Reasons::NONE;
        if out.not_located || back.not_located {
            return reasons.with(Reason::NotLocated);
        }
        if out.best.is_some() || back.stranded {
            let unknown = back.unknown && back.best.is_none();
            return reasons.with(if unknown { Reason::TimetableUnknown } else { Reason::NoWayBack });
        }
        if out.beyond {
            reasons = reasons.with(Reason::TooFar);
        }
        if out.no_service {
            reasons = reasons.with(self.no_service());
        }
        if out.unknown {
            reasons = reasons.with(Reason::TimetableUnknown);
        }
        if reasons.is_empty() { Reasons::only(Reason::NoMode) } else { reasons }
    }

    fn no_service(&self) -> Reason {
        if self.territory.calendar().is_holiday(self.session.date) {
            Reason::NotInHolidays
        } else {
            Reason::NoBusThen
        }
    }
}

fn only_noted(seen: &mut Seen, trip: Trip, mode: Mode) -> Option<Travel> {
    let best = seen.best;
    let time = seen.note(trip, mode, |_| true);
    seen.best = best;
    time
}

fn rank(trip: &RoundTrip) -> (Seconds, Seconds, Mode, Mode) {
    (trip.longer(), trip.both(), trip.mode_to, trip.mode_back)
}
