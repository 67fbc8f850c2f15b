"""Tags through the vendors' SDKs: VPCs, subnets, EIPs and the three kinds of VPN resources; the v3 reads of VPCs."""

import pytest
from huaweicloudsdkeip import v2 as eip
from huaweicloudsdkvpc import v2 as vpc
from huaweicloudsdkvpc import v3 as vpc3
from huaweicloudsdkvpn import v5 as vpn

from cloud import fresh
from huawei import create_eip, create_subnet, create_vpc, exactly, refused, show_eip, unknown
from vpn import create_cgw, create_connection, create_vgw, show_cgw, show_vgw

MISSING = exactly("Query resource by id fail.")
BLOCK = iter(range(1, 100))
TOO_MANY = exactly("number of tags exceeds max num of 10.")


class Classic:
    """The seven tag operations of one collection of the v2.0 API, by the names of its SDK."""

    def __init__(self, client, sdk, one, many, create):
        self.client, self.one, self.many, self.create = client, one, many, create
        self.sdk = sdk
        self.tag = getattr(sdk, "ResourceTag", None) or sdk.ResourceTagOption
        self.key = getattr(sdk, "ListTag", None) or sdk.TagReq
        self.match = getattr(sdk, "Match", None) or sdk.MatchReq

    def _call(self, name, *args, **fields):
        words = "".join(word.capitalize() for word in name.split("_"))
        if fields:
            args = (*args, getattr(self.sdk, f"{words}RequestBody")(**fields))
        return getattr(self.client, name)(getattr(self.sdk, f"{words}Request")(*args))

    def add(self, id, key, value):
        return self._call(self.create, id, tag=self.tag(key, value))

    def put(self, id, **tags):
        tags = [self.tag(key, value) for key, value in tags.items()]
        return self._call(f"batch_create_{self.one}_tags", id, action="create", tags=tags)

    def drop(self, id, *keys):
        tags = [self.tag(key, "") for key in keys]
        return self._call(f"batch_delete_{self.one}_tags", id, action="delete", tags=tags)

    def delete(self, id, key):
        return self._call(f"delete_{self.one}_tag", id, key)

    def of(self, id):
        return {tag.key: tag.value for tag in self._call(f"show_{self.one}_tags", id).tags}

    def all(self):
        return {tag.key: tag.values for tag in self._call(f"list_{self.one}_tags").tags}

    def search(self, action="filter", tags=None, name=None, **page):
        keys = [self.key(key, values) for key, values in (tags or {}).items()]
        matches = [self.match("resource_name", name)] if name else None
        fields = {"action": action, "tags": keys, "matches": matches, **page}
        return self._call(f"list_{self.many}_by_tags", **fields)


class Vpn:
    """The six tag operations of one type of VPN resource."""

    def __init__(self, client, type):
        self.client, self.type = client, type

    def put(self, id, **tags):
        body = vpn.CreateResourcesTagsRequestBody([vpn.ResourceTag(key, value) for key, value in tags.items()])
        return self.client.batch_create_resource_tags(vpn.BatchCreateResourceTagsRequest(self.type, id, body))

    def drop(self, id, *keys):
        body = vpn.DeleteResourcesTagsRequestBody([vpn.ResourceTag(key) for key in keys])
        return self.client.batch_delete_resource_tags(vpn.BatchDeleteResourceTagsRequest(self.type, id, body))

    def of(self, id):
        tags = self.client.show_resource_tags(vpn.ShowResourceTagsRequest(self.type, id)).tags
        return {tag.key: tag.value for tag in tags}

    def all(self):
        tags = self.client.list_project_tags(vpn.ListProjectTagsRequest(self.type)).tags
        return {tag.key: tag.values for tag in tags}

    def search(self, tags=None, name=None, untagged=None, **page):
        body = vpn.QueryResourcesRequestBody(
            without_any_tag=untagged,
            tags=[vpn.Tag(key, values) for key, values in (tags or {}).items()],
            matches=[vpn.Match("resource_name", name)] if name else None,
        )
        found = self.client.list_resources_by_tags(vpn.ListResourcesByTagsRequest(self.type, body=body, **page))
        count = self.client.count_resources_by_tags(vpn.CountResourcesByTagsRequest(self.type, body))
        assert count.total_count == found.total_count
        return found


@pytest.fixture(scope="module")
def network(tenant):
    tenant.quota("vpc", 100)
    return create_vpc(tenant.vpc(), cidr="10.0.0.0/16")


@pytest.fixture(params=["vpc", "subnet", "publicip"])
def classic(request, tenant, network):
    """The operations on one collection, with two resources of it and the name of the first."""
    client = tenant.vpc()
    if request.param == "vpc":
        one, two = (create_vpc(client) for _ in range(2))
        return Classic(client, vpc, "vpc", "vpcs", "create_vpc_resource_tag"), one, two, one.name
    if request.param == "subnet":
        one, two = (create_subnet(client, network.id, f"10.0.{next(BLOCK)}.0/24") for _ in range(2))
        return Classic(client, vpc, "subnet", "subnets", "create_subnet_tag"), one, two, one.name
    client = tenant.eip()
    one, two = create_eip(client, alias=fresh("eip")), create_eip(client)
    return Classic(client, eip, "publicip", "publicips", "create_publicip_tag"), one, two, one.alias


@pytest.fixture(scope="module")
def gateway(tenant, network):
    return create_vgw(tenant.vpn(), create_subnet(tenant.vpc(), network.id, "10.0.100.0/24"))


def ids(found):
    return [hit.resource_id for hit in found.resources]


def test_tags_of_vpcs_subnets_and_eips(classic):
    tags, one, two, name = classic
    assert tags.of(one.id) == {}
    tags.add(one.id, "env", "test")
    tags.put(one.id, owner="me", empty="")
    tags.put(two.id, env="prod")
    tags.add(one.id, "owner", "you")
    assert tags.of(one.id) == {"env": "test", "owner": "you", "empty": ""}
    assert tags.all() == {"env": ["prod", "test"], "owner": ["you"], "empty": [""]}

    assert sorted(ids(tags.search(tags={"env": []}))) == sorted([one.id, two.id])
    assert ids(tags.search(tags={"env": ["test", "other"], "owner": ["you"]})) == [one.id]
    assert ids(tags.search(tags={"env": ["prod"], "owner": []})) == []
    (hit,) = tags.search(name=name).resources
    assert (hit.resource_id, hit.resource_name, hit.resource_detail) == (one.id, name, None)
    assert {tag.key: tag.value for tag in hit.tags} == tags.of(one.id)
    counted = tags.search("count", tags={"env": []})
    assert (counted.total_count, counted.resources) == (2, None)
    page = tags.search(tags={"env": []}, limit=1, offset=1)
    assert (len(page.resources), page.total_count) == (1, 2)

    tags.delete(one.id, "owner")
    tags.drop(one.id, "empty", "never")
    assert tags.of(one.id) == {"env": "test"}
    tags.drop(one.id, "env")
    tags.drop(two.id, "env")
    assert tags.all() == {}


def test_what_tags_are_refused(classic):
    tags, one, _, _ = classic
    refused(lambda: tags.of(unknown()), 404, "VPC.2204", MISSING)
    refused(lambda: tags.add(unknown(), "a", "b"), 404, "VPC.2204", MISSING)
    refused(lambda: tags.add(one.id, "a" * 37, "b"), 400, "VPC.1801", r"Tag length is invalid\. .*")
    refused(lambda: tags.add(one.id, "a", "<b>"), 400, "VPC.1801")
    tags.put(one.id, **{f"k{n}": "v" for n in range(10)})
    refused(lambda: tags.add(one.id, "one-more", ""), 400, "VPC.1801", TOO_MANY)
    refused(lambda: tags.search("find"), 400, "VPC.1801", exactly("action is invalid."))
    refused(lambda: tags.search(limit=1001), 400, "VPC.1801")
    tags.drop(one.id, *(f"k{n}" for n in range(10)))


def test_an_eip_shows_its_tags_as_texts(tenant):
    it = create_eip(tenant.eip())
    Classic(tenant.eip(), eip, "publicip", "publicips", "create_publicip_tag").put(it.id, env="test", empty="")
    assert show_eip(tenant.eip(), it.id).tags == ["env=test", "empty="]


def test_tags_that_come_with_a_vpc_and_its_v3_face(tenant):
    client = tenant.vpc()
    made = create_vpc(client, cidr="172.16.0.0/16", description="tagged", tags=["env*test", "empty*"])
    create_subnet(client, made.id, "172.16.1.0/24")
    tags = Classic(client, vpc, "vpc", "vpcs", "create_vpc_resource_tag")
    assert tags.of(made.id) == {"env": "test", "empty": ""}

    newer = tenant.vpc_v3()
    it = newer.show_vpc(vpc3.ShowVpcRequest(made.id)).vpc
    assert (it.id, it.name, it.cidr, it.description) == (made.id, made.name, "172.16.0.0/16", "tagged")
    assert (it.status, it.project_id, it.enterprise_project_id) == ("ACTIVE", tenant.project, "0")
    assert {tag.key: tag.value for tag in it.tags} == {"env": "test", "empty": ""}
    assert {row.resource_type: row.resource_count for row in it.cloud_resources} == {"virsubnet": 1, "routetable": 1}
    listed = newer.list_vpcs(vpc3.ListVpcsRequest(name=[made.name, "nobody"]))
    assert [row.id for row in listed.vpcs] == [made.id]
    assert (listed.page_info.current_count, listed.page_info.next_marker) == (1, None)
    missing = unknown()
    message = exactly(f"Vpc {missing} could not be found.")
    refused(lambda: newer.show_vpc(vpc3.ShowVpcRequest(missing)), 404, "VPC.9904", message)


@pytest.mark.parametrize("type", ["vpn-gateway", "customer-gateway", "vpn-connection"])
def test_tags_of_vpn_resources(tenant, gateway, type):
    client = tenant.vpn()
    made = {
        "vpn-gateway": lambda: gateway,
        "customer-gateway": lambda: create_cgw(client),
        "vpn-connection": lambda: create_connection(client, gateway),
    }[type]()
    tags = Vpn(client, type)
    tags.put(made.id, env="test", owner="me@home")
    tags.put(made.id, env="prod")
    assert tags.of(made.id) == {"env": "prod", "owner": "me@home"}
    assert tags.all() == {"env": ["prod"], "owner": ["me@home"]}

    assert ids(tags.search({"env": ["prod", "test"], "owner": []})) == [made.id]
    assert ids(tags.search({"env": ["test"]})) == []
    assert ids(tags.search({"env": []}, name=made.name)) == [made.id]
    assert made.id not in ids(tags.search(untagged=True))
    page = tags.search({"env": []}, limit="1", offset="1")
    assert (page.resources, page.total_count) == ([], 1)

    tags.drop(made.id, "owner", "never")
    assert tags.of(made.id) == {"env": "prod"}
    tags.put(made.id, **{f"k{n}": "v" for n in range(19)})
    refused(lambda: tags.put(made.id, more="v"), 400, "VPN.0001", r"invalid request: a resource has at most 20 tags")
    refused(lambda: tags.put(unknown(), a="b"), 404, "VPN.0004", exactly("resource not found"))
    refused(lambda: Vpn(client, "p2c-vpn-gateways").of(made.id), 404, "VPN.0004", exactly("resource not found"))
    tags.drop(made.id, *tags.of(made.id))
    assert tags.of(made.id) == {}


def test_a_tag_policy_of_the_organisation(tenant, operator):
    client = tenant.vpn()
    it = create_cgw(client)
    scope = f"account/{tenant.account}"
    operator.call("PUT", "conditions/account.tag_policy", {"scope": scope, "value": {"env": ["prod"]}})
    try:
        Vpn(client, "customer-gateway").put(it.id, env="prod")
        message = exactly("The tag policy not allow the specified value for the following tag key: env")
        refused(lambda: Vpn(client, "customer-gateway").put(it.id, env="test"), 400, "VPN.0015", message)
    finally:
        operator.call("DELETE", f"conditions/account.tag_policy?scope={scope}")
    assert {tag.key: tag.value for tag in show_cgw(client, it.id).tags} == {"env": "prod"}
    Vpn(client, "customer-gateway").drop(it.id, "env")


def test_a_gateway_shows_its_tags(tenant, gateway):
    tags = Vpn(tenant.vpn(), "vpn-gateway")
    tags.put(gateway.id, env="prod")
    assert [(tag.key, tag.value) for tag in show_vgw(tenant.vpn(), gateway.id).tags] == [("env", "prod")]
    tags.drop(gateway.id, "env")
