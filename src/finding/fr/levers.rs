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

    fn no_adviser_at_all(&self, key: &Key) -> String {
        format!("le conseiller {key} n'existe pas : advisers.csv n'en décrit aucun")
    }

    fn no_such_adviser(&self, key: &Key) -> String {
        format!("le conseiller {key} n'existe pas")
    }

    fn stop_is_no_place(&self, key: &Key) -> String {
        format!("l'arrêt {key} n'est pas un lieu du territoire")
    }

    fn adviser_called_so(&self, lever: &Key) -> String {
        format!("le levier {lever} ajoute un conseiller, et un conseiller s'appelle déjà ainsi")
    }

    fn another_identifier_of_lever(&self) -> &'static str {
        "donnez au levier un autre identifiant"
    }

    fn correct_or_remove_lever(&self) -> &'static str {
        "corrigez ce levier ou retirez-le : tel quel, il ne change rien"
    }

    fn lever_beyond_horizon(&self, lever: &Key, limit: u32, horizon: u32) -> String {
        format!(
            "le levier {lever} admet {limit} min de trajet, et au-delà de {horizon} min les trajets ne sont pas cherchés"
        )
    }

    fn lower_limit_or_longer_horizon(&self) -> &'static str {
        "baissez sa limite, ou augmentez horizon_min dans territory.toml"
    }

    fn site_is_no_candidate(&self, site: &Key) -> String {
        format!("le site {site} est déjà ouvert : ce n'est pas un candidat")
    }

    fn site_never_opens_then(&self, site: &Key) -> String {
        format!("le site {site} ne peut ouvrir à aucune de ces demi-journées")
    }

    fn site_open_already(&self, site: &Key) -> String {
        format!("le site {site} est déjà ouvert à ces demi-journées")
    }

    fn site_not_open_then(&self, site: &Key) -> String {
        format!("le site {site} n'est pas ouvert à ces demi-journées")
    }

    fn half_days_not_limited(&self) -> &'static str {
        "rien ne limite les demi-journées des conseillers : advisers.csv n'en décrit aucun"
    }

    fn adviser_works_there(&self, adviser: &Key, site: &Key) -> String {
        format!("le conseiller {adviser} travaille déjà au site {site}")
    }

    fn loan_to_nobody(&self) -> &'static str {
        "prêt à personne qui ait le permis : aucun jeune ne peut conduire ce véhicule"
    }

    fn no_car_among_drivers(&self) -> &'static str {
        "aucun de ces jeunes n'a de voiture pour en emmener d'autres"
    }

    fn only_so_much_on_site(&self, programme: &Key, needed: u8) -> String {
        format!("le dispositif {programme} ne demande sur place que {needed} % des séances")
    }

    fn nobody_to_be_like(&self, programme: &Key) -> String {
        format!(
            "personne n'est inscrit au dispositif {programme} : ceux qui viendraient ne ressemblent à personne"
        )
    }

    fn minimum_not_smaller(&self, programme: &Key, min: u32, today: u32) -> String {
        format!("un minimum de {min} n'est pas plus petit : celui du dispositif {programme} est {today}")
    }

    fn limit_not_longer(&self, programme: &Key, limit: u32, today: u32) -> String {
        format!(
            "une limite de {limit} min n'est pas plus longue : celle du dispositif {programme} est de {today} min"
        )
    }

    fn held_then_already(&self, programme: &Key) -> String {
        format!("le dispositif {programme} peut déjà se tenir à ces demi-journées")
    }

    fn an_assumption(&self) -> &'static str {
        "hypothèse"
    }

    fn open_site(&self, name: &str) -> String {
        format!("Ouvrir le site {name}")
    }

    fn one_more_room(&self, name: &str) -> String {
        format!("Une salle de plus à {name}")
    }

    fn groups_from(&self, called: &str, min: u32) -> String {
        format!("{called} : des groupes à partir de {min}")
    }

    fn two_groups(&self, called: &str, min: u32, max: u32) -> String {
        format!("{called} : deux groupes de {min} à {max}")
    }

    fn trips_at_most(&self, called: &str, minutes: u32) -> String {
        format!("{called} : {minutes} min de trajet au plus")
    }

    fn half_by_video(&self, called: &str) -> String {
        format!("{called} : une séance sur deux en visio")
    }

    fn one_more_adviser(&self, half_days: u32) -> String {
        format!("Un conseiller de plus, {half_days} demi-journées par semaine")
    }

    fn lend_mopeds(&self, count: u32) -> String {
        format!("Prêter {count} cyclomoteurs")
    }

    fn lend_ebikes(&self, count: u32) -> String {
        format!("Prêter {count} vélos électriques")
    }

    fn a_shuttle_to(&self, name: &str) -> String {
        format!("Une navette vers {name}, le mardi et le jeudi")
    }

    fn volunteers_for(&self, places: u32, km: u32) -> String {
        format!("Des bénévoles pour {places} jeunes, jusqu'à {km} km")
    }

    fn one_week_each(&self, called: &str, a: &str, b: &str) -> String {
        format!("{called} : une semaine à {a}, l'autre à {b}")
    }
}
