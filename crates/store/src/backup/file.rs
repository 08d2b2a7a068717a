//! The file: gzip over lines of JSON. A header, then for each table its columns and its rows, then how many rows there
//! were and a hash of everything before.
//!
//! Numbers, texts and truth values are JSON's own; bytes are `{"base64": "…"}`.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::error::{Error, Result};
use crate::{engine::Value, start};

/// The form of the file. One that is changed so that this program would misread it gets the next number.
const FORM: i64 = 1;
/// No line is longer: a cover is the longest value there is, and takes a tenth of this.
const LONGEST_LINE: u64 = 64 << 20;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    #[serde(rename = "eroom_backup")]
    form: i64,
    /// The version of the program that wrote it.
    pub eroom: String,
    /// The newest migration of the database it was made from.
    pub migration: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// What it was made from: `SQLite` or `PostgreSQL`.
    pub engine: String,
}

impl Header {
    pub(super) fn new(eroom: &str, migration: i64, made_at: Timestamp, engine: &str) -> Self {
        Self { form: FORM, eroom: eroom.to_owned(), migration, made_at, engine: engine.to_owned() }
    }
}

/// A line between the first and the last.
#[derive(Debug)]
pub(super) enum Line {
    /// The rows that follow are of this table.
    Table { name: String, columns: Vec<String> },
    /// A row, in the order of the columns.
    Row(Vec<Json>),
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Read {
    Row(Vec<Json>),
    Table { table: String, columns: Vec<String> },
    End { rows: u64, sha256: String },
}

/// Writes the file.
pub(super) struct Writer<W: Write> {
    out: GzEncoder<BufWriter<W>>,
    hash: Sha256,
    rows: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(out: W, header: &Header) -> io::Result<Self> {
        let out = GzEncoder::new(BufWriter::new(out), Compression::default());
        let mut writer = Self { out, hash: Sha256::new(), rows: 0 };
        writer.line(&serde_json::to_vec(header)?)?;
        Ok(writer)
    }

    fn line(&mut self, line: &[u8]) -> io::Result<()> {
        self.hash.update(line);
        self.hash.update(b"\n");
        self.out.write_all(line)?;
        self.out.write_all(b"\n")
    }

    pub(super) fn table(&mut self, name: &str, columns: &[&str]) -> io::Result<()> {
        self.line(&serde_json::to_vec(&json!({ "table": name, "columns": columns }))?)
    }

    pub(super) fn row(&mut self, values: Vec<Value>) -> io::Result<()> {
        self.rows = self.rows.saturating_add(1);
        let values: Vec<Json> = values.into_iter().map(to_json).collect();
        self.line(&serde_json::to_vec(&values)?)
    }

    /// Ends the file; how many rows are in it.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        let hash = hex::encode(self.hash.clone().finalize());
        self.line(&serde_json::to_vec(&json!({ "rows": self.rows, "sha256": hash }))?)?;
        self.out.finish()?.flush()?;
        Ok(self.rows)
    }
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Int(v) => json!(v),
        Value::Text(v) => json!(v),
        Value::Bool(v) => json!(v),
        Value::Bytes(v) => v.map_or(Json::Null, |bytes| of_bytes(&bytes)),
    }
}

/// Bytes as a value of the file.
pub(super) fn of_bytes(bytes: &[u8]) -> Json {
    json!({ "base64": BASE64.encode(bytes) })
}

/// The bytes in a value of the file, where it is bytes.
pub(super) fn bytes(value: &Json) -> Option<Vec<u8>> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    BASE64.decode(object.get("base64")?.as_str()?).ok()
}

/// Reads the file, line by line. It has been seen whole only when [`Reader::next`] has answered `None`.
pub(super) struct Reader {
    path: PathBuf,
    lines: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
    rows: u64,
    header: Header,
}

impl Reader {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let failed = |source| Error::File { path: path.to_owned(), source };
        let no_backup = || Error::NotABackup { path: path.to_owned() };
        let mut file = BufReader::new(File::open(path).map_err(failed)?);
        if !file.fill_buf().map_err(failed)?.starts_with(&[0x1f, 0x8b]) {
            return Err(no_backup());
        }
        let lines = BufReader::new(GzDecoder::new(file));
        let header = Header::new("", 0, Timestamp::UNIX_EPOCH, "");
        let mut reader = Self { path: path.to_owned(), lines, hash: Sha256::new(), rows: 0, header };
        let first = reader.line()?;
        let said: Json = serde_json::from_slice(&first).map_err(|_| no_backup())?;
        let form = said.get("eroom_backup").and_then(Json::as_i64).ok_or_else(no_backup)?;
        if form > FORM {
            let eroom = said.get("eroom").and_then(Json::as_str).unwrap_or("of a later day").to_owned();
            let found = said.get("migration").and_then(Json::as_i64).unwrap_or(0);
            return Err(Error::Newer { path: path.to_owned(), eroom, found, known: start::newest_known() });
        }
        reader.header = serde_json::from_value(said).map_err(|_| reader.damaged("its first line is incomplete"))?;
        reader.hash.update(&first);
        Ok(reader)
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// How many rows have been read.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn damaged(&self, why: impl Into<String>) -> Error {
        Error::Damaged { path: self.path.clone(), why: why.into() }
    }

    /// The next line, its end included.
    fn line(&mut self) -> Result<Vec<u8>> {
        let mut line = Vec::new();
        let read = self.lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
        match read {
            Ok(_) if line.ends_with(b"\n") => Ok(line),
            Ok(0) => Err(self.damaged("its end is missing")),
            Ok(_) => Err(self.damaged("a line is cut off")),
            Err(error) => Err(self.damaged(format!("it cannot be unpacked: {error}"))),
        }
    }

    /// The next table or row; `None` after the last one, when everything before was what was written.
    pub(super) fn next(&mut self) -> Result<Option<Line>> {
        let line = self.line()?;
        let read: Read = serde_json::from_slice(&line).map_err(|_| self.damaged("a line is not what eRoom writes"))?;
        match read {
            Read::Row(values) => {
                self.rows = self.rows.saturating_add(1);
                self.hash.update(&line);
                Ok(Some(Line::Row(values)))
            }
            Read::Table { table, columns } => {
                self.hash.update(&line);
                Ok(Some(Line::Table { name: table, columns }))
            }
            Read::End { rows, sha256 } => {
                if rows != self.rows || sha256 != hex::encode(self.hash.clone().finalize()) {
                    return Err(self.damaged("its checksum does not fit"));
                }
                self.nothing_follows()?;
                Ok(None)
            }
        }
    }

    fn nothing_follows(&mut self) -> Result<()> {
        let inside = self.lines.read(&mut [0]).map_err(|error| self.damaged(format!("its end is wrong: {error}")))?;
        let behind = self.lines.get_mut().get_mut().read(&mut [0]);
        if inside > 0 || behind.map_err(|source| Error::File { path: self.path.clone(), source })? > 0 {
            return Err(self.damaged("something follows its end"));
        }
        Ok(())
    }
}
