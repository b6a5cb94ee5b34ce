//! Async for loops.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Block, Expr, spanned::Spanned as _, visit_mut::VisitMut as _};

use super::Lower;
use crate::{constructs::AsyncFor, emit, scope::Target};

impl Lower {
    // Input:  #[for_await] for pat in source { body }
    // Output: a region around a `loop`, guarded by the close of `source` if this owns it
    pub(super) fn async_for(&mut self, found: AsyncFor) -> Expr {
        let AsyncFor { label, pat, mut source, body } = found;
        self.visit_expr_mut(&mut source);
        let name = label.as_ref().map(|label| label.name.clone());
        let names = self.names.located_at(source.span());
        self.over_source(&source, |this, regions| {
            this.targets.push(Target { label: name, is_loop: true, regions });
            let mut body: Block = body;
            this.visit_block_mut(&mut body);
            this.targets.pop();
            emit::loop_over(label.as_ref(), &pat, &body, this.place.yields(), &names)
        })
    }

    /// A region over the items of a source, whose cleanup lets go of the source.
    pub(super) fn over_source(
        &mut self,
        source: &Expr,
        code: impl FnOnce(&mut Self, usize) -> TokenStream,
    ) -> Expr {
        let region = self.region(|this| {
            let regions = this.regions.len();
            code(this, regions)
        });
        // The awaits of the loop are where its source is.
        let here = self.names.located_at(source.span());
        let names = std::mem::replace(&mut self.names, here);
        let cleanup = emit::release(self.place.yields(), &self.names);
        let region = self.end_region(region, &cleanup, true);
        let framed = self.place.yields();
        let looped = emit::with_source(&source.to_token_stream(), &region, framed, &self.names);
        self.names = names;
        Expr::Verbatim(looped)
    }
}
