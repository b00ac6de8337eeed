//! The file as a row of blobs, each compressed by itself.
//! <https://wiki.openstreetmap.org/wiki/PBF_Format>

use super::wire::{Broken, Fields};
use flate2::{Decompress, FlushDecompress, Status};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

/// What the format allows a header, a blob and its content to take, in bytes. The last
/// keeps a blob that inflates without end from filling the memory.
const MOST_HEADER: u32 = 64 * 1024;
const MOST_BLOB: u64 = 32 * 1024 * 1024;
const MOST_CONTENT: usize = 32 * 1024 * 1024;

/// Where a blob's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::travel::roads) struct BlobAt {
    pub(in crate::travel::roads) offset: u64,
    pub(in crate::travel::roads) size: usize,
    /// Whether it is the header, not data.
    pub(in crate::travel::roads) header: bool,
}

/// Why a file can't be read.
#[derive(Debug)]
pub(in crate::travel::roads) enum Trouble {
    System(io::Error),
    Broken(Broken),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof => Self::Broken(Broken::Cut),
            _ => Self::System(error),
        }
    }
}

impl From<Broken> for Trouble {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// Finds the blobs of a file without reading them.
pub(in crate::travel::roads) fn blobs(file: &mut (impl Read + Seek)) -> Result<Vec<BlobAt>, Trouble> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut at = file.seek(SeekFrom::Start(0))?;
    let mut found = Vec::new();
    while at < end {
        let mut size = [0; 4];
        file.read_exact(&mut size)?;
        let size = u32::from_be_bytes(size);
        if size > MOST_HEADER {
            return Err(Broken::LongHeader.into());
        }
        let mut header = vec![0; size as usize];
        file.read_exact(&mut header)?;
        let (kind, data) = header_of(&header)?;
        let offset = at + 4 + u64::from(size);
        if data > MOST_BLOB {
            return Err(Broken::LongBlob.into());
        }
        at = offset + data;
        if at > end {
            return Err(Broken::Cut.into());
        }
        file.seek(SeekFrom::Start(at))?;
        // Blobs of other kinds are to be passed over.
        if matches!(kind, b"OSMData" | b"OSMHeader") {
            found.push(BlobAt { offset, size: data as usize, header: kind == b"OSMHeader" });
        }
    }
    Ok(found)
}

fn header_of(header: &[u8]) -> Result<(&[u8], u64), Broken> {
    let mut fields = Fields(header);
    let (mut kind, mut size) = (None, None);
    while let Some((tag, value)) = fields.next()? {
        match tag {
            1 => kind = Some(value.bytes()?),
            3 => size = Some(value.number()?),
            _ => {}
        }
    }
    kind.zip(size).ok_or(Broken::Header)
}

/// What is in a blob, in the room of `content`.
pub(in crate::travel::roads) fn inflate<'a>(
    blob: &'a [u8],
    content: &'a mut Vec<u8>,
) -> Result<&'a [u8], Broken> {
    let mut fields = Fields(blob);
    let (mut raw, mut size, mut zlib) = (None, None, None);
    while let Some((tag, value)) = fields.next()? {
        match tag {
            1 => raw = Some(value.bytes()?),
            2 => size = Some(value.number()?),
            3 => zlib = Some(value.bytes()?),
            4..=7 => {
                return Err(Broken::Compression);
            }
            _ => {}
        }
    }
    match (raw, zlib, size) {
        (Some(raw), None, _) => Ok(raw),
        (None, Some(zlib), Some(size)) => unpack(zlib, size, content),
        _ => Err(Broken::Blob),
    }
}

fn unpack<'a>(zlib: &[u8], size: u64, content: &'a mut Vec<u8>) -> Result<&'a [u8], Broken> {
    let size = usize::try_from(size).ok().filter(|&size| size <= MOST_CONTENT);
    let size = size.ok_or(Broken::LongContent)?;
    content.clear();
    content.resize(size, 0);
    let mut inflater = Decompress::new(true);
    let status = inflater.decompress(zlib, content, FlushDecompress::Finish);
    match status {
        Ok(Status::StreamEnd) if inflater.total_out() == size as u64 => Ok(content),
        _ => Err(Broken::Content),
    }
}
