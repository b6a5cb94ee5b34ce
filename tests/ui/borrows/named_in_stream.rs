use gen_runtime::stream;

async fn eat(_: String) {}

fn moved(text: String) -> impl futures::Stream<Item = usize> {
    stream! {
        eat(text).await;
        yield text.len();
    }
}

fn not_mutable(texts: &Vec<String>) -> impl futures::Stream<Item = usize> {
    stream! {
        texts.clear();
        yield texts.len();
    }
}

fn main() {}
