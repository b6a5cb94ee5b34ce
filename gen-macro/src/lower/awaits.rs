//! Awaits, and the blocks that are awaited on the spot.

use quote::{ToTokens as _, quote};
use syn::{Expr, ExprAsync, ExprAwait, Stmt};

use super::Lower;
use crate::{
    check::Exit,
    constructs::{awaited_block, is_awaited_block},
    emit::{self, Access, At, Captured, Extent, FirstSlot, Use},
    harmless::Trust,
    in_sight::{self, Sight},
    scope::Place,
    visitor::Visitor as _,
};

/// How an async block gets its first slot. It keeps it at hand, for its yields, if every await of its own gives
/// it anew. One that some macro makes would not, and the slot would be one of a poll that is over; so a macro that is
/// known by its name only may stand in what is `watched`.
pub(super) fn first_slot(sight: &Sight, watched: bool, stmts: &[Stmt]) -> FirstSlot {
    let may_await = sight.others.is_some_and(|trust| !watched || trust < Trust::Computes);
    if !sight.yields || may_await {
        FirstSlot::Never
    } else if in_sight::starts_with_await(stmts) {
        FirstSlot::Awaited
    } else {
        FirstSlot::Reached
    }
}

impl Lower {
    /// Lowers an async block that is awaited on the spot: it has jumps and regions of its own.
    pub(super) fn awaited_block(&mut self, found: &mut ExprAsync) {
        let place = self.place.of_awaited_block();
        let outer = (
            self.place,
            self.exit,
            std::mem::take(&mut self.targets),
            std::mem::take(&mut self.regions),
            std::mem::take(&mut self.blocks),
        );
        let had_opaque = std::mem::replace(&mut self.has_opaque, false);
        let sight = in_sight::sight(&mut found.block.stmts);
        let first = if self.flavour.direct {
            FirstSlot::Never
        } else {
            first_slot(&sight, false, &found.block.stmts)
        };
        let outer_first = std::mem::replace(&mut self.first, first);
        (self.place, self.exit) = (place, Exit::Unknown);
        let stmts = self.stmts(std::mem::take(&mut found.block.stmts));
        if place.yields() {
            let brace = found.block.brace_token;
            let macros = self.macros(self.has_opaque);
            found.block =
                emit::awaited_block(brace, &stmts, macros, first, self.flavour, &self.names);
        } else {
            found.block.stmts = if self.macros(false).given {
                let labelled = emit::labelled(&quote!(#(#stmts)*), &self.names);
                vec![Stmt::Expr(Expr::Verbatim(labelled), None)]
            } else {
                stmts
            };
        }
        self.has_opaque |= had_opaque;
        self.first = outer_first;
        (self.place, self.exit, self.targets, self.regions, self.blocks) = outer;
    }

    /// Lowers an await. In a region it may also be cut short, and is an expression of ours then.
    pub(super) fn await_(&mut self, found: &mut ExprAwait, used: Use) -> Option<Expr> {
        if is_awaited_block(&found.base) {
            let (first, _) = emit::ends(&found.base.to_token_stream());
            let extent = Extent { first, last: found.await_token.span };
            self.awaited_block(awaited_block(&mut found.base));
            let access = self.access();
            if access.is_plain() {
                return None;
            }
            let block = awaited_block(&mut found.base); // without parentheses of the user's
            let block = emit::block_in_region(block, &access, &self.names);
            return Some(emit::awaited_block_of_users(&block, &access, extent, used, &self.names));
        }
        self.visit_expr_mut(&mut found.base);
        if !self.place.awaits() {
            // Of a loop outside any body: it is polled with the real context already.
            return None;
        }
        let mut access = self.access();
        if self.first == FirstSlot::Awaited {
            self.first = FirstSlot::Reached;
            access.at = At::Start;
        }
        let (first, last) = emit::ends(&found.base.to_token_stream());
        let future = emit::inside_parens(&found.base).to_token_stream();
        let extent = Extent { first, last: found.await_token.span };
        if self.is_given && !access.direct {
            return Some(emit::await_given(&future, &access, extent, &self.names));
        }
        let leaf = emit::wait(&future, Extent { first, last }, &access, &self.names);
        if access.is_plain() {
            *found.base = Expr::Verbatim(leaf);
            return None;
        }
        Some(emit::awaited(&leaf, &access, extent, used, &self.names))
    }

    /// A source that stays where the body has captured it.
    pub(super) fn captured(&self, source: &Expr) -> Option<&Captured> {
        let name = in_sight::name_of(source)?;
        self.captured.iter().find(|captured| captured.name == *name)
    }

    /// What an await here has to see to.
    pub(super) fn access(&self) -> Access {
        match self.place {
            Place::Body | Place::AwaitedBlock => {
                let at = if self.is_outside() { At::Outside } else { At::Elsewhere };
                let direct = self.flavour.direct;
                Access { at_hand: self.at_hand(), cut: self.cut(), at, direct }
            }
            Place::Cleanup => {
                Access { at_hand: self.at_hand(), at: At::Cleanup, ..Access::default() }
            }
            _ => Access::default(),
        }
    }

    /// The same for a yield that the code of its region ends with.
    pub(super) fn access_at_end(&self) -> Access {
        let at_hand = self.at_hand();
        Access { at_hand, cut: self.way_out(), at: At::End, ..Access::default() }
    }
}
