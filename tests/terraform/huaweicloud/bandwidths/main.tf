# Shared bandwidths with addresses that join them in both ways, and what is counted and listed of them.

resource "huaweicloud_vpc_bandwidth" "day" {
  name        = "day"
  size        = 20
  charge_mode = "bandwidth"
}

resource "huaweicloud_vpc_bandwidth" "night" {
  name        = "night"
  size        = 300
  charge_mode = "95peak_plus"
}

resource "huaweicloud_vpc_eip" "one" {
  publicip {
    type = "5_bgp"
  }
  bandwidth {
    name        = "one"
    size        = 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
  lifecycle {
    ignore_changes = [bandwidth]
  }
}

resource "huaweicloud_vpc_eip" "two" {
  publicip {
    type = "5_sbgp"
  }
  bandwidth {
    name        = "two"
    size        = 5
    share_type  = "PER"
    charge_mode = "bandwidth"
  }
  lifecycle {
    ignore_changes = [bandwidth]
  }
}

resource "huaweicloud_vpc_bandwidth_associate" "one" {
  bandwidth_id          = huaweicloud_vpc_bandwidth.day.id
  eip_id                = huaweicloud_vpc_eip.one.id
  bandwidth_charge_mode = "traffic"
  bandwidth_size        = 7
}

resource "huaweicloud_vpc_bandwidth_associate" "two" {
  bandwidth_id = huaweicloud_vpc_bandwidth.night.id
  eip_id       = huaweicloud_vpc_eip.two.id
}

data "huaweicloud_vpc_bandwidth" "day" {
  name       = huaweicloud_vpc_bandwidth.day.name
  depends_on = [huaweicloud_vpc_bandwidth_associate.one]
}

data "huaweicloud_vpc_bandwidths" "all" {
  depends_on = [huaweicloud_vpc_bandwidth_associate.two]
}

data "huaweicloud_vpc_bandwidth_addon_packages" "none" {}

data "huaweicloud_eip_publicip_count" "all" {
  depends_on = [huaweicloud_vpc_eip.two]
}

data "huaweicloud_eip_publicip_instances_count" "all" {}

data "huaweicloud_eip_publicip_types" "all" {}
