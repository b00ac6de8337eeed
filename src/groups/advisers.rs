//! Whether the teams can hold the posts of some groups, for the solver, which asks it often.
//! [`verify`](super::verify()) asks code of its own.

use super::flow::Network;
use super::problem::{OptionIx, PostIx, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// The first week whose posts the teams can't hold, if there are teams at all.
///
/// Counts are enough: when a team's placements fit `members` a moment and
/// `members * half_days` a week, an edge colouring shares them out so that
/// nobody is twice at one moment or above their half-days.
pub(super) fn week_short(problem: &Problem, groups: &[u32]) -> Option<u32> {
    if problem.teams.is_empty() {
        return None;
    }
    let demand = demand(problem, groups);
    let mut weeks: BTreeMap<u32, u64> = BTreeMap::new();
    for (p, &d) in demand.iter().enumerate().filter(|d| *d.1 > 0) {
        *weeks.entry(problem.posts[p].week).or_default() += d;
    }
    weeks.into_iter().find(|&(week, total)| held(problem, week, &demand) < total).map(|w| w.0)
}

/// The most posts that nobody can hold in any week in which an option meets.
pub(super) fn unheld(problem: &Problem, groups: &[u32], option: OptionIx) -> u64 {
    if problem.teams.is_empty() {
        return 0;
    }
    let demand = demand(problem, groups);
    let week_of = |&p: &PostIx| problem.posts[p as usize].week;
    let weeks: BTreeSet<u32> = problem.options[option as usize].posts.iter().map(week_of).collect();
    let lacking = |week| {
        let of_week = demand.iter().zip(&problem.posts).filter(|d| d.1.week == week);
        of_week.map(|d| d.0).sum::<u64>() - held(problem, week, &demand)
    };
    weeks.into_iter().map(lacking).max().unwrap_or(0)
}

/// The half-days that all teams give in each week: of each member no more than there are moments. No more posts
/// of the week than these are held.
pub(super) fn half_days(problem: &Problem) -> BTreeMap<u32, u64> {
    let mut weeks: BTreeMap<u32, u64> = BTreeMap::new();
    for team in &problem.teams {
        let mut moments: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for post in team.posts.iter().map(|&p| problem.posts[p as usize]) {
            moments.entry(post.week).or_default().insert(post.moment);
        }
        for (week, moments) in moments {
            let each = (moments.len() as u64).min(u64::from(team.half_days));
            *weeks.entry(week).or_default() += u64::from(team.members) * each;
        }
    }
    weeks
}

/// How many advisers each post needs.
fn demand(problem: &Problem, groups: &[u32]) -> Vec<u64> {
    let mut demand = vec![0u64; problem.posts.len()];
    for (o, spec) in problem.options.iter().enumerate() {
        for &p in &spec.posts {
            demand[p as usize] += u64::from(groups[o]);
        }
    }
    demand
}

/// How many of a week's demands the teams can hold.
fn held(problem: &Problem, week: u32, demand: &[u64]) -> u64 {
    let (source, sink) = (0, 1);
    let mut net = Network::new(2);
    let mut post_node = BTreeMap::new();
    for (p, &d) in demand.iter().enumerate() {
        if d > 0 && problem.posts[p].week == week {
            let node = net.node();
            net.edge(node, sink, d);
            post_node.insert(p, node);
        }
    }
    for team in &problem.teams {
        let node = net.node();
        net.edge(source, node, u64::from(team.members) * u64::from(team.half_days));
        let mut moments = BTreeMap::new();
        for &p in &team.posts {
            let Some(&post) = post_node.get(&(p as usize)) else { continue };
            let moment = *moments.entry(problem.posts[p as usize].moment).or_insert_with(|| {
                let at = net.node();
                net.edge(node, at, u64::from(team.members));
                at
            });
            net.edge(moment, post, demand[p as usize]);
        }
    }
    net.run(source, sink)
}
