//! The words of JSON documents as schemas, each list from the type that the words are of.

use super::LeverSource;
use super::files::{Audience as For, Locale as Tables};
use super::json::{bind_word, change_word, level_word, status_word, tier_word, turn_word};
use super::solved;
use crate::finding;
use crate::groups::{Proof, Tier as Objective};
use crate::plan::{Bind as Binds, Change as Changed, Lack};
use crate::reach;
use crate::territory::{self, Turn as Turns};
use crate::travel;
use crate::units::Seconds;
use schemars::{Schema, json_schema};

/// Every variant of a type; does not compile when one is missing.
macro_rules! every {
    ($type:ty: $($variant:ident),+) => {{
        const fn known(one: &$type) {
            match one { $(<$type>::$variant => (),)+ }
        }
        [$(<$type>::$variant),+].into_iter().inspect(known)
    }};
}

/// Declares types that have words as their values. To a list that is `open`, a later version may add.
macro_rules! words {
    ($($(#[doc = $doc:literal])+ $kind:ident $name:ident = $words:expr;)+) => {$(
        $(#[doc = $doc])+
        pub(super) enum $name {}

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::report::words::$kind(concat!($($doc),+).trim(), $words.into_iter().collect())
            }
        }
    )+};
}
pub(super) use words;

/// These words and no others.
pub(super) fn closed(meaning: &str, words: Vec<&'static str>) -> Schema {
    json_schema!({ "description": meaning, "type": "string", "enum": words })
}

/// These words; a later version may have more.
pub(super) fn open(meaning: &str, words: Vec<&'static str>) -> Schema {
    let more = "a word of a later version";
    json_schema!({
        "description": meaning, "type": "string", "anyOf": [{ "enum": words }, { "description": more }]
    })
}

/// One change of each kind; does not compile once there is another.
fn changes() -> [Changed<()>; 9] {
    const _: fn(&Changed) = |change| match change {
        Changed::More(
            Lack::Groups
            | Lack::Rooms { .. }
            | Lack::Site { .. }
            | Lack::Overall(_)
            | Lack::Advisers(_)
            | Lack::Gates(_),
        )
        | Changed::Minimum
        | Changed::Limit(_)
        | Changed::Youths(_) => (),
    };
    [
        Changed::More(Lack::Groups),
        Changed::More(Lack::Rooms { site: (), rooms: 1 }),
        Changed::More(Lack::Site { site: (), half_days: 1 }),
        Changed::More(Lack::Overall(1)),
        Changed::More(Lack::Advisers(1)),
        Changed::More(Lack::Gates(1)),
        Changed::Minimum,
        Changed::Limit(Seconds::ZERO),
        Changed::Youths(1),
    ]
}

words! {
    /// Why somebody is not in a group, or not at a session.
    open Reason = reach::Reason::ALL.map(reach::Reason::as_str);
    /// How somebody travels; `visio`: not at all, by video.
    open Mode = territory::Mode::ALL.map(territory::Mode::as_str).into_iter().chain(["visio"]);
    /// What stands in the way of a first or a further group.
    open Bind = every!(Binds: Sites, Minimum, Reach, Ages, Rooms, HalfDays, Candidates, Advisers, Youths)
        .map(bind_word);
    /// How sites in turn change: by the week or by the day.
    closed Turn = every!(Turns: Week, Day).map(turn_word);
    /// An objective: most places, least cost, least distance from target sizes, least time travelled.
    open Tier = every!(Objective: Placed, Cost, OffTarget, Minutes).map(tier_word);
    /// `optimal`: nothing is better; `bounded`: nothing is better than the bound.
    closed Status = every!(Proof: Optimal, Bounded).map(status_word);
    /// `error`: nothing is computed until it is corrected; `warning`; `note`.
    closed Level = every!(finding::Level: Error, Warning, Note).map(level_word);
    /// `source`: published; `assumed`: by maillage, or by the draw; `declared`: by the territory's file.
    closed Mark = every!(territory::Mark: Source, Assumed, Declared).map(territory::Mark::as_str);
    /// What kind of finding it is, as in `docs/findings.md`.
    open Code = finding::Code::ALL.iter().map(|code| code.as_str());
    /// What there is too little of, or what is changed.
    open Change = changes().map(|change| change_word(&change));
    /// Whom documents are for.
    closed Audience = every!(For: Interne, Partage).map(For::as_str);
    /// How tables are written.
    closed Locale = every!(Tables: En, Fr).map(Tables::as_str);
    /// Why there is no journey there, or there is one and none back.
    closed NoJourney =
        every!(travel::NoJourney: NoStopAtHome, NoStopAtSite, Unknown, NoBusThen, BeyondLimit)
            .map(travel::NoJourney::as_str)
            .chain(["no_way_back"]);
    /// `optimal`: proved; `feasible`: not.
    closed TierStatus = every!(Proof: Optimal, Bounded).map(solved::status);
    /// `optimal`: all objectives are proved; `impossible`: the pins contradict the limits, which is proved; `none`: nothing was found.
    closed SolvedStatus = ["optimal", "feasible", "impossible", "none"];
    /// Who decides a lever.
    open Decider = territory::Decider::ALL.map(territory::Decider::as_str);
    /// Where levers come from: from whoever asked, from what the territory suggests, from its scenarios.
    open LeverOrigin = LeverSource::WORDS;
    /// What stopped a search.
    closed Stop = ["time_limit", "node_limit"];
}
