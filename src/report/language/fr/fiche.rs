//! The sheet that a youth keeps, in French.

use super::{French, MONTHS, by, day_and_month, weekday};
use crate::report::language::fiche::{FicheLabel, FicheSentences};
use crate::report::language::{by_month, duration};
use crate::territory::Mode;
use crate::units::{ClockTime, Seconds};
use jiff::civil::{Date, DateTime, Weekday};

impl FicheSentences for French {
    fn fiches_title(&self, programme: &str, group: usize) -> String {
        format!("{programme}, groupe {group} : une feuille par jeune")
    }

    fn your_group(&self, programme: &str) -> String {
        format!("Votre groupe : {programme}")
    }

    fn fiche_label(&self, label: FicheLabel) -> &'static str {
        match label {
            FicheLabel::Name => "Nom et prénom",
            FicheLabel::Where => "Où",
            FicheLabel::When => "Quand",
            FicheLabel::Course => "Du premier au dernier jour",
            FicheLabel::Dates => "Toutes les dates",
            FicheLabel::Day => "Jour",
            FicheLabel::LeaveHome => "Partir de chez vous",
            FicheLabel::Begins => "Début",
            FicheLabel::Ends => "Fin",
            FicheLabel::BackHome => "Retour chez vous",
            FicheLabel::Way => "Votre trajet",
            FicheLabel::Call => "Un empêchement, une question ? Appelez",
            FicheLabel::Out => "aller",
            FicheLabel::Back => "retour",
        }
    }

    fn file_of(&self, id: &str) -> String {
        format!("Dossier {id}")
    }

    fn fiche_note(&self) -> &'static str {
        "Heures calculées : partez un peu plus tôt le premier jour, et vérifiez l'horaire du car ou du train."
    }

    fn weekday(&self, day: Weekday) -> &'static str {
        weekday(day)
    }

    fn clock(&self, time: ClockTime) -> String {
        let minutes = time.seconds() / 60;
        match minutes % 60 {
            0 => format!("{} h", minutes / 60),
            m => format!("{} h {m:02}", minutes / 60),
        }
    }

    fn all_dates(&self, dates: &[Date]) -> String {
        let months = by_month(dates).into_iter().map(|((year, month), days)| {
            let name = MONTHS.get(month - 1).unwrap_or(&"");
            let days: Vec<String> = days
                .into_iter()
                .map(|day| if day == 1 { "1er".to_owned() } else { day.to_string() })
                .collect();
            format!("{name} {year} : {}", days.join(", "))
        });
        months.collect::<Vec<_>>().join(" ; ")
    }

    fn by_mode(&self, mode: Mode) -> &'static str {
        by(mode, 1)
    }

    fn for_so_long(&self, how: &str, time: Seconds) -> String {
        format!("{how} ({})", duration(time))
    }

    fn ride(&self, line: &str, from: (&str, ClockTime), to: (&str, ClockTime)) -> String {
        format!("« {line} », de {} ({}) à {} ({})", from.0, self.clock(from.1), to.0, self.clock(to.1))
    }

    fn on_request(&self) -> &'static str {
        "sur demande : à réserver"
    }

    fn booked(&self, name: &str, ride: Date, before: Option<DateTime>) -> String {
        match before {
            None => format!("« {name} », à réserver chaque fois"),
            Some(when) => format!(
                "« {name} », à réserver chaque fois : pour le {}, {}",
                day_and_month(ride),
                before_moment(when)
            ),
        }
    }

    fn counted_from(&self, place: &str) -> String {
        format!("Trajet compté depuis : {place}. Si vous habitez à l'écart, partez plus tôt.")
    }

    fn video_at_home(&self) -> &'static str {
        "en visio, de chez vous"
    }

    fn otherwise(&self, day: Date, leave: Option<ClockTime>, back: Option<ClockTime>) -> String {
        let leave = leave.map(|at| format!("partir à {}", self.clock(at)));
        let back = back.map(|at| format!("retour à {}", self.clock(at)));
        let parts: Vec<String> = leave.into_iter().chain(back).collect();
        format!("Le {} {} : {}", weekday(day.weekday()), day_and_month(day), parts.join(", "))
    }

    fn no_trip(&self, dates: &[Date]) -> String {
        format!("Pas de trajet connu à ces dates, à voir ensemble : {}", self.all_dates(dates))
    }

    fn not_known_yet(&self, dates: &[Date]) -> String {
        format!("Horaires de car ou de train pas encore connus à ces dates : {}", self.all_dates(dates))
    }
}

fn before_moment(when: DateTime) -> String {
    let (hour, minute) = (when.hour(), when.minute());
    let clock = if minute == 0 { format!("{hour} h") } else { format!("{hour} h {minute:02}") };
    format!("avant le {} {} à {clock}", weekday(when.date().weekday()), day_and_month(when.date()))
}
