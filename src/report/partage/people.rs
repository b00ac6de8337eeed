//! Each person enrolled, as far as counts need: which commune, what became of
//! them, and the four characteristics that tables are made of.

use super::super::files::Locale;
use super::super::interne::{had_asked, placed};
use crate::finding::Lang;
use crate::plan::Plan;
use crate::reach::Reason;
use crate::territory::{Sex, Territory, Youth};
use crate::units::{InseeCode, YouthId};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A person enrolled in at least one programme.
pub(super) struct Person {
    /// Where they live, if that is known.
    pub(super) commune: Option<InseeCode>,
    pub(super) outcome: Outcome,
    /// The row of each characteristic, in the order of [`Characteristic::ALL`].
    pub(super) rows: [usize; 4],
}

/// A word of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) en: &'static str,
    fr: &'static str,
}

impl Word {
    pub(super) const fn new(en: &'static str, fr: &'static str) -> Self {
        Self { en, fr }
    }

    /// As people read it.
    pub(super) fn in_lang(self, lang: Lang) -> String {
        let in_english = || match self.en.split_once('_') {
            Some((from, to)) if from.parse::<u8>().is_ok() && to.parse::<u8>().is_ok() => {
                format!("{from}–{to}")
            }
            _ => self.en.replace('_', " "),
        };
        match lang {
            Lang::Fr => self.fr.to_owned(),
            Lang::En => in_english(),
        }
    }

    pub(super) fn in_locale(self, locale: Locale) -> &'static str {
        locale.pick(self.en, self.fr)
    }
}

/// What became of a person. Reasons are told in families: fine enough to act on,
/// and none of them is impossible for a row of a table, which would tell a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Outcome {
    /// In at least one group.
    Placed,
    /// Hours: not available, or elsewhere.
    Hours,
    /// No way to come and go.
    NoWay,
    /// A trip too long.
    TooLong,
    /// Too few others for a group.
    TooFew,
    /// Groups, rooms, advisers are full, or others were preferred.
    NoPlace,
    /// Age, a rule or a decision.
    Rule,
}

impl Outcome {
    /// Those of people without a place, in the order of the files.
    pub(super) const LEFT_OUT: [Self; 6] =
        [Self::Hours, Self::NoWay, Self::TooLong, Self::TooFew, Self::NoPlace, Self::Rule];

    pub(super) const fn is_placed(self) -> bool {
        matches!(self, Self::Placed)
    }

    pub(super) const fn word(self) -> Word {
        match self {
            Self::Placed => Word::new("placed", "avec une place"),
            Self::Hours => Word::new("hours", "horaires"),
            Self::NoWay => Word::new("no_way", "aucun moyen de venir"),
            Self::TooLong => Word::new("too_long", "trajet trop long"),
            Self::TooFew => Word::new("too_few", "trop peu pour un groupe"),
            Self::NoPlace => Word::new("no_place", "plus de place"),
            Self::Rule => Word::new("rule", "âge, règle ou décision"),
        }
    }

    const fn of(reason: Reason) -> Self {
        match reason {
            Reason::NotAvailable | Reason::SlotClash | Reason::SiteClosed => Self::Hours,
            Reason::NotLocated
            | Reason::NoMode
            | Reason::NoBusThen
            | Reason::NotInHolidays
            | Reason::NoWayBack
            | Reason::TimetableUnknown => Self::NoWay,
            Reason::TooFar | Reason::TooLongADay => Self::TooLong,
            Reason::GroupTooSmall => Self::TooFew,
            Reason::Full | Reason::BetterPlan => Self::NoPlace,
            Reason::NotEnrolled | Reason::Age | Reason::MixRule | Reason::Excluded | Reason::PinnedOut => {
                Self::Rule
            }
        }
    }
}

/// What a table is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Characteristic {
    /// On the first day that a programme can start.
    Age,
    Sex,
    /// Whether the person has a vehicle of any kind.
    Vehicle,
    /// Whether the weekly hours are within reach.
    WeeklyHours,
    /// Of a zone's main commune, to the nearest existing site as the crow flies.
    Distance,
    /// Of a zone's main commune.
    Inhabitants,
}

impl Characteristic {
    /// Those of a person.
    pub(super) const ALL: [Self; 4] = [Self::Age, Self::Sex, Self::Vehicle, Self::WeeklyHours];
    /// Those of a zone.
    pub(super) const OF_ZONES: [Self; 2] = [Self::Distance, Self::Inhabitants];

    pub(super) const fn word(self) -> Word {
        match self {
            Self::Age => Word::new("age", "âge"),
            Self::Sex => Word::new("sex", "sexe"),
            Self::Vehicle => Word::new("vehicle", "véhicule"),
            Self::WeeklyHours => Word::new("weekly_hours", "heures par semaine"),
            Self::Distance => Word::new("zone_distance", "distance de la zone au site le plus proche"),
            Self::Inhabitants => {
                Word::new("zone_inhabitants", "habitants de la commune principale de la zone")
            }
        }
    }

    /// Its rows, neighbours side by side.
    pub(super) const fn rows(self) -> &'static [Word] {
        const AGE: [Word; 4] = [
            Word::new("under_18", "moins de 18 ans"),
            Word::new("18_21", "18 à 21 ans"),
            Word::new("22_25", "22 à 25 ans"),
            Word::new("26_and_over", "26 ans et plus"),
        ];
        const SEX: [Word; 3] = [
            Word::new("women", "femmes"),
            Word::new("men", "hommes"),
            Word::new("not_told", "sexe non renseigné"),
        ];
        const VEHICLE: [Word; 2] =
            [Word::new("with", "avec un véhicule"), Word::new("without", "sans véhicule")];
        const HOURS: [Word; 2] =
            [Word::new("within_reach", "à portée"), Word::new("short", "hors de portée")];
        const DISTANCE: [Word; 6] = [
            Word::new("under_5_km", "moins de 5 km"),
            Word::new("5_to_10_km", "5 à 10 km"),
            Word::new("10_to_20_km", "10 à 20 km"),
            Word::new("20_to_30_km", "20 à 30 km"),
            Word::new("30_km_and_over", "30 km et plus"),
            Word::new("distance_not_known", "non renseignée"),
        ];
        const INHABITANTS: [Word; 6] = [
            Word::new("under_500", "moins de 500"),
            Word::new("500_to_999", "500 à 999"),
            Word::new("1000_to_1999", "1 000 à 1 999"),
            Word::new("2000_to_4999", "2 000 à 4 999"),
            Word::new("5000_and_over", "5 000 et plus"),
            Word::new("inhabitants_not_known", "non renseigné"),
        ];
        match self {
            Self::Age => &AGE,
            Self::Sex => &SEX,
            Self::Vehicle => &VEHICLE,
            Self::WeeklyHours => &HOURS,
            Self::Distance => &DISTANCE,
            Self::Inhabitants => &INHABITANTS,
        }
    }
}

/// The ages of the rows of [`Characteristic::Age`], both included.
pub(super) const AGES: [(i32, i32); 4] = [(i32::MIN, 17), (18, 21), (22, 25), (26, i32::MAX)];

/// Everybody enrolled, in the order of the keys.
pub(super) fn people(territory: &Territory, plan: &Plan) -> Vec<Person> {
    let placed = placed(plan);
    let mut reasons: BTreeMap<YouthId, Reason> = BTreeMap::new();
    for one in plan.left_out.iter().filter(|one| had_asked(one.reason)) {
        // As for a programme: the reason of the one that got furthest.
        let reason = reasons.entry(one.youth).or_insert(one.reason);
        *reason = one.reason.max(*reason);
    }
    let weekly = territory.rules().weekly_hours;
    let hours: BTreeMap<YouthId, bool> =
        plan.hours.iter().map(|hours| (hours.youth, hours.within_reach >= weekly)).collect();
    let on = territory.programmes().iter().map(|(_, programme)| programme.start.first).min();
    let enrolled = territory.youths().iter().filter(|(_, youth)| !youth.programmes.is_empty());
    enrolled
        .map(|(id, youth)| Person {
            commune: youth.home.and_then(|home| territory.places()[home].commune),
            outcome: match reasons.get(&id) {
                _ if placed.contains(&id) => Outcome::Placed,
                Some(&reason) => Outcome::of(reason),
                None => Outcome::Rule,
            },
            rows: [
                age_row(youth, on),
                match youth.sex {
                    Some(Sex::Woman) => 0,
                    Some(Sex::Man) => 1,
                    None => 2,
                },
                usize::from(youth.vehicles.is_empty()),
                usize::from(!hours.get(&id).copied().unwrap_or(false)),
            ],
        })
        .collect()
}

fn age_row(youth: &Youth, on: Option<Date>) -> usize {
    let age = on.map_or(0, |on| youth.birth.age_on(on));
    AGES.iter().position(|&(from, to)| from <= age && age <= to).unwrap_or(0)
}
