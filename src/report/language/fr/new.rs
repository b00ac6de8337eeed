//! Sentences of `maillage new`, in French.

use super::super::new::Sentences;
#[cfg(feature = "folder")]
use crate::prepare::Field;

pub(in crate::report::language) struct French;

impl Sentences for French {
    fn sheet(&self, stem: &str) -> Option<&'static str> {
        Some(match stem {
            "territory" => "réglages du territoire",
            "communes" => "feuille des communes",
            "places" => "feuille des lieux",
            "sites" => "feuille des sites",
            "programmes" => "dispositifs",
            "youths" => "feuille des jeunes",
            "advisers" => "feuille des conseillers",
            "calendar" => "feuille des vacances et fermetures",
            "links" => "feuille des liaisons",
            "on_demand" => "feuille du transport à la demande",
            "times" => "feuille des temps de trajet",
            "pins" => "décisions déjà prises",
            _ => return None,
        })
    }

    fn file(&self, name: &str, holds: Option<&str>) -> String {
        holds.map_or_else(|| name.to_owned(), |holds| format!("{name} ({holds})"))
    }

    fn place(&self, line: u32, column: Option<&str>) -> String {
        let column = column.map_or_else(String::new, |column| format!(", colonne « {column} »"));
        format!("ligne {line}{column} : ")
    }

    #[cfg(feature = "folder")]
    fn column_headings(&self) -> [&'static str; 3] {
        ["colonne du fichier", "ce que maillage en fait", "exemple"]
    }

    #[cfg(feature = "folder")]
    fn field(&self, field: Field) -> &'static str {
        match field {
            Field::Commune => "commune du domicile",
            Field::Postcode => "code postal du domicile",
            Field::Lon => "longitude du domicile",
            Field::Lat => "latitude du domicile",
            Field::Birth => "naissance (le mois seul est gardé)",
            Field::Age => "âge",
            Field::Sex => "sexe",
            Field::Disability => "handicap reconnu (RQTH)",
            Field::Licences => "permis",
            Field::Vehicles => "moyen de se déplacer",
            Field::Available => "disponibilités",
            Field::Absences => "absences",
            Field::Programmes => "dispositifs",
            Field::Priority => "priorité",
        }
    }

    #[cfg(feature = "folder")]
    fn identifying(&self) -> &'static str {
        "laissée de côté : dit qui est la personne"
    }

    #[cfg(feature = "folder")]
    fn left(&self) -> &'static str {
        "laissée de côté : rien n'en a besoin"
    }

    #[cfg(feature = "folder")]
    fn confirm(&self) -> &'static str {
        "Est-ce juste ? (o/n) "
    }

    #[cfg(feature = "folder")]
    fn how_to_go_on(&self) -> &'static str {
        "Rien n'est écrit. Si c'est juste, ajoutez --yes. Sinon, corrigez une colonne par son nom :\n  \
         --column \"Commune de résidence=place\"   (place, postcode, lon, lat, birth, age, sex, disability,\n  \
         licences, vehicles, available, absences, programmes, priority ; ignore pour la laisser de côté)\n"
    }

    #[cfg(feature = "folder")]
    fn written(
        &self,
        dir: &str,
        link: Option<&str>,
        youths: Option<usize>,
        communes: usize,
        sites: &str,
    ) -> String {
        let youths = youths.map_or_else(
            || "des jeunes tirés au sort (personne de réel)".to_owned(),
            |n| format!("{n} {}", if n < 2 { "jeune" } else { "jeunes" }),
        );
        let link = link.map_or_else(String::new, |link| format!(
            "\n{link} relie chaque identifiant à la ligne de votre fichier : gardez-le chez vous, hors du dossier ; \
             sans lui, personne ne sait qui est qui.\n"
        ));
        format!(
            "Écrit dans {dir} : {youths}, {communes} communes, un site à {sites}.\n\
             Les dispositifs de programmes.csv sont des hypothèses : ouvrez-le dans un tableur et corrigez-les, \
             comme sites.csv.\n{link}\nEnsuite : maillage plan {dir}\n"
        )
    }
}
