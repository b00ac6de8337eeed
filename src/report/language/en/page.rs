//! The page in English.

use super::{English, count, none, number, youths};
use crate::questions::Viable;
use crate::report::Audience;
use crate::report::language::page::{Amount, Control, Label, PagePart, PageSentences, Shade, SiteKind};
use crate::report::language::{DayPart, Obstacle, Sentences, duration};
use crate::units::Seconds;

impl PageSentences for English {
    fn or(&self, words: &[String]) -> String {
        words.join(" or ")
    }

    fn fewer_than(&self, threshold: u32) -> String {
        format!("fewer than {threshold}")
    }

    fn zone(&self, main: Option<&str>, others: usize, unknown: bool) -> String {
        let nowhere = "homes without a commune";
        let Some(main) = main else { return if unknown { nowhere.to_owned() } else { String::new() } };
        let communes = match others {
            0 => main.to_owned(),
            1 => format!("{main} and 1 neighbouring commune"),
            n => format!("{main} and {n} neighbouring communes"),
        };
        if unknown { format!("{communes}, {nowhere}") } else { communes }
    }

    fn tag(&self) -> &'static str {
        "en"
    }

    fn part(&self, part: PagePart) -> &'static str {
        match part {
            PagePart::Levers => "What would unlock groups",
            PagePart::Map => "The map",
            PagePart::Grid => "Where and when",
            PagePart::Tables => "Who has a place",
            PagePart::Flips => "Where the answer flips",
        }
    }

    fn skip(&self) -> &'static str {
        "Go to the answer"
    }

    fn contents(&self) -> &'static str {
        "On this page"
    }

    fn shared(&self, threshold: u32) -> String {
        let small = match threshold {
            0 | 1 => String::new(),
            n => format!(", and nothing on fewer than {n} people"),
        };
        format!("Can be shown: no identifier and no home, sizes of groups in bands{small}.")
    }

    fn footer(&self, version: &str, audience: Audience) -> String {
        let whom = match audience {
            Audience::Interne => "internal use",
            Audience::Partage => "can be shown",
        };
        format!("Computed by maillage {version}, without the Internet; {whom}.")
    }

    fn groups_possible(&self, groups: u32, obstacle: Option<Obstacle>) -> String {
        match groups {
            0 => none(obstacle).to_owned(),
            n => format!("{} possible", count(n, "group")),
        }
    }

    fn placed_of(&self, placed: u32, enrolled: u32) -> String {
        format!("{} of {}", youths(placed), number(enrolled))
    }

    fn nobody(&self) -> &'static str {
        "nobody enrolled"
    }

    fn logo(&self) -> &'static str {
        "The structure's logo"
    }

    fn could_come_there(&self, at: &str, days: &[DayPart], people: Amount) -> String {
        format!("{at} {}, {}", self.on_days(days), self.could_come(people))
    }

    fn lacking(&self, at: &str, days: &[DayPart], missing: Amount) -> String {
        format!("{at} {}, {} more needed", self.on_days(days), self.amount(missing))
    }

    fn what_blocks(&self, obstacle: Obstacle) -> String {
        format!("What blocks: {}.", self.obstacle(obstacle))
    }

    fn what_blocks_others(&self, others: u32, obstacle: Obstacle) -> String {
        let told = self.others_blocked(others, obstacle);
        format!("{}.", told.replacen("what", "What", 1))
    }

    fn proved_shared(&self, best: bool, gap: Option<u32>) -> String {
        match (best, gap) {
            (true, _) => "No plan has more places: proved.".to_owned(),
            (false, Some(gap)) => format!("A plan was found; at most {gap}% from the best possible."),
            (false, None) => "A plan was found; a better one may be possible.".to_owned(),
        }
    }

    fn map_caption(&self, audience: Audience) -> &'static str {
        match audience {
            Audience::Interne => {
                "Communes by the share of enrolled youths who have a place, and where groups meet."
            }
            Audience::Partage => {
                "Zones of communes by the share of enrolled youths who have a place, and where groups meet."
            }
        }
    }

    fn map_told(&self, communes: usize, sites: usize) -> String {
        format!(
            "A map of {communes} communes or zones and {sites} sites. The same figures are in the table below."
        )
    }

    fn map_table(&self, audience: Audience) -> &'static str {
        match audience {
            Audience::Interne => "Enrolled youths by commune",
            Audience::Partage => "Enrolled youths by zone",
        }
    }

    fn map_keys(&self) -> &'static str {
        "With the keyboard, on the map: arrows to move, + and − to come closer and go back, 0 to see all."
    }

    fn control(&self, control: Control) -> &'static str {
        match control {
            Control::Closer => "Closer",
            Control::Farther => "Farther",
            Control::Whole => "See all",
            Control::Left => "West",
            Control::Right => "East",
            Control::Up => "North",
            Control::Down => "South",
            Control::Choose => "Show on the map",
            Control::ChooseNone => "choose a place",
            Control::Isochrones => "What is within reach of each site by road",
            Control::Communes => "Communes",
            Control::Sites => "Sites",
        }
    }

    fn shade(&self, shade: Shade) -> &'static str {
        match shade {
            Shade::Nobody => "nobody enrolled",
            Shade::All => "all have a place",
            Shade::Most => "half or more have a place",
            Shade::Some => "fewer than half have a place",
            Shade::Left => "nobody has a place",
            Shade::Unsaid => "some enrolled, no more is told",
        }
    }

    fn site_kind(&self, kind: SiteKind) -> &'static str {
        match kind {
            SiteKind::Open => "open site",
            SiteKind::Opened => "candidate site, to be opened",
            SiteKind::Candidate => "candidate site, not taken",
        }
    }

    fn commune(&self, name: &str, enrolled: u32, outcomes: Option<(u32, u32)>) -> String {
        let enrolled = match enrolled {
            0 => "nobody enrolled".to_owned(),
            n => format!("{} enrolled", number(n)),
        };
        match outcomes {
            Some((placed, left)) if placed + left > 0 => {
                format!("{name}: {enrolled}, {} with a place, {} without", number(placed), number(left))
            }
            _ => format!("{name}: {enrolled}"),
        }
    }

    fn site(&self, name: &str, kind: SiteKind, groups: u32) -> String {
        let groups = if groups == 0 { "no group".to_owned() } else { count(groups, "group") };
        format!("{name}, {}: {groups}", self.site_kind(kind))
    }

    fn isochrone(&self, site: &str, limit: Seconds) -> String {
        format!("at most {} from {site} by car", duration(limit))
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Programme => "Programme",
            Label::Site => "Place",
            Label::HalfDays => "Half-days",
            Label::Dates => "Dates",
            Label::Size => "Size",
            Label::Members => "Members",
            Label::Notes => "How they come",
            Label::Commune => "Commune",
            Label::Zone => "Zone",
            Label::Enrolled => "Enrolled",
            Label::Placed => "With a place",
            Label::LeftOut => "Without",
            Label::Reason => "Reason",
            Label::Youths => "Youths",
            Label::Ids => "Identifiers",
            Label::Outcome => "What the plan gives",
            Label::Groups => "Groups",
            Label::People => "People",
            Label::HoursAWeek => "Hours a week within reach",
            Label::Secret => "secret",
        }
    }

    fn grid_of_all(&self) -> &'static str {
        "The groups of this plan, by place and half-day"
    }

    fn grid_of(&self, programme: &str) -> String {
        format!("{programme}: what is possible, by place and half-day")
    }

    fn half_day(&self, day: DayPart) -> String {
        super::day_part(day)
    }

    fn nothing_then(&self) -> &'static str {
        "nothing held"
    }

    fn groups_here(&self, groups: u32) -> String {
        count(groups, "group")
    }

    fn could_come(&self, people: Amount) -> String {
        format!("{} can come", amount(people))
    }

    fn missing(&self, people: Amount) -> String {
        format!("{} missing", amount(people))
    }

    fn amount(&self, people: Amount) -> String {
        let youths = if people == Amount::Exactly(1) { "youth" } else { "youths" };
        format!("{} {youths}", amount(people))
    }

    fn holds(&self, needed: u32, percent: u16) -> String {
        format!("at least {} there at {percent} % of the sessions", number(needed))
    }

    fn groups_table(&self) -> &'static str {
        "The groups of the plan"
    }

    fn reasons_table(&self) -> &'static str {
        "Youths without a group by main reason, over all programmes: a youth enrolled in two counts twice"
    }

    fn reasons_of(&self, programme: &str) -> String {
        format!("{programme}: youths without a group, by main reason")
    }

    fn hours_table(&self) -> &'static str {
        "Youths by the hours of collective activity within their reach each week"
    }

    fn hours_between(&self, from: Seconds, to: Option<Seconds>) -> String {
        match to {
            None => format!("{} and more", duration(from)),
            Some(to) if from == Seconds::ZERO => format!("under {}", duration(to)),
            Some(to) => format!("from {} to under {}", duration(from), duration(to)),
        }
    }

    fn outcomes_table(&self) -> &'static str {
        "People enrolled, by what the plan gives them"
    }

    fn table_by(&self, characteristic: &str) -> String {
        format!("People enrolled, by {}", characteristic.replace('_', " "))
    }

    fn more_ids(&self, more: usize, file: &str) -> String {
        format!("… and {} in {file}", super::count_u64(more as u64, "other"))
    }

    fn nothing_of_people(&self) -> &'static str {
        "Too few people to tell how many have a place without pointing at somebody."
    }

    fn limits(&self) -> &'static str {
        "Limit"
    }

    fn viable(&self, viable: Viable, groups: u32) -> String {
        match viable {
            Viable::Yes => count(groups, "group"),
            Viable::NotBesideOthers => "others go first".to_owned(),
            Viable::No => "too few youths".to_owned(),
        }
    }
}

fn amount(people: Amount) -> String {
    match people {
        Amount::Exactly(n) => number(n),
        Amount::Between(from, to) if from == to => number(from),
        Amount::Between(from, to) => format!("{} to {}", number(from), number(to)),
        Amount::AtLeast(n) => format!("{} or more", number(n)),
    }
}
