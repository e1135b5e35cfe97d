//! kw_app
