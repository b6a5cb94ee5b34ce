//! Generators as response bodies and server-sent events.

use std::{convert::Infallible, io};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
    response::{
        Response,
        sse::{Event, Sse},
    },
    routing::get,
};
use futures::{Stream, StreamExt as _};
use gen_runtime::{prelude::*, stages};
use tokio::task;
use tower::ServiceExt as _;

use crate::{Open, counted};

async fn response(router: Router) -> Response {
    router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_generator_is_a_response_body() {
    #[async_generator]
    async fn lines(names: Vec<&'static str>) -> io::Result<String> {
        for name in names {
            task::yield_now().await;
            yield_!(Ok(format!("hello {name}\n")));
        }
    }
    async fn hello() -> Body {
        Body::from_stream(lines(vec!["Ada", "Grace"]))
    }
    let response = response(Router::new().route("/", get(hello))).await;
    assert_eq!(text(response).await, "hello Ada\nhello Grace\n");
}

#[tokio::test]
async fn an_error_cuts_the_body_short() {
    #[async_generator]
    async fn broken() -> io::Result<&'static str> {
        yield_!(Ok("start"));
        Err(io::Error::other("the disk is gone"))?;
    }
    let body = Body::from_stream(broken());
    let error = to_bytes(body, usize::MAX).await.unwrap_err();
    assert!(format!("{error:?}").contains("the disk is gone"));
}

#[tokio::test]
async fn a_generator_is_server_sent_events() {
    async fn events() -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
        let numbers = stages::enumerate(counted(Open::default(), 2), 7);
        Sse::new(stages::map(numbers, |(id, n)| {
            Ok(Event::default().id(id.to_string()).data(format!("n = {n}")))
        }))
    }
    let response = response(Router::new().route("/", get(events))).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(text(response).await, "id: 7\ndata: n = 1\n\nid: 8\ndata: n = 2\n\n");
}

#[tokio::test]
async fn a_body_dropped_by_the_server_is_closed() {
    let open = Open::default();
    let rows = counted(open.clone(), 9).close_on_drop_tokio();
    let body = Body::from_stream(rows.map(|n| Ok::<_, Infallible>(n.to_string())));
    let mut frames = body.into_data_stream();
    assert_eq!(frames.next().await.unwrap().unwrap(), "1");
    assert_eq!(open.now(), 1);
    drop(frames);
    while open.now() > 0 {
        task::yield_now().await;
    }
}
