//! Macros of the standard library that take expressions, where these await or use `?`: what they are given is code of the
//! body's own then, as if the macro were a function. So it is written as the call of one while the body is lowered.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};
use syn::{
    Expr, ExprAwait, ExprCall, ExprMacro, ExprPath, Macro, MacroDelimiter, Path, Stmt, Token,
    punctuated::Punctuated,
    token::{Bracket, Paren},
    visit_mut,
};

use crate::{
    constructs::{
        AsyncFor, Cleanup, Construct, Operand, arguments, awaited_block, construct,
        is_awaited_block,
    },
    emit::inside_parens,
    harmless::SUSPECT,
    parse,
    syntax::has_word,
    visitor::{Visitor, Walk, own_code_only},
};

/// Those that do nothing else with an expression: `assert!` and `dbg!` also say how it was spelled.
const TAKE_EXPRESSIONS: [&str; 17] = [
    "assert_eq",
    "assert_ne",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "format",
    "panic",
    "pin",
    "print",
    "println",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// What the name of a call starts with that is a macro; then comes how it is delimited.
const PREFIX: &str = "__macro_in_";

/// Writes macros as calls, and says whether there are any. What a user has written so, `body::check` refuses: it would be
/// taken for somebody's macro, in which nobody has looked for yields.
// Input:  println!("{}", read().await);
// Output: __macro_in_parens_println("{}", read().await);
pub(crate) fn as_calls(stmts: &mut [Stmt]) -> bool {
    let mut writer = Writer { in_cleanup: false, has_written: false };
    for stmt in stmts {
        writer.visit_stmt_mut(stmt);
    }
    writer.has_written
}

/// The macro that a call stands for, if it does.
pub(crate) fn macro_of_call(found: &ExprCall) -> Option<Macro> {
    let Expr::Path(ExprPath { path, .. }) = &*found.func else { return None };
    let last = path.segments.last()?.ident.to_string();
    let (delimiter, name) = last.strip_prefix(PREFIX)?.split_once('_')?;
    let span = found.paren_token.span;
    let delimiter = match delimiter {
        "parens" => MacroDelimiter::Paren(found.paren_token),
        _ => MacroDelimiter::Bracket(Bracket { span }),
    };
    let mut path = path.clone();
    let last = path.segments.last_mut()?;
    last.ident = Ident::new(name, last.ident.span());
    let bang_token = Token![!](last.ident.span());
    Some(Macro { path, bang_token, delimiter, tokens: found.args.to_token_stream() })
}

struct Writer {
    in_cleanup: bool,
    has_written: bool,
}

impl Writer {
    /// The call that stands for a macro.
    fn call(&mut self, mac: &Macro) -> Option<ExprCall> {
        let name = &takes_expressions(&mac.path)?.to_string();
        // A cleanup is not left.
        let is_left = self.in_cleanup && has_question(&mac.tokens);
        let holds_more = SUSPECT
            .iter()
            .filter(|word| **word != "await")
            // If it is awaited, it would be a body with yields, and somebody else's macro could take it out of the generator.
            .chain(&["async"])
            .any(|word| has_word(mac.tokens.clone(), word));
        if is_left || holds_more || !is_asked(&mac.tokens) || is_spelled_as_ours(&mac.tokens) {
            return None;
        }
        let (delimiter, span) = match &mac.delimiter {
            MacroDelimiter::Paren(Paren { span }) => ("parens", *span),
            MacroDelimiter::Bracket(Bracket { span }) => ("brackets", *span),
            MacroDelimiter::Brace(_) => return None,
        };
        let args = Punctuated::parse_terminated;
        let mut args: Punctuated<Expr, Token![,]> = parse::whole(args, mac.tokens.clone()).ok()?;
        args.iter_mut().for_each(|arg| self.visit_expr_mut(arg));
        let mut path = mac.path.clone();
        let last = path.segments.last_mut()?;
        last.ident = format_ident!("{PREFIX}{delimiter}_{name}", span = last.ident.span());
        self.has_written = true;
        let func = Box::new(Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path }));
        Some(ExprCall { attrs: Vec::new(), func, paren_token: Paren { span }, args })
    }

    /// Writes what one of our constructs is given anew, if there is something in it.
    fn given(&mut self, mac: &mut Macro, write: impl FnOnce(&mut Self) -> TokenStream) {
        let before = std::mem::take(&mut self.has_written);
        let written = write(self);
        if self.has_written {
            mac.tokens = written;
        }
        self.has_written |= before;
    }
}

impl Visitor for Writer {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        // Without a semicolon it is the value of its block, and what that is, is settled.
        if let Stmt::Macro(found) = &mut *stmt {
            if let (Some(semi), Some(mut call)) = (found.semi_token, self.call(&found.mac)) {
                call.attrs = std::mem::take(&mut found.attrs);
                *stmt = Stmt::Expr(Expr::Call(call), Some(semi));
                return;
            }
        }
        visit_mut::visit_stmt_mut(&mut Walk(self), stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(ExprMacro { attrs, mac }) = &mut *expr {
            if let Some(mut call) = self.call(mac) {
                call.attrs = std::mem::take(attrs);
                *expr = Expr::Call(call);
                return;
            }
        }
        visit_mut::visit_expr_mut(&mut Walk(self), expr);
    }

    fn visit_expr_await_mut(&mut self, found: &mut ExprAwait) {
        if is_awaited_block(&found.base) {
            // A `?` leaves the block.
            let in_cleanup = std::mem::replace(&mut self.in_cleanup, false);
            self.visit_block_mut(&mut awaited_block(&mut found.base).block);
            self.in_cleanup = in_cleanup;
        } else if !matches!(inside_parens(&found.base), Expr::Macro(_)) {
            // A macro whose value is awaited is another one by that name: async-std has a `println!`.
            visit_mut::visit_expr_await_mut(&mut Walk(self), found);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let Some(construct) = construct(&mac.path) else { return };
        if !is_asked(&mac.tokens) {
            return;
        }
        match construct {
            Construct::Yield | Construct::YieldFrom => {
                if let Ok(Operand(Some(mut value))) = arguments(mac) {
                    self.given(mac, |this| {
                        this.visit_expr_mut(&mut value);
                        value.to_token_stream()
                    });
                }
            }
            Construct::ForAwait => {
                if let Ok(AsyncFor { label, pat, mut source, mut body }) = arguments(mac) {
                    self.given(mac, |this| {
                        this.visit_expr_mut(&mut source);
                        this.visit_block_mut(&mut body);
                        quote!(#label #pat in #source #body)
                    });
                }
            }
            Construct::Defer => {
                if let Ok(Cleanup(mut stmts)) = arguments(mac) {
                    let in_cleanup = std::mem::replace(&mut self.in_cleanup, true);
                    self.given(mac, |this| {
                        for stmt in &mut stmts {
                            this.visit_stmt_mut(stmt);
                        }
                        quote!(#(#stmts)*)
                    });
                    self.in_cleanup = in_cleanup;
                }
            }
            Construct::Nested | Construct::Items => {}
        }
    }

    own_code_only!();
}

/// Whether a macro takes expressions, by its name; that.
fn takes_expressions(path: &Path) -> Option<&Ident> {
    let first = &path.segments.first()?.ident;
    let last = &path.segments.last()?.ident;
    let is_of_library = path.segments.len() == 1 || first == "std" || first == "core";
    (is_of_library && TAKE_EXPRESSIONS.iter().any(|name| last == name)).then_some(last)
}

/// Whether there is a name in tokens that a call has which stands for a macro.
fn is_spelled_as_ours(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => name.to_string().starts_with(PREFIX),
        TokenTree::Group(group) => is_spelled_as_ours(&group.stream()),
        _ => false,
    })
}

/// Whether there is an await or a `?` in tokens.
fn is_asked(tokens: &TokenStream) -> bool {
    has_word(tokens.clone(), "await") || has_question(tokens)
}

fn has_question(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Group(group) => has_question(&group.stream()),
        _ => false,
    })
}
