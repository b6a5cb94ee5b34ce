//! Functions that return a box: what their box may borrow has to be said with a lifetime.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{
    Generics, Lifetime, Token, Type, Visibility, WhereClause, parse_quote, parse_quote_spanned,
    punctuated::Punctuated,
};

use super::{
    elided::{Elided, declare},
    function::capture_all,
    held::Held,
};
use crate::{
    args::{Args, Boxed},
    names::Names,
    parse::Function,
};

fn name(boxed: Boxed) -> &'static str {
    if boxed.is_local { "LocalBoxGenerator" } else { "BoxGenerator" }
}

// Output: BoxGenerator::declared(token, move || generator)
pub(super) fn new(boxed: Boxed, generator: &TokenStream, names: &Names) -> TokenStream {
    // A body that is not `Send` is an error at the word that wants it to be.
    let here = names.located_at(boxed.word);
    let (krate, name, token) = (here.krate(), here.ident(name(boxed)), here.local("generator"));
    quote_spanned!(here.span()=> #krate::#name::declared(#token, move || #generator))
}

// Input:  fn rows(&self, of: &str) -> &str
// Output: fn rows<'a0, 'a1, 'generator>(&'a0 self, of: &'a1 str) -> BoxGenerator<'generator, &'a0 str, ..>
//         where 'a0: 'generator, 'a1: 'generator, Self: 'generator
// What a box may borrow is at the word that makes it one: a trait and an implementation of it may disagree on that.
pub(super) fn signature(
    function: &mut Function,
    mut item: Type,
    args: &Args,
    boxed: Boxed,
    rest: &TokenStream,
    names: &Names,
) {
    let Function { vis, sig, .. } = function;
    let bound = names.located_at(boxed.word).lifetime("generator");
    let Elided { new, has_impls, output, is_missing, .. } =
        Elided::name(sig, &mut item, Some(&bound), names);

    let mut held = Held::new(sig, &new, names);
    sig.inputs.iter().for_each(|arg| held.argument(arg));
    held.may_hide = output.is_some();
    held.ty(&item);
    [&args.send, &args.throw].into_iter().flatten().for_each(|ty| held.ty(ty));
    let held = held.found;

    let is_generic = has_impls || sig.generics.type_params().next().is_some();
    // A function of a trait, which has no visibility, has the lifetimes of its implementations: types of theirs may
    // borrow where those of the trait do not, and the other way round.
    let may_be_of_trait = matches!(vis, Visibility::Inherited);
    let is_plain = held.is_empty() && !is_generic && !may_be_of_trait;
    let lifetimes: Vec<_> =
        sig.generics.lifetimes().map(|param| &param.lifetime).chain(&new).collect();
    let lifetime = match lifetimes[..] {
        // That is all that there is to say.
        _ if is_missing => Lifetime::new("'static", names.span()),
        [] if is_plain => Lifetime::new("'static", names.span()),
        // Without a bound, the function is one for any lifetime, by its name, too: `impl Fn(&T) -> BoxGenerator<'_, u32>`.
        [only] if is_plain => {
            let only = only.clone();
            declare(&mut sig.generics, &new, boxed.word);
            only
        }
        _ => {
            outlive(&mut sig.generics, &new, &held, &bound);
            bound
        }
    };
    let krate = names.krate();
    let box_name = names.ident(name(boxed));
    let item = capture_all(item.to_token_stream());
    sig.output = parse_quote_spanned! {names.span()=>
        -> #krate::#box_name<#lifetime, #item #rest
    };
}

/// Adds the `new` lifetimes, and one that all parameters and what is `held` outlive.
fn outlive(generics: &mut Generics, new: &[Lifetime], held: &[TokenStream], bound: &Lifetime) {
    // Where the user's bounds are: in two places they would be a lint.
    let mut bare = Vec::new();
    for ty in generics.type_params_mut() {
        if ty.bounds.is_empty() {
            bare.push(ty.ident.to_token_stream());
        } else {
            ty.bounds.push(parse_quote!(#bound));
        }
    }
    let span = bound.span();
    let declared = generics.lifetimes().map(|param| &param.lifetime);
    let lifetimes: Vec<_> = declared.chain(new).map(ToTokens::to_token_stream).collect();
    let clause = generics.where_clause.get_or_insert_with(|| WhereClause {
        where_token: Token![where](span),
        predicates: Punctuated::new(),
    });
    for longer in lifetimes.iter().chain(&bare).chain(held) {
        clause.predicates.push(parse_quote_spanned!(span=> #longer: #bound));
    }
    declare(generics, new, span);
    declare(generics, std::slice::from_ref(bound), span);
}
