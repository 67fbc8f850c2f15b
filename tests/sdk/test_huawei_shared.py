"""Shared bandwidths, batches, prepaid terms, jobs and floating IPs through huaweicloudsdkeip v2 and openstacksdk."""

import ipaddress

import openstack
import pytest
from huaweicloudsdkeip import v2 as sdk

from cloud import fresh
from huawei import (
    UUID,
    create_eip,
    create_port,
    create_subnet,
    create_vpc,
    delete_eip,
    exactly,
    per,
    refused,
    show_eip,
    unknown,
)

NO_BANDWIDTH = exactly("No Eip bandwidth exist with id.")
NOT_THIS = exactly("publicIp can not be operate with this bandwidth")
BAD_ID = exactly("Invalid publicip_id")
PASSWORD = "Correct-Horse-7"
TERMS = sdk.CreatePrePaidPublicipExtendParamOption(
    charge_mode="prePaid", period_type="month", period_num=2, is_auto_renew=False, is_auto_pay=True
)


@pytest.fixture(scope="module")
def client(tenant):
    for kind in ("publicIp", "shareBandwidth"):
        tenant.quota(kind, 100)
    return tenant.eip()


@pytest.fixture(scope="module")
def subnet(tenant):
    vpc = create_vpc(tenant.vpc(), cidr="10.0.0.0/16")
    return create_subnet(tenant.vpc(), vpc.id, "10.0.0.0/24")


@pytest.fixture
def shared(client):
    return create_shared(client)


def create_shared(client, size=20, **more):
    option = sdk.CreateSharedBandwidthOption(name=fresh("pipe"), size=size, **more)
    body = sdk.CreateSharedBandwidhRequestBody(option)
    return client.create_shared_bandwidth(sdk.CreateSharedBandwidthRequest(body)).bandwidth


def show_bandwidth(client, id):
    return client.show_bandwidth(sdk.ShowBandwidthRequest(id)).bandwidth


def insert(client, id, *eips):
    option = sdk.AddPublicipsIntoSharedBandwidthOption([sdk.InsertPublicipInfo(publicip_id=eip) for eip in eips])
    body = sdk.AddPublicipsIntoSharedBandwidthRequestBody(option)
    request = sdk.AddPublicipsIntoSharedBandwidthRequest(id, body)
    return client.add_publicips_into_shared_bandwidth(request).bandwidth


def remove(client, id, *eips, size=5, charge_mode="traffic"):
    info = [sdk.RemovePublicipInfo(publicip_id=eip) for eip in eips]
    option = sdk.RemoveFromSharedBandwidthOption(charge_mode=charge_mode, publicip_info=info, size=size)
    body = sdk.RemovePublicipsFromSharedBandwidthRequestBody(option)
    return client.remove_publicips_from_shared_bandwidth(sdk.RemovePublicipsFromSharedBandwidthRequest(id, body))


def delete_shared(client, id):
    return client.delete_shared_bandwidth(sdk.DeleteSharedBandwidthRequest(id))


def job(client, id):
    return client.show_resources_job_detail(sdk.ShowResourcesJobDetailRequest(id))


def addresses_of(client, id):
    return [step["entities"]["publicip_id"] for step in job(client, id).entities.sub_jobs]


def batch(client, count, **bandwidth):
    body = sdk.BatchCreatePublicipsV2RequestBody(
        bandwidth=sdk.BatchBandwidth(**bandwidth),
        publicip=sdk.BatchPublicIp(type="5_bgp", tags=["made*here"]),
        publicip_number=count,
        enterprise_project_id="0",
    )
    return client.batch_create_publicips(sdk.BatchCreatePublicipsRequest(body)).job_id


def test_shared_bandwidth_life(client, tenant):
    made = create_shared(client, charge_mode="95peak_plus")
    assert UUID.fullmatch(made.id)
    assert (made.share_type, made.bandwidth_type, made.charge_mode) == ("WHOLE", "share", "95peak_plus")
    assert (made.size, made.status, made.publicip_info, made.tenant_id) == (20, "NORMAL", [], tenant.project)
    eips = [create_eip(client) for _ in range(2)]
    own = eips[0].bandwidth_id

    held = insert(client, made.id, *(eip.id for eip in eips))
    assert {it.publicip_id for it in held.publicip_info} == {eip.id for eip in eips}
    shown = show_eip(client, eips[0].id)
    assert (shown.bandwidth_id, shown.bandwidth_share_type) == (made.id, "WHOLE")
    refused(lambda: show_bandwidth(client, own), 404, "VPC.0306", NO_BANDWIDTH)
    refused(lambda: insert(client, made.id, eips[0].id), 400, "VPC.0323", NOT_THIS)
    refused(lambda: delete_shared(client, made.id), 409, "VPC.0304")

    remove(client, made.id, eips[0].id, size=50)
    shown = show_eip(client, eips[0].id)
    assert (shown.bandwidth_size, shown.bandwidth_share_type) == (50, "PER")
    delete_eip(client, eips[1].id)
    delete_shared(client, made.id)
    refused(lambda: show_bandwidth(client, made.id), 404, "VPC.0306", NO_BANDWIDTH)
    delete_eip(client, eips[0].id)


def test_shared_bandwidth_refused(client, stranger, shared):
    eip = create_eip(client)
    for ids in ([], [unknown()], ["front"]):
        refused(lambda: insert(client, shared.id, *ids), 400, "VPC.0301", BAD_ID)
        refused(lambda: remove(client, shared.id, *ids), 400, "VPC.0301", BAD_ID)
    refused(lambda: insert(client, unknown(), eip.id), 404, "VPC.0306", NO_BANDWIDTH)
    refused(lambda: insert(client, eip.bandwidth_id, eip.id), 400, "VPC.0323", NOT_THIS)
    refused(lambda: remove(client, shared.id, eip.id), 400, "VPC.0323", NOT_THIS)
    refused(lambda: delete_shared(client, eip.bandwidth_id), 409, "VPC.0304")
    refused(lambda: delete_shared(client, "pipe"), 400, "VPC.0301")
    refused(lambda: delete_shared(stranger.eip(), shared.id), 404, "VPC.0306", NO_BANDWIDTH)
    message = exactly("createBandwidth input param is invalid.")
    for fields in ({"size": 4}, {"size": 2500}, {"charge_mode": "traffic"}):
        refused(lambda: create_shared(client, **fields), 400, "VPC.0301", message)


def test_shared_bandwidth_quotas(stranger):
    client = stranger.eip()
    stranger.quota("shareBandwidth", 3)
    stranger.quota("shareBandwidthIP", 1)
    made = create_shared(client)

    def more(count):
        option = sdk.BatchCreateBandwidthOption(count=count, name="pipe", size=5)
        body = sdk.BatchCreateBandwidthRequestBody(option)
        return client.batch_create_shared_bandwidths(sdk.BatchCreateSharedBandwidthsRequest(body)).bandwidths

    refused(lambda: more(3), 400, "VPC.0310", exactly("NO QUOTAS for shareBandwidth!"))
    assert len({it.id for it in more(2)}) == 2
    refused(lambda: create_shared(client), 400, "VPC.0310", exactly("NO QUOTAS for shareBandwidth!"))
    eips = [create_eip(client) for _ in range(2)]
    insert(client, made.id, eips[0].id)
    refused(lambda: insert(client, made.id, eips[1].id), 400, "VPC.0323", NOT_THIS)
    whole = sdk.CreatePublicipBandwidthOption(id=made.id, share_type="WHOLE")
    refused(lambda: create_eip(client, bandwidth=whole), 409, "VPC.0304")


def test_batch_of_addresses(client, tenant, subnet, shared):
    size = client.count_public_ip(sdk.CountPublicIpRequest()).elasticip_size
    id = batch(client, 3, id=shared.id, share_type="WHOLE", size=5)
    done = job(client, id)
    assert (done.job_id, done.status, done.job_type) == (id, "SUCCESS", "batchCreatePublicip")
    made = addresses_of(client, id)
    assert {it.publicip_id for it in show_bandwidth(client, shared.id).publicip_info} == set(made)
    assert show_eip(client, made[0]).tags == ["made=here"]
    assert client.count_public_ip(sdk.CountPublicIpRequest()).elasticip_size == size + 3
    client.count_public_ip_instance(sdk.CountPublicIpInstanceRequest())
    client.show_public_ip_type(sdk.ShowPublicIpTypeRequest())

    port = create_port(tenant.vpc(), subnet.id)
    body = sdk.UpdatePublicipsRequestBody(sdk.UpdatePublicipOption(port_id=port.id))
    client.update_publicip(sdk.UpdatePublicipRequest(made[0], body))

    def all_of(call, request, ids):
        return call(request(sdk.BatchDeletePublicIpRequestBody(ids))).job_ids

    def drop(ids):
        return all_of(client.batch_delete_public_ip, sdk.BatchDeletePublicIpRequest, ids)

    bound, *free = drop(made)
    assert [job(client, id).status for id in free] == ["SUCCESS", "SUCCESS"]
    failed = job(client, bound)
    assert (failed.status, failed.error_code) == ("FAIL", "VPC.0517")
    unbind = all_of(client.batch_disassociate_publicips, sdk.BatchDisassociatePublicipsRequest, made[:1])
    assert job(client, unbind[0]).status == "SUCCESS"
    assert job(client, drop(made[:1])[0]).status == "SUCCESS"
    refused(lambda: drop(made[:1]), 404, "VPC.0504")
    refused(lambda: job(client, unknown()), 404, "VPC.2204")
    refused(lambda: batch(client, 0, name="b", share_type="PER", size=5), 400, "VPC.0501")


def test_batch_of_bandwidths(client, shared):
    eip = create_eip(client)
    changes = [
        sdk.ModifyBandwidthOption(id=shared.id, name="wide", size=350),
        sdk.ModifyBandwidthOption(id=unknown(), size=5),
        sdk.ModifyBandwidthOption(id=eip.bandwidth_id, size=7),
    ]
    body = sdk.ModifyBandwidthRequestBody(changes)
    done = client.batch_modify_bandwidth(sdk.BatchModifyBandwidthRequest(body))
    assert [it.id for it in done.success_resources] == [shared.id, eip.bandwidth_id]
    assert [(it.id, it.code) for it in done.failure_resources] == [(changes[1].id, "VPC.0306")]
    assert show_bandwidth(client, shared.id).name == "wide"
    assert show_eip(client, eip.id).bandwidth_size == 7


def test_prepaid(client, shared):
    def update(id, **fields):
        terms = sdk.UpdatePrePaidBandwidthExtendParamOption(is_auto_pay=True)
        body = sdk.UpdatePrePaidBandwidthRequestBody(sdk.UpdatePrePaidBandwidthOption(**fields), terms)
        return client.update_pre_paid_bandwidth(sdk.UpdatePrePaidBandwidthRequest(id, body))

    assert update(shared.id, size=30).order_id is None
    body = sdk.BwChangeToPeriodReq([shared.id], TERMS)
    paid = client.change_bandwidth_to_period(sdk.ChangeBandwidthToPeriodRequest(body))
    assert paid.bandwidth_ids == [shared.id] and paid.order_id
    assert paid.order_id in show_bandwidth(client, shared.id).billing_info
    changed = update(shared.id, size=40, name="wide")
    assert changed.order_id and changed.order_id != paid.order_id
    assert (changed.bandwidth.size, changed.bandwidth.name) == (40, "wide")

    eip = create_eip(client, bandwidth=per(charge_mode="bandwidth"))
    body = sdk.ChangeToPeriodReq([eip.id], TERMS)
    paid = client.change_publicip_to_period(sdk.ChangePublicipToPeriodRequest(body))
    assert show_eip(client, eip.id).profile.order_id == paid.order_id
    refused(lambda: insert(client, shared.id, eip.id), 400, "VPC.0323", NOT_THIS)

    def create(terms=None):
        option = sdk.CreatePrePaidPublicipOption(type="5_bgp", alias="front")
        body = sdk.CreatePrePaidPublicipRequestBody(option, per(charge_mode="bandwidth"), terms)
        return client.create_pre_paid_publicip(sdk.CreatePrePaidPublicipRequest(body))

    made = create(TERMS)
    assert made.order_id and made.publicip_id == made.publicip.id
    assert show_eip(client, made.publicip_id).alias == "front"
    assert create().order_id is None
    request = sdk.ListBandwidthPkgRequest(limit=10, offset=0)
    assert client.list_bandwidth_pkg(request).bandwidthpkgs == []


def test_floating_ips(client, tenant, subnet):
    v1 = create_eip(client)
    network = client.neutron_show_floating_ip(sdk.NeutronShowFloatingIpRequest(v1.id)).floatingip.floating_network_id
    option = sdk.CreateFloatingIpOption(floating_network_id=network)
    body = sdk.NeutronCreateFloatingIpRequestBody(option)
    made = client.neutron_create_floating_ip(sdk.NeutronCreateFloatingIpRequest(body)).floatingip
    assert (made.status, made.port_id, made.router_id) == ("DOWN", None, None)
    port = create_port(tenant.vpc(), subnet.id)

    def update(port_id):
        body = sdk.NeutronUpdateFloatingIpRequestBody(sdk.UpdateFloatingIpOption(port_id))
        return client.neutron_update_floating_ip(sdk.NeutronUpdateFloatingIpRequest(made.id, body)).floatingip

    bound = update(port.id)
    assert (bound.status, bound.port_id, bound.fixed_ip_address) == ("ACTIVE", port.id, port.fixed_ips[0].ip_address)
    assert show_eip(client, made.id).port_id == port.id

    def listed(**query):
        return [it.id for it in client.neutron_list_floating_ips(sdk.NeutronListFloatingIpsRequest(**query)).floatingips]

    assert {made.id, v1.id} <= set(listed())
    assert listed(port_id=port.id) == listed(floating_ip_address=made.floating_ip_address) == [made.id]
    assert update("").status == "DOWN"
    client.neutron_delete_floating_ip(sdk.NeutronDeleteFloatingIpRequest(made.id))
    refused(lambda: show_eip(client, made.id), 404, "VPC.0504")


def test_floating_ips_of_openstack(client, tenant, operator, subnet):
    name = fresh("user")
    operator.user(tenant.account, name, PASSWORD, ["te_admin"])
    conn = openstack.connect(
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
    network = next(iter(conn.network.ips())).floating_network_id
    first, second = (create_port(tenant.vpc(), subnet.id) for _ in range(2))
    made = conn.network.create_ip(floating_network_id=network, port_id=first.id)
    assert (made.status, made.port_id, made.project_id) == ("ACTIVE", first.id, tenant.project)
    moved = conn.network.update_ip(made, port_id=second.id)
    assert (moved.port_id, moved.fixed_ip_address) == (second.id, second.fixed_ips[0].ip_address)
    assert [it.id for it in conn.network.ips(port_id=second.id)] == [made.id]
    assert conn.network.find_ip(made.floating_ip_address).id == made.id
    free = conn.network.update_ip(made, port_id=None)
    assert free.status == "DOWN"
    conn.network.update_ip(made, port_id=first.id)
    conn.network.delete_ip(made, ignore_missing=False)
    assert conn.network.find_ip(made.id) is None

    # The native API for addresses of version 6 has no client of its own.
    url = f"{tenant.cloud.huawei}/v2.0/eip/floatingips_v6"
    ask = {"json": {"floatingip": {"port_id": first.id}}, "raise_exc": False}
    assert conn.session.post(url, **ask).status_code == 403
    operator.call("PUT", "conditions/feature.ipv6", {"scope": f"project/{tenant.project}", "value": True})
    six = conn.session.post(url, **ask).json()["floatingip"]
    assert ipaddress.ip_address(six["floating_ip_address"]).version == 6 and six["status"] == "ACTIVE"
    assert six["id"] in [it["id"] for it in conn.session.get(url).json()["floatingips"]]
    assert conn.session.get(f"{url}/{six['id']}").json() == {"floatingip": six}
    off = {"json": {"floatingip": {"port_id": None}}}
    assert conn.session.put(f"{url}/{six['id']}", **off).json()["floatingip"]["status"] == "DOWN"
    assert conn.session.delete(f"{url}/{six['id']}").status_code == 204
