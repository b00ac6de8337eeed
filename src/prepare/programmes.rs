//! The programmes that a new territory begins with, and the words by which exports name
//! them. Sizes are those of small rural groups as far as they were seen in publications;
//! every rhythm and date is an assumption, to be corrected in the sheet.

use crate::read::fold;
use crate::territory::{Ages, GroupSize, InHolidays, Names, Needed, Programme, Rhythm, StartWindow};
use crate::units::{Cents, Key};
use jiff::civil::Date;

pub(super) const CEJ: &str = "cej";
pub(super) const SMALL_CEJ: &str = "cej-petit-groupe";
const WORKSHOP: &str = "atelier";
const DRIVING: &str = "code-route";

/// The usual programmes, from this day on.
pub(super) fn usual(start: Date) -> Vec<Programme<Names>> {
    let keys = |list: &[&str]| list.iter().filter_map(|key| Key::new(key)).collect::<Vec<Key>>();
    let half_days = |part| {
        keys(
            &["lun", "mar", "mer", "jeu", "ven"]
                .map(|day| format!("{day}-{part}"))
                .each_ref()
                .map(String::as_str),
        )
    };
    let one = |id: &str, name: &str, sizes: (u32, u32, u32), rhythm, weeks| {
        let (min, target, max) = sizes;
        Some(Programme {
            key: Key::new(id)?,
            name: name.to_owned(),
            size: GroupSize::new(min, target, max)?,
            rhythm,
            slots: Vec::new(),
            sites: Vec::new(),
            alternating: Vec::new(),
            weeks,
            start: StartWindow { first: start, later_weeks: 0 },
            in_holidays: InHolidays::Pauses,
            needed: Needed::Percent(80),
            limit: None,
            ages: Ages::MISSION_LOCALE,
            mix: Vec::new(),
            excludes: Vec::new(),
            max_groups: 2,
            group_cost: Cents::default(),
            attendance: None,
            hold: None,
        })
    };
    let cej = |programme: Programme<Names>, excludes: &[&str]| Programme {
        ages: Ages::CEJ,
        excludes: keys(excludes),
        ..programme
    };
    let weeks_of_code = Rhythm::Listed(vec![half_days("am"), half_days("pm")]);
    [
        one(CEJ, "CEJ, partie collective", (5, 10, 15), Rhythm::HalfDays(2), 8).map(|p| cej(p, &[])),
        one(SMALL_CEJ, "CEJ, petit groupe rural", (3, 5, 8), Rhythm::FullDays(1), 8).map(|p| cej(p, &[CEJ])),
        one(WORKSHOP, "Atelier", (4, 8, 12), Rhythm::HalfDays(1), 6),
        one(DRIVING, "Code de la route, semaine intensive", (6, 10, 12), weeks_of_code, 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Those that structures are compared by where nobody says what is on offer. The two half-days of a CEJ are one day: the
/// commonest answer in the country, and the fewest trips.
pub(super) fn usual_of_a_country(start: Date) -> Vec<Programme<Names>> {
    let mut all = usual(start);
    all.retain(|programme| [CEJ, WORKSHOP, DRIVING].contains(&programme.key.as_str()));
    for cej in all.iter_mut().filter(|programme| programme.key.as_str() == CEJ) {
        cej.rhythm = Rhythm::FullDays(1);
    }
    all
}

/// Whether a label is the usual accompaniment (PACEA), which has no group of its own: who
/// is in it may come to workshops.
pub(super) fn is_pacea(label: &str) -> bool {
    fold(label).contains("pacea")
}

/// The programmes that a label of an export means.
pub(super) fn meant(label: &str) -> Option<Vec<Key>> {
    let folded = fold(label);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let ids: &[&str] = if has(&["petitgroupe"]) {
        &[SMALL_CEJ]
    } else if has(&["cej", "engagementjeune"]) {
        &[CEJ, SMALL_CEJ]
    } else if has(&["atelier"]) || is_pacea(label) {
        &[WORKSHOP]
    } else if has(&["codedelaroute", "coderoute"]) || folded == "code" {
        &[DRIVING]
    } else if matches!(folded.as_str(), "aucun" | "aucune" | "non" | "neant" | "sans") {
        &[]
    } else {
        return None;
    };
    Some(ids.iter().filter_map(|id| Key::new(id)).collect())
}
