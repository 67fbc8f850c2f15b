# Security groups and their rules through the native API.

resource "opentelekomcloud_networking_secgroup_v2" "web" {
  name        = "web"
  description = "what the world may reach"
}

resource "opentelekomcloud_networking_secgroup_v2" "app" {
  name = "app"
}

resource "opentelekomcloud_networking_secgroup_rule_v2" "ssh" {
  security_group_id = opentelekomcloud_networking_secgroup_v2.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 22
  port_range_max    = 22
  remote_ip_prefix  = "203.0.113.0/24"
  description       = "from the office"
}

resource "opentelekomcloud_networking_secgroup_rule_v2" "echo" {
  security_group_id = opentelekomcloud_networking_secgroup_v2.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "icmp"
  port_range_min    = 8
  port_range_max    = 0
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "opentelekomcloud_networking_secgroup_rule_v2" "among" {
  security_group_id = opentelekomcloud_networking_secgroup_v2.app.id
  direction         = "ingress"
  ethertype         = "IPv6"
  remote_group_id   = opentelekomcloud_networking_secgroup_v2.web.id
}

data "opentelekomcloud_networking_secgroup_v2" "web" {
  name       = opentelekomcloud_networking_secgroup_v2.web.name
  depends_on = [opentelekomcloud_networking_secgroup_rule_v2.ssh]
}
