//! The attribute on a trait.

use gen_runtime::prelude::*;

#[async_generator]
trait Source {
    fn name(&self) -> String;
}

impl Source for u32 {
    fn name(&self) -> String {
        self.to_string()
    }
}

fn main() {
    1.name();
}
