//! What a body runs itself, for those who walk over it.

/// Leaves out what has a body of its own, and what runs nothing: types and patterns, where all code is constant.
macro_rules! own_code_only {
    () => {
        fn visit_item_mut(&mut self, _: &mut syn::Item) {}
        fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
        fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
        fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
        fn visit_type_mut(&mut self, _: &mut syn::Type) {}
        fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    };
}
pub(crate) use own_code_only;
