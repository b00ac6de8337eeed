//! Decisions already made. No reason is stored.

use super::refs::{Ids, Refs};
use jiff::civil::Date;

/// A decision that a plan must respect.
///
/// ```
/// use maillage::territory::{Edit, Names, Pin};
/// use maillage::units::Key;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let key = |text| Key::new(text).expect("an identifier");
/// let pin = Pin::<Names>::Apart { a: key("y01"), b: key("y02") };
/// let (pinned, changes) = study.territory().edit(&[Edit::SetPins(vec![pin])])?;
/// assert!(changes.pins && pinned.pins().len() == 1);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pin<R: Refs = Ids> {
    /// This group stays: at least one is opened there and then. Alternating groups can't be pinned.
    Group {
        /// The programme.
        programme: R::Programme,
        /// The site.
        site: R::Site,
        /// Its half-days.
        slots: Vec<R::Slot>,
        /// Its first possible day; none is the earliest of the programme.
        start: Option<Date>,
    },
    /// This youth is in.
    In {
        /// The youth.
        youth: R::Youth,
        /// The programme.
        programme: R::Programme,
    },
    /// This youth is out.
    Out {
        /// The youth.
        youth: R::Youth,
        /// The programme; `None` is all of them.
        programme: Option<R::Programme>,
    },
    /// These two are never in one group.
    Apart {
        /// One.
        a: R::Youth,
        /// The other.
        b: R::Youth,
    },
}
