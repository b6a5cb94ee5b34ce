//! The arguments of a generator function: patterns, names, lifetimes.

use std::{borrow::Cow, collections::HashMap, slice::Iter};

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::items;

struct Point {
    x: i32,
    y: i32,
}

struct Wrapper<T>(T);

#[async_generator]
async fn destructured(
    (a, mut b): (i32, i32),
    Point { x, y: renamed }: Point,
    [first, .., last]: [i32; 3],
    Wrapper((inner, ..)): Wrapper<(i32, i32, i32)>,
    &by_reference: &i32,
    whole @ Wrapper(_): Wrapper<i32>,
) -> i32 {
    b += a;
    yield_!(b);
    yield_!(x + renamed);
    yield_!(first + last);
    yield_!(inner);
    yield_!(by_reference);
    yield_!(whole.0);
}

#[test]
fn every_kind_of_pattern_is_an_argument() {
    let point = Point { x: 3, y: 4 };
    let wrapper = Wrapper((8, 0, 0));
    let generator = destructured((1, 1), point, [5, 0, 1], wrapper, &9, Wrapper(10));
    assert_eq!(items(generator), [2, 7, 6, 8, 9, 10]);
}

#[async_generator]
async fn countdown(mut from: u8, mut log: Vec<u8>) -> Vec<u8> {
    while from > 0 {
        log.push(from);
        yield_!(log.clone());
        from -= 1;
    }
}

#[test]
fn mut_arguments_are_mutable_in_the_body() {
    assert_eq!(items(countdown(2, vec![9])), [vec![9, 2], vec![9, 2, 1]]);
}

#[async_generator]
async fn ignoring(_: String, _unused: &str, _: (u8, u8), n: u8, _: impl Sized) -> u8 {
    yield_!(n);
}

#[test]
fn underscores_may_repeat() {
    assert_eq!(items(ignoring(String::new(), "", (1, 2), 3, ())), [3]);
}

#[async_generator]
async fn ref_patterns(ref text: String, (ref n, _): (u8, u8)) -> (usize, u8) {
    yield_!((text.len(), *n));
}

#[test]
fn ref_patterns_borrow_from_the_argument() {
    assert_eq!(items(ref_patterns(String::from("abc"), (1, 2))), [(3, 1)]);
}

// Each is a name that an expansion uses, too.
#[async_generator]
#[expect(clippy::too_many_arguments, reason = "each name is one that an expansion could use")]
async fn invented(
    token: u8,
    handle: u8,
    anchor: u8,
    item: u8,
    value: u8,
    exit: u8,
    source: u8,
    guards: u8,
    jump: u8,
    finish: u8,
    arg0: u8,
    (arg1, arg11): (u8, u8),
) -> u8 {
    for n in [token, handle, anchor, item, value, exit, source, guards, jump, finish, arg0] {
        yield_!(n);
    }
    let slot = arg1;
    yield_!(slot + arg11 + token);
}

#[test]
fn arguments_may_have_the_names_that_an_expansion_invents() {
    let generator = invented(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (11, 12));
    assert_eq!(items(generator), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 23]);
}

#[async_generator]
async fn labelled(n: u8) -> u8 {
    let found = 'body: {
        for i in 0..n {
            yield_!(i);
            if i == 1 {
                break 'body i + 10;
            }
        }
        0
    };
    yield_!(found);
}

#[test]
fn labels_may_have_the_names_that_an_expansion_invents() {
    assert_eq!(items(labelled(5)), [0, 1, 11]);
}

#[async_generator]
async fn joined(left: &[u8], right: &[u8], by: &HashMap<u8, &str>) -> String {
    for (l, r) in left.iter().zip(right) {
        yield_!(format!("{}{}", by[l], by[r]));
    }
}

#[test]
fn several_elided_lifetimes_are_independent() {
    let names = HashMap::from([(1, "a"), (2, "b")]);
    let left = vec![1, 2];
    let generator = {
        let items_of = |right: &[u8]| items(joined(&left, right, &names));
        items_of(&[2, 2])
    };
    assert_eq!(generator, ["ab", "bb"]);
}

#[async_generator]
async fn words(text: &str) -> &str {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[async_generator]
async fn longest<'a>(left: &'a str, right: &'a str, _other: &str) -> &'a str {
    yield_!(if left.len() > right.len() { left } else { right });
}

#[async_generator]
async fn outliving<'long: 'short, 'short>(long: &'long str, short: &'short str) -> &'short str {
    yield_!(short);
    yield_!(long);
}

#[test]
fn yielded_borrows_live_as_long_as_the_argument() {
    let text = String::from("a bc");
    let kept = {
        let other = String::new();
        [items(words(&text)), items(longest(&text, "b", &other))].concat()
    };
    assert_eq!(kept, ["a", "bc", "a bc"]);
    assert_eq!(items(outliving("l", &text)), ["a bc", "l"]);
}

#[async_generator]
async fn cows(texts: Vec<Cow<'_, str>>, by: fn(&str) -> &str) -> Cow<'_, str> {
    for text in texts {
        yield_!(by(&text).to_owned().into());
        yield_!(text);
    }
}

#[test]
fn anonymous_lifetimes_stand_in_paths() {
    let text = String::from("a ");
    let generator = cows(vec![Cow::Borrowed(&text)], str::trim);
    assert_eq!(items(generator), ["a", "a "]);
}

#[async_generator]
async fn hidden(bytes: Iter<u8>, more: &[u8]) -> u8 {
    for byte in bytes.chain(more) {
        yield_!(*byte);
    }
}

#[test]
fn lifetimes_may_be_hidden_in_paths() {
    assert_eq!(items(hidden([1, 2].iter(), &[3])), [1, 2, 3]);
}

trait Lend {
    type Row<'a>;

    #[async_generator]
    async fn lent(&self, row: Self::Row<'_>, times: &u8) -> String;

    fn by_hand(&self, row: &str, times: &u8) -> impl Stream<Item = String>;
}

impl Lend for u8 {
    type Row<'a> = &'a str;

    #[async_generator]
    async fn lent(&self, row: Self::Row<'_>, times: &u8) -> String {
        yield_!(row.repeat((*times * self).into()));
    }

    #[async_generator]
    async fn by_hand(&self, row: &str, times: &u8) -> String {
        yield_from!(self.lent(row, times));
    }
}

#[test]
fn implementations_have_the_lifetimes_of_their_trait() {
    assert_eq!(items(2.by_hand("ab", &2)), ["abababab"]);
}

fn lengths<G>(joined: impl Fn(&'static [u8], &'static [u8]) -> G) -> G {
    joined(&[1], &[2])
}

#[test]
fn a_function_with_lifetimes_is_one_by_its_name() {
    assert_eq!(items(lengths(|left, right| hidden(left.iter(), right))), [1, 2]);
    assert_eq!(items(lengths(both)), [1, 2]);
}

#[async_generator]
async fn both(left: &[u8], right: &[u8]) -> u8 {
    yield_from!(hidden(left.iter(), right));
}

#[async_generator]
async fn calling<F>(mut f: F, g: &dyn Fn(u8) -> u8, h: &mut impl FnMut() -> u8) -> u8
where
    F: FnMut(u8) -> u8,
{
    yield_!(f(1));
    yield_!(g(f(1)));
    yield_!(h());
}

#[test]
fn closures_are_arguments() {
    let mut sum = 0;
    let mut calls = 0;
    let mut call = || {
        calls += 1;
        calls
    };
    let add = |n| {
        sum += n;
        sum
    };
    assert_eq!(items(calling(add, &|n| n * 10, &mut call)), [1, 20, 1]);
    assert_eq!((sum, calls), (2, 1));
}

#[async_generator]
async fn shadowing(n: u8, n_times: u8) -> u8 {
    let n = n * 2;
    for n in n..n + n_times {
        yield_!(n);
    }
    yield_!(n);
}

#[test]
fn arguments_may_be_shadowed() {
    assert_eq!(items(shadowing(2, 2)), [4, 5, 4]);
}

#[async_generator]
async fn sums(bytes: [u8; 200], by: &mut [u8; 4], small: Vec<u8>) -> u32 {
    for n in small {
        by[0] = n;
        yield_!(bytes.iter().chain(&*by).map(|byte| u32::from(*byte)).sum());
    }
}

#[test]
fn an_argument_is_stored_once_if_it_has_nothing_to_drop() {
    let mut by = [0; 4];
    let sums = sums([2; 200], &mut by, vec![1, 2]);
    assert!(size_of_val(&sums) < 2 * 200, "{}", size_of_val(&sums));
    assert_eq!(items(sums), [401, 402]);
}

/// What an `async fn` may leave out of the bounds of an `impl`, which other functions may not.
#[async_generator]
async fn lengths_of(words: impl IntoIterator<Item = &str>, more: &usize) -> usize {
    for word in words {
        yield_!(word.len() + more);
    }
}

trait Measures {
    #[async_generator]
    async fn lengths(&self, words: impl Iterator<Item = &str>) -> usize;

    #[async_generator]
    async fn total(&self, words: impl Iterator<Item = &str>) -> usize {
        yield_!(words.map(str::len).sum());
    }
}

impl Measures for usize {
    #[async_generator]
    async fn lengths(&self, words: impl Iterator<Item = &str>) -> usize {
        for word in words {
            yield_!(word.len() + self);
        }
    }
}

#[test]
fn lifetimes_are_left_out_of_the_bounds_of_an_argument() {
    let words = [String::from("a"), String::from("bc")];
    assert_eq!(items(lengths_of(words.iter().map(|word| &**word), &1)), [2, 3]);
    assert_eq!(items(1.lengths(words.iter().map(|word| &**word))), [2, 3]);
    assert_eq!(items(1.total(words.iter().map(|word| &**word))), [3]);
}
