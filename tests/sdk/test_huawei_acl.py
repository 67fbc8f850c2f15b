"""Firewalls (network ACLs) of v3 and of the native API, v3 ports, supplementary interfaces, and the tags of all of them."""

import pytest
from huaweicloudsdkvpc import v2 as native
from huaweicloudsdkvpc import v3 as sdk

from cloud import fresh, until
from huawei import UUID, create_port, create_subnet, create_vpc, delete_port, delete_subnet, delete_vpc, refused, unknown

DENY, ALLOW = "deny", "allow"


@pytest.fixture(scope="module")
def old(tenant):
    """The client of v1 and v2."""
    tenant.quota("vpc", 100)
    return tenant.vpc()


@pytest.fixture(scope="module")
def client(tenant):
    return tenant.vpc_v3()


@pytest.fixture(scope="module")
def network(old):
    return create_vpc(old, cidr="10.0.0.0/16")


@pytest.fixture(scope="module")
def subnet(old, network):
    return create_subnet(old, network.id, "10.0.1.0/24")


@pytest.fixture(scope="module")
def port(old, subnet):
    return create_port(old, subnet.id, name=fresh("port"))


@pytest.fixture
def firewall(client):
    option = sdk.CreateFirewallOption(name=fresh("acl"), description="d", tags=[sdk.ResourceTag("env", "test")])
    made = client.create_firewall(sdk.CreateFirewallRequest(sdk.CreateFirewallRequestBody(firewall=option))).firewall
    yield made
    client.delete_firewall(sdk.DeleteFirewallRequest(made.id))


def rule(action=ALLOW, protocol="tcp", **more):
    return sdk.FirewallInsertRuleItemOption(action=action, protocol=protocol, ip_version=4, **more)


def insert(client, id, **lists):
    body = sdk.AddFirewallRulesRequestBody(firewall=sdk.FirewallInsertRuleOption(**lists))
    return client.add_firewall_rules(sdk.AddFirewallRulesRequest(id, body)).firewall


def show(client, id):
    return client.show_firewall(sdk.ShowFirewallRequest(id)).firewall


class TestFirewall:
    def test_life(self, client, firewall):
        assert UUID.fullmatch(firewall.id) and firewall.status == "INACTIVE" and firewall.type == "normal"
        assert firewall.tags == [sdk.ResourceTag("env", "test")]
        body = sdk.UpdateFirewallRequestBody(firewall=sdk.UpdateFirewallOption(name="new", admin_state_up=False))
        changed = client.update_firewall(sdk.UpdateFirewallRequest(firewall.id, body)).firewall
        assert (changed.name, changed.admin_state_up, changed.description) == ("new", False, "d")
        listed = client.list_firewall(sdk.ListFirewallRequest(id=[firewall.id], name=["new"], admin_state_up=False))
        assert [it.id for it in listed.firewalls] == [firewall.id]
        assert listed.page_info.current_count == 1
        assert show(client, firewall.id).name == "new"

    def test_dry_run(self, client):
        body = sdk.CreateFirewallRequestBody(firewall=sdk.CreateFirewallOption(name="tried"), dry_run=True)
        client.create_firewall(sdk.CreateFirewallRequest(body))
        assert client.list_firewall(sdk.ListFirewallRequest(name=["tried"])).firewalls == []

    def test_rules(self, client, firewall):
        first = insert(client, firewall.id, ingress_rules=[rule(name="a", destination_port="22,80-90"), rule(name="b")])
        a, b = first.ingress_rules
        assert (a.destination_port, a.protocol, a.ip_version, a.enabled) == ("22,80-90", "tcp", 4, True)
        body = sdk.FirewallInsertRuleOption(ingress_rules=[rule(DENY, "any", name="c")], insert_after_rule=a.id)
        body = sdk.AddFirewallRulesRequestBody(firewall=body)
        more = client.add_firewall_rules(sdk.AddFirewallRulesRequest(firewall.id, body)).firewall
        assert [it.name for it in more.ingress_rules] == ["a", "c", "b"]
        change = sdk.FirewallUpdateRuleItemOption(id=b.id, action=DENY, source_ip_address="10.0.0.0/8")
        body = sdk.UpdateFirewallRulesRequestBody(firewall=sdk.FirewallUpdateRuleOption(ingress_rules=[change]))
        changed = client.update_firewall_rules(sdk.UpdateFirewallRulesRequest(firewall.id, body)).firewall
        assert (changed.ingress_rules[2].action, changed.ingress_rules[2].source_ip_address) == (DENY, "10.0.0.0/8")
        gone = [sdk.FirewallRemoveRuleItemOption(id=it.id) for it in (a, b)]
        body = sdk.RemoveFirewallRulesRequestBody(firewall=sdk.FirewallRemoveRuleOption(ingress_rules=gone))
        left = client.remove_firewall_rules(sdk.RemoveFirewallRulesRequest(firewall.id, body)).firewall
        assert [it.name for it in left.ingress_rules] == ["c"]

    def test_subnets(self, client, firewall, subnet):
        subnets = [sdk.FirewallAssociation(subnet.id)]
        body = sdk.AssociateSubnetFirewallRequestBody(subnets=subnets)
        bound = client.associate_subnet_firewall(sdk.AssociateSubnetFirewallRequest(firewall.id, body)).firewall
        assert bound.status == "ACTIVE" and bound.associations == subnets
        refused(lambda: client.delete_firewall(sdk.DeleteFirewallRequest(firewall.id)), 409, "VPC.9902")
        body = sdk.DisassociateSubnetFirewallRequestBody(subnets=subnets)
        free = client.disassociate_subnet_firewall(sdk.DisassociateSubnetFirewallRequest(firewall.id, body)).firewall
        assert free.status == "INACTIVE" and free.associations == []

    def test_unknown(self, client):
        refused(lambda: show(client, unknown()), 404, "VPC.9904")


class TestNative:
    """fwaas v2."""

    def create_rule(self, old, **option):
        body = native.NeutronCreateFirewallRuleRequestBody(native.NeutronCreateFirewallRuleOption(**option))
        return old.neutron_create_firewall_rule(native.NeutronCreateFirewallRuleRequest(body)).firewall_rule

    def create_policy(self, old, **option):
        body = native.NeutronCreateFirewallPolicyRequestBody(native.NeutronCreateFirewallPolicyOption(**option))
        return old.neutron_create_firewall_policy(native.NeutronCreateFirewallPolicyRequest(body)).firewall_policy

    def test_rule(self, old):
        made = self.create_rule(old, name="r", action="ALLOW", protocol="tcp", destination_port="80:90")
        assert (made.action, made.destination_port, made.ip_version) == ("ALLOW", "80:90", 4)
        body = native.NeutronUpdateFirewallRuleRequestBody(native.NeutronUpdateFirewallRuleOption(name="x"))
        changed = old.neutron_update_firewall_rule(native.NeutronUpdateFirewallRuleRequest(made.id, body))
        assert changed.firewall_rule.name == "x"
        shown = old.neutron_show_firewall_rule(native.NeutronShowFirewallRuleRequest(made.id)).firewall_rule
        assert shown.name == "x"
        listed = old.neutron_list_firewall_rules(native.NeutronListFirewallRulesRequest(name=["x"], action="ALLOW"))
        assert [it.id for it in listed.firewall_rules] == [made.id]
        old.neutron_delete_firewall_rule(native.NeutronDeleteFirewallRuleRequest(made.id))
        assert old.neutron_list_firewall_rules(native.NeutronListFirewallRulesRequest(name=["x"])).firewall_rules == []

    def test_policy(self, old):
        a, b = (self.create_rule(old, name=name, action="DENY") for name in "ab")
        policy = self.create_policy(old, name="p", firewall_rules=[a.id])
        body = native.NeutronInsertFirewallRuleRequestBody(firewall_rule_id=b.id, insert_before=a.id)
        inserted = old.neutron_add_firewall_rule(native.NeutronAddFirewallRuleRequest(policy.id, body))
        assert inserted.firewall_rules == [b.id, a.id]
        body = native.NeutronRemoveFirewallRuleRequestBody(firewall_rule_id=a.id)
        left = old.neutron_remove_firewall_rule(native.NeutronRemoveFirewallRuleRequest(policy.id, body))
        assert left.firewall_rules == [b.id]
        option = native.NeutronUpdateFirewallPolicyOption(firewall_rules=[a.id, b.id])
        body = native.NeutronUpdateFirewallPolicyRequestBody(option)
        changed = old.neutron_update_firewall_policy(native.NeutronUpdateFirewallPolicyRequest(policy.id, body))
        assert changed.firewall_policy.firewall_rules == [a.id, b.id]
        shown = old.neutron_show_firewall_policy(native.NeutronShowFirewallPolicyRequest(policy.id)).firewall_policy
        assert shown.name == "p" and shown.audited is False
        listed = old.neutron_list_firewall_policies(native.NeutronListFirewallPoliciesRequest(id=[policy.id]))
        assert [it.id for it in listed.firewall_policies] == [policy.id]
        old.neutron_delete_firewall_policy(native.NeutronDeleteFirewallPolicyRequest(policy.id))
        for it in (a, b):
            old.neutron_delete_firewall_rule(native.NeutronDeleteFirewallRuleRequest(it.id))

    def test_group(self, old, network):
        subnet = create_subnet(old, network.id, "10.0.9.0/24")
        owner = "network:router_interface_distributed"
        gateway = old.list_ports(native.ListPortsRequest(network_id=subnet.id, device_owner=owner)).ports[0]
        rule = self.create_rule(old, name="all", action="ALLOW")
        policy = self.create_policy(old, name="p", firewall_rules=[rule.id])
        option = native.NeutronCreateFirewallGroupOption(name="g", ingress_firewall_policy_id=policy.id)
        body = native.NeutronCreateFirewallGroupRequestBody(option)
        made = old.neutron_create_firewall_group(native.NeutronCreateFirewallGroupRequest(body)).firewall_group
        assert made.status == "PENDING_CREATE"

        def group():
            return old.neutron_show_firewall_group(native.NeutronShowFirewallGroupRequest(made.id)).firewall_group

        until(group, lambda it: it.status == "INACTIVE")
        body = native.NeutronUpdateFirewallGroupRequestBody(native.NeutronUpdateFirewallGroupOption(ports=[gateway.id]))
        old.neutron_update_firewall_group(native.NeutronUpdateFirewallGroupRequest(made.id, body))
        assert until(group, lambda it: it.status == "ACTIVE").ports == [gateway.id]
        listed = old.neutron_list_firewall_groups(native.NeutronListFirewallGroupsRequest(name=["g"]))
        assert [it.id for it in listed.firewall_groups] == [made.id]
        old.neutron_delete_firewall_group(native.NeutronDeleteFirewallGroupRequest(made.id))
        old.neutron_delete_firewall_policy(native.NeutronDeleteFirewallPolicyRequest(policy.id))
        old.neutron_delete_firewall_rule(native.NeutronDeleteFirewallRuleRequest(rule.id))
        delete_subnet(old, network.id, subnet.id)


def create_sub(client, subnet, port, **more):
    option = sdk.CreateSubNetworkInterfaceOption(virsubnet_id=subnet.id, parent_id=port.id, **more)
    body = sdk.CreateSubNetworkInterfaceRequestBody(sub_network_interface=option)
    return client.create_sub_network_interface(sdk.CreateSubNetworkInterfaceRequest(body)).sub_network_interface


@pytest.fixture
def sub(client, subnet, port):
    made = create_sub(client, subnet, port, description="d")
    yield made
    client.delete_sub_network_interface(sdk.DeleteSubNetworkInterfaceRequest(made.id))


def show_sub(client, id):
    request = sdk.ShowSubNetworkInterfaceRequest(id)
    return client.show_sub_network_interface(request).sub_network_interface


class TestSubNetworkInterface:
    def test_life(self, client, subnet, port, sub):
        assert sub.state == "NORMAL" and sub.parent_id == port.id and 1 <= sub.vlan_id <= 4094
        listed = client.list_sub_network_interfaces(
            sdk.ListSubNetworkInterfacesRequest(parent_id=[port.id], virsubnet_id=[subnet.id], id=[sub.id])
        )
        assert [it.id for it in listed.sub_network_interfaces] == [sub.id]
        option = sdk.UpdateSubNetworkInterfaceOption(description="new", security_groups=[])
        body = sdk.UpdateSubNetworkInterfaceRequestBody(sub_network_interface=option)
        changed = client.update_sub_network_interface(sdk.UpdateSubNetworkInterfaceRequest(sub.id, body))
        assert changed.sub_network_interface.description == "new"
        assert show_sub(client, sub.id).security_groups == []
        refused(lambda: create_sub(client, subnet, port, vlan_id=str(sub.vlan_id)), 409, "VPC.9906")

    def test_batch_and_count(self, client, subnet, port):
        def count():
            request = sdk.ShowSubNetworkInterfacesQuantityRequest()
            return client.show_sub_network_interfaces_quantity(request).sub_network_interfaces

        before = count()
        option = sdk.BatchCreateSubNetworkInterfaceOption(virsubnet_id=subnet.id, parent_id=port.id)
        body = sdk.BatchCreateSubNetworkInterfaceRequestBody(sub_network_interface=option, count=3)
        request = sdk.BatchCreateSubNetworkInterfaceRequest(body)
        made = client.batch_create_sub_network_interface(request).sub_network_interfaces
        assert len({it.vlan_id for it in made}) == len({it.private_ip_address for it in made}) == 3
        assert count() == before + 3
        for it in made:
            client.delete_sub_network_interface(sdk.DeleteSubNetworkInterfaceRequest(it.id))

    def test_carriers(self, client, old, subnet, port, sub):
        other = create_port(old, subnet.id)
        refused(lambda: delete_port(old, port.id), 409, "VPC.0707")
        off = client.detach_sub_network_interface(sdk.DetachSubNetworkInterfaceRequest(sub.id)).sub_network_interface
        assert off.state == "UNBOUND" and off.parent_id == ""
        option = sdk.AttachSubNetworkInterfaceOption(parent_id=other.id)
        body = sdk.AttachSubNetworkInterfaceRequestBody(sub_network_interface=option)
        on = client.attach_sub_network_interface(sdk.AttachSubNetworkInterfaceRequest(sub.id, body))
        assert on.sub_network_interface.parent_id == other.id
        option = sdk.MigrateSubNetworkInterfaceOption(parent_id=port.id, sub_network_interfaces=[{"id": sub.id}])
        body = sdk.MigrateSubNetworkInterfaceRequestBody(migration_info=option)
        moved = client.migrate_sub_network_interface(sdk.MigrateSubNetworkInterfaceRequest(body))
        assert [it.parent_id for it in moved.sub_network_interfaces] == [port.id]
        delete_port(old, other.id)


class TestPort:
    def test_show_and_list(self, client, port, subnet, network):
        shown = client.show_port(sdk.ShowPortRequest(port.id)).port
        assert (shown.virsubnet_id, shown.vpc_id, shown.name) == (subnet.id, network.id, port.name)
        assert shown.private_ips[0].ip_address == port.fixed_ips[0].ip_address
        listed = client.list_ports(sdk.ListPortsRequest(virsubnet_id=[subnet.id], name=[port.name]))
        assert [it.id for it in listed.ports] == [port.id]

    def test_carried(self, client, port, sub):
        shown = client.show_port(sdk.ShowPortRequest(sub.id)).port
        details = shown.bindingvif_details
        assert (details.vlan_id, details.parent_id) == (sub.vlan_id, port.id)


KINDS = {
    "firewall": ("Firewall", "Firewalls"),
    "port": ("Port", "Ports"),
    "sub_network_interface": ("SubNetworkInterface", "SubNetworkInterfaces"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_tags(client, kind, request):
    one, many = KINDS[kind]
    plural = f"{kind}s"
    fixture = "sub" if kind == "sub_network_interface" else kind
    id = request.getfixturevalue(fixture).id

    def ask(operation, name, *arguments, **query):
        make = getattr(sdk, f"{name}Request")
        return getattr(client, operation)(make(*arguments, **query))

    def tags():
        return {tag.key: tag.value for tag in ask(f"show_{kind}_tags", f"Show{one}Tags", id).tags}

    before = tags()
    body = getattr(sdk, f"Create{one}TagRequestBody")(tag=sdk.ResourceTag("a", "1"))
    ask(f"create_{kind}_tag", f"Create{one}Tag", id, body)
    body = getattr(sdk, f"BatchCreate{one}TagsRequestBody")(tags=[sdk.ResourceTag("b", "2"), sdk.ResourceTag("c", "")])
    ask(f"batch_create_{kind}_tags", f"BatchCreate{one}Tags", id, body)
    assert tags() == before | {"a": "1", "b": "2", "c": ""}
    wanted = [sdk.ListTag("a", ["1"])]
    body = getattr(sdk, f"List{many}ByTagsRequestBody")(tags=wanted)
    found = ask(f"list_{plural}_by_tags", f"List{many}ByTags", body=body)
    assert [it.resource_id for it in found.resources] == [id] and found.total_count == 1
    body = getattr(sdk, f"Count{many}ByTagsRequestBody")(tags=wanted)
    assert ask(f"count_{plural}_by_tags", f"Count{many}ByTags", body).total_count == 1
    listed = ask(f"list_{kind}_tags", f"List{one}Tags").tags
    assert {"a", "b", "c"} <= {tag.key for tag in listed}
    gone = [sdk.DeleteResourceTagRequestBody("a"), sdk.DeleteResourceTagRequestBody("b")]
    body = getattr(sdk, f"BatchDelete{one}TagsRequestBody")(tags=gone)
    ask(f"batch_delete_{kind}_tags", f"BatchDelete{one}Tags", id, body)
    ask(f"delete_{kind}_tag", f"Delete{one}Tag", id, "c")
    assert tags() == before


def test_an_address_in_a_rule_is_not_given_back(client, firewall, tenant):
    from huaweicloudsdkeip import v2 as eip

    addresses = tenant.eip()
    bandwidth = eip.CreatePublicipBandwidthOption(share_type="PER", size=5, name="b")
    body = eip.CreatePublicipRequestBody(bandwidth=bandwidth, publicip=eip.CreatePublicipOption(type="5_bgp"))
    made = addresses.create_publicip(eip.CreatePublicipRequest(body)).publicip
    inserted = insert(client, firewall.id, egress_rules=[rule(source_ip_address=made.public_ip_address)])
    refused(lambda: addresses.delete_publicip(eip.DeletePublicipRequest(made.id)), 500, "VPC.0518")
    gone = [sdk.FirewallRemoveRuleItemOption(id=inserted.egress_rules[0].id)]
    body = sdk.RemoveFirewallRulesRequestBody(firewall=sdk.FirewallRemoveRuleOption(egress_rules=gone))
    client.remove_firewall_rules(sdk.RemoveFirewallRulesRequest(firewall.id, body))
    addresses.delete_publicip(eip.DeletePublicipRequest(made.id))


def test_the_last_network_waits_for_firewalls(stranger):
    old, client = stranger.vpc(), stranger.vpc_v3()
    network = create_vpc(old)
    option = sdk.CreateFirewallOption(name="acl")
    made = client.create_firewall(sdk.CreateFirewallRequest(sdk.CreateFirewallRequestBody(firewall=option))).firewall
    refused(lambda: delete_vpc(old, network.id), 409, "VPC.0107")
    client.delete_firewall(sdk.DeleteFirewallRequest(made.id))
    delete_vpc(old, network.id)
