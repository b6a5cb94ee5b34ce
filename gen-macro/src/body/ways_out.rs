//! The ways out of a body, and out of its cleanups.

use quote::ToTokens;
use syn::{ExprReturn, Lifetime, Token};

use super::Checker;
use crate::{
    check::Exit,
    ends,
    scope::{Place, target},
};

impl Checker<'_> {
    pub(super) fn returns(&mut self, found: &ExprReturn) {
        match (self.place, self.exit, &found.expr) {
            (Place::Cleanup, ..) => {
                let message = "a cleanup cannot return: the body is on its way out already; put the rest of it in an `if` instead";
                self.errors.push(found.return_token, message);
            }
            (Place::Body, Exit::Unit, Some(value)) => {
                let message = ends::why_not(value);
                self.errors.push(value, message);
            }
            _ => {}
        }
    }

    /// A jump out of a cleanup, or one in no loop: of that, the compiler would say that it leaves a block of ours.
    pub(super) fn jumps(&mut self, keyword: impl ToTokens, name: &str, label: Option<&Lifetime>) {
        if target(&self.targets, label).is_some() {
            return;
        }
        let message = match self.place {
            Place::Cleanup => format!(
                "a cleanup cannot `{name}` out: the body is on its way out already; put the rest of it in an `if` instead"
            ),
            Place::Body if self.is_all && label.is_none() => {
                format!("`{name}` outside of a loop; a block is left by its label")
            }
            Place::AwaitedBlock if label.is_none() => {
                format!("`{name}` cannot leave an async block, and is in no loop of that")
            }
            _ => return,
        };
        self.errors.push(keyword, message);
    }

    pub(super) fn question(&mut self, token: Token![?]) {
        if self.place == Place::Cleanup {
            let message =
                "a cleanup cannot use `?`: it has nobody to give the error to; handle it here";
            self.errors.push(token, message);
        } else if self.place == Place::Body && self.exit == Exit::Unit {
            let message = "`?` needs a fallible generator; declare the items as `Result<T, E>` (for an alias of it, add `fallible`), or handle the error here";
            self.errors.push(token, message);
        }
    }
}
