//! Load by wrk, eight connections, and the figures it prints.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::process;

/// Connections held open at once.
const CONNECTIONS: u32 = 8;

/// One round, or the median of some.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figures {
    pub per_second: f64,
    /// Milliseconds.
    pub p50: f64,
    /// Milliseconds.
    pub p99: f64,
}

/// Asks for one page for some seconds, with a header line where one is needed.
pub(super) fn run(address: &str, path: &str, header: Option<&str>, seconds: u32) -> Result<Figures> {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "2", "--latency", "--connections", &CONNECTIONS.to_string()]);
    if let Some(line) = header {
        wrk.args(["--header", line]);
    }
    wrk.args(["--duration", &format!("{seconds}s"), &format!("http://{address}{path}")]);
    let finished = process::run(&mut wrk)?;
    ensure!(finished.ok, "wrk failed:\n{}", finished.output);
    ensure!(!finished.output.contains("Non-2xx"), "not every answer was a success:\n{}", finished.output);
    read(&finished.output).with_context(|| format!("wrk's output was not understood:\n{}", finished.output))
}

/// Each figure's own median.
pub(super) fn median(mut rounds: Vec<Figures>) -> Result<Figures> {
    let mut middle = |key: fn(&Figures) -> f64| {
        rounds.sort_by(|a, b| key(a).total_cmp(&key(b)));
        rounds.get(rounds.len() / 2).map(key).context("--rounds must be at least 1")
    };
    Ok(Figures { per_second: middle(|f| f.per_second)?, p50: middle(|f| f.p50)?, p99: middle(|f| f.p99)? })
}

fn read(output: &str) -> Option<Figures> {
    let after = |label: &str| output.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    Some(Figures {
        per_second: after("Requests/sec:")?.parse().ok()?,
        p50: milliseconds(after("50%")?)?,
        p99: milliseconds(after("99%")?)?,
    })
}

fn milliseconds(text: &str) -> Option<f64> {
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1000.0)] {
        if let Some(number) = text.strip_suffix(unit).and_then(|number| number.parse::<f64>().ok()) {
            return Some(number * factor);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_of_wrk_is_read_in_all_its_units() {
        let said = "  Latency Distribution\n     50%  812.00us\n     75%    1.10ms\n     90%    2.00ms\n     99%    1.50s\n\
                    Requests/sec:  18500.25\nTransfer/sec:  90.0MB\n";
        assert_eq!(read(said), Some(Figures { per_second: 18500.25, p50: 0.812, p99: 1500.0 }));
    }

    #[test]
    fn the_median_is_each_figures_own() {
        let round = |per_second, p50, p99| Figures { per_second, p50, p99 };
        let rounds = vec![round(1.0, 9.0, 5.0), round(2.0, 8.0, 4.0), round(3.0, 7.0, 6.0)];
        assert_eq!(median(rounds).unwrap(), round(2.0, 8.0, 5.0));
        assert!(median(Vec::new()).is_err());
    }
}
