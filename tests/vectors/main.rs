//! What CPython's async generators do, and whether these do the same.
//!
//! `public.json` beside this file holds programs, scripts of operations on them, and what came of each
//! operation in CPython 3.11. Every program that can be written is written by hand in `programs`, and
//! its scripts are replayed step by step. The count at the end says what was left out, and why.
//!
//! `VECTORS=another.json cargo test --test vectors` replays another file of the same format.

mod count;
mod data;
mod outcome;
mod programs;
mod reason;
mod replay;
mod stepping;
mod value;
mod world;

use std::{env, fs, path::PathBuf};

use crate::{
    count::Count,
    data::{Out, Program, Vectors},
    programs::{PROGRAMS, Writing},
    replay::replay,
    value::text,
};

fn vectors() -> Vectors {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/public.json");
    let path = env::var_os("VECTORS").map_or_else(|| PathBuf::from(own), PathBuf::from);
    let json =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let vectors: Vectors = serde_json::from_str(&json).expect("vectors in the format of `data`");
    assert_eq!(vectors.format, 1, "another format than `data` reads");
    vectors
}

/// How a program of the vectors is written.
fn writing(program: &Program) -> Writing {
    programs::named(&program.id).unwrap_or_else(|| {
        panic!("`{}` is neither written in `programs` nor excluded there", program.id)
    })
}

#[test]
fn every_script_that_can_be_replayed_agrees_with_cpython() {
    let vectors = vectors();
    let mut count = Count::default();
    for program in &vectors.programs {
        match writing(program) {
            Writing::Excluded { because, .. } => count.exclude(program, because),
            Writing::Written(make) => {
                count.written_programs += 1;
                for script in &program.scripts {
                    count.add(script, replay(script, make));
                }
            }
        }
    }
    count.print(&vectors.reference);
    assert!(count.mismatches.is_empty(), "\n{}", count.mismatches.join("\n"));
}

/// The replay is no use if it cannot fail: each step that it claims to have compared is falsified, first
/// in what it logs, then in its outcome.
#[test]
fn every_compared_step_is_compared() {
    let falsifications: [fn(&mut data::Step); 2] = [
        |step| step.log.push(String::from("never logged")),
        |step| step.out = Out::Yield { value: text("never yielded") },
    ];
    for program in &vectors().programs {
        let Writing::Written(make) = writing(program) else {
            continue;
        };
        for script in &program.scripts {
            for position in replay(script, make).compared {
                for falsify in falsifications {
                    let mut script = script.clone();
                    let step = &mut script.steps[position - 1];
                    step.quirk = None;
                    falsify(step);
                    let mismatch = replay(&script, make).mismatch;
                    assert!(mismatch.is_some(), "{}, step {position}, was not compared", script.id);
                }
            }
        }
    }
}

#[test]
fn every_excluded_program_has_an_attempt_that_does_not_compile() {
    for (id, writing) in PROGRAMS {
        if let Writing::Excluded { attempt, .. } = writing {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(attempt);
            assert!(path.is_file(), "`{id}` is excluded, and {attempt} is not there");
        }
    }
}
