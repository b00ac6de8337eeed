//! Levers as `leviers.csv`; `docs/files.md` describes every column.

use super::super::files::{Audience, Cell, Column, Locale, Sheet};
use super::super::language;
use super::{Levers, Telling};
use crate::finding::Lang;
use crate::questions::Single;
use crate::territory::Territory;
use crate::units::Cents;

const LEVERS: [Column; 16] = [
    Column::new("lever", "levier"),
    Column::new("lever_name", "nom_levier"),
    Column::new("kind", "nature"),
    Column::new("cost_eur", "coût_eur"),
    Column::new("cost_is_most", "coût_au_plus"),
    Column::new("places_at_least", "places_au_moins"),
    Column::new("places_at_most", "places_au_plus"),
    Column::new("groups", "groupes"),
    Column::new("groups_by_programme", "groupes_par_dispositif"),
    Column::new("eur_per_place", "eur_par_place"),
    Column::new("decider", "qui_décide"),
    Column::new("delay_weeks", "délai_semaines"),
    Column::new("dominated_by", "dominé_par"),
    Column::new("source", "source"),
    Column::new("in_cheapest", "dans_le_moins_cher"),
    Column::new("youths_unlocked", "jeunes_débloqués"),
];

/// One row a lever, in the order in which they are given.
pub(in crate::report) fn sheet(territory: &Territory, levers: Levers<'_>, locale: Locale) -> Vec<u8> {
    let telling = Telling::new(territory, levers, locale.pick(Lang::En, Lang::Fr));
    let mut sheet = Sheet::new(Audience::Interne, locale, &LEVERS);
    for single in &levers.answer.singly {
        sheet.row(row(&telling, single, locale));
    }
    sheet.finish()
}

fn row<'a>(telling: &Telling<'a>, single: &'a Single, locale: Locale) -> [Cell<'a>; 16] {
    let answer = telling.levers.answer;
    let lever = &answer.levers[single.lever];
    let french = language::levers::of(Lang::Fr);
    let by_programme = single.gain.groups.iter().map(|&(id, n)| {
        format!("{}{} {n:+}", telling.territory.programmes().key_of(id), locale.pick(":", " :"))
    });
    // What takes away on purpose is not tried.
    let tried = |n| if lever.change.is_cut() { Cell::Nothing } else { Cell::Whole(n) };
    let best = answer.cheapest.as_ref().and_then(|cheapest| cheapest.step());
    let unlocked = answer.unlocked.iter().filter(|one| one.lever == single.lever).count();
    [
        lever.key.as_str().into(),
        lever.name.as_str().into(),
        locale.pick(lever.change.kind(), french.lever_kind(&lever.change)).into(),
        euros(single.price.total),
        single.price.is_most.into(),
        tried(single.gain.places),
        single.most.map_or(Cell::Nothing, Cell::Whole),
        tried(single.gain.groups.iter().map(|groups| groups.1).sum()),
        by_programme.collect::<Vec<_>>().join(locale.pick(" ", " / ")).into(),
        single.per_place().map_or(Cell::Nothing, euros),
        locale.pick(lever.decider.as_str(), french.decider(lever.decider)).into(),
        lever.delay_weeks.map(u32::from).into(),
        single.dominated_by.map(|by| answer.levers[by].key.as_str()).into(),
        lever.origin.as_str().into(),
        best.map(|step| step.levers.contains(&single.lever)).into(),
        Cell::Whole(unlocked as i64),
    ]
}

/// To the cent: tables are for counting on.
fn euros(cost: Cents) -> Cell<'static> {
    Cell::Decimal(cost.get() as f64 / 100.0)
}
