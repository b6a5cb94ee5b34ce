use gen_runtime::generator_syntax;

struct Rows;

generator_syntax! {
    pub async fn doubled() -> u32 {
        for await item in futures::stream::iter([1, 2]) {
            yield item * 2;
        }
    }

    impl Rows {
        async fn ids(&self) -> u32 {
            if true {
                yield 1;
            }
            yield 2;
        }
    }

    fn other() -> impl Fn() -> u32 {
        || 1
    }
}

fn main() {}
