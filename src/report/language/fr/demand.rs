//! Youths drawn again, in French.

use super::super::demand::*;
use super::{French, count, number};
use crate::questions::{DrawnFrom, Draws};
use crate::report::language::Sentences;

impl DemandSentences for French {
    fn demand_title(&self, territory: &str) -> String {
        let title = "Si d'autres jeunes venaient";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn with_percent(&self, percent: u16, youths: u32) -> String {
        let whom = if percent == 100 {
            "Autant de jeunes qu'aujourd'hui".to_owned()
        } else {
            format!("{percent} % des jeunes d'aujourd'hui")
        };
        format!("{whom} : {}", count(youths, "jeune"))
    }

    fn drawn_from(&self, from: DrawnFrom, asked: Draws) -> String {
        let draws = format!("{} à partir du numéro {}", count(asked.draws, "tirage"), asked.seed);
        match from {
            DrawnFrom::Shares => format!(
                "{draws}, dans les effectifs des communes et les parts dont les jeunes sont tirés : la réponse vaut ce que valent ces parts."
            ),
            DrawnFrom::Youths => format!(
                "{draws}, chacun parmi les jeunes d'aujourd'hui, qui peuvent y être plusieurs fois ou pas du tout : la réponse suppose que les prochains leur ressemblent."
            ),
        }
    }

    fn how_often(&self, programme: &str, percent: u32, most: [u32; 3], there: &[OftenThere]) -> String {
        let often = match percent {
            0 => "jamais assez de jeunes pour un groupe".to_owned(),
            100 => "toujours assez de jeunes pour un groupe".to_owned(),
            percent => format!("assez de jeunes pour un groupe dans {percent} tirages sur 100"),
        };
        let [few, middle, many] = most;
        let can = if middle < 2 { "peut" } else { "peuvent" };
        let mut most = format!("au meilleur moment, {} {can} venir", count(middle, "jeune"));
        if few < many {
            most += &format!(" ({} à {} dans 8 tirages sur 10)", number(few), number(many));
        }
        let there: Vec<String> = there
            .iter()
            .map(|there| {
                format!(
                    "{} {} % (au mieux {} : {} %)",
                    there.at,
                    there.percent,
                    self.days(&there.days),
                    there.best
                )
            })
            .collect();
        let there = if there.is_empty() { String::new() } else { format!(" ; {}", there.join(", ")) };
        format!("{programme} : {often} ; {most}{there}.")
    }

    fn demand_rests_heading(&self) -> &'static str {
        "Ce sur quoi cela repose"
    }

    fn demand_rests(&self) -> [&'static str; 2] {
        [
            "Chaque dispositif est regardé seul : assez de jeunes peuvent venir au même lieu et aux mêmes demi-journées. Salles, conseillers, règles de composition et autres dispositifs ne sont pas comptés.",
            "Les décisions déjà prises sur des jeunes d'aujourd'hui ne comptent pas : d'autres viendraient.",
        ]
    }
}
