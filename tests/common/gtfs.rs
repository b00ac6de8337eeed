//! Small feeds, file by file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A feed while it is written: the text of each file.
#[derive(Clone)]
pub(crate) struct Gtfs(pub(crate) BTreeMap<String, Vec<u8>>);

impl Gtfs {
    /// A bus from a through b to c in the morning and back at noon, on weekdays of March 2025.
    pub(crate) fn small() -> Self {
        let mut feed = Self(BTreeMap::new());
        for (file, text) in [
            ("agency.txt", "agency_timezone\nEurope/Paris\n"),
            ("routes.txt", "route_id,route_short_name\nr,7\n"),
            (
                "calendar.txt",
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nw,1,1,1,1,1,0,0,20250301,20250331\n",
            ),
            ("trips.txt", "trip_id,route_id,service_id\nout,r,w\nhome,r,w\n"),
            (
                "stops.txt",
                "stop_id,stop_name,stop_lat,stop_lon\na,A,47.00,0.20\nb,B,47.05,0.20\nc,C,47.10,0.20\n",
            ),
            (
                "stop_times.txt",
                "trip_id,stop_sequence,stop_id,arrival_time,departure_time\nout,1,a,08:00:00,08:00:00\nout,2,b,08:20:00,08:21:00\nout,3,c,08:40:00,08:40:00\nhome,1,c,12:10:00,12:10:00\nhome,2,b,12:30:00,12:31:00\nhome,3,a,12:50:00,12:50:00\n",
            ),
        ] {
            feed.set(file, text);
        }
        feed
    }

    pub(crate) fn set(&mut self, file: &str, text: &str) {
        self.0.insert(file.to_owned(), text.as_bytes().to_vec());
    }

    /// With another text in the place of one that is there.
    pub(crate) fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.0[file].clone()).expect("UTF-8");
        assert!(text.contains(from), "{file} has no {from}");
        self.set(file, &text.replace(from, to));
        self
    }

    /// With more at the end of a file.
    pub(crate) fn and(mut self, file: &str, more: &str) -> Self {
        self.0.entry(file.to_owned()).or_default().extend_from_slice(more.as_bytes());
        self
    }

    pub(crate) fn without(mut self, file: &str) -> Self {
        self.0.remove(file);
        self
    }

    pub(crate) fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).expect("a folder");
        for (file, bytes) in &self.0 {
            fs::write(folder.join(file), bytes).expect("written");
        }
    }

    /// As a zip, each file below `prefix`.
    pub(crate) fn zip(&self, prefix: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (file, bytes) in &self.0 {
            zip.start_file(format!("{prefix}{file}"), SimpleFileOptions::default()).expect("a member");
            zip.write_all(bytes).expect("written");
        }
        zip.finish().expect("a zip").into_inner()
    }
}
