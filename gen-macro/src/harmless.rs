//! What stands in a body, is none of ours, and does nothing to the code around it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    Attribute, Item, Macro, Meta, PathSegment, Token, parse::ParseStream, punctuated::Punctuated,
};

use crate::{
    constructs::is_for_await,
    parse::whole,
    syntax::{has_word, is_keyword, mark_for_await},
};

/// How far a macro of somebody else's is trusted, by its name and by what it is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    /// It may await, and leave the code around it.
    Nothing,
    /// It does not leave the code around it.
    Stays,
    /// It does not even await: nobody has another one of that name.
    Computes,
}

/// Macros that only compute: of the standard library, and some that are as well known.
const COMPUTING: [&str; 33] = [
    "addr_of",
    "addr_of_mut",
    "anyhow",
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "file",
    "format",
    "format_args",
    "include_bytes",
    "include_str",
    "json",
    "line",
    "matches",
    "module_path",
    "offset_of",
    "option_env",
    "panic",
    "pin",
    "pin_mut",
    "stringify",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
];

/// Those that write, and what loggers are called without their path. There are others by these names, which may await. An
/// `error!` may even return one.
const WRITING: [&str; 11] = [
    "dbg", "debug", "eprint", "eprintln", "info", "print", "println", "trace", "warn", "write",
    "writeln",
];

/// The crates `log` and `tracing`, and their macros: by the name of the crate, as others have such macros, too.
const LOGGERS: [&str; 2] = ["log", "tracing"];
const LOGGING: [&str; 9] =
    ["debug", "enabled", "error", "event", "info", "log", "log_enabled", "trace", "warn"];

/// Those of the macros that only compute which are called by a path, too.
const BY_PATH: [(&str, &str); 6] = [
    ("anyhow", "anyhow"),
    ("futures", "pin_mut"),
    ("futures_util", "pin_mut"),
    ("pin_utils", "pin_mut"),
    ("serde_json", "json"),
    ("tokio", "pin"),
];

/// Those that are known to await.
const AWAITING: [&str; 4] = ["join", "select", "select_biased", "try_join"];

/// Words in the arguments of a macro that may await, or leave the code around it.
pub(crate) const SUSPECT: [&str; 10] = [
    "await",
    "yield",
    "yield_",
    "yield_from",
    "for_await",
    "for_await_in_body",
    "defer",
    "return",
    "break",
    "continue",
];

/// Says how far a macro is trusted.
pub(crate) fn trust(mac: &Macro) -> Trust {
    let path: Vec<Ident> = mac.path.segments.iter().map(|segment| segment.ident.clone()).collect();
    of_path(&path).min(of_tokens(&mac.tokens))
}

fn of_path(path: &[Ident]) -> Trust {
    match path {
        [name] => of_name(name),
        [krate, .., name] if *krate == "std" || *krate == "core" => of_name(name),
        [krate, name] if is_one_of(krate, &LOGGERS) && is_one_of(name, &LOGGING) => Trust::Computes,
        [krate, name] if BY_PATH.iter().any(|(of, found)| krate == of && name == found) => {
            Trust::Computes
        }
        _ => Trust::Nothing,
    }
}

fn of_name(name: &Ident) -> Trust {
    if is_one_of(name, &COMPUTING) {
        Trust::Computes
    } else if is_one_of(name, &WRITING) {
        Trust::Stays
    } else {
        Trust::Nothing
    }
}

/// Says whether a macro awaits, by its name.
pub(crate) fn awaits(mac: &Macro) -> bool {
    mac.path.segments.last().is_some_and(|last| is_one_of(&last.ident, &AWAITING))
}

/// Says whether a macro is given something that makes a region, or may be.
pub(crate) fn is_given_region(mac: &Macro) -> bool {
    mark_for_await(&mac.tokens).is_some()
        || ["defer", "for_await", "for_await_in_body", "yield_from"]
            .iter()
            .any(|word| has_word(mac.tokens.clone(), word))
}

fn is_one_of(name: &Ident, names: &[&str]) -> bool {
    names.iter().any(|known| name == known)
}

fn of_tokens(tokens: &TokenStream) -> Trust {
    let mut before: Option<TokenTree> = None;
    // The path before what comes next, and that before a `!`.
    let mut path: Vec<Ident> = Vec::new();
    let mut colons = 0;
    let mut called: Option<Vec<Ident>> = None;
    let mut least = Trust::Computes;
    for token in tokens.clone() {
        let calls = called.take();
        let trust = match &token {
            TokenTree::Group(group) => {
                let of_macro = calls.map_or(Trust::Computes, |path| of_path(&path));
                of_macro.min(of_tokens(&group.stream()))
            }
            TokenTree::Ident(name) if is_one_of(name, &SUSPECT) => Trust::Nothing,
            // Behind a comma it is no operator, but has a value logged by its `Debug`.
            TokenTree::Punct(punct) if punct.as_char() == '?' => match &before {
                None => Trust::Computes,
                Some(TokenTree::Punct(before)) if matches!(before.as_char(), ',' | '=') => {
                    Trust::Computes
                }
                Some(_) => Trust::Nothing,
            },
            TokenTree::Punct(punct) if punct.as_char() == '!' => {
                // Not a negation, as in `if !(..)`.
                called = path.last().is_some_and(|name| !is_keyword(name)).then(|| path.clone());
                Trust::Computes
            }
            _ => Trust::Computes,
        };
        least = least.min(trust);
        match &token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    path.clear();
                }
                path.push(name.clone());
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            _ => {
                path.clear();
                colons = 0;
            }
        }
        before = Some(token);
    }
    least
}

/// Attributes of the language, which nobody can have another of. They leave what they stand on as it is, or out.
const INERT: [&str; 26] = [
    "allow",
    "automatically_derived",
    "cfg",
    "cold",
    "coverage",
    "deny",
    "deprecated",
    "doc",
    "expect",
    "export_name",
    "forbid",
    "ignore",
    "inline",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_mangle",
    "non_exhaustive",
    "optimize",
    "path",
    "repr",
    "should_panic",
    "target_feature",
    "track_caller",
    "warn",
];

/// Tools, whose attributes are no macros, unless there is a module by such a name.
const TOOLS: [&str; 5] = ["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// Those that are known by their names only, ours among them, and what derives look for.
const KNOWN_ON_ITEMS: [&str; 6] = ["async_generator", "clap", "derive", "error", "serde", "sqlx"];

/// Says whether an attribute does nothing to the code that it stands on: it is no macro.
pub(crate) fn is_inert(attr: &Attribute) -> bool {
    let is_none = |meta: &Meta| is_of_tool(meta) || of_one(meta).is_none();
    is_for_await(attr) || attributes_in(&attr.meta).is_some_and(|all| all.iter().all(is_none))
}

/// Says how far it can be trusted that an item is one, whatever becomes of it: an attribute may be a macro, which puts
/// statements there. `None` if it has none that may.
pub(crate) fn of_item(item: &Item) -> Option<Trust> {
    let attributes = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<TokenStream>()?;
        Ok(attrs)
    };
    let Ok(attrs) = whole(attributes, item.to_token_stream()) else { return Some(Trust::Nothing) };
    attrs.iter().filter_map(|attr| of_attribute(&attr.meta)).min()
}

fn of_attribute(meta: &Meta) -> Option<Trust> {
    let Some(all) = attributes_in(meta) else { return Some(Trust::Nothing) };
    all.iter().filter_map(of_one).min()
}

/// The attribute, or those behind a condition, if they can be read.
fn attributes_in(meta: &Meta) -> Option<Vec<Meta>> {
    let Meta::List(found) = meta else { return Some(vec![meta.clone()]) };
    if !found.path.is_ident("cfg_attr") {
        return Some(vec![meta.clone()]);
    }
    let metas = Punctuated::<Meta, Token![,]>::parse_terminated;
    let metas = whole(metas, found.tokens.clone()).ok()?;
    let found: Option<Vec<_>> = metas.iter().skip(1).map(attributes_in).collect();
    found.map(|found| found.concat())
}

fn of_one(meta: &Meta) -> Option<Trust> {
    let is_one_of = |names: &[&str]| names.iter().any(|name| meta.path().is_ident(name));
    if is_one_of(&INERT) {
        return None;
    }
    let is_known = is_of_tool(meta) || is_one_of(&KNOWN_ON_ITEMS);
    Some(if is_known { Trust::Computes } else { Trust::Nothing })
}

fn is_of_tool(meta: &Meta) -> bool {
    let of_tool = |tool: &PathSegment| self::is_one_of(&tool.ident, &TOOLS);
    let path = meta.path();
    path.segments.len() > 1 && path.segments.first().is_some_and(of_tool)
}
