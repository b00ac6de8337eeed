//! The page that one structure can send to the other: what may be shown, and nothing else. Numbers of youths are bands
//! that begin at the threshold, and no cost is told from which one could be worked out.

use super::super::files::{Audience, Document};
use super::super::language::pool::of;
use super::super::page::{Frame, Part, Plain, Words};
use super::text::sections;
use super::{Pooled, is_drawn, names};
use crate::finding::Lang;
use crate::questions::Pooling;

/// The page to send: `partage/mise-en-commun.html`, and what it says as text.
pub fn pool_documents(pooling: &Pooling, lang: Lang) -> Vec<Document> {
    let (say, words) = (of(lang), Words::of(lang));
    let pooled = Pooled { pooling, audience: Audience::Partage, say };
    let title = words.set(say.pool_title(&names(pooling)));
    let mut notices = vec![words.set(say.pool_shared(pooled.territory().rules().threshold))];
    notices.extend(is_drawn(pooling).then(|| words.set(say.pool_drawn())));
    let sections = sections(&pooled).into_iter().map(|(heading, lines)| {
        let lines = lines.iter().map(|line| words.set(line)).collect();
        (words.set(say.pool_heading(heading)), vec![Part::List(lines)])
    });
    let frame = Frame::of_plain(words, Audience::Partage, title);
    let page = Plain { words, frame, notices, sections: sections.collect() }.html();
    vec![Document::new(Audience::Partage, "mise-en-commun.html", page)]
}
