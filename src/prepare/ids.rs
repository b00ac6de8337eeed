//! Random identifiers: short, unambiguous to read aloud, and unique in the file.

use crate::error::Error;
use crate::units::Key;
use std::collections::BTreeSet;

/// Fills bytes with randomness that nobody can foresee. The command takes the operating
/// system's; a test, what it likes.
pub type Entropy<'e> = dyn FnMut(&mut [u8]) -> Result<(), Error> + 'e;

/// Small letters and digits without those that are taken for one another: i, l, o, 0, 1.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// The first is a letter: a spreadsheet takes `23456789` or `2e345678` for numbers.
const FIRST: u8 = 23;
const LENGTH: usize = 8;

/// So many identifiers, all different. Which they are tells nothing of the order of the rows.
pub(super) fn draw(many: usize, entropy: &mut Entropy<'_>) -> Result<Vec<Key>, Error> {
    let mut taken = BTreeSet::new();
    let mut keys = Vec::with_capacity(many);
    // One in 10^11 is there already; a source that repeats itself must not be waited for.
    for _ in 0..many.saturating_mul(2).saturating_add(100) {
        if keys.len() == many {
            break;
        }
        let key = one(entropy)?;
        if taken.insert(key.clone()) {
            keys.push(key);
        }
    }
    if keys.len() < many { Err(worn()) } else { Ok(keys) }
}

fn one(entropy: &mut Entropy<'_>) -> Result<Key, Error> {
    let mut text = String::with_capacity(LENGTH);
    // Bytes beyond the last whole multiple would favour the first letters.
    for _ in 0..1_000 {
        let mut bytes = [0; 2 * LENGTH];
        entropy(&mut bytes)?;
        for byte in bytes {
            let sides = if text.is_empty() { FIRST } else { 31 };
            if text.len() < LENGTH && byte < 255 - 255 % sides {
                text.push(char::from(LETTERS[usize::from(byte % sides)]));
            }
        }
        if text.len() == LENGTH {
            return Key::new(&text).ok_or_else(worn);
        }
    }
    Err(worn())
}

fn worn() -> Error {
    Error::Provider { provider: "random".to_owned(), what: "it repeats itself".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator: the same numbers on every machine.
    fn dice(mut state: u64) -> impl FnMut(&mut [u8]) -> Result<(), Error> {
        move |bytes| {
            for byte in bytes {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                *byte = (state >> 32) as u8;
            }
            Ok(())
        }
    }

    #[test]
    fn identifiers_are_different_short_and_no_numbers() {
        let keys = draw(20_000, &mut dice(7)).expect("random");
        let all: BTreeSet<&Key> = keys.iter().collect();
        assert_eq!(all.len(), 20_000);
        for key in &keys {
            let text = key.as_str();
            assert_eq!(text.len(), LENGTH);
            assert!(text.starts_with(|c: char| c.is_ascii_lowercase()));
            assert!(!text.contains(['i', 'l', 'o', '0', '1']), "{text}");
        }
        assert_eq!(draw(50, &mut dice(7)).expect("random"), keys[..50], "the source alone decides");
        assert_ne!(draw(50, &mut dice(8)).expect("random"), keys[..50]);
    }

    #[test]
    fn every_letter_is_as_frequent() {
        let keys = draw(31_000, &mut dice(3)).expect("random");
        let mut counts = [0_u32; 31];
        for letter in keys.iter().flat_map(|key| key.as_str().bytes().skip(1)) {
            counts[LETTERS.iter().position(|&l| l == letter).expect("a letter")] += 1;
        }
        assert!(counts.iter().all(|n| (6_500..7_500).contains(n)), "{counts:?}");
    }

    #[test]
    fn a_source_that_repeats_itself_is_an_error() {
        assert!(
            draw(2, &mut |bytes| {
                bytes.fill(5);
                Ok(())
            })
            .is_err()
        );
        assert!(
            draw(1, &mut |bytes| {
                bytes.fill(255);
                Ok(())
            })
            .is_err()
        );
    }
}
