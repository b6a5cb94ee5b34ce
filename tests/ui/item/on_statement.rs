use gen_runtime::prelude::*;

fn main() {
    #[async_generator]
    async move {
        yield_!(1);
    };
}
