# Gateways with private addresses, at an enterprise router, with addresses that exist already, and with a certificate;
# connections by policy and by BGP.

variable "stage" {
  type = number
}
variable "certificates" {}

locals {
  later = var.stage == 2
}

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

resource "huaweicloud_vpc_subnet" "b" {
  name       = "b"
  cidr       = "10.0.2.0/24"
  gateway_ip = "10.0.2.1"
  vpc_id     = huaweicloud_vpc.net.id
}

data "huaweicloud_vpn_gateway_availability_zones" "all" {
  flavor          = "professional1"
  attachment_type = "vpc"
}

locals {
  zones = slice(data.huaweicloud_vpn_gateway_availability_zones.all.names, 0, 2)
}

resource "huaweicloud_vpn_gateway" "inner" {
  name                = local.later ? "inside" : "inner"
  vpc_id              = huaweicloud_vpc.net.id
  network_type        = "private"
  flavor              = local.later ? "Professional2" : "Professional1"
  local_subnets       = local.later ? ["10.0.1.0/24", "10.0.2.0/24"] : ["10.0.1.0/24"]
  connect_subnet      = huaweicloud_vpc_subnet.a.id
  access_vpc_id       = huaweicloud_vpc.net.id
  access_subnet_id    = huaweicloud_vpc_subnet.b.id
  access_private_ip_1 = "10.0.2.20"
  access_private_ip_2 = "10.0.2.21"
  availability_zones  = local.zones
  ha_mode             = "active-standby"
  asn                 = 65010
}

resource "huaweicloud_vpn_gateway" "router" {
  name               = local.later ? "hub" : "router"
  attachment_type    = "er"
  er_id              = "2f8a1c3e-4b5d-4e6f-8a7b-9c0d1e2f3a4b"
  access_vpc_id      = huaweicloud_vpc.net.id
  access_subnet_id   = huaweicloud_vpc_subnet.b.id
  network_type       = "private"
  availability_zones = local.zones
}

resource "huaweicloud_vpc_eip" "kept" {
  count = 2

  publicip {
    type = "5_bgp"
  }

  bandwidth {
    name        = "kept-${count.index}"
    size        = 5
    share_type  = "PER"
    charge_mode = "traffic"
  }

}

resource "huaweicloud_vpn_gateway" "kept" {
  name                      = local.later ? "keeper" : "kept"
  vpc_id                    = huaweicloud_vpc.net.id
  local_subnets             = ["10.0.1.0/24"]
  connect_subnet            = huaweicloud_vpc_subnet.a.id
  availability_zones        = local.zones
  delete_eip_on_termination = false

  eip1 {
    id = huaweicloud_vpc_eip.kept[0].id
  }

  eip2 {
    id = huaweicloud_vpc_eip.kept[1].id
  }
}

resource "huaweicloud_vpn_gateway" "older" {
  name               = "older"
  vpc_id             = huaweicloud_vpc.net.id
  local_subnets      = ["10.0.1.0/24"]
  connect_subnet     = huaweicloud_vpc_subnet.a.id
  availability_zones = local.zones
  tags               = local.later ? { words = "old" } : {}

  master_eip {
    type           = "5_bgp"
    bandwidth_name = "master"
    bandwidth_size = 5
    charge_mode    = "traffic"
  }

  slave_eip {
    type           = "5_bgp"
    bandwidth_name = "slave"
    bandwidth_size = 5
    charge_mode    = "traffic"
  }
}

resource "huaweicloud_vpn_gateway" "certified" {
  name               = "certified"
  vpc_id             = huaweicloud_vpc.net.id
  flavor             = "GM"
  network_type       = "private"
  local_subnets      = ["10.0.1.0/24"]
  connect_subnet     = huaweicloud_vpc_subnet.a.id
  availability_zones = local.zones

  certificate {
    name              = local.later ? "second" : "first"
    content           = file("${var.certificates}/sign.pem")
    private_key       = file("${var.certificates}/sign.key")
    certificate_chain = file("${var.certificates}/root.pem")
    enc_certificate   = file("${var.certificates}/enc.pem")
    enc_private_key   = file("${var.certificates}/enc.key")
  }
}

resource "huaweicloud_vpn_customer_gateway" "certified" {
  name                = local.later ? "proved" : "certified"
  id_value            = "198.51.100.8"
  certificate_content = file("${var.certificates}/root.pem")
}

resource "huaweicloud_vpn_customer_gateway" "named" {
  name     = "named"
  id_type  = "fqdn"
  id_value = "branch.example.com"
  asn      = 0
  tags     = local.later ? { kind = "name" } : {}
}

resource "huaweicloud_vpn_customer_gateway" "routing" {
  name     = "routing"
  id_value = "198.51.100.9"
  asn      = 65020
}

resource "huaweicloud_vpn_connection" "policy" {
  name                = "policy"
  gateway_id          = huaweicloud_vpn_gateway.inner.id
  gateway_ip          = huaweicloud_vpn_gateway.inner.access_private_ip_1
  customer_gateway_id = huaweicloud_vpn_customer_gateway.routing.id
  peer_subnets        = ["192.168.0.0/24", "192.168.1.0/24"]
  vpn_type            = "policy"
  psk                 = "Terraform-Key-1"

  policy_rules {
    rule_index  = 1
    source      = "10.0.1.0/24"
    destination = local.later ? ["192.168.0.0/24", "192.168.1.0/24"] : ["192.168.0.0/24"]
  }
}

resource "huaweicloud_vpn_connection" "bgp" {
  name                 = local.later ? "border" : "bgp"
  gateway_id           = huaweicloud_vpn_gateway.router.id
  gateway_ip           = huaweicloud_vpn_gateway.router.access_private_ip_1
  customer_gateway_id  = huaweicloud_vpn_customer_gateway.routing.id
  vpn_type             = "bgp"
  psk                  = local.later ? "Terraform-Key-2" : "Terraform-Key-1"
  tunnel_local_address = local.later ? "169.254.70.5/30" : "169.254.70.1/30"
  tunnel_peer_address  = local.later ? "169.254.70.6/30" : "169.254.70.2/30"
}

data "huaweicloud_vpn_gateway_certificates" "all" {
  depends_on = [huaweicloud_vpn_gateway.certified]
}

data "huaweicloud_vpn_customer_gateways" "named" {
  name       = huaweicloud_vpn_customer_gateway.named.name
  depends_on = [huaweicloud_vpn_customer_gateway.named]
}

data "huaweicloud_vpn_gateways" "private" {
  network_type = "private"
  depends_on   = [huaweicloud_vpn_gateway.inner]
}

data "huaweicloud_vpn_connections" "bgp" {
  vpn_type   = "BGP"
  depends_on = [huaweicloud_vpn_connection.bgp]
}
