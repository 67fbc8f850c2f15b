//! The harness of the test suites: a whole cloud in process, callers that sign, golden cases.

pub mod case;
pub mod inputs;
pub mod pattern;
pub mod shapes;
pub mod world;
