//! A consumer that steers its producer: it sends window sizes, throws to skip a gap, and closes.
//!
//! `cargo run --example tuner`

use std::error::Error;
use std::io::{self, SeekFrom};
use std::path::Path;
use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, BufReader};

/// Thrown into the producer: the samples up to this one are of no use.
struct SkipTo(u64);

struct Window {
    start: u64,
    samples: Vec<u8>,
}

impl Window {
    /// How far the samples are apart.
    fn spread(&self) -> u8 {
        let (low, high) = (self.samples.iter().min(), self.samples.iter().max());
        high.zip(low).map_or(0, |(high, low)| high - low)
    }

    fn is_a_gap(&self) -> bool {
        self.samples.iter().all(|sample| *sample == 0)
    }
}

/// Yields the samples of a recording, one window after another. A window has the size that was last
/// sent, 4 at first.
#[async_generator(send = Option<usize>, throw = SkipTo)]
async fn windows(path: &Path) -> io::Result<Window> {
    let mut recording = BufReader::new(File::open(path).await?);
    let (mut start, mut size, mut read) = (0, 4, 0);
    defer! { println!("closed: {read} samples read"); }
    loop {
        let mut samples = vec![0; size];
        if let Err(error) = recording.read_exact(&mut samples).await {
            if error.kind() == io::ErrorKind::UnexpectedEof {
                return;
            }
            Err(error)?;
        }
        read += size;
        match yield_!(Ok(Window { start, samples })) {
            Ok(sent) => {
                start += size as u64;
                size = sent.unwrap_or(size);
            }
            Err(SkipTo(sample)) => start = recording.seek(SeekFrom::Start(sample)).await?,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("recording");
    fs::write(&path, recording()).await?;

    let mut windows = pin!(windows(&path));
    let mut next = windows.next().await;
    let mut log = Vec::new();
    while let Some(window) = next.transpose()? {
        let (start, size, spread) = (window.start, window.samples.len(), window.spread());
        log.push((start, size));
        if start >= 96 {
            println!("{start:3}: enough");
            break;
        }
        next = if window.is_a_gap() {
            println!("{start:3}: {size:2} samples, a gap: skip to 80");
            windows.throw(SkipTo(80)).await?
        } else if spread < 4 && size < 16 {
            println!("{start:3}: {size:2} samples, quiet: look at {}", 2 * size);
            windows.send(Some(2 * size)).await?
        } else if spread > 40 {
            println!("{start:3}: {size:2} samples, busy: look at {}", size / 2);
            windows.send(Some(size / 2)).await?
        } else {
            println!("{start:3}: {size:2} samples, as they are");
            windows.next().await
        };
    }
    windows.close().await;
    // Adapted to what it found, and looked at nothing twice.
    let sizes: Vec<_> = log.iter().map(|(_, size)| *size).collect();
    assert_eq!(sizes, [4, 8, 16, 16, 16, 8, 4, 4, 8, 16, 16]);
    assert!(log.is_sorted());
    Ok(())
}

/// 48 quiet samples, a burst of 16, a gap of 16, and quiet again.
fn recording() -> Vec<u8> {
    let quiet = |n: u8| 100 + n % 2;
    let burst = |n: u8| if n % 2 == 0 { 10 } else { 240 };
    (0..128)
        .map(|n| match n {
            48..64 => burst(n),
            64..80 => 0,
            _ => quiet(n),
        })
        .collect()
}
