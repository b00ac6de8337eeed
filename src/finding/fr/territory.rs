//! In French: what holds between entities, and edits.

use super::French;
use crate::finding::words::Territory;
use crate::units::InseeCode;
use crate::units::Key;
use jiff::civil::Date;

impl Territory for French {
    fn no_such_place(&self, key: &Key) -> String {
        format!("le lieu {key} n'existe pas")
    }

    fn no_such_site(&self, key: &Key) -> String {
        format!("le site {key} n'existe pas")
    }

    fn no_such_slot(&self, key: &Key) -> String {
        format!("la demi-journée {key} n'existe pas")
    }

    fn no_such_programme(&self, key: &Key) -> String {
        format!("le dispositif {key} n'existe pas")
    }

    fn no_such_youth(&self, key: &Key) -> String {
        format!("le jeune {key} n'existe pas")
    }

    fn no_such_stop(&self, key: &Key) -> String {
        format!("le lieu ou le site {key} n'existe pas")
    }

    fn limit_beyond_horizon(&self, programme: Option<&Key>, limit: u32, horizon: u32) -> String {
        let whose =
            programme.map_or_else(|| "du territoire".to_owned(), |key| format!("du dispositif {key}"));
        format!("la limite de trajet {whose} ({limit} min) dépasse l'horizon ({horizon} min)")
    }

    fn road_not_closed(&self, road: i64) -> String {
        format!("la route {road} n'est pas fermée")
    }

    fn correct_the_road(&self) -> &'static str {
        "corrigez l'identifiant à rouvrir"
    }

    fn percent_of_usual_time(&self, percent: u16) -> String {
        format!("{percent} % du temps habituel")
    }

    fn write_100_to_1000(&self) -> &'static str {
        "écrivez de 100 à 1000"
    }

    fn nothing_called(&self, key: &Key) -> String {
        format!("rien ne s'appelle {key}")
    }

    fn correct_what_to_remove(&self) -> &'static str {
        "corrigez l'identifiant à retirer"
    }

    fn slot_ends_before_it_begins(&self, key: &Key) -> String {
        format!("la demi-journée {key} finit avant de commencer")
    }

    fn correct_its_hours(&self) -> &'static str {
        "corrigez ses heures"
    }

    fn place_without_coordinates(&self, key: &Key) -> String {
        format!("le lieu {key} n'a pas de coordonnées")
    }

    fn add_coordinates_of_place(&self) -> &'static str {
        "ajoutez lon et lat ; sinon ses jeunes seront « non localisés »"
    }

    fn place_far_from_sites(&self, key: &Key, km: f64) -> String {
        format!("le lieu {key} est à {km} km du site le plus proche")
    }

    fn perhaps_swapped(&self) -> &'static str {
        "vérifiez lon et lat : peut-être inversés"
    }

    fn site_not_located(&self, key: &Key) -> String {
        format!("le site {key} n'est pas localisé")
    }

    fn add_coordinates_of_site(&self) -> &'static str {
        "ajoutez lon et lat, ou le code INSEE d'une commune du territoire"
    }

    fn named_more_than_once(&self, field: &str, key: &str) -> String {
        format!("« {field} » nomme {key} plus d'une fois")
    }

    fn once_is_enough(&self) -> &'static str {
        "une fois suffit ; peut-être en manque-t-il un autre"
    }

    fn excludes_itself(&self, key: &Key) -> String {
        format!("le dispositif {key} s'exclut lui-même")
    }

    fn take_it_off_its_list(&self) -> &'static str {
        "retirez-le de sa propre liste"
    }

    fn ages_admit_nobody(&self, key: &Key) -> String {
        format!("les âges du dispositif {key} n'admettent personne")
    }

    fn first_age_below_last(&self) -> &'static str {
        "l'âge de début doit être sous l'âge de fin"
    }

    fn never_holds(&self, key: &Key, (min, max): (u32, u32), counted: u16, hold: u16) -> String {
        format!(
            "le dispositif {key} demande {min} présents au moins dans {hold} % des cas : si chacun vient {counted} fois sur 100, même un groupe de {max} n'y arrive pas"
        )
    }

    fn raise_max_or_lower_hold(&self) -> &'static str {
        "augmentez max, ou baissez hold"
    }

    fn mix_rule_never_met(&self, key: &Key) -> String {
        format!("aucun groupe du dispositif {key} ne peut respecter une de ses règles de composition")
    }

    fn mix_rule_bounds(&self) -> &'static str {
        "au moins ≤ au plus, et au moins ≤ taille maximale"
    }

    fn rhythm_out_of_range(&self, key: &Key) -> String {
        format!("le rythme du dispositif {key} sort des bornes")
    }

    fn rhythm_range(&self) -> &'static str {
        "1 à 104 semaines, départ repoussé de 52 au plus, 1 à 3 demi-journées ou 1 à 5 jours, 2 à 10 sites en alternance, au moins un groupe"
    }

    fn impossible_sessions(&self, key: &Key) -> String {
        format!("le dispositif {key} demande un nombre de séances impossible")
    }

    fn sessions_range(&self) -> &'static str {
        "au moins une séance, au plus 100 %"
    }

    fn link_to_itself(&self, key: &Key) -> String {
        format!("la liaison {key} mène d'un arrêt à lui-même")
    }

    fn correct_its_ends(&self) -> &'static str {
        "corrigez son départ ou son arrivée"
    }

    fn link_never_runs(&self, key: &Key) -> String {
        format!("la liaison {key} ne dure pas, dure plus d'un jour ou ne circule jamais")
    }

    fn link_range(&self) -> &'static str {
        "de 1 seconde à 24 heures, au moins un jour"
    }

    fn youth_of_odd_age(&self, key: &Key, years: i32) -> String {
        format!("le jeune {key} aurait {years} ans")
    }

    fn correct_age_or_birth(&self) -> &'static str {
        "corrigez l'âge ou la naissance : de 10 à 40 ans"
    }

    fn youths_of_odd_age(&self, key: &Key, day: Date, odd: usize) -> String {
        format!("le dispositif {key} commence le {day} : {odd} jeunes n'auraient pas de 10 à 40 ans")
    }

    fn correct_year_of_start(&self) -> &'static str {
        "corrigez l'année de son départ"
    }

    fn no_youth(&self) -> &'static str {
        "aucun jeune"
    }

    fn fill_youths_or_draw(&self) -> &'static str {
        "remplissez youths.csv ou décrivez un tirage"
    }

    fn youth_enrolled_in_nothing(&self, key: &Key) -> String {
        format!("le jeune {key} n'est inscrit à aucun dispositif")
    }

    fn youths_enrolled_in_nothing(&self, n: usize, key: &Key) -> String {
        format!("{n} jeunes ne sont inscrits à aucun dispositif, à commencer par {key}")
    }

    fn fill_programmes_if_not_meant(&self) -> &'static str {
        "rien à faire si c'est voulu ; sinon remplissez la colonne programmes"
    }

    fn same_priority(&self, weight: u32) -> String {
        format!("tous les jeunes ont la même priorité, {weight} : elle ne départage personne")
    }

    fn priority_for_some(&self) -> &'static str {
        "laissez la colonne priority vide, sauf pour ceux qui passent avant"
    }

    fn keep_one_decision(&self) -> &'static str {
        "gardez une seule des deux décisions"
    }

    fn correct_or_add(&self) -> &'static str {
        "corrigez l'identifiant ou ajoutez ce qui manque"
    }

    fn identifier_taken(&self, key: &Key) -> String {
        format!("l'identifiant {key} est déjà pris")
    }

    fn each_its_identifier(&self) -> &'static str {
        "donnez un identifiant à chacun"
    }

    fn commune_not_of_the_territory(&self, key: &Key, code: InseeCode) -> String {
        format!("le transport à la demande {key} dessert la commune {code}, qui n'est pas du territoire")
    }

    fn correct_or_add_commune(&self) -> &'static str {
        "corrigez le code dans « communes », ou ajoutez la commune à communes.csv"
    }

    fn service_never_comes(&self, key: &Key) -> String {
        format!("le transport à la demande {key} ne vient nulle part, jamais, ou sort des bornes")
    }

    fn service_range(&self) -> &'static str {
        "au moins une commune, un jour et une place, des heures dans l'ordre, 31 jours d'avance et 24 heures d'attente au plus"
    }

    fn apart_from_themself(&self, youth: &Key) -> String {
        format!("le jeune {youth} est séparé de lui-même")
    }

    fn pinned_in_and_out(&self, youth: &Key) -> String {
        format!("le jeune {youth} est épinglé dedans par une épingle et dehors par une autre")
    }

    fn pinned_groups_contradict(&self, programme: &Key) -> String {
        format!("le groupe épinglé du dispositif {programme} en contredit un autre")
    }

    fn pinned_group_on_closed_days(&self, programme: &str) -> String {
        format!("toutes les séances du groupe épinglé du dispositif {programme} tombent sur une fermeture")
    }

    fn pinned_group_not_possible(&self, programme: &str) -> String {
        format!("le groupe épinglé du dispositif {programme} n'est possible ni là ni à ces demi-journées")
    }

    fn check_pinned_group(&self) -> &'static str {
        "vérifiez le site, les demi-journées, le départ et le dispositif"
    }

    fn pinned_in_two_that_exclude(&self, youth: &str, programme: &str, other: &str) -> String {
        format!("le jeune {youth} est épinglé dans {programme} et dans {other}, qui s'excluent")
    }

    fn pinned_not_enrolled(&self, youth: &str, programme: &str) -> String {
        format!("le jeune {youth} est épinglé dans {programme} sans y être inscrit")
    }

    fn enrol_or_remove_pin(&self) -> &'static str {
        "inscrivez-le dans youths.csv, ou retirez l'épingle"
    }

    fn pinned_where_nothing_is_held(&self, youth: &str, programme: &str) -> String {
        format!("le jeune {youth} est épinglé dans {programme}, qui ne peut se tenir nulle part")
    }

    fn open_a_site_or_remove_pin(&self) -> &'static str {
        "ouvrez un site à ses demi-journées, ou retirez l'épingle"
    }

    fn pinned_not_of_its_age(&self, youth: &str, programme: &str) -> String {
        format!("le jeune {youth} est épinglé dans {programme}, dont il n'a l'âge à aucun départ")
    }

    fn check_ages_or_remove_pin(&self) -> &'static str {
        "vérifiez l'âge du jeune et ceux du dispositif, ou retirez l'épingle"
    }

    fn pinned_out_of_another(&self, youth: &str, programme: &str) -> String {
        format!("le jeune {youth} est épinglé hors de {programme}, où il n'est pas inscrit")
    }

    fn pinned_out_of_nothing(&self, youth: &str) -> String {
        format!("le jeune {youth} est épinglé dehors et n'est inscrit à rien")
    }

    fn apart_with_nothing_in_common(&self, a: &str, b: &str) -> String {
        format!("les jeunes {a} et {b} sont séparés et n'ont aucun dispositif en commun")
    }

    fn pin_changes_nothing(&self) -> &'static str {
        "vérifiez les identifiants ; sinon l'épingle ne change rien"
    }

    fn too_many_options(&self, options: usize, sessions: usize) -> String {
        format!(
            "plus de {options} options (dispositif × site × demi-journées × départ) ou de {sessions} séances"
        )
    }

    fn restrict_options(&self) -> &'static str {
        "restreignez les demi-journées ou les dates de départ, ou listez les rythmes voulus"
    }

    fn slots_overlap(&self, a: &Key, b: &Key) -> String {
        format!("les demi-journées {a} et {b} se chevauchent")
    }

    fn correct_their_hours(&self) -> &'static str {
        "corrigez leurs heures ; sinon nul ne peut être aux deux, et chacune compte pour une demi-journée"
    }

    fn no_site_for_programme(&self, key: &Key) -> String {
        format!("aucun site n'est ouvert aux demi-journées du dispositif {key}")
    }

    fn open_a_site(&self) -> &'static str {
        "ouvrez un site à ces demi-journées, ou changez-les"
    }

    fn no_programme_for_site(&self, key: &Key) -> String {
        format!("aucun dispositif ne peut se tenir au site {key}")
    }

    fn check_rooms(&self) -> &'static str {
        "vérifiez ses salles et ses demi-journées"
    }

    fn idle_adviser(&self, key: &Key) -> String {
        format!("le conseiller {key} ne peut animer aucun groupe")
    }

    fn check_adviser(&self) -> &'static str {
        "vérifiez ses sites, ses demi-journées et leur nombre"
    }

    fn check_calendar(&self) -> &'static str {
        "vérifiez calendar.csv et les dates"
    }

    fn programme_closed_throughout(&self, key: &Key) -> String {
        format!("toutes les séances du dispositif {key} tombent sur une fermeture")
    }

    fn site_closed_throughout(&self, key: &Key) -> String {
        format!("toutes les séances possibles au site {key} tombent sur une fermeture")
    }

    fn too_few_sessions_held(&self, key: &Key, n: u16, held: u32) -> String {
        format!("le dispositif {key} demande {n} séances et n'en tient que {held}")
    }

    fn ask_for_fewer_sessions(&self) -> &'static str {
        "demandez-en moins, ou toutes"
    }

    fn longer_horizon(&self) -> &'static str {
        "mettez horizon_min au moins aussi haut que la limite de trajet"
    }

    fn exclusions_in_a_circle(&self, names: &str) -> String {
        format!("les exclusions tournent en rond : {names}")
    }

    fn exclusions_hold_both_ways(&self) -> &'static str {
        "une exclusion vaut dans les deux sens et n'est pas un ordre : gardez celles qui sont voulues"
    }

    fn enrol_youths(&self) -> &'static str {
        "inscrivez des jeunes dans youths.csv, ou retirez-le"
    }

    fn give_it_a_weight(&self) -> &'static str {
        "donnez-lui un poids dans [synthesis.weights]"
    }

    fn nobody_enrolled(&self, key: &Key) -> String {
        format!("personne n'est inscrit au dispositif {key}")
    }

    fn nobody_of_that_age(&self, key: &Key, enrolled: u32) -> String {
        format!("les âges du dispositif {key} excluent tous ses inscrits ({enrolled})")
    }

    fn check_ages_and_start(&self) -> &'static str {
        "vérifiez age_from, age_before et start"
    }
}
