//! The choice, by the type of a source, of the way it is taken from.

use core::marker::PhantomData;

use futures_core::Stream;

use super::{GeneratorSource, StreamSource};
use crate::protocol::AsyncGenerator;

/// Something to be taken from, by value: a reference to it would keep its storage beside the one it is
/// moved to.
#[derive(Debug)]
pub struct Probe<S>(pub S);

/// What is known of the type of a source.
#[derive(Debug)]
pub struct Known<S, Kind> {
    source: S,
    kind: PhantomData<Kind>,
}

impl<S, Kind> Known<S, Kind> {
    #[inline]
    fn new(source: S) -> Self {
        Self { source, kind: PhantomData }
    }
}

/// The way a generator is taken from.
#[derive(Debug)]
pub struct AsGenerator;

/// The way a stream is taken from.
#[derive(Debug)]
pub struct AsStream;

/// Nothing to take from.
#[derive(Debug)]
pub struct Neither;

// The choice by method lookup: a generator if it is known to be one, by the inherent method; else a
// stream, by the trait; else neither, as that one borrows and is found last. The name is one that no
// trait of a user has.
impl<G: AsyncGenerator> Probe<G> {
    /// It is a generator.
    #[inline]
    #[must_use]
    pub fn known_to_gen_runtime(self) -> Known<G, AsGenerator> {
        Known::new(self.0)
    }
}

/// The choice for what is not known to be a generator.
pub trait AnyStream {
    /// What is known of it.
    type Known;

    /// Says it.
    fn known_to_gen_runtime(self) -> Self::Known;
}

impl<S: Stream> AnyStream for Probe<S> {
    type Known = Known<S, AsStream>;

    #[inline]
    fn known_to_gen_runtime(self) -> Known<S, AsStream> {
        Known::new(self.0)
    }
}

impl<S> AnyStream for &Probe<S> {
    type Known = Known<S, Neither>;

    fn known_to_gen_runtime(self) -> Known<S, Neither> {
        unreachable!("the expansion does not compile")
    }
}

/// What can be taken from, and how. It is not implemented for `Neither`, so that there is one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a generator nor a stream",
    label = "neither a generator nor a stream",
    note = "a future is awaited first; an iterator is for a plain `for`, or for `futures::stream::iter(..)`; a generator \
            to be borrowed is pinned first: `let mut g = pin!(g);`"
)]
pub trait GeneratorOrStream<Kind>: Sized {
    /// The source.
    type Source;

    /// Takes it.
    fn into_source(known: Known<Self, Kind>) -> Self::Source;
}

impl<G: AsyncGenerator> GeneratorOrStream<AsGenerator> for G {
    type Source = GeneratorSource<G>;

    #[inline]
    fn into_source(known: Known<G, AsGenerator>) -> GeneratorSource<G> {
        GeneratorSource(known.source)
    }
}

impl<S: Stream> GeneratorOrStream<AsStream> for S {
    type Source = StreamSource<S>;

    #[inline]
    fn into_source(known: Known<S, AsStream>) -> StreamSource<S> {
        StreamSource(known.source)
    }
}
