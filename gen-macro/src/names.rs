//! The names that an expansion invents, all in one syntax context.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Lifetime, Path};

/// Where invented names resolve, and where the runtime is.
#[derive(Clone)]
pub(crate) struct Names {
    span: Span,
    krate: TokenStream,
}

impl Names {
    /// Names at `span`, which decides what can refer to them.
    pub(crate) fn new(span: Span, krate: TokenStream) -> Self {
        Self { span, krate }
    }

    /// Names of an expansion of its own: no user code can refer to them.
    pub(crate) fn fresh(krate: Option<&Path>) -> Self {
        let span = Span::mixed_site();
        let krate = krate
            .map_or_else(|| quote::quote_spanned!(span=> ::gen_runtime), ToTokens::to_token_stream);
        Self { span, krate }
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn ident(&self, name: &str) -> Ident {
        Ident::new(name, self.span)
    }

    /// The label around the code of one async block.
    pub(crate) fn label(&self) -> Lifetime {
        Lifetime::new("'body", self.span)
    }

    /// Where the runtime is.
    pub(crate) fn krate(&self) -> &TokenStream {
        &self.krate
    }

    /// A path through the hidden door of the runtime.
    pub(crate) fn door(&self) -> TokenStream {
        let krate = &self.krate;
        quote!(#krate::__private)
    }
}
