//! Protocol-buffer bytes, field by field: nothing is copied and nothing believed.

use crate::finding::Text;

/// What of the format bytes are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::travel::roads) enum Broken {
    Cut,
    LongHeader,
    LongBlob,
    Header,
    Compression,
    Blob,
    LongContent,
    Content,
    NoBlob,
    ManyStrings,
    NoSuchString,
    Feature,
    ManyPoints,
    NoNumber,
    CutNumber,
    NoBytes,
    Size,
    FieldType,
    CutField,
}

impl Broken {
    /// What the bytes should have been.
    pub(in crate::travel::roads) fn expected(self) -> Text {
        Text::say(|words| match self {
            Self::Cut => words.a_whole_file(),
            Self::LongHeader => words.a_small_header(),
            Self::LongBlob => words.a_small_blob(),
            Self::Header => words.a_header_with_kind_and_size(),
            Self::Compression => words.a_zlib_blob(),
            Self::Blob => words.a_blob_with_content(),
            Self::LongContent => words.a_small_blob_unpacked(),
            Self::Content => words.a_blob_of_the_size_it_says(),
            Self::NoBlob => words.one_blob_at_least(),
            Self::ManyStrings => words.a_table_of_strings(),
            Self::NoSuchString => words.strings_of_the_table(),
            Self::Feature => words.no_unknown_features(),
            Self::ManyPoints => words.two_billion_points(),
            Self::NoNumber => words.a_number(),
            Self::CutNumber => words.a_complete_number(),
            Self::NoBytes => words.a_field_of_bytes(),
            Self::Size => words.a_size(),
            Self::FieldType => words.a_field_type(),
            Self::CutField => words.a_field_within_its_message(),
        })
    }
}

/// The value of a field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Four or eight bytes, which no message of this format has.
    Fixed,
}

impl<'a> Value<'a> {
    pub(super) fn number(self) -> Result<u64, Broken> {
        match self {
            Self::Number(number) => Ok(number),
            _ => Err(Broken::NoNumber),
        }
    }

    pub(super) fn bytes(self) -> Result<&'a [u8], Broken> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Broken::NoBytes),
        }
    }
}

/// The fields of a message, in the order in which they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    /// The next field's tag and value; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Value<'a>)>, Broken> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = number(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(number(&mut self.0)?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let size = usize::try_from(number(&mut self.0)?).map_err(|_| Broken::Size)?;
                Value::Bytes(self.take(size)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return Err(Broken::FieldType),
        };
        Ok(Some((key >> 3, value)))
    }

    fn take(&mut self, size: usize) -> Result<&'a [u8], Broken> {
        let (taken, rest) = self.0.split_at_checked(size).ok_or(Broken::CutField)?;
        self.0 = rest;
        Ok(taken)
    }
}

/// A packed list of numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct Numbers<'a>(pub(super) &'a [u8]);

impl Numbers<'_> {
    #[inline]
    pub(in crate::travel::roads) fn next(&mut self) -> Result<Option<u64>, Broken> {
        if self.0.is_empty() { Ok(None) } else { number(&mut self.0).map(Some) }
    }

    /// The next of a list that must have as many as another one.
    #[inline]
    pub(in crate::travel::roads) fn needed(&mut self) -> Result<u64, Broken> {
        number(&mut self.0)
    }

    pub(in crate::travel::roads) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Numbers written as the difference to the one before.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct Deltas<'a> {
    numbers: Numbers<'a>,
    last: i64,
}

impl<'a> Deltas<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { numbers: Numbers(bytes), last: 0 }
    }

    #[inline]
    pub(in crate::travel::roads) fn next(&mut self) -> Result<Option<i64>, Broken> {
        if self.numbers.is_empty() { Ok(None) } else { self.needed().map(Some) }
    }

    #[inline]
    pub(in crate::travel::roads) fn needed(&mut self) -> Result<i64, Broken> {
        self.last = self.last.wrapping_add(zigzag(self.numbers.needed()?));
        Ok(self.last)
    }
}

/// Signed numbers are written so that small ones are short.
#[inline]
pub(super) const fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
#[inline]
fn number(bytes: &mut &[u8]) -> Result<u64, Broken> {
    if let [first @ 0..0x80, rest @ ..] = *bytes {
        *bytes = rest;
        return Ok(u64::from(*first));
    }
    let mut value = 0;
    for (i, &byte) in bytes.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            *bytes = &bytes[i + 1..];
            return Ok(value);
        }
    }
    Err(Broken::CutNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_protocol_buffers_write_them() {
        let mut numbers =
            Numbers(&[0x01, 0xac, 0x02, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        assert_eq!(numbers.next(), Ok(Some(1)));
        assert_eq!(numbers.next(), Ok(Some(300)));
        assert_eq!(numbers.next(), Ok(Some(u64::MAX)));
        assert_eq!(numbers.next(), Ok(None));
        assert!(Numbers(&[0x80; 11]).next().is_err());
        assert!(Numbers(&[0x80]).next().is_err());
    }

    #[test]
    fn differences_add_up_and_may_wrap() {
        let mut deltas = Deltas::new(&[0x02, 0x01, 0x03]);
        assert_eq!([deltas.next(), deltas.next(), deltas.next()], [Ok(Some(1)), Ok(Some(0)), Ok(Some(-2))]);
        let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(Deltas::new(&most).next(), Ok(Some(i64::MIN)));
    }

    #[test]
    fn a_field_never_leaves_its_message() {
        assert!(Fields(&[0x0a, 0x05, 0x00]).next().is_err());
        assert!(Fields(&[0x0b]).next().is_err());
        assert!(Fields(&[0x09, 1, 2]).next().is_err());
    }
}
