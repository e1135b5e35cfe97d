//! The suite that every engine passes: the contract as named cases, then random runs beside the reference model.
//!
//! It knows no engine by name. `Unavailable` is answered as the contract says, by performing the same operation again; so
//! an engine wrapped in faults passes it as well. What it does not look at is durability: each engine's own tests kill it.

mod concurrent;
mod limits;
mod random;
mod reads;
mod times;
mod world;
mod writes;

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::{ManualClock, SharedStore};
use world::World;

/// A case: what to do with a fresh store. It panics when the store is not as the contract says.
type Case = (&'static str, fn(Arc<World>) -> BoxFuture<'static, ()>);

/// Names each function once.
macro_rules! cases {
    ($($module:ident :: $case:ident,)*) => {
        &[$((stringify!($case), |world| Box::pin($module::$case(world)))),*]
    };
}

const CASES: &[Case] = cases![
    reads::what_was_never_written_is_not_there,
    reads::partitions_and_families_do_not_mix,
    reads::a_get_answers_in_the_order_of_its_keys,
    reads::a_scan_keeps_to_its_range_in_both_directions,
    reads::keys_are_ordered_by_their_bytes,
    reads::pages_are_cut_by_rows,
    reads::pages_are_cut_by_bytes_but_never_below_one_row,
    reads::a_sweep_meets_every_row_of_its_family_once,
    reads::a_token_that_no_sweep_gave_is_refused,
    writes::absent_is_refused_by_a_row_that_is_there,
    writes::is_wants_the_very_stamp,
    writes::a_refused_operation_changes_nothing_anywhere,
    writes::a_refusal_names_every_row_in_the_way,
    writes::the_greater_stamp_wins_in_any_order,
    writes::ties_of_stamped_rows_go_to_the_delete_then_the_greater_bytes,
    writes::ties_of_serial_rows_change_nothing,
    writes::a_deleted_row_keeps_older_writes_out,
    writes::a_row_may_carry_a_stamp_of_its_own,
    writes::counts_follow_presence_in_any_order,
    writes::a_repeated_operation_has_the_outcome_it_had,
    times::a_row_is_gone_from_its_expiry_on,
    times::an_expired_row_may_be_written_anew,
    times::an_expired_row_keeps_older_writes_out,
    times::an_operation_may_begin_until_its_last_moment,
    limits::what_no_engine_may_accept_is_refused,
    limits::what_is_just_within_the_limits_is_accepted,
    concurrent::compare_and_set_loses_no_increment,
    concurrent::one_of_many_takes_a_unique_name,
    concurrent::counts_equal_rows_after_everybody_toggled,
    concurrent::one_id_from_many_sides_is_one_operation,
    concurrent::a_batch_is_seen_whole_or_not_at_all,
    concurrent::pages_add_up_while_others_write,
];

/// Runs the whole suite; `builder` makes an empty store that goes by the given clock, as often as it is asked.
/// Panics at the first case that fails, and says which it was.
pub fn run(builder: impl Fn(Arc<ManualClock>) -> SharedStore) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .expect("a runtime needs nothing but threads");
    for (name, case) in CASES {
        let world = Arc::new(World::new(&builder));
        let running = runtime.spawn(case(world));
        if let Err(failure) = runtime.block_on(running) {
            panic!("the store does not conform: {name}: {failure}");
        }
    }
    random::run(&runtime, &builder);
}
