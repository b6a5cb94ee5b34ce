//! What was broken once.

mod ends;
mod nested_jumps;
mod opaque_jumps;
mod opaque_return;
mod written_otherwise;
