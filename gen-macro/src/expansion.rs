//! Keeps docs/expansion.md true: expands its inputs and compares with its outputs.

use std::{fs, str::FromStr as _};

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{ItemFn, Meta};

use crate::expand;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/expansion.md");

fn expansion_of(body: &str) -> String {
    let function: TokenStream =
        format!("async fn count() -> u32 {{ {body} }}").parse().expect("it is Rust");
    expand::async_generator(TokenStream::new(), &function).to_string()
}

/// Whether the expansion of this body names the label of its async block.
fn is_held_by_the_label(body: &str) -> bool {
    expansion_of(body).contains("only_the_body_itself_may_yield")
}

#[test]
fn a_macro_is_given_no_await_that_it_could_take_apart() {
    for body in ["let _ = vec![f().await];", "defer! {} yield_!(1); println!(\"{}\", f().await);"] {
        let expansion = expansion_of(body);
        assert!(expansion.contains("__awaited !") && !expansion.contains("Awaitable"));
    }
}

#[test]
fn what_another_macro_may_carry_off_is_held_by_the_label() {
    assert!(!is_held_by_the_label("yield_!(1);"));
    assert!(!is_held_by_the_label("#[cfg(unix)] yield_!(1); #[allow(unused)] let x = f().await;"));
    assert!(is_held_by_the_label("select! { x = f() => yield_!(x) }"));
    assert!(is_held_by_the_label("other!(); yield_!(1);"));
}

#[test]
fn expansions_are_as_documented() {
    let document = fs::read_to_string(DOCUMENT).expect("the document is there");
    let renewed = renew(&document);
    if std::env::var_os("UPDATE_EXPANSION").is_some() {
        fs::write(DOCUMENT, &renewed).expect("the document can be written");
    }
    for (line, (documented, found)) in document.lines().zip(renewed.lines()).enumerate() {
        assert_eq!(documented, found, "docs/expansion.md, line {}", line + 1);
    }
    assert_eq!(document.lines().count(), renewed.lines().count());
}

/// The document with every output written anew.
fn renew(document: &str) -> String {
    let mut renewed = String::new();
    let mut output = String::new();
    let mut blocks = document.split_inclusive("```");
    while let Some(prose) = blocks.next() {
        renewed.push_str(prose);
        let Some(block) = blocks.next() else { break };
        let Some((kind, code)) = block.split_once('\n') else { break };
        match kind.strip_prefix("rust,") {
            Some("output") => {
                renewed.push_str("rust,output\n");
                renewed.push_str(&output);
                renewed.push_str("```");
            }
            Some(kind) => {
                output = expand(kind, code.trim_end_matches("```"));
                renewed.push_str(block);
            }
            None => renewed.push_str(block),
        }
    }
    renewed
}

fn expand(kind: &str, code: &str) -> String {
    let tokens = TokenStream::from_str(code).expect("the input is Rust");
    let krate = quote!((::gen_runtime));
    let expression = match kind {
        "input" => return format(function(&tokens)),
        "stream" => expand::stream(quote!(#krate #tokens), false),
        "try_stream" => expand::stream(quote!(#krate #tokens), true),
        "stream_of" => expand::stream_of(quote!(#krate #tokens)),
        "for_await" => expand::for_await(quote!(#krate #tokens)),
        other => panic!("unknown kind of input: {other}"),
    };
    let whole = format(quote!(fn example() { #expression }));
    let inner = whole.lines().skip(1).collect::<Vec<_>>();
    let inner = &inner[..inner.len() - 1];
    inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned() + "\n").collect()
}

fn function(tokens: &TokenStream) -> TokenStream {
    let found: ItemFn = syn::parse2(tokens.clone()).expect("the input is a function");
    let args = match &found.attrs[0].meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let mut found = found;
    found.attrs.clear();
    expand::async_generator(args, &quote!(#found))
}

fn format(tokens: TokenStream) -> String {
    let file = syn::parse2(without_paths(tokens))
        .unwrap_or_else(|error: syn::Error| panic!("the expansion is not Rust: {error}"));
    prettyplease::unparse(&file)
}

/// Leaves out `::gen_runtime::` and `__private::`, so that lines break where a reader would, and the
/// underscores before the names of locals. The label is shortened, too.
fn without_paths(tokens: TokenStream) -> TokenStream {
    let mut shortened: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if name == "gen_runtime" => {
                shortened.truncate(shortened.len() - 2);
                tokens.by_ref().take(2).for_each(drop);
            }
            TokenTree::Ident(name) if name == "__private" => {
                tokens.by_ref().take(2).for_each(drop);
            }
            TokenTree::Ident(name) if name == "only_the_body_itself_may_yield" => {
                shortened.push(Ident::new("body", name.span()).into());
            }
            TokenTree::Ident(name) if name.to_string().starts_with("__") => {
                let plain = name.to_string().trim_start_matches('_').to_owned();
                shortened.push(Ident::new(&plain, name.span()).into());
            }
            TokenTree::Group(group) => {
                let inner = without_paths(group.stream());
                shortened.push(Group::new(group.delimiter(), inner).into());
            }
            other => shortened.push(other),
        }
    }
    shortened.into_iter().collect()
}
