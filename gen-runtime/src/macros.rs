//! The macros by which users reach the expander, and those that stand for what bodies give a meaning.

/// Makes a generator of a block, as an expression: an async `gen` block of RFC 3513.
///
/// In the block the keywords `yield` and `for await` may be written, and `yield_!`, `#[for_await]`,
/// `defer!`, `yield_from!` and `return;` as in a function under
/// [`async_generator`](crate::async_generator). What it uses of its surroundings it takes by value, as
/// an `async move` block does. The item type is inferred. The result is a
/// [`Generator`](crate::Generator): a stream, which can be closed.
///
/// With a `?` in it, its items are `Result`s, and an error that leaves the block is the last of them; they
/// are yielded as they are, where [`try_stream!`](crate::try_stream!) wraps them in `Ok`.
///
/// Who comes from the `async-stream` crate changes the import and nothing else.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::stream;
///
/// let names = ["a", "b"];
/// let lines = stream! {
///     for name in names {
///         yield format!("hello {name}");
///     }
/// };
/// assert_eq!(block_on(lines.collect::<Vec<_>>()), ["hello a", "hello b"]);
/// ```
///
/// # Cancel safety
///
/// That of [`Generator`](crate::Generator): nothing is lost.
#[macro_export]
macro_rules! stream {
    ($($body:tt)*) => { $crate::__private::__stream! { ($crate) $($body)* } };
}

/// Makes a fallible generator of a block, as an expression: `yield x` yields `Ok(x)`.
///
/// An error that leaves the block by `?` is its last item. Otherwise like [`stream!`].
///
/// # Examples
///
/// ```
/// use futures::{TryStreamExt as _, executor::block_on};
/// use gen_runtime::try_stream;
/// use std::num::ParseIntError;
///
/// fn numbers(text: &str) -> impl futures::Stream<Item = Result<u32, ParseIntError>> {
///     try_stream! {
///         for word in text.split(' ') {
///             yield word.parse::<u32>()?;
///         }
///     }
/// }
///
/// assert_eq!(block_on(numbers("1 2").try_collect::<Vec<_>>()), Ok(vec![1, 2]));
/// assert!(block_on(numbers("1 x 2").try_collect::<Vec<_>>()).is_err());
/// ```
///
/// # Cancel safety
///
/// That of [`Generator`](crate::Generator): nothing is lost.
#[macro_export]
macro_rules! try_stream {
    ($($body:tt)*) => { $crate::__private::__try_stream! { ($crate) $($body)* } };
}

/// Makes a generator of an async comprehension, Python's `(f(x) async for x in s if p(x))`.
///
/// After the element come clauses: `for pattern in iterator`, `for await pattern in stream`, and
/// `if condition` (`if let`, too), each inside the one before. Awaits may stand anywhere. Nothing runs
/// before the generator is polled; generators that a clause owns are closed. Collect it to make it
/// eager.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stream_of;
/// use std::collections::{HashMap, HashSet};
///
/// async fn double(x: u32) -> u32 {
///     2 * x
/// }
///
/// let pairs = stream_of![(x, y) for await x in stream::iter(0..4) if x % 2 == 1 for y in 0..x];
/// let doubled = stream_of![double(x).await for x in [1, 2, 2]];
/// let lengths = stream_of![(word, word.len()) for word in ["a", "bc"]];
/// block_on(async {
///     assert_eq!(pairs.collect::<Vec<_>>().await, [(1, 0), (3, 0), (3, 1), (3, 2)]);
///     assert_eq!(doubled.collect::<HashSet<_>>().await, HashSet::from([2, 4]));
///     assert_eq!(lengths.collect::<HashMap<_, _>>().await, HashMap::from([("a", 1), ("bc", 2)]));
/// });
/// ```
///
/// # Cancel safety
///
/// That of [`Generator`](crate::Generator): nothing is lost.
#[macro_export]
macro_rules! stream_of {
    ($($comprehension:tt)*) => { $crate::__private::__stream_of! { ($crate) $($comprehension)* } };
}

/// Loops over a stream in any async code, Python's `async for`, and closes a generator that it owns.
///
/// `for_await!('label: pattern in source { .. })`, where the label may be left out. `break`,
/// `continue`, `return` and `?` work as in a `for` loop. A generator given by value is closed,
/// awaited, on every way out; one behind `&mut` or `Pin<&mut _>` is left open and can be gone on with;
/// any other stream is dropped. What counts is the type as it is known: something that is known only
/// as `impl Stream` is a stream, `impl AsyncGenerator` is a generator.
///
/// In the body of a generator, write `#[for_await] for pattern in source { .. }`: it does the same,
/// and closes `source` also when the generator itself is closed.
///
/// # Examples
///
/// ```
/// use futures::executor::block_on;
/// use gen_runtime::prelude::*;
/// use std::cell::Cell;
///
/// #[async_generator]
/// async fn count(open: &Cell<bool>) -> u32 {
///     open.set(true);
///     defer! { open.set(false); }
///     for n in 0.. {
///         yield_!(n);
///     }
/// }
///
/// let open = Cell::new(false);
/// block_on(async {
///     let mut sum = 0;
///     for_await!(n in count(&open) {
///         if n > 3 {
///             break;
///         }
///         sum += n;
///     });
///     assert_eq!(sum, 6);
///     assert!(!open.get(), "closed on the way out");
/// });
/// ```
///
/// # Cancel safety
///
/// If the code around it is dropped in the middle of the loop, the source is dropped with it, not
/// closed.
#[macro_export]
macro_rules! for_await {
    ($($looped:tt)*) => { $crate::__private::__for_await! { ($crate) $($looped)* } };
}

/// Allows the keywords `yield` and `for await` in items, on stable Rust.
///
/// The compiler rejects these keywords in what it has parsed itself, and it does not parse what is
/// between the braces. Functions under `#[async_generator]` in there, at any depth, may use them; all
/// else is as it was. The price is that rustfmt does not look inside.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
///
/// generator_syntax! {
///     #[async_generator]
///     async fn doubled(numbers: impl futures::Stream<Item = u32>) -> u32 {
///         for await n in numbers {
///             yield 2 * n;
///         }
///     }
/// }
///
/// let items = block_on(doubled(futures::stream::iter([1, 2])).collect::<Vec<_>>());
/// assert_eq!(items, [2, 4]);
/// ```
#[macro_export]
macro_rules! generator_syntax {
    ($($items:tt)*) => { $crate::__private::__generator_syntax! { ($crate) $($items)* } };
}

/// Yields an item, in the body of a generator: `yield` of Python and RFC 3513.
///
/// `yield_!()` yields `()`. It evaluates to what the consumer resumes the generator with: `()`, or the
/// `S` of `send = S`; with `throw = E`, a `Result` whose `Err` is what was thrown. It may stand
/// wherever an expression may, also in the arguments of other macros, but only in the body itself:
/// not in a closure, nor in an async block that is not awaited on the spot.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
/// use std::pin::pin;
///
/// #[async_generator(send = i32)]
/// async fn echo() -> i32 {
///     let mut heard = 0;
///     loop {
///         heard = yield_!(heard);
///     }
/// }
///
/// block_on(async {
///     let mut echo = pin!(echo());
///     assert_eq!(echo.next().await, Some(0));
///     assert_eq!(echo.send(7).await, Ok(Some(7)));
/// });
/// ```
#[macro_export]
macro_rules! yield_ {
    ($($item:tt)*) => {
        ::core::compile_error!(
            "`yield_!` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! { .. }`"
        )
    };
}

/// Delegates to a generator or stream, in the body of a generator: Python's `yield from`, which its
/// async generators lack, and JavaScript's `yield*`.
///
/// The items of `inner` are yielded; what is sent and thrown goes to `inner`; closing closes it, if it
/// was given by value. It evaluates to `()`, or with `throw = E` to a `Result`: a plain stream takes no
/// errors, and one that is thrown while it is delegated to comes back as `Err`. Values that are sent
/// meanwhile to a plain stream are dropped. A generator is one to be delegated to if it yields, takes
/// and is thrown the same types; loop over any other with `#[for_await]`.
///
/// An item passes through every level on its way out: `n` nested delegations cost `n` polls an item. But from box to box,
/// as in a recursion, one costs the same from any depth.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
///
/// struct Tree {
///     value: u32,
///     children: Vec<Tree>,
/// }
///
/// impl Tree {
///     #[async_generator(boxed)]
///     async fn values(&self) -> u32 {
///         yield_!(self.value);
///         for child in &self.children {
///             yield_from!(child.values());
///         }
///     }
/// }
///
/// let leaf = |value| Tree { value, children: Vec::new() };
/// let tree = Tree { value: 1, children: vec![leaf(2), leaf(3)] };
/// assert_eq!(block_on(tree.values().collect::<Vec<_>>()), [1, 2, 3]);
/// ```
#[macro_export]
macro_rules! yield_from {
    ($($inner:tt)*) => {
        ::core::compile_error!(
            "`yield_from!` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! { .. }`"
        )
    };
}

/// Defers async cleanup to the end of the enclosing block, in the body of a generator: what Python
/// writes as `try`/`finally`.
///
/// The cleanup runs, awaited, whichever way the rest of the block is left: by its end, `return`, `?`,
/// `break`, an error thrown in, and by `close`. Several run last first, in one order with the drops of
/// the locals. It may use and change what was declared before it. It may not yield, `return`, use `?`
/// or break out.
///
/// It does not run if the generator is dropped without being closed, which
/// [`has_pending_cleanup`](crate::AsyncGenerator::has_pending_cleanup) tells, nor when the body panics.
///
/// A body knows it by its name, imported or not. Another crate's is called by its path there: `scopeguard::defer!`.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
/// use std::{cell::RefCell, pin::pin};
///
/// #[async_generator]
/// async fn rows(log: &RefCell<Vec<&str>>) -> u32 {
///     log.borrow_mut().push("open");
///     defer! { log.borrow_mut().push("closed"); }
///     yield_!(1);
///     yield_!(2);
/// }
///
/// let log = RefCell::default();
/// block_on(async {
///     let mut rows = pin!(rows(&log));
///     rows.next().await;
///     rows.close().await;
/// });
/// assert_eq!(*log.borrow(), ["open", "closed"]);
/// ```
#[macro_export]
macro_rules! defer {
    ($($cleanup:tt)*) => {
        ::core::compile_error!(
            "`defer!` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! { .. }`"
        )
    };
}
