//! What a profile makes of a road's tags, and of a node's.

use super::{Conditions, Profile, figures};
use crate::travel::roads::tags::Tags;

/// How a road may be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::travel::roads) struct Use {
    pub(in crate::travel::roads) forward: Option<Pace>,
    pub(in crate::travel::roads) backward: Option<Pace>,
    /// Whether somebody may live or meet at it.
    pub(in crate::travel::roads) snap: bool,
    /// Whether its speed is that of a tagged limit.
    pub(in crate::travel::roads) tagged: bool,
}

/// How fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::travel::roads) enum Pace {
    Kmh(f64),
    /// Seconds for the whole road, however long.
    Whole(f64),
}

/// What a node does to whoever passes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::travel::roads) enum Passing {
    /// Seconds lost.
    After(f64),
    Closed,
}

/// A key and a value that a profile does not know.
pub(in crate::travel::roads) type Unknown = (&'static str, String);

/// Which ways a road is open.
#[derive(Clone, Copy)]
struct Open {
    forward: bool,
    backward: bool,
}

/// What the access tags of a road say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    /// The vehicle is allowed by name.
    Given,
    Unsaid,
    Refused,
}

const BOTH: Open = Open { forward: true, backward: true };
const NEITHER: Open = Open { forward: false, backward: false };

impl Profile {
    /// Keys that it asks for, in no order.
    pub(in crate::travel::roads) fn keys(&self) -> Vec<String> {
        let fixed = ["highway", "route", "duration", "barrier"].map(str::to_owned);
        let mut keys: Vec<String> = fixed.to_vec();
        keys.extend(self.access.keys.iter().chain(&self.oneway.keys).chain(&self.oneway.contraflow).cloned());
        let conditions = [&self.closed_if, &self.uncapped, &self.oneway.implied, &self.snapping.never];
        keys.extend(conditions.into_iter().flat_map(|table| table.keys().cloned()));
        keys.extend(self.caps.keys().cloned());
        if let Some(limits) = &self.maxspeed {
            keys.extend(["maxspeed", "maxspeed:forward", "maxspeed:backward"].map(str::to_owned));
            keys.extend(limits.word_keys.iter().cloned());
        }
        keys
    }

    /// Whether a tagged limit matters.
    pub(in crate::travel::roads) const fn reads_limits(&self) -> bool {
        self.maxspeed.is_some()
    }

    /// Whether a road of these tags may be used at all.
    pub(in crate::travel::roads) fn uses(&self, tags: &Tags<'_>) -> bool {
        self.road(tags, &mut Vec::new()).is_some()
    }

    /// How a road of these tags may be used; what is not known is added to `unknown`.
    pub(in crate::travel::roads) fn road(&self, tags: &Tags<'_>, unknown: &mut Vec<Unknown>) -> Option<Use> {
        let ferry = self.ferry.filter(|_| tags.get("route") == Some("ferry"));
        if holds(&self.closed_if, tags) {
            return None;
        }
        let leave = self.leave(tags, unknown);
        let kmh = match ferry {
            _ if leave == Leave::Refused => return None,
            Some(kmh) => kmh,
            None => self.class(tags.get("highway")?, leave, unknown)?,
        };
        let open = self.ways(tags, unknown);
        if !open.forward && !open.backward {
            return None;
        }
        let snap = !holds(&self.snapping.never, tags);
        let pace = |pace| Use {
            forward: open.forward.then_some(pace),
            backward: open.backward.then_some(pace),
            snap,
            tagged: false,
        };
        if let Some(kmh) = ferry {
            let whole = tags.get("duration").and_then(figures::duration).map(Pace::Whole);
            return Some(Use { tagged: whole.is_some(), ..pace(whole.unwrap_or(Pace::Kmh(kmh))) });
        }
        let limits = ["maxspeed:forward", "maxspeed:backward"].map(|key| self.limit(tags, key, unknown));
        let cap = self.cap(tags, unknown);
        let paces = limits.map(|limit| Pace::Kmh(limit.unwrap_or(kmh).min(cap)));
        Some(Use {
            forward: open.forward.then_some(paces[0]),
            backward: open.backward.then_some(paces[1]),
            snap,
            tagged: limits.iter().any(Option::is_some),
        })
    }

    /// The speed of a class: where the vehicle is allowed by name, that of `class_if_allowed_kmh` first.
    fn class(&self, highway: &str, leave: Leave, unknown: &mut Vec<Unknown>) -> Option<f64> {
        let allowed = self.if_allowed.get(highway).filter(|_| leave == Leave::Given);
        if let Some(&kmh) = allowed.or_else(|| self.classes.get(highway)) {
            return Some(kmh);
        }
        if !self.closed.contains(highway) && !self.if_allowed.contains_key(highway) {
            unknown.push(("highway", highway.to_owned()));
        }
        None
    }

    /// Whether the most specific tag that is there lets the vehicle in.
    fn leave(&self, tags: &Tags<'_>, unknown: &mut Vec<Unknown>) -> Leave {
        let Some((key, value)) = tags.first(&self.access.keys) else { return Leave::Unsaid };
        let first = value.split(';').next().unwrap_or_default().trim();
        if self.access.closed.contains(first) {
            return Leave::Refused;
        }
        let known = self.access.open.contains(first);
        if !known && !self.access.open.is_empty() {
            unknown.push(("access", first.to_owned()));
        }
        // `access=yes` on a path is no leave for cars: the vehicle must be named.
        let general = self.access.keys.last().is_some_and(|last| last == key);
        let named = known && !general && matches!(first, "yes" | "designated" | "official" | "permissive");
        if named { Leave::Given } else { Leave::Unsaid }
    }

    fn ways(&self, tags: &Tags<'_>, unknown: &mut Vec<Unknown>) -> Open {
        let rules = &self.oneway;
        let implied = || {
            let against = rules.contraflow.iter().any(|key| opposite(tags, key));
            Open { forward: true, backward: against || !holds(&rules.implied, tags) }
        };
        let Some((key, value)) = tags.first(&rules.keys) else { return implied() };
        let general = rules.keys.last().is_some_and(|last| last == key);
        let against = general && rules.contraflow.iter().any(|key| opposite(tags, key));
        match value {
            "no" | "0" | "false" => BOTH,
            "yes" | "1" | "true" => Open { forward: true, backward: against },
            "-1" | "reverse" => Open { forward: against, backward: true },
            other if rules.closed.contains(other) => NEITHER,
            other => {
                unknown.push(("oneway", other.to_owned()));
                implied()
            }
        }
    }

    /// The speed that a tagged limit gives, in one direction.
    fn limit(&self, tags: &Tags<'_>, directional: &str, unknown: &mut Vec<Unknown>) -> Option<f64> {
        let rules = self.maxspeed.as_ref()?;
        let own = rules.directional.then(|| tags.get(directional)).flatten();
        let said = own.or_else(|| tags.get("maxspeed"));
        let limit = said.and_then(|text| figures::kmh(text, &rules.words));
        if let (Some(text), None) = (said, limit) {
            unknown.push(("maxspeed", text.to_owned()));
        }
        let word = || {
            let words = rules.word_keys.iter().filter_map(|key| tags.get(key));
            words.filter_map(|word| rules.words.get(&word.to_ascii_lowercase()).copied()).next()
        };
        limit.or_else(word).map(|kmh| kmh * rules.factor)
    }

    /// The most that surface and the like allow, and the vehicle.
    fn cap(&self, tags: &Tags<'_>, unknown: &mut Vec<Unknown>) -> f64 {
        let mut cap = self.top.unwrap_or(f64::INFINITY);
        for (key, values) in &self.caps {
            let Some(value) = tags.get(key) else { continue };
            let first = value.split(';').next().unwrap_or_default().trim();
            match values.get(first) {
                Some(&kmh) => cap = cap.min(kmh),
                None if self.uncapped.get(key).is_some_and(|known| known.contains(first)) => {}
                None => unknown.push(("surface", format!("{key}={first}"))),
            }
        }
        cap
    }

    /// What a node of these tags does; what is not known is added to `unknown`.
    pub(in crate::travel::roads) fn node(&self, tags: &Tags<'_>, unknown: &mut Vec<Unknown>) -> Passing {
        let Some(rules) = &self.barriers else { return Passing::After(0.0) };
        let signal = if tags.get("highway") == Some("traffic_signals") { rules.signal } else { 0.0 };
        let Some(barrier) = tags.get("barrier") else { return Passing::After(signal) };
        let delay = signal + rules.delays.get(barrier).copied().unwrap_or(0.0);
        if let Some((_, value)) = tags.first(&self.access.keys) {
            let closed = self.access.closed.contains(value);
            return if closed { Passing::Closed } else { Passing::After(delay) };
        }
        if rules.closed.contains(barrier) {
            return Passing::Closed;
        }
        if !rules.open.contains(barrier) && !rules.delays.contains_key(barrier) {
            unknown.push(("barrier", barrier.to_owned()));
        }
        Passing::After(delay)
    }
}

fn holds(conditions: &Conditions, tags: &Tags<'_>) -> bool {
    conditions.iter().any(|(key, values)| tags.get(key).is_some_and(|value| values.contains(value)))
}

fn opposite(tags: &Tags<'_>, key: &str) -> bool {
    tags.get(key).is_some_and(|value| value.starts_with("opposite"))
}
