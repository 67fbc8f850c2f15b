//! A plain HTTP/1.1 client: one request on one connection, with time-outs.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::Failure;

/// Longest wait for a connection, and for each piece of the answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest line of an answer's head, and most of them.
const LINE_MAX: u64 = 64 * 1024;
const LINES_MAX: usize = 200;
/// Largest answer: an export may be large.
const BODY_MAX: u64 = 1024 * 1024 * 1024;

/// A server, as its URL names it.
#[derive(Debug, PartialEq)]
pub(super) struct Server {
    host: String,
    port: u16,
    prefix: String,
}

/// An answer.
#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}:{}{}", self.host, self.port, self.prefix)
    }
}

impl Server {
    /// The server of a URL such as `http://127.0.0.1:8082`.
    pub(super) fn parse(url: &str) -> Result<Server, Failure> {
        let wrong = |why: &str| {
            // What stands before an @ may be a password.
            let shown = url.rsplit_once('@').map_or(url, |(_, host)| host);
            Failure::Usage(format!(
                "{shown:?} is no address of an operator's listener: {why}"
            ))
        };
        if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(wrong("it has a space in it"));
        }
        let rest = url
            .strip_prefix("http://")
            .ok_or_else(|| wrong("it does not begin with http://"))?;
        let (authority, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            // The colons of a bare IPv6 address in brackets are no port's.
            Some((host, port)) if !port.ends_with(']') => (
                host,
                port.parse().map_err(|_| wrong("the port is no number"))?,
            ),
            _ => (authority, 80),
        };
        if host.is_empty() || host.contains('@') || prefix.contains(['?', '#']) {
            return Err(wrong("it names no host"));
        }
        Ok(Server {
            host: host.to_owned(),
            port,
            prefix: prefix.trim_end_matches('/').to_owned(),
        })
    }

    /// Sends one request and waits for the whole answer.
    pub(super) fn exchange(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<&[u8]>,
    ) -> Result<Answer, Failure> {
        if token.chars().any(|c| !c.is_ascii_graphic()) {
            return Err(Failure::Usage(
                "the token has characters that no token has".to_owned(),
            ));
        }
        let failed =
            |error: io::Error| Failure::Unreachable(format!("cannot reach {self}: {error}"));
        let mut stream = self.connect().map_err(failed)?;
        let length = body.map_or(0, <[u8]>::len);
        let head = format!(
            "{method} {}{path} HTTP/1.1\r\nHost: {}:{}\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.prefix, self.host, self.port
        );
        let sent = stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.unwrap_or_default()));
        // A server that refuses a body early answers and closes: its answer says more than the broken pipe.
        match (receive(&mut BufReader::new(stream)), sent) {
            (Ok(answer), _) => Ok(answer),
            (Err(_), Err(error)) | (Err(error), Ok(())) => Err(failed(error)),
        }
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        let mut last = io::Error::other("the name has no address");
        for address in (bare, self.port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, PATIENCE) {
                Ok(stream) => {
                    stream.set_read_timeout(Some(PATIENCE))?;
                    stream.set_write_timeout(Some(PATIENCE))?;
                    return Ok(stream);
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

/// Reads one answer; interim ones are passed over.
fn receive(input: &mut impl BufRead) -> io::Result<Answer> {
    loop {
        let (status, headers) = head(input)?;
        if (100..200).contains(&status) {
            continue;
        }
        let header = |name: &str| {
            headers
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.as_str())
        };
        let chunked =
            header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
        let body = match header("content-length") {
            _ if status == 204 || status == 304 => Vec::new(),
            _ if chunked => chunks(input)?,
            Some(length) => exactly(
                input,
                length
                    .parse()
                    .map_err(|_| strange("the content length is no number"))?,
            )?,
            None => {
                let mut rest = Vec::new();
                input.take(BODY_MAX).read_to_end(&mut rest)?;
                rest
            }
        };
        return Ok(Answer { status, body });
    }
}

fn head(input: &mut impl BufRead) -> io::Result<(u16, Vec<(String, String)>)> {
    let first = line(input)?;
    let mut words = first.split(' ');
    let status = match (words.next(), words.next().map(str::parse::<u16>)) {
        (Some(version), Some(Ok(status))) if version.starts_with("HTTP/1.") => status,
        _ => return Err(strange("the answer is not HTTP")),
    };
    let mut headers = Vec::new();
    for _ in 0..LINES_MAX {
        let line = line(input)?;
        if line.is_empty() {
            return Ok((status, headers));
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| strange("a header without a colon"))?;
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    Err(strange("too many headers"))
}

fn chunks(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = line(input)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(|_| strange("a chunk without a size"))?;
        if size == 0 {
            while !self::line(input)?.is_empty() {}
            return Ok(body);
        }
        if size > BODY_MAX || body.len() as u64 + size > BODY_MAX {
            return Err(strange("the answer is too large"));
        }
        body.extend(exactly(input, size)?);
        if !self::line(input)?.is_empty() {
            return Err(strange("a chunk longer than its size"));
        }
    }
}

fn exactly(input: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    if length > BODY_MAX {
        return Err(strange("the answer is too large"));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    match body.len() as u64 == length {
        true => Ok(body),
        false => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
    }
}

fn line(input: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    input.take(LINE_MAX).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    let line = line.strip_suffix(b"\r").unwrap_or(&line);
    Ok(String::from_utf8_lossy(line).into_owned())
}

fn strange(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn answer(text: &str) -> io::Result<Answer> {
        receive(&mut text.as_bytes())
    }

    #[test]
    fn urls_name_a_host_a_port_and_a_prefix() {
        for (url, shown) in [
            ("http://127.0.0.1:8082", "http://127.0.0.1:8082"),
            ("http://cloud/", "http://cloud:80"),
            ("http://[::1]:9/ops/", "http://[::1]:9/ops"),
            ("http://[::1]", "http://[::1]:80"),
        ] {
            assert_eq!(Server::parse(url).unwrap().to_string(), shown);
        }
        for url in [
            "",
            "https://a",
            "a:80",
            "http://",
            "http://a:b",
            "http://a:70000",
            "http://a b",
            "http://u@h",
            "http://h/?q",
        ] {
            assert!(
                matches!(Server::parse(url), Err(Failure::Usage(_))),
                "{url}"
            );
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_repeated() {
        let refused = Server::parse("http://ann:hush@h:80").unwrap_err();
        assert!(!format!("{refused:?}").contains("hush"), "{refused:?}");
    }

    #[test]
    fn lengths_chunks_and_ends_are_read() {
        for (text, status, body) in [
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more",
                200,
                "hi",
            ),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\ncontent-length: 1\r\n\r\nx",
                201,
                "x",
            ),
            (
                "HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nab\r\n1\r\nc\r\n0\r\nX: y\r\n\r\n",
                404,
                "abc",
            ),
            ("HTTP/1.0 500 No\r\n\r\nall", 500, "all"),
            ("HTTP/1.1 204 Gone\r\n\r\n", 204, ""),
        ] {
            assert_eq!(
                answer(text).unwrap(),
                Answer {
                    status,
                    body: body.as_bytes().to_vec()
                },
                "{text}"
            );
        }
        for text in [
            "",
            "SSH-2.0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        ] {
            assert!(answer(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nobody_there_is_told_apart_from_a_wrong_token() {
        let free = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let server = Server::parse(&format!("http://{free}")).unwrap();
        assert!(matches!(
            server.exchange("GET", "/", "token", None),
            Err(Failure::Unreachable(_))
        ));
        assert!(matches!(
            server.exchange("GET", "/", "a\r\nb", None),
            Err(Failure::Usage(_))
        ));
    }
}
