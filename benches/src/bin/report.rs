//! Measures everyone and writes `docs/performance.md` and its plots.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use gen_benches::{
    drive::WORKLOADS,
    measure::{Cost, cost, has_valgrind},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The name in `counts`, the name in the report, and the package whose version is told.
const CONTENDERS: [(&str, &str, &str); 13] = [
    ("Ours", "gen-runtime", "gen-runtime"),
    ("ByHand", "by hand", ""),
    ("Nightly", "nightly `async gen`", ""),
    ("Unfold", "`unfold`", "futures"),
    ("AsyncStream", "async-stream", "async-stream"),
    ("AsyncGenerator", "async-generator", "async-generator"),
    ("AsynkStrim", "asynk-strim", "asynk-strim"),
    ("AsyncGen", "async-gen", "async-gen"),
    ("Fauxgen", "fauxgen", "fauxgen"),
    ("Genawaiter", "genawaiter (rc)", "genawaiter"),
    ("AsyncFnStream", "async-fn-stream", "async-fn-stream"),
    ("AsyncStreamLite", "async-stream-lite", "async-stream-lite"),
    ("Channel", "tokio mpsc", "tokio"),
];

type Key = (&'static str, &'static str, &'static str);

fn main() {
    let counts =
        std::env::current_exe().expect("the path of this program").with_file_name("counts");
    let nightly = build_nightly();
    let binary = |contender: &str| match (contender, &nightly) {
        ("Nightly", Some(nightly)) => Some(nightly.clone()),
        ("Nightly", None) => None,
        _ => Some(counts.clone()),
    };
    let sizes: Vec<_> = CONTENDERS
        .iter()
        .filter(|(contender, ..)| *contender != "Channel")
        .filter_map(|&(contender, ..)| Some((contender, sizes(&binary(contender)?, contender))))
        .collect();
    let costs = costs(&binary);
    let docs = Path::new(ROOT).join("docs");
    std::fs::write(docs.join("performance.md"), page(&costs, &sizes)).expect("docs can be written");
    for (mode, name) in [("inlined", "count-inlined.svg"), ("boxed", "count-boxed.svg")] {
        std::fs::write(docs.join(name), plot(&costs, mode)).expect("docs can be written");
    }
}

/// The program that measures nightly's generators, if there is a nightly compiler.
fn build_nightly() -> Option<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("nightly");
    let target = Path::new(ROOT).join("target/nightly-benches");
    let built = Command::new("cargo")
        .args(["build", "--release"])
        .current_dir(&package)
        .env("RUSTUP_TOOLCHAIN", "nightly")
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("RUSTC")
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some(target.join("release/gen-benches-nightly"));
    }
    println!("SKIPPED: nightly `async gen`: there is no nightly toolchain");
    None
}

/// Counts everything, with one valgrind per processor.
fn costs(binary: &dyn Fn(&str) -> Option<PathBuf>) -> BTreeMap<Key, Cost> {
    let found = Mutex::new(BTreeMap::new());
    if !has_valgrind() {
        println!("SKIPPED: instructions: valgrind is not installed");
        return BTreeMap::new();
    }
    let mut jobs = Vec::new();
    for (contender, ..) in CONTENDERS {
        let Some(binary) = binary(contender) else { continue };
        for (workload, _, modes) in WORKLOADS {
            for &mode in modes {
                // A channel needs a task that produces.
                if contender != "Channel" || mode == "task" {
                    jobs.push((binary.clone(), (contender, workload, mode)));
                }
            }
        }
    }
    let jobs = Mutex::new(jobs);
    let work = || {
        loop {
            let job = jobs.lock().expect("no panic").pop();
            let Some((binary, key)) = job else { break };
            let cost = cost(&binary, key.0, key.1, key.2);
            println!("{key:?} {cost:?}");
            if let Some(cost) = cost {
                found.lock().expect("no panic").insert(key, cost);
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    found.into_inner().expect("no panic")
}

fn sizes(binary: &Path, contender: &str) -> Vec<(String, usize)> {
    let output = Command::new(binary).args([contender, "sizes"]).output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    let size = |line: &str| {
        let (workload, size) = line.split_once(' ')?;
        Some((workload.to_owned(), size.parse().ok()?))
    };
    printed.lines().filter_map(size).collect()
}

/// The version of a package in `Cargo.lock`.
fn version(package: &str) -> String {
    let lock = std::fs::read_to_string(Path::new(ROOT).join("Cargo.lock")).unwrap_or_default();
    let entry = format!("name = \"{package}\"\nversion = \"");
    let after = lock.split_once(&entry).map_or("", |(_, after)| after);
    after.split('"').next().unwrap_or_default().to_owned()
}

fn rustc(toolchain: &str) -> String {
    let output = Command::new("rustc").env("RUSTUP_TOOLCHAIN", toolchain).arg("--version").output();
    output.map_or_else(
        |_| "none".into(),
        |output| String::from_utf8_lossy(&output.stdout).trim().into(),
    )
}

fn page(costs: &BTreeMap<Key, Cost>, sizes: &[(&str, Vec<(String, usize)>)]) -> String {
    let mut page = String::from(
        "# Performance\n\nWritten by `cargo build --release -p gen-benches && target/release/report`; edit nothing here.\n\n\
         Instructions per item, counted by callgrind: the difference of two run lengths, so that setting \
         up costs nothing. *inlined*: the stream is part of the loop that takes its items; *boxed*: behind \
         a `Pin<Box<dyn Stream>>`; *task*: in a tokio task.\n\n",
    );
    let stable =
        rustc(include_str!("../../../rust-toolchain.toml").split('"').nth(1).unwrap_or("stable"));
    writeln!(page, "{stable}; nightly: {}.\n", rustc("nightly")).expect("a string takes all");
    let versions: Vec<_> = CONTENDERS
        .iter()
        .filter(|(.., package)| !package.is_empty())
        .map(|(.., package)| format!("{package} {}", version(package)))
        .collect();
    writeln!(page, "{}.\n", versions.join(", ")).expect("a string takes all");
    page += "![counting, inlined](count-inlined.svg)\n![counting, boxed](count-boxed.svg)\n\n";
    page += &bars(costs, sizes);
    page += "\n## Instructions per item\n\n| workload |";
    for (_, name, _) in CONTENDERS {
        write!(page, " {name} |").expect("a string takes all");
    }
    page += "\n|---|";
    page += &"---:|".repeat(CONTENDERS.len());
    page += "\n";
    for (workload, what, modes) in WORKLOADS {
        for &mode in modes {
            write!(page, "| {what}, {mode} |").expect("a string takes all");
            for (contender, ..) in CONTENDERS {
                match costs.get(&(contender, workload, mode)) {
                    Some(cost) if cost.allocations >= 0.01 => write!(
                        page,
                        " {:.1} ({:.1} allocations) |",
                        cost.instructions, cost.allocations
                    ),
                    Some(cost) => write!(page, " {:.1} |", cost.instructions),
                    None => write!(page, " |"),
                }
                .expect("a string takes all");
            }
            page += "\n";
        }
    }
    page += "\n## Bytes of a generator\n\n|  |";
    for (contender, _) in sizes {
        let name = CONTENDERS.iter().find(|row| row.0 == *contender).map_or("", |row| row.1);
        write!(page, " {name} |").expect("a string takes all");
    }
    page += "\n|---|";
    page += &"---:|".repeat(sizes.len());
    page += "\n";
    for row in 0..sizes[0].1.len() {
        write!(page, "| {} |", sizes[0].1[row].0).expect("a string takes all");
        for (_, sizes) in sizes {
            write!(page, " {} |", sizes[row].1).expect("a string takes all");
        }
        page += "\n";
    }
    page
}

/// What was promised, and whether it holds.
fn bars(costs: &BTreeMap<Key, Cost>, sizes: &[(&str, Vec<(String, usize)>)]) -> String {
    let of = |contender, workload, mode| {
        costs.get(&(contender, workload, mode)).map_or(f64::NAN, |cost| cost.instructions)
    };
    let mut bars = String::from("## Bars\n\n| bar | ours | limit | holds |\n|---|---:|---:|---|\n");
    let mut bar = |what: &str, ours: f64, limit: f64| {
        let holds = if ours <= limit { "yes" } else { "**no**" };
        writeln!(bars, "| {what} | {ours:.1} | {limit:.1} | {holds} |")
            .expect("a string takes all");
    };
    let inlined = of("Ours", "count", "inlined");
    bar("counting, inlined: as by hand", inlined, of("ByHand", "count", "inlined") + 0.5);
    bar("counting, inlined: below nightly", inlined, of("Nightly", "count", "inlined"));
    let boxed = of("Ours", "count", "boxed");
    bar("counting, boxed: 1.3 × nightly", boxed, 1.3 * of("Nightly", "count", "boxed"));
    bar("counting, boxed: 0.6 × async-stream", boxed, 0.6 * of("AsyncStream", "count", "boxed"));
    let stage =
        |contender| (of(contender, "pipe_8", "boxed") - of(contender, "pipe_4", "boxed")) / 4.0;
    bar("a stage: 1.2 × by hand", stage("Ours"), 1.2 * stage("ByHand"));
    bar("a stage: nightly's", stage("Ours"), stage("Nightly"));
    let chained = |contender| {
        (of(contender, "chain_64", "boxed") - of(contender, "chain_16", "boxed")) / 48.0
    };
    bar("a boxed stage: 1.2 × by hand", chained("Ours"), 1.2 * chained("ByHand"));
    bar("a boxed stage: nightly's", chained("Ours"), chained("Nightly"));
    let size = |contender: &str, workload: &str| {
        let row = sizes.iter().find(|row| row.0 == contender)?;
        let found = row.1.iter().find(|size| size.0 == workload)?;
        u32::try_from(found.1).ok().map(f64::from)
    };
    for (workload, item) in [
        ("count", 8.0),
        ("wide_32", 256.0),
        ("wide_512", 4096.0),
        ("ready", 8.0),
        ("pending", 8.0),
        ("fallible", 16.0),
        ("pipe_1", 8.0),
        ("pipe_8", 8.0),
    ] {
        let nightly = size("Nightly", workload).unwrap_or(f64::NAN);
        let what = format!("bytes of `{workload}`: nightly's + 24 + an item");
        bar(&what, size("Ours", workload).unwrap_or(f64::NAN), nightly + 24.0 + item);
    }
    bars
}

/// Counting, as a bar for each contender.
fn plot(costs: &BTreeMap<Key, Cost>, mode: &str) -> String {
    let rows: Vec<_> = CONTENDERS
        .iter()
        .filter_map(|&(contender, name, _)| {
            let mode = ["inlined", "boxed"].into_iter().find(|known| *known == mode)?;
            Some((name.replace('`', ""), costs.get(&(contender, "count", mode))?.instructions))
        })
        .collect();
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let height = 24 * rows.len() + 40;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"{height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"640\" height=\"{height}\" fill=\"white\"/>\n\
         <text x=\"8\" y=\"20\">instructions per item, counting, {mode}</text>\n"
    );
    for (row, (name, instructions)) in rows.iter().enumerate() {
        let y = 24 * row + 36;
        let width = instructions / most * 400.0;
        let colour = if row == 0 { "#c2410c" } else { "#64748b" };
        writeln!(
            svg,
            "<text x=\"150\" y=\"{}\" text-anchor=\"end\">{name}</text>\n\
             <rect x=\"158\" y=\"{y}\" width=\"{width:.1}\" height=\"16\" fill=\"{colour}\"/>\n\
             <text x=\"{:.1}\" y=\"{}\">{instructions:.1}</text>",
            y + 13,
            width + 164.0,
            y + 13
        )
        .expect("a string takes all");
    }
    svg + "</svg>\n"
}
