//! The names that an expansion invents, all in one syntax context.

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _};
use syn::{Lifetime, Path, Token, ext::IdentExt as _};

/// Where invented names resolve, and where the runtime is.
#[derive(Clone)]
pub(crate) struct Names {
    span: Span,
    /// Where that is not its usual name.
    krate: Option<Rc<[TokenTree]>>,
}

impl Names {
    /// Names at `span`, which decides what can refer to them.
    pub(crate) fn new(span: Span, krate: TokenStream) -> Self {
        Self::at(span, krate.into_iter())
    }

    fn at(span: Span, krate: impl Iterator<Item = TokenTree>) -> Self {
        // The path moves to where it is used. Items resolve where the macro is called, as the user
        // has written the path for; `$crate` does so through its context.
        let locate = |mut token: TokenTree| {
            let here = if is_dollar_crate(&token) { span.resolved_at(token.span()) } else { span };
            token.set_span(here);
            token
        };
        Self { span, krate: Some(krate.map(locate).collect()) }
    }

    /// Names of a `stream!` and its like, whose `$crate` comes with a context of its own: all names have
    /// that one, for the compiler can join the spans of one context only.
    pub(crate) fn of_macro(krate: TokenStream) -> Self {
        let span = Span::mixed_site();
        let context = krate.clone().into_iter().next();
        Self::new(context.map_or(span, |token| span.resolved_at(token.span())), krate)
    }

    /// The same names, for code that stands elsewhere.
    pub(crate) fn located_at(&self, user: Span) -> Self {
        let span = user.resolved_at(self.span);
        match &self.krate {
            None => Self { span, krate: None },
            Some(krate) => Self::at(span, krate.iter().cloned()),
        }
    }

    /// Names of a function, to which no user code can refer. In `generator_syntax!`, they are where its `$crate` is.
    pub(crate) fn of_function(krate: Option<&Path>) -> Self {
        let span = Span::mixed_site();
        let Some(krate) = krate else { return Self { span, krate: None } };
        let krate = krate.to_token_stream();
        let context = krate.clone().into_iter().next().filter(is_dollar_crate);
        Self::new(context.map_or(span, |token| token.span()), krate)
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn ident(&self, name: &str) -> Ident {
        Ident::new(name, self.span)
    }

    /// The name of a local. A constant of the user's would capture a plainer one: patterns are not
    /// hygienic to constants.
    pub(crate) fn local(&self, name: &str) -> Ident {
        self.ident(&format!("__{name}"))
    }

    /// The names of several.
    pub(crate) fn locals<const N: usize>(&self, names: [&str; N]) -> [Ident; N] {
        names.map(|name| self.local(name))
    }

    /// The name of a local of the region at a depth. Code in a region assigns to those around it.
    pub(crate) fn in_region(&self, name: &str, depth: usize) -> Ident {
        self.local(&format!("{name}_{depth}"))
    }

    /// The name of a lifetime parameter. Those are not hygienic: only its spelling keeps it apart from the user's.
    pub(crate) fn lifetime(&self, name: &str) -> Lifetime {
        Lifetime::new(&format!("'__{name}"), self.span)
    }

    /// The label around the code of one async block. The compiler shows it to whoever carries a yield
    /// out of there by a macro, so it says what the matter is.
    pub(crate) fn label(&self) -> Lifetime {
        Lifetime::new("'only_the_body_itself_may_yield", self.span)
    }

    /// Where the runtime is.
    pub(crate) fn krate(&self) -> Route {
        Route { names: self.clone(), through_door: false }
    }

    /// A path through the hidden door of the runtime.
    pub(crate) fn door(&self) -> Route {
        Route { names: self.clone(), through_door: true }
    }
}

fn is_dollar_crate(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(name) if name == "$crate")
}

/// A path to what is in the runtime. It is printed token by token: a stream would cost a call to the compiler
/// wherever it is used.
pub(crate) struct Route {
    names: Names,
    through_door: bool,
}

impl ToTokens for Route {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Names { span, krate } = &self.names;
        let separate = |tokens: &mut TokenStream| Token![::](*span).to_tokens(tokens);
        if let Some(krate) = krate {
            tokens.append_all(krate.iter());
        } else {
            separate(tokens);
            tokens.append(Ident::new("gen_runtime", *span));
        }
        if self.through_door {
            separate(tokens);
            tokens.append(Ident::new("__private", *span));
        }
    }
}

/// Whether a name is spelled as that of a local variable, and not as that of a constant or a type.
pub(crate) fn is_of_local(name: &Ident) -> bool {
    let first = name.unraw().to_string().chars().next();
    name != "self" && first.is_some_and(|first| first.is_lowercase() || first == '_')
}
