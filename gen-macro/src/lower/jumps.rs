//! Jumps out of regions: guarded code is an async block, so a jump leaves it in two steps.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Expr, ExprBreak, ExprContinue, Lifetime, parse_quote};

use super::{Lower, return_ok};
use crate::{check::Exit, emit, names::Names, scope::target};

/// A way out of a region.
pub(super) struct Jump {
    keyword: TokenStream,
    label: Option<Lifetime>,
    has_value: bool,
}

impl Jump {
    /// The jump itself, after the cleanup.
    pub(super) fn out(&self, index: usize, names: &Names) -> Expr {
        let Self {
            keyword,
            label,
            has_value,
        } = self;
        let value = has_value.then(|| emit::carried(index, names));
        parse_quote!(#keyword #label #value)
    }
}

impl Lower {
    /// Lowers a `return`, `break` or `continue` whose parts are lowered.
    pub(super) fn leaving(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Return(found) if found.expr.is_none() && self.exit == Exit::Ok => {
                *expr = return_ok(found, &self.names);
            }
            Expr::Break(ExprBreak {
                break_token,
                label,
                expr: value,
                ..
            }) if self.crosses(label.as_ref()) => {
                let jump = Jump {
                    keyword: quote!(#break_token),
                    label: label.clone(),
                    has_value: value.is_some(),
                };
                *expr = self.jump(jump, value.as_deref());
            }
            Expr::Continue(ExprContinue {
                continue_token,
                label,
                ..
            }) if self.crosses(label.as_ref()) => {
                let jump = Jump {
                    keyword: quote!(#continue_token),
                    label: label.clone(),
                    has_value: false,
                };
                *expr = self.jump(jump, None);
            }
            _ => {}
        }
    }

    /// Whether a jump leaves the innermost region. A label that is not declared in this body's code
    /// is declared around it.
    fn crosses(&self, label: Option<&Lifetime>) -> bool {
        let declared = target(&self.targets, label).map_or(0, |target| target.regions);
        declared < self.regions.len()
    }

    fn jump(&mut self, jump: Jump, value: Option<&Expr>) -> Expr {
        let Some(region) = self.regions.last_mut() else {
            unreachable!("a region was crossed")
        };
        let index = region.jumps.len();
        region.jumps.push(jump);
        let value = value.map(|value| value.to_token_stream());
        let framed = self.place.yields();
        Expr::Verbatim(emit::jump(
            index,
            value.as_ref(),
            self.exit,
            framed,
            &self.names,
        ))
    }
}
