//! Measures everyone and writes `docs/performance.md` and its plots.

use std::path::Path;

use crate::gather::Figures;

mod bars;
mod contenders;
mod gather;
mod page;
mod parts;
mod plot;
mod reasons;

fn main() {
    let figures = Figures::gather();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let write = |name: &str, text: String| {
        std::fs::write(docs.join(name), text).expect("docs can be written");
    };
    write("performance.md", page::write(&figures));
    for mode in ["inlined", "boxed"] {
        write(&format!("count-{mode}.svg"), plot::draw(&figures, mode));
    }
}
