//! Where in a JSON text something is: a path, and the line that it is on.

use std::fmt;
use std::ops::ControlFlow;

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A path from the root, written as `$.options[3].cost`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

impl Path {
    /// A key of the root.
    pub(super) fn key(key: &str) -> Self {
        Self(vec![Step::Key(key.to_owned())])
    }

    pub(super) fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    pub(super) fn then(mut self, key: &str) -> Self {
        self.0.push(Step::Key(key.to_owned()));
        self
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|step| match step {
            Step::Key(key) => write!(f, ".{key}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}

/// Deeper than any file of ours, and than what the parser follows.
const DEEPEST: usize = 128;

/// The line of the value at `path`, or of the last of its ancestors that is there.
pub(super) fn line_of(text: &str, path: &Path) -> u32 {
    let (mut found, mut depth) = (0, 0);
    scan(text, |at, offset| {
        if at.len() > depth && path.0.starts_with(at) {
            (found, depth) = (offset, at.len());
        }
        if depth == path.0.len() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    line(text, found)
}

/// The path of what ends just before a position that a parser complains of.
pub(super) fn path_at(text: &str, line: usize, column: usize) -> Path {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let (end, mut found) = (before + column, Path::default());
    scan(text, |at, offset| {
        if offset >= end {
            return ControlFlow::Break(());
        }
        found.0.clear();
        found.0.extend_from_slice(at);
        ControlFlow::Continue(())
    });
    found
}

fn line(text: &str, offset: usize) -> u32 {
    let lines = text.as_bytes()[..offset].iter().filter(|&&b| b == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

/// Walks through a text that may be broken, and says of each key, value and closing
/// bracket the path and the offset. Memory is bounded by the depth.
fn scan(text: &str, mut see: impl FnMut(&[Step], usize) -> ControlFlow<()>) {
    let bytes = text.as_bytes();
    let mut path: Vec<Step> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && path.len() <= DEEPEST {
        let from = at;
        at += 1;
        let seen = match bytes[from] {
            b'{' | b'[' => {
                let seen = see(&path, from);
                path.push(if bytes[from] == b'{' { Step::Key(String::new()) } else { Step::Index(0) });
                seen
            }
            b'}' | b']' => {
                path.pop();
                see(&path, from)
            }
            b',' => {
                if let Some(Step::Index(index)) = path.last_mut() {
                    *index += 1;
                }
                continue;
            }
            b'"' => {
                at = string_end(bytes, at);
                name(text, from + 1, at, &mut path);
                see(&path, from)
            }
            b':' | b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {
                at += bytes[at..].iter().take_while(|b| !b",:]}[{\" \t\r\n".contains(b)).count();
                see(&path, from)
            }
        };
        if seen.is_break() {
            return;
        }
    }
}

/// After the closing quote of a string.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// Takes a string as the key when a colon follows it in an object.
fn name(text: &str, from: usize, after: usize, path: &mut [Step]) {
    let colon = text.as_bytes()[after..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':');
    if let (true, Some(Step::Key(key))) = (colon, path.last_mut()) {
        let end = after.saturating_sub(1).max(from);
        *key = text.get(from..end).unwrap_or_default().chars().take(100).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n \"a\": [1,\n  {\"b\": \"x,]\\\"\", \"c\": -3}\n ],\n \"d\": null}";

    #[test]
    fn a_path_has_a_line() {
        assert_eq!(line_of(TEXT, &Path::key("a")), 2);
        assert_eq!(line_of(TEXT, &Path::key("a").index(1).then("c")), 3);
        assert_eq!(line_of(TEXT, &Path::key("d")), 5);
        assert_eq!(line_of(TEXT, &Path::key("a").index(9)), 2);
        assert_eq!(line_of(TEXT, &Path::default()), 1);
    }

    #[test]
    fn a_position_has_a_path() {
        let column =
            |line: usize, what: &str| TEXT.lines().nth(line - 1).unwrap().find(what).unwrap() + what.len();
        let path = |line, what| path_at(TEXT, line, column(line, what)).to_string();
        assert_eq!(path(3, "-3"), "$.a[1].c");
        assert_eq!(path(3, "-3}"), "$.a[1]");
        assert_eq!(path(2, "1"), "$.a[0]");
        assert_eq!(path(5, "\"d\""), "$.d");
    }

    #[test]
    fn broken_texts_are_walked_to_their_end() {
        for text in ["{\"a\": [1, 2", "]]]}", "\"\\", "{\"é\": [\"", &"[".repeat(100_000)] {
            path_at(text, 1, text.len());
            line_of(text, &Path::key("a").index(1));
        }
    }
}
