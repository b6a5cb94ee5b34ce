//! A client of server-sent events, as the HTML standard describes it.

use std::mem::take;
use std::time::Duration;

use bytes::Bytes;
use gen_runtime::prelude::*;
use reqwest::{Client, Response, StatusCode, header};
use tokio::time::sleep;

#[derive(Debug, PartialEq)]
pub struct Event {
    pub name: String,
    pub data: String,
    /// The last id that the server gave, to this event or before it.
    pub id: String,
}

/// What outlives a connection.
#[derive(Debug, PartialEq)]
pub struct Session {
    pub last_id: String,
    pub retry: Duration,
}

impl Default for Session {
    fn default() -> Self {
        Self { last_id: String::new(), retry: Duration::from_secs(3) }
    }
}

/// Yields the events at `url`; when the connection ends, connects again and says where it stood. It ends
/// when the server has no more, and fails if the server cannot be reached or refuses.
#[async_generator]
pub async fn subscribe(client: &Client, url: &str) -> reqwest::Result<Event> {
    let mut session = Session::default();
    loop {
        let request = client.get(url).header(header::ACCEPT, "text/event-stream");
        let request = request.header("last-event-id", &session.last_id);
        let response = request.send().await?.error_for_status()?;
        if response.status() == StatusCode::NO_CONTENT {
            return;
        }
        #[for_await]
        for event in events(chunks(response), &mut session) {
            let Ok(event) = event else { break };
            yield_!(Ok(event));
        }
        sleep(session.retry).await;
    }
}

#[async_generator]
async fn chunks(mut response: Response) -> reqwest::Result<Bytes> {
    while let Some(chunk) = response.chunk().await? {
        yield_!(Ok(chunk));
    }
}

/// Yields the lines, which end with CR, LF, or both. What is cut off at the end is no line.
#[async_generator]
async fn lines<E>(chunks: impl AsyncGenerator<Yield = Result<Bytes, E>>) -> Result<String, E> {
    let (mut line, mut previous) = (Vec::new(), 0);
    #[for_await]
    for chunk in chunks {
        for byte in chunk? {
            match byte {
                b'\n' if previous == b'\r' => {}
                b'\r' | b'\n' => {
                    yield_!(Ok(String::from_utf8_lossy(&take(&mut line)).into_owned()));
                }
                _ => line.push(byte),
            }
            previous = byte;
        }
    }
}

/// Yields the events of a body, and keeps in `session` what the next connection must know.
#[async_generator]
pub async fn events<E>(
    chunks: impl AsyncGenerator<Yield = Result<Bytes, E>>,
    session: &mut Session,
) -> Result<Event, E> {
    let (mut name, mut data, mut id) = (String::new(), String::new(), session.last_id.clone());
    let mut bom = Some('\u{feff}');
    #[for_await]
    for line in lines(chunks) {
        let line = line?;
        let line = bom.take().and_then(|bom| line.strip_prefix(bom)).unwrap_or(&line);
        if line.is_empty() {
            session.last_id.clone_from(&id);
            let name = Some(take(&mut name)).filter(|name| !name.is_empty());
            if let Some(data) = take(&mut data).strip_suffix('\n') {
                let name = name.unwrap_or_else(|| "message".to_owned());
                yield_!(Ok(Event { name, data: data.to_owned(), id: id.clone() }));
            }
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut name),
            "data" => data.extend([value, "\n"]),
            "id" if !value.contains('\0') => value.clone_into(&mut id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                session.retry = value.parse().map_or(session.retry, Duration::from_millis);
            }
            // A comment has no name, and other fields mean nothing.
            _ => {}
        }
    }
}
