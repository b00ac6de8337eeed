//! In English: files of a folder and how they are written, whatever they say.

use super::English;
use crate::finding::Text;
use crate::finding::words::Tables;

impl Tables for English {
    fn of_field(&self, field: &str, what: &Text) -> String {
        format!("'{field}': {}", what.en)
    }

    fn forgiven(&self, what: &Text, times: u64) -> String {
        format!("{}: {times}, the first here", what.en)
    }

    fn semicolons(&self) -> &'static str {
        "fields are separated by semicolons: read so"
    }

    fn tabs(&self) -> &'static str {
        "fields are separated by tabs: read so"
    }

    fn not_text(&self, what: &Text) -> String {
        format!("this file is {}, not text", what.en)
    }

    fn other_headers(&self, others: &[(String, &str)]) -> String {
        let one = |(written, name): &(String, &str)| format!("'{written}' = {name}");
        format!(
            "columns recognised under another name: {}",
            others.iter().map(one).collect::<Vec<_>>().join(", ")
        )
    }

    fn more_than_so_many(&self, most: u64, what: &Text) -> String {
        format!("more than {most} {}", what.en)
    }

    fn decimal_commas(&self) -> &'static str {
        "numbers with a decimal comma"
    }

    fn day_first_dates(&self) -> &'static str {
        "dates written day/month/year"
    }

    fn blank_lines(&self) -> &'static str {
        "blank lines, skipped"
    }

    fn line_breaks(&self) -> &'static str {
        "rows with a line break in a field, read as a space"
    }

    fn spaced_numbers(&self) -> &'static str {
        "numbers with spaces"
    }

    fn unnamed_columns(&self) -> &'static str {
        "lines with columns without a name, which are not read"
    }

    fn whole_dates_of_birth(&self) -> &'static str {
        "whole dates of birth, of which only the month is kept"
    }

    fn other_ways_of_writing(&self) -> &'static str {
        "other ways of writing"
    }

    fn export_the_month_only(&self) -> &'static str {
        "nothing to do; better, export the month only"
    }

    fn geojson_does_not_parse(&self, why: &str) -> String {
        format!("this GeoJSON does not parse ({why})")
    }

    fn a_feature_collection(&self) -> &'static str {
        "a FeatureCollection is needed; docs/format.md describes its properties"
    }

    fn no_such_folder(&self) -> &'static str {
        "no such folder, or not a folder"
    }

    fn give_a_folder(&self) -> &'static str {
        "give the folder of a territory"
    }

    fn file_not_there(&self) -> &'static str {
        "this file is missing from the folder"
    }

    fn add_the_file(&self) -> &'static str {
        "add it; docs/format.md describes its columns"
    }

    fn both_are_there(&self, one: &str, other: &str) -> String {
        format!("both {one} and {other} are there: which one counts?")
    }

    fn keep_one_file(&self) -> &'static str {
        "keep one, or name the right one in [files] of territory.toml"
    }

    fn leads_outside(&self) -> &'static str {
        "this link leads outside the folder"
    }

    fn copy_the_file(&self) -> &'static str {
        "copy the file itself into the folder"
    }

    fn file_unreadable(&self, why: &str) -> String {
        format!("this file can't be read ({why})")
    }

    fn check_the_rights(&self) -> &'static str {
        "check that it is a file that you may read"
    }

    fn file_too_large(&self, most: u64, megabytes: u64) -> String {
        format!("this file is larger than {most} bytes ({megabytes} MB)")
    }

    fn split_it_or_the_territory(&self) -> &'static str {
        "split it, or split the territory"
    }

    fn more_findings_in_file(&self, hidden: usize) -> String {
        format!("{hidden} more findings in this file are not shown")
    }

    fn nothing_written(&self) -> &'static str {
        "nothing is written"
    }

    fn write_what_is_expected(&self) -> &'static str {
        "write what is expected there (docs/format.md)"
    }

    fn out_of_range(&self, value: &str) -> String {
        format!("{value} is out of range")
    }

    fn not_understood(&self, value: &str) -> String {
        format!("'{value}' is not understood")
    }

    fn there_too(&self, first: &str) -> String {
        format!("{first} is there too: which one counts?")
    }

    fn keep_one_or_join(&self) -> &'static str {
        "keep one, or join them (osmium merge)"
    }

    fn no_name_of_a_file(&self, name: &str) -> String {
        format!("'{name}' is not the name of a file of the folder")
    }

    fn a_name_alone(&self) -> &'static str {
        "write a name alone, without a folder, and put the file into the folder"
    }

    fn bytes_in_a_field(&self) -> &'static str {
        "bytes in a field"
    }

    fn columns(&self) -> &'static str {
        "columns"
    }

    fn not_utf8(&self) -> &'static str {
        "this text is not UTF-8"
    }

    fn save_file_as_utf8(&self) -> &'static str {
        "save the file as UTF-8"
    }

    fn export_as_csv(&self) -> &'static str {
        "export it as CSV, or name it .xlsx if it is an Excel workbook"
    }

    fn read_as_encoding(&self, name: &str) -> String {
        format!("this text is not UTF-8: read as {name}")
    }

    fn save_if_accents_are_wrong(&self) -> &'static str {
        "nothing to do if accents are right; otherwise save as 'CSV UTF-8'"
    }

    fn mixed_encodings(&self) -> &'static str {
        "this text mixes encodings, or it is damaged"
    }

    fn save_as_csv_utf8(&self) -> &'static str {
        "save the file as 'CSV UTF-8'"
    }

    fn a_workbook_or_archive(&self) -> &'static str {
        "a workbook or an archive"
    }

    fn an_old_workbook(&self) -> &'static str {
        "a workbook of an old Excel"
    }

    fn read_from_another_column(&self, column: &str) -> String {
        format!("nothing to do: '{column}' is read from another column")
    }

    fn columns_that_are_read(&self, known: &str) -> String {
        format!("nothing to do if that is meant; columns read: {known}")
    }

    fn column_not_read(&self, name: &str) -> String {
        format!("column '{name}' is not read")
    }

    fn no_known_column(&self) -> &'static str {
        "this line names no known column"
    }

    fn write_names_of_columns(&self, known: &str) -> String {
        format!("write the names of the columns in the first line, among: {known}")
    }

    fn column_missing(&self, name: &str) -> String {
        format!("column '{name}' is missing")
    }

    fn add_the_column(&self) -> &'static str {
        "add it to the first line, or tell its name in [columns] of territory.toml"
    }

    fn column_twice(&self, name: &str) -> String {
        format!("column '{name}' appears twice")
    }

    fn keep_one_column(&self) -> &'static str {
        "keep one of them"
    }

    fn identifying_columns(&self, names: &[String]) -> String {
        format!("columns that identify people, never read: '{}'", names.join("', '"))
    }

    fn remove_identifying_columns(&self) -> &'static str {
        "remove them from the file: nothing needs them here"
    }

    fn no_free_column(&self, header: &str) -> String {
        format!("'{header}' is the name of no free column of the file")
    }

    fn write_name_of_column(&self, column: &str) -> String {
        format!("write the name that column {column} has in the first line")
    }

    fn rows(&self) -> &'static str {
        "rows"
    }

    fn bytes_in_a_row(&self) -> &'static str {
        "bytes in a row"
    }

    fn another_width(&self, has: usize, wants: usize) -> String {
        format!("this line has {has} fields, the header {wants}")
    }

    fn quote_the_separator(&self) -> &'static str {
        "put a field that contains the separator between quotes"
    }

    fn quote_never_closed(&self) -> &'static str {
        "a quote opened here is never closed"
    }

    fn close_the_quote(&self) -> &'static str {
        "close it, or double it if it is part of the text"
    }

    fn file_empty(&self) -> &'static str {
        "this file is empty"
    }

    fn write_a_header(&self) -> &'static str {
        "write at least the line of column names"
    }

    fn split_the_file(&self) -> &'static str {
        "split the file, or check its quotes"
    }

    fn not_a_point(&self) -> &'static str {
        "this geometry is not a point"
    }

    fn give_one_point(&self) -> &'static str {
        "give one point a place; outlines of communes go into communes.geojson"
    }

    #[cfg(not(feature = "xlsx"))]
    fn no_workbooks(&self) -> &'static str {
        "this build does not read Excel workbooks"
    }

    #[cfg(not(feature = "xlsx"))]
    fn save_the_sheet(&self) -> &'static str {
        "save the sheet as 'CSV UTF-8', or build with the feature xlsx"
    }

    fn bytes_once_unpacked(&self) -> &'static str {
        "bytes once unpacked"
    }

    fn other_sheets(&self, first: &str, others: usize) -> String {
        format!("only the first sheet, '{first}', is read; there are {others} more")
    }

    fn put_it_first(&self) -> &'static str {
        "nothing to do if it is the one; otherwise put it first"
    }

    fn workbook_unreadable(&self, why: &str) -> String {
        format!("this workbook can't be read ({why})")
    }

    fn save_it_again(&self) -> &'static str {
        "save it again as .xlsx, or as 'CSV UTF-8'"
    }

    fn toml_does_not_parse(&self, why: &str) -> String {
        format!("this TOML does not parse ({why})")
    }

    fn correct_this_line(&self) -> &'static str {
        "correct this line"
    }

    fn not_a_field(&self, name: &str, whose: &str) -> String {
        format!("'{name}' is not a field{whose}")
    }

    fn known_fields(&self, known: &str) -> String {
        format!("correct its name or remove it; known fields: {known}")
    }
}
