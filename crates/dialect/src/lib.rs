//! What every HTTP dialect shares: the operation table, decoding, paging, replayed tokens, refusals.
//!
//! A dialect owns nothing but its words; it is handed a [`Request`] and answers a [`Reply`], both plain values.

pub mod call;
pub mod contract;
pub mod decode;
pub mod fault_plan;
pub mod limit;
mod objects;
pub mod query;
pub mod refusal;
pub mod replay;
pub mod request;
pub mod router;

pub use call::Call;
pub use contract::{Access, Operation, Row, Style};
pub use fault_plan::FaultPlan;
pub use limit::Limiter;
pub use query::Query;
pub use refusal::Refusal;
pub use request::{Answer, Reply, Request};
pub use router::{Routed, Router};
