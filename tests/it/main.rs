//! Tests by topic.

mod smoke;
