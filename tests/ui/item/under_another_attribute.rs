use gen_runtime::prelude::*;

#[tracing::instrument]
#[async_generator]
async fn instrumented() -> u32 {
    yield_!(1);
}

#[tokio::test]
#[async_generator]
async fn tested() -> u32 {
    yield_!(1);
}

#[async_trait::async_trait]
trait Numbers {
    #[async_generator]
    async fn numbers(&self) -> u32;
}

#[async_trait::async_trait]
impl Numbers for u32 {
    #[async_generator]
    async fn numbers(&self) -> u32 {
        yield_!(*self);
    }
}

#[tokio::main]
#[async_generator]
async fn main() -> u32 {
    yield_!(1);
}
