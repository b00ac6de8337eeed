//! The most that can be placed, by trying everything: slow, and obviously right.

use jiff::civil::Date;
use maillage::territory::*;
use maillage::travel::{Session, TravelTimes};
use maillage::units::{AdviserId, ProgrammeId, SiteId, SlotId, YouthId};
use std::collections::BTreeMap;

/// The greatest sum of priorities over placements, or `None` when no plan respects the pins.
pub(crate) fn most_placed(territory: &Territory, times: &TravelTimes) -> Option<u64> {
    let youths: Vec<YouthId> = territory.youths().ids().collect();
    let reach: Vec<Vec<usize>> = youths
        .iter()
        .map(|&y| (0..territory.options().len()).filter(|&o| attends(territory, times, y, o)).collect())
        .collect();
    let n = territory.options().len();
    let mut search = Search { territory, youths: &youths, reach: &reach, groups: vec![0; n], best: None };
    search.open(0);
    search.best
}

/// Whether a youth can attend enough sessions of an option, by any pair of modes.
pub(crate) fn attends(territory: &Territory, times: &TravelTimes, youth: YouthId, option: usize) -> bool {
    let (offer, y) = (&territory.options()[option], &territory.youths()[youth]);
    let programme = &territory.programmes()[offer.programme];
    let of_age = |m: &Meeting| programme.ages.admit(y.birth.age_on(m.date), y.recognised_disability);
    if !y.programmes.contains(&offer.programme)
        || offer.meetings.is_empty()
        || !offer.meetings.iter().all(of_age)
    {
        return false;
    }
    let by_video = offer.meetings.iter().filter(|m| m.site.is_none()).count() as u32;
    let on_site: u32 = offer
        .stays
        .iter()
        .filter(|stay| can_come(territory, times, y, stay, offer.programme))
        .map(|stay| u32::from(stay.sessions))
        .sum();
    by_video + on_site >= programme.needed.of(offer.meetings.len() as u32)
}

fn can_come(territory: &Territory, times: &TravelTimes, y: &Youth, stay: &Stay, p: ProgrammeId) -> bool {
    if !y.availability.allows(stay.date, stay.arrive_by, stay.leave_after) {
        return false;
    }
    let Some(home) = y.home else { return false };
    let session = Session::from(stay);
    let limit = territory.limit_of(p);
    let minor = y.birth.age_on(stay.date) < 18;
    let day = stay.date.weekday();
    for out in Mode::ALL {
        for back in Mode::ALL {
            if (out.brings_vehicle() || back.brings_vehicle()) && out != back {
                continue;
            }
            let Some(to) = times.trip(home, stay.site, Way::To, out, session).time() else { continue };
            let Some(home) = times.trip(home, stay.site, Way::Back, back, session).time() else { continue };
            let (to, home) = (to.time, home.time);
            let Some(left) = stay.arrive_by.earlier(to) else { continue };
            let Some(returned) = stay.leave_after.later(home) else { continue };
            let lift = |way: Way, from, until| {
                y.lifts.iter().any(|l| {
                    let allowed = l.adult_driver || !minor || !territory.rules().minor_lift_needs_adult;
                    allowed && l.ways.includes(way) && l.hours.covers(day, from, until)
                })
            };
            let drives = |v: &Vehicle| {
                v.kind.mode() == out && v.kind.allowed_by(&y.licences) && v.hours.covers(day, left, returned)
            };
            let usable = (!out.brings_vehicle() || y.vehicles.iter().any(drives))
                && (out != Mode::Lift || lift(Way::To, left, stay.arrive_by))
                && (back != Mode::Lift || lift(Way::Back, stay.leave_after, returned));
            let on_site = u64::from(stay.duration().get());
            let fits = territory
                .rules()
                .day_share
                .is_none_or(|percent| u64::from(to.plus(home).get()) * 100 <= u64::from(percent) * on_site);
            if usable && fits && to <= limit && home <= limit {
                return true;
            }
        }
    }
    false
}

struct Search<'a> {
    territory: &'a Territory,
    youths: &'a [YouthId],
    reach: &'a [Vec<usize>],
    groups: Vec<u32>,
    best: Option<u64>,
}

impl Search<'_> {
    /// Tries every number of groups in every option.
    fn open(&mut self, option: usize) {
        if option == self.groups.len() {
            if self.can_be_held() {
                self.place(0, &mut vec![Vec::new(); self.youths.len()], 0);
            }
            return;
        }
        let programme = &self.territory.programmes()[self.territory.options()[option].programme];
        let reached = self.reach.iter().filter(|list| list.contains(&option)).count() as u32;
        for groups in 0..=programme.max_groups {
            if groups * programme.size.min() > reached {
                break;
            }
            self.groups[option] = groups;
            self.open(option + 1);
        }
        self.groups[option] = 0;
    }

    /// Rooms, half-days, candidates and advisers, date by date.
    fn can_be_held(&self) -> bool {
        let t = self.territory;
        let mut by_date: BTreeMap<(Date, SiteId), Vec<SlotId>> = BTreeMap::new();
        let mut by_week: BTreeMap<Date, Vec<(Date, SlotId, SiteId)>> = BTreeMap::new();
        let mut candidates: Vec<SiteId> = Vec::new();
        for (o, offer) in t.options().iter().enumerate() {
            for _ in 0..self.groups[o] {
                for m in &offer.meetings {
                    let Some(site) = m.site else { continue };
                    by_date.entry((m.date, site)).or_default().push(m.slot);
                    let monday = m.date.saturating_sub(
                        jiff::Span::new().days(i64::from(m.date.weekday().to_monday_zero_offset())),
                    );
                    by_week.entry(monday).or_default().push((m.date, m.slot, site));
                }
                for &site in offer.venue.sites() {
                    if matches!(t.sites()[site].status, SiteStatus::Candidate { .. })
                        && !candidates.contains(&site)
                    {
                        candidates.push(site);
                    }
                }
            }
        }
        let rooms = by_date.iter().all(|((_, site), slots)| {
            slots.iter().all(|a| {
                let together = slots.iter().filter(|b| t.slots()[*a].overlaps(&t.slots()[**b])).count();
                together as u32 <= t.sites()[*site].rooms
            })
        });
        let half_days = by_week.values().all(|held| {
            let at = |site: SiteId| held.iter().filter(|h| h.2 == site).count() as u32;
            t.sites().iter().all(|(id, s)| s.half_days.is_none_or(|most| at(id) <= most))
                && t.rules().half_days.is_none_or(|most| held.len() as u32 <= most)
        });
        let opened = t.rules().max_candidates.is_none_or(|most| candidates.len() as u32 <= most);
        let advisers =
            t.advisers().is_empty() || by_week.values().all(|held| self.led(held, &mut Vec::new()));
        let pins = t.pins().iter().all(|pin| match pin {
            Pin::Group { .. } => t.pinned_option(pin).is_some_and(|o| self.groups[o.index()] > 0),
            _ => true,
        });
        rooms && half_days && opened && advisers && pins
    }

    /// Whether every session of a week can be given an adviser, by trying them all.
    fn led(&self, held: &[(Date, SlotId, SiteId)], given: &mut Vec<(AdviserId, Date, SlotId)>) -> bool {
        let Some(&(date, slot, site)) = held.get(given.len()) else { return true };
        let t = self.territory;
        for (id, adviser) in t.advisers().iter() {
            let busy =
                given.iter().any(|g| g.0 == id && g.1 == date && t.slots()[g.2].overlaps(&t.slots()[slot]));
            let tired = given.iter().filter(|g| g.0 == id).count() as u32 >= adviser.half_days;
            if adviser.can_be_at(site, slot) && !busy && !tired {
                given.push((id, date, slot));
                if self.led(held, given) {
                    given.pop();
                    return true;
                }
                given.pop();
            }
        }
        false
    }

    /// Places the youths one after the other in the open options.
    fn place(&mut self, y: usize, placed: &mut Vec<Vec<usize>>, sum: u64) {
        let weight = |y: usize| u64::from(self.territory.youths()[self.youths[y]].priority.get());
        let most: u64 = (y..self.youths.len())
            .map(|y| weight(y) * self.territory.youths()[self.youths[y]].programmes.len() as u64)
            .sum();
        if self.best.is_some_and(|best| sum + most <= best) {
            return;
        }
        if y == self.youths.len() {
            if self.is_plan(placed) {
                self.best = Some(sum);
            }
            return;
        }
        let open: Vec<usize> = self.reach[y].iter().copied().filter(|&o| self.groups[o] > 0).collect();
        for subset in 0..1u32 << open.len() {
            let held: Vec<usize> =
                (0..open.len()).filter(|i| subset >> i & 1 == 1).map(|i| open[i]).collect();
            if held.len() <= 2 && self.one_person_can(&held) {
                let gained = weight(y) * held.len() as u64;
                placed[y] = held;
                self.place(y + 1, placed, sum + gained);
            }
        }
        placed[y] = Vec::new();
    }

    fn one_person_can(&self, held: &[usize]) -> bool {
        let t = self.territory;
        let offer = |o: usize| &t.options()[o];
        (0..held.len()).all(|i| {
            (0..i).all(|j| {
                let (a, b) = (offer(held[i]), offer(held[j]));
                let clash = a.meetings.iter().any(|m| {
                    b.meetings.iter().any(|n| {
                        m.date == n.date
                            && (t.slots()[m.slot].overlaps(&t.slots()[n.slot])
                                || (m.site.is_some() && n.site.is_some() && m.site != n.site))
                    })
                });
                a.programme != b.programme && !clash && !t.exclusive(a.programme, b.programme)
            })
        })
    }

    /// Sizes, rules on who is in a group, pins.
    fn is_plan(&self, placed: &[Vec<usize>]) -> bool {
        let t = self.territory;
        let pinned = t.pins().iter().all(|pin| {
            let of = |youth: YouthId| &placed[self.youths.iter().position(|&y| y == youth).expect("known")];
            let into =
                |youth: YouthId, p: ProgrammeId| of(youth).iter().any(|&o| t.options()[o].programme == p);
            match pin {
                Pin::In { youth, programme } => into(*youth, *programme),
                Pin::Out { youth, programme: Some(p) } => !into(*youth, *p),
                Pin::Out { youth, programme: None } => of(*youth).is_empty(),
                Pin::Apart { .. } | Pin::Group { .. } => true,
            }
        });
        pinned && (0..self.groups.len()).all(|o| self.splits(o, placed))
    }

    /// Whether an option's members can be dealt out to its groups, by trying every way.
    fn splits(&self, o: usize, placed: &[Vec<usize>]) -> bool {
        let members: Vec<usize> = (0..placed.len()).filter(|&y| placed[y].contains(&o)).collect();
        let mut dealt = vec![Vec::new(); self.groups[o] as usize];
        self.deal(o, &members, &mut dealt)
    }

    fn deal(&self, o: usize, rest: &[usize], dealt: &mut Vec<Vec<usize>>) -> bool {
        let Some((&first, rest)) = rest.split_first() else {
            return dealt.iter().all(|group| self.viable(o, group));
        };
        for i in 0..dealt.len() {
            dealt[i].push(first);
            if self.deal(o, rest, dealt) {
                return true;
            }
            dealt[i].pop();
        }
        false
    }

    fn viable(&self, o: usize, group: &[usize]) -> bool {
        let t = self.territory;
        let p = &t.programmes()[t.options()[o].programme];
        let size = group.len() as u32;
        let youth = |y: usize| &t.youths()[self.youths[y]];
        let mixed = p.mix.iter().all(|rule| {
            let has = |y: &&usize| match rule.of {
                Trait::Minor => youth(**y).birth.age_on(p.start.first) < 18,
                Trait::Woman => youth(**y).sex == Some(Sex::Woman),
                Trait::Man => youth(**y).sex == Some(Sex::Man),
                Trait::Disabled => youth(**y).recognised_disability,
                _ => youth(**y).vehicles.is_empty(),
            };
            let n = group.iter().filter(has).count() as u32;
            rule.at_least <= n && n <= rule.at_most
        });
        let apart = t.pins().iter().all(|pin| match pin {
            Pin::Apart { a, b } => {
                let inside = |id: &YouthId| group.iter().any(|&y| self.youths[y] == *id);
                !(inside(a) && inside(b))
            }
            _ => true,
        });
        p.size.min() <= size && size <= p.size.max() && mixed && apart
    }
}
