//! kw_html
