//! Several structures in English.

use super::super::capital;
use super::super::pool::*;
use super::{English, count, duration, euros, list, number, told};
use crate::questions::{FarRates, Refusal, Split};
use crate::units::{Cents, Metres, Seconds};

impl PoolSentences for English {
    fn pool_title(&self, names: &[String]) -> String {
        format!("Pooling — {}", list(names, "and"))
    }

    fn pool_heading(&self, heading: PoolHeading) -> &'static str {
        match heading {
            PoolHeading::Gains => "Apart, then together",
            PoolHeading::Programmes => "Programme by programme",
            PoolHeading::Shared => "Shared groups",
            PoolHeading::Hosts => "What each receives",
            PoolHeading::Costs => "Who pays what",
            PoolHeading::Refusals => "What each would refuse",
            PoolHeading::TooFar => "Too far for a weekly trip",
            PoolHeading::Visio => "By video",
            PoolHeading::Stays => "A stay with boarding",
            PoolHeading::Events => "A day by coach, from meeting points",
            PoolHeading::Exchanges => "An exchange of youths or advisers",
            PoolHeading::Rests => "What this rests on",
        }
    }

    fn pool_shared(&self, threshold: u32) -> String {
        format!("May be shown: no number of youths below {threshold}, nobody is named, no home.")
    }

    fn pool_drawn(&self) -> &'static str {
        "Some youths are drawn from counts: they are nobody real."
    }

    fn pool_sum(&self, places: (u32, u32), groups: (u32, u32), most: Option<i64>) -> String {
        let proof = match most {
            None => " (proved: no shared plan has more)".to_owned(),
            Some(most) => format!(" (at most {} possible)", number(u32::try_from(most).unwrap_or(u32::MAX))),
        };
        format!(
            "In all: {} and {} apart; together {}{proof} and {}.",
            count(places.0, "place"),
            count(groups.0, "group"),
            count(places.1, "place"),
            count(groups.1, "group"),
        )
    }

    fn pool_gap(&self, name: &str, most: i64) -> String {
        format!(
            "{name} apart: at most {} possible, not proved to be reached.",
            count(u32::try_from(most).unwrap_or(u32::MAX), "place")
        )
    }

    fn pool_share(&self, share: &ShareTold<'_>) -> String {
        format!(
            "{}: {} apart, {} together ({} gained, {} lost).",
            share.name,
            count(share.places.0, "place"),
            number(share.places.1),
            number(share.gained),
            number(share.lost),
        )
    }

    fn pool_programme(&self, name: &str, groups: (u32, u32), places: Option<(u32, u32)>) -> String {
        let places = places.map(|(a, b)| format!("; {}, then {}", count(a, "place"), number(b)));
        format!(
            "{name}: {} apart, {} together{}.",
            count(groups.0, "group"),
            number(groups.1),
            places.unwrap_or_default()
        )
    }

    fn pool_meeting(&self, meeting: &MeetingTold<'_>) -> String {
        let from: Vec<String> =
            meeting.from.iter().map(|(name, n)| format!("{} of {name}", count(*n, "youth"))).collect();
        let from = if from.is_empty() { String::new() } else { format!(", {}", list(&from, "and")) };
        let groups = count(meeting.groups, "group");
        format!("{} {} {}: {groups}{from}.", meeting.programme, meeting.at, meeting.days)
    }

    fn no_shared_group(&self) -> &'static str {
        "No shared group: each places as many youths at its own sites."
    }

    fn pool_reach(&self, home: &str, site: &str, youths: u32) -> String {
        format!(
            "Youths of {home} who could come to a group of {site}, within the limits: {}.",
            number(youths)
        )
    }

    fn pool_hosts(&self, name: &str, groups: u32, youth_hours: u64) -> String {
        let hours = number(u32::try_from(youth_hours).unwrap_or(u32::MAX));
        format!(
            "{name}: {} with youths from elsewhere, {hours} youth-hours in its rooms and with its advisers.",
            count(groups, "group")
        )
    }

    fn pool_bill(&self, total: Cents, shared: Cents, split: Split) -> String {
        let by = match split {
            Split::YouthHours => "pro rata to the hours that each one's youths spend there",
            Split::Places => "pro rata to places",
            Split::Half => "in equal parts",
        };
        format!(
            "Groups and openings: {} in all, of which {} of shared groups, split {by}. Each pays its other groups.",
            euros(total),
            euros(shared)
        )
    }

    fn pool_pays(&self, name: &str, cost: (Cents, Cents)) -> String {
        format!("{name}: {} apart, {} together.", euros(cost.0), euros(cost.1))
    }

    fn would_refuse(&self, name: &str, refusals: &[Refusal], with: Option<&str>) -> String {
        let why = |refusal: &Refusal| match refusal {
            Refusal::FewerPlaces => "fewer of its youths have a place than apart".to_owned(),
            Refusal::DearerPlaces => "each place costs it more than apart".to_owned(),
            Refusal::SmallerCoalition => {
                format!("it would do better with {} alone", with.unwrap_or_default())
            }
        };
        format!("{name} would refuse: {}.", refusals.iter().map(why).collect::<Vec<_>>().join("; "))
    }

    fn would_accept(&self, name: &str) -> String {
        format!("{name} loses nothing: neither places nor money a place.")
    }

    fn no_weekly_trip(&self) -> &'static str {
        "No youth reaches a site of the other within the limits: no weekly shared group is proposed."
    }

    fn pool_nearest(&self, home: &str, site: &str, distance: Metres, drive: Option<Seconds>) -> String {
        let drive = drive.map(|time| format!(", {} by car", duration(time))).unwrap_or_default();
        format!("From {home} to {site}, at the nearest: {} km{drive}.", kilometres(distance))
    }

    fn pool_visio(&self, visio: &VisioTold<'_>) -> String {
        let gain = visio.gain.map(|gain| match gain {
            0 => "; each would have as many by itself".to_owned(),
            gain => format!("; {} more than each by itself", count(gain, "place")),
        });
        format!(
            "{} {}, from {}: {}, {}{}{}.",
            visio.programme,
            visio.days,
            visio.start,
            count(visio.groups, "group"),
            each(&visio.from),
            gain.unwrap_or_default(),
            costs(visio.cost)
        )
    }

    fn no_visio(&self) -> &'static str {
        "No programme by half-days has enough youths without a place who are free at the same time."
    }

    fn pool_stay(&self, stay: &StayTold<'_>) -> String {
        format!(
            "{} {}, {} in a row from {}: {}, {}, {} for the youths of {}{}.",
            stay.programme,
            stay.at,
            count(stay.days, "day"),
            stay.first,
            count(stay.groups, "group"),
            each(&[(stay.guest, stay.guests), (stay.host, stay.hosts)]),
            count(stay.nights, "night"),
            stay.guest,
            costs(stay.cost)
        )
    }

    fn no_stay(&self) -> &'static str {
        "No shared programme takes two to five days in a row with enough youths who are free."
    }

    fn pool_event(&self, event: &EventTold<'_>) -> String {
        let seat = event.per_seat.map(|cost| format!(", {} a seat taken", euros(cost))).unwrap_or_default();
        format!(
            "{} at {}, on a Tuesday such as {}: meeting {}; {} at a meeting point within their travel limit; {} km and {} by coach, {} there; the coach {}{seat}.",
            event.guest,
            event.host,
            event.date,
            list(&event.stops, "then"),
            told(event.guests, "youth"),
            kilometres(event.distance),
            duration(event.ride),
            duration(event.there),
            euros(event.cost),
        )
    }

    fn no_event(&self) -> &'static str {
        "Too far to go and come back in a day with three hours there."
    }

    fn pool_exchange(&self, exchange: &ExchangeTold<'_>) -> String {
        let what = match exchange.youths {
            Some(youths) => format!("{} of {}", told(youths, "youth"), exchange.from),
            None => format!("an adviser of {}, {} a week,", exchange.from, count(exchange.days, "day")),
        };
        capital(&format!(
            "{what} at {} for {}: one more group of {} {}, {} more{}.",
            exchange.to,
            count(exchange.weeks, "week"),
            exchange.programme,
            exchange.at,
            told(exchange.places, "place"),
            costs(exchange.cost)
        ))
    }

    fn no_exchange(&self) -> &'static str {
        "Neither some youths nor one more adviser make one more group at the other's."
    }

    fn pool_rests(&self) -> Vec<&'static str> {
        vec![
            "Apart and together under the same settings and the same travel times: the plans apart remain possible together, and never fewer are placed.",
            "A youth with a place in two programmes counts twice. Each adviser stays at the sites of their structure.",
            "Youths whom two structures accompany are not recognised: they would count twice.",
        ]
    }

    fn far_rests(&self, rates: &FarRates) -> Vec<String> {
        vec![
            format!(
                "Costs assumed: a night {}, video {} a youth, a coach {} a km and {} seats, a minibus {} a km; a car {} a km (official scale).",
                euros(rates.night),
                euros(rates.visio),
                cents(rates.coach_km),
                rates.coach_seats,
                cents(rates.minibus_km),
                cents(rates.car_km),
            ),
            format!("A coach drives {} km/h on average (assumed); the travel limit holds from home to the meeting point.", rates.coach_kmh),
            "Only youths without a place, of age and free at those hours count; several proposals may count on the same ones. Rooms and advisers for video and stays are still to be found.".to_owned(),
        ]
    }
}

/// Those of whom there are some, as far as that may be told.
fn each(from: &[(&str, Told)]) -> String {
    let some = from.iter().filter(|(_, n)| *n != (0, 0));
    let parts: Vec<String> = some.map(|(name, n)| format!("{} of {name}", told(*n, "youth"))).collect();
    list(&parts, "and")
}

fn costs(cost: Option<Cents>) -> String {
    cost.map(|cost| format!("; {}", euros(cost))).unwrap_or_default()
}

fn cents(cost: Cents) -> String {
    format!("€{}.{:02}", cost.get() / 100, cost.get() % 100)
}

fn kilometres(distance: Metres) -> u32 {
    distance.get().div_ceil(1000)
}
