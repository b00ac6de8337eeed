//! In French: shares of a draw of youths, and what is wrong with them.

use super::French;
use crate::finding::Text;
use crate::finding::words::Draw;
use jiff::civil::Date;

impl Draw for French {
    fn assumed(&self, share: &Text) -> String {
        format!("{} (hypothèse)", share.fr)
    }

    fn ages(&self, on: Date, ages: &[(u8, u8)]) -> String {
        let ages: Vec<String> = ages.iter().map(|(age, n)| format!("{age} : {n} %")).collect();
        format!("âge au {on} : {}", ages.join(", "))
    }

    fn minors(&self) -> &'static str {
        "mineurs"
    }

    fn adults(&self) -> &'static str {
        "majeurs"
    }

    fn modes_at_hand(&self, whose: &Text, car: u8, lift: u8, moped: u8, bike: u8, none: u32) -> String {
        format!(
            "{} : voiture {car} %, passager {lift} %, cyclomoteur {moped} %, vélo {bike} %, ni l'un ni l'autre {none} %",
            whose.fr
        )
    }

    fn of_the_draw(&self, what: &Text) -> String {
        format!("tirage : {}", what.fr)
    }

    fn followed(&self, whole: u32, cents: u32) -> String {
        format!("{whole},{cents:02} jeunes suivis pour 1 000 habitants, la même part dans chaque commune")
    }

    fn women_and_disabled(&self, women: u8, disabled: u8) -> String {
        format!("{women} % de femmes, {disabled} % de jeunes avec une RQTH")
    }

    fn licences_and_cars(&self, held: u8, shared: u8, ebikes: u8) -> String {
        format!(
            "permis B chez {held} % des majeurs sans voiture ; {shared} % des voitures libres deux ou trois jours par semaine seulement ; {ebikes} % des vélos électriques"
        )
    }

    fn lifts(&self, commuter: u8, some_days: u8, out_only: u8, adult_driver: u8) -> String {
        format!(
            "trajets comme passager : {commuter} % aux heures de travail du conducteur, {some_days} % deux ou trois jours, {out_only} % à l'aller seulement ; conducteur majeur {adult_driver} %"
        )
    }

    fn availability(&self, mornings: u8, not_wednesday: u8, two_days_taken: u8, season: u8) -> String {
        format!(
            "disponibilité : matin seulement {mornings} %, pas le mercredi {not_wednesday} %, deux jours pris {two_days_taken} %, absence de deux à six semaines {season} %"
        )
    }

    fn enrolled(&self, none: u8, one: u8, two: u8, three: u8) -> String {
        format!("inscrits dans aucun dispositif {none} %, un {one} %, deux {two} %, trois {three} %")
    }

    fn weights(&self, weights: &str) -> String {
        format!("poids de chaque dispositif dans le tirage : {weights}")
    }

    fn shares_do_not_sum(&self, name: &str, sum: u32) -> String {
        format!("les parts de « {name} » font {sum} %")
    }

    fn must_sum_to_100(&self) -> &'static str {
        "elles doivent faire 100 %"
    }

    fn share_too_large(&self, name: &str, sum: u32) -> String {
        format!("« {name} » fait {sum} %")
    }

    fn at_most_100(&self) -> &'static str {
        "au plus 100 % en tout"
    }

    fn more_youths_than_inhabitants(&self) -> &'static str {
        "plus de jeunes suivis que d'habitants"
    }

    fn at_most_1000(&self) -> &'static str {
        "au plus 1 000 pour 1 000 habitants"
    }

    fn minors_with_a_car(&self) -> &'static str {
        "une part de mineurs en voiture, alors que le permis B n'est pas tiré avant 18 ans"
    }

    fn no_car_for_minors(&self) -> &'static str {
        "écrivez 0 pour « car » des mineurs"
    }

    fn youths_to_draw(&self, total: u64) -> String {
        format!("{total} jeunes à tirer")
    }

    fn at_most_5_million(&self) -> &'static str {
        "au plus 5 millions"
    }

    fn correct_or_remove_weight(&self) -> &'static str {
        "corrigez l'identifiant ou retirez son poids"
    }
}
