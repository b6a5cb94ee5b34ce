//! Examples as running programs.

use std::{
    env,
    io::{BufRead as _, BufReader, Lines},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

/// Where cargo puts an example: this test is `<profile>/deps/<test>-<hash>`.
pub fn built_example(name: &str) -> PathBuf {
    let test = env::current_exe().expect("the path of this test");
    let profile = test.ancestors().nth(2).expect("the profile's directory");
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let example = profile.join("examples").join(file);
    assert!(example.exists(), "{} is missing: run `cargo build --examples`", example.display());
    example
}

/// `sse serve`: a server that says which clients come and go.
pub struct Serving {
    server: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// `http://127.0.0.1:<port>/`
    pub url: String,
}

impl Serving {
    pub fn start() -> Self {
        let mut server = Command::new(built_example("sse"))
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
        let mut serving = Self { server, lines, url: String::new() };
        serving.url = serving.line();
        serving
    }

    /// Waits for what the server says next.
    pub fn line(&mut self) -> String {
        self.lines.next().expect("the server runs").expect("it speaks UTF-8")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has no other end.
        self.server.kill().expect("it runs");
        self.server.wait().expect("it was started here");
    }
}
