//! A territory folder to begin with: sheets that a French spreadsheet opens, and
//! `territory.toml`. The reader of territories accepts every column by these names.

use super::{Cell, Document, Sheet, folder};
use crate::error::Error;
use crate::prepare::{Link, Person, Prepared, PreparedSite, Words, Youths};
use crate::territory::{
    Birth, InHolidays, Licence, Names, Needed, Place, Programme, Rhythm, Sex, VehicleKind,
};
use crate::units::{Key, Position};
use std::path::{Path, PathBuf};

/// The file that links identifiers to the rows of the export: beside the folder, never in it.
pub const LINK_TABLE: &str = "a-garder-chez-vous.csv";

/// Writes the territory as the new folder `dir`, whole or not at all, and beside it the
/// table of links when there is one: where that is, is answered.
///
/// # Errors
/// [`Error::Refused`] when something is there, [`Error::Io`] when the system refuses; nothing
/// is then written.
pub fn write_territory(dir: &Path, prepared: &Prepared) -> Result<Option<PathBuf>, Error> {
    let link = links(&prepared.links);
    folder::write_new(dir, &territory(prepared), link.as_ref())?;
    Ok(link.map(|document| dir.parent().unwrap_or(Path::new("")).join(document.path)))
}

/// Refuses a folder that [`write_territory`] would refuse, before anything is asked.
///
/// # Errors
/// As [`write_territory`].
pub fn vacant(dir: &Path, with_links: bool) -> Result<(), Error> {
    folder::vacant(dir, with_links.then_some(LINK_TABLE))
}

/// The files of a territory folder.
pub fn territory(prepared: &Prepared) -> Vec<Document> {
    let mut all = vec![
        document("territory.toml", settings(prepared)),
        document("communes.csv", communes(&prepared.communes)),
        document("sites.csv", sites(&prepared.sites)),
        document("programmes.csv", programmes(&prepared.programmes)),
    ];
    if !prepared.squares.is_empty() {
        all.push(document("places.csv", places(&prepared.squares)));
    }
    if let Youths::Listed(people) = &prepared.youths {
        all.push(document("youths.csv", youths(people)));
    }
    all
}

fn document(name: &str, bytes: impl Into<Vec<u8>>) -> Document {
    Document { path: name.to_owned(), bytes: bytes.into() }
}

/// The table of links; none where nobody is linked.
fn links(links: &[Link]) -> Option<Document> {
    let mut sheet = Sheet::of_territory(&["identifiant", "ligne"]);
    for link in links {
        sheet.row([link.key.as_str().into(), link.line.into()]);
    }
    (!links.is_empty()).then(|| document(LINK_TABLE, sheet.finish()))
}

/// Longitude and latitude.
fn degrees(place: &Place) -> [Cell<'static>; 2] {
    let degree = |of: fn(Position) -> f64| place.position.map_or(Cell::Nothing, |at| Cell::Decimal(of(at)));
    [degree(Position::lon), degree(Position::lat)]
}

fn communes(communes: &[Place]) -> Vec<u8> {
    let mut sheet =
        Sheet::of_territory(&["code insee", "nom", "intercommunalité", "habitants", "longitude", "latitude"]);
    for place in communes {
        let [lon, lat] = degrees(place);
        sheet.row([
            place.key.as_str().into(),
            place.name.as_str().into(),
            place.epci.as_deref().into(),
            place.population.into(),
            lon,
            lat,
        ]);
    }
    sheet.finish()
}

fn places(squares: &[Place]) -> Vec<u8> {
    let mut sheet = Sheet::of_territory(&["identifiant", "nom", "code insee", "longitude", "latitude"]);
    for place in squares {
        let [lon, lat] = degrees(place);
        let commune = place.commune.map(|code| code.to_string());
        sheet.row([place.key.as_str().into(), place.name.as_str().into(), commune.into(), lon, lat]);
    }
    sheet.finish()
}

fn sites(sites: &[PreparedSite]) -> Vec<u8> {
    let headers = ["identifiant", "nom", "code insee", "statut", "salles", "créneaux"];
    let mut sheet = Sheet::of_territory(&headers);
    for site in sites {
        sheet.row([
            site.key.as_str().into(),
            site.name.as_str().into(),
            site.commune.to_string().into(),
            "existant".into(),
            2.into(),
            "*".into(),
        ]);
    }
    sheet.finish()
}

/// What stands beside each programme.
const ASSUMED: &str = "hypothèse : taille, rythme et dates à corriger";

fn programmes(programmes: &[Programme<Names>]) -> Vec<u8> {
    let mut sheet = Sheet::of_territory(&[
        "identifiant",
        "nom",
        "minimum",
        "cible",
        "maximum",
        "demi-journées par semaine",
        "journées par semaine",
        "semaines types",
        "créneaux possibles",
        "sites possibles",
        "semaines",
        "début",
        "semaines de battement",
        "vacances",
        "part des séances en %",
        "limite en minutes",
        "âge min",
        "avant l'âge de",
        "avant l'âge de avec RQTH",
        "exclut",
        "groupes au plus",
        "coût d'un groupe",
        "remarque",
    ]);
    for programme in programmes {
        sheet.row(programme_row(programme));
    }
    sheet.finish()
}

fn programme_row(programme: &Programme<Names>) -> [Cell<'_>; 23] {
    let (half_days, full_days, schedules) = match &programme.rhythm {
        Rhythm::HalfDays(n) => (Cell::from(u32::from(*n)), Cell::Nothing, Cell::Nothing),
        Rhythm::FullDays(n) => (Cell::Nothing, Cell::from(u32::from(*n)), Cell::Nothing),
        Rhythm::Listed(sets) => {
            let sets: Vec<String> = sets.iter().map(|set| list(set)).collect();
            (Cell::Nothing, Cell::Nothing, sets.join(" / ").into())
        }
    };
    let holidays = match programme.in_holidays {
        InHolidays::Runs => "continue",
        InHolidays::Pauses => "pause",
        InHolidays::Visio => "visio",
    };
    let needed = match programme.needed {
        Needed::Percent(percent) => Some(u32::from(percent)),
        Needed::All | Needed::Count(_) => None,
    };
    let (size, ages) = (programme.size, programme.ages);
    [
        programme.key.as_str().into(),
        programme.name.as_str().into(),
        size.min().into(),
        size.target().into(),
        size.max().into(),
        half_days,
        full_days,
        schedules,
        list(&programme.slots).into(),
        list(&programme.sites).into(),
        u32::from(programme.weeks).into(),
        programme.start.first.to_string().into(),
        u32::from(programme.start.later_weeks).into(),
        holidays.into(),
        needed.into(),
        programme.limit.map(|limit| limit.to_minutes().get()).into(),
        u32::from(ages.from).into(),
        u32::from(ages.before).into(),
        ages.before_if_disabled.map(u32::from).into(),
        list(&programme.excludes).into(),
        programme.max_groups.into(),
        Cell::Nothing,
        ASSUMED.into(),
    ]
}

fn list(keys: &[Key]) -> String {
    keys.iter().map(Key::as_str).collect::<Vec<_>>().join(" ")
}

fn youths(people: &[Person]) -> Vec<u8> {
    let mut sheet = Sheet::of_territory(&[
        "identifiant",
        "domicile",
        "mois de naissance",
        "age",
        "âge au",
        "sexe",
        "rqth",
        "permis",
        "véhicule",
        "covoiturage",
        "disponibilité",
        "absence",
        "dispositifs",
        "priorité",
    ]);
    for person in people {
        sheet.row(youth_row(person));
    }
    sheet.finish()
}

fn youth_row(person: &Person) -> [Cell<'_>; 14] {
    let (month, age, on) = match person.birth {
        Birth::Month(month) => (month.strftime("%Y-%m").to_string().into(), Cell::Nothing, Cell::Nothing),
        Birth::Age { years, on } => (Cell::Nothing, u32::from(years).into(), on.to_string().into()),
    };
    let licences: Vec<&str> = person.licences.iter().map(|licence| licence_word(*licence)).collect();
    let vehicles: Vec<&str> = person.vehicles.iter().map(|kind| vehicle_word(*kind)).collect();
    let sex = person.sex.map(|sex| match sex {
        Sex::Woman => "F",
        Sex::Man => "H",
    });
    let priority = person.priority.get();
    [
        person.key.as_str().into(),
        person.home.as_ref().map(Key::as_str).into(),
        month,
        age,
        on,
        sex.into(),
        person.disability.then_some("oui").into(),
        licences.join(" ").into(),
        vehicles.join(" ; ").into(),
        person.driven.then_some("ar").into(),
        person.available.as_ref().map(Words::as_str).into(),
        person.absences.as_ref().map(Words::as_str).into(),
        list(&person.programmes).into(),
        (priority != 1).then_some(priority).into(),
    ]
}

const fn licence_word(licence: Licence) -> &'static str {
    match licence {
        Licence::Am => "AM",
        Licence::B1 => "B1",
        Licence::B => "B",
    }
}

const fn vehicle_word(kind: VehicleKind) -> &'static str {
    match kind {
        VehicleKind::Car => "voiture",
        VehicleKind::Quadricycle => "quadricycle",
        VehicleKind::Moped => "cyclomoteur",
        VehicleKind::EBike => "vae",
        VehicleKind::Bike => "velo",
    }
}

fn settings(prepared: &Prepared) -> String {
    let drawn = prepared.youths == Youths::Drawn;
    let name =
        if drawn { format!("{} (jeunes tirés au sort)", prepared.name) } else { prepared.name.clone() };
    let name = toml::Value::String(name);
    let mut text = format!(
        "schema = 1\nname = {name}\n\n\
         # Ce qui n'est pas écrit ici a une valeur par défaut : docs/format.md. Par exemple, le trajet le plus\n\
         # long, porte à porte, en minutes :\n\
         # [defaults]\n# limit_min = 45\n"
    );
    if drawn {
        let weights: Vec<String> =
            prepared.programmes.iter().map(|p| format!("{} = 10\n", toml_key(&p.key))).collect();
        text += &format!(
            "\n# Personne de réel : les jeunes sont tirés au sort parmi les habitants à chaque lecture, et chaque part\n\
             # est une hypothèse que la réponse rappelle. Avec un fichier youths.csv, retirez cette section.\n\
             [synthesis]\nseed = 2026\nreference = \"{}\"\n\n\
             # Part de chaque dispositif parmi les inscriptions.\n[synthesis.weights]\n{}",
            prepared.start,
            weights.concat(),
        );
    }
    text
}

/// A key of TOML: bare where it may be.
fn toml_key(key: &Key) -> String {
    let bare = key.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { key.to_string() } else { toml::Value::String(key.to_string()).to_string() }
}
