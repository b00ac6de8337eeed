//! The grid as a page for a terminal.

use super::super::language::sweep::{Counts, Flip, SweepHeading, SweepSentences, of};
use super::super::names;
use super::super::terminal::Page;
use super::Swept;
use crate::finding::Lang;
use crate::questions::{Cell, Viable};
use crate::territory::Provenance;
use crate::units::ProgrammeId;

/// The grid as a page of at most 100 columns: each limit with each minimum, then where each programme's answer flips.
pub fn sweep_text(swept: &Swept<'_>, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.sweep_title(swept.territory.name()));
    page.paragraph(0, "", say.internal());
    if let Provenance::Synthetic(synthesis) = swept.territory.provenance() {
        page.paragraph(0, "", &say.synthetic(synthesis.seed));
    }
    let only = swept.sweep.grid.programme.map(|id| names::programme(swept.territory, id));
    page.paragraph(0, "", &say.sweep_of(only, swept.slower));
    page.heading(say.sweep_heading(SweepHeading::Grid));
    for &limit in &swept.sweep.grid.limits {
        page.paragraph(2, "", &format!("{}{}", say.trips_of_at_most(limit), say.colon()));
        for cell in swept.sweep.cells.iter().filter(|cell| cell.limit == limit) {
            page.paragraph(
                4,
                "- ",
                &format!("{}{} {}.", say.minimum(cell.minimum), say.colon(), told(cell, say)),
            );
        }
    }
    page.heading(say.sweep_heading(SweepHeading::Flips));
    swept.told_programmes().for_each(|id| page.paragraph(2, "- ", &swept.flips(id, say)));
    page.heading(say.sweep_heading(SweepHeading::Rests));
    say.sweep_rests().iter().for_each(|line| page.paragraph(2, "- ", line));
    page.finish()
}

/// "44 places, 30 jeunes, 5 groupes"
pub(in crate::report) fn told(cell: &Cell, say: &dyn SweepSentences) -> String {
    let Some(found) = &cell.found else { return say.no_plan().to_owned() };
    say.cell(Counts {
        youths: found.youths.get(),
        places: found.places.get(),
        groups: found.groups.values().sum(),
        gap: u32::try_from(found.bound - found.placed).unwrap_or_default(),
    })
}

impl Swept<'_> {
    /// Those whose answer is told: the one that changes, or all.
    pub(in crate::report) fn told_programmes(&self) -> impl Iterator<Item = ProgrammeId> {
        let only = self.sweep.grid.programme;
        self.territory.programmes().ids().filter(move |&id| only.is_none_or(|only| only == id))
    }

    /// From which limit on a programme has a group, minimum by minimum.
    pub(in crate::report) fn flips(&self, programme: ProgrammeId, say: &dyn SweepSentences) -> String {
        let (sweep, name) = (self.sweep, names::programme(self.territory, programme));
        let viable = |viable| move |cell: &Cell| cell.viable(programme) == viable;
        if sweep.cells.iter().all(viable(Viable::Yes)) {
            return say.everywhere(name);
        }
        if sweep.cells.iter().all(viable(Viable::No)) {
            return say.nowhere(name);
        }
        let each: Vec<Flip> = sweep.grid.minimums.iter().filter_map(|&m| self.flip(programme, m)).collect();
        let alike = each.chunk_by(|a, b| (a.from, a.reached) == (b.from, b.reached));
        let joined = |those: &[Flip]| {
            let (first, last) = (those.first()?, those.last()?);
            Some(Flip { minimums: [first.minimums[0], last.minimums[1]], ..*first })
        };
        say.flips(name, &alike.filter_map(joined).collect::<Vec<_>>())
    }

    fn flip(&self, programme: ProgrammeId, minimum: i32) -> Option<Flip> {
        let cell = self.sweep.cells.iter().find(|cell| cell.minimum == minimum)?;
        let from = self.sweep.least_limit(programme, minimum, Viable::Yes);
        let reached = self.sweep.least_limit(programme, minimum, Viable::NotBesideOthers);
        let reached = reached.filter(|reached| from.is_none_or(|from| *reached < from));
        let least = cell.least.get(&programme)?.get();
        Some(Flip { minimums: [least; 2], from, reached })
    }
}
