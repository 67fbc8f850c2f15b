"""One account with keys of both clouds, through the SDKs of both vendors at once: made here, listed and deleted there."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.bcc.bcc_model import SecurityGroupRuleModel as Rule
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.eip.model import Billing as EipBilling
from baidubce.services.esg.esg_client import EsgClient
from baidubce.services.vpc.nat_client import NatClient
from baidubce.services.vpc.nat_model import Billing as NatBilling
from baidubce.services.vpc.peerconn_client import PeerConnClient
from baidubce.services.vpc.peerconn_model import Billing
from huaweicloudsdkeip import v2 as eip
from huaweicloudsdkeip import v3 as eip3
from huaweicloudsdkvpc import v2 as vpc

import huawei
import test_baidu
from cloud import fresh, until
from huawei import UUID, create_eip, create_subnet, create_vpc, show_eip, show_vpc
from test_huawei_eip3 import associate, disassociate
from test_huawei_route import peering
from test_huawei_security import delete_group, group

PEOPLE = "0.0.0.0/0"


class Both:
    """The clients of one account in the two clouds."""

    def __init__(self, tenant, zone):
        for kind in ("vpc", "publicIp", "natGateway"):
            tenant.quota(kind, 100)
        self.zone = zone
        # Here.
        self.huawei, self.eip, self.eip3 = tenant.vpc(), tenant.eip(), tenant.eip_v3()
        # There.
        self.vpc, self.subnet = tenant.baidu_vpc(), tenant.baidu_subnet()
        self.eips, self.nats, self.peers = (tenant._baidu(it) for it in (EipClient, NatClient, PeerConnClient))
        self.groups, self.enterprise = (tenant._baidu(it) for it in (BccClient, EsgClient))

    def long(self, name):
        """The network of that name, as Huawei's SDK lists it."""
        (found,) = [it for it in self.huawei.list_vpcs(vpc.ListVpcsRequest()).vpcs if it.name == name]
        return found

    def short(self, name):
        """The same as Baidu's SDK lists it."""
        (found,) = [it for it in self.vpc.list_vpcs().vpcs if it.name == name]
        return found

    def network(self, cidr="192.168.0.0/16"):
        """A network made through Baidu: its two ids."""
        name = fresh("net")
        short = self.vpc.create_vpc(name, cidr).vpc_id
        return self.long(name).id, short

    def row(self, address):
        """The row of an address in Baidu's list; none when it is in nobody's."""
        return next(iter(self.eips.list_eips(eip=address).eip_list), None)

    def free(self, address):
        until(lambda: self.row(address).status, lambda status: status == "available")
        return address

    def ready(self, nat):
        return until(lambda: self.nats.get_nat(nat), lambda it: it.status in ("active", "unconfigured"))


@pytest.fixture(scope="module")
def both(tenant, operator):
    return Both(tenant, operator.zone())


def test_networks_and_subnets(both):
    # Made through Huawei's SDK, listed and deleted through Baidu's.
    made = create_vpc(both.huawei, name=fresh("here"), cidr="10.0.0.0/16", description="words")
    inner = create_subnet(both.huawei, made.id, "10.0.1.0/24")
    seen = both.short(made.name)
    assert re.fullmatch(r"vpc-[0-9a-z]{12}", seen.vpc_id) and UUID.fullmatch(made.id)
    assert (seen.cidr, seen.description) == ("10.0.0.0/16", "words")
    (listed,) = both.subnet.list_subnets(vpc_id=seen.vpc_id).subnets
    assert (listed.name, listed.cidr, listed.vpc_id) == (inner.name, "10.0.1.0/24", seen.vpc_id)
    assert re.fullmatch(r"sbn-[0-9a-z]{12}", listed.subnet_id)
    both.vpc.update_vpc(seen.vpc_id, made.name, description="other words")
    assert show_vpc(both.huawei, made.id).description == "other words"
    huawei.refused(lambda: huawei.delete_vpc(both.huawei, made.id), 409, "VPC.0104")
    both.subnet.delete_subnet(listed.subnet_id)
    both.vpc.delete_vpc(seen.vpc_id)
    huawei.refused(lambda: show_vpc(both.huawei, made.id), 404, "VPC.0105")

    # The other way round.
    name = fresh("there")
    short = both.vpc.create_vpc(name, "192.168.0.0/16").vpc_id
    inner = both.subnet.create_subnet(name, both.zone, "192.168.3.0/24", short).subnet_id
    long = both.long(name)
    (listed,) = both.huawei.list_subnets(vpc.ListSubnetsRequest(vpc_id=long.id)).subnets
    assert (listed.name, listed.cidr, listed.gateway_ip) == (name, "192.168.3.0/24", "192.168.3.1")
    huawei.delete_subnet(both.huawei, long.id, listed.id)
    test_baidu.refused(lambda: both.subnet.get_subnet(inner), 404, "NoSuchObject")
    huawei.delete_vpc(both.huawei, long.id)
    test_baidu.refused(lambda: both.vpc.get_vpc(short), 404, "NoSuchObject")


def test_security_groups(both):
    # A group of a network is a regular one.
    _, short = both.network()
    name = fresh("web")
    ssh = Rule(direction="ingress", protocol="tcp", portRange="22", sourceIp="10.0.0.0/8", remark="ssh")
    made = both.groups.create_security_group(name, [ssh], vpc_id=short).security_group_id
    listed = both.huawei.list_security_groups(vpc.ListSecurityGroupsRequest()).security_groups
    (seen,) = [it for it in listed if it.name == name]
    (rule,) = seen.security_group_rules
    assert (rule.port_range_min, rule.port_range_max, rule.remote_ip_prefix) == (22, 22, "10.0.0.0/8")
    delete_group(both.huawei, seen.id)
    test_baidu.refused(lambda: both.groups.get_security_group_detail(made), 404, "NoSuchObject")

    # A group of the whole project is an enterprise one.
    made = group(both.huawei, name=fresh("all"))
    every = lambda: both.enterprise.list_enterprise_security_groups(max_keys=1000).enterprise_security_groups
    (seen,) = [it for it in every() if it.name == made.name]
    assert re.fullmatch(r"esg-[0-9a-z]{12}", seen.id) and len(seen.rules) == len(made.security_group_rules)
    both.enterprise.delete_enterprise_security_group(seen.id)
    gone = lambda: both.huawei.show_security_group(vpc.ShowSecurityGroupRequest(made.id))
    huawei.refused(gone, 404, "VPC.0603")


def test_addresses(both):
    made = create_eip(both.eip, alias="shared")
    seen = both.row(both.free(made.public_ip_address))
    assert (seen.name, seen.bandwidth_in_mbps, seen.status) == ("shared", 5, "available")
    both.eips.resize_eip(made.public_ip_address, 7)
    both.free(made.public_ip_address)
    assert show_eip(both.eip, made.id).bandwidth_size == 7
    both.eips.release_eip(made.public_ip_address)
    huawei.refused(lambda: show_eip(both.eip, made.id), 404, "VPC.0504")

    address = both.eips.create_eip(5, name="other", billing=EipBilling("Postpaid", "ByTraffic")).eip
    both.free(address)
    listed = both.eip.list_publicips(eip.ListPublicipsRequest(public_ip_address=[address])).publicips
    (seen,) = [it for it in listed if it.public_ip_address == address]
    assert (seen.alias, seen.bandwidth_size, seen.status) == ("other", 5, "DOWN")
    huawei.delete_eip(both.eip, seen.id)
    assert both.row(address) is None


def test_peerings(both):
    (here, near), (there, far) = both.network(), both.network("10.0.0.0/16")
    made = peering(both.huawei, here, there)
    (seen,) = both.peers.list_peerconns(near).peer_conns
    assert (seen.role, seen.local_vpc_id, seen.peer_vpc_id) == ("initiator", near, far)
    both.peers.delete_peerconn(seen.peer_conn_id)
    show = lambda id: both.huawei.show_vpc_peering(vpc.ShowVpcPeeringRequest(id)).peering
    huawei.refused(lambda: show(made.id), 404, "VPC.1404")

    made = both.peers.create_peerconn(10, near, far, "elsewhere", billing=Billing("Postpaid")).peer_conn_id
    (seen,) = both.huawei.list_vpc_peerings(vpc.ListVpcPeeringsRequest(vpc_id=here)).peerings
    assert (seen.status, seen.request_vpc_info.vpc_id, seen.accept_vpc_info.vpc_id) == ("ACTIVE", here, there)
    both.huawei.delete_vpc_peering(vpc.DeleteVpcPeeringRequest(seen.id))
    test_baidu.refused(lambda: both.peers.get_peerconn(made), 404, "NoSuchObject")


def test_nat_gateways(both):
    """Only Baidu's API makes and deletes them; Huawei's knows them by what hangs on them: addresses and routes."""
    here, near = both.network()
    both.subnet.create_subnet(fresh("subnet"), both.zone, "192.168.1.0/24", near)
    nat = both.nats.create_nat(fresh("nat"), near, billing=NatBilling("Postpaid"), cu_num=1).nat_id
    both.ready(nat)
    public = create_eip(both.eip)
    both.free(public.public_ip_address)
    both.nats.enhance_nat_bind_eip(nat, [public.public_ip_address])
    both.ready(nat)
    # Listed there.
    query = eip3.ListPublicipsRequest(associate_instance_type=["NATGW"])
    (seen,) = both.eip3.list_publicips(query).publicips
    assert (seen.id, seen.vnic.vpc_id) == (public.id, here)
    gateway = seen.associate_instance_id
    assert UUID.fullmatch(gateway)
    # What leads to it there keeps it here, until it is deleted there.
    option = vpc.RouteTableRoute(type="nat", destination=PEOPLE, nexthop=gateway)
    (table,) = both.huawei.list_route_tables(vpc.ListRouteTablesRequest(vpc_id=here)).routetables
    route(both, table.id, {"add": [option]})
    test_baidu.refused(lambda: both.nats.delete_nat(nat), 409, "OperationDenied")
    route(both, table.id, {"del": [option]})
    # Unbound and bound there.
    disassociate(both.eip3, public.id)
    assert both.ready(nat).status == "unconfigured"
    both.free(public.public_ip_address)
    associate(both.eip3, public.id, "NATGW", gateway)
    it = both.ready(nat)
    assert (it.status, it.bind_eips) == ("active", [public.public_ip_address])
    both.nats.delete_nat(nat)
    until(lambda: [it.id for it in both.nats.list_nats(near).nats], lambda ids: nat not in ids)
    assert both.eip3.list_publicips(query).publicips == []
    assert show_eip(both.eip, public.id).status == "DOWN"


def route(both, table, change):
    body = vpc.UpdateRoutetableReqBody(vpc.UpdateRouteTableReq(routes=change))
    return both.huawei.update_route_table(vpc.UpdateRouteTableRequest(table, body)).routetable


def test_both_at_the_same_time(both):
    """Sixteen threads, every second one of either vendor: one quota, one list, and nobody's is missing or twice."""
    wave = fresh("wave")
    before = len(both.vpc.list_vpcs().vpcs)

    def make(n):
        name = f"{wave}-{n}"
        if n % 2:
            both.vpc.create_vpc(name, "192.168.0.0/16")
        else:
            create_vpc(both.huawei, name=name)
        return name

    with ThreadPoolExecutor(16) as pool:
        names = list(pool.map(make, range(32)))
    here = {it.name: it.id for it in both.huawei.list_vpcs(vpc.ListVpcsRequest(limit=1000)).vpcs}
    there = {it.name: it.vpc_id for it in both.vpc.list_vpcs(max_keys=1000).vpcs}
    assert set(names) <= set(here) and set(names) <= set(there)
    assert len(there) == before + 32

    def unmake(n):
        if n % 2:
            huawei.delete_vpc(both.huawei, here[names[n]])
        else:
            both.vpc.delete_vpc(there[names[n]])

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(unmake, range(32)))
    assert len(both.vpc.list_vpcs(max_keys=1000).vpcs) == before
