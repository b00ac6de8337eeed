//! Territories side by side in French.

use super::super::national::*;
use super::{French, count, count_u64, duration, number};
use crate::report::national::{Basis, Class};

impl NationalSentences for French {
    fn national_title(&self, territories: u32) -> String {
        format!("Vue nationale : {}", count(territories, "territoire"))
    }

    fn national_heading(&self, heading: NationalHeading, territories: u32) -> String {
        match heading {
            NationalHeading::Answer => "La réponse".to_owned(),
            NationalHeading::Classes => "Le rural à côté de l'urbain".to_owned(),
            NationalHeading::After => "Avant, puis après".to_owned(),
            NationalHeading::Losers => "Ceux qui perdent le plus".to_owned(),
            NationalHeading::Each if territories > 1 => "Chaque territoire".to_owned(),
            NationalHeading::Each => "Le territoire".to_owned(),
            NationalHeading::Broken => "Sans réponse".to_owned(),
            NationalHeading::Rests => "Ce sur quoi cela repose".to_owned(),
        }
    }

    fn exact_numbers(&self) -> &'static str {
        "Usage interne : nombres exacts, territoire par territoire."
    }

    fn nobody_real(&self) -> &'static str {
        "Des jeunes sont tirés au sort : personne de réel."
    }

    fn answered(&self) -> &'static str {
        "réponse"
    }

    fn broken(&self) -> &'static str {
        "illisible"
    }

    fn no_plan(&self) -> &'static str {
        "aucun plan trouvé"
    }

    fn class(&self, class: Option<Class>) -> &'static str {
        match class {
            Some(Class::Dense) => "dense",
            Some(Class::Intermediate) => "intermédiaire",
            Some(Class::Rural) => "rural",
            None => "non classé",
        }
    }

    fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Own => "son propre dossier",
            Basis::Perimeter => "périmètre",
            Basis::NearestSeat => "siège le plus proche (hypothèse)",
        }
    }

    fn how_many_answer(&self, answered: u32, broken: u32, without: u32) -> String {
        let broken = if broken > 0 {
            format!(" ; {} {}", number(broken), if broken > 1 { "illisibles" } else { "illisible" })
        } else {
            String::new()
        };
        let without =
            if without > 0 { format!(" ; {} sans plan trouvé", number(without)) } else { String::new() };
        format!("{} avec une réponse{broken}{without}.", count(answered, "territoire"))
    }

    fn places_in_all(&self, youths: u64, enrolled: u64, placed: i64, groups: u64) -> String {
        let wanted = if enrolled > 1 { "demandées" } else { "demandée" };
        format!(
            "{}, {} {wanted} ; {} dans {}.",
            count_u64(youths, "jeune"),
            count_u64(enrolled, "place"),
            given(placed),
            count_u64(groups, "groupe"),
        )
    }

    fn proved_share(&self, proved: u32, of: u32, gap: i64, bound: i64) -> String {
        let share = percent(i64::from(proved), i64::from(of));
        let told = format!(
            "Prouvé le meilleur possible pour {} sur {} ({share})",
            number(proved),
            count(of, "territoire")
        );
        match gap {
            0 => format!("{told} ; aucun écart."),
            gap => format!(
                "{told} ; écart total : au plus {} de plus ({}).",
                count_u64(gap.unsigned_abs(), "place"),
                percent(gap, bound),
            ),
        }
    }

    fn out_of_reach(&self, far: u64, enrolled: u64) -> String {
        let share = percent(signed(far), signed(enrolled));
        format!("Sans place à cause du trajet : {} ({share}).", count_u64(far, "inscription"))
    }

    fn class_line(&self, class: &str, all: &InAll, after: Option<(i64, i64)>) -> String {
        let share = percent(all.placed, signed(all.enrolled));
        let far = percent(signed(all.out_of_reach), signed(all.enrolled));
        let after = after.map(|(before, after)| format!(" ; de {} à {}", number_of(before), given(after)));
        format!(
            "{class} : {}, {} dans {}, soit {share} des places demandées ; {far} hors de portée{}.",
            count(all.territories, "territoire"),
            given(all.placed),
            count_u64(all.groups, "groupe"),
            after.unwrap_or_default(),
        )
    }

    fn before_and_after(&self, placed: (i64, i64), groups: (u64, u64)) -> String {
        format!(
            "De {} à {} ; de {} à {}.",
            number_of(placed.0),
            given(placed.1),
            number_of(signed(groups.0)),
            count_u64(groups.1, "groupe"),
        )
    }

    fn gained_and_lost_in_all(&self, gained: u64, lost: u64) -> String {
        let agree = |n: u64, word: &str| if n > 1 { format!("{word}s") } else { word.to_owned() };
        format!(
            "{} {}, {} {}.",
            count_u64(gained, "place"),
            agree(gained, "gagnée"),
            number_of(signed(lost)),
            agree(lost, "perdue"),
        )
    }

    fn nothing_after(&self, territories: u32) -> String {
        format!(
            "{} sans réponse après : le nombre de demi-journées n'y est pas dit, ou aucun plan n'y tient.",
            count(territories, "territoire")
        )
    }

    fn territory_line(&self, line: &Line<'_>) -> String {
        let class = line.class.map_or_else(String::new, |class| format!(" ({class})"));
        let most = match line.gap {
            0 => String::new(),
            gap => format!(" (au plus {})", number_of(line.placed + gap)),
        };
        let trip = line.trip.map_or_else(String::new, |trip| format!(" ; trajet moyen {}", duration(trip)));
        let after = line.after.map_or_else(String::new, |(placed, lost)| {
            let word = if lost > 1 { "perdues" } else { "perdue" };
            format!(" ; après : {}, {} {word}", given(placed), number(lost))
        });
        let assumed = if line.assumed { " ; communes du siège le plus proche (hypothèse)" } else { "" };
        format!(
            "{}{class} : {}{most} sur {} dans {}{trip}{after}{assumed}.",
            line.name,
            given(line.placed),
            number(line.enrolled),
            count(line.groups, "groupe"),
        )
    }

    fn lines_in_files(&self) -> &'static str {
        "Une ligne par territoire dans les fichiers de --out et dans --json."
    }

    fn more_findings_of_it(&self, more: u32) -> String {
        if more > 1 { format!("{} autres constats", number(more)) } else { "un autre constat".to_owned() }
    }

    fn nearest_seats(&self, territories: u32) -> String {
        format!(
            "Hypothèse, pour {} : les communes sont celles dont le siège est le plus proche à vol d'oiseau, non le vrai périmètre.",
            count(territories, "territoire")
        )
    }

    fn drawn_youths(&self, youths: u32, seed: u64) -> String {
        format!(
            "{} tirés au sort par structure, répartis selon les habitants (graine {seed}) ; une colonne peut en dire un autre nombre.",
            count(youths, "jeune")
        )
    }

    fn made_territories(&self, sites: u32, (seat, other): (u32, u32)) -> String {
        format!(
            "Hypothèse : au plus {}, le siège, ouvert toute la semaine, et les plus grandes communes, un jour chacune, le mardi ou le jeudi ; {seat} demi-journées de conseillers au siège et {other} par autre site, à prendre où l'on veut ; temps de trajet à vol d'oiseau.",
            count(sites, "site")
        )
    }

    fn not_classified(&self, territories: u32, of: u32) -> String {
        format!(
            "{} sur {} sans classe : leurs communes n'ont pas de densité.",
            count(territories, "territoire"),
            number(of)
        )
    }

    fn of_the_cut(&self, percent: u8) -> String {
        format!(
            "Après : {percent} % de demi-journées par semaine en moins (au moins une), retirées là où l'on perd le moins de places."
        )
    }

    fn of_the_scenario(&self, file: &str) -> String {
        format!("Après : les leviers de « {file} », dans chaque territoire.")
    }

    fn two_plans_as_good(&self) -> &'static str {
        "Un jeune qui a une place dans deux dispositifs compte deux fois. Deux plans aussi bons peuvent placer des personnes différentes : qui gagne et qui perd vaut pour les plans trouvés."
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn number_of(n: i64) -> String {
    super::super::thousands(n.unsigned_abs(), super::THIN_SPACE)
}

/// "12 places"
fn given(placed: i64) -> String {
    count_u64(placed.unsigned_abs(), "place")
}

/// "12,5 %"
fn percent(part: i64, of: i64) -> String {
    let tenths = if of == 0 { 0.0 } else { (1_000.0 * part as f64 / of as f64).round() / 10.0 };
    format!("{} %", tenths.to_string().replace('.', ","))
}
