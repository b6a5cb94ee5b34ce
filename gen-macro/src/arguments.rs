//! What is known of the arguments that a body captures.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::{FnArg, PatType, ReceiverKind, Signature, Type};

use crate::{check::plain_name, in_sight::mentions};

/// What a body captures by a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capture {
    /// Something that has its turn when all are dropped.
    Among,
    /// The one thing whose drop anybody can notice, or the first to be dropped.
    First,
}

/// The arguments that a body captures by their names.
pub(crate) struct Captures {
    names: Vec<Ident>,
    /// The one of them that alone may have something to drop.
    only: Option<usize>,
}

impl Captures {
    pub(crate) fn get(&self, name: &Ident) -> Option<Capture> {
        let index = self.names.iter().position(|known| known == name)?;
        Some(if self.only == Some(index) { Capture::First } else { Capture::Among })
    }
}

/// Looks through the arguments of a function.
pub(crate) fn captures(sig: &Signature) -> Captures {
    let mut names = Vec::new();
    let mut droppable = Vec::new();
    // In a macro, two arguments may have the same name: the compiler tells them apart, we do not.
    let patterns = sig.inputs.iter().filter_map(|arg| match arg {
        FnArg::Typed(typed) => Some(typed.pat.to_token_stream()),
        FnArg::Receiver(_) => None,
    });
    let patterns: TokenStream = patterns.collect();
    let is_named_once = |name: &Ident| mentions(patterns.clone(), name) == 1;
    for arg in &sig.inputs {
        let dropped = match arg {
            FnArg::Receiver(receiver) => !matches!(receiver.kind, ReceiverKind::Reference(..)),
            FnArg::Typed(typed) => !is_never_dropped(&typed.ty),
        };
        let name = match (arg, plain_name(arg)) {
            (FnArg::Typed(typed), Some(name))
                if typed.attrs.is_empty()
                    && name.mutability.is_none()
                    && is_named_once(&name.ident) =>
            {
                names.push(name.ident.clone());
                Some(names.len() - 1)
            }
            _ => None,
        };
        if dropped {
            droppable.push(name);
        }
    }
    let only = if let [only] = droppable.as_slice() { *only } else { None };
    Captures { names, only }
}

/// Says whether an argument may not be there.
pub(crate) fn is_configured(arg: &PatType) -> bool {
    arg.attrs.iter().any(|attr| attr.path().is_ident("cfg"))
}

/// Types of which a drop does nothing. A type of the user's by the name of a primitive one is taken for that.
const PRIMITIVE: [&str; 16] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// Says whether a type, as it is written, is one of which a drop does nothing.
pub(crate) fn is_never_dropped(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) | Type::Ptr(_) | Type::FnPtr(_) | Type::Never(_) => true,
        Type::Tuple(tuple) => tuple.elems.iter().all(is_never_dropped),
        Type::Array(array) => is_never_dropped(&array.elem),
        Type::Paren(paren) => is_never_dropped(&paren.elem),
        Type::Group(group) => is_never_dropped(&group.elem),
        other => is_primitive(other),
    }
}

/// Says whether a type, as it is written, is one of numbers or the like.
pub(crate) fn is_primitive(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.qself.is_none()
        && path.path.get_ident().is_some_and(|name| PRIMITIVE.contains(&name.to_string().as_str()))
}
