//! Decisions already made: against one another, and against what holds.

use super::Origins;
use crate::finding::{Code, Finding, Text};
use crate::territory::{Names, Pin, Territory};
use crate::units::{ProgrammeId, YouthId};
use std::collections::BTreeSet;

/// The decisions met so far.
#[derive(Default)]
pub(super) struct Decided {
    kept: BTreeSet<(YouthId, ProgrammeId)>,
    out: BTreeSet<(YouthId, Option<ProgrammeId>)>,
}

impl Decided {
    /// Whether the pin contradicts one before it, or itself.
    pub(super) fn contradicts(&mut self, pin: &Pin) -> bool {
        match *pin {
            Pin::In { youth, programme } => {
                self.kept.insert((youth, programme));
                self.out.contains(&(youth, Some(programme))) || self.out.contains(&(youth, None))
            }
            Pin::Out { youth, programme: Some(programme) } => {
                self.out.insert((youth, Some(programme)));
                self.kept.contains(&(youth, programme))
            }
            Pin::Out { youth, programme: None } => {
                self.out.insert((youth, None));
                of_youth(&self.kept, youth).next().is_some()
            }
            Pin::Apart { a, b } => a == b,
            Pin::Group { .. } => false,
        }
    }
}

/// The programmes that a youth is kept in.
fn of_youth(
    kept: &BTreeSet<(YouthId, ProgrammeId)>,
    youth: YouthId,
) -> impl Iterator<Item = ProgrammeId> + '_ {
    let from = (youth, ProgrammeId::from_index(0));
    kept.range(from..).take_while(move |(y, _)| *y == youth).map(|(_, programme)| *programme)
}

/// What a pin that contradicts another, or itself, is said to do.
pub(super) fn contradiction(pin: &Pin<Names>) -> Text {
    match pin {
        Pin::Apart { a, .. } => Text::say(|words| words.apart_from_themself(a)),
        Pin::In { youth, .. } | Pin::Out { youth, .. } => Text::say(|words| words.pinned_in_and_out(youth)),
        Pin::Group { programme, .. } => Text::say(|words| words.pinned_groups_contradict(programme)),
    }
}

/// Pins that no plan could keep, and pins that change nothing.
pub(super) fn unkept(territory: &Territory, origins: &Origins) -> Vec<Finding> {
    let ground = Ground::of(territory);
    let mut kept = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, pin) in territory.pins().iter().enumerate() {
        let found = match *pin {
            Pin::Group { programme, .. } => ground.no_option(pin, programme),
            Pin::In { youth, programme } => {
                let found = ground.not_in(youth, programme, &kept);
                kept.insert((youth, programme));
                found
            }
            Pin::Out { youth, programme } => ground.idle_out(youth, programme),
            Pin::Apart { a, b } => ground.idle_apart(a, b),
        };
        if let Some((code, what, remedy)) = found {
            let source = origins.pins.get(at).cloned().unwrap_or_default();
            findings.push(Finding::new(code, source, what, remedy));
        }
    }
    findings
}

/// What is wrong with a pin.
type Wrong = Option<(Code, Text, Text)>;

/// What pins are held against.
struct Ground<'t> {
    territory: &'t Territory,
    /// Programmes of which some option has a session.
    held: BTreeSet<ProgrammeId>,
}

impl<'t> Ground<'t> {
    fn of(territory: &'t Territory) -> Self {
        let held = territory.options().iter().filter(|o| !o.meetings.is_empty()).map(|o| o.programme);
        Self { territory, held: held.collect() }
    }

    fn youth(&self, id: YouthId) -> &'t str {
        self.territory.youths().key_of(id)
    }

    fn programme(&self, id: ProgrammeId) -> &'t str {
        self.territory.programmes().key_of(id)
    }

    fn enrolled(&self, youth: YouthId) -> &'t [ProgrammeId] {
        &self.territory.youths()[youth].programmes
    }

    fn no_option(&self, pin: &Pin, programme: ProgrammeId) -> Wrong {
        let option = self.territory.pinned_option(pin);
        if option.is_some_and(|id| !self.territory.option(id).meetings.is_empty()) {
            return None;
        }
        let key = self.programme(programme);
        let what = match option {
            Some(_) => Text::say(|words| words.pinned_group_on_closed_days(key)),
            None => Text::say(|words| words.pinned_group_not_possible(key)),
        };
        let remedy = Text::say(|words| words.check_pinned_group());
        Some((Code::UnknownOption, what, remedy))
    }

    fn not_in(
        &self,
        youth: YouthId,
        programme: ProgrammeId,
        kept: &BTreeSet<(YouthId, ProgrammeId)>,
    ) -> Wrong {
        let (who, key) = (self.youth(youth), self.programme(programme));
        let excluded = of_youth(kept, youth).find(|other| self.territory.exclusive(*other, programme));
        if let Some(other) = excluded {
            let other = self.programme(other);
            return Some((
                Code::PinsConflict,
                Text::say(|words| words.pinned_in_two_that_exclude(who, key, other)),
                Text::say(|words| words.keep_one_decision()),
            ));
        }
        let (what, remedy) = if !self.enrolled(youth).contains(&programme) {
            (
                Text::say(|words| words.pinned_not_enrolled(who, key)),
                Text::say(|words| words.enrol_or_remove_pin()),
            )
        } else if !self.held.contains(&programme) {
            (
                Text::say(|words| words.pinned_where_nothing_is_held(who, key)),
                Text::say(|words| words.open_a_site_or_remove_pin()),
            )
        } else if !self.territory.programmes()[programme].admits(&self.territory.youths()[youth]) {
            (
                Text::say(|words| words.pinned_not_of_its_age(who, key)),
                Text::say(|words| words.check_ages_or_remove_pin()),
            )
        } else {
            return None;
        };
        Some((Code::PinCannotHold, what, remedy))
    }

    fn idle_out(&self, youth: YouthId, programme: Option<ProgrammeId>) -> Wrong {
        let enrolled = self.enrolled(youth);
        if programme.map_or(!enrolled.is_empty(), |p| enrolled.contains(&p)) {
            return None;
        }
        let who = self.youth(youth);
        let what = match programme.map(|p| self.programme(p)) {
            Some(key) => Text::say(|words| words.pinned_out_of_another(who, key)),
            None => Text::say(|words| words.pinned_out_of_nothing(who)),
        };
        Some((Code::PinWithoutEffect, what, idle_remedy()))
    }

    fn idle_apart(&self, a: YouthId, b: YouthId) -> Wrong {
        let others = self.enrolled(b);
        if self.enrolled(a).iter().any(|programme| others.contains(programme)) {
            return None;
        }
        let (a, b) = (self.youth(a), self.youth(b));
        let what = Text::say(|words| words.apart_with_nothing_in_common(a, b));
        Some((Code::PinWithoutEffect, what, idle_remedy()))
    }
}

fn idle_remedy() -> Text {
    Text::say(|words| words.pin_changes_nothing())
}
