//! The draws as JSON.

use super::super::json::document;
use super::super::names;
use super::Drawn;
use crate::plan::Offer;
use crate::questions::{Demand, DrawnFrom, Often};
use crate::territory::Territory;
use crate::units::Headcount;
use serde::Serialize;
use std::fmt;

/// The version of the schema of draws.
pub const DEMAND_SCHEMA: &str = "maillage/demand/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Demand", description = "How often groups can be formed when youths are drawn again.")
)]
/// How often groups can be formed when youths are drawn again, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::questions::{Draws, demand};
/// use maillage::report::{DemandReport, Drawn, demand_json};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let demand = demand(&study, &Draws { draws: 3, ..Draws::default() }, &Control::none())?;
/// let document: DemandReport = demand_json(&Drawn { territory: study.territory(), demands: &[demand] });
/// assert!(document.to_string().contains(r#""schema": "maillage/demand/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct DemandReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = DEMAND_SCHEMA)))]
    schema: &'static str,
    /// Always `interne`.
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// One for each number of youths.
    demands: Vec<DemandJson>,
}

/// Draws of so many youths.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "DemandDraws"))]
struct DemandJson {
    /// Youths in percent of those of today.
    percent: u16,
    /// How many draws.
    draws: u32,
    /// Where they begin.
    seed: u64,
    /// `shares`: from the counts and shares of the territory's own draw · `youths`: from the territory's youths, with replacement
    from: &'static str,
    /// Youths of each draw.
    youths: u32,
    /// Every programme.
    programmes: Vec<OftenJson>,
}

/// How often a programme can have a group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "DemandProgramme"))]
struct OftenJson {
    /// By identifier.
    programme: String,
    /// Draws in which enough can come to one option.
    times: u32,
    /// Most who can come to one option: the tenth, the fiftieth and the ninetieth of a hundred draws, from the lowest.
    most: [u32; 3],
    /// Places where it is ever so.
    venues: Vec<VenueJson>,
}

/// A place of a programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "DemandVenue"))]
struct VenueJson {
    /// Sites, by identifier: several in turn.
    sites: Vec<String>,
    /// Draws in which enough can come there at some moment.
    times: u32,
    /// Moments for which it is ever so.
    options: Vec<MomentJson>,
}

/// A moment of a place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "DemandOption"))]
struct MomentJson {
    /// Half-days of the week, by identifier.
    slots: Vec<String>,
    /// First possible day.
    start: String,
    /// Draws in which enough can come.
    times: u32,
}

/// The draws as JSON.
pub fn demand_json(drawn: &Drawn<'_>) -> DemandReport {
    DemandReport {
        schema: DEMAND_SCHEMA,
        audience: "interne",
        territory: drawn.territory.name().to_owned(),
        demands: drawn.demands.iter().map(|demand| one(drawn.territory, demand)).collect(),
    }
}

fn one(territory: &Territory, demand: &Demand) -> DemandJson {
    DemandJson {
        percent: demand.asked.percent,
        draws: demand.asked.draws,
        seed: demand.asked.seed,
        from: match demand.from {
            DrawnFrom::Shares => "shares",
            DrawnFrom::Youths => "youths",
        },
        youths: demand.youths.get(),
        programmes: demand.programmes.iter().map(|often| programme(territory, often)).collect(),
    }
}

fn programme(territory: &Territory, often: &Often) -> OftenJson {
    let moment = |(offer, &times): (&Offer, &u32)| MomentJson {
        slots: names::slot_keys(territory, offer).into_iter().map(str::to_owned).collect(),
        start: offer.start.to_string(),
        times,
    };
    let venues = often.venues.iter().map(|(venue, &times)| VenueJson {
        sites: venue.sites().iter().map(|&site| territory.sites().key_of(site).to_owned()).collect(),
        times,
        options: often.offers.iter().filter(|(offer, _)| offer.venue == *venue).map(moment).collect(),
    });
    OftenJson {
        programme: territory.programmes().key_of(often.programme).to_owned(),
        times: often.times,
        most: often.most.map(Headcount::get),
        venues: venues.collect(),
    }
}

impl fmt::Display for DemandReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
