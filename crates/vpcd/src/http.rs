//! HTTP/1.1 at the edge: limits, time-outs and graceful ends. Everything behind it is synchronous.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use vpcd_dialect::{Reply, Request};
use vpcd_domain::Ids;

use crate::front::Front;
use crate::vault;

/// Longest path with its query, in bytes.
const URI_MAX: usize = 8 * 1024;
/// Most bytes of headers.
const HEADERS_MAX: usize = 32 * 1024;
/// Time for the headers of a request, and for a connection between requests.
const HEADERS_IN: Duration = Duration::from_secs(15);
/// Time for the body of a request.
const BODY_IN: Duration = Duration::from_secs(30);
/// Most connections at once on one listener.
const CONNECTIONS: usize = 4096;
/// Time for a client to take some of its answer.
const ANSWER_OUT: Duration = Duration::from_secs(30);
/// A body larger than this, in bytes, waits for one of a few places, so that memory stays bounded.
const LARGE: u64 = 64 * 1024;
/// Places for large bodies.
static LARGE_BODIES: Semaphore = Semaphore::const_new(8);
/// Time for running requests when the server ends.
const DRAIN: Duration = Duration::from_secs(8);

/// Serves one listener until `end` changes, then lets running requests finish.
pub async fn listen(listener: TcpListener, front: Front, mut end: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: wait for some to come back.
                    tracing::warn!(%error, "cannot accept");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = end.changed() => break,
        };
        let _ = stream.set_nodelay(true);
        let permit = tokio::select! {
            permit = room.clone().acquire_owned() => permit,
            _ = end.changed() => break,
        };
        let Ok(permit) = permit else { break };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(ANSWER_OUT));
        let front = front.clone();
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS_IN)
            .max_buf_size(256 * 1024)
            .keep_alive(true)
            .serve_connection(
                TokioIo::new(Box::pin(stream)),
                service_fn(move |request| {
                    let front = front.clone();
                    async move { Ok::<_, Infallible>(answer(front, peer, request).await) }
                }),
            );
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time");
    }
}

/// Binds an address; port 0 picks a free one.
pub async fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

async fn answer(
    front: Front,
    peer: SocketAddr,
    incoming: hyper::Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (parts, body) = incoming.into_parts();
    let mut request = Request {
        id: Ids::new(vault::entropy()).uuid(),
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: Vec::with_capacity(parts.headers.len()),
        body: Vec::new(),
        peer: peer.ip().to_string(),
    };
    let mut size = 0;
    for (name, value) in &parts.headers {
        size += name.as_str().len() + value.len();
        // Header values are bytes; what is not UTF-8 cannot be part of any signature or token.
        request.headers.push((
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        ));
    }
    if request.path.len() + request.query.len() > URI_MAX {
        return response(&request, front.turned_away(&request, 414));
    }
    if size > HEADERS_MAX {
        return response(&request, front.turned_away(&request, 431));
    }
    match whole(&front, &request, body).await {
        Ok(body) => request.body = body,
        Err(status) => return response(&request, front.turned_away(&request, status)),
    }
    let request = Arc::new(request);
    let (behind, seen) = (front.clone(), request.clone());
    let reply = match tokio::task::spawn_blocking(move || behind.serve(&seen)).await {
        Ok(reply) => reply,
        Err(_) => front.broken(&request),
    };
    response(&request, reply)
}

/// The whole body, or the status that says why not.
async fn whole(front: &Front, request: &Request, body: Incoming) -> Result<Vec<u8>, u16> {
    let small = body.size_hint().upper().is_some_and(|size| size <= LARGE);
    let _place = match small {
        true => None,
        false => {
            let place = tokio::time::timeout(BODY_IN, LARGE_BODIES.acquire()).await;
            Some(place.map_err(|_| 503_u16)?)
        }
    };
    let read = Limited::new(body, front.body_limit(request)).collect();
    match tokio::time::timeout(BODY_IN, read).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes().into()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(413),
        Ok(Err(_)) => Err(400),
        Err(_) => Err(408),
    }
}

fn response(request: &Request, reply: Reply) -> Response<Full<Bytes>> {
    let text = reply
        .headers
        .iter()
        .any(|(_, value)| value.starts_with("text/plain"));
    let body = match reply.body {
        Some(serde_json::Value::String(page)) if text => Bytes::from(page),
        Some(value) if request.method != "HEAD" => serde_json::to_vec(&value)
            .map(Bytes::from)
            .unwrap_or_default(),
        _ => Bytes::new(),
    };
    let typed = !body.is_empty();
    let mut response = Response::new(Full::new(body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if typed {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(&value),
        ) {
            headers.insert(name, value);
        }
    }
    response
}
