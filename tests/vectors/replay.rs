//! Replays a script: does its operations one after the other and compares each outcome, and the lines
//! logged meanwhile, with what Python gave.

use std::{pin::pin, slice::Iter, task::Poll};

use gen_runtime::AsyncGenerator as _;

use crate::{
    data::{Operation, Out, Script, Step},
    outcome::{Outcome, perform},
    programs::{Boxed, Make},
    reason::Reason,
    stepping::Stepper,
    world::Log,
};

/// How the replay of a script went.
#[derive(Debug, Default)]
pub(crate) struct Replay {
    /// The steps whose outcome and lines were compared.
    pub(crate) compared: Vec<usize>,
    /// What was left out, and why. It may be a part of a step that was compared otherwise.
    pub(crate) left_out: Vec<(usize, Reason)>,
    /// Where the two differ. Nothing is compared after that.
    pub(crate) mismatch: Option<String>,
}

/// Why a replay does not go on.
enum Halt {
    LeftOut(Reason),
    Mismatch(String),
}

impl From<String> for Halt {
    fn from(mismatch: String) -> Self {
        Self::Mismatch(mismatch)
    }
}

/// Replays `script` on a fresh generator.
pub(crate) fn replay(script: &Script, make: Make) -> Replay {
    let log = Log::default();
    let mut player = Player {
        steps: script.steps.iter(),
        position: 0,
        stepper: Stepper::new(),
        log: log.clone(),
        replay: Replay::default(),
    };
    match player.play(make(log)) {
        Ok(()) => {}
        Err(Halt::LeftOut(reason)) => player.leave_out(reason),
        Err(Halt::Mismatch(what)) => {
            let position = player.position;
            player.replay.mismatch = Some(format!("{}, step {position}: {what}", script.id));
        }
    }
    player.replay
}

struct Player<'s> {
    steps: Iter<'s, Step>,
    /// The number of the step that is under way, from 1.
    position: usize,
    stepper: Stepper,
    log: Log,
    replay: Replay,
}

impl<'s> Player<'s> {
    fn next_step(&mut self) -> Option<&'s Step> {
        self.position += 1;
        self.steps.next()
    }

    fn leave_out(&mut self, reason: Reason) {
        self.replay.left_out.push((self.position, reason));
    }

    fn play(&mut self, mut generator: Boxed) -> Result<(), Halt> {
        while let Some(step) = self.next_step() {
            match &step.operation {
                Operation::Begin { call } => self.begin(&mut generator, call, step)?,
                Operation::Drop => return self.drop(generator, step),
                Operation::Finish | Operation::Cancel => {
                    return Err(Halt::Mismatch(String::from("no operation was begun")));
                }
                operation => {
                    expressible(operation)?;
                    let outcome = self.stepper.finish(pin!(perform(&mut generator, operation)))?;
                    self.compare(step, &outcome)?;
                    check_state(&generator, &outcome)?;
                }
            }
        }
        Ok(())
    }

    /// Starts `call`, and replays what is done until it is over.
    fn begin(&mut self, generator: &mut Boxed, call: &Operation, step: &Step) -> Result<(), Halt> {
        expressible(call)?;
        let Some(outcome) = self.in_two_halves(generator, call, step)? else {
            return Ok(());
        };
        check_state(generator, &outcome)?;
        if outcome == Outcome::Pending { self.cancelled() } else { Ok(()) }
    }

    /// Polls `call` once for its first half, which is `step`, and to its end when the script says so.
    /// Gives its outcome, `Pending` if it was dropped half-way, or nothing if the script ended there.
    fn in_two_halves(
        &mut self,
        generator: &mut Boxed,
        call: &Operation,
        step: &Step,
    ) -> Result<Option<Outcome>, Halt> {
        let mut operation = pin!(perform(generator, call));
        if let Poll::Ready(outcome) = self.stepper.step(operation.as_mut())? {
            self.compare(step, &outcome)?;
            return Ok(Some(outcome));
        }
        self.compare(step, &Outcome::Pending)?;
        match self.skip_overlapping()? {
            None => Ok(None),
            Some(Step { operation: Operation::Cancel, .. }) => Ok(Some(Outcome::Pending)),
            Some(step) => {
                let outcome = self.stepper.finish(operation)?;
                self.compare(step, &outcome)?;
                Ok(Some(outcome))
            }
        }
    }

    /// Goes on to the step that ends the pending operation. What is tried before has no effect in
    /// Python, and cannot be tried here.
    fn skip_overlapping(&mut self) -> Result<Option<&'s Step>, Halt> {
        while let Some(step) = self.next_step() {
            match step.operation {
                Operation::Finish | Operation::Cancel => return Ok(Some(step)),
                _ if step.reports_running() => self.leave_out(Reason::Overlap),
                _ => return Err(Halt::LeftOut(Reason::Overlap)),
            }
        }
        Ok(None)
    }

    /// Ends the replay: the future of the pending operation was dropped, and the body heard nothing of it.
    fn cancelled(&self) -> Result<(), Halt> {
        let lines = self.log.take();
        if !lines.is_empty() {
            return Err(Halt::Mismatch(format!("dropping an operation logged {lines:?}")));
        }
        Err(Halt::LeftOut(Reason::Cancelled))
    }

    fn drop(&mut self, generator: Boxed, step: &Step) -> Result<(), Halt> {
        let told = generator.has_pending_cleanup();
        drop(generator);
        self.compare(step, &Outcome::Dropped)?;
        // Not the other way round: a cleanup may log nothing.
        if !told && !step.later.is_empty() {
            return Err(Halt::Mismatch(String::from("`has_pending_cleanup()` told of no cleanup")));
        }
        Ok(())
    }

    /// Compares an outcome, and the lines logged since the last one, with those of `step`.
    fn compare(&mut self, step: &Step, outcome: &Outcome) -> Result<(), Halt> {
        let lines = self.log.take();
        if step.reports_ignored_close() {
            return Err(Halt::LeftOut(Reason::CloseIgnored));
        }
        let close_fails = *outcome == Outcome::Closed && matches!(step.out, Out::Error { .. });
        if lines != step.log || !(outcome.is(&step.out) || close_fails) {
            if step.quirk.is_some() {
                return Err(Halt::LeftOut(Reason::Quirk));
            }
            return Err(Halt::Mismatch(format!(
                "{:?} gave {outcome:?} and logged {lines:?}; in Python {:?} and {:?}",
                step.operation, step.out, step.log,
            )));
        }
        self.replay.compared.push(self.position);
        if close_fails {
            self.leave_out(Reason::CloseFails);
        }
        if !step.later.is_empty() {
            self.leave_out(Reason::Background);
        }
        Ok(())
    }
}

fn expressible(operation: &Operation) -> Result<(), Halt> {
    Reason::against(operation).map_or(Ok(()), |reason| Err(Halt::LeftOut(reason)))
}

fn check_state(generator: &Boxed, outcome: &Outcome) -> Result<(), Halt> {
    let state = generator.state();
    if outcome.state().is_some_and(|expected| expected != state) {
        return Err(Halt::Mismatch(format!("{state:?} after {outcome:?}")));
    }
    Ok(())
}
