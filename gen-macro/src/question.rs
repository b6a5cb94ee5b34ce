//! Whether a block uses `?` on its own behalf: what makes a `stream!` fallible.

use syn::{ExprTry, Macro, Stmt};

use crate::{
    constructs::{AsyncFor, Construct, Operand, arguments, construct},
    visitor::{Visitor, own_code_only},
};

/// Looks for a `?` that leaves the block itself: not a closure, an async block or an item in it.
pub(crate) fn leaves(stmts: &mut [Stmt]) -> bool {
    let mut found = Found(false);
    for stmt in stmts {
        found.visit_stmt_mut(stmt);
    }
    found.0
}

/// A read-only walk, as that of `body::check`.
struct Found(bool);

impl Visitor for Found {
    fn visit_expr_try_mut(&mut self, _: &mut ExprTry) {
        self.0 = true;
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        match construct(&mac.path) {
            Some(Construct::Yield | Construct::YieldFrom) => {
                if let Ok(Operand(Some(mut value))) = arguments(mac) {
                    self.visit_expr_mut(&mut value);
                }
            }
            Some(Construct::ForAwait) => {
                if let Ok(AsyncFor { mut source, mut body, .. }) = arguments(mac) {
                    self.visit_expr_mut(&mut source);
                    self.visit_block_mut(&mut body);
                }
            }
            // A cleanup may not; the others have bodies of their own, or cannot be read.
            _ => {}
        }
    }

    own_code_only!();
}
