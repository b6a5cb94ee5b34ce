//! The lifetimes that a signature leaves out.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{
    BoundLifetimes, FnArg, GenericParam, Generics, Lifetime, Receiver, ReceiverKind, Signature,
    Token, Type, TypeImplTrait, TypeParamBound, TypeReference, parse_quote, visit_mut,
};

use crate::{
    arguments::is_configured,
    names::Names,
    visitor::{Visitor, Walk},
};

/// Says what an unboxed function captures. It captures all lifetimes anyway, but where the bounds of its future do not
/// mention one, a borrow that is in the way gets a note about that, and a cure that breaks the attribute. Said of the
/// future's output, it is true of any, and printed as if it were said of the future. One bound that says both may be none
/// for our oldest compiler.
// Input:  fn rows(&self, of: &str) -> &str
// Output: fn rows<'a0>(&self, of: &'a0 str) -> &str, and `+ Future<Output: '_ + 'a0>`
pub(super) fn captures(
    sig: &mut Signature,
    item: &mut Type,
    close: Token![>],
    names: &Names,
) -> TokenStream {
    let Elided { new, all, own, of_self, .. } = Elided::name(sig, item, None, names);
    declare(&mut sig.generics, &new, sig.paren_token.span.open());
    let mut found: Vec<&Lifetime> = of_self.iter().collect();
    for lifetime in sig.generics.lifetimes().map(|param| &param.lifetime).chain(&all) {
        let is_named = lifetime.ident != "static" && lifetime.ident != "_";
        if is_named && !own.contains(lifetime) && !found.contains(&lifetime) {
            found.push(lifetime);
        }
    }
    if found.is_empty() {
        return TokenStream::new();
    }
    let door = names.door();
    quote_spanned!(names.span()=> + #door::Future<Output: #(#found)+* #close)
}

/// Adds lifetimes to the parameters, behind those of the user's. If there are none, it is `at` that errors about them are.
pub(super) fn declare(generics: &mut Generics, new: &[Lifetime], at: Span) {
    if new.is_empty() {
        return;
    }
    generics.lt_token.get_or_insert(Token![<](at));
    generics.gt_token.get_or_insert(Token![>](at));
    let last = generics.lifetimes().count();
    for (index, lifetime) in new.iter().enumerate() {
        generics.params.insert(last + index, GenericParam::Lifetime(parse_quote!(#lifetime)));
    }
}

/// Names the lifetimes that are left out: of the arguments, and then of what is returned.
pub(super) struct Elided<'a> {
    names: &'a Names,
    /// What each `impl` has to outlive, of a function that returns a box. All of its lifetimes need names.
    bound: Option<&'a Lifetime>,
    pub(super) has_impls: bool,
    /// The lifetimes that were left out.
    pub(super) new: Vec<Lifetime>,
    /// All lifetimes, and those among them that a type declares itself.
    all: Vec<Lifetime>,
    own: Vec<Lifetime>,
    /// `'_`, where that is the lifetime of `&self`, and may be left out of what is returned.
    of_self: Option<Lifetime>,
    /// The first one of a reference.
    reference: Option<Lifetime>,
    /// The one that may be left out of what is returned, and whether one is that may not.
    in_output: bool,
    pub(super) output: Option<Lifetime>,
    pub(super) is_missing: bool,
}

impl<'a> Elided<'a> {
    /// Names those of a signature and of the items. If there is one that cannot be left out, nothing is named: the
    /// compiler says so, and how the user could name it.
    pub(super) fn name(
        sig: &mut Signature,
        item: &mut Type,
        bound: Option<&'a Lifetime>,
        names: &'a Names,
    ) -> Self {
        // A name leaves nothing out.
        let is_name = matches!(item, Type::Path(path) if path.path.get_ident().is_some());
        let written = (!is_name).then(|| (sig.inputs.clone(), item.clone()));
        let mut elided = Self {
            names,
            bound,
            has_impls: false,
            new: Vec::new(),
            all: Vec::new(),
            own: Vec::new(),
            of_self: None,
            reference: None,
            in_output: false,
            output: None,
            is_missing: false,
        };
        let mut receiver = None;
        for arg in &mut sig.inputs {
            match arg {
                FnArg::Receiver(Receiver { kind: ReceiverKind::Reference(_, None, _), .. })
                    if bound.is_none() =>
                {
                    elided.of_self = Some(Lifetime::new("'_", names.span()));
                }
                FnArg::Receiver(this) => receiver = elided.receiver(this),
                FnArg::Typed(typed) if bound.is_none() && is_configured(typed) => {}
                FnArg::Typed(typed) => elided.visit_type_mut(&mut typed.ty),
            }
        }
        elided.output(receiver);
        elided.visit_type_mut(item);
        if let (true, Some(written)) = (elided.is_missing, written) {
            (sig.inputs, *item) = written;
            elided.new.clear();
            elided.all.clear();
        }
        elided
    }

    /// Gives the lifetime of `self`.
    fn receiver(&mut self, receiver: &mut Receiver) -> Option<Lifetime> {
        if let ReceiverKind::Reference(and, lifetime, _) = &mut receiver.kind {
            self.reference(*and, lifetime);
        }
        visit_mut::visit_receiver_mut(&mut Walk(self), receiver);
        self.reference.clone()
    }

    /// Goes on to what is returned. The lifetime that may be left out there is that of `self`, or the only one.
    fn output(&mut self, receiver: Option<Lifetime>) {
        let mut all = self.all.iter().filter(|lifetime| !self.own.contains(lifetime));
        let only = all.next().filter(|first| all.all(|other| other == *first));
        self.output = receiver.or_else(|| only.cloned()).filter(|_| self.of_self.is_none());
        self.in_output = true;
    }

    /// The lifetime that is left out at a place, which is where errors say that it is declared.
    fn next(&mut self, place: Span) -> Option<Lifetime> {
        if self.in_output {
            self.is_missing |= self.output.is_none() && self.of_self.is_none();
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
    fn visit_type_mut(&mut self, found: &mut Type) {
        // A lifetime that is only of an associated type has to be known where the function is named, if it has a name.
        if self.bound.is_some() || self.in_output || !is_associated(found) {
            visit_mut::visit_type_mut(&mut Walk(self), found);
        }
    }

    fn visit_type_reference_mut(&mut self, found: &mut TypeReference) {
        self.reference(found.and_token, &mut found.lifetime);
        visit_mut::visit_type_reference_mut(&mut Walk(self), found);
        if let (Type::ImplTrait(behind), Some(_)) = (&*found.elem, self.bound) {
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
        found.bounds.extend(self.bound.map(|bound| -> TypeParamBound { parse_quote!(#bound) }));
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

/// Says whether a type is one of a trait: `<T as Lend>::Row<'_>`, `Self::Row<'_>`.
fn is_associated(ty: &Type) -> bool {
    let Type::Path(found) = ty else { return false };
    let segments = &found.path.segments;
    let is_of_type =
        || segments.len() > 1 && segments[0].ident.to_string().starts_with(char::is_uppercase);
    found.qself.is_some() || is_of_type()
}
