//! The macros of `gen-runtime`, which re-exports them: depend on that crate instead.

mod args;
mod arguments;
mod body;
mod breaks;
mod check;
mod comprehension;
mod constructs;
mod declared;
mod emit;
mod ends;
mod errors;
mod expand;
#[cfg(test)]
mod expansion;
mod forgotten;
mod gaps;
mod harmless;
mod hidden;
mod in_sight;
mod keywords;
mod lower;
mod moves;
mod names;
mod opaque;
mod parse;
mod question;
#[cfg(test)]
mod robustness;
mod scope;
mod standalone;
mod syntax;
mod unfinished;
mod visitor;
mod written;

use proc_macro::TokenStream;

/// Makes an `async fn` that yields a generator.
#[proc_macro_attribute]
pub fn async_generator(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::async_generator(args.into(), &item.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __stream(input: TokenStream) -> TokenStream {
    expand::stream(input.into(), false).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __try_stream(input: TokenStream) -> TokenStream {
    expand::stream(input.into(), true).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __stream_of(input: TokenStream) -> TokenStream {
    expand::stream_of(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __for_await(input: TokenStream) -> TokenStream {
    expand::for_await(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __generator_syntax(input: TokenStream) -> TokenStream {
    expand::generator_syntax(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __refuse(input: TokenStream) -> TokenStream {
    expand::refuse(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __awaited(input: TokenStream) -> TokenStream {
    expand::awaited(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn __lower(input: TokenStream) -> TokenStream {
    expand::construct(input.into()).into()
}
