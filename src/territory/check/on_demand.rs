//! Transport on demand: that it comes somewhere, some day, at some hour.

use super::Checker;
use crate::finding::{Code, Text};
use crate::territory::{Area, Booking, Draft, OnDemand, Written};
use crate::units::{InseeCode, Seconds};
use std::collections::BTreeSet;

/// The longest wait for a vehicle.
const LONGEST_WAIT: Seconds = Seconds::from_minutes(24 * 60);
/// The earliest that one may have to book, in days.
const EARLIEST: u8 = 31;

/// The communes of a service that are not of the territory, whose own are `known`.
pub(super) fn beyond(service: &OnDemand, known: &BTreeSet<InseeCode>) -> Vec<InseeCode> {
    match &service.area {
        Area::Communes(communes) => communes.difference(known).copied().collect(),
        Area::Zone(_) => Vec::new(),
    }
}

impl Checker {
    pub(super) fn check_on_demand(&mut self, draft: &Draft) {
        let places = draft.places.iter().filter_map(|w| w.value.commune);
        let communes = places.chain(draft.sites.iter().filter_map(|w| w.value.commune)).collect();
        for w in &draft.on_demand {
            self.source = w.source.clone();
            self.check_communes(&w.value, &communes);
            self.check_service(w);
        }
    }

    /// A commune that nobody lives in and that has no site is probably not the one that was meant.
    fn check_communes(&mut self, service: &OnDemand, known: &BTreeSet<InseeCode>) {
        for code in beyond(service, known) {
            let key = &service.key;
            self.say(
                Code::UnknownReference,
                self.source.clone(),
                Text::say(|words| words.commune_not_of_the_territory(key, code)),
                Text::say(|words| words.correct_or_add_commune()),
            );
        }
    }

    fn check_service(&mut self, w: &Written<OnDemand>) {
        let service = &w.value;
        let nowhere = match &service.area {
            Area::Communes(communes) => communes.is_empty(),
            Area::Zone(shape) => shape.0.is_empty(),
        };
        let booked = match service.booking {
            Booking::None => true,
            Booking::Ahead(by) => {
                (Seconds::new(1)..=Seconds::from_minutes(u32::from(EARLIEST) * 24 * 60)).contains(&by)
            }
            Booking::DaysBefore { days, .. } => (1..=EARLIEST).contains(&days),
        };
        let never = service.days.is_empty() || service.from >= service.to;
        if nowhere || never || !booked || service.wait > LONGEST_WAIT || service.seats == 0 {
            let key = &service.key;
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                Text::say(|words| words.service_never_comes(key)),
                Text::say(|words| words.service_range()),
            );
        }
    }
}
