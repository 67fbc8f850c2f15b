# Shared bandwidths, and floating addresses that move into them.

resource "opentelekomcloud_vpc_bandwidth_v2" "shared" {
  name = "shared"
  size = 20
}

resource "opentelekomcloud_networking_floatingip_v2" "one" {}

resource "opentelekomcloud_networking_floatingip_v2" "two" {}

resource "opentelekomcloud_vpc_bandwidth_associate_v2" "both" {
  bandwidth = opentelekomcloud_vpc_bandwidth_v2.shared.id
  floating_ips = [
    opentelekomcloud_networking_floatingip_v2.one.id,
    opentelekomcloud_networking_floatingip_v2.two.id,
  ]
  backup_charge_mode = "traffic"
  backup_size        = 6
}

data "opentelekomcloud_vpc_bandwidth_v2" "shared" {
  name = opentelekomcloud_vpc_bandwidth_v2.shared.name
}
