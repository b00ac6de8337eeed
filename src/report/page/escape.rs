//! How text gets into a page.

use crate::report::visible::visible;
use askama::filters::{Escaper, Html};
use std::fmt::{Result, Write};

/// Text that is neither markup nor hidden: the only way in for what a file says (`askama.toml`).
#[derive(Clone, Copy)]
pub(crate) struct PageText;

impl Escaper for PageText {
    fn write_escaped_str<W: Write>(&self, mut page: W, text: &str) -> Result {
        let shown: String = text.chars().map(visible).collect();
        Html.write_escaped_str(&mut page, &shown)
    }
}
