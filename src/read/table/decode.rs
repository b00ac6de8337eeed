//! Bytes to text. The one place where encodings are told apart.

use super::super::report::Report;
use crate::finding::Code;
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
                ("ce texte n'est pas en UTF-8", "this text is not UTF-8"),
                ("enregistrez le fichier en UTF-8", "save the file as UTF-8"),
            );
            None
        }
    }
}

/// The text of a table as spreadsheets save it: UTF-8, else UTF-16, else
/// Windows-1252, which is said.
pub(super) fn table(bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    if let Some(what) = not_text(&bytes) {
        report.say(
            Code::BadEncoding,
            1,
            (
                &format!("ce fichier est {}, pas du texte", what.0),
                &format!("this file is {}, not text", what.1),
            ),
            (
                "exportez-le en CSV, ou nommez-le .xlsx si c'est un classeur Excel",
                "export it as CSV, or name it .xlsx if it is an Excel workbook",
            ),
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
        (
            &format!("ce texte n'est pas en UTF-8 : lu en {name}"),
            &format!("this text is not UTF-8: read as {name}"),
        ),
        (
            "rien à faire si les accents sont bons ; sinon enregistrez en « CSV UTF-8 »",
            "nothing to do if accents are right; otherwise save as 'CSV UTF-8'",
        ),
    );
    Some(text.into_owned())
}

fn damaged(line: u32, report: &mut Report) {
    report.say(
        Code::BadEncoding,
        line,
        ("ce texte mélange des encodages, ou il est abîmé", "this text mixes encodings, or it is damaged"),
        ("enregistrez le fichier en « CSV UTF-8 »", "save the file as 'CSV UTF-8'"),
    );
}

/// What bytes are that are no text at all, by how they begin.
fn not_text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(("un classeur ou une archive", "a workbook or an archive"));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(("un classeur d'un ancien Excel", "a workbook of an old Excel"));
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
