//! One operation on a generator, and its outcome beside the one that Python recorded.

use futures::StreamExt as _;
use gen_runtime::{AsyncGenerator as _, GeneratorState, SendError, ThrowError};

use crate::{
    data::{Operation, Out},
    programs::Boxed,
    value::{Error, Kind, Value},
};

/// What an operation gave here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The item `Ok(value)`.
    Item(Value),
    /// The item `Err(error)`, or the error that could not be thrown because the body was not entered.
    Raised(Error),
    /// No item.
    End,
    /// What was sent comes back: the body is not entered.
    NotStarted,
    /// What was sent or thrown comes back: the body stands at an await.
    Awaiting,
    /// What was sent or thrown comes back: the generator is closed.
    Undelivered,
    Closed,
    Dropped,
    Pending,
}

impl Outcome {
    fn of_item(item: Option<Result<Value, Error>>) -> Self {
        match item {
            Some(Ok(value)) => Self::Item(value),
            Some(Err(error)) => Self::Raised(error),
            None => Self::End,
        }
    }

    /// Says whether this is what `out` is in Rust.
    pub(crate) fn is(&self, out: &Out) -> bool {
        match (self, out) {
            (Self::Item(value), Out::Yield { value: expected }) => value == expected,
            (Self::End | Self::Undelivered, Out::Stop)
            // Python drops what is thrown into a finished generator; here it comes back.
            | (Self::Undelivered, Out::Nothing)
            | (Self::Closed, Out::Closed)
            | (Self::Dropped, Out::Dropped)
            | (Self::Pending, Out::Pending) => true,
            (Self::NotStarted, Out::Error { error, .. }) => error == "TypeError",
            (Self::Raised(raised), Out::Error { error, message, cause }) => {
                raised.kind.name() == error
                    && raised.message == *message
                    && raised.cause.as_ref().map(ToString::to_string) == *cause
            }
            _ => false,
        }
    }

    /// Where the generator stands after an operation with this outcome, unless that is not known.
    pub(crate) fn state(&self) -> Option<GeneratorState> {
        match self {
            Self::Item(_) => Some(GeneratorState::Suspended),
            Self::Raised(_) | Self::End | Self::Undelivered | Self::Closed => {
                Some(GeneratorState::Closed)
            }
            Self::NotStarted => Some(GeneratorState::Created),
            Self::Awaiting | Self::Pending => Some(GeneratorState::Awaiting),
            Self::Dropped => None,
        }
    }
}

/// Does what `operation` says. It is one of `next`, `send`, `throw` and `close`, and what it throws is
/// an error that can be thrown.
pub(crate) async fn perform(generator: &mut Boxed, operation: &Operation) -> Outcome {
    match operation {
        // Python's `asend(None)` is its `anext()`, which enters a body that was not started.
        Operation::Send { value: Value::Null } if generator.state() == GeneratorState::Created => {
            Outcome::of_item(generator.next().await)
        }
        Operation::Next => Outcome::of_item(generator.next().await),
        Operation::Send { value } => send(generator, value).await,
        Operation::Throw { error, message } => {
            let kind = Kind::named(error).expect("what cannot be thrown was left out");
            throw(generator, Error::new(kind, message)).await
        }
        Operation::Close => {
            generator.close().await;
            Outcome::Closed
        }
        Operation::Drop | Operation::Begin { .. } | Operation::Finish | Operation::Cancel => {
            panic!("{operation:?} is not done to a generator by a future")
        }
    }
}

async fn send(generator: &mut Boxed, value: &Value) -> Outcome {
    let (outcome, back) = match generator.send(value.clone()).await {
        Ok(item) => return Outcome::of_item(item),
        Err(SendError::NotStarted(back)) => (Outcome::NotStarted, back),
        Err(SendError::Awaiting(back)) => (Outcome::Awaiting, back),
        Err(SendError::Closed(back)) => (Outcome::Undelivered, back),
    };
    assert_eq!(back, *value, "another value came back than was sent");
    outcome
}

async fn throw(generator: &mut Boxed, error: Error) -> Outcome {
    let (outcome, back) = match generator.throw(error.clone()).await {
        Ok(item) => return Outcome::of_item(item),
        Err(ThrowError::NotStarted(back)) => (Outcome::Raised(back.clone()), back),
        Err(ThrowError::Awaiting(back)) => (Outcome::Awaiting, back),
        Err(ThrowError::Closed(back)) => (Outcome::Undelivered, back),
    };
    assert_eq!(back, error, "another error came back than was thrown");
    outcome
}
