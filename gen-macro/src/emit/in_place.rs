//! Regions whose code stays in the async block that they stand in.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, ExprAsync, ExprTry, Lifetime, spanned::Spanned as _};

use super::{
    Access, Extent, access, ends,
    region::{Shape, WayOut, declare, declare_carriers, go_on, went},
    source::{Held, guards},
};
use crate::names::Names;

/// The label of the region at a depth.
pub(super) fn label(depth: usize, names: &Names) -> Lifetime {
    Lifetime::new(&format!("'region_{depth}"), names.span())
}

/// The label of the turns of a loop.
pub(super) fn turns_label(depth: usize, names: &Names) -> Lifetime {
    // With an underscore, as there may be no way out of the loop that names it.
    Lifetime::new(&format!("'_turns_{depth}"), names.span())
}

/// The way out of a region, to its cleanup, when the generator is being closed.
// Output: break 'region_1 None, in a loop continue 'turns_1, and in what may move something break 'cut_1
pub(crate) fn cut(shape: Shape, depth: usize, names: &Names) -> TokenStream {
    match shape {
        Shape::Loop => next_turn(depth, names),
        Shape::MovingBlock | Shape::MovingLoop => {
            let cut = cut_label(depth, names);
            quote_spanned!(names.span()=> break #cut)
        }
        _ => leave_region(shape, depth, names),
    }
}

/// The label of the way on which a region that may move something is closed.
fn cut_label(depth: usize, names: &Names) -> Lifetime {
    Lifetime::new(&format!("'cut_{depth}"), names.span())
}

/// The way to the next turn of a loop.
// Output: continue 'turns_1
pub(crate) fn next_turn(depth: usize, names: &Names) -> TokenStream {
    let turns = turns_label(depth, names);
    quote_spanned!(names.span()=> continue #turns)
}

/// The way out of a region when its code leaves it.
// Output: break 'region_1 None, or in a loop break 'region_1
pub(crate) fn leave_region(shape: Shape, depth: usize, names: &Names) -> TokenStream {
    let label = label(depth, names);
    let door = names.door();
    let value = (shape == Shape::Block).then(|| quote_spanned!(names.span()=> #door::None));
    quote_spanned!(names.span()=> break #label #value)
}

/// A block that the body awaits on the spot, which may hold regions of its own.
// Output: region(false, async { .. }), in a region
pub(crate) fn block_in_region(block: &ExprAsync, access: &Access, names: &Names) -> TokenStream {
    if access.cut.is_none() {
        return block.to_token_stream();
    }
    let door = names.door();
    quote_spanned!(names.span()=> #door::region(false, #block))
}

// Output: Err(error)
pub(crate) fn error(names: &Names) -> TokenStream {
    let door = names.door();
    let error = names.local("error");
    quote_spanned!(names.span()=> #door::Err(#error))
}

// Input:  operand?
// Output:
//     match operand {
//         operand => {
//             let mut value = None;
//             if false { let _ = operand?; loop {} }
//             let caught = (|| { value = Some(operand?); Ok(()) })();
//             if false { return caught; }
//             match caught {
//                 Ok(()) => match value { Some(value) => value, None => never() },
//                 Err(error) => { carried_0_1 = Some(Err(error)); jump_1 = 1; break 'region_1 None }
//             }
//         }
//     }
// The `?` is the compiler's own, for its rules and its errors: those that are not of the closure's are of the first. What the
// closure returns is of the body's type, so that any other error is of both, which the compiler says once. What is
// in parentheses is asked in a tuple, `match (operand,) { (operand,) => .. }`.
pub(crate) fn question(found: &ExprTry, jump: &Expr, names: &Names) -> Expr {
    let (first, _) = ends(&found.expr.to_token_stream());
    let last = found.question_token.span();
    let here = names.located_at(first);
    let door = here.door();
    let [value, error] = names.locals(["value", "error"]);
    let caught = here.local("caught");
    // Where the `?` is: what is wrong with its operand is said there, and not where that starts.
    let operand = names.located_at(last).local("operand");
    let expr = super::inside_parens(&found.expr);
    let question = found.question_token;
    let is_in_parens = matches!(*found.expr, Expr::Paren(_));
    // As the head of a `match`, what is in parentheses may need them, or not.
    let (head, pat) = if is_in_parens {
        (quote_spanned!(here.span()=> (#expr,)), quote_spanned!(here.span()=> (#operand,)))
    } else {
        (expr.to_token_stream(), operand.to_token_stream())
    };
    let matched = quote_spanned! {here.span()=>
        match #head {
            #pat => {
                let mut #value = #door::None;
                // What it says that is not of the closure's.
                #[allow(unreachable_code, clippy::all, clippy::pedantic)]
                if false {
                    let _ = #operand #question;
                    loop {}
                }
                #[allow(clippy::needless_question_mark, clippy::result_large_err)] // it converts the error
                let #caught = (|| {
                    #value = #door::Some(#operand #question);
                    #door::Ok(())
                })();
                if false {
                    return #caught;
                }
                match #caught {
                    #door::Ok(()) => match #value {
                        #door::Some(#value) => #value,
                        #door::None => #door::never(),
                    },
                    #door::Err(#error) => #jump,
                }
            }
        }
    };
    access::as_users(&matched, access::Use::Value, Extent { first, last }, names)
}

// Input:  operand?, outside of any body
// Output: match Tried::tried(operand) { Ok(value) => value, Err(left) => { carried_1_0 = Some(left); break 'way_1_0 } }
pub(crate) fn question_anywhere(found: &ExprTry, jump: &Expr, names: &Names) -> Expr {
    let (first, _) = ends(&found.expr.to_token_stream());
    let last = found.question_token.span();
    let door = names.door();
    let [value, left] = names.locals(["value", "left"]);
    let expr = super::inside_parens(&found.expr);
    let matched = quote_spanned! {names.span()=>
        match #door::Tried::tried(#expr) {
            #door::Ok(#value) => #value,
            #door::Err(#left) => #jump,
        }
    };
    access::as_users(&matched, access::Use::Value, Extent { first, last }, names)
}

// Input:
//     { s1; defer! { cleanup } s2; tail }
// Output:
//     {
//         s1;
//         let wanted = wanted();
//         if false {
//             match left(never_of(wanted)) { value => value }
//         } else {
//             enter(slot, true);
//             let value = as_wanted(wanted, 'region_1: { Some('ends_1: { s2; tail }) });
//             { cleanup }
//             if leave(slot) { return }
//             match left(value) { value => value }
//         }
//     }
// With jumps out of it, `match jump_1 { 1 => break 'outer, _ => match left(value) { value => value } }`.
pub(crate) fn region_in_place(
    code: &TokenStream,
    after: &TokenStream,
    ways: &[WayOut],
    at_hand: bool,
    depth: usize,
    names: &Names,
) -> TokenStream {
    let span = names.span();
    let door = names.door();
    let label = label(depth, names);
    let code = ending(code, depth, names);
    let declare = declare(ways, depth, names);
    let value = names.local("value");
    let went = went(&value, names);
    let out = go_on(ways, &went, depth, names);
    let slot = access::slot(at_hand, names);
    let region = quote_spanned! {span=>
        #door::enter(#slot, true);
        #declare
        #[allow(clippy::diverging_sub_expression)] // guarded code may never end
        let #value = #door::as_wanted(#value, #label: {
            #door::Some(#code)
        });
        #after
        #out
    };
    wanting(&region, &went, names)
}

/// A region that ends with a value, of which it is said first what is wanted of it: it is coerced to that where it is
/// made, as that of any block is.
fn wanting(region: &TokenStream, value: &TokenStream, names: &Names) -> TokenStream {
    let door = names.door();
    let wanted = names.local("value");
    quote_spanned! {names.span()=>
        let #wanted = #door::wanted();
        if false {
            let #wanted = #door::never_of(#wanted);
            #value
        } else {
            #region
        }
    }
}

/// A region whose code always comes to its end, also when the generator is being closed.
// Output:
//     let wanted = wanted();
//     if false { never_of(wanted) } else {
//         enter(slot, true);
//         let value = as_wanted(wanted, 'ends_1: { s2; tail });
//         { cleanup }
//         if leave(slot) { return }
//         value
//     }
pub(crate) fn uncut_region(
    code: &TokenStream,
    after: &TokenStream,
    at_hand: bool,
    depth: usize,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let value = names.local("value");
    let slot = access::slot(at_hand, names);
    let code = ending(code, depth, names);
    let region = quote_spanned! {names.span()=>
        #door::enter(#slot, true);
        #[allow(clippy::diverging_sub_expression, clippy::let_unit_value)] // whatever it is
        let #value = #door::as_wanted(#value, #code);
        #after
        #value
    };
    wanting(&region, &value.to_token_stream(), names)
}

/// A region that may move something on its way out: each way has a cleanup of its own, and goes on from there.
// Output, where `after` is `{ cleanup } if leave(slot) { return }`:
//     enter(slot, true);
//     let value = as_wanted(wanted, 'region_1: {
//         'way_1_0: {
//             'cut_1: { break 'region_1 'ends_1: { s2; tail } }
//             after match never::<Infallible>() {}
//         }
//         after break 'outer
//     });
//     after
//     value
pub(crate) fn moving_region(
    code: &TokenStream,
    after: &TokenStream,
    ways: &[WayOut],
    is_cut: bool,
    at_hand: bool,
    depth: usize,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let label = label(depth, names);
    let value = names.local("value");
    let slot = access::slot(at_hand, names);
    let code = ending(code, depth, names);
    let declare = declare_carriers(ways, names);
    let plainly = quote_spanned! {names.span()=>
        #[allow(unreachable_code, clippy::diverging_sub_expression)] // guarded code may never end
        { break #label #code; }
    };
    let code = each_way_out(plainly, ways, is_cut, depth, names, |out| quote!(#after { #out }));
    let region = quote_spanned! {names.span()=>
        #door::enter(#slot, true);
        #declare
        #[allow(clippy::diverging_sub_expression, clippy::let_unit_value)] // whatever it is
        let #value = #door::as_wanted(#value, #label: { #code });
        #after
        #value
    };
    wanting(&region, &value.to_token_stream(), names)
}

/// Code and, behind it, where each way out of it leads that may move something: to code `of` its own.
// Output: 'way_1_0: { 'cut_1: { code } { match never::<Infallible>() {} } } { out }
pub(super) fn each_way_out(
    code: TokenStream,
    ways: &[WayOut],
    is_cut: bool,
    depth: usize,
    names: &Names,
    of: impl Fn(&TokenStream) -> TokenStream,
) -> TokenStream {
    let door = names.door();
    let never = quote_spanned!(names.span()=> match #door::never::<#door::Infallible>() {});
    let cut = is_cut.then(|| (cut_label(depth, names), &never));
    let ways = ways.iter().map(|WayOut { way, out, .. }| (way.label(names), out));
    cut.into_iter().chain(ways).fold(code, |code, (label, out)| {
        let way = of(out);
        quote_spanned! {names.span()=>
            #label: { #code }
            // There may be no such way, or it may be the end of the loop that it goes on with.
            #[allow(unreachable_code, clippy::needless_continue)]
            { #way }
        }
    })
}

/// Code that there is a way behind, whatever it does.
// Output: 'ends_1: { while false { break 'ends_1 never(); } code }
fn ending(code: &TokenStream, depth: usize, names: &Names) -> TokenStream {
    let door = names.door();
    let ends = Lifetime::new(&format!("'ends_{depth}"), names.span());
    quote_spanned! {names.span()=>
        #ends: {
            while false { break #ends #door::never(); }
            #code
        }
    }
}

// Input:  yield_from!(source)
// Output:
//     enter(slot, guards);
//     let value = delegated;
//     if leave_source(slot, guards) { return }
//     value
// While the generator is being closed, the delegation closes the source.
pub(crate) fn delegation_in_place(
    delegated: &TokenStream,
    after: &TokenStream,
    held: Held,
    at_hand: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let value = names.local("value");
    let slot = access::slot(at_hand, names);
    let guards = guards(&held.name(names), names);
    quote_spanned! {names.span()=>
        #door::enter(#slot, #guards);
        let #value = #delegated;
        #after
        #value
    }
}
