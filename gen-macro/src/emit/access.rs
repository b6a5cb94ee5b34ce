//! How a body reaches the poll under way, and how it awaits: with its slot at hand afterwards, and cut short
//! when its region is to be left.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Token};

use super::{Extent, braces, yields::only_here};
use crate::names::Names;

/// What an await at some place has to see to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    /// The async block keeps its slot at hand: each of its awaits gives it anew.
    pub(crate) at_hand: bool,
    /// The way out of the region that this stands in.
    pub(crate) cut: Option<TokenStream>,
    pub(crate) at: At,
    /// The body is polled with the consumer's own context.
    pub(crate) direct: bool,
}

/// Where an await is special.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum At {
    /// The async block starts with it: it gives the first slot.
    Start,
    /// The code of its region ends with it: the way out leads to where the code goes anyway.
    End,
    /// The body may be at it while it is being closed.
    Cleanup,
    /// It is in no region. The body may still be closed here, if a macro hid from us how that has left one.
    Outside,
    #[default]
    Elsewhere,
}

impl Access {
    /// An await here is no more than an await.
    pub(crate) fn is_plain(&self) -> bool {
        !self.at_hand && self.cut.is_none()
    }
}

/// The slot of the poll under way.
// Output: slot, or slot(&mut handle).await
pub(super) fn slot(at_hand: bool, names: &Names) -> TokenStream {
    let slot = names.local("slot");
    if at_hand {
        return quote!(#slot);
    }
    fetched(names.span(), names)
}

/// The slot where it is not at hand. `held` is where the compiler says what is held across the await.
// Output: slot(&mut handle).await
pub(super) fn fetched(held: Span, names: &Names) -> TokenStream {
    let door = names.door();
    let handle = names.local("handle");
    let await_ = Await(held);
    quote_spanned!(names.span()=> #door::slot(&mut #handle) #await_)
}

/// What takes the slot again behind an await that does not give it.
// Output: slot = begin(generator).await;
pub(crate) fn again(at_hand: bool, names: &Names) -> Option<TokenStream> {
    let slot = names.local("slot");
    at_hand.then(|| {
        let begin = begin(names);
        quote_spanned!(names.span()=> #slot = #begin;)
    })
}

// Output: begin(generator).await
pub(super) fn begin(names: &Names) -> TokenStream {
    let door = names.door();
    let token = names.local("generator");
    quote_spanned!(names.span()=> #door::begin(#token).await)
}

/// An await, behind what it awaits.
// Output: .await
pub(super) struct Await(pub(super) Span);

impl ToTokens for Await {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Token![.](self.0).to_tokens(tokens);
        Token![await](self.0).to_tokens(tokens);
    }
}

/// A promise of ours. The block has the context of this expansion: what a macro passes on to another one that the
/// expansion defines, in the user's crate, would be the user's own `unsafe` there.
// Output: unsafe { call }
pub(super) fn promised(call: TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let block = braces(call, span);
    quote_spanned!(span=> unsafe #block)
}

/// How a turn of a loop that polls begins, and how it ends while what it polled is pending.
// Output: nothing, and slot = suspend(slot).await;
// or let slot = slot(&mut handle).await; and suspend(slot).await;
pub(super) fn turn(held: Span, at_hand: bool, names: &Names) -> (TokenStream, TokenStream) {
    let door = names.door();
    let slot = names.local("slot");
    let fetched = fetched(held, names);
    let fetch = (!at_hand).then(|| quote_spanned!(names.span()=> let #slot = #fetched;));
    let keep = at_hand.then(|| quote_spanned!(names.span()=> #slot =));
    let await_ = Await(held);
    let suspend = quote_spanned!(names.span()=> #keep #door::suspend(#slot) #await_;);
    (fetch.unwrap_or_default(), suspend)
}

// Output: unless_closing(leaf)
pub(super) fn unless_closing(leaf: &TokenStream, names: &Names) -> TokenStream {
    let door = names.door();
    quote_spanned!(names.span()=> #door::unless_closing(#leaf))
}

/// An await of ours as the user's: what it awaits gives the slot, too, and in a region says `None` when that
/// is to be left. The last token is where the compiler says what is held across it.
// Output: (match leaf.await { waited => { slot = waited.1; waited } }).0
// and in a region
//     (match leaf.await {
//         waited => { slot = waited.1; ({ let Some(value) = waited.0 else { break 'region_1 None }; value },) }
//     }).0
// or, without the slot,
//     (match leaf.await { waited => { ({ let Some(value) = waited else { break 'region_1 None }; value },) } }).0
// What a `let` names is the value itself, in a block.
pub(crate) fn awaited(
    leaf: &TokenStream,
    access: &Access,
    extent: Extent,
    used: Use,
    names: &Names,
) -> Expr {
    let await_ = Await(extent.last);
    given(&quote!(#leaf #await_), access, extent, used, names)
}

/// What an await of ours gives, as the user's.
fn given(awaited: &TokenStream, access: &Access, extent: Extent, used: Use, names: &Names) -> Expr {
    let names = names.located_at(extent.first);
    let [slot, waited] = names.locals(["slot", "waited"]);
    let (keep, value) = if access.at_hand {
        (quote_spanned!(names.span()=> #slot = #waited.1;), quote!(#waited.0))
    } else {
        (TokenStream::new(), quote!(#waited))
    };
    let value = unless_cut(value, access, &names);
    let (allow, result) = match (used, &access.cut) {
        (Use::Named, _) => (None, value),
        // It has a type, also where its value is a `!`: nothing is unreachable before the user has that.
        (_, None) => (None, waited.to_token_stream()),
        (_, Some(_)) => {
            let allow = quote_spanned! {names.span()=>
                #[allow(unreachable_code)] // the value may be a `!`
            };
            (Some(allow), quote_spanned!(names.span()=> (#value,)))
        }
    };
    // A value may live no longer than what the user wrote: the compiler says so of all of that.
    let is_value = used == Use::Value;
    let keyword = Token![match](if is_value { extent.first } else { names.span() });
    let arm = quote_spanned!(names.span()=> #allow #waited => { #keep #result });
    let arms = braces(arm, if is_value { extent.last } else { names.span() });
    let matched = quote!(#keyword #awaited #arms);
    if used == Use::Named { as_named(&matched, extent, &names) } else { as_field(&matched, extent) }
}

/// An await in what a macro is given.
// Output: __awaited!(() future.await)
// and in a region (match __awaited!((in_region) future.await) { waited => { .. } }).0
pub(crate) fn await_given(
    future: &TokenStream,
    access: &Access,
    extent: Extent,
    names: &Names,
) -> Expr {
    let names = &names.located_at(extent.first);
    let awaited = names.local("awaited");
    let in_region = access.cut.as_ref().map(|_| names.ident("in_region"));
    let await_ = Await(extent.last);
    let mut args = Group::new(Delimiter::Parenthesis, quote!((#in_region) #future #await_));
    args.set_span(extent.last);
    let awaited = quote_spanned!(names.span()=> #awaited! #args);
    if access.cut.is_none() {
        return Expr::Verbatim(awaited);
    }
    given(&awaited, access, extent, Use::Value, names)
}

/// That await: it stands where the body does.
// Output: match leaf.await { waited => { while false { break 'body never(); } waited } }
pub(crate) fn awaited_here(leaf: &TokenStream, extent: Extent, names: &Names) -> TokenStream {
    let names = names.located_at(extent.first);
    let only_here = only_here(&names);
    let waited = names.local("waited");
    let await_ = Await(extent.last);
    let keyword = Token![match](extent.first);
    let arm = quote_spanned! {names.span()=>
        #[allow(unreachable_code)] // the value may be a `!`
        #waited => { #only_here #waited }
    };
    let arms = braces(arm, extent.last);
    quote!(#keyword #leaf #await_ #arms)
}

/// An await of a block as the user's.
// Output: ({ let value = block.await; slot = begin(generator).await; value },).0
// and in a region `{ let Some(value) = value else { break 'region_1 None }; value }`.
pub(crate) fn awaited_block(
    block: &TokenStream,
    access: &Access,
    extent: Extent,
    used: Use,
    names: &Names,
) -> Expr {
    let names = names.located_at(extent.first);
    let value = names.local("value");
    let await_ = Await(extent.last);
    let again = again(access.at_hand, &names);
    let result = unless_cut(quote!(#value), access, &names);
    let awaited = quote_spanned! {names.span()=>
        { let #value = #block #await_; #again #result }
    };
    as_users(&awaited, used, extent, &names)
}

/// What a leaf gave, unless the region is to be left.
// Output: { let Some(value) = leaf else { break 'region_1 None }; value }
// Of a `match` the way out would be a branch that has to be of the type that is wanted.
fn unless_cut(given: TokenStream, access: &Access, names: &Names) -> TokenStream {
    let Some(cut) = &access.cut else { return given };
    let door = names.door();
    let value = names.local("value");
    quote_spanned! {names.span()=>
        { let #door::Some(#value) = #given else { #cut }; #value }
    }
}

/// Leaves the region where the body stood, if the generator is being closed.
// Output: if leaving(slot) { break 'region_1 None }
pub(super) fn unless_leaving(access: &Access, slot: &Ident, names: &Names) -> Option<TokenStream> {
    let cut = access.cut.as_ref().filter(|_| access.at != At::End)?;
    let door = names.door();
    Some(quote_spanned!(names.span()=> if #door::leaving(#slot) { #cut }))
}

/// Who looks at the value of an expression of ours, which stands for one of the user's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Nobody: it is a statement.
    Statement,
    /// A `let` binds it to a name, and says no type.
    Named,
    /// What the user wrote around it.
    Value,
}

/// An expression of ours as the user's, for errors about its type and lints about its value. Where it gets a
/// name there are none: they are about the name, or what is done with it.
// Output: (expr,).0
pub(crate) fn as_users(expr: &TokenStream, used: Use, extent: Extent, names: &Names) -> Expr {
    if used == Use::Named {
        as_named(expr, extent, names)
    } else {
        as_field(&quote!(#expr,), extent)
    }
}

// Output: { expr }
fn as_named(expr: &TokenStream, extent: Extent, names: &Names) -> Expr {
    // Ours, for lints that would put something else in its place.
    let block = braces(expr.clone(), extent.first.resolved_at(names.span()));
    Expr::Verbatim(quote!(#block))
}

// Output: (tuple).0
fn as_field(tuple: &TokenStream, extent: Extent) -> Expr {
    let mut tuple = Group::new(Delimiter::Parenthesis, tuple.clone());
    tuple.set_span(extent.first);
    let mut field = Literal::usize_unsuffixed(0);
    field.set_span(extent.last);
    Expr::Verbatim(quote_spanned!(extent.last=> #tuple.#field))
}
