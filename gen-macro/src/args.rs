//! The arguments of `#[async_generator(..)]`.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{
    Ident, LitStr, Path, Token, Type, ext::IdentExt as _, parenthesized, parse::ParseStream,
    token::Paren,
};

use crate::{
    errors::{Errors, mistake},
    parse::whole,
};

/// What the arguments say.
#[derive(Default)]
pub(crate) struct Args {
    /// The type that can be sent.
    pub(crate) send: Option<Type>,
    /// The type that can be thrown.
    pub(crate) throw: Option<Type>,
    /// The items are `Result`s, whatever the return type is called.
    pub(crate) fallible: bool,
    pub(crate) boxed: Option<Boxed>,
    /// Where the runtime is.
    pub(crate) krate: Option<Path>,
}

/// Which box the function returns.
#[derive(Clone, Copy)]
pub(crate) struct Boxed {
    pub(crate) is_local: bool,
    /// Where the word is that says so.
    pub(crate) word: Span,
}

const KEYS: &str =
    "`send = Type`, `throw = Type`, `fallible`, `boxed`, `boxed(local)`, `crate = \"path\"`";

/// Reads the arguments, one by one, past the mistakes in them.
pub(crate) fn parse(tokens: TokenStream) -> (Args, syn::Result<()>) {
    let mut args = Args::default();
    let mut errors = Errors::default();
    let mut seen = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if let Err(error) = argument(input, &mut args, &mut seen, &mut errors) {
                errors.add(error);
                skip_argument(input)?;
            }
            if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                errors.add(input.error("expected `,` before the next argument"));
            }
        }
        Ok(())
    };
    if let Err(error) = whole(parser, tokens) {
        errors.add(error);
    }
    (args, errors.finish())
}

fn skip_argument(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn argument(
    input: ParseStream<'_>,
    args: &mut Args,
    seen: &mut Vec<String>,
    errors: &mut Errors,
) -> syn::Result<()> {
    let Ok(key) = input.call(Ident::parse_any) else {
        return Err(input.error(format!("not an argument; accepted are {KEYS}")));
    };
    let name = key.to_string();
    if seen.contains(&name) {
        errors.push(&key, format_args!("duplicate argument `{name}`; remove one of them"));
    }
    match name.as_str() {
        "send" => args.send = Some(typed(input, &key, "S")?),
        "throw" => args.throw = Some(typed(input, &key, "E")?),
        "fallible" => {
            bare(input, &key)?;
            args.fallible = true;
        }
        "boxed" => args.boxed = Some(Boxed { is_local: is_local(input)?, word: key.span() }),
        "crate" => args.krate = Some(krate(input, &key)?),
        _ => return Err(unknown(&key)),
    }
    seen.push(name);
    Ok(())
}

fn unknown(key: &Ident) -> syn::Error {
    let name = key.to_string();
    let near = match name.as_str() {
        "sent" | "sends" | "resume" | "input" => Some("send = Type"),
        "thrown" | "throws" | "error" | "err" => Some("throw = Type"),
        "box" | "Box" | "boxing" | "dyn" => Some("boxed"),
        "local" => Some("boxed(local)"),
        "result" | "Result" | "try" | "failable" => Some("fallible"),
        "krate" | "path" | "runtime" => Some("crate = \"path\""),
        _ => near_miss(&name),
    };
    let message = match near {
        Some(near) => {
            format!("unknown argument `{name}`, did you mean `{near}`? accepted are {KEYS}")
        }
        None => format!("unknown argument `{name}`; accepted are {KEYS}"),
    };
    mistake(key, message)
}

/// The argument that is at most two edits away.
fn near_miss(name: &str) -> Option<&'static str> {
    let forms = ["send = Type", "throw = Type", "fallible", "boxed", "crate = \"path\""];
    let distance = |form: &str| edits(name, form.split(' ').next().unwrap_or(form));
    let nearest = forms.into_iter().min_by_key(|form| distance(form))?;
    (distance(nearest) <= 2).then_some(nearest)
}

/// How many letters to add, drop or change (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, a) in from.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (column, b) in to.bytes().enumerate() {
            let change = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

fn typed(input: ParseStream<'_>, key: &Ident, example: &str) -> syn::Result<Type> {
    if !input.peek(Token![=]) {
        let found = wrong_form(input)?;
        let message = format!("`{key}` takes a type; write `{key} = {example}`");
        return Err(mistake(found.unwrap_or_else(|| key.to_token_stream()), message));
    }
    input.parse::<Token![=]>()?;
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let message =
            format!("`{key}` takes a type, not a string; write `{key} = {}`", text.value());
        return Err(mistake(text, message));
    }
    let value = input.fork();
    input.parse().map_err(|_| {
        let message = format!("`{key}` takes a type; write `{key} = {example}`");
        if value.is_empty() { mistake(key, message) } else { value.error(message) }
    })
}

fn bare(input: ParseStream<'_>, key: &Ident) -> syn::Result<()> {
    match wrong_form(input)? {
        Some(found) => Err(mistake(found, format!("`{key}` takes no value; write `{key}`"))),
        None => Ok(()),
    }
}

/// Takes what stands before the next comma.
fn wrong_form(input: ParseStream<'_>) -> syn::Result<Option<TokenStream>> {
    let mut found = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?.to_tokens(&mut found);
    }
    Ok((!found.is_empty()).then_some(found))
}

/// Reads what stands behind `boxed`.
fn is_local(input: ParseStream<'_>) -> syn::Result<bool> {
    if !input.peek(Paren) {
        return match wrong_form(input)? {
            Some(found) => {
                let message = "write `boxed`, or `boxed(local)` for a body that is not `Send`";
                Err(mistake(found, message))
            }
            None => Ok(false),
        };
    }
    let content;
    let parens = parenthesized!(content in input);
    let which: TokenStream = content.parse()?;
    if which.to_string() == "local" {
        return Ok(true);
    }
    let message = "the one option of `boxed` is `local`; write `boxed` or `boxed(local)`";
    Err(if which.is_empty() {
        syn::Error::new(parens.span.join(), message)
    } else {
        mistake(which, message)
    })
}

fn krate(input: ParseStream<'_>, key: &Ident) -> syn::Result<Path> {
    let example = "write `crate = \"path::to::gen_runtime\"`";
    if !input.peek(Token![=]) {
        let found = wrong_form(input)?.unwrap_or_else(|| key.to_token_stream());
        return Err(mistake(found, format!("`crate` takes a path; {example}")));
    }
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        let found = input.fork();
        let message = format!("`crate` takes a path; {example}");
        return input.call(Path::parse_mod_style).map_err(|_| found.error(message));
    }
    let text: LitStr = input.parse()?;
    text.parse_with(Path::parse_mod_style)
        .map_err(|_| mistake(&text, format!("`{}` is not a path; {example}", text.value())))
}
