"""One running vpcd as its users see it: the operator's listener, tenants with keys, and the vendors' SDK clients."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.subnet.subnet_client import SubnetClient
from baidubce.services.vpc.vpc_client import VpcClient as BaiduVpcClient
from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
from huaweicloudsdkeip.v2 import EipClient
from huaweicloudsdkeip.v3 import EipClient as EipClientV3
from huaweicloudsdkiam.v3 import IamClient
from huaweicloudsdkvpc.v2 import VpcClient
from huaweicloudsdkvpc.v3 import VpcClient as VpcClientV3
from huaweicloudsdkvpn.v5 import VpnClient

VARIABLES = (
    "VPCD_HUAWEI_ENDPOINT VPCD_HUAWEI_AK VPCD_HUAWEI_SK VPCD_HUAWEI_PROJECT_ID VPCD_HUAWEI_DOMAIN_ID "
    "VPCD_HUAWEI_REGION VPCD_BAIDU_ENDPOINT VPCD_BAIDU_AK VPCD_BAIDU_SK VPCD_ADMIN_ENDPOINT VPCD_ADMIN_TOKEN"
).split()
# What a server that starts again on its data must still say; the first keys it need not repeat.
ALWAYS = [name for name in VARIABLES if name.split("_")[-1] not in ("AK", "SK", "ID")]
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fresh(prefix):
    """A name that no other test uses."""
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def until(read, accept, seconds=20):
    """Reads until accept(value) holds; returns that value, or fails with the last one."""
    end = time.monotonic() + seconds
    while True:
        value = read()
        if accept(value):
            return value
        if time.monotonic() > end:
            raise AssertionError(f"still {value!r} after {seconds} s")
        time.sleep(0.05)


@dataclass(frozen=True)
class Reply:
    """A plain HTTP answer."""

    status: int
    headers: dict
    text: str

    @property
    def json(self):
        return json.loads(self.text) if self.text else None


def http(method, url, body=None, headers=None):
    """One HTTP request without any SDK; a status of 400 and above is an answer, not an exception."""
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=dict(headers or {}))
    if data is not None:
        request.add_header("Content-Type", "application/json")
    try:
        answer = _opener.open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        names = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status, names, answer.read().decode())


def _one(body):
    """The object of an answer, whether or not it stands under a single name."""
    if isinstance(body, dict) and "id" not in body and len(body) == 1:
        (inner,) = body.values()
        return inner if isinstance(inner, dict) else body
    return body


def _rows(body):
    """The list of an answer, whether or not it stands under a name."""
    if isinstance(body, list):
        return body
    return next((value for value in (body or {}).values() if isinstance(value, list)), [])


class Operator:
    """The operator's API, as far as these tests need it."""

    def __init__(self, endpoint, token):
        self.endpoint = endpoint.rstrip("/")
        self.token = token

    def ask(self, method, path, body=None):
        return http(method, f"{self.endpoint}/admin/v1/{path}", body, {"Authorization": f"Bearer {self.token}"})

    def call(self, method, path, body=None):
        reply = self.ask(method, path, body)
        assert reply.status < 300, f"operator {method} {path}: {reply.status} {reply.text}"
        return reply.json

    def account(self, name):
        return _one(self.call("POST", "accounts", {"name": name}))["id"]

    def projects(self, account):
        return [row for row in _rows(self.call("GET", "projects")) if row.get("account") == account]

    def project(self, account, name):
        """The account's project of that name, made when it is not there yet."""
        for row in self.projects(account):
            if row.get("name") == name:
                return row["id"]
        return _one(self.call("POST", "projects", {"account": account, "name": name}))["id"]

    def user(self, account, name, password, roles):
        body = {"account": account, "name": name, "password": password, "roles": list(roles)}
        return _one(self.call("POST", "users", body))["id"]

    def key(self, cloud, **owner):
        """A key pair: operator.key("huawei", account=ID) or operator.key("baidu", user=ID)."""
        made = _one(self.call("POST", "keys", {**owner, "cloud": cloud}))
        return made["access_key"], made["secret_key"]

    def quota(self, project, kind, limit):
        self.call("PUT", f"quotas/{project}/{kind}", {"limit": limit})

    def zone(self):
        """Any zone name the server knows."""
        names = [row if isinstance(row, str) else row.get("name") for row in _rows(self.call("GET", "zones"))]
        names = [name for name in names if name] or ["cn-bj-a"]
        return next((name for name in names if name.startswith("cn-")), names[0])

    def profile(self, name):
        self.call("PUT", "profile", {"profile": name})

    def step(self, seconds):
        self.call("PUT", "clock", {"step_seconds": seconds})


@dataclass(frozen=True)
class Tenant:
    """An account with one project and one key pair per cloud, and the SDK clients that use them."""

    cloud: "Cloud"
    account: str
    name: str
    project: str
    huawei_key: tuple
    baidu_key: tuple

    def _huawei(self, client, key=None, project=None):
        credentials = BasicCredentials(*(key or self.huawei_key), project or self.project)
        return client.new_builder().with_credentials(credentials).with_endpoint(self.cloud.huawei).build()

    def vpc(self, **how):
        return self._huawei(VpcClient, **how)

    def vpc_v3(self, **how):
        return self._huawei(VpcClientV3, **how)

    def eip(self, **how):
        return self._huawei(EipClient, **how)

    def eip_v3(self, **how):
        return self._huawei(EipClientV3, **how)

    def vpn(self, **how):
        return self._huawei(VpnClient, **how)

    def iam(self):
        credentials = GlobalCredentials(*self.huawei_key, self.account)
        return IamClient.new_builder().with_credentials(credentials).with_endpoint(self.cloud.huawei).build()

    def _baidu(self, client, key=None):
        return client(BceClientConfiguration(BceCredentials(*(key or self.baidu_key)), self.cloud.baidu))

    def baidu_vpc(self, **how):
        return self._baidu(BaiduVpcClient, **how)

    def baidu_subnet(self, **how):
        return self._baidu(SubnetClient, **how)

    def quota(self, kind, limit):
        """Sets one limit of everything this tenant owns."""
        projects = {row["id"] for row in self.cloud.operator.projects(self.account)} | {self.project}
        for project in projects:
            self.cloud.operator.quota(project, kind, limit)


class Cloud:
    """A running server, known by the variables of its env file."""

    def __init__(self, env):
        missing = [name for name in ALWAYS if not env.get(name)]
        assert not missing, f"the env file lacks {missing}"
        self.env = {name: env[name] for name in VARIABLES if env.get(name)}
        self.huawei = env["VPCD_HUAWEI_ENDPOINT"].rstrip("/")
        self.baidu = env["VPCD_BAIDU_ENDPOINT"].rstrip("/")
        self.region = env["VPCD_HUAWEI_REGION"]
        self.operator = Operator(env["VPCD_ADMIN_ENDPOINT"], env["VPCD_ADMIN_TOKEN"])

    def tenant(self, name="tenant"):
        """A new account that nothing else uses."""
        name = fresh(name)
        account = self.operator.account(name)
        project = self.operator.project(account, self.region)
        keys = (self.operator.key(cloud, account=account) for cloud in ("huawei", "baidu"))
        return Tenant(self, account, name, project, *keys)

    def bootstrap(self, env=None):
        """The tenant of the first run, by default with the keys of this env file."""
        env = env or self.env
        huawei = env["VPCD_HUAWEI_AK"], env["VPCD_HUAWEI_SK"]
        baidu = env["VPCD_BAIDU_AK"], env["VPCD_BAIDU_SK"]
        return Tenant(self, env["VPCD_HUAWEI_DOMAIN_ID"], "", env["VPCD_HUAWEI_PROJECT_ID"], huawei, baidu)


class Server:
    """A vpcd of a test's own, that it may kill."""

    def __init__(self, work, data=None):
        work = Path(work)
        self._file = work / f"env-{uuid.uuid4().hex[:8]}"
        where = ["--data", str(data)] if data else ["--ephemeral"]
        listeners = [part for name in ("huawei", "baidu", "admin") for part in (f"--{name}", "127.0.0.1:0")]
        command = [os.environ["VPCD_BIN"], "serve", *where, *listeners, "--env-file", str(self._file)]
        self.log = work / "server.log"
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.cloud = Cloud(self._variables())
        except BaseException:
            self.kill()
            raise

    def _variables(self):
        def read():
            assert self._process.poll() is None, f"the server ended: {self.log.read_text()[-2000:]}"
            lines = self._file.read_text().splitlines() if self._file.exists() else []
            pairs = (line.removeprefix("export ").split("=", 1) for line in lines if "=" in line)
            return {name.strip(): value.strip().strip("'\"") for name, value in pairs}

        return until(read, lambda env: env.get("VPCD_ADMIN_TOKEN"), 10)

    def kill(self):
        """kill -9: no warning, no last words."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(10)

    def stop(self):
        """SIGTERM; returns the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)
