//! From one stop to another on foot, between two vehicles.

use super::feed::{Timetable, TransferKind};
use crate::travel::near::Near;
use crate::travel::straight_line_walk::Pace;
use crate::units::Seconds;
