//! The three fronts behind the listeners: what a listener needs to know of a dialect.

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use vpcd_dialect::{Answer, Reply, Request};

use crate::admin;
use crate::cloud::Cloud;
use crate::metrics::Metrics;

/// Which front a listener serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Huawei dialect, with IAM.
    Huawei,
    /// Baidu dialect.
    Baidu,
    /// The operator.
    Admin,
}

/// A front: answers whole requests and words the listener's own refusals.
#[derive(Clone)]
pub struct Front {
    cloud: Arc<Cloud>,
    metrics: Metrics,
    side: Side,
}

impl Front {
    /// One side of a cloud.
    pub fn new(cloud: Arc<Cloud>, metrics: Metrics, side: Side) -> Front {
        Front {
            cloud,
            metrics,
            side,
        }
    }

    /// Largest body in bytes.
    pub fn body_limit(&self, request: &Request) -> usize {
        match self.side {
            // 12 MB, as the API gateway documents it.
            Side::Huawei | Side::Baidu => 12 * 1024 * 1024,
            // A whole state fits, but only from somebody who holds the token.
            Side::Admin if admin::knows(&self.cloud, request) => 256 * 1024 * 1024,
            Side::Admin => 64 * 1024,
        }
    }

    /// Answers a request, counts and logs it.
    pub fn serve(&self, request: &Request) -> Reply {
        let start = Instant::now();
        let answer = match self.side {
            Side::Huawei => self.cloud.huawei.serve(request),
            Side::Baidu => self.cloud.baidu.serve(request),
            Side::Admin => match self.unauthenticated(request) {
                Some(reply) => return reply,
                None => admin::serve(&self.cloud, request),
            },
        };
        self.record(request, answer, start)
    }

    /// The answer when a handler panicked.
    pub fn broken(&self, request: &Request) -> Reply {
        tracing::error!(
            request_id = request.id,
            path = request.path,
            "a handler panicked"
        );
        let answer = match self.side {
            Side::Huawei => vpcd_huawei::broken(request),
            Side::Baidu => vpcd_baidu::broken(request),
            Side::Admin => plain(500, "internal error"),
        };
        self.record(request, answer, Instant::now())
    }

    /// The answer to what never became a whole request: too large, too slow, too many.
    pub fn turned_away(&self, request: &Request, status: u16) -> Reply {
        let answer = match self.side {
            Side::Huawei => vpcd_huawei::turned_away(request, status),
            Side::Baidu => vpcd_baidu::turned_away(request, status),
            Side::Admin => plain(status, "turned away"),
        };
        self.record(request, answer, Instant::now())
    }

    fn record(&self, request: &Request, answer: Answer, start: Instant) -> Reply {
        let took = start.elapsed();
        self.metrics.count(&answer, took);
        let (id, operation, status) = (request.id.as_str(), answer.operation, answer.reply.status);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        match (answer.row, &answer.detail) {
            (None, _) => tracing::debug!(request_id = id, operation, status, micros, "answered"),
            (Some(row), detail) if status >= 500 => {
                tracing::warn!(
                    request_id = id,
                    operation,
                    status,
                    row,
                    detail,
                    micros,
                    "failed"
                );
            }
            (Some(row), detail) => {
                tracing::info!(request_id = id, operation, status, row, detail, "refused")
            }
        }
        answer.reply
    }

    /// Health, readiness and metrics carry no secret and need no token.
    fn unauthenticated(&self, request: &Request) -> Option<Reply> {
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/healthz") => Some(Reply::json(200, json!({"status": "up"}))),
            ("GET", "/readyz") => Some(match self.cloud.app.store().check() {
                Ok(()) => Reply::json(200, json!({"status": "ready"})),
                Err(error) => Reply::json(
                    503,
                    json!({"status": "not ready", "reason": error.to_string()}),
                ),
            }),
            ("GET", "/metrics") => {
                let page = self.metrics.render(&self.cloud.app);
                let typed = (
                    "Content-Type",
                    "text/plain; version=0.0.4; charset=utf-8".to_owned(),
                );
                Some(Reply {
                    status: 200,
                    headers: vec![typed],
                    body: Some(serde_json::Value::String(page)),
                })
            }
            _ => None,
        }
    }
}

fn plain(status: u16, error: &str) -> Answer {
    let reply = Reply::json(status, json!({"error": error}));
    Answer {
        reply,
        operation: "admin",
        row: None,
        detail: None,
    }
}
