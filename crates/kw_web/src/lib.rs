//! kw_web
