//! What a box holds, and so has to outlive it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{
    FnArg, GenericArgument, Lifetime, PathArguments, ReceiverKind, Signature, Type, TypePath,
    spanned::Spanned as _,
};

use crate::{
    arguments::{is_configured, is_primitive},
    names::Names,
    syntax::has_word,
};

/// Types that borrow no more than their arguments do.
const KNOWN: [&str; 4] = ["Option", "Result", "String", "Vec"];

/// Collects what a box holds, besides what the parameters of its function stand for. That may be in an impl or a trait,
/// which it cannot see: any name may be a parameter there.
pub(super) struct Held<'a> {
    sig: &'a Signature,
    /// The lifetimes that the function gets.
    new: &'a [Lifetime],
    names: &'a Names,
    /// A lifetime may be left out where nobody can see that.
    pub(super) may_hide: bool,
    pub(super) found: Vec<TokenStream>,
}

impl<'a> Held<'a> {
    pub(super) fn new(sig: &'a Signature, new: &'a [Lifetime], names: &'a Names) -> Self {
        Self { sig, new, names, may_hide: false, found: Vec::new() }
    }

    pub(super) fn argument(&mut self, arg: &FnArg) {
        match arg {
            FnArg::Receiver(receiver) => {
                self.this(receiver.self_token.span);
                if let ReceiverKind::Reference(_, Some(lifetime), _) = &receiver.kind {
                    self.lifetime(lifetime);
                }
            }
            // Where the argument is not, its type may not be, either.
            FnArg::Typed(typed) if is_configured(typed) => {}
            FnArg::Typed(typed) => self.ty(&typed.ty),
        }
    }

    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Array(array) => self.ty(&array.elem),
            Type::Group(group) => self.ty(&group.elem),
            Type::Paren(paren) => self.ty(&paren.elem),
            Type::Ptr(ptr) => self.ty(&ptr.elem),
            Type::Slice(slice) => self.ty(&slice.elem),
            Type::Tuple(tuple) => tuple.elems.iter().for_each(|ty| self.ty(ty)),
            // What is behind it outlives its lifetime.
            Type::Reference(reference) => {
                reference.lifetime.iter().for_each(|lifetime| self.lifetime(lifetime));
            }
            Type::Path(path) if !is_primitive(ty) => self.path(path),
            // A `for` would be one of the whole clause.
            Type::FnPtr(pointer) if pointer.lifetimes.is_none() => self.add(pointer),
            Type::Macro(_) if !self.may_hide => self.add(ty),
            _ => {}
        }
    }

    fn path(&mut self, path: &TypePath) {
        if has_word(path.to_token_stream(), "Self") {
            // A type of it may hold what it does. An implementation knows that of its own `Self` alone.
            self.this(path.span());
        }
        let segments = &path.path.segments;
        let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return };
        let name = &first.ident;
        let is_alone = segments.len() == 1;
        let is_plain = segments.iter().all(|segment| segment.arguments.is_none());
        let is_in_module = !is_alone && !name.to_string().starts_with(char::is_uppercase);
        let is_known = (is_alone || is_in_module) && KNOWN.iter().any(|known| last.ident == known);
        if path.qself.is_some() || (name == "Self" && !is_alone) {
            self.add(path);
        } else if is_known || has_word(path.to_token_stream(), "impl") {
            self.arguments(&last.arguments);
        } else if is_plain && (is_in_module || self.is_bounded(name)) {
            // There is nothing to say.
        } else if !self.may_hide || (is_plain && is_spelled_as_parameter(name)) {
            self.add(path);
        }
    }

    /// Says whether a type is bounded already: `Self`, and the parameters of the function itself.
    fn is_bounded(&self, name: &Ident) -> bool {
        name == "Self" || self.sig.generics.type_params().any(|param| param.ident == *name)
    }

    /// What is in the angle brackets of a type that cannot be bounded as a whole, or need not.
    fn arguments(&mut self, arguments: &PathArguments) {
        let PathArguments::AngleBracketed(arguments) = arguments else { return };
        for argument in &arguments.args {
            match argument {
                GenericArgument::Lifetime(lifetime) => self.lifetime(lifetime),
                GenericArgument::Type(ty) => self.ty(ty),
                _ => {}
            }
        }
    }

    fn lifetime(&mut self, lifetime: &Lifetime) {
        let mut own = self.sig.generics.lifetimes().map(|param| &param.lifetime).chain(self.new);
        let is_named = lifetime.ident != "static" && lifetime.ident != "_";
        if is_named && !own.any(|own| own == lifetime) {
            self.add(lifetime);
        }
    }

    /// What it stands for, on account of the code that is there.
    fn this(&mut self, place: Span) {
        self.add(&self.names.located_at(place).ident("Self"));
    }

    fn add(&mut self, what: &impl ToTokens) {
        let what = what.to_token_stream();
        if !self.found.iter().any(|known| known.to_string() == what.to_string()) {
            self.found.push(what);
        }
    }
}

/// Says whether a name is spelled as that of a type parameter: `T`, and not `Row`, which may have a lifetime.
fn is_spelled_as_parameter(name: &Ident) -> bool {
    !name.to_string().contains(char::is_lowercase)
}
