//! A reference of the wrong argument, in a box.

use gen_runtime::prelude::*;

struct Table {
    rows: Vec<String>,
}

impl Table {
    #[async_generator(boxed)]
    pub async fn rows(&self, otherwise: &str) -> &str {
        for row in &self.rows {
            yield_!(row);
        }
        yield_!(otherwise);
    }
}

fn main() {}
