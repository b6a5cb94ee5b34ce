//! What needs a nightly compiler. `.ci/run` sets `gen_nightly` where there is one.

#![cfg_attr(gen_nightly, feature(yield_expr))]

// In a file of its own, which stable does not parse: it rejects the keyword in code that is configured
// out, too.
#[cfg(gen_nightly)]
mod keyword;
