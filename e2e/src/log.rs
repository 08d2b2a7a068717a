//! What a program printed, collected while it runs.

use std::{
    io::{BufRead as _, BufReader, Read},
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

/// Lines of one stream; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// Reads a stream to its end on a thread of its own.
    pub(crate) fn collect(&self, stream: impl Read + Send + 'static) -> JoinHandle<()> {
        let log = self.clone();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(stream);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                log.0.lock().unwrap_or_else(PoisonError::into_inner).push(text);
                line.clear();
            }
        })
    }

    /// Everything so far.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The first line so far.
    pub fn first(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    /// Lines that no healthy run has: errors and panics.
    pub fn faults(&self) -> Vec<String> {
        let is_fault = |line: &String| {
            line.contains(" ERROR ") || line.contains("\"level\":\"ERROR\"") || line.contains("panicked at")
        };
        self.lines().into_iter().filter(is_fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Log;

    #[test]
    fn errors_and_panics_are_faults_and_warnings_are_not() {
        let log = Log::default();
        let said = "2026-01-01T00:00:00Z  INFO ready\n2026-01-01T00:00:01Z  WARN Zoom answers slowly\n\
                    2026-01-01T00:00:02Z ERROR the database is gone\nthread 'main' panicked at src/main.rs:1:1\n\
                    {\"level\":\"ERROR\",\"message\":\"x\"}\n";
        log.collect(said.as_bytes()).join().unwrap();
        assert_eq!(log.lines().len(), 5);
        assert_eq!(log.faults().len(), 3);
    }
}
