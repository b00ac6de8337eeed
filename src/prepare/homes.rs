//! Where somebody lives, from what people write: codes, names, postcodes, points.

use super::notes::Supposed;
use crate::read::{Atlas, Epci, clipped, fold_name, near, slips, words};
use crate::territory::Place;
use crate::units::{InseeCode, Key, Position};
use std::collections::{BTreeMap, BTreeSet};

/// Most communes named in a remedy.
const LISTED: usize = 6;
/// Longest text that is looked up as a name.
const LONGEST: usize = 100;

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    One(InseeCode, Option<Supposed>),
    Several(Vec<InseeCode>),
    Nothing,
}

impl Found {
    fn of(codes: &BTreeSet<InseeCode>, supposed: Option<Supposed>) -> Self {
        match codes.iter().copied().collect::<Vec<_>>().as_slice() {
            [] => Self::Nothing,
            [one] => Self::One(*one, supposed),
            several => Self::Several(several.to_vec()),
        }
    }
}

impl Found {
    /// The only one of several that is among these, if one is.
    pub(super) fn narrowed(self, among: &BTreeSet<InseeCode>) -> Self {
        let Self::Several(codes) = &self else { return self };
        let mut both = codes.iter().filter(|code| among.contains(code));
        match (both.next(), both.next()) {
            (Some(one), None) => Self::One(*one, None),
            _ => self,
        }
    }
}

/// Texts to communes.
pub(super) struct Resolver<'a> {
    atlas: &'a Atlas,
    /// Communes of the intercommunality that was asked for: the first to be meant.
    here: BTreeSet<InseeCode>,
    /// Communes of before, by folded name, as they are today.
    former: BTreeMap<String, BTreeSet<InseeCode>>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(atlas: &'a Atlas, epci: Option<&Epci>) -> Self {
        let members = epci.map(|epci| atlas.members(&epci.code));
        let here = members.into_iter().flatten().filter_map(|place| place.commune).collect();
        let mut former: BTreeMap<String, BTreeSet<InseeCode>> = BTreeMap::new();
        for (name, code) in crate::read::former_communes() {
            if let Some(now) = atlas.today(code) {
                former.entry(fold_name(name)).or_default().insert(now);
            }
        }
        Self { atlas, here, former }
    }

    /// The commune that a text means, beside which a postcode may stand.
    pub(super) fn commune(&self, text: &str, postcode: &str) -> Found {
        let text = text.trim();
        if text.len() > LONGEST {
            return Found::Nothing;
        }
        let postcode =
            if postcode.trim().is_empty() { embedded_postcode(text) } else { postcode.trim().to_owned() };
        if let Some(found) = self.by_code(text) {
            return found;
        }
        let of_postcode = self.of_postcode(&postcode);
        match self.by_name(text, &of_postcode.0) {
            Found::Nothing => match Found::of(&of_postcode.0, of_postcode.1) {
                // A name that nobody knows, as that of a hamlet, beside a postcode of one commune.
                Found::One(code, supposed) if has_letters(text) => {
                    Found::One(code, supposed.or(Some(Supposed::ByPostcode)))
                }
                found => found,
            },
            found => found,
        }
    }

    /// A code of five characters, or of four digits that lost their zero; `None` when it is none.
    fn by_code(&self, text: &str) -> Option<Found> {
        let (code, lost) = match is_digits(text, 4) {
            true => (InseeCode::new(&format!("0{text}"))?, Some(Supposed::LostZero)),
            false => (InseeCode::new(text)?, None),
        };
        let now = self.atlas.today(code)?;
        // Four digits may as well be a postcode that lost its zero.
        let also = self.of_postcode(text).0;
        if lost.is_some() && !also.is_empty() && !also.contains(&now) {
            let all: BTreeSet<InseeCode> = also.into_iter().chain([now]).collect();
            return Some(Found::of(&all, lost));
        }
        Some(Found::One(now, lost.or((now != code).then_some(Supposed::FormerCommune))))
    }

    /// The communes of a postcode, which may have lost its zero.
    fn of_postcode(&self, text: &str) -> (BTreeSet<InseeCode>, Option<Supposed>) {
        match is_digits(text, 4) {
            true => (self.atlas.of_postcode(&format!("0{text}")), Some(Supposed::LostZero)),
            false => (self.atlas.of_postcode(text), None),
        }
    }

    /// Whether a text is a postcode.
    pub(super) fn is_postcode(&self, text: &str) -> bool {
        !self.of_postcode(text.trim()).0.is_empty()
    }

    /// Whether a text is the code of a commune, of today or of before.
    pub(super) fn is_code(&self, text: &str) -> bool {
        InseeCode::new(text).is_some_and(|code| self.atlas.today(code).is_some())
    }

    fn by_name(&self, text: &str, of_postcode: &BTreeSet<InseeCode>) -> Found {
        for name in spellings(text) {
            let today: BTreeSet<InseeCode> = self.atlas.named(&name).iter().copied().collect();
            let (all, supposed) = match self.former.get(&fold_name(&name)) {
                _ if !today.is_empty() => (today, None),
                Some(former) => (former.clone(), Some(Supposed::FormerCommune)),
                None => continue,
            };
            if all.len() == 1 {
                return Found::of(&all, supposed);
            }
            for narrower in [of_postcode, &self.here] {
                let both: BTreeSet<InseeCode> = all.intersection(narrower).copied().collect();
                if both.len() == 1 {
                    return Found::of(&both, supposed);
                }
            }
            return Found::of(&all, supposed);
        }
        Found::Nothing
    }

    /// Communes whose name is nearly this; those here first.
    pub(super) fn near(&self, text: &str) -> Vec<InseeCode> {
        let name = fold_name(&letters_of(text));
        let slips = slips(name.len());
        if slips == 0 || name.len() > LONGEST {
            return Vec::new();
        }
        let nearly = |place: &&Place| near(&fold_name(&place.name), &name, slips);
        let mut found: Vec<InseeCode> =
            self.atlas.communes().iter().filter(nearly).filter_map(|place| place.commune).collect();
        found.sort_by_key(|code| (!self.here.contains(code), *code));
        found.truncate(LISTED);
        found
    }

    /// Communes for a sentence: their codes and names.
    pub(super) fn listed(&self, codes: &[InseeCode]) -> String {
        let name = |code: &InseeCode| self.atlas.commune(*code).map_or("", |place| place.name.as_str());
        let one = |code: &InseeCode| format!("{code} ({})", clipped(name(code)));
        let some: Vec<String> = codes.iter().take(LISTED).map(one).collect();
        some.join(", ") + if codes.len() > LISTED { ", …" } else { "" }
    }
}

/// How a name may be meant: as it is, without what the post adds, its article in front.
fn spellings(text: &str) -> Vec<String> {
    let plain = letters_of(text);
    let plain = plain.trim();
    let mut all = Vec::new();
    if let Some((name, article)) = text.rsplit_once('(') {
        let article = fold_name(article);
        if ["l", "le", "la", "les"].contains(&article.as_str()) {
            all.push(format!("{article} {}", letters_of(name)));
        }
        all.push(letters_of(name));
    }
    all.push(plain.to_owned());
    all.extend(["l", "le", "la", "les"].map(|article| format!("{article} {plain}")));
    all.retain(|name| !fold_name(name).is_empty());
    all
}

/// The words of a name: neither digits nor what follows `CEDEX`.
fn letters_of(text: &str) -> String {
    let words = words(text).take_while(|word| word != "cedex");
    let named: Vec<String> = words.filter(|word| !word.bytes().any(|b| b.is_ascii_digit())).collect();
    named.join(" ")
}

/// The postcode in `37500 CHINON`.
fn embedded_postcode(text: &str) -> String {
    let mut parts = text.split(|c: char| !c.is_alphanumeric());
    parts.find(|part| is_digits(part, 5)).unwrap_or(if is_digits(text, 4) { text } else { "" }).to_owned()
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn is_digits(text: &str, many: usize) -> bool {
    text.len() == many && text.bytes().all(|b| b.is_ascii_digit())
}

/// Metropolitan France and its margins, in degrees.
pub(super) const LON: std::ops::RangeInclusive<f64> = -6.0..=10.5;
/// As [`LON`].
pub(super) const LAT: std::ops::RangeInclusive<f64> = 41.0..=51.6;

/// Side of a square, in metres.
const SIDE: f64 = 500.0;
/// Metres of a degree of latitude.
const DEGREE: f64 = 111_195.0;

/// The square of 500 m that a point is in: its middle stands for every home in it.
pub(super) fn square(lon: f64, lat: f64, commune: Option<&Place>) -> Option<Place> {
    if !LON.contains(&lon) || !LAT.contains(&lat) {
        return None;
    }
    let row = (lat * DEGREE / SIDE).floor();
    let middle = (row + 0.5) * SIDE / DEGREE;
    // Columns are as wide in metres wherever they are: each row has its own degrees.
    let degree = DEGREE * middle.to_radians().cos();
    let column = (lon * degree / SIDE).floor();
    let position = Position::new(rounded((column + 0.5) * SIDE / degree), rounded(middle))?;
    // Small whole numbers within France.
    let key = Key::new(&format!("carre-{}-{}", row as i64, column as i64))?;
    let name = commune
        .map_or_else(|| "carré de 500 m".to_owned(), |place| format!("{}, carré de 500 m", place.name));
    Some(Place {
        key,
        name,
        commune: commune.and_then(|place| place.commune),
        position: Some(position),
        population: None,
        epci: None,
    })
}

/// To 5 decimals, a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_the_post_writes_them() {
        assert!(spellings("TOURS CEDEX 2").contains(&"tours".to_owned()));
        assert!(spellings("37500 CHINON").contains(&"chinon".to_owned()));
        assert_eq!(spellings("ILE BOUCHARD (L')")[0], "l ile bouchard");
        assert_eq!(embedded_postcode("37500 CHINON"), "37500");
    }

    #[test]
    fn a_square_hides_the_point_and_is_the_same_for_all_in_it() {
        let one = square(0.24004, 47.16712, None).expect("a square");
        let at = one.position.expect("a point");
        let from = Position::new(0.24004, 47.16712).expect("a point");
        assert!(from.straight_line(at) <= 354.0, "half the diagonal");
        let next = square(0.24005, 47.16713, None).expect("a square");
        assert_eq!(one, next);
        assert_eq!(square(6_800_000.0, 480_000.0, None), None);
        assert_eq!(square(f64::NAN, 47.0, None), None);
    }

    #[cfg(feature = "communes")]
    #[test]
    fn communes_are_found_by_what_people_write() {
        let atlas = Atlas::france();
        let epci = atlas.epci("200043081").expect("known").clone();
        let (far, here) = (Resolver::new(&atlas, None), Resolver::new(&atlas, Some(&epci)));
        let code = |text| InseeCode::new(text).expect("a code");
        let one = |text, supposed| Found::One(code(text), supposed);
        for text in ["37072", "Chinon", "CHINON", "37500 Chinon", "chinon cedex", " Chinon "] {
            assert_eq!(far.commune(text, ""), one("37072", None), "{text}");
        }
        assert_eq!(far.commune("ILE BOUCHARD (L')", ""), one("37119", None));
        assert_eq!(far.commune("L'Ile-Bouchard", "37220"), one("37119", None));
        assert_eq!(far.commune("St Epain", ""), far.commune("Saint-Épain", ""));
        assert_eq!(far.commune("1004", ""), one("01004", Some(Supposed::LostZero)));
        assert_eq!(far.commune("75111", ""), one("75056", Some(Supposed::FormerCommune)));
        // A name of two communes: told apart by the postcode or by where we are, else asked.
        assert!(matches!(far.commune("Marçay", ""), Found::Several(all) if all.len() == 2));
        assert_eq!(far.commune("Marçay", "37500"), one("37144", None));
        assert_eq!(here.commune("Marçay", ""), one("37144", None));
        assert_eq!(far.commune("Le Bout du Monde", ""), Found::Nothing);
        assert!(far.near("Chinnon").contains(&code("37072")));
    }
}
