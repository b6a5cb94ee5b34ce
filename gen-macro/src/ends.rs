//! Values that the body of an infallible generator is returned from or ends with. What they are can be
//! told of some; the compiler knows the types of the others.

use syn::{BinOp, Expr, ExprBinary, Stmt};

use crate::errors::Errors;

/// How a generator that is not fallible ends with an error.
const ERR: &str = "this generator is not fallible; to end with an error, declare its items as `Result<T, E>`, or in `stream!` write `Err(error)?`";

/// Why a value cannot be returned.
pub(crate) fn why_not(value: &Expr) -> &'static str {
    match result_of(value) {
        Some("Ok") => {
            "this generator is not fallible: it ends with `return;`, or declares its items as `Result<T, E>`"
        }
        Some(_) => ERR,
        None => "a generator cannot return a value; yield it, or use `return;` to end",
    }
}

/// Checks the value at the end.
pub(crate) fn tail(last: Option<&Stmt>, errors: &mut Errors) {
    let Some(Stmt::Expr(tail, None)) = last else {
        return;
    };
    if result_of(tail) == Some("Err") {
        errors.push(tail, ERR);
    } else if result_of(tail).is_some() {
        let message = "this generator is not fallible: it ends without a value, or declares its items as `Result<T, E>`";
        errors.push(tail, message);
    } else if has_value(tail) {
        errors.push(tail, "a generator cannot end with a value; yield it, or end with `;`");
    }
}

/// Whether an expression is one whose value is not `()`, by its looks.
fn has_value(tail: &Expr) -> bool {
    match tail {
        Expr::Tuple(tuple) => !tuple.elems.is_empty(),
        Expr::Binary(binary) => !is_assignment(binary),
        Expr::Lit(_) | Expr::Struct(_) | Expr::Array(_) | Expr::Reference(_) => true,
        _ => false,
    }
}

/// `Ok` or `Err`, if that is what is called.
fn result_of(value: &Expr) -> Option<&'static str> {
    let Expr::Call(call) = value else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let last = path.path.segments.last()?;
    ["Ok", "Err"].into_iter().find(|name| last.ident == name)
}

/// Whether an operator assigns: `+=`.
pub(crate) fn is_assignment(binary: &ExprBinary) -> bool {
    matches!(
        binary.op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}
