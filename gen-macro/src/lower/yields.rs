//! `yield_!` and `yield_from!`.

use syn::{Expr, visit_mut::VisitMut as _};

use super::Lower;
use crate::{
    check::may_suspend,
    constructs::Operand,
    emit::{self, Extent},
};

impl Lower {
    pub(super) fn yield_(&mut self, Operand(operand): Operand, extent: Extent) -> Expr {
        self.has_yield = true;
        let suspends = operand.as_ref().is_some_and(may_suspend);
        let operand = operand.map(|mut value| {
            self.visit_expr_mut(&mut value);
            value
        });
        emit::yield_(operand, suspends, extent, self.flavour, &self.names)
    }

    // Input:  yield_from!(inner)
    // Output: a region that delegates, guarded by the close of `inner` if this owns it
    pub(super) fn yield_from(&mut self, Operand(operand): Operand, extent: Extent) -> Expr {
        self.has_yield = true;
        let Some(mut inner) = operand else { unreachable!("`body::check` wants an operand") };
        self.visit_expr_mut(&mut inner);
        let delegated = self.over_source(&inner, |this, _| {
            emit::delegate(&inner, extent, this.flavour, &this.names)
        });
        if self.flavour.throws {
            emit::evaluated(&delegated, extent, &self.names)
        } else {
            delegated
        }
    }
}
