//! `boxed`: a box lives as long as all that it holds, and for ever if nothing in it is borrowed.

use std::{collections::HashMap, fmt::Display, hash::Hash, str::FromStr};

use futures::StreamExt as _;
use gen_runtime::{BoxGenerator, prelude::*};

use crate::support::{items, tick};

struct Pair<'l, T>(&'l str, T);

impl<'l, T: Clone + Send> Pair<'l, T> {
    #[async_generator(boxed)]
    async fn new(name: &'l str, value: T) -> Pair<'l, T> {
        yield_!(Pair(name, value));
    }

    #[async_generator(boxed)]
    async fn named(name: &'l str) -> &str {
        yield_!(name);
    }

    #[async_generator(boxed)]
    async fn each(names: Vec<&'l str>, values: [(T, u8); 2]) -> Self {
        for (name, (value, _)) in names.into_iter().zip(values) {
            yield_!(Pair(name, value));
        }
    }

    #[async_generator(boxed)]
    async fn made(times: u32, make: fn(u32) -> T) -> Result<T, u32> {
        for n in 0..times {
            yield_!(Ok(make(n)));
        }
    }

    #[async_generator(boxed)]
    async fn mapped(map: Box<dyn Fn(T) -> T + Send + Sync + 'l>, of: Option<T>) -> Box<T> {
        if let Some(of) = of {
            yield_!(Box::new(map(of)));
        }
    }

    #[async_generator(boxed)]
    async fn shown(of: T, with: HashMap<T, impl Display + Send>) -> String
    where
        T: Eq + Hash + Sync,
    {
        yield_!(with[&of].to_string());
    }

    #[async_generator(boxed)]
    async fn default() -> T
    where
        T: Default,
    {
        yield_!(T::default());
    }

    #[async_generator(boxed, throw = T)]
    async fn parsed(text: &str) -> Result<T, T::Err>
    where
        T: FromStr,
        T::Err: Send,
    {
        for word in text.split(' ') {
            let _ = yield_!(word.parse());
        }
    }

    #[async_generator(boxed)]
    async fn hidden() -> impl Display
    where
        T: Default,
    {
        let value = T::default();
        yield_!(String::from("hidden"));
        drop(value);
    }

    #[async_generator(boxed)]
    pub async fn counted(times: u32) -> u32
    where
        T: Default,
    {
        let value = T::default();
        for n in 0..times {
            yield_!(n);
        }
        drop(value);
    }
}

#[test]
fn associated_function_of_a_generic_impl_holds_what_is_of_its_parameters() {
    let (name, value) = (String::from("a"), 1);
    let pairs: Vec<Pair<'_, &u32>> = items(Pair::new(&name, &value));
    assert_eq!((pairs[0].0, pairs[0].1), ("a", &1));
    assert_eq!(items(Pair::<u32>::named(&name)), ["a"]);
    let pairs = items(Pair::each(vec![&name, "b"], [(&value, 0), (&2, 0)]));
    assert_eq!((pairs[1].0, pairs[1].1), ("b", &2));
    assert_eq!(items(Pair::made(2, |n| n)), [Ok(0), Ok(1)]);
    let map = Box::new(|n| if n == &1 { &value } else { n });
    assert_eq!(items(Pair::mapped(map, Some(&1))), [Box::new(&1)]);
    assert_eq!(items(Pair::shown(&value, HashMap::from([(&value, &name)]))), ["a"]);
    assert_eq!(items(Pair::<&str>::default()), [""]);
    assert_eq!(items(Pair::<u8>::parsed("1 2")), [Ok(1), Ok(2)]);
    let hidden: Vec<_> = items(Pair::<&str>::hidden()).iter().map(ToString::to_string).collect();
    assert_eq!(hidden, ["hidden"]);
    assert_eq!(items(Pair::<&str>::counted(2)), [0, 1]);
}

trait Source: Sized + Send {
    type Row: Send;
    type Result: Into<Self::Row> + Send;

    #[async_generator(boxed)]
    async fn all(of: Vec<Self>) -> Self {
        for row in of {
            yield_!(row);
        }
    }

    #[async_generator(boxed)]
    async fn rows(first: Self::Row) -> Self::Row;

    #[async_generator(boxed)]
    async fn none() -> Option<Self::Row>;
}

impl Source for u32 {
    type Row = u8;
    type Result = u8;

    #[async_generator(boxed)]
    async fn rows(first: u8) -> u8 {
        yield_!(first);
    }

    #[async_generator(boxed)]
    async fn none() -> Option<u8> {
        yield_!(None);
    }
}

impl<'l, T: Clone + Send + Sync> Source for &'l [T] {
    type Row = (&'l [T], T);
    type Result = (&'l [T], T);

    #[async_generator(boxed)]
    async fn rows(first: (&'l [T], T)) -> (&'l [T], T) {
        yield_!(first.clone());
        yield_!(first);
    }

    #[async_generator(boxed)]
    async fn none() -> Option<(&'l [T], T)> {
        yield_!(None);
    }
}

impl<S: Source> Pair<'_, S> {
    #[async_generator(boxed)]
    async fn results(of: S::Result, and: <S as Source>::Row) -> S::Row {
        yield_!(of.into());
        yield_!(and);
    }
}

#[test]
fn associated_function_of_a_trait_holds_what_is_of_self() {
    let texts = [String::from("a"), String::from("b")];
    let slices = vec![&texts[..1], &texts[1..]];
    assert_eq!(items(Source::all(slices.clone())), slices);
    assert_eq!(items(<&[String]>::rows((&texts, texts[0].clone()))).len(), 2);
    assert_eq!(items(<&[String]>::none()), [None]);
    assert_eq!(items(Pair::<u32>::results(1, 2)), [1, 2]);
    assert_eq!(items(u32::rows(1)), [1]);
    assert_eq!(items(u32::none()), [None]);
}

trait Echo<T: Send>: Sync {
    type Row: Send;

    #[async_generator(boxed)]
    async fn echo(&self, of: T) -> T {
        yield_!(of);
    }

    #[async_generator(boxed)]
    async fn row(&self, of: Self::Row) -> Self::Row {
        yield_!(of);
    }
}

struct Twice;

impl<'l, T: Sync> Echo<&'l [T]> for Twice {
    type Row = u32;

    #[async_generator(boxed)]
    async fn echo(&self, of: &'l [T]) -> &'l [T] {
        yield_!(of);
        yield_!(of);
    }
}

#[test]
fn method_of_a_generic_trait_holds_what_is_of_its_parameters() {
    let echo: &dyn Echo<&[String], Row = u32> = &Twice;
    let texts = [String::from("a")];
    assert_eq!(items(echo.echo(&texts)), [&texts, &texts]);
    assert_eq!(items(echo.row(1)), [1]);
}

struct Row<'r>(&'r str);

struct Table(String);

impl Table {
    // A lifetime that is left out of a path, as the compiler allows.
    #[async_generator(boxed)]
    #[allow(mismatched_lifetime_syntaxes)]
    async fn rows(&self) -> Row {
        for line in self.0.lines() {
            yield_!(Row(line));
        }
    }
}

#[test]
fn item_may_leave_its_lifetime_out() {
    let table = Table(String::from("a\nb"));
    assert_eq!(items(table.rows().map(|row| row.0)), ["a", "b"]);
}

#[derive(Clone)]
struct Config(String);

#[async_generator(boxed)]
async fn configured(with: Config, times: u32) -> Config {
    for _ in 0..times {
        tick().await;
        yield_!(with.clone());
    }
}

#[async_generator(boxed)]
async fn flat<T: Send>(of: Vec<Vec<T>>) -> T {
    for item in of.into_iter().flatten() {
        yield_!(item);
    }
}

#[async_generator(boxed)]
pub async fn words(of: String, skip: usize) -> String {
    for word in of.split(' ').skip(skip) {
        yield_!(String::from(word));
    }
}

#[async_generator(boxed)]
async fn outer() -> String {
    yield_from!(words(String::from("a b c"), 1));
    #[for_await]
    for config in
        configured(Config(String::from("d")), 1).chain(configured(Config(String::new()), 1))
    {
        yield_!(config.0);
    }
}

#[tokio::test]
async fn box_that_borrows_nothing_can_be_spawned() {
    let all = tokio::spawn(async {
        let mut words: Vec<String> = Vec::new();
        let mut found = outer().close_on_drop_tokio();
        while let Some(word) = found.next().await {
            words.push(word);
        }
        words.extend(flat(vec![vec![String::from("e")]]).collect::<Vec<_>>().await);
        words
    });
    assert_eq!(all.await.expect("it does not panic"), ["b", "c", "d", "", "e"]);
    let spawned = tokio::spawn(configured(Config(String::new()), 3).count());
    assert_eq!(spawned.await.expect("it does not panic"), 3);
    let configs: BoxGenerator<'static, Config> = configured(Config(String::new()), 2);
    assert_eq!(tokio::spawn(configs.count()).await.expect("it does not panic"), 2);
}

#[test]
fn function_that_borrows_nothing_is_one_of_static_boxes() {
    let functions: [fn(String, usize) -> BoxGenerator<'static, String>; 1] = [words];
    assert_eq!(items(functions[0](String::from("a"), 0)), ["a"]);
    let configured: fn(Config, u32) -> BoxGenerator<'static, Config> = configured;
    assert_eq!(items(configured(Config(String::new()), 1)).len(), 1);
}

#[async_generator(boxed)]
pub async fn lines(of: &str) -> &str {
    for line in of.lines() {
        yield_!(line);
    }
}

#[async_generator(boxed)]
pub(crate) async fn paragraphs(of: &str, times: usize) -> &str {
    for _ in 0..times {
        for paragraph in of.split("\n\n") {
            yield_!(paragraph);
        }
    }
}

fn first(of: String, by: impl for<'t> Fn(&'t str) -> BoxGenerator<'t, &'t str>) -> String {
    let found = items(by(&of));
    String::from(found[0])
}

#[test]
fn function_with_one_lifetime_is_one_for_any_by_its_name() {
    assert_eq!(first(String::from("a\nb"), lines), "a");
    let functions: [for<'t> fn(&'t str, usize) -> BoxGenerator<'t, &'t str>; 1] = [paragraphs];
    assert_eq!(first(String::from("a\n\nb"), |of| functions[0](of, 1)), "a");
    // Its box may be one that borrows for less long, too.
    let times = 1;
    let both = |times| -> [BoxGenerator<'_, &str>; 2] {
        let _: &usize = times;
        [lines("a\nb"), paragraphs("c", *times)]
    };
    assert_eq!(both(&times).map(items), [vec!["a", "b"], vec!["c"]]);
}
