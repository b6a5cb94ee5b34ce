//! The keywords `yield` and `for await` in code that the compiler has parsed: it lets them pass only with
//! its features `yield_expr` and `async_for_loop`.

use std::{env, process::Command, sync::OnceLock};

use proc_macro2::{Span, TokenStream, TokenTree};

/// What to say where they are not accepted, beside the compiler's own E0658.
pub(crate) const YIELD: &str = "the keyword `yield` is not stable; write `yield_!(..)`, or put the function into `generator_syntax! { .. }`";
pub(crate) const FOR_AWAIT: &str = "the keywords `for await` are not stable; write `#[for_await] for`, or put the function into `generator_syntax! { .. }`";

/// Whether this compiler is one that knows `#![feature(..)]`. If it is, and the feature is missing, what
/// it says itself is enough: which feature to add.
///
/// Nothing tells a macro which features its caller has, and a build script that asks for the compiler's
/// version would cost every user of the crate. So the compiler is asked here, once in a process and only
/// when there was a keyword. It is the program that we run in, or lies beside it (`rustdoc`,
/// `clippy-driver`). Elsewhere, as in an editor's macro server, nobody can be asked, and the compiler's
/// error will do.
pub(crate) fn accepted() -> bool {
    static ACCEPTED: OnceLock<bool> = OnceLock::new();
    *ACCEPTED.get_or_init(|| env::var_os("RUSTC_BOOTSTRAP").is_some() || !is_stable_rustc())
}

fn is_stable_rustc() -> bool {
    let Ok(this) = env::current_exe() else { return false };
    let rustc = this.with_file_name(format!("rustc{}", env::consts::EXE_SUFFIX));
    let Ok(output) = Command::new(rustc).arg("--version").output() else { return false };
    // rustc 1.95.0 (59807616e 2026-04-14), rustc 1.98.0-nightly (..), rustc 1.98.0-dev
    let version = String::from_utf8_lossy(&output.stdout);
    version.starts_with("rustc ") && !version.contains("-nightly") && !version.contains("-dev")
}

/// Where `for await` is written, outside of what macros are given.
pub(crate) fn for_awaits(tokens: &TokenStream) -> Vec<Span> {
    let mut found = Vec::new();
    walk(tokens, &mut found);
    found
}

fn walk(tokens: &TokenStream, found: &mut Vec<Span>) {
    let (mut after_for, mut after_bang) = (false, false);
    for token in tokens.clone() {
        let (mut is_for, mut is_bang) = (false, false);
        match token {
            TokenTree::Ident(word) if after_for && word == "await" => found.push(word.span()),
            TokenTree::Ident(word) => is_for = word == "for",
            TokenTree::Punct(punct) => is_bang = punct.as_char() == '!',
            TokenTree::Group(group) if !after_bang => walk(&group.stream(), found),
            TokenTree::Group(_) | TokenTree::Literal(_) => {}
        }
        (after_for, after_bang) = (is_for, is_bang);
    }
}
