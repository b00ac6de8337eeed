//! Every name that a column may have in a file: the one list of synonyms.
//!
//! Names are compared without accents, case, spaces, hyphens, underscores and
//! apostrophes, so `Code INSEE` is also `code_insee`. The first of two that are
//! both in a file counts. `docs/format.md` lists them, and a test compares.

/// A column's own name and the others it goes by.
pub(crate) type Names = (&'static str, &'static [&'static str]);

/// The tables and their columns.
pub(in crate::read) const TABLES: &[(&str, &[Names])] = &[
    ("communes", COMMUNES),
    ("places", PLACES),
    ("sites", SITES),
    ("programmes", PROGRAMMES),
    ("advisers", ADVISERS),
    ("youths", YOUTHS),
    ("calendar", CALENDAR),
    ("links", LINKS),
    ("on_demand", ON_DEMAND),
    ("arrivals", ARRIVALS),
    ("times", TIMES),
];

/// Tables of a national run, which are no territory's.
const NATIONAL: &[(&str, &[Names])] = &[("structures", STRUCTURES), ("perimeters", PERIMETERS)];

/// The names of a table's columns; none for a table without synonyms.
pub(crate) fn of(table: &str) -> &'static [Names] {
    TABLES.iter().chain(NATIONAL).find(|(name, _)| *name == table).map_or(&[], |(_, columns)| columns)
}

const INSEE: &[&str] = &["code insee", "insee", "code commune", "codgeo", "com"];
const LON: &[&str] = &["longitude", "x", "lng", "long"];
const LAT: &[&str] = &["latitude", "y"];

const COMMUNES: &[Names] = &[
    ("insee_code", INSEE),
    ("name", &["nom", "commune", "nom commune", "nom de la commune", "libgeo", "libellé"]),
    ("epci_name", &["epci", "nom epci", "intercommunalité", "libepci"]),
    ("population", &["habitants", "population municipale", "population totale", "pmun"]),
    ("lon", LON),
    ("lat", LAT),
    ("density", &["densité", "dens", "grille de densité"]),
];

const STRUCTURES: &[Names] = &[
    ("id", &["identifiant", "code", "structure", "milo_id"]),
    ("name", &["nom", "libellé", "nom de la structure"]),
    ("insee_code", INSEE),
    ("lon", LON),
    ("lat", LAT),
    ("youths", &["jeunes", "jeunes suivis"]),
];

const PERIMETERS: &[Names] =
    &[("insee_code", INSEE), ("structure", &["identifiant de la structure", "id", "milo_id"])];

const PLACES: &[Names] = &[
    ("id", &["identifiant", "code", "lieu"]),
    ("name", &["nom", "libellé", "nom du lieu", "hameau", "lieu-dit"]),
    ("insee_code", &["code insee", "insee", "code commune", "commune"]),
    ("lon", LON),
    ("lat", LAT),
];

const SITES: &[Names] = &[
    ("id", &["identifiant", "code", "site"]),
    ("name", &["nom", "libellé", "nom du site"]),
    ("insee_code", &["code insee", "insee", "code commune", "commune"]),
    ("lon", LON),
    ("lat", LAT),
    ("kind", &["type", "statut", "état"]),
    ("rooms", &["salles", "nombre de salles"]),
    ("slots", &["demi-journées", "créneaux", "ouverture"]),
    ("half_days", &["demi-journées par semaine", "nombre de demi-journées"]),
    ("opening_eur", &["coût d'ouverture", "ouverture en euros"]),
    ("room_eur", &["coût de la salle", "coût d'une demi-journée", "location"]),
];

const PROGRAMMES: &[Names] = &[
    ("id", &["identifiant", "code", "dispositif"]),
    ("name", &["nom", "libellé", "nom du dispositif"]),
    ("min", &["minimum", "effectif minimum", "jeunes au moins"]),
    ("target", &["cible", "effectif visé", "jeunes visés"]),
    ("max", &["maximum", "effectif maximum", "jeunes au plus"]),
    ("half_days", &["demi-journées par semaine", "demi-journées"]),
    ("full_days", &["journées par semaine", "journées"]),
    ("schedules", &["semaines types", "emplois du temps"]),
    ("slots", &["créneaux", "créneaux possibles"]),
    ("sites", &["site", "lieux", "sites possibles"]),
    ("weeks", &["semaines", "nombre de semaines", "durée en semaines"]),
    ("start", &["début", "premier jour", "date de début"]),
    ("start_weeks_later", &["semaines de battement", "battement"]),
    ("holidays", &["vacances", "vacances scolaires"]),
    ("needed_percent", &["part des séances", "part des séances en %"]),
    ("limit_min", &["limite", "limite de trajet", "limite en minutes"]),
    ("age_from", &["âge min", "âge minimum", "à partir de l'âge de"]),
    ("age_before", &["avant l'âge de"]),
    ("age_before_if_disabled", &["avant l'âge de avec RQTH"]),
    ("excludes", &["exclut", "incompatible avec"]),
    ("max_groups", &["groupes au plus", "groupes à la fois"]),
    ("cost_eur", &["coût", "coût d'un groupe", "coût en euros"]),
    ("attendance", &["assiduité", "taux de présence"]),
    ("hold", &["tenue", "tenir à", "tient à"]),
];

const ADVISERS: &[Names] = &[
    ("id", &["identifiant", "conseiller", "conseillère", "code"]),
    ("sites", &["site", "lieux", "antennes"]),
    ("slots", &["demi-journées", "créneaux", "présence"]),
    ("half_days", &["demi-journées par semaine", "nombre de demi-journées"]),
];

const YOUTHS: &[Names] = &[
    ("id", &["identifiant", "code jeune", "numéro", "jeune"]),
    (
        "place",
        &[
            "lieu",
            "code insee",
            "insee",
            "code commune",
            "domicile",
            "commune",
            "commune de résidence",
            "ville",
        ],
    ),
    ("birth", &["mois de naissance", "date de naissance", "naissance", "né le", "née le"]),
    ("age", &[]),
    ("age_on", &["âge au", "date de l'âge"]),
    ("disability", &["handicap", "rqth", "travailleur handicapé"]),
    ("sex", &["sexe", "genre", "civilité"]),
    ("licences", &["permis", "permis de conduire", "licenses"]),
    ("vehicles", &["véhicules", "véhicule", "moyen de locomotion"]),
    ("lifts", &["covoiturage", "covoiturages", "trajets", "accompagnement"]),
    ("available", &["disponibilités", "disponibilité", "disponible"]),
    ("absences", &["absence", "indisponibilités"]),
    ("programmes", &["dispositifs", "dispositif", "programme", "parcours", "programs"]),
    ("priority", &["priorité", "poids"]),
    ("attendance", &["assiduité", "taux de présence", "part des séances suivies"]),
];

const CALENDAR: &[Names] = &[
    ("kind", &["type", "nature"]),
    ("name", &["nom", "libellé"]),
    ("start", &["début", "premier jour", "du", "date"]),
    ("end", &["fin", "dernier jour", "au"]),
    ("site", &["lieu"]),
];

const LINKS: &[Names] = &[
    ("id", &["identifiant", "code", "liaison"]),
    ("from", &["de", "départ", "origine", "arrêt de départ"]),
    ("to", &["à", "vers", "arrivée", "destination", "arrêt d'arrivée"]),
    ("mode", &["moyen", "transport"]),
    ("minutes", &["durée", "durée en minutes", "temps", "min"]),
    ("line", &["ligne"]),
    ("days", &["jours", "circule"]),
    ("holidays", &["vacances", "vacances scolaires"]),
    ("both_ways", &["deux sens", "aller et retour", "aller-retour"]),
    ("metres", &["distance", "distance en mètres"]),
];

const ON_DEMAND: &[Names] = &[
    ("id", &["identifiant", "code", "service", "tad"]),
    ("name", &["nom", "libellé", "nom du service"]),
    ("communes", &["commune", "communes desservies", "codes insee", "insee"]),
    ("zone", &["nom de la zone", "secteur"]),
    ("days", &["jours", "circule"]),
    ("from", &["de", "début", "dès", "à partir de", "heure de début"]),
    ("to", &["à", "fin", "jusqu'à", "heure de fin"]),
    ("holidays", &["vacances", "vacances scolaires"]),
    ("booking", &["réservation", "réserver avant", "délai de réservation"]),
    ("wait_min", &["attente", "attente en minutes"]),
    ("speed_kmh", &["vitesse", "vitesse en km/h"]),
    ("seats", &["places", "nombre de places"]),
];

const ARRIVALS: &[Names] = &[
    (
        "place",
        &["lieu", "code insee", "insee", "code commune", "commune", "commune de résidence", "domicile"],
    ),
    ("programme", &["dispositif", "parcours", "program"]),
    ("per_week", &["par semaine", "arrivées", "arrivées par semaine", "jeunes par semaine"]),
];

const TIMES: &[Names] = &[
    ("home", &["domicile", "lieu", "origine", "départ"]),
    ("site", &["antenne", "destination", "arrivée"]),
    ("to_s", &["aller", "aller en secondes"]),
    ("from_s", &["retour", "retour en secondes"]),
    ("mode", &["moyen", "transport"]),
    ("date", &["jour"]),
    ("metres", &["distance", "distance en mètres"]),
];

/// Words of a column's name that say that it tells who somebody is. Such
/// columns of people are never read, whatever else their name says.
pub(super) const IDENTIFYING: &[&str] = &[
    "nom",
    "noms",
    "prenom",
    "prenoms",
    "nir",
    "nirpp",
    "telephone",
    "telephones",
    "tel",
    "portable",
    "mobile",
    "gsm",
    "fax",
    "mail",
    "mails",
    "email",
    "emails",
    "courriel",
    "courriels",
    "mel",
    "adresse",
    "adresses",
    "rue",
    "voie",
    "iban",
    "rib",
    "securite",
    "secu",
    "allocataire",
    "patronyme",
    "nationalite",
    "photo",
    "name",
    "firstname",
    "lastname",
    "surname",
    "forename",
    "phone",
    "address",
    "street",
    "ssn",
    "nationality",
];

#[cfg(test)]
mod tests {
    use super::super::super::fold::fold;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_is_of_two_columns_of_a_table() {
        for (table, columns) in TABLES {
            let mut seen = BTreeSet::new();
            let names = columns.iter().flat_map(|(column, others)| std::iter::once(column).chain(*others));
            for name in names {
                assert!(seen.insert(fold(name)), "{table}: {name}");
            }
        }
    }

    #[test]
    fn the_documentation_lists_every_name() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/format.md");
        let text = std::fs::read_to_string(path).expect("docs");
        let after = |title: &str| text.split(title).nth(1).unwrap_or_default();
        let section = after("### Other names of columns").split("\n#").next().unwrap_or_default();
        for (table, columns) in TABLES {
            for (column, others) in *columns {
                let line = format!("| `{table}` | `{column}` | {} |", others.join(", "));
                assert!(section.contains(&line), "docs/format.md lacks: {line}");
            }
        }
        let lines = section.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(lines, TABLES.iter().map(|(_, columns)| columns.len()).sum::<usize>(), "and no other");
        let people = after("### Columns that are never read").split("\n#").next().unwrap_or_default();
        for word in IDENTIFYING {
            assert!(people.contains(&format!("`{word}`")), "docs/format.md lacks `{word}`");
        }
    }
}
