//! The count that the replay ends with.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write as _},
};

use crate::{
    data::{Program, Script},
    reason::Reason,
    replay::Replay,
};

/// What was replayed, what was not, and why.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) written_programs: usize,
    pub(crate) mismatches: Vec<String>,
    /// Programs, with the number of their scripts, and why they cannot be written.
    excluded_programs: Vec<(String, usize, &'static str)>,
    /// Scripts compared to the last line.
    whole: usize,
    /// Scripts of which some steps were compared.
    partial: usize,
    /// Scripts of written programs of which no step was compared.
    excluded: usize,
    steps: usize,
    compared_steps: usize,
    /// Scripts in which something was left out, by the reason.
    left_out: BTreeMap<Reason, Vec<String>>,
}

impl Count {
    pub(crate) fn exclude(&mut self, program: &Program, because: &'static str) {
        self.excluded_programs.push((program.id.clone(), program.scripts.len(), because));
    }

    pub(crate) fn add(&mut self, script: &Script, replay: Replay) {
        self.steps += script.steps.len();
        self.compared_steps += replay.compared.len();
        match (replay.left_out.is_empty(), replay.compared.is_empty()) {
            (true, _) => self.whole += 1,
            (false, false) => self.partial += 1,
            (false, true) => self.excluded += 1,
        }
        for (position, reason) in replay.left_out {
            self.left_out.entry(reason).or_default().push(format!("{} step {position}", script.id));
        }
        self.mismatches.extend(replay.mismatch);
    }

    /// Prints the count past the test harness, which keeps to itself what a test that passes prints.
    pub(crate) fn print(&self, reference: &str) {
        let _ = io::stdout().write_all(self.text(reference).as_bytes());
    }

    fn text(&self, reference: &str) -> String {
        let unwritten: usize = self.excluded_programs.iter().map(|(_, scripts, _)| scripts).sum();
        let scripts = self.whole + self.partial + self.excluded;
        let mut text = format!(
            "\nvectors of {reference}\n\
             programs: {} replayed, {} excluded\n\
             scripts:  {} replayed ({} whole, {} in part), {} excluded ({unwritten} of excluded programs)\n\
             steps:    {} compared of {} in the {scripts} scripts of replayed programs\n\
             differences: {}\n\
             excluded programs\n",
            self.written_programs,
            self.excluded_programs.len(),
            self.whole + self.partial,
            self.whole,
            self.partial,
            self.excluded + unwritten,
            self.compared_steps,
            self.steps,
            self.mismatches.len(),
        );
        for (id, scripts, because) in &self.excluded_programs {
            let _ = writeln!(text, "  {id} ({scripts} scripts): {because}");
        }
        text.push_str("left out of replayed programs\n");
        for (reason, places) in &self.left_out {
            let _ = writeln!(text, "  {reason}");
            let _ = writeln!(text, "    {}", shortened(places));
        }
        text
    }
}

/// A few of the places, and how many more there are.
fn shortened(places: &[String]) -> String {
    const SHOWN: usize = 40;
    let mut text = places.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if places.len() > SHOWN {
        let _ = write!(text, " and {} more", places.len() - SHOWN);
    }
    text
}
