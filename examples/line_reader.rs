//! Reads JSON lines, of which there may be more than memory holds: one is held at a time.
//!
//! `cargo run --example line_reader`

use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::pin::pin;

use futures::TryStreamExt as _;
use gen_runtime::prelude::*;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt as _, BufReader};

#[derive(Deserialize)]
struct Reading {
    celsius: u64,
}

/// Yields the readings of a file, one a line.
#[async_generator]
async fn readings(path: &Path) -> io::Result<Reading> {
    let mut file = BufReader::new(File::open(path).await?);
    let mut line = String::new();
    while file.read_line(&mut line).await? > 0 {
        yield_!(Ok(serde_json::from_str(&line)?));
        line.clear();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let file = tempfile::NamedTempFile::new()?;
    let mut lines = BufWriter::new(&file);
    for n in 0..100_000 {
        writeln!(lines, r#"{{"celsius": {}}}"#, 10 + n % 21)?;
    }
    writeln!(lines, r#"{{"fahrenheit": 68}}"#)?;
    writeln!(lines, r#"{{"celsius": 20}}"#)?;
    lines.flush()?;

    // The line that is no reading gives the last item: an error.
    let (mut count, mut sum) = (0, 0);
    let mut items = pin!(readings(file.path()));
    let error = loop {
        match items.try_next().await {
            Ok(Some(reading)) => (count, sum) = (count + 1, sum + reading.celsius),
            Ok(None) => panic!("the bad line was not seen"),
            Err(error) => break error,
        }
    };
    assert!(items.try_next().await?.is_none());

    assert_eq!((count, sum / count), (100_000, 19));
    println!("{count} readings, {} degrees on average", sum / count);
    assert_eq!(error.to_string(), "missing field `celsius` at line 1 column 18");
    println!("then an error: {error}");
    Ok(())
}
