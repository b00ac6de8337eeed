//! How well groups hold, in French.

use super::super::Sentences;
use super::super::holding::*;
use super::{French, count, date, list, number};
use crate::questions::{Delay, Weeks};
use crate::territory::Mode;
use jiff::civil::Date;

impl HoldingSentences for French {
    fn plain(&self) -> &dyn Sentences {
        self
    }

    fn holding_title(&self, territory: &str) -> String {
        let title = "Les groupes tiendront-ils ?";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn holding_heading(&self, heading: HoldingHeading) -> &'static str {
        match heading {
            HoldingHeading::Groups => "Les jours de séance",
            HoldingHeading::Filling => "Le temps de réunir un groupe",
            HoldingHeading::Rests => "Ce sur quoi cela repose",
        }
    }

    fn held(&self, held: &Held<'_>) -> String {
        let least = if held.at_least { "au moins " } else { "" };
        let alone = match held.independent > held.percent {
            true => format!(
                " ; {} % si les absences n'avaient rien en commun, le cas optimiste",
                held.independent
            ),
            false => String::new(),
        };
        format!(
            "{}, {} : {}, dont {} au moins doivent être là. C'est le cas à {least}{} % des séances ({} sur {}){alone}.",
            held.programme,
            held.at,
            count(held.members, "membre"),
            number(held.needed),
            held.percent,
            tenths(held.expected_tenths),
            number(held.sessions),
        )
    }

    fn invite(&self, needed: u32, invite: [Option<u32>; 2]) -> String {
        let invited = |n: Option<u32>| n.map_or_else(|| "plus de 1000".to_owned(), number);
        let [eighty, ninety] = invite.map(invited);
        format!(
            "Pour en avoir {} au moins, inviter {eighty} jeunes suffit dans 80 % des cas, {ninety} dans 90 % des cas.",
            number(needed)
        )
    }

    fn together(&self, ways: &[String]) -> String {
        format!("Viennent ensemble : {}.", list(ways, "et"))
    }

    fn in_a_car(&self, members: u32, driver: &str) -> String {
        format!("{} dans la voiture de {driver}", number(members))
    }

    fn by_a_line(&self, members: u32, line: &str) -> String {
        format!("{} par la ligne « {line} »", number(members))
    }

    fn by_a_service(&self, members: u32, mode: Mode) -> String {
        let by = match mode {
            Mode::OnDemand => "en transport à la demande",
            Mode::Shuttle => "en navette",
            _ => "en car ou en train",
        };
        format!("{} {by}", number(members))
    }

    fn weakest(&self, day: Date, percent: u16) -> String {
        format!("La séance la plus fragile est celle du {} : {percent} %.", date(day))
    }

    fn asked(&self, percent: u16, holds: bool) -> String {
        match holds {
            true => format!("Le dispositif demande {percent} % : le groupe tient."),
            false => format!(
                "Le dispositif demande {percent} % : le groupe n'y arrive pas, à cause de ce que plusieurs membres partagent ou de dates où certains ne peuvent pas venir."
            ),
        }
    }

    fn no_arrivals(&self) -> &'static str {
        "Rien n'est dit des jeunes qui arrivent : le fichier « arrivals.csv » manque."
    }

    fn arrivals(&self, programme: &str, thousandths: u32) -> String {
        // A hundredth is enough in a sentence.
        let hundredths = thousandths.div_ceil(10);
        let number = match hundredths % 10 {
            0 => tenths(hundredths / 10),
            _ => format!("{},{:02}", number(hundredths / 100), hundredths % 100),
        };
        let plural = if thousandths < 2_000 { "jeune arrive" } else { "jeunes arrivent" };
        format!("{programme} : {number} {plural} par semaine.")
    }

    fn filled(&self, filled: &Filled<'_>) -> String {
        let waiting = filled.waiting;
        let how = match filled.rolling {
            true => format!("En commençant à {}, puis au fil de l'eau", number(filled.start)),
            false => format!("En attendant d'être {}", number(filled.start)),
        };
        let complete = match filled.rolling && filled.target > filled.start {
            true => format!(" ; complet à {} : {}", number(filled.target), delay(waiting.complete)),
            false => String::new(),
        };
        let lost = match (waiting.wait, waiting.gives_up) {
            (Some(wait), Some(gone)) => {
                format!(" ; chacun attend {} en moyenne, {} % renoncent", weeks(wait), gone.percent())
            }
            _ => String::new(),
        };
        format!("{how} : {}{complete}{lost}.", delay(waiting.starts))
    }

    fn holding_rests(&self) -> [&'static str; 3] {
        [
            "Chacun vient ou non indépendamment des autres, sauf ceux que la même voiture, la même ligne ou le même service amène : une panne les retient tous. Sans cela, on a le cas optimiste.",
            "Qui ne peut pas venir à une date n'y est pas attendu ; quand personne ne sait ce qui circule, on compte comme les autres jours. Quand la ligne n'est pas connue, tous ceux qui viennent en transport sont supposés partager la même.",
            "Les invitations supposent des jeunes qui viennent aussi souvent que les membres, chacun de son côté.",
        ]
    }
}

fn delay(delay: Delay) -> String {
    match (delay.mean, delay.p80) {
        (Some(mean), Some(p80)) => {
            format!("{} en moyenne, {} au plus dans quatre cas sur cinq", weeks(mean), weeks(p80))
        }
        (None, Some(p80)) => format!("{} au plus dans quatre cas sur cinq", weeks(p80)),
        _ => "sans doute jamais en dix ans".to_owned(),
    }
}

fn weeks(weeks: Weeks) -> String {
    format!("{} {}", tenths(weeks.tenths()), if weeks.tenths() < 20 { "semaine" } else { "semaines" })
}

fn tenths(n: u32) -> String {
    match n % 10 {
        0 => number(n / 10),
        tenth => format!("{},{tenth}", number(n / 10)),
    }
}
