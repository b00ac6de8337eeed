//! In French: levers.

use super::French;
use crate::finding::words::Levers;
use crate::units::Key;

impl Levers for French {
    fn more_scenarios(&self, most: usize, folder: &str) -> String {
        format!("plus de {most} fichiers dans {folder}/ : les autres ne sont pas lus")
    }

    fn more_levers(&self, most: usize, folder: &str) -> String {
        format!("plus de {most} leviers dans {folder}/ : les autres ne sont pas lus")
    }

    fn keep_those_compared(&self) -> &'static str {
        "gardez ceux que vous comparez"
    }

    fn no_name_of_a_scenario(&self, stem: &str) -> String {
        format!("« {stem} » ne peut pas être le nom d'un scénario")
    }

    fn rename_the_scenario(&self) -> &'static str {
        "renommez le fichier : de 1 à 64 caractères avant .toml, sans espace aux bouts"
    }

    fn lever_called_already(&self, key: &Key, folder: &str) -> String {
        format!("un levier s'appelle déjà {key}, ici ou dans un autre fichier de {folder}/")
    }

    fn no_such_lever(&self, key: &Key) -> String {
        format!("le levier {key} n'existe pas")
    }

    fn write_this_one(&self, key: &Key) -> String {
        format!("écrivez {key}, si c'est bien lui")
    }

    fn correct_or_describe_lever(&self, folder: &str) -> String {
        format!("corrigez l'identifiant, ou décrivez ce levier dans un [[lever]] d'un fichier de {folder}/")
    }

    fn a_decider(&self) -> &'static str {
        "structure, aom, region, department, association ou partner"
    }

    fn a_kind_of_lever(&self, listed: &str) -> String {
        format!("un genre de levier : {listed}")
    }

    fn a_vehicle(&self) -> &'static str {
        "voiture, quadricycle, cyclomoteur, vae ou velo"
    }

    fn ceiling_for_volunteers(&self) -> &'static str {
        "0.32 au plus, le plafond du décret 2019-850"
    }

    fn no_trip_changed(&self) -> &'static str {
        "ce levier ne change aucun passage"
    }

    fn write_a_change_of_trips(&self) -> &'static str {
        "écrivez au moins un [[lever.move]], [[lever.remove]], [[lever.extend]] ou [[lever.add]]"
    }

    fn trip_of_two_stops(&self) -> &'static str {
        "un trajet dessert au moins deux arrêts, l'un après l'autre"
    }

    fn write_stops_in_order(&self) -> &'static str {
        "écrivez les arrêts dans l'ordre de leurs heures"
    }

    fn two_to_ten_sites(&self) -> &'static str {
        "de 2 à 10 sites"
    }
}
