//! A picture for the head of pages.

use crate::error::{Error, Refusal};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest picture: it is in every page.
const MOST_BYTES: u64 = 200_000;

/// The structure's logo: PNG, JPEG, WebP or SVG, of at most 200 kB.
///
/// ```
/// use maillage::read::Logo;
///
/// let logo = Logo::new(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()).expect("a drawing");
/// assert_eq!(logo.kind(), "image/svg+xml");
/// assert!(Logo::new(b"no picture".to_vec()).is_none());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Logo {
    /// A picture that a browser can show, by its first bytes; `None` for anything else.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let kind = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            _ if is_svg(&bytes) => "image/svg+xml",
            _ => return None,
        };
        (bytes.len() as u64 <= MOST_BYTES).then_some(Self { kind, bytes })
    }

    /// Reads a picture.
    ///
    /// # Errors
    /// [`Error::Io`] when it can't be read, [`Error::Refused`] when it is no such picture or too large.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let at = |source| Error::Io { path: path.to_owned(), source };
        let mut bytes = Vec::new();
        File::open(path).map_err(at)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(at)?;
        Self::new(bytes).ok_or_else(|| Error::Refused { path: path.to_owned(), why: Refusal::NotALogo })
    }

    /// Its media type.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// The picture.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logo").field("kind", &self.kind).field("bytes", &self.bytes.len()).finish()
    }
}

/// Text that begins a drawing. A browser that shows it as a picture runs nothing that is in it.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    (text.starts_with("<?xml") || text.starts_with("<!--") || text.starts_with("<svg"))
        && text.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_are_logos() {
        assert_eq!(
            Logo::new(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()).map(|l| l.kind()),
            Some("image/svg+xml")
        );
        assert_eq!(Logo::new(b"\x89PNG\r\n\x1a\n".to_vec()).map(|l| l.kind()), Some("image/png"));
        assert_eq!(Logo::new(b"<html><svg></html>".to_vec()), None);
        assert_eq!(Logo::new(Vec::new()), None);
        let mut large = b"\xFF\xD8\xFF".to_vec();
        large.resize(200_001, 0);
        assert_eq!(Logo::new(large), None);
    }
}
