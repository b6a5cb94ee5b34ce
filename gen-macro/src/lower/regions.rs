//! `defer!`: the rest of a block becomes guarded code, and its cleanup follows.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Block, Expr, Stmt, token::Brace};

use super::{Lower, jumps::Jump};
use crate::{constructs::Cleanup, emit, scope::Place};

/// A region whose guarded code is being lowered.
pub(super) struct Region {
    /// The ways out of it by `break` and `continue`.
    pub(super) jumps: Vec<Jump>,
}

/// A region whose guarded code is lowered.
pub(super) struct Guarded {
    code: TokenStream,
    jumps: Vec<Jump>,
    has_opaque: bool,
}

impl Lower {
    // Input:  defer! { cleanup } rest
    // Output: see `emit::region`
    pub(super) fn deferring(&mut self, Cleanup(cleanup): Cleanup, rest: Vec<Stmt>) -> Expr {
        let guarded = self.region(|this| {
            let stmts = this.stmts(rest);
            Block { brace_token: Brace::default(), stmts }.into_token_stream()
        });
        let outer = std::mem::replace(&mut self.place, Place::Cleanup);
        let had_opaque = std::mem::replace(&mut self.has_opaque, false);
        let targets = std::mem::take(&mut self.targets);
        let stmts = self.stmts(cleanup);
        let cleanup = emit::cleanup(&stmts, self.has_opaque, &self.names);
        self.targets = targets;
        self.has_opaque |= had_opaque;
        self.place = outer;
        let region = self.end_region(guarded, &cleanup, false);
        // Statements of the block that it ends, which is then no block around a single expression.
        Expr::Verbatim(region)
    }

    /// Lowers the guarded code of a region.
    pub(super) fn region(&mut self, code: impl FnOnce(&mut Self) -> TokenStream) -> Guarded {
        self.regions.push(Region { jumps: Vec::new() });
        let around = std::mem::replace(&mut self.has_opaque, false);
        let code = code(self);
        let has_opaque = self.has_opaque;
        self.has_opaque |= around;
        let Some(Region { jumps }) = self.regions.pop() else { unreachable!("pushed above") };
        Guarded { code, jumps, has_opaque }
    }

    /// Puts the parts of a region together. Its jumps may leave the regions around it, too.
    pub(super) fn end_region(
        &mut self,
        guarded: Guarded,
        cleanup: &TokenStream,
        over_source: bool,
    ) -> TokenStream {
        let Guarded { code, jumps, has_opaque } = guarded;
        let depth = self.regions.len() + 1;
        let mut ways = Vec::with_capacity(jumps.len());
        for (index, jump) in jumps.into_iter().enumerate() {
            let way = emit::Way { depth, index };
            let mut out = jump.out(way, &self.names);
            self.leaving(&mut out);
            ways.push(emit::WayOut { way, carries: jump.carries(), out: out.into_token_stream() });
        }
        let kind = emit::RegionKind {
            exit: self.exit,
            framed: self.place.yields(),
            over_source,
            has_opaque: has_opaque && self.place.yields(),
            depth,
        };
        emit::region(&code, cleanup, &ways, kind, self.flavour, &self.names)
    }
}
