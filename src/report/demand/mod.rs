//! How often groups can be formed when who comes is drawn again, for the desk of the structure.

mod json;
mod text;

pub use json::{DEMAND_SCHEMA, DemandReport, demand_json};
pub use text::demand_text;

use crate::questions::Demand;
use crate::territory::Territory;

/// Draws of fewer or more youths, and the territory that they are of.
///
/// ```
/// use maillage::questions::{Draws, demand};
/// use maillage::report::{Drawn, demand_text};
/// # use maillage::{Control, finding::Lang, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let fewer = demand(&study, &Draws { draws: 20, percent: 75, ..Draws::default() }, &Control::none())?;
/// let drawn = Drawn { territory: study.territory(), demands: &[fewer] };
/// assert!(demand_text(&drawn, Lang::En).contains("75% OF TODAY'S YOUTHS"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'a> {
    /// The territory of today, for names.
    pub territory: &'a Territory,
    /// What was found, a number of youths each.
    pub demands: &'a [Demand],
}

/// So many of all draws, in percent, rounded down: never is 0 alone, always is 100 alone.
fn percent(times: u32, draws: u32) -> u32 {
    let percent = u64::from(times) * 100 / u64::from(draws.max(1));
    if times == 0 { 0 } else { (percent as u32).max(1) }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn never_and_always_are_exact() {
        assert_eq!([0, 1, 500, 999, 1000].map(|times| percent(times, 1000)), [0, 1, 50, 99, 100]);
    }
}
