use std::{future::Future, pin::Pin, sync::Mutex};

use gen_runtime::prelude::*;

type Later = Pin<Box<dyn Future<Output = i64> + Send>>;

static LATER: Mutex<Option<Later>> = Mutex::new(None);

macro_rules! yield_it {
    ($item:expr) => {
        yield_!($item)
    };
}

/// Takes what it is given out of the generator.
macro_rules! vec {
    ($given:expr) => {
        *LATER.lock().unwrap() = Some(Box::pin(async move { $given }))
    };
}

async fn number() -> i64 {
    1
}

#[async_generator]
async fn carried_off() -> String {
    vec![async {
        yield_it!(String::from("dangling"));
        number().await
    }
    .await];
    yield_!(String::from("first"));
}

#[async_generator]
async fn carried_off_beside_select() -> String {
    tokio::select! { _ = number() => {} }
    vec![async {
        yield_it!(String::from("dangling"));
        number().await
    }
    .await];
    yield_!(String::from("first"));
}

fn main() {}
