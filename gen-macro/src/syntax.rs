//! The keywords `yield` and `for await` where the compiler has not parsed the code, and our own
//! constructs in the arguments of macros that nobody but their author can read.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    ExprForLoop, ExprYield,
    parse::{Parse, ParseStream, Parser as _},
};

/// Rewrites `for await` to `#[for_await] for`, which syn can parse, at any depth.
// Input:  'rows: for await row in rows { .. }
// Output: #[for_await] 'rows: for row in rows { .. }
pub(crate) fn mark_for_await(tokens: TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut input = tokens.into_iter().peekable();
    while let Some(token) = input.next() {
        match token {
            TokenTree::Group(group) => out.push(map_group(&group, mark_for_await).into()),
            TokenTree::Ident(keyword)
                if keyword == "for"
                    && matches!(input.peek(), Some(TokenTree::Ident(next)) if next == "await") =>
            {
                let span = input.next().map_or(keyword.span(), |marker| marker.span());
                let mark = for_await_mark(span);
                let at = label_start(&out);
                out.splice(at..at, mark);
                out.push(keyword.into());
            }
            other => out.push(other),
        }
    }
    out.into_iter().collect()
}

fn for_await_mark(span: Span) -> impl Iterator<Item = TokenTree> {
    let marker = Ident::new("for_await", span);
    quote!(#[#marker]).into_iter()
}

/// Where a loop label at the end of `tokens` starts: `'a:` is a quote, a name and a colon.
fn label_start(tokens: &[TokenTree]) -> usize {
    let is_punct = |token: &TokenTree, c| matches!(token, TokenTree::Punct(p) if p.as_char() == c);
    match tokens {
        [.., quote, TokenTree::Ident(_), colon]
            if is_punct(quote, '\'') && is_punct(colon, ':') =>
        {
            tokens.len() - 3
        }
        _ => tokens.len(),
    }
}

fn map_group(group: &Group, map: impl FnOnce(TokenStream) -> TokenStream) -> Group {
    let mut mapped = Group::new(group.delimiter(), map(group.stream()));
    mapped.set_span(group.span());
    mapped
}

/// Rewrites what stands in the arguments of an opaque macro, so that the macros our expansion defines
/// beside it find it: `yield v` becomes `yield_!(v)`, an async for becomes `for_await_in_body!`.
///
/// Async blocks are left alone but for their yields: they are other bodies.
pub(crate) fn rewrite_opaque(tokens: TokenStream) -> TokenStream {
    rewrite(tokens, false)
}

fn rewrite(tokens: TokenStream, in_async: bool) -> TokenStream {
    if !mentions(&tokens) {
        return tokens;
    }
    let mut out = TokenStream::new();
    let mut input = tokens.into_iter().peekable();
    let mut after_async = false;
    while let Some(token) = input.next() {
        let mut opens_async = false;
        match &token {
            TokenTree::Ident(name) if name == "yield" => {
                let rest = input.collect::<TokenStream>();
                let (operand, rest) = split::<ExprYield>(quote!(#token #rest));
                match operand {
                    Some(found) => {
                        let operand = rewrite(found.expr.to_token_stream(), in_async);
                        let yield_ = Ident::new("yield_", found.yield_token.span);
                        out.extend(quote!(#yield_!(#operand)));
                        out.extend(rewrite(rest, in_async));
                    }
                    None => out.extend(rest),
                }
                return out;
            }
            TokenTree::Punct(hash)
                if hash.as_char() == '#' && !in_async && is_mark(input.peek()) =>
            {
                let rest = input.collect::<TokenStream>();
                let (found, rest) = split::<ExprForLoop>(quote!(#token #rest));
                match found {
                    Some(mut found) => {
                        found.attrs.clear();
                        let name = Ident::new("for_await_in_body", found.for_token.span);
                        let label = &found.label;
                        let (pat, expr) = (&found.pat, &found.expr);
                        let body = &found.body;
                        out.extend(quote!(#name! { #label #pat in #expr #body }));
                        out.extend(rewrite(rest, in_async));
                    }
                    None => out.extend(rest),
                }
                return out;
            }
            TokenTree::Ident(name)
                if name == "for_await"
                    && !in_async
                    && matches!(input.peek(), Some(TokenTree::Punct(p)) if p.as_char() == '!') =>
            {
                Ident::new("for_await_in_body", name.span()).to_tokens(&mut out);
                continue;
            }
            TokenTree::Ident(name) if name == "async" || (after_async && name == "move") => {
                opens_async = true;
            }
            TokenTree::Group(group) => {
                let body = after_async && group.delimiter() == Delimiter::Brace;
                let group = map_group(group, |inner| rewrite(inner, in_async || body));
                group.to_tokens(&mut out);
                after_async = false;
                continue;
            }
            _ => {}
        }
        token.to_tokens(&mut out);
        after_async = opens_async;
    }
    out
}

/// A quick look whether there is anything to rewrite.
fn mentions(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "yield" || name == "for_await",
        TokenTree::Group(group) => mentions(&group.stream()),
        _ => false,
    })
}

fn is_mark(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group))
        if group.delimiter() == Delimiter::Bracket && group.stream().to_string() == "for_await")
}

/// Parses a `T` at the start of `tokens` and gives what follows it; all of it where there is no `T`.
fn split<T: Parse + AttributesFirst>(tokens: TokenStream) -> (Option<T>, TokenStream) {
    let parser = |input: ParseStream<'_>| {
        let found = T::parse_first(input)?;
        Ok((found, input.parse::<TokenStream>()?))
    };
    match parser.parse2(tokens.clone()) {
        Ok((found, rest)) => (Some(found), rest),
        Err(_) => (None, tokens),
    }
}

/// How a construct starts.
trait AttributesFirst: Sized {
    fn parse_first(input: ParseStream<'_>) -> syn::Result<Self>;
}

impl AttributesFirst for ExprYield {
    fn parse_first(input: ParseStream<'_>) -> syn::Result<Self> {
        // `yield =>`, `yield,` and a `yield` at the end have no operand, which syn knows.
        input.parse()
    }
}

impl AttributesFirst for ExprForLoop {
    fn parse_first(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let mut found: Self = input.parse()?;
        found.attrs = attrs;
        Ok(found)
    }
}

/// A `$`, which `quote!` would take for itself.
pub(crate) fn dollar() -> Punct {
    Punct::new('$', Spacing::Alone)
}
