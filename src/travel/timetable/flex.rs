//! Trips on demand that a feed tells (GTFS-Flex): within windows, between zones or groups of stops.

use super::service::ServiceIx;
use crate::territory::Booking;
use geo::MultiPolygon;
use std::sync::Arc;

/// A trip that comes when it is booked. One rides from a call that lets on to a later one that lets off: no call does both, as the
/// two may be booked by other rules. A trip that rides about in one place calls there twice.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlexTrip {
    /// The line, as the timetable numbers it.
    pub(super) line: u32,
    pub(super) service: ServiceIx,
    pub(super) calls: Vec<FlexCall>,
    /// A ride takes at most so many percent of its way by car, and so many seconds besides, where the feed says so.
    pub(super) lasts: Option<(u16, u32)>,
}

/// Where and when such a trip comes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlexCall {
    pub(super) place: FlexPlace,
    /// Seconds from noon minus 12 hours of the service day.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) board: bool,
    pub(super) alight: bool,
    pub(super) booking: Booking,
}

/// Where it comes; many trips share one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FlexPlace {
    /// At these stops, by their numbers.
    Stops(Arc<[u32]>),
    /// Anywhere within.
    Zone(Arc<MultiPolygon<f64>>),
}
