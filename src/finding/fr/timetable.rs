//! In French: timetables, and what is changed in them.

use super::French;
use crate::finding::Text;
use crate::finding::words::Timetable;
use crate::units::ClockTime;
use jiff::civil::Date;

impl Timetable for French {
    fn wait_at_site(&self, most: Option<u32>) -> String {
        most.map_or_else(
            || "l'attente au site n'est pas comptée".to_owned(),
            |n| format!("au plus {n} min d'attente au site"),
        )
    }

    fn by_timetable(
        &self,
        name: &str,
        horizon: (Date, Date),
        walk: u32,
        change: u32,
        rides: u8,
        wait: &Text,
    ) -> String {
        let ((first, last), wait) = (horizon, &wait.fr);
        format!(
            "horaires de « {name} », du {first} au {last} : au plus {walk} min à pied jusqu'à un arrêt, {change} min pour changer, au plus {rides} véhicules ; {wait}"
        )
    }

    fn service_on_demand(&self, name: &str, from: ClockTime, to: ClockTime, booking: &Text) -> String {
        format!("« {name} », de {from} à {to} : {}", booking.fr)
    }

    fn tell_the_publisher(&self) -> &'static str {
        "signalez-le à qui publie l'horaire"
    }

    fn write_dates(&self) -> &'static str {
        "écrivez les dates AAAAMMJJ"
    }

    fn write_times(&self) -> &'static str {
        "écrivez les heures HH:MM:SS, au plus 95:59:59"
    }

    fn check_agency(&self) -> &'static str {
        "vérifiez agency.txt"
    }

    fn check_booking(&self) -> &'static str {
        "vérifiez jusqu'à quand on réserve"
    }

    fn trip_leaves_too_early_or_late(&self, at: ClockTime, stop: &str) -> String {
        format!("la course de {at} à {stop} partirait avant minuit, ou trop tard")
    }

    fn choose_fewer_minutes(&self) -> &'static str {
        "choisissez moins de minutes"
    }

    fn time_goes_back(&self, stop: &str) -> String {
        format!("l'heure recule à {stop}")
    }

    fn correct_the_times(&self) -> &'static str {
        "corrigez les heures"
    }

    fn trip_without_two_stops(&self, line: &str) -> String {
        format!("une course de {line} n'a pas deux arrêts")
    }

    fn give_two_stops(&self) -> &'static str {
        "donnez au moins deux arrêts"
    }

    fn no_line_called(&self, name: &str) -> String {
        format!("aucune ligne ne s'appelle {name}")
    }

    fn correct_the_line(&self) -> &'static str {
        "corrigez le nom de la ligne"
    }

    fn no_stop_called(&self, name: &str) -> String {
        format!("aucun arrêt ne s'appelle {name}")
    }

    fn correct_the_stop(&self) -> &'static str {
        "corrigez le nom de l'arrêt"
    }

    fn no_trip_calls_then(&self, line: &str, stop: &str, at: ClockTime, times: &str) -> String {
        format!("aucune course de {line} ne passe à {stop} à {at} ; elle y passe à : {times}")
    }

    fn choose_one_of_these_times(&self) -> &'static str {
        "choisissez une de ces heures"
    }

    fn no_trip_ends_there(&self, line: &str, end: &str) -> String {
        format!("aucune course de {line} ne commence ni ne finit à {end}")
    }

    fn name_the_end(&self) -> &'static str {
        "nommez l'arrêt où la ligne finit"
    }

    fn trip_leaves_before_midnight(&self, line: &str) -> String {
        format!("une course de {line} partirait avant minuit")
    }

    fn choose_a_shorter_ride(&self) -> &'static str {
        "choisissez un trajet plus court"
    }

    fn date_outside(&self, first: Date, last: Date, date: Date) -> String {
        format!("l'horaire va du {first} au {last} : le {date}, on ne sait pas ce qui circule")
    }

    fn ask_for_that_date(&self) -> &'static str {
        "demandez l'horaire de cette date"
    }

    fn ask_for_a_newer_timetable(&self) -> &'static str {
        "demandez un horaire plus récent"
    }

    fn dates_outside(&self, outside: usize, dates: usize, first: Date, last: Date) -> String {
        format!(
            "{outside} des {dates} jours de séances sont hors de l'horaire, qui va du {first} au {last} : ces jours-là, on ne sait pas ce qui circule"
        )
    }

    fn thin_from(&self, from: Date, sparse: usize) -> String {
        format!(
            "l'horaire est sans doute incomplet à partir du {from} : {sparse} jours de séances y sont comptés comme inconnus"
        )
    }

    fn ride_to_stop(&self, most: u32) -> String {
        format!("au plus {most} min en véhicule ou conduit jusqu'à un arrêt ; le véhicule y attend le retour")
    }

    fn on_demand_figures(&self) -> &'static str {
        "transport à la demande : attente et vitesse déclarées, en ligne droite × détour ; les places des véhicules ne sont pas comptées"
    }

    fn neither_folder_nor_zip(&self) -> &'static str {
        "ce n'est ni un dossier ni une archive zip d'horaires, ou l'archive est abîmée"
    }

    fn fetch_it_again(&self) -> &'static str {
        "téléchargez-la de nouveau, ou donnez un horaire au format GTFS"
    }

    fn file_missing(&self, file: &str) -> String {
        format!("il manque {file}")
    }

    fn ask_for_a_whole_feed(&self) -> &'static str {
        "demandez un horaire GTFS entier"
    }

    fn unknown_zone(&self, name: &str) -> String {
        format!("fuseau horaire inconnu : « {name} »")
    }

    fn two_zones(&self, first: &str, name: &str) -> String {
        format!("deux fuseaux horaires dont l'heure diffère : {first} et {name}")
    }

    fn give_one_zone(&self) -> &'static str {
        "donnez des horaires d'un seul fuseau, nommé comme Europe/Paris"
    }

    fn too_many_rows(&self) -> &'static str {
        "plus de lignes que l'horaire d'un pays n'en a"
    }

    fn keep_the_region(&self) -> &'static str {
        "gardez les arrêts et les courses de la région"
    }

    fn cannot_be_unpacked(&self) -> &'static str {
        "ce fichier de l'archive ne se décompresse pas"
    }

    fn row_too_long(&self) -> &'static str {
        "une ligne de plus d'un million d'octets"
    }

    fn table_too_long(&self) -> &'static str {
        "plus de 2 Go une fois décompressé"
    }

    fn too_many_columns(&self) -> &'static str {
        "plus de 1 000 colonnes"
    }

    fn no_trip_has_times(&self) -> &'static str {
        "aucune course n'a d'horaires"
    }

    fn check_the_file(&self) -> &'static str {
        "vérifiez que c'est le bon fichier"
    }

    fn rows_of_unknown_trips(&self, first: &str, n: u64) -> String {
        format!(
            "des lignes nomment une course qui n'est pas dans trips.txt (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn rows_of_unknown_stops(&self, first: &str, n: u64) -> String {
        format!(
            "des lignes nomment un arrêt qui n'est pas dans stops.txt (le premier : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_of_unknown_lines(&self, first: &str, n: u64) -> String {
        format!(
            "des courses d'une ligne qui n'est pas dans routes.txt (la première : « {first} ») : gardées sous la ligne « ? » ; en tout : {n}"
        )
    }

    fn bad_dates(&self, first: &str, n: u64) -> String {
        format!(
            "des lignes avec une date qui n'en est pas une (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn bad_rows(&self, first: &str, n: u64) -> String {
        format!(
            "des lignes avec une valeur qui ne se comprend pas (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_twice_at_a_rank(&self, first: &str, n: u64) -> String {
        format!(
            "des courses avec deux fois le même rang d'arrêt (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_with_blank_ends(&self, first: &str, n: u64) -> String {
        format!(
            "des courses sans heure à leur premier ou à leur dernier arrêt (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn bad_times(&self, first: &str, n: u64) -> String {
        format!(
            "des courses avec une heure qui n'en est pas une (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_back_in_time(&self, first: &str, n: u64) -> String {
        format!(
            "des courses qui reculent dans le temps (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_of_one_stop(&self, first: &str, n: u64) -> String {
        format!(
            "des courses avec moins de deux arrêts (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn times_interpolated(&self, n: u64) -> String {
        format!("des heures manquent entre deux arrêts qui en ont : interpolées ; en tout : {n}")
    }

    fn trips_never_run(&self, n: u64) -> String {
        format!("des courses ne circulent aucun jour ; en tout : {n}")
    }

    fn stops_without_position(&self, first: &str, n: u64) -> String {
        format!(
            "des arrêts sans coordonnées (le premier : « {first} ») : personne n'y va à pied ; en tout : {n}"
        )
    }

    fn stops_swapped(&self, first: &str, n: u64) -> String {
        format!(
            "des arrêts dont latitude et longitude sont échangées (le premier : « {first} ») : remises ; en tout : {n}"
        )
    }

    fn stops_far_away(&self, first: &str, n: u64) -> String {
        format!(
            "des arrêts à plus de 500 km des autres (le premier : « {first} ») : personne n'y va à pied ; en tout : {n}"
        )
    }

    fn identifiers_twice(&self, first: &str, n: u64) -> String {
        format!(
            "des identifiants en double (le premier : « {first} ») : la première ligne compte ; en tout : {n}"
        )
    }

    fn stops_of_unknown_stations(&self, first: &str, n: u64) -> String {
        format!(
            "des arrêts d'une gare qui n'est pas dans stops.txt (la première : « {first} ») : chacun est la sienne ; en tout : {n}"
        )
    }

    fn files_in_a_folder(&self, first: &str) -> String {
        format!("les fichiers sont dans un dossier de l'archive (« {first} ») : lus quand même")
    }

    fn texts_not_utf8(&self, first: &str, n: u64) -> String {
        format!(
            "des textes ne sont pas en UTF-8 (le premier : « {first} ») : lus en Windows-1252 ; en tout : {n}"
        )
    }

    fn no_time_zone(&self) -> &'static str {
        "pas de fuseau horaire : Europe/Paris est supposé"
    }

    fn long_calendars(&self, first: &str, n: u64) -> String {
        format!(
            "des calendriers de plus de deux ans (le premier : « {first} ») : peut-être jamais mis à jour ; en tout : {n}"
        )
    }

    fn transfers_by_trip(&self, n: u64) -> String {
        format!("des correspondances ne valent que pour une course ou une ligne : non lues ; en tout : {n}")
    }

    fn transfers_in_seat(&self, n: u64) -> String {
        format!(
            "des correspondances où l'on reste assis, entre des courses qui ne sont pas là, ne se suivent pas, ou sont trop nombreuses : un changement est compté ; en tout : {n}"
        )
    }

    fn hail_and_ride(&self, n: u64) -> String {
        format!(
            "des passages où l'on peut monter ou descendre entre deux arrêts : seuls les arrêts comptent ; en tout : {n}"
        )
    }

    fn trips_on_demand(&self, first: &str, n: u64) -> String {
        format!(
            "des courses sur demande dans une plage horaire (la première : « {first} ») : lues, mais elles n'ont pas d'horaire ; en tout : {n}"
        )
    }

    fn trips_without_window(&self, first: &str, n: u64) -> String {
        format!(
            "des courses sur demande dont une ligne n'a pas de plage horaire, en a une qui ne se comprend pas, ou une heure de plus (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_to_unknown_places(&self, first: &str, n: u64) -> String {
        format!(
            "des courses sur demande vers un arrêt, un groupe ou une zone qui n'est pas là ou qui est vide (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_of_unknown_rules(&self, first: &str, n: u64) -> String {
        format!(
            "des courses sur demande dont la règle de réservation n'est pas là ou ne se comprend pas (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn trips_nobody_rides(&self, first: &str, n: u64) -> String {
        format!(
            "des courses sur demande où personne ne peut monter puis descendre (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn zones_unreadable(&self) -> &'static str {
        "ce fichier n'est pas une FeatureCollection qui se lit : aucune zone n'est connue"
    }

    fn zones_left_out(&self, first: &str, n: u64) -> String {
        format!(
            "des zones sans identifiant, ou qui ne sont pas des polygones en degrés (la première : « {first} ») : laissées de côté ; en tout : {n}"
        )
    }

    fn groups_mixed(&self, n: u64) -> String {
        format!(
            "des groupes mêlent des arrêts et des zones, ou plusieurs zones : seuls les arrêts comptent, ou la première zone ; en tout : {n}"
        )
    }

    fn rules_of_plain_days(&self, first: &str, n: u64) -> String {
        format!(
            "des règles de réservation comptent les jours d'un service qui n'est pas du lundi au vendredi (la première : « {first} ») : tous les jours comptent ; en tout : {n}"
        )
    }

    fn calls_without_rule(&self, n: u64) -> String {
        format!(
            "des passages sur demande sans règle de réservation : on est censé réserver jusqu'au départ ; en tout : {n}"
        )
    }

    fn trips_without_duration(&self, first: &str, n: u64) -> String {
        format!(
            "des courses dont safe_duration_factor ou safe_duration_offset ne se comprend pas (la première : « {first} ») : gardées sans durée maximale ; en tout : {n}"
        )
    }

    fn horizon_of_feed_info(&self) -> &'static str {
        "feed_info.txt donne des dates hors des calendriers : les calendriers comptent"
    }

    fn other_files(&self, first: &str, n: u64) -> String {
        format!(
            "des fichiers qui ne changent rien aux horaires ne sont pas lus (le premier : « {first} ») ; en tout : {n}"
        )
    }

    fn other_columns(&self, first: &str, n: u64) -> String {
        format!(
            "des colonnes qui ne changent rien aux horaires ne sont pas lues (la première : « {first} ») ; en tout : {n}"
        )
    }

    fn archive_without_timetable(&self) -> &'static str {
        "cette archive n'a pas d'horaires : pas lue"
    }
}
