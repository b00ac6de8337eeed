//! From the file to the problem, with everything that is wrong with it.

use super::file::{ArcFile, HostFile, KindFile, OptionFile, PinFile, Second, SiteKind, Unit, YouthFile};
use super::place::Path;
use super::{Instance, Limits, Names};
use crate::finding::{Code, Text};
use crate::groups::{
    Arc, Capacity, CapacityKind, Gate, GateIx, GateLimit, Host, MixRule, OptionIx, OptionSpec, Pin, Post,
    Problem, Sizes, Team, Tier, YouthSpec,
};
use crate::units::Seconds;
use std::collections::BTreeMap;

/// Something wrong, and where.
pub(super) struct Fault {
    pub(super) path: Path,
    pub(super) code: Code,
    pub(super) what: Text,
    pub(super) remedy: Text,
}

/// The instance of a file, or all that is wrong with it.
pub(super) fn pose(file: Second, limits: &Limits) -> Result<Instance, Vec<Fault>> {
    let mut poser = Poser { file, limits, faults: Vec::new(), problem: Problem::default() };
    poser.references();
    if !poser.faults.is_empty() {
        return Err(poser.faults);
    }
    poser.fill();
    // What is left is between the parts: the problem's own check names the list and the row.
    if let Err(broken) = poser.problem.check() {
        let what = Text::say(|words| words.breaks_the_rules(broken.what));
        poser.fault(Path::key(broken.list).index(broken.row), Code::BadInstance, what, see());
    }
    if poser.faults.is_empty() { Ok(poser.instance()) } else { Err(poser.faults) }
}

fn see() -> Text {
    Text::say(|words| words.see_instances())
}

struct Poser<'a> {
    file: Second,
    limits: &'a Limits,
    faults: Vec<Fault>,
    problem: Problem,
}

impl Poser<'_> {
    fn fault(&mut self, path: Path, code: Code, what: Text, remedy: Text) {
        self.faults.push(Fault { path, code, what, remedy });
    }

    /// Notes an index that names nothing.
    fn exists(&mut self, path: Path, index: u32, count: usize, list: &str) {
        if index as usize >= count {
            let what = Text::say(|words| words.names_nothing(index, list, count));
            self.fault(path, Code::UnknownReference, what, Text::say(|words| words.correct_the_index()));
        }
    }

    fn at_most(&mut self, path: Path, number: u32, most: u32) {
        if number > most {
            let what = Text::say(|words| words.more_than(number, most));
            self.fault(path, Code::OutOfRange, what, Text::say(|words| words.a_realistic_number()));
        }
    }

    /// Looks at what later steps take for granted: sizes, indices, and numbers that would make memory grow.
    fn references(&mut self) {
        let file = std::mem::replace(&mut self.file, Second::empty());
        for (row, p) in file.programmes.iter().enumerate() {
            let path = Path::key("programmes").index(row);
            if p.min == 0 || p.min > p.target || p.target > p.max {
                let what = Text::say(|words| words.sizes(p.min, p.target, p.max));
                let remedy = Text::say(|words| words.sizes_ascend());
                self.fault(path.clone(), Code::BadGroupSize, what, remedy);
            }
            self.at_most(path.then("max"), p.max, self.limits.groups);
        }
        self.sites(&file);
        for (row, option) in file.options.iter().enumerate() {
            self.option(&file, Path::key("options").index(row), option);
        }
        for (row, youth) in file.youths.iter().enumerate() {
            self.youth(&file, Path::key("youths").index(row), youth);
        }
        for (row, &(a, b)) in file.conflicts.iter().enumerate() {
            let path = Path::key("conflicts").index(row);
            self.exists(path.clone().index(0), a, file.options.len(), "options");
            self.exists(path.clone().index(1), b, file.options.len(), "options");
            if a == b {
                let what = Text::say(|words| words.in_conflict_with_itself());
                self.fault(path, Code::BadInstance, what, see());
            }
        }
        self.objective(&file);
        self.file = file;
    }

    fn sites(&mut self, file: &Second) {
        for (row, site) in file.sites.iter().enumerate() {
            if site.kind == SiteKind::Existing && site.open_cost > 0 {
                let what = Text::say(|words| words.existing_site_at_no_cost());
                let remedy = Text::say(|words| words.zero_or_candidate());
                self.fault(Path::key("sites").index(row).then("open_cost"), Code::BadInstance, what, remedy);
            }
        }
        let (sites, slots) = (file.sites.len(), file.slots.len());
        if file.rooms.len() != sites {
            let what = Text::say(|words| words.rows_of_rooms(file.rooms.len(), sites));
            self.fault(Path::key("rooms"), Code::BadInstance, what, see());
        }
        for (row, rooms) in file.rooms.iter().enumerate().filter(|r| r.1.len() != slots) {
            let what = Text::say(|words| words.rooms_for_slots(rooms.len(), slots));
            self.fault(Path::key("rooms").index(row), Code::BadInstance, what, see());
        }
    }

    fn option(&mut self, file: &Second, path: Path, option: &OptionFile) {
        self.exists(path.clone().then("p"), option.p, file.programmes.len(), "programmes");
        if let Some(site) = option.s {
            self.exists(path.clone().then("s"), site, file.sites.len(), "sites");
        }
        for &slot in option.t.as_slice() {
            self.exists(path.clone().then("t"), slot, file.slots.len(), "slots");
        }
        if !option.t.as_slice().is_sorted_by(|a, b| a < b) {
            let what = Text::say(|words| words.slots_do_not_ascend());
            self.fault(path.clone().then("t"), Code::BadInstance, what, see());
        }
        self.at_most(path.then("kmax"), option.kmax, self.limits.groups);
    }

    fn youth(&mut self, file: &Second, path: Path, youth: &YouthFile) {
        if youth.w == 0 && file.format != super::SECOND {
            let what = Text::say(|words| words.weight_of_zero());
            self.fault(
                path.clone().then("w"),
                Code::OutOfRange,
                what,
                Text::say(|words| words.at_least_one()),
            );
        }
        if !youth.traits.is_sorted_by(|a, b| a < b) || youth.traits.iter().any(|&bit| bit > 31) {
            let what = Text::say(|words| words.bad_traits());
            self.fault(path.clone().then("traits"), Code::OutOfRange, what, see());
        }
        let reach = path.then("reach");
        for (i, arc) in youth.reach.iter().enumerate() {
            let (option, time, gate) = parts(*arc);
            let at = reach.clone().index(i);
            self.exists(at.clone().index(0), option, file.options.len(), "options");
            if file.time == Unit::Minutes {
                self.at_most(at.clone().index(1), time, u32::MAX / 60);
            }
            if let Some(gate) = gate {
                self.exists(at.clone().index(2), gate, file.gates.len(), "gates");
            }
            let key = |arc: &ArcFile| (parts(*arc).0, parts(*arc).2);
            if i > 0 && key(&youth.reach[i - 1]) >= key(arc) {
                let what = Text::say(|words| words.option_out_of_order());
                self.fault(at, Code::DuplicateId, what, Text::say(|words| words.sort_once_each()));
            }
        }
    }

    fn objective(&mut self, file: &Second) {
        let tiers: Vec<Tier> = file.objective.iter().map(|&t| t.into()).collect();
        if let Some(row) = (1..tiers.len()).find(|&row| tiers[..row].contains(&tiers[row])) {
            let what = Text::say(|words| words.objective_twice());
            self.fault(Path::key("objective").index(row), Code::DuplicateId, what, see());
        }
        if tiers.is_empty() {
            let what = Text::say(|words| words.no_objective());
            let remedy = Text::say(|words| words.at_least_placed());
            self.fault(Path::key("objective"), Code::MissingValue, what, remedy);
        }
    }

    /// Fills the problem. Every index that the file gives for options, youths, sites and slots exists.
    fn fill(&mut self) {
        let file = &self.file;
        let unit = unit(file).get();
        let problem = &mut self.problem;
        problem.programmes =
            file.programmes.iter().map(|p| Sizes { min: p.min, target: p.target, max: p.max }).collect();
        problem.gates = file.gates.iter().map(|g| Gate { cost: g.cost, capacity: g.capacity }).collect();
        problem.gate_limits =
            file.gate_limits.iter().map(|l| GateLimit { gates: l.gates.clone(), limit: l.limit }).collect();
        problem.hosts = file.hosts.iter().map(host).collect();
        problem.gate_budget = file.gate_budget;
        let candidates = candidate_gates(file);
        let opening =
            candidates.keys().map(|&s| Gate { cost: file.sites[s as usize].open_cost, capacity: None });
        problem.gates.extend(opening);
        if let Some(limit) = file.max_candidates.filter(|_| !candidates.is_empty()) {
            problem.gate_limits.push(GateLimit { gates: candidates.values().copied().collect(), limit });
        }
        let option = |o: &OptionFile| OptionSpec {
            programme: o.p,
            max_groups: o.kmax,
            cost: o.cost,
            gates: o.gates.iter().copied().chain(o.s.and_then(|s| candidates.get(&s).copied())).collect(),
            lower_min: o.lower_min,
            posts: o.posts.clone(),
        };
        problem.options = file.options.iter().map(option).collect();
        problem.youths = file.youths.iter().map(|y| youth_spec(y, unit)).collect();
        problem.posts =
            file.posts.iter().map(|p| Post { week: p.week, moment: p.moment, site: p.site }).collect();
        problem.teams = file
            .teams
            .iter()
            .map(|t| Team { members: t.members, half_days: t.half_days, posts: t.posts.clone() })
            .collect();
        problem.exclusive.clone_from(&file.exclusive);
        problem.mix = file
            .mix
            .iter()
            .map(|m| MixRule {
                programme: m.p,
                trait_bit: m.trait_bit,
                at_least: m.at_least,
                at_most: m.at_most,
            })
            .collect();
        problem.pins = file.pins.iter().map(pin).collect();
        problem.tiers = file.objective.iter().map(|&t| t.into()).collect();
        problem.capacities = capacities(file);
        self.conflicts();
    }

    /// Options that share a slot, and those that the file lists, never of one programme.
    fn conflicts(&mut self) {
        let options = &self.file.options;
        let mut by_slot: BTreeMap<u32, Vec<OptionIx>> = BTreeMap::new();
        for (o, option) in options.iter().enumerate() {
            for &slot in option.t.as_slice() {
                by_slot.entry(slot).or_default().push(o as OptionIx);
            }
        }
        let pairs: usize = by_slot.values().map(|l| l.len().saturating_mul(l.len()) / 2).sum();
        if pairs.saturating_add(self.file.conflicts.len()) > self.limits.conflicts {
            let most = self.limits.conflicts;
            let what = Text::say(|words| words.too_many_pairs(most));
            return self.fault(
                Path::key("options"),
                Code::TooLarge,
                what,
                Text::say(|words| words.split_the_instance()),
            );
        }
        let mut lists: Vec<Vec<OptionIx>> = vec![Vec::new(); options.len()];
        let apart = |a: OptionIx, b: OptionIx| options[a as usize].p != options[b as usize].p;
        for (i, together) in by_slot.values().flat_map(|list| list.iter().enumerate().map(move |i| (i, list)))
        {
            for &other in together.iter().filter(|&&other| apart(*i.1, other)) {
                lists[*i.1 as usize].push(other);
            }
        }
        for &(a, b) in self.file.conflicts.iter().filter(|c| apart(c.0, c.1)) {
            lists[a as usize].push(b);
            lists[b as usize].push(a);
        }
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        if lists.iter().any(|list| !list.is_empty()) {
            self.problem.conflicts = lists;
        }
    }

    fn instance(self) -> Instance {
        let (file, unit) = (&self.file, unit(&self.file));
        let numbered = |id: &Option<String>, row: usize| id.clone().unwrap_or_else(|| row.to_string());
        let option = |(row, o): (usize, &OptionFile)| match o.s {
            Some(site) if o.id.is_none() => {
                let slots = o.t.as_slice().iter().map(|&t| file.slots[t as usize].id.as_str());
                let words: Vec<&str> =
                    std::iter::once(file.sites[site as usize].id.as_str()).chain(slots).collect();
                words.join(" ")
            }
            _ => numbered(&o.id, row),
        };
        let gates = file.gates.iter().enumerate().map(|(row, g)| numbered(&g.id, row));
        let sites = candidate_gates(file).into_keys().map(|s| file.sites[s as usize].id.clone());
        let names = Names {
            programmes: file.programmes.iter().map(|p| p.id.clone()).collect(),
            options: file.options.iter().enumerate().map(option).collect(),
            sites: file.options.iter().map(|o| o.s).collect(),
            youths: file.youths.iter().map(|y| y.id.clone()).collect(),
            gates: gates.chain(sites).collect(),
        };
        Instance { name: self.file.name, problem: self.problem, names, unit }
    }
}

fn unit(file: &Second) -> Seconds {
    match file.time {
        Unit::Minutes => Seconds::from_minutes(1),
        Unit::Seconds => Seconds::new(1),
    }
}

fn parts(arc: ArcFile) -> (u32, u32, Option<GateIx>) {
    match arc {
        ArcFile::Free(option, time) => (option, time, None),
        ArcFile::Gated(option, time, gate) => (option, time, Some(gate)),
    }
}

fn host(file: &HostFile) -> Host {
    match *file {
        HostFile::Plain(gate, youth, option) => Host { gate, youth, option, through: None },
        HostFile::Through(gate, youth, option, through) => {
            Host { gate, youth, option, through: Some(through) }
        }
    }
}

fn youth_spec(youth: &YouthFile, unit: u32) -> YouthSpec {
    let arc = |&arc: &ArcFile| {
        let (option, time, gate) = parts(arc);
        Arc { option, time: Seconds::new(time.saturating_mul(unit)), gate }
    };
    let traits = youth.traits.iter().fold(0, |bits, &bit| bits | 1 << bit);
    YouthSpec { weight: youth.w, traits, arcs: youth.reach.iter().map(arc).collect() }
}

/// The gate of each candidate site: they come after the file's own.
fn candidate_gates(file: &Second) -> BTreeMap<u32, GateIx> {
    let candidates = file.sites.iter().zip(0..).filter(|s| s.0.kind == SiteKind::Candidate);
    candidates.zip(file.gates.len() as GateIx..).map(|((_, site), gate)| (site, gate)).collect()
}

/// The file's own capacities, then rooms, sites and the overall budget, where an option uses them.
fn capacities(file: &Second) -> Vec<Capacity> {
    let kind = |kind| match kind {
        KindFile::Rooms(site, slot) => CapacityKind::Rooms { site, slot },
        KindFile::Site(site) => CapacityKind::Site(site),
        KindFile::Overall => CapacityKind::Overall,
        KindFile::Copies => CapacityKind::Copies,
    };
    let own = file.capacities.iter().map(|c| Capacity {
        kind: kind(c.of),
        limit: c.limit,
        uses: c.uses.clone(),
        extra: c.extra.clone(),
    });
    let mut uses: BTreeMap<CapacityKind, Vec<(OptionIx, u32)>> = BTreeMap::new();
    for (o, option) in file.options.iter().enumerate() {
        let Some(site) = option.s else { continue };
        let rooms = option.t.as_slice().iter().map(|&slot| CapacityKind::Rooms { site, slot });
        for kind in rooms.chain([CapacityKind::Site(site), CapacityKind::Overall]) {
            uses.entry(kind).or_default().push((o as OptionIx, 1));
        }
    }
    let limit = |kind: &CapacityKind| match *kind {
        CapacityKind::Rooms { site, slot } => Some(file.rooms[site as usize][slot as usize]),
        CapacityKind::Site(site) => file.sites[site as usize].budget,
        CapacityKind::Overall => file.budget,
        CapacityKind::Copies => None,
    };
    let derived = uses.into_iter().filter_map(|(kind, uses)| {
        limit(&kind).map(|limit| Capacity { kind, limit, uses, extra: Vec::new() })
    });
    own.chain(derived).collect()
}

fn pin(pin: &PinFile) -> Pin {
    match *pin {
        PinFile::OpenOneOf(ref options) => Pin::Open { options: options.clone(), groups: 1 },
        PinFile::Open(ref options, groups) => Pin::Open { options: options.clone(), groups },
        PinFile::In(youth, programme) => Pin::In { youth, programme },
        PinFile::Out(youth, programme) => Pin::Out { youth, programme },
        PinFile::Apart(a, b) => Pin::Apart(a, b),
    }
}
