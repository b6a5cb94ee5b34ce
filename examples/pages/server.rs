//! The HTTP API that `pages` reads, and what it knows of its clients.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub const PAGES: usize = 50;
pub const PAGE_SIZE: usize = 100;

/// A server that counts.
#[derive(Default)]
pub struct Server {
    pages_sent: usize,
    sessions: BTreeSet<usize>,
}

type Shared = Arc<Mutex<Server>>;

impl Server {
    /// Starts a server on a free port of loopback, and gives its address.
    pub async fn start() -> io::Result<(Shared, String)> {
        let server = Shared::default();
        let app = Router::new()
            .route("/sessions", post(open_session))
            .route("/sessions/{id}", delete(close_session))
            .route("/sessions/{id}/pages/{number}", get(page))
            .with_state(Arc::clone(&server));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        tokio::spawn(axum::serve(listener, app).into_future());
        Ok((server, base))
    }

    /// How many pages were sent, and how many sessions are open.
    pub fn counts(&self) -> (usize, usize) {
        (self.pages_sent, self.sessions.len())
    }
}

async fn open_session(State(server): State<Shared>) -> Json<usize> {
    let sessions = &mut server.lock().unwrap().sessions;
    let id = sessions.last().map_or(1, |last| last + 1);
    sessions.insert(id);
    Json(id)
}

async fn close_session(State(server): State<Shared>, Path(id): Path<usize>) {
    server.lock().unwrap().sessions.remove(&id);
}

/// Gives the names of a page's records, and the number of the next page, if there is one.
async fn page(
    State(server): State<Shared>,
    Path((id, number)): Path<(usize, usize)>,
) -> Result<Json<Value>, StatusCode> {
    let mut server = server.lock().unwrap();
    if number >= PAGES || !server.sessions.contains(&id) {
        return Err(StatusCode::NOT_FOUND);
    }
    server.pages_sent += 1;
    let ids = number * PAGE_SIZE..(number + 1) * PAGE_SIZE;
    let records: Vec<_> = ids.map(|id| json!({ "name": format!("record {id}") })).collect();
    let next = (number + 1 < PAGES).then_some(number + 1);
    Ok(Json(json!({ "records": records, "next": next })))
}
