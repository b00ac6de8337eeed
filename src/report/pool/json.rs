//! Several structures as JSON.

use super::super::json::document;
use super::{Counted, Pooled, is_drawn};
use crate::finding::Lang;
use crate::questions::{Coalition, FarApart, PooledGroups, Pooling, Refusal, Sent, Share};
use crate::report::Audience;
use crate::report::language::pool::of;
use crate::report::names;
use crate::units::{Cents, Key};
use serde::Serialize;
use std::fmt;

/// The version of the schema of a pooling.
pub const POOL_SCHEMA: &str = "maillage/pool/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Pool", description = "Several structures, alone and together.")
)]
/// Several structures, alone and together, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::questions::{Split, Structure, pooling};
/// use maillage::report::{PoolReport, pool_json};
/// use maillage::territory::PoolMember;
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let member = PoolMember::new("valley", opened.territory.clone());
/// let one = vec![Structure { member, providers: opened.own_providers() }];
/// let pooled = pooling(one, Split::default(), &Limits::default(), &Control::none())?.expect("a plan");
/// let document: PoolReport = pool_json(&pooled);
/// assert!(document.to_string().contains(r#""schema": "maillage/pool/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct PoolReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = POOL_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact. Nobody is named, numbers may be small.
    audience: &'static str,
    /// Whether youths of some structure are drawn: nobody real.
    synthetic: bool,
    /// The structures, in the order in which they were named; others are their positions here.
    structures: Vec<StructureJson>,
    /// All together.
    together: SideJson,
    /// Two of three, where there are three.
    pairs: Vec<PairJson>,
    /// Groups and places of each programme, in the order of the identifiers.
    programmes: Vec<ProgrammeJson>,
    /// Groups whose members several structures accompany.
    shared: Vec<MeetingJson>,
    /// Who pays.
    bill: BillJson,
    /// What remains where nobody reaches the other's sites; null elsewhere.
    far: Option<FarJson>,
}

/// A structure.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PooledStructure"))]
struct StructureJson {
    /// The folder's name.
    id: String,
    /// The territory's name.
    name: String,
    /// Its plan alone.
    alone: SideJson,
    /// Places of its youths when all are together.
    places_together: u32,
    /// Places that its youths have together and not alone.
    gained: u32,
    /// Places that they have alone and not together.
    lost: u32,
    /// What it pays alone.
    cost_alone_cents: u64,
    /// What it pays together.
    cost_together_cents: u64,
    /// Hours that youths of others spend at its sites, each counted.
    hosted_hours: u64,
    /// For each structure, how many of its youths could attend some group here.
    within_reach: Vec<u32>,
    /// Why it would refuse: `fewer_places` · `dearer_places` · `smaller_coalition`
    refusals: Vec<&'static str>,
    /// The structure with which alone it does better; null where there is none.
    better_with: Option<usize>,
}

/// A plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PooledSide"))]
struct SideJson {
    /// Places, a youth in two programmes twice.
    places: u32,
    /// Places by weight of priority.
    placed: i64,
    /// No plan has more places by weight.
    bound: i64,
    /// Groups.
    groups: u32,
}

/// Two structures together.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PooledPair"))]
struct PairJson {
    /// Which.
    of: Vec<usize>,
    /// Their plan.
    plan: SideJson,
    /// Places of each one's youths, in their order.
    places: Vec<u32>,
}

/// A programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PooledProgramme"))]
struct ProgrammeJson {
    /// Its name.
    name: String,
    /// Groups of all structures apart.
    groups_apart: u32,
    /// Groups together.
    groups_together: u32,
    /// Places apart.
    places_apart: u32,
    /// Places together.
    places_together: u32,
}

/// Groups that meet at one place and time.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PooledGroups"))]
struct MeetingJson {
    /// The programme, by identifier.
    programme: String,
    /// Sites, by identifier.
    sites: Vec<String>,
    /// Half-days, by identifier.
    slots: Vec<String>,
    /// First possible day.
    start: String,
    /// How many groups.
    groups: u32,
    /// Whose site it is.
    host: usize,
    /// Members whom each structure accompanies.
    members: Vec<u32>,
}

/// Who pays what.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PoolBill"))]
struct BillJson {
    /// `youth-hours` · `places` · `half`
    split: &'static str,
    /// Groups and openings.
    total_cents: u64,
    /// The part that is split.
    shared_cents: u64,
    /// What each structure pays; they add up to the total.
    paid_cents: Vec<u64>,
}

/// What remains of structures far apart. Several proposals may count on the same youths.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "FarApart"))]
struct FarJson {
    /// How near each comes.
    nearest: Vec<NearestJson>,
    /// Groups by video.
    visio: Vec<VisioJson>,
    /// Stays with boarding.
    stays: Vec<StayJson>,
    /// Days by coach.
    events: Vec<EventJson>,
    /// Exchanges of youths and advisers.
    exchanges: Vec<ExchangeJson>,
}

/// The shortest way between a home of one and a site of another.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PoolNearest"))]
struct NearestJson {
    /// Whose youths.
    home: usize,
    /// Whose site.
    site: usize,
    /// How far.
    metres: u32,
    /// By car; null without a pace.
    drive_s: Option<u32>,
}

/// A group by video of those without a place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PoolVisio"))]
struct VisioJson {
    /// The programme, by identifier.
    programme: String,
    /// Half-days, by identifier.
    slots: Vec<String>,
    /// First day.
    start: String,
    /// Groups.
    groups: u32,
    /// Members of each structure.
    members: Vec<u32>,
    /// Places more than by video in each structure by itself.
    gain: u32,
    /// Video, advisers and the programme's own cost.
    cost_cents: u64,
}

/// A programme on days in a row, guests boarding.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PoolStay"))]
struct StayJson {
    /// The programme, by identifier.
    programme: String,
    /// The site, by identifier.
    site: String,
    /// Whose site.
    host: usize,
    /// Whose youths board.
    guest: usize,
    /// The first day.
    first: String,
    /// Days.
    days: u32,
    /// Nights of each guest.
    nights: u32,
    /// Youths of the host.
    hosts: u32,
    /// Youths who board.
    guests: u32,
    /// Groups.
    groups: u32,
    /// All of it.
    cost_cents: u64,
}

/// A day by coach.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PoolEvent"))]
struct EventJson {
    /// Who receives.
    host: usize,
    /// Whose youths come.
    guest: usize,
    /// The day on which it was counted.
    date: String,
    /// Meeting points, by identifier of the site, in the coach's order.
    stops: Vec<String>,
    /// Youths who can be at a meeting point within their limit.
    guests: u32,
    /// The way there.
    metres: u32,
    /// Its time.
    ride_s: u32,
    /// Time there.
    there_s: u32,
    /// Coaches.
    coaches: u32,
    /// There and back.
    cost_cents: u64,
    /// A seat taken.
    seat_cents: u64,
}

/// Youths or an adviser sent to another structure.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PoolExchange"))]
struct ExchangeJson {
    /// Who sends.
    from: usize,
    /// Who receives.
    to: usize,
    /// `youths` · `adviser`
    what: &'static str,
    /// Youths, or days a week of the adviser.
    count: u32,
    /// The programme of which there is one more group, by identifier.
    programme: String,
    /// The site, by identifier.
    site: String,
    /// Places more, at least.
    places: u32,
    /// Weeks.
    weeks: u32,
    /// Boarding and the way.
    cost_cents: u64,
}

/// Structures alone and together, as JSON.
pub fn pool_json(pooling: &Pooling) -> PoolReport {
    let pooled = Pooled { pooling, audience: Audience::Interne, say: of(Lang::En) };
    let bill = pooling.bill();
    let shares = pooling.shares();
    PoolReport {
        schema: POOL_SCHEMA,
        audience: Audience::Interne.as_str(),
        synthetic: is_drawn(pooling),
        structures: shares.iter().enumerate().map(|(at, share)| structure(&pooled, at, share)).collect(),
        together: side(&pooling.together),
        pairs: pooling.pairs.iter().map(pair).collect(),
        programmes: pooled.programmes().into_iter().map(programme).collect(),
        shared: pooling.shared().map(|one| meeting(&pooling.together, one)).collect(),
        bill: BillJson {
            split: pooling.split.as_str(),
            total_cents: bill.total.get(),
            shared_cents: bill.shared.get(),
            paid_cents: bill.of.iter().map(|cost: &Cents| cost.get()).collect(),
        },
        far: pooling.far.as_ref().map(far),
    }
}

fn structure(pooled: &Pooled<'_>, at: usize, share: &Share) -> StructureJson {
    let pooling = pooled.pooling;
    StructureJson {
        id: pooling.pool.members()[at].name.clone(),
        name: pooled.name(at).to_owned(),
        alone: side(&pooling.alone[at]),
        places_together: share.places.1.get(),
        gained: share.gained,
        lost: share.lost,
        cost_alone_cents: share.cost.0.get(),
        cost_together_cents: share.cost.1.get(),
        hosted_hours: share.hosted_seconds / 3600,
        within_reach: pooling.within_reach[at].clone(),
        refusals: share.refusals().into_iter().map(word).collect(),
        better_with: share.better_with,
    }
}

/// The words of JSON.
const fn word(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::FewerPlaces => "fewer_places",
        Refusal::DearerPlaces => "dearer_places",
        Refusal::SmallerCoalition => "smaller_coalition",
    }
}

fn side(coalition: &Coalition) -> SideJson {
    let (placed, bound) = coalition.placed().map_or((0, 0), |tier| (tier.value, tier.bound));
    SideJson { places: coalition.places(), placed, bound, groups: coalition.groups() }
}

fn pair(pair: &Coalition) -> PairJson {
    let places = pair.of.iter().map(|&at| pair.places_of(at)).collect();
    PairJson { of: pair.of.clone(), plan: side(pair), places }
}

fn programme((name, apart, together): (&str, Counted, Counted)) -> ProgrammeJson {
    ProgrammeJson {
        name: name.to_owned(),
        groups_apart: apart.groups,
        groups_together: together.groups,
        places_apart: apart.places,
        places_together: together.places,
    }
}

fn meeting(together: &Coalition, meeting: &PooledGroups) -> MeetingJson {
    let (territory, offer) = (together.study.territory(), together.offer(meeting));
    MeetingJson {
        programme: territory.programmes().key_of(offer.programme).to_owned(),
        sites: offer.venue.sites().iter().map(|&site| territory.sites().key_of(site).to_owned()).collect(),
        slots: names::slot_keys(territory, &offer).into_iter().map(str::to_owned).collect(),
        start: offer.start.to_string(),
        groups: meeting.groups,
        host: meeting.host,
        members: meeting.from.clone(),
    }
}

fn far(far: &FarApart) -> FarJson {
    let keys = |keys: &[Key]| keys.iter().map(Key::to_string).collect();
    FarJson {
        nearest: far
            .nearest
            .iter()
            .map(|one| NearestJson {
                home: one.home,
                site: one.site,
                metres: one.distance.get(),
                drive_s: one.drive.map(|time| time.get()),
            })
            .collect(),
        visio: far
            .visio
            .iter()
            .map(|one| VisioJson {
                programme: one.programme.to_string(),
                slots: keys(&one.slots),
                start: one.start.to_string(),
                groups: one.groups,
                members: one.from.clone(),
                gain: one.gain(),
                cost_cents: one.cost.get(),
            })
            .collect(),
        stays: far
            .stays
            .iter()
            .map(|one| StayJson {
                programme: one.programme.to_string(),
                site: one.site.to_string(),
                host: one.host,
                guest: one.guest,
                first: one.first.to_string(),
                days: one.days,
                nights: one.nights,
                hosts: one.hosts,
                guests: one.guests,
                groups: one.groups,
                cost_cents: one.cost.get(),
            })
            .collect(),
        events: far
            .events
            .iter()
            .map(|one| EventJson {
                host: one.host,
                guest: one.guest,
                date: one.date.to_string(),
                stops: one.stops.iter().map(|(site, _)| site.to_string()).collect(),
                guests: one.guests,
                metres: one.distance.get(),
                ride_s: one.ride.get(),
                there_s: one.there.get(),
                coaches: one.coaches,
                cost_cents: one.cost.get(),
                seat_cents: one.per_seat().get(),
            })
            .collect(),
        exchanges: far
            .exchanges
            .iter()
            .map(|one| {
                let (what, count) = match one.sent {
                    Sent::Youths(n) => ("youths", n),
                    Sent::AdviserDays(days) => ("adviser", days),
                };
                ExchangeJson {
                    from: one.from,
                    to: one.to,
                    what,
                    count,
                    programme: one.programme.to_string(),
                    site: one.site.to_string(),
                    places: one.places.get(),
                    weeks: one.weeks,
                    cost_cents: one.cost.get(),
                }
            })
            .collect(),
    }
}

impl fmt::Display for PoolReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
