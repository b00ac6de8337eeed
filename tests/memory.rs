//! Memory stays proportional to the file, whatever is in it. This binary counts
//! every byte that is allocated, so it has one test and no other runs beside it.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test may fail")]
#![allow(unsafe_code, reason = "an allocator that counts hands every call on to the system's")]

mod read_common;

use read_common::{Folder, all_findings, listed};
use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::io::{BufWriter, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

struct Counting;

impl Counting {
    fn grow(bytes: usize) {
        let live = LIVE.fetch_add(bytes, Ordering::Relaxed) + bytes;
        PEAK.fetch_max(live, Ordering::Relaxed);
    }

    fn shrink(bytes: usize) {
        LIVE.fetch_sub(bytes, Ordering::Relaxed);
    }
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        Self::shrink(layout.size());
        unsafe { System.dealloc(at, layout) }
    }

    /// A block that moves is counted once: large ones are moved by remapping pages.
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Self::shrink(layout.size());
        Self::grow(size);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How many times a file's size reading it may take: the buffer that it is read into doubles.
const TIMES: usize = 2;
/// Bytes beside the file: the findings and the rest of the valley.
const BESIDE: usize = 8 << 20;

/// A large input.
struct Large {
    name: &'static str,
    file: &'static str,
    write: fn(&mut dyn Write) -> std::io::Result<()>,
    expected: &'static [&'static str],
}

fn repeated(out: &mut dyn Write, text: &str, times: usize) -> std::io::Result<()> {
    let many = text.repeat(1000);
    for _ in 0..times / 1000 {
        out.write_all(many.as_bytes())?;
    }
    Ok(())
}

const LARGE: &[Large] = &[
    Large {
        name: "a line of 200 MB",
        file: "youths.csv",
        write: |out| {
            out.write_all(b"id,place,birth,programmes\ny01,37900,2008-01,atelier\ny02,")?;
            repeated(out, "abcdefghij", 20_000_000)?;
            out.write_all(b",2008-01,atelier\n")
        },
        expected: &["M004 youths.csv:3"],
    },
    Large {
        name: "a line of 200 MB between quotes, never closed",
        file: "youths.csv",
        write: |out| {
            out.write_all(b"id,place,birth,programmes\ny01,\"")?;
            repeated(out, "abcdefghi\n", 20_000_000)
        },
        expected: &["M006 youths.csv:2"],
    },
    Large {
        name: "a header of a million columns",
        file: "youths.csv",
        write: |out| repeated(out, "column,", 1_000_000),
        expected: &["M004 youths.csv:1"],
    },
    Large {
        name: "a line of fifty million empty fields",
        file: "youths.csv",
        write: |out| {
            out.write_all(b"id,place,birth,programmes\ny01,37900,2008-01,atelier\n")?;
            repeated(out, ",", 50_000_000)?;
            out.write_all(b"x\n")
        },
        expected: &["M004 youths.csv:3"],
    },
];

#[test]
fn memory_stays_proportional_to_the_file() {
    let mut over = Vec::new();
    for large in LARGE {
        let folder = Folder::valley();
        folder.remove("pins.toml");
        let path = folder.path().join(large.file);
        let mut out = BufWriter::new(fs::File::create(&path).expect("a file"));
        (large.write)(&mut out).and_then(|()| out.flush()).expect("written");
        let size = usize::try_from(fs::metadata(&path).expect("a size").len()).expect("small");
        let before = LIVE.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let findings = all_findings(folder.path());
        let peak = PEAK.load(Ordering::Relaxed) - before;
        assert_eq!(listed(&findings), large.expected, "{}", large.name);
        eprintln!("{}: {} MB read in {} MB", large.name, size >> 20, peak >> 20);
        if peak > TIMES * size + BESIDE {
            over.push(format!("{}: {peak} bytes for a file of {size}", large.name));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
