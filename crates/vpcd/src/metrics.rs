//! Metrics in Prometheus' text form: requests by operation, status and row, how long they took, and the store.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use vpcd_dialect::Answer;
use vpcd_domain::App;

/// The server's metrics.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Labels, Counter>,
    seconds: Family<Operation, Histogram>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    operation: &'static str,
    status: u16,
    row: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    operation: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("vpcd");
        let requests = Family::<Labels, Counter>::default();
        // 100 µs to 3.3 s.
        let seconds = Family::<Operation, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.0001, 2.0, 16))
        });
        registry.register(
            "requests",
            "Answers by operation, status and catalogue row",
            requests.clone(),
        );
        registry.register(
            "request_seconds",
            "Time from the whole request to the answer",
            seconds.clone(),
        );
        Metrics {
            registry: Arc::new(registry),
            requests,
            seconds,
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn count(&self, answer: &Answer, took: Duration) {
        let labels = Labels {
            operation: answer.operation,
            status: answer.reply.status,
            row: answer.row.unwrap_or(""),
        };
        self.requests.get_or_create(&labels).inc();
        self.seconds
            .get_or_create(&Operation {
                operation: answer.operation,
            })
            .observe(took.as_secs_f64());
    }

    /// The page that Prometheus reads.
    pub fn render(&self, app: &App) -> String {
        let mut page = String::new();
        for (name, what) in [
            ("transactions", "Transactions, reads among them,"),
            ("transaction_retries", "Retried transactions"),
        ] {
            let _ = writeln!(
                page,
                "# HELP vpcd_{name} {what} by name.\n# TYPE vpcd_{name} counter"
            );
            for stat in app.store().stats() {
                let value = if name == "transactions" {
                    stat.count
                } else {
                    stat.retries
                };
                let _ = writeln!(page, "vpcd_{name}_total{{name=\"{}\"}} {value}", stat.name);
            }
        }
        let _ = encode(&mut page, &self.registry);
        page
    }
}
