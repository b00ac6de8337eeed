//! A page for a terminal: headings, and paragraphs that wrap.

use super::language::is_unit;
use super::visible::visible;

/// Widest line, in characters.
const WIDTH: usize = 100;

/// Text under construction.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// A title, underlined.
    pub(super) fn title(&mut self, text: &str) {
        let text = clean(text);
        self.paragraph(0, "", &text);
        let width = text.chars().count().min(WIDTH);
        self.0.extend(std::iter::repeat_n('=', width));
        self.0.push('\n');
    }

    /// A heading after an empty line, in capitals.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.paragraph(0, "", &text.to_uppercase());
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.0.push('\n');
    }

    /// A paragraph `indent` characters in, its first line opened by `mark`, the others under its text.
    pub(super) fn paragraph(&mut self, indent: usize, mark: &str, text: &str) {
        let hang = indent + mark.chars().count();
        let text = clean(text);
        for (i, line) in wrap(&text, WIDTH.saturating_sub(hang)).into_iter().enumerate() {
            let opened = if i == 0 { format!("{:indent$}{mark}", "") } else { " ".repeat(hang) };
            self.0.push_str(&opened);
            self.0.push_str(&line);
            self.0.push('\n');
        }
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Names come from files: what could steer a terminal is made visible instead.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for chunk in chunks(text) {
        let len = chunk.chars().count();
        if used > 0 && used + 1 + len > width {
            lines.push(String::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { continue };
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(&chunk);
        used += len;
    }
    lines
}

/// Words that no line break parts: French sets its high punctuation off by a
/// space, and a number keeps its unit.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match chunks.last_mut() {
            Some(last) if clings(last, word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => chunks.push(word.to_owned()),
        }
    }
    chunks
}

fn clings(before: &str, word: &str) -> bool {
    let number = before.ends_with(|c: char| c.is_ascii_digit());
    let punctuation = word.starts_with([':', ';', '?', '!', '»', '%', '→']);
    punctuation || before.ends_with('«') || (number && is_unit(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_long_and_no_unit_is_alone() {
        let text = "trajet d'au plus 45 min : « de porte à porte » ; ".repeat(9);
        let lines = wrap(&text, 40);
        assert!(lines.iter().all(|line| line.chars().count() <= 40), "{lines:#?}");
        let alone = [":", ";", "»", "min"];
        assert!(lines.iter().all(|line| !alone.iter().any(|mark| line.starts_with(mark))), "{lines:#?}");
        assert!(lines.iter().all(|line| !line.ends_with('«')), "{lines:#?}");
    }

    #[test]
    fn later_lines_hang_under_the_first() {
        let mut page = Page::default();
        page.paragraph(2, "- ", &"mot ".repeat(40));
        let text = page.finish();
        assert!(text.starts_with("  - mot"));
        assert!(text.lines().skip(1).all(|line| line.starts_with("    mot")), "{text}");
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(clean("Chinon\u{1b}[31m\n"), "Chinon\u{FFFD}[31m\u{FFFD}");
    }
}
