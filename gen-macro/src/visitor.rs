//! Walks over syntax.
//!
//! For each implementor of syn's `VisitMut`, the compiler makes the whole walk anew, of two hundred functions. Ours share
//! one.

use syn::{
    Expr, Macro, Pat, PatGuard, Type,
    visit_mut::{self, VisitMut},
};

/// The walk of a visitor: `visit_mut::visit_expr_mut(&mut Walk(self), expr)` takes it to what is in the expression.
pub(crate) struct Walk<'a>(pub(crate) &'a mut dyn Visitor);

/// Any visitor as one that [`Walk`] takes.
pub(crate) trait AsVisitor {
    fn as_visitor(&mut self) -> &mut dyn Visitor;
}

impl<V: Visitor> AsVisitor for V {
    fn as_visitor(&mut self) -> &mut dyn Visitor {
        self
    }
}

macro_rules! visitor {
    ($($visit:ident($node:ident),)*) => {
        /// What a walk calls for each node. As in syn's, where that says nothing else, it goes on into the node.
        pub(crate) trait Visitor: AsVisitor {
            $(fn $visit(&mut self, found: &mut syn::$node) {
                visit_mut::$visit(&mut Walk(self.as_visitor()), found);
            })*
        }

        impl VisitMut for Walk<'_> {
            $(fn $visit(&mut self, found: &mut syn::$node) {
                self.0.$visit(found);
            })*
        }
    };
}

// Those that somebody asks for.
visitor! {
    visit_attribute_mut(Attribute),
    visit_block_mut(Block),
    visit_bound_lifetimes_mut(BoundLifetimes),
    visit_expr_mut(Expr),
    visit_expr_async_mut(ExprAsync),
    visit_expr_await_mut(ExprAwait),
    visit_expr_closure_mut(ExprClosure),
    visit_expr_const_mut(ExprConst),
    visit_expr_for_loop_mut(ExprForLoop),
    visit_expr_loop_mut(ExprLoop),
    visit_expr_repeat_mut(ExprRepeat),
    visit_expr_try_mut(ExprTry),
    visit_expr_while_mut(ExprWhile),
    visit_expr_yield_mut(ExprYield),
    visit_impl_item_mut(ImplItem),
    visit_item_mut(Item),
    visit_lifetime_mut(Lifetime),
    visit_macro_mut(Macro),
    visit_parenthesized_generic_arguments_mut(ParenthesizedGenericArguments),
    visit_pat_mut(Pat),
    visit_pat_guard_mut(PatGuard),
    visit_stmt_mut(Stmt),
    visit_trait_item_mut(TraitItem),
    visit_type_mut(Type),
    visit_type_fn_ptr_mut(TypeFnPtr),
    visit_type_impl_trait_mut(TypeImplTrait),
    visit_type_reference_mut(TypeReference),
}

/// Takes a visitor to the guards in a pattern, such as that of an arm. All other code in there is constant.
pub(crate) fn visit_guards(visitor: &mut dyn Visitor, pat: &mut Pat) {
    visit_mut::visit_pat_mut(&mut Walk(&mut Guards(visitor)), pat);
}

struct Guards<'v>(&'v mut dyn Visitor);

impl Visitor for Guards<'_> {
    fn visit_pat_guard_mut(&mut self, found: &mut PatGuard) {
        self.visit_pat_mut(&mut found.pat);
        self.0.visit_expr_mut(&mut found.guard);
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
    fn visit_macro_mut(&mut self, _: &mut Macro) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
}

/// Leaves out what has a body of its own, and what runs nothing: types, and patterns but for their guards. And items, unless
/// the visitor looks at them.
macro_rules! own_code_only {
    () => {
        fn visit_item_mut(&mut self, _: &mut syn::Item) {}
        crate::visitor::own_code_only!(and items);
    };
    (and items) => {
        fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
        fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
        fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
        fn visit_type_mut(&mut self, _: &mut syn::Type) {}
        fn visit_pat_mut(&mut self, pat: &mut syn::Pat) {
            crate::visitor::visit_guards(self, pat);
        }
    };
}
pub(crate) use own_code_only;
