//! The vectors as data: programs, scripts and steps, as they were recorded. Fields that the comparison
//! does not use are left out.

use serde::Deserialize;

use crate::value::Value;

/// A file of vectors.
#[derive(Deserialize)]
pub(crate) struct Vectors {
    pub(crate) format: u32,
    pub(crate) reference: String,
    pub(crate) programs: Vec<Program>,
}

/// A generator and what was done with it.
#[derive(Deserialize)]
pub(crate) struct Program {
    pub(crate) id: String,
    pub(crate) scripts: Vec<Script>,
}

/// Operations on one fresh generator.
#[derive(Clone, Deserialize)]
pub(crate) struct Script {
    pub(crate) id: String,
    pub(crate) steps: Vec<Step>,
}

/// One operation and what came of it.
#[derive(Clone, Deserialize)]
pub(crate) struct Step {
    #[serde(flatten)]
    pub(crate) operation: Operation,
    pub(crate) out: Out,
    pub(crate) log: Vec<String>,
    /// Logged after the operation was over, in the background.
    #[serde(default)]
    pub(crate) later: Vec<String>,
    /// A corner of Python's own.
    #[serde(default)]
    pub(crate) quirk: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub(crate) enum Operation {
    Next,
    Send {
        value: Value,
    },
    Throw {
        error: String,
        #[serde(default)]
        message: String,
    },
    Close,
    Drop,
    Begin {
        call: Box<Operation>,
    },
    Finish,
    Cancel,
}

/// What an operation gave in Python.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Out {
    Yield {
        value: Value,
    },
    Stop,
    Error {
        error: String,
        message: String,
        /// What it was raised from, as `NAME: MESSAGE`.
        #[serde(default)]
        cause: Option<String>,
    },
    Closed,
    Nothing,
    Dropped,
    Pending,
}
