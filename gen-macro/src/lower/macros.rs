//! Macros: ours, and those that only their authors can read.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Expr, Macro};

use super::{
    Lower, jumps,
    yields::{evaluation, extent_of_macro},
};
use crate::{
    check::Exit,
    constructs::{Construct, Operand, arguments, construct},
    emit::{self, Use},
    harmless::{Trust, trust},
    opaque,
    scope::target,
    syntax::{mark_for_await, simple},
};

impl Lower {
    /// Lowers a macro in expression or statement position, if it is one of ours.
    pub(super) fn construct(&mut self, mac: &mut Macro, used: Use) -> Option<Expr> {
        match construct(&mac.path) {
            Some(Construct::Yield) => {
                let extent = extent_of_macro(mac);
                let (operand, evaluation) = if let Some(evaluation) = simple(&mac.tokens) {
                    // Checked already, and there is nothing in it to lower.
                    let tokens = std::mem::take(&mut mac.tokens);
                    ((!tokens.is_empty()).then_some(Expr::Verbatim(tokens)), evaluation)
                } else {
                    let Ok(Operand(operand)) = arguments(mac) else { unreachable!("checked") };
                    let evaluation = evaluation(operand.as_ref());
                    (operand, evaluation)
                };
                Some(self.yield_(operand, evaluation, used, extent))
            }
            Some(Construct::YieldFrom) => {
                let Ok(operand) = arguments(mac) else { unreachable!("checked") };
                Some(self.yield_from(operand, used, extent_of_macro(mac)))
            }
            Some(Construct::ForAwait) => {
                let Ok(found) = arguments(mac) else { unreachable!("checked") };
                Some(self.async_for(found))
            }
            Some(Construct::Defer | Construct::Nested | Construct::Items) => None,
            None => {
                if trust(mac) == Trust::Nothing {
                    self.has_opaque = true;
                    self.opaque(mac);
                }
                None
            }
        }
    }

    /// Rewrites what a macro is given that only its author can read.
    fn opaque(&mut self, mac: &mut Macro) {
        let end = (self.exit == Exit::Ok).then(|| emit::ok(&self.names));
        let guarded = !self.regions.is_empty();
        let in_body = self.place.awaits();
        let mut jump = |mut expr: Expr| {
            let label = jumps::label_of(&expr);
            // A cleanup is not left: what would leave it is a jump in a loop of the macro's.
            let stays = self.place.cleans_up() && target(&self.targets, label).is_none();
            (self.crosses(label) && !stays).then(|| {
                self.leaving(&mut expr);
                expr.into_token_stream()
            })
        };
        let jump: Option<&mut dyn FnMut(Expr) -> Option<TokenStream>> =
            if guarded { Some(&mut jump) } else { None };
        let tokens = std::mem::take(&mut mac.tokens);
        let tokens = mark_for_await(&tokens).unwrap_or(tokens);
        mac.tokens = opaque::rewrite(tokens, opaque::Ways { end, jump, in_body });
    }
}
