//! What a generator borrows is changed while that is there.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;

struct Table {
    rows: Vec<u32>,
}

impl Table {
    #[async_generator]
    async fn above(&mut self, least: &u32) -> &u32 {
        for row in &self.rows {
            if row > least {
                yield_!(row);
            }
        }
    }
}

#[async_generator]
async fn mapped<T>(rows: &[T], map: impl Fn(&T) -> u32) -> u32 {
    for row in rows {
        yield_!(map(row));
    }
}

async fn changed() {
    let mut rows = vec![1, 2];
    let mut all = pin!(mapped(&rows, |row| row + 1));
    rows.push(3);
    all.next().await;
}

async fn moved() {
    let least = 1;
    let table = &mut Table { rows: vec![1, 2] };
    let mut above = pin!(table.above(&least));
    table.rows.clear();
    above.next().await;
}

async fn dropped() {
    let mut table = Table { rows: vec![1, 2] };
    let mut above = {
        let least = 1;
        Box::pin(table.above(&least))
    };
    above.next().await;
}

fn main() {}
