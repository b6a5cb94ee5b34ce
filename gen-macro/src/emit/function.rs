//! The function under the attribute.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{FnArg, Pat, Receiver, ReceiverKind, ReturnType, Signature, Token, Type, Visibility};

use super::{Captured, Extent, at, boxed, elided, ends, source, stream};
use crate::{
    args::Args,
    arguments::{self, is_never_dropped},
    check::{Generator, plain_name},
    declared,
    errors::Errors,
    lower,
    names::Names,
    parse::Function,
};

// Input:
//     async fn count(mut from: u32, (step, _): (u32, u32)) -> u32 { .. }
// Output:
//     fn count(from: u32, arg1: (u32, u32)) -> Generator<impl Future<Output = ()>, u32> {
//         let token = token(unsafe { claim() });
//         generator(token, async move {
//             handle
//             let mut from = from;
//             let arg1 = arg1;
//             let (step, _) = arg1;
//             'body: { .. }
//         })
//     }
pub(crate) fn function(checked: Generator) -> TokenStream {
    let Generator { mut function, item, args, flavour, body } = checked;
    let names = Names::of_function(args.krate.as_ref());
    let end = function.braces.map_or_else(|| names.span(), |braces| braces.close());
    let captures = arguments::captures(&function.sig);
    let body = body.map(|stmts| {
        let lowered = lower::body(stmts, &|name| captures.get(name), flavour, &names);
        let places = lowered.captured.iter().map(|captured| source::capture(captured, &names));
        let arguments = move_arguments(&mut function.sig, &lowered.captured, &names);
        let place = declaration(&function.sig, &names);
        let token = stream::token("token", &names.located_at(place.first));
        let generator = stream::generator(&lowered, &arguments, end, place, flavour, &names);
        let generator = match args.boxed {
            Some(boxed) => boxed::new(boxed, &generator, &names),
            None => generator,
        };
        quote_spanned!(names.span()=> #token #(#places)* #generator)
    });
    if body.is_none() {
        move_arguments(&mut function.sig, &[], &names);
    }
    signature(&mut function, item, &args, &names);
    print(&function, body.as_ref())
}

/// What stands for a function with a mistake: its signature, so that its callers see no other one.
pub(crate) fn fallback(mut function: Function, args: &Args) -> TokenStream {
    let mut quiet = Errors::default();
    let item = declared::item(&function.sig.output, &mut quiet);
    let _ = quiet.finish(); // `check` has reported it
    let names = Names::of_function(args.krate.as_ref());
    let _ = move_arguments(&mut function.sig, &[], &names);
    signature(&mut function, item, args, &names);
    function.sig.constness = None;
    function.sig.abi = None;
    function.sig.variadic = None;
    let door = names.door();
    let diverge =
        quote_spanned! {names.span()=> ::core::unreachable!("this function did not compile") };
    let body = if args.boxed.is_some() {
        diverge
    } else {
        quote_spanned! {names.span()=>
            // Something with the hidden type, so that the compiler does not ask for it.
            if true { #diverge }
            // SAFETY: its body does nothing.
            #door::generator(#door::token(unsafe { #door::claim() }), async {})
        }
    };
    let body = function.semi.is_none().then_some(body);
    function.attrs.retain(|attr| !attr.path().is_ident("inline"));
    let allow = quote_spanned!(names.span()=> #[allow(unused, clippy::all)]); // the body is not there
    let function = print(&function, body.as_ref());
    quote!(#allow #function)
}

fn print(function: &Function, body: Option<&TokenStream>) -> TokenStream {
    let Function { attrs, vis, sig, semi, braces, .. } = function;
    let body = body.map(|body| {
        let mut body = Group::new(Delimiter::Brace, body.clone());
        body.set_span(braces.map_or_else(Span::mixed_site, |braces| braces.join()));
        body
    });
    // A trait may declare `-> impl Stream`; that its generators are more than that is no mistake.
    let lint = Span::mixed_site();
    // A method of a trait's implementation says nothing of who sees it.
    let may_refine = matches!(vis, Visibility::Inherited);
    let refining = may_refine.then(|| quote_spanned!(lint=> #[allow(refining_impl_trait)]));
    // What is declared is the item type: an `iter` that yields is one.
    let is_iter = sig.ident == "iter" || sig.ident == "iter_mut";
    let iter =
        is_iter.then(|| quote_spanned!(lint=> #[allow(clippy::iter_not_returning_iterator)]));
    // A `next` that yields is not meant to be an iterator's, and clippy takes that of an `async fn` for none.
    let is_seen = matches!(vis, Visibility::Public(_));
    let may_be_of_trait = is_seen && OF_TRAITS.iter().any(|name| sig.ident == name);
    let of_trait =
        may_be_of_trait.then(|| quote_spanned!(lint=> #[allow(clippy::should_implement_trait)]));
    // On an `async fn`, which the user wrote, it says something.
    let has_must_use = attrs.iter().any(|attr| attr.path().is_ident("must_use"));
    let must_use = has_must_use.then(|| quote_spanned!(lint=> #[allow(clippy::double_must_use)]));
    // A field of a `self` that is captured is never read after its last write, as the compiler sees it: not by a drop.
    let writes_self = matches!(
        sig.inputs.first(),
        Some(FnArg::Receiver(Receiver { mutability: Some(_), kind: ReceiverKind::Value, .. }))
    );
    let written = writes_self.then(|| quote_spanned!(lint=> #[allow(unused_assignments)]));
    quote!(#refining #iter #of_trait #must_use #written #(#attrs)* #vis #sig #body #semi)
}

/// Methods of the standard library's traits of which clippy does not look at what they return.
const OF_TRAITS: [&str; 19] = [
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "clone",
    "cmp",
    "default",
    "div",
    "from_iter",
    "from_str",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

const LINT_LEVELS: [&str; 5] = ["allow", "deny", "expect", "forbid", "warn"];

/// Moves the arguments into the body, so that they are dropped in the order in which `async fn` drops them, and leaves
/// names in the signature. Moved, an argument is stored twice, so what has nothing to drop stays where it is captured,
/// and so do sources that are `captured`.
fn move_arguments(sig: &mut Signature, captured: &[Captured], names: &Names) -> TokenStream {
    let mut moves = TokenStream::new();
    for (index, arg) in sig.inputs.iter_mut().enumerate() {
        if let FnArg::Receiver(receiver) = arg {
            let this = receiver.self_token;
            // Captures it, used or not.
            moves.extend(quote_spanned!(at(&this, names)=> let _ = &#this;));
            continue;
        }
        let (plain, is_mut) = match plain_name(arg) {
            Some(name) => (Some(name.ident.clone()), name.mutability.is_some()),
            None => (None, false),
        };
        let FnArg::Typed(typed) = arg else { continue };
        let stays = captured.iter().find(|captured| Some(&captured.name) == plain.as_ref());
        let is_plain = plain.is_some() && !is_mut && typed.attrs.is_empty();
        if is_plain && stays.is_none() && is_never_dropped(&typed.ty) {
            // It is captured where it is used, and where it is not, nobody can tell.
            continue;
        }
        let pat = typed.pat.clone();
        // `#[cfg]` holds for the `let` as well. What is said of lints is said of that alone.
        let attrs = typed.attrs.clone();
        typed.attrs.retain(|attr| !LINT_LEVELS.iter().any(|level| attr.path().is_ident(level)));
        if let Some(captured) = stays {
            moves.extend(source::take(captured, names));
        } else if let Some(name) = plain {
            // The user does not use it; we do.
            let underscored = name.to_string().starts_with('_').then(|| {
                quote_spanned! {names.span()=>
                    #[allow(clippy::used_underscore_binding, clippy::no_effect_underscore_binding)]
                }
            });
            moves.extend(quote!(#(#attrs)* #underscored let #pat = #name;));
            *typed.pat = Pat::Verbatim(name.into_token_stream());
        } else {
            let name = names.local(&format!("arg{index}"));
            moves.extend(quote_spanned! {names.span()=>
                #(#attrs)* #[allow(unused_mut)] // a pattern may borrow it so
                let mut #name = #name;
                #(#attrs)* let #pat = #name;
            });
            *typed.pat = Pat::Verbatim(name.into_token_stream());
        }
    }
    moves
}

/// Where the user declares what the function returns.
fn declaration(sig: &Signature, names: &Names) -> Extent {
    match &sig.output {
        ReturnType::Type(_, ty) => {
            let (first, last) = ends(&ty.to_token_stream());
            Extent { first, last }
        }
        ReturnType::Default => Extent { first: names.span(), last: sig.paren_token.span.close() },
    }
}

/// The signature of the function as its callers see it.
fn signature(function: &mut Function, mut item: Type, args: &Args, names: &Names) {
    let sig = &mut function.sig;
    sig.asyncness = None;
    // What is wrong with the type is said of the one that the user declares. The last token is the user's, so that lints
    // about the function find it.
    let Extent { first, last } = declaration(sig, names);
    let here = names.located_at(first);
    let span = here.span();
    let close = quote_spanned!(last=> >);
    // What has a default is left to it: there is less for the compiler to look at.
    let signals = match (&args.send, &args.throw) {
        (None, None) => TokenStream::new(),
        (Some(sent), None) => quote_spanned!(span=> , #sent),
        (None, Some(thrown)) => quote_spanned!(span=> , (), #thrown),
        (Some(sent), Some(thrown)) => quote_spanned!(span=> , #sent, #thrown),
    };
    if let Some(sent) = &args.send {
        let span = at(sent, names);
        let here = names.located_at(span);
        let (sent, door) = (spanned(sent.to_token_stream(), span), here.door());
        let sendable = syn::parse_quote_spanned!(span=> #sent: #door::Sendable);
        let predicates = &mut sig.generics.make_where_clause().predicates;
        predicates.push(sendable);
        predicates.push_punct(Token![,](last));
    }
    if let Some(boxed) = args.boxed {
        boxed::signature(function, item, args, boxed, &quote!(#signals #close), &here);
        return;
    }
    // The compiler's cure for a short lifetime is a bound behind this.
    let of_impl = Token![>](names.located_at(last).span());
    let captures = elided::captures(sig, &mut item, of_impl, &here);
    // A method that is declared in a trait says nothing more to its callers.
    let captures = function.semi.is_none().then_some(captures);
    let item = capture_all(item.to_token_stream());
    let (krate, door) = (here.krate(), here.door());
    let generator = quote_spanned! {span=>
        #krate::Generator<impl #door::Future<Output = () #of_impl #captures, #item #signals #close
    };
    // As tokens: what syn would make of them is printed as they are.
    sig.output = ReturnType::Type(Token![->](span), Box::new(Type::Verbatim(generator)));
}

/// The same tokens, all at one place.
fn spanned(tokens: TokenStream, span: Span) -> TokenStream {
    let respan = |token| match token {
        TokenTree::Group(group) => {
            let mut mapped = Group::new(group.delimiter(), spanned(group.stream(), span));
            mapped.set_span(span);
            mapped.into()
        }
        mut other => {
            TokenTree::set_span(&mut other, span);
            other
        }
    };
    tokens.into_iter().map(respan).collect()
}

/// Gives every `impl` of a return type our edition, in which it captures all lifetimes, as the return
/// type of an `async fn` does.
pub(super) fn capture_all(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(mut name) if name == "impl" => {
                name.set_span(name.span().resolved_at(Span::mixed_site()));
                name.into()
            }
            TokenTree::Group(group) => {
                let mut mapped = Group::new(group.delimiter(), capture_all(group.stream()));
                mapped.set_span(group.span());
                mapped.into()
            }
            other => other,
        })
        .collect()
}
