//! In French: ways to travel.

use super::French;
use crate::finding::words::Modes;

impl Modes for French {
    fn car(&self) -> &'static str {
        "voiture"
    }

    fn lift(&self) -> &'static str {
        "passager"
    }

    fn moped(&self) -> &'static str {
        "cyclomoteur"
    }

    fn ebike(&self) -> &'static str {
        "vélo électrique"
    }

    fn bike(&self) -> &'static str {
        "vélo"
    }

    fn walk(&self) -> &'static str {
        "à pied"
    }

    fn bus(&self) -> &'static str {
        "car ou train"
    }

    fn on_demand(&self) -> &'static str {
        "transport à la demande"
    }

    fn shuttle(&self) -> &'static str {
        "navette"
    }

    fn lift_bus(&self) -> &'static str {
        "conduit à un arrêt, puis car ou train"
    }

    fn moped_bus(&self) -> &'static str {
        "cyclomoteur, puis car ou train"
    }

    fn ebike_bus(&self) -> &'static str {
        "vélo électrique, puis car ou train"
    }

    fn bike_bus(&self) -> &'static str {
        "vélo, puis car ou train"
    }
}
