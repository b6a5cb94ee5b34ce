//! How a `loop` is left.

use std::ptr;

use syn::{Expr, ExprBreak, ExprLoop, visit_mut};

use crate::{
    scope::{Target, as_target, target},
    visitor::{Visitor, Walk, own_code_only},
};

/// Says whether there is such a `break` out of a `loop`.
pub(crate) fn has_break(found: &ExprLoop, such: &dyn Fn(&ExprBreak) -> bool) -> bool {
    let mut search = Search { targets: Vec::new(), such, found: false };
    search.visit_expr_mut(&mut Expr::Loop(found.clone()));
    search.found
}

/// A read-only walk.
struct Search<'s> {
    /// The loop itself is the first.
    targets: Vec<Target>,
    such: &'s dyn Fn(&ExprBreak) -> bool,
    found: bool,
}

impl Visitor for Search<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Break(found) => {
                let target = target(&self.targets, found.label.as_ref());
                let is_out =
                    target.is_some_and(|target| ptr::eq(target, &raw const self.targets[0]));
                self.found |= is_out && (self.such)(found);
            }
            Expr::ForLoop(found) => {
                self.visit_expr_mut(&mut found.expr);
                self.targets.push(Target::of_loop(found.label.as_ref(), 0));
                self.visit_block_mut(&mut found.body);
                self.targets.pop();
                return;
            }
            _ => {}
        }
        let inner = as_target(expr, 0);
        let is_target = inner.is_some();
        self.targets.extend(inner);
        visit_mut::visit_expr_mut(&mut Walk(self), expr);
        if is_target {
            self.targets.pop();
        }
    }

    own_code_only!();
}
