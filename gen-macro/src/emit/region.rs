//! Regions: what all of them share, and those whose code is an async block of its own.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, Lifetime, Stmt, Token, parse_quote_spanned, spanned::Spanned as _};

use super::{
    access,
    access::Access,
    end, in_place, local_macros, returns_result,
    source::{Held, guards},
};
use crate::{
    check::{Exit, Flavour},
    names::Names,
};

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

/// What the code around a region in an async block of its own is.
#[derive(Clone, Copy)]
pub(crate) struct RegionKind {
    pub(crate) exit: Exit,
    pub(crate) guards: Guards,
    pub(crate) has_opaque: bool,
    /// The code keeps its slot at hand.
    pub(crate) at_hand: bool,
    /// How many regions of its async block are open in it: what tells its locals from theirs.
    pub(crate) depth: usize,
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

/// Whether guarded code ends with a value that can be made up: `()` or `Ok(())`.
pub(crate) fn returns(exit: Exit, framed: bool) -> bool {
    framed && exit != Exit::Unknown
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

// Output: match Finish::now(&finish_1).await {}
fn finish(depth: usize, names: &Names) -> TokenStream {
    let door = names.door();
    let finish = names.in_region("finish", depth);
    quote_spanned!(names.span()=> match #door::Finish::now(&#finish).await {})
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

/// The way out of a region that its code left by `return` or `?`.
// Output: return left(exit)
pub(crate) fn returned(kind: RegionKind, names: &Names) -> Expr {
    let door = names.door();
    let exit = names.local("exit");
    let mut left = quote_spanned!(names.span()=> #door::left(#exit));
    if kind.guards.framed && !returns(kind.exit, kind.guards.framed) {
        left = quote_spanned!(names.span()=> #door::left(#left));
    }
    parse_quote_spanned!(names.span()=> return #left)
}

// Input:
//     { s1; defer! { cleanup } s2; tail }
// Output, where something in `s2` is not in sight:
//     {
//         s1;
//         let mut value = None;
//         if false { match left(value) { value => value } } else {
//             let exit = region(true, async { value = Some('body: { s2; tail }); }).await;
//             { cleanup }
//             if leave(slot) { return }
//             match value { Some(value) => value, None => return left(exit) }
//         }
//     }
// With jumps out of it, `None => match jump { 1 => break 'outer, _ => return left(exit) }`.
// Where `return` takes a type that is not known (an awaited block), or nothing is closed from outside
// (`for_await!`, a cleanup), the guarded code ends by `finish`, and `until` it drops it there.
pub(crate) fn region(
    code: &TokenStream,
    after: &TokenStream,
    ways: &[WayOut],
    returned: &TokenStream,
    kind: RegionKind,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let span = names.span();
    let door = names.door();
    let [value, exit] = names.locals(["value", "exit"]);
    let finish_ident = names.in_region("finish", kind.depth);
    let guards = kind.guards.expr(names);
    let framed = kind.guards.framed;
    let returns = returns(kind.exit, framed);
    let declare = declare(ways, kind.depth, names);
    let declare_finish =
        (!returns).then(|| quote_spanned!(span=> let #finish_ident = #door::Finish::new();));
    let inner = Flavour { exit: kind.exit, ..flavour };
    let macros = local_macros::of_body(kind.has_opaque, inner, names);
    let slot = kind.at_hand.then(|| {
        let slot = names.local("slot");
        let begin = access::begin(names);
        quote_spanned! {span=>
            #[allow(unused_mut)] // there may be no yield in it
            let mut #slot = #begin;
        }
    });
    let again = access::again(kind.at_hand, names);
    let block = super::block(&quote!(#macros #slot), &code.to_token_stream(), false, span, names);
    let end = if returns { end(kind.exit, names) } else { finish(kind.depth, names) };
    let first = (returns && kind.exit == Exit::Ok).then(|| returns_result(names));
    let guarded = quote_spanned! {span=>
        async {
            #first
            #[allow(clippy::diverging_sub_expression)] // guarded code may never end
            {
                #value = #door::Some(#block);
            }
            #end
        }
    };
    let guarded = if returns {
        guarded
    } else {
        quote_spanned!(span=> #door::until(&#finish_ident, #guarded))
    };
    let guarded =
        if framed { quote_spanned!(span=> #door::region(#guards, #guarded)) } else { guarded };
    let out = go_on(ways, returned, kind.depth, names);
    let region = quote_spanned! {span=>
        #declare
        #declare_finish
        let #exit = #guarded.await;
        #again
        #after
        match #value {
            #door::Some(#value) => #value,
            #door::None => #out,
        }
    };
    let went = went(&value, names);
    quote_spanned!(span=> let mut #value = #door::None; if false { #went } else { #region })
}

/// The code of a `defer!`. It may never end: the compiler is not to say so of what is ours behind it. A way out of it that a
/// macro may hide does not compile in an async block.
// Output: if true { cleanup }, or if true { async { if false { return; } cleanup }.await }
pub(crate) fn cleanup(stmts: &[Stmt], has_opaque: bool, names: &Names) -> TokenStream {
    if !has_opaque {
        return quote_spanned!(names.span()=> if true { #(#stmts)* });
    }
    let macros = local_macros::of_cleanup(names);
    // An error about what that returns is about the value then.
    let returns = quote_spanned!(names.span()=> if false { return; });
    quote_spanned!(names.span()=> if true { async { #returns #macros #(#stmts)* }.await })
}
