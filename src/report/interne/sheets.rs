//! The CSV files of `interne/`; `docs/files.md` describes every column.

use super::super::files::{Audience, Cell, Column, Locale, Sheet};
use super::super::json::{bind_word, decimal_hours, turn_word};
use super::super::language::{self, Obstacle};
use super::super::names;
use super::had_asked;
use crate::finding::Lang;
use crate::plan::{Bind, Offer, Plan};
use crate::reach::Reason;
use crate::territory::{Mode, Territory};
use crate::units::{ProgrammeId, Seconds, YouthId};

pub(super) struct Sheets<'a> {
    pub(super) territory: &'a Territory,
    pub(super) plan: &'a Plan,
    pub(super) locale: Locale,
}

const PROGRAMMES: [Column; 14] = [
    Column::new("programme", "dispositif"),
    Column::new("programme_name", "nom_dispositif"),
    Column::new("min", "min"),
    Column::new("target", "cible"),
    Column::new("max", "max"),
    Column::new("groups", "groupes"),
    Column::new("placed", "placés"),
    Column::new("enrolled", "inscrits"),
    Column::new("binds", "ce_qui_bloque"),
    Column::new("closest_site", "site_au_plus_près"),
    Column::new("closest_slots", "demi-journées_au_plus_près"),
    Column::new("closest_start", "début_au_plus_près"),
    Column::new("closest_reachable", "peuvent_y_venir"),
    Column::new("closest_missing", "manque"),
];

/// Where and when, the same columns wherever an offer is told.
pub(in super::super) const OFFER: [Column; 7] = [
    Column::new("programme", "dispositif"),
    Column::new("programme_name", "nom_dispositif"),
    Column::new("site", "site"),
    Column::new("site_name", "nom_site"),
    Column::new("turns", "alternance"),
    Column::new("slots", "demi-journées"),
    Column::new("start", "début"),
];

const VERDICT: [Column; 3] = [
    Column::new("reachable", "peuvent_venir"),
    Column::new("viable", "possible"),
    Column::new("missing", "manque"),
];

const NUMBER: Column = Column::new("group", "groupe");

const SIZE: [Column; 3] =
    [Column::new("size", "effectif"), Column::new("min", "min"), Column::new("max", "max")];

const MEMBERS: [Column; 9] = [
    NUMBER,
    Column::new("programme", "dispositif"),
    Column::new("youth", "jeune"),
    Column::new("mode", "mode"),
    Column::new("mode_back", "mode_retour"),
    Column::new("to_min", "aller_min"),
    Column::new("from_min", "retour_min"),
    Column::new("sessions", "séances"),
    Column::new("of", "sur"),
];

const LEFT_OUT: [Column; 5] = [
    Column::new("youth", "jeune"),
    Column::new("programme", "dispositif"),
    Column::new("programme_name", "nom_dispositif"),
    Column::new("reason", "motif"),
    Column::new("reasons", "tous_les_motifs"),
];

const HOURS: [Column; 3] = [
    Column::new("youth", "jeune"),
    Column::new("weekly_hours", "heures_à_portée"),
    Column::new("planned_hours", "heures_prévues"),
];

impl<'a> Sheets<'a> {
    pub(super) fn programmes(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&PROGRAMMES);
        for answer in &self.plan.programmes {
            let size = self.territory.planned_size(answer.programme);
            let closest = answer.closest.and_then(|at| self.plan.verdicts.get(at));
            sheet.row([
                self.programme(answer.programme),
                names::programme(self.territory, answer.programme).into(),
                size.min().into(),
                size.target().into(),
                size.max().into(),
                answer.groups.into(),
                answer.placed.get().into(),
                answer.enrolled.get().into(),
                answer.binds.map(|bind| bind_in(bind, self.locale)).into(),
                closest.map(|v| names::site_keys(self.territory, &v.offer)).into(),
                closest.map(|v| names::slot_keys(self.territory, &v.offer).join(" ")).into(),
                closest.map(|v| v.offer.start.to_string()).into(),
                closest.map(|v| v.reachable.get()).into(),
                closest.map(|v| v.missing.get()).into(),
            ]);
        }
        sheet.finish()
    }

    pub(super) fn verdicts(&self) -> Vec<u8> {
        let mut sheet = self.sheet(OFFER.iter().chain(&VERDICT));
        for verdict in &self.plan.verdicts {
            let answer =
                [verdict.reachable.get().into(), verdict.viable.into(), verdict.missing.get().into()];
            sheet.row(offer(self.territory, &verdict.offer, self.locale).into_iter().chain(answer));
        }
        sheet.finish()
    }

    pub(super) fn groups(&self) -> Vec<u8> {
        let mut sheet = self.sheet([&NUMBER].into_iter().chain(&OFFER).chain(&SIZE));
        for (number, group) in numbered(&self.plan.groups) {
            let size = self.territory.planned_size(group.offer.programme);
            let members = u32::try_from(group.members.len()).unwrap_or(u32::MAX);
            let size = [members.into(), size.min().into(), size.max().into()];
            let offer = offer(self.territory, &group.offer, self.locale);
            sheet.row([number.into()].into_iter().chain(offer).chain(size));
        }
        sheet.finish()
    }

    pub(super) fn members(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&MEMBERS);
        for (number, group) in numbered(&self.plan.groups) {
            for member in &group.members {
                let minutes = |trip: Option<Seconds>| trip.map(|trip| trip.to_minutes().get()).into();
                let by_video = || self.locale.pick("visio", "en visio").to_owned();
                sheet.row([
                    number.into(),
                    self.programme(group.offer.programme),
                    self.youth(member.youth),
                    member.trip.map_or_else(by_video, |trip| self.mode(trip.mode_to)).into(),
                    member.trip.map(|trip| self.mode(trip.mode_back)).into(),
                    minutes(member.trip.map(|trip| trip.to)),
                    minutes(member.trip.map(|trip| trip.back)),
                    member.reachable.into(),
                    member.of.into(),
                ]);
            }
        }
        sheet.finish()
    }

    pub(super) fn left_out(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&LEFT_OUT);
        for one in self.plan.left_out.iter().filter(|one| had_asked(one.reason)) {
            let all: Vec<String> =
                one.reasons.iter().map(|reason| self.reason(reason, one.programme)).collect();
            sheet.row([
                self.youth(one.youth),
                self.programme(one.programme),
                names::programme(self.territory, one.programme).into(),
                self.reason(one.reason, one.programme).into(),
                all.join(self.locale.pick(" ", " / ")).into(),
            ]);
        }
        sheet.finish()
    }

    pub(super) fn hours(&self) -> Vec<u8> {
        let mut sheet = self.sheet(&HOURS);
        for hours in &self.plan.hours {
            let decimal = |time| Cell::Decimal(decimal_hours(time));
            sheet.row([self.youth(hours.youth), decimal(hours.within_reach), decimal(hours.planned)]);
        }
        sheet.finish()
    }

    fn sheet<'c>(&self, columns: impl IntoIterator<Item = &'c Column>) -> Sheet {
        Sheet::new(Audience::Interne, self.locale, columns)
    }

    fn programme(&self, id: ProgrammeId) -> Cell<'a> {
        self.territory.programmes().key_of(id).into()
    }

    fn youth(&self, id: YouthId) -> Cell<'a> {
        self.territory.youths().key_of(id).into()
    }

    fn mode(&self, mode: Mode) -> String {
        mode.name().in_lang(self.locale.lang()).to_owned()
    }

    fn reason(&self, reason: Reason, programme: ProgrammeId) -> String {
        match self.locale {
            Locale::En => reason.as_str().to_owned(),
            Locale::Fr => language::of(Lang::Fr).reason(reason, self.territory.limit_of(programme)),
        }
    }
}

/// The cells of [`OFFER`].
pub(in super::super) fn offer<'t>(territory: &'t Territory, offer: &Offer, locale: Locale) -> [Cell<'t>; 7] {
    let sites = offer.venue.sites().iter().map(|&site| names::site(territory, site));
    let turns = offer.turns().map(|turn| match (turn_word(turn), locale) {
        (word, Locale::En) => word,
        ("week", Locale::Fr) => "semaine",
        (_, Locale::Fr) => "jour",
    });
    [
        territory.programmes().key_of(offer.programme).into(),
        names::programme(territory, offer.programme).into(),
        names::site_keys(territory, offer).into(),
        sites.collect::<Vec<_>>().join(" + ").into(),
        turns.into(),
        names::slot_keys(territory, offer).join(" ").into(),
        offer.start.to_string().into(),
    ]
}

/// What binds, as the locale has it.
pub(in super::super) fn bind_in(bind: Bind, locale: Locale) -> &'static str {
    match locale {
        Locale::En => bind_word(bind),
        Locale::Fr => language::of(Lang::Fr).obstacle(Obstacle { bind, hours_too: false }),
    }
}

/// Groups as the page numbers them, from one.
fn numbered<T>(groups: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (1..).zip(groups)
}
