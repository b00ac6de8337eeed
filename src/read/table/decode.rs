//! Bytes to text. The one place where encodings are told apart.

use super::super::report::Report;
use crate::finding::{Code, Phrase, Text};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file that is UTF-8, a byte order mark left out.
pub(in crate::read) fn utf8(bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Some(text)
        }
        Err(error) => {
            let line = line_after(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            report.say(
                Code::BadEncoding,
                line,
                Text::say(|words| words.not_utf8()),
                Text::say(|words| words.save_file_as_utf8()),
            );
            None
        }
    }
}

/// The text of a table as spreadsheets save it: UTF-8, else UTF-16, else
/// Windows-1252, which is said.
pub(super) fn table(bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    if let Some(what) = not_text(&bytes).map(Text::say) {
        report.say(
            Code::BadEncoding,
            1,
            Text::say(|words| words.not_text(&what)),
            Text::say(|words| words.export_as_csv()),
        );
        return None;
    }
    if let Some(encoding) = utf16(&bytes) {
        return other(bytes, encoding, 1, report);
    }
    match std::str::from_utf8(&bytes) {
        Ok(_) => utf8(bytes, report),
        Err(error) => {
            let line = line_after(&bytes[..error.valid_up_to()]);
            if is_mixed(&bytes) {
                damaged(line, report);
                return None;
            }
            other(bytes, WINDOWS_1252, line, report)
        }
    }
}

fn other(bytes: Vec<u8>, encoding: &'static Encoding, line: u32, report: &mut Report) -> Option<String> {
    let (text, wrong) = encoding.decode_with_bom_removal(&bytes);
    // Windows-1252 gives these to bytes that it does not define.
    let undefined = encoding == WINDOWS_1252 && text.contains(|c| ('\u{80}'..='\u{9f}').contains(&c));
    if wrong || undefined {
        damaged(line, report);
        return None;
    }
    let name = encoding.name();
    report.say(
        Code::OtherEncoding,
        line,
        Text::say(|words| words.read_as_encoding(name)),
        Text::say(|words| words.save_if_accents_are_wrong()),
    );
    Some(text.into_owned())
}

fn damaged(line: u32, report: &mut Report) {
    report.say(
        Code::BadEncoding,
        line,
        Text::say(|words| words.mixed_encodings()),
        Text::say(|words| words.save_as_csv_utf8()),
    );
}

/// What bytes are that are no text at all, by how they begin.
fn not_text(bytes: &[u8]) -> Option<Phrase> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(|words| words.a_workbook_or_archive());
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(|words| words.an_old_workbook());
    }
    None
}

/// UTF-16 by its mark, or plainly: nearly every other byte of the beginning is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    const BEGINNING: usize = 1_024;
    let begin = bytes.get(..BEGINNING.min(bytes.len() & !1))?;
    let zeros = |odd: usize| begin.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = begin.len() / 2 * 8 / 10;
    match begin.len() >= 4 {
        true if odd > most && even == 0 => Some(UTF_16LE),
        true if even > most && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether accents in UTF-8 stand beside bytes that are not: read as
/// Windows-1252 they would be two letters each, silently.
fn is_mixed(bytes: &[u8]) -> bool {
    let (mut accents, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        accents += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    accents >= wrong
}

/// The line after `bytes`, however line ends are written.
fn line_after(bytes: &[u8]) -> u32 {
    let mut line = 1_u32;
    let mut previous = 0;
    for &byte in bytes {
        let ends = byte == b'\r' || (byte == b'\n' && previous != b'\r');
        line = line.saturating_add(u32::from(ends));
        previous = byte;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "id;nom\r\n1;Sées – « l'été »\r\n";

    fn read(bytes: &[u8]) -> (Option<String>, Vec<String>) {
        let mut report = Report::new(10);
        let text = table(bytes.to_vec(), &mut report);
        (text, report.into_findings().iter().map(|f| f.code.as_str().to_owned()).collect())
    }

    fn utf16_bytes(little: bool) -> Vec<u8> {
        TEXT.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let windows = WINDOWS_1252.encode(TEXT).0.into_owned();
        let (little, big) = (utf16_bytes(true), utf16_bytes(false));
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, codes) in [
            (TEXT.as_bytes().to_vec(), vec![]),
            (marked(b"\xef\xbb\xbf", TEXT.as_bytes()), vec![]),
            (windows, vec!["M011"]),
            (marked(b"\xff\xfe", &little), vec!["M011"]),
            (marked(b"\xfe\xff", &big), vec!["M011"]),
            (little, vec!["M011"]),
            (big, vec!["M011"]),
        ] {
            let (text, found) = read(&bytes);
            assert_eq!(text.as_deref(), Some(TEXT), "{bytes:?}");
            assert_eq!(found, codes);
        }
    }

    #[test]
    fn what_can_not_be_told_is_refused() {
        for bytes in [
            "Sées, été\n".as_bytes().iter().copied().chain(*b"S\xe9es").collect::<Vec<u8>>(),
            b"id\n\x81\n".to_vec(),
            b"\xff\xfei\x00d".iter().copied().chain([0x00, 0xd8]).collect(),
            b"PK\x03\x04rest".to_vec(),
        ] {
            assert_eq!(read(&bytes), (None, vec!["M005".to_owned()]), "{bytes:?}");
        }
    }
}
