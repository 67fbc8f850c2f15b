"""Security groups, their rules and address groups through huaweicloudsdkvpc v2 and v3, and natively by openstacksdk."""

import openstack
import pytest
from huaweicloudsdkvpc import v2, v3

from cloud import fresh, http
from huawei import UUID, create_port, create_subnet, create_vpc, delete_port, exactly, refused, unknown

PASSWORD = "Correct-Horse-7"
IN_USE = r'\{"NeutronError":\{"message":"Security Group .+ in use\.","type":"SecurityGroupInUse","detail":""\}\}'


@pytest.fixture(scope="module")
def client(tenant):
    return tenant.vpc()


@pytest.fixture(scope="module")
def newer(tenant):
    return tenant.vpc_v3()


@pytest.fixture(scope="module")
def subnet(client):
    return create_subnet(client, create_vpc(client, cidr="10.0.0.0/16").id, "10.0.0.0/24")


def group(client, **option):
    option = v2.CreateSecurityGroupOption(**{"name": fresh("group"), **option})
    body = v2.CreateSecurityGroupRequestBody(option)
    return client.create_security_group(v2.CreateSecurityGroupRequest(body)).security_group


def rule(client, group, direction="ingress", **option):
    option = v2.CreateSecurityGroupRuleOption(security_group_id=group, direction=direction, **option)
    body = v2.CreateSecurityGroupRuleRequestBody(option)
    return client.create_security_group_rule(v2.CreateSecurityGroupRuleRequest(body)).security_group_rule


def delete_group(client, id):
    return client.delete_security_group(v2.DeleteSecurityGroupRequest(id))


def rule_v3(client, group, direction="ingress", dry_run=None, **option):
    option = v3.CreateSecurityGroupRuleOption(security_group_id=group, direction=direction, **option)
    body = v3.CreateSecurityGroupRuleRequestBody(security_group_rule=option, dry_run=dry_run)
    return client.create_security_group_rule(v3.CreateSecurityGroupRuleRequest(body))


def address_group(client, **option):
    option = v3.CreateAddressGroupOption(**{"name": fresh("addresses"), "ip_version": 4, **option})
    body = v3.CreateAddressGroupRequestBody(address_group=option)
    return client.create_address_group(v3.CreateAddressGroupRequest(body)).address_group


def test_group_life(client):
    made = group(client, name="web")
    assert UUID.fullmatch(made.id) and (made.name, made.enterprise_project_id) == ("web", "0")
    terms = {(it.direction, it.ethertype, it.remote_group_id) for it in made.security_group_rules}
    assert terms == {
        ("ingress", "IPv4", made.id),
        ("ingress", "IPv6", made.id),
        ("egress", "IPv4", None),
        ("egress", "IPv6", None),
    }
    shown = client.show_security_group(v2.ShowSecurityGroupRequest(made.id)).security_group
    assert {it.id for it in shown.security_group_rules} == {it.id for it in made.security_group_rules}
    groups = client.list_security_groups(v2.ListSecurityGroupsRequest()).security_groups
    assert made.id in [it.id for it in groups] and "default" in [it.name for it in groups]
    page = client.list_security_groups(v2.ListSecurityGroupsRequest(limit=1, marker=groups[0].id)).security_groups
    assert [it.id for it in page] == [groups[1].id]
    delete_group(client, made.id)
    missing = exactly("Securitygroup is not exist.")
    refused(lambda: client.show_security_group(v2.ShowSecurityGroupRequest(made.id)), 404, "VPC.0603", missing)
    default = next(it for it in groups if it.name == "default")
    refused(lambda: delete_group(client, default.id), 409, "VPC.0602", IN_USE)


def test_group_refusals(client, stranger):
    invalid = exactly("Creating securitygroup name is invalid.")
    refused(lambda: group(client, name="two words"), 400, "VPC.0601", invalid)
    refused(lambda: group(client, name="default"), 500, "VPC.0602", exactly("Add security group fail."))
    show = lambda client, id: client.show_security_group(v2.ShowSecurityGroupRequest(id))
    refused(lambda: show(client, "web"), 400, "VPC.0601", exactly("Securitygroup id is invalid."))
    refused(lambda: show(stranger.vpc(), group(client).id), 404, "VPC.0603")
    stranger.quota("securityGroup", 0)
    full = exactly("Quota exceeded for resources: ['security_group'].")
    refused(lambda: group(stranger.vpc()), 409, "VPC.0604", full)


def test_rule_life(client):
    web, other = group(client), group(client)
    ssh = rule(client, web.id, protocol="tcp", port_range_min=22, port_range_max=22, remote_ip_prefix="10.1.2.3")
    assert (ssh.protocol, ssh.port_range_min, ssh.port_range_max) == ("tcp", 22, 22)
    assert (ssh.remote_ip_prefix, ssh.remote_group_id, ssh.ethertype) == ("10.1.2.3/32", None, "IPv4")
    echo = rule(client, web.id, protocol="icmp", port_range_min=8, port_range_max=0, remote_group_id=other.id)
    assert (echo.port_range_min, echo.port_range_max) == (8, 0)
    shown = client.show_security_group_rule(v2.ShowSecurityGroupRuleRequest(ssh.id)).security_group_rule
    assert (shown.id, shown.security_group_id) == (ssh.id, web.id)
    query = v2.ListSecurityGroupRulesRequest(security_group_id=web.id)
    assert len(client.list_security_group_rules(query).security_group_rules) == 6
    query = v2.ListSecurityGroupRulesRequest(security_group_id=web.id, remote_ip_prefix="10.1.2.3/32")
    assert [it.id for it in client.list_security_group_rules(query).security_group_rules] == [ssh.id]

    again = {"protocol": "tcp", "port_range_min": 22, "port_range_max": 22, "remote_ip_prefix": "10.1.2.3/32"}
    exists = exactly("Security group rule already exists.")
    refused(lambda: rule(client, web.id, **again), 409, "VPC.0602", exists)
    refused(lambda: delete_group(client, other.id), 409, "VPC.0602", IN_USE)
    client.delete_security_group_rule(v2.DeleteSecurityGroupRuleRequest(echo.id))
    delete_group(client, other.id)
    rules = v2.ShowSecurityGroupRuleRequest(echo.id)
    refused(lambda: client.show_security_group_rule(rules), 404, "VPC.0603")
    refused(lambda: rule(client, unknown()), 404, "VPC.0603", exactly("Securitygroup is not exist."))
    refused(lambda: rule(client, web.id, protocol="tls"), 400, "VPC.0601")
    delete_group(client, web.id)


def test_tags(client):
    made = group(client)
    tags = lambda: {it.key: it.value for it in client.show_security_group_tags(v2.ShowSecurityGroupTagsRequest(made.id)).tags}
    body = v2.CreateSecurityGroupTagRequestBody(v2.ResourceTag("env", made.name))
    client.create_security_group_tag(v2.CreateSecurityGroupTagRequest(made.id, body))
    more = [v2.ResourceTag("a", "1"), v2.ResourceTag("b", "2")]
    body = v2.BatchCreateSecurityGroupTagsRequestBody(action="create", tags=more)
    client.batch_create_security_group_tags(v2.BatchCreateSecurityGroupTagsRequest(made.id, body))
    body = v2.BatchDeleteSecurityGroupTagsRequestBody(action="delete", tags=more[:1])
    client.batch_delete_security_group_tags(v2.BatchDeleteSecurityGroupTagsRequest(made.id, body))
    assert tags() == {"env": made.name, "b": "2"}
    every = client.list_security_group_tags(v2.ListSecurityGroupTagsRequest()).tags
    assert made.name in next(it.values for it in every if it.key == "env")
    wanted = [v2.ListTag("env", [made.name])]
    body = v2.ListSecurityGroupsByTagsRequestBody(action="filter", tags=wanted)
    found = client.list_security_groups_by_tags(v2.ListSecurityGroupsByTagsRequest(body))
    assert (found.total_count, found.resources[0].resource_id) == (1, made.id)
    client.delete_security_group_tag(v2.DeleteSecurityGroupTagRequest("b", made.id))
    assert tags() == {"env": made.name}


def test_newer_groups(newer):
    option = v3.CreateSecurityGroupOption(name="app", description="d", tags=[v3.ResourceTag("k", "v")])
    create = lambda dry_run: newer.create_security_group(
        v3.CreateSecurityGroupRequest(v3.CreateSecurityGroupRequestBody(dry_run=dry_run, security_group=option))
    )
    before = newer.list_security_groups(v3.ListSecurityGroupsRequest()).page_info.current_count
    assert create(True).status_code == 202
    made = create(False).security_group
    assert (made.name, made.description, made.tags[0].key, len(made.security_group_rules)) == ("app", "d", "k", 4)
    after = newer.list_security_groups(v3.ListSecurityGroupsRequest())
    assert after.page_info.current_count == before + 1
    found = newer.list_security_groups(v3.ListSecurityGroupsRequest(id=[made.id], name=["app"])).security_groups
    assert [it.id for it in found] == [made.id]
    option = v3.UpdateSecurityGroupOption(name="app-2", description="")
    body = v3.UpdateSecurityGroupRequestBody(security_group=option)
    changed = newer.update_security_group(v3.UpdateSecurityGroupRequest(made.id, body)).security_group
    assert (changed.name, changed.description) == ("app-2", "")
    shown = newer.show_security_group(v3.ShowSecurityGroupRequest(made.id)).security_group
    assert (shown.name, len(shown.security_group_rules)) == ("app-2", 4)
    newer.delete_security_group(v3.DeleteSecurityGroupRequest(made.id))
    message = exactly(f"Security group {made.id} could not be found.")
    refused(lambda: newer.show_security_group(v3.ShowSecurityGroupRequest(made.id)), 404, "VPC.9904", message)


def test_newer_rules(client, newer):
    web = group(client)
    deny = {"protocol": "tcp", "multiport": "22,80-90", "action": "deny", "priority": 5, "enabled": False}
    assert rule_v3(newer, web.id, dry_run=True, **deny).status_code == 202
    made = rule_v3(newer, web.id, **deny).security_group_rule
    assert (made.multiport, made.action, made.priority, made.enabled) == ("22,80-90", "deny", 5, False)
    message = exactly(f"Security group rule already exists. Rule id is {made.id}.")
    refused(lambda: rule_v3(newer, web.id, **deny), 409, "VPC.9902", message)
    many = [
        v3.BatchCreateSecurityGroupRulesOption(direction="ingress", **deny),
        v3.BatchCreateSecurityGroupRulesOption(direction="egress", protocol="udp", multiport="53"),
    ]
    body = v3.BatchCreateSecurityGroupRulesRequestBody(security_group_rules=many, ignore_duplicate=True)
    batch = newer.batch_create_security_group_rules(v3.BatchCreateSecurityGroupRulesRequest(web.id, body))
    assert [it.multiport for it in batch.security_group_rules] == ["53"]
    shown = newer.show_security_group_rule(v3.ShowSecurityGroupRuleRequest(made.id)).security_group_rule
    assert (shown.id, shown.remote_ip_prefix) == (made.id, None)
    for query in (
        {"action": "deny"},
        {"priority": [5]},
        {"protocol": ["tcp", "icmp"]},
        {"enabled": False},
        {"id": [made.id]},
    ):
        request = v3.ListSecurityGroupRulesRequest(security_group_id=[web.id], **query)
        found = newer.list_security_group_rules(request)
        assert [it.id for it in found.security_group_rules] == [made.id], query
    newer.delete_security_group_rule(v3.DeleteSecurityGroupRuleRequest(made.id))
    refused(lambda: newer.show_security_group_rule(v3.ShowSecurityGroupRuleRequest(made.id)), 404, "VPC.9904")


def test_groups_of_ports(client, newer, subnet, cloud):
    first, second = group(client), group(client)
    port = create_port(client, subnet.id, security_groups=[first.id])
    option = v3.InsertSecurityGroupOption(security_groups=[second.id], index=0)
    body = v3.AddSecurityGroupsRequestBody(port=option)
    joined = newer.add_security_groups(v3.AddSecurityGroupsRequest(port.id, body)).port
    assert (joined.security_groups, joined.virsubnet_id) == ([second.id, first.id], subnet.id)
    refused(lambda: delete_group(client, first.id), 409, "VPC.0602", IN_USE)
    option = v3.RemoveSecurityGroupOption(security_groups=[first.id])
    body = v3.RemoveSecurityGroupsRequestBody(port=option)
    left = newer.remove_security_groups(v3.RemoveSecurityGroupsRequest(port.id, body)).port
    assert left.security_groups == [second.id]
    delete_group(client, first.id)
    delete_port(client, port.id)
    delete_group(client, second.id)


def test_address_groups(client, newer):
    made = address_group(newer, ip_set=["10.0.0.1", "10.1.0.0/16", "10.2.0.1-10.2.0.9"], description="d")
    assert (made.max_capacity, made.status, made.ip_version) == (20, "NORMAL", 4)
    assert [it.ip for it in made.ip_extra_set] == made.ip_set
    option = v3.UpdateAddressGroupOption(name="home", ip_extra_set=[v3.IpExtraSetOption(ip="10.3.0.1", remarks="r")])
    body = v3.UpdateAddressGroupRequestBody(address_group=option)
    changed = newer.update_address_group(v3.UpdateAddressGroupRequest(made.id, body)).address_group
    assert (changed.name, changed.ip_set, changed.ip_extra_set[0].remarks) == ("home", ["10.3.0.1"], "r")
    shown = newer.show_address_group(v3.ShowAddressGroupRequest(made.id)).address_group
    assert (shown.name, shown.description) == ("home", "d")
    listed = newer.list_address_group(v3.ListAddressGroupRequest(name=["home"], ip_version=4)).address_groups
    assert [it.id for it in listed] == [made.id]

    web = group(client)
    used = rule(client, web.id, remote_address_group_id=made.id)
    request = v3.ListAddressGroupsDependencyRequest(id=made.id)
    (user,) = newer.list_address_groups_dependency(request).address_groups[0].dependency
    assert (user.type, user.instance_id, user.instance_name) == ("sg", web.id, web.name)
    message = exactly(f"Address group {made.id} is in use.")
    refused(lambda: newer.delete_address_group(v3.DeleteAddressGroupRequest(made.id)), 409, "VPC.9907", message)
    newer.delete_ip_address_group_force(v3.DeleteIpAddressGroupForceRequest(made.id))
    refused(lambda: newer.show_address_group(v3.ShowAddressGroupRequest(made.id)), 404, "VPC.9904")
    request = v2.ShowSecurityGroupRuleRequest(used.id)
    refused(lambda: client.show_security_group_rule(request), 404, "VPC.0603")
    lone = address_group(newer)
    newer.delete_address_group(v3.DeleteAddressGroupRequest(lone.id))
    message = exactly("Invalid ip_set:office parameter in request body.")
    refused(lambda: address_group(newer, ip_set=["office"]), 400, "VPC.9901", message)


@pytest.fixture(scope="module")
def conn(operator, tenant):
    name = fresh("user")
    operator.user(tenant.account, name, PASSWORD, ["te_admin"])
    return openstack.connect(
        load_yaml_config=False,
        load_envvars=False,
        region_name=tenant.cloud.region,
        auth={
            "auth_url": f"{tenant.cloud.huawei}/v3",
            "username": name,
            "password": PASSWORD,
            "project_name": tenant.cloud.region,
            "user_domain_name": tenant.name,
            "project_domain_name": tenant.name,
        },
    )


def test_native(conn, client):
    network = conn.network
    made = network.create_security_group(name=fresh("native"), description="d")
    assert (made.description, len(made.security_group_rules)) == ("d", 4)
    assert client.show_security_group(v2.ShowSecurityGroupRequest(made.id)).security_group.name == made.name
    assert network.find_security_group(made.name).id == made.id
    assert {made.id} <= {it.id for it in network.security_groups()}
    assert network.update_security_group(made.id, name="renamed").name == "renamed"
    assert [it.id for it in network.security_groups(name="renamed")] == [made.id]
    terms = {"direction": "ingress", "protocol": "tcp", "port_range_min": 80, "port_range_max": 90}
    made_rule = network.create_security_group_rule(security_group_id=made.id, remote_ip_prefix="10.0.0.0/8", **terms)
    assert (made_rule.port_range_min, made_rule.port_range_max, made_rule.ether_type) == (80, 90, "IPv4")
    assert network.get_security_group_rule(made_rule.id).remote_ip_prefix == "10.0.0.0/8"
    rules = list(network.security_group_rules(security_group_id=made.id, protocol="tcp"))
    assert [it.id for it in rules] == [made_rule.id]
    with pytest.raises(openstack.exceptions.ConflictException, match="Rule id is " + made_rule.id):
        network.create_security_group_rule(security_group_id=made.id, remote_ip_prefix="10.0.0.0/8", **terms)
    network.delete_security_group_rule(made_rule.id, ignore_missing=False)
    network.delete_security_group(made.id, ignore_missing=False)
    with pytest.raises(openstack.exceptions.NotFoundException):
        network.get_security_group(made.id)


def test_ports_in_batches(conn, client, subnet, cloud, tenant):
    web, base = group(client), group(client)
    port = create_port(client, subnet.id, security_groups=[base.id])
    url = f"{cloud.huawei}/v2.0/{tenant.project}/security-groups/{web.id}/instance/action"
    headers = {"X-Auth-Token": conn.authorize()}
    ask = lambda action, id: http("POST", url, {"action": action, "ports": [{"id": id}]}, headers)
    assert (ask("add", port.id).status, ask("add", port.id).json) == (200, {"fail": []})
    assert ask("remove", port.id).json == {"fail": []}
    assert ask("remove", port.id).json["fail"][0]["error_code"] == "VPC.0607"
    assert ask("put", port.id).json["code"] == "VPC.0606"
    delete_port(client, port.id)
