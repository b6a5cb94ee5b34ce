//! Measures.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use gen_benches::{
    build_costs,
    contenders::{NAMES, has_mode},
    drive::WORKLOADS,
    measure::{Cost, ask, cost, has_valgrind},
};

use crate::contenders::{CONTENDERS, Contender};

/// How many generators are alive at once, where that is measured.
pub(crate) const CROWD: u64 = 1_000_000;

/// The workloads whose times are measured, too.
pub(crate) const TIMED: [(&str, &str); 17] = [
    ("count", "inlined"),
    ("count", "boxed"),
    ("count", "task"),
    ("wide_32", "boxed"),
    ("wide_512", "boxed"),
    ("ready", "boxed"),
    ("pending", "task"),
    ("fallible", "boxed"),
    ("send", "boxed"),
    ("tidy_each", "boxed"),
    ("defer_each", "boxed"),
    ("defer_around", "boxed"),
    ("short", "boxed"),
    ("pipe_8", "boxed"),
    ("chain_16", "boxed"),
    ("delegate_16", "boxed"),
    ("walk_8", "boxed"),
];

/// A contender, a workload and a mode.
type Key = (&'static str, &'static str, &'static str);

/// A contender, and what was asked of it.
type Answers = BTreeMap<(&'static str, String), f64>;

/// All that was measured.
pub(crate) struct Figures {
    costs: BTreeMap<Key, Cost>,
    times: BTreeMap<Key, f64>,
    sizes: Answers,
    crowds: Answers,
    builds: BTreeMap<(String, String), f64>,
}

impl Figures {
    pub(crate) fn gather() -> Self {
        let programs = Programs::find();
        Self {
            costs: costs(&programs),
            times: times(&programs),
            sizes: answers(&programs, &["sizes"]),
            crowds: answers(&programs, &["crowd", &CROWD.to_string()]),
            builds: build_costs::read(),
        }
    }

    pub(crate) fn cost(&self, contender: &str, workload: &str, mode: &str) -> Option<Cost> {
        self.costs.get(&(contender, workload, mode)).copied()
    }

    pub(crate) fn instructions(&self, contender: &str, workload: &str, mode: &str) -> Option<f64> {
        Some(self.cost(contender, workload, mode)?.instructions)
    }

    /// Nanoseconds of an item.
    pub(crate) fn time(&self, contender: &str, workload: &str, mode: &str) -> Option<f64> {
        self.times.get(&(contender, workload, mode)).copied()
    }

    /// Bytes of a stream.
    pub(crate) fn size(&self, contender: &'static str, workload: &str) -> Option<f64> {
        self.sizes.get(&(contender, workload.to_owned())).copied()
    }

    /// Bytes of each of many streams, with what they have allocated.
    pub(crate) fn crowd(&self, contender: &'static str, workload: &str) -> Option<f64> {
        self.crowds.get(&(contender, workload.to_owned())).copied()
    }

    pub(crate) fn build(&self, package: &str, measurement: &str) -> Option<f64> {
        self.builds.get(&(package.to_owned(), measurement.to_owned())).copied()
    }
}

/// The programs that are measured.
struct Programs {
    counts: PathBuf,
    nightly: Option<PathBuf>,
}

impl Programs {
    fn find() -> Self {
        let me = std::env::current_exe().expect("the path of this program");
        let release = me.parent().expect("a directory");
        let target = release.parent().unwrap_or(release).join("nightly-benches");
        let counts = release.join("counts");
        for contender in NAMES {
            let known = !ask(&counts, &[contender, "count", "count", "task", "1"]).is_empty();
            assert!(known, "`counts` has no {contender}: build it again, with all features");
        }
        Self { counts, nightly: build_nightly(&target) }
    }

    fn of(&self, contender: &Contender) -> Option<&Path> {
        match contender.name {
            "Nightly" => self.nightly.as_deref(),
            _ => Some(&self.counts),
        }
    }
}

/// The program that measures nightly's generators, if there is a nightly compiler.
fn build_nightly(target: &Path) -> Option<PathBuf> {
    let built = Command::new("cargo")
        .args(["build", "--release"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("nightly"))
        .env("RUSTUP_TOOLCHAIN", "nightly")
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTC")
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some(target.join("release/gen-benches-nightly"));
    }
    println!("SKIPPED: nightly `async gen`: there is no nightly toolchain");
    None
}

/// Counts everything, with one valgrind per processor.
fn costs(programs: &Programs) -> BTreeMap<Key, Cost> {
    if !has_valgrind() {
        println!("SKIPPED: instructions: valgrind is not installed");
        return BTreeMap::new();
    }
    let mut jobs = Vec::new();
    for contender in &CONTENDERS {
        let Some(program) = programs.of(contender) else { continue };
        for (workload, _, modes) in WORKLOADS {
            let modes = modes.iter().filter(|mode| has_mode(contender.name, mode));
            jobs.extend(modes.map(|mode| (program, (contender.name, workload, *mode))));
        }
    }
    let jobs = Mutex::new(jobs);
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let job = jobs.lock().expect("no panic").pop();
            let Some((program, key)) = job else { break };
            if let Some(cost) = cost(program, key.0, key.1, key.2) {
                println!("{key:?} {cost:?}");
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

/// Times one after the other, each workload for everyone before the next.
fn times(programs: &Programs) -> BTreeMap<Key, f64> {
    let mut found = BTreeMap::new();
    for (workload, mode) in TIMED {
        for contender in CONTENDERS.iter().filter(|contender| has_mode(contender.name, mode)) {
            let Some(program) = programs.of(contender) else { continue };
            let printed = ask(program, &[contender.name, "time", workload, mode]);
            if let Ok(time) = printed.trim().parse() {
                println!("{} {workload} {mode}: {time:.2} ns", contender.name);
                found.insert((contender.name, workload, mode), time);
            }
        }
    }
    found
}

/// What each contender answers: a name and a number a line.
fn answers(programs: &Programs, question: &[&str]) -> Answers {
    let mut answers = Answers::new();
    for contender in &CONTENDERS {
        let Some(program) = programs.of(contender) else { continue };
        let printed = ask(program, &[&[contender.name], question].concat());
        for (name, number) in printed.lines().filter_map(|line| line.split_once(' ')) {
            let number = number.parse().expect("the program prints numbers");
            answers.insert((contender.name, name.to_owned()), number);
        }
    }
    answers
}
