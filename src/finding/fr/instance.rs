//! In French: instance files.

use super::French;
use crate::finding::Text;
use crate::finding::words::Instance;

impl Instance for French {
    fn at_path(&self, path: &str, what: &Text) -> String {
        format!("{path} : {}", what.fr)
    }

    fn json_does_not_parse(&self, path: &str, why: &str) -> String {
        format!("{path} : {why}")
    }

    fn unknown_format(&self, format: &str) -> String {
        format!("$.format : « {format} » n'est pas un format connu")
    }

    fn known_formats(&self, known: &str) -> String {
        format!("formats connus : {known}")
    }

    fn breaks_the_rules(&self, why: &str) -> String {
        format!("contredit les règles du format ({why})")
    }

    fn names_nothing(&self, index: u32, list: &str, count: usize) -> String {
        format!("{index} ne désigne rien dans « {list} » ({count} éléments, comptés à partir de 0)")
    }

    fn correct_the_index(&self) -> &'static str {
        "corrigez l'indice"
    }

    fn a_realistic_number(&self) -> &'static str {
        "donnez un nombre réaliste"
    }

    fn more_than(&self, number: u32, most: u32) -> String {
        format!("{number} : plus de {most}")
    }

    fn sizes(&self, min: u32, target: u32, max: u32) -> String {
        format!("minimum {min}, visé {target}, maximum {max}")
    }

    fn sizes_ascend(&self) -> &'static str {
        "il faut 1 <= min <= target <= max"
    }

    fn in_conflict_with_itself(&self) -> &'static str {
        "une option est en conflit avec elle-même"
    }

    fn existing_site_at_no_cost(&self) -> &'static str {
        "un site existant s'ouvre sans coût"
    }

    fn zero_or_candidate(&self) -> &'static str {
        "mettez 0, ou « candidate »"
    }

    fn rows_of_rooms(&self, rows: usize, sites: usize) -> String {
        format!("{rows} lignes pour {sites} sites")
    }

    fn rooms_for_slots(&self, rooms: usize, slots: usize) -> String {
        format!("{rooms} salles pour {slots} créneaux")
    }

    fn slots_do_not_ascend(&self) -> &'static str {
        "les créneaux ne sont pas croissants"
    }

    fn weight_of_zero(&self) -> &'static str {
        "un poids de 0"
    }

    fn at_least_one(&self) -> &'static str {
        "au moins 1"
    }

    fn bad_traits(&self) -> &'static str {
        "des traits non croissants ou au-delà de 31"
    }

    fn option_out_of_order(&self) -> &'static str {
        "une option deux fois, ou avant la précédente"
    }

    fn sort_once_each(&self) -> &'static str {
        "triez, sans doublon"
    }

    fn objective_twice(&self) -> &'static str {
        "un objectif deux fois"
    }

    fn no_objective(&self) -> &'static str {
        "aucun objectif"
    }

    fn at_least_placed(&self) -> &'static str {
        "mettez au moins « placed »"
    }

    fn too_many_pairs(&self, most: usize) -> String {
        format!("plus de {most} paires d'options au même créneau")
    }

    fn split_the_instance(&self) -> &'static str {
        "découpez l'instance"
    }

    fn see_instances(&self) -> &'static str {
        "voir docs/instances.md"
    }

    fn more_than_bytes(&self, most: u64) -> String {
        format!("plus de {most} octets")
    }

    fn a_smaller_file(&self) -> &'static str {
        "donnez un fichier plus petit"
    }

    fn not_utf8_text(&self) -> &'static str {
        "ce n'est pas du texte UTF-8"
    }

    fn save_as_utf8(&self) -> &'static str {
        "enregistrez en UTF-8"
    }
}
