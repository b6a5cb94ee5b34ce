//! Regions: what all of them share.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Lifetime, Stmt, Token, spanned::Spanned as _};

use super::{
    Macros, access,
    access::Access,
    apart::{async_block, finish, last_of, returns},
    end, in_place, labelled, local_macros,
    source::{Held, guards},
};
use crate::{check::Exit, names::Names};

/// How the code of a region is kept apart from its cleanup.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A labelled block: every await in it, and every way out of it, is in plain sight.
    Block,
    /// The same of code that may move something on its way out.
    MovingBlock,
    /// The same of a loop, which lets go of its source itself.
    Loop,
    /// The same of a loop that may move something on its way out.
    MovingLoop,
    /// An async block of its own.
    AsyncBlock,
}

impl Shape {
    pub(crate) fn is_loop(self) -> bool {
        matches!(self, Self::Loop | Self::MovingLoop)
    }

    /// Each way out has code of its own.
    pub(crate) fn moves(self) -> bool {
        matches!(self, Self::MovingBlock | Self::MovingLoop)
    }
}

/// What a cleanup guards.
#[derive(Clone, Copy)]
pub(crate) struct Guards {
    /// The cleanup lets go of a source, which may be nothing to do.
    pub(crate) source: Option<Held>,
    /// The code is a body's, and `close` may cut it short.
    pub(crate) framed: bool,
}

impl Guards {
    /// Whether it guards anything, as an expression.
    pub(super) fn expr(self, names: &Names) -> TokenStream {
        match self.source {
            None => quote_spanned!(names.span()=> true),
            Some(Held::Pinned) => {
                let guards = names.local("guards");
                quote!(#guards)
            }
            Some(held) => guards(&held.name(names), names),
        }
    }
}

/// A way out of a region.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// The depth of the region.
    pub(crate) depth: usize,
    pub(crate) index: usize,
}

impl Way {
    /// What carries the value of a `break` out.
    fn carrier(self, names: &Names) -> Ident {
        names.in_region(&format!("carried_{}", self.index), self.depth)
    }

    /// The label of this way out of a region that may move something on it.
    pub(super) fn label(self, names: &Names) -> Lifetime {
        Lifetime::new(&format!("'way_{}_{}", self.depth, self.index), names.span())
    }

    /// What stands for this way out; 0 is none.
    fn number(self) -> Literal {
        Literal::usize_unsuffixed(self.index + 1)
    }
}

/// A way out of a region, and where it goes.
pub(crate) struct WayOut {
    pub(crate) way: Way,
    /// A value is carried along.
    pub(crate) carries: bool,
    /// It can be said what is wanted of the value: not where it goes on by an await, as it does out of the region around it,
    /// too, which would hold whatever there is.
    pub(crate) is_wanted: bool,
    pub(crate) out: TokenStream,
}

// Output: match left(carried_0_1) { value => value }
pub(crate) fn carried(way: Way, names: &Names) -> TokenStream {
    went(&way.carrier(names), names)
}

// Output: match left(carried_1_0) { value => match value? {} }
pub(crate) fn asked(way: Way, question: Token![?], names: &Names) -> TokenStream {
    let names = &names.located_at(question.span());
    let door = names.door();
    let carrier = way.carrier(names);
    let value = names.local("value");
    quote_spanned!(names.span()=> match #door::left(#carrier) { #value => match #value #question {} })
}

/// A value that came out of a region. An arm coerces it to what is wanted, which an argument would not.
// Output: match left(kept) { value => value }
pub(super) fn went(kept: &Ident, names: &Names) -> TokenStream {
    let door = names.door();
    let value = names.local("value");
    quote_spanned!(names.span()=> match #door::left(#kept) { #value => #value })
}

// Input:  break 'outer value, out of a region
// Output: { carried_0_1 = Some(value); jump_1 = 1; return }, and in place `break 'region_1 None`
pub(crate) fn jump(
    way: Way,
    value: Option<&TokenStream>,
    shape: Shape,
    exit: Exit,
    framed: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let carry = value.map(|value| {
        let carrier = way.carrier(names);
        quote_spanned!(names.span()=> #carrier = #door::Some(#value);)
    });
    if shape.moves() {
        let label = way.label(names);
        return quote_spanned!(names.span()=> { #carry break #label });
    }
    let jump = names.in_region("jump", way.depth);
    let number = way.number();
    let leave = if shape != Shape::AsyncBlock {
        in_place::leave_region(shape, way.depth, names)
    } else if returns(exit, framed) {
        let end = end(exit, names);
        quote_spanned!(names.span()=> return #end)
    } else {
        finish(way.depth, names)
    };
    quote_spanned!(names.span()=> { #carry #jump = #number; #leave })
}

/// What the jumps out of a region are noted in.
// Output: let mut jump_1 = 0; let mut carried_0_1 = None; if false { break 'outer match left(carried_0_1) { .. } }
// The code that never runs says what is wanted of a value before there is one, which is coerced to that then.
pub(super) fn declare(ways: &[WayOut], depth: usize, names: &Names) -> TokenStream {
    if ways.is_empty() {
        return TokenStream::new();
    }
    let jump = names.in_region("jump", depth);
    let carriers = declare_carriers(ways, names);
    quote_spanned!(names.span()=> let mut #jump = 0; #carriers)
}

/// The same where each way has code of its own, and needs no note.
pub(super) fn declare_carriers(ways: &[WayOut], names: &Names) -> TokenStream {
    let door = names.door();
    let carriers =
        ways.iter().filter(|way| way.carries).map(|WayOut { way, out, is_wanted, .. }| {
            let carrier = way.carrier(names);
            let wanted = is_wanted.then(|| quote_spanned!(names.span()=> if false { #out }));
            quote_spanned!(names.span()=> let mut #carrier = #door::None; #wanted)
        });
    quote!(#(#carriers)*)
}

/// Goes where the jump out of a region went, or else to `otherwise`.
// Output: match jump_1 { 1 => break 'outer, _ => otherwise }
pub(super) fn go_on(
    ways: &[WayOut],
    otherwise: &TokenStream,
    depth: usize,
    names: &Names,
) -> TokenStream {
    if ways.is_empty() {
        return otherwise.clone();
    }
    let jump = names.in_region("jump", depth);
    let arms = ways.iter().map(|WayOut { way, out, .. }| {
        let number = way.number();
        quote_spanned! {names.span()=>
            #[allow(clippy::needless_continue)] // the region may be the end of its loop
            #number => #out,
        }
    });
    quote_spanned!(names.span()=> match #jump { #(#arms)* _ => #otherwise })
}

/// The end of a cleanup. While the generator is being closed, the body goes on with the cleanup of the
/// region around it, to which `outer` leads, or ends there, as far as it is known how it ends.
// Output: if leave(slot) { break 'region_1 None }, or if leave(slot) { return }, or where it may be none of a body's own
// return, if leave(slot) { match closed(generator, slot).await {} }
pub(crate) fn left_to(guards: Guards, outer: &Access, exit: Exit, names: &Names) -> TokenStream {
    if !guards.framed {
        return TokenStream::new();
    }
    let door = names.door();
    let slot = access::slot(outer.at_hand, names);
    let leave = if guards.source.is_none() {
        quote_spanned!(names.span()=> #door::leave(#slot))
    } else {
        let guards = guards.expr(names);
        quote_spanned!(names.span()=> #door::leave_source(#slot, #guards))
    };
    let cut = outer.cut.clone().unwrap_or_else(|| match exit {
        Exit::Unit => quote_spanned!(names.span()=> return),
        Exit::Ok => {
            let ok = super::ok(names);
            quote_spanned!(names.span()=> return #ok)
        }
        Exit::Unknown => {
            let slot = access::slot(outer.at_hand, names);
            let token = names.local("generator");
            quote_spanned!(names.span()=> match #door::closed(#token, #slot).await {})
        }
    });
    quote_spanned!(names.span()=> if #leave { #cut })
}

/// The code of a `defer!`. It may never end: the compiler is not to say so of what is ours behind it. A way out of it that a
/// macro may hide does not compile in an async block.
// Output: if true { cleanup }, or if true { async { if false { return; } cleanup }.await }
pub(crate) fn cleanup(stmts: &[Stmt], found: Macros, names: &Names) -> TokenStream {
    if !found.opaque {
        return quote_spanned!(names.span()=> if true { #(#stmts)* });
    }
    let macros = local_macros::of_cleanup(names);
    // An error about what that returns is about the value then.
    let returns = quote_spanned!(names.span()=> if false { return; });
    let code = quote!(#(#stmts)*);
    let code = if found.given { labelled(&code, names) } else { code };
    let end = last_of(&code).unwrap_or(names.span());
    let block = async_block(quote!(#returns #macros #code), end);
    quote_spanned!(names.span()=> if true { #block.await })
}
