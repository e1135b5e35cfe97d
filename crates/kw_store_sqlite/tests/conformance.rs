//! The suite of the contract, on the embedded engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kw_store_sqlite::{OpenOptions, SqliteStore};

#[test]
fn the_embedded_engine_conforms() {
    let root = tempfile::tempdir().expect("a directory can be made");
    let stores = AtomicUsize::new(0);
    kw_store::conformance::run(|clock| {
        let directory = root.path().join(stores.fetch_add(1, Ordering::SeqCst).to_string());
        Arc::new(SqliteStore::open(OpenOptions::new(directory, clock)).expect("an empty directory can be opened"))
    });
}
