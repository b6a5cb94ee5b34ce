//! Async for loops.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Expr, Pat, PatParen, spanned::Spanned as _, token::Paren};

use super::{Edge, Lower};
use crate::{
    constructs::AsyncFor,
    emit::{self, Guards, Held, Shape},
    moves,
    scope::Target,
    visitor::Visitor as _,
};

impl Lower {
    // Input:  #[for_await] for pat in source { body }
    // Output: a region around a `loop`, guarded by the close of `source` if this owns it
    pub(super) fn async_for(&mut self, found: AsyncFor) -> Expr {
        let AsyncFor { mut label, pat, mut source, mut body } = found;
        let mut pat = of_let(pat);
        self.visit_expr_mut(&mut source);
        // The awaits of the loop are where its source is.
        let here = self.names.located_at(source.span());
        let names = std::mem::replace(&mut self.names, here.clone());
        let framed = self.place.yields();
        let (shape, held) = if self.is_in_sight(&mut body.stmts) {
            let moves = !framed || moves::when_left(Some(&mut pat), &mut body);
            let shape = if moves { Shape::MovingLoop } else { Shape::Loop };
            (shape, if framed { Held::of(self.captured(&source)) } else { Held::Pinned })
        } else {
            (Shape::AsyncBlock, Held::Pinned)
        };
        let direct = self.is_direct(shape, &mut body.stmts);
        let guarded = self.region(shape, direct, |this| {
            let depth = this.regions.len();
            let loop_at = shape.is_loop().then_some(depth);
            let target = Target { loop_at, ..Target::of_loop(label.as_ref(), depth) };
            let here = std::mem::replace(&mut this.names, names.clone());
            if shape.is_loop() {
                this.edge = Edge::Begin;
            }
            let given = this.within(Some(target), |this| this.visit_block_mut(&mut body));
            this.names = here;
            label = given.or(label.take());
            if shape.is_loop() {
                let stmts = &body.stmts;
                quote::quote!(#(#stmts)*)
            } else {
                let access = this.access();
                emit::loop_over(label.as_ref(), &pat, &body, framed, &access, &this.names)
            }
        });
        let guards = Guards { source: Some(held), framed };
        let release = if shape.is_loop() {
            TokenStream::new()
        } else {
            let release = emit::release(framed, &here);
            let again = emit::again(self.access().at_hand, &here);
            quote::quote!(#release #again)
        };
        let region = self.end_region(guarded, &release, guards, Some((&pat, held)));
        let tokens = emit::inside_parens(&source).to_token_stream();
        let looped = emit::with_source(&tokens, self.captured(&source), &region, held, &here);
        self.names = names;
        Expr::Verbatim(looped)
    }
}

/// The pattern of a loop as that of a `let`, which takes none of several cases without parentheses.
fn of_let(pat: Pat) -> Pat {
    if !matches!(pat, Pat::Or(_)) {
        return pat;
    }
    let paren_token = Paren(pat.span());
    Pat::Paren(PatParen { attrs: Vec::new(), paren_token, pat: Box::new(pat) })
}
