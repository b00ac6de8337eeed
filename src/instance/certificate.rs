//! Certificates as JSON. Rows, variables and nodes are written by their names in
//! [`crate::groups::certificate`], which says what each number means.

use super::file::TierFile;
use crate::error::Error;
use crate::finding::Source;
use crate::groups::Assignment;
use crate::groups::certificate::{
    Certificate, Claim, Cut, Node, Part, Prices, Row, Search, TierClaim, Variable,
};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "certificate/1";

/// A certificate as JSON of `certificate/1`.
pub fn write_certificate(instance: &str, certificate: &Certificate) -> String {
    let file = File {
        format: FORMAT.to_owned(),
        instance: instance.to_owned(),
        cliques: certificate.cliques.clone(),
        posts: certificate.posts.clone(),
        claim: match &certificate.claim {
            Claim::Impossible(search) => ClaimFile::Impossible(search.into()),
            Claim::Found { assignment, tiers } => ClaimFile::Found {
                k: assignment.groups.clone(),
                x: assignment.members.clone(),
                gates: assignment.gates.clone(),
                tiers: tiers.iter().map(Into::into).collect(),
            },
        },
    };
    serde_json::to_string(&file).unwrap_or_default()
}

/// Reads a certificate from a text; `name` is what findings call it. Nothing in it is believed:
/// [`check`](crate::groups::certificate::check) decides.
///
/// # Errors
/// [`Error::Input`] when it is not JSON of `certificate/1`, with the line and JSON path.
pub fn read_certificate(name: &str, text: &str) -> Result<Certificate, Error> {
    let file: File = super::json(&Source::file(name), text)?;
    if file.format != FORMAT {
        return Err(super::unknown_format(name, text, &file.format, FORMAT));
    }
    let claim = match file.claim {
        ClaimFile::Impossible(search) => Claim::Impossible(search.into()),
        ClaimFile::Found { k, x, gates, tiers } => Claim::Found {
            assignment: Assignment { groups: k, members: x, gates },
            tiers: tiers.into_iter().map(Into::into).collect(),
        },
    };
    Ok(Certificate { cliques: file.cliques, posts: file.posts, claim })
}

/// Why nothing is better: a proof that is checked without a solver.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Certificate"))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The format that the file is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = FORMAT)))]
    format: String,
    /// The instance's name, for people only.
    instance: String,
    /// Sets of options of which nobody holds two; rows refer to them by position.
    cliques: Vec<Vec<u32>>,
    /// Sets of posts of one week; rows refer to them by position.
    posts: Vec<Vec<u32>>,
    /// What is claimed.
    claim: ClaimFile,
}

/// What a certificate claims.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Claim"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum ClaimFile {
    /// No assignment exists.
    Impossible(SearchFile),
    /// This assignment has these values, and nothing is better than the bounds.
    Found {
        /// `[option, groups]`.
        k: Vec<(u32, u32)>,
        /// `[youth, option, gate or null]`.
        x: Vec<(u32, u32, Option<u32>)>,
        /// Gates that are open.
        gates: Vec<u32>,
        /// One claim an objective, in order.
        tiers: Vec<TierClaimFile>,
    },
}

/// What is claimed of one objective.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TierClaim"))]
#[serde(deny_unknown_fields)]
struct TierClaimFile {
    /// The objective.
    tier: TierFile,
    /// The assignment's value, times in seconds.
    value: i64,
    /// Nothing is better than this.
    bound: i64,
    /// A partition of the objective.
    parts: Vec<PartFile>,
}

/// A share of an objective.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Part"))]
#[serde(deny_unknown_fields)]
struct PartFile {
    /// Options that count here, ascending.
    options: Vec<u32>,
    /// Gates whose cost counts here, ascending.
    gates: Vec<u32>,
    /// No assignment's share is better.
    bound: i64,
    /// The proof.
    search: SearchFile,
}

/// A refutation: branches in the order of a walk, each leaf a contradiction.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Search"))]
#[serde(deny_unknown_fields)]
struct SearchFile {
    /// Further rows, each derived from the problem's and those before it.
    cuts: Vec<CutFile>,
    /// Price lists, which several leaves may use.
    prices: Vec<Vec<Priced>>,
    /// The tree: a branch, then all of its side *at most*, then all of its side *more*.
    nodes: Vec<NodeFile>,
}

/// A row derived from others by rounding.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Cut"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum CutFile {
    /// So many groups for so many youths.
    Hall {
        /// The options.
        options: Vec<u32>,
        /// At least 1.
        divisor: u32,
    },
    /// Mixed-integer rounding of priced rows.
    Rounded {
        /// The rows.
        prices: Vec<Priced>,
        /// Variables replaced by their complement, ascending.
        complemented: Vec<Named>,
        /// At least 1.
        divisor: i64,
    },
}

/// A step of the walk through a tree.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Node"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum NodeFile {
    /// Two sides: the sum is at most `at`, or more.
    Branch {
        /// The variables.
        sum: Vec<Named>,
        /// The side walked first is `sum <= at`.
        at: u32,
    },
    /// A leaf refuted by a price list, by its position.
    Priced(u32),
    /// A leaf where too few can come to these options.
    TooFew(Vec<u32>),
    /// A leaf where these options hold too few.
    TooFull(Vec<u32>),
}

/// `[row, price]`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
struct Priced(
    #[serde(with = "RowFile")]
    #[cfg_attr(feature = "schemas", schemars(with = "RowFile"))]
    Row,
    i64,
);

/// A variable.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
struct Named(
    #[serde(with = "VariableFile")]
    #[cfg_attr(feature = "schemas", schemars(with = "VariableFile"))]
    Variable,
);

/// A variable, by its name and indices.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Variable"))]
#[serde(remote = "Variable", rename_all = "snake_case")]
enum VariableFile {
    Arc(u32, u32),
    Groups(u32),
    Gate(u32),
    Off(u32),
}

/// A row that holds, by its name and indices.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Row"))]
#[serde(remote = "Row", rename_all = "snake_case")]
enum RowFile {
    Better,
    Earlier(u32, u32),
    Programme(u32, u32),
    Clique(u32, u32),
    Capacity(u32),
    GatedCapacity(u32, u32),
    Posts(u32),
    GateLimit(u32),
    GateBudget,
    Host(u32),
    OptionGate(u32, u32),
    ArcGate(u32, u32),
    GateCapacity(u32),
    LoweredMin(u32),
    MixLeast(u32, u32),
    MixMost(u32, u32),
    PinOpen(u32),
    PinIn(u32),
    PinApart(u32, u32),
    Branch(u32),
    Cut(u32),
    SizeLeast(u32),
    SizeMost(u32),
    Link(u32, u32),
    Most(
        #[serde(with = "VariableFile")]
        #[cfg_attr(feature = "schemas", schemars(with = "VariableFile"))]
        Variable,
    ),
    Least(
        #[serde(with = "VariableFile")]
        #[cfg_attr(feature = "schemas", schemars(with = "VariableFile"))]
        Variable,
    ),
}

impl From<&TierClaim> for TierClaimFile {
    fn from(claim: &TierClaim) -> Self {
        let part = |part: &Part| PartFile {
            options: part.options.clone(),
            gates: part.gates.clone(),
            bound: part.bound,
            search: (&part.search).into(),
        };
        Self {
            tier: claim.tier.into(),
            value: claim.value,
            bound: claim.bound,
            parts: claim.parts.iter().map(part).collect(),
        }
    }
}

impl From<TierClaimFile> for TierClaim {
    fn from(file: TierClaimFile) -> Self {
        let part = |part: PartFile| Part {
            options: part.options,
            gates: part.gates,
            bound: part.bound,
            search: part.search.into(),
        };
        Self {
            tier: file.tier.into(),
            value: file.value,
            bound: file.bound,
            parts: file.parts.into_iter().map(part).collect(),
        }
    }
}

impl From<&Search> for SearchFile {
    fn from(search: &Search) -> Self {
        let prices = |prices: &Prices| prices.iter().map(|&(row, price)| Priced(row, price)).collect();
        let named = |names: &[Variable]| names.iter().map(|&v| Named(v)).collect();
        let cut = |cut: &Cut| match cut {
            Cut::Hall { options, divisor } => CutFile::Hall { options: options.clone(), divisor: *divisor },
            Cut::Rounded { prices: rows, complemented, divisor } => CutFile::Rounded {
                prices: prices(rows),
                complemented: named(complemented),
                divisor: *divisor,
            },
        };
        let node = |node: &Node| match node {
            Node::Branch { sum, at } => NodeFile::Branch { sum: named(sum), at: *at },
            Node::Priced(list) => NodeFile::Priced(*list),
            Node::TooFew(options) => NodeFile::TooFew(options.clone()),
            Node::TooFull(options) => NodeFile::TooFull(options.clone()),
        };
        Self {
            cuts: search.cuts.iter().map(cut).collect(),
            prices: search.prices.iter().map(prices).collect(),
            nodes: search.nodes.iter().map(node).collect(),
        }
    }
}

impl From<SearchFile> for Search {
    fn from(file: SearchFile) -> Self {
        let prices = |prices: Vec<Priced>| prices.into_iter().map(|p| (p.0, p.1)).collect::<Prices>();
        let named = |names: Vec<Named>| names.into_iter().map(|n| n.0).collect();
        let cut = |cut: CutFile| match cut {
            CutFile::Hall { options, divisor } => Cut::Hall { options, divisor },
            CutFile::Rounded { prices: rows, complemented, divisor } => {
                Cut::Rounded { prices: prices(rows), complemented: named(complemented), divisor }
            }
        };
        let node = |node: NodeFile| match node {
            NodeFile::Branch { sum, at } => Node::Branch { sum: named(sum), at },
            NodeFile::Priced(list) => Node::Priced(list),
            NodeFile::TooFew(options) => Node::TooFew(options),
            NodeFile::TooFull(options) => Node::TooFull(options),
        };
        Self {
            cuts: file.cuts.into_iter().map(cut).collect(),
            prices: file.prices.into_iter().map(prices).collect(),
            nodes: file.nodes.into_iter().map(node).collect(),
        }
    }
}
