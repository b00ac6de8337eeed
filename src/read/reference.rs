//! The communes of France, the codes that they had, and postcodes: looked at
//! only when a code is not understood, so that a finding can say which commune
//! was probably meant. Nothing is ever replaced from here.
//!
//! The files are sorted and searched by halving; see `data/README.md`.

const COMMUNES: &str = include_str!("../../data/reference/communes.csv");
const POSTCODES: &str = include_str!("../../data/reference/postcodes.csv");

/// A code of today or of before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Commune {
    pub(crate) code: &'static str,
    /// Empty for a former code whose name is not known.
    pub(crate) name: &'static str,
    /// The code of the commune that it is part of today, if not itself.
    pub(crate) now: Option<&'static str>,
}

/// What is known of an INSEE code.
pub(crate) fn commune(code: &str) -> Option<Commune> {
    parsed(line_of(COMMUNES, code)?)
}

/// The codes of a postcode's communes; none when it is no postcode.
pub(crate) fn of_postcode(postcode: &str) -> impl Iterator<Item = &'static str> {
    let codes = line_of(POSTCODES, postcode).and_then(|line| line.split_once(','));
    codes.map_or("", |(_, codes)| codes).split(' ').filter(|code| !code.is_empty())
}

/// Every code with a name, in the order of the codes.
pub(crate) fn all() -> impl Iterator<Item = Commune> {
    COMMUNES.lines().skip(1).filter_map(parsed).filter(|commune| !commune.name.is_empty())
}

fn parsed(line: &'static str) -> Option<Commune> {
    let (code, rest) = line.split_once(',')?;
    let (name, now) = rest.split_once(',')?;
    Some(Commune { code, name, now: Some(now).filter(|now| !now.is_empty()) })
}

/// The line that begins with `key` and a comma.
fn line_of(text: &'static str, key: &str) -> Option<&'static str> {
    // Below `low` all lines are smaller; from `high` on, none is.
    let (mut low, mut high) = (text.find('\n')? + 1, text.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let begin =
            text.as_bytes().get(..middle)?.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1).max(low);
        let line = text.get(begin..)?.split('\n').next()?;
        match line.split(',').next()?.cmp(key) {
            std::cmp::Ordering::Equal => return Some(line),
            std::cmp::Ordering::Less => low = begin + line.len() + 1,
            std::cmp::Ordering::Greater => high = begin,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        for text in [COMMUNES, POSTCODES] {
            let lines: Vec<&str> = text.lines().skip(1).collect();
            assert!(lines.is_sorted(), "searched by halving");
            for line in lines {
                let key = line.split(',').next().expect("a key");
                assert_eq!(line_of(text, key), Some(line));
            }
            for key in ["", "00000", "37072,", "99999", "é"] {
                assert_eq!(line_of(text, key), None, "{key}");
            }
        }
    }

    #[test]
    fn codes_know_their_names_and_what_they_became() {
        let chinon = commune("37072").expect("Chinon");
        assert_eq!((chinon.name, chinon.now), ("Chinon", None));
        let merged = commune("49149").expect("Gennes");
        assert_eq!(commune(merged.now.expect("merged")).map(|c| c.name), Some("Gennes-Val-de-Loire"));
        assert!(of_postcode("37500").any(|code| code == "37072"));
        assert_eq!(of_postcode("37072").count(), 0);
    }
}
