//! What a file says is shown, whatever it is: nothing in it steers a terminal or turns the direction of writing.

/// A character as it may be shown.
pub(super) const fn visible(c: char) -> char {
    if c.is_ascii_control() || matches!(c, '\u{80}'..='\u{9f}') || turns_direction(c) {
        '\u{fffd}'
    } else {
        c
    }
}

const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_is_not_seen_is_made_visible() {
        let shown: String = "Chinon\u{1b}[31m\n\u{202e}\u{85}é".chars().map(visible).collect();
        assert_eq!(shown, "Chinon\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}é");
        assert!((0..0x1100).filter_map(char::from_u32).all(|c| !c.is_control() || visible(c) == '\u{fffd}'));
    }
}
