//! What was broken once.

mod block_values;
mod captured_sources;
mod contexts;
mod ends;
mod guards;
mod hidden_await;
mod inner_attributes;
mod items_that_are_streams;
mod left_loop;
mod left_out;
mod loop_in_awaited_block;
mod loops_anywhere;
mod moved_and_put_back;
mod moved_behind_a_defer;
mod moved_on_the_way_out;
mod names_of_ours;
mod nested_jumps;
mod opaque_jumps;
mod opaque_return;
mod places;
mod question_in_stream;
mod several_cases;
mod standard_names;
mod statements_for_items;
mod temporaries;
mod written_otherwise;
