# Networks, subnets and elastic addresses.

resource "opentelekomcloud_vpc_v1" "net" {
  name        = "net"
  cidr        = "10.0.0.0/16"
  description = "a network"
  tags = {
    team = "a"
  }
}

resource "opentelekomcloud_vpc_subnet_v1" "front" {
  name          = "front"
  cidr          = "10.0.1.0/24"
  gateway_ip    = "10.0.1.1"
  vpc_id        = opentelekomcloud_vpc_v1.net.id
  primary_dns   = "100.125.4.25"
  secondary_dns = "8.8.8.8"
  ntp_addresses = "10.100.0.33"
  tags = {
    tier = "front"
  }
}

resource "opentelekomcloud_vpc_eip_v1" "own" {
  publicip {
    type = "5_bgp"
    name = "own"
  }
  bandwidth {
    name        = "own"
    size        = 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
  tags = {
    tier = "front"
  }
}

data "opentelekomcloud_vpc_v1" "one" {
  id = opentelekomcloud_vpc_v1.net.id
}
