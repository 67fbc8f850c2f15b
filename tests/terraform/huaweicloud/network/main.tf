# Networks, subnets and elastic addresses, with tags and everything else these resources let one say.

resource "huaweicloud_vpc" "net" {
  name        = "net"
  cidr        = "10.0.0.0/16"
  description = "a network"
  tags = {
    team = "a"
    role = "test"
  }
}

resource "huaweicloud_vpc_subnet" "front" {
  name               = "front"
  description        = "what is seen"
  cidr               = "10.0.1.0/24"
  gateway_ip         = "10.0.1.1"
  vpc_id             = huaweicloud_vpc.net.id
  primary_dns        = "100.125.4.25"
  secondary_dns      = "8.8.8.8"
  dhcp_lease_time    = "24h"
  ntp_server_address = "10.100.0.33"
  tags = {
    tier = "front"
  }
}

resource "huaweicloud_vpc_subnet" "back" {
  name       = "back"
  cidr       = "10.0.2.0/24"
  gateway_ip = "10.0.2.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_vpc_eip" "own" {
  name = "own"
  publicip {
    type = "5_bgp"
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

data "huaweicloud_vpcs" "all" {
  name       = "net"
  depends_on = [huaweicloud_vpc.net]
}

data "huaweicloud_vpc_subnets" "all" {
  vpc_id     = huaweicloud_vpc.net.id
  depends_on = [huaweicloud_vpc_subnet.front, huaweicloud_vpc_subnet.back]
}

output "found" {
  value = [length(data.huaweicloud_vpcs.all.vpcs), length(data.huaweicloud_vpc_subnets.all.subnets)]
}
