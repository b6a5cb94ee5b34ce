//! What was broken once.

mod ends;
mod nested_jumps;
mod opaque_jumps;
mod opaque_return;
mod question_in_stream;
mod written_otherwise;
