//! Another tool's network, held in a `petgraph` graph of its own types, gives the travel
//! times; groups come out. The network is handed back to `petgraph` at the end.

mod shared;

use maillage::Control;
use maillage::groups::Limits;
use maillage::study::{Outcome, Study};
use maillage::territory::Mode;
use maillage::travel::{Cost, Junction, Network, NetworkTravel};
use maillage::units::{Key, Metres, Seconds};
use petgraph::graph::UnGraph;
use std::io::{self, Write};
use std::sync::Arc;

/// What the other tool keeps of a coach road.
struct Road {
    minutes: f64,
    km: f64,
    open: bool,
}

/// The other tool's graph: nodes are names, some of them of hamlets and sites.
fn their_graph() -> UnGraph<&'static str, Road> {
    let mut graph = UnGraph::new_undirected();
    let [mill, ridge, ford, heath, fork, town, crossroads] =
        ["mill", "ridge", "ford", "heath", "fork", "market-town", "crossroads"]
            .map(|name| graph.add_node(name));
    for (a, b, minutes, km, open) in [
        (mill, town, 9.5, 8.0, true),
        (town, fork, 14.0, 12.5, true),
        (fork, crossroads, 8.0, 7.0, true),
        (ridge, fork, 12.0, 9.0, true),
        (ford, town, 55.0, 41.0, true),
        (heath, crossroads, 25.0, 18.0, true),
        (ford, heath, 5.0, 3.0, false),
    ] {
        graph.add_edge(a, b, Road { minutes, km, open });
    }
    graph
}

/// Rounded up, since a second over a limit is over it.
fn cost(road: &Road) -> Cost {
    Cost::new(
        Seconds::new((road.minutes * 60.0).ceil() as u32),
        Metres::new((road.km * 1000.0).ceil() as u32),
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let network = Network::from_petgraph(
        &their_graph(),
        |_, name| Key::new(name).map_or_else(Junction::default, Junction::of),
        |_, road| road.open.then(|| cost(road)),
    );
    let back_again = network.to_petgraph();
    let coach = NetworkTravel::new("their coaches", Mode::Bus, network);

    let (territory, _warnings) = shared::draft().ok_or("a key or a size is wrong")?.check()?;
    let cut_off = coach.islands(&territory).cut_off(&territory).len();
    let control = Control::none();
    let mut study = Study::new(territory, vec![Arc::new(coach)], &control)?;
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control)? else {
        return Err("no plan".into());
    };
    shared::print(study.territory(), &plan)?;
    let mut out = io::stdout();
    writeln!(out, "hamlets that nothing joins to a site: {cut_off}")?;
    writeln!(out, "handed back: {} nodes, {} arcs", back_again.node_count(), back_again.edge_count())?;
    Ok(())
}
