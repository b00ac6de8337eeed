//! The files of `partage/`; `docs/files.md` describes every column.

use super::super::files::{Audience, Cell, Column, Contents, Document, Layer, Locale, Run, Sheet, manifest};
use super::super::interne::{OFFER, bind_in, offer, status};
use super::super::language::{self, page::PageSentences};
use super::super::names;
use super::bands::Band;
use super::people::Word;
use super::tables::{Column as Outcomes, Table};
use super::wire::{Shared, zone_id};
use super::{Counts, Safe, bind_shared};
use crate::finding::Lang;
use crate::plan::Plan;
use crate::territory::Territory;
use serde_json::Value;

const PROGRAMMES: [Column; 7] = [
    Column::new("programme", "dispositif"),
    Column::new("programme_name", "nom_dispositif"),
    Column::new("min", "min"),
    Column::new("target", "cible"),
    Column::new("max", "max"),
    Column::new("groups", "groupes"),
    Column::new("binds", "ce_qui_bloque"),
];

const VERDICT: [Column; 4] = [
    Column::new("viable", "possible"),
    Column::new("groups", "groupes"),
    Column::new("reachable", "peuvent_venir"),
    Column::new("shortfall", "manque"),
];

const SIZE: Column = Column::new("size", "effectif");

const ZONES: [Column; 5] = [
    Column::new("zone", "zone"),
    Column::new("zone_name", "nom_zone"),
    Column::new("enrolled", "inscrits"),
    Column::new("placed", "avec_une_place"),
    Column::new("left_out", "sans_place"),
];

const ZONE_COMMUNES: [Column; 4] = [
    Column::new("zone", "zone"),
    Column::new("zone_name", "nom_zone"),
    Column::new("insee_code", "code_insee"),
    Column::new("commune", "commune"),
];

const TABLES: [Column; 4] = [
    Column::new("by", "selon"),
    Column::new("row", "ligne"),
    Column::new("outcome", "issue"),
    Column::new("people", "personnes"),
];

/// Stands where a count is not told, the small ones and their complements alike.
const SECRET: Word = Word::new("secret", "secret");
const ALL: Word = Word::new("all", "ensemble");

/// The files of `partage/`, the manifest last.
pub(in super::super) fn documents(territory: &Territory, plan: &Plan, run: &Run<'_>) -> Vec<Document> {
    let safe = Safe::of(territory, plan).with_levers(territory, plan, run);
    let writer = Writer { territory, plan, safe: &safe, locale: run.locale };
    let shared = |name, bytes: Vec<u8>| Document::new(Audience::Partage, name, bytes);
    let json = Shared::of(territory, plan, &safe);
    let mut all = vec![
        shared("programmes.csv", writer.programmes()),
        shared("verdicts.csv", writer.verdicts()),
        shared("groups.csv", writer.groups()),
        shared("zones.csv", writer.zones()),
        shared("zone_communes.csv", writer.zone_communes()),
        shared("tables.csv", writer.tables()),
        shared("sites.geojson", writer.sites()),
        shared("zones.geojson", writer.zone_outlines()),
        shared("index.html", super::page::page(territory, plan, run, &safe).into_bytes()),
        shared("partage.json", format!("{json}\n").into_bytes()),
    ];
    // The exact proof would add sizes up.
    let contents = Contents { audience: Audience::Partage, proof: None, documents: &all };
    all.push(manifest(territory, plan, run, contents));
    all
}

struct Writer<'a> {
    territory: &'a Territory,
    plan: &'a Plan,
    safe: &'a Safe<'a>,
    locale: Locale,
}

impl Writer<'_> {
    fn sheet<'c>(&self, columns: impl IntoIterator<Item = &'c Column>) -> Sheet {
        Sheet::new(Audience::Partage, self.locale, columns)
    }

    fn programmes(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&PROGRAMMES);
        for answer in &self.plan.programmes {
            let size = self.territory.planned_size(answer.programme);
            sheet.row([
                self.territory.programmes().key_of(answer.programme).into(),
                names::programme(self.territory, answer.programme).into(),
                size.min().into(),
                size.target().into(),
                size.max().into(),
                answer.groups.into(),
                bind_shared(answer, size).map(|bind| bind_in(bind, self.locale)).into(),
            ]);
        }
        sheet.finish()
    }

    fn verdicts(&self) -> Vec<u8> {
        let mut sheet = self.sheet(OFFER.iter().chain(&VERDICT));
        for option in &self.safe.capacity.options {
            let answer = [
                option.viable.into(),
                option.groups.into(),
                option.reachable.map(|band| self.band(band)).into(),
                self.band(option.shortfall).into(),
            ];
            sheet.row(offer(self.territory, option.offer, self.locale).into_iter().chain(answer));
        }
        sheet.finish()
    }

    fn groups(&self) -> Vec<u8> {
        let mut sheet = self.sheet(OFFER.iter().chain([&SIZE]));
        for option in &self.safe.capacity.options {
            for _ in 0..option.groups {
                let size = option.size.map(|band| self.band(band)).into();
                sheet.row(offer(self.territory, option.offer, self.locale).into_iter().chain([size]));
            }
        }
        sheet.finish()
    }

    fn say(&self) -> &'static dyn PageSentences {
        language::page::of(self.locale.lang())
    }

    fn zones(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&ZONES);
        for (at, zone) in self.safe.zones.iter().enumerate() {
            let [placed, left_out] = zone.outcomes();
            sheet.row([
                zone_id(at).into(),
                zone.name(self.locale.lang()).into(),
                zone.enrolled().into(),
                placed.into(),
                left_out.into(),
            ]);
        }
        sheet.finish()
    }

    fn zone_communes(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&ZONE_COMMUNES);
        for (at, zone) in self.safe.zones.iter().enumerate() {
            for commune in &zone.communes {
                sheet.row([
                    zone_id(at).into(),
                    zone.name(self.locale.lang()).into(),
                    commune.code.to_string().into(),
                    commune.name.as_str().into(),
                ]);
            }
        }
        sheet.finish()
    }

    fn tables(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&TABLES);
        let mut all = |outcome: Word, people: Cell<'_>| {
            sheet.row([self.word(ALL), self.word(ALL), self.word(outcome), people]);
        };
        for &(outcome, people) in &self.safe.outcomes {
            all(outcome, people.into());
        }
        match self.safe.counts {
            Counts::Nothing { fewer: false } => {}
            Counts::Nothing { fewer: true } => {
                let threshold = self.territory.rules().threshold;
                all(Outcomes::ENROLLED, self.say().fewer_than(threshold).into());
            }
            Counts::Enrolled(enrolled) => all(Outcomes::ENROLLED, enrolled.into()),
            Counts::Outcomes { placed, left_out } => all(Outcomes::ENROLLED, (placed + left_out).into()),
        }
        for table in &self.safe.tables {
            self.table(&mut sheet, table);
        }
        sheet.finish()
    }

    /// One line a cell, the row's total last.
    fn table(&self, sheet: &mut Sheet, table: &Table) {
        for row in &table.rows {
            let words = row.words.iter().map(|word| word.in_locale(self.locale).to_owned());
            let name = self.say().or(&words.collect::<Vec<_>>());
            let mut line = |outcome: Word, people: Cell<'static>| {
                sheet.row([self.word(table.by.word()), name.as_str().into(), self.word(outcome), people]);
            };
            if table.columns.0.len() > 1 {
                for (column, cell) in table.columns.0.iter().zip(&row.cells) {
                    line(column.word, cell.map_or(self.word(SECRET), Cell::from));
                }
            }
            line(Outcomes::ENROLLED, row.total.into());
        }
    }

    fn sites(&self) -> Vec<u8> {
        let mut layer = Layer::new(Audience::Partage, "sites");
        for (id, site) in self.territory.sites().iter() {
            let groups = self.plan.groups.iter().filter(|g| g.offer.venue.sites().contains(&id)).count();
            let properties = [
                ("id", site.key.as_str().into()),
                ("name", names::site(self.territory, id).into()),
                ("status", status(site.status).into()),
                ("opened", self.plan.opened.contains(&id).into()),
                ("groups", groups.into()),
            ];
            layer.point(properties, site.position);
        }
        layer.finish()
    }

    fn zone_outlines(&self) -> Vec<u8> {
        let mut layer = Layer::new(Audience::Partage, "zones");
        for (at, zone) in self.safe.zones.iter().enumerate() {
            let [placed, left_out] = zone.outcomes();
            let properties = [
                ("id", Value::from(zone_id(at))),
                ("name", zone.name(Lang::Fr).into()),
                ("communes", zone.communes.len().into()),
                ("enrolled", zone.enrolled().into()),
                ("placed", placed.into()),
                ("left_out", left_out.into()),
            ];
            layer.outline(properties, &zone.outline(self.territory.outlines()));
        }
        layer.finish()
    }

    fn word(&self, word: Word) -> Cell<'static> {
        word.in_locale(self.locale).into()
    }

    /// "5–7", "8+"; « 5 à 7 », « 8 ou plus ». Never with a hyphen, which a spreadsheet reads as a date.
    fn band(&self, band: Band) -> String {
        match (band.from, band.to, self.locale) {
            (from, Some(to), _) if from == to => from.to_string(),
            (from, Some(to), Locale::En) => format!("{from}–{to}"),
            (from, Some(to), Locale::Fr) => format!("{from} à {to}"),
            (from, None, Locale::En) => format!("{from}+"),
            (from, None, Locale::Fr) => format!("{from} ou plus"),
        }
    }
}
