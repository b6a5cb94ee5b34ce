//! What is built: a crate of many functions, in each style.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use gen_benches::build_costs::PACKAGES;

pub(crate) const FUNCTIONS: u32 = 500;

/// What is written in one way.
pub(crate) struct Style {
    pub(crate) package: &'static str,
    /// The library that it is written with, and the line of a manifest that asks for it.
    pub(crate) library: &'static str,
    dependency: String,
    import: &'static str,
    /// One function; `INDEX` stands for a number.
    function: &'static str,
}

const OURS: &str = "
#[async_generator]
pub async fn fINDEX(base: u64, steps: Vec<u64>) -> u64 {
    let offset = ready(INDEX).await;
    for step in steps {
        let item = ready(base + step).await;
        yield_!(item + offset);
        if item % 7 == 3 {
            yield_!(step);
        }
    }
}
";

const ASYNC_STREAM: &str = "
pub fn fINDEX(base: u64, steps: Vec<u64>) -> impl Stream<Item = u64> {
    stream! {
        let offset = ready(INDEX).await;
        for step in steps {
            let item = ready(base + step).await;
            yield item + offset;
            if item % 7 == 3 {
                yield step;
            }
        }
    }
}
";

const BY_HAND: &str = "
pub struct FINDEX {
    base: u64,
    steps: IntoIter<u64>,
    reading: Option<Ready<u64>>,
    offset: u64,
    adding: Option<(u64, Ready<u64>)>,
    again: Option<u64>,
}

pub fn fINDEX(base: u64, steps: Vec<u64>) -> FINDEX {
    let steps = steps.into_iter();
    FINDEX { base, steps, reading: Some(ready(INDEX)), offset: 0, adding: None, again: None }
}

impl Stream for FINDEX {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let this = self.get_mut();
        if let Some(reading) = &mut this.reading {
            this.offset = ready!(Pin::new(reading).poll(cx));
            this.reading = None;
        }
        if let Some(step) = this.again.take() {
            return Poll::Ready(Some(step));
        }
        let (step, adding) = match &mut this.adding {
            Some(adding) => adding,
            None => {
                let Some(step) = this.steps.next() else { return Poll::Ready(None) };
                this.adding.insert((step, ready(this.base + step)))
            }
        };
        let item = ready!(Pin::new(adding).poll(cx));
        if item % 7 == 3 {
            this.again = Some(*step);
        }
        this.adding = None;
        Poll::Ready(Some(item + this.offset))
    }
}
";

pub(crate) fn styles() -> [Style; 3] {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gen-runtime");
    let runtime = fs::canonicalize(runtime).expect("the runtime");
    let [ours, async_stream, by_hand] = PACKAGES;
    [
        Style {
            package: ours,
            library: "gen-runtime",
            dependency: format!("gen-runtime = {{ path = \"{}\" }}", runtime.display()),
            import: "use gen_runtime::prelude::*;",
            function: OURS,
        },
        Style {
            package: async_stream,
            library: "async-stream",
            dependency: "async-stream = \"0.3\"".into(),
            import: "use async_stream::stream;",
            function: ASYNC_STREAM,
        },
        Style {
            package: by_hand,
            library: "futures-core",
            dependency: String::new(),
            import: "use std::{future::{Future, Ready}, task::{Context, Poll, ready}, vec::IntoIter};",
            function: BY_HAND,
        },
    ]
}

/// Writes the crate and says where.
pub(crate) fn write(style: &Style) -> PathBuf {
    let package = std::env::temp_dir().join("gen-build-cost").join(style.package);
    fs::create_dir_all(package.join("src")).expect("a directory for temporary files");
    let manifest = format!(
        "[package]\nname = \"many\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nfutures-core = \"0.3\"\n{}\n",
        style.dependency
    );
    let mut code = format!(
        "use std::{{future::ready, pin::Pin}};\nuse futures_core::Stream;\n{}\n",
        style.import
    );
    let mut all = String::new();
    for index in 0..FUNCTIONS {
        code += &style.function.replace("INDEX", &index.to_string());
        writeln!(all, "        Box::pin(f{index}({index}, Vec::new())),")
            .expect("a string takes all");
    }
    write!(
        code,
        "\npub fn all() -> Vec<Pin<Box<dyn Stream<Item = u64>>>> {{\n    vec![\n{all}    ]\n}}\n"
    )
    .expect("a string takes all");
    fs::write(package.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(package.join("src/lib.rs"), code).expect("a library");
    // The same versions as everything else is measured with.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, package.join("Cargo.lock")).expect("a lock file");
    package
}
