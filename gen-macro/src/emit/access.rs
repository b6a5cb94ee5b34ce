//! How a body awaits: with its slot at hand afterwards, and cut short when its region is to be left.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Expr;

use super::Extent;
use crate::names::Names;

/// What an await at some place has to see to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    /// The async block keeps its slot at hand: each of its awaits gives it anew.
    pub(crate) at_hand: bool,
    /// The way out of the region that this stands in.
    pub(crate) cut: Option<TokenStream>,
}

impl Access {
    /// An await here is no more than an await.
    pub(crate) fn is_plain(&self) -> bool {
        !self.at_hand && self.cut.is_none()
    }
}

// Output: unless_closing(leaf)
pub(super) fn unless_closing(leaf: &TokenStream, names: &Names) -> TokenStream {
    let door = names.door();
    quote_spanned!(names.span()=> #door::unless_closing(#leaf))
}

// Output: at_hand(leaf, &mut handle)
pub(super) fn at_hand(leaf: &TokenStream, names: &Names) -> TokenStream {
    let door = names.door();
    let handle = names.local("handle");
    quote_spanned!(names.span()=> #door::at_hand(#leaf, &mut #handle))
}

/// An await of ours as the user's. Its leaf gives the slot, too, and in a region says `None` when that is
/// to be left. `held` is where the compiler says what is held across it.
// Output: (match leaf.await {
//     (Some(value), new) => { slot = new; value }
//     _ => break 'region_1 None,
// },).0
pub(crate) fn awaited(
    leaf: &TokenStream,
    access: &Access,
    extent: Extent,
    held: Span,
    names: &Names,
) -> Expr {
    let names = names.located_at(extent.first);
    let value = names.local("value");
    let await_ = quote_spanned!(held=> .await);
    let arms = arms(&value.to_token_stream(), access, &names);
    let matched = quote_spanned!(names.span()=> match #leaf #await_ { #arms });
    as_users(&matched, extent)
}

/// What becomes of the output of a leaf.
// Output: (Some(value), new) => { slot = new; result } _ => break 'region_1 None
pub(super) fn arms(result: &TokenStream, access: &Access, names: &Names) -> TokenStream {
    let door = names.door();
    let [value, slot, new] = ["value", "slot", "new"].map(|name| names.local(name));
    let value = if result.is_empty() { quote!(_) } else { quote!(#value) };
    let span = names.span();
    match &access.cut {
        None => quote_spanned!(span=> (#value, #new) => { #slot = #new; #result }),
        Some(cut) if access.at_hand => quote_spanned! {span=>
            (#door::Some(#value), #new) => { #slot = #new; #result }
            _ => #cut,
        },
        Some(cut) => {
            quote_spanned!(span=> #door::Some(#value) => { #result } #door::None => #cut)
        }
    }
}

/// The leaf of a loop that awaits the next item, the pattern that it is taken by, and what comes first then.
// Output: at_hand(leaf, &mut handle), (Some(item), new), slot = new;
pub(super) fn item(
    leaf: &TokenStream,
    item: &Ident,
    at_hand_too: bool,
    names: &Names,
) -> (TokenStream, TokenStream, TokenStream) {
    let door = names.door();
    let some = quote_spanned!(names.span()=> #door::Some(#item));
    if !at_hand_too {
        return (leaf.clone(), some, TokenStream::new());
    }
    let [slot, new] = ["slot", "new"].map(|name| names.local(name));
    let some = quote_spanned!(names.span()=> (#some, #new));
    (at_hand(leaf, names), some, quote_spanned!(names.span()=> #slot = #new;))
}

/// An expression of ours as the user's, for errors about its type and lints about its value.
// Output: (expr,).0
pub(crate) fn as_users(expr: &TokenStream, extent: Extent) -> Expr {
    let mut tuple = Group::new(Delimiter::Parenthesis, quote!(#expr,));
    tuple.set_span(extent.first);
    let mut field = Literal::usize_unsuffixed(0);
    field.set_span(extent.last);
    Expr::Verbatim(quote_spanned!(extent.last=> #tuple.#field))
}

/// An await of ours without a value.
// Output: slot = at_hand(leaf, &mut handle).await.1;
pub(super) fn statement(leaf: &TokenStream, at_hand_too: bool, names: &Names) -> TokenStream {
    if !at_hand_too {
        return quote_spanned!(names.span()=> #leaf.await;);
    }
    let leaf = at_hand(leaf, names);
    let slot = names.local("slot");
    quote_spanned!(names.span()=> #slot = #leaf.await.1;)
}
