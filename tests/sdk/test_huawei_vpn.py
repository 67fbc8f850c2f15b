"""Site-to-site VPN through huaweicloudsdkvpn v5: gateways, customer gateways, connections, their lives and refusals."""

import ipaddress
import re

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkvpn import v5 as sdk

import huawei
import vpn
from cloud import until
from huawei import UUID, create_subnet, create_vpc, exactly, refused, unknown

INVALID = r"invalid request:(?s:.+)"
NO_GATEWAY = exactly("The gateway does not exist.")
NOT_FOUND = exactly("resource not found")


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("publicIp", 100)
    return tenant.vpn()


@pytest.fixture(scope="module")
def subnet(tenant):
    network = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    return create_subnet(tenant.vpc(), network.id, "10.0.0.0/24")


@pytest.fixture(scope="module")
def gateway(client, subnet):
    return vpn.create_vgw(client, subnet)


@pytest.fixture
def cgw(client):
    return vpn.create_cgw(client)


@pytest.fixture
def connection(client, gateway, cgw):
    made = vpn.create_connection(client, gateway, cgw)
    yield made
    try:
        vpn.delete_connection(client, made.id)
    except ServiceResponseException as error:
        assert error.status_code in (404, 425), error


def cgws(client, **query):
    return client.list_cgws(sdk.ListCgwsRequest(**query))


def test_availability_zones(client):
    zones = client.list_availability_zones(sdk.ListAvailabilityZonesRequest())
    assert zones.request_id
    assert zones.availability_zones.professional1.vpc, "zones that can hold a Professional1 gateway in a VPC"
    assert zones.availability_zones.basic.vpc
    extended = client.list_extended_availability_zones(sdk.ListExtendedAvailabilityZonesRequest())
    zone = next(it for it in extended.availability_zones if it.name in zones.availability_zones.professional1.vpc)
    assert zone.public_border_group
    specs = {(spec.flavor.lower(), spec.attachment_type, spec.ip_version) for spec in zone.available_specs}
    assert ("professional1", "vpc", "ipv4") in specs


def test_gateway_life(client, tenant, subnet):
    made = vpn.new_vgw(client, subnet, name="life", eip1=vpn.eip(12, bandwidth_name="first"))
    assert UUID.fullmatch(made.id)
    assert (made.name, made.vpc_id, made.connect_subnet) == ("life", subnet.vpc_id, subnet.id)
    assert (made.attachment_type, made.network_type, made.ip_version) == ("vpc", "public", "ipv4")
    assert (made.flavor, made.ha_mode, made.bgp_asn) == ("Professional1", "active-active", 64512)
    assert made.enterprise_project_id == "0"

    shown = vpn.active(client, made.id)
    assert (shown.local_subnets, shown.access_vpc_id) == ([subnet.cidr], subnet.vpc_id)
    assert shown.access_subnet_id == subnet.id
    assert shown.availability_zone_ids and shown.created_at
    assert (shown.used_connection_number, shown.used_connection_group) == (0, 0)
    assert (shown.eip1.bandwidth_size, shown.eip1.bandwidth_name, shown.eip1.type) == (12, "first", "5_bgp")
    assert re.fullmatch(r"vpngw-bandwidth-\w+", shown.eip2.bandwidth_name)
    for slot in (shown.eip1, shown.eip2):
        listed = huawei.show_eip(tenant.eip(), slot.id)
        assert listed.public_ip_address == slot.ip_address and listed.bandwidth_id == slot.bandwidth_id
    assert shown.eip1.ip_address != shown.eip2.ip_address

    changed = vpn.update_vgw(client, made.id, name="life-2", local_subnets=[subnet.cidr, "10.0.64.0/24"])
    assert changed.id == made.id
    shown = vpn.active(client, made.id)
    assert (shown.name, shown.local_subnets) == ("life-2", [subnet.cidr, "10.0.64.0/24"])
    listed = client.list_vgws(sdk.ListVgwsRequest())
    assert listed.request_id and made.id in [it.id for it in listed.vpn_gateways]

    vpn.delete_vgw(client, made.id)
    vpn.gone(lambda: vpn.show_vgw(client, made.id), "VPN.0509")
    assert made.id not in [it.id for it in client.list_vgws(sdk.ListVgwsRequest()).vpn_gateways]


def test_gateway_on_existing_eips(client, tenant, subnet):
    eips = tenant.eip()
    first, second = huawei.create_eip(eips), huawei.create_eip(eips)
    made = vpn.create_vgw(
        client,
        subnet,
        ha_mode="active-standby",
        bgp_asn=65010,
        eip1=sdk.CreateRequestEip(id=first.id),
        eip2=sdk.CreateRequestEip(id=second.id),
    )
    assert (made.eip1.id, made.eip1.ip_address) == (first.id, first.public_ip_address)
    assert (made.eip2.id, made.eip2.ip_address) == (second.id, second.public_ip_address)
    assert (made.ha_mode, made.bgp_asn) == ("active-standby", 65010)
    assert re.fullmatch(r"vpngw-\w{4}", made.name)
    assert huawei.show_eip(eips, first.id).status != "DOWN"

    message = exactly(f"EIP {first.id} has been bound to an instance.")
    taken = sdk.CreateRequestEip(id=first.id)
    refused(lambda: vpn.new_vgw(client, subnet, eip1=taken), 400, "VPN.0112", message)
    with pytest.raises(ServiceResponseException) as bound:
        huawei.delete_eip(eips, first.id)
    assert bound.value.status_code in (409, 500)

    vpn.delete_vgw(client, made.id)
    vpn.gone(lambda: vpn.show_vgw(client, made.id), "VPN.0509")
    try:
        assert huawei.show_eip(eips, first.id).status == "DOWN"
    except ServiceResponseException as error:
        assert error.status_code == 404, error


@pytest.mark.parametrize(
    "option, code, message",
    [
        ({"eip1": vpn.eip(301)}, "VPN.0101", exactly("Invalid EIP bandwidth size: 301")),
        ({"eip1": vpn.eip(101), "flavor": "Basic"}, "VPN.0101", exactly("Invalid EIP bandwidth size: 101")),
        ({"flavor": "Enormous"}, "VPN.0001", INVALID),
        ({"local_subnets": None}, "VPN.0001", INVALID),
        ({"local_subnets": ["10.0.0.0/33"]}, "VPN.0001", INVALID),
        ({"connect_subnet": None}, "VPN.0001", INVALID),
        ({"connect_subnet": unknown()}, "VPN.0001", INVALID),
        ({"vpc_id": unknown()}, "VPN.0001", INVALID),
        ({"eip1": sdk.CreateRequestEip(id=unknown())}, "VPN.0001", INVALID),
        ({"name": "n" * 65}, "VPN.0001", INVALID),
        ({"ha_mode": "both"}, "VPN.0001", INVALID),
        ({"bgp_asn": 4294967296}, "VPN.0001", INVALID),
    ],
)
def test_gateway_create_refused(client, subnet, option, code, message):
    refused(lambda: vpn.new_vgw(client, subnet, **option), 400, code, message)


def test_gateway_ids(client, stranger, gateway):
    refused(lambda: vpn.show_vgw(client, unknown()), 404, "VPN.0509", NO_GATEWAY)
    refused(lambda: vpn.update_vgw(client, unknown(), name="n"), 404, "VPN.0509", NO_GATEWAY)
    refused(lambda: vpn.delete_vgw(client, unknown()), 404, "VPN.0509", NO_GATEWAY)
    refused(lambda: vpn.update_vgw(client, gateway.id, name="two words"), 400, "VPN.0001", INVALID)
    other = stranger.vpn()
    refused(lambda: vpn.show_vgw(other, gateway.id), 404, "VPN.0509", NO_GATEWAY)
    refused(lambda: vpn.delete_vgw(other, gateway.id), 404, "VPN.0509", NO_GATEWAY)
    assert client.list_vgws(sdk.ListVgwsRequest(vgw_id=gateway.id)).vpn_gateways[0].id == gateway.id


def test_network_stays_while_it_has_a_gateway(tenant, subnet, gateway):
    client = tenant.vpc()
    for delete in (
        lambda: huawei.delete_subnet(client, subnet.vpc_id, subnet.id),
        lambda: huawei.delete_vpc(client, subnet.vpc_id),
    ):
        with pytest.raises(ServiceResponseException) as caught:
            delete()
        assert caught.value.status_code in (409, 500), "clients treat 400 and 404 as gone"
    assert huawei.show_subnet(client, subnet.id).status == "ACTIVE"


def test_customer_gateway_life(client):
    made = vpn.create_cgw(client, name="life", id_type="ip", id_value="203.0.113.9", bgp_asn=65000)
    assert UUID.fullmatch(made.id) and made.created_at
    assert (made.name, made.id_type, made.id_value, made.bgp_asn) == ("life", "ip", "203.0.113.9", 65000)
    body = sdk.UpdateCgwRequestBody(sdk.UpdateCgwRequestBodyContent(name="life-2"))
    changed = client.update_cgw(sdk.UpdateCgwRequest(made.id, body)).customer_gateway
    assert (changed.id, changed.name) == (made.id, "life-2")
    shown = vpn.show_cgw(client, made.id)
    assert (shown.name, shown.id_value, shown.bgp_asn) == ("life-2", "203.0.113.9", 65000)
    assert [it.id for it in cgws(client, cgw_id=made.id).customer_gateways] == [made.id]
    vpn.delete_cgw(client, made.id)
    refused(lambda: vpn.show_cgw(client, made.id), 404, "VPN.0004", NOT_FOUND)
    refused(lambda: vpn.delete_cgw(client, made.id), 404, "VPN.0004", NOT_FOUND)
    unnamed = vpn.create_cgw(client)
    assert re.fullmatch(r"cgw-\w{4}", unnamed.name) and unnamed.id_type == "ip"
    vpn.delete_cgw(client, unnamed.id)


def test_customer_gateway_paging(cloud):
    client = cloud.tenant("cgw-pages").vpn()
    made = {vpn.create_cgw(client).id for _ in range(5)}
    seen, counts, marker = [], [], None
    while True:
        page = cgws(client, limit=2, **({"marker": marker} if marker else {}))
        assert page.request_id and page.total_count == 5
        counts.append(page.page_info.current_count)
        seen += [it.id for it in page.customer_gateways]
        marker = page.page_info.next_marker
        if page.page_info.current_count < 2:
            break
    assert counts == [2, 2, 1]
    assert len(seen) == 5 and set(seen) == made
    refused(lambda: cgws(client, limit=201), 400, "VPN.0001", INVALID)


@pytest.mark.parametrize(
    "option, code, message",
    [
        ({"id_value": "999.1.1.1"}, "VPN.0203", exactly("Invalid IP address.")),
        ({"id_value": "gateway"}, "VPN.0203", exactly("Invalid IP address.")),
        ({"id_value": "224.0.0.1"}, "VPN.0204", r"Class D\(multicast address\), class E\(reserved address\), and .+"),
        ({"id_value": "241.0.0.1"}, "VPN.0204", None),
        ({"id_value": "127.0.0.1"}, "VPN.0204", None),
        ({"id_value": None}, "VPN.0001", INVALID),
        ({"id_type": "colour"}, "VPN.0001", INVALID),
        ({"bgp_asn": -1}, "VPN.0001", INVALID),
        ({"name": "n" * 65}, "VPN.0001", INVALID),
    ],
)
def test_customer_gateway_refused(client, option, code, message):
    option = {"id_value": "198.51.100.1", **option}
    refused(lambda: vpn.create_cgw(client, **option), 400, code, message)


def test_connection_defaults(client, gateway, cgw, connection):
    assert UUID.fullmatch(connection.id)
    assert re.fullmatch(r"vpn-\w{4}", connection.name)
    assert (connection.vgw_id, connection.vgw_ip, connection.cgw_id) == (gateway.id, gateway.eip1.id, cgw.id)
    assert (connection.style, connection.ha_role) == ("STATIC", "master")
    assert connection.peer_subnets == ["192.168.100.0/24"]
    assert connection.enable_nqa is False

    ike = connection.ikepolicy
    assert (ike.ike_version, ike.authentication_algorithm, ike.encryption_algorithm) == ("v2", "sha2-256", "aes-128")
    assert (ike.dh_group, ike.lifetime_seconds, ike.authentication_method) == ("group15", 86400, "pre-share")
    assert (ike.local_id_type, ike.local_id) == ("ip", gateway.eip1.ip_address)
    assert (ike.peer_id_type, ike.peer_id) == ("ip", cgw.id_value)
    assert (ike.dpd.timeout, ike.dpd.interval, ike.dpd.msg) == (15, 30, "seq-hash-notify")
    ipsec = connection.ipsecpolicy
    assert (ipsec.authentication_algorithm, ipsec.encryption_algorithm) == ("sha2-256", "aes-128")
    assert (ipsec.pfs, ipsec.lifetime_seconds) == ("group15", 3600)
    assert (ipsec.transform_protocol, ipsec.encapsulation_mode) == ("esp", "tunnel")

    ends = [ipaddress.ip_interface(f"{it}/30") for it in (connection.tunnel_local_address.split("/")[0],
                                                          connection.tunnel_peer_address.split("/")[0])]
    assert ends[0].network == ends[1].network and ends[0] != ends[1]
    assert ends[0] in ipaddress.ip_network("169.254.0.0/16")
    assert not hasattr(connection, "psk")
    assert vpn.show_vgw(client, gateway.id).used_connection_number >= 1


def test_connection_life(client, gateway):
    cgw = vpn.create_cgw(client)
    wanted = vpn.connection(
        gateway,
        cgw,
        name="life",
        vgw_ip=gateway.eip2.id,
        style="policy",
        policy_rules=[sdk.PolicyRule(source="10.0.0.0/24", destination=["192.168.100.0/24"])],
        ikepolicy=sdk.IkePolicy(encryption_algorithm="aes-256", dh_group="group14", lifetime_seconds=3600),
    )
    made = vpn.new_connection(client, wanted)
    assert (made.name, made.style, made.vgw_ip) == ("life", "POLICY", gateway.eip2.id)
    shown = vpn.down(client, made.id)
    assert (shown.ikepolicy.encryption_algorithm, shown.ikepolicy.dh_group) == ("aes-256", "group14")
    assert (shown.ikepolicy.lifetime_seconds, shown.ikepolicy.authentication_algorithm) == (3600, "sha2-256")
    rule = shown.policy_rules[0]
    assert (rule.rule_index, rule.source, rule.destination) == (1, "10.0.0.0/24", ["192.168.100.0/24"])

    changed = vpn.update_connection(
        client,
        made.id,
        name="life-2",
        psk="Another-Psk-1",
        peer_subnets=["192.168.101.0/24", "192.168.102.0/24"],
        ikepolicy=sdk.UpdateIkePolicy(lifetime_seconds=7200),
        ipsecpolicy=sdk.UpdateIpsecPolicy(encryption_algorithm="aes-192"),
    )
    assert changed.id == made.id
    shown = vpn.down(client, made.id)
    assert shown.name == "life-2" and shown.peer_subnets == ["192.168.101.0/24", "192.168.102.0/24"]
    assert (shown.ikepolicy.lifetime_seconds, shown.ikepolicy.encryption_algorithm) == (7200, "aes-256")
    assert (shown.ipsecpolicy.encryption_algorithm, shown.ipsecpolicy.lifetime_seconds) == ("aes-192", 3600)

    message = exactly(f"invalid request: customer gateway {cgw.id} has connection")
    refused(lambda: vpn.delete_cgw(client, cgw.id), 400, "VPN.0001", message)
    vpn.delete_connection(client, made.id)
    vpn.gone(lambda: vpn.show_connection(client, made.id), "VPN.0004")
    vpn.delete_cgw(client, cgw.id)


def test_connection_batch_and_list(cloud):
    tenant = cloud.tenant("batch")
    client = tenant.vpn()
    network = create_vpc(tenant.vpc())
    gateway = vpn.create_vgw(client, create_subnet(tenant.vpc(), network.id, "192.168.0.0/24"))
    cgw = vpn.create_cgw(client)
    peer = ["172.16.0.0/24"]
    both = [
        vpn.connection(gateway, cgw, name="one", peer_subnets=peer),
        vpn.connection(gateway, cgw, name="two", peer_subnets=peer, vgw_ip=gateway.eip2.id),
    ]
    body = sdk.BatchCreateVpnConnectionRequestBody(both)
    batch = client.batch_create_vpn_connection(sdk.BatchCreateVpnConnectionRequest(body))
    assert batch.request_id and [it.name for it in batch.vpn_connections] == ["one", "two"]
    made = [it.id for it in batch.vpn_connections]
    for id in made:
        vpn.down(client, id)
    shown = vpn.show_vgw(client, gateway.id)
    assert (shown.used_connection_number, shown.used_connection_group) == (2, 1)
    for octet in range(1, 4):
        made.append(vpn.create_connection(client, gateway, peer_subnets=[f"172.16.{octet}.0/24"]).id)

    seen, counts, marker = [], [], None
    while True:
        page = vpn.connections(client, limit=2, **({"marker": marker} if marker else {}))
        assert page.total_count == 5
        counts.append(page.page_info.current_count)
        seen += [it.id for it in page.vpn_connections]
        marker = page.page_info.next_marker
        if page.page_info.current_count < 2:
            break
    assert counts == [2, 2, 1] and len(seen) == 5 and set(seen) == set(made)
    assert {it.id for it in vpn.connections(client, vgw_id=gateway.id).vpn_connections} == set(made)
    second = vpn.connections(client, vgw_ip=gateway.eip2.id).vpn_connections
    assert [it.id for it in second] == [made[1]]
    assert vpn.connections(client, vgw_id=unknown()).vpn_connections == []

    resources = client.show_quotas_info(sdk.ShowQuotasInfoRequest()).quotas.resources
    used = {row.type: row.used for row in resources}
    assert (used["vpn_gateway"], used["customer_gateway"], used["vpn_connection"]) == (1, 4, 5)
    limits = {row.type: row.quota for row in resources}
    assert (limits["vpn_gateway"], limits["customer_gateway"], limits["vpn_connection"]) == (50, 100, 5000)

    vpn.delete_vgw(client, gateway.id)
    vpn.gone(lambda: vpn.show_vgw(client, gateway.id), "VPN.0509")
    until(lambda: vpn.connections(client).vpn_connections, lambda rows: rows == [])


@pytest.mark.parametrize(
    "option",
    [
        {"psk": "abcdefgh"},
        {"psk": "Ab1!"},
        {"style": "elegant"},
        {"style": "policy"},
        {"peer_subnets": None},
        {"peer_subnets": ["100.64.0.0/10"]},
        {"peer_subnets": ["192.168.100.0/33"]},
        {"cgw_id": unknown()},
        {"vgw_ip": unknown()},
        {"ikepolicy": sdk.IkePolicy(encryption_algorithm="rot13")},
        {"ikepolicy": sdk.IkePolicy(lifetime_seconds=59)},
        {"ipsecpolicy": sdk.IpsecPolicy(pfs="group3")},
        {"tunnel_local_address": "169.254.195.1/30", "tunnel_peer_address": "169.254.195.2/30"},
    ],
    ids=lambda option: "-".join(option),
)
def test_connection_create_refused(client, gateway, cgw, option):
    refused(lambda: vpn.new_connection(client, vpn.connection(gateway, cgw, **option)), 400, "VPN.0001", INVALID)


def test_connection_ids(client, stranger, gateway, cgw, connection):
    wanted = vpn.connection(gateway, cgw, vgw_id=unknown())
    refused(lambda: vpn.new_connection(client, wanted), 404, "VPN.0509", NO_GATEWAY)
    again = vpn.connection(gateway, cgw, peer_subnets=["192.168.200.0/24"])
    refused(lambda: vpn.new_connection(client, again), 400, "VPN.0012", r"IP address .+ is occupied")
    refused(lambda: vpn.show_connection(client, unknown()), 404, "VPN.0004", NOT_FOUND)
    refused(lambda: vpn.update_connection(client, unknown(), name="n"), 404, "VPN.0004", NOT_FOUND)
    refused(lambda: vpn.delete_connection(client, unknown()), 404, "VPN.0004", NOT_FOUND)
    other = stranger.vpn()
    refused(lambda: vpn.show_connection(other, connection.id), 404, "VPN.0004", NOT_FOUND)
    refused(lambda: vpn.delete_connection(other, connection.id), 404, "VPN.0004", NOT_FOUND)
    refused(lambda: vpn.show_cgw(other, cgw.id), 404, "VPN.0004", NOT_FOUND)
    assert vpn.connections(other).vpn_connections == []
