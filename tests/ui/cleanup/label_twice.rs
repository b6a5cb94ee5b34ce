use gen_runtime::prelude::*;

macro_rules! generator {
    ($outer:lifetime) => {
        #[async_generator]
        async fn numbers() -> u32 {
            $outer: loop {
                defer! { println!("closed"); }
                'a: for n in 0..3 {
                    yield_!(n);
                    if n == 1 {
                        break 'a;
                    }
                    break $outer;
                }
            }
        }
    };
}

generator!('a);

fn main() {}
