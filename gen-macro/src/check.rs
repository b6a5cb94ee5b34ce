//! Syntax to a checked generator, or errors.

use proc_macro2::TokenStream;
use syn::{
    Expr, FnArg, GenericParam, Pat, ReturnType, Signature, Stmt, Type, TypeParamBound, parse_quote,
};

use crate::{args::Args, body, errors::Errors, parse};

/// How the async block that code stands in is returned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// `()`: an infallible body.
    Unit,
    /// `Result<(), E>`: a fallible body.
    Ok,
    /// Whatever the block is: an awaited async block.
    Unknown,
}

/// What the rules for a body depend on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flavour {
    pub(crate) exit: Exit,
    /// `yield_!` evaluates to a `Result`.
    pub(crate) throws: bool,
    /// `yield x` yields `Ok(x)`: `try_stream!`.
    pub(crate) wraps_ok: bool,
    /// The keywords may stand in macro arguments, too.
    pub(crate) keywords: bool,
}

/// A function that is a generator, its body still as it was written.
pub(crate) struct Generator {
    pub(crate) function: parse::Function,
    pub(crate) item: Type,
    pub(crate) args: Args,
    pub(crate) flavour: Flavour,
    /// `None`: a trait method without a default body.
    pub(crate) body: Option<Vec<Stmt>>,
}

/// A function with mistakes, as far as it could be read.
pub(crate) struct Mistaken {
    pub(crate) function: parse::Function,
    pub(crate) args: Args,
    pub(crate) error: syn::Error,
}

/// Checks a function and its body.
pub(crate) fn function(
    mut function: parse::Function,
    args: Args,
    keywords: bool,
) -> Result<Generator, Box<Mistaken>> {
    let mut errors = Errors::default();
    signature(&function.sig, &mut errors);
    let item = item(&function.sig.output, &mut errors);
    let fallible = args.fallible || is_result(&item);
    let flavour = Flavour {
        exit: if fallible { Exit::Ok } else { Exit::Unit },
        throws: args.throw.is_some(),
        wraps_ok: false,
        keywords,
    };
    let mut body = None;
    if let Some(tokens) = function.body.take() {
        match parse::block(tokens, keywords) {
            Ok(mut stmts) => {
                body::check(&mut stmts, flavour, &mut errors);
                body = Some(stmts);
            }
            Err(error) => errors.add(error),
        }
    }
    match errors.finish() {
        Ok(()) => Ok(Generator { function, item, args, flavour, body }),
        Err(error) => Err(Box::new(Mistaken { function, args, error })),
    }
}

/// Checks the statements of a `stream!`.
pub(crate) fn stream(tokens: TokenStream, flavour: Flavour) -> syn::Result<Vec<Stmt>> {
    let mut stmts = parse::body(tokens, flavour.keywords)?;
    let mut errors = Errors::default();
    body::check(&mut stmts, flavour, &mut errors);
    errors.finish().map(|()| stmts)
}

fn signature(sig: &Signature, errors: &mut Errors) {
    if sig.asyncness.is_none() {
        errors.push(sig.fn_token, "a generator is an `async fn`; write `async` before `fn`");
    }
    if let Some(konst) = &sig.constness {
        errors.push(konst, "a generator cannot be `const`; remove `const`");
    }
    if let Some(abi) = &sig.abi {
        errors.push(abi, "a generator has no ABI; remove `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.push(variadic, "a generator cannot be variadic; take a slice or an iterator");
    }
}

/// The item type that a function declares.
pub(crate) fn item(output: &ReturnType, errors: &mut Errors) -> Type {
    let ReturnType::Type(_, ty) = output else {
        return parse_quote!(());
    };
    match &**ty {
        Type::ImplTrait(found) => {
            for bound in &found.bounds {
                let TypeParamBound::Trait(bound) = bound else {
                    continue;
                };
                let Some(last) = bound.path.segments.last() else {
                    continue;
                };
                let name = last.ident.to_string();
                if ["Stream", "Future", "AsyncGenerator", "FusedStream", "TryStream"]
                    .contains(&name.as_str())
                {
                    let instead = argument_of(&last.arguments)
                        .map_or(String::from("`-> T` instead"), |item| format!("`-> {item}`"));
                    errors.push(
                        ty,
                        format_args!("a generator declares what it yields, not `impl {name}`; write {instead}"),
                    );
                }
            }
        }
        Type::Path(found) if found.qself.is_none() => {
            let Some(last) = found.path.segments.last() else {
                return (**ty).clone();
            };
            if ["Generator", "BoxGenerator", "LocalBoxGenerator", "BoxStream"]
                .contains(&last.ident.to_string().as_str())
            {
                let message = format!(
                    "a generator declares what it yields, not `{}`; write `-> T`, the type of its items",
                    last.ident
                );
                errors.push(ty, message);
            }
        }
        Type::Never(_) => errors.push(ty, "a generator declares what it yields; leave out `-> !`"),
        _ => {}
    }
    (**ty).clone()
}

/// The `T` of `<Item = T>`.
fn argument_of(arguments: &syn::PathArguments) -> Option<String> {
    use quote::ToTokens as _;
    let syn::PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::AssocType(found) => Some(readable_type(&found.ty.to_token_stream())),
        _ => None,
    })
}

/// Tokens as one would write them, near enough for a message.
fn readable_type(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    [(" < ", "<"), (" >", ">"), (" :: ", "::"), (" ,", ","), ("& ", "&")]
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// A generator is fallible if the last segment of its return type is `Result`.
fn is_result(item: &Type) -> bool {
    match item {
        Type::Path(found) => found.path.segments.last().is_some_and(|last| last.ident == "Result"),
        Type::Paren(found) => is_result(&found.elem),
        Type::Group(found) => is_result(&found.elem),
        _ => false,
    }
}

/// The name of an argument that is a plain name, with or without `mut`.
pub(crate) fn plain_name(arg: &FnArg) -> Option<&syn::PatIdent> {
    match arg {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(name),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// Whether any part of an operand may suspend the body, so that it must be evaluated first.
pub(crate) fn may_suspend(expr: &Expr) -> bool {
    struct Suspends(bool);
    impl syn::visit_mut::VisitMut for Suspends {
        fn visit_expr_await_mut(&mut self, _: &mut syn::ExprAwait) {
            self.0 = true;
        }
        fn visit_expr_yield_mut(&mut self, _: &mut syn::ExprYield) {
            self.0 = true;
        }
        fn visit_macro_mut(&mut self, _: &mut syn::Macro) {
            self.0 = true;
        }
        fn visit_expr_for_loop_mut(&mut self, _: &mut syn::ExprForLoop) {
            self.0 = true;
        }
    }
    let mut suspends = Suspends(false);
    syn::visit_mut::VisitMut::visit_expr_mut(&mut suspends, &mut expr.clone());
    suspends.0
}

/// Whether a generic parameter is a type.
pub(crate) fn type_params(generics: &syn::Generics) -> impl Iterator<Item = &syn::Ident> {
    generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(&param.ident),
        _ => None,
    })
}
