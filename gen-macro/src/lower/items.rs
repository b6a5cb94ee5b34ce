//! Items among the statements behind a `defer!`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Item, Stmt, Type};

use crate::{
    constructs::macro_of,
    harmless::{Trust, of_item, trust},
    in_sight::mentions,
};

/// Words that the name of an item follows.
const DECLARE: [&str; 11] = [
    "const",
    "enum",
    "fn",
    "macro",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
    "union",
];

/// The items among statements, which are there for the whole block and so for the cleanup, too. One that only a macro can
/// read stays where it is, for it may be something else; and so does what mentions it, or a macro that is defined here: it
/// would mean another one by that name, or none.
pub(super) fn apart_from_items(stmts: impl Iterator<Item = Stmt>) -> (Vec<Stmt>, Vec<Stmt>) {
    let mut stay: Vec<Ident> = Vec::new();
    let mut stmts: Vec<_> = stmts
        .map(|stmt| {
            let is_item = is_item(&stmt);
            if !is_item {
                declared(&stmt, &mut stay);
            }
            (stmt, is_item)
        })
        .collect();
    let mut known = 0;
    while known < stay.len() {
        known = stay.len();
        for (stmt, is_item) in &mut stmts {
            let tokens = || stmt.to_token_stream();
            if *is_item && stay.iter().any(|name| mentions(tokens(), name) > 0) {
                *is_item = false;
                declared(stmt, &mut stay);
            }
        }
    }
    let (items, rest): (Vec<_>, Vec<_>) = stmts.into_iter().partition(|(_, is_item)| *is_item);
    let bare = |stmts: Vec<(Stmt, bool)>| stmts.into_iter().map(|(stmt, _)| stmt).collect();
    (bare(items), bare(rest))
}

fn is_item(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Item(Item::Macro(_)) => false,
        Stmt::Item(item) => of_item(item) != Some(Trust::Nothing),
        _ => false,
    }
}

/// The names of the items that a statement may be.
fn declared(stmt: &Stmt, names: &mut Vec<Ident>) {
    let tokens = match stmt {
        Stmt::Item(Item::Macro(found)) => {
            names.extend(found.ident.clone());
            found.mac.tokens.clone()
        }
        // A type stays with what is implemented for it.
        Stmt::Item(Item::Impl(found)) => {
            if let Type::Path(path) = &*found.self_ty {
                names.extend(path.path.get_ident().cloned());
            }
            return;
        }
        Stmt::Item(item) => item.to_token_stream(),
        _ => match macro_of(stmt) {
            Some(mac) if trust(mac) == Trust::Nothing => mac.tokens.clone(),
            _ => return,
        },
    };
    names_in(tokens, names);
}

fn names_in(tokens: TokenStream, names: &mut Vec<Ident>) {
    let mut declares = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if DECLARE.iter().any(|known| word == known) => declares = true,
            // `static ref NAME`, `static mut NAME`.
            TokenTree::Ident(word) if word == "ref" || word == "mut" => {}
            TokenTree::Ident(name) if declares && name != "_" => {
                names.push(name);
                declares = false;
            }
            _ => declares = false,
        }
    }
}
