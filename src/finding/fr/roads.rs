//! In French: road files, and where doors join the roads.

use super::French;
use crate::finding::Text;
use crate::finding::words::Roads;

impl Roads for French {
    fn not_a_whole_pbf(&self, expected: &Text) -> String {
        format!("ce fichier n'est pas un .osm.pbf entier ; attendu : {}", expected.fr)
    }

    fn travel_by_road(&self, name: &str, modes: &Text) -> String {
        format!(
            "trajets par la route ({name}) : {}, vitesses par type de route, sans stationnement ; © contributeurs OpenStreetMap",
            modes.fr
        )
    }

    fn one_blob_at_least(&self) -> &'static str {
        "au moins un bloc"
    }

    fn two_billion_points(&self) -> &'static str {
        "au plus deux milliards de points de routes"
    }

    fn strings_of_the_table(&self) -> &'static str {
        "des textes de la table du bloc"
    }

    fn download_again(&self) -> &'static str {
        "téléchargez-le à nouveau"
    }

    fn points_missing(&self, missing: u64) -> String {
        format!("{missing} points de routes manquent ou sont hors de la terre : ces routes sont coupées là")
    }

    fn extract_whole_roads(&self) -> &'static str {
        "extrayez les routes entières (osmium extract --strategy complete_ways)"
    }

    fn turns_not_obeyed(&self, by_roads: u64) -> String {
        format!("{by_roads} interdictions de tourner passent par une route : elles ne sont pas suivies")
    }

    fn unknown_values(&self, total: u64, shown: &str) -> String {
        format!("{total} valeurs inconnues sur des routes, comptées comme l'ordinaire : {shown}")
    }

    fn a_profile_that_knows_them(&self) -> &'static str {
        "rien à faire, ou donnez un profil qui les connaît"
    }

    fn share_without_limit(&self, percent: f64) -> String {
        format!(
            "{percent} % de la longueur des trajets sont sur des routes sans limite indiquée : leur vitesse est celle de leur type"
        )
    }

    fn keep_a_margin(&self) -> &'static str {
        "gardez une marge"
    }

    fn doors_off_the_roads(&self, count: usize, shown: &str) -> String {
        format!("{count} lieux ou sites sont trop loin de toute route : {shown}")
    }

    fn check_doors_or_larger_extract(&self) -> &'static str {
        "vérifiez leurs coordonnées, ou prenez un extrait plus grand"
    }

    fn doors_far_from_roads(&self, count: usize, shown: &str) -> String {
        format!("{count} lieux ou sites sont à plus de 300 m d'une route : {shown}")
    }

    fn check_doors(&self) -> &'static str {
        "vérifiez leurs coordonnées"
    }

    fn doors_near_the_edge(&self, count: u64) -> String {
        format!(
            "{count} lieux ou sites sont plus près du bord de l'extrait que la limite de trajet : un chemin plus court peut passer dehors"
        )
    }

    fn larger_extract(&self) -> &'static str {
        "prenez un extrait plus grand"
    }

    fn bad_profile(&self, why: &str) -> String {
        format!("ce profil de routes ne se lit pas : {why}")
    }

    fn correct_the_profile(&self) -> &'static str {
        "corrigez-le ; docs/roads.md décrit ses champs, data/profiles/ a des exemples"
    }

    fn a_whole_file(&self) -> &'static str {
        "un fichier entier : il est coupé"
    }

    fn a_small_header(&self) -> &'static str {
        "un en-tête de bloc d'au plus 64 Kio"
    }

    fn a_small_blob(&self) -> &'static str {
        "un bloc d'au plus 32 Mio"
    }

    fn a_header_with_kind_and_size(&self) -> &'static str {
        "un en-tête de bloc avec sa sorte et sa taille"
    }

    fn a_zlib_blob(&self) -> &'static str {
        "un bloc comprimé par zlib, ou pas comprimé"
    }

    fn a_blob_with_content(&self) -> &'static str {
        "un bloc avec son contenu et sa taille"
    }

    fn a_small_blob_unpacked(&self) -> &'static str {
        "un bloc d'au plus 32 Mio une fois décomprimé"
    }

    fn a_blob_of_the_size_it_says(&self) -> &'static str {
        "un bloc qui se décomprime à la taille annoncée"
    }

    fn a_table_of_strings(&self) -> &'static str {
        "une table d'au plus deux millions de textes"
    }

    fn no_unknown_features(&self) -> &'static str {
        "un fichier sans particularité inconnue (comme l'historique)"
    }

    fn a_number(&self) -> &'static str {
        "un nombre"
    }

    fn a_field_of_bytes(&self) -> &'static str {
        "un champ d'octets"
    }

    fn a_size(&self) -> &'static str {
        "une taille"
    }

    fn a_field_type(&self) -> &'static str {
        "un type de champ"
    }

    fn a_field_within_its_message(&self) -> &'static str {
        "un champ contenu dans son message"
    }

    fn a_complete_number(&self) -> &'static str {
        "un nombre entier, complet"
    }
}
