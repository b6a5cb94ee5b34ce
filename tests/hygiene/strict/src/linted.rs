//! Every construct, under every lint.

use std::{
    error::Error,
    fmt::{Debug, Display},
};

use gen_runtime::{BoxGenerator, Generator, LocalBoxGenerator, prelude::*};

use crate::{Log, choose, first_of, note, tick};

/// Yields, and returns early.
#[async_generator]
pub async fn plain(limit: u32) -> u32 {
    for n in 0..limit {
        if n == 3 {
            return;
        }
        yield_!(n);
    }
}

/// Has no item, and never ends.
#[async_generator]
pub async fn ticks() {
    loop {
        yield_!();
        tick().await;
    }
}

/// Never ends, and yields in loops alone.
///
/// # Errors
///
/// The one of the log.
#[async_generator]
pub async fn endless(log: &Log) -> Result<u32, Box<dyn Error>> {
    tick().await;
    loop {
        #[for_await]
        for n in cleanups(log, 2) {
            yield_!(Ok(n?));
        }
    }
}

/// Fits on one line.
#[async_generator]
#[rustfmt::skip]
pub async fn one_line() -> u32 { yield_!(1) }

/// Has loops on one line, whose braces are not idle.
#[async_generator]
#[rustfmt::skip]
pub async fn one_line_loops(log: &Log) -> u32 {
    for n in 0..2 { yield_!(n) }
    for n in 2..4 { defer! { note(log, "one"); } yield_!(n) }
    #[for_await]
    for n in plain(1) { yield_!(n) }
    #[for_await]
    for n in plain(1) { defer! { note(log, "two"); } yield_!(n) }
    loop { yield_!(5) }
}

/// Yields nothing.
#[async_generator]
pub async fn empty() -> u32 {}

/// Ends in a panic.
#[async_generator]
pub async fn panics(number: u32) -> u32 {
    yield_!(number);
    assert!(number == 0, "the number is not 0");
    unreachable!("it was meant to panic");
}

/// Waits for ever.
pub async fn for_ever() -> ! {
    loop {
        tick().await;
    }
}

/// Ends with what never is.
#[async_generator]
pub async fn waits(number: u32) -> u32 {
    let found: u32 = if number > 0 { number } else { for_ever().await };
    yield_!(found);
    yield_!(if found > 1 { found } else { for_ever().await });
    for_ever().await
}

/// Ends with what never is, behind a cleanup.
#[async_generator]
pub async fn waits_to_clean_up(number: u32) -> Result<u32, u32> {
    defer! { tick().await; }
    let found = match number {
        0 => for_ever().await,
        found => found,
    };
    yield_!(Ok(found));
    yield_!(Ok(if found > 1 { found } else { for_ever().await }));
    for_ever().await;
}

/// Ends with what never is, behind a cleanup, and has a macro in it.
#[async_generator]
pub async fn waits_beside_a_macro(number: u32) -> u32 {
    defer! { tick().await; }
    let found: u32 = if number > 0 { first_of!(number) } else { for_ever().await };
    yield_!(found);
    for_ever().await;
}

/// Never ends, and may fail.
#[async_generator]
pub async fn parsed(texts: &[&str]) -> Result<u32, Box<dyn Error + Send + Sync>> {
    let mut at = 0;
    loop {
        let Some(text) = texts.get(at) else { return };
        yield_!(Ok(text.parse()?));
        at += 1;
    }
}

/// Never ends.
#[async_generator]
pub async fn repeated_results(result: Result<u32, u8>) -> Result<u32, u8> {
    loop {
        yield_!(Ok(result?));
        tick().await;
    }
}

/// Ends with an error, or with nothing.
#[async_generator]
#[rustfmt::skip]
pub async fn branches(way: u32) -> Result<u32, u32> {
    let mut left = way;
    match way {
        0 => for n in 0..2 { yield_!(Ok(n)); },
        1 => { while left > 0 { left -= 1; yield_!(Ok(left)); } }
        2 => if left == 2 { yield_!(Ok(2)) },
        3 => loop {
            yield_!(Ok(left));
            left -= 1;
            if left == 1 { break; }
        },
        _ => Err(way),
    }
}

/// Takes arguments apart, and leaves some unused.
#[async_generator]
pub async fn arguments(
    (a, b): (u32, u32),
    mut c: u32,
    _: String,
    _unused: String,
    [d, ..]: [u32; 3],
) -> u32 {
    c += a + b;
    yield_!(c);
    yield_!(d);
}

/// Uses the value of a yield wherever an expression may stand.
#[async_generator(send = u32)]
pub async fn expressions(log: &Log) -> u32 {
    if yield_!(0) == 1 {
        let text = format!("if {}", yield_!(1));
        log.borrow_mut().push(text);
    }
    match yield_!(2) {
        0 => return,
        sent if sent > 5 => log.borrow_mut().push("large".to_owned()),
        sent => log.borrow_mut().push(format!("small {sent}")),
    }
    while yield_!(3) != 0 {
        tick().await;
    }
    let sum = yield_!(4) + yield_!(5) * 2;
    let pair = (yield_!(6), [yield_!(7); 2]);
    log.borrow_mut().push(format!("{sum} {pair:?}"));
    let Some(found) = Some(yield_!(8)).filter(|sent| *sent > 1) else {
        return;
    };
    let nested = yield_!(yield_!(found));
    let text = choose!(nested; 0 => "zero", _ => "other");
    log.borrow_mut().push(text.to_owned());
}

/// Yields inside macros that the generator cannot look into.
///
/// # Panics
///
/// If it is sent more than a digit for the third item.
#[async_generator(send = u32)]
pub async fn inside_macros(log: &Log) -> u32 {
    let vector = vec![yield_!(1), yield_!(2)];
    assert!(matches!(yield_!(3), 0..=9));
    let text = format!("{vector:?} {}", yield_!(4));
    log.borrow_mut().push(text);
    let first = first_of!(yield_!(5), yield_!(6));
    choose!(first;
        0 => {
            yield_!(7);
        },
        1 => return,
        _ => {
            tick().await;
            yield_!(8);
        }
    );
    println!("{}", yield_!(9));
}

/// Receives values and errors.
#[async_generator(send = Option<&'static str>, throw = Box<dyn Error>)]
pub async fn conversation(log: &Log) -> Result<String, Box<dyn Error>> {
    let name = yield_!(Ok("name?".to_owned()))?;
    let reply = match yield_!(Ok(format!("hello {}", name.unwrap_or("nobody")))) {
        Ok(Some(reply)) => reply.to_owned(),
        Ok(None) => "silence".to_owned(),
        Err(error) => error.to_string(),
    };
    log.borrow_mut().push(reply);
    let _ignored = yield_!(Ok("bye".to_owned()))?;
}

/// Cleans up on every way out.
#[async_generator]
pub async fn cleanups(log: &Log, rows: u32) -> Result<u32, String> {
    let mut opened = vec!["outer"];
    defer! {
        tick().await;
        log.borrow_mut().push(format!("closed {opened:?}"));
    }
    opened.push("inner");
    'rows: for row in 0..rows {
        defer! { log.borrow_mut().push(format!("row {row} done")); }
        defer! { log.borrow_mut().push(format!("row {row} first")); }
        match row {
            0 => continue,
            3 => break 'rows,
            4 => return,
            _ => yield_!(Ok(row)),
        }
        let text = if row == 1 { "1" } else { "two" };
        let value = {
            defer! { tick().await; }
            text.parse::<u32>().map_err(|error| error.to_string())?
        };
        yield_!(Ok(value));
    }
}

/// Loops over generators and streams of its own.
#[async_generator]
pub async fn loops(log: &Log) -> u32 {
    #[for_await]
    for n in plain(2) {
        yield_!(n);
    }
    'outer: loop {
        #[for_await]
        for (index, ()) in stream! { for index in 0.. { yield (index, ()); } } {
            if index == 1 {
                continue;
            }
            if index == 3 {
                break 'outer;
            }
            yield_!(index);
        }
    }
    let mut borrowed = Box::pin(plain(3));
    #[for_await]
    for n in borrowed.as_mut() {
        yield_!(n);
        if n == 0 {
            break;
        }
    }
    log.borrow_mut().push(format!("{:?}", borrowed.state()));
    yield_from!(borrowed);
    yield_from!(stream_of![n * m for await n in plain(3) if n > 0 for m in 1..3]);
}

/// Awaits blocks that yield.
#[async_generator]
pub async fn blocks(log: &Log) -> u32 {
    let parsed: Result<u32, String> = async {
        yield_!(1);
        let text = first_of!("2", yield_!(2));
        tick().await;
        yield_!(text.parse::<u32>().map_err(|error| error.to_string())?);
        "x".parse::<u32>().map_err(|error| error.to_string())
    }
    .await;
    log.borrow_mut().push(format!("{parsed:?}"));
    let number = async {
        tick().await;
        3
    }
    .await;
    let later = async move { number + 1 };
    let twice = move |n: u32| async move { n * 2 };
    yield_!(number);
    yield_!(later.await);
    yield_!(twice(4).await);
}

/// Calls itself.
#[async_generator(boxed)]
pub async fn tree(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(tree(depth - 1));
        yield_from!(tree(depth - 1));
    }
}

/// Is boxed, and not `Send`.
#[async_generator(boxed(local), send = u32, throw = String)]
pub async fn local(log: &Log) -> u32 {
    match yield_!(1) {
        Ok(sent) => log.borrow_mut().push(sent.to_string()),
        Err(error) => log.borrow_mut().push(error),
    }
}

/// Is generic.
#[async_generator]
pub async fn shown<'a, T, I, const N: usize>(
    items: I,
    limits: [usize; N],
    show: impl Fn(&T) -> String,
) -> String
where
    T: Debug + 'a,
    I: IntoIterator<Item = &'a T> + Clone,
{
    for limit in limits {
        for item in items.clone().into_iter().take(limit) {
            yield_!(show(item));
        }
    }
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<u32>,
}

impl Table {
    /// Makes a table.
    #[must_use]
    pub fn new(rows: &[u32]) -> Self {
        Self { rows: rows.to_vec() }
    }

    /// Borrows.
    #[async_generator]
    pub async fn rows(&self) -> &u32 {
        for row in &self.rows {
            yield_!(row);
        }
    }

    /// Borrows exclusively.
    #[async_generator]
    pub async fn rows_mut(&mut self) -> &mut u32 {
        for row in &mut self.rows {
            yield_!(row);
        }
    }

    /// Takes.
    #[async_generator]
    pub async fn into_rows(self) -> u32 {
        for row in self.rows {
            yield_!(row);
        }
    }

    /// Drains, with `self` in a macro and in a cleanup.
    #[async_generator]
    pub async fn drain(&mut self, log: &Log) -> u32 {
        defer! { log.borrow_mut().push(format!("left {:?}", self.rows)); }
        while !matches!(self.rows.as_slice(), []) {
            yield_!(self.rows.remove(0));
        }
    }
}

/// Has methods that are called as those of traits.
#[derive(Debug)]
pub struct Counter(pub u32);

impl Counter {
    /// Counts to one.
    #[async_generator]
    pub async fn default() -> u32 {
        yield_!(1);
    }

    /// Counts the numbers.
    #[async_generator]
    pub async fn from_iter(numbers: Vec<u32>) -> usize {
        for (index, _) in numbers.into_iter().enumerate() {
            yield_!(index);
        }
    }

    /// Counts on.
    #[async_generator]
    pub async fn next(&mut self) -> u32 {
        self.0 += 1;
        yield_!(self.0);
    }

    /// Counts up.
    #[async_generator]
    pub async fn iter(&self) -> u32 {
        for n in 0..self.0 {
            yield_!(n);
        }
    }

    /// Counts further.
    #[async_generator]
    pub async fn add(self, further: u32) -> u32 {
        yield_!(self.0 + further);
    }

    /// Does not count.
    #[async_generator]
    pub async fn not(self) -> Self {
        yield_!(self);
    }
}

/// A source of rows.
pub trait Rows {
    /// What a row is.
    type Row: Display;

    /// Each implementation has its own generator.
    #[async_generator]
    async fn all(&self) -> Self::Row;

    /// Dyn-compatible.
    #[async_generator(boxed)]
    async fn labels(&self, prefix: &str) -> String
    where
        Self: Sync;
}

impl Rows for Table {
    type Row = u32;

    #[async_generator]
    async fn all(&self) -> u32 {
        yield_from!(stream_of![*row for await row in self.rows()]);
    }

    #[async_generator(boxed)]
    async fn labels(&self, prefix: &str) -> String {
        for row in &self.rows {
            yield_!(format!("{prefix}{row}"));
        }
    }
}

/// Borrows a name.
#[derive(Debug)]
pub struct Named<'a, T> {
    /// The name.
    pub name: &'a str,
    /// What has it.
    pub what: T,
}

impl<'a, T: Send> Named<'a, T> {
    /// Is boxed, without `self`.
    #[async_generator(boxed)]
    pub async fn each(name: &'a str, all: Vec<T>, (skip, map): (usize, fn(T) -> T)) -> Self {
        for what in all.into_iter().skip(skip).map(map) {
            yield_!(Self { name, what });
        }
    }

    /// Is boxed, with parameters of its own.
    #[async_generator(boxed, throw = Table)]
    pub async fn shown<U>(what: T, of: U, with: impl Fn(T, U) -> String + Send) -> String
    where
        U: Send,
    {
        drop(yield_!(with(what, of)));
    }
}

/// Holds boxed generators.
#[derive(Debug)]
pub struct Held<'a> {
    /// Of `tree`.
    pub tree: BoxGenerator<'static, u32>,
    /// Of `local`.
    pub local: LocalBoxGenerator<'a, u32, u32, String>,
}

/// Is anonymous, with the keywords.
pub fn anonymous(log: &Log) -> Generator<impl Future<Output = ()>, u32> {
    stream! {
        defer! { log.borrow_mut().push("anonymous closed".to_owned()); }
        for await n in plain(2) {
            yield n;
        }
        let () = yield 10;
        yield 11
    }
}

/// Is anonymous, and may fail.
pub fn anonymous_results(
    text: &str,
) -> Generator<impl Future<Output = ()>, Result<u32, Box<dyn Error>>> {
    try_stream! {
        for word in text.split(' ') {
            yield word.parse()?;
        }
    }
}

generator_syntax! {
    /// Is written with the keywords.
    #[async_generator(send = u32)]
    pub async fn keywords(limit: u32) -> u32 {
        for await n in plain(limit) {
            let sent = yield n;
            if sent > 0 {
                yield sent;
            }
        }
    }
}

/// Loops in another macro, where nothing leaves the loop.
#[async_generator]
pub async fn counted(limit: u32) -> u32 {
    let mut total = 0;
    first_of!({
        for_await!(n in plain(limit) {
            total += n;
        });
        yield_from!(plain(limit));
        yield_!(std::future::ready(total).await);
    });
}

/// Loops outside a generator.
pub async fn total(log: &Log) -> u32 {
    let mut total = 0;
    for_await!(n in cleanups(log, 5) {
        if let Ok(n) = n {
            total += n;
        }
        if total > 1 {
            break;
        }
    });
    total
}

/// Has a cleanup that never ends.
#[async_generator]
pub async fn cleaning() -> u32 {
    defer! { for_ever().await; }
    #[for_await]
    for n in plain(1) {
        yield_!(n);
    }
}
