//! Levers against the territory that they are to change: what they name has to be there, and they have to change something.

use super::on_demand;
use crate::finding::{self, Code, Finding, Source, Text};
use crate::territory::{
    Lever, LeverChange, Needed, Programme, Rhythm, Site, SiteStatus, Territory, VehicleKind, Written, near,
    slips,
};
use crate::units::{Key, ProgrammeId, Seconds, SlotId};

/// Unknown identifiers for which one that is nearly the same is looked for.
const NEARLY: usize = 100;

impl Territory {
    /// What is wrong with levers in this territory: they name what is not there, or change nothing. Errors and warnings, sorted
    /// by file and line.
    ///
    /// ```
    /// use maillage::finding::{Code, Source};
    /// use maillage::territory::{Decider, Lever, LeverChange, Written};
    /// use maillage::units::{Cents, Key};
    /// # use maillage::{Control, read};
    /// # let territory = read::territory("data/valley".as_ref(), &Control::none())?.territory;
    /// let key = |text| Key::new(text).expect("an identifier");
    /// let lever = Lever {
    ///     key: key("small"),
    ///     name: "Des ateliers de 3".into(),
    ///     change: LeverChange::SmallerMinimum { programme: key("ateleir"), min: 3 },
    ///     cost: Cents::new(0),
    ///     decider: Decider::Structure,
    ///     delay_weeks: None,
    ///     origin: String::new(),
    /// };
    /// let found = territory.check_levers(&[Written { value: lever, source: Source::memory() }]);
    /// assert_eq!(found[0].code, Code::UnknownReference);
    /// assert!(found[0].remedy.en.contains("atelier"));
    /// # Ok::<(), maillage::Error>(())
    /// ```
    pub fn check_levers(&self, levers: &[Written<Lever>]) -> Vec<Finding> {
        let mut checking = Checking { territory: self, findings: Vec::new() };
        levers.iter().for_each(|written| checking.lever(written));
        finding::sort(&mut checking.findings);
        checking.findings
    }
}

/// What an identifier in a lever is of.
#[derive(Clone, Copy)]
enum Kind {
    Site,
    Slot,
    Programme,
    Adviser,
    Stop,
    Youth,
}

/// Everything that a lever names.
fn named(change: &LeverChange) -> Vec<(Kind, &Key)> {
    fn all(kind: Kind, keys: &[Key]) -> Vec<(Kind, &Key)> {
        keys.iter().map(|key| (kind, key)).collect()
    }
    let here = |site| vec![(Kind::Site, site)];
    let of = |programme| vec![(Kind::Programme, programme)];
    match change {
        LeverChange::OpenSite { site, slots }
        | LeverChange::OpenSlots { site, slots }
        | LeverChange::CloseSite { site, slots } => [here(site), all(Kind::Slot, slots)].concat(),
        LeverChange::MoveSlot { site, from, to } => {
            [here(site), vec![(Kind::Slot, from), (Kind::Slot, to)]].concat()
        }
        LeverChange::AddRooms { site, .. } => here(site),
        LeverChange::AddAdviser { sites, slots, .. } => {
            [all(Kind::Site, sites), all(Kind::Slot, slots)].concat()
        }
        LeverChange::SendAdviser { adviser, site, .. } => {
            [vec![(Kind::Adviser, adviser)], here(site)].concat()
        }
        LeverChange::Shuttle(shuttle) => [here(&shuttle.site), all(Kind::Stop, &shuttle.stops)].concat(),
        LeverChange::ShareLifts { drivers, .. } => all(Kind::Youth, drivers),
        LeverChange::SmallerMinimum { programme, .. }
        | LeverChange::Split { programme, .. }
        | LeverChange::Remote { programme, .. }
        | LeverChange::LongerLimit { programme, .. }
        | LeverChange::Wait { programme, .. } => of(programme),
        LeverChange::AddSlots { programme, slots } => [of(programme), all(Kind::Slot, slots)].concat(),
        LeverChange::Alternate { programme, sites, .. } => [of(programme), all(Kind::Site, sites)].concat(),
        LeverChange::Stay { programme, site, .. } | LeverChange::Exchange { programme, site, .. } => {
            [of(programme), here(site)].concat()
        }
        LeverChange::FewerHalfDays { .. }
        | LeverChange::CloseSites { .. }
        | LeverChange::Lend { .. }
        | LeverChange::Volunteers { .. }
        | LeverChange::Trips(_)
        | LeverChange::OpenCircuit { .. }
        | LeverChange::OnDemand(_) => Vec::new(),
    }
}

impl Kind {
    fn has(self, territory: &Territory, key: &Key) -> bool {
        match self {
            Self::Site => territory.sites().find(key).is_some(),
            Self::Slot => territory.slots().find(key).is_some(),
            Self::Programme => territory.programmes().find(key).is_some(),
            Self::Adviser => territory.advisers().find(key).is_some(),
            Self::Stop => territory.places().find(key).is_some(),
            Self::Youth => territory.youths().find(key).is_some(),
        }
    }

    /// The identifiers that there are, with what people call them.
    fn known(self, territory: &Territory) -> Vec<(&Key, &str)> {
        match self {
            Self::Site => territory.sites().iter().map(|(_, s)| (&s.key, s.name.as_str())).collect(),
            Self::Slot => territory.slots().iter().map(|(_, s)| (&s.key, "")).collect(),
            Self::Programme => {
                territory.programmes().iter().map(|(_, p)| (&p.key, p.name.as_str())).collect()
            }
            Self::Adviser => territory.advisers().iter().map(|(_, a)| (&a.key, "")).collect(),
            Self::Stop => territory.places().iter().map(|(_, p)| (&p.key, p.name.as_str())).collect(),
            Self::Youth => territory.youths().iter().map(|(_, y)| (&y.key, "")).collect(),
        }
    }

    /// What is said of an identifier of this kind that is not there.
    fn unknown(self, territory: &Territory, key: &Key) -> Text {
        Text::say(|words| match self {
            Self::Site => words.no_such_site(key),
            Self::Slot => words.no_such_slot(key),
            Self::Programme => words.no_such_programme(key),
            Self::Adviser if territory.advisers().is_empty() => words.no_adviser_at_all(key),
            Self::Adviser => words.no_such_adviser(key),
            Self::Stop => words.stop_is_no_place(key),
            Self::Youth => words.no_such_youth(key),
        })
    }

    /// What was probably meant: the same but for capitals, the name in the place of the identifier, or a slip.
    fn meant(self, territory: &Territory, key: &Key) -> Option<Key> {
        let written = key.as_str().to_lowercase();
        let slips = slips(written.chars().count());
        let known = self.known(territory);
        let same = |(id, name): &&(&Key, &str)| {
            id.as_str().to_lowercase() == written || name.to_lowercase() == written
        };
        // The week's half-days and random identifiers are all near one another.
        let alike = |(id, _): &&(&Key, &str)| {
            let like_names = !matches!(self, Self::Slot | Self::Youth);
            like_names && slips > 0 && near(&id.as_str().to_lowercase(), &written, slips)
        };
        let found = known.iter().find(same).or_else(|| known.iter().find(alike));
        found.map(|(id, _)| Key::clone(id))
    }
}

struct Checking<'t> {
    territory: &'t Territory,
    findings: Vec<Finding>,
}

impl Checking<'_> {
    fn say(&mut self, code: Code, source: &Source, what: Text, remedy: Text) {
        self.findings.push(Finding::new(code, source.clone(), what, remedy));
    }

    fn lever(&mut self, written: &Written<Lever>) {
        let (lever, source) = (&written.value, &written.source);
        let names = named(&lever.change);
        let absent: Vec<_> = names.into_iter().filter(|(kind, key)| !kind.has(self.territory, key)).collect();
        for (kind, key) in &absent {
            self.unknown(*kind, key, source);
        }
        if !absent.is_empty() {
            return;
        }
        self.horizon(lever, source);
        self.communes(lever, source);
        if let LeverChange::AddAdviser { .. } = lever.change
            && self.territory.advisers().find(&lever.key).is_some()
        {
            let key = &lever.key;
            let what = Text::say(|words| words.adviser_called_so(key));
            let remedy = Text::say(|words| words.another_identifier_of_lever());
            return self.say(Code::DuplicateId, source, what, remedy);
        }
        if let Some(why) = self.idle(&lever.change) {
            let remedy = Text::say(|words| words.correct_or_remove_lever());
            self.say(Code::LeverWithoutEffect, source, why, remedy);
        }
    }

    fn unknown(&mut self, kind: Kind, key: &Key, source: &Source) {
        let nearly = self.findings.len() < NEARLY;
        let remedy = match nearly.then(|| kind.meant(self.territory, key)).flatten() {
            Some(meant) => Text::say(|words| words.write_this_one(&meant)),
            None => Text::say(|words| words.correct_or_add()),
        };
        self.say(Code::UnknownReference, source, kind.unknown(self.territory, key), remedy);
    }

    /// A limit beyond which trips are not looked for.
    fn horizon(&mut self, lever: &Lever, source: &Source) {
        let LeverChange::LongerLimit { limit, .. } = &lever.change else { return };
        let horizon = self.territory.rules().horizon;
        if *limit <= horizon {
            return;
        }
        let (key, limit, horizon) = (&lever.key, limit.to_minutes().get(), horizon.to_minutes().get());
        let what = Text::say(|words| words.lever_beyond_horizon(key, limit, horizon));
        let remedy = Text::say(|words| words.lower_limit_or_longer_horizon());
        self.say(Code::HorizonTooShort, source, what, remedy);
    }

    /// Communes of a service on demand that are not of the territory.
    fn communes(&mut self, lever: &Lever, source: &Source) {
        let LeverChange::OnDemand(service) = &lever.change else { return };
        let places = self.territory.places().iter().filter_map(|(_, place)| place.commune);
        let known =
            places.chain(self.territory.sites().iter().filter_map(|(_, site)| site.commune)).collect();
        for code in on_demand::beyond(service, &known) {
            let what = Text::say(|words| words.commune_not_of_the_territory(&service.key, code));
            let remedy = Text::say(|words| words.correct_or_add_commune());
            self.say(Code::UnknownReference, source, what, remedy);
        }
    }

    fn site(&self, key: &Key) -> Option<&Site> {
        Some(&self.territory.sites()[self.territory.sites().find(key)?])
    }

    fn programme(&self, key: &Key) -> Option<(ProgrammeId, &Programme)> {
        let id = self.territory.programmes().find(key)?;
        Some((id, &self.territory.programmes()[id]))
    }

    /// Why a lever leaves everything as it is, where it does.
    fn idle(&self, change: &LeverChange) -> Option<Text> {
        match change {
            LeverChange::OpenSite { .. }
            | LeverChange::OpenSlots { .. }
            | LeverChange::MoveSlot { .. }
            | LeverChange::CloseSite { .. } => self.idle_site(change),
            LeverChange::AddAdviser { .. } => self.idle_half_days(true),
            LeverChange::FewerHalfDays { .. } => self.idle_half_days(false),
            LeverChange::SendAdviser { adviser, site, .. } => self.idle_drive(adviser, site),
            LeverChange::Lend { vehicle, .. } => self.idle_loan(*vehicle),
            LeverChange::ShareLifts { drivers, .. } => self.idle_drivers(drivers),
            LeverChange::SmallerMinimum { .. }
            | LeverChange::Split { .. }
            | LeverChange::AddSlots { .. }
            | LeverChange::Remote { .. }
            | LeverChange::LongerLimit { .. }
            | LeverChange::Wait { .. }
            | LeverChange::Exchange { .. } => self.idle_programme(change),
            _ => None,
        }
    }

    fn slots(&self, keys: &[Key]) -> Vec<SlotId> {
        keys.iter().filter_map(|key| self.territory.slots().find(key)).collect()
    }

    fn idle_site(&self, change: &LeverChange) -> Option<Text> {
        match change {
            LeverChange::OpenSite { site, slots } => {
                let open = &self.site(site)?.open;
                if self.site(site)?.status == SiteStatus::Existing {
                    return Some(Text::say(|words| words.site_is_no_candidate(site)));
                }
                let never = !slots.is_empty() && self.slots(slots).iter().all(|slot| !open.contains(slot));
                never.then(|| Text::say(|words| words.site_never_opens_then(site)))
            }
            LeverChange::OpenSlots { site, slots } => {
                let open = &self.site(site)?.open;
                self.slots(slots)
                    .iter()
                    .all(|slot| open.contains(slot))
                    .then(|| Text::say(|words| words.site_open_already(site)))
            }
            LeverChange::MoveSlot { site, from, .. } => self.idle_closing(site, std::slice::from_ref(from)),
            LeverChange::CloseSite { site, slots } => self.idle_closing(site, slots),
            _ => None,
        }
    }

    /// Where nothing is open that closes.
    fn idle_closing(&self, site: &Key, slots: &[Key]) -> Option<Text> {
        let open = &self.site(site)?.open;
        let closed = !slots.is_empty() && self.slots(slots).iter().all(|slot| !open.contains(slot));
        closed.then(|| Text::say(|words| words.site_not_open_then(site)))
    }

    /// Where half-days are counted nowhere: neither of advisers nor of all sites together, nor, for who is added, of one site.
    fn idle_half_days(&self, added: bool) -> Option<Text> {
        let counted = !self.territory.advisers().is_empty()
            || self.territory.rules().half_days.is_some()
            || (added && self.territory.sites().iter().any(|(_, site)| site.half_days.is_some()));
        (!counted).then(|| Text::say(|words| words.half_days_not_limited()))
    }

    fn idle_drive(&self, adviser: &Key, site: &Key) -> Option<Text> {
        let known = &self.territory.advisers()[self.territory.advisers().find(adviser)?];
        let serves = known.sites.is_empty() || known.sites.contains(&self.territory.sites().find(site)?);
        serves.then(|| Text::say(|words| words.adviser_works_there(adviser, site)))
    }

    fn idle_loan(&self, vehicle: VehicleKind) -> Option<Text> {
        let allowed = self.territory.youths().iter().any(|(_, youth)| vehicle.allowed_by(&youth.licences));
        (!allowed).then(|| Text::say(|words| words.loan_to_nobody()))
    }

    fn idle_drivers(&self, drivers: &[Key]) -> Option<Text> {
        let youths = self.territory.youths();
        let drives = |key: &Key| {
            let vehicles = youths.find(key).map(|id| youths[id].vehicles.as_slice()).unwrap_or_default();
            vehicles.iter().any(|vehicle| vehicle.kind == VehicleKind::Car)
        };
        (!drivers.iter().any(drives)).then(|| Text::say(|words| words.no_car_among_drivers()))
    }

    fn idle_programme(&self, change: &LeverChange) -> Option<Text> {
        match change {
            LeverChange::SmallerMinimum { programme, min } => self.not_smaller(programme, *min),
            LeverChange::Split { programme, size } => self.not_smaller(programme, size.min()),
            LeverChange::AddSlots { programme, slots } => self.idle_slots(programme, slots),
            LeverChange::Remote { programme, on_site } => {
                let needed = match self.programme(programme)?.1.needed {
                    Needed::All => 100,
                    Needed::Percent(percent) => percent,
                    Needed::Count(_) => return None,
                };
                (*on_site >= needed).then(|| Text::say(|words| words.only_so_much_on_site(programme, needed)))
            }
            LeverChange::LongerLimit { programme, limit } => self.not_longer(programme, *limit),
            LeverChange::Wait { programme, .. } | LeverChange::Exchange { programme, .. } => {
                let (id, _) = self.programme(programme)?;
                let enrolled = self.territory.youths().iter().any(|(_, y)| y.programmes.contains(&id));
                (!enrolled).then(|| Text::say(|words| words.nobody_to_be_like(programme)))
            }
            _ => None,
        }
    }

    fn not_smaller(&self, programme: &Key, min: u32) -> Option<Text> {
        let today = self.programme(programme)?.1.size.min();
        (min >= today).then(|| Text::say(|words| words.minimum_not_smaller(programme, min, today)))
    }

    fn not_longer(&self, programme: &Key, limit: Seconds) -> Option<Text> {
        let today = self.territory.limit_of(self.programme(programme)?.0);
        let (new, old) = (limit.to_minutes().get(), today.to_minutes().get());
        (limit <= today).then(|| Text::say(|words| words.limit_not_longer(programme, new, old)))
    }

    fn idle_slots(&self, programme: &Key, slots: &[Key]) -> Option<Text> {
        let known = self.programme(programme)?.1;
        let offered = |slot: &SlotId| known.slots.is_empty() || known.slots.contains(slot);
        let listed = matches!(known.rhythm, Rhythm::Listed(_));
        (!listed && self.slots(slots).iter().all(offered))
            .then(|| Text::say(|words| words.held_then_already(programme)))
    }
}
