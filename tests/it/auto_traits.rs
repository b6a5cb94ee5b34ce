//! `Send` exactly when what is held across a suspension point is, and never `Unpin`.

use std::{
    cell::{Cell, RefCell},
    marker::PhantomData,
    rc::Rc,
};

use gen_runtime::{BoxGenerator, LocalBoxGenerator, prelude::*};

use crate::support::{items, tick};

/// Says whether the type of a value implements a trait.
macro_rules! implements {
    ($value:expr, $bound:path) => {{
        struct Probe<T>(PhantomData<T>);
        #[allow(dead_code, reason = "not used where the bound holds")]
        trait Otherwise {
            fn implements(&self) -> bool {
                false
            }
        }
        impl<T> Otherwise for Probe<T> {}
        // Wins where its bound holds, as it is inherent.
        #[allow(dead_code, reason = "not used where the bound does not hold")]
        impl<T: $bound> Probe<T> {
            fn implements(&self) -> bool {
                true
            }
        }
        fn probe<T>(_: &T) -> Probe<T> {
            Probe(PhantomData)
        }
        probe(&$value).implements()
    }};
}

#[test]
fn the_probe_tells_apart() {
    assert!(implements!(1, Send));
    assert!(!implements!(Rc::new(1), Send));
    assert!(!implements!(Cell::new(1), Sync));
}

#[async_generator]
async fn plain(text: String) -> String {
    tick().await;
    yield_!(text.clone());
    println!("{:?}", yield_!(text));
}

#[test]
fn generator_of_sendable_things_is_send() {
    assert!(implements!(plain(String::new()), Send));
}

#[async_generator]
async fn joins(text: String) -> Rc<u8> {
    tokio::join!(tick(), tick());
    yield_!(Rc::new(1));
    drop(text);
}

#[async_generator]
async fn over_a_join(shared: Rc<u8>) -> u8 {
    tokio::join!(tick(), tick());
    yield_!(*shared);
}

#[test]
fn a_body_that_joins_is_send_if_what_it_holds_is() {
    assert!(implements!(joins(String::new()), Send));
    assert!(implements!(joins(String::new()), Sync));
    assert!(!implements!(over_a_join(Rc::new(1)), Send));
    assert_eq!(items(joins(String::new())), [Rc::new(1)]);
}

#[async_generator]
async fn over_a_yield(shared: Rc<u8>) -> u8 {
    yield_!(1);
    drop(shared);
}

#[async_generator]
async fn over_an_await() -> u8 {
    let shared = Rc::new(1);
    tick().await;
    yield_!(*shared);
}

#[async_generator]
async fn over_neither() -> u8 {
    let n = *Rc::new(1);
    yield_!(n);
    {
        let shared = Rc::new(2);
        let _used = Rc::clone(&shared);
    }
    tick().await;
}

#[async_generator]
async fn never_suspending(shared: Rc<u8>) -> u8 {
    drop(shared);
}

#[test]
fn generator_is_send_if_what_it_holds_is() {
    assert!(!implements!(over_a_yield(Rc::new(1)), Send));
    assert!(!implements!(over_an_await(), Send));
    assert!(!implements!(never_suspending(Rc::new(1)), Send));
    assert!(implements!(over_neither(), Send));
}

#[async_generator]
async fn cells() -> Cell<u8> {
    yield_!(Cell::new(1));
    yield_!(Cell::new(2));
}

#[async_generator]
async fn lent_cell(cell: &Cell<u8>) -> u8 {
    yield_!(cell.get());
}

#[async_generator]
async fn owned_cell(cell: RefCell<u8>) -> u8 {
    let n = *cell.borrow();
    yield_!(n);
    *cell.borrow_mut() += 1;
}

#[test]
fn items_that_are_not_sync_do_not_cost_send() {
    assert!(implements!(cells(), Send));
    assert!(implements!(owned_cell(RefCell::new(1)), Send));
    assert!(!implements!(lent_cell(&Cell::new(1)), Send));
}

#[async_generator]
async fn counted() -> Rc<u8> {
    yield_!(Rc::new(1));
    yield_!(Rc::new(2));
}

#[async_generator]
async fn counted_late() -> Rc<u8> {
    yield_!({
        tick().await;
        Rc::new(1)
    });
}

#[test]
fn items_that_are_awaited_for_are_not_held() {
    assert!(implements!(counted_late(), Send));
    assert_eq!(items(counted_late()), [Rc::new(1)]);
}

#[async_generator]
async fn kept() -> Rc<u8> {
    let kept = Rc::new(1);
    yield_!(Rc::clone(&kept));
}

#[test]
fn items_that_are_handed_over_are_not_held() {
    assert!(implements!(counted(), Send));
    assert!(!implements!(kept(), Send));
    assert_eq!(items(counted()), [Rc::new(1), Rc::new(2)]);
}

#[async_generator(send = Cell<u8>, throw = Rc<u8>)]
async fn signalled() -> u8 {
    let n = yield_!(1).map_or(0, Cell::into_inner);
    let _ = yield_!(n);
}

#[async_generator(send = Option<Rc<u8>>)]
async fn keeping_what_was_sent() -> u8 {
    let kept = yield_!(1);
    yield_!(2);
    drop(kept);
}

#[test]
fn what_is_sent_is_held_only_where_the_body_holds_it() {
    assert!(implements!(signalled(), Send));
    assert!(!implements!(keeping_what_was_sent(), Send));
}

#[async_generator]
async fn with_cleanup(n: &u8) -> u8 {
    defer! { tick().await; }
    for_await!(item in plain(String::new()) { drop(item); });
    yield_!(*n);
}

#[async_generator]
async fn with_local_cleanup(shared: Rc<u8>) -> u8 {
    defer! { drop(shared); }
    yield_!(1);
}

#[test]
fn regions_cost_no_send() {
    assert!(implements!(with_cleanup(&1), Send));
    assert!(!implements!(with_local_cleanup(Rc::new(1)), Send));
}

#[async_generator]
async fn generic<T>(value: T) -> u8 {
    yield_!(1);
    drop(value);
}

#[test]
fn generic_generator_is_send_if_its_parameter_is() {
    assert!(implements!(generic(1), Send));
    assert!(!implements!(generic(Rc::new(1)), Send));
}

fn anonymous<T>(value: T) -> impl futures::Stream<Item = u8> {
    stream! {
        yield 1;
        tokio::select! { () = tick() => yield 2 }
        drop(value);
    }
}

#[test]
fn anonymous_generator_is_send_if_its_captures_are() {
    assert!(implements!(anonymous(1), Send));
    assert!(!implements!(anonymous(Rc::new(1)), Send));
}

#[async_generator]
async fn empty() -> u8 {}

#[test]
fn generator_is_never_unpin() {
    assert!(!implements!(empty(), Unpin));
    assert!(!implements!(plain(String::new()), Unpin));
    assert!(!implements!(anonymous(1), Unpin));
}

#[async_generator]
async fn plain_cells(cell: Cell<u8>) -> u8 {
    yield_!(1);
    yield_!(cell.get());
}

#[test]
fn boxed_generators_are_unpin_and_send_unless_local() {
    let boxed = BoxGenerator::new(plain(String::new()));
    assert!(implements!(boxed, Unpin));
    assert!(implements!(boxed, Send));
    assert!(!implements!(boxed, Sync));
    let local = LocalBoxGenerator::new(plain(String::new()));
    assert!(implements!(local, Unpin));
    assert!(!implements!(local, Send));
}

#[test]
fn operations_are_unpin_and_send_where_the_generator_is() {
    let mut generator = Box::pin(signalled());
    assert!(implements!(generator.send(Cell::new(1)), Unpin));
    assert!(implements!(generator.send(Cell::new(1)), Send));
    assert!(!implements!(generator.throw(Rc::new(1)), Send));
    assert!(implements!(generator.close(), Send));
    let mut local = Box::pin(over_a_yield(Rc::new(1)));
    assert!(implements!(local.send(()), Unpin));
    assert!(!implements!(local.send(()), Send));
    assert!(!implements!(local.close(), Send));
}

#[test]
fn generator_is_sync_only_as_far_as_its_body() {
    assert!(!implements!(plain_cells(Cell::new(1)), Sync));
}
