//! A world that knows what is alive: locals and open cleanups, on one stack.

use std::cell::RefCell;

use crate::stepping::tick;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alive {
    Local(u32),
    Cleanup(u32),
    /// A cleanup that has started.
    Running(u32),
}

#[derive(Debug, Default)]
struct State {
    made: u32,
    stack: Vec<Alive>,
    /// From now on only cleanups may run.
    closing: bool,
    /// From now on nothing may run.
    dropped: bool,
    cleaned: usize,
    /// Awaits that were pending.
    waits: usize,
    wrong: Vec<String>,
}

impl State {
    fn check(&mut self, right: bool, what: &str) {
        if !right {
            self.wrong.push(format!("{what}: {:?}", self.stack));
        }
    }

    fn in_cleanup(&self) -> bool {
        self.stack.iter().any(|alive| matches!(alive, Alive::Running(_)))
    }
}

/// Checks that what comes last goes first.
#[derive(Debug, Default)]
pub(crate) struct World(RefCell<State>);

impl World {
    /// Code of the body that is about to run.
    pub(crate) fn body(&self) {
        let mut state = self.0.borrow_mut();
        let allowed = !state.dropped && (!state.closing || state.in_cleanup());
        state.check(allowed, "code of the body ran");
    }

    pub(crate) fn local(&self) -> Local<'_> {
        self.body();
        let mut state = self.0.borrow_mut();
        state.made += 1;
        let made = state.made;
        state.stack.push(Alive::Local(made));
        Local { world: self, number: made, on_the_heap: Box::new(made) }
    }

    /// Says that a cleanup will be open by the next suspension.
    pub(crate) fn open(&self) -> u32 {
        self.body();
        let mut state = self.0.borrow_mut();
        state.made += 1;
        let made = state.made;
        state.stack.push(Alive::Cleanup(made));
        made
    }

    /// A cleanup starts.
    pub(crate) fn start(&self, number: u32) {
        let mut state = self.0.borrow_mut();
        let allowed = !state.dropped;
        state.check(allowed, "a cleanup started after the drop");
        let top = state.stack.pop() == Some(Alive::Cleanup(number));
        state.check(top, "a cleanup started out of order");
        state.stack.push(Alive::Running(number));
    }

    /// A cleanup ends.
    pub(crate) fn end(&self, number: u32) {
        let mut state = self.0.borrow_mut();
        let top = state.stack.pop() == Some(Alive::Running(number));
        state.check(top, "a cleanup ended out of order");
        state.cleaned += 1;
    }

    /// A whole cleanup.
    pub(crate) async fn clean(&self, number: u32, ticks: usize) {
        self.start(number);
        {
            let _local = self.local();
            for _ in 0..ticks {
                self.tick().await;
            }
        }
        self.end(number);
    }

    pub(crate) fn closes(&self) {
        self.0.borrow_mut().closing = true;
    }

    pub(crate) fn drops(&self) {
        self.0.borrow_mut().dropped = true;
    }

    /// How many cleanups are open or running.
    pub(crate) fn pending(&self) -> usize {
        let state = self.0.borrow();
        state.stack.iter().filter(|alive| !matches!(alive, Alive::Local(_))).count()
    }

    pub(crate) fn cleaned(&self) -> usize {
        self.0.borrow().cleaned
    }

    /// Waits once.
    pub(crate) async fn tick(&self) {
        self.0.borrow_mut().waits += 1;
        tick().await;
    }

    /// How often something waited.
    pub(crate) fn waits(&self) -> usize {
        self.0.borrow().waits
    }

    #[track_caller]
    pub(crate) fn assert_right(&self, at: &str) {
        let state = self.0.borrow();
        assert!(state.wrong.is_empty(), "{at}: {:#?}", state.wrong);
    }

    /// Nothing is alive any more.
    #[track_caller]
    pub(crate) fn assert_empty(&self, at: &str) {
        self.assert_right(at);
        let state = self.0.borrow();
        assert!(state.stack.is_empty(), "{at}: alive: {:?}", state.stack);
    }
}

/// Takes itself off the stack when it is dropped.
#[derive(Debug)]
pub(crate) struct Local<'w> {
    world: &'w World,
    number: u32,
    /// For tools that look for leaks and double frees.
    on_the_heap: Box<u32>,
}

impl Drop for Local<'_> {
    fn drop(&mut self) {
        let mut state = self.world.0.borrow_mut();
        if state.dropped {
            // The cleanups above it were skipped.
            while matches!(state.stack.last(), Some(Alive::Cleanup(_) | Alive::Running(_))) {
                state.stack.pop();
            }
        }
        let same = *self.on_the_heap == self.number;
        let top = state.stack.pop() == Some(Alive::Local(self.number));
        state.check(top && same, "a local was dropped out of order");
    }
}
