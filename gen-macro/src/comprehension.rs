//! `stream_of![expr for x in xs if cond]`: clauses to nested loops.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, TokenStreamExt as _, quote_spanned};
use syn::{
    Attribute, Block, Expr, ExprIf, Pat, Stmt, Token,
    parse::{Parse, ParseStream, discouraged::Speculative as _},
    parse_quote,
    token::Brace,
};

use crate::{
    constructs::{Construct, construct, is_for_await},
    errors::mistake,
    parse,
};

/// An async comprehension.
pub(crate) struct Comprehension {
    element: Expr,
    clauses: Vec<Clause>,
}

const FORM: &str = "write `stream_of![element for pattern in source]`, or `for await` for a stream";
const AFTER_ELEMENT: &str = "expected `for` or `for await` after the element";

enum Clause {
    For { token: Token![for], is_async: bool, pat: Box<Pat>, source: Box<Expr> },
    If { token: Token![if], cond: Box<Expr> },
}

impl Parse for Comprehension {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(input.error(FORM));
        }
        if input.peek(Token![for]) {
            return Err(input.error(format!("the element is missing; {FORM}")));
        }
        let element: Expr = input.parse()?;
        let yields = match &element {
            Expr::Yield(_) => true,
            Expr::Macro(found) => construct(&found.mac.path) == Some(Construct::Yield),
            _ => false,
        };
        if yields {
            let message = "an element is yielded as it is; leave out the yield";
            return Err(mistake(element, message));
        }
        let mut clauses = Vec::new();
        while !input.is_empty() {
            clauses.push(Clause::parse(input, clauses.is_empty())?);
        }
        if clauses.is_empty() {
            return Err(input.error(AFTER_ELEMENT));
        }
        Ok(Self { element, clauses })
    }
}

/// What is iterated over. A range without an end would go on with the next clause; where that is no expression, it stops
/// there.
fn source(input: ParseStream<'_>) -> syn::Result<Expr> {
    let ahead = input.fork();
    if ahead.parse::<Expr>().is_ok() {
        return input.parse();
    }
    let ahead = input.fork();
    let mut range = TokenStream::new();
    let starts_clause = |ahead: ParseStream<'_>| {
        ahead.peek(Token![if]) || ahead.peek(Token![for]) || ahead.peek(Token![#])
    };
    while !ahead.is_empty() && !starts_clause(&ahead) {
        let Some(dots) = ahead.parse::<Option<Token![..]>>()? else {
            range.append(ahead.parse::<TokenTree>()?);
            continue;
        };
        dots.to_tokens(&mut range);
        if starts_clause(&ahead) {
            let Ok(range) = parse::whole(Expr::parse, range) else { break };
            input.advance_to(&ahead);
            return Ok(range);
        }
    }
    input.parse()
}

impl Clause {
    fn parse(input: ParseStream<'_>, first: bool) -> syn::Result<Self> {
        // The other form of `for await`, which the keywords have become in the arguments of a macro.
        let is_marked = input.call(Attribute::parse_outer)?.iter().any(is_for_await);
        if input.peek(Token![for]) {
            let token = input.parse()?;
            let is_async = is_marked || input.parse::<Option<Token![await]>>()?.is_some();
            let found = input.fork();
            let pat = input
                .call(Pat::parse_multi_with_leading_vert)
                .map_err(|_| found.error("expected a pattern: `for pattern in source`"))?;
            if !input.peek(Token![in]) {
                return Err(input.error("expected `in` and what to iterate over"));
            }
            input.parse::<Token![in]>()?;
            if input.is_empty() {
                return Err(input.error("expected what to iterate over"));
            }
            let (pat, source) = (Box::new(pat), Box::new(source(input)?));
            return Ok(Self::For { token, is_async, pat, source });
        }
        if first {
            let async_first = input.peek(Token![async]) || input.peek(Token![await]);
            return Err(input.error(if async_first {
                "an async loop is written `for await pattern in stream`"
            } else {
                AFTER_ELEMENT
            }));
        }
        if input.peek(Token![if]) {
            let token = input.parse()?;
            if input.is_empty() {
                return Err(input.error("expected a condition"));
            }
            return Ok(Self::If { token, cond: input.parse()? });
        }
        let message = if input.peek(Token![else]) {
            "a condition has no `else`: an element that does not fulfil it is left out; write `if .. { .. } else { .. }` as the element"
        } else if input.peek(Token![,]) {
            "clauses follow each other without a comma"
        } else {
            "expected another `for`, `for await` or `if` clause"
        };
        Err(input.error(message))
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
                // Not by its tokens: a condition may be one for which parentheses are needed here.
                Clause::If { token: if_token, cond } => Stmt::Expr(
                    Expr::If(ExprIf {
                        attrs: Vec::new(),
                        if_token,
                        cond,
                        then_branch: block,
                        else_branch: None,
                    }),
                    None,
                ),
            }
        });
        vec![loops]
    }
}
