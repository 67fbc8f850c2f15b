"""VPC, subnet, port and quota operations through huaweicloudsdkvpc v2, and the refusals a person meets first."""

import ipaddress

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkvpc import v2 as sdk

from cloud import fresh
from huawei import (
    UUID,
    create_port,
    create_subnet,
    create_vpc,
    delete_port,
    delete_subnet,
    delete_vpc,
    exactly,
    refused,
    show_subnet,
    show_vpc,
    unknown,
)

VPC_INVALID = exactly("Param is invalid.")
LIST_INVALID = exactly("Query vpc list error.")
SUBNET_USED = exactly("Subnet is used by private IP, can not be deleted.")
DEFAULT_QUOTAS = {"vpc": 5, "subnet": 100, "securityGroup": 100, "publicIp": 10}


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("vpc", 100)
    return tenant.vpc()


@pytest.fixture(scope="module")
def network(client):
    return create_vpc(client, cidr="10.0.0.0/16")


@pytest.fixture(scope="module")
def subnet(client, network):
    return create_subnet(client, network.id, "10.0.0.0/24")


def create(client, **option):
    return client.create_vpc(sdk.CreateVpcRequest(sdk.CreateVpcRequestBody(sdk.CreateVpcOption(**option)))).vpc


def update(client, id, **option):
    return client.update_vpc(sdk.UpdateVpcRequest(id, sdk.UpdateVpcRequestBody(sdk.UpdateVpcOption(**option)))).vpc


def vpcs(client, **query):
    return client.list_vpcs(sdk.ListVpcsRequest(**query)).vpcs


def new_subnet(client, parent, cidr="10.0.200.0/24", **option):
    option = {"name": fresh("subnet"), "gateway_ip": "10.0.200.1", **option}
    body = sdk.CreateSubnetRequestBody(sdk.CreateSubnetOption(vpc_id=parent, cidr=cidr, **option))
    return client.create_subnet(sdk.CreateSubnetRequest(body)).subnet


def update_subnet(client, parent, id, **option):
    body = sdk.UpdateSubnetRequestBody(sdk.UpdateSubnetOption(**option))
    return client.update_subnet(sdk.UpdateSubnetRequest(parent, id, body)).subnet


def subnets(client, **query):
    return client.list_subnets(sdk.ListSubnetsRequest(**query)).subnets


def ports(client, **query):
    return client.list_ports(sdk.ListPortsRequest(**query)).ports


def quotas(client, type=None):
    resources = client.show_quota(sdk.ShowQuotaRequest(type)).quotas.resources
    return {row.type: row for row in resources}


def test_vpc_life(client, tenant):
    name = fresh("life")
    made = create_vpc(client, name=name, cidr="172.16.0.0/12", description="first")
    assert UUID.fullmatch(made.id)
    assert (made.name, made.cidr, made.description, made.status) == (name, "172.16.0.0/12", "first", "OK")
    assert made.enterprise_project_id == "0"
    assert made.routes == []
    assert made.tenant_id in (None, tenant.project)
    assert [it.id for it in vpcs(client, id=made.id)] == [made.id]

    changed = update(client, made.id, name=name + "-2")
    assert (changed.id, changed.name) == (made.id, name + "-2")
    assert (show_vpc(client, made.id).name, show_vpc(client, made.id).description) == (name + "-2", "first")
    update(client, made.id, description="")
    assert not show_vpc(client, made.id).description
    update(client, made.id, cidr="172.16.0.0/16")
    assert show_vpc(client, made.id).cidr == "172.16.0.0/16"

    delete_vpc(client, made.id)
    refused(lambda: show_vpc(client, made.id), 404, "VPC.0105", exactly("Neutron Error."))
    refused(lambda: delete_vpc(client, made.id), 404, "VPC.0101", r"Delete router error .+ is invalid\.")
    assert vpcs(client, id=made.id) == []


def test_vpc_names_and_blanks(client):
    unicode = create_vpc(client, name=fresh("网络"), cidr="10.0.0.0/8")
    assert show_vpc(client, unicode.id).name == unicode.name
    blank = create_vpc(client, name="", cidr="")
    again = create_vpc(client, name="", cidr="")
    assert blank.id != again.id
    for id in (unicode.id, blank.id, again.id):
        delete_vpc(client, id)


def test_vpc_paging(cloud):
    tenant = cloud.tenant("pages")
    tenant.quota("vpc", 25)
    client = tenant.vpc()
    made = {create(client, name=f"page-{number:02}", cidr="10.0.0.0/16").id for number in range(25)}
    seen, sizes, marker = [], [], None
    while True:
        page = vpcs(client, limit=10, **({"marker": marker} if marker else {}))
        sizes.append(len(page))
        seen += [it.id for it in page]
        if len(page) < 10:
            break
        marker = page[-1].id
    assert sizes == [10, 10, 5]
    assert seen == sorted(made)
    assert {it.id for it in vpcs(client)} == made
    assert {it.id for it in vpcs(client, enterprise_project_id="all_granted_eps")} == made
    assert {it.id for it in vpcs(client, enterprise_project_id="0")} == made
    assert vpcs(client, enterprise_project_id=unknown()) == []
    refused(
        lambda: create(client, name="one-more", cidr="10.0.0.0/16"),
        409,
        "VPC.0114",
        exactly("Quota exceeded for resources: ['router']."),
    )


@pytest.mark.parametrize(
    "query",
    [{"limit": -1}, {"limit": 2001}, {"marker": "no-uuid"}, {"id": "no-uuid"}, {"enterprise_project_id": "no-uuid"}],
    ids=str,
)
def test_vpc_list_refused(client, query):
    refused(lambda: vpcs(client, **query), 400, "VPC.0101", LIST_INVALID)


@pytest.mark.parametrize(
    "option",
    [
        {"cidr": "10.0.0.0/33"},
        {"cidr": "ten"},
        {"cidr": "10.0.0.1/16"},
        {"cidr": "11.0.0.0/8"},
        {"cidr": "192.168.0.0/15"},
        {"cidr": "10.0.0.0/25"},
        {"name": "n" * 65},
        {"name": "two words"},
        {"description": "d" * 256},
        {"description": "<b>"},
        {"enterprise_project_id": "no-uuid"},
        {"tags": ["no-star"]},
        {"tags": [f"key{number}*value" for number in range(11)]},
    ],
    ids=lambda option: "-".join(option),
)
def test_vpc_create_refused(client, option):
    refused(lambda: create(client, **{"cidr": "10.0.0.0/16", **option}), 400, "VPC.0101", VPC_INVALID)


def test_vpc_name_taken(client, network):
    exists = exactly("The router name has exist.")
    refused(lambda: create(client, name=network.name, cidr="10.0.0.0/16"), 400, "VPC.0115", exists)
    other = create_vpc(client)
    refused(lambda: update(client, other.id, name=network.name), 400, "VPC.0115", exists)
    assert update(client, other.id, name=other.name).name == other.name
    delete_vpc(client, other.id)


def test_vpc_quota(stranger):
    client = stranger.vpc()
    made = [create_vpc(client) for _ in range(5)]
    message = exactly("Quota exceeded for resources: ['router'].")
    refused(lambda: create(client, name=fresh("q"), cidr="10.0.0.0/16"), 409, "VPC.0114", message)
    delete_vpc(client, made[0].id)
    create_vpc(client)


def test_vpc_ids(client, stranger, network):
    refused(lambda: show_vpc(client, "no-uuid"), 400, "VPC.0101", exactly("getVpc error vpcId is invalid."))
    refused(lambda: show_vpc(client, unknown()), 404, "VPC.0105", exactly("Neutron Error."))
    refused(lambda: delete_vpc(client, "no-uuid"), 400, "VPC.0101", r"Delete router error .+ is invalid\.")
    refused(lambda: update(client, "no-uuid", name="n"), 400, "VPC.0101", r"Update router .+ is invalid\.")
    refused(lambda: update(client, unknown(), name="n"), 404, "VPC.0105", exactly("Neutron Error."))
    refused(lambda: update(client, network.id, name="two words"), 400, "VPC.0101", r"Update router .+ is invalid\.")

    other = stranger.vpc()
    refused(lambda: show_vpc(other, network.id), 404, "VPC.0105")
    refused(lambda: update(other, network.id, name="mine"), 404, "VPC.0105")
    refused(lambda: delete_vpc(other, network.id), 404, "VPC.0101")
    assert vpcs(other) == [] and vpcs(other, id=network.id) == []


def test_vpc_that_holds_subnets(client, network, subnet):
    message = exactly("Router contains subnets, please delete subnet first.")
    refused(lambda: delete_vpc(client, network.id), 409, "VPC.0104", message)
    message = exactly("Cidr can not contain subnetList cidr.")
    refused(lambda: update(client, network.id, cidr="10.1.0.0/16"), 400, "VPC.0117", message)
    assert show_vpc(client, network.id).cidr == "10.0.0.0/16"


def test_subnet_life(client, network):
    dns = {"primary_dns": "100.125.1.250", "secondary_dns": "100.125.21.250"}
    made = create_subnet(client, network.id, "10.0.1.0/24", name="life", description="first", **dns)
    assert UUID.fullmatch(made.id) and made.neutron_network_id == made.id
    assert UUID.fullmatch(made.neutron_subnet_id) and made.neutron_subnet_id != made.id
    assert (made.name, made.description, made.cidr) == ("life", "first", "10.0.1.0/24")
    assert (made.gateway_ip, made.vpc_id, made.status) == ("10.0.1.1", network.id, "ACTIVE")
    assert (made.dhcp_enable, made.ipv6_enable) == (True, False)
    assert (made.primary_dns, made.secondary_dns) == tuple(dns.values())
    assert sorted(made.dns_list) == sorted(dns.values())
    assert not made.cidr_v6 and not made.gateway_ip_v6

    changed = update_subnet(client, network.id, made.id, name="life-2", dns_list=["8.8.8.8", "8.8.4.4"])
    assert changed.id == made.id and changed.status in ("UNKNOWN", "ACTIVE")
    shown = show_subnet(client, made.id)
    assert (shown.name, shown.description, shown.cidr) == ("life-2", "first", "10.0.1.0/24")
    assert (shown.primary_dns, shown.secondary_dns) == ("8.8.8.8", "8.8.4.4")

    delete_subnet(client, network.id, made.id)
    refused(lambda: show_subnet(client, made.id), 404, "VPC.0202", exactly("Query subnet fail."))
    refused(lambda: delete_subnet(client, network.id, made.id), 404, "VPC.0202", exactly("Neutron Error."))
    delete_subnet(client, network.id, create_subnet(client, network.id, "10.0.1.0/24").id)


def test_subnet_list(client):
    first, second = create_vpc(client), create_vpc(client)
    made = {create_subnet(client, first.id, f"192.168.{number}.0/24").id for number in range(5)}
    lone = create_subnet(client, second.id, "192.168.0.0/28")
    assert {it.id for it in subnets(client, vpc_id=first.id)} == made
    assert [it.id for it in subnets(client, vpc_id=second.id)] == [lone.id]
    head = subnets(client, vpc_id=first.id, limit=3)
    tail = subnets(client, vpc_id=first.id, limit=3, marker=head[-1].id)
    assert [it.id for it in head + tail] == sorted(made)
    message = exactly("Query subnets list error.")
    for query in ({"limit": 2001}, {"marker": "no-uuid"}, {"vpc_id": "no-uuid"}):
        refused(lambda: subnets(client, **query), 400, "VPC.0201", message)
    for id in made:
        delete_subnet(client, first.id, id)
    delete_subnet(client, second.id, lone.id)
    delete_vpc(client, first.id)
    delete_vpc(client, second.id)


@pytest.mark.parametrize(
    "option, status, code, message",
    [
        ({"availability_zone": " "}, 400, "VPC.0002", exactly("Available zone Name is null.")),
        ({"name": ""}, 400, "VPC.0201", exactly("Subnet name is invalid.")),
        ({"name": "n" * 65}, 400, "VPC.0201", exactly("Subnet name is invalid.")),
        ({"gateway_ip": "10.0.201.1"}, 400, "VPC.0201", None),
        ({"primary_dns": "dns"}, 400, "VPC.0201", None),
        ({"cidr": "10.0.200.0/33"}, 400, "VPC.0212", exactly("The subnet cidr is not valid.")),
        ({"cidr": "10.0.200.0/29"}, 400, "VPC.0212", exactly("The subnet cidr is not valid.")),
        ({"cidr": "10.0.200.1/24"}, 400, "VPC.0212", exactly("The subnet cidr is not valid.")),
        (
            {"cidr": "10.1.0.0/24", "gateway_ip": "10.1.0.1"},
            400,
            "VPC.0203",
            exactly("Subnet is not in the range of VPC."),
        ),
        (
            {"cidr": "10.0.0.0/24", "gateway_ip": "10.0.0.1"},
            400,
            "VPC.0204",
            exactly("The subnet has already existed in the VPC, or has been in conflict with the VPC subnet."),
        ),
        ({"cidr": "10.0.0.128/25", "gateway_ip": "10.0.0.129"}, 400, "VPC.0204", None),
        ({"cidr": "10.0.0.0/22", "gateway_ip": "10.0.0.1"}, 400, "VPC.0204", None),
        ({"parent": "no-uuid"}, 400, "VPC.0201", None),
        ({"parent": unknown()}, 404, "VPC.0003", exactly("VPC does not exist.")),
    ],
)
def test_subnet_create_refused(client, network, subnet, option, status, code, message):
    option = {"parent": network.id, **option}
    refused(lambda: new_subnet(client, **option), status, code, message)


def test_subnet_ids(client, network, subnet):
    invalid = exactly("Subnet ID is invalid.")
    refused(lambda: show_subnet(client, "no-uuid"), 400, "VPC.0201", invalid)
    refused(lambda: show_subnet(client, unknown()), 404, "VPC.0202", exactly("Query subnet fail."))
    refused(lambda: delete_subnet(client, network.id, "no-uuid"), 400, "VPC.0201", invalid)
    refused(lambda: update_subnet(client, network.id, unknown(), name="n"), 404, "VPC.0202", exactly("Neutron Error."))
    refused(lambda: update_subnet(client, network.id, subnet.id, name="two words"), 400, "VPC.0201", r".+ is invalid\.")
    other = create_vpc(client)
    message = exactly("Subnet does not belong to the VPC.")
    refused(lambda: delete_subnet(client, other.id, subnet.id), 400, "VPC.0207", message)
    refused(lambda: update_subnet(client, other.id, subnet.id, name="n"), 400, "VPC.0207", message)
    delete_vpc(client, other.id)


def test_port_life(client, network, subnet):
    made = create_port(client, subnet.id, name=fresh("port"))
    address = ipaddress.ip_address(made.fixed_ips[0].ip_address)
    inside = ipaddress.ip_network(subnet.cidr)
    assert address in inside and address not in (inside[0], inside[1], inside[-3], inside[-2], inside[-1])
    assert made.fixed_ips[0].subnet_id == subnet.neutron_subnet_id
    assert (made.network_id, made.admin_state_up) == (subnet.id, True)
    assert not made.device_owner and not made.device_id
    assert len(made.mac_address.split(":")) == 6
    assert len(made.security_groups) == 1, "a new port is in the default security group"

    shown = client.show_port(sdk.ShowPortRequest(made.id)).port
    assert (shown.id, shown.name, shown.mac_address) == (made.id, made.name, made.mac_address)
    assert shown.status in ("DOWN", "ACTIVE")
    second = create_port(client, subnet.id)
    assert second.fixed_ips[0].ip_address != made.fixed_ips[0].ip_address
    assert {it.id for it in ports(client, network_id=subnet.id)} >= {made.id, second.id}
    assert [it.id for it in ports(client, name=made.name)] == [made.id]
    assert {it.id for it in ports(client, id=[made.id, second.id])} == {made.id, second.id}
    assert [it.id for it in ports(client, mac_address=made.mac_address)] == [made.id]
    assert len(ports(client, network_id=subnet.id, limit=1)) == 1
    assert ports(client, name="a b/c&d=é+*~") == [], "a signature over an encoded query"

    for port in (made, second):
        delete_port(client, port.id)
    with pytest.raises(ServiceResponseException) as gone:
        client.show_port(sdk.ShowPortRequest(made.id))
    assert gone.value.status_code == 404


def test_port_with_a_chosen_address(client, network):
    subnet = create_subnet(client, network.id, "10.0.9.0/24")
    wanted = sdk.FixedIp(ip_address="10.0.9.77", subnet_id=subnet.neutron_subnet_id)
    port = create_port(client, subnet.id, fixed_ips=[wanted], device_owner="neutron:VIP_PORT")
    assert port.fixed_ips[0].ip_address == "10.0.9.77"
    assert port.device_owner == "neutron:VIP_PORT"
    with pytest.raises(ServiceResponseException):
        create_port(client, subnet.id, fixed_ips=[wanted])
    refused(lambda: delete_subnet(client, network.id, subnet.id), 500, "VPC.0208", SUBNET_USED)
    delete_port(client, port.id)
    delete_subnet(client, network.id, subnet.id)


def test_quotas(stranger):
    client = stranger.vpc()
    every = quotas(client)
    for type, limit in DEFAULT_QUOTAS.items():
        assert every[type].quota == limit, type
    assert (every["vpc"].used, every["vpc"].min) == (0, 0)
    create_vpc(client)
    assert list(quotas(client, "vpc")) == ["vpc"]
    assert quotas(client, "vpc")["vpc"].used == 1
    stranger.quota("vpc", 9)
    assert quotas(client, "vpc")["vpc"].quota == 9
    refused(lambda: quotas(client, "nonsense"), 400, "VPC.1207", exactly("resource type is invalid."))


def test_wrong_credentials(operator, tenant, stranger):
    access, secret = operator.key("huawei", account=stranger.account)
    prefix = exactly("Incorrect IAM authentication information: ")
    forged = stranger.vpc(key=(access, secret[:-1] + ("A" if secret[-1] != "A" else "B")))
    refused(lambda: vpcs(forged), 401, "APIGW.0301", prefix + r"verify aksk signature fail(?s:.*)")
    nobody = stranger.vpc(key=("HWNOBODY000000000000", secret))
    refused(lambda: vpcs(nobody), 401, "APIGW.0301", prefix + "ak HWNOBODY000000000000 not exist")
    elsewhere = stranger.vpc(project=tenant.project)
    refused(lambda: vpcs(elsewhere), 400, "VPC.0007", exactly("urlTenantId is not equal tokenTenantId"))
    assert vpcs(stranger.vpc(key=(access, secret))) == []


def test_deleted_key(operator, stranger):
    access, secret = operator.key("huawei", account=stranger.account)
    client = stranger.vpc(key=(access, secret))
    assert vpcs(client) == []
    operator.call("DELETE", f"keys/{access}")
    refused(lambda: vpcs(client), 401, "APIGW.0301")
