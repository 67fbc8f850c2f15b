"""Calls of a running server with nothing but the standard library: what a case needs before Terraform begins."""

import datetime
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def filled(value, saved):
    """A step with {name} replaced by what was saved, in all its texts except the paths of "save" and "until"."""
    if isinstance(value, dict):
        kept = ("save", "until")
        return {key: inner if key in kept else filled(inner, saved) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, saved) for inner in value]
    if isinstance(value, str):
        for name, text in saved.items():
            value = value.replace("{" + name + "}", str(text))
    return value


def field(answer, path):
    """The part of an answer that a path such as `vpn_servers.0.id` names; None when there is no such part."""
    for name in path.split("."):
        try:
            answer = answer[int(name)] if isinstance(answer, list) else answer[name]
        except (KeyError, IndexError, TypeError):
            return None
    return answer


def until(env, step, seconds=30):
    """The answer of a call, repeated until its fields are what the step waits for."""
    end = time.monotonic() + seconds
    wanted = step.get("until", {})
    while True:
        answer = call(env, step["method"], step["path"], step.get("body"))
        if all(field(answer, path) == value for path, value in wanted.items()):
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{step['path']} still says {answer} after {seconds} s")
        time.sleep(0.1)


def call(env, method, path, body=None):
    """One call with the keys of the first account, or the operator's; an answer of 400 or above ends the case."""
    data = b"" if body is None else json.dumps(body).encode()
    if path.startswith("/admin/"):
        base = env["VPCD_ADMIN_ENDPOINT"].rstrip("/")
        headers = {"authorization": f"Bearer {env['VPCD_ADMIN_TOKEN']}", "content-type": "application/json"}
    else:
        base = env["VPCD_HUAWEI_ENDPOINT"].rstrip("/")
        headers = signed(env, method, base, path, data)
    request = urllib.request.Request(base + path, data=data or None, method=method, headers=headers)
    try:
        with _opener.open(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error


def signed(env, method, base, path, data):
    """The headers of a call with its SDK-HMAC-SHA256 signature over method, path, query, headers and body."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    where, _, query = path.partition("?")
    pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
    headers = {"content-type": "application/json", "host": base.split("//")[1], "x-sdk-date": now}
    names = ";".join(headers)
    lines = [
        method,
        where.rstrip("/") + "/",
        urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote),
        *(f"{name}:{value}" for name, value in headers.items()),
        "",
        names,
        hashlib.sha256(data).hexdigest(),
    ]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    text = f"SDK-HMAC-SHA256\n{now}\n{digest}"
    signature = hmac.new(env["VPCD_HUAWEI_SK"].encode(), text.encode(), hashlib.sha256).hexdigest()
    algorithm = f"SDK-HMAC-SHA256 Access={env['VPCD_HUAWEI_AK']}"
    return {**headers, "authorization": f"{algorithm}, SignedHeaders={names}, Signature={signature}"}
