//! Limits and minimum sizes around today's, for the desk of the structure: at which minimum a group is lost tells how many can
//! come, to the person, so that nothing of it is for anybody else.

mod json;
mod text;

pub use json::{SWEEP_SCHEMA, SweepReport, sweep_json};
pub use text::sweep_text;
#[cfg(feature = "folder")]
pub(super) use text::told;

use crate::questions::Sweep;
use crate::territory::Territory;

/// A grid of plans, and the territory that it is of.
///
/// ```
/// use maillage::questions::{Grid, sweep};
/// use maillage::report::{Swept, sweep_text};
/// # use maillage::{Control, finding::Lang, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let sweep = sweep(&study, &Grid::default(), &Limits::default(), &Control::none())?;
/// let swept = Swept { territory: study.territory(), sweep: &sweep, slower: 0 };
/// assert!(sweep_text(&swept, Lang::En).contains("Trips of at most 30 min"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Swept<'a> {
    /// The territory of today, for names.
    pub territory: &'a Territory,
    /// What was found.
    pub sweep: &'a Sweep,
    /// How many percent longer motor vehicles take than today.
    pub slower: u16,
}
