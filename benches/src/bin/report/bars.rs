//! What was promised, and whether it holds.

use gen_benches::{build_costs, drive::WORKLOADS};

use crate::{
    contenders::{CONTENDERS, Role},
    gather::Figures,
    page::{hundredths, number, table},
    parts::{
        BOXED_LEVEL, BOXED_STAGE, FIRST_STAGES, INLINED_LEVEL, INLINED_STAGE, LEVEL, REGION_AROUND,
        REGION_EACH, STAGE,
    },
    reasons,
};

/// Fewer instructions than this are no difference.
const TIE: f64 = 0.5;

/// How a bar that does not hold is marked.
const FAILS: &str = "**no**";

/// Who does not do what the workload is there to measure; the page says why.
const NO_PEERS: [(&str, &str, &str); 1] = [("pending", "task", "AsyncGenerator")];

/// Collects the rows of the table.
struct Bars<'f> {
    figures: &'f Figures,
    rows: Vec<Vec<String>>,
}

pub(crate) fn write(figures: &Figures) -> String {
    let mut bars = Bars { figures, rows: Vec::new() };
    bars.counting();
    bars.parts();
    bars.allocations();
    bars.sizes();
    bars.builds();
    bars.peers();
    let failed = bars.rows.iter().filter(|row| row[3] == FAILS).map(|row| row[0].as_str());
    let reasons = reasons::of(failed);
    table(&["bar", "ours", "limit", "holds"], bars.rows) + &reasons
}

impl Bars<'_> {
    fn bar(&mut self, what: &str, ours: Option<f64>, limit: Option<f64>) {
        self.bar_printed(number, what, ours, limit);
    }

    fn bar_printed(
        &mut self,
        print: fn(Option<f64>) -> String,
        what: &str,
        ours: Option<f64>,
        limit: Option<f64>,
    ) {
        let holds = match (ours, limit) {
            (Some(ours), Some(limit)) if ours <= limit => "yes",
            (Some(_), Some(_)) => FAILS,
            _ => "not measured",
        };
        self.rows.push(vec![what.into(), print(ours), print(limit), holds.into()]);
    }

    fn counting(&mut self) {
        let count = |contender, mode| self.figures.instructions(contender, "count", mode);
        let (inlined, boxed) = (count("Ours", "inlined"), count("Ours", "boxed"));
        let by_hand = count("ByHand", "inlined").map(|by_hand| by_hand + TIE);
        let nightly = count("Nightly", "inlined").map(|nightly| nightly - TIE);
        let of_nightly = count("Nightly", "boxed").map(|nightly| 1.3 * nightly);
        let of_async_stream = count("AsyncStream", "boxed").map(|theirs| 0.6 * theirs);
        self.bar("counting, inlined: as by hand", inlined, by_hand);
        self.bar("counting, inlined: below nightly", inlined, nightly);
        self.bar("counting, boxed: 1.3 × nightly", boxed, of_nightly);
        self.bar("counting, boxed: 0.6 × async-stream", boxed, of_async_stream);
    }

    fn parts(&mut self) {
        for part in [INLINED_STAGE, STAGE, BOXED_STAGE, INLINED_LEVEL, LEVEL, BOXED_LEVEL] {
            let by_hand = part.cost(self.figures, "ByHand").map(|by_hand| 1.2 * by_hand + TIE);
            let ours = part.cost(self.figures, "Ours");
            self.bar(&format!("{}: 1.2 × by hand", part.what), ours, by_hand);
        }
        let first = FIRST_STAGES.cost(self.figures, "Ours").map(|first| 1.02 * first + TIE);
        let later = BOXED_STAGE.cost(self.figures, "Ours");
        self.bar("a boxed stage of 64: as one of 16 (linear in depth)", later, first);
        for region in [REGION_AROUND, REGION_EACH] {
            let ours = region.cost(self.figures, "Ours");
            let what = format!("{}: as without, the cleanup written inline", region.what);
            self.bar(&what, ours, Some(TIE));
        }
    }

    fn allocations(&mut self) {
        let of = |workload, mode| Some(self.figures.cost("Ours", workload, mode)?.allocations);
        // Where each item, or each generator, is in a box of its own.
        let boxes = |workload: &str| workload == "short" || workload.starts_with("walk");
        let per_item = WORKLOADS
            .iter()
            .filter(|(workload, ..)| !boxes(workload))
            .flat_map(|&(workload, _, modes)| {
                modes.iter().filter_map(move |mode| of(workload, mode))
            })
            .reduce(f64::max);
        let per_generator = of("short", "inlined");
        self.bar("allocations per item, the most of any workload", per_item, Some(0.0));
        self.bar("allocations per generator", per_generator, Some(0.0));
    }

    fn sizes(&mut self) {
        for (workload, what, _) in WORKLOADS {
            let item = match workload {
                "wide_32" => 256.0,
                "wide_512" => 4096.0,
                "fallible" => 16.0,
                _ => 8.0,
            };
            // It has no `defer!`: the same body with its cleanups inline.
            let theirs = workload.replace("defer", "tidy");
            let Some(ours) = self.figures.size("Ours", workload) else { continue };
            let Some(theirs) = self.figures.size("Nightly", &theirs) else { continue };
            let what = format!("bytes, {what}: nightly's + 24 + an item");
            self.bar(&what, Some(ours), Some(theirs + 24.0 + item));
        }
    }

    fn builds(&mut self) {
        for (measurement, what) in build_costs::MEASUREMENTS {
            let counted = format!("{measurement}{}", build_costs::COUNTED);
            if self.figures.build("gen-runtime", &counted).is_some() {
                continue; // the same in seconds, which differ from run to run
            }
            let of = |package| self.figures.build(package, measurement);
            let (ours, theirs) = (of("gen-runtime"), of("async-stream"));
            let what = format!("build, {what}: as async-stream");
            self.bar_printed(hundredths, &what, ours, theirs);
        }
    }

    /// A row for each workload in which a peer beats us.
    fn peers(&mut self) {
        let (mut all, mut lost) = (0_u32, Vec::new());
        for (workload, what, modes) in WORKLOADS {
            for &mode in modes {
                let of = |contender| self.figures.instructions(contender, workload, mode);
                let Some(ours) = of("Ours") else { continue };
                all += 1;
                let best = CONTENDERS
                    .iter()
                    .filter(|contender| contender.role == Role::Peer)
                    .filter(|contender| !NO_PEERS.contains(&(workload, mode, contender.name)))
                    .filter_map(|contender| Some((of(contender.name)?, contender.title)))
                    .min_by(|one, other| one.0.total_cmp(&other.0));
                if let Some((theirs, peer)) = best.filter(|best| best.0 < ours - TIE) {
                    lost.push((format!("{what}, {mode}: as {peer}"), ours, theirs));
                }
            }
        }
        let count = (all > 0).then(|| f64::from(u32::try_from(lost.len()).unwrap_or(u32::MAX)));
        self.bar(&format!("of {all} workloads, those in which a peer beats us"), count, Some(0.0));
        for (what, ours, theirs) in lost {
            self.bar(&what, Some(ours), Some(theirs));
        }
    }
}
