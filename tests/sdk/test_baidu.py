"""VPC and subnet operations through bce-python-sdk: tokens, paging, If-Match, and the refusals a person meets first."""

import json
import re
from functools import partial

import pytest
from baidubce import utils
from baidubce.auth import bce_v1_signer
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.exception import BceHttpClientError
from baidubce.http import http_methods

from cloud import fresh, http, until

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
BAD_REQUEST = "Bad request parameters or illegal request."
NO_OBJECT = "The specified object is not found or resource do not exist."
CIDR_CONFLICT = "This subnet's cidr has conflict with other subnets'."
NEED_RELEASE = "Delete failed, please delete bcc, blb, nat, vpn, rds and so on in the VPC."
MISMATCH = "The request uses the same client token as a previous, but non-identical request."
PRECONDITION = "The specified If-Match header doesn't match the ETag header."
BAD_SIGNATURE = (
    "The request signature we calculated does not match the signature you provided. "
    "Check your Secret Access Key and signing method. Consult the service documentation for details."
)


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("vpc", 100)
    return tenant.baidu_vpc()


@pytest.fixture(scope="module")
def subnets(tenant):
    return tenant.baidu_subnet()


@pytest.fixture(scope="module")
def zone(operator):
    return operator.zone()


@pytest.fixture
def vpc(client):
    """The id of a fresh VPC."""
    return client.create_vpc(fresh("vpc"), "192.168.0.0/16").vpc_id


@pytest.fixture
def subnet(subnets, zone, vpc):
    """The id of a subnet in that VPC."""
    return subnets.create_subnet(fresh("subnet"), zone, "192.168.0.0/24", vpc).subnet_id


def refused(call, status, code, message=None):
    """Calls, and checks what the SDK parsed from the refusal."""
    with pytest.raises(BceHttpClientError) as caught:
        call()
    error = caught.value
    assert (error.status_code, error.code) == (status, code), error.last_error
    assert UUID.fullmatch(error.request_id), error.request_id
    if message is not None:
        assert str(error.last_error).startswith(message), error.last_error
    return error


def signed(tenant, method, path, body=None, params=None, headers=None, when=0, key=None):
    """A request that the SDK would not make, signed by the SDK's signer."""
    host = tenant.cloud.baidu.split("://")[1]
    credentials = BceCredentials(*(key or tenant.baidu_key))
    headers = {"Host": host, "x-bce-date": utils.get_canonical_time(when).decode(), **(headers or {})}
    to_sign = {name.encode(): value.encode() for name, value in headers.items()}
    names = [name.lower().encode() for name in headers]
    params = {name.encode(): value.encode() for name, value in (params or {}).items()}
    authorization = bce_v1_signer.sign(
        credentials, method.encode(), path.encode(), to_sign, params, when, headers_to_sign=names
    )
    query = "&".join(f"{name.decode()}={value.decode()}" for name, value in params.items())
    url = tenant.cloud.baidu + path + (f"?{query}" if query else "")
    return http(method, url, body, {**headers, "Authorization": authorization.decode()})


def answers(reply, status, code, message=None):
    """Checks an error body that no SDK parsed."""
    assert reply.status == status, reply
    assert set(reply.json) == {"code", "message", "requestId"}, reply
    assert reply.json["code"] == code, reply
    assert reply.json["requestId"] == reply.headers["x-bce-request-id"]
    assert message is None or reply.json["message"].startswith(message), reply


def test_vpc_life(client):
    name = fresh("life")
    made = client.create_vpc(name, "10.0.0.0/16", description="first")
    assert re.fullmatch(r"vpc-[0-9a-z]{12}", made.vpc_id)
    assert UUID.fullmatch(made.metadata.bce_request_id)
    shown = client.get_vpc(made.vpc_id).vpc
    assert (shown.vpc_id, shown.name, shown.cidr) == (made.vpc_id, name, "10.0.0.0/16")
    assert (shown.description, shown.is_default) == ("first", False)
    assert (shown.subnets, shown.secondary_cidr) == ([], [])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown.created_time)

    client.update_vpc(made.vpc_id, name + "-2", description="second")
    shown = client.get_vpc(made.vpc_id).vpc
    assert (shown.name, shown.description, shown.cidr) == (name + "-2", "second", "10.0.0.0/16")
    client.update_vpc(made.vpc_id, name)
    assert client.get_vpc(made.vpc_id).vpc.description == "second", "an absent key changes nothing"
    listed = client.list_vpcs(vpc_ids=made.vpc_id).vpcs
    assert [(it.vpc_id, it.name) for it in listed] == [(made.vpc_id, name)]

    client.delete_vpc(made.vpc_id)
    refused(lambda: client.get_vpc(made.vpc_id), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: client.delete_vpc(made.vpc_id), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: client.update_vpc(made.vpc_id, name), 404, "NoSuchObject", NO_OBJECT)


def test_client_token(client, vpc):
    token, name = fresh("token"), fresh("once")
    first = client.create_vpc(name, "10.0.0.0/16", client_token=token).vpc_id
    assert client.create_vpc(name, "10.0.0.0/16", client_token=token).vpc_id == first
    everyone = client.list_vpcs().vpcs
    assert [it.vpc_id for it in everyone if it.name == name] == [first]
    other = partial(client.create_vpc, name, "10.1.0.0/16", client_token=token)
    refused(other, 403, "IdempotentParameterMismatch", MISMATCH)
    refused(lambda: client.delete_vpc(first, client_token=token), 403, "IdempotentParameterMismatch", MISMATCH)
    assert client.get_vpc(first).vpc.cidr == "10.0.0.0/16"

    gone = fresh("token")
    client.delete_vpc(vpc, client_token=gone)
    client.delete_vpc(vpc, client_token=gone)
    refused(lambda: client.delete_vpc(vpc), 404, "NoSuchObject")


def test_client_token_of_a_refused_request(client, subnets, zone, vpc):
    """Only successes are remembered: a retry with the same token is tried afresh."""
    token = fresh("token")
    blocking = subnets.create_subnet("blocking", zone, "192.168.0.0/24", vpc).subnet_id
    create = partial(subnets.create_subnet, "wanted", zone, "192.168.0.0/24", vpc, client_token=token)
    refused(create, 409, "CidrConflict")
    subnets.delete_subnet(blocking)
    assert subnets.get_subnet(create().subnet_id).subnet.name == "wanted"


def test_client_tokens_are_per_account(client, stranger):
    token = fresh("token")
    mine = client.create_vpc("same", "10.0.0.0/16", client_token=token).vpc_id
    theirs = stranger.baidu_vpc().create_vpc("same", "10.0.0.0/16", client_token=token).vpc_id
    assert mine != theirs


def test_vpc_paging(cloud):
    tenant = cloud.tenant("pages")
    tenant.quota("vpc", 20)
    client = tenant.baidu_vpc()
    made = {client.create_vpc(f"page-{number:02}", "10.0.0.0/16").vpc_id for number in range(12)}
    everyone = [it.vpc_id for it in client.list_vpcs().vpcs]
    assert made <= set(everyone) and len(everyone) <= 13, "at most the default VPC besides"

    seen, marker = [], None
    while True:
        page = client.list_vpcs(max_keys=5, **({"marker": marker} if marker else {}))
        ids = [it.vpc_id for it in page.vpcs]
        assert page.max_keys == 5 and ids
        if marker:
            assert ids[0] == marker, "a marker names the first row of its page"
        seen += ids
        if not page.is_truncated:
            assert not page.next_marker
            break
        assert len(ids) == 5
        marker = page.next_marker
    assert seen == everyone
    assert client.list_vpcs(max_keys=len(everyone)).is_truncated is False
    some = sorted(made)[:2]
    assert sorted(it.vpc_id for it in client.list_vpcs(vpc_ids=",".join(some)).vpcs) == some
    for keys in (0, 1001):
        refused(lambda: client.list_vpcs(max_keys=keys), 400, "BadRequest", BAD_REQUEST)


def test_default_vpc(client):
    for default in client.list_vpcs(is_default=True).vpcs:
        assert default.is_default is True
        refused(lambda: client.delete_vpc(default.vpc_id), 409, "OperationDenied")
    assert not any(it.is_default for it in client.list_vpcs(is_default=False).vpcs)


@pytest.mark.parametrize(
    "name, cidr, more",
    [
        ("n", "10.0.0.0/33", {}),
        ("n", "ten", {}),
        ("n", "10.0.0.1/16", {}),
        ("n", "11.0.0.0/16", {}),
        ("n", "10.0.0.0/29", {}),
        ("default", "10.0.0.0/16", {}),
        ("", "10.0.0.0/16", {}),
        ("n" * 66, "10.0.0.0/16", {}),
        ("n", "10.0.0.0/16", {"description": "d" * 201}),
    ],
)
def test_vpc_create_refused(client, name, cidr, more):
    refused(lambda: client.create_vpc(name, cidr, **more), 400, "BadRequest", BAD_REQUEST)


def test_vpc_quota(stranger):
    client = stranger.baidu_vpc()
    stranger.quota("vpc", len(client.list_vpcs().vpcs) + 2)
    made = [client.create_vpc(fresh("q"), "10.0.0.0/16").vpc_id for _ in range(2)]
    refused(
        lambda: client.create_vpc(fresh("q"), "10.0.0.0/16"),
        413,
        "LimitExceeded",
        "Limit exceeded for current request.",
    )
    client.delete_vpc(made[0])
    client.create_vpc(fresh("q"), "10.0.0.0/16")


def test_secondary_cidr(client, subnets, zone, vpc):
    name = client.get_vpc(vpc).vpc.name
    client.update_vpc(vpc, name, secondaryCidr=["10.8.0.0/16", "10.9.0.0/16"])
    assert sorted(client.get_vpc(vpc).vpc.secondary_cidr) == ["10.8.0.0/16", "10.9.0.0/16"]
    client.update_vpc(vpc, name, secondaryCidr=["10.9.0.0/16"])
    assert client.get_vpc(vpc).vpc.secondary_cidr == ["10.9.0.0/16"], "the list is replaced"
    client.update_vpc(vpc, name)
    assert client.get_vpc(vpc).vpc.secondary_cidr == ["10.9.0.0/16"]
    inside = partial(subnets.create_subnet, "in-secondary", zone, "10.9.0.0/24", vpc)
    refused(inside, 400, "BadRequest", BAD_REQUEST)
    made = inside(vpc_secondary_cidr="10.9.0.0/16").subnet_id
    assert subnets.get_subnet(made).subnet.cidr == "10.9.0.0/24"


def test_subnet_life(client, subnets, zone, vpc):
    made = subnets.create_subnet("life", zone, "192.168.1.0/24", vpc, description="first")
    assert re.fullmatch(r"sbn-[0-9a-z]{12}", made.subnet_id)
    shown = until(lambda: subnets.get_subnet(made.subnet_id).subnet, lambda it: it is not None)
    assert (shown.subnet_id, shown.name, shown.description) == (made.subnet_id, "life", "first")
    assert (shown.cidr, shown.vpc_id, shown.zone_name) == ("192.168.1.0/24", vpc, zone)
    assert shown.subnet_type == "BCC"
    assert 250 <= shown.available_ip <= 254
    assert [it.subnet_id for it in client.get_vpc(vpc).vpc.subnets] == [made.subnet_id]

    subnets.update_subnet(made.subnet_id, "life-2", description="second")
    shown = subnets.get_subnet(made.subnet_id).subnet
    assert (shown.name, shown.description, shown.cidr) == ("life-2", "second", "192.168.1.0/24")
    refused(lambda: client.delete_vpc(vpc), 409, "ResourceNeedRelease", NEED_RELEASE)
    subnets.delete_subnet(made.subnet_id)
    refused(lambda: subnets.get_subnet(made.subnet_id), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: subnets.update_subnet(made.subnet_id, "n", description="d"), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: subnets.delete_subnet(made.subnet_id), 404, "NoSuchObject", NO_OBJECT)
    client.delete_vpc(vpc)


def test_subnet_client_token(subnets, zone, vpc):
    token = fresh("token")
    more = {"zone_name": zone, "cidr": "192.168.2.0/24", "vpc_id": vpc, "client_token": token}
    create = partial(subnets.create_subnet, **more)
    first = create("once").subnet_id
    assert create("once").subnet_id == first
    refused(lambda: create("twice"), 403, "IdempotentParameterMismatch", MISMATCH)
    assert [it.subnet_id for it in subnets.list_subnets(vpc_id=vpc).subnets] == [first]


def test_subnet_paging(tenant, client, subnets, zone, vpc):
    tenant.quota("subnet", 20)
    made = [
        subnets.create_subnet(f"page-{number:02}", zone, f"192.168.{number}.0/24", vpc).subnet_id
        for number in range(12)
    ]
    seen, sizes, marker = [], [], None
    while True:
        page = subnets.list_subnets(vpc_id=vpc, max_keys=5, **({"marker": marker} if marker else {}))
        sizes.append(len(page.subnets))
        seen += [it.subnet_id for it in page.subnets]
        if not page.is_truncated:
            break
        marker = page.next_marker
    assert sizes == [5, 5, 2]
    assert len(seen) == 12 and set(seen) == set(made)
    assert len(subnets.list_subnets(vpc_id=vpc, zone_name=zone, subnet_type="BCC").subnets) == 12
    assert subnets.list_subnets(vpc_id=vpc, subnet_type="BBC").subnets == []


@pytest.mark.parametrize("cidr", ["192.168.0.0/24", "192.168.0.128/25", "192.168.0.0/20"])
def test_subnet_conflict(subnets, zone, vpc, subnet, cidr):
    refused(lambda: subnets.create_subnet("n", zone, cidr, vpc), 409, "CidrConflict", CIDR_CONFLICT)


@pytest.mark.parametrize(
    "name, cidr, more",
    [
        ("n", "10.0.0.0/24", {}),
        ("n", "192.168.9.0/33", {}),
        ("n", "192.168.9.1/24", {}),
        ("default", "192.168.9.0/24", {}),
        ("n" * 66, "192.168.9.0/24", {}),
        ("n", "192.168.9.0/24", {"subnet_type": "XYZ"}),
        ("n", "192.168.9.0/24", {"description": "d" * 201}),
    ],
)
def test_subnet_create_refused(subnets, zone, vpc, name, cidr, more):
    refused(lambda: subnets.create_subnet(name, zone, cidr, vpc, **more), 400, "BadRequest", BAD_REQUEST)


def test_unknown_ids(client, subnets, zone, vpc):
    refused(lambda: client.get_vpc("vpc-000000000000"), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: subnets.get_subnet("sbn-000000000000"), 404, "NoSuchObject", NO_OBJECT)
    create = partial(subnets.create_subnet, "n", zone, "192.168.0.0/24", "vpc-000000000000")
    refused(create, 404, "NoSuchObject", NO_OBJECT)


def test_other_accounts(client, stranger, zone, vpc, subnet):
    others, other_subnets = stranger.baidu_vpc(), stranger.baidu_subnet()
    refused(lambda: others.get_vpc(vpc), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: others.update_vpc(vpc, "mine"), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: others.delete_vpc(vpc), 404, "NoSuchObject", NO_OBJECT)
    refused(lambda: other_subnets.get_subnet(subnet), 404, "NoSuchObject", NO_OBJECT)
    create = partial(other_subnets.create_subnet, "n", zone, "192.168.9.0/24", vpc)
    refused(create, 404, "NoSuchObject", NO_OBJECT)
    assert vpc not in [it.vpc_id for it in others.list_vpcs().vpcs]
    assert other_subnets.list_subnets(subnet_ids=subnet).subnets == []


def test_wrong_keys(operator, stranger):
    access, secret = operator.key("baidu", account=stranger.account)
    forged = stranger.baidu_vpc(key=(access, secret[:-1] + ("0" if secret[-1] != "0" else "1")))
    refused(forged.list_vpcs, 400, "SignatureDoesNotMatch", BAD_SIGNATURE)
    nobody = stranger.baidu_vpc(key=("AKNOBODY", secret))
    message = "The Access Key ID you provided does not exist in our records."
    refused(nobody.list_vpcs, 403, "InvalidAccessKeyId", message)
    stranger.baidu_vpc(key=(access, secret)).list_vpcs()
    operator.call("DELETE", f"keys/{access}")
    refused(stranger.baidu_vpc(key=(access, secret)).list_vpcs, 403, "InvalidAccessKeyId", message)


def test_etag(client, subnets, tenant, vpc, subnet):
    """If-Match, through the SDK's own transport and signer."""

    def put(id, match, body):
        prefix = b"/subnet/" if id.startswith("sbn-") else b"/vpc/"
        headers = {b"Content-Type": b"application/json;charset=utf-8", b"If-Match": match.encode()}
        params = {b"modifyAttribute": None, b"clientToken": fresh("token").encode()}
        return client._send_request(
            http_methods.PUT, prefix + id.encode(), json.dumps(body), headers=headers, params=params
        )

    for id, read in ((vpc, client.get_vpc), (subnet, subnets.get_subnet)):
        etag = read(id).metadata.etag
        assert etag and read(id).metadata.etag == etag
        refused(lambda: put(id, '"stale"', {"name": "lost"}), 412, "PreconditionFailed", PRECONDITION)
        put(id, f'"{etag}"', {"name": "kept"})
        assert read(id).metadata.etag != etag
        refused(lambda: put(id, f'"{etag}"', {"name": "late"}), 412, "PreconditionFailed", PRECONDITION)
    assert client.get_vpc(vpc).vpc.name == "kept"
    stale = signed(tenant, "DELETE", f"/v1/subnet/{subnet}", headers={"If-Match": '"stale"'})
    answers(stale, 412, "PreconditionFailed", PRECONDITION)
    assert subnets.get_subnet(subnet).subnet.name == "kept"


def test_requests_that_no_sdk_makes(tenant):
    post = partial(signed, tenant, "POST", "/v1/vpc")
    answers(post(b'{"name": '), 400, "MalformedJSON", "The JSON you provided was not well-formed.")
    answers(post({"name": "n"}), 400, "InappropriateJSON")
    answers(post({"name": "n", "cidr": None}), 400, "InappropriateJSON")
    answers(post({"name": "n", "cidr": 10}), 400, "InappropriateJSON")
    answers(signed(tenant, "GET", "/v1/nothing"), 400, "InvalidURI", "Could not parse the specified URI.")
    answers(signed(tenant, "PATCH", "/v1/vpc"), 400, "InvalidURI")
    answers(signed(tenant, "GET", "/v9/vpc"), 404, "InvalidVersion", "The API version specified was invalid.")
    plain = http("GET", f"{tenant.cloud.baidu}/v1/vpc")
    answers(plain, 400, "InvalidHTTPAuthHeader")
    garbled = http("GET", f"{tenant.cloud.baidu}/v1/vpc", headers={"Authorization": "bce-auth-v2/a/b"})
    answers(garbled, 400, "InvalidHTTPAuthHeader")


def test_signer_forms(tenant, client, vpc):
    """Signatures over explicit header lists and over a query that needs encoding."""
    reply = signed(tenant, "GET", "/v1/vpc", params={"maxKeys": "1000", "vpcIds": vpc})
    assert reply.status == 200 and [it["vpcId"] for it in reply.json["vpcs"]] == [vpc]
    reply = signed(tenant, "PUT", f"/v1/vpc/{vpc}", {"name": "bare"}, params={"modifyAttribute": ""})
    assert reply.status == 200, reply
    assert client.get_vpc(vpc).vpc.name == "bare"
    old = signed(tenant, "GET", "/v1/vpc", when=1430041571)
    answers(old, 400, "RequestExpired", "Request has expired. Timestamp date is ")
