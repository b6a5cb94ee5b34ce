//! Writes the page.

use std::fmt::Write as _;

use gen_benches::{build_costs, drive::WORKLOADS};

use crate::{
    bars,
    contenders::{CONTENDERS, versions},
    gather::{CROWD, Figures, TIMED},
    parts::PARTS,
};

const HEAD: &str = "\
# Performance

Written by these commands; edit nothing here.

```sh
cargo build --release -p gen-benches
target/release/build_cost   # only when what building costs has changed
target/release/report
```

";

const MODES: &str = "
*inlined*: the stream is part of the loop that takes its items; *boxed*: behind a `Pin<Box<dyn Stream>>`; *task*: in a \
tokio task.

Where an await is pending in a task, async-generator is no peer: it wakes its task at each yield, so that the await is \
polled again, and is ready, before the runtime has come to wake it. It saves what the await is there to measure.
";

const INSTRUCTIONS: &str = "
## Instructions per item

Counted by callgrind: the difference of two run lengths, so that setting up costs nothing. A cell is empty where the \
contender has no such thing:

- *a number sent*: only gen-runtime, fauxgen and genawaiter give a body what the consumer resumes it with. What \
  genawaiter resumes so cannot await.
- *`defer!`*: nobody else runs an async cleanup when a stream is closed early. The row above each is the same cleanup \
  without that, ours included; for a stream written by hand, both are one `poll_next`.
- tokio mpsc needs a task that produces.

A pipeline of 16 or more stages that hold each other is a type that takes minutes to compile, whoever wrote it, so those \
have each stage in a box. `unfold` moves its state in and out for each item, so all of its stages have their source in a box.

";

const REFERENCES: &str = "
## Beside the references

No user could take these instead: nobody wants to write the one, and the other is not on stable. *×*: ours, as a \
multiple.

";

const TIMES: &str = "
## Nanoseconds per item

The best of many runs, on one machine: what counts is how they compare.

";

const SIZES: &str = "
## Bytes of a generator

By `size_of_val`; what it allocates is not in it.

";

const BUILDS: &str = "
## What building costs

User and system seconds, the best of some runs, without incremental compilation. They differ by some percent from run to \
run, so the bars compare the instructions of the compiler, counted by callgrind. Each function takes an argument and a \
`Vec`, awaits, loops over the `Vec`, and yields at two points.

";

/// A table; a cell of the first column names its row.
pub(crate) fn table(columns: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table =
        format!("| {} |\n|---|{}\n", columns.join(" | "), "---:|".repeat(columns.len() - 1));
    for row in rows {
        writeln!(table, "| {} |", row.join(" | ")).expect("a string takes all");
    }
    table
}

/// A cell; an empty one for what there is not.
pub(crate) fn number(number: Option<f64>) -> String {
    // No zero with a sign.
    number.map_or(String::new(), |number| format!("{:.1}", number + 0.0))
}

/// A number of which more than the tenths tells.
pub(crate) fn hundredths(number: Option<f64>) -> String {
    number.map_or(String::new(), |number| format!("{number:.2}"))
}

/// A table with a column for each contender.
fn comparison(rows: impl Iterator<Item = (String, Vec<String>)>) -> String {
    let columns: Vec<_> = [""].into_iter().chain(CONTENDERS.iter().map(|one| one.title)).collect();
    table(&columns, rows.map(|(what, cells)| [vec![what], cells].concat()).collect())
}

/// The cells of a row.
fn cells(cell: impl Fn(&'static str) -> String) -> Vec<String> {
    CONTENDERS.iter().map(|contender| cell(contender.name)).collect()
}

fn what_of(workload: &str) -> &'static str {
    WORKLOADS.iter().find(|row| row.0 == workload).map_or("", |row| row.1)
}

pub(crate) fn write(figures: &Figures) -> String {
    let mut page = format!("{HEAD}{}\n", versions());
    page += "\n![counting, inlined](count-inlined.svg)\n![counting, boxed](count-boxed.svg)\n";
    page += "\n## Bars\n\nInstructions per item unless it says otherwise.\n\n";
    page += &bars::write(figures);
    page += MODES;

    page += INSTRUCTIONS;
    let rows = WORKLOADS.iter().flat_map(|&(workload, what, modes)| {
        modes.iter().map(move |mode| {
            (format!("{what}, {mode}"), cells(|name| cost(figures, name, workload, mode)))
        })
    });
    page += &comparison(rows);

    page += REFERENCES;
    let rows = WORKLOADS.iter().flat_map(|&(workload, what, modes)| {
        modes.iter().map(move |mode| {
            let of = |name| figures.instructions(name, workload, mode);
            let beside = |name| [of(name), of("Ours").zip(of(name)).map(|(ours, it)| ours / it)];
            let cells = [[of("Ours")].as_slice(), &beside("ByHand"), &beside("Nightly")].concat();
            (format!("{what}, {mode}"), cells)
        })
    });
    let rows =
        rows.map(|(what, cells)| [vec![what], cells.into_iter().map(number).collect()].concat());
    page += &table(&["", "gen-runtime", "by hand", "×", "nightly", "×"], rows.collect());

    page += "\n## Instructions of a part\n\nWhat one more of it adds to an item.\n\n";
    let rows =
        PARTS.iter().map(|part| (part.what.into(), cells(|name| number(part.cost(figures, name)))));
    page += &comparison(rows);

    page += TIMES;
    let rows = TIMED.iter().map(|&(workload, mode)| {
        let what = format!("{}, {mode}", what_of(workload));
        (what, cells(|name| number(figures.time(name, workload, mode))))
    });
    page += &comparison(rows);

    page += SIZES;
    let rows = WORKLOADS.iter().filter(|row| figures.size("Ours", row.0).is_some()).map(
        |&(workload, what, _)| (what.into(), cells(|name| bytes(figures.size(name, workload)))),
    );
    page += &comparison(rows);

    write!(
        page,
        "\n## Bytes of each of {CROWD} generators\n\nAll alive at once in a `Vec`, each polled once, with all \
         that they have allocated.\n\n"
    )
    .expect("a string takes all");
    let rows = ["count", "pending"].into_iter().map(|workload| {
        (what_of(workload).into(), cells(|name| bytes(figures.crowd(name, workload))))
    });
    page += &comparison(rows);

    page += BUILDS;
    let rows = build_costs::MEASUREMENTS.map(|(measurement, what)| {
        let cell = |package| hundredths(figures.build(package, measurement));
        [vec![what.into()], build_costs::PACKAGES.map(cell).to_vec()].concat()
    });
    let columns = [&[""], build_costs::PACKAGES.as_slice()].concat();
    page + &table(&columns, rows.to_vec())
}

fn cost(figures: &Figures, contender: &str, workload: &str, mode: &str) -> String {
    match figures.cost(contender, workload, mode) {
        Some(cost) if cost.allocations >= 0.01 => {
            format!("{:.1} ({:.1} allocations)", cost.instructions, cost.allocations)
        }
        cost => number(cost.map(|cost| cost.instructions)),
    }
}

fn bytes(size: Option<f64>) -> String {
    size.map_or(String::new(), |size| format!("{size:.0}"))
}
