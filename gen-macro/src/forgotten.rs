//! Functions in `generator_syntax!` that yield, and have no `#[async_generator]`.

use syn::{Block, ExprForLoop, ExprYield, parse_quote_spanned, visit_mut};

use crate::{
    constructs::is_for_await,
    errors::Errors,
    visitor::{Visitor, Walk, own_code_only},
};

/// Reports the first keyword of ours in the code of a function, and takes the code away: the compiler would report each.
pub(crate) fn report(block: &mut Block, errors: &mut Errors) {
    let mut search = Search { errors, found: false };
    search.visit_block_mut(block);
    if search.found {
        let end = block.brace_token.span.close();
        block.stmts = parse_quote_spanned!(end=> loop {});
    }
}

struct Search<'a> {
    errors: &'a mut Errors,
    found: bool,
}

impl Search<'_> {
    fn keyword(&mut self, tokens: impl quote::ToTokens, keyword: &str) {
        if !std::mem::replace(&mut self.found, true) {
            let message = format!(
                "`{keyword}` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! {{ .. }}`"
            );
            self.errors.push(tokens, message);
        }
    }
}

impl Visitor for Search<'_> {
    fn visit_expr_yield_mut(&mut self, found: &mut ExprYield) {
        self.keyword(found.yield_token, "yield");
    }

    fn visit_expr_for_loop_mut(&mut self, found: &mut ExprForLoop) {
        if found.attrs.iter().any(is_for_await) {
            self.keyword(found.for_token, "for await");
        }
        visit_mut::visit_expr_for_loop_mut(&mut Walk(self), found);
    }

    own_code_only!();
}
