//! Places for each amount spent, as a line in steps.

use super::Words;
use super::levers::StepRow;
use crate::report::language::levers::LeverLabel;
use crate::units::Cents;
use std::fmt::Write;

const WIDTH: u32 = 400;
const HEIGHT: u32 = 220;
/// Around the line: left, right, above, below.
const EDGE: (u32, u32, u32, u32) = (16, 24, 40, 46);
/// As wide as a letter of a number above the line; less than that is left between two numbers on one height.
const LETTER: u32 = 9;
/// Lower or higher than this, two numbers are not on one height.
const LINE: u32 = 24;

/// A line in steps, in the coordinates of its picture.
pub(in crate::report) struct Chart {
    pub(super) told: String,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) base: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    /// What is counted upwards, and along.
    pub(super) axes: [String; 2],
    pub(super) line: String,
    pub(super) dots: Vec<Dot>,
    /// The amounts at both ends.
    pub(super) ends: [String; 2],
}

/// A step's beginning.
pub(in crate::report) struct Dot {
    pub(super) x: u32,
    pub(super) y: u32,
    /// The middle of its number, within the picture.
    pub(super) middle: u32,
    /// Above it; empty where another is too near.
    pub(super) shown: String,
}

impl Chart {
    /// None where all costs the same: a table says as much.
    pub(super) fn of(words: Words, rows: &[StepRow]) -> Option<Self> {
        let dearest = rows.iter().map(|row| row.cost.get()).max().filter(|&cost| cost > 0)?;
        let most = rows.iter().map(|row| row.places.1).max().filter(|&places| places > 0)?;
        let (left, right, base) = (EDGE.0, WIDTH - EDGE.1, HEIGHT - EDGE.3);
        let along =
            |cost: u64, of: u64, room: u32| (u128::from(cost) * u128::from(room) / u128::from(of)) as u32;
        let mut line = format!("M{left} {base}");
        let mut dots: Vec<Dot> = Vec::new();
        let mut told: Option<(u32, u32)> = None;
        for row in rows {
            let x = left + along(row.cost.get(), dearest, right - left);
            let y = base - along(u64::from(row.places.1), u64::from(most), base - EDGE.2);
            // Writing to a text can't fail.
            let _ = write!(line, "H{x}V{y}");
            let number = words.set(&row.places.0);
            let half = number.chars().count() as u32 * LETTER / 2;
            let middle = x.min(WIDTH.saturating_sub(half)).max(half);
            // Where another number stands already, this one is in the table alone.
            let near =
                told.is_some_and(|(end, high)| middle.saturating_sub(half) < end && high.abs_diff(y) < LINE);
            told = if near { told } else { Some((middle + half, y)) };
            dots.push(Dot { x, y, middle, shown: if near { String::new() } else { number } });
        }
        let _ = write!(line, "H{}", WIDTH - 4);
        let say = words.levers();
        let label = |label| words.set(say.lever_label(label));
        let amount = |cost| words.set(say.amount_of(cost));
        Some(Self {
            told: words.set(say.frontier_told(rows.len())),
            width: WIDTH,
            height: HEIGHT,
            base,
            left,
            right,
            axes: [label(LeverLabel::Places), label(LeverLabel::Spent)],
            line,
            dots,
            ends: [amount(Cents::new(0)), amount(Cents::new(dearest))],
        })
    }
}
