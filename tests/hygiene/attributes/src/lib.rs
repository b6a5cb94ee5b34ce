//! Attributes of somebody else's, for `tests/it`.

use proc_macro::TokenStream;

/// Puts what it is given where an item stood: statements, if it stood among those.
#[proc_macro_attribute]
pub fn instead(given: TokenStream, _: TokenStream) -> TokenStream {
    given
}
