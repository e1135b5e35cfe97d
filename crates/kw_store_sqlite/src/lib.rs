//! kw_store_sqlite
