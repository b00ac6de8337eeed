//! What would unlock groups, on a page: a bar for each lever, the steps from budget to budget.

use super::{Cell, Chart, Part, Row, Table, Words};
use crate::questions::{Single, Step};
use crate::report::language::levers::{
    LeverHeading, LeverLabel, LeverLine, LeverSentences, Money, Places, SetProof,
};
use crate::report::language::page::Label;
use crate::report::levers::{Levers, Telling, groups_told, money, named_groups, proof};
use crate::report::names;
use crate::territory::Territory;
use crate::units::Cents;

/// Identifiers shown for a lever; the file has them all.
const FIRST_IDS: usize = 60;

/// A lever in the table, with the length of its bar.
pub(in crate::report) struct LeverRow {
    pub(in crate::report) line: LeverLine,
    /// The number at its bar, and how long that is.
    pub(in crate::report) places: (String, u32),
    pub(in crate::report) note: String,
}

/// A step of the frontier.
pub(in crate::report) struct StepRow {
    pub(in crate::report) spent: Money,
    pub(in crate::report) cost: Cents,
    pub(in crate::report) places: (String, u32),
    pub(in crate::report) groups: Vec<(String, i64)>,
    pub(in crate::report) levers: Vec<String>,
    pub(in crate::report) proof: SetProof,
}

/// The section for the structure's own desk.
pub(super) fn interne(territory: &Territory, levers: Levers<'_>, words: Words) -> Vec<Part> {
    let desk = Desk { telling: Telling::new(territory, levers, words.lang), words };
    let set = |text: String| Part::Text(words.set(text));
    let mut parts: Vec<Part> =
        desk.telling.source().into_iter().chain([desk.telling.today()]).map(set).collect();
    parts.extend(desk.telling.goal().map(set));
    parts.extend(singly(words, desk.telling.ordered().into_iter().map(|single| desk.row(single))));
    parts.extend(desk.telling.idle().into_iter().map(set));
    parts.extend(frontier(words, desk.telling.steps().into_iter().map(|step| desk.step(step))));
    parts.extend(listed(words, LeverHeading::Further, desk.telling.further()));
    parts.extend(desk.unlocked());
    parts.extend(listed(words, LeverHeading::Timetables, desk.telling.timetables()));
    parts.extend(listed(words, LeverHeading::Rests, desk.telling.rests()));
    parts
}

/// A bar for each lever, longest for what brings the most.
pub(in crate::report) fn singly(words: Words, rows: impl Iterator<Item = LeverRow>) -> Option<Part> {
    let say = words.levers();
    let rows: Vec<LeverRow> = rows.collect();
    let most = rows.iter().map(|row| row.places.1).max().unwrap_or(0);
    let row = |row: LeverRow| {
        let LeverRow { line, places, note } = row;
        let text = |text: String| Cell::Text(words.set(text));
        let per_place = line.per_place.map(|money| say.money(money)).unwrap_or_default();
        let cells = vec![
            bar(words, places, most),
            text(groups_told(say, &line.groups)),
            text(say.money(line.cost)),
            text(per_place),
            text(say.decider(line.decider).to_owned()),
            text(say.delay(line.delay_weeks)),
            text(note),
        ];
        Row { name: line.name, cells }
    };
    let head = [
        LeverLabel::Lever,
        LeverLabel::Places,
        LeverLabel::Groups,
        LeverLabel::Cost,
        LeverLabel::PerPlace,
        LeverLabel::Decider,
        LeverLabel::Delay,
        LeverLabel::Note,
    ];
    let caption = words.set(say.levers_table());
    Part::table(Table { caption, head: labels(words, &head), rows: rows.into_iter().map(row).collect() })
}

/// The most places for each amount: a chart, and its table.
pub(in crate::report) fn frontier(words: Words, rows: impl Iterator<Item = StepRow>) -> Vec<Part> {
    let (say, rows): (_, Vec<StepRow>) = (words.levers(), rows.collect());
    let head = Part::Heading(words.set(say.lever_heading(LeverHeading::Frontier)));
    if rows.is_empty() {
        return vec![head, Part::Text(words.set(say.nothing_better()))];
    }
    let chart = Chart::of(words, &rows).map(Part::Chart);
    let most = rows.iter().map(|row| row.places.1).max().unwrap_or(0);
    let row = |row: StepRow| Row {
        name: words.set(say.money(row.spent)),
        cells: vec![
            bar(words, row.places, most),
            Cell::Text(words.set(groups_told(say, &row.groups))),
            Cell::Text(words.set(row.levers.join(say.semicolon()))),
            Cell::Text(words.set(say.set_proof(row.proof))),
        ],
    };
    let labels_of =
        [LeverLabel::Spent, LeverLabel::Places, LeverLabel::Groups, LeverLabel::Levers, LeverLabel::Proof];
    let table = Table {
        caption: words.set(say.frontier_table()),
        head: labels(words, &labels_of),
        rows: rows.into_iter().map(row).collect(),
    };
    [Some(head), chart, Part::table(table)].into_iter().flatten().collect()
}

/// A heading and a list, where there is anything in it.
pub(in crate::report) fn listed(words: Words, heading: LeverHeading, lines: Vec<String>) -> Vec<Part> {
    if lines.is_empty() {
        return Vec::new();
    }
    let head = Part::Heading(words.set(words.levers().lever_heading(heading)));
    vec![head, Part::List(lines.into_iter().map(|line| words.set(line)).collect())]
}

fn labels(words: Words, labels: &[LeverLabel]) -> Vec<String> {
    labels.iter().map(|&label| words.set(words.levers().lever_label(label))).collect()
}

fn bar(words: Words, (shown, length): (String, u32), most: u32) -> Cell {
    let percent = u64::from(length) * 100 / u64::from(most.max(1));
    Cell::Bar(words.set(shown), u32::try_from(percent).unwrap_or(100))
}

struct Desk<'a> {
    telling: Telling<'a>,
    words: Words,
}

impl Desk<'_> {
    fn row(&self, single: &Single) -> LeverRow {
        let (line, say) = (self.telling.line(single), self.telling.say);
        let open = matches!(line.places, Places::AtLeast(_)).then(|| say.places(line.places));
        let note = open.into_iter().chain(self.telling.dominated(single)).collect::<Vec<_>>();
        LeverRow {
            line,
            places: (signed(single.gain.places), length(single.gain.places)),
            note: note.join(say.semicolon()),
        }
    }

    fn step(&self, step: &Step) -> StepRow {
        StepRow {
            spent: self.telling.cost(step),
            cost: step.cost,
            places: (signed(step.gain.places), length(step.gain.places)),
            groups: named_groups(self.telling.territory, &step.gain.groups),
            levers: self.telling.names(&step.levers),
            proof: proof(step),
        }
    }

    /// For each programme, youths by the cheapest lever that places them.
    fn unlocked(&self) -> Vec<Part> {
        let (words, say, all) = (self.words, self.telling.say, self.telling.unlocked());
        let table = |of_programme: &[crate::report::levers::UnlockedTold]| {
            let name =
                of_programme.first().map(|one| names::programme(self.telling.territory, one.programme));
            let row = |one: &crate::report::levers::UnlockedTold| Row {
                name: self.telling.name(one.lever),
                cells: vec![
                    Cell::Text(words.set(say.money(money(self.telling.levers.answer.prices[one.lever])))),
                    Cell::Number(one.youths.len().to_string()),
                    Cell::Text(self.ids(&one.youths)),
                    Cell::Number(one.others.to_string()),
                ],
            };
            let [lever, cost, others] = [LeverLabel::Lever, LeverLabel::Cost, LeverLabel::Others]
                .map(|label| words.set(say.lever_label(label)));
            let [youths, ids] = [Label::Youths, Label::Ids].map(|label| words.set(words.say.label(label)));
            Part::More(Table {
                caption: words.set(say.unlocked_table(name.unwrap_or_default())),
                head: vec![lever, cost, youths, ids, others],
                rows: of_programme.iter().map(row).collect(),
            })
        };
        let tables = all.chunk_by(|a, b| a.programme == b.programme).map(table);
        let head = Part::Heading(words.set(say.lever_heading(LeverHeading::Unlocked)));
        (!all.is_empty()).then_some(head).into_iter().chain(tables).collect()
    }

    fn ids(&self, youths: &[crate::units::YouthId]) -> String {
        let key = |&youth: &crate::units::YouthId| self.telling.territory.youths().key_of(youth);
        let ids: Vec<&str> = youths.iter().take(FIRST_IDS).map(key).collect();
        let more = youths.len().saturating_sub(FIRST_IDS);
        let rest = (more > 0).then(|| format!(" {}", self.words.say.more_ids(more, "leviers.json")));
        format!("{}{}", ids.join(", "), self.words.set(rest.unwrap_or_default()))
    }
}

fn signed(places: i64) -> String {
    if places < 0 { format!("−{}", places.unsigned_abs()) } else { places.to_string() }
}

fn length(places: i64) -> u32 {
    u32::try_from(places).unwrap_or(0)
}

impl Words {
    /// The sentences on levers.
    pub(in crate::report) fn levers(self) -> &'static dyn LeverSentences {
        crate::report::language::levers::of(self.lang)
    }
}
