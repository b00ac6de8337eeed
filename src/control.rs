//! Progress and cancellation: one callback, called on the caller's threads; and tasks on all cores.

use crate::error::Error;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};

/// What long work is doing.
///
/// ```
/// use maillage::{Control, Stage, read};
/// use std::ops::ControlFlow;
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// let seen = AtomicU32::new(0);
/// let watch = |progress: maillage::Progress| {
///     seen.fetch_add(u32::from(progress.stage == Stage::Reading), Ordering::Relaxed);
///     ControlFlow::Continue(())
/// };
/// read::territory("data/valley".as_ref(), &Control::new(&watch))?;
/// assert!(seen.into_inner() > 0);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading files.
    Reading,
    /// Computing travel times; counted in columns.
    Travel,
    /// Deciding who can attend what; counted in youths.
    Reach,
    /// Forming groups; counted in tiers.
    Groups,
    /// Answering a question on top of that; counted in what is tried.
    Questions,
    /// Writing files; counted in documents.
    Writing,
    /// Planning one territory after another; counted in territories.
    Territories,
}

/// How far a stage is.
///
/// ```
/// use maillage::{Progress, Stage};
///
/// let halfway = Progress { stage: Stage::Travel, done: 30, total: 60 };
/// assert_eq!(2 * halfway.done, halfway.total);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The stage.
    pub stage: Stage,
    /// Units of work done.
    pub done: u64,
    /// Units of work in all.
    pub total: u64,
}

/// Hands progress to the caller and stops when the caller says so.
///
/// ```
/// use maillage::{Control, Error, Stage};
/// use std::ops::ControlFlow;
///
/// assert!(Control::none().step(Stage::Groups, 0, 4).is_ok());
/// let stop = |_| ControlFlow::Break(());
/// assert!(matches!(Control::new(&stop).step(Stage::Groups, 0, 4), Err(Error::Cancelled)));
/// ```
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    callback: Option<&'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)>,
}

impl<'a> Control<'a> {
    /// Nobody watches, nobody cancels.
    pub const fn none() -> Self {
        Self { callback: None }
    }

    /// Calls `callback` now and then; work stops soon after it answers `Break`.
    pub fn new(callback: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Self {
        Self { callback: Some(callback) }
    }

    /// Says that `done` of `total` units of `stage` are done.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the caller wants to stop.
    pub fn step(&self, stage: Stage, done: u64, total: u64) -> Result<(), Error> {
        match self.callback.map(|call| call(Progress { stage, done, total })) {
            Some(ControlFlow::Break(())) => Err(Error::Cancelled),
            _ => Ok(()),
        }
    }

    /// As [`each`], `size` tasks at a time, told before each batch.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the caller wants to stop.
    pub(crate) fn each<T: Sync, R: Send, S>(
        &self,
        stage: Stage,
        size: usize,
        tasks: &[T],
        room: impl Fn() -> S + Send + Sync,
        answer: impl Fn(&mut S, &T) -> R + Send + Sync,
    ) -> Result<Vec<R>, Error> {
        let mut answers = Vec::with_capacity(tasks.len());
        for batch in tasks.chunks(size) {
            self.step(stage, answers.len() as u64, tasks.len() as u64)?;
            answers.extend(each(batch, &room, &answer));
        }
        Ok(answers)
    }
}

/// What ends work on many tasks, and how far it is.
#[derive(Default)]
struct Ending {
    stop: AtomicBool,
    done: AtomicU64,
}

impl Control<'_> {
    /// Answers each task, on all cores, each by one thread alone, and hands `done` every answer with its task's place as
    /// soon as it is there: in whatever order. Progress is counted in tasks, whatever a task says of its own.
    ///
    /// # Errors
    /// The first that `answer` or `done` gives; [`Error::Cancelled`] when the caller wants to stop.
    pub(crate) fn as_they_come<T: Sync, R: Send>(
        &self,
        stage: Stage,
        tasks: &[T],
        answer: impl Fn(&T, &Control<'_>) -> Result<R, Error> + Sync,
        mut done: impl FnMut(usize, R) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (next, ending, total) = (AtomicUsize::new(0), Ending::default(), tasks.len() as u64);
        let step = || self.step(stage, ending.done.load(Ordering::Relaxed), total);
        let heard = |_| match ending.stop.load(Ordering::Relaxed) || step().is_err() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        let work = |answered: Sender<(usize, Result<R, Error>)>| {
            while !ending.stop.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(task) = tasks.get(at) else { break };
                if answered.send((at, answer(task, &Control::new(&heard)))).is_err() {
                    break;
                }
            }
        };
        std::thread::scope(|scope| {
            let (send, answers) = channel();
            for _ in 0..threads().min(tasks.len()) {
                let (send, work) = (send.clone(), &work);
                scope.spawn(move || alone(|| work(send)));
            }
            drop(send);
            let mut ended = step();
            for (at, answer) in answers {
                // Once something ended it, the others are only waited for.
                if ended.is_ok() {
                    ended = answer.and_then(|answer| {
                        ending.done.fetch_add(1, Ordering::Relaxed);
                        done(at, answer)?;
                        step()
                    });
                }
                ending.stop.fetch_or(ended.is_err(), Ordering::Relaxed);
            }
            ended
        })
    }
}

/// How many threads there are to work on tasks.
#[cfg(feature = "parallel")]
fn threads() -> usize {
    rayon::current_num_threads()
}

#[cfg(not(feature = "parallel"))]
fn threads() -> usize {
    1
}

/// Work whose own tasks stay on one thread: others have the other cores.
#[cfg(feature = "parallel")]
fn alone(work: impl FnOnce() + Send) {
    /// As a process's first thread has.
    const STACK: usize = 8 * 1024 * 1024;
    match rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() {
        Ok(pool) => pool.install(work),
        // Its tasks are then everybody's.
        Err(_) => work(),
    }
}

#[cfg(not(feature = "parallel"))]
fn alone(work: impl FnOnce()) {
    work();
}

/// One answer for each task, in their order, on all cores, with one room a thread.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Sync, R: Send, S>(
    tasks: &[T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &T) -> R + Send + Sync,
) -> Vec<R> {
    use rayon::prelude::*;
    tasks.par_iter().map_init(room, answer).collect()
}

/// One answer for each task, in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T: Sync, R: Send, S>(
    tasks: &[T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &T) -> R + Send + Sync,
) -> Vec<R> {
    let mut room = room();
    tasks.iter().map(|task| answer(&mut room, task)).collect()
}

/// As [`each`], of tasks that are changed where they are.
#[cfg(all(feature = "parallel", feature = "roads"))]
pub(crate) fn each_mut<T: Send, R: Send, S>(
    tasks: &mut [T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &mut T) -> R + Send + Sync,
) -> Vec<R> {
    use rayon::prelude::*;
    tasks.par_iter_mut().map_init(room, answer).collect()
}

/// As [`each`], of tasks that are changed where they are.
#[cfg(all(not(feature = "parallel"), feature = "roads"))]
pub(crate) fn each_mut<T: Send, R: Send, S>(
    tasks: &mut [T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &mut T) -> R + Send + Sync,
) -> Vec<R> {
    let mut room = room();
    tasks.iter_mut().map(|task| answer(&mut room, task)).collect()
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("watched", &self.callback.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_once_each_with_their_place() {
        let tasks: Vec<u64> = (0..200).collect();
        let mut squares = vec![None; tasks.len()];
        let keep = |at: usize, square| {
            assert_eq!(squares[at].replace(square), None, "once");
            Ok(())
        };
        let square = |n: &u64, _: &Control<'_>| Ok(n * n);
        Control::none().as_they_come(Stage::Territories, &tasks, square, keep).unwrap();
        assert!(tasks.iter().all(|&n| squares[n as usize] == Some(n * n)));
        Control::none().as_they_come(Stage::Territories, &[], square, |_, _| Ok(())).unwrap();
    }

    #[test]
    fn what_ends_one_ends_all_and_a_task_hears_whoever_stops() {
        let tasks: Vec<u32> = (0..1_000).collect();
        let stop = |progress: Progress| match progress.done {
            0..3 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        let asked = AtomicU64::new(0);
        let count = |_: &u32, control: &Control<'_>| {
            // A task's own progress is nobody's. From the tenth on they go on until they hear.
            let at = asked.fetch_add(1, Ordering::Relaxed);
            while at >= 10 && control.step(Stage::Groups, 9, 9).is_ok() {
                std::thread::yield_now();
            }
            control.step(Stage::Groups, 9, 9)
        };
        let control = Control::new(&stop);
        let ended = control.as_they_come(Stage::Territories, &tasks, count, |_, ()| Ok(()));
        assert!(matches!(ended, Err(Error::Cancelled)));
        let refuse = |at: usize, ()| if at == 5 { Err(Error::Cancelled) } else { Ok(()) };
        let fast = |_: &u32, _: &Control<'_>| Ok(());
        assert!(Control::none().as_they_come(Stage::Territories, &tasks, fast, refuse).is_err());
        assert!(asked.into_inner() < 1_000);
    }
}
