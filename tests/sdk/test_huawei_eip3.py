"""EIP v3 through huaweicloudsdkeip v3: addresses, instances, shared bandwidths, pools, internet gateways."""

import re

import pytest
from huaweicloudsdkeip import v2
from huaweicloudsdkeip import v3 as sdk

from cloud import fresh
from huawei import UUID, create_eip, create_port, create_subnet, create_vpc, refused, show_eip, unknown


@pytest.fixture(scope="module")
def old(tenant):
    tenant.quota("publicIp", 100)
    return tenant.eip()


@pytest.fixture(scope="module")
def client(tenant):
    return tenant.eip_v3()


@pytest.fixture(scope="module")
def subnet(tenant):
    vpc = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    return create_subnet(tenant.vpc(), vpc.id, "10.0.0.0/24")


@pytest.fixture
def shared(old):
    option = v2.CreateSharedBandwidthOption(name=fresh("pipe"), size=20)
    body = v2.CreateSharedBandwidhRequestBody(bandwidth=option)
    return old.create_shared_bandwidth(v2.CreateSharedBandwidthRequest(body)).bandwidth


def show(client, id, **query):
    return client.show_publicip(sdk.ShowPublicipRequest(publicip_id=id, **query)).publicip


def listed(client, **query):
    return [row.id for row in client.list_publicips(sdk.ListPublicipsRequest(**query)).publicips]


def associate(client, id, kind, instance):
    option = sdk.AssociatePublicipsOption(associate_instance_type=kind, associate_instance_id=instance)
    body = sdk.AssociatePublicipsRequestBody(publicip=option)
    return client.associate_publicips(sdk.AssociatePublicipsRequest(publicip_id=id, body=body)).publicip


def disassociate(client, id):
    return client.disassociate_publicips(sdk.DisassociatePublicipsRequest(publicip_id=id)).publicip


def attach(client, id, bandwidth):
    body = sdk.AttachSharebwReq(publicip=sdk.AttachSharebwDict(bandwidth_id=bandwidth))
    return client.attach_share_bandwidth(sdk.AttachShareBandwidthRequest(publicip_id=id, body=body)).publicip


def detach(client, id):
    own = sdk.DetachSharedbwDict(name="alone", size=7, charge_mode="traffic")
    body = sdk.DetachSharedbwReq(publicip=sdk.DetachSharedbwReqPublicip(bandwidth=own))
    return client.detach_share_bandwidth(sdk.DetachShareBandwidthRequest(publicip_id=id, body=body)).publicip


def call(client, method, path, ids, body, answer):
    """An operation that the SDK has no method for, with its signature all the same."""
    return client._call_api(
        method=method,
        resource_path="/v3/{project_id}/eip" + path,
        request_type="request",
        response_type=answer,
        cname=None,
        collection_formats={},
        path_params=ids,
        query_params=[],
        header_params={"Content-Type": "application/json"},
        post_params={},
        body=body,
        response_headers=[],
        auth_settings=[],
    )


def test_show_list_and_update(client, old, tenant):
    made = create_eip(old, alias=fresh("front"))
    shown = show(client, made.id)
    assert (shown.status, shown.type, shown.ip_version) == ("DOWN", "EIP", 4)
    assert (shown.public_ip_address, shown.project_id) == (made.public_ip_address, tenant.project)
    assert (shown.bandwidth.id, shown.bandwidth.share_type) == (made.bandwidth_id, "PER")
    assert shown.vnic is None and shown.associate_instance_id is None and shown.tags is None
    assert (shown.publicip_pool_name, shown.public_border_group) == ("5_bgp", "center")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(shown.created_at))
    assert show(client, made.id, fields=["tags", "network_type"]).network_type == "5_bgp"

    option = sdk.UpdatePublicipOption(alias="back", description="of the shop")
    body = sdk.UpdatePublicipsRequestBody(publicip=option)
    changed = client.update_publicip(sdk.UpdatePublicipRequest(publicip_id=made.id, body=body)).publicip
    assert (changed.alias, changed.description) == ("back", "of the shop")
    assert show_eip(old, made.id).alias == "back"

    assert listed(client, public_ip_address=[made.public_ip_address]) == [made.id]
    assert listed(client, bandwidth_id=[made.bandwidth_id], status=["DOWN"]) == [made.id]
    assert listed(client, alias_like="bac", id=[made.id, unknown()]) == [made.id]
    refused(lambda: show(client, unknown()), 404, "EIP.7903", r"Publicip .+ could not be found\.")
    refused(lambda: listed(client, limit=2001), 400, "EIP.7901")


def test_pages(cloud):
    tenant = cloud.tenant("eip3-pages")
    client, old = tenant.eip_v3(), tenant.eip()
    made = sorted(create_eip(old).id for _ in range(5))
    page = client.list_publicips(sdk.ListPublicipsRequest(limit=3))
    assert [row.id for row in page.publicips] == made[:3]
    assert (page.total_count, page.page_info.current_count, page.page_info.next_marker) == (5, 3, made[2])
    rest = client.list_publicips(sdk.ListPublicipsRequest(limit=3, marker=page.page_info.next_marker))
    assert [row.id for row in rest.publicips] == made[3:] and rest.page_info.next_marker is None
    assert listed(client, limit=2, offset=1) == made[1:3]
    assert listed(client, sort_key="id", sort_dir="desc") == made[::-1]


def test_instances(client, old, tenant, operator, subnet):
    port = create_port(tenant.vpc(), subnet.id)
    where = {"project": tenant.project, "subnet": subnet.id}
    things = {
        kind: operator.call("POST", "registrations", {"service": service, **where})["id"]
        for kind, service in (("ELB", "load_balancer"), ("ELBV1", "load_balancer"), ("NATGW", "nat_gateway"))
    }
    for kind, instance in {"PORT": port.id, **things}.items():
        eip = create_eip(old)
        bound = associate(client, eip.id, kind, instance)
        assert (bound.status, bound.associate_instance_type, bound.associate_instance_id) == ("ACTIVE", kind, instance)
        assert bound.vnic.vpc_id == subnet.vpc_id
        assert listed(client, associate_instance_id=[instance]) == [eip.id]
        refused(lambda: associate(client, eip.id, "PORT", create_port(tenant.vpc(), subnet.id).id), 409, "EIP.7902")
        assert disassociate(client, eip.id).status == "DOWN"
        refused(lambda: disassociate(client, eip.id), 409, "EIP.7902")
    refused(lambda: associate(client, eip.id, "ROUTER", port.id), 400, "EIP.7901")
    refused(lambda: associate(client, eip.id, "VPN", unknown()), 404, "EIP.7903")


def test_nat64(client, old, tenant, operator):
    eip = create_eip(old)
    enable = sdk.EnableNat64Request(publicip_id=eip.id)
    refused(lambda: client.enable_nat64(enable), 401, "VPC.0005")
    scope = f"project/{tenant.project}"
    operator.call("PUT", "conditions/feature.ipv6", {"scope": scope, "value": True})
    shown = client.enable_nat64(enable).publicip
    assert shown.ip_version == 6 and shown.public_ipv6_address.startswith("64:ff9b::")
    assert show_eip(old, eip.id).public_ipv6_address == shown.public_ipv6_address
    shown = client.disable_nat64(sdk.DisableNat64Request(publicip_id=eip.id)).publicip
    assert shown.ip_version == 4 and shown.public_ipv6_address is None


def test_shared_bandwidth(client, old, shared):
    eip, second = create_eip(old), create_eip(old)
    assert attach(client, eip.id, shared.id).bandwidth.share_type == "WHOLE"
    refused(lambda: attach(client, eip.id, shared.id), 409, "EIP.7902")
    both = [sdk.BatchAttachSharebwDict(publicip_id=id, bandwidth_id=shared.id) for id in (second.id, unknown())]
    batch = sdk.AttachBatchPublicIpRequest(body=sdk.BatchAttachSharebwReq(publicips=both))
    assert [row.status_code for row in client.attach_batch_public_ip(batch).publicips] == [200, 404]
    assert sorted(listed(client, bandwidth_id=[shared.id])) == sorted([eip.id, second.id])

    assert detach(client, eip.id).bandwidth.size == 7
    refused(lambda: detach(client, eip.id), 400, "EIP.7902")
    own = sdk.DetachSharedbwDict(size=5, charge_mode="bandwidth")
    both = [sdk.DetachBatchSharedbwReqPublicips(publicip_id=id, bandwidth=own) for id in (second.id, eip.id)]
    batch = sdk.DetachBatchPublicIpRequest(body=sdk.DetachBatchSharedbwReq(publicips=both))
    assert [row.status_code for row in client.detach_batch_public_ip(batch).publicips] == [200, 400]


def test_bandwidths_and_rules(client, old, shared):
    eip = create_eip(old)
    attach(client, eip.id, shared.id)
    rule = {"name": "shop", "egress_size": 10, "egress_guarented_size": 5, "publicip_info": [{"publicip_id": eip.id}]}
    path, ids = "/bandwidths/{bandwidth_id}/bandwidth-rules", {"bandwidth_id": shared.id}
    call(client, "POST", path, ids, {"bandwidth_rule": rule}, "CountEipAvailableResourcesResponse")
    (shown,) = client.list_bandwidth(sdk.ListBandwidthRequest(id=shared.id)).eip_bandwidths
    assert (shown.type, shown.bandwidth_type, shown.size, shown.admin_state) == ("WHOLE", "share", 20, "normal")
    assert [it.publicip_id for it in shown.publicip_info] == [eip.id]
    assert shown.enable_bandwidth_rules and shown.bandwidth_rules[0].egress_guarented_size == 5
    (same,) = client.list_eip_bandwidths(sdk.ListEipBandwidthsRequest(id=shared.id)).eip_bandwidths
    assert (same.id, same.name) == (shown.id, shown.name)
    limits = client.list_bandwidths_limit(sdk.ListBandwidthsLimitRequest()).eip_bandwidth_limits
    assert {row.charge_mode: row.max_size for row in limits}["bandwidth"] == 2000


def test_pools(client, tenant, operator):
    pools = client.list_publicip_pool(sdk.ListPublicipPoolRequest(name="5_bgp")).publicip_pools
    assert pools[0].is_common and pools[0].size > 1000
    common = client.list_common_pools(sdk.ListCommonPoolsRequest(fields=["id", "name", "used"])).common_pools
    assert [(row.id) for row in common if row.name == "5_bgp"] == [pools[0].id]
    groups = client.list_public_border_groups(sdk.ListPublicBorderGroupsRequest()).public_border_groups
    assert "5_bgp" in next(row for row in groups if row.public_border_group == "center").publicip_pools
    assert UUID.fullmatch(client.show_publicip_pool_types(sdk.ShowPublicipPoolTypesRequest(type="bgp")).publicip_pool_types.id)
    types = client.list_share_bandwidth_types(sdk.ListShareBandwidthTypesRequest()).share_bandwidth_types
    assert "share" in [row.bandwidth_type for row in types]

    name = fresh("pool")
    operator.call("PUT", f"pools/{name}", {"cidrs": ["100.101.0.0/29"], "project": tenant.project})
    (own,) = client.list_publicip_pool(sdk.ListPublicipPoolRequest(name=name)).publicip_pools
    body = sdk.EipResourcesAvailableV3RequestBody(type=name, limit=100)
    assert client.count_eip_available_resources(sdk.CountEipAvailableResourcesRequest(body)).result == 6
    change = {"publicip_pool": {"name": fresh("mine"), "description": "of the shop"}}
    path, ids = "/publicip-pools/{publicip_pool_id}", {"publicip_pool_id": own.id}
    renamed = call(client, "PUT", path, ids, change, "ShowPublicipPoolResponse").publicip_pool
    shown = client.show_publicip_pool(sdk.ShowPublicipPoolRequest(publicip_pool_id=own.id)).publicip_pool
    assert (shown.name, shown.description) == (renamed.name, "of the shop")
    operator.call("DELETE", f"pools/{name}")


def test_internet_gateway(client, subnet):
    option = sdk.CreateTenantVpcIgwRequestBodyVpcIgw(vpc_id=subnet.vpc_id, network_id=subnet.id, name="door")
    body = sdk.CreateTenantVpcIgwRequestBody(vpc_igw=option)
    made = client.create_tenant_vpc_igw(sdk.CreateTenantVpcIgwRequest(body=body)).vpc_igw
    assert (made.vpc_id, made.network_id, made.enable_ipv6) == (subnet.vpc_id, subnet.id, False)
    refused(lambda: client.create_tenant_vpc_igw(sdk.CreateTenantVpcIgwRequest(body=body)), 409, "EIP.7902")
    rows = client.list_tenant_vpc_igws(sdk.ListTenantVpcIgwsRequest(vpc_id=subnet.vpc_id)).vpc_igws
    assert [row.id for row in rows] == [made.id]
    option = sdk.UpdateTenantVpcIgwRequestBodyVpcIgw(name="gate")
    body = sdk.UpdateTenantVpcIgwRequestBody(vpc_igw=option)
    client.update_tenant_vpc_igw(sdk.UpdateTenantVpcIgwRequest(vpc_igw_id=made.id, body=body))
    shown = client.show_internal_vpc_igw(sdk.ShowInternalVpcIgwRequest(vpc_igw_id=made.id)).vpc_igw
    assert shown.name == "gate"
    client.delete_tenant_vpc_igw(sdk.DeleteTenantVpcIgwRequest(vpc_igw_id=made.id))
    refused(lambda: client.show_internal_vpc_igw(sdk.ShowInternalVpcIgwRequest(vpc_igw_id=made.id)), 404, "EIP.7903")
    assert client.list_project_geip_bindings(sdk.ListProjectGeipBindingsRequest()).geip_bindings == []
