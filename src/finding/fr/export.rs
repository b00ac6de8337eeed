//! In French: exports of case software, and what is supposed to understand them.

use super::French;
use crate::finding::Text;
use crate::finding::words::Export;

impl Export for French {
    fn perhaps(&self, near: &str) -> String {
        format!("peut-être : {near}")
    }

    fn give_code_of_epci(&self, list: &str) -> String {
        format!("donnez le code de la vôtre : {list}")
    }

    fn give_code_or_name_of_epci(&self) -> &'static str {
        "donnez le code (SIREN) de l'intercommunalité ou un morceau de son nom, ou --communes FICHIER"
    }

    fn unknown_epci(&self, asked: &str) -> String {
        format!("--epci : « {asked} » n'est aucune intercommunalité connue")
    }

    fn several_epcis(&self, asked: &str, several: usize) -> String {
        format!("--epci : « {asked} » est dans le nom de {several} intercommunalités")
    }

    fn write_name_as_in_file(&self, names: &[String]) -> String {
        format!("écrivez son nom comme dans le fichier : « {} »", names.join(" », « "))
    }

    fn no_column_of_homes(&self) -> &'static str {
        "aucune colonne ne dit où habitent les jeunes"
    }

    fn no_column_of_ages(&self) -> &'static str {
        "aucune colonne ne dit l'âge des jeunes"
    }

    fn supposed(&self, what: &Text, times: u32) -> String {
        format!("{} ({times}, à partir d'ici)", what.fr)
    }

    fn cell_left_empty(&self, value: &str, times: u32) -> String {
        let times = if times == 1 { String::new() } else { format!(" ({times} fois, à partir d'ici)") };
        format!("« {value} » n'est pas compris : case laissée vide{times}")
    }

    fn write_or_perhaps(&self, expected: &Text, near: &str) -> String {
        format!("écrivez {} ; peut-être {near}", expected.fr)
    }

    fn add_a_column(&self, word: &str) -> String {
        format!("si l'une le dit, ajoutez --column \"SON NOM={word}\"")
    }

    fn nothing_that_is_read(&self, text: &str, word: &str) -> String {
        format!("--column « {text} » : « {word} » n'est pas une chose qui se lit")
    }

    fn write_name_and_word(&self, all: &str) -> String {
        format!("écrivez NOM=MOT, avec un mot parmi {all}, ignore")
    }

    fn no_column_of_that_name(&self, header: &str) -> String {
        format!("--column : le fichier n'a pas de colonne « {header} »")
    }

    fn says_who_it_is(&self, header: &str) -> String {
        format!("--column : « {header} » dit qui est la personne, et n'est jamais lue")
    }

    fn another_name_if_not(&self) -> &'static str {
        "donnez à la colonne un autre nom si ce n'est pas le cas"
    }

    fn another_column_already(&self, header: &str, word: &str) -> String {
        format!("--column « {header} » : une autre colonne est déjà « {word} »")
    }

    fn no_communes(&self) -> &'static str {
        "cette version n'a pas la table des communes de France"
    }

    fn add_communes(&self) -> &'static str {
        "ajoutez --communes FICHIER, dans la forme de communes.csv (docs/format.md)"
    }

    fn give_a_known_commune(&self) -> &'static str {
        "donnez le nom d'une commune connue, ou son code INSEE"
    }

    fn give_code_of_commune(&self, list: &str) -> String {
        format!("donnez le code INSEE de la bonne commune : {list}")
    }

    fn not_one_commune(&self, asked: &str) -> String {
        format!("--site : « {asked} » ne désigne pas une seule commune")
    }

    fn no_commune_for_a_site(&self) -> &'static str {
        "aucune commune pour y mettre un site"
    }

    fn add_a_site(&self) -> &'static str {
        "ajoutez --site COMMUNE"
    }

    fn nobody_of_any_age(&self) -> &'static str {
        "aucune ligne ne dit l'âge d'un jeune"
    }

    fn check_column_of_ages(&self) -> &'static str {
        "vérifiez quelle colonne est la date de naissance ou l'âge : --column \"NOM=naissance\""
    }

    fn zero_put_back(&self) -> &'static str {
        "zéro de tête perdu par un tableur : remis"
    }

    fn former_commune(&self) -> &'static str {
        "ancienne commune : prise pour celle d'aujourd'hui"
    }

    fn commune_by_postcode(&self) -> &'static str {
        "commune non comprise : prise d'après le code postal, qui n'en a qu'une"
    }

    fn yes_is_licence_b(&self) -> &'static str {
        "« oui » : pris pour le permis B"
    }

    fn licence_not_yet(&self) -> &'static str {
        "permis en cours : pas encore compté"
    }

    fn no_vehicle_of_that_way(&self) -> &'static str {
        "à pied, transports en commun, trottinette : aucun véhicule"
    }

    fn driven_every_day(&self) -> &'static str {
        "quelqu'un conduit le jeune : compté tous les jours, à l'aller et au retour, avec un adulte"
    }

    fn motorcycle(&self) -> &'static str {
        "moto : comptée à l'allure d'un cyclomoteur"
    }

    fn licence_of_vehicle(&self) -> &'static str {
        "véhicule sans permis écrit : le permis qu'il faut est supposé"
    }

    fn all_on_foot(&self) -> &'static str {
        "aucune colonne ne dit comment les jeunes se déplacent : tous sont comptés à pied"
    }

    fn in_both_forms_of_cej(&self) -> &'static str {
        "CEJ : inscrit aux deux formes, « cej » et « cej-petit-groupe », qui s'excluent"
    }

    fn pacea_is_workshop(&self) -> &'static str {
        "PACEA : inscrit à l'atelier"
    }

    fn enrolled_in_all(&self) -> &'static str {
        "aucune colonne ne dit les dispositifs : chaque jeune est inscrit à tous"
    }

    fn home_is_the_commune(&self) -> &'static str {
        "sans coordonnées utilisables : le domicile est la commune"
    }

    fn nothing_tells_the_age(&self) -> &'static str {
        "rien ne dit l'âge : ligne laissée de côté"
    }

    fn age_not_understood(&self, text: &str) -> String {
        format!("« {text} » n'est pas compris : ligne laissée de côté")
    }

    fn several_communes(&self, text: &str) -> String {
        format!("« {text} » peut être plusieurs communes : domicile laissé vide")
    }

    fn write_the_code_or_add_postcodes(&self, list: &str) -> String {
        format!("écrivez le code INSEE ({list}), ou ajoutez une colonne de codes postaux, ou --epci CODE")
    }
}
