//! Functions that return a box: what their box may borrow has to be said with a lifetime.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{
    FnArg, GenericParam, Lifetime, Receiver, ReceiverKind, Signature, Type, TypeImplTrait,
    TypeReference, parse_quote, parse_quote_spanned, visit_mut,
};

use super::function::capture_all;
use crate::{
    args::Boxed,
    names::Names,
    visitor::{Visitor, Walk},
};

fn name(boxed: Boxed) -> &'static str {
    match boxed {
        Boxed::Send => "BoxGenerator",
        Boxed::Local => "LocalBoxGenerator",
    }
}

// Output: BoxGenerator::declared(token, move || generator)
pub(super) fn new(boxed: Boxed, generator: &TokenStream, names: &Names) -> TokenStream {
    let krate = names.krate();
    let name = names.ident(name(boxed));
    let token = names.local("generator");
    quote_spanned!(names.span()=> #krate::#name::declared(#token, move || #generator))
}

// Input:  fn rows(&self, of: &str) -> &str
// Output: fn rows<'a0, 'a1, 'generator>(&'a0 self, of: &'a1 str) -> BoxGenerator<'generator, &'a0 str, ..>
//         where Self: 'generator, 'a0: 'generator, 'a1: 'generator
pub(super) fn signature(
    sig: &mut Signature,
    mut item: Type,
    signals: &TokenStream,
    boxed: Boxed,
    names: &Names,
    close: &TokenStream,
) {
    let krate = names.krate();
    let box_name = names.ident(name(boxed));
    let bound = names.lifetime("generator");
    let mut inputs = Elided {
        names: names.clone(),
        bound: bound.clone(),
        found: Vec::new(),
        in_receiver: false,
        receiver: None,
        impls: false,
    };
    for arg in &mut sig.inputs {
        match arg {
            FnArg::Receiver(receiver) => inputs.receiver(receiver),
            FnArg::Typed(typed) => inputs.visit_type_mut(&mut typed.ty),
        }
    }
    let declared: Vec<Lifetime> =
        sig.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    let all: Vec<&Lifetime> = declared.iter().chain(&inputs.found).collect();
    let has_self = sig.receiver().is_some();
    let has_types = sig.generics.type_params().next().is_some();
    // The lifetime that an elided one in the return type stands for.
    let elided = inputs.receiver.clone().or_else(|| match all.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    });
    if let Some(elided) = elided {
        Replace(elided).visit_type_mut(&mut item);
    }
    let lifetime = if all.is_empty() && !has_types && !has_self && !inputs.impls {
        Lifetime::new("'static", names.span())
    } else {
        bound.clone()
    };
    if lifetime == bound {
        // Where the user's bounds are: in two places they would be a lint.
        let mut bare = Vec::new();
        for ty in sig.generics.type_params_mut() {
            if ty.bounds.is_empty() {
                bare.push(ty.ident.clone());
            } else {
                ty.bounds.push(parse_quote!(#bound));
            }
        }
        let clause = sig.generics.make_where_clause();
        for lifetime in declared.iter().chain(&inputs.found) {
            clause.predicates.push(parse_quote!(#lifetime: #bound));
        }
        for ty in bare {
            clause.predicates.push(parse_quote!(#ty: #bound));
        }
        if has_self {
            clause.predicates.push(parse_quote_spanned!(names.span()=> Self: #bound));
        }
        let at = sig.generics.lifetimes().count();
        let new = inputs.found.iter().chain([&bound]);
        for (index, lifetime) in new.enumerate() {
            sig.generics.params.insert(at + index, GenericParam::Lifetime(parse_quote!(#lifetime)));
        }
    }
    let item = capture_all(item.to_token_stream());
    sig.output = parse_quote_spanned! {names.span()=>
        -> #krate::#box_name<#lifetime, #item #signals #close
    };
}

/// Names the lifetimes that are left out of the arguments.
struct Elided {
    names: Names,
    bound: Lifetime,
    found: Vec<Lifetime>,
    in_receiver: bool,
    receiver: Option<Lifetime>,
    impls: bool,
}

impl Elided {
    fn next(&mut self) -> Lifetime {
        let lifetime = self.names.lifetime(&format!("a{}", self.found.len()));
        self.found.push(lifetime.clone());
        lifetime
    }

    fn receiver(&mut self, receiver: &mut Receiver) {
        self.in_receiver = true;
        match &mut receiver.kind {
            ReceiverKind::Reference(_, lifetime, _) => {
                let lifetime = lifetime.get_or_insert_with(|| self.next());
                self.receiver = Some(lifetime.clone());
            }
            ReceiverKind::Typed(_, ty) => self.visit_type_mut(ty),
            _ => {}
        }
        self.in_receiver = false;
    }
}

impl Visitor for Elided {
    fn visit_type_reference_mut(&mut self, found: &mut TypeReference) {
        if found.lifetime.is_none() {
            found.lifetime = Some(self.next());
        }
        if self.in_receiver && self.receiver.is_none() {
            self.receiver.clone_from(&found.lifetime);
        }
        visit_mut::visit_type_reference_mut(&mut Walk(self), found);
        if let Type::ImplTrait(behind) = &*found.elem {
            // It has one bound more than the user gave it.
            *found.elem = parse_quote!((#behind));
        }
    }

    fn visit_lifetime_mut(&mut self, found: &mut Lifetime) {
        if found.ident == "_" {
            *found = self.next();
        }
    }

    fn visit_type_impl_trait_mut(&mut self, found: &mut TypeImplTrait) {
        self.impls = true;
        let bound = &self.bound;
        found.bounds.push(parse_quote!(#bound));
        visit_mut::visit_type_impl_trait_mut(&mut Walk(self), found);
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

/// Puts a lifetime where one is left out.
struct Replace(Lifetime);

impl Visitor for Replace {
    fn visit_type_reference_mut(&mut self, found: &mut TypeReference) {
        found.lifetime.get_or_insert_with(|| self.0.clone());
        visit_mut::visit_type_reference_mut(&mut Walk(self), found);
    }

    fn visit_lifetime_mut(&mut self, found: &mut Lifetime) {
        if found.ident == "_" {
            *found = self.0.clone();
        }
    }

    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}
