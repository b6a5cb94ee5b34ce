//! The examples succeed and print what they promise.
//!
//! `cargo test` builds them beside the tests. Where it is told to run this test alone (`--test
//! examples`), build them first: `cargo build --examples`.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::{Command, Output},
};

use serving::{Serving, built_example};

#[path = "browser/serving.rs"]
mod serving;

#[track_caller]
fn assert_prints(name: &str, expected: &[&str]) {
    let Output { status, stdout, stderr } =
        Command::new(built_example(name)).output().expect("the example starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{status}\n{stdout}{stderr}");
    assert_eq!(stdout.lines().collect::<Vec<_>>(), expected);
    // No terminal, no progress bar.
    assert_eq!(stderr, "");
}

#[test]
fn pages_fetches_what_is_consumed_and_no_more() {
    assert_prints(
        "pages",
        &[
            "took 5 records: 1 page fetched, 1 session open",
            "closed early: 1 page fetched, 0 sessions open",
            "streamed 5000 records: 50 pages fetched, at most 100 records held at once",
            "past the end: 404 Not Found, 0 sessions open",
        ],
    );
}

#[test]
fn ticker_is_steered_by_its_consumer() {
    assert_prints(
        "ticker",
        &[
            "tick at 100ms",
            "tick at 200ms",
            "sent a period of 30ms: tick at 230ms",
            "waited 10ms in vain, then again: tick at 260ms",
            "closed after 4 ticks",
        ],
    );
}

#[test]
fn line_reader_stops_at_the_first_bad_line() {
    assert_prints(
        "line_reader",
        &[
            "100000 readings, 19 degrees on average",
            "then an error: missing field `celsius` at line 1 column 18",
        ],
    );
}

#[test]
fn events_batches_them_and_ends_its_subscription() {
    assert_prints(
        "events",
        &[
            "Ada Lovelace: in, Grace Hopper: in",
            "Ada Lovelace: out, Alan Turing: in",
            "unsubscribed after 7 lines",
            "Grace Hopper: out",
            "2 events, enough",
            "unsubscribed after 3 lines",
            "left the loop",
            "unsubscribed after 3 lines",
            "failed: NotFound",
        ],
    );
}

#[test]
fn tuner_steers_its_producer() {
    assert_prints(
        "tuner",
        &[
            "  0:  4 samples, quiet: look at 8",
            "  4:  8 samples, quiet: look at 16",
            " 12: 16 samples, as they are",
            " 28: 16 samples, as they are",
            " 44: 16 samples, busy: look at 8",
            " 60:  8 samples, busy: look at 4",
            " 68:  4 samples, a gap: skip to 80",
            " 80:  4 samples, quiet: look at 8",
            " 84:  8 samples, quiet: look at 16",
            " 92: 16 samples, as they are",
            "108: enough",
            "closed: 116 samples read",
        ],
    );
}

#[test]
fn merge_closes_all_sources_when_closed_or_at_the_first_error() {
    assert_prints(
        "merge",
        &[
            "an error is an item like any other:",
            "  70 fast 1",
            " 110 faulty 1",
            " 140 fast 2",
            " 210 fast 3",
            " 220 faulty 2",
            " 250 slow 1",
            " 280 fast 4",
            "  faulty is off",
            " 330 faulty is broken",
            " 350 fast 5",
            "  fast is off",
            "  slow is off",
            " 600 closed",
            "the first error ends them all:",
            " 670 fast 1",
            " 710 faulty 1",
            " 740 fast 2",
            " 810 fast 3",
            " 820 faulty 2",
            " 850 slow 1",
            " 880 fast 4",
            "  faulty is off",
            "  fast is off",
            "  slow is off",
            "1180 faulty is broken",
        ],
    );
}

#[test]
fn llm_streams_tokens_and_cancels() {
    assert_prints(
        "llm",
        &[
            "Grüße, 世",
            "the server: answered to the end",
            "again and again and again and ",
            "the server: cancelled, the model is free",
            "no prompt: refused",
        ],
    );
}

#[test]
fn download_leaves_a_whole_file_or_none() {
    assert_prints(
        "download",
        &[
            "stopped half-way: 0 files left",
            "the server: cut off by the client",
            "complete: 1048576 bytes, and their hash is right",
            "the server: sent to the end",
            "changed: the hash is not what was announced, 0 files left",
        ],
    );
}

#[test]
fn cursor_ends_its_transaction_with_the_stream() {
    assert_prints(
        "cursor",
        &[
            "closed after 3 rows:",
            "  rolled back",
            "to the end:",
            "  committed",
            "  100000 rows of 2488895 bytes, at most 64 kB of them at once",
            "failed in the middle:",
            "  rolled back",
            "  after 4 rows",
        ],
    );
}

#[test]
fn sse_parses_comes_back_and_cleans_up() {
    assert_prints(
        "sse",
        &[
            "parsed 3 events, however they were cut",
            "received 7 samples of a recording",
            "  client 1 came",
            "  client 1 went",
            "  client 2 came",
            "  client 2 went",
            "  client 3 came",
            "  client 3 went",
            "received a sample of 4 lines",
            "  client 4 came",
            "  client 4 went",
        ],
    );
}

/// The client is cut off inside of an event: what it has read ends in the middle of a line.
#[test]
fn sse_cleans_up_after_a_client_that_is_cut_off_in_the_middle() {
    let mut server = Serving::start();
    let address = server.url.trim_start_matches("http://").trim_end_matches('/');
    let mut client = TcpStream::connect(address).expect("the server listens");
    client.write_all(b"GET /samples HTTP/1.1\r\nhost: loopback\r\n\r\n").expect("it reads");
    let mut body = String::new();
    while !body.ends_with("\ndata:") {
        let mut byte = [0];
        client.read_exact(&mut byte).expect("the feed has no end");
        body.push(char::from(byte[0]));
    }
    assert_eq!(server.line(), "client 1 came");
    drop(client);
    assert_eq!(server.line(), "client 1 went");
}
