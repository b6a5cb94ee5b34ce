//! `#[async_generator]` on free functions: generics, bounds, visibilities, and where they may stand.

use std::{
    fmt::{Debug, Display},
    pin::Pin,
};

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::items;

#[async_generator]
async fn count(to: u32) -> u32 {
    for n in 0..to {
        yield_!(n);
    }
}

#[test]
fn free_function_gives_its_items_in_order() {
    assert_eq!(items(count(3)), [0, 1, 2]);
}

#[async_generator]
async fn beats(times: u32) {
    for _ in 0..times {
        yield_!();
    }
}

#[test]
fn function_without_return_type_yields_units() {
    assert_eq!(items(beats(3)), [(), (), ()]);
}

#[async_generator]
async fn nothing() -> String {}

#[test]
fn empty_body_yields_nothing() {
    assert_eq!(items(nothing()), [""; 0]);
}

#[async_generator]
async fn repeat<T: Clone>(value: T, times: usize) -> T {
    for _ in 0..times {
        yield_!(value.clone());
    }
}

#[test]
fn generic_function_yields_its_parameter() {
    assert_eq!(items(repeat("a", 2)), ["a", "a"]);
    assert_eq!(items(repeat::<Vec<u8>>(vec![1], 1)), [[1]]);
}

#[async_generator]
async fn windows<T: Copy + Default, const N: usize>(values: Vec<T>) -> [T; N] {
    for start in 0..=values.len().saturating_sub(N) {
        let mut window = [T::default(); N];
        window.copy_from_slice(&values[start..start + N]);
        yield_!(window);
    }
}

#[test]
fn const_generic_function_knows_its_constant() {
    assert_eq!(items(windows::<_, 2>(vec![1, 2, 3])), [[1, 2], [2, 3]]);
}

#[async_generator]
async fn shown(values: impl IntoIterator<Item = impl Display>) -> String {
    for value in values {
        yield_!(value.to_string());
    }
}

#[test]
fn impl_trait_arguments_may_nest() {
    assert_eq!(items(shown([1.5, 2.0])), ["1.5", "2"]);
}

#[async_generator]
async fn advanced(values: &mut (impl Iterator<Item = u8> + ?Sized)) -> u8 {
    for value in values {
        yield_!(value);
    }
}

#[test]
fn impl_trait_behind_a_reference_is_borrowed() {
    let mut values = 0..5;
    assert_eq!(items(advanced(values.by_ref().take(2).by_ref())), [0, 1]);
    assert_eq!(values.next(), Some(2));
}

#[async_generator]
async fn pairs<I, J>(left: I, right: J) -> (I::Item, J::Item)
where
    I: IntoIterator,
    J: IntoIterator + Clone,
    I::Item: Clone,
{
    for l in left {
        for r in right.clone() {
            yield_!((l.clone(), r));
        }
    }
}

#[test]
fn where_clauses_hold_in_the_body() {
    assert_eq!(items(pairs([1, 2], ["a", "b"])), [(1, "a"), (1, "b"), (2, "a"), (2, "b")]);
}

#[async_generator]
async fn hidden(to: u32) -> impl Display + Debug + use<> {
    for n in 0..to {
        yield_!(n);
    }
}

#[test]
fn items_may_be_an_impl_trait() {
    let texts: Vec<_> = items(hidden(2)).iter().map(|item| format!("{item} {item:?}")).collect();
    assert_eq!(texts, ["0 0", "1 1"]);
}

#[async_generator]
async fn spelled(words: &str) -> impl Iterator<Item = char> {
    for word in words.split(' ') {
        yield_!(word.chars());
    }
}

#[test]
fn impl_trait_items_may_borrow_from_the_arguments() {
    let words = String::from("ab c");
    let letters: Vec<Vec<char>> =
        items(spelled(&words)).into_iter().map(Iterator::collect).collect();
    assert_eq!(letters, [vec!['a', 'b'], vec!['c']]);
}

/// # Safety
///
/// `at` is valid for reads of `len` bytes while the generator lives.
#[async_generator]
async unsafe fn bytes_at(at: *const u8, len: usize) -> u8 {
    for offset in 0..len {
        // SAFETY: the contract of this function.
        yield_!(unsafe { *at.add(offset) });
    }
}

#[test]
fn unsafe_function_stays_unsafe_to_call() {
    let bytes = [1, 2, 3];
    let function: unsafe fn(_, _) -> _ = bytes_at;
    // SAFETY: `bytes` outlives the generator.
    let read = unsafe { function(bytes.as_ptr(), bytes.len()) };
    assert_eq!(items(read), [1, 2, 3]);
}

mod visible {
    use gen_runtime::prelude::*;

    #[async_generator]
    pub async fn everywhere() -> u8 {
        yield_!(1);
    }

    #[async_generator]
    pub(crate) async fn in_the_crate() -> u8 {
        yield_!(2);
    }

    #[async_generator]
    pub(in crate::functions) async fn in_the_parent() -> u8 {
        yield_!(3);
    }

    #[async_generator]
    pub(super) async fn in_super() -> u8 {
        yield_!(4);
    }
}

#[test]
fn visibility_is_kept() {
    assert_eq!(items(visible::everywhere()), [1]);
    assert_eq!(items(visible::in_the_crate()), [2]);
    assert_eq!(items(visible::in_the_parent()), [3]);
    assert_eq!(items(visible::in_super()), [4]);
}

#[test]
fn generator_function_may_be_local_to_a_function() {
    #[async_generator]
    async fn local() -> u8 {
        yield_!(7);
    }
    assert_eq!(items(local()), [7]);
}

#[async_generator]
async fn outer() -> u16 {
    #[async_generator]
    async fn inner(to: u8) -> u8 {
        for n in 0..to {
            yield_!(n);
        }
    }
    fn plain(n: u16) -> u16 {
        n * 10
    }
    for n in items(inner(2)) {
        yield_!(plain(u16::from(n)));
    }
}

#[test]
fn generator_function_may_stand_in_the_body_of_another() {
    assert_eq!(items(outer()), [0, 10]);
}

macro_rules! counting {
    ($(#[$attr:meta])* $vis:vis $name:ident($arg:ident: $ty:ty) -> $item:ty { $value:expr }) => {
        $(#[$attr])*
        #[async_generator]
        $vis async fn $name($arg: $ty) -> $item {
            for $arg in 0..$arg {
                yield_!($value);
            }
        }
    };
}

counting! {
    /// Squares.
    pub(crate) squares(n: u32) -> u64 { u64::from(n) * u64::from(n) }
}

#[test]
fn generator_function_may_be_made_by_a_macro() {
    assert_eq!(items(squares(4)), [0, 1, 4, 9]);
}

macro_rules! fallible_of {
    ($name:ident, $item:ty) => {
        #[async_generator]
        async fn $name(text: &str) -> $item {
            yield_!(Ok(text.parse::<u8>()?));
        }
    };
}

fallible_of!(parsed, Result<u8, std::num::ParseIntError>);

#[test]
fn return_type_may_be_a_type_fragment_of_a_macro() {
    assert!(matches!(items(parsed("7"))[..], [Ok(7)]));
    assert!(matches!(items(parsed("x"))[..], [Err(_)]));
}

#[async_generator]
async fn r#loop(r#type: u8, r#match: (u8, u8)) -> u8 {
    yield_!(r#type);
    yield_!(r#match.0 + r#match.1);
}

#[test]
fn raw_identifiers_are_kept() {
    assert_eq!(items(r#loop(1, (2, 3))), [1, 5]);
}

#[async_generator]
async fn tree(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        for _ in 0..2 {
            let below: Pin<Box<dyn Stream<Item = u32>>> = Box::pin(tree(depth - 1));
            for item in items(below) {
                yield_!(item);
            }
        }
    }
}

#[test]
fn function_may_call_itself_behind_a_box() {
    assert_eq!(items(tree(2)), [2, 1, 0, 0, 1, 0, 0]);
}

#[test]
fn function_is_a_value_like_any_other() {
    let make: fn(u32) -> _ = count;
    let all: Vec<u32> = [2, 1].map(make).into_iter().flat_map(items).collect();
    assert_eq!(all, [0, 1, 0]);
}
