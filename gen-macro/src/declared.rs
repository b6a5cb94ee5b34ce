//! The item type that a function declares, and what is declared in its place by mistake.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{
    GenericArgument, PathArguments, PathSegment, ReturnType, Type, TypeParamBound, parse_quote,
};

use crate::{errors::Errors, syntax::has_word};

// A future of the items is nothing that anybody expects of a generator, so it is what is yielded.
const STREAMS: [&str; 4] = ["Stream", "AsyncGenerator", "FusedStream", "TryStream"];
const GENERATORS: [&str; 5] =
    ["Generator", "BoxGenerator", "LocalBoxGenerator", "BoxStream", "LocalBoxStream"];

/// The item type of a function. Where a stream of items is declared, its items are what is meant.
pub(crate) fn item(output: &ReturnType, errors: &mut Errors) -> Type {
    let ReturnType::Type(_, ty) = output else {
        return parse_quote!(());
    };
    match &**ty {
        Type::Never(_) => {
            errors.push(ty, "a generator declares what it yields; leave out `-> !`");
            return parse_quote!(());
        }
        Type::Infer(_) => {
            errors.push(
                ty,
                "the item type has to be named here; for one that cannot be, use `stream! { .. }`",
            );
            return parse_quote!(());
        }
        _ => {}
    }
    let Some(stream) = stream_in(ty) else {
        return (**ty).clone();
    };
    let instead = match &stream.item {
        Some(item) => format!("`-> {}`", readable(&item.to_token_stream())),
        None => String::from("`-> T`, the type of its items"),
    };
    let otherwise = match way_out(ty) {
        Some(way) => format!(", or {way} if each item is one"),
        None => String::new(),
    };
    let name = stream.name;
    errors.push(
        ty,
        format_args!(
            "a generator declares what it yields, not `{name}`; write {instead}{otherwise}"
        ),
    );
    stream.item.unwrap_or_else(|| parse_quote!(()))
}

/// How a generator is written that does yield streams of that type.
fn way_out(ty: &Type) -> Option<&'static str> {
    // An `impl Trait` has no name.
    if has_word(ty.to_token_stream(), "impl") {
        return Some("use `stream! { .. }`");
    }
    // Without its box it is no item.
    let is_unsized = matches!(ty, Type::TraitObject(_));
    (!is_unsized).then_some("name the type by an alias")
}

/// Whether a type cannot be an alias of `Result`.
pub(crate) fn is_no_result(item: &Type) -> bool {
    match item {
        Type::Path(found) => found.path.get_ident().is_some_and(|name| {
            ["bool", "char", "f32", "f64", "str", "String"].contains(&name.to_string().as_str())
                || name.to_string().trim_start_matches(['u', 'i']).parse::<u8>().is_ok()
        }),
        Type::Tuple(_) | Type::Reference(_) | Type::Array(_) | Type::Slice(_) => true,
        _ => false,
    }
}

/// A type of streams.
struct Declared {
    name: String,
    item: Option<Type>,
}

/// The stream or generator that a type is, also in a box. One that says nothing of items is none of ours.
fn stream_in(ty: &Type) -> Option<Declared> {
    match ty {
        Type::ImplTrait(found) => in_bounds("impl", found.bounds.iter()),
        Type::TraitObject(found) => in_bounds("dyn", found.bounds.iter()),
        Type::Paren(found) => stream_in(&found.elem),
        Type::Group(found) => stream_in(&found.elem),
        Type::Path(found) if found.qself.is_none() => {
            let last = found.path.segments.last()?;
            let name = last.ident.to_string();
            if GENERATORS.contains(&name.as_str()) && types(last).next().is_some() {
                return Some(Declared { name, item: item_of(last) });
            }
            let inner = ["Pin", "Box"].contains(&name.as_str()).then(|| types(last).next())??;
            let inner = stream_in(inner)?;
            Some(Declared { name: format!("{name}<{}>", inner.name), ..inner })
        }
        _ => None,
    }
}

fn in_bounds<'b>(
    keyword: &str,
    mut bounds: impl Iterator<Item = &'b TypeParamBound>,
) -> Option<Declared> {
    bounds.find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last()?;
        let name = STREAMS.into_iter().find(|name| last.ident == name)?;
        Some(Declared { name: format!("{keyword} {name}"), item: associated(last) })
    })
}

/// The `T` of `<Item = T>`.
fn associated(segment: &PathSegment) -> Option<Type> {
    arguments(segment).find_map(|argument| match argument {
        GenericArgument::AssocType(found) => Some(found.ty.clone()),
        _ => None,
    })
}

/// The items that were meant by `Generator<T>`, `Generator<F, T, ..>` or `BoxGenerator<'_, T, ..>`.
fn item_of(segment: &PathSegment) -> Option<Type> {
    let types: Vec<&Type> = types(segment).collect();
    let named = |index: usize| types.get(index).map(|ty| (*ty).clone());
    if segment.ident == "Generator" && types.len() > 1 { named(1) } else { named(0) }
}

fn types(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    arguments(segment).filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn arguments(segment: &PathSegment) -> impl Iterator<Item = &GenericArgument> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten()
}

/// Tokens as one would write them, near enough for a message.
fn readable(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    [(" < ", "<"), (" >", ">"), (" :: ", "::"), (" ,", ","), ("& ", "&")]
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}
