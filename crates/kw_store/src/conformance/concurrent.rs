//! Cases of many at once. None of them depends on how the others are scheduled.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;

use super::world::{COUNTED, SERIAL, STAMPED, World, batch, bytes, delete, get, just_above, partition, put, scan};
use crate::{Condition, Direction, Outcome, Range};

const WRITERS: usize = 8;
const ROUNDS: usize = 12;

/// Runs `work` once a writer, each in a task of its own.
async fn at_once<F, T>(work: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let tasks = (0..WRITERS).map(|number| tokio::spawn(work(number)));
    join_all(tasks).await.into_iter().map(|ended| ended.expect("no writer panics")).collect()
}

pub async fn compare_and_set_loses_no_increment(world: Arc<World>) {
    let counter = partition(SERIAL, "counter");
    at_once(|_| {
        let (world, counter) = (Arc::clone(&world), counter.clone());
        async move {
            for _ in 0..ROUNDS {
                increment(&world, &counter).await;
            }
        }
    })
    .await;
    assert_eq!(world.value(&counter, "n").await, Some((WRITERS * ROUNDS).to_string()));
}

async fn increment(world: &World, counter: &crate::Partition) {
    loop {
        let row = world.row(counter, "n").await;
        let number: usize = row
            .as_ref()
            .map_or(0, |row| String::from_utf8_lossy(&row.value).parse().expect("only numbers are written"));
        let condition = row.as_ref().map_or(Condition::Absent, |row| Condition::Is(row.stamp));
        if let Some(row) = &row {
            world.observe(row.stamp);
        }
        let next = put("n", &(number + 1).to_string()).when(condition);
        match world.perform(&world.operation(vec![batch(counter, vec![next])])).await {
            Ok(Outcome::Done) => return,
            Ok(Outcome::Conflict(rows)) => rows.iter().filter_map(|row| row.1).for_each(|stamp| world.observe(stamp)),
            Err(error) => panic!("{error}"),
        }
    }
}

pub async fn one_of_many_takes_a_unique_name(world: Arc<World>) {
    for round in 0..ROUNDS {
        let name = format!("name {round}");
        let outcomes = at_once(|number| {
            let (world, name) = (Arc::clone(&world), name.clone());
            async move {
                let taken = put(&name, &number.to_string()).when(Condition::Absent);
                let operation = world.operation(vec![batch(&partition(SERIAL, "names"), vec![taken])]);
                world.perform(&operation).await
            }
        })
        .await;
        let takers: Vec<usize> = (0..WRITERS).filter(|number| outcomes[*number] == Ok(Outcome::Done)).collect();
        assert_eq!(takers.len(), 1, "one takes {name}: {outcomes:?}");
        assert_eq!(world.value(&partition(SERIAL, "names"), &name).await, Some(takers[0].to_string()));
    }
}

pub async fn counts_equal_rows_after_everybody_toggled(world: Arc<World>) {
    let list = partition(COUNTED, "list");
    at_once(|number| {
        let (world, list) = (Arc::clone(&world), list.clone());
        async move {
            for round in 0..ROUNDS {
                let key = format!("row {}", (number + round) % 5);
                let change = if (number * 7 + round) % 3 == 0 { delete(&key) } else { put(&key, "x") };
                let mark = put(&format!("{number}"), "x");
                let steps = vec![batch(&partition(SERIAL, "marks"), vec![mark]), batch(&list, vec![change])];
                world.done(&world.operation(steps)).await;
            }
        }
    })
    .await;
    assert_eq!(world.count(&list).await, world.rows(&list).await.len() as u64);
}

pub async fn one_id_from_many_sides_is_one_operation(world: Arc<World>) {
    let here = partition(COUNTED, "here");
    for round in 0..ROUNDS {
        let key = format!("row {round}");
        let operation = world.operation(vec![batch(&here, vec![put(&key, "x").when(Condition::Absent)])]);
        let outcomes = at_once(|_| {
            let (world, operation) = (Arc::clone(&world), operation.clone());
            async move { world.perform(&operation).await }
        })
        .await;
        assert!(outcomes.iter().all(|outcome| *outcome == Ok(Outcome::Done)), "{outcomes:?}");
    }
    assert_eq!(world.count(&here).await, ROUNDS as u64);
}

pub async fn a_batch_is_seen_whole_or_not_at_all(world: Arc<World>) {
    let here = partition(STAMPED, "here");
    let stop = Arc::new(AtomicBool::new(false));
    let reading = tokio::spawn({
        let (world, here, stop) = (Arc::clone(&world), here.clone(), Arc::clone(&stop));
        async move {
            while !stop.load(Ordering::SeqCst) {
                let found = get(&world.store, &here, &["a", "b"].map(bytes)).await;
                let values: Vec<_> = found.into_iter().map(|row| row.map(|row| row.value)).collect();
                assert_eq!(values[0], values[1], "a get sees a batch whole");
                let page = scan(&world.store, &here, &Range::default(), Direction::Ascending, 10).await;
                assert!(page.rows.windows(2).all(|two| two[0].value == two[1].value), "a page sees a batch whole");
                tokio::task::yield_now().await;
            }
        }
    });
    for number in 0..WRITERS * ROUNDS {
        let value = number.to_string();
        world.write(&here, vec![put("a", &value), put("b", &value)]).await;
    }
    stop.store(true, Ordering::SeqCst);
    reading.await.expect("every read saw whole batches");
}

pub async fn pages_add_up_while_others_write(world: Arc<World>) {
    let here = partition(COUNTED, "here");
    // Rows with even numbers stay; odd ones come and go while they are paged through.
    let key = |number: usize| format!("{number:05}");
    for start in (0..400).step_by(50) {
        world.write(&here, (start..start + 50).step_by(2).map(|number| put(&key(number), "stays")).collect()).await;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (world, here, stop) = (Arc::clone(&world), here.clone(), Arc::clone(&stop));
        async move {
            for round in (0..).take_while(|_| !stop.load(Ordering::SeqCst)) {
                let odd = key((round * 38) % 400 + 1);
                world.write(&here, vec![if round % 3 == 0 { delete(&odd) } else { put(&odd, "moves") }]).await;
            }
        }
    });
    for direction in [Direction::Ascending, Direction::Descending] {
        let mut stays = BTreeSet::new();
        let mut range = Range::default();
        loop {
            let page = scan(&world.store, &here, &range, direction, 7).await;
            for row in page.rows.iter().filter(|row| row.value == "stays") {
                assert!(stays.insert(row.key.clone()), "a row is on one page");
            }
            let Some(last) = page.rows.last().filter(|_| page.more) else { break };
            match direction {
                Direction::Ascending => range.from = Some(just_above(&last.key)),
                Direction::Descending => range.to = Some(last.key.clone()),
            }
        }
        assert_eq!(stays.len(), 200, "every row that was there throughout is on a page");
    }
    stop.store(true, Ordering::SeqCst);
    writing.await.expect("the writer only wrote");
    assert_eq!(world.count(&here).await, world.rows(&here).await.len() as u64);
}
