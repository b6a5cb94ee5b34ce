//! The lifetimes that a signature leaves out.

use proc_macro2::Span;
use syn::{
    BoundLifetimes, GenericParam, Lifetime, Receiver, ReceiverKind, Token, Type, TypeImplTrait,
    TypeReference, parse_quote, visit_mut,
};

use crate::{
    names::Names,
    visitor::{Visitor, Walk},
};

/// Names the lifetimes that are left out: of the arguments, and then of what is returned.
pub(super) struct Elided<'a> {
    names: &'a Names,
    /// What each `impl` has to outlive.
    bound: &'a Lifetime,
    pub(super) has_impls: bool,
    /// The lifetimes that were left out.
    pub(super) new: Vec<Lifetime>,
    /// All lifetimes, and those among them that a type declares itself.
    all: Vec<Lifetime>,
    own: Vec<Lifetime>,
    /// The first one of a reference.
    reference: Option<Lifetime>,
    /// The one that may be left out of what is returned, and whether one is that may not.
    in_output: bool,
    output: Option<Lifetime>,
    pub(super) is_missing: bool,
}

impl<'a> Elided<'a> {
    pub(super) fn new(names: &'a Names, bound: &'a Lifetime) -> Self {
        Self {
            names,
            bound,
            has_impls: false,
            new: Vec::new(),
            all: Vec::new(),
            own: Vec::new(),
            reference: None,
            in_output: false,
            output: None,
            is_missing: false,
        }
    }

    /// Gives the lifetime of `self`.
    pub(super) fn receiver(&mut self, receiver: &mut Receiver) -> Option<Lifetime> {
        if let ReceiverKind::Reference(and, lifetime, _) = &mut receiver.kind {
            self.reference(*and, lifetime);
        }
        visit_mut::visit_receiver_mut(&mut Walk(self), receiver);
        self.reference.clone()
    }

    /// Goes on to what is returned. Gives the lifetime that may be left out there: that of `self`, or the only one.
    pub(super) fn output(&mut self, receiver: Option<Lifetime>) -> Option<Lifetime> {
        let mut all = self.all.iter().filter(|lifetime| !self.own.contains(lifetime));
        let only = all.next().filter(|first| all.all(|other| other == *first));
        self.output = receiver.or_else(|| only.cloned());
        self.in_output = true;
        self.output.clone()
    }

    /// The lifetime that is left out at a place, which is where errors say that it is declared.
    fn next(&mut self, place: Span) -> Option<Lifetime> {
        if self.in_output {
            self.is_missing |= self.output.is_none();
            return self.output.clone();
        }
        let names = self.names.located_at(place);
        let lifetime = names.lifetime(&format!("a{}", self.new.len()));
        self.new.push(lifetime.clone());
        Some(lifetime)
    }

    fn reference(&mut self, and: Token![&], lifetime: &mut Option<Lifetime>) {
        if lifetime.is_none() {
            *lifetime = self.next(and.span);
        }
        if self.reference.is_none() {
            self.reference.clone_from(lifetime);
        }
    }
}

impl Visitor for Elided<'_> {
    fn visit_type_reference_mut(&mut self, found: &mut TypeReference) {
        self.reference(found.and_token, &mut found.lifetime);
        visit_mut::visit_type_reference_mut(&mut Walk(self), found);
        if let Type::ImplTrait(behind) = &*found.elem {
            // It has one bound more than the user gave it.
            *found.elem = parse_quote!((#behind));
        }
    }

    fn visit_lifetime_mut(&mut self, found: &mut Lifetime) {
        if found.ident == "_" {
            if let Some(lifetime) = self.next(found.span()) {
                *found = lifetime;
            }
        }
        self.all.push(found.clone());
    }

    fn visit_bound_lifetimes_mut(&mut self, found: &mut BoundLifetimes) {
        self.own.extend(found.lifetimes.iter().filter_map(|param| match param {
            GenericParam::Lifetime(param) => Some(param.lifetime.clone()),
            _ => None,
        }));
    }

    fn visit_type_impl_trait_mut(&mut self, found: &mut TypeImplTrait) {
        self.has_impls = true;
        visit_mut::visit_type_impl_trait_mut(&mut Walk(self), found);
        let bound = self.bound;
        found.bounds.push(parse_quote!(#bound));
    }

    // No code in a type leaves lifetimes out.
    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    // The lifetimes of a function type are its own.
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}
