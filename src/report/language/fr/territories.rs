//! Two territories in French.

use super::super::territories::*;
use super::{French, bare, count, duration, number, told};

impl TerritoriesSentences for French {
    fn territories_title(&self, a: &str, b: &str) -> String {
        format!("Deux territoires, les mêmes dispositifs — {a} et {b}")
    }

    fn territories_shared(&self) -> &'static str {
        "Peut être montré : des tranches au lieu des nombres exacts, personne n'est nommé."
    }

    fn territories_in_all(&self) -> &'static str {
        "En tout"
    }

    fn places_of_enrolled(
        &self,
        name: &str,
        placed: (u32, u32),
        enrolled: (u32, u32),
        percent: Option<u32>,
        most: Option<i64>,
    ) -> String {
        let most = most
            .map(|most| format!(", au plus {} possibles", number(u32::try_from(most).unwrap_or(u32::MAX))));
        let percent = percent.map(|percent| format!(" ({percent} %{})", most.unwrap_or_default()));
        format!(
            "{name} : {} pour {}{}.",
            told(placed, "place"),
            told(enrolled, "inscription"),
            percent.unwrap_or_default()
        )
    }

    fn in_territory(&self, one: &InTold<'_>) -> String {
        if one.enrolled == (0, 0) {
            return format!("{} : personne n'y est inscrit.", one.name);
        }
        let percent = one.percent.map(|percent| format!(" ({percent} %)")).unwrap_or_default();
        let trip = one.trip.map(|trip| format!(" ; un trajet dure {} en moyenne", duration(trip)));
        let binds = one.binds.map(|binds| format!(" ; ce qui bloque : {binds}"));
        let reason = one
            .reason
            .as_ref()
            .map(|(reason, percent)| format!(" ; première raison des autres : {reason} ({percent} %)"));
        format!(
            "{} : {}, {} sur {}{percent}{}{}{}.",
            one.name,
            count(one.groups, "groupe"),
            told(one.placed, "jeune"),
            bare(one.enrolled),
            trip.unwrap_or_default(),
            binds.unwrap_or_default(),
            reason.unwrap_or_default(),
        )
    }

    fn why(&self, [a, b]: [&InTold<'_>; 2]) -> String {
        let could = format!(
            "au même endroit et à la même heure pourraient venir au mieux {} de {} et {} de {}, pour un minimum de {}",
            told(a.at_once, "jeune"),
            a.name,
            told(b.at_once, "jeune"),
            b.name,
            number(a.min)
        );
        let then = match (a.binds, b.binds) {
            (None, None) => "rien n'y bloque un groupe de plus".to_owned(),
            (Some(one), Some(other)) if one == other => format!("le même obstacle des deux côtés : {one}"),
            (one, other) => {
                let said = |binds: Option<&str>| binds.unwrap_or("rien").to_owned();
                format!(
                    "ce qui bloque n'est pas le même : {} ({}), {} ({})",
                    said(one),
                    a.name,
                    said(other),
                    b.name
                )
            }
        };
        format!("Pourquoi : {could} ; {then}.")
    }

    fn territories_rest(&self) -> [&'static str; 3] {
        [
            "Les dispositifs sont ceux du premier territoire (tailles, rythmes, dates, limites de trajet) ; chacun les tient dans ses propres sites, avec ses propres conseillers, calendrier et temps de trajet.",
            "Un jeune qui a une place dans deux dispositifs compte deux fois.",
            "Là où un réseau de bus n'est pas fourni, personne ne le prend : en ville surtout, c'est prudent.",
        ]
    }

    fn territories_rests_on(&self) -> &'static str {
        "Ce sur quoi cela repose"
    }

    fn two_territories_alone(&self, more: &str) -> String {
        format!("Deux territoires se comparent tels quels : « {more} » est de trop.")
    }
}
