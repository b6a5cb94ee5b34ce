//! The keyword `for await`, where the compiler has not parsed the code, as something syn can parse.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

/// Rewrites `for await` to `#[for_await] for`, which syn can parse, at any depth. `None` if there is none.
// Input:  'rows: for await row in rows { .. }
// Output: #[for_await] 'rows: for row in rows { .. }
pub(crate) fn mark_for_await(tokens: &TokenStream) -> Option<TokenStream> {
    let mut is_marked = false;
    let mut out: Vec<TokenTree> = Vec::new();
    let mut input = tokens.clone().into_iter().peekable();
    while let Some(token) = input.next() {
        match token {
            TokenTree::Group(group) => match mark_for_await(&group.stream()) {
                Some(marked) => {
                    out.push(map_group(&group, |_| marked).into());
                    is_marked = true;
                }
                None => out.push(group.into()),
            },
            TokenTree::Ident(keyword)
                if keyword == "for"
                    && matches!(input.peek(), Some(TokenTree::Ident(next)) if next == "await") =>
            {
                let span = input.next().map_or(keyword.span(), |marker| marker.span());
                let mark = for_await_mark(span);
                let at = label_start(&out);
                out.splice(at..at, mark);
                out.push(keyword.into());
                is_marked = true;
            }
            other => out.push(other),
        }
    }
    is_marked.then(|| out.into_iter().collect())
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

/// What may happen while an operand is evaluated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evaluation {
    /// Names and literals are read.
    Reads,
    /// Something may be borrowed for a moment.
    Borrows,
    /// The body may be suspended.
    Suspends,
}

/// What may happen while an operand is evaluated that holds none of our constructs, nothing that suspends or
/// leaves the body, and no block: it is code that we can do without looking at again. `None` for any other.
pub(crate) fn simple(operand: &TokenStream) -> Option<Evaluation> {
    evaluation(operand, false)
}

fn evaluation(tokens: &TokenStream, in_list: bool) -> Option<Evaluation> {
    let mut borrows = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                if matches!(word.as_str(), "await" | "break" | "continue" | "return" | "yield") {
                    return None;
                }
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                '!' | '?' | '|' => return None,
                ',' if !in_list => return None,
                _ => {}
            },
            TokenTree::Group(group) => match group.delimiter() {
                Delimiter::Parenthesis | Delimiter::Bracket => {
                    evaluation(&group.stream(), true)?;
                    borrows = true;
                }
                Delimiter::Brace | Delimiter::None => return None,
            },
            TokenTree::Literal(_) => {}
        }
    }
    Some(if borrows { Evaluation::Borrows } else { Evaluation::Reads })
}

/// A group around what `map` makes of its tokens.
pub(crate) fn map_group(group: &Group, map: impl FnOnce(TokenStream) -> TokenStream) -> Group {
    let mut mapped = Group::new(group.delimiter(), map(group.stream()));
    mapped.set_span(group.span());
    mapped
}

/// A `$`, which `quote!` would take for itself.
pub(crate) fn dollar() -> Punct {
    Punct::new('$', Spacing::Alone)
}
