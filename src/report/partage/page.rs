//! The page that can be shown. It is made of what `partage.json` says, of the territory's offers and of
//! public places; nothing else of the plan comes in here.

use super::super::files::{Audience, Run};
use super::super::language::page::{Amount, Label};
use super::super::language::{DayPart, Obstacle};
use super::super::page::{
    Answer, Area, Areas, Cell, Frame, Ground, Map, Options, Part, Row, Sheet, Table, Told, Words, bars,
    notices,
};
use super::super::telling::{assumptions, day_parts, venue};
use super::super::{json::placed_tier, names};
use super::bands::Band;
use super::people::{Characteristic, Word};
use super::tables;
use super::wire::gap_at_most;
use super::{Counts, Safe, bind_shared};
use crate::finding::Lang;
use crate::groups::Proof;
use crate::plan::{Plan, ProgrammeAnswer};
use crate::territory::{GroupSize, Territory};
use crate::units::SiteId;

pub(super) fn page(territory: &Territory, plan: &Plan, run: &Run<'_>, safe: &Safe<'_>) -> String {
    let words = Words::of(run.lang);
    let all = safe.capacity.options.iter().map(|option| Told {
        offer: option.offer,
        viable: option.viable,
        groups: option.groups,
        reachable: option.reachable.map(amount),
        missing: (option.shortfall != Band::NONE).then(|| amount(option.shortfall)),
    });
    let options = Options { territory, words, all: all.collect() };
    let shown = Shown { territory, words, lang: run.lang, options, safe };
    let proved = shown.proved(plan);
    let [people, hours] = shown.tables();
    let title = words.set(words.say.title(territory.name()));
    Sheet {
        words,
        frame: Frame::of_page(words, Audience::Partage, title, run.logo).with_levers(safe.levers.is_some()),
        notices: notices(territory, words, &words.say.shared(territory.rules().threshold)),
        answers: plan.programmes.iter().map(|answer| shown.answer(answer)).collect(),
        in_all: shown.in_all().into_iter().chain([proved.clone()]).collect(),
        levers: safe.levers.as_ref().map_or_else(Vec::new, |levers| levers.parts(territory, words)),
        map: shown.map(&plan.opened, run),
        grids: shown.options.grids(),
        groups: shown.groups(),
        left_out: people,
        hours,
        // At which minimum a group is lost tells how many can come, to the person.
        flips: None,
        opened: plan.opened.iter().map(|&site| names::site(territory, site).to_owned()).collect(),
        proved,
        assumptions: assumptions(territory, plan, run.lang)
            .into_iter()
            .map(|(text, mark)| (words.set(text), words.set(words.say.mark(mark))))
            .collect(),
    }
    .html()
}

/// A band in words.
const fn amount(band: Band) -> Amount {
    match band.to {
        Some(to) => Amount::Between(band.from, to),
        None => Amount::AtLeast(band.from),
    }
}

struct Shown<'a> {
    territory: &'a Territory,
    words: Words,
    lang: Lang,
    options: Options<'a>,
    safe: &'a Safe<'a>,
}

impl Shown<'_> {
    fn answer(&self, answer: &ProgrammeAnswer) -> Answer {
        let (say, size) = (self.words.say, self.size(answer));
        let obstacle = bind_shared(answer, size).map(|bind| Obstacle { bind, hours_too: false });
        let formed = say.groups_possible(answer.groups, obstacle);
        // Where enough can come and there is no group all the same, nobody is missing.
        let could = self.options.could(answer.programme).filter(|_| answer.groups == 0);
        let near = could.or_else(|| self.options.lacking(answer.programme));
        let parts: Vec<String> = [formed].into_iter().chain(near).collect();
        Answer {
            name: names::programme(self.territory, answer.programme).to_owned(),
            formed: answer.groups > 0,
            sentence: self.words.sentence(&format!("{}.", parts.join(say.semicolon()))),
            then: obstacle.map(|obstacle| self.words.set(say.what_blocks(obstacle))).into_iter().collect(),
        }
    }

    fn size(&self, answer: &ProgrammeAnswer) -> GroupSize {
        self.territory.planned_size(answer.programme)
    }

    fn in_all(&self) -> Option<String> {
        let say = self.words.say;
        match self.safe.counts {
            Counts::Outcomes { placed, left_out } => Some(say.in_all(placed, placed + left_out)),
            _ => None,
        }
        .map(|line| self.words.set(line))
    }

    fn proved(&self, plan: &Plan) -> String {
        let proof = placed_tier(&plan.tiers).map_or(Proof::Bounded, |tier| tier.proof);
        self.words
            .set(self.words.say.proved_shared(proof == Proof::Optimal, gap_at_most(&plan.tiers, self.safe)))
    }

    fn map(&self, opened: &[SiteId], run: &Run<'_>) -> Option<Map> {
        let (territory, words) = (self.territory, self.words);
        let positions = territory.sites().iter().filter_map(|(_, site)| site.position);
        let ground = Ground::around(territory.outlines().iter().map(|(_, shape)| shape), positions)?;
        let mut areas = Areas::new(words);
        for zone in &self.safe.zones {
            let name = zone.name(self.lang);
            let outcomes = match zone.outcomes() {
                [Some(placed), Some(left)] => Some((placed, left)),
                _ => None,
            };
            let path = ground.path(&zone.outline(territory.outlines()));
            if !path.is_empty() {
                areas.drawn(path, &name, zone.enrolled(), outcomes);
            }
            areas.counted(&name, zone.enrolled(), outcomes);
        }
        if self.safe.zones.is_empty() {
            // Where people live is not told: the outlines alone.
            areas.all.extend(territory.outlines().iter().map(|(_, shape)| Area::bare(ground.path(shape))));
        }
        let groups_at = |site: SiteId| {
            let here = self.safe.capacity.options.iter().filter(|o| o.offer.venue.sites().contains(&site));
            here.map(|option| option.groups).sum()
        };
        let sites = ground.sites(territory, words, groups_at, opened);
        Some(ground.map((territory, run), Audience::Partage, areas, sites))
    }

    /// The groups of each option in one row: they have one band.
    fn groups(&self) -> Option<Table> {
        let (territory, words) = (self.territory, self.words);
        let formed = self.safe.capacity.options.iter().filter(|option| option.groups > 0);
        let rows: Vec<Row> = formed
            .map(|option| {
                let days: Vec<DayPart> = day_parts(territory, &option.offer.slots);
                let size = option.size.map(|size| words.set(words.say.amount(amount(size))));
                Row {
                    name: names::programme(territory, option.offer.programme).to_owned(),
                    cells: vec![
                        Cell::Text(venue(territory, words.say, &option.offer.venue)),
                        Cell::Text(words.set(words.say.days(&days))),
                        Cell::Text(words.set(words.say.groups_here(option.groups))),
                        Cell::Text(size.unwrap_or_default()),
                    ],
                }
            })
            .collect();
        let labels = [Label::Programme, Label::Site, Label::HalfDays, Label::Groups, Label::Size];
        let caption = words.set(words.say.groups_table());
        (!rows.is_empty()).then(|| Table { caption, head: words.head(&labels), rows })
    }

    /// Who has a place, by what is told of people; and the weekly hours apart.
    fn tables(&self) -> [Vec<Part>; 2] {
        let words = self.words;
        let mut people = Vec::new();
        let outcomes = self.safe.outcomes.iter().map(|&(word, n)| (self.word(word), n));
        people.extend(Part::table(Table {
            caption: words.set(words.say.outcomes_table()),
            head: words.head(&[Label::Outcome, Label::People]),
            rows: bars(outcomes),
        }));
        if people.is_empty() {
            people.push(Part::Text(words.set(words.say.nothing_of_people())));
        }
        let mut hours = Vec::new();
        for table in &self.safe.tables {
            let part = Part::More(self.table(table));
            if table.by == Characteristic::WeeklyHours { hours.push(part) } else { people.push(part) }
        }
        [people, hours]
    }

    fn table(&self, table: &tables::Table) -> Table {
        let words = self.words;
        let detailed = table.columns.0.len() > 1;
        let by = self.word(table.by.word());
        let columns = table.columns.0.iter().filter(|_| detailed).map(|column| self.word(column.word));
        let row = |row: &tables::Row| {
            let names: Vec<String> = row.words.iter().map(|&word| self.word(word)).collect();
            let secret = || words.set(words.say.label(Label::Secret));
            let cells = row.cells.iter().filter(|_| detailed);
            let cells = cells.map(|cell| cell.map_or_else(secret, |n| n.to_string()));
            Row {
                name: words.say.or(&names),
                cells: cells.chain([row.total.to_string()]).map(Cell::Number).collect(),
            }
        };
        Table {
            caption: words.set(words.say.table_by(&by)),
            head: [by.clone()].into_iter().chain(columns).chain(words.head(&[Label::Enrolled])).collect(),
            rows: table.rows.iter().map(row).collect(),
        }
    }

    fn word(&self, word: Word) -> String {
        self.words.set(word.in_lang(self.lang))
    }
}
