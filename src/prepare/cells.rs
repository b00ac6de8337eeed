//! What a cell says, as people write it: dates of birth, licences, how somebody travels.

use super::notes::Supposed;
use crate::read::understood::{self, yes_or_no};
use crate::read::{fold, words};
use crate::territory::{Licence, Sex, VehicleKind};
use jiff::civil::Date;

/// A text in the words of the territory's own files, which their reader understands.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// let dir = tempfile::tempdir().expect("a folder");
/// let file = dir.path().join("export.csv");
/// let rows = "Commune;Age;Disponible\nChinon;18;le matin\nChinon;19;appeler Mme Dupont\n";
/// std::fs::write(&file, rows).expect("written");
/// # let (export, _) = read::export(&file, &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// # let mut next = 1_u64;
/// # let mut draw = || { next ^= next << 13; next ^= next >> 7; next ^= next << 17; (next >> 24) as u8 };
/// # let mut entropy = |bytes: &mut [u8]| { bytes.fill_with(&mut draw); Ok(()) };
/// # let prepared = prepare::from_export(&export, &columns, &request, &mut entropy)?;
/// let Youths::Listed(people) = &prepared.youths else { panic!("those of the export") };
/// // What is not understood is not kept.
/// let told: Vec<&str> = people.iter().filter_map(|one| Some(one.available.as_ref()?.as_str())).collect();
/// assert_eq!(told, ["lun-ven 0h-13h"]);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// `None` unless `reads` understands it.
    fn checked<T>(text: &str, reads: impl Fn(&str) -> Option<T>) -> Option<Self> {
        reads(text).map(|_| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Ages at which somebody may be in a Mission Locale's file, some years around.
const AGES: std::ops::RangeInclusive<i16> = 13..=35;

/// The first day of the month of birth; of a year of two digits, the century is that in
/// which somebody is young.
pub(super) fn birth(text: &str, start: Date) -> Option<Date> {
    let text = text.trim();
    let text = text.split_once(['T', ' ']).filter(|(_, time)| is_time(time)).map_or(text, |(day, _)| day);
    let plain = text.replace(['.', ' '], "/");
    let dashed = if is_day_first(&plain) { plain.replace('-', "/") } else { plain };
    let month = understood::month(&dashed).or_else(|| understood::month(&long_year(&dashed, start)?));
    let month = month.or_else(|| in_words(text))?;
    AGES.contains(&(start.year() - month.year())).then_some(month)
}

fn is_time(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z'))
        && text.contains(':')
}

/// Whether dashes part a date that is written day first: `17-03-2008`.
fn is_day_first(text: &str) -> bool {
    let first = text.split('-').next().unwrap_or_default();
    first.len() <= 2 && text.contains('-')
}

/// `17/03/08` with its century.
fn long_year(text: &str, start: Date) -> Option<String> {
    let (day_and_month, year) = text.rsplit_once('/')?;
    let two: i16 = year.parse().ok().filter(|_| year.len() == 2)?;
    let century = if two <= start.year().rem_euclid(100) { 2000 } else { 1900 };
    Some(format!("{day_and_month}/{}", century + two))
}

/// `17 mars 2008`, `mars 2008`.
fn in_words(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"];
    let words: Vec<String> = words(text).collect();
    let [.., month, year] = words.as_slice() else { return None };
    let month = MONTHS.iter().position(|name| month.starts_with(name))?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    Date::new(year, i8::try_from(month + 1).ok()?, 1).ok()
}

/// `18`, `18 ans`.
pub(super) fn age(text: &str) -> Option<u8> {
    let digits = text.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
    let rest = fold(text.trim().strip_prefix(digits)?);
    let years = understood::whole(digits).and_then(|n| u8::try_from(n).ok())?;
    (matches!(rest.as_str(), "" | "an" | "ans") && (13..=35).contains(&years)).then_some(years)
}

pub(super) fn sex(text: &str) -> Option<Sex> {
    Some(match fold(text).as_str() {
        "f" | "femme" | "feminin" | "fille" | "mme" | "madame" | "mlle" | "mademoiselle" | "2" => Sex::Woman,
        "h" | "m" | "homme" | "masculin" | "garcon" | "mr" | "monsieur" | "1" => Sex::Man,
        _ => return None,
    })
}

/// A recognised disability.
pub(super) fn disability(text: &str) -> Option<bool> {
    yes_or_no(text.trim()).or_else(|| match fold(text).as_str() {
        "rqth" | "th" | "boe" | "boeth" | "reconnu" | "reconnue" | "aah" => Some(true),
        "aucun" | "aucune" | "sans" | "nonconcerne" | "encours" | "demandeencours" | "neant" => Some(false),
        _ => None,
    })
}

/// The licences that a text tells, each word of it understood.
pub(super) fn licences(text: &str) -> Option<(Vec<Licence>, Option<Supposed>)> {
    if let Some(has) = yes_or_no(text.trim()) {
        return Some(if has { (vec![Licence::B], Some(Supposed::LicenceB)) } else { (Vec::new(), None) });
    }
    let (mut held, mut understood) = (Vec::new(), false);
    for word in words(text) {
        match word.as_str() {
            "b" | "bvl" | "bea" | "be" => held.push(Licence::B),
            "b1" => held.push(Licence::B1),
            "am" | "bsr" => held.push(Licence::Am),
            "a" | "a1" | "a2" | "c" | "d" | "caces" => {}
            "aucun" | "aucune" | "non" | "sans" | "neant" => {}
            "cours" | "code" | "inscrit" | "inscrite" | "passe" | "preparation" => {
                return Some((Vec::new(), Some(Supposed::NotYet)));
            }
            "permis" | "de" | "conduire" | "et" | "en" | "le" | "titulaire" | "du" | "voiture" | "auto"
            | "boite" | "automatique" | "valide" | "obtenu" => continue,
            _ => return None,
        }
        understood = true;
    }
    held.sort();
    held.dedup();
    understood.then_some((held, None))
}

/// How somebody travels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Travels {
    pub(super) vehicles: Vec<VehicleKind>,
    /// Somebody drives the youth.
    pub(super) driven: bool,
    pub(super) supposed: Vec<Supposed>,
}

/// What brings somebody along: each part of the text is understood, or all is not.
pub(super) fn travels(text: &str) -> Option<Travels> {
    let mut all = Travels::default();
    let parts = text.split([',', ';', '/', '+', '|']).flat_map(|part| part.split(" et "));
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (kind, supposed) = travel(&fold(part))?;
        match kind {
            Some(Way::By(vehicle)) => all.vehicles.push(vehicle),
            Some(Way::Driven) => all.driven = true,
            None => {}
        }
        all.supposed.extend(supposed);
    }
    all.vehicles.sort();
    all.vehicles.dedup();
    Some(all)
}

enum Way {
    By(VehicleKind),
    Driven,
}

fn travel(part: &str) -> Option<(Option<Way>, Option<Supposed>)> {
    let has = |words: &[&str]| words.iter().any(|word| part.contains(word));
    let by = |kind| Some((Some(Way::By(kind)), None));
    if matches!(
        part,
        "non" | "aucun" | "aucune" | "neant" | "sans" | "aucunvehicule" | "rien" | "pasdevehicule"
    ) {
        return Some((None, None));
    }
    if has(&["covoit", "accompagn", "parent", "famille", "passager", "amene", "conjoint", "ami"]) {
        return Some((Some(Way::Driven), Some(Supposed::LiftAllWeek)));
    }
    if has(&["sanspermis", "voiturette", "quadricycle", "vsp"]) {
        // Driven with AM: a light quadricycle, at a moped's pace.
        return by(VehicleKind::Moped);
    }
    if has(&[
        "trottinette",
        "pied",
        "pieton",
        "marche",
        "bus",
        "train",
        "transportencommun",
        "transportsencommun",
        "autocar",
        "tram",
        "metro",
        "navette",
        "tad",
    ]) || matches!(part, "tc" | "car")
    {
        return Some((None, Some(Supposed::NoMode)));
    }
    if has(&["electrique", "vae", "assistance"]) && has(&["velo", "vae", "bicyclette"]) {
        return by(VehicleKind::EBike);
    }
    if has(&["velo", "bicyclette", "vtt"]) {
        return by(VehicleKind::Bike);
    }
    if has(&["scooter", "cyclo", "mobylette", "50cc", "2roues", "deuxroues"]) {
        return by(VehicleKind::Moped);
    }
    if part == "moto" || has(&["moto125", "125"]) {
        return Some((Some(Way::By(VehicleKind::Moped)), Some(Supposed::Motorcycle)));
    }
    if has(&["voiture", "vehicule", "automobile", "auto"]) && !has(&["pas", "sans"]) {
        return by(VehicleKind::Car);
    }
    None
}

/// When somebody can come, in the words of `youths.csv`.
pub(super) fn available(text: &str) -> Option<Words> {
    let plain = match fold(text).as_str() {
        "toujours" | "touslesjours" | "tempsplein" | "oui" | "tout" | "semaine" | "toutelasemaine" => "",
        "matin" | "lematin" | "matins" | "matinee" => "lun-ven 0h-13h",
        "apresmidi" | "lapresmidi" => "lun-ven 12h-24h",
        _ => text.trim(),
    };
    Words::checked(plain, understood::week).filter(|words| fold(words.as_str()).len() < 200)
}

/// Exceptions, in the words of `youths.csv`.
pub(super) fn absences(text: &str) -> Option<Words> {
    Words::checked(text.trim(), understood::absences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn births_are_read_as_people_write_them() {
        let start = jiff::civil::date(2026, 9, 7);
        let march = Some(jiff::civil::date(2008, 3, 1));
        for text in [
            "2008-03-17",
            "17/03/2008",
            "17/03/08",
            "17-03-2008",
            "17.03.2008",
            "03/2008",
            "2008-03",
            "mars 2008",
            "17 mars 2008",
            "2008-03-17 00:00:00",
            "17/03/2008 00:00",
        ] {
            assert_eq!(birth(text, start), march, "{text}");
        }
        for text in ["", "17/03/1958", "hier", "31/02/2008", "2008", "99", "17/13/2008"] {
            assert_eq!(birth(text, start), None, "{text}");
        }
        assert_eq!((age("18 ans"), age("18"), age("180"), age("dix")), (Some(18), Some(18), None, None));
    }

    #[test]
    fn licences_and_vehicles_are_read_as_people_write_them() {
        let held = |text| licences(text).map(|(held, _)| held);
        assert_eq!(held("Permis B"), Some(vec![Licence::B]));
        assert_eq!(held("B, AM (BSR)"), Some(vec![Licence::Am, Licence::B]));
        assert_eq!(held("Aucun permis"), Some(vec![]));
        assert_eq!(licences("oui"), Some((vec![Licence::B], Some(Supposed::LicenceB))));
        assert_eq!(licences("Permis B en cours"), Some((vec![], Some(Supposed::NotYet))));
        assert_eq!(held("Madame Dupont"), None);
        let by = |text| travels(text).map(|travels| travels.vehicles);
        assert_eq!(by("Voiture personnelle"), Some(vec![VehicleKind::Car]));
        assert_eq!(by("scooter / vélo"), Some(vec![VehicleKind::Moped, VehicleKind::Bike]));
        assert_eq!(by("Vélo à assistance électrique"), Some(vec![VehicleKind::EBike]));
        assert_eq!(by("à pied"), Some(vec![]));
        assert_eq!(by("Transports en commun"), Some(vec![]));
        assert_eq!(by("Voiture sans permis"), Some(vec![VehicleKind::Moped]));
        assert_eq!(by("pas de voiture"), None);
        assert_eq!(travels("parents").map(|travels| travels.driven), Some(true));
        assert_eq!(by("soucoupe volante"), None);
    }

    #[test]
    fn hours_are_kept_only_where_the_reader_understands_them() {
        let told = |text| available(text).map(|words| words.as_str().to_owned());
        assert_eq!(told("lun-ven 8h-12h"), Some("lun-ven 8h-12h".to_owned()));
        assert_eq!(told("Tous les jours"), Some(String::new()));
        assert_eq!(told("le matin"), Some("lun-ven 0h-13h".to_owned()));
        assert_eq!(told("appeler Mme Dupont"), None);
        assert_eq!(absences("dupont"), None);
    }
}
