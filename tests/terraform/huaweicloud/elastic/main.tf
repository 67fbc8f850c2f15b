# Elastic addresses: bandwidths of their own and shared ones, ports, gateways.

resource "huaweicloud_vpc" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "huaweicloud_vpc_subnet" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_vpc_network_interface" "one" {
  subnet_id = huaweicloud_vpc_subnet.a.id
}

resource "huaweicloud_vpc_network_interface" "two" {
  subnet_id = huaweicloud_vpc_subnet.a.id
}

resource "huaweicloud_vpc_bandwidth" "shared" {
  name        = "shared"
  size        = 10
  charge_mode = "bandwidth"
}

resource "huaweicloud_vpc_eip" "born_shared" {
  publicip {
    type = "5_bgp"
  }
  bandwidth {
    share_type = "WHOLE"
    id         = huaweicloud_vpc_bandwidth.shared.id
  }
}

resource "huaweicloud_vpc_eip" "joins" {
  publicip {
    type = "5_bgp"
  }
  bandwidth {
    name        = "joins"
    size        = 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
  lifecycle {
    ignore_changes = [bandwidth]
  }
}

resource "huaweicloud_vpc_bandwidth_associate" "joins" {
  bandwidth_id = huaweicloud_vpc_bandwidth.shared.id
  eip_id       = huaweicloud_vpc_eip.joins.id
}

resource "huaweicloud_vpc_eip" "bound" {
  name = "bound"
  publicip {
    type = "5_bgp"
  }
  bandwidth {
    name        = "bound"
    size        = 8
    share_type  = "PER"
    charge_mode = "bandwidth"
  }
}

resource "huaweicloud_vpc_eip_associate" "bound" {
  public_ip = huaweicloud_vpc_eip.bound.address
  port_id   = huaweicloud_vpc_network_interface.one.id
}

resource "huaweicloud_vpc_eip" "third" {
  publicip {
    type = "5_bgp"
  }
  bandwidth {
    name        = "third"
    size        = 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
}

resource "huaweicloud_vpc_eipv3_associate" "third" {
  publicip_id             = huaweicloud_vpc_eip.third.id
  associate_instance_type = "PORT"
  associate_instance_id   = huaweicloud_vpc_network_interface.two.id
}

resource "huaweicloud_vpc_internet_gateway" "way_out" {
  vpc_id = huaweicloud_vpc.net.id
  name   = "way-out"
}

data "huaweicloud_vpc_eips" "all" {
  depends_on = [huaweicloud_vpc_eip_associate.bound]
}

data "huaweicloud_vpcv3_eips" "all" {
  depends_on = [huaweicloud_vpc_eipv3_associate.third]
}

data "huaweicloud_vpc_eip_pools" "all" {}

data "huaweicloud_vpc_eip_common_pools" "all" {}

data "huaweicloud_vpcv3_bandwidths" "all" {
  depends_on = [huaweicloud_vpc_bandwidth.shared]
}

data "huaweicloud_eip_quotas" "all" {}
