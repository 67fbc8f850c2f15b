"""What the tests of the Huawei SDKs share: refusals, a first network, and addresses."""

import ipaddress
import re
import uuid

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkeip import v2 as eip
from huaweicloudsdkvpc import v2 as vpc

from cloud import fresh, until

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEX32 = re.compile(r"[0-9a-f]{32}")


def unknown():
    """An id that names nothing."""
    return str(uuid.uuid4())


def refused(call, status, code, message=None):
    """Calls, and checks what the SDK parsed from the refusal; message is a regular expression for all of it."""
    with pytest.raises(ServiceResponseException) as caught:
        call()
    error = caught.value
    assert (error.status_code, error.error_code) == (status, code), error
    assert error.request_id and (HEX32.fullmatch(error.request_id) or UUID.fullmatch(error.request_id)), error
    if message is not None:
        assert re.fullmatch(message, error.error_msg), error
    return error


def exactly(text):
    """A contract message that holds no placeholder, as a regular expression."""
    return re.escape(text)


def create_vpc(client, name=None, cidr="192.168.0.0/16", **more):
    """Creates a VPC and returns it once it is OK."""
    option = vpc.CreateVpcOption(name=fresh("vpc") if name is None else name, cidr=cidr, **more)
    made = client.create_vpc(vpc.CreateVpcRequest(vpc.CreateVpcRequestBody(option))).vpc
    assert made.status in ("CREATING", "OK")
    return until(lambda: show_vpc(client, made.id), lambda it: it.status == "OK")


def show_vpc(client, id):
    return client.show_vpc(vpc.ShowVpcRequest(id)).vpc


def delete_vpc(client, id):
    return client.delete_vpc(vpc.DeleteVpcRequest(id))


def create_subnet(client, parent, cidr, **more):
    """Creates a subnet whose gateway is its first address, and returns it once it is ACTIVE."""
    option = {"name": fresh("subnet"), "gateway_ip": str(ipaddress.ip_network(cidr)[1]), **more}
    option = vpc.CreateSubnetOption(cidr=cidr, vpc_id=parent, **option)
    made = client.create_subnet(vpc.CreateSubnetRequest(vpc.CreateSubnetRequestBody(option))).subnet
    assert made.status in ("UNKNOWN", "ACTIVE")
    return until(lambda: show_subnet(client, made.id), lambda it: it.status == "ACTIVE")


def show_subnet(client, id):
    return client.show_subnet(vpc.ShowSubnetRequest(id)).subnet


def delete_subnet(client, parent, id):
    return client.delete_subnet(vpc.DeleteSubnetRequest(parent, id))


def create_port(client, network, **more):
    option = vpc.CreatePortOption(network_id=network, **more)
    return client.create_port(vpc.CreatePortRequest(vpc.CreatePortRequestBody(option))).port


def delete_port(client, id):
    return client.delete_port(vpc.DeletePortRequest(id))


def per(size=5, **more):
    """A bandwidth of its own for a new EIP."""
    option = {"name": fresh("bandwidth"), "size": size, "share_type": "PER", "charge_mode": "traffic", **more}
    return eip.CreatePublicipBandwidthOption(**option)


def new_eip(client, bandwidth=None, type="5_bgp", **more):
    """The answer of a create, as it came."""
    body = eip.CreatePublicipRequestBody(
        bandwidth=bandwidth or per(), publicip=eip.CreatePublicipOption(type=type, **more)
    )
    return client.create_publicip(eip.CreatePublicipRequest(body)).publicip


def show_eip(client, id):
    return client.show_publicip(eip.ShowPublicipRequest(id)).publicip


def create_eip(client, **more):
    """Creates an EIP and returns it once it has settled: DOWN, or ACTIVE when it was created on a port."""
    made = new_eip(client, **more)
    return until(lambda: show_eip(client, made.id), lambda it: it.status in ("DOWN", "ACTIVE"))


def update_eip(client, id, **fields):
    body = eip.UpdatePublicipsRequestBody(eip.UpdatePublicipOption(**fields))
    return client.update_publicip(eip.UpdatePublicipRequest(id, body)).publicip


def delete_eip(client, id):
    return client.delete_publicip(eip.DeletePublicipRequest(id))
