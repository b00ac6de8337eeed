//! A page of headings and sentences alone.

use super::{Frame, Part, STYLE, Words};
use crate::report::files::Audience;
use askama::Template;

/// A page without a script.
#[derive(Template)]
#[template(path = "plain.html")]
pub(in crate::report) struct Plain<'a> {
    pub(in crate::report) words: Words,
    pub(in crate::report) frame: Frame<'a>,
    pub(in crate::report) notices: Vec<String>,
    pub(in crate::report) sections: Vec<(String, Vec<Part>)>,
}

impl Plain<'_> {
    pub(in crate::report) fn html(&self) -> String {
        // A template over strings in memory has nothing to fail at.
        self.render().unwrap_or_default()
    }

    fn footer(&self) -> String {
        self.words.set(self.words.say.footer(env!("CARGO_PKG_VERSION"), self.frame.audience))
    }
}

impl Frame<'_> {
    /// Of a page without a script or a picture.
    pub(in crate::report) fn of_plain(words: Words, audience: Audience, title: String) -> Self {
        Self { words, audience, title, logo: None, style: STYLE, script: None }
    }
}
