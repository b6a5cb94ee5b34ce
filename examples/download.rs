//! Downloads a file in chunks, with a progress bar, and checks its size and hash. Stopped half-way, it
//! leaves neither a connection nor half a file behind.
//!
//! `cargo run --example download`

use std::error::Error;
use std::io;
use std::path::Path;
use std::pin::pin;

use futures::TryStreamExt as _;
use gen_runtime::prelude::*;
use indicatif::ProgressBar;
use reqwest::{Client, header};
use sha2::{Digest as _, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

use server::Server;

#[path = "download/server.rs"]
mod server;

type Failure = Box<dyn Error + Send + Sync>;

/// How far a download is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Progress {
    done: u64,
    of: u64,
}

/// Downloads file `name` of the server to `path`, and yields its progress after each chunk. The file is there when the
/// download is complete, and of the announced size and hash; otherwise it is not.
#[async_generator]
async fn download(
    client: &Client,
    base: &str,
    name: &str,
    path: &Path,
) -> Result<Progress, Failure> {
    let mut response = client.get(format!("{base}/{name}")).send().await?.error_for_status()?;
    let of = response.content_length().ok_or("no size is announced")?;
    let etag = response.headers().get(header::ETAG).ok_or("no hash is announced")?.clone();

    let part = path.with_extension("part");
    let mut file = File::create(&part).await?;
    let mut complete = false;
    defer! {
        // What is not read to its end cannot be used for another request: this closes the connection.
        drop(response);
        let moved = if complete { fs::rename(&part, path).await } else { fs::remove_file(&part).await };
        moved.unwrap_or_else(|error| eprintln!("{}: {error}", part.display()));
    }

    let mut hash = Sha256::new();
    let mut done = 0;
    while let Some(chunk) = response.chunk().await? {
        file.write_all(&chunk).await?;
        hash.update(&chunk);
        done += chunk.len() as u64;
        if done == of {
            file.flush().await?;
            if etag != format!("\"{:x}\"", hash.finalize_reset()) {
                Err("the hash is not what was announced")?;
            }
            complete = true;
        }
        yield_!(Ok(Progress { done, of }));
    }
    if !complete {
        Err(io::Error::from(io::ErrorKind::UnexpectedEof))?;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let (mut server, base) = Server::start().await?;
    let client = Client::builder().no_proxy().build()?;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("file");
    let names = || -> io::Result<Vec<_>> {
        std::fs::read_dir(directory.path())?.map(|entry| Ok(entry?.file_name())).collect()
    };

    // Stopped half-way: `close` waits until the part is removed.
    let mut progress = pin!(download(&client, &base, "stalled", &path));
    while let Some(Progress { done, of }) = progress.try_next().await? {
        if 2 * done >= of {
            break;
        }
    }
    assert_eq!(names()?, ["file.part"]);
    progress.close().await;
    assert!(names()?.is_empty());
    println!("stopped half-way: {} files left", names()?.len());
    println!("the server: {}", server.next_report().await);

    // To the end. The bar is drawn on a terminal only.
    let bar = ProgressBar::new(0);
    for_await!(progress in download(&client, &base, "file", &path) {
        let Progress { done, of } = progress?;
        bar.set_length(of);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    assert_eq!(names()?, ["file"]);
    assert_eq!(fs::read(&path).await?, server::content());
    println!("complete: {} bytes, and their hash is right", fs::metadata(&path).await?.len());
    println!("the server: {}", server.next_report().await);

    // Changed on its way: the error is the last item, and the file is not there.
    fs::remove_file(&path).await?;
    let changed = download(&client, &base, "changed", &path);
    let error = changed.try_for_each(async |_| Ok(())).await.unwrap_err();
    println!("changed: {error}, {} files left", names()?.len());
    Ok(())
}
