//! Exports of case software, and what is supposed to understand them.

pub(crate) trait Export {
    fn perhaps(&self, near: &str) -> String;
    fn give_code_of_epci(&self, list: &str) -> String;
    fn give_code_or_name_of_epci(&self) -> &'static str;
    fn unknown_epci(&self, asked: &str) -> String;
    fn several_epcis(&self, asked: &str, several: usize) -> String;
}
