//! `stream_of![expr for x in xs if cond]`: clauses to nested loops.

use quote::quote_spanned;
use syn::{
    Block, Expr, Pat, Stmt, Token,
    parse::{Parse, ParseStream},
    parse_quote,
    token::Brace,
};

/// An async comprehension.
pub(crate) struct Comprehension {
    element: Expr,
    clauses: Vec<Clause>,
}

enum Clause {
    For { token: Token![for], is_async: bool, pat: Pat, source: Expr },
    If { token: Token![if], cond: Expr },
}

impl Parse for Comprehension {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(input
                .error("expected `element for pattern in source`, with `for await` for a stream"));
        }
        let element = input.parse()?;
        let mut clauses = Vec::new();
        while !input.is_empty() {
            clauses.push(Clause::parse(input, clauses.is_empty())?);
        }
        if clauses.is_empty() {
            return Err(input.error("expected `for` or `for await` after the element"));
        }
        Ok(Self { element, clauses })
    }
}

impl Clause {
    fn parse(input: ParseStream<'_>, first: bool) -> syn::Result<Self> {
        if input.peek(Token![for]) {
            let token = input.parse()?;
            let is_async = input.parse::<Option<Token![await]>>()?.is_some();
            let pat = input.call(Pat::parse_multi_with_leading_vert)?;
            if !input.peek(Token![in]) {
                return Err(input.error("expected `in` and what to iterate over"));
            }
            input.parse::<Token![in]>()?;
            return Ok(Self::For { token, is_async, pat, source: input.parse()? });
        }
        if first {
            return Err(input.error("expected `for` or `for await` after the element"));
        }
        if input.peek(Token![if]) {
            return Ok(Self::If { token: input.parse()?, cond: input.parse()? });
        }
        Err(input.error("expected another `for`, `for await` or `if` clause"))
    }
}

impl Comprehension {
    // Input:  f(x) for await x in s if p(x)
    // Output: #[for_await] for x in s { if p(x) { yield_!(f(x)); } }
    pub(crate) fn into_stmts(self) -> Vec<Stmt> {
        let element = self.element;
        let innermost: Stmt = parse_quote!(yield_!(#element););
        let loops = self.clauses.into_iter().rev().fold(innermost, |inner, clause| {
            let block = Block { brace_token: Brace::default(), stmts: vec![inner] };
            match clause {
                Clause::For { token, is_async, pat, source } => {
                    let mark = is_async.then(|| quote_spanned!(token.span=> #[for_await]));
                    parse_quote!(#mark #token #pat in #source #block)
                }
                Clause::If { token, cond } => parse_quote!(#token #cond #block),
            }
        });
        vec![loops]
    }
}
