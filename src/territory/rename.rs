//! Rewriting entities from one kind of reference to another: keys to handles
//! when a draft is checked, handles to keys when a territory is edited.

use super::refs::Refs;
use super::{
    Adviser, Alternating, Arrival, Calendar, Closure, Link, Pin, Programme, Rhythm, RideStop, SharedRide,
    Site, Youth,
};

/// Translates references. One that does not translate is reported by the
/// translator itself, and left out.
pub(super) trait Translate<A: Refs, B: Refs> {
    fn place(&mut self, from: &A::Place) -> Option<B::Place>;
    fn site(&mut self, from: &A::Site) -> Option<B::Site>;
    fn slot(&mut self, from: &A::Slot) -> Option<B::Slot>;
    fn programme(&mut self, from: &A::Programme) -> Option<B::Programme>;
    fn youth(&mut self, from: &A::Youth) -> Option<B::Youth>;
    fn stop(&mut self, from: &A::Stop) -> Option<B::Stop>;

    fn slots(&mut self, from: &[A::Slot]) -> Vec<B::Slot> {
        from.iter().filter_map(|s| self.slot(s)).collect()
    }
    fn sites(&mut self, from: &[A::Site]) -> Vec<B::Site> {
        from.iter().filter_map(|s| self.site(s)).collect()
    }
    fn programmes(&mut self, from: &[A::Programme]) -> Vec<B::Programme> {
        from.iter().filter_map(|p| self.programme(p)).collect()
    }
}

impl<A: Refs> Youth<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Youth<B> {
        Youth {
            key: self.key.clone(),
            home: self.home.as_ref().and_then(|home| by.place(home)),
            birth: self.birth,
            recognised_disability: self.recognised_disability,
            sex: self.sex,
            licences: self.licences.clone(),
            vehicles: self.vehicles.clone(),
            lifts: self.lifts.clone(),
            rides: self.rides.iter().filter_map(|ride| ride.translated(by)).collect(),
            availability: self.availability.clone(),
            programmes: by.programmes(&self.programmes),
            priority: self.priority,
            attendance: self.attendance,
        }
    }
}

impl<A: Refs> SharedRide<A> {
    /// Nothing where the site or a stop is not known.
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Option<SharedRide<B>> {
        let stops = self
            .stops
            .iter()
            .map(|stop| Some(RideStop { place: by.place(&stop.place)?, out: stop.out, home: stop.home }));
        let stops = stops.collect::<Option<Vec<_>>>();
        let site = by.site(&self.site)?;
        let Self { seats, detour, out, home, .. } = *self;
        Some(SharedRide { site, seats, detour, out, home, stops: stops? })
    }
}

impl<A: Refs> Site<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Site<B> {
        Site {
            key: self.key.clone(),
            name: self.name.clone(),
            commune: self.commune,
            position: self.position,
            status: self.status,
            rooms: self.rooms,
            open: by.slots(&self.open),
            half_days: self.half_days,
            room_cost: self.room_cost,
        }
    }
}

impl<A: Refs> Adviser<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Adviser<B> {
        Adviser {
            key: self.key.clone(),
            sites: by.sites(&self.sites),
            slots: by.slots(&self.slots),
            half_days: self.half_days,
        }
    }
}

impl<A: Refs> Programme<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Programme<B> {
        Programme {
            key: self.key.clone(),
            name: self.name.clone(),
            size: self.size,
            rhythm: match &self.rhythm {
                Rhythm::HalfDays(n) => Rhythm::HalfDays(*n),
                Rhythm::FullDays(n) => Rhythm::FullDays(*n),
                Rhythm::Listed(sets) => Rhythm::Listed(sets.iter().map(|set| by.slots(set)).collect()),
            },
            slots: by.slots(&self.slots),
            sites: by.sites(&self.sites),
            alternating: self
                .alternating
                .iter()
                .map(|turns| Alternating { by: turns.by, sites: by.sites(&turns.sites) })
                .collect(),
            weeks: self.weeks,
            start: self.start,
            in_holidays: self.in_holidays,
            needed: self.needed,
            limit: self.limit,
            ages: self.ages,
            mix: self.mix.clone(),
            excludes: by.programmes(&self.excludes),
            max_groups: self.max_groups,
            group_cost: self.group_cost,
            attendance: self.attendance,
            hold: self.hold,
        }
    }
}

impl<A: Refs> Link<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Option<Link<B>> {
        let (from, to) = (by.stop(&self.from), by.stop(&self.to));
        Some(Link {
            key: self.key.clone(),
            from: from?,
            to: to?,
            service: self.service,
            line: self.line.clone(),
            time: self.time,
            distance: self.distance,
            both_ways: self.both_ways,
            days: self.days,
            in_holidays: self.in_holidays,
        })
    }
}

impl<A: Refs> Arrival<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Option<Arrival<B>> {
        let (place, programme) = (by.place(&self.place), by.programme(&self.programme));
        Some(Arrival { place: place?, programme: programme?, per_week: self.per_week })
    }
}

impl<A: Refs> Calendar<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Calendar<B> {
        let mut closure = |c: &Closure<A>| {
            // A closure of an unknown site must not become a closure of all of them.
            let site = match &c.site {
                None => None,
                Some(site) => Some(by.site(site)?),
            };
            Some(Closure { name: c.name.clone(), site, dates: c.dates })
        };
        Calendar {
            holidays: self.holidays.clone(),
            closures: self.closures.iter().filter_map(&mut closure).collect(),
        }
    }
}

impl<A: Refs> Pin<A> {
    pub(super) fn translated<B: Refs>(&self, by: &mut impl Translate<A, B>) -> Option<Pin<B>> {
        Some(match self {
            Self::Group { programme, site, slots, start } => {
                let (programme, site) = (by.programme(programme), by.site(site));
                Pin::Group { programme: programme?, site: site?, slots: by.slots(slots), start: *start }
            }
            Self::In { youth, programme } => {
                let (youth, programme) = (by.youth(youth), by.programme(programme));
                Pin::In { youth: youth?, programme: programme? }
            }
            Self::Out { youth, programme: None } => Pin::Out { youth: by.youth(youth)?, programme: None },
            Self::Out { youth, programme: Some(programme) } => {
                let (youth, programme) = (by.youth(youth), by.programme(programme));
                Pin::Out { youth: youth?, programme: Some(programme?) }
            }
            Self::Apart { a, b } => {
                let (a, b) = (by.youth(a), by.youth(b));
                Pin::Apart { a: a?, b: b? }
            }
        })
    }
}
