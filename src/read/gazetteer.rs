//! What somebody probably meant who wrote something else where a code or a place
//! is expected. It proposes and never chooses.

use super::fold::{fold_name, near, words};
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
                report.say_of(code, line, field, (&what.fr, &what.en), (&remedy.fr, &remedy.en));
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
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
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
        let what = |fr: &str, en: &str| Text::new(format!("« {text} » {fr}"), format!("'{text}' {en}"));
        match self {
            Self::LostZero(target) => {
                let all: Vec<Target> = target.iter().cloned().collect();
                let remedy = match listed(&all) {
                    Some((fr, en)) => Text::new(
                        format!(
                            "écrivez {fr} si c'est bien elle, et gardez la colonne en texte dans le tableur"
                        ),
                        format!(
                            "write {en} if that is the one, and keep the column as text in the spreadsheet"
                        ),
                    ),
                    None => Text::new(
                        format!("écrivez « 0{text} » si le zéro de tête a été perdu par un tableur"),
                        format!("write '0{text}' if a spreadsheet lost the leading zero"),
                    ),
                };
                (
                    Code::LostZero,
                    what(
                        "a perdu son zéro, ou sa lettre en Corse",
                        "lost its zero, or its letter in Corsica",
                    ),
                    remedy,
                )
            }
            Self::Postcode(targets) => (
                Code::Postcode,
                what("est un code postal, pas un code INSEE", "is a postcode, not an INSEE code"),
                write("le code INSEE de la commune : ", "the INSEE code of the commune: ", targets),
            ),
            Self::Merged { name, now } => {
                let named =
                    |old: &str| if name.is_empty() { old.to_owned() } else { format!("{old} ({name})") };
                (
                    Code::MergedCommune,
                    what(
                        &named("est l'ancien code d'une commune qui a fusionné"),
                        &named("is the former code of a commune that was merged"),
                    ),
                    write(
                        "celui de la commune d'aujourd'hui : ",
                        "that of the commune of today: ",
                        std::slice::from_ref(now),
                    ),
                )
            }
            Self::Name(targets) => (
                Code::NameForCode,
                what("ressemble à un nom, pas à un identifiant", "looks like a name, not an identifier"),
                write("l'identifiant, si c'est bien lui : ", "the identifier, if that is the one: ", targets),
            ),
        }
    }
}

fn write(fr: &str, en: &str, targets: &[Target]) -> Text {
    let (list_fr, list_en) = listed(targets).unwrap_or_default();
    Text::new(format!("écrivez {fr}{list_fr}"), format!("write {en}{list_en}"))
}

/// Targets for a sentence, in both languages.
fn listed(targets: &[Target]) -> Option<(String, String)> {
    let some = targets.get(..LISTED.min(targets.len())).filter(|some| !some.is_empty())?;
    let one = |target: &Target, absent: &str| {
        let (key, name) = (clipped(&target.key), clipped(&target.name));
        let absent = if target.here { "" } else { absent };
        if key == name { format!("{key}{absent}") } else { format!("{key} ({name}{absent})") }
    };
    let join = |absent: &str, or: &str| {
        let more = if targets.len() > LISTED { ", …" } else { "" };
        some.iter().map(|target| one(target, absent)).collect::<Vec<_>>().join(or) + more
    };
    Some((join(", absente de communes.csv", " ou "), join(", not in communes.csv", " or ")))
}
