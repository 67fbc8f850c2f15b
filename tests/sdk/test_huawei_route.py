"""Route tables, the older routes, peerings, v3 VPCs, v3 subnets and reserved blocks through huaweicloudsdkvpc v2 and v3."""

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkvpc import v2 as sdk
from huaweicloudsdkvpc import v3 as sdk3

from cloud import fresh
from huawei import create_port, create_subnet, create_vpc, delete_port, delete_subnet, delete_vpc, refused, unknown


@pytest.fixture(scope="module")
def client(tenant):
    tenant.quota("vpc", 100)
    return tenant.vpc()


@pytest.fixture(scope="module")
def client3(tenant):
    return tenant.vpc_v3()


@pytest.fixture(scope="module")
def network(client):
    return create_vpc(client, cidr="10.0.0.0/16")


@pytest.fixture(scope="module")
def subnet(client, network):
    return create_subnet(client, network.id, "10.0.0.0/24")


@pytest.fixture(scope="module")
def peer(client):
    return create_vpc(client, cidr="172.16.0.0/16")


def tables(client, **query):
    return client.list_route_tables(sdk.ListRouteTablesRequest(**query)).routetables


def table(client, id):
    return client.show_route_table(sdk.ShowRouteTableRequest(id)).routetable


def own(it):
    """The routes of a table that are the tenant's."""
    return {route.destination: (route.type, route.nexthop) for route in it.routes if route.type != "local"}


def peering(client, vpc, peer, project=None):
    option = sdk.CreateVpcPeeringOption(
        name=fresh("peering"),
        request_vpc_info=sdk.VpcInfo(vpc),
        accept_vpc_info=sdk.VpcInfo(peer, project),
    )
    body = sdk.CreateVpcPeeringRequestBody(option)
    return client.create_vpc_peering(sdk.CreateVpcPeeringRequest(body)).peering


def delete_peering(client, id):
    return client.delete_vpc_peering(sdk.DeleteVpcPeeringRequest(id))


def test_a_table_lives(client, network, subnet):
    vip = create_port(client, subnet.id, device_owner="neutron:VIP_PORT")
    address = vip.fixed_ips[0].ip_address
    first = sdk.RouteTableRoute(type="vip", destination="0.0.0.0/0", nexthop=address)
    option = sdk.CreateRouteTableReq(name="own", vpc_id=network.id, routes=[first])
    made = client.create_route_table(sdk.CreateRouteTableRequest(sdk.CreateRoutetableReqBody(option))).routetable
    assert not made.default and own(made) == {"0.0.0.0/0": ("vip", address)}
    assert {"10.0.0.0/24", "100.64.0.0/10"} <= {route.destination for route in made.routes}
    refused(lambda: delete_port(client, vip.id), 409, "VPC.0707")

    actions = sdk.RouteTableRouteAction(
        add=[sdk.AddRouteTableRoute("er", "23.0.0.0/8", unknown())],
        mod=[sdk.ModRouteTableRoute("dc", "0.0.0.0/0", unknown())],
    )
    changed = update(client, made.id, name="new", routes=actions)
    assert changed.name == "new" and {"0.0.0.0/0": "dc", "23.0.0.0/8": "er"} == {
        to: via for to, (via, _) in own(changed).items()
    }
    gone = update(client, made.id, routes=sdk.RouteTableRouteAction(_del=[sdk.DelRouteTableRoute(destination="23.0.0.0/8")]))
    assert list(own(gone)) == ["0.0.0.0/0"]

    associate = sdk.AssociateRouteTableAndSubnetReq(associate=[subnet.id])
    body = sdk.RoutetableAssociateReqbody(sdk.AsscoiateReq(associate))
    with_it = client.associate_route_table(sdk.AssociateRouteTableRequest(made.id, body)).routetable
    assert [it.id for it in with_it.subnets] == [subnet.id]
    assert [it.id for it in tables(client, subnet_id=subnet.id)] == [made.id]
    refused(lambda: client.delete_route_table(sdk.DeleteRouteTableRequest(made.id)), 409, "VPC.2806")
    dissociate = sdk.AssociateRouteTableAndSubnetReq(disassociate=[subnet.id])
    body = sdk.RoutetableAssociateReqbody(sdk.AsscoiateReq(dissociate))
    without = client.disassociate_route_table(sdk.DisassociateRouteTableRequest(made.id, body)).routetable
    assert without.subnets == []
    client.delete_route_table(sdk.DeleteRouteTableRequest(made.id))
    refused(lambda: table(client, made.id), 404, "VPC.2808")
    delete_port(client, vip.id)


def update(client, id, **fields):
    body = sdk.UpdateRoutetableReqBody(sdk.UpdateRouteTableReq(**fields))
    return client.update_route_table(sdk.UpdateRouteTableRequest(id, body)).routetable


def test_older_routes_lead_to_peerings(client, network, peer):
    joined = peering(client, network.id, peer.id)
    assert joined.status == "ACTIVE"
    option = sdk.CreateVpcRouteOption("172.16.0.0/16", joined.id, "peering", network.id)
    made = client.create_vpc_route(sdk.CreateVpcRouteRequest(sdk.CreateVpcRouteRequestBody(option))).route
    shown = client.show_vpc_route(sdk.ShowVpcRouteRequest(made.id)).route
    assert (shown.destination, shown.nexthop, shown.vpc_id) == ("172.16.0.0/16", joined.id, network.id)
    listed = client.list_vpc_routes(sdk.ListVpcRoutesRequest(vpc_id=network.id)).routes
    assert [route.id for route in listed] == [made.id]
    (default,) = [it for it in tables(client, vpc_id=network.id) if it.default]
    assert own(table(client, default.id)) == {"172.16.0.0/16": ("peering", joined.id)}
    refused(lambda: delete_vpc(client, peer.id), 409, "VPC.0108")
    client.delete_vpc_route(sdk.DeleteVpcRouteRequest(made.id))
    refused(lambda: client.show_vpc_route(sdk.ShowVpcRouteRequest(made.id)), 404, "VPC.2803")
    delete_peering(client, joined.id)


def test_peerings_page_and_change(client, network, peer):
    third = create_vpc(client, cidr="192.168.0.0/16")
    made = [peering(client, network.id, it) for it in (peer.id, third.id)]
    refused(lambda: peering(client, peer.id, network.id), 409, "VPC.1405")
    first = client.list_vpc_peerings(sdk.ListVpcPeeringsRequest(limit=1, vpc_id=network.id))
    assert first.peerings_links[0].rel == "next" and first.peerings_links[0].href
    rest = client.list_vpc_peerings(
        sdk.ListVpcPeeringsRequest(limit=1, marker=first.peerings[0].id, vpc_id=network.id)
    )
    assert {first.peerings[0].id, rest.peerings[0].id} == {it.id for it in made}
    body = sdk.UpdateVpcPeeringRequestBody(sdk.UpdateVpcPeeringOption(name="new", description="d"))
    changed = client.update_vpc_peering(sdk.UpdateVpcPeeringRequest(made[0].id, body)).peering
    shown = client.show_vpc_peering(sdk.ShowVpcPeeringRequest(made[0].id)).peering
    assert (changed.name, shown.description) == ("new", "d")
    for it in made:
        delete_peering(client, it.id)
    delete_vpc(client, third.id)


def test_another_account_accepts_or_rejects(client, network, stranger):
    there = stranger.vpc()
    theirs = create_vpc(there, cidr="172.20.0.0/16")
    asked = peering(client, network.id, theirs.id, stranger.project)
    assert asked.status == "PENDING_ACCEPTANCE"
    refused(lambda: client.accept_vpc_peering(sdk.AcceptVpcPeeringRequest(asked.id)), 404, "VPC.1404")
    no = there.reject_vpc_peering(sdk.RejectVpcPeeringRequest(asked.id))
    assert (no.id, no.status) == (asked.id, "REJECTED")
    again = peering(client, network.id, theirs.id, stranger.project)
    yes = there.accept_vpc_peering(sdk.AcceptVpcPeeringRequest(again.id))
    assert (yes.status, yes.request_vpc_info.vpc_id) == ("ACTIVE", network.id)
    # Two networks have one peering: the rejected one made room for the second.
    refused(lambda: delete_peering(client, asked.id), 404, "VPC.1404")
    delete_peering(there, again.id)
    delete_vpc(there, theirs.id)


def test_v3_vpcs_have_further_blocks(client, client3):
    create = sdk3.CreateVpcOption(name=fresh("v3"), cidr="10.0.0.0/16", tags=[sdk3.Tag("k", "v")])
    tried = client3.create_vpc(sdk3.CreateVpcRequest(sdk3.CreateVpcRequestBody(dry_run=True, vpc=create)))
    assert tried.error_code == "SYS.0202"
    client3.create_vpc(sdk3.CreateVpcRequest(sdk3.CreateVpcRequestBody(vpc=create)))
    (made,) = client3.list_vpcs(sdk3.ListVpcsRequest(name=[create.name])).vpcs
    extend = sdk3.AddVpcExtendCidrRequestBody(vpc=sdk3.AddExtendCidrOption(["23.8.0.0/16"]))
    wider = client3.add_vpc_extend_cidr(sdk3.AddVpcExtendCidrRequest(made.id, extend)).vpc
    assert wider.extend_cidrs == ["23.8.0.0/16"] and wider.tags[0].key == "k"
    far = create_subnet(client, made.id, "23.8.1.0/24")
    shrink = sdk3.RemoveVpcExtendCidrRequestBody(vpc=sdk3.RemoveExtendCidrOption(["23.8.0.0/16"]))
    remove = sdk3.RemoveVpcExtendCidrRequest(made.id, shrink)
    refused(lambda: client3.remove_vpc_extend_cidr(remove), 409, "VPC.9902")
    delete_subnet(client, made.id, far.id)
    assert client3.remove_vpc_extend_cidr(remove).vpc.extend_cidrs == []
    body = sdk3.UpdateVpcRequestBody(vpc=sdk3.UpdateVpcOption(description="new"))
    client3.update_vpc(sdk3.UpdateVpcRequest(made.id, body))
    assert client3.show_vpc(sdk3.ShowVpcRequest(made.id)).vpc.description == "new"
    client3.delete_vpc(sdk3.DeleteVpcRequest(made.id))
    refused(lambda: client3.show_vpc(sdk3.ShowVpcRequest(made.id)), 404, "VPC.9904")


def test_reserved_blocks_of_a_v3_subnet(client, client3, network):
    home = create_subnet(client, network.id, "10.0.9.0/24")
    shown = client3.show_virsubnet(sdk3.ShowVirsubnetRequest(home.id)).virsubnet
    assert (shown.vpc_id, shown.subnet_cidrs[0].cidr, shown.status) == (network.id, "10.0.9.0/24", "ACTIVE")
    listed = client3.list_virsubnets(sdk3.ListVirsubnetsRequest(vpc_id=[network.id], name=[home.name])).virsubnets
    assert [it.id for it in listed] == [home.id]

    option = sdk3.CreateVirsubnetCidrReservationOption(virsubnet_id=home.id, ip_version=4, cidr="10.0.9.0/28", name="r")
    body = sdk3.CreateVirsubnetCidrReservationRequestBody(virsubnet_cidr_reservation=option)
    made = client3.create_virsubnet_cidr_reservation(sdk3.CreateVirsubnetCidrReservationRequest(body))
    made = made.virsubnet_cidr_reservation
    port = create_port(client, home.id)
    assert port.fixed_ips[0].ip_address == "10.0.9.16"
    delete_port(client, port.id)
    change = sdk3.UpdateVirsubnetCidrReservationRequestBody(
        virsubnet_cidr_reservation=sdk3.UpdateVirsubnetCidrReservationOption(name="new")
    )
    client3.update_virsubnet_cidr_reservation(sdk3.UpdateVirsubnetCidrReservationRequest(made.id, change))
    show = sdk3.ShowVirsubnetCidrReservationRequest(made.id)
    assert client3.show_virsubnet_cidr_reservation(show).virsubnet_cidr_reservation.name == "new"
    query = sdk3.ListVirsubnetCidrReservationsRequest(virsubnet_id=[home.id])
    rows = client3.list_virsubnet_cidr_reservations(query)
    assert [it.cidr for it in rows.virsubnet_cidr_reservations] == ["10.0.9.0/28"]
    assert rows.page_info.current_count == 1
    client3.delete_virsubnet_cidr_reservation(sdk3.DeleteVirsubnetCidrReservationRequest(made.id))
    delete_subnet(client, network.id, home.id)


def test_quotas_and_versions(client, client3):
    quota = client3.show_quota(sdk3.ShowQuotaRequest()).quota
    assert (quota.vpc, quota.virsubnet) == (100, 100)
    versions = client.list_api_version(sdk.ListApiVersionRequest()).versions
    assert {"v1", "v2.0", "v3"} == {it.id for it in versions}
    with pytest.raises(ServiceResponseException):
        table(client, unknown())
