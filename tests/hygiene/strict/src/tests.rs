use std::{fmt::Debug, pin::pin};

use futures::{Stream, StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

use crate::{Log, hijacked, linted, named, primitive, shadowed};

fn all<T>(items: impl Stream<Item = T>) -> Vec<T> {
    block_on(items.collect())
}

/// Takes an item, then sends the values one after the other.
fn sends<G>(mut generator: std::pin::Pin<&mut G>, values: &[G::Sent]) -> Vec<G::Yield>
where
    G: AsyncGenerator + Stream<Item = <G as AsyncGenerator>::Yield>,
    G::Sent: Clone + Debug,
{
    block_on(async {
        let mut items: Vec<_> = generator.next().await.into_iter().collect();
        for value in values {
            items.extend(generator.send(value.clone()).await.unwrap());
        }
        items
    })
}

mod under_every_lint {
    use super::*;

    #[test]
    fn plain_generators_work() {
        assert_eq!(all(linted::plain(5)), [0, 1, 2]);
        assert_eq!(all(linted::ticks().take(2)), [(), ()]);
        assert_eq!(all(linted::one_line()), [1]);
        assert_eq!(all(linted::empty()), [0; 0]);
        let log = Log::default();
        assert_eq!(all(linted::one_line_loops(&log).take(7)), [0, 1, 2, 3, 0, 0, 5]);
        assert_eq!(*log.borrow(), ["one", "one", "two"]);
        assert_eq!(all(linted::panics(1).take(1)), [1]);
        assert_eq!(all(linted::waits(2).take(2)), [2, 2]);
        assert_eq!(all(linted::waits_to_clean_up(2).take(2)), [Ok(2), Ok(2)]);
        assert_eq!(all(linted::waits_beside_a_macro(1).take(1)), [1]);
        assert_eq!(
            all(linted::arguments((1, 2), 3, String::new(), String::new(), [4, 5, 6])),
            [6, 4]
        );
        assert_eq!(all(linted::shown(&[1, 2], [1, 2], |n: &u32| n.to_string())), ["1", "1", "2"]);
    }

    #[test]
    fn fallible_generators_end_with_the_error() {
        let mut results = all(linted::parsed(&["1", "x", "2"])).into_iter();
        assert_eq!(results.next().unwrap().unwrap(), 1);
        assert_eq!(
            results.next().unwrap().unwrap_err().to_string(),
            "invalid digit found in string"
        );
        assert!(results.next().is_none());
        assert_eq!(all(linted::repeated_results(Err(1))), [Err(1)]);
        let ends: Vec<_> = (0..5).map(|way| all(linted::branches(way)).len()).collect();
        assert_eq!(ends, [2, 1, 1, 2, 1]);
        assert_eq!(all(linted::branches(4)), [Err(4)]);
    }

    #[test]
    fn yields_stand_wherever_an_expression_may() {
        let log = Log::default();
        let items = sends(pin!(linted::expressions(&log)), &[1, 7, 3, 1, 0, 2, 5, 8, 9, 6, 2, 0]);
        assert_eq!(items, [0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 6, 2]);
        assert_eq!(*log.borrow(), ["if 7", "small 3", "12 (8, [9, 9])", "zero"]);
    }

    #[test]
    fn yields_stand_in_macros() {
        let log = Log::default();
        let items = sends(pin!(linted::inside_macros(&log)), &[1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(items, [1, 2, 3, 4, 5, 6, 8, 9]);
        assert_eq!(*log.borrow(), ["[1, 2] 4"]);
    }

    #[test]
    fn sends_and_throws_arrive() {
        let log = Log::default();
        block_on(async {
            let mut lines = pin!(linted::conversation(&log));
            assert_eq!(lines.next().await.unwrap().unwrap(), "name?");
            assert_eq!(lines.send(Some("Ada")).await.unwrap().unwrap().unwrap(), "hello Ada");
            assert_eq!(lines.throw("late".into()).await.unwrap().unwrap().unwrap(), "bye");
            let last = lines.throw("stop".into()).await.unwrap().unwrap();
            assert_eq!(last.unwrap_err().to_string(), "stop");
        });
        assert_eq!(*log.borrow(), ["late"]);
    }

    #[test]
    fn cleanups_run_on_every_way_out() {
        let log = Log::default();
        let items = all(linted::cleanups(&log, 4));
        assert_eq!(items[..3], [1, 1, 2].map(Ok));
        assert!(items[3].is_err() && items.len() == 4);
        let rows = [0, 1, 2].map(|row| [format!("row {row} first"), format!("row {row} done")]);
        assert_eq!(log.borrow()[..6], rows.concat());
        assert_eq!(log.borrow()[6..], [r#"closed ["outer", "inner"]"#]);
    }

    #[test]
    fn loops_take_items_of_every_source() {
        let log = Log::default();
        assert_eq!(all(linted::loops(&log)), [0, 1, 0, 2, 0, 1, 2, 1, 2, 2, 4]);
        assert_eq!(*log.borrow(), ["Suspended"]);
        assert_eq!(block_on(linted::total(&log)), 2);
    }

    #[test]
    fn awaited_blocks_yield() {
        let log = Log::default();
        assert_eq!(all(linted::blocks(&log)), [1, 2, 2, 3, 4, 8]);
        assert_eq!(*log.borrow(), [r#"Err("invalid digit found in string")"#]);
    }

    #[test]
    fn boxes_methods_and_traits_work() {
        use linted::Rows as _;

        let log = Log::default();
        let held = linted::Held { tree: linted::tree(1), local: linted::local(&log) };
        assert_eq!(all(held.tree), [1, 0, 0]);
        assert_eq!(sends(pin!(held.local), &[5]), [1]);
        let mut table = linted::Table::new(&[1, 2]);
        block_on(table.rows_mut().for_each(async |row| *row += 1));
        assert_eq!(all(table.rows()), [&2, &3]);
        assert_eq!(all(table.all()), [2, 3]);
        assert_eq!(all(table.labels("row ")), ["row 2", "row 3"]);
        let named = all(linted::Named::each("a", vec![1, 2], (1, |n| n * 10)));
        assert_eq!((named[0].name, named[0].what), ("a", 20));
        assert_eq!(all(linted::Named::shown(1, "b", |n, of| format!("{n}{of}"))), ["1b"]);
        assert_eq!(all(table.drain(&log)), [2, 3]);
        assert_eq!(all(table.into_rows()), [0; 0]);
        assert_eq!(*log.borrow(), ["5", "left []"]);
    }

    #[test]
    fn methods_may_have_the_names_of_those_of_traits() {
        assert_eq!(all(linted::Counter::default()), [1]);
        assert_eq!(all(linted::Counter::from_iter(vec![5, 6])), [0, 1]);
        let mut counter = linted::Counter(2);
        assert_eq!(all(counter.next()), [3]);
        assert_eq!(all(counter.iter()), [0, 1, 2]);
        let [counter] = all(counter.not()).try_into().unwrap();
        assert_eq!(all(counter.add(2)), [5]);
    }

    #[test]
    fn anonymous_generators_and_keywords_work() {
        let log = Log::default();
        assert_eq!(all(linted::anonymous(&log)), [0, 1, 10, 11]);
        assert_eq!(*log.borrow(), ["anonymous closed"]);
        let results = all(linted::anonymous_results("1 x"));
        assert_eq!(results[0].as_ref().unwrap(), &1);
        assert!(results[1].is_err());
        assert_eq!(sends(pin!(linted::keywords(2)), &[5, 0, 0]), [0, 5, 1]);
    }
}

#[test]
fn primitive_types_may_be_shadowed() {
    block_on(async {
        let mut items = pin!(primitive::signals());
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.send(5).await, Ok(Some(Ok(5))));
        assert_eq!(items.throw('x').await, Ok(Some(Err('x'))));
    });
    assert_eq!(all(primitive::jumps()), [1, 2, 3, 5, 6, 10]);
}

#[test]
fn names_of_the_user_are_left_alone() {
    let log = Log::default();
    assert_eq!(
        sends(pin!(named::arguments(1, 2, 3, 4, 5, 6)), &[10, 20, 30, 0, 0]),
        [1, 2, 3, 66, 4, 5]
    );
    assert_eq!(all(named::signals(10, 3, 1, 5, 6)), [10, 12, 5, 6].map(Ok));
    assert_eq!(all(named::variables(&log)), [1, 2, 3, 5, 7, 4, 19, 23, 13]);
    assert_eq!(*log.borrow(), ["None () ()"]);
    assert_eq!(all(named::labels()), [10, 2, 20]);
    assert_eq!(
        all(named::parameters::<str, _, u32, u32, _, 2>("f", 1, &'g', (2, 3))),
        [("f", 1, &'g'); 2]
    );
}

#[test]
fn methods_of_the_user_are_not_called() {
    let log = Log::default();
    assert_eq!(sends(pin!(hijacked::signals()), &[5, 0]), [Ok(1), Ok(5)]);
    let delegated = sends(pin!(hijacked::delegates()), &[5, 0, 0]);
    assert_eq!(delegated, [Ok(1), Ok(5), Ok(10), Err("stop".to_owned())]);
    assert_eq!(all(hijacked::constructs(&log)), [2, 3, 4, 5, 10]);
    assert_eq!(*log.borrow(), ["closed"]);
    assert_eq!(all(hijacked::foreign(futures::stream::iter([1, 2]))), [1, 2]);
    assert_eq!(all(hijacked::boxed(2)), [2, 1, 0]);
    assert_eq!(block_on(hijacked::total()), 6);
}

#[test]
fn the_prelude_may_be_shadowed() {
    let log = Log::default();
    assert_eq!(all(shadowed::plain(9)), [0, 1, 2]);
    let items = sends(pin!(shadowed::fallible(&log)), &[Some(5), None]);
    assert_eq!(items, [Ok(1), Ok(5), Err("end")]);
    assert_eq!(all(shadowed::constructs(&log)), [0, 1, 1, 2, 0, 1, 20, 30]);
    assert_eq!(*log.borrow(), ["closed", "loop"]);
    assert_eq!(all(shadowed::tree(2)), [2, 1, 0]);
    assert_eq!(all(shadowed::local(&log)), [1]);
    assert_eq!(all(shadowed::Vec.method(2)).len(), 2);
    assert_eq!(block_on(shadowed::total()), 6);
}
