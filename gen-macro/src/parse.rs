//! Tokens to syntax: the function under the attribute.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree, extra::DelimSpan};
use syn::{
    AttrStyle, Attribute, Block, Error, Signature, Stmt, Token, Visibility, braced,
    parse::{Parse, ParseStream, Parser as _},
    token::Brace,
};

use crate::{
    errors::at_end,
    syntax::{map_group, mark_for_await},
};

/// A function whose body was not looked at yet, so that its signature survives what stands in there.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Option<Group>,
    /// The braces of the body, once that is taken out.
    pub(crate) braces: Option<DelimSpan>,
    /// The semicolon of a method without a body.
    pub(crate) semi: Option<Token![;]>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        let start = input.span();
        let before = input.fork();
        let sig: Signature =
            input.parse().map_err(|error| not_a_function(&before, start, error))?;
        if input.peek(Token![;]) {
            return Ok(Self {
                attrs,
                vis,
                sig,
                body: None,
                braces: None,
                semi: Some(input.parse()?),
            });
        }
        if !input.peek(Brace) {
            return Err(input.error("expected the body of the function"));
        }
        // Not as a `Group`: a `$body:block` comes in one more, which has no delimiters.
        let content;
        let braces = braced!(content in input).span;
        let mut body = Group::new(Delimiter::Brace, content.parse()?);
        body.set_span(braces.join());
        Ok(Self { attrs, vis, sig, body: Some(body), braces: Some(braces), semi: None })
    }
}

fn not_a_function(input: ParseStream<'_>, start: Span, error: Error) -> Error {
    let holds_functions = ["impl", "mod", "trait"];
    let others =
        ["struct", "enum", "union", "type", "use", "static", "macro_rules", "const", "let", "auto"];
    let words = input.fork().parse::<TokenStream>().unwrap_or_default().into_iter();
    let words: Vec<String> = words
        .map_while(|token| match token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        })
        .collect();
    let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let message = if words.iter().any(|word| word == "fn") {
        return error;
    } else if is(&holds_functions) {
        "`#[async_generator]` goes on an `async fn`; put it on each function in here"
    } else if is(&others) {
        "`#[async_generator]` goes on an `async fn`; this is none"
    } else {
        "`#[async_generator]` goes on an `async fn`; for an expression, use `stream! { .. }`"
    };
    Error::new(start, message)
}

/// Parses the function under the attribute.
pub(crate) fn function(item: TokenStream) -> syn::Result<Function> {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    // Its body is parsed later: until then, syn need not copy that.
    let body = match tokens.last_mut() {
        Some(TokenTree::Group(last)) if last.delimiter() == Delimiter::Brace => {
            let mut empty = Group::new(Delimiter::Brace, TokenStream::new());
            empty.set_span(last.span());
            Some(std::mem::replace(last, empty))
        }
        _ => None,
    };
    let mut function = whole(Function::parse, tokens.into_iter().collect())?;
    if let (Some(body), Some(_)) = (body, &function.body) {
        function.braces = Some(body.delim_span());
        function.body = Some(body);
    }
    if let Some(body) = &mut function.body {
        take_attributes(body, &mut function.attrs);
    }
    Ok(function)
}

/// Moves the attributes that a body starts with to the function, whose they are.
// Input:  #[inline] async fn count() -> u32 { #![allow(unused)] yield_!(1); }
// Output: #[inline] #[allow(unused)] async fn count() -> u32 { yield_!(1); }
fn take_attributes(body: &mut Group, attrs: &mut Vec<Attribute>) {
    let mut start = body.stream().into_iter();
    let mut starts_with = |c| matches!(start.next(), Some(TokenTree::Punct(p)) if p.as_char() == c);
    if !(starts_with('#') && starts_with('!')) {
        return;
    }
    let parser = |input: ParseStream<'_>| {
        Ok((input.call(Attribute::parse_inner)?, input.parse::<TokenStream>()?))
    };
    // What is wrong with one is said where the body is parsed.
    if let Ok((found, rest)) = whole(parser, body.stream()) {
        attrs.extend(found.into_iter().map(to_outer));
        *body = map_group(body, |_| rest);
    }
}

/// The same attribute, before what it is about.
pub(crate) fn to_outer(attr: Attribute) -> Attribute {
    Attribute { style: AttrStyle::Outer, ..attr }
}

/// Parses the statements of a body.
pub(crate) fn body(tokens: TokenStream) -> syn::Result<Vec<Stmt>> {
    marked_body(tokens).0
}

/// The same, and whether it was parsed with its `for await` marked, so that one that is not accepted is one error.
pub(crate) fn marked_body(tokens: TokenStream) -> (syn::Result<Vec<Stmt>>, bool) {
    with(Block::parse_within, tokens)
}

/// Parses all of `tokens`.
pub(crate) fn all<T: Parse>(tokens: TokenStream) -> syn::Result<T> {
    with(T::parse, tokens).0
}

/// The same, for what has a `for await` of its own.
pub(crate) fn unmarked<T: Parse>(tokens: TokenStream) -> syn::Result<T> {
    whole(T::parse, tokens.clone()).map_err(|error| at_end(error, tokens))
}

type Parser<T> = fn(ParseStream<'_>) -> syn::Result<T>;

/// Parses all of `tokens`. What syn makes of a parser is made of one for all types.
pub(crate) fn whole<T>(
    mut parser: impl FnMut(ParseStream<'_>) -> syn::Result<T>,
    tokens: TokenStream,
) -> syn::Result<T> {
    fn run(
        parser: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<()>,
        tokens: TokenStream,
    ) -> syn::Result<()> {
        parser.parse2(tokens)
    }
    let mut parsed = None;
    let mut parse = |input: ParseStream<'_>| {
        parsed = Some(parser(input)?);
        Ok(())
    };
    run(&mut parse, tokens)?;
    Ok(parsed.expect("the parser has run"))
}

/// Parses all of `tokens`. `for await` may stand in them, which syn can parse only where it is marked: nobody looks
/// for it where there is nothing that syn cannot parse. What is missing at their end is reported at the last of
/// them: nothing is behind it to point at but the whole macro.
fn with<T>(parser: Parser<T>, tokens: TokenStream) -> (syn::Result<T>, bool) {
    let mut parsed = whole(parser, tokens.clone());
    let marked = parsed.as_ref().err().and_then(|_| mark_for_await(&tokens));
    let is_marked = marked.is_some();
    if let Some(marked) = marked {
        parsed = whole(parser, marked);
    }
    (parsed.map_err(|error| at_end(error, tokens)), is_marked)
}
