# VPCs with secondary blocks and the relay, subnets of both, and what the data sources say of them.

resource "baiducloud_vpc" "net" {
  name            = "net"
  description     = "two blocks"
  cidr            = "192.168.0.0/16"
  secondary_cidrs = ["10.8.0.0/16"]
  enable_relay    = true
  tags = {
    team = "net"
  }
}

resource "baiducloud_vpc" "plain" {
  name = "plain"
  cidr = "10.0.0.0/16"
}

resource "baiducloud_subnet" "a" {
  name        = "a"
  description = "the first"
  zone_name   = "cn-bj-a"
  cidr        = "192.168.1.0/24"
  vpc_id      = baiducloud_vpc.net.id
  subnet_type = "BCC"
  tags = {
    tier = "front"
    team = "net"
  }
}

resource "baiducloud_subnet" "b" {
  name               = "b"
  zone_name          = "cn-bj-a"
  cidr               = "10.8.1.0/24"
  vpc_id             = baiducloud_vpc.net.id
  vpc_secondary_cidr = "10.8.0.0/16"
}

data "baiducloud_vpcs" "net" {
  vpc_id = baiducloud_vpc.net.id

  lifecycle {
    postcondition {
      condition     = length(self.vpcs) == 1 && self.vpcs[0].cidr == "192.168.0.0/16"
      error_message = "the VPC is not listed by its id"
    }
    postcondition {
      condition     = self.vpcs[0].route_table_id == baiducloud_vpc.net.route_table_id
      error_message = "the VPC does not say its route table"
    }
  }
}

data "baiducloud_subnets" "net" {
  vpc_id     = baiducloud_vpc.net.id
  depends_on = [baiducloud_subnet.a, baiducloud_subnet.b]

  lifecycle {
    postcondition {
      condition     = toset(self.subnets[*].cidr) == toset(["192.168.1.0/24", "10.8.1.0/24"])
      error_message = "the subnets of the VPC are not listed"
    }
  }
}
