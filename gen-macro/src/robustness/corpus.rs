#[async_generator]
async fn count(limit: u32) -> u32 { for n in 0..limit { yield_!(n); } }
//---
#[async_generator]
async fn nothing() {}
//---
#[async_generator]
async fn ticks() { loop { tick().await; yield_!(); } }
//---
#[async_generator]
async fn patterns((a, mut b): (u32, u32), _: &str, [c, ..]: [u32; 3]) -> u32 { b += a; yield_!(b + c); }
//---
#[async_generator]
async fn borrowed<'a>(text: &'a str, by: char) -> &'a str { for word in text.split(by) { yield_!(word); } }
//---
#[async_generator]
async fn generic<T: Clone, const N: usize>(items: [T; N]) -> T where T: Send { for item in &items { yield_!(item.clone()); } }
//---
#[async_generator]
pub(crate) async fn parsed(text: &str) -> Result<u32, std::num::ParseIntError> { for word in text.split(',') { if word.is_empty() { return; } yield_!(Ok(word.parse()?)); } Ok(()) }
//---
#[async_generator(fallible)]
async fn aliased() -> Fallible<u32> { yield_!(Ok(1)); return Err(failed()); }
//---
#[async_generator(send = u32)]
async fn echo() -> u32 { let mut heard = 0; loop { heard = yield_!(heard); } }
//---
#[async_generator(send = Option<String>, throw = std::io::Error)]
async fn asked(name: String) -> String { match yield_!(name) { Ok(Some(next)) => { let _ = yield_!(next); } Ok(None) => return, Err(error) => println!("{error}"), } }
//---
#[async_generator(boxed)]
async fn tree(&self, depth: u32) -> u32 { yield_!(depth); if depth > 0 { yield_from!(self.tree(depth - 1)); } }
//---
#[async_generator(boxed(local), crate = "crate::runtime")]
async fn local(shared: Rc<u32>) -> u32 { yield_!(*shared); }
//---
#[async_generator]
async fn guarded(path: &Path) -> Vec<u8> { let mut file = open(path).await; defer! { file.close().await; } while let Some(chunk) = file.read().await { yield_!(chunk); } }
//---
#[async_generator]
async fn nested_guards() -> u32 { defer! { a().await; } { defer! { b().await; } yield_!(1); } defer! { c().await; } yield_!(2); }
//---
#[async_generator]
async fn jumps() -> u32 { 'outer: for i in 0..9 { defer! { left(i).await; } for j in 0..9 { if j == i { continue 'outer; } if i == 5 { break 'outer; } yield_!(i * j); } } }
//---
#[async_generator]
async fn valued() -> u32 { let found = loop { defer! { done().await; } match next().await { Some(n) => break n, None => continue } }; yield_!(found); }
//---
#[async_generator]
async fn looped(source: impl Stream<Item = u32>) -> u32 { #[for_await] for n in source { if n == 3 { break; } yield_!(n); } }
//---
#[async_generator]
async fn labelled(rows: Rows) -> Cell { #[for_await] 'rows: for row in rows { #[for_await] for cell in row.cells() { if cell.is_last() { continue 'rows; } yield_!(cell); } } }
//---
#[async_generator]
async fn delegated() -> u32 { yield_from!(inner()); yield_from!(futures::stream::iter([1, 2])); }
//---
#[async_generator]
async fn selected(mut events: Receiver<u32>) -> u32 { loop { tokio::select! { Some(event) = events.recv() => { yield_!(event); } _ = timeout() => return, else => break, } } }
//---
#[async_generator]
async fn printed() -> u32 { println!("{:?}", yield_!(1)); let all = vec![yield_!(2), yield_!(3)]; assert!(matches!(yield_!(4), ())); drop(all); }
//---
#[async_generator]
async fn tried() -> u32 { let found: Result<u32, Error> = async { let n = first().await?; yield_!(n); defer! { log().await; } Ok(n) }.await; if let Ok(n) = found { yield_!(n); } }
//---
#[async_generator]
async fn closures() -> u32 { let double = |n: u32| 2 * n; let later = async move { double(2) }; yield_!(double(1)); yield_!(later.await); }
//---
#[async_generator]
async fn items() -> u32 { const ONE: u32 = 1; fn two() -> u32 { 2 } struct Three; impl Three { fn get(&self) -> u32 { 3 } } yield_!(ONE); yield_!(two()); yield_!(Three.get()); }
//---
#[async_generator]
#[tracing::instrument]
/// Documented.
async unsafe fn attributed(#[allow(unused)] n: u32) -> u32 { #[allow(unused_variables)] let x = 1; #[cfg(test)] yield_!(n); }
//---
#[async_generator]
async fn matched(state: State) -> u32 { match state { State::A { n, .. } if n > 3 => yield_!(n), State::B(n @ 1..=5) | State::C(n) => { yield_!(n) } _ => {} } }
//---
#[async_generator]
async fn awaited(urls: Vec<Url>) -> Page { for url in urls { yield_!(fetch(&url).await); yield_!({ let page = fetch(&url).await; page.next().await }); } }
//---
#[async_generator]
async fn streams() -> u32 { let inner = stream! { yield 1; for await n in more() { yield n; } }; yield_from!(inner); let doubled = stream_of![2 * x for await x in more() if x > 1]; yield_from!(doubled); }
//---
#[async_generator]
async fn unsafely(pointer: *const u32) -> u32 { yield_!(unsafe { *pointer }); let Some(n) = next().await else { return }; yield_!(n as u32 + u32::from(b'a')); }
//---
#[async_generator]
async fn lifetimes<'a, F>(&'a mut self, f: F) -> impl Display + 'a where F: Fn(&str) -> String + Send + 'a { while let Some(line) = self.lines.next_line().await { yield_!(f(&line)); } }
//---
#[async_generator]
async fn raw(r#type: &str) -> &'static [u8] { yield_!(b"bytes\x00"); yield_!(br#"raw "quoted""#); let _ = 'c'; let _ = 1.5e-3f64; if r#type.len() > 3 { return } }
