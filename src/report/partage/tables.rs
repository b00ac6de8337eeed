//! Counts of people by a characteristic and what became of them. All tables of people
//! share their columns' totals and nothing else; those of zones are sums of what zones tell.

use super::capacity::Capacity;
use super::people::{AGES, Characteristic, Outcome, Person, Word};
use super::secret::{Hidden, hide};
use super::zones::Zone;
use super::{Counts, is_small};
use crate::questions::{Far, Size, to_nearest_site};
use crate::territory::{Programme, Territory, Trait};
use crate::units::ProgrammeId;
use std::collections::{BTreeMap, BTreeSet};

/// Outcomes that are told together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) word: Word,
    of: Vec<Outcome>,
}

pub(super) const OTHER: Word = Word::new("other", "autres motifs");
pub(super) const LEFT_OUT: Word = Word::new("left_out", "sans place");

/// The columns of every table, the one of people with a place first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns(pub(super) Vec<Column>);

impl Columns {
    /// As many as have a total that may be told; none when nothing is told of people.
    pub(super) fn of(counts: Counts, people: &[Person], threshold: u32) -> Option<Self> {
        let placed = match counts {
            Counts::Nothing { .. } => return None,
            Counts::Enrolled(_) => return Some(Self::enrolled()),
            Counts::Outcomes { placed, .. } => placed,
        };
        let mut columns = Self(Vec::new());
        if placed > 0 {
            columns.0.push(Column { word: Outcome::Placed.word(), of: vec![Outcome::Placed] });
        }
        let single = |outcome: Outcome| Column { word: outcome.word(), of: vec![outcome] };
        columns.0.extend(Outcome::LEFT_OUT.map(single));
        // The last is what is left over: when it is small, another joins it.
        while columns.left_out().any(|column| is_small(column.total(people), threshold)) {
            if !columns.join_smallest(people) {
                break;
            }
        }
        Some(columns)
    }

    /// People with a place and without, if both are told; else all of them.
    pub(super) fn coarse(&self) -> Self {
        if self.0.iter().any(Column::is_enrolled) {
            return self.clone();
        }
        let left_out = Column { word: LEFT_OUT, of: Outcome::LEFT_OUT.to_vec() };
        Self(self.placed().cloned().into_iter().chain([left_out]).collect())
    }

    /// All people in one column.
    fn enrolled() -> Self {
        let all = [Outcome::Placed].into_iter().chain(Outcome::LEFT_OUT).collect();
        Self(vec![Column { word: Column::ENROLLED, of: all }])
    }

    pub(super) fn placed(&self) -> Option<&Column> {
        self.0.iter().find(|column| column.of == [Outcome::Placed])
    }

    /// How many people each column has.
    pub(super) fn totals(&self, people: &[Person]) -> Vec<(Word, u32)> {
        self.0.iter().map(|column| (column.word, column.total(people))).collect()
    }

    fn left_out(&self) -> impl Iterator<Item = &Column> {
        self.0.iter().filter(|column| column.of != [Outcome::Placed])
    }

    /// Counts some people by column.
    pub(super) fn count<'p>(&self, people: impl IntoIterator<Item = &'p Person>) -> Vec<u32> {
        let mut counts = vec![0; self.0.len()];
        for person in people {
            if let Some(at) = self.0.iter().position(|column| column.of.contains(&person.outcome)) {
                counts[at] += 1;
            }
        }
        counts
    }

    /// Joins the two smallest columns of people without a place; those joined come last.
    fn join_smallest(&mut self, people: &[Person]) -> bool {
        let mut smallest: Vec<(u32, usize)> = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, c)| c.of != [Outcome::Placed])
            .map(|(i, c)| (c.total(people), i))
            .collect();
        smallest.sort_unstable();
        // Whatever is joined is one column: two would each need a name.
        let other = smallest.iter().position(|&(_, i)| self.0[i].word == OTHER);
        let (a, b) = match (other, smallest.as_slice()) {
            (_, [] | [_]) => return false,
            (Some(0) | None, [a, b, ..]) => (a.1, b.1),
            (Some(other), [a, ..]) => (a.1, smallest[other].1),
        };
        let mut of = [self.0[a].of.as_slice(), self.0[b].of.as_slice()].concat();
        of.sort_unstable();
        let word = if of.len() == Outcome::LEFT_OUT.len() { LEFT_OUT } else { OTHER };
        let joined = Column { word, of };
        let mut i = 0;
        self.0.retain(|_| {
            i += 1;
            i - 1 != a && i - 1 != b
        });
        self.0.push(joined);
        true
    }
}

impl Column {
    /// The word of all people.
    pub(super) const ENROLLED: Word = Word::new("enrolled", "inscrits");

    fn total(&self, people: &[Person]) -> u32 {
        super::count(people.iter().filter(|person| self.of.contains(&person.outcome)))
    }

    fn is_enrolled(&self) -> bool {
        self.word == Self::ENROLLED
    }
}

/// Counts by one characteristic.
pub(super) struct Table {
    pub(super) by: Characteristic,
    pub(super) columns: Columns,
    pub(super) rows: Vec<Row>,
}

/// A row of a table: its total is told, hidden cells are none.
pub(super) struct Row {
    /// Rows of the characteristic that are told together.
    pub(super) words: Vec<Word>,
    pub(super) total: u32,
    pub(super) cells: Vec<Option<u32>>,
}

/// A table of each characteristic that has one.
pub(super) fn tables(
    territory: &Territory,
    people: &[Person],
    columns: &Columns,
    capacity: &Capacity<'_>,
    threshold: u32,
) -> Vec<Table> {
    let table = |(at, by): (usize, Characteristic)| {
        let maker = Maker { territory, people, capacity, threshold, at, by };
        maker.table(columns)
    };
    Characteristic::ALL.into_iter().enumerate().filter_map(table).collect()
}

/// Tables of zones, each of which is in one row whole: sums of what zones tell, which say nothing besides. As far as there are two rows.
pub(super) fn of_zones(territory: &Territory, zones: &[Zone], columns: &Columns) -> Vec<Table> {
    let table = |by: Characteristic| {
        let mut rows: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for zone in zones {
            let counts = rows.entry(class(territory, zone, by)).or_insert_with(|| vec![0; zone.counts.len()]);
            counts.iter_mut().zip(&zone.counts).for_each(|(sum, count)| *sum += count);
        }
        let row = |(at, counts): (usize, Vec<u32>)| Row {
            words: by.rows().get(at).into_iter().copied().collect(),
            total: counts.iter().sum(),
            cells: counts.into_iter().map(Some).collect(),
        };
        let rows: Vec<Row> = rows.into_iter().map(row).collect();
        (rows.len() > 1).then(|| Table { by, columns: columns.coarse(), rows })
    };
    Characteristic::OF_ZONES.into_iter().filter_map(table).collect()
}

/// The row of a zone, by its main commune; the last where nothing is known of that.
fn class(territory: &Territory, zone: &Zone, by: Characteristic) -> usize {
    let places = territory.places();
    let main = zone.communes.first().and_then(|main| places.find_str(main.code.as_str()));
    let class = main.and_then(|main| match by {
        Characteristic::Distance => to_nearest_site(territory, main).map(|metres| Far::of(metres) as usize),
        Characteristic::Inhabitants => places[main].population.map(|n| Size::of(n) as usize),
        _ => None,
    });
    class.unwrap_or(by.rows().len() - 1)
}

/// Makes the table of one characteristic.
struct Maker<'a> {
    territory: &'a Territory,
    people: &'a [Person],
    capacity: &'a Capacity<'a>,
    threshold: u32,
    /// Its place among the rows of a person.
    at: usize,
    by: Characteristic,
}

/// Rows of a characteristic that are told together, neighbours of one another.
type Rows = Vec<Vec<usize>>;

impl Maker<'_> {
    /// With as many columns as can be, else only how many there are in each row.
    fn table(&self, columns: &Columns) -> Option<Table> {
        let rows = self.rows()?;
        // Hours within reach and a way to come are too much the same thing to be crossed.
        let crossed = match self.by {
            Characteristic::WeeklyHours => None,
            _ => self.crossed(columns, rows.clone()),
        };
        crossed.or_else(|| {
            let columns = Columns::enrolled();
            let cells = self.cells(&columns, &rows);
            self.admitted(columns, &rows, &cells, &Hidden::default())
        })
    }

    /// Rows, each with enough people; at least two.
    fn rows(&self) -> Option<Rows> {
        let mut rows: Rows = (0..self.by.rows().len()).map(|row| vec![row]).collect();
        let total =
            |rows: &[usize]| super::count(self.people.iter().filter(|p| rows.contains(&p.rows[self.at])));
        while rows.len() > 1 {
            let totals: Vec<u32> = rows.iter().map(|rows| total(rows)).collect();
            let smallest = (0..rows.len()).min_by_key(|&i| totals[i])?;
            if !is_small(totals[smallest], self.threshold) {
                return Some(rows);
            }
            join_neighbour(&mut rows, &totals, smallest);
        }
        None
    }

    fn crossed(&self, columns: &Columns, mut rows: Rows) -> Option<Table> {
        let mut columns = columns.clone();
        loop {
            let cells = self.cells(&columns, &rows);
            if let Some(hidden) = hide(&cells, self.threshold)
                && let Some(table) = self.admitted(columns.clone(), &rows, &cells, &hidden)
            {
                return Some(table);
            }
            if !columns.join_smallest(self.people) {
                if rows.len() < 3 {
                    return None;
                }
                let totals: Vec<u32> = cells.iter().map(|row| row.iter().sum()).collect();
                let smallest = (0..rows.len()).min_by_key(|&i| totals[i])?;
                join_neighbour(&mut rows, &totals, smallest);
            }
        }
    }

    fn cells(&self, columns: &Columns, rows: &Rows) -> Vec<Vec<u32>> {
        let of = |rows: &Vec<usize>| {
            columns.count(self.people.iter().filter(|person| rows.contains(&person.rows[self.at])))
        };
        rows.iter().map(of).collect()
    }

    /// The table, unless what programmes admit says more of it, or it of their groups.
    fn admitted(&self, columns: Columns, rows: &Rows, cells: &[Vec<u32>], hidden: &Hidden) -> Option<Table> {
        let placed = columns.placed().and_then(|_| columns.0.iter().position(|c| c.of == [Outcome::Placed]));
        let placed_hidden = placed.is_some_and(|placed| hidden.columns.contains(&placed));
        if placed.is_some() && self.mixed(placed_hidden) {
            return None;
        }
        if self.by == Characteristic::Age && !self.ages_admit(rows, cells, placed, placed_hidden) {
            return None;
        }
        let row = |(at, of): (usize, &Vec<usize>)| Row {
            words: of.iter().map(|&row| self.by.rows()[row]).collect(),
            total: cells[at].iter().sum(),
            cells: (0..columns.0.len()).map(|c| (!hidden.has(at, c)).then_some(cells[at][c])).collect(),
        };
        let rows = rows.iter().enumerate().map(row).collect();
        Some(Table { by: self.by, columns, rows })
    }

    /// Whether a rule on who is in a group ties the sizes of groups to the cells
    /// of people with a place: one that caps a trait, or any when those are hidden.
    fn mixed(&self, placed_hidden: bool) -> bool {
        let mut formed = self.capacity.options.iter().filter(|option| option.groups > 0);
        formed.any(|option| {
            let programme = &self.territory.programmes()[option.offer.programme];
            let rules = programme.mix.iter().filter(|rule| self.concerns(rule.of));
            rules.into_iter().any(|rule| placed_hidden || rule.at_most < programme.size.max())
        })
    }

    fn concerns(&self, of: Trait) -> bool {
        match self.by {
            Characteristic::Age => of == Trait::Minor,
            Characteristic::Sex => matches!(of, Trait::Woman | Trait::Man),
            Characteristic::Vehicle => of == Trait::NoVehicle,
            Characteristic::WeeklyHours | Characteristic::Distance | Characteristic::Inhabitants => false,
        }
    }

    /// A programme for some ages only has its members among the rows of those ages.
    /// For each such set of rows, as for the territory: enough people that every
    /// band keeps two numbers.
    fn ages_admit(
        &self,
        rows: &Rows,
        cells: &[Vec<u32>],
        placed: Option<usize>,
        placed_hidden: bool,
    ) -> bool {
        let programmes = || self.territory.programmes().iter();
        let sets: BTreeSet<Vec<usize>> =
            programmes().map(|(_, programme)| admitted_rows(programme, rows)).collect();
        let narrow = sets.iter().filter(|set| !set.is_empty() && set.len() < rows.len());
        narrow.into_iter().all(|set| {
            let of = |id: ProgrammeId| admitted_rows(&self.territory.programmes()[id], rows);
            let inside = self.capacity.sums(|id| of(id).iter().all(|row| set.contains(row)));
            let outside = self.capacity.sums(|id| of(id).iter().any(|row| !set.contains(row)));
            let people: u32 = set.iter().flat_map(|&row| &cells[row]).sum();
            if !inside.admit_enrolled(people) {
                return false;
            }
            let Some(placed) = placed else { return true };
            let within: u32 = set.iter().map(|&row| cells[row][placed]).sum();
            let beyond: u32 =
                (0..rows.len()).filter(|row| !set.contains(row)).map(|row| cells[row][placed]).sum();
            !placed_hidden && inside.admit_enrolled(within) && outside.admit_beyond(beyond)
        })
    }
}

/// Joins a row to the smaller of its neighbours.
fn join_neighbour(rows: &mut Rows, totals: &[u32], row: usize) {
    let before = row.checked_sub(1);
    let after = (row + 1 < rows.len()).then_some(row + 1);
    let smaller = before.into_iter().chain(after).min_by_key(|&i| totals[i]);
    if let Some(other) = smaller {
        let (first, second) = (row.min(other), row.max(other));
        let joined = rows.remove(second);
        rows[first].extend(joined);
    }
}

/// The rows of the age table that hold an age which the programme admits.
fn admitted_rows(programme: &Programme, rows: &Rows) -> Vec<usize> {
    let ages = programme.ages;
    let before = ages.before.max(ages.before_if_disabled.unwrap_or(0));
    let admits = |&row: &usize| {
        let (from, to) = AGES[row];
        i32::from(ages.from) <= to && from < i32::from(before)
    };
    (0..rows.len()).filter(|&at| rows[at].iter().any(admits)).collect()
}
