//! Other limits and minimum sizes, for the structure's own desk: a table over all programmes, and one for each.

use super::grid::{Grid, GridCell, Held};
use super::{Part, Words};
use crate::questions::{Cell, Sweep, Viable};
use crate::report::Swept;
use crate::report::language::sweep::{SweepSentences, of};
use crate::report::names;
use crate::report::sweep::told;
use crate::territory::Territory;
use crate::units::ProgrammeId;

/// What the section says, in order.
pub(in crate::report) struct Flips {
    /// From which limit on each programme has a group.
    pub(super) lines: Vec<Part>,
    pub(super) grids: Vec<Grid>,
    pub(super) rests: Vec<Part>,
}

/// The section of a grid around today's limits and sizes.
pub(super) fn interne(territory: &Territory, sweep: &Sweep, words: Words) -> Flips {
    let desk = Desk { swept: Swept { territory, sweep, slower: 0 }, say: of(words.lang), words };
    let programmes = || desk.swept.told_programmes();
    let told = programmes().map(|id| desk.swept.flips(id, desk.say));
    let of_each = programmes().map(|id| desk.of_programme(id));
    Flips {
        lines: vec![Part::List(told.map(|line| words.set(line)).collect())],
        grids: [desk.of_all()].into_iter().chain(of_each).collect(),
        rests: vec![Part::List(desk.say.sweep_rests().map(|line| words.set(line)).to_vec())],
    }
}

struct Desk<'a> {
    swept: Swept<'a>,
    say: &'static dyn SweepSentences,
    words: Words,
}

impl Desk<'_> {
    fn of_all(&self) -> Grid {
        let cell = |cell: &Cell| {
            let groups = cell.found.as_ref().is_some_and(|found| !found.groups.is_empty());
            (if groups { Held::Groups } else { Held::Missing }, told(cell, self.say))
        };
        self.grid(self.say.sweep_of(None, 0), cell)
    }

    fn of_programme(&self, programme: ProgrammeId) -> Grid {
        let cell = |cell: &Cell| {
            let groups = cell.found.as_ref().and_then(|found| found.groups.get(&programme).copied());
            let viable = cell.viable(programme);
            let held = match viable {
                Viable::Yes => Held::Groups,
                Viable::NotBesideOthers => Held::Possible,
                Viable::No => Held::Missing,
            };
            (held, self.words.say.viable(viable, groups.unwrap_or(0)))
        };
        self.grid(names::programme(self.swept.territory, programme).to_owned(), cell)
    }

    /// Limits down, minimums across.
    fn grid(&self, caption: String, told: impl Fn(&Cell) -> (Held, String)) -> Grid {
        let (grid, words) = (&self.swept.sweep.grid, self.words);
        let cell = |cell: &Cell| {
            let (held, line) = told(cell);
            GridCell { held, lines: vec![words.set(line)] }
        };
        let row = |cells: &[Cell]| {
            let limit = cells.first().map(|cell| self.say.trips_of_at_most(cell.limit));
            (words.set(limit.unwrap_or_default()), cells.iter().map(cell).collect())
        };
        Grid {
            caption: words.set(caption),
            corner: words.set(words.say.limits()),
            columns: grid.minimums.iter().map(|&more| words.sentence(&self.say.minimum(more))).collect(),
            rows: self.swept.sweep.cells.chunks(grid.minimums.len().max(1)).map(row).collect(),
        }
    }
}
