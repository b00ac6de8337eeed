//! Sentences of `maillage new`, in English.

use super::super::new::Sentences;
#[cfg(feature = "folder")]
use crate::prepare::Field;

pub(in crate::report::language) struct English;

impl Sentences for English {
    fn sheet(&self, stem: &str) -> Option<&'static str> {
        Some(match stem {
            "territory" => "settings of the territory",
            "communes" => "sheet of communes",
            "places" => "sheet of places",
            "sites" => "sheet of sites",
            "programmes" => "programmes",
            "youths" => "sheet of youths",
            "advisers" => "sheet of advisers",
            "calendar" => "sheet of holidays and closures",
            "links" => "sheet of links",
            "on_demand" => "sheet of transport on demand",
            "times" => "sheet of travel times",
            "pins" => "decisions already made",
            _ => return None,
        })
    }

    fn file(&self, name: &str, holds: Option<&str>) -> String {
        holds.map_or_else(|| name.to_owned(), |holds| format!("{name} ({holds})"))
    }

    fn place(&self, line: u32, column: Option<&str>) -> String {
        let column = column.map_or_else(String::new, |column| format!(", column '{column}'"));
        format!("line {line}{column}: ")
    }

    #[cfg(feature = "folder")]
    fn column_headings(&self) -> [&'static str; 3] {
        ["column of the file", "what maillage makes of it", "example"]
    }

    #[cfg(feature = "folder")]
    fn field(&self, field: Field) -> &'static str {
        match field {
            Field::Commune => "commune of the home",
            Field::Postcode => "postcode of the home",
            Field::Lon => "longitude of the home",
            Field::Lat => "latitude of the home",
            Field::Birth => "birth (only the month is kept)",
            Field::Age => "age",
            Field::Sex => "sex",
            Field::Disability => "recognised disability (RQTH)",
            Field::Licences => "licences",
            Field::Vehicles => "way to travel",
            Field::Available => "availability",
            Field::Absences => "absences",
            Field::Programmes => "programmes",
            Field::Priority => "priority",
        }
    }

    #[cfg(feature = "folder")]
    fn identifying(&self) -> &'static str {
        "left out: says who the person is"
    }

    #[cfg(feature = "folder")]
    fn left(&self) -> &'static str {
        "left out: nothing needs it"
    }

    #[cfg(feature = "folder")]
    fn confirm(&self) -> &'static str {
        "Is that right? (y/n) "
    }

    #[cfg(feature = "folder")]
    fn how_to_go_on(&self) -> &'static str {
        "Nothing is written. If that is right, add --yes. Otherwise correct a column by its name:\n  \
         --column \"Commune de résidence=place\"   (place, postcode, lon, lat, birth, age, sex, disability,\n  \
         licences, vehicles, available, absences, programmes, priority; ignore leaves it out)\n"
    }

    #[cfg(feature = "folder")]
    fn written(
        &self,
        dir: &str,
        link: Option<&str>,
        youths: Option<usize>,
        communes: usize,
        sites: &str,
    ) -> String {
        let youths = youths.map_or_else(
            || "youths that are drawn (nobody real)".to_owned(),
            |n| format!("{n} {}", if n == 1 { "youth" } else { "youths" }),
        );
        let link = link.map_or_else(String::new, |link| {
            format!(
                "\n{link} links each identifier to the row of your file: keep it at home, out of the folder; \
             without it nobody knows who is who.\n"
            )
        });
        format!(
            "Written to {dir}: {youths}, {communes} communes, a site in {sites}.\n\
             The programmes in programmes.csv are assumptions: open it in a spreadsheet and correct them, \
             and sites.csv.\n{link}\nNext: maillage plan {dir}\n"
        )
    }
}
