//! Streams the rows of a table inside a transaction that ends with the stream: committed after the last
//! row, rolled back otherwise. However many rows there are, memory holds a few of them.
//!
//! `cargo run --example cursor`, with `SQLite`, which is compiled in, or with `PostgreSQL`:
//! `DATABASE_URL=postgres://user:password@host/database cargo run --example cursor`

use std::env;
use std::error::Error;
use std::pin::pin;

use futures::{StreamExt as _, TryStreamExt as _};
use gen_runtime::prelude::*;
use peak_alloc::PeakAlloc;
use sqlx::any::{AnyPoolOptions, AnyRow, install_default_drivers};
use sqlx::{AnyPool, Row as _};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const ROWS: i64 = 100_000;

/// Yields the rows that `sql` selects, in one transaction with the note that they were exported.
#[async_generator]
async fn export(pool: &AnyPool, sql: &str) -> sqlx::Result<AnyRow> {
    let mut transaction = pool.begin().await?;
    let mut complete = false;
    defer! {
        let ended = if complete { transaction.commit().await } else { transaction.rollback().await };
        match ended {
            Ok(()) => println!("  {}", if complete { "committed" } else { "rolled back" }),
            Err(error) => eprintln!("the transaction did not end well: {error}"),
        }
    }
    sqlx::query("INSERT INTO exports VALUES ('all')").execute(&mut *transaction).await?;
    let mut rows = sqlx::query(sql).fetch(&mut *transaction);
    while let Some(row) = rows.try_next().await? {
        yield_!(Ok(row));
    }
    complete = true;
}

/// Makes the tables, for this connection only. `SQLite` has a file for them.
async fn fill(pool: &AnyPool) -> sqlx::Result<()> {
    let numbers = format!(
        "WITH RECURSIVE numbers(id) AS \
         (SELECT 1 UNION ALL SELECT id + 1 FROM numbers WHERE id < {ROWS})"
    );
    for sql in [
        "CREATE TEMPORARY TABLE exports (what TEXT)",
        "CREATE TEMPORARY TABLE readings (id BIGINT PRIMARY KEY, note TEXT)",
        &format!(
            "INSERT INTO readings {numbers} SELECT id, 'the note of reading ' || id FROM numbers"
        ),
    ] {
        sqlx::query(sql).execute(pool).await?;
    }
    Ok(())
}

/// How many exports are on record. The pool has one connection, so a transaction that was left open
/// would have it still.
async fn exports(pool: &AnyPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM exports").fetch_one(pool).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    install_default_drivers();
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await?;
    fill(&pool).await?;
    let sql = "SELECT id, note FROM readings ORDER BY id";

    println!("closed after 3 rows:");
    let mut rows = pin!(export(&pool, sql));
    let ids = rows.by_ref().take(3).map(|row| row?.try_get::<i64, _>("id"));
    assert_eq!(ids.try_collect::<Vec<_>>().await?, [1, 2, 3]);
    rows.close().await;
    assert_eq!(exports(&pool).await?, 0);

    println!("to the end:");
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let (mut count, mut bytes) = (0, 0);
    for_await!(row in export(&pool, sql) {
        let row = row?;
        count += 1;
        assert_eq!(row.try_get::<i64, _>("id")?, count);
        bytes += row.try_get::<&str, _>("note")?.len();
    });
    let held = MEMORY.peak_usage() - before;
    assert_eq!((count, exports(&pool).await?), (ROWS, 1));
    assert!(bytes > 2_000_000, "{bytes}");
    assert!(held < 64_000, "{held}");
    println!("  {count} rows of {bytes} bytes, at most 64 kB of them at once");

    println!("failed in the middle:");
    // The smallest number has no absolute value, in either database.
    let sql = "SELECT abs(CASE WHEN id < 5 THEN id ELSE -9223372036854775807 - 1 END) AS id FROM readings";
    let mut rows = pin!(export(&pool, sql));
    let mut good = 0;
    while let Some(Ok(_)) = rows.next().await {
        good += 1;
    }
    assert_eq!(good, 4);
    println!("  after {good} rows");
    assert_eq!(exports(&pool).await?, 1);
    Ok(())
}
