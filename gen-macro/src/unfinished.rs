//! Items of which one cannot be parsed, as while it is being written: the generators among them are found
//! by their attribute, token by token, and everything else is left as it is.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{Attribute, Meta};

use crate::{constructs::is_generator, parse};

/// Expands the generators in `tokens`, at any depth.
pub(crate) fn items(
    tokens: TokenStream,
    expand: &mut dyn FnMut(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    let mut out = TokenStream::new();
    let mut item: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        item.push(token);
        if ends {
            out.extend(one(std::mem::take(&mut item), expand));
        }
    }
    out.extend(item);
    out
}

fn one(
    mut item: Vec<TokenTree>,
    expand: &mut dyn FnMut(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    let mut start = 0;
    let is_hash = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '#');
    while matches!(&item[start..], [hash, TokenTree::Group(_), ..] if is_hash(hash)) {
        let attr: TokenStream = item[start..start + 2].iter().cloned().collect();
        let attrs = parse::whole(Attribute::parse_outer, attr).unwrap_or_default();
        if is_generator(&attrs) {
            item.drain(start..start + 2);
            let args = attrs.into_iter().next().map(|attr| attr.meta);
            let args = match args {
                Some(Meta::List(list)) => list.tokens,
                _ => TokenStream::new(),
            };
            return expand(args, item.into_iter().collect());
        }
        start += 2;
    }
    if let Some(TokenTree::Group(group)) = item.last_mut() {
        let mut inner = Group::new(group.delimiter(), items(group.stream(), expand));
        inner.set_span(group.span());
        *group = inner;
    }
    item.into_iter().collect()
}
