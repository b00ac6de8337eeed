//! What somebody probably meant who wrote something else where a code or a place
//! is expected. It proposes and never chooses.

use super::fold::{fold_name, near, slips, words};
use super::reference;
use super::report::{Report, clipped};
use super::table::Row;
use crate::finding::{Code, Text};
use crate::territory::{Place, Written};
use crate::units::InseeCode;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};

/// Most communes listed in a remedy.
const LISTED: usize = 6;
/// Texts for which names that are nearly the same are looked for; beyond, only the same.
const NEARLY: usize = 1_000;

/// The folder's places, and France's communes behind them.
pub(super) struct Gazetteer<'p> {
    places: &'p [Written<Place>],
    by_key: HashMap<&'p str, &'p Place>,
    /// Folded names, made when one is first asked for.
    here: OnceCell<Vec<(String, &'p Place)>>,
    france: OnceCell<HashMap<String, Vec<&'static str>>>,
    /// What was already answered: a column repeats itself.
    told: RefCell<HashMap<String, Option<Meant>>>,
}

/// What was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// A code that lost a zero, or Corsica's letter.
    LostZero(Option<Target>),
    /// A postcode of these communes.
    Postcode(Vec<Target>),
    /// A code that is part of another commune today.
    Merged { name: &'static str, now: Target },
    /// A name, exactly or nearly, of one of these.
    Name(Vec<Target>),
}

/// A place or commune to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    key: String,
    name: String,
    /// Whether the folder has it.
    here: bool,
}

impl<'p> Gazetteer<'p> {
    pub(super) fn new(places: &'p [Written<Place>]) -> Self {
        Self {
            places,
            by_key: places.iter().map(|w| (w.value.key.as_str(), &w.value)).collect(),
            here: OnceCell::new(),
            france: OnceCell::new(),
            told: RefCell::default(),
        }
    }

    /// Whether a place of the folder is called so.
    pub(super) fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// A commune's code from a field, or nothing when empty. What can't be one, and
    /// what is a code of something else, is reported.
    pub(super) fn code(&self, row: &Row<'_>, column: usize, report: &mut Report) -> Option<InseeCode> {
        self.code_of(row.get(column), row, column, report)
    }

    /// As [`Gazetteer::code`], for one of several in a field.
    pub(super) fn code_of(
        &self,
        text: &str,
        row: &Row<'_>,
        column: usize,
        report: &mut Report,
    ) -> Option<InseeCode> {
        self.told_code(text, (row.line, row.name(column)), report)
    }

    fn told_code(&self, text: &str, (line, field): (u32, &str), report: &mut Report) -> Option<InseeCode> {
        let code = InseeCode::new(text);
        if text.is_empty() || (code.is_some() && self.has(text)) {
            return code;
        }
        let meant = match (self.meant(text), code) {
            (None, None) if is_four_digits(text) => Some(Meant::LostZero(None)),
            // Looks like a code: a name is not what was meant.
            (Some(Meant::Name(_)), Some(_)) => None,
            (meant, _) => meant,
        };
        match meant {
            Some(meant) => {
                let (code, what, remedy) = meant.finding(text);
                report.say_of(code, line, field, what, remedy);
                None
            }
            None if code.is_none() => {
                report.bad_code(line, field, text);
                None
            }
            None => code,
        }
    }

    /// A commune's code from a text of a file that is no table. What can't be one, and what is a code of something else, is
    /// reported.
    pub(super) fn code_in(
        &self,
        text: &str,
        (line, field): (u32, &str),
        report: &mut Report,
    ) -> Option<InseeCode> {
        let named = self.communes_named(text);
        if let (1, Some(code)) = (named.len(), named.first()) {
            return Some(*code);
        }
        self.told_code(text, (line, field), report)
    }

    /// As [`Gazetteer::code`], in the list of communes itself: a commune of before may
    /// be meant there, as a place that is smaller than that of today.
    pub(super) fn own_code(&self, row: &Row<'_>, column: usize, report: &mut Report) -> Option<InseeCode> {
        let code = InseeCode::new(row.get(column));
        match code.and_then(|code| reference::commune(code.as_str())) {
            Some(known) if !known.code.starts_with("20") => code,
            _ => self.code(row, column, report),
        }
    }

    /// What a text that is no place of the folder probably means.
    pub(super) fn meant(&self, text: &str) -> Option<Meant> {
        if let Some(told) = self.told.borrow().get(text) {
            return told.clone();
        }
        let nearly = self.told.borrow().len() < NEARLY;
        let meant = self.looked_up(text, nearly);
        if self.told.borrow().len() < 10 * NEARLY {
            self.told.borrow_mut().insert(text.to_owned(), meant.clone());
        }
        meant
    }

    fn looked_up(&self, text: &str, nearly: bool) -> Option<Meant> {
        if is_four_digits(text) {
            return self.target(&format!("0{text}")).map(|target| Meant::LostZero(Some(target)));
        }
        let known = reference::commune(text);
        let postcode: Vec<Target> =
            reference::of_postcode(text).filter_map(|code| self.target(code)).collect();
        let current = known.is_some_and(|commune| commune.now.is_none());
        // A postcode may also be the code of a commune far away.
        if !postcode.is_empty() && (!current || postcode.iter().any(|target| target.here)) {
            let mut targets = postcode;
            targets.sort_by_key(|target| !target.here);
            return Some(Meant::Postcode(targets));
        }
        match known {
            Some(commune) => self.former(commune),
            None if InseeCode::new(text).is_some() => None,
            None if text.chars().any(char::is_alphabetic) => self.named(text, nearly),
            None => None,
        }
    }

    /// The communes of the folder that are called so.
    pub(super) fn communes_named(&self, text: &str) -> BTreeSet<InseeCode> {
        let name = fold_name(text);
        let same = self.names_here().iter().filter(|(other, _)| *other == name);
        same.filter_map(|(_, place)| InseeCode::new(place.key.as_str())).collect()
    }

    fn former(&self, commune: reference::Commune) -> Option<Meant> {
        let now = self.target(commune.now?)?;
        let corsican = commune.code.starts_with("20") && now.key.starts_with("2");
        Some(match corsican && !now.key.starts_with("20") {
            true => Meant::LostZero(Some(now)),
            false => Meant::Merged { name: commune.name, now },
        })
    }

    fn named(&self, text: &str, nearly: bool) -> Option<Meant> {
        const LONGEST: usize = 100;
        if text.len() > LONGEST {
            return None;
        }
        // `37500 Chinon` is Chinon.
        let letters: Vec<String> =
            words(text).filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
        let name = fold_name(&letters.join(" "));
        let here = self.names_here();
        let which = |same: &dyn Fn(&str) -> bool| -> Vec<Target> {
            let found: BTreeSet<&str> =
                here.iter().filter(|(name, _)| same(name)).map(|(_, place)| place.key.as_str()).collect();
            found.into_iter().filter_map(|key| self.target(key)).collect()
        };
        let mut found = which(&|other| other == name);
        let slips = match name.len() {
            // One identifier is easily near another, and it is no name.
            _ if name.contains(|c: char| c.is_ascii_digit()) => 0,
            letters => slips(letters),
        };
        if found.is_empty() && nearly && slips > 0 {
            found = which(&|other| other.len() > 3 && near(other, &name, slips));
        }
        if found.is_empty() {
            found = self.in_france(&name);
        }
        (!found.is_empty()).then_some(Meant::Name(found))
    }

    /// Folded names and identifiers of the folder's places.
    fn names_here(&self) -> &[(String, &'p Place)] {
        self.here.get_or_init(|| {
            let places = self.places.iter().map(|w| &w.value);
            places
                .flat_map(|place| [(fold_name(&place.name), place), (fold_name(place.key.as_str()), place)])
                .collect()
        })
    }

    fn in_france(&self, name: &str) -> Vec<Target> {
        let all = self.france.get_or_init(|| {
            let mut all: HashMap<String, Vec<&'static str>> = HashMap::new();
            for commune in reference::all().filter(|commune| commune.now.is_none()) {
                all.entry(fold_name(commune.name)).or_default().push(commune.code);
            }
            all
        });
        all.get(name).into_iter().flatten().filter_map(|code| self.target(code)).collect()
    }

    /// A place of the folder, or a commune of France.
    fn target(&self, key: &str) -> Option<Target> {
        if let Some(place) = self.by_key.get(key) {
            return Some(Target { key: key.to_owned(), name: place.name.clone(), here: true });
        }
        let commune = reference::commune(key)?;
        let now = commune.now.map_or(Some(commune), reference::commune)?;
        Some(Target { key: now.code.to_owned(), name: now.name.to_owned(), here: self.has(now.code) })
    }
}

fn is_four_digits(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

impl Meant {
    /// The finding of a field that holds `text`.
    pub(super) fn finding(&self, text: &str) -> (Code, Text, Text) {
        let text = clipped(text);
        match self {
            Self::LostZero(target) => {
                let remedy = match target {
                    Some(target) => Text::say(|words| words.write_if_it_is_the_one(&named(target))),
                    None => Text::say(|words| words.write_with_leading_zero(&text)),
                };
                (Code::LostZero, Text::say(|words| words.lost_zero(&text)), remedy)
            }
            Self::Postcode(targets) => {
                let list = listed(targets);
                let remedy = Text::say(|words| words.write_the_insee_code(&list));
                (Code::Postcode, Text::say(|words| words.postcode(&text)), remedy)
            }
            Self::Merged { name, now } => {
                let remedy = Text::say(|words| words.write_the_code_of_today(&named(now)));
                (Code::MergedCommune, Text::say(|words| words.merged_commune(&text, name)), remedy)
            }
            Self::Name(targets) => {
                let list = listed(targets);
                let remedy = Text::say(|words| words.write_the_identifier(&list));
                (Code::NameForCode, Text::say(|words| words.name_for_code(&text)), remedy)
            }
        }
    }
}

/// The first few targets, for a sentence.
fn listed(targets: &[Target]) -> Text {
    let more = if targets.len() > LISTED { ", …" } else { "" };
    let some: Vec<Text> = targets.iter().take(LISTED).map(named).collect();
    Text::say(|words| words.one_of(&some) + more)
}

fn named(target: &Target) -> Text {
    let (key, name) = (clipped(&target.key), clipped(&target.name));
    Text::say(|words| {
        let absent = if target.here { "" } else { words.not_in_communes() };
        if key == name { format!("{key}{absent}") } else { format!("{key} ({name}{absent})") }
    })
}
