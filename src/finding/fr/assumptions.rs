//! In French: figures that an answer rests on.

use super::French;
use crate::finding::Text;
use crate::finding::words::Assumptions;
use crate::units::ClockTime;

impl Assumptions for French {
    fn booked_days_before(&self, days: u8, working: bool, until: ClockTime) -> String {
        let day = match (days, working) {
            (0, _) => "le jour même".to_owned(),
            (1, false) => "la veille".to_owned(),
            (1, true) => "le jour ouvré d'avant".to_owned(),
            (n, false) => format!("{n} jours avant"),
            (n, true) => format!("{n} jours ouvrés avant"),
        };
        format!("à réserver {day}, jusqu'à {until}")
    }

    fn minor_lift(&self, needs_adult: bool) -> &'static str {
        if needs_adult {
            "un mineur n'est passager que d'un adulte"
        } else {
            "un mineur peut être passager d'un jeune conducteur"
        }
    }

    fn straight_line(&self, detour: f64) -> String {
        format!("distance à vol d'oiseau × {}", super::decimal(detour))
    }

    fn pace(&self, mode: &Text, kmh: f64, plus: u32) -> String {
        let plus = if plus > 0 { format!(" plus {plus} min") } else { String::new() };
        format!("{} : {} km/h{plus}", mode.fr, super::decimal(kmh))
    }

    fn no_booking(&self) -> &'static str {
        "sans réservation"
    }

    fn booked_ahead(&self, minutes: u32) -> String {
        format!("à réserver au moins {minutes} min avant")
    }

    fn longest_trip(&self, limit: u32) -> String {
        format!("trajet d'au plus {limit} min dans chaque sens, de porte à porte")
    }

    fn out_and_back(&self, share: u16) -> String {
        format!("aller et retour d'au plus {share} % du temps passé sur place")
    }

    fn weekly_hours(&self, hours: u32) -> String {
        format!("{hours} h d'activité par semaine au contrat d'engagement (loi plein emploi)")
    }

    fn birthday(&self) -> &'static str {
        "anniversaire compté au premier jour du mois de naissance"
    }

    fn usual_attendance(&self, percent: u16) -> String {
        format!("sans autre indication, chacun vient à {percent} % des séances")
    }

    fn shared_failure(&self, percent: u16) -> String {
        format!(
            "une ligne ou un véhicule fait défaut {percent} jours sur 100, pour tous ceux qui en dépendent"
        )
    }

    fn give_up(&self, percent: u16) -> String {
        format!("parmi ceux qui attendent, {percent} % environ renoncent chaque semaine")
    }

    fn month_profile(&self, flat: bool) -> &'static str {
        if flat {
            "autant d'arrivées chaque mois"
        } else {
            "les arrivées varient selon le mois, comme indiqué"
        }
    }

    fn times_of_provider(&self, provider: &str, modes: &Text) -> String {
        format!("temps de trajet de « {provider} » : {}", modes.fr)
    }

    fn times_given(&self, name: &str, pairs: usize, modes: &Text) -> String {
        format!("temps fournis dans {name} : {pairs} ({})", modes.fr)
    }

    fn links(&self, count: usize) -> String {
        format!("liaisons de transport : {count}, avec les minutes déclarées, attente non ajoutée")
    }

    fn walk_to_a_stop(&self, walk: u32) -> String {
        format!("au plus {walk} min à pied jusqu'à un arrêt, ou d'un arrêt au site")
    }

    fn change_of_line(&self, change: u32) -> String {
        format!("{change} min pour changer de ligne")
    }
}
