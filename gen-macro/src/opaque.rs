//! Our constructs in the arguments of macros that nobody but their author can read.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree, token_stream};
use quote::{ToTokens as _, quote};
use syn::{
    Attribute, ExprForLoop, ExprYield,
    parse::{Parse as _, ParseStream, Parser as _},
};

use crate::syntax::map_group;

type Tokens = Peekable<token_stream::IntoIter>;

/// Rewrites what the macros that our expansion defines beside the invocation, and a fallible body,
/// have to find in it: `yield v` becomes `yield_!(v)`, an async for becomes `for_await_in_body!`, and
/// where `end` is given, `return` without a value returns it.
///
/// Closures and async blocks are other bodies: only their yields are rewritten, to be refused.
// Input:  n = read() => { yield n; for await x in xs { .. } return; }
// Output: n = read() => { yield_!(n); for_await_in_body! { x in xs { .. } } return Ok(()); }
pub(crate) fn rewrite(tokens: TokenStream, end: Option<&TokenStream>) -> TokenStream {
    Rewriter { end, foreign: false }.rewrite(tokens)
}

#[derive(Clone, Copy)]
struct Rewriter<'e> {
    end: Option<&'e TokenStream>,
    /// In a closure or an async block.
    foreign: bool,
}

impl Rewriter<'_> {
    fn rewrite(self, tokens: TokenStream) -> TokenStream {
        if !self.mentions(&tokens) {
            return tokens;
        }
        let mut out = TokenStream::new();
        let mut input = tokens.into_iter().peekable();
        let mut before: Option<TokenTree> = None;
        // The next block is the body of a closure or an async block.
        let mut opens_foreign = false;
        while let Some(token) = input.next() {
            match &token {
                TokenTree::Ident(name) if name == "yield" => {
                    self.yield_(&token, input, &mut out);
                    return out;
                }
                TokenTree::Punct(hash)
                    if hash.as_char() == '#' && self.is_async_for(&mut input) =>
                {
                    self.async_for(&token, input, &mut out);
                    return out;
                }
                TokenTree::Ident(name) if name == "for_await" && self.is_for_await(&mut input) => {
                    Ident::new("for_await_in_body", name.span()).to_tokens(&mut out);
                }
                TokenTree::Ident(name) if name == "return" && self.returns_nothing(&mut input) => {
                    token.to_tokens(&mut out);
                    self.end.to_tokens(&mut out);
                }
                TokenTree::Group(group) => {
                    let foreign =
                        self.foreign || (opens_foreign && group.delimiter() == Delimiter::Brace);
                    let inner = Self { foreign, ..self };
                    map_group(group, |tokens| inner.rewrite(tokens)).to_tokens(&mut out);
                    opens_foreign = false;
                }
                TokenTree::Punct(pipe)
                    if pipe.as_char() == '|' && may_open_closure(before.as_ref()) =>
                {
                    token.to_tokens(&mut out);
                    closure_parameters(&mut input, &mut out);
                    opens_foreign = true;
                }
                _ => {
                    let is = |name| matches!(&token, TokenTree::Ident(ident) if ident == name);
                    opens_foreign = is("async") || (opens_foreign && is("move"));
                    token.to_tokens(&mut out);
                }
            }
            before = Some(token);
        }
        out
    }

    /// A quick look whether there is anything to rewrite.
    fn mentions(self, tokens: &TokenStream) -> bool {
        tokens.clone().into_iter().any(|token| match token {
            TokenTree::Ident(name) => {
                name == "yield" || name == "for_await" || (self.end.is_some() && name == "return")
            }
            TokenTree::Group(group) => self.mentions(&group.stream()),
            _ => false,
        })
    }

    fn is_async_for(self, input: &mut Tokens) -> bool {
        let is_mark = matches!(input.peek(), Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Bracket && group.stream().to_string() == "for_await");
        is_mark && !self.foreign
    }

    fn is_for_await(self, input: &mut Tokens) -> bool {
        !self.foreign
            && matches!(input.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!')
    }

    fn returns_nothing(self, input: &mut Tokens) -> bool {
        let ends = match input.peek() {
            None => true,
            Some(TokenTree::Punct(next)) => matches!(next.as_char(), ';' | ','),
            Some(_) => false,
        };
        ends && !self.foreign && self.end.is_some()
    }

    fn yield_(self, keyword: &TokenTree, rest: Tokens, out: &mut TokenStream) {
        let rest: TokenStream = rest.collect();
        let (found, rest) = split(quote!(#keyword #rest), ExprYield::parse);
        if let Some(found) = found {
            let operand = self.rewrite(found.expr.to_token_stream());
            let yield_ = Ident::new("yield_", found.yield_token.span);
            out.extend(quote!(#yield_!(#operand)));
            out.extend(self.rewrite(rest));
        } else {
            out.extend(rest);
        }
    }

    fn async_for(self, hash: &TokenTree, rest: Tokens, out: &mut TokenStream) {
        let rest: TokenStream = rest.collect();
        let (found, rest) = split(quote!(#hash #rest), |input| {
            input.call(Attribute::parse_outer)?;
            input.parse::<ExprForLoop>()
        });
        if let Some(found) = found {
            let name = Ident::new("for_await_in_body", found.for_token.span);
            let ExprForLoop { label, pat, expr, body, .. } = &found;
            out.extend(quote!(#name! { #label #pat in #expr #body }));
            out.extend(self.rewrite(rest));
        } else {
            out.extend(rest);
        }
    }
}

/// Whether a `|` after this token opens the parameters of a closure: it is no operator there.
fn may_open_closure(before: Option<&TokenTree>) -> bool {
    match before {
        None => true,
        Some(TokenTree::Punct(before)) => !matches!(before.as_char(), '?' | '|'),
        Some(TokenTree::Ident(before)) => {
            before == "move" || before == "async" || before == "return"
        }
        Some(TokenTree::Group(_) | TokenTree::Literal(_)) => false,
    }
}

/// Copies the parameters of a closure, the closing `|` and a return type before its body.
fn closure_parameters(input: &mut Tokens, out: &mut TokenStream) {
    for token in input.by_ref() {
        let closes = matches!(&token, TokenTree::Punct(pipe) if pipe.as_char() == '|');
        token.to_tokens(out);
        if closes {
            break;
        }
    }
}

/// Parses something at the start of `tokens` and gives what follows it; all of it if it is not there.
fn split<T>(
    tokens: TokenStream,
    parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> (Option<T>, TokenStream) {
    let parser = |input: ParseStream<'_>| {
        let found = parse(input)?;
        Ok((found, input.parse::<TokenStream>()?))
    };
    match parser.parse2(tokens.clone()) {
        Ok((found, rest)) => (Some(found), rest),
        Err(_) => (None, tokens),
    }
}
