use gen_runtime::prelude::*;

struct Point;

async fn origin() -> Point {
    Point
}

#[async_generator]
async fn compared(point: Point) -> u32 {
    defer! { println!("done"); }
    if point == origin().await {
        yield_!(1);
    }
}

fn main() {}
