"""Private IPs, flow logs and traffic mirrors through huaweicloudsdkvpc v2 and v3, network IP availability through
openstacksdk too."""

import ipaddress

import openstack
import pytest
from huaweicloudsdkvpc import v2 as sdk
from huaweicloudsdkvpc import v3

from cloud import fresh
from huawei import UUID, create_subnet, create_vpc, delete_subnet, exactly, refused, unknown

GONE = exactly("Query resource by id fail.")


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


def server(client, tenant, subnet):
    """Registers a server in the subnet and returns the id of its port."""
    body = {"service": "instance", "project": tenant.project, "subnet": subnet.id, "zone": "az1"}
    return tenant.cloud.operator.call("POST", "registrations", body)["port"]


def allocate(client, *options):
    body = sdk.CreatePrivateipRequestBody([sdk.CreatePrivateipOption(**option) for option in options])
    return client.create_privateip(sdk.CreatePrivateipRequest(body)).privateips


def show_privateip(client, id):
    return client.show_privateip(sdk.ShowPrivateipRequest(id)).privateip


def delete_privateip(client, id):
    return client.delete_privateip(sdk.DeletePrivateipRequest(id))


def privateips(client, subnet, **query):
    return client.list_privateips(sdk.ListPrivateipsRequest(subnet, **query)).privateips


def availability(client, network):
    request = sdk.ShowNetworkIpAvailabilitiesRequest(network)
    return client.show_network_ip_availabilities(request).network_ip_availability


def test_private_ip_life(client, tenant, network):
    subnet = create_subnet(client, network.id, "10.0.1.0/24")
    before = availability(client, subnet.id)
    assert (before.total_ips, before.used_ips, before.network_name) == (251, 0, subnet.name)
    made = allocate(client, *[{"subnet_id": subnet.id}] * 19, {"subnet_id": subnet.id, "ip_address": "10.0.1.200"})
    assert len({it.id for it in made}) == len({it.ip_address for it in made}) == 20
    first, chosen = made[0], made[-1]
    assert UUID.fullmatch(first.id)
    assert ipaddress.ip_address(first.ip_address) in ipaddress.ip_network(subnet.cidr)
    assert (first.subnet_id, first.tenant_id, first.status) == (subnet.id, tenant.project, "DOWN")
    assert not first.device_owner and chosen.ip_address == "10.0.1.200"
    assert show_privateip(client, chosen.id).ip_address == "10.0.1.200"
    port = server(client, tenant, subnet)
    assert (show_privateip(client, port).status, show_privateip(client, port).device_owner) == ("ACTIVE", "compute:az1")

    after = availability(client, subnet.id)
    assert (after.total_ips, after.used_ips) == (251, 21)
    inner = after.subnet_ip_availability[0]
    assert (inner.subnet_id, inner.cidr, inner.ip_version) == (subnet.neutron_subnet_id, "10.0.1.0/24", 4)
    seen, marker = [], None
    while page := privateips(client, subnet.id, limit=9, **({"marker": marker} if marker else {})):
        seen += [it.id for it in page]
        marker = page[-1].id
    assert seen == sorted(seen) and {it.id for it in made} | {port} <= set(seen)

    used = exactly("Subnet is used by private IP, can not be deleted.")
    refused(lambda: delete_subnet(client, network.id, subnet.id), 500, "VPC.0208", used)
    for it in made:
        delete_privateip(client, it.id)
    assert availability(client, subnet.id).used_ips == 1
    refused(lambda: show_privateip(client, first.id), 404, "VPC.0704", GONE)
    refused(lambda: delete_privateip(client, first.id), 404, "VPC.0704", GONE)
    refused(lambda: delete_privateip(client, port), 409, "VPC.0707", exactly("privateIp is in use."))


def test_private_ip_refused(client, subnet):
    made = allocate(client, {"subnet_id": subnet.id})[0]
    again = {"subnet_id": subnet.id, "ip_address": made.ip_address}
    refused(lambda: allocate(client, again), 500, "VPC.0701", exactly("The IP has been used."))
    outside = exactly("IP address is not a valid IP for the specified subnet.")
    for address in ("10.0.5.5", "10.0.0.1", "10.0.0.255"):
        refused(lambda: allocate(client, {"subnet_id": subnet.id, "ip_address": address}), 400, "VPC.0705", outside)
    refused(lambda: allocate(client, {"subnet_id": unknown()}), 404, "VPC.2204", GONE)
    refused(lambda: privateips(client, subnet.id, limit=2001), 400, "VPC.0702", exactly("query privateIps error."))
    delete_privateip(client, made.id)
    refused(lambda: availability(client, "net"), 400, "VPC.2301", exactly("parameter network_id is invalid."))
    refused(lambda: availability(client, unknown()), 400, "VPC.2302")


def test_availability_through_openstack(tenant, client, subnet):
    name, password = fresh("user"), "Correct-Horse-7"
    tenant.cloud.operator.user(tenant.account, name, password, ["te_admin"])
    cloud = openstack.connect(
        load_yaml_config=False,
        load_envvars=False,
        region_name=tenant.cloud.region,
        auth={
            "auth_url": f"{tenant.cloud.huawei}/v3",
            "username": name,
            "password": password,
            "project_name": tenant.cloud.region,
            "user_domain_name": tenant.name,
            "project_domain_name": tenant.name,
        },
    )
    shown = cloud.network.get_network_ip_availability(subnet.id)
    assert (shown.network_id, shown.total_ips) == (subnet.id, 251)
    listed = {it.network_id: it for it in cloud.network.network_ip_availabilities()}
    assert listed[subnet.id].used_ips == availability(client, subnet.id).used_ips
    found = cloud.network.network_ip_availabilities(network_name=subnet.name)
    assert [it.network_id for it in found] == [subnet.id]


def new_log(client, **option):
    option = {"traffic_type": "all", "log_group_id": unknown(), "log_topic_id": unknown(), **option}
    body = sdk.CreateFlowLogReqBody(sdk.CreateFlowLogReq(**option))
    return client.create_flow_log(sdk.CreateFlowLogRequest(body)).flow_log


def logs(client, **query):
    return client.list_flow_logs(sdk.ListFlowLogsRequest(**query)).flow_logs


def update_log(client, id, **option):
    body = sdk.UpdateFlowLogReqBody(sdk.UpdateFlowLogReq(**option))
    return client.update_flow_log(sdk.UpdateFlowLogRequest(id, body)).flow_log


def show_log(client, id):
    return client.show_flow_log(sdk.ShowFlowLogRequest(id)).flow_log


def delete_log(client, id):
    return client.delete_flow_log(sdk.DeleteFlowLogRequest(id))


def test_flow_log_life(client, tenant, network, subnet):
    name = fresh("log")
    made = new_log(client, name=name, description="first", resource_type="vpc", resource_id=network.id)
    assert (made.name, made.description, made.resource_type, made.resource_id) == (name, "first", "vpc", network.id)
    assert (made.traffic_type, made.log_store_type, made.admin_state) == ("all", "lts", True)
    assert (made.tenant_id, made.status) == (tenant.project, "ACTIVE")
    shown = show_log(client, made.id)
    assert (shown.log_group_id, shown.log_topic_id) == (made.log_group_id, made.log_topic_id)
    other = new_log(client, resource_type="network", resource_id=subnet.id, traffic_type="reject")
    port = new_log(client, resource_type="port", resource_id=server(client, tenant, subnet), index_enabled=True)
    assert {it.id for it in logs(client)} >= {made.id, other.id, port.id}
    assert [it.id for it in logs(client, name=name)] == [made.id]
    assert [it.id for it in logs(client, resource_type="network", resource_id=subnet.id)] == [other.id]
    assert [it.id for it in logs(client, log_topic_id=made.log_topic_id, status="ACTIVE", limit=5)] == [made.id]

    off = update_log(client, made.id, name=name + "-2", description="", admin_state=False)
    assert (off.name, off.description, off.admin_state, off.status) == (name + "-2", "", False, "DOWN")
    assert [it.id for it in logs(client, status="DOWN")] == [made.id]
    same = {"log_group_id": made.log_group_id, "log_topic_id": made.log_topic_id}
    message = r"Content of flow log is duplicate: resource type vpc, reousce id .+"
    again = {"resource_type": "vpc", "resource_id": network.id, **same}
    refused(lambda: new_log(client, **again), 409, "VPC.3004", message)
    for it in (made, other, port):
        delete_log(client, it.id)
    refused(lambda: show_log(client, made.id), 404, "VPC.3002", exactly(f"Flow log {made.id} could not be found."))
    refused(lambda: delete_log(client, made.id), 404, "VPC.3005")
    refused(lambda: update_log(client, made.id, name="n"), 404, "VPC.3005")


def test_flow_log_refused(client, subnet):
    no_server = allocate(client, {"subnet_id": subnet.id})[0].id
    message = exactly(f"Port does not support flow log, port id : {no_server}")
    refused(lambda: new_log(client, resource_type="port", resource_id=no_server), 400, "VPC.3002", message)
    refused(lambda: new_log(client, resource_type="vpc", resource_id=unknown()), 404, "VPC.3002", r"Vpc .+")
    refused(lambda: new_log(client, resource_type="elb", resource_id=unknown()), 400, "VPC.3001")
    refused(lambda: show_log(client, "log"), 404, "VPC.3001")
    refused(lambda: logs(client, limit=2001), 404, "VPC.3001")


def new_filter(client, **option):
    body = v3.CreateTrafficMirrorFilterRequestBody(v3.CreateTrafficMirrorFilterOption(**option))
    return client.create_traffic_mirror_filter(v3.CreateTrafficMirrorFilterRequest(body)).traffic_mirror_filter


def new_rule(client, filter, **option):
    option = {"direction": "ingress", "protocol": "TCP", "ethertype": "IPv4", "action": "accept", **option}
    option = v3.CreateTrafficMirrorFilterRuleOption(traffic_mirror_filter_id=filter, **option)
    request = v3.CreateTrafficMirrorFilterRuleRequest(v3.CreateTrafficMirrorFilterRuleRequestBody(option))
    return client.create_traffic_mirror_filter_rule(request).traffic_mirror_filter_rule


def test_mirror_filter_life(tenant):
    client = tenant.vpc_v3()
    filter = new_filter(client, name="f", description="d")
    low = new_rule(client, filter.id, priority=20, source_cidr_block="10.0.0.0/8", source_port_range="80-200")
    high = new_rule(client, filter.id, priority=1, action="reject")
    out = new_rule(client, filter.id, direction="egress", priority=1, protocol="ICMPV6", ethertype="IPv6")
    shown = client.show_traffic_mirror_filter(v3.ShowTrafficMirrorFilterRequest(filter.id)).traffic_mirror_filter
    assert [it.id for it in shown.ingress_rules] == [high.id, low.id]
    assert [it.id for it in shown.egress_rules] == [out.id]
    assert (shown.name, shown.description, shown.type) == ("f", "d", "eni")
    body = v3.UpdateTrafficMirrorFilterRequestBody(v3.UpdateTrafficMirrorFilterOption(name="g"))
    request = v3.UpdateTrafficMirrorFilterRequest(filter.id, body)
    assert client.update_traffic_mirror_filter(request).traffic_mirror_filter.name == "g"
    page = client.list_traffic_mirror_filters(v3.ListTrafficMirrorFiltersRequest(name="g", limit=1))
    assert [it.id for it in page.traffic_mirror_filters] == [filter.id]
    assert page.page_info.current_count == 1 and page.request_id

    body = v3.UpdateTrafficMirrorFilterRuleRequestBody(v3.UpdateTrafficMirrorFilterRuleOption(priority=9))
    changed = client.update_traffic_mirror_filter_rule(v3.UpdateTrafficMirrorFilterRuleRequest(low.id, body))
    assert changed.traffic_mirror_filter_rule.priority == 9
    rule = client.show_traffic_mirror_filter_rule(v3.ShowTrafficMirrorFilterRuleRequest(low.id))
    rule = rule.traffic_mirror_filter_rule
    assert (rule.source_cidr_block, rule.source_port_range, rule.destination_port_range) == ("10.0.0.0/8", "80-200", "")
    request = v3.ListTrafficMirrorFilterRulesRequest(traffic_mirror_filter_id=filter.id, direction="egress")
    assert [it.id for it in client.list_traffic_mirror_filter_rules(request).traffic_mirror_filter_rules] == [out.id]
    refused(lambda: new_rule(client, filter.id, priority=9), 409, "VPC.9906")
    refused(lambda: new_rule(client, unknown(), priority=9), 404, "VPC.9904")
    client.delete_traffic_mirror_filter_rule(v3.DeleteTrafficMirrorFilterRuleRequest(low.id))
    client.delete_traffic_mirror_filter(v3.DeleteTrafficMirrorFilterRequest(filter.id))
    gone = v3.ShowTrafficMirrorFilterRequest(filter.id)
    refused(lambda: client.show_traffic_mirror_filter(gone), 404, "VPC.9904")


def test_mirror_session_life(tenant, client, subnet):
    ports = [server(client, tenant, subnet) for _ in range(3)]
    client = tenant.vpc_v3()
    filter = new_filter(client, name="f")
    option = v3.CreateTrafficMirrorSessionOption(
        name="s",
        traffic_mirror_filter_id=filter.id,
        traffic_mirror_sources=ports[:1],
        traffic_mirror_target_id=ports[2],
        traffic_mirror_target_type="eni",
        virtual_network_id="7",
        packet_length="128",
        priority=5,
        enabled="true",
    )
    request = v3.CreateTrafficMirrorSessionRequest(v3.CreateTrafficMirrorSessionRequestBody(option))
    made = client.create_traffic_mirror_session(request).traffic_mirror_session
    assert (made.virtual_network_id, made.packet_length, made.priority, made.enabled) == (7, 128, 5, True)
    assert (made.traffic_mirror_sources, made.type) == (ports[:1], "eni")
    sources = v3.TrafficMirrorSourcesOption(ports[:2])
    body = v3.AddSourcesToTrafficMirrorSessionRequestBody(sources)
    request = v3.AddSourcesToTrafficMirrorSessionRequest(made.id, body)
    added = client.add_sources_to_traffic_mirror_session(request).traffic_mirror_session
    assert added.traffic_mirror_sources == ports[:2]
    body = v3.RemoveSourcesFromTrafficMirrorSessionRequestBody(v3.TrafficMirrorSourcesOption(ports[:1]))
    request = v3.RemoveSourcesFromTrafficMirrorSessionRequest(made.id, body)
    left = client.remove_sources_from_traffic_mirror_session(request).traffic_mirror_session
    assert left.traffic_mirror_sources == [ports[1]]
    change = v3.UpdateTrafficMirrorSessionOption(name="t", traffic_mirror_target_id=ports[0], enabled="false")
    request = v3.UpdateTrafficMirrorSessionRequest(made.id, v3.UpdateTrafficMirrorSessionRequestBody(change))
    changed = client.update_traffic_mirror_session(request).traffic_mirror_session
    assert (changed.name, changed.traffic_mirror_target_id, changed.enabled) == ("t", ports[0], False)
    shown = client.show_traffic_mirror_session(v3.ShowTrafficMirrorSessionRequest(made.id)).traffic_mirror_session
    assert (shown.name, shown.packet_length) == ("t", 128)
    request = v3.ListTrafficMirrorSessionsRequest(traffic_mirror_filter_id=filter.id)
    assert [it.id for it in client.list_traffic_mirror_sessions(request).traffic_mirror_sessions] == [made.id]
    used = v3.DeleteTrafficMirrorFilterRequest(filter.id)
    refused(lambda: client.delete_traffic_mirror_filter(used), 409, "VPC.9902")
    client.delete_traffic_mirror_session(v3.DeleteTrafficMirrorSessionRequest(made.id))
    client.delete_traffic_mirror_filter(used)
    gone = v3.ShowTrafficMirrorSessionRequest(made.id)
    refused(lambda: client.show_traffic_mirror_session(gone), 404, "VPC.9904")
