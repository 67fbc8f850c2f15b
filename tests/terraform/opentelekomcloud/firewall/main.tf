# A firewall group of the native API: rules, policies in their order.

resource "opentelekomcloud_fw_rule_v2" "web" {
  name             = "web"
  description      = "what the world may reach"
  action           = "allow"
  protocol         = "tcp"
  destination_port = "80:90"
}

resource "opentelekomcloud_fw_rule_v2" "ssh" {
  name              = "ssh"
  action            = "deny"
  protocol          = "tcp"
  source_ip_address = "198.51.100.0/24"
  destination_port  = "22"
  enabled           = false
}

resource "opentelekomcloud_fw_rule_v2" "rest" {
  name     = "rest"
  action   = "allow"
  protocol = "any"
}

resource "opentelekomcloud_fw_policy_v2" "in" {
  name = "in"
  rules = [
    opentelekomcloud_fw_rule_v2.ssh.id,
    opentelekomcloud_fw_rule_v2.web.id,
  ]
}

resource "opentelekomcloud_fw_policy_v2" "out" {
  name    = "out"
  audited = true
  rules   = [opentelekomcloud_fw_rule_v2.rest.id]
}

resource "opentelekomcloud_fw_firewall_group_v2" "edge" {
  name              = "edge"
  description       = "in front"
  ingress_policy_id = opentelekomcloud_fw_policy_v2.in.id
  egress_policy_id  = opentelekomcloud_fw_policy_v2.out.id
}
