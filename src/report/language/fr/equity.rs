//! Whom a plan leaves behind, in French.

use super::super::equity::*;
use super::{French, bare, count, duration, told};
use crate::questions::{Far, Size};
use crate::units::Seconds;

impl EquitySentences for French {
    fn equity_title(&self, territory: &str) -> String {
        let title = "Qui le plan laisse de côté";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn equity_heading(&self, heading: EquityHeading) -> &'static str {
        match heading {
            EquityHeading::All => "En tout",
            EquityHeading::Distance => "Selon la distance au site le plus proche, à vol d'oiseau",
            EquityHeading::Inhabitants => "Selon la taille de la commune",
            EquityHeading::Youths => "Selon les jeunes",
            EquityHeading::Communes => "Par commune, les moins bien servies d'abord",
            EquityHeading::WorstFirst => "Servir d'abord les communes les moins bien servies",
            EquityHeading::Rests => "Ce sur quoi cela repose",
        }
    }

    fn all_youths(&self) -> &'static str {
        "Tous les jeunes inscrits"
    }

    fn far(&self, far: Far) -> &'static str {
        match far {
            Far::Within5 => "À moins de 5 km",
            Far::Within10 => "De 5 à 10 km",
            Far::Within20 => "De 10 à 20 km",
            Far::Within30 => "De 20 à 30 km",
            Far::Beyond30 => "À 30 km ou plus",
        }
    }

    fn size(&self, size: Size) -> &'static str {
        match size {
            Size::Below500 => "Moins de 500 habitants",
            Size::Below1000 => "De 500 à 999 habitants",
            Size::Below2000 => "De 1 000 à 1 999 habitants",
            Size::Below5000 => "De 2 000 à 4 999 habitants",
            Size::Above => "5 000 habitants et plus",
        }
    }

    fn served(&self, served: ServedTold, weekly: Seconds) -> String {
        let share = match served.share {
            (least, most) if least == most => format!("{most} %"),
            (least, most) => format!("{least} à {most} %"),
        };
        let verb = if served.placed.1 > 1 { "ont" } else { "a" };
        let placed = format!(
            "{} sur {} {verb} une place ({})",
            told(served.placed, "jeune"),
            bare(served.youths),
            share,
        );
        let about = if served.exact { "" } else { ", à 5 min près" };
        let trip = served.trip.map(|trip| format!(" ; un trajet dure {} en moyenne{about}", duration(trip)));
        let short = match served.short {
            (0, 0) => String::new(),
            (1, 1) => format!(" ; 1 n'a pas {} par semaine à sa portée", duration(weekly)),
            n => format!(" ; {} n'ont pas {} par semaine à leur portée", bare(n), duration(weekly)),
        };
        format!("{placed}{}{short}", trip.unwrap_or_default())
    }

    fn worst_first(&self, worst: WorstFirstTold) -> String {
        if worst.communes == 0 {
            return "Aucune commune n'est moins bien servie que l'ensemble.".to_owned();
        }
        let [before, after] = worst.places;
        let price = match i64::from(before.0) - i64::from(after.0) {
            _ if !worst.exact => String::new(),
            0 => ", sans perdre de place en tout".to_owned(),
            price if price > 0 => {
                format!(
                    ", pour {} de moins en tout",
                    count(u32::try_from(price).unwrap_or(u32::MAX), "place")
                )
            }
            more => {
                format!(", et {} de plus en tout", count(u32::try_from(-more).unwrap_or(u32::MAX), "place"))
            }
        };
        let [placed, then] = worst.placed;
        let proof =
            if worst.proved { "" } else { " ; l'un des deux plans n'est pas prouvé, le prix non plus" };
        let communes = if worst.communes == 1 {
            "Dans la commune où la part de jeunes placés est sous la moyenne".to_owned()
        } else {
            format!("Dans les {} communes où la part de jeunes placés est sous la moyenne", worst.communes)
        };
        format!(
            "{communes}, si une place y compte pour {} : {} jeunes placés sur {} au lieu de {}{price} ({} au lieu de {}){proof}.",
            worst.weight,
            bare(then),
            bare(worst.youths),
            bare(placed),
            told(after, "place"),
            bare(before),
        )
    }

    fn equity_rests(&self) -> [&'static str; 3] {
        [
            "Un jeune compte une fois, qu'il ait une place ou plusieurs ; qui n'est inscrit à rien n'est pas compté.",
            "Deux plans aussi bons l'un que l'autre peuvent placer des personnes différentes : ce qui est dit vaut pour le plan trouvé.",
            "Peu de jeunes dans une commune font vite une grande part : les nombres disent plus que les pourcentages.",
        ]
    }
}
