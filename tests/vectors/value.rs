//! What the programs yield, are sent and are thrown: Python's values and errors, as far as the
//! vectors use them.

use std::fmt;

use serde::Deserialize;

/// Everything that goes into a generator or comes out of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    /// What a plain `next` sends.
    #[default]
    Null,
    Int(i64),
    Str(String),
}

pub(crate) fn int(value: i64) -> Value {
    Value::Int(value)
}

pub(crate) fn text(value: impl fmt::Display) -> Value {
    Value::Str(value.to_string())
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        matches!(self, Self::Str(value) if value == other)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Int(value) => value.fmt(f),
            Self::Str(value) => value.fmt(f),
        }
    }
}

/// The two unrelated error types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    A,
    B,
}

impl Kind {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "ErrA" => Some(Self::A),
            "ErrB" => Some(Self::B),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::A => "ErrA",
            Self::B => "ErrB",
        }
    }
}

/// An error as it is raised and thrown; displayed as `NAME: MESSAGE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Error {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) cause: Option<Box<Error>>,
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl fmt::Display) -> Self {
        Self { kind, message: message.to_string(), cause: None }
    }

    pub(crate) fn a(message: impl fmt::Display) -> Self {
        Self::new(Kind::A, message)
    }

    pub(crate) fn b(message: impl fmt::Display) -> Self {
        Self::new(Kind::B, message)
    }

    pub(crate) fn caused_by(self, cause: Self) -> Self {
        Self { cause: Some(Box::new(cause)), ..self }
    }

    pub(crate) fn is_a(&self) -> bool {
        self.kind == Kind::A
    }

    pub(crate) fn is_b(&self) -> bool {
        self.kind == Kind::B
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

/// Raises an error, with `?` behind it.
pub(crate) fn raise(error: Error) -> Result<(), Error> {
    Err(error)
}
