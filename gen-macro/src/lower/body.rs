//! A body as a whole: how it is polled, and what it keeps at hand.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::Stmt;

use super::{Code, End, Lower, awaits::first_slot, tail};
use crate::{
    arguments::Capture,
    check::{Answer, Flavour},
    emit::{Captured, FirstSlot, Macros},
    in_sight::{self, Doing},
    names::Names,
    written,
};

/// The lowered code of one async block.
pub(crate) struct Lowered {
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) end: End,
    pub(crate) macros: Macros,
    /// Whether there was a yield in plain sight.
    pub(crate) has_yield: bool,
    /// How it gets its first slot.
    pub(crate) first: FirstSlot,
    pub(crate) polled: Polled,
    /// The variables that it captures for one loop or delegation, which takes from them where they are.
    pub(crate) captured: Vec<Captured>,
}

/// How a body is polled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polled {
    Plainly,
    /// It is seen to that no macro in it awaits.
    Watched,
    /// With the consumer's own context.
    Directly,
}

/// Lowers the statements of a body, of whose surroundings nothing is known but what it `captures`.
pub(crate) fn body(
    mut stmts: Vec<Stmt>,
    captures: &dyn Fn(&Ident) -> Option<Capture>,
    flavour: Flavour,
    names: &Names,
) -> Lowered {
    let end = tail::settle(&mut stmts, flavour.exit, names);
    let mut sight = in_sight::sight(&mut stmts);
    let mut code = Code::Plain;
    if sight.has_others && written::as_calls(&mut stmts) {
        code = Code::WithCalls;
        sight = in_sight::sight(&mut stmts);
    }
    let direct = is_direct(sight.doing, flavour);
    let first = if direct { FirstSlot::Never } else { first_slot(&sight, sight.flat, &stmts) };
    let polled = if direct {
        Polled::Directly
    } else if sight.others.is_some() && first != FirstSlot::Never {
        Polled::Watched
    } else {
        Polled::Plainly
    };
    let mut lower = Lower::new(Flavour { direct, ..flavour }, names.clone());
    lower.first = first;
    lower.code = code;
    let sole = in_sight::sole_source(&mut stmts);
    // Whatever else it may be meant by, moves it or looks at it.
    let once = |name: &Ident| {
        let tokens = stmts.iter().map(ToTokens::to_token_stream).collect();
        in_sight::mentions(tokens, name) == 1
    };
    let stays = |name: Ident| {
        let capture = captures(&name).filter(|_| once(&name))?;
        let alone = capture == Capture::First && sole.as_ref() == Some(&name);
        Some(Captured { name, alone })
    };
    lower.captured = sight.sources.iter().cloned().filter_map(stays).collect();
    let stmts = lower.stmts(stmts);
    Lowered {
        stmts,
        end,
        macros: lower.macros(lower.has_opaque),
        has_yield: lower.has_yield,
        first,
        polled,
        captured: lower.captured,
    }
}

/// Whether code that does this is polled with the consumer's own context: what its macros await would not work with one of
/// ours otherwise, or be slow.
pub(super) fn is_direct(doing: Doing, flavour: Flavour) -> bool {
    doing == Doing::AwaitsByMacros && flavour.answer == Answer::Unit
}
