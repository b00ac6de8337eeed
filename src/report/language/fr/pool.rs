//! Several structures in French.

use super::super::capital;
use super::super::pool::*;
use super::levers::of;
use super::{French, count, duration, euros, list, number, told};
use crate::questions::{FarRates, Refusal, Split};
use crate::units::{Cents, Metres, Seconds};
use jiff::civil::Date;

impl PoolSentences for French {
    fn pool_title(&self, names: &[String]) -> String {
        format!("Mise en commun — {}", list(names, "et"))
    }

    fn pool_heading(&self, heading: PoolHeading) -> &'static str {
        match heading {
            PoolHeading::Gains => "À part, puis ensemble",
            PoolHeading::Programmes => "Dispositif par dispositif",
            PoolHeading::Shared => "Les groupes communs",
            PoolHeading::Hosts => "Ce que chacun accueille",
            PoolHeading::Costs => "Qui paie quoi",
            PoolHeading::Refusals => "Ce que chacun refuserait",
            PoolHeading::TooFar => "Trop loin pour un trajet chaque semaine",
            PoolHeading::Visio => "En visio",
            PoolHeading::Stays => "Un séjour avec hébergement",
            PoolHeading::Events => "Une journée en car, depuis des points de rencontre",
            PoolHeading::Exchanges => "Un échange de jeunes ou de conseillers",
            PoolHeading::Rests => "Ce sur quoi cela repose",
        }
    }

    fn pool_shared(&self, threshold: u32) -> String {
        format!(
            "Peut être montré : aucun nombre de jeunes en dessous de {threshold}, personne n'est nommé, aucun domicile."
        )
    }

    fn pool_drawn(&self) -> &'static str {
        "Des jeunes sont tirés au sort d'après des effectifs : ils n'existent pas."
    }

    fn pool_sum(&self, places: (u32, u32), groups: (u32, u32), most: Option<i64>) -> String {
        let proof = match most {
            None => " (prouvé : aucun plan commun n'en a plus)".to_owned(),
            Some(most) => format!(" (au plus {} possibles)", number(u32::try_from(most).unwrap_or(u32::MAX))),
        };
        format!(
            "En tout : {} et {} à part ; ensemble {}{proof} et {}.",
            count(places.0, "place"),
            count(groups.0, "groupe"),
            count(places.1, "place"),
            count(groups.1, "groupe"),
        )
    }

    fn pool_gap(&self, name: &str, most: i64) -> String {
        format!(
            "{name} à part : au plus {} possibles, sans preuve que ce soit atteint.",
            count(u32::try_from(most).unwrap_or(u32::MAX), "place")
        )
    }

    fn pool_share(&self, share: &ShareTold<'_>) -> String {
        format!(
            "{} : {} à part, {} ensemble ({}, {}).",
            share.name,
            count(share.places.0, "place"),
            number(share.places.1),
            agree(share.gained, "gagnée"),
            agree(share.lost, "perdue"),
        )
    }

    fn pool_programme(&self, name: &str, groups: (u32, u32), places: Option<(u32, u32)>) -> String {
        let places = places.map(|(a, b)| format!(" ; {}, puis {}", count(a, "place"), number(b)));
        format!(
            "{name} : {} à part, {} ensemble{}.",
            count(groups.0, "groupe"),
            number(groups.1),
            places.unwrap_or_default()
        )
    }

    fn pool_meeting(&self, meeting: &MeetingTold<'_>) -> String {
        let from: Vec<String> =
            meeting.from.iter().map(|(name, n)| format!("{} de {name}", count(*n, "jeune"))).collect();
        let from = if from.is_empty() { String::new() } else { format!(", {}", list(&from, "et")) };
        let groups = count(meeting.groups, "groupe");
        format!("{} {} {} : {groups}{from}.", meeting.programme, meeting.at, meeting.days)
    }

    fn no_shared_group(&self) -> &'static str {
        "Aucun groupe commun : chacun place autant de jeunes chez lui."
    }

    fn pool_reach(&self, home: &str, site: &str, youths: u32) -> String {
        format!(
            "Jeunes de {home} qui pourraient venir à un groupe de {site}, dans les limites : {}.",
            number(youths)
        )
    }

    fn pool_hosts(&self, name: &str, groups: u32, youth_hours: u64) -> String {
        let hours = number(u32::try_from(youth_hours).unwrap_or(u32::MAX));
        format!(
            "{name} : {} avec des jeunes d'ailleurs, {hours} heures-jeunes dans ses salles et avec ses conseillers.",
            count(groups, "groupe")
        )
    }

    fn pool_bill(&self, total: Cents, shared: Cents, split: Split) -> String {
        let by = match split {
            Split::YouthHours => "au prorata des heures passées par les jeunes de chacun",
            Split::Places => "au prorata des places",
            Split::Half => "à parts égales",
        };
        format!(
            "Groupes et ouvertures : {} en tout, dont {} de groupes communs, partagés {by}. Chacun paie ses autres groupes.",
            euros(total),
            euros(shared)
        )
    }

    fn pool_pays(&self, name: &str, cost: (Cents, Cents)) -> String {
        format!("{name} : {} à part, {} ensemble.", euros(cost.0), euros(cost.1))
    }

    fn would_refuse(&self, name: &str, refusals: &[Refusal], with: Option<&str>) -> String {
        let why = |refusal: &Refusal| match refusal {
            Refusal::FewerPlaces => "moins de ses jeunes ont une place qu'à part".to_owned(),
            Refusal::DearerPlaces => "chaque place lui coûte plus qu'à part".to_owned(),
            Refusal::SmallerCoalition => {
                format!("il ferait mieux avec {} seulement", with.unwrap_or_default())
            }
        };
        format!("{name} refuserait : {}.", refusals.iter().map(why).collect::<Vec<_>>().join(" ; "))
    }

    fn would_accept(&self, name: &str) -> String {
        format!("{name} n'a rien à y perdre : ni place, ni coût par place.")
    }

    fn no_weekly_trip(&self) -> &'static str {
        "Aucun jeune n'atteint un site de l'autre dans les limites : aucun groupe hebdomadaire commun n'est proposé."
    }

    fn pool_nearest(&self, home: &str, site: &str, distance: Metres, drive: Option<Seconds>) -> String {
        let drive = drive.map(|time| format!(", {} en voiture", duration(time))).unwrap_or_default();
        format!("De {home} à {site}, au plus près : {} km{drive}.", kilometres(distance))
    }

    fn pool_visio(&self, visio: &VisioTold<'_>) -> String {
        let gain = visio.gain.map(|gain| match gain {
            0 => " ; chacun en aurait autant de son côté".to_owned(),
            gain => format!(" ; {} de plus que chacun de son côté", count(gain, "place")),
        });
        format!(
            "{} {}, dès le {} : {}, {}{}{}.",
            visio.programme,
            visio.days,
            day(visio.start),
            count(visio.groups, "groupe"),
            each(&visio.from),
            gain.unwrap_or_default(),
            costs(visio.cost)
        )
    }

    fn no_visio(&self) -> &'static str {
        "Aucun dispositif par demi-journées n'a assez de jeunes sans place et libres au même moment."
    }

    fn pool_stay(&self, stay: &StayTold<'_>) -> String {
        format!(
            "{} {}, {} de suite dès le {} : {}, {}, {} pour les jeunes de {}{}.",
            stay.programme,
            stay.at,
            count(stay.days, "jour"),
            day(stay.first),
            count(stay.groups, "groupe"),
            each(&[(stay.guest, stay.guests), (stay.host, stay.hosts)]),
            count(stay.nights, "nuit"),
            stay.guest,
            costs(stay.cost)
        )
    }

    fn no_stay(&self) -> &'static str {
        "Aucun dispositif commun ne tient en deux à cinq jours de suite avec assez de jeunes libres."
    }

    fn pool_event(&self, event: &EventTold<'_>) -> String {
        let seat = event.per_seat.map(|cost| format!(", {} la place prise", euros(cost))).unwrap_or_default();
        format!(
            "{} chez {}, un mardi comme le {} : rendez-vous {} ; {} à un point de rencontre dans leur limite de trajet ; {} km et {} de car, {} sur place ; le car {}{seat}.",
            event.guest,
            event.host,
            day(event.date),
            list(&event.stops, "puis"),
            told(event.guests, "jeune"),
            kilometres(event.distance),
            duration(event.ride),
            duration(event.there),
            euros(event.cost),
        )
    }

    fn no_event(&self) -> &'static str {
        "Trop loin pour l'aller et le retour en un jour avec trois heures sur place."
    }

    fn pool_exchange(&self, exchange: &ExchangeTold<'_>) -> String {
        let what = match exchange.youths {
            Some(youths) => format!("{} de {}", told(youths, "jeune"), exchange.from),
            None => {
                format!("un conseiller de {}, {} par semaine,", exchange.from, count(exchange.days, "jour"))
            }
        };
        capital(&format!(
            "{what} chez {} pendant {} : un groupe {} de plus {}, {} de plus{}.",
            exchange.to,
            count(exchange.weeks, "semaine"),
            of(exchange.programme),
            exchange.at,
            told(exchange.places, "place"),
            costs(exchange.cost)
        ))
    }

    fn no_exchange(&self) -> &'static str {
        "Ni quelques jeunes ni un conseiller de plus ne font un groupe de plus chez l'autre."
    }

    fn pool_rests(&self) -> Vec<&'static str> {
        vec![
            "À part et ensemble sous les mêmes réglages et les mêmes temps de trajet : les plans à part restent possibles ensemble, et l'on ne place jamais moins.",
            "Un jeune qui a une place dans deux dispositifs compte deux fois. Chaque conseiller reste dans les sites de sa structure.",
            "Les jeunes que deux structures suivent ne sont pas reconnus : ils compteraient deux fois.",
        ]
    }

    fn far_rests(&self, rates: &FarRates) -> Vec<String> {
        vec![
            format!(
                "Hypothèses de coût : nuit {}, visio {} par jeune, car {} le km et {} places, minibus {} le km ; voiture {} le km (barème officiel).",
                euros(rates.night),
                euros(rates.visio),
                cents(rates.coach_km),
                rates.coach_seats,
                cents(rates.minibus_km),
                cents(rates.car_km),
            ),
            format!("Un car roule à {} km/h en moyenne (hypothèse) ; la limite de trajet vaut du domicile au point de rencontre.", rates.coach_kmh),
            "Seuls comptent les jeunes sans place, d'âge et libres à ces heures ; plusieurs propositions peuvent compter sur les mêmes. Salles et conseillers de la visio et des séjours sont à trouver.".to_owned(),
        ]
    }
}

fn agree(n: u32, word: &str) -> String {
    format!("{} {word}{}", number(n), if n < 2 { "" } else { "s" })
}

/// Those of whom there are some, as far as that may be told.
fn each(from: &[(&str, Told)]) -> String {
    let some = from.iter().filter(|(_, n)| *n != (0, 0));
    let parts: Vec<String> = some.map(|(name, n)| format!("{} de {name}", told(*n, "jeune"))).collect();
    list(&parts, "et")
}

fn costs(cost: Option<Cents>) -> String {
    cost.map(|cost| format!(" ; {}", euros(cost))).unwrap_or_default()
}

fn cents(cost: Cents) -> String {
    format!("{},{:02} €", cost.get() / 100, cost.get() % 100)
}

fn kilometres(distance: Metres) -> u32 {
    distance.get().div_ceil(1000)
}

fn day(date: Date) -> String {
    format!("{}/{:02}/{}", date.day(), date.month(), date.year())
}
