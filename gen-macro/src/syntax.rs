//! The keyword `for await`, where the compiler has not parsed the code, as something syn can parse.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use crate::names::is_of_local;

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
    match tokens {
        [.., quote, TokenTree::Ident(_), colon]
            if is_punct(Some(quote), '\'') && is_punct(Some(colon), ':') =>
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

/// Whether tokens are names and numbers, joined by dots and operators of arithmetic: an expression, in which there is
/// nothing to look at. Any other one may be one, too.
pub(crate) fn is_arithmetic(tokens: &TokenStream) -> bool {
    let mut wants_operand = true;
    for token in tokens.clone() {
        let is_operand = match token {
            TokenTree::Ident(name) if is_keyword(&name) => return false,
            TokenTree::Literal(_) | TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => {
                if punct.spacing() == Spacing::Joint || !"+-*/%.".contains(punct.as_char()) {
                    return false;
                }
                false
            }
            TokenTree::Group(_) => return false,
        };
        if is_operand != wants_operand {
            return false;
        }
        wants_operand = !wants_operand;
    }
    !wants_operand
}

/// Says whether a word is among tokens, but for what a lifetime is called.
pub(crate) fn has_word(tokens: TokenStream, word: &str) -> bool {
    let mut is_lifetime = false;
    tokens.into_iter().any(|token| {
        let of_lifetime = std::mem::take(&mut is_lifetime);
        match token {
            TokenTree::Ident(name) => !of_lifetime && name == word,
            TokenTree::Group(group) => has_word(group.stream(), word),
            TokenTree::Punct(punct) => {
                is_lifetime = punct.as_char() == '\'';
                false
            }
            TokenTree::Literal(_) => false,
        }
    })
}

/// The variable that a token may be: no field, method or label, nothing in a module, and no name of code.
pub(crate) fn variable_at(tokens: &[TokenTree], at: usize) -> Option<&Ident> {
    let TokenTree::Ident(name) = &tokens[at] else { return None };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_of_another = ['.', ':', '\''].iter().any(|&mark| is_punct(before, mark));
    let names_code = match tokens.get(at + 1) {
        Some(TokenTree::Group(next)) => next.delimiter() == Delimiter::Parenthesis,
        next => is_punct(next, '!') || is_punct(next, ':'),
    };
    let is_variable = name == "self" || (is_of_local(name) && !is_keyword(name));
    (is_variable && !is_of_another && !names_code).then_some(name)
}

pub(crate) fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

pub(crate) fn is_keyword(name: &Ident) -> bool {
    KEYWORDS.contains(&name.to_string().as_str())
}

/// The words that are no operand.
const KEYWORDS: [&str; 35] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "static", "struct", "super", "trait", "type", "unsafe", "use", "where", "while",
    "yield",
];

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

#[cfg(test)]
mod tests {
    use proc_macro2::{Ident, TokenStream};
    use syn::{Expr, parse_str};

    use super::{KEYWORDS, is_arithmetic};

    #[test]
    fn what_is_left_to_the_compiler_is_an_expression() {
        let is_arithmetic = |code: &str| is_arithmetic(&code.parse::<TokenStream>().unwrap());
        for code in ["x", "1", "self", "'a'", "x + 1", "self.n % 2 - x", "row.0.name"] {
            assert!(is_arithmetic(code), "{code}");
            assert!(parse_str::<Expr>(code).is_ok(), "{code}");
        }
        let others = [
            "",
            "x y",
            "x +",
            "+ x",
            "x + - y",
            "x += 1",
            "1..2",
            "x, y",
            "f(x)",
            "{ x }",
            "x.await",
            "return",
            "x return y",
            "yield x",
            "x?",
            "!x",
            "&x",
            "m!",
            "'a: x",
            "x as u8",
        ];
        for code in others {
            assert!(!is_arithmetic(code), "{code}");
        }
        for word in KEYWORDS {
            assert!(parse_str::<Ident>(word).is_err(), "{word}");
        }
    }
}
