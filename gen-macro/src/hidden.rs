//! What can be told of the arguments of a macro that only its author can read. The label in the expansion
//! holds the rules there; where they are broken in plain sight, we say so in our own words.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::constructs::{Construct, construct};

/// The names of the yields that stand in an async block: whatever the macro does with that block, it is
/// not code of the body.
pub(crate) fn yields_in_async_blocks(tokens: &TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    walk(tokens, false, &mut found);
    found
}

fn walk(tokens: &TokenStream, in_async: bool, found: &mut Vec<Ident>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name)
                if in_async && is_bang(tokens.get(index + 1)) && is_yield(name) =>
            {
                found.push(name.clone());
            }
            // Another macro of ours has a body of its own; any other may make one.
            TokenTree::Group(_) if index > 0 && is_bang(tokens.get(index - 1)) => {}
            TokenTree::Group(group) => {
                let opens = group.delimiter() == Delimiter::Brace && after_async(&tokens[..index]);
                walk(&group.stream(), in_async || opens, found);
            }
            _ => {}
        }
    }
}

fn is_bang(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
}

fn is_yield(name: &Ident) -> bool {
    matches!(construct(&name.clone().into()), Some(Construct::Yield | Construct::YieldFrom))
}

/// `async`, `async move`.
fn after_async(tokens: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, word| matches!(token, TokenTree::Ident(name) if name == word);
    match tokens {
        [.., last] if is(last, "async") => true,
        [.., before, last] => is(before, "async") && is(last, "move"),
        _ => false,
    }
}
