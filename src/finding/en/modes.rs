//! In English: ways to travel.

use super::English;
use crate::finding::words::Modes;

impl Modes for English {
    fn car(&self) -> &'static str {
        "car"
    }

    fn lift(&self) -> &'static str {
        "lift"
    }

    fn moped(&self) -> &'static str {
        "moped"
    }

    fn ebike(&self) -> &'static str {
        "ebike"
    }

    fn bike(&self) -> &'static str {
        "bike"
    }

    fn walk(&self) -> &'static str {
        "walk"
    }

    fn bus(&self) -> &'static str {
        "bus"
    }

    fn on_demand(&self) -> &'static str {
        "on_demand"
    }

    fn shuttle(&self) -> &'static str {
        "shuttle"
    }

    fn lift_bus(&self) -> &'static str {
        "lift_bus"
    }

    fn moped_bus(&self) -> &'static str {
        "moped_bus"
    }

    fn ebike_bus(&self) -> &'static str {
        "ebike_bus"
    }

    fn bike_bus(&self) -> &'static str {
        "bike_bus"
    }
}
