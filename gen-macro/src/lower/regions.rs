//! `defer!`: the rest of a block becomes guarded code, and its cleanup follows.

use std::cell::Cell;

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Block, Expr, Pat, Stmt, token::Brace};

use super::{Code, Edge, Lower, body::is_direct, jumps, jumps::Jump};
use crate::{
    check::{Exit, Flavour},
    constructs::Cleanup,
    emit::{self, Guards, Held, Left, Shape},
    harmless::Trust,
    in_sight, moves,
    scope::Place,
    syntax::has_word,
};

/// A region whose code is being lowered.
pub(super) struct Region {
    /// The ways out of it by jumps.
    pub(super) jumps: Vec<Jump>,
    pub(super) shape: Shape,
    /// Its code leaves it, one way or the other, before it ends.
    pub(super) is_left: bool,
    /// Its code asks whether it is to be left.
    is_cut: Cell<bool>,
}

/// A region whose code is lowered.
pub(super) struct Guarded {
    code: TokenStream,
    region: Region,
    has_opaque: bool,
    direct: bool,
}

impl Lower {
    // Input:  defer! { cleanup } rest
    // Output: see `emit::region`
    pub(super) fn deferring(&mut self, Cleanup(cleanup): Cleanup, rest: Vec<Stmt>) -> Expr {
        let mut rest = Block { brace_token: Brace::default(), stmts: rest };
        let shape = self.shape_of(&mut rest, &cleanup);
        let direct = self.is_direct(shape, &mut rest.stmts);
        let guarded = self.region(shape, direct, |this| {
            if shape != Shape::AsyncBlock {
                this.edge = Edge::Begin;
            }
            rest.stmts = this.stmts(std::mem::take(&mut rest.stmts));
            rest.into_token_stream()
        });
        let outer = std::mem::replace(&mut self.place, Place::Cleanup);
        let had_opaque = std::mem::replace(&mut self.has_opaque, false);
        let targets = std::mem::take(&mut self.targets);
        let stmts = self.stmts(cleanup);
        let cleanup = emit::cleanup(&stmts, self.macros(self.has_opaque), &self.names);
        self.targets = targets;
        self.has_opaque |= had_opaque;
        self.place = outer;
        let guards = Guards { source: None, framed: self.place.yields() };
        let region = self.end_region(guarded, &cleanup, guards, None);
        // Statements of the block that it ends, which is then no block around a single expression.
        Expr::Verbatim(region)
    }

    /// How code is kept apart from its cleanup. That stands there once for each way out if something may be moved on one,
    /// and somebody may look at it then: behind the block that the code ends, or in the next turn of a loop.
    fn shape_of(&self, code: &mut Block, cleanup: &[Stmt]) -> Shape {
        if !self.is_in_sight(&mut code.stmts) {
            return Shape::AsyncBlock;
        }
        // A static in it, which a macro may hide, would be several.
        let is_one_of_a_kind = || {
            let others = in_sight::sight(&mut cleanup.to_vec()).others;
            others == Some(Trust::Nothing) || has_word(quote::quote!(#(#cleanup)*), "static")
        };
        let moves = self.blocks > 0 && moves::when_left(None, code) && !is_one_of_a_kind();
        if moves { Shape::MovingBlock } else { Shape::Block }
    }

    /// Whether this code can be a region in place.
    pub(super) fn is_in_sight(&self, code: &mut [Stmt]) -> bool {
        match self.place {
            // A `?` leaves it with what it was asked of.
            Place::AsyncBlock => in_sight::in_sight(code, Exit::Ok),
            place => place.yields() && in_sight::in_sight(code, self.exit),
        }
    }

    /// Whether the code of a region is polled with the consumer's own context, as the whole of a body would be that
    /// does no more.
    pub(super) fn is_direct(&self, shape: Shape, code: &mut [Stmt]) -> bool {
        shape == Shape::AsyncBlock
            && self.place.yields()
            && is_direct(in_sight::sight(code).doing, self.flavour)
    }

    /// Lowers the code of a region.
    pub(super) fn region(
        &mut self,
        shape: Shape,
        direct: bool,
        code: impl FnOnce(&mut Self) -> TokenStream,
    ) -> Guarded {
        self.regions.push(Region {
            jumps: Vec::new(),
            shape,
            is_left: false,
            is_cut: Cell::new(false),
        });
        let around = std::mem::replace(&mut self.has_opaque, false);
        let flavour = Flavour { direct: direct || self.flavour.direct, ..self.flavour };
        let outer = std::mem::replace(&mut self.flavour, flavour);
        let code = code(self);
        self.flavour = outer;
        let has_opaque = self.has_opaque && self.place.yields();
        self.has_opaque |= around;
        let Some(region) = self.regions.pop() else { unreachable!("pushed above") };
        Guarded { code, region, has_opaque, direct }
    }

    /// The way out of the innermost region when the generator is being closed, if the code here has to
    /// take one.
    pub(super) fn cut(&self) -> Option<TokenStream> {
        let way_out = self.way_out()?;
        self.regions.last()?.is_cut.set(true);
        Some(way_out)
    }

    /// The same, where it is not taken.
    pub(super) fn way_out(&self) -> Option<TokenStream> {
        let shape = self.regions.last()?.shape;
        let depth = self.regions.len();
        let in_place = !self.place.cleans_up() && shape != Shape::AsyncBlock;
        in_place.then(|| emit::cut(shape, depth, &self.names))
    }

    /// How the generator's last cleanup ends the body, when it is being closed. In what the body only awaits, or what a
    /// macro is given, there may be others around it, or it may be no code of the body's own block.
    pub(super) fn last_exit(&self) -> Exit {
        if self.is_outside() { self.exit } else { Exit::Unknown }
    }

    /// No region is open here.
    pub(super) fn is_outside(&self) -> bool {
        self.regions.is_empty() && self.place == Place::Body && self.code != Code::InMacro
    }

    /// Puts the parts of a region together, of a loop in place with what it takes. Its jumps may leave the regions around it,
    /// too.
    pub(super) fn end_region(
        &mut self,
        guarded: Guarded,
        cleanup: &TokenStream,
        guards: Guards,
        looped: Option<(&Pat, Held)>,
    ) -> TokenStream {
        let Guarded { code, region: Region { jumps, shape, is_left, is_cut }, has_opaque, direct } =
            guarded;
        let depth = self.regions.len() + 1;
        let mut ways = Vec::with_capacity(jumps.len());
        for (index, mut jump) in jumps.into_iter().enumerate() {
            if shape == Shape::MovingBlock {
                self.name(&mut jump);
            }
            let way = emit::Way { depth, index };
            let mut out = jump.out(way, &self.names);
            let awaits = self.awaits_to_leave(jumps::label_of(&out));
            if jump.is_question() {
                out = self.asked(&jump, way).unwrap_or(out);
            } else {
                self.leaving(&mut out);
            }
            // What a `?` is asked of is not known before it is.
            let is_wanted = !awaits && !jump.is_question();
            let out = out.into_token_stream();
            ways.push(emit::WayOut { way, carries: jump.carries(), is_wanted, out });
        }
        let leave = emit::left_to(guards, &self.access(), self.last_exit(), &self.names);
        let after = quote::quote!(#cleanup #leave);
        match shape {
            Shape::Block | Shape::MovingBlock if !is_left && !is_cut.get() => {
                return emit::uncut_region(&code, &after, self.at_hand(), depth, &self.names);
            }
            Shape::Block => {
                return emit::region_in_place(
                    &code,
                    &after,
                    &ways,
                    self.at_hand(),
                    depth,
                    &self.names,
                );
            }
            Shape::MovingBlock => {
                return emit::moving_region(
                    &code,
                    &after,
                    &ways,
                    is_cut.get(),
                    self.at_hand(),
                    depth,
                    &self.names,
                );
            }
            Shape::Loop | Shape::MovingLoop => {
                let Some((pat, held)) = looped else { unreachable!("it is a loop") };
                let is_cut = is_cut.get();
                let left = match shape {
                    Shape::MovingLoop if is_left || is_cut => Left::Moving,
                    _ if is_left => Left::Plainly,
                    _ => Left::Never,
                };
                let (body, ways, at_hand) = (&code, ways.as_slice(), self.at_hand());
                let found = emit::Loop { pat, body, held, left, is_cut, ways, at_hand, depth };
                return if guards.framed {
                    emit::loop_in_place(&found, &after, &self.names)
                } else {
                    emit::loop_anywhere(&found, &self.names)
                };
            }
            Shape::AsyncBlock => {}
        }
        let kind = emit::RegionKind {
            exit: self.exit,
            guards,
            macros: self.macros(has_opaque),
            direct,
            at_hand: self.access().at_hand,
            depth,
        };
        let mut out = emit::returned(kind, &self.names);
        self.leaving(&mut out);
        let out = out.into_token_stream();
        emit::region(&code, &after, &ways, &out, kind, self.flavour, &self.names)
    }
}
