//! `yield_!` and `yield_from!`.

use quote::ToTokens as _;
use syn::{Expr, ExprYield, Macro, spanned::Spanned as _};

use super::{Edge, Lower, with_attrs};
use crate::{
    check::{Answer, may_suspend},
    constructs::Operand,
    emit::{self, Extent, Guards, Held, Use},
    syntax::Evaluation,
    visitor::Visitor as _,
};

/// What may happen while an operand is evaluated.
pub(super) fn evaluation(operand: Option<&Expr>) -> Evaluation {
    match operand {
        None => Evaluation::Reads,
        Some(operand) if may_suspend(operand) => Evaluation::Suspends,
        Some(_) => Evaluation::Borrows,
    }
}

/// From the name of a macro to the end of its arguments.
pub(super) fn extent_of_macro(mac: &Macro) -> Extent {
    Extent { first: mac.path.span(), last: mac.delimiter.span().close() }
}

/// From the keyword `yield` to the end of its operand.
fn extent_of_keyword(found: &ExprYield) -> Extent {
    let first = found.yield_token.span;
    let operand = found.expr.as_ref().map(|operand| emit::ends(&operand.to_token_stream()));
    Extent { first, last: operand.map_or(first, |(_, last)| last) }
}

impl Lower {
    /// Lowers the keyword `yield`.
    pub(super) fn keyword(&mut self, found: &mut ExprYield, used: Use) -> Expr {
        let extent = extent_of_keyword(found);
        let operand = found.expr.take().map(|value| *value);
        let evaluation = evaluation(operand.as_ref());
        let attrs = std::mem::take(&mut found.attrs);
        let lowered = self.yield_(operand, evaluation, used, extent);
        with_attrs(&attrs, lowered)
    }

    pub(super) fn yield_(
        &mut self,
        operand: Option<Expr>,
        evaluation: Evaluation,
        used: Use,
        extent: Extent,
    ) -> Expr {
        self.has_yield = true;
        let is_end =
            std::mem::take(&mut self.edge) == Edge::End && self.flavour.answer != Answer::Result;
        let operand = operand.map(|mut value| {
            self.visit_expr_mut(&mut value);
            value
        });
        let found = emit::Yield { operand, evaluation, used, extent };
        let access = if is_end { self.access_at_end() } else { self.access() };
        emit::yield_(found, &access, self.flavour, &self.names)
    }

    // Input:  yield_from!(inner)
    // Output: a region that delegates, and closes `inner` with the generator if this owns it
    pub(super) fn yield_from(
        &mut self,
        Operand(operand): Operand,
        used: Use,
        extent: Extent,
    ) -> Expr {
        self.has_yield = true;
        let Some(mut inner) = operand else { unreachable!("`body::check` wants an operand") };
        self.visit_expr_mut(&mut inner);
        let access = self.access();
        let captured = self.captured(&inner);
        let held = Held::of(captured);
        let delegated = emit::delegate(&inner, extent, held, &access, self.flavour, &self.names);
        let here = self.names.located_at(inner.span());
        let guards = Guards { source: Some(held), framed: true };
        let after = emit::left_to(guards, &access, self.last_exit(), &here);
        let region = emit::delegation_in_place(&delegated, &after, held, self.at_hand(), &here);
        let inner = emit::inside_parens(&inner).to_token_stream();
        let delegated = Expr::Verbatim(emit::with_source(&inner, captured, &region, held, &here));
        if self.flavour.answer == Answer::Result {
            emit::as_users(&delegated.into_token_stream(), used, extent, &self.names)
        } else {
            delegated
        }
    }
}
