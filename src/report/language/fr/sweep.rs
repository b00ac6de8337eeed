//! Limits and minimum sizes in French.

use super::super::sweep::*;
use super::{French, count, duration};
use crate::units::Seconds;

impl SweepSentences for French {
    fn sweep_title(&self, territory: &str) -> String {
        let title = "Où la réponse bascule";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn sweep_heading(&self, heading: SweepHeading) -> &'static str {
        match heading {
            SweepHeading::Grid => "Selon la durée des trajets et l'effectif minimal",
            SweepHeading::Flips => "À partir de quand chaque dispositif a un groupe",
            SweepHeading::Rests => "Ce sur quoi cela repose",
        }
    }

    fn sweep_of(&self, programme: Option<&str>, slower: u16) -> String {
        let what = programme.map_or_else(
            || {
                "La limite de trajet est la même pour tous les dispositifs ; chacun garde son effectif minimal, plus ou moins quelques jeunes.".to_owned()
            },
            |name| format!("Seul change : {name}."),
        );
        if slower == 0 { what } else { format!("{what} Les routes sont {slower} % plus lentes.") }
    }

    fn trips_of_at_most(&self, limit: Seconds) -> String {
        format!("Trajets d'au plus {}", duration(limit))
    }

    fn minimum(&self, more: i32) -> String {
        match more {
            0 => "minimum d'aujourd'hui".to_owned(),
            more if more < 0 => format!("{} de moins", more.unsigned_abs()),
            more => format!("{more} de plus"),
        }
    }

    fn cell(&self, counts: Counts) -> String {
        let most = match counts.gap {
            0 => String::new(),
            gap => format!(" (au plus {} possibles)", counts.places + gap),
        };
        let youths = count(counts.youths, "jeune");
        format!("{}{most}, {youths}, {}", count(counts.places, "place"), count(counts.groups, "groupe"))
    }

    fn no_plan(&self) -> &'static str {
        "les décisions déjà prises ne peuvent pas être tenues"
    }

    fn flips(&self, programme: &str, flips: &[Flip]) -> String {
        let one = |flip: &Flip| {
            let least = match flip.minimums {
                [least, most] if least < most => format!("de {least} à {most} jeunes au moins"),
                [least, _] => format!("à {} au moins", count(least, "jeune")),
            };
            let others = flip.reached.map(|limit| {
                format!(" (assez de jeunes dès {}, mais d'autres groupes passent avant)", duration(limit))
            });
            let when = match flip.from {
                Some(limit) => format!("dès {}", duration(limit)),
                None => "jamais".to_owned(),
            };
            format!("{least}, {when}{}", others.unwrap_or_default())
        };
        format!("{programme} : {}.", flips.iter().map(one).collect::<Vec<_>>().join(" ; "))
    }

    fn everywhere(&self, programme: &str) -> String {
        format!("{programme} : un groupe au moins partout.")
    }

    fn nowhere(&self, programme: &str) -> String {
        format!("{programme} : aucun groupe nulle part ; à aucun moment assez de jeunes ne peuvent venir.")
    }

    fn sweep_rests(&self) -> [&'static str; 3] {
        [
            "Le minimum ne descend pas sous 1 et ne dépasse pas le maximum du dispositif.",
            "Chaque case est un plan entier, où le plus de places possible est cherché ; sans « au plus », c'est prouvé. Le nombre de groupes est celui du plan trouvé.",
            "Une limite plus longue ou un minimum plus petit ne fait perdre de place à personne.",
        ]
    }
}
