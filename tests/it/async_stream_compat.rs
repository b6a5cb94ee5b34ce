//! Whoever uses the `async-stream` crate changes only the import: the same tests, compiled with both.

mod composition_of_async_stream {
    use async_stream::stream;

    include!("async_stream_compat/composition.rs");
}

mod composition_of_gen_runtime {
    use gen_runtime::stream;

    include!("async_stream_compat/composition.rs");
}

mod stream_of_async_stream {
    use async_stream::stream;

    include!("async_stream_compat/stream.rs");
}

mod stream_of_gen_runtime {
    use gen_runtime::stream;

    include!("async_stream_compat/stream.rs");
}

mod try_stream_of_async_stream {
    use async_stream::{stream, try_stream};

    include!("async_stream_compat/try_stream.rs");
}

mod try_stream_of_gen_runtime {
    use gen_runtime::{stream, try_stream};

    include!("async_stream_compat/try_stream.rs");
}
