//! What is told of several structures, alone and together.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::questions::{FarRates, Refusal, Split};
use crate::units::{Cents, Metres, Seconds};
use jiff::civil::Date;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn PoolSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum PoolHeading {
    Gains,
    Programmes,
    Shared,
    Hosts,
    Costs,
    Refusals,
    TooFar,
    Visio,
    Stays,
    Events,
    Exchanges,
    Rests,
}

/// What a structure has apart and together.
pub(in crate::report) struct ShareTold<'a> {
    pub(in crate::report) name: &'a str,
    pub(in crate::report) places: (u32, u32),
    pub(in crate::report) gained: u32,
    pub(in crate::report) lost: u32,
}

/// Groups that meet at one place and time.
pub(in crate::report) struct MeetingTold<'a> {
    pub(in crate::report) programme: &'a str,
    /// As [`Sentences::at`](super::Sentences::at) says it.
    pub(in crate::report) at: String,
    /// As [`Sentences::on_days`](super::Sentences::on_days) says them.
    pub(in crate::report) days: String,
    pub(in crate::report) groups: u32,
    /// How many of each structure; empty where that may not be told.
    pub(in crate::report) from: Vec<(&'a str, u32)>,
}

/// A number as far as it may be told: the least and the most.
pub(in crate::report) type Told = (u32, u32);

/// A group by video.
pub(in crate::report) struct VisioTold<'a> {
    pub(in crate::report) programme: &'a str,
    pub(in crate::report) days: String,
    pub(in crate::report) start: Date,
    pub(in crate::report) groups: u32,
    pub(in crate::report) from: Vec<(&'a str, Told)>,
    /// Places more than each by itself; none where that may not be told.
    pub(in crate::report) gain: Option<u32>,
    pub(in crate::report) cost: Option<Cents>,
}

/// A stay with boarding.
pub(in crate::report) struct StayTold<'a> {
    pub(in crate::report) programme: &'a str,
    pub(in crate::report) at: String,
    pub(in crate::report) first: Date,
    pub(in crate::report) days: u32,
    pub(in crate::report) nights: u32,
    pub(in crate::report) groups: u32,
    pub(in crate::report) guest: &'a str,
    pub(in crate::report) guests: Told,
    pub(in crate::report) host: &'a str,
    pub(in crate::report) hosts: Told,
    pub(in crate::report) cost: Option<Cents>,
}

/// A day by coach.
pub(in crate::report) struct EventTold<'a> {
    pub(in crate::report) host: &'a str,
    pub(in crate::report) guest: &'a str,
    pub(in crate::report) date: Date,
    /// As [`Sentences::at`](super::Sentences::at) says them.
    pub(in crate::report) stops: Vec<String>,
    pub(in crate::report) guests: Told,
    pub(in crate::report) distance: Metres,
    pub(in crate::report) ride: Seconds,
    pub(in crate::report) there: Seconds,
    pub(in crate::report) cost: Cents,
    pub(in crate::report) per_seat: Option<Cents>,
}

/// What is sent to another structure.
pub(in crate::report) struct ExchangeTold<'a> {
    pub(in crate::report) from: &'a str,
    pub(in crate::report) to: &'a str,
    /// Youths; none where an adviser is sent.
    pub(in crate::report) youths: Option<Told>,
    /// Days a week of the adviser.
    pub(in crate::report) days: u32,
    pub(in crate::report) programme: &'a str,
    pub(in crate::report) at: String,
    pub(in crate::report) places: Told,
    pub(in crate::report) weeks: u32,
    pub(in crate::report) cost: Option<Cents>,
}

/// A language, on several structures.
pub(in crate::report) trait PoolSentences: super::Sentences {
    fn pool_title(&self, names: &[String]) -> String;
    fn pool_heading(&self, heading: PoolHeading) -> &'static str;
    /// What may be shown.
    fn pool_shared(&self, threshold: u32) -> String;
    /// Nobody is real.
    fn pool_drawn(&self) -> &'static str;
    /// Places and groups of all, apart and together; the most that are possible together.
    fn pool_sum(&self, places: (u32, u32), groups: (u32, u32), most: Option<i64>) -> String;
    /// How far the number of places of one apart is proved.
    fn pool_gap(&self, name: &str, most: i64) -> String;
    fn pool_share(&self, share: &ShareTold<'_>) -> String;
    /// Groups apart and together, and places where they may be told.
    fn pool_programme(&self, name: &str, groups: (u32, u32), places: Option<(u32, u32)>) -> String;
    fn pool_meeting(&self, meeting: &MeetingTold<'_>) -> String;
    fn no_shared_group(&self) -> &'static str;
    /// Youths of one who could come to the other's sites.
    fn pool_reach(&self, home: &str, site: &str, youths: u32) -> String;
    /// Hours of others' youths at its sites.
    fn pool_hosts(&self, name: &str, groups: u32, youth_hours: u64) -> String;
    fn pool_bill(&self, total: Cents, shared: Cents, split: Split) -> String;
    fn pool_pays(&self, name: &str, cost: (Cents, Cents)) -> String;
    fn would_refuse(&self, name: &str, refusals: &[Refusal], with: Option<&str>) -> String;
    fn would_accept(&self, name: &str) -> String;
    fn no_weekly_trip(&self) -> &'static str;
    fn pool_nearest(&self, home: &str, site: &str, distance: Metres, drive: Option<Seconds>) -> String;
    fn pool_visio(&self, visio: &VisioTold<'_>) -> String;
    fn no_visio(&self) -> &'static str;
    fn pool_stay(&self, stay: &StayTold<'_>) -> String;
    fn no_stay(&self) -> &'static str;
    fn pool_event(&self, event: &EventTold<'_>) -> String;
    fn no_event(&self) -> &'static str;
    fn pool_exchange(&self, exchange: &ExchangeTold<'_>) -> String;
    fn no_exchange(&self) -> &'static str;
    fn pool_rests(&self) -> Vec<&'static str>;
    fn far_rests(&self, rates: &FarRates) -> Vec<String>;
}
