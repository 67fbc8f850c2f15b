# The native API: networks, subnets, routers with their interfaces, ports.

data "opentelekomcloud_networking_network_v2" "outside" {
  name      = "admin_external_net"
  tenant_id = ""
}

resource "opentelekomcloud_networking_network_v2" "net" {
  name           = "native"
  admin_state_up = "true"
}

resource "opentelekomcloud_networking_subnet_v2" "sub" {
  name            = "native"
  network_id      = opentelekomcloud_networking_network_v2.net.id
  cidr            = "192.168.10.0/24"
  dns_nameservers = ["100.125.4.25", "8.8.8.8"]
}

resource "opentelekomcloud_networking_network_v2" "narrow" {
  name           = "narrow"
  admin_state_up = "true"
}

resource "opentelekomcloud_networking_subnet_v2" "narrow" {
  name       = "narrow"
  network_id = opentelekomcloud_networking_network_v2.narrow.id
  cidr       = "192.168.11.0/24"
  gateway_ip = "192.168.11.254"
  allocation_pools {
    start = "192.168.11.10"
    end   = "192.168.11.20"
  }
}

resource "opentelekomcloud_networking_router_v2" "router" {
  name             = "native"
  admin_state_up   = "true"
  external_gateway = data.opentelekomcloud_networking_network_v2.outside.id
}

resource "opentelekomcloud_networking_router_interface_v2" "by_subnet" {
  router_id = opentelekomcloud_networking_router_v2.router.id
  subnet_id = opentelekomcloud_networking_subnet_v2.sub.id
}

resource "opentelekomcloud_networking_port_v2" "gate" {
  name           = "gate"
  network_id     = opentelekomcloud_networking_network_v2.narrow.id
  admin_state_up = "true"
  fixed_ip {
    subnet_id = opentelekomcloud_networking_subnet_v2.narrow.id
  }
}

resource "opentelekomcloud_networking_port_v2" "nic" {
  name           = "nic"
  network_id     = opentelekomcloud_networking_network_v2.net.id
  admin_state_up = "true"
  fixed_ip {
    subnet_id  = opentelekomcloud_networking_subnet_v2.sub.id
    ip_address = "192.168.10.40"
  }
  allowed_address_pairs {
    ip_address = "192.168.10.77"
  }
  extra_dhcp_option {
    name  = "51"
    value = "24h"
  }
}

resource "opentelekomcloud_networking_port_v2" "open" {
  name                  = "open"
  network_id            = opentelekomcloud_networking_network_v2.net.id
  admin_state_up        = "true"
  port_security_enabled = false
  no_security_groups    = true
  fixed_ip {
    subnet_id = opentelekomcloud_networking_subnet_v2.sub.id
  }
}

resource "opentelekomcloud_networking_port_v2" "behind" {
  name           = "behind"
  network_id     = opentelekomcloud_networking_network_v2.net.id
  admin_state_up = "true"
  fixed_ip {
    subnet_id = opentelekomcloud_networking_subnet_v2.sub.id
  }
}

resource "opentelekomcloud_networking_router_route_v2" "route" {
  router_id        = opentelekomcloud_networking_router_interface_v2.by_subnet.router_id
  destination_cidr = "172.16.0.0/12"
  next_hop         = opentelekomcloud_networking_port_v2.nic.all_fixed_ips[0]
}

resource "opentelekomcloud_networking_vip_v2" "vip" {
  network_id = opentelekomcloud_networking_network_v2.net.id
  subnet_id  = opentelekomcloud_networking_subnet_v2.sub.id
  name       = "vip"
}

resource "opentelekomcloud_networking_vip_associate_v2" "vip" {
  vip_id   = opentelekomcloud_networking_vip_v2.vip.id
  port_ids = [opentelekomcloud_networking_port_v2.behind.id]
}

data "opentelekomcloud_networking_port_v2" "nic" {
  port_id = opentelekomcloud_networking_port_v2.nic.id
}
