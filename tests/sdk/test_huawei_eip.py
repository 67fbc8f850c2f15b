"""EIPs, bandwidths and binding to ports through huaweicloudsdkeip v2."""

import ipaddress
import re

import pytest
from huaweicloudsdkeip import v2 as sdk

from cloud import fresh, until
from huawei import (
    UUID,
    create_eip,
    create_port,
    create_subnet,
    create_vpc,
    delete_eip,
    delete_subnet,
    delete_vpc,
    exactly,
    new_eip,
    per,
    refused,
    show_eip,
    unknown,
    update_eip,
)

NOT_FOUND = exactly("Floating IP could not be found.")
EIP_BUSY = exactly("Floatingip has already associated with port.")
PORT_BUSY = exactly("Port has already associated with floatingip.")
ADDRESS_BUSY = exactly("The IP address is in use.")
NO_BANDWIDTH = exactly("No Eip bandwidth exist with id.")
BAD_BANDWIDTH = exactly("Bandwidth name or share_type is invalid.")
BAD_SHARE_TYPE = exactly("Bandwidth share_type is invalid.")
BAD_UPDATE = exactly("updateBandwidth input param is invalid.")


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("publicIp", 100)
    return tenant.eip()


@pytest.fixture(scope="module")
def subnet(tenant):
    vpc = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    return create_subnet(tenant.vpc(), vpc.id, "10.0.0.0/24")


@pytest.fixture
def port(tenant, subnet):
    return create_port(tenant.vpc(), subnet.id, name=fresh("port"))


@pytest.fixture
def bound(client, port):
    """An EIP on a port."""
    return create_eip(client, port_id=port.id)


def eips(client, **query):
    return client.list_publicips(sdk.ListPublicipsRequest(**query)).publicips


def ids(rows):
    return [row.id for row in rows]


def show_bandwidth(client, id):
    return client.show_bandwidth(sdk.ShowBandwidthRequest(id)).bandwidth


def bandwidths(client, **query):
    return client.list_bandwidths(sdk.ListBandwidthsRequest(**query)).bandwidths


def update_bandwidth(client, id, **fields):
    body = sdk.UpdateBandwidthRequestBody(sdk.UpdateBandwidthOption(**fields))
    return client.update_bandwidth(sdk.UpdateBandwidthRequest(id, body)).bandwidth


def test_eip_life(client, tenant):
    made = new_eip(client, bandwidth=per(7, name="life"), alias="mine")
    assert UUID.fullmatch(made.id)
    assert (made.status, made.bandwidth_size) == ("PENDING_CREATE", 0)
    assert (made.type, made.ip_version, made.alias) == ("5_bgp", 4, "mine")
    ipaddress.IPv4Address(made.public_ip_address)

    shown = until(lambda: show_eip(client, made.id), lambda it: it.status != "PENDING_CREATE")
    assert (shown.status, shown.public_ip_address) == ("DOWN", made.public_ip_address)
    assert (shown.bandwidth_name, shown.bandwidth_size, shown.bandwidth_share_type) == ("life", 7, "PER")
    assert UUID.fullmatch(shown.bandwidth_id)
    assert (shown.tenant_id, shown.enterprise_project_id, shown.alias) == (tenant.project, "0", "mine")
    assert not shown.port_id and not shown.private_ip_address
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", str(shown.create_time))

    update_eip(client, made.id, alias="yours")
    assert show_eip(client, made.id).alias == "yours"
    delete_eip(client, made.id)
    refused(lambda: show_eip(client, made.id), 404, "VPC.0504", NOT_FOUND)
    refused(lambda: delete_eip(client, made.id), 404, "VPC.0504", NOT_FOUND)
    refused(lambda: show_bandwidth(client, shown.bandwidth_id), 404, "VPC.0306", NO_BANDWIDTH)


def test_eip_of_a_chosen_address(client, stranger):
    taken = create_eip(client)
    other = stranger.eip()
    for address in (taken.public_ip_address, "1.2.3"):
        refused(lambda: new_eip(other, ip_address=address), 409, "VPC.0522", ADDRESS_BUSY)
    refused(lambda: new_eip(client, ip_address=taken.public_ip_address), 409, "VPC.0522", ADDRESS_BUSY)
    delete_eip(client, taken.id)
    again = create_eip(client, ip_address=taken.public_ip_address)
    assert again.public_ip_address == taken.public_ip_address
    delete_eip(client, again.id)


def test_eip_list(cloud):
    client = cloud.tenant("eip-list").eip()
    made = sorted((create_eip(client) for _ in range(5)), key=lambda it: it.id)
    assert ids(eips(client)) == ids(made)
    head = eips(client, limit=3)
    tail = eips(client, limit=3, marker=head[-1].id)
    assert ids(head + tail) == ids(made)
    assert ids(eips(client, id=[made[0].id, made[3].id])) == [made[0].id, made[3].id]
    assert ids(eips(client, public_ip_address=[made[2].public_ip_address])) == [made[2].id]
    assert ids(eips(client, ip_version=4)) == ids(made)
    assert ids(eips(client, enterprise_project_id="all_granted_eps")) == ids(made)
    assert eips(client, port_id=[unknown()]) == []
    for query in ({"limit": 2001}, {"limit": -1}):
        refused(lambda: eips(client, **query), 400, "VPC.0501", exactly("Invalid limit."))
    refused(lambda: eips(client, marker="no-uuid"), 400, "VPC.0501")


def test_bind_and_unbind(client, port):
    eip = create_eip(client)
    update_eip(client, eip.id, port_id=port.id)
    shown = until(lambda: show_eip(client, eip.id), lambda it: it.status == "ACTIVE")
    assert (shown.port_id, shown.private_ip_address) == (port.id, port.fixed_ips[0].ip_address)
    assert ids(eips(client, port_id=[port.id])) == [eip.id]
    assert ids(eips(client, private_ip_address=[port.fixed_ips[0].ip_address])) == [eip.id]
    update_eip(client, eip.id, port_id=port.id)

    associated = exactly("Floatingip has associated with port, please disassociate it firstly.")
    refused(lambda: delete_eip(client, eip.id), 409, "VPC.0517", associated)
    update_eip(client, eip.id)
    shown = until(lambda: show_eip(client, eip.id), lambda it: it.status == "DOWN")
    assert not shown.port_id and not shown.private_ip_address
    update_eip(client, eip.id, port_id=port.id)
    until(lambda: show_eip(client, eip.id), lambda it: it.status == "ACTIVE")
    update_eip(client, eip.id, port_id="")
    until(lambda: show_eip(client, eip.id), lambda it: it.status == "DOWN")
    delete_eip(client, eip.id)


def test_bind_on_create(client, port):
    made = new_eip(client, port_id=port.id)
    shown = until(lambda: show_eip(client, made.id), lambda it: it.status == "ACTIVE")
    assert shown.port_id == port.id


def test_double_bind(client, tenant, subnet, port, bound):
    free_eip = create_eip(client)
    free_port = create_port(tenant.vpc(), subnet.id)
    other = create_eip(client, port_id=create_port(tenant.vpc(), subnet.id).id)
    refused(lambda: update_eip(client, free_eip.id, port_id=port.id), 409, "VPC.0511", PORT_BUSY)
    refused(lambda: update_eip(client, bound.id, port_id=free_port.id), 409, "VPC.0510", EIP_BUSY)
    both = exactly("Floating ip double status is invalid.")
    refused(lambda: update_eip(client, bound.id, port_id=other.port_id), 500, "VPC.0509", both)
    refused(lambda: new_eip(client, port_id=port.id), 409, "VPC.0511", PORT_BUSY)
    address = bound.public_ip_address
    refused(lambda: new_eip(client, ip_address=address), 409, "VPC.0510", EIP_BUSY)
    assert show_eip(client, bound.id).port_id == port.id


def test_bind_refused(client, tenant):
    eip = create_eip(client)
    refused(lambda: update_eip(client, eip.id, port_id="no-uuid"), 400, "VPC.0501", exactly("Port id is invalid."))
    refused(lambda: update_eip(client, eip.id, port_id=unknown()), 404, "VPC.0514", exactly("Neutron Error."))
    refused(lambda: update_eip(client, unknown(), port_id=unknown()), 404, "VPC.0504", NOT_FOUND)
    refused(lambda: new_eip(client, port_id=unknown()), 500, "VPC.0508", exactly("Port is invalid."))


def test_eip_ids(client, stranger):
    eip = create_eip(client)
    refused(lambda: show_eip(client, "no-uuid"), 400, "VPC.0501", exactly("Invalid floatingip_id."))
    refused(lambda: show_eip(client, unknown()), 404, "VPC.0504", NOT_FOUND)
    refused(lambda: delete_eip(client, "no-uuid"), 400, "VPC.0501", exactly("Invalid param."))
    other = stranger.eip()
    refused(lambda: show_eip(other, eip.id), 404, "VPC.0504", NOT_FOUND)
    refused(lambda: delete_eip(other, eip.id), 404, "VPC.0504", NOT_FOUND)
    refused(lambda: show_bandwidth(other, eip.bandwidth_id), 404, "VPC.0306", NO_BANDWIDTH)
    assert eips(other) == [] and bandwidths(other) == []


@pytest.mark.parametrize(
    "bandwidth, option, code, message",
    [
        (sdk.CreatePublicipBandwidthOption(name="n", size=5), {}, "VPC.0301", BAD_BANDWIDTH),
        (per(name=None), {}, "VPC.0301", BAD_BANDWIDTH),
        (per(size=None), {}, "VPC.0301", BAD_BANDWIDTH),
        (per(size=0), {}, "VPC.0301", BAD_BANDWIDTH),
        (per(size=3000), {}, "VPC.0301", BAD_BANDWIDTH),
        (per(share_type="WHOLE"), {}, "VPC.0301", BAD_BANDWIDTH),
        (per(share_type="HALF"), {}, "VPC.0501", BAD_SHARE_TYPE),
        (per(share_type="WHOLE", id=unknown()), {}, "VPC.0501", BAD_SHARE_TYPE),
        (per(), {"type": "9_bgp"}, "VPC.0501", BAD_SHARE_TYPE),
        (per(), {"alias": "a" * 65}, "VPC.0501", BAD_SHARE_TYPE),
    ],
)
def test_eip_create_refused(client, bandwidth, option, code, message):
    refused(lambda: new_eip(client, bandwidth, **option), 400, code, message)


def test_eip_quota(stranger):
    client = stranger.eip()
    stranger.quota("publicIp", 2)
    made = [create_eip(client) for _ in range(2)]
    message = exactly("Quota exceeded for resources: ['floatingip'].")
    refused(lambda: new_eip(client), 409, "VPC.0521", message)
    delete_eip(client, made[0].id)
    create_eip(client)


def test_last_vpc_stays_while_there_are_eips(stranger):
    vpc, client = stranger.vpc(), stranger.eip()
    network = create_vpc(vpc)
    eip = create_eip(client)
    refused(lambda: delete_vpc(vpc, network.id), 409, "VPC.0108", exactly("Router is used not allow deleted."))
    delete_eip(client, eip.id)
    delete_vpc(vpc, network.id)


def test_subnet_stays_while_a_port_is_bound(stranger):
    vpc = stranger.vpc()
    network = create_vpc(vpc)
    subnet = create_subnet(vpc, network.id, "192.168.0.0/24")
    create_eip(stranger.eip(), port_id=create_port(vpc, subnet.id).id)
    used = exactly("Subnet is used by private IP, can not be deleted.")
    refused(lambda: delete_subnet(vpc, network.id, subnet.id), 500, "VPC.0208", used)


def test_bandwidth(client, tenant):
    eip = create_eip(client, bandwidth=per(10, name="before"))
    shown = show_bandwidth(client, eip.bandwidth_id)
    assert (shown.id, shown.name, shown.size) == (eip.bandwidth_id, "before", 10)
    assert (shown.share_type, shown.charge_mode, shown.status) == ("PER", "traffic", "NORMAL")
    assert (shown.tenant_id, shown.enterprise_project_id) == (tenant.project, "0")
    assert [(it.publicip_id, it.publicip_address) for it in shown.publicip_info] == [(eip.id, eip.public_ip_address)]

    changed = update_bandwidth(client, eip.bandwidth_id, name="after", size=20)
    assert (changed.name, changed.size) == ("after", 20)
    update_bandwidth(client, eip.bandwidth_id, size=300)
    shown = show_eip(client, eip.id)
    assert (shown.bandwidth_name, shown.bandwidth_size) == ("after", 300)
    for fields in ({}, {"size": 0}, {"size": 301}, {"size": 3000}, {"name": "two words"}):
        refused(lambda: update_bandwidth(client, eip.bandwidth_id, **fields), 400, "VPC.0301", BAD_UPDATE)
    assert show_bandwidth(client, eip.bandwidth_id).size == 300


def test_bandwidth_list(cloud):
    client = cloud.tenant("bandwidth-list").eip()
    made = sorted(create_eip(client).bandwidth_id for _ in range(5))
    assert ids(bandwidths(client)) == made
    head = bandwidths(client, limit=3)
    assert ids(head + bandwidths(client, limit=3, marker=head[-1].id)) == made
    assert ids(bandwidths(client, share_type="PER")) == made
    assert bandwidths(client, share_type="WHOLE") == []
    for query in ({"limit": 2001}, {"share_type": "HALF"}, {"marker": "no-uuid"}):
        message = r"Get bandwidths error .+ is invalid\."
        refused(lambda: bandwidths(client, **query), 400, "VPC.0301", message)
    refused(lambda: bandwidths(client, marker=unknown()), 404, "VPC.0306", NO_BANDWIDTH)


def test_bandwidth_ids(client):
    message = exactly("getBandwidth error bandwidthId is invalid.")
    refused(lambda: show_bandwidth(client, "no-uuid"), 400, "VPC.0301", message)
    refused(lambda: show_bandwidth(client, unknown()), 404, "VPC.0306", NO_BANDWIDTH)
    refused(lambda: update_bandwidth(client, "no-uuid", size=5), 400, "VPC.0301", BAD_UPDATE)
    refused(lambda: update_bandwidth(client, unknown(), size=5), 404, "VPC.0306", NO_BANDWIDTH)


def test_quotas(stranger):
    client = stranger.eip()
    create_eip(client)

    def quotas(type=None):
        return {row.type: row for row in client.list_quotas(sdk.ListQuotasRequest(type)).quotas.resources}

    assert (quotas()["publicIp"].used, quotas()["publicIp"].quota) == (1, 10)
    assert list(quotas("publicIp")) == ["publicIp"]
    refused(lambda: quotas("nonsense"), 400, "VPC.1207", exactly("resource type is invalid."))
