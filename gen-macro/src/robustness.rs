//! Whatever is typed, one token after the other, the expander answers: it does not panic, and what it
//! reports lies in what was typed.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::expand;

/// The generators of one file each, as they are written under the attribute.
const CORPUS: &str = include_str!("robustness/corpus.rs");

/// One way into the expander.
type Entry = fn(&TokenStream) -> TokenStream;

/// The functions of the corpus.
fn corpus() -> Vec<TokenStream> {
    let functions = CORPUS.split("//---").map(|text| text.parse().expect("the corpus is Rust"));
    functions.filter(|function: &TokenStream| !function.is_empty()).collect()
}

/// A function with its attribute, by each of the ways that take items.
const ITEMS: [Entry; 2] = [under_the_attribute, in_generator_syntax];

/// `#[async_generator(args)] item`, as the compiler hands it over.
fn under_the_attribute(item: &TokenStream) -> TokenStream {
    let mut tokens = item.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Punct(_)), Some(TokenTree::Group(attr))) => {
            let args = attr.stream().into_iter().find_map(|token| match token {
                TokenTree::Group(args) => Some(args.stream()),
                _ => None,
            });
            expand::async_generator(args.unwrap_or_default(), &tokens.collect())
        }
        _ => expand::async_generator(TokenStream::new(), item),
    }
}

fn in_generator_syntax(items: &TokenStream) -> TokenStream {
    expand::generator_syntax(behind_crate(items))
}

/// The bodies of the corpus as expressions: every macro that takes tokens.
const EXPRESSIONS: [Entry; 4] = [
    |body| expand::stream(behind_crate(body), false),
    |body| expand::stream(behind_crate(body), true),
    |body| expand::stream_of(behind_crate(body)),
    |body| expand::for_await(behind_crate(body)),
];

/// What the macros of the runtime put in front: its path.
fn behind_crate(tokens: &TokenStream) -> TokenStream {
    let krate = quote::quote!(::gen_runtime);
    let krate = Group::new(Delimiter::Parenthesis, krate);
    [TokenTree::Group(krate)].into_iter().chain(tokens.clone()).collect()
}

/// Every stream that ends early, at any depth: the groups that are open are closed.
fn prefixes(tokens: &TokenStream) -> Vec<TokenStream> {
    edits(tokens, |before, _, _| before.to_vec(), true)
}

/// Every stream that lacks one token, at any depth.
fn deletions(tokens: &TokenStream) -> Vec<TokenStream> {
    edits(tokens, |before, _, after| [before, after].concat(), false)
}

/// Edits at every token. In the groups around it, a prefix ends as well.
fn edits(
    tokens: &TokenStream,
    edit: fn(&[TokenTree], &TokenTree, &[TokenTree]) -> Vec<TokenTree>,
    ends: bool,
) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut out = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        out.push(edit(before, token, after).into_iter().collect());
        let TokenTree::Group(group) = token else { continue };
        for inner in edits(&group.stream(), edit, ends) {
            let mut edited = Group::new(group.delimiter(), inner);
            edited.set_span(group.span());
            let after = if ends { &[] } else { after };
            out.push(before.iter().cloned().chain([edited.into()]).chain(after.to_vec()).collect());
        }
    }
    out
}

/// Expands without a panic, or says on what.
fn expanded(entry: Entry, input: &TokenStream) -> TokenStream {
    catch_unwind(AssertUnwindSafe(|| entry(input)))
        .unwrap_or_else(|_| panic!("the expander panicked on: {input}"))
}

/// The places of the errors in an expansion, each with its text.
fn errors(output: &TokenStream, found: &mut Vec<(Span, String)>) {
    let tokens: Vec<TokenTree> = output.clone().into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            // `::core::compile_error! { "text" }`: the path starts at the place. In parentheses it is in
            // a macro that the expansion defines.
            TokenTree::Ident(name) if name == "compile_error" => {
                let Some(TokenTree::Group(text)) = tokens.get(index + 2) else { continue };
                if text.delimiter() == Delimiter::Brace {
                    let start = &tokens[index.saturating_sub(5)];
                    found.push((start.span(), text.to_string()));
                }
            }
            TokenTree::Group(group) => errors(&group.stream(), found),
            _ => {}
        }
    }
}

/// The bytes of the source that tokens cover; empty for what has no place in a source.
fn bytes(tokens: &TokenStream) -> Range<usize> {
    let spans = tokens.clone().into_iter().map(|token| token.span().byte_range());
    spans.reduce(|all, next| all.start.min(next.start)..all.end.max(next.end)).unwrap_or(0..0)
}

/// Checks one input: no panic, not much more output than input, and errors that lie in it. Says whether
/// it was expanded without an error.
fn check(entry: Entry, input: &TokenStream) -> bool {
    let output = expanded(entry, input);
    let (size_in, size_out) = (input.to_string().len(), output.to_string().len());
    assert!(size_out <= 40 * size_in + 4_000, "{size_out} from {size_in} bytes: {input}");
    let mut found = Vec::new();
    errors(&output, &mut found);
    let input_bytes = bytes(input);
    for (span, text) in &found {
        let at = span.byte_range();
        // Without a place: of an end of input that has no token before it.
        let somewhere = at.is_empty() || at.start == 0;
        let inside = input_bytes.start <= at.start && at.end <= input_bytes.end;
        assert!(somewhere || inside, "{text} at {at:?}, not in {input_bytes:?}: {input}");
    }
    found.is_empty()
}

fn body_of(function: &TokenStream) -> TokenStream {
    match function.clone().into_iter().last() {
        Some(TokenTree::Group(body)) => body.stream(),
        _ => TokenStream::new(),
    }
}

#[test]
fn corpus_has_thirty_functions_that_expand() {
    let corpus = corpus();
    assert!(corpus.len() >= 30, "{}", corpus.len());
    for function in corpus {
        for entry in ITEMS {
            assert!(check(entry, &function), "{function}\n{}", entry(&function));
        }
    }
}

#[test]
fn every_prefix_of_a_function_is_answered() {
    for function in corpus() {
        for prefix in prefixes(&function) {
            for entry in ITEMS {
                check(entry, &prefix);
            }
        }
    }
}

#[test]
fn every_deletion_from_a_function_is_answered() {
    for function in corpus() {
        for rest in deletions(&function) {
            for entry in ITEMS {
                check(entry, &rest);
            }
        }
    }
}

#[test]
fn every_edit_of_a_body_is_answered_by_the_expression_macros() {
    for function in corpus() {
        let body = body_of(&function);
        for edited in [prefixes(&body), deletions(&body)].concat() {
            for entry in EXPRESSIONS {
                check(entry, &edited);
            }
        }
    }
}

#[test]
fn what_parses_as_rust_is_expanded_or_reported() {
    for function in corpus() {
        for edited in [prefixes(&function), deletions(&function)].concat() {
            if syn::parse2::<syn::ItemFn>(edited.clone()).is_err() {
                continue;
            }
            let expanded_cleanly = check(under_the_attribute, &edited);
            let output = under_the_attribute(&edited);
            // Whatever was wrong, the function is there for its callers.
            assert!(has_function(&output), "no function from: {edited}\n{output}");
            if expanded_cleanly {
                let parsed = syn::parse2::<syn::ItemFn>(output);
                assert!(parsed.is_ok(), "not an item: {edited}");
            }
        }
    }
}

#[test]
fn function_whose_body_does_not_parse_keeps_its_signature() {
    let wrong = ["let x = limit.", "yield_!(", "if limit", "match limit { 1 =>", "let", "x +", "}"];
    for body in wrong {
        // What cannot be a token stream never reaches a macro.
        let Ok(body) = body.parse::<TokenStream>() else { continue };
        let item = quote::quote!(pub(crate) async fn count(mut limit: u32) -> u32 { #body });
        let output = expand::async_generator(TokenStream::new(), &item);
        let mut found = Vec::new();
        errors(&output, &mut found);
        assert_eq!(found.len(), 1, "{output}");
        let text = output.to_string();
        assert!(text.contains("pub (crate) fn count (limit : u32) ->"), "{text}");
        assert!(text.contains(":: gen_runtime :: Generator < impl"), "{text}");
    }
}

fn has_function(output: &TokenStream) -> bool {
    let mut words = output.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    words.any(|word: Ident| word == "fn")
}
