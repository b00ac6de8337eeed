//! In French: what is expected in a field, to follow "write".

use super::French;
use crate::finding::words::Expected;

impl Expected for French {
    fn a_number_or_nothing(&self, most: u32) -> String {
        format!("un nombre de 0 à {most}, ou rien s'il n'y a pas de trajet")
    }

    fn a_whole_number(&self, least: i64, most: i64) -> String {
        format!("un nombre entier de {least} à {most}")
    }

    fn a_number_within(&self, least: f64, most: f64) -> String {
        format!("un nombre de {least} à {most}")
    }

    fn some_tables(&self, field: &str) -> String {
        format!("des tables [[{field}]]")
    }

    fn in_holidays_of_a_row(&self) -> &'static str {
        "continue, pause ou visio"
    }

    fn a_booking_deadline(&self) -> &'static str {
        "un délai, comme « veille 17:00 », « 2 jours 12:00 », « 1 jour ouvré 17:00 », « 2 h » ou « 45 min » (vide : sans réservation)"
    }

    fn a_density(&self) -> &'static str {
        "1 (dense), 2 (intermédiaire) ou 3 (rural)"
    }

    fn a_kind_of_closure(&self) -> &'static str {
        "vacances, ferie ou fermeture"
    }

    fn an_end_not_before_the_start(&self) -> &'static str {
        "une fin qui n'est pas avant le début"
    }

    fn degrees_within(&self, most: u8) -> String {
        format!("des degrés WGS84, de -{most} à {most} (pas des mètres)")
    }

    fn existing_or_candidate(&self) -> &'static str {
        "existant ou candidat"
    }

    fn a_polygon(&self) -> &'static str {
        "un Polygon ou un MultiPolygon, chaque point avec sa longitude et sa latitude"
    }

    fn wgs84_degrees(&self) -> &'static str {
        "des degrés WGS84"
    }

    fn some_hours(&self) -> &'static str {
        "des heures, comme « lun-ven 8h-12h, mar » (vide : toujours)"
    }

    fn some_vehicles(&self) -> &'static str {
        "des véhicules, comme « voiture mar 8h-18h ; velo » (voiture, quadricycle, cyclomoteur, vae, velo)"
    }

    fn some_lifts(&self) -> &'static str {
        "des trajets, comme « aller lun-ven 7h-9h ; ar mar mineur » (aller, retour, ar)"
    }

    fn some_absences(&self) -> &'static str {
        "des absences, comme « 2026-10-01..2026-10-30 lun 8h-12h ; 2026-11-03 »"
    }

    fn some_days_written(&self) -> &'static str {
        "des jours sans heures, comme « lun-ven » ou « mar, jeu » (vide : tous)"
    }

    fn a_service(&self) -> &'static str {
        "bus, autocar, train, tad ou navette (« car » est ambigu : autocar ; une voiture va dans times.csv)"
    }

    fn minutes_of_a_ride(&self) -> &'static str {
        "des minutes, plus de 0 et au plus 1440"
    }

    fn some_minutes(&self) -> &'static str {
        "des minutes, comme 12 ou 12,5"
    }

    fn minutes_of_wait(&self) -> &'static str {
        "de 0 à 1440 minutes"
    }

    fn kmh_of_a_service(&self) -> &'static str {
        "de 0,1 à 400 km/h"
    }

    fn an_end_after_the_beginning(&self) -> &'static str {
        "une heure de fin après celle de début"
    }

    fn a_time_of_day(&self) -> &'static str {
        "une heure, comme 8h30 ou 08:30"
    }

    fn seats(&self) -> &'static str {
        "de 1 à 1000 places"
    }

    fn week_or_day(&self) -> &'static str {
        "week (semaine) ou day (jour)"
    }

    fn in_holidays(&self) -> &'static str {
        "runs, pauses ou visio"
    }

    fn sessions_needed(&self) -> &'static str {
        "all, ou needed_count, ou needed_percent"
    }

    fn a_trait(&self) -> &'static str {
        "minor, woman, man, disabled ou no_vehicle"
    }

    fn an_insee_code(&self) -> &'static str {
        "un code INSEE de cinq caractères, comme 37072 ou 2A004"
    }

    fn a_column_of_nobody(&self) -> &'static str {
        "le nom d'une colonne qui n'identifie personne"
    }

    fn a_detour(&self) -> &'static str {
        "un facteur de 1 à 10"
    }

    fn complete_or_refuse(&self) -> &'static str {
        "\"complete\" ou \"refuse\""
    }

    fn a_speed(&self) -> &'static str {
        "une vitesse de 0.1 à 400 km/h"
    }

    fn a_day(&self) -> &'static str {
        "un jour, comme lun ou lundi"
    }

    fn a_mode(&self) -> &'static str {
        "voiture, passager, cyclomoteur, vae, velo, pied, bus (ou autocar, train), tad ou navette"
    }

    fn a_chance(&self) -> &'static str {
        "un nombre au-dessus de 0 et jusqu'à 1, comme 0,75 pour trois fois sur quatre"
    }

    fn a_chance_or_zero(&self) -> &'static str {
        "un nombre de 0 à 1, comme 0.05 pour une fois sur vingt"
    }

    fn some_arrivals(&self) -> &'static str {
        "un nombre de jeunes par semaine, de 0 à 1000, comme 0,5 pour un toutes les deux semaines"
    }

    fn twelve_months(&self) -> &'static str {
        "douze nombres de 0 à 100, de janvier à décembre et pas tous nuls : 1 pour un mois comme les autres"
    }

    fn a_decimal(&self) -> &'static str {
        "un nombre, comme 1.3"
    }

    fn an_amount(&self) -> &'static str {
        "un montant de 0 à 1000000000"
    }

    fn true_or_false(&self) -> &'static str {
        "true ou false"
    }

    fn a_text(&self) -> &'static str {
        "un texte entre guillemets"
    }

    fn a_clock_time(&self) -> &'static str {
        "une heure, comme 9h00 ou 09:00"
    }

    fn some_texts(&self) -> &'static str {
        "une liste de textes, comme [\"a\", \"b\"]"
    }

    fn some_keys(&self) -> &'static str {
        "une liste d'identifiants, comme [\"a\", \"b\"]"
    }

    fn a_table(&self) -> &'static str {
        "une table"
    }

    fn some_sets(&self) -> &'static str {
        "une liste de listes, comme [[\"lun-am\", \"jeu-am\"]]"
    }

    fn a_key(&self) -> &'static str {
        "un identifiant de 1 à 64 caractères, sur une ligne"
    }

    fn a_date(&self) -> &'static str {
        "une date, comme 2026-09-03 ou 03/09/2026"
    }

    fn a_large_whole_number(&self) -> &'static str {
        "un nombre entier, au plus 4294967295"
    }

    fn euros(&self) -> &'static str {
        "un montant en euros, de 0 à 1000000000"
    }

    fn yes_or_no(&self) -> &'static str {
        "oui ou non"
    }

    fn degrees(&self) -> &'static str {
        "des degrés, comme 0,24004"
    }

    fn f_or_m(&self) -> &'static str {
        "F ou H"
    }

    fn some_licences(&self) -> &'static str {
        "des permis parmi AM, B1, B"
    }

    fn a_month(&self) -> &'static str {
        "un mois, comme 2008-03 ou 03/2008"
    }

    fn an_age(&self) -> &'static str {
        "un âge en années, de 0 à 120"
    }

    fn a_column_of_values(&self) -> &'static str {
        "une colonne de textes, de nombres, de dates ou de booléens"
    }

    fn a_weight(&self) -> &'static str {
        "un poids de 1 à 1000"
    }

    fn name_or_code_of_a_commune(&self) -> &'static str {
        "le nom d'une commune, ou son code INSEE"
    }

    fn a_postcode(&self) -> &'static str {
        "un code postal de cinq chiffres"
    }

    fn birth_or_month(&self) -> &'static str {
        "une date de naissance, comme 17/03/2008, ou un mois, comme 03/2008"
    }

    fn years_of_age(&self) -> &'static str {
        "un âge en années, comme 19"
    }

    fn licences_or_none(&self) -> &'static str {
        "AM, B1, B, ou aucun"
    }

    fn ways_to_travel(&self) -> &'static str {
        "voiture, scooter, vélo, vélo électrique, covoiturage, à pied ou aucun"
    }

    fn hours_or_nothing(&self) -> &'static str {
        "des heures, comme « lun-ven 9h-17h », ou rien"
    }

    fn absences_of_an_export(&self) -> &'static str {
        "des absences, comme « 2026-10-01..2026-10-30 »"
    }

    fn programmes_of_an_export(&self) -> &'static str {
        "CEJ, atelier ou code de la route, ou ajoutez le dispositif dans programmes.csv"
    }

    fn whole_from_1_to_1000(&self) -> &'static str {
        "un nombre entier de 1 à 1000"
    }
}
