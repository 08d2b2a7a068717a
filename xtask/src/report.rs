//! What the person at the terminal reads: one line for each suite, and a closing count.

use std::{
    io::{IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

use crate::process::Finished;

/// Prints one line. Whoever closed the pipe does not want it; that is no error.
pub(crate) fn say(line: &str) {
    drop(writeln!(std::io::stdout().lock(), "{line}"));
}

/// What one suite came to.
pub(crate) struct Outcome {
    pub passed: u64,
    pub failed: u64,
    /// Shown only when something failed.
    pub detail: String,
}

impl Outcome {
    /// A suite that is one question.
    pub(crate) fn one(finished: Finished) -> Self {
        Self { passed: u64::from(finished.ok), failed: u64::from(!finished.ok), detail: finished.output }
    }

    /// A suite of tests that counts itself (nextest, `cargo test`, Node's runner).
    pub(crate) fn counted(finished: Finished) -> Self {
        let (passed, mut failed) = count(&finished.output);
        if !finished.ok && failed == 0 {
            failed = 1;
        }
        Self { passed, failed, detail: finished.output }
    }

    /// A list of faults found by looking, empty when all is well.
    pub(crate) fn of_faults(faults: &[String]) -> Self {
        let well = faults.is_empty();
        Self { passed: u64::from(well), failed: u64::from(!well), detail: faults.join("\n") }
    }
}

/// Keeps the count over all suites and prints as it goes.
pub(crate) struct Report {
    passed: u64,
    failed: u64,
    missing: Vec<String>,
    started: Instant,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self { passed: 0, failed: 0, missing: Vec::new(), started: Instant::now() }
    }

    /// Runs a suite and prints its line; answers whether it passed.
    pub(crate) fn suite(&mut self, name: &str, work: impl FnOnce() -> anyhow::Result<Outcome>) -> bool {
        let terminal = std::io::stdout().is_terminal();
        if terminal {
            let mut out = std::io::stdout().lock();
            drop(write!(out, "  {name} …"));
            drop(out.flush());
        }
        let started = Instant::now();
        let outcome = work().unwrap_or_else(|error| Outcome { passed: 0, failed: 1, detail: format!("{error:#}") });
        let counts = if outcome.failed == 0 {
            format!("{} passed", outcome.passed)
        } else {
            format!("{} passed, {} FAILED", outcome.passed, outcome.failed)
        };
        let clear = if terminal { "\r\x1b[2K" } else { "" };
        say(&format!("{clear}  {name:<44} {counts:<24} {:>8}", seconds(started.elapsed())));
        if outcome.failed > 0 {
            for line in outcome.detail.lines() {
                say(&format!("      {line}"));
            }
        }
        self.passed += outcome.passed;
        self.failed += outcome.failed;
        outcome.failed == 0
    }

    /// Names a suite that could not run, and why.
    pub(crate) fn could_not_run(&mut self, suite: &str, why: &str) {
        say(&format!("  {suite:<44} did not run: {why}"));
        self.missing.push(suite.to_owned());
    }

    /// Mentions a suite that was left out on purpose.
    pub(crate) fn left_out(suite: &str, why: &str) {
        say(&format!("  {suite:<44} left out: {why}"));
    }

    /// Prints the closing lines and answers whether all ran and passed.
    pub(crate) fn close(self) -> bool {
        say("");
        say(&format!("  {} in all", seconds(self.started.elapsed())));
        if !self.missing.is_empty() {
            say(&format!("  did not run: {}", self.missing.join(", ")));
        }
        say(&format!("{} passed, {} failed", self.passed, self.failed));
        self.failed == 0 && self.missing.is_empty()
    }
}

fn seconds(duration: Duration) -> String {
    let all = duration.as_secs();
    if all >= 60 { format!("{} m {:02} s", all / 60, all % 60) } else { format!("{:.1} s", duration.as_secs_f64()) }
}

/// Reads passed and failed out of what a test runner printed.
fn count(output: &str) -> (u64, u64) {
    let mut passed = 0;
    let mut failed = 0;
    // Of a test that failed nextest shows what its own process said, with the result line of `cargo test` in it.
    let is_nextest = output.lines().any(|line| line.trim().starts_with("Summary ["));
    for line in output.lines().map(str::trim) {
        let nextest = line.starts_with("Summary [").then(|| line.split_once("run:").map(|(_, rest)| rest)).flatten();
        let cargo = line.strip_prefix("test result:").filter(|_| !is_nextest);
        let cargo = cargo.and_then(|rest| rest.split_once(". ").map(|(_, rest)| rest));
        if let Some(rest) = nextest.or(cargo) {
            for part in rest.split([',', ';']) {
                let mut words = part.split_whitespace();
                let Some(number) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
                match words.next() {
                    Some("passed") => passed += number,
                    Some("failed" | "timed" | "exec") => failed += number,
                    _ => {}
                }
            }
        }
        // Python's unittest says how many ran, then how many of them did not go well.
        if let Some(number) = line.strip_prefix("Ran ").and_then(|rest| rest.split(' ').next()) {
            passed += number.parse::<u64>().unwrap_or(0);
        }
        if let Some(rest) = line.strip_prefix("FAILED (").and_then(|rest| rest.strip_suffix(')')) {
            let wrong: u64 =
                rest.split(',').filter_map(|part| part.split('=').nth(1)?.trim().parse::<u64>().ok()).sum();
            passed = passed.saturating_sub(wrong);
            failed += wrong;
        }
        let node = line.strip_prefix('ℹ').or_else(|| line.strip_prefix('#')).map(str::trim_start);
        if let Some((word, number)) = node.and_then(|rest| rest.split_once(' ')) {
            let number = number.trim().parse::<u64>().unwrap_or(0);
            match word {
                "pass" => passed += number,
                "fail" | "cancelled" => failed += number,
                _ => {}
            }
        }
    }
    (passed, failed)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn the_summary_of_nextest_is_read() {
        let said = "     Summary [  12.3s] 122 tests run: 119 passed (2 slow), 2 failed, 1 timed out, 4 skipped";
        assert_eq!(count(said), (119, 3));
    }

    #[test]
    fn a_failed_test_that_nextest_shows_is_counted_once() {
        let said = "        FAIL [   0.004s] xtask tests::a_story\n  stdout ───\n    running 1 test\n\n    \
                    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 8 filtered out; finished in 0.00s\n\
                    ────────────\n     Summary [   0.005s] 9 tests run: 8 passed, 1 failed, 0 skipped\n        \
                    FAIL [   0.004s] xtask tests::a_story\nerror: test run failed\n";
        assert_eq!(count(said), (8, 1));
    }

    #[test]
    fn each_result_line_of_cargo_test_is_added() {
        let said = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(count(said), (4, 2));
    }

    #[test]
    fn the_closing_lines_of_unittest_are_read() {
        assert_eq!(count("Ran 5 tests in 0.2s\n\nOK\n"), (5, 0));
        assert_eq!(count("Ran 5 tests in 0.2s\n\nFAILED (failures=1, errors=2)\n"), (2, 3));
    }

    #[test]
    fn the_closing_lines_of_node_are_read() {
        assert_eq!(count("ℹ tests 7\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\n"), (5, 2));
        assert_eq!(count("# pass 2\n# fail 0\n"), (2, 0));
    }
}
