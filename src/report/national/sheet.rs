//! One line a territory: as CSV, and as a layer of seats.

use super::super::files::{Audience, Cell, Column, Layer, Locale, Sheet};
use super::super::language::national::{NationalSentences, of};
use super::row::{Demand, Kind, Status, TerritoryRow, Then};
use crate::finding::Lang;
use crate::units::{Position, Seconds};
use serde_json::Value;

/// How many columns there are.
const MANY: usize = 34;

const COLUMNS: [Column; MANY] = [
    Column::new("structure", "structure"),
    Column::new("name", "nom"),
    Column::new("status", "état"),
    Column::new("class", "classe"),
    Column::new("catchment", "communes_rattachées_par"),
    Column::new("drawn_youths", "jeunes_tirés_au_sort"),
    Column::new("youths", "jeunes"),
    Column::new("programmes", "dispositifs"),
    Column::new("places_wanted", "places_demandées"),
    Column::new("groups", "groupes"),
    Column::new("placed", "places"),
    Column::new("bound", "places_au_plus"),
    Column::new("gap", "écart"),
    Column::new("proved", "prouvé"),
    Column::new("half_days", "demi_journées"),
    Column::new("trip_min", "trajet_min"),
    Column::new("out_of_reach", "hors_de_portée"),
    Column::new("out_of_reach_percent", "hors_de_portée_pct"),
    Column::new("main_reason", "raison_principale"),
    Column::new("groups_after", "groupes_après"),
    Column::new("placed_after", "places_après"),
    Column::new("bound_after", "places_au_plus_après"),
    Column::new("proved_after", "prouvé_après"),
    Column::new("half_days_after", "demi_journées_après"),
    Column::new("gained", "places_gagnées"),
    Column::new("lost", "places_perdues"),
    Column::new("lost_women", "perdues_femmes"),
    Column::new("lost_men", "perdues_hommes"),
    Column::new("lost_minors", "perdues_mineurs"),
    Column::new("lost_adults", "perdues_majeurs"),
    Column::new("lost_vehicle", "perdues_avec_véhicule"),
    Column::new("lost_no_vehicle", "perdues_sans_véhicule"),
    Column::new("finding_at", "constat_où"),
    Column::new("finding", "constat"),
];

/// A column of the table of structures, a value a row.
///
/// ```
/// use maillage::finding::Lang;
/// use maillage::report::{Basis, Identity, NationalColumn, NationalValues, TerritoryRow, national_columns};
///
/// let of = Identity { id: "tours", name: "Tours", position: None, class: None, basis: Basis::Own };
/// let columns: Vec<NationalColumn> = national_columns(&[TerritoryRow::not_found(&of)], Lang::En);
/// let structure = NationalValues::Text(vec![Some("tours".to_owned())]);
/// assert_eq!(columns[0], NationalColumn { name: "structure", values: structure });
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NationalColumn {
    /// What it is called, in English: as `structures.csv` has it.
    pub name: &'static str,
    /// What is in it.
    pub values: NationalValues,
}

/// The values of a column, all of one kind.
///
/// ```
/// use maillage::report::NationalValues;
///
/// assert_ne!(NationalValues::Whole(vec![None]), NationalValues::YesNo(vec![None]), "even where there is none");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum NationalValues {
    /// Words.
    Text(Vec<Option<String>>),
    /// Counts and minutes.
    Whole(Vec<Option<i64>>),
    /// Percentages.
    Decimal(Vec<Option<f64>>),
    /// Whether it is so.
    YesNo(Vec<Option<bool>>),
}

/// What the cells of a column are, even where no row has any.
enum Holds {
    Text,
    Whole,
    Decimal,
    YesNo,
}

/// In the order of [`COLUMNS`].
const HOLDS: [Holds; MANY] = {
    use Holds::{Decimal, Text, Whole, YesNo};
    [
        Text, Text, Text, Text, Text, YesNo, Whole, Whole, Whole, Whole, Whole, Whole, Whole, YesNo, Whole,
        Whole, Whole, Decimal, Text, Whole, Whole, Whole, YesNo, Whole, Whole, Whole, Whole, Whole, Whole,
        Whole, Whole, Whole, Text, Text,
    ]
};

/// The table of structures column by column, with the words that programs know; findings are in `lang`.
pub fn national_columns(rows: &[TerritoryRow], lang: Lang) -> Vec<NationalColumn> {
    let all: Vec<_> = rows.iter().map(|row| cells(row, Locale::En)).collect();
    let column = |(at, (of, holds)): (usize, (&Column, &Holds))| {
        let cells = all.iter().map(|row| &row[at]);
        let values = match holds {
            _ if of.en == "finding" => {
                NationalValues::Text(rows.iter().map(|row| row.first_finding(lang)).collect())
            }
            Holds::Text => NationalValues::Text(
                cells
                    .map(|cell| if let Cell::Text(text) = cell { Some(text.to_string()) } else { None })
                    .collect(),
            ),
            Holds::Whole => NationalValues::Whole(
                cells.map(|cell| if let Cell::Whole(n) = cell { Some(*n) } else { None }).collect(),
            ),
            Holds::Decimal => NationalValues::Decimal(
                cells.map(|cell| if let Cell::Decimal(x) = cell { Some(*x) } else { None }).collect(),
            ),
            Holds::YesNo => NationalValues::YesNo(
                cells.map(|cell| if let Cell::YesNo(yes) = cell { Some(*yes) } else { None }).collect(),
            ),
        };
        NationalColumn { name: of.en, values }
    };
    COLUMNS.iter().zip(&HOLDS).enumerate().map(column).collect()
}

pub(super) fn sheet(rows: &[TerritoryRow], locale: Locale) -> Vec<u8> {
    let mut sheet = Sheet::new(Audience::Interne, locale, &COLUMNS);
    rows.iter().for_each(|row| sheet.row(cells(row, locale)));
    sheet.finish()
}

/// Seats, with the English names that programs know.
pub(super) fn layer(rows: &[TerritoryRow]) -> Vec<u8> {
    let mut layer = Layer::new(Audience::Interne, "structures");
    for row in rows {
        let mut cells = cells(row, Locale::En).into_iter();
        let properties: [(&str, Value); MANY] =
            std::array::from_fn(|at| (COLUMNS[at].en, cells.next().map_or(Value::Null, value)));
        let seat = row.lon.zip(row.lat).and_then(|(lon, lat)| Position::new(lon, lat));
        layer.point(properties, seat);
    }
    layer.finish()
}

fn value(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Text(text) => Value::from(text.into_owned()),
        Cell::Whole(n) => Value::from(n),
        Cell::Decimal(x) => Value::from(x),
        Cell::YesNo(yes) => Value::from(yes),
        Cell::Nothing => Value::Null,
    }
}

/// What is told of a territory, in the order of [`COLUMNS`].
fn cells(row: &TerritoryRow, locale: Locale) -> [Cell<'_>; MANY] {
    let say = of(locale.lang());
    let (demand, before) = (row.demand.as_ref(), row.before.as_ref());
    let then = row.after.as_ref().map(|after| &after.then);
    let lost = |kind: Kind| {
        let after = row.after.as_ref()?;
        Some(after.by.iter().find(|one| one.kind == kind).map_or(0, |one| one.lost))
    };
    let first = row.findings.first();
    let share = demand.zip(before).and_then(|(demand, before)| out_of_reach(demand, before));
    [
        row.id.as_str().into(),
        row.name.as_str().into(),
        status(row.status, say).into(),
        say.class(row.class).into(),
        say.basis(row.catchment).into(),
        demand.map(|demand| demand.seed.is_some()).into(),
        demand.map(|demand| demand.youths).into(),
        demand.map(|demand| demand.programmes).into(),
        demand.map(|demand| demand.enrolled).into(),
        before.map(|then| then.groups).into(),
        whole(before, |then| then.placed),
        whole(before, |then| then.bound),
        whole(before, |then| then.bound - then.placed),
        before.map(Then::is_proved).into(),
        before.and_then(|then| then.half_days).into(),
        before.and_then(|then| then.trip_s).map(|s| Seconds::new(s).to_minutes().get()).into(),
        before.map(|then| then.out_of_reach).into(),
        share.map_or(Cell::Nothing, Cell::Decimal),
        reason(row, locale).into(),
        then.map(|then| then.groups).into(),
        whole(then, |then| then.placed),
        whole(then, |then| then.bound),
        then.map(Then::is_proved).into(),
        then.and_then(|then| then.half_days).into(),
        row.after.as_ref().map(|after| after.gained).into(),
        row.after.as_ref().map(|after| after.lost).into(),
        lost(Kind::Women).into(),
        lost(Kind::Men).into(),
        lost(Kind::Minors).into(),
        lost(Kind::Adults).into(),
        lost(Kind::Vehicle).into(),
        lost(Kind::NoVehicle).into(),
        first.map(super::row::RowFinding::place).into(),
        first.map(|finding| finding.what(locale.lang())).into(),
    ]
}

fn whole<'c>(then: Option<&Then>, of: impl Fn(&Then) -> i64) -> Cell<'c> {
    then.map_or(Cell::Nothing, |then| Cell::Whole(of(then)))
}

fn status(status: Status, say: &dyn NationalSentences) -> &'static str {
    match status {
        Status::Answered => say.answered(),
        Status::Broken => say.broken(),
        Status::NotFound => say.no_plan(),
    }
}

/// The word that programs know; in French, the sentence.
fn reason(row: &TerritoryRow, locale: Locale) -> Option<String> {
    let limit = Seconds::new(row.demand.as_ref()?.limit_s);
    let reason = row.before.as_ref()?.reason()?;
    let say = of(locale.lang());
    Some(locale.pick(reason.as_str().to_owned(), say.reason(reason, limit)))
}

/// Percent of the places wanted, to a tenth.
pub(super) fn out_of_reach(demand: &Demand, then: &Then) -> Option<f64> {
    let wanted = f64::from(demand.enrolled);
    (wanted > 0.0).then(|| (1_000.0 * f64::from(then.out_of_reach) / wanted).round() / 10.0)
}
