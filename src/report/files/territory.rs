//! A territory folder to begin with: sheets that a French spreadsheet opens, and
//! `territory.toml`. The reader of territories accepts every column by these names.

use super::{Document, folder};
use crate::error::Error;
use crate::prepare::{Link, Person, Prepared, PreparedSite, Youths};
use crate::report::files::field;
use crate::territory::{
    Birth, InHolidays, Licence, Names, Needed, Place, Programme, Rhythm, Sex, VehicleKind,
};
use crate::units::Key;
use std::fmt::Display;
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

fn document(name: &str, text: String) -> Document {
    Document { path: name.to_owned(), bytes: text.into_bytes() }
}

/// The table of links; none where nobody is linked.
fn links(links: &[Link]) -> Option<Document> {
    let mut sheet = Rows::new(&["identifiant", "ligne"]);
    for link in links {
        sheet.row(&[link.key.to_string(), link.line.to_string()]);
    }
    (!links.is_empty()).then(|| document(LINK_TABLE, sheet.0))
}

/// A sheet under construction: marked UTF-8, `;` between cells, lines as RFC 4180 says.
struct Rows(String);

impl Rows {
    fn new(headers: &[&str]) -> Self {
        let mut rows = Self("\u{feff}".to_owned());
        rows.row(&headers.iter().map(|&header| header.to_owned()).collect::<Vec<_>>());
        rows
    }

    fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| field(cell)).collect();
        self.0.push_str(&cells.join(";"));
        self.0.push_str("\r\n");
    }
}

fn or_nothing<T: Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Degrees with a decimal comma.
fn degrees(place: &Place) -> (String, String) {
    let comma = |degrees: f64| degrees.to_string().replace('.', ",");
    place.position.map_or_else(Default::default, |at| (comma(at.lon()), comma(at.lat())))
}

fn communes(communes: &[Place]) -> String {
    let mut sheet =
        Rows::new(&["code insee", "nom", "intercommunalité", "habitants", "longitude", "latitude"]);
    for place in communes {
        let (lon, lat) = degrees(place);
        let epci = place.epci.clone().unwrap_or_default();
        sheet.row(&[place.key.to_string(), place.name.clone(), epci, or_nothing(place.population), lon, lat]);
    }
    sheet.0
}

fn places(squares: &[Place]) -> String {
    let mut sheet = Rows::new(&["identifiant", "nom", "code insee", "longitude", "latitude"]);
    for place in squares {
        let (lon, lat) = degrees(place);
        sheet.row(&[place.key.to_string(), place.name.clone(), or_nothing(place.commune), lon, lat]);
    }
    sheet.0
}

fn sites(sites: &[PreparedSite]) -> String {
    let mut sheet = Rows::new(&["identifiant", "nom", "code insee", "statut", "salles", "créneaux"]);
    for site in sites {
        let fixed = ["existant", "2", "*"].map(str::to_owned);
        let [status, rooms, slots] = fixed;
        sheet.row(&[site.key.to_string(), site.name.clone(), site.commune.to_string(), status, rooms, slots]);
    }
    sheet.0
}

/// What stands beside each programme.
const ASSUMED: &str = "hypothèse : taille, rythme et dates à corriger";

fn programmes(programmes: &[Programme<Names>]) -> String {
    let mut sheet = Rows::new(&[
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
        sheet.row(&programme_row(programme));
    }
    sheet.0
}

fn programme_row(programme: &Programme<Names>) -> [String; 23] {
    let (half_days, full_days, schedules) = match &programme.rhythm {
        Rhythm::HalfDays(n) => (n.to_string(), String::new(), String::new()),
        Rhythm::FullDays(n) => (String::new(), n.to_string(), String::new()),
        Rhythm::Listed(sets) => {
            let sets: Vec<String> = sets.iter().map(|set| list(set)).collect();
            (String::new(), String::new(), sets.join(" / "))
        }
    };
    let holidays = match programme.in_holidays {
        InHolidays::Runs => "continue",
        InHolidays::Pauses => "pause",
        InHolidays::Visio => "visio",
    };
    let needed = match programme.needed {
        Needed::Percent(percent) => percent.to_string(),
        Needed::All | Needed::Count(_) => String::new(),
    };
    let size = programme.size;
    [
        programme.key.to_string(),
        programme.name.clone(),
        size.min().to_string(),
        size.target().to_string(),
        size.max().to_string(),
        half_days,
        full_days,
        schedules,
        list(&programme.slots),
        list(&programme.sites),
        programme.weeks.to_string(),
        programme.start.first.to_string(),
        programme.start.later_weeks.to_string(),
        holidays.to_owned(),
        needed,
        or_nothing(programme.limit.map(|limit| limit.to_minutes().get())),
        programme.ages.from.to_string(),
        programme.ages.before.to_string(),
        or_nothing(programme.ages.before_if_disabled),
        list(&programme.excludes),
        programme.max_groups.to_string(),
        String::new(),
        ASSUMED.to_owned(),
    ]
}

fn list(keys: &[Key]) -> String {
    keys.iter().map(Key::as_str).collect::<Vec<_>>().join(" ")
}

fn youths(people: &[Person]) -> String {
    let mut sheet = Rows::new(&[
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
        sheet.row(&youth_row(person));
    }
    sheet.0
}

fn youth_row(person: &Person) -> [String; 14] {
    let (month, age, on) = match person.birth {
        Birth::Month(month) => (month.strftime("%Y-%m").to_string(), String::new(), String::new()),
        Birth::Age { years, on } => (String::new(), years.to_string(), on.to_string()),
    };
    let licences: Vec<&str> = person.licences.iter().map(|licence| licence_word(*licence)).collect();
    let vehicles: Vec<&str> = person.vehicles.iter().map(|kind| vehicle_word(*kind)).collect();
    let sex = person.sex.map(|sex| match sex {
        Sex::Woman => "F",
        Sex::Man => "H",
    });
    let words = |words: &Option<_>| words.as_ref().map_or("", crate::prepare::Words::as_str).to_owned();
    [
        person.key.to_string(),
        or_nothing(person.home.as_ref()),
        month,
        age,
        on,
        or_nothing(sex),
        if person.disability { "oui" } else { "" }.to_owned(),
        licences.join(" "),
        vehicles.join(" ; "),
        if person.driven { "ar" } else { "" }.to_owned(),
        words(&person.available),
        words(&person.absences),
        list(&person.programmes),
        if person.priority.get() == 1 { String::new() } else { person.priority.get().to_string() },
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
