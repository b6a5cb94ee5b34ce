//! Which macro invocations are ours, and what stands in them.

use syn::{
    Attribute, Block, Expr, ExprAsync, ExprForLoop, ExprMacro, Label, Macro, Pat, Path, Stmt,
    Token,
    parse::{Parse, ParseStream},
    spanned::Spanned as _,
};

use crate::parse;

/// A macro invocation that a body gives a meaning to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Construct {
    Yield,
    YieldFrom,
    Defer,
    /// `for_await!`, or the form of it that opaque macros are given.
    ForAwait,
    /// `stream!`, `try_stream!` and `stream_of!`: generators of their own.
    Nested,
    /// `generator_syntax!`: items of their own.
    Items,
}

/// The construct that a macro path names, if it is one of ours.
pub(crate) fn construct(path: &Path) -> Option<Construct> {
    let name = path.segments.last()?.ident.to_string();
    Some(match name.as_str() {
        "yield_" => Construct::Yield,
        "yield_from" => Construct::YieldFrom,
        // The other one by this name, which guards without an await.
        "defer" if starts_with(path, "scopeguard") => return None,
        "defer" => Construct::Defer,
        "for_await" | "for_await_in_body" => Construct::ForAwait,
        "stream" | "try_stream" | "stream_of" => Construct::Nested,
        "generator_syntax" => Construct::Items,
        _ => return None,
    })
}

fn starts_with(path: &Path, name: &str) -> bool {
    path.segments.len() > 1 && path.segments.first().is_some_and(|first| first.ident == name)
}

/// Whether a macro with the name of one of ours is known to be that, or as good: by its path, if it has one.
pub(crate) fn is_known(path: &Path) -> bool {
    path.segments.len() == 1
        || ["gen_runtime", "async_stream"].iter().any(|name| starts_with(path, name))
}

/// The macro of a statement or expression, whichever way syn has parsed it.
pub(crate) fn macro_of(stmt: &Stmt) -> Option<&Macro> {
    match stmt {
        Stmt::Macro(stmt) => Some(&stmt.mac),
        Stmt::Expr(Expr::Macro(ExprMacro { mac, .. }), _) => Some(mac),
        _ => None,
    }
}

/// The cleanup of a `defer!` statement.
pub(crate) fn deferred(stmt: &Stmt) -> Option<&Macro> {
    macro_of(stmt).filter(|mac| construct(&mac.path) == Some(Construct::Defer))
}

/// Whether what is awaited is an async block, awaited on the spot: `async { .. }.await`.
pub(crate) fn is_awaited_block(base: &Expr) -> bool {
    match base {
        Expr::Async(_) => true,
        Expr::Paren(paren) => is_awaited_block(&paren.expr),
        Expr::Group(group) => is_awaited_block(&group.expr),
        _ => false,
    }
}

/// The async block that [`is_awaited_block`] found.
pub(crate) fn awaited_block(base: &mut Expr) -> &mut ExprAsync {
    match base {
        Expr::Async(found) => found,
        Expr::Paren(paren) => awaited_block(&mut paren.expr),
        Expr::Group(group) => awaited_block(&mut group.expr),
        _ => unreachable!("`is_awaited_block` has looked"),
    }
}

/// Whether an attribute is the `#[for_await]` mark of a loop.
pub(crate) fn is_for_await(attr: &Attribute) -> bool {
    attr.path().segments.last().is_some_and(|segment| segment.ident == "for_await")
}

/// Whether a nested item is a generator, which has its own body.
pub(crate) fn is_generator(attrs: &[Attribute]) -> bool {
    let named = |attr: &Attribute| {
        attr.path().segments.last().is_some_and(|s| s.ident == "async_generator")
    };
    attrs.iter().any(named)
}

/// The operand of a yield; `None` is `()`.
pub(crate) struct Operand(pub(crate) Option<Expr>);

impl Parse for Operand {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Self(None));
        }
        let value = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            return Err(input.error("expected one value; write several as a tuple: `(a, b)`"));
        }
        Ok(Self(Some(value)))
    }
}

/// `'label: pat in source { .. }`, an async for.
pub(crate) struct AsyncFor {
    pub(crate) label: Option<Label>,
    pub(crate) pat: Pat,
    pub(crate) source: Expr,
    pub(crate) body: Block,
}

impl Parse for AsyncFor {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expected = |found: ParseStream<'_>, what| {
            found.error(format!("expected {what}; write `for_await!(pattern in stream {{ .. }})`"))
        };
        let label = input.parse()?;
        let found = input.fork();
        let pat = input
            .call(Pat::parse_multi_with_leading_vert)
            .map_err(|_| expected(&found, "a pattern"))?;
        if !input.peek(Token![in]) {
            return Err(expected(input, "`in`"));
        }
        input.parse::<Token![in]>()?;
        let source = input.call(Expr::parse_without_eager_brace)?;
        if !input.peek(syn::token::Brace) {
            return Err(expected(input, "a block"));
        }
        Ok(Self { label, pat, source, body: input.parse()? })
    }
}

impl From<ExprForLoop> for AsyncFor {
    fn from(found: ExprForLoop) -> Self {
        Self { label: found.label, pat: *found.pat, source: *found.expr, body: found.body }
    }
}

/// The block of a cleanup.
pub(crate) struct Cleanup(pub(crate) Vec<Stmt>);

impl Parse for Cleanup {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Block::parse_within).map(Self)
    }
}

/// Parses the arguments of one of our macros.
pub(crate) fn arguments<T: Parse>(mac: &Macro) -> syn::Result<T> {
    parse::all(mac.tokens.clone()).map_err(|error| {
        let is_empty = mac.tokens.is_empty();
        if is_empty { syn::Error::new(mac.path.span(), error) } else { error }
    })
}
