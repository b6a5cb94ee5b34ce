//! What a program does to the world around it: it logs lines and awaits ticks.

use std::{cell::RefCell, fmt, future::poll_fn, mem, rc::Rc, task::Poll};

/// The log of one script; its clones are the same log.
#[derive(Clone, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub(crate) fn line(&self, line: impl fmt::Display) {
        self.0.borrow_mut().push(line.to_string());
    }

    /// The lines since this was asked last.
    pub(crate) fn take(&self) -> Vec<String> {
        mem::take(&mut self.0.borrow_mut())
    }
}

/// Is pending once, having asked to be polled again.
pub(crate) async fn tick() {
    let mut ticked = false;
    poll_fn(|cx| {
        if ticked {
            return Poll::Ready(());
        }
        ticked = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
