//! Twenty situations, as a director would read them.

use super::*;
use insta::assert_snapshot;
use jiff::civil::date;

/// Lines of a situation.
fn told(lines: impl IntoIterator<Item = impl Into<String>>) -> String {
    lines.into_iter().map(Into::into).collect::<Vec<_>>().join("\n")
}

const fn part(day: Weekday, part: Part) -> DayPart {
    DayPart { day, part }
}

fn closest(site: &str, reachable: u32, missing: u32) -> Closest {
    let days = vec![part(Weekday::Tuesday, Part::Morning), part(Weekday::Friday, Part::Afternoon)];
    Closest { at: French.at(site), days, reachable, missing, min: 8 }
}

fn blocked(bind: Bind) -> Obstacle {
    Obstacle { bind, hours_too: false }
}

const COUNTS: [u32; 4] = [0, 1, 2, 1_204];

#[test]
fn no_group_although_enough_could_come() {
    let rooms = Some(blocked(Bind::Rooms));
    assert_snapshot!(told([1, 9].map(|n| French.no_group("CEJ", Some(&closest("Loches", n, 0)), rooms))), @"
    CEJ : aucun groupe dans ce plan ; 1 jeune pourrait venir à Loches le mardi matin et le vendredi après-midi ; ce qui bloque : les salles, toutes prises.
    CEJ : aucun groupe dans ce plan ; 9 jeunes pourraient venir à Loches le mardi matin et le vendredi après-midi ; ce qui bloque : les salles, toutes prises.
    ");
}

#[test]
fn no_group_for_one_missing() {
    let reach = Some(blocked(Bind::Reach));
    assert_snapshot!(French.no_group("CEJ", Some(&closest("Le Blanc", 7, 1)), reach), @"CEJ : aucun groupe possible ; il manque 1 jeune au Blanc le mardi matin et le vendredi après-midi (7 peuvent venir, il en faut 8) ; ce qui bloque : les trajets.");
}

#[test]
fn no_group_for_two_and_more_missing() {
    let reach = Some(Obstacle { bind: Bind::Reach, hours_too: true });
    let cases = [(6, 2), (1, 7), (0, 8)];
    assert_snapshot!(told(cases.map(|(n, m)| French.no_group("CEJ", Some(&closest("Les Ormes", n, m)), reach))), @"
    CEJ : aucun groupe possible ; il manque 2 jeunes aux Ormes le mardi matin et le vendredi après-midi (6 peuvent venir, il en faut 8) ; ce qui bloque : les trajets et les disponibilités.
    CEJ : aucun groupe possible ; il manque 7 jeunes aux Ormes le mardi matin et le vendredi après-midi (1 peut venir, il en faut 8) ; ce qui bloque : les trajets et les disponibilités.
    CEJ : aucun groupe possible ; il manque 8 jeunes aux Ormes le mardi matin et le vendredi après-midi (personne ne peut venir, il en faut 8) ; ce qui bloque : les trajets et les disponibilités.
    ");
}

#[test]
fn one_group() {
    assert_snapshot!(told([
        French.groups_formed("Atelier", 1, 8, 9),
        French.others_blocked(1, blocked(Bind::Ages)),
        French.group_size(8, 8, 12),
    ]), @"
    Atelier : 1 groupe, 8 jeunes sur 9
    ce qui bloque pour l'autre : l'âge
    8 jeunes (de 8 à 12 par groupe)
    ");
}

#[test]
fn several_groups() {
    assert_snapshot!(told([
        French.groups_formed("Atelier", 3, 31, 1_204),
        French.others_blocked(1_173, blocked(Bind::Advisers)),
        French.in_all(31, 1_204),
    ]), @"
    Atelier : 3 groupes, 31 jeunes sur 1 204
    ce qui bloque pour les 1 173 autres : les conseillers, sans demi-journée libre
    En tout, 31 jeunes ont une place dans au moins un groupe, sur 1 204 inscrits.
    ");
}

#[test]
fn every_count_of_people_has_its_number() {
    let lines = COUNTS.map(|n| {
        told([
            French.in_all(n, n),
            French.left_out("CEJ", n, n),
            French.not_every_session(n),
            French.only_by_video(n),
            French.option_groups("CEJ", "Chinon", n, n),
        ])
    });
    assert_snapshot!(told(lines), @"
    En tout, aucun jeune n'a une place dans au moins un groupe, sur 0 inscrit.
    CEJ : 0 sur 0 inscrit sans groupe
    0 jeune ne peut pas venir à toutes les séances
    0 seulement en visio
    CEJ, Chinon : 0 groupe, 0 jeune
    En tout, 1 jeune a une place dans au moins un groupe, sur 1 inscrit.
    CEJ : 1 sur 1 inscrit sans groupe
    1 jeune ne peut pas venir à toutes les séances
    1 seulement en visio
    CEJ, Chinon : 1 groupe, 1 jeune
    En tout, 2 jeunes ont une place dans au moins un groupe, sur 2 inscrits.
    CEJ : 2 sur 2 inscrits sans groupe
    2 jeunes ne peuvent pas venir à toutes les séances
    2 seulement en visio
    CEJ, Chinon : 2 groupes, 2 jeunes
    En tout, 1 204 jeunes ont une place dans au moins un groupe, sur 1 204 inscrits.
    CEJ : 1 204 sur 1 204 inscrits sans groupe
    1 204 jeunes ne peuvent pas venir à toutes les séances
    1 204 seulement en visio
    CEJ, Chinon : 1 204 groupes, 1 204 jeunes
    ");
}

#[test]
fn every_count_of_things_has_its_number() {
    let lines = COUNTS.map(|n| {
        let crowd = |only, sites| Crowd { youths: n, places: n.max(1), sites, only, min: 8, groups: n };
        let whole = n as usize;
        told([
            French.only_so_many(crowd(false, true)),
            French.only_so_many(crowd(true, false)),
            French.unknown_dates(n, 12),
            French.more_of_a_kind("M104", whole, 30),
            French.finding_counts(whole, whole, whole),
        ])
    });
    assert_snapshot!(told(lines), @"
    Personne ne peut aller à ce site, et chaque groupe en demande 8 : aucun groupe possible
    0 jeune ne peut aller qu'à ce créneau, et chaque groupe en demande 8 : aucun groupe possible
    0 des 12 dates est hors de l'horaire connu des cars et des trains : comptée ni pour ni contre
    … et 0 autre M104, jusqu'à la ligne 30 ; --json donne tout

    Un seul jeune peut aller à ce site, et chaque groupe en demande 8 : un groupe au plus
    1 jeune ne peut aller qu'à ce créneau, et chaque groupe en demande 8 : un groupe au plus
    1 des 12 dates est hors de l'horaire connu des cars et des trains : comptée ni pour ni contre
    … et 1 autre M104, jusqu'à la ligne 30 ; --json donne tout
    1 erreur, 1 avertissement, 1 note
    Seuls 2 jeunes peuvent aller à ces deux sites, et chaque groupe en demande 8 : 2 groupes au plus
    2 jeunes ne peuvent aller qu'à ces deux créneaux, et chaque groupe en demande 8 : 2 groupes au plus
    2 des 12 dates sont hors de l'horaire connu des cars et des trains : comptées ni pour ni contre
    … et 2 autres M104, jusqu'à la ligne 30 ; --json donne tout
    2 erreurs, 2 avertissements, 2 notes
    Seuls 1 204 jeunes peuvent aller à ces 1 204 sites, et chaque groupe en demande 8 : 1 204 groupes au plus
    1 204 jeunes ne peuvent aller qu'à ces 1 204 créneaux, et chaque groupe en demande 8 : 1 204 groupes au plus
    1 204 des 12 dates sont hors de l'horaire connu des cars et des trains : comptées ni pour ni contre
    … et 1 204 autres M104, jusqu'à la ligne 30 ; --json donne tout
    1 204 erreurs, 1 204 avertissements, 1 204 notes
    ");
}

#[test]
fn names_keep_their_articles() {
    let sites =
        ["Azay-le-Rideau", "L'Île-Bouchard", "Le Blanc", "Les Ormes", "La Flèche", "Gare d'Azay", "Lerné"];
    assert_snapshot!(told(sites.map(|site| French.at(site))), @"
    à Azay-le-Rideau
    à L'Île-Bouchard
    au Blanc
    aux Ormes
    à La Flèche
    au site « Gare d'Azay »
    à Lerné
    ");
}

#[test]
fn durations_are_minutes_then_hours() {
    let longest =
        |seconds| French.how_they_come(&[French.come_by(5, Mode::Car, Mode::Car)], Seconds::new(seconds));
    assert_snapshot!(told([59, 60, 2_700, 2_701, 3_600, 3_900, 7_200].map(longest)), @"
    5 en voiture ; trajet le plus long : 1 min
    5 en voiture ; trajet le plus long : 1 min
    5 en voiture ; trajet le plus long : 45 min
    5 en voiture ; trajet le plus long : 46 min
    5 en voiture ; trajet le plus long : 1 h
    5 en voiture ; trajet le plus long : 1 h 05
    5 en voiture ; trajet le plus long : 2 h
    ");
}

#[test]
fn money_is_told_to_ten_euros() {
    let opened = |cents| French.opened("Loches", Cents::new(cents));
    assert_snapshot!(told([0, 640, 1_499, 123_456, 12_345_600].map(opened)), @"
    Loches (site candidat)
    Loches (site candidat, 6 € pour l'ouvrir)
    Loches (site candidat, 10 € pour l'ouvrir)
    Loches (site candidat, 1 230 € pour l'ouvrir)
    Loches (site candidat, 123 460 € pour l'ouvrir)
    ");
}

#[test]
fn dates_over_a_years_end() {
    let (december, january, june) = (date(2025, 12, 2), date(2026, 1, 1), date(2026, 6, 30));
    assert_snapshot!(told([
        French.first_to_last(january, january),
        French.first_to_last(january, june),
        French.first_to_last(december, january),
        French.without_a_trip(&[december, january]),
    ]), @"
    le 1er janvier 2026
    du 1er janvier au 30 juin 2026
    du 2 décembre 2025 au 1er janvier 2026
    sans trajet pour un jeune au moins : 2 décembre 2025, 1er janvier 2026
    ");
}

#[test]
fn sites_in_turn_and_days_of_a_week() {
    use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
    let full = |days: &[Weekday]| days.iter().map(|&day| part(day, Part::Both)).collect::<Vec<_>>();
    assert_snapshot!(told([
        French.in_turn(&["Chinon", "Le Blanc"], Turn::Week),
        French.in_turn(&["Chinon", "Loches", "L'Île-Bouchard"], Turn::Day),
        French.on_days(&[part(Monday, Part::Morning)]),
        French.on_days(&full(&[Monday, Thursday])),
        French.on_days(&full(&[Tuesday, Wednesday, Thursday, Friday])),
    ]), @"
    Chinon et Le Blanc, une semaine sur l'autre
    Chinon, Loches et L'Île-Bouchard, un jour sur l'autre
    le lundi matin
    le lundi et le jeudi, toute la journée
    du mardi au vendredi, toute la journée
    ");
}

#[test]
fn how_people_come() {
    let ways = Mode::ALL.map(|mode| French.come_by(1, mode, mode));
    let back = [French.come_by(2, Mode::Lift, Mode::Bus), French.come_by(2, Mode::LiftBus, Mode::Walk)];
    assert_snapshot!(told(ways.into_iter().chain(back)), @"
    1 en voiture
    1 passager
    1 à cyclomoteur
    1 à vélo électrique
    1 à vélo
    1 à pied
    1 en car ou en train
    1 en transport à la demande (à réserver)
    1 en navette
    1 conduit à un arrêt, puis en car ou en train
    1 à cyclomoteur puis en car ou en train
    1 à vélo électrique puis en car ou en train
    1 à vélo puis en car ou en train
    2 passagers (retour : en car ou en train)
    2 conduits à un arrêt, puis en car ou en train (retour : à pied)
    ");
}

#[test]
fn by_video_alone_or_for_some() {
    let ways = [French.come_by(4, Mode::Car, Mode::Car), French.only_by_video(1)];
    let longest = Seconds::from_minutes(38);
    assert_snapshot!(told([French.by_video().to_owned(), French.how_they_come(&ways, longest)]), @"
    toutes les séances en visio, sans trajet
    4 en voiture, 1 seulement en visio ; trajet le plus long : 38 min
    ");
}

#[test]
fn every_reason_once() {
    assert_snapshot!(told(Reason::ALL.map(|reason| French.reason(reason, Seconds::from_minutes(45)))), @"
    pas inscrit
    hors des âges admis
    domicile ou site sans coordonnées
    aucun moyen de transport, et trop loin à pied
    aucune séance ne s'y tient
    indisponibilité à ces heures
    déjà dans un autre groupe à ces heures, ou ailleurs ce jour-là
    trop loin : plus de 45 min de trajet
    un car ou un train y va, mais pas à ces heures
    un car ou un train y va, mais pas pendant les vacances
    l'aller est possible, pas le retour
    horaires inconnus à ces dates
    trop de trajet pour le temps passé sur place
    trop peu d'autres peuvent venir au même endroit pour faire un groupe
    groupes, salles ou conseillers complets
    une règle de composition des groupes
    dans un dispositif qui exclut celui-ci
    décision de la structure
    le plan trouvé place d'autres jeunes
    ");
}

#[test]
fn everything_that_blocks_once() {
    assert_snapshot!(told([
        Bind::Sites,
        Bind::Minimum,
        Bind::Reach,
        Bind::Ages,
        Bind::Rooms,
        Bind::HalfDays,
        Bind::Candidates,
        Bind::Advisers,
        Bind::Youths,
    ].map(|bind| French.no_group("CEJ", None, Some(blocked(bind))))), @"
    CEJ : aucun groupe possible ; ce qui bloque : aucune séance ne peut se tenir à ses demi-journées.
    CEJ : aucun groupe possible ; ce qui bloque : trop peu d'inscrits ayant l'âge requis.
    CEJ : aucun groupe possible ; ce qui bloque : les trajets.
    CEJ : aucun groupe dans ce plan ; ce qui bloque : l'âge.
    CEJ : aucun groupe dans ce plan ; ce qui bloque : les salles, toutes prises.
    CEJ : aucun groupe dans ce plan ; ce qui bloque : les demi-journées des sites, toutes prises.
    CEJ : aucun groupe dans ce plan ; ce qui bloque : le nombre de sites à ouvrir, limité.
    CEJ : aucun groupe dans ce plan ; ce qui bloque : les conseillers, sans demi-journée libre.
    CEJ : aucun groupe dans ce plan ; ce qui bloque : les jeunes, déjà dans d'autres groupes ou tenus par une règle ou une décision.
    ");
}

#[test]
fn hours_within_reach_and_planned() {
    let week = Seconds::from_minutes(15 * 60);
    assert_snapshot!(told(COUNTS.map(|n| told([
        French.hours_within_reach(n, n, week),
        French.hours_planned(n, week),
    ]))), @"
    Sur 0 jeune, aucun n'a au moins 15 h d'activité collective par semaine à sa portée.
    Dans ce plan, aucun jeune n'atteint 15 h.
    Sur 1 jeune, 1 a au moins 15 h d'activité collective par semaine à sa portée.
    Dans ce plan, 1 jeune atteint 15 h.
    Sur 2 jeunes, 2 ont au moins 15 h d'activité collective par semaine à leur portée.
    Dans ce plan, 2 jeunes atteignent 15 h.
    Sur 1 204 jeunes, 1 204 ont au moins 15 h d'activité collective par semaine à leur portée.
    Dans ce plan, 1 204 jeunes atteignent 15 h.
    ");
}

#[test]
fn a_gap_and_proofs() {
    let gap = |placed, bound, percent, weighted| Proved::Gap { placed, bound, percent, weighted };
    assert_snapshot!(told([
        French.proved(&Proved::All),
        French.proved(&Proved::Placed(vec![Tier::Cost, Tier::OffTarget, Tier::Minutes])),
        French.proved(&gap(0, 1, 100.0, false)),
        French.proved(&gap(1, 2, 50.0, true)),
        French.proved(&gap(1_204, 1_205, 0.01, false)),
        French.proved(&Proved::Nothing),
        French.tier_reached(Tier::Placed, 12, None),
        French.tier_reached(Tier::Minutes, 12, Some(10)),
    ]), @"
    Meilleur plan possible : prouvé.
    Aucun plan n'offre plus de places : prouvé. À nombre de places égal, pas prouvé : le moindre coût, la taille visée des groupes et le moindre trajet.
    Plan trouvé : 0 place ; au plus 1 possible (écart 100,0 %).
    Plan trouvé : 1 place, comptée par priorité ; au plus 2 possibles (écart 50,0 %).
    Plan trouvé : 1 204 places ; au plus 1 205 possibles (écart 0,1 %).
    Plan trouvé ; rien n'est prouvé sur le nombre de places.
    le nombre de places : 12 (prouvé)
    le moindre trajet : 12 (non prouvé, borne 10)
    ");
}

#[test]
fn nobody_enrolled_and_everybody_placed() {
    assert_snapshot!(told([
        French.nobody_enrolled("CEJ"),
        French.nobody_left_out().to_owned(),
        French.no_group_at_all().to_owned(),
        French.first_ids(&["y1"], false),
        French.interchangeable(1, 2, &French.first_ids(&["y1", "y2"], true)),
        French.interchangeable(2, 3, "(y1)"),
    ]), @"
    CEJ : aucun inscrit.
    Personne : tous les inscrits ont une place.
    Aucun.
    (y1)
    Choix indifférent : sur 2 jeunes que rien ne distingue ici (y1, y2…), 1 seul a une place.
    Choix indifférent : sur 3 jeunes que rien ne distingue ici (y1), 2 ont une place.
    ");
}

#[test]
fn decisions_that_leave_no_plan_and_work_that_stops() {
    assert_snapshot!(told([
        French.impossible().to_owned(),
        French.not_found().to_owned(),
        French.reason(Reason::PinnedOut, Seconds::ZERO),
        French.error(&Error::Cancelled),
        French.error(&Error::Refused { path: "report".into(), why: Refusal::NotOurs }),
        French.written("report"),
    ]), @"
    Aucun plan : les décisions déjà prises contredisent les limites ; c'est prouvé. Retirez ou changez l'une d'elles.
    Aucun plan trouvé qui respecte les décisions déjà prises ; il peut en exister un. Donnez plus de temps à la recherche avec --nodes.
    décision de la structure
    Arrêté.
    report : maillage ne l'a pas écrit ainsi, et ce serait perdu ; déplacez-le ou choisissez un autre dossier
    Écrit dans report : interne/, exact, pour votre structure seule ; partage/, qui peut être montré.
    ");
}
