//! Why a bar does not hold, as far as that is known.

/// How the name of a bar begins, and the reason.
const REASONS: [(&str, &str); 7] = [
    ("a stage:", WITHIN_ONE_BOX),
    ("a level of `yield_from!`:", WITHIN_ONE_BOX),
    (
        "a boxed stage:",
        "A stage in a box of its own is a call, by hand, too. Beside that it marks itself while it is polled, for it may \
         be unwound, keeps registers free for that, and notes where it stands.",
    ),
    (
        "a `defer!` in the loop:",
        "The cleanup of a `defer!` in a loop ends with a question: whether the generator is being closed. How many are \
         open is kept for `has_pending_cleanup`. By hand there is neither.",
    ),
    (
        "build, the crates alone,",
        "Half of the time that the crates take to build is that of syn, which async-stream needs, too. The macro crate \
         waits for it, and reads, checks and reports much more of a body than that of async-stream does.",
    ),
    (
        "items of 256 B,",
        "Items of 256 B: the compiler fills an array by vector instructions if what it is filled with was just loaded. In \
         a poll that may begin a body or go on with it, that comes from one of two places, and the elements are stored \
         one by one.",
    ),
    (
        "a `select!` per item,",
        "A body with a `select!` in it is polled with the consumer's own context. It finds by a pointer where its item \
         goes, and asks behind a yield whether it was resumed. The future of an `unfold` returns its item, and is made \
         anew for the next.",
    ),
];

const WITHIN_ONE_BOX: &str = "Within one box, a stage or a level asks whether its source was entered, and notes \
    where it stands: three instructions. By hand, all stages are one loop without either.";

/// The reasons for the bars that do not hold, each said once.
pub(crate) fn of<'b>(failed: impl Iterator<Item = &'b str>) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for bar in failed {
        let reason = REASONS.iter().find(|(begins, _)| bar.starts_with(begins));
        reasons.extend(reason.map(|(_, reason)| reason).filter(|reason| !reasons.contains(reason)));
    }
    if reasons.is_empty() {
        return String::new();
    }
    let list = reasons.join("\n- ");
    format!("\nWhy those that do not hold do not, as far as we know:\n\n- {list}\n")
}
