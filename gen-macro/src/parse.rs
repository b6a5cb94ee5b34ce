//! Tokens to syntax: the function under the attribute.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::{
    Attribute, Block, Error, Signature, Stmt, Token, Visibility,
    parse::{Parse, ParseStream, Parser as _},
    token::Brace,
};

use crate::constructs::readable;

/// A function whose body was not looked at yet, so that its signature survives what stands in there.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Option<Group>,
    /// The semicolon of a method without a body.
    pub(crate) semi: Option<Token![;]>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        let start = input.span();
        let sig: Signature = input.parse().map_err(|error| not_a_function(input, start, error))?;
        if input.peek(Token![;]) {
            return Ok(Self { attrs, vis, sig, body: None, semi: Some(input.parse()?) });
        }
        if !input.peek(Brace) {
            return Err(input.error("expected the body of the function"));
        }
        let body = Some(input.parse()?);
        Ok(Self { attrs, vis, sig, body, semi: None })
    }
}

fn not_a_function(input: ParseStream<'_>, start: Span, error: Error) -> Error {
    let item =
        ["struct", "enum", "union", "trait", "impl", "mod", "type", "use", "static", "macro_rules"];
    let ahead = input.cursor().ident().map(|(name, _)| name.to_string());
    match ahead {
        Some(name) if item.contains(&name.as_str()) => {
            Error::new(start, "`#[async_generator]` goes on an `async fn`; put it on each function")
        }
        _ => error,
    }
}

/// Parses the function under the attribute.
pub(crate) fn function(item: TokenStream) -> syn::Result<Function> {
    syn::parse2(item)
}

/// Parses the statements of a function's body.
pub(crate) fn block(body: Group, keywords: bool) -> syn::Result<Vec<Stmt>> {
    // As a group, so that what is missing at its end is missed there.
    let block: Block = syn::parse2(readable(TokenTree::Group(body).into(), keywords))?;
    Ok(block.stmts)
}

/// Parses the statements of a `stream!`.
pub(crate) fn body(tokens: TokenStream, keywords: bool) -> syn::Result<Vec<Stmt>> {
    let parser = |input: ParseStream<'_>| input.call(Block::parse_within);
    parser.parse2(readable(tokens, keywords))
}
