//! A `for_await!` that stands in no body, as far as we know: it cannot yield.

use quote::ToTokens;
use syn::{ExprYield, Macro, visit_mut};

use crate::{
    constructs::{AsyncFor, Cleanup, Construct, arguments, construct},
    errors::Errors,
    visitor::{Visitor, Walk, own_code_only},
};

/// Reports the yields in a loop.
pub(crate) fn check(found: &mut AsyncFor, errors: &mut Errors) {
    Search { errors }.async_for(found);
}

struct Search<'a> {
    errors: &'a mut Errors,
}

impl Search<'_> {
    fn async_for(&mut self, found: &mut AsyncFor) {
        self.visit_expr_mut(&mut found.source);
        self.visit_block_mut(&mut found.body);
    }

    fn yields(&mut self, tokens: impl ToTokens, name: &str) {
        let message = format!(
            "`{name}` in a `for_await!` outside a generator, or in one that a macro makes; write the loop in the body itself"
        );
        self.errors.push(tokens, message);
    }
}

impl Visitor for Search<'_> {
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        match construct(&mac.path) {
            Some(Construct::Yield) => self.yields(&mac.path, "yield_!"),
            Some(Construct::YieldFrom) => self.yields(&mac.path, "yield_from!"),
            Some(Construct::ForAwait) => {
                if let Ok(mut found) = arguments::<AsyncFor>(mac) {
                    self.async_for(&mut found);
                }
            }
            Some(Construct::Defer) => {
                if let Ok(Cleanup(mut stmts)) = arguments(mac) {
                    for stmt in &mut stmts {
                        self.visit_stmt_mut(stmt);
                    }
                }
            }
            Some(Construct::Nested | Construct::Items) | None => {}
        }
    }

    fn visit_expr_yield_mut(&mut self, found: &mut ExprYield) {
        self.yields(found.yield_token, "yield");
        visit_mut::visit_expr_yield_mut(&mut Walk(self), found);
    }

    own_code_only!();
}
