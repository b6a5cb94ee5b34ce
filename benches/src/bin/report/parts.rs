//! What parts of a generator cost: each the difference of two workloads.

use crate::gather::Figures;

pub(crate) struct Part {
    pub(crate) what: &'static str,
    /// The workload with more of the part, the one with less, and how many lie between them.
    workloads: (&'static str, &'static str, f64),
    mode: &'static str,
}

/// A part of a stream behind a box.
const fn part(what: &'static str, more: &'static str, less: &'static str, count: f64) -> Part {
    Part { what, workloads: (more, less, count), mode: "boxed" }
}

/// A part of a stream that is part of the loop that takes its items.
const fn inlined(what: &'static str, more: &'static str, less: &'static str, count: f64) -> Part {
    Part { what, workloads: (more, less, count), mode: "inlined" }
}

pub(crate) const INLINED_STAGE: Part = inlined("a stage, inlined", "pipe_8", "pipe_4", 4.0);
pub(crate) const STAGE: Part = part("a stage", "pipe_8", "pipe_4", 4.0);
pub(crate) const BOXED_STAGE: Part = part("a boxed stage", "chain_64", "chain_16", 48.0);
pub(crate) const FIRST_STAGES: Part = part("one of the first stages", "chain_16", "chain_1", 15.0);
pub(crate) const INLINED_LEVEL: Part =
    inlined("a level of `yield_from!`, inlined", "from_8", "from_4", 4.0);
pub(crate) const LEVEL: Part = part("a level of `yield_from!`", "from_8", "from_4", 4.0);
pub(crate) const BOXED_LEVEL: Part =
    part("a boxed level of `yield_from!`", "delegate_64", "delegate_16", 48.0);
pub(crate) const REGION_AROUND: Part =
    part("a `defer!` around the loop", "defer_around", "tidy_around", 1.0);
pub(crate) const REGION_EACH: Part = part("a `defer!` in the loop", "defer_each", "tidy_each", 1.0);

/// Those that the report lists.
pub(crate) const PARTS: [Part; 8] = [
    INLINED_STAGE,
    STAGE,
    BOXED_STAGE,
    INLINED_LEVEL,
    LEVEL,
    BOXED_LEVEL,
    REGION_AROUND,
    REGION_EACH,
];

impl Part {
    /// Its instructions per item.
    pub(crate) fn cost(&self, figures: &Figures, contender: &str) -> Option<f64> {
        let (more, less, count) = self.workloads;
        let instructions = |workload| figures.instructions(contender, workload, self.mode);
        Some((instructions(more)? - instructions(less)?) / count)
    }
}
