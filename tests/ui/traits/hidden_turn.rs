//! Nobody hands a shortcut on to another generator than it is for: no other crate can say what is done with one.

use gen_runtime::{GeneratorState, Signal, prelude::*};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

struct Wrapper<G>(G);

impl<G: AsyncGenerator<Sent = (), Thrown = Infallible> + Unpin> AsyncGenerator for Wrapper<G> {
    type Yield = G::Yield;
    type Sent = ();
    type Thrown = Infallible;

    fn poll_resume(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut Option<Signal<(), Infallible>>,
    ) -> Poll<Option<G::Yield>> {
        Poll::Ready(None)
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn state(&self) -> GeneratorState {
        GeneratorState::Created
    }

    fn has_pending_cleanup(&self) -> bool {
        false
    }

    fn poll_advance(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<(), Infallible>>>,
        shortcut: gen_runtime::shortcut::Shortcut<G::Yield, (), Infallible>,
    ) -> Poll<Option<G::Yield>> {
        Pin::new(&mut self.0).poll_advance(cx, signal, shortcut)
    }
}

fn main() {}
