//! Regions, and the loops and delegations that are built on them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Block, Label, Pat, Stmt};

use super::{end, local_macros};
use crate::{
    check::{Exit, Flavour},
    names::Names,
};

/// What the code around a region is.
#[derive(Clone, Copy)]
pub(crate) struct RegionKind {
    pub(crate) exit: Exit,
    /// The code is a body's, and `close` may cut it short.
    pub(crate) framed: bool,
    /// The cleanup lets go of a source, which may be nothing to do.
    pub(crate) over_source: bool,
    pub(crate) has_opaque: bool,
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

    /// What stands for this way out; 0 is none.
    fn number(self) -> Literal {
        Literal::usize_unsuffixed(self.index + 1)
    }
}

/// Whether guarded code ends with a value that can be made up: `()` or `Ok(())`.
fn returns(exit: Exit, framed: bool) -> bool {
    framed && exit != Exit::Unknown
}

/// A way out of a region, and where it goes.
pub(crate) struct WayOut {
    pub(crate) way: Way,
    /// A value is carried along.
    pub(crate) carries: bool,
    pub(crate) out: TokenStream,
}

// Output: left(carried_0_1)
pub(crate) fn carried(way: Way, names: &Names) -> TokenStream {
    let door = names.door();
    let carrier = way.carrier(names);
    quote_spanned!(names.span()=> #door::left(#carrier))
}

// Input:  break 'outer value, out of a region
// Output: { carried_0_1 = Some(value); jump_1 = 1; return }
pub(crate) fn jump(
    way: Way,
    value: Option<&TokenStream>,
    exit: Exit,
    framed: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let carry = value.map(|value| {
        let carrier = way.carrier(names);
        quote_spanned!(names.span()=> #carrier = #door::Some(#value);)
    });
    let jump = names.in_region("jump", way.depth);
    let number = way.number();
    let leave = if returns(exit, framed) {
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

// Input:
//     { s1; defer! { cleanup } s2; tail }
// Output:
//     {
//         s1;
//         let mut value = None;
//         let exit = region(true, async { value = Some('body: { s2; tail }); }).await;
//         { cleanup }
//         leave(true).await;
//         match value { Some(value) => value, None => return left(exit) }
//     }
// With jumps out of it, `None => match jump { 1 => break 'outer, _ => return left(exit) }`.
// Where `return` takes a type that is not known (an awaited block), or nothing is closed from outside
// (`for_await!`, a cleanup), the guarded code ends by `finish`, and `until` it drops it there.
pub(crate) fn region(
    code: &TokenStream,
    cleanup: &TokenStream,
    ways: &[WayOut],
    kind: RegionKind,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let span = names.span();
    let door = names.door();
    let label = names.label();
    let [value, exit] = ["value", "exit"].map(|name| names.local(name));
    let [jump, finish_ident] = ["jump", "finish"].map(|name| names.in_region(name, kind.depth));
    let guards = if kind.over_source {
        let guards = names.local("guards");
        quote!(#guards)
    } else {
        quote_spanned!(span=> true)
    };
    let returns = returns(kind.exit, kind.framed);
    let declare_jump = (!ways.is_empty()).then(|| quote_spanned!(span=> let mut #jump = 0;));
    let declare_carriers = ways.iter().filter(|way| way.carries).map(|out| {
        let carrier = out.way.carrier(names);
        quote_spanned!(span=> let mut #carrier = #door::None;)
    });
    let declare_carriers: TokenStream = declare_carriers.collect();
    let declare_finish =
        (!returns).then(|| quote_spanned!(span=> let #finish_ident = #door::Finish::new();));
    let inner = Flavour { exit: kind.exit, ..flavour };
    let macros = local_macros::of_body(kind.has_opaque, inner, names);
    let only_here = super::yields::only_here(names);
    let end = if returns { end(kind.exit, names) } else { finish(kind.depth, names) };
    let guarded = quote_spanned! {span=>
        async {
            #[allow(clippy::diverging_sub_expression)] // guarded code may never end
            {
                #value = #door::Some(#label: { #only_here #macros #code });
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
        if kind.framed { quote_spanned!(span=> #door::region(#guards, #guarded)) } else { guarded };
    let leave = kind.framed.then(|| quote_spanned!(span=> #door::leave(#guards).await;));
    let left = quote_spanned!(span=> #door::left(#exit));
    let left =
        if kind.framed && !returns { quote_spanned!(span=> #door::left(#left)) } else { left };
    let out = if ways.is_empty() {
        quote_spanned!(span=> return #left)
    } else {
        let arms = ways.iter().map(|WayOut { way, out, .. }| {
            let number = way.number();
            quote_spanned! {span=>
                #[allow(clippy::needless_continue)] // the region may be the end of its loop
                #number => #out,
            }
        });
        quote_spanned!(span=> match #jump { #(#arms)* _ => return #left })
    };
    quote_spanned! {span=>
        let mut #value = #door::None;
        #declare_jump
        #declare_carriers
        #declare_finish
        let #exit = #guarded.await;
        #cleanup
        #leave
        match #value {
            #door::Some(#value) => #value,
            #door::None => #out,
        }
    }
}

/// The code of a `defer!`.
pub(crate) fn cleanup(stmts: &[Stmt], has_opaque: bool, names: &Names) -> TokenStream {
    let macros = local_macros::of_cleanup(has_opaque, names);
    quote_spanned!(names.span()=> { #macros #(#stmts)* })
}

/// The leaf of a loop: in a body it has a frame; elsewhere it does with any context.
fn leaf(name: &str, framed: bool, names: &Names) -> Ident {
    if framed { names.ident(name) } else { names.ident(&format!("{name}_anywhere")) }
}

// Output: release(source.as_mut()).await;
pub(crate) fn release(framed: bool, names: &Names) -> TokenStream {
    let release = leaf("release", framed, names);
    let door = names.door();
    let source = names.local("source");
    quote_spanned!(names.span()=> #door::#release(#door::Pin::as_mut(&mut #source)).await;)
}

// Input:  for await pat in source { body }
// Output:
//     loop {
//         match next(source.as_mut()).await {
//             Some(item) => { let pat = item; body }
//             None => break,
//         }
//     }
pub(crate) fn loop_over(
    label: Option<&Label>,
    pat: &Pat,
    body: &Block,
    framed: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let next = leaf("next", framed, names);
    let [source, item] = ["source", "item"].map(|name| names.local(name));
    let stmts = &body.stmts;
    quote_spanned! {names.span()=>
        #label loop {
            match #door::#next(#door::Pin::as_mut(&mut #source)).await {
                #door::Some(#item) => {
                    let #pat = #item;
                    #(#stmts)*
                }
                #door::None => break,
            }
        }
    }
}

// Output:
//     {
//         use AnyStream as _;
//         match Probe(source).known_to_gen_runtime() {
//             source => {
//                 let mut source = pin!(GeneratorOrStream::into_source(source));
//                 let guards = Source::guards(&*source);
//                 region
//             }
//         }
//     }
pub(crate) fn with_source(
    expr: &TokenStream,
    region: &TokenStream,
    framed: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let [source, guards] = ["source", "guards"].map(|name| names.local(name));
    let span = super::at(expr, names);
    let guards = framed.then(|| {
        quote_spanned! {names.span()=>
            let #guards = #door::Source::guards(&*#source);
        }
    });
    let taken = {
        let names = names.located_at(span);
        let door = names.door();
        let source = names.local("source");
        quote_spanned!(span=> #door::GeneratorOrStream::into_source(#source))
    };
    quote_spanned! {names.span()=>
        {
            #[allow(unused_imports)] // needed where the source is not known to be a generator
            use #door::AnyStream as _;
            match #door::Probe(#expr).known_to_gen_runtime() {
                #source => {
                    let mut #source = #door::pin!(#taken);
                    #guards
                    #region
                }
            }
        }
    }
}
