//! What was broken once.

mod nested_jumps;
mod opaque_return;
