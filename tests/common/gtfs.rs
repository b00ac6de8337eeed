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

    /// The small feed with these trips besides, and rows of theirs that have more columns.
    pub(crate) fn with_trips(self, trips: &str, columns: &str, rows: &str) -> Self {
        self.and("trips.txt", trips)
            .with("stop_times.txt", "departure_time\n", &format!("departure_time,{columns}\n"))
            .and("stop_times.txt", rows)
    }

    /// The small feed with four trips on demand: within a group of stops, from a zone to another, past fixed stops, and between two
    /// stops. One rule counts a week of six days, and one call names no rule.
    pub(crate) fn on_demand() -> Self {
        let columns = "location_group_id,location_id,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_type,drop_off_type,pickup_booking_rule_id,drop_off_booking_rule_id";
        let rows = "\
group,1,,,,g,,08:00:00,10:00:00,2,1,hour,\n\
group,2,,,,g,,08:00:00,10:00:00,1,2,,hour\n\
zones,1,,,,,z,09:00:00,12:00:00,2,1,eve,\n\
zones,2,,,,,y,09:30:00,12:30:00,1,2,,workday\n\
mixed,3,c,11:00:00,11:00:00,,,,,1,0,,\n\
mixed,1,a,10:00:00,10:02:00,,,,,2,0,hour,\n\
mixed,2,,,,,z,10:10:00,10:50:00,2,2,now,eve\n\
fixed,1,b,,,,,14:00:00,15:00:00,2,1,now,\n\
fixed,2,c,,,,,14:10:00,15:10:00,1,3,,\n";
        let mut feed = Self::small()
            .with_trips("group,r,w\nzones,r,w\nmixed,r,w\nfixed,r,w\n", columns, rows)
            .and("location_groups.txt", "location_group_id,location_group_name\ng,Two\nempty,None\n")
            .and("location_group_stops.txt", "location_group_id,stop_id\ng,c\ng,a\ng,c\n")
            .and(
                "booking_rules.txt",
                "booking_rule_id,booking_type,prior_notice_duration_min,prior_notice_last_day,prior_notice_last_time,prior_notice_service_id\n\
now,0,,,,\nhour,1,60,,,\neve,2,,1,17:00:00,\nworkday,2,,2,12:00:00,w\nodd,2,,1,18:00:00,s\n",
            )
            .and("calendar.txt", "s,1,1,1,1,1,1,0,20250301,20250331\n");
        feed.set(
            "locations.geojson",
            "{\"type\": \"FeatureCollection\", \"features\": [\n\
{\"type\": \"Feature\", \"id\": \"z\", \"properties\": {}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[0.1, 47], [0.3, 47], [0.3, 47.2], [0.1, 47]]]}},\n\
{\"type\": \"Feature\", \"id\": \"y\", \"properties\": {}, \"geometry\": {\"type\": \"MultiPolygon\", \"coordinates\": [[[[0.1, 47], [0.3, 47], [0.3, 47.2], [0.1, 47.2], [0.1, 47]]]]}}\n]}",
        );
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
