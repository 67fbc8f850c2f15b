# The v3 API of elastic addresses: shared bandwidths with rules, an internet gateway, pools, limits and types.

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

resource "huaweicloud_vpc_internet_gateway" "way_out" {
  vpc_id    = huaweicloud_vpc.net.id
  subnet_id = huaweicloud_vpc_subnet.a.id
  name      = "way-out"
  add_route = true
}

resource "huaweicloud_vpc_bandwidth" "shared" {
  name        = "shared"
  size        = 10
  charge_mode = "bandwidth"
}

resource "huaweicloud_vpc_eip" "shop" {
  publicip {
    type = "5_bgp"
  }
  bandwidth {
    name        = "shop"
    size        = 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
  description = "of the shop"
  lifecycle {
    ignore_changes = [bandwidth]
  }
}

resource "huaweicloud_eip_bandwidth_associate" "shop" {
  publicip_id           = huaweicloud_vpc_eip.shop.id
  bandwidth_id          = huaweicloud_vpc_bandwidth.shared.id
  bandwidth_charge_mode = "traffic"
  bandwidth_size        = 5
  bandwidth_name        = "alone"
}

resource "huaweicloud_vpc_eip_bandwidth_rule" "shop" {
  bandwidth_id          = huaweicloud_eip_bandwidth_associate.shop.bandwidth_id
  name                  = "shop"
  egress_size           = 8
  egress_guarented_size = 4
  publicip_info {
    publicip_id = huaweicloud_vpc_eip.shop.id
  }
}

data "huaweicloud_vpcv3_eips" "shop" {
  public_ip_address = [huaweicloud_vpc_eip.shop.address]
}

data "huaweicloud_vpcv3_bandwidths" "shared" {
  type       = "WHOLE"
  name_like  = "share"
  depends_on = [huaweicloud_vpc_eip_bandwidth_rule.shop]
}

data "huaweicloud_vpc_internet_gateways" "here" {
  vpc_id = huaweicloud_vpc_internet_gateway.way_out.vpc_id
}

data "huaweicloud_vpc_bandwidth_limits" "all" {}

data "huaweicloud_vpc_bandwidth_types" "all" {}

data "huaweicloud_vpc_eip_public_ip_pool_types" "all" {}

data "huaweicloud_vpc_eip_pools" "bgp" {
  name = "5_bgp"
}

data "huaweicloud_vpc_eip_common_pools" "bgp" {
  name = "5_bgp"
}

data "huaweicloud_global_eip_bindings" "none" {}
