//! What stands in a body, is none of ours, and does nothing to the code around it.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Macro, Path, PathSegment};

use crate::constructs::is_for_await;

/// Macros of the standard library that neither await nor leave the code that they stand in.
const HARMLESS: [&str; 33] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "file",
    "format",
    "format_args",
    "include_bytes",
    "include_str",
    "line",
    "matches",
    "module_path",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// Words in the arguments of a macro that may await, or leave the code around it.
const SUSPECT: [&str; 9] =
    ["await", "yield", "yield_", "yield_from", "for_await", "defer", "return", "break", "continue"];

/// Says whether a macro can do nothing to the control flow around it.
pub(crate) fn is_harmless(mac: &Macro) -> bool {
    is_named_harmless(&mac.path) && are_harmless(&mac.tokens)
}

fn is_named_harmless(path: &Path) -> bool {
    let from_std = path.segments.first().is_some_and(|first| {
        path.segments.len() == 1 || first.ident == "std" || first.ident == "core"
    });
    let named =
        path.segments.last().is_some_and(|last| HARMLESS.iter().any(|name| last.ident == name));
    from_std && named
}

fn are_harmless(tokens: &TokenStream) -> bool {
    let mut before: Option<TokenTree> = None;
    tokens.clone().into_iter().all(|token| {
        let harmless = match &token {
            TokenTree::Group(group) => are_harmless(&group.stream()),
            TokenTree::Ident(name) => SUSPECT.iter().all(|word| name != word),
            TokenTree::Punct(punct) if punct.as_char() == '?' => false,
            // A macro in the arguments: `name!`.
            TokenTree::Punct(punct) if punct.as_char() == '!' => match &before {
                Some(TokenTree::Ident(name)) => HARMLESS.iter().any(|known| name == known),
                _ => true,
            },
            TokenTree::Punct(_) | TokenTree::Literal(_) => true,
        };
        before = Some(token);
        harmless
    })
}

/// Attributes of the language that leave the code under them as it is, or out.
const INERT: [&str; 7] = ["allow", "cfg", "deny", "doc", "expect", "forbid", "warn"];

/// Says whether an attribute does nothing to the code that it stands on. Those with a longer path are of a tool,
/// or macros.
pub(crate) fn is_inert(attr: &Attribute) -> bool {
    let of_tool = |tool: &PathSegment| tool.ident == "clippy" || tool.ident == "rustfmt";
    let path = attr.path();
    INERT.iter().any(|name| path.is_ident(name))
        || is_for_await(attr)
        || (path.segments.len() > 1 && path.segments.first().is_some_and(of_tool))
}
