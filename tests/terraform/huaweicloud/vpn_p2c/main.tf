# Point-to-cloud VPN: servers, users, groups, policies and client certificates on gateways that before.json makes, for
# which the provider has no resource.

variable "stage" {
  type = number
}
variable "passwords" {}
variable "certificates_gateway" {}
variable "turning" {}
variable "stored" {}

locals {
  later = var.stage == 2
}

resource "huaweicloud_vpn_server" "passwords" {
  p2c_vgw_id    = var.passwords
  local_subnets = local.later ? ["10.0.1.0/24", "10.0.2.0/24"] : ["10.0.1.0/24"]
  client_cidr   = "172.16.0.0/24"
  os_type       = "Linux"

  server_certificate {
    id = var.stored
  }

  ssl_options {
    protocol             = "TCP"
    port                 = local.later ? 1194 : 443
    encryption_algorithm = local.later ? "AES-256-GCM" : "AES-128-GCM"
  }
}

resource "huaweicloud_vpn_server" "certificates" {
  p2c_vgw_id       = var.certificates_gateway
  local_subnets    = ["10.0.1.0/24"]
  client_cidr      = local.later ? "172.18.0.0/24" : "172.17.0.0/24"
  client_auth_type = "CERT"

  server_certificate {
    id = var.stored
  }

  client_ca_certificates {
    name    = "first"
    content = file("first.pem")
  }
}

# Goes from certificates to passwords and so loses its authorities.
resource "huaweicloud_vpn_server" "turning" {
  p2c_vgw_id       = var.turning
  local_subnets    = ["10.0.1.0/24"]
  client_cidr      = "172.19.0.0/24"
  client_auth_type = local.later ? "LOCAL_PASSWORD" : "CERT"

  server_certificate {
    id = var.stored
  }

  dynamic "client_ca_certificates" {
    for_each = local.later ? [] : ["first", "second"]
    content {
      name    = client_ca_certificates.value
      content = file("${client_ca_certificates.value}.pem")
    }
  }
}

resource "huaweicloud_vpn_client_ca_certificate" "second" {
  vpn_server_id = huaweicloud_vpn_server.certificates.id
  name          = local.later ? "renamed" : "second"
  content       = file("second.pem")

  # No answer holds it and the provider refuses a change, so that an imported one could not be planned.
  lifecycle {
    ignore_changes = [content]
  }
}

resource "huaweicloud_vpn_user_group" "staff" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  name          = local.later ? "everybody" : "staff"
  description   = local.later ? "" : "who works here"

  # A user says itself that it belongs here; told in both places, the two would fight.
  lifecycle {
    ignore_changes = [users]
  }
}

resource "huaweicloud_vpn_user" "anna" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  name          = "anna"
  password      = local.later ? "Terraform-Word-2" : "Terraform-Word-1"
  description   = local.later ? "left the ship" : "captain"
  user_group_id = huaweicloud_vpn_user_group.staff.id
}

resource "huaweicloud_vpn_user" "bert" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  name          = "bert"
  password      = "Terraform-Word-1"
}

resource "huaweicloud_vpn_user" "carol" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  name          = "carol"
  password      = "Terraform-Word-1"
}

resource "huaweicloud_vpn_user_group" "guests" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  name          = "guests"

  users {
    id = local.later ? huaweicloud_vpn_user.carol.id : huaweicloud_vpn_user.bert.id
  }
}

resource "huaweicloud_vpn_access_policy" "staff" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  name          = local.later ? "wide" : "narrow"
  user_group_id = local.later ? huaweicloud_vpn_user_group.guests.id : huaweicloud_vpn_user_group.staff.id
  dest_ip_cidrs = local.later ? ["10.0.1.0/24", "10.0.2.0/24"] : ["10.0.1.0/28"]
  description   = local.later ? "" : "as little as possible"
}

data "huaweicloud_vpn_p2c_gateways" "all" {}

data "huaweicloud_vpn_p2c_gateway_jobs" "all" {}

data "huaweicloud_vpn_servers" "all" {
  depends_on = [huaweicloud_vpn_server.certificates]
}

data "huaweicloud_vpn_p2c_gateway_connections" "none" {
  p2c_gateway_id = var.passwords
  depends_on     = [huaweicloud_vpn_server.passwords]
}

data "huaweicloud_vpn_users" "all" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  depends_on    = [huaweicloud_vpn_user.anna, huaweicloud_vpn_user.bert]
}

data "huaweicloud_vpn_user_groups" "all" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  depends_on    = [huaweicloud_vpn_user_group.guests]
}

data "huaweicloud_vpn_access_policies" "all" {
  vpn_server_id = huaweicloud_vpn_server.passwords.id
  depends_on    = [huaweicloud_vpn_access_policy.staff]
}
