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
        Pin::Apart { a, .. } => Text::new(
            format!("le jeune {a} est séparé de lui-même"),
            format!("youth {a} is kept apart from themself"),
        ),
        Pin::In { youth, .. } | Pin::Out { youth, .. } => Text::new(
            format!("le jeune {youth} est épinglé dedans par une épingle et dehors par une autre"),
            format!("youth {youth} is pinned in by one pin and out by another"),
        ),
        Pin::Group { programme, .. } => Text::new(
            format!("le groupe épinglé du dispositif {programme} en contredit un autre"),
            format!("the pinned group of programme {programme} contradicts another"),
        ),
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
            Some(_) => Text::new(
                format!("toutes les séances du groupe épinglé du dispositif {key} tombent sur une fermeture"),
                format!("all sessions of the pinned group of {key} fall on a closure"),
            ),
            None => Text::new(
                format!("le groupe épinglé du dispositif {key} n'est possible ni là ni à ces demi-journées"),
                format!("the pinned group of {key} is not possible there in those half-days"),
            ),
        };
        let remedy = Text::new(
            "vérifiez le site, les demi-journées, le départ et le dispositif",
            "check the site, the half-days, the start and the programme",
        );
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
                Text::new(
                    format!("le jeune {who} est épinglé dans {key} et dans {other}, qui s'excluent"),
                    format!("youth {who} is pinned in {key} and in {other}, which exclude each other"),
                ),
                Text::new("gardez une seule des deux décisions", "keep one of the two decisions"),
            ));
        }
        let (what, remedy) = if !self.enrolled(youth).contains(&programme) {
            (
                Text::new(
                    format!("le jeune {who} est épinglé dans {key} sans y être inscrit"),
                    format!("youth {who} is pinned in {key} and not enrolled in it"),
                ),
                Text::new(
                    "inscrivez-le dans youths.csv, ou retirez l'épingle",
                    "enrol them in youths.csv, or remove the pin",
                ),
            )
        } else if !self.held.contains(&programme) {
            (
                Text::new(
                    format!("le jeune {who} est épinglé dans {key}, qui ne peut se tenir nulle part"),
                    format!("youth {who} is pinned in {key}, which can be held nowhere"),
                ),
                Text::new(
                    "ouvrez un site à ses demi-journées, ou retirez l'épingle",
                    "open a site in its half-days, or remove the pin",
                ),
            )
        } else if !self.territory.programmes()[programme].admits(&self.territory.youths()[youth]) {
            (
                Text::new(
                    format!("le jeune {who} est épinglé dans {key}, dont il n'a l'âge à aucun départ"),
                    format!("youth {who} is pinned in {key} and of its age on no start"),
                ),
                Text::new(
                    "vérifiez l'âge du jeune et ceux du dispositif, ou retirez l'épingle",
                    "check the youth's age and the programme's, or remove the pin",
                ),
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
            Some(key) => Text::new(
                format!("le jeune {who} est épinglé hors de {key}, où il n'est pas inscrit"),
                format!("youth {who} is pinned out of {key}, and not enrolled in it"),
            ),
            None => Text::new(
                format!("le jeune {who} est épinglé dehors et n'est inscrit à rien"),
                format!("youth {who} is pinned out and enrolled in nothing"),
            ),
        };
        Some((Code::PinWithoutEffect, what, idle_remedy()))
    }

    fn idle_apart(&self, a: YouthId, b: YouthId) -> Wrong {
        let others = self.enrolled(b);
        if self.enrolled(a).iter().any(|programme| others.contains(programme)) {
            return None;
        }
        let (a, b) = (self.youth(a), self.youth(b));
        let what = Text::new(
            format!("les jeunes {a} et {b} sont séparés et n'ont aucun dispositif en commun"),
            format!("youths {a} and {b} are kept apart and have no programme in common"),
        );
        Some((Code::PinWithoutEffect, what, idle_remedy()))
    }
}

fn idle_remedy() -> Text {
    Text::new(
        "vérifiez les identifiants ; sinon l'épingle ne change rien",
        "check the identifiers; otherwise the pin changes nothing",
    )
}
