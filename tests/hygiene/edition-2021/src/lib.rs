//! Generators in a crate of edition 2021.
//!
//! There, `impl Trait` in return position captures no lifetime that is not named, `gen` is an ordinary
//! identifier, and the temporaries of `if let` live longer than in 2024.

use std::{
    cell::{Cell, RefCell},
    fmt::{self, Display, Formatter},
    pin::Pin,
    rc::Rc,
};

use gen_runtime::{BoxGenerator, prelude::*};

/// What happened, in order.
pub type Log = RefCell<Vec<&'static str>>;

/// One elided lifetime, in the item too.
#[async_generator]
pub async fn words(text: &str) -> &str {
    for word in text.split(' ') {
        yield_!(word);
    }
}

/// Two elided lifetimes, and no lifetime in the item.
#[async_generator]
pub async fn pairs(left: &[u32], right: &[u32]) -> (u32, u32) {
    for (left, right) in left.iter().zip(right) {
        yield_!((*left, *right));
    }
}

/// A lifetime that is elided in a path.
#[async_generator]
pub async fn lines(page: Page<'_>) -> &str {
    for line in page.text.lines() {
        yield_!(line);
    }
}

/// A lifetime behind `dyn`, and one in a function pointer.
#[async_generator]
pub async fn mapped(numbers: &[u32], map: &dyn Fn(u32) -> u32, show: fn(&str) -> usize) -> u32 {
    for number in numbers {
        yield_!(map(*number) + u32::try_from(show("a")).unwrap_or(0));
    }
}

/// `impl Trait` arguments.
#[async_generator]
pub async fn shown(
    items: impl IntoIterator<Item = impl Display>,
    mark: impl Fn(&str) -> bool,
) -> String {
    for item in items {
        let text = item.to_string();
        if mark(&text) {
            yield_!(text);
        }
    }
}

/// Named lifetimes beside elided ones, type and const parameters, `where`.
#[async_generator]
pub async fn repeated<'a, T, const N: usize>(item: &'a T, log: &Log) -> &'a T
where
    T: ?Sized,
{
    for _ in 0..N {
        log.borrow_mut().push("again");
        yield_!(item);
    }
}

/// What can be swapped, and so lives as long as it says: no longer, and no shorter.
struct Swapped<'a, 't>(&'a Cell<&'t str>);

impl Display for Swapped<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.replace(""))
    }
}

/// Hides its items, behind a box.
#[async_generator(boxed(local))]
pub async fn hidden<'t>(texts: &[Cell<&'t str>], times: &usize) -> impl Display {
    for text in texts.iter().take(*times) {
        yield_!(Swapped(text));
    }
}

/// Texts that can be swapped.
#[derive(Debug)]
pub struct Texts<'t>(Vec<Cell<&'t str>>);

impl Texts<'_> {
    /// Hides its items, behind a box that borrows `self`.
    #[async_generator(boxed(local))]
    pub async fn hidden(&self, times: &usize) -> Option<impl Display> {
        for text in self.0.iter().take(*times) {
            yield_!(Some(Swapped(text)));
        }
    }
}

/// Patterns in place of names.
#[async_generator]
pub async fn taken_apart(
    (a, b): (u32, u32),
    [c, ..]: [u32; 2],
    Page { text }: Page<'_>,
    mut d: u32,
    _: u32,
) -> u32 {
    d += u32::try_from(text.len()).unwrap_or(0);
    for n in [a, b, c, d] {
        yield_!(n);
    }
}

/// The identifier that 2024 reserves.
#[async_generator]
pub async fn r#gen(gen: u32) -> u32 {
    let next = |gen: u32| gen + 1;
    yield_!(gen);
    yield_!(next(gen));
}

/// A page of text.
#[derive(Debug)]
pub struct Page<'a> {
    /// The text.
    pub text: &'a str,
}

impl Page<'_> {
    /// Borrows `self`; the item borrows from it.
    #[async_generator]
    pub async fn chars(&self, skip: &usize) -> char {
        for c in self.text.chars().skip(*skip) {
            yield_!(c);
        }
    }

    /// Borrows `self` exclusively, and gives out parts of it.
    #[async_generator]
    pub async fn consume(&mut self) -> &str {
        while let Some((line, rest)) = self.text.split_once('\n') {
            self.text = rest;
            yield_!(line);
        }
    }

    /// Takes `self`.
    #[async_generator]
    pub async fn once(self) -> usize {
        yield_!(self.text.len());
    }

    /// Takes `self` in a box.
    #[async_generator]
    pub async fn boxed_once(self: Box<Self>) -> usize {
        yield_!(self.text.len());
    }

    /// Shares `self`.
    #[async_generator]
    pub async fn shared(self: Rc<Self>) -> usize {
        yield_!(self.text.len());
        yield_!(Rc::strong_count(&self));
    }

    /// Borrows `self` pinned.
    #[async_generator]
    pub async fn pinned(self: Pin<&mut Self>) -> usize {
        yield_!(self.text.len());
    }

    /// Has no receiver, and names `Self`.
    #[async_generator]
    pub async fn blank(count: usize) -> Self {
        for _ in 0..count {
            yield_!(Self { text: "" });
        }
    }
}

/// A source of rows.
pub trait Rows {
    /// One row.
    type Row;

    /// A generator whose type each implementation chooses.
    #[async_generator]
    async fn rows(&self) -> Self::Row;

    /// The same behind a box.
    #[async_generator(boxed)]
    async fn boxed_rows(&self, label: &str) -> String;

    /// A provided generator.
    #[async_generator]
    async fn first(&self) -> &Self {
        yield_!(self);
    }
}

impl Rows for Page<'_> {
    type Row = usize;

    #[async_generator]
    async fn rows(&self) -> usize {
        for line in self.text.lines() {
            yield_!(line.len());
        }
    }

    #[async_generator(boxed)]
    async fn boxed_rows(&self, label: &str) -> String {
        for line in self.text.lines() {
            yield_!(format!("{label}{line}"));
        }
    }
}

/// Stores a boxed generator.
#[derive(Debug)]
pub struct Stored<'a> {
    /// The generator.
    pub rows: BoxGenerator<'a, String>,
}

/// Logs when it is dropped.
#[derive(Debug)]
pub struct Loud<'a>(&'a Log);

impl Loud<'_> {
    fn hidden(&self) -> Option<u32> {
        self.0.borrow_mut().push("asked");
        None
    }
}

impl Drop for Loud<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().push("dropped");
    }
}

/// In 2021 the temporary lives through `else`.
#[async_generator]
pub async fn temporaries(log: &Log) -> u32 {
    if let Some(n) = Loud(log).hidden() {
        yield_!(n);
    } else {
        log.borrow_mut().push("else");
        yield_!(0);
    }
    log.borrow_mut().push("after");
}

/// Every other construct once.
#[async_generator]
pub async fn constructs(log: &Log) -> Result<u32, String> {
    defer! { log.borrow_mut().push("closed"); }
    #[for_await]
    for (left, right) in pairs(&[1, 2], &[3, 4]) {
        yield_!(Ok(left * right));
    }
    yield_from!(try_stream! {
        for await word in words("a b") {
            yield u32::try_from(word.len()).map_err(|error| error.to_string())?;
        }
    });
    #[for_await]
    for n in stream_of![n + 1 for n in 0..3 if n != 1] {
        yield_!(Ok(n));
    }
    let text = String::from("seven");
    yield_!(Ok(text.parse::<u32>().map_err(|error| error.to_string())?));
}

#[cfg(test)]
mod tests {
    use futures::{Stream, StreamExt as _, executor::block_on};

    use super::*;

    fn all<T>(items: impl Stream<Item = T>) -> Vec<T> {
        block_on(items.collect())
    }

    #[test]
    fn elided_lifetimes_are_captured() {
        assert_eq!(all(words("a b")), ["a", "b"]);
        assert_eq!(all(pairs(&[1, 2], &[3, 4])), [(1, 3), (2, 4)]);
        assert_eq!(all(lines(Page { text: "a\nb" })), ["a", "b"]);
        assert_eq!(all(mapped(&[1, 2], &|n| n * 10, str::len)), [11, 21]);
        let log = Log::default();
        assert_eq!(all(repeated::<str, 2>("a", &log)), ["a", "a"]);
        assert_eq!(*log.borrow(), ["again", "again"]);
    }

    #[test]
    fn hidden_items_of_a_box_capture_lifetimes() {
        let texts = [Cell::new("a"), Cell::new("b")];
        assert_eq!(all(hidden(&texts, &1).map(|text| text.to_string())), ["a"]);
        let texts = Texts(texts.into());
        let shown = all(texts.hidden(&2).map(|text| text.map(|text| text.to_string())));
        assert_eq!(shown, [Some(String::new()), Some(String::from("b"))]);
    }

    #[test]
    fn impl_trait_arguments_are_captured() {
        assert_eq!(all(shown([1, 20], |text| text.len() > 1)), ["20"]);
    }

    #[test]
    fn patterns_take_arguments_apart() {
        assert_eq!(all(taken_apart((1, 2), [3, 0], Page { text: "a" }, 3, 9)), [1, 2, 3, 4]);
    }

    #[test]
    fn gen_is_an_identifier() {
        assert_eq!(all(r#gen(1)), [1, 2]);
    }

    #[test]
    fn methods_take_any_receiver() {
        let mut page = Page { text: "ab\nc\n" };
        assert_eq!(all(page.chars(&3)), ['c', '\n']);
        assert_eq!(all(page.consume()), ["ab", "c"]);
        assert_eq!(all(Pin::new(&mut page).pinned()), [0]);
        assert_eq!(all(Page { text: "a" }.once()), [1]);
        assert_eq!(all(Box::new(Page { text: "a" }).boxed_once()), [1]);
        assert_eq!(all(Rc::new(Page { text: "a" }).shared()), [1, 1]);
        assert_eq!(all(Page::blank(2)).len(), 2);
    }

    #[test]
    fn trait_methods_are_generators() {
        let page = Page { text: "ab\nc" };
        assert_eq!(all(page.rows()), [2, 1]);
        assert_eq!(all(page.first()).len(), 1);
        let stored = Stored { rows: page.boxed_rows("> ") };
        assert_eq!(all(stored.rows), ["> ab", "> c"]);
    }

    #[test]
    fn if_let_keeps_its_temporaries_through_else() {
        let log = Log::default();
        assert_eq!(all(temporaries(&log)), [0]);
        assert_eq!(*log.borrow(), ["asked", "else", "dropped", "after"]);
    }

    #[test]
    fn every_construct_works() {
        let log = Log::default();
        let items = all(constructs(&log));
        assert_eq!(items[..6], [3, 8, 1, 1, 1, 3].map(Ok));
        assert_eq!(items[6..], [Err(String::from("invalid digit found in string"))]);
        assert_eq!(*log.borrow(), ["closed"]);
    }
}
