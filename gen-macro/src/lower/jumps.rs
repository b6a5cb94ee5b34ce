//! Jumps out of regions: guarded code is an async block, so a jump leaves it in two steps.

use quote::ToTokens;
use syn::{Expr, ExprBreak, ExprContinue, Lifetime, parse_quote_spanned};

use super::{Lower, return_ok, with_attrs};
use crate::{
    check::Exit,
    emit::{self, Way},
    names::Names,
    scope::target,
};

/// A way out of a region.
pub(super) struct Jump {
    kind: Kind,
    label: Option<Lifetime>,
}

enum Kind {
    Break { has_value: bool },
    Continue,
}

impl Jump {
    /// Whether it takes a value along.
    pub(super) fn carries(&self) -> bool {
        matches!(self.kind, Kind::Break { has_value: true })
    }

    /// The jump itself, after the cleanup. It is ours: the user's keyword is where it was.
    pub(super) fn out(&self, way: Way, names: &Names) -> Expr {
        let span = names.span();
        let label = &self.label;
        match self.kind {
            Kind::Break { has_value } => {
                let value = has_value.then(|| emit::carried(way, names));
                parse_quote_spanned!(span=> break #label #value)
            }
            Kind::Continue => parse_quote_spanned!(span=> continue #label),
        }
    }
}

/// The label that a jump aims at.
pub(super) fn label_of(jump: &Expr) -> Option<&Lifetime> {
    match jump {
        Expr::Break(ExprBreak { label, .. }) | Expr::Continue(ExprContinue { label, .. }) => {
            label.as_ref()
        }
        _ => None,
    }
}

impl Lower {
    /// Lowers a `return`, `break` or `continue` whose parts are lowered.
    pub(super) fn leaving(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Return(found) if found.expr.is_none() && self.exit == Exit::Ok => {
                *expr = with_attrs(&found.attrs, return_ok(found, &self.names));
            }
            Expr::Break(ExprBreak { attrs, label, expr: value, .. })
                if self.crosses(label.as_ref()) =>
            {
                let kind = Kind::Break { has_value: value.is_some() };
                let lowered = self.jump(Jump { kind, label: label.clone() }, value.as_deref());
                *expr = with_attrs(attrs, lowered);
            }
            Expr::Continue(ExprContinue { attrs, label, .. }) if self.crosses(label.as_ref()) => {
                let lowered = self.jump(Jump { kind: Kind::Continue, label: label.clone() }, None);
                *expr = with_attrs(attrs, lowered);
            }
            _ => {}
        }
    }

    /// Whether a jump leaves the innermost region. A label that is not declared in this body's code
    /// is declared around it.
    pub(super) fn crosses(&self, label: Option<&Lifetime>) -> bool {
        let declared = target(&self.targets, label).map_or(0, |target| target.regions);
        declared < self.regions.len()
    }

    fn jump(&mut self, jump: Jump, value: Option<&Expr>) -> Expr {
        let depth = self.regions.len();
        let Some(region) = self.regions.last_mut() else { unreachable!("a region was crossed") };
        let way = Way { depth, index: region.jumps.len() };
        region.jumps.push(jump);
        let value = value.map(ToTokens::to_token_stream);
        let framed = self.place.yields();
        Expr::Verbatim(emit::jump(way, value.as_ref(), self.exit, framed, &self.names))
    }
}
