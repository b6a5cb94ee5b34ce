//! The macros by which users reach the expander, and those that stand for what bodies give a meaning.

/// Makes a generator of a block, as an expression.
#[macro_export]
macro_rules! stream {
    ($($body:tt)*) => { $crate::__private::__stream! { ($crate) $($body)* } };
}

/// Makes a fallible generator of a block, as an expression: `yield x` yields `Ok(x)`.
#[macro_export]
macro_rules! try_stream {
    ($($body:tt)*) => { $crate::__private::__try_stream! { ($crate) $($body)* } };
}

/// Makes a generator of a comprehension.
#[macro_export]
macro_rules! stream_of {
    ($($comprehension:tt)*) => { $crate::__private::__stream_of! { ($crate) $($comprehension)* } };
}

/// Loops over a stream in any async code.
#[macro_export]
macro_rules! for_await {
    ($($looped:tt)*) => { $crate::__private::__for_await! { ($crate) $($looped)* } };
}

/// Allows the keywords `yield` and `for await` in items, on stable Rust.
#[macro_export]
macro_rules! generator_syntax {
    ($($items:tt)*) => { $crate::__private::__generator_syntax! { ($crate) $($items)* } };
}

/// Yields an item, in the body of a generator.
#[macro_export]
macro_rules! yield_ {
    ($($item:tt)*) => {
        ::core::compile_error!(
            "`yield_!` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! { .. }`"
        )
    };
}

/// Delegates to a generator or stream, in the body of a generator.
#[macro_export]
macro_rules! yield_from {
    ($($inner:tt)*) => {
        ::core::compile_error!(
            "`yield_from!` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! { .. }`"
        )
    };
}

/// Defers async cleanup to the end of the enclosing block, in the body of a generator.
#[macro_export]
macro_rules! defer {
    ($($cleanup:tt)*) => {
        ::core::compile_error!(
            "`defer!` outside a generator; put `#[async_generator]` on the `async fn`, or use `stream! { .. }`"
        )
    };
}
