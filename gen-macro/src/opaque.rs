//! Our constructs in the arguments of macros that nobody but their author can read.

use std::{cell::RefCell, iter::Peekable};

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree, token_stream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Expr, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprWhile, ExprYield,
    ItemFn, Token,
    parse::{Parse, ParseStream},
};

use crate::{parse, syntax::map_group};

/// An async for in a body, and elsewhere.
const IN_BODY: &str = "for_await_in_body";
const ANYWHERE: &str = "for_await";

type Tokens = Peekable<token_stream::IntoIter>;

/// How code leaves the async block that a macro stands in.
pub(crate) struct Ways<'w> {
    /// What `return` without a value returns, where that is not `()`.
    pub(crate) end: Option<TokenStream>,
    /// The way out of a region by `break` or `continue`, if it is one.
    pub(crate) jump: Option<&'w mut dyn FnMut(Expr) -> Option<TokenStream>>,
    /// It is code of a body, where there is a macro for an async for.
    pub(crate) in_body: bool,
}

/// Rewrites what the macros that our expansion defines beside the invocation have to find in it, and how
/// it leaves the body: `yield v` becomes `yield_!(v)`, an async for becomes `for_await_in_body!`, a
/// `return` of a fallible body returns `Ok(())`, a `break` out of a region takes its two steps.
///
/// Closures, functions and async blocks are other bodies: only their yields are rewritten, to be refused.
// Input:  n = read() => { yield n; for await x in xs { .. } return; }
// Output: n = read() => { yield_!(n); for_await_in_body! { x in xs { .. } } return Ok(()); }
pub(crate) fn rewrite(tokens: TokenStream, ways: Ways<'_>) -> TokenStream {
    let mut labels = Vec::new();
    declared_labels(&tokens, &mut labels);
    let jump = ways.jump.map(RefCell::new);
    let rewriter = Rewriter {
        end: ways.end.as_ref(),
        jump: jump.as_ref(),
        labels: &labels,
        async_for: if ways.in_body { IN_BODY } else { ANYWHERE },
        foreign: false,
        in_loop: false,
    };
    rewriter.rewrite(tokens)
}

type Jump<'w> = RefCell<&'w mut dyn FnMut(Expr) -> Option<TokenStream>>;

#[derive(Clone, Copy)]
struct Rewriter<'e, 'w> {
    end: Option<&'e TokenStream>,
    jump: Option<&'e Jump<'w>>,
    /// The labels that the arguments declare themselves.
    labels: &'e [String],
    /// The macro that an async for becomes.
    async_for: &'static str,
    /// In a closure, a function or an async block.
    foreign: bool,
    /// In a loop that the arguments write themselves.
    in_loop: bool,
}

/// Finds the labels that are declared in `tokens`: `'rows: loop`.
fn declared_labels(tokens: &TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match (token, tokens.get(index + 1), tokens.get(index + 2)) {
            (TokenTree::Group(group), ..) => declared_labels(&group.stream(), found),
            (
                TokenTree::Punct(quote),
                Some(TokenTree::Ident(name)),
                Some(TokenTree::Punct(colon)),
            ) if quote.as_char() == '\'' && colon.as_char() == ':' => {
                found.push(name.to_string());
            }
            _ => {}
        }
    }
}

impl Rewriter<'_, '_> {
    fn rewrite(self, tokens: TokenStream) -> TokenStream {
        if !self.mentions(&tokens) {
            return tokens;
        }
        let mut out = TokenStream::new();
        let mut input = tokens.into_iter().peekable();
        let mut before: Option<TokenTree> = None;
        // The next block is an async block, or the body of a loop.
        let (mut opens_foreign, mut opens_loop) = (false, false);
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
                // By the other name if it was in the arguments of another macro before.
                TokenTree::Ident(name)
                    if (name == ANYWHERE || name == IN_BODY) && self.is_for_await(&mut input) =>
                {
                    Ident::new(self.async_for, name.span()).to_tokens(&mut out);
                    opens_loop = true;
                }
                TokenTree::Ident(name) if name == "for" || name == "while" => {
                    self.looped(&token, input, &mut out);
                    return out;
                }
                TokenTree::Ident(name) if name == "return" && self.returns_nothing(&mut input) => {
                    token.to_tokens(&mut out);
                    self.end.to_tokens(&mut out);
                }
                TokenTree::Ident(name)
                    if (name == "break" || name == "continue") && self.may_jump() =>
                {
                    self.leave(&token, input, &mut out);
                    return out;
                }
                TokenTree::Group(group) => {
                    let is_block = group.delimiter() == Delimiter::Brace;
                    let foreign = self.foreign || (opens_foreign && is_block);
                    let in_loop = self.in_loop || opens_loop;
                    let inner = Self { foreign, in_loop, ..self };
                    map_group(group, |tokens| inner.rewrite(tokens)).to_tokens(&mut out);
                    opens_foreign = false;
                    opens_loop &= !is_block;
                }
                TokenTree::Punct(pipe)
                    if pipe.as_char() == '|'
                        && !self.foreign
                        && may_open_closure(before.as_ref()) =>
                {
                    self.other_body::<ExprClosure>(&token, input, &mut out);
                    return out;
                }
                TokenTree::Ident(name) if name == "fn" && !self.foreign => {
                    self.other_body::<ItemFn>(&token, input, &mut out);
                    return out;
                }
                _ => {
                    let is = |name| matches!(&token, TokenTree::Ident(ident) if ident == name);
                    opens_foreign = is("async") || (opens_foreign && is("move"));
                    opens_loop |= is("loop");
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
                name == "yield"
                    || name == ANYWHERE
                    || (self.end.is_some() && name == "return")
                    || (self.may_jump() && (name == "break" || name == "continue"))
            }
            TokenTree::Group(group) => self.mentions(&group.stream()),
            _ => false,
        })
    }

    fn may_jump(self) -> bool {
        self.jump.is_some() && !self.foreign
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

    /// A closure or a function that starts here. What cannot be parsed as one is none.
    fn other_body<T: Parse + ToTokens>(
        self,
        first: &TokenTree,
        rest: Tokens,
        out: &mut TokenStream,
    ) {
        let rest: TokenStream = rest.collect();
        let (found, rest) = split(quote!(#first #rest), T::parse);
        let Some(found) = found else {
            let mut rest = rest.into_iter();
            rest.next().to_tokens(out);
            out.extend(self.rewrite(rest.collect()));
            return;
        };
        let inner = Self { foreign: true, ..self };
        out.extend(inner.rewrite(found.into_token_stream()));
        out.extend(self.rewrite(rest));
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

    fn leave(self, keyword: &TokenTree, rest: Tokens, out: &mut TokenStream) {
        let rest: TokenStream = rest.collect();
        let (found, rest) = split(quote!(#keyword #rest), |input| {
            if input.peek(Token![break]) {
                input.parse::<ExprBreak>().map(Expr::Break)
            } else {
                input.parse::<ExprContinue>().map(Expr::Continue)
            }
        });
        let Some(found) = found else {
            out.extend(rest);
            return;
        };
        let label = match &found {
            Expr::Break(ExprBreak { label, .. }) | Expr::Continue(ExprContinue { label, .. }) => {
                label
            }
            _ => &None,
        };
        let within = match label {
            Some(label) => self.labels.iter().any(|name| label.ident == name),
            None => self.in_loop,
        };
        let jump = self.jump.filter(|_| !within);
        let lowered = jump.and_then(|jump| jump.borrow_mut()(found.clone()));
        out.extend(lowered.unwrap_or_else(|| found.into_token_stream()));
        out.extend(self.rewrite(rest));
    }

    /// A loop that starts here, whose head stands outside of it. What cannot be parsed as one is none.
    fn looped(self, keyword: &TokenTree, rest: Tokens, out: &mut TokenStream) {
        let rest: TokenStream = rest.collect();
        let (found, rest) = split(quote!(#keyword #rest), |input| {
            if input.peek(Token![for]) {
                let ExprForLoop { for_token, pat, in_token, expr, body, .. } = input.parse()?;
                Ok((quote!(#for_token #pat #in_token), expr, body))
            } else {
                let ExprWhile { while_token, cond, body, .. } = input.parse()?;
                Ok((while_token.to_token_stream(), cond, body))
            }
        });
        let Some((start, head, body)) = found else {
            let mut rest = rest.into_iter();
            rest.next().to_tokens(out);
            out.extend(Self { in_loop: true, ..self }.rewrite(rest.collect()));
            return;
        };
        out.extend(start);
        out.extend(self.rewrite(head.into_token_stream()));
        out.extend(Self { in_loop: true, ..self }.rewrite(body.into_token_stream()));
        out.extend(self.rewrite(rest));
    }

    fn async_for(self, hash: &TokenTree, rest: Tokens, out: &mut TokenStream) {
        let rest: TokenStream = rest.collect();
        let (found, rest) = split(quote!(#hash #rest), |input| {
            input.call(Attribute::parse_outer)?;
            input.parse::<ExprForLoop>()
        });
        if let Some(found) = found {
            let name = Ident::new(self.async_for, found.for_token.span);
            let ExprForLoop { label, pat, expr, body, .. } = &found;
            let expr = self.rewrite(expr.to_token_stream());
            let rewritten = Self { in_loop: true, ..self }.rewrite(body.to_token_stream());
            // It extends over the loop, for lints.
            let bang = Token![!](found.for_token.span);
            let mut given = Group::new(Delimiter::Brace, quote!(#label #pat in #expr #rewritten));
            given.set_span(body.brace_token.span.close());
            out.extend(quote!(#name #bang #given));
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

/// Parses something at the start of `tokens` and gives what follows it; all of it if it is not there.
fn split<T>(
    tokens: TokenStream,
    mut parse: impl FnMut(ParseStream<'_>) -> syn::Result<T>,
) -> (Option<T>, TokenStream) {
    let parser = |input: ParseStream<'_>| {
        let found = parse(input)?;
        Ok((found, input.parse::<TokenStream>()?))
    };
    match parse::whole(parser, tokens.clone()) {
        Ok((found, rest)) => (Some(found), rest),
        Err(_) => (None, tokens),
    }
}
