//! Jumps out of regions: a jump leaves guarded code first, and goes on from behind its cleanup.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Expr, ExprBreak, ExprContinue, ExprReturn, ExprTry, Lifetime, Token, parse_quote_spanned,
    spanned::Spanned as _,
};

use super::{Code, Lower, return_ok, with_attrs};
use crate::{
    check::Exit,
    emit::{self, Shape, Way},
    names::Names,
    scope::{index_of, target},
};

/// A way out of a region.
pub(super) struct Jump {
    kind: Kind,
    label: Option<Lifetime>,
}

#[derive(Clone, Copy)]
enum Kind {
    Break {
        has_value: bool,
    },
    Continue,
    Return {
        has_value: bool,
    },
    /// A `?`, outside of any body, where what the function returns is not known.
    Question(Token![?]),
}

impl Jump {
    /// Whether it takes a value along.
    pub(super) fn carries(&self) -> bool {
        match self.kind {
            Kind::Break { has_value } | Kind::Return { has_value } => has_value,
            Kind::Question(_) => true,
            Kind::Continue => false,
        }
    }

    /// Both are one way out. A `?` is one of its own, as what it leaves with has a type.
    fn is(&self, other: &Self) -> bool {
        let same = match (self.kind, other.kind) {
            (Kind::Break { has_value: one }, Kind::Break { has_value: other })
            | (Kind::Return { has_value: one }, Kind::Return { has_value: other }) => one == other,
            (Kind::Continue, Kind::Continue) => true,
            _ => false,
        };
        same && self.label == other.label
    }

    pub(super) fn is_question(&self) -> bool {
        matches!(self.kind, Kind::Question(_))
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
            Kind::Return { has_value } => {
                let value = has_value.then(|| emit::carried(way, names));
                parse_quote_spanned!(span=> return #value)
            }
            Kind::Question(question) => Expr::Verbatim(emit::asked(way, question, names)),
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
            Expr::Return(ExprReturn { attrs, expr: value, .. }) if self.way_out().is_some() => {
                let kind = Kind::Return { has_value: value.is_some() };
                let lowered = self.jump(Jump { kind, label: None }, value.to_token_stream());
                *expr = with_attrs(attrs, lowered);
            }
            Expr::Return(found) if found.expr.is_none() && self.exit == Exit::Ok => {
                *expr = with_attrs(&found.attrs, return_ok(found, &self.names));
            }
            Expr::Break(ExprBreak { attrs, label, expr: value, .. })
                if self.crosses(label.as_ref()) =>
            {
                let kind = Kind::Break { has_value: value.is_some() };
                let lowered =
                    self.jump(Jump { kind, label: label.clone() }, value.to_token_stream());
                *expr = with_attrs(attrs, lowered);
            }
            Expr::Continue(ExprContinue { attrs, label, .. }) if self.crosses(label.as_ref()) => {
                let jump = Jump { kind: Kind::Continue, label: label.clone() };
                let lowered = self.jump(jump, TokenStream::new());
                *expr = with_attrs(attrs, lowered);
            }
            Expr::Break(ExprBreak { attrs, label, expr: None, .. }) => {
                if let Some(depth) = self.loop_of(label.as_ref()) {
                    self.regions[depth - 1].is_left = true;
                    let leave = emit::leave_region(Shape::Loop, depth, &self.names);
                    *expr = with_attrs(attrs, Expr::Verbatim(leave));
                }
            }
            Expr::Continue(ExprContinue { attrs, label, .. }) => {
                if let Some(depth) = self.loop_of(label.as_ref()) {
                    let next = emit::next_turn(depth, &self.names);
                    *expr = with_attrs(attrs, Expr::Verbatim(next));
                }
            }
            _ => {}
        }
    }

    /// The depth of the loop in place that a jump in it aims at.
    fn loop_of(&self, label: Option<&Lifetime>) -> Option<usize> {
        target(&self.targets, label)?.loop_at
    }

    /// Gives a jump a label that leads out of blocks with labels, which one without does not: the loop that it aims at has
    /// one of ours then.
    pub(super) fn name(&mut self, jump: &mut Jump) {
        if matches!(jump.kind, Kind::Return { .. } | Kind::Question(_)) || jump.label.is_some() {
            return;
        }
        let Some(index) = index_of(&self.targets, None) else { return };
        let target = &mut self.targets[index];
        if target.loop_at.is_none() && target.label.is_none() {
            target.label = Some(Lifetime::new(&format!("'loop_{index}"), self.names.span()));
            target.is_named = true;
        }
        jump.label.clone_from(&target.label);
    }

    /// Whether a jump leaves the innermost region. A label that is not declared in this code is declared around it; around
    /// a body there is none, and the compiler says so where the jump stands.
    pub(super) fn crosses(&self, label: Option<&Lifetime>) -> bool {
        match target(&self.targets, label) {
            Some(target) => target.regions < self.regions.len(),
            None if label.is_some() && self.place.yields() && self.code != Code::InMacro => false,
            None => !self.regions.is_empty(),
        }
    }

    /// Whether a jump leaves the innermost region by an await.
    pub(super) fn awaits_to_leave(&self, label: Option<&Lifetime>) -> bool {
        let shape = self.regions.last().map(|region| region.shape);
        shape == Some(Shape::AsyncBlock)
            && !emit::returns(self.exit, self.place.yields())
            && self.crosses(label)
    }

    fn jump(&mut self, jump: Jump, value: TokenStream) -> Expr {
        let depth = self.regions.len();
        let Some(region) = self.regions.last_mut() else { unreachable!("a region was crossed") };
        let known = region.jumps.iter().position(|known| known.is(&jump));
        let index = known.unwrap_or(region.jumps.len());
        let value = jump.carries().then_some(value);
        region.is_left = true;
        if known.is_none() {
            region.jumps.push(jump);
        }
        let way = Way { depth, index };
        let shape = region.shape;
        let framed = self.place.yields();
        Expr::Verbatim(emit::jump(way, value.as_ref(), shape, self.exit, framed, &self.names))
    }

    // Input:  operand?
    // Output: see `emit::question`
    /// Lowers a `?` whose operand is lowered, where it leaves a region.
    pub(super) fn question(&mut self, found: &ExprTry) -> Option<Expr> {
        if !self.place.awaits() && self.way_out().is_some() {
            let question = found.question_token;
            let names = self.names.located_at(question.span());
            let jump = self.asks(question, names.local("left").into_token_stream());
            return Some(with_attrs(&found.attrs, emit::question_anywhere(found, &jump, &names)));
        }
        if self.exit != Exit::Ok || self.way_out().is_none() {
            return None;
        }
        let jump = Jump { kind: Kind::Return { has_value: true }, label: None };
        let jump = self.jump(jump, emit::error(&self.names));
        Some(with_attrs(&found.attrs, emit::question(found, &jump, &self.names)))
    }

    /// A `?` leaves the innermost region with what it was asked of.
    fn asks(&mut self, question: Token![?], left: TokenStream) -> Expr {
        self.jump(Jump { kind: Kind::Question(question), label: None }, left)
    }

    /// A `?` that has left a region leaves the region around it, too, if it is in place.
    pub(super) fn asked(&mut self, jump: &Jump, way: Way) -> Option<Expr> {
        let Kind::Question(question) = jump.kind else { return None };
        self.way_out()?;
        let left = emit::carried(way, &self.names);
        Some(self.asks(question, left))
    }
}
