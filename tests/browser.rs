//! The page of examples/sse.rs in a real browser, headless.
//!
//! It needs chromium (or what the variable `CHROMIUM` names), so `cargo test` ignores it and `.ci/run`
//! does not: `cargo build --examples && cargo test --test browser -- --ignored`.

use std::{
    env,
    process::{Command, Stdio},
};

use serving::Serving;

#[path = "browser/serving.rs"]
mod serving;

/// The document that the browser has when its page is done, without its script.
fn shown(url: &str) -> String {
    let browser = env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
    let profile = tempfile::tempdir().expect("a directory for the browser");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        // The time of the page, which stands still while the network is waited for: what the page does
        // between two answers takes no more than a few ms of it.
        .arg("--virtual-time-budget=10000")
        .arg("--dump-dom")
        .arg(url)
        // What it says of the machine it is on.
        .stderr(Stdio::null())
        .output()
        .expect("the browser starts");
    assert!(output.status.success(), "{}", output.status);
    let page = String::from_utf8(output.stdout).expect("the page is UTF-8");
    page.split("<script>").next().unwrap_or_default().to_owned()
}

/// The points of the plot.
fn plotted(page: &str) -> Vec<(f64, f64)> {
    let (_, points) = page.split_once("points=\"").expect("there is a plot");
    let (points, _) = points.split_once('"').expect("the attribute ends");
    let point = |point: &str| {
        let (x, y) = point.split_once(',').expect("a point has two coordinates");
        (x.parse().expect("a number"), y.parse().expect("a number"))
    };
    points.split_whitespace().map(point).collect()
}

#[track_caller]
fn assert_is_the_wave(points: &[(f64, f64)], count: u32) {
    assert_eq!(points.len(), count as usize);
    for (n, (x, y)) in (0..count).map(f64::from).zip(points) {
        assert!((x - n).abs() < 1e-9, "{x} at {n}");
        assert!((y + 20.0 * ((n + 1.0) / 5.0).sin()).abs() < 1e-9, "{y} at {n}");
    }
}

#[test]
#[ignore = "needs chromium; `.ci/run` runs it"]
fn the_page_plots_the_live_feed_and_the_server_cleans_up_when_it_stops() {
    let mut server = Serving::start();
    let page = shown(&format!("{}?stop=40", server.url));
    assert!(page.contains("40 samples, the last one is 40, stopped"), "{page}");
    assert_is_the_wave(&plotted(&page), 40);
    assert_eq!(server.line(), "client 1 came");
    assert_eq!(server.line(), "client 1 went");
}

#[test]
#[ignore = "needs chromium; `.ci/run` runs it"]
fn the_browser_comes_back_for_the_rest_of_a_feed_that_breaks_off() {
    let mut server = Serving::start();
    let page = shown(&format!("{}?feed=/recording/3", server.url));
    assert!(page.contains("7 samples, the last one is 7, reconnecting, ended"), "{page}");
    assert_is_the_wave(&plotted(&page), 7);
    for client in 1..=3 {
        assert_eq!(server.line(), format!("client {client} came"));
        assert_eq!(server.line(), format!("client {client} went"));
    }
}
