//! Every error row, from `contracts/huawei/errors.toml` by `cargo xtask codegen`; do not edit.

use vpcd_dialect::Row;

/// Every row in the order of the vendor's tables.
pub static ROWS: [Row; 473] = [
    Row {
        id: "huawei/vpn/VPN.0001",
        service: "vpn",
        group: "common",
        status: &[400],
        code: "VPN.0001",
        template: "invalid request:{0}",
        message: "invalid request:xxx",
        when: "The body is not JSON, a field is missing or breaks a rule without a code of its own, or the resource is in use or frozen; the message says which.",
        fix: "Correct what the message names.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0002",
        service: "vpn",
        group: "common",
        status: &[500],
        code: "VPN.0002",
        template: "server error: {0}",
        message: "server error: xxx",
        when: "The server failed in a way that no other code describes.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0003",
        service: "vpn",
        group: "common",
        status: &[403],
        code: "VPN.0003",
        template: "Authentication failed: {0}",
        message: "Authentication failed: xxx",
        when: "The caller is known, but the project in the path is not its own or its role lacks the permission.",
        fix: "Use the project id of the credential, or grant the role.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0004",
        service: "vpn",
        group: "common",
        status: &[404],
        code: "VPN.0004",
        template: "resource not found",
        message: "resource not found",
        when: "No customer gateway, connection, monitor, job, certificate or tagged resource of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0030",
        service: "vpn",
        group: "common",
        status: &[400],
        code: "VPN.0030",
        template: "The system is busy, please try later.",
        message: "The system is busy, please try later.",
        when: "Users, groups or policies of one server are changed faster than it can follow.",
        fix: "Wait a moment and retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0031",
        service: "vpn",
        group: "common",
        status: &[400],
        code: "VPN.0031",
        template: "Repeated operation.",
        message: "Repeated operation.",
        when: "A request with the same X-Client-Token is in flight or ended differently, or an upgrade step is repeated.",
        fix: "Wait for the first request, or send a new token.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0005",
        service: "vpn",
        group: "s2c",
        status: &[500],
        code: "VPN.0005",
        template: "Service authentication failure",
        message: "Service authentication failure",
        when: "A service that VPN depends on refuses VPN's own credential.",
        fix: "Have the operator check the service account.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0006",
        service: "vpn",
        group: "s2c",
        status: &[500],
        code: "VPN.0006",
        template: "IAM service unavailable",
        message: "IAM service unavailable",
        when: "IAM did not answer, so no credential can be checked.",
        fix: "Retry once IAM answers again.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0007",
        service: "vpn",
        group: "s2c",
        status: &[403],
        code: "VPN.0007",
        template: "{0} is not authorized to perform {1}",
        message: "is not authorized to perform",
        when: "A policy denies the caller the action that the message names.",
        fix: "Grant a policy that allows the action.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0009",
        service: "vpn",
        group: "s2c",
        status: &[425],
        code: "VPN.0009",
        template: "Connection {0} is deleting.",
        message: "Connection %s is deleting.",
        when: "The connection is being deleted.",
        fix: "Wait until it is gone; create a new one if it is still needed.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0010",
        service: "vpn",
        group: "s2c",
        status: &[401],
        code: "VPN.0010",
        template: "Token authentication failed: {0}",
        message: "Token authentication failed: %s",
        when: "The token is missing, malformed, expired or revoked, or the signature does not match; the message ends with the reason.",
        fix: "Request a new token, or check the key and the clock.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0012",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0012",
        template: "IP address {0} is occupied",
        message: "IP address %s is occupied",
        when: "This gateway address and customer gateway already have a connection, or a tunnel address is already in use on the gateway.",
        fix: "Use the existing connection, or choose another address.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0013",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0013",
        template: "Unsupported attribute: {0}",
        message: "Unsupported attribute: %s",
        when: "An attribute is legal, but not with this kind of gateway or connection.",
        fix: "Leave the attribute out, or choose the kind that has it.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0014",
        service: "vpn",
        group: "s2c",
        status: &[504],
        code: "VPN.0014",
        template: "The system is busy, please try again later",
        message: "The system is busy, please try again later",
        when: "The data plane did not take the change in time.",
        fix: "Retry; if it lasts, have the operator look at the gateway's worker.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0015",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0015",
        template: "The tag policy not allow the specified value for the following tag key: {0}",
        message: "The tag policy not allow the specified value for the following tag key: %s",
        when: "A tag policy of the organisation lists other values for this key.",
        fix: "Use a value that the policy allows.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0016",
        service: "vpn",
        group: "s2c",
        status: &[409],
        code: "VPN.0016",
        template: "VPN gateway is not ready, please try again later",
        message: "VPN gateway is not ready, please try again later",
        when: "The gateway of the connection is not ACTIVE.",
        fix: "Poll the gateway until it is ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0017",
        service: "vpn",
        group: "s2c",
        status: &[409],
        code: "VPN.0017",
        template: "logic instance is not ready, please try again later",
        message: "logic instance is not ready, please try again later",
        when: "The gateway is ACTIVE, but its data plane has not reported yet.",
        fix: "Wait a moment and retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0018",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0018",
        template: "ER feature is disabled",
        message: "ER feature is disabled",
        when: "A gateway is attached to an enterprise router while the region has that feature switched off.",
        fix: "Attach the gateway to a VPC, or have the operator switch the feature on.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0101",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0101",
        template: "Invalid EIP bandwidth size: {0}",
        message: "Invalid EIP bandwidth size: %s",
        when: "The bandwidth of a new EIP is below 1 Mbit/s or above what the gateway's flavor allows.",
        fix: "Choose a size that the flavor allows.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0102",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0102",
        template: "EIP {0} has invalid bandwidth status: {1}",
        message: "EIP %s has invalid bandwidth status: %s",
        when: "The bandwidth of the EIP is not NORMAL.",
        fix: "Clear the arrears of the bandwidth, or use another EIP.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0103",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0103",
        template: "EIP {0} has invalid status: {1}",
        message: "EIP %s has invalid status: %s",
        when: "The EIP is frozen, broken or in transition.",
        fix: "Wait until the EIP is DOWN, or use another one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0104",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0104",
        template: "{0} is not in subnet: {1}",
        message: "%s is not in subnet: %s",
        when: "A private address of the gateway lies outside its access subnet.",
        fix: "Choose an address of the access subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0105",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0105",
        template: "Flavor {0} cannot update to specification {1} with network type {2}",
        message: "Flavor %s cannot update to specification %s with network type %s",
        when: "The flavor cannot become the target with this network type.",
        fix: "Choose a target that supports the network type.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0107",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0107",
        template: "Private IPs must be different with each other",
        message: "Private IPs must be different with each other",
        when: "Both private addresses of the gateway are the same.",
        fix: "Choose two different addresses.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0108",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0108",
        template: "Invalid IP format, {0}",
        message: "Invalid IP format, %s",
        when: "A private address of the gateway is not an IPv4 address.",
        fix: "Send an address such as 192.168.0.10.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0109",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0109",
        template: "access_private_ip_1 and access_private_ip_2 must be both filled or both left empty",
        message: "access_private_ip_1 and access_private_ip_2 must be both filled or both left empty",
        when: "Only one of the two private addresses is given.",
        fix: "Send both or none.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0110",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0110",
        template: "{0} is a system reserved address and cannot be allocated",
        message: "%s is a system reserved address and cannot be allocated",
        when: "A private address is the network, broadcast or gateway address of the subnet or one of its reserved last addresses.",
        fix: "Choose a usable address of the access subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0111",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0111",
        template: "Private IP {0} is occupied",
        message: "Private IP %s is occupied",
        when: "A private address is already held by a port or another gateway.",
        fix: "Choose a free address of the access subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0112",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0112",
        template: "EIP {0} has been bound to an instance.",
        message: "EIP %s has been bound to an instance.",
        when: "The EIP is bound to something else.",
        fix: "Unbind the EIP, or use another one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0203",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0203",
        template: "Invalid IP address.",
        message: "Invalid IP address.",
        when: "The address that identifies the customer gateway or a peer is not an IPv4 address.",
        fix: "Send a valid IPv4 address, or identify it by name.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0204",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0204",
        template: "Class D(multicast address), class E(reserved address), and loopback address(starting with 127) are not supported.",
        message: "Class D(multicast address), class E(reserved address), and loopback address(starting with 127) are not supported.",
        when: "The address of the customer gateway is a multicast, reserved or loopback address.",
        fix: "Send the address that the gateway really has.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0218",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0218",
        template: "VPN Connection: update VPC routing table err : {0}",
        message: "VPN Connection: update VPC routing table err : %s",
        when: "A peer subnet equals or overlaps a local or system route of the VPC.",
        fix: "Choose peer subnets outside the VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0219",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0219",
        template: "VPN Connection: update VPC routing table err : {0}",
        message: "VPN Connection: update VPC routing table err : %s",
        when: "A peer subnet is already a destination in the route table with another next hop.",
        fix: "Remove the other route, or choose another peer subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0220",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0220",
        template: "VPN Connection: update VPC routing table err : {0}",
        message: "VPN Connection: update VPC routing table err : %s",
        when: "The route table of the VPC has no room for the peer subnets.",
        fix: "Delete routes or have the quota raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0285",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0285",
        template: "Subnet {0} only has {1} IP available, but {2} is required",
        message: "Subnet %s only has %s IP available, but %s is required",
        when: "The subnet has fewer free addresses than the gateway needs.",
        fix: "Release addresses or use another subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0304",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0304",
        template: "Query connection log is only supported for newer VPN gateway.",
        message: "Query connection log is only supported for newer VPN gateway.",
        when: "The gateway's version has no connection logs.",
        fix: "Upgrade the gateway.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0305",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0305",
        template: "Query connection log does not support the connection of the policy-template type.",
        message: "Query connection log does not support the connection of the policy-template type.",
        when: "The connection was made from the policy template, which has no logs.",
        fix: "Query a connection with a fixed customer gateway.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0306",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0306",
        template: "The connection is being updated, please try again later.",
        message: "The connection is being updated, please try again later.",
        when: "The connection is being updated.",
        fix: "Poll the connection until the update is done, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0381",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0381",
        template: "VPN connection {0} already has connection monitor",
        message: "VPN connection %s already has connection monitor",
        when: "The connection already has a monitor.",
        fix: "Use the existing monitor, or delete it first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0429",
        service: "vpn",
        group: "s2c",
        status: &[429],
        code: "VPN.0429",
        template: "Too Many Request, Please try again later",
        message: "Too Many Request, Please try again later",
        when: "The project sent more requests than the limit allows.",
        fix: "Slow down and retry after a pause.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0506",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0506",
        template: "The gateway is being created, please try again later.",
        message: "The gateway is being created, please try again later.",
        when: "The gateway is still being created.",
        fix: "Poll the gateway until it is ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0507",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0507",
        template: "The gateway is being updated, please try again later.",
        message: "The gateway is being updated, please try again later.",
        when: "The gateway is being updated.",
        fix: "Poll the gateway until it is ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0508",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0508",
        template: "The gateway is being deleted.",
        message: "The gateway is being deleted.",
        when: "The gateway is being deleted.",
        fix: "Wait until it is gone; create a new one if it is still needed.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0509",
        service: "vpn",
        group: "s2c",
        status: &[404],
        code: "VPN.0509",
        template: "The gateway does not exist.",
        message: "The gateway does not exist.",
        when: "No gateway of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0516",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0516",
        template: "Non-fixed IP not supported in post-paid situation",
        message: "Non-fixed IP not supported in post-paid situation",
        when: "A flavor for customer gateways without a fixed address is asked of a postpaid gateway.",
        fix: "Choose a flavor without NonFixedIP.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0517",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0517",
        template: "The connection group of the target flavor {0} does not match the current one: {1}",
        message: "The connection group of the target flavor %s does not match the current one: %s",
        when: "The target flavor allows another number of connection groups than the current one.",
        fix: "Choose a flavor with the same number of connection groups.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0518",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0518",
        template: "The target flavor {0} does not support modification: {1}",
        message: "The target flavor %s does not support modification: %s",
        when: "The target flavor is not one that the gateway can change to.",
        fix: "Choose one of the gateway's supported_flavors.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0800",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0800",
        template: "Invalid ngfw vpn gateway: {0}",
        message: "Invalid ngfw vpn gateway: %s",
        when: "The classic gateway to migrate does not exist or cannot be migrated.",
        fix: "Check the gateway; migration is no public operation.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0801",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0801",
        template: "Invalid ngfw vpn connection: {0}",
        message: "Invalid ngfw vpn connection: %s",
        when: "The classic connection to migrate has parameters that cannot be expressed any more.",
        fix: "Change the connection; migration is no public operation.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0802",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0802",
        template: "Invalid migration eip: {0}",
        message: "Invalid migration eip: %s",
        when: "The EIP named for the migrated gateway is not free.",
        fix: "Use a free EIP; migration is no public operation.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0803",
        service: "vpn",
        group: "s2c",
        status: &[400],
        code: "VPN.0803",
        template: "Invalid migration quota: {0}",
        message: "Invalid migration quota: %s",
        when: "The migration would exceed a quota.",
        fix: "Have the quota raised; migration is no public operation.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0070",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0070",
        template: "The key algorithm of the certificate {0} is not supported.",
        message: "The key algorithm of the certificate %s is not supported.",
        when: "The certificate's public key is of a kind that is not accepted.",
        fix: "Use RSA with 2048 bits or more, or an NIST curve.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0071",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0071",
        template: "The signature algorithm of the certificate {0} is not supported.",
        message: "The signature algorithm of the certificate %s is not supported.",
        when: "The certificate is signed by an algorithm that is not accepted.",
        fix: "Sign it with SHA-256 or stronger.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0072",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0072",
        template: "Certificate {0} has expired.",
        message: "Certificate %s has expired.",
        when: "The certificate has expired.",
        fix: "Upload a renewed certificate.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0073",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0073",
        template: "Certificate {0} has not taken effect.",
        message: "Certificate %s has not taken effect.",
        when: "The certificate is not valid yet.",
        fix: "Wait until it is valid, or upload another one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0074",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0074",
        template: "The format of the certificate {0} is invalid.",
        message: "The format of the certificate %s is invalid.",
        when: "The content is not exactly one PEM block with a certificate.",
        fix: "Upload the certificate alone, in PEM.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0075",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0075",
        template: "The content of the certificate {0} is invalid.",
        message: "The content of the certificate %s is invalid.",
        when: "The PEM block does not hold a readable X.509 certificate.",
        fix: "Export the certificate again and upload that.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0076",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0076",
        template: "Certificate {0} is not a CA certificate.",
        message: "Certificate %s is not a CA certificate.",
        when: "The certificate is not one of a certificate authority.",
        fix: "Upload the certificate of the authority that signs the clients.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0077",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0077",
        template: "Duplicate certificate: {0}.",
        message: "Duplicate certificate: %s.",
        when: "The same certificate is already on the server or twice in the request.",
        fix: "Use the existing one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0078",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0078",
        template: "Invalid format of the CRL {0}.",
        message: "Invalid format of the CRL %s.",
        when: "The content is not a PEM block with a revocation list.",
        fix: "Upload the list in PEM; no public operation takes one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0079",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0079",
        template: "Invalid content of the CRL {0}.",
        message: "Invalid content of the CRL %s.",
        when: "The revocation list cannot be read or is not signed by a client CA of the server.",
        fix: "Upload the list of one of the client CAs; no public operation takes one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0080",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0080",
        template: "Invalid date of the CRL {0}.",
        message: "Invalid date of the CRL %s.",
        when: "The revocation list is not valid yet or no longer.",
        fix: "Upload a current list; no public operation takes one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0500",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0500",
        template: "VPC {0} is not found.",
        message: "VPC %s is not found.",
        when: "The vpc_id names no VPC of the project.",
        fix: "Send the id of a VPC that the project owns.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0501",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0501",
        template: "Interconnection subnet {0} is not found.",
        message: "Interconnection subnet %s is not found.",
        when: "The connect_subnet names no subnet of the project.",
        fix: "Send the id of a subnet that the project owns.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0502",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0502",
        template: "Interconnection subnet {0} has insufficient available IP addresses.",
        message: "Interconnection subnet %s has insufficient available IP addresses.",
        when: "The interconnection subnet has fewer free addresses than the gateway needs.",
        fix: "Release addresses or use another subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0503",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0503",
        template: "Interconnection subnet {0} does not belong to the VPC {1}.",
        message: "Interconnection subnet %s does not belong to the VPC %s.",
        when: "The interconnection subnet belongs to another VPC.",
        fix: "Choose a subnet of the gateway's VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0504",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0504",
        template: "The number of connections exceeds the upper limit defined by the specification.",
        message: "The number of connections exceeds the upper limit defined by the specification.",
        when: "More connections are asked for than the flavor allows.",
        fix: "Ask for at most 500 connections.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0505",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0505",
        template: "Gateway resources are insufficient.",
        message: "Gateway resources are insufficient.",
        when: "The zones have no capacity left for another gateway.",
        fix: "Choose other zones, or have the operator add capacity.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0510",
        service: "vpn",
        group: "p2c",
        status: &[500],
        code: "VPN.0510",
        template: "The gateway status is abnormal.",
        message: "The gateway status is abnormal.",
        when: "The gateway is in FAULT or FROZEN.",
        fix: "Have the operator repair or unfreeze the gateway.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0511",
        service: "vpn",
        group: "p2c",
        status: &[500],
        code: "VPN.0511",
        template: "The gateway is not ready.",
        message: "The gateway is not ready.",
        when: "The gateway is ACTIVE, but its data plane has not reported yet.",
        fix: "Wait a moment and retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0512",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0512",
        template: "The gateway already has an EIP bound.",
        message: "The gateway already has an EIP bound.",
        when: "Another EIP is still bound to the gateway.",
        fix: "Unbind it first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0513",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0513",
        template: "Insufficient gateway quota.",
        message: "Insufficient gateway quota.",
        when: "The project already has as many gateways as its quota allows.",
        fix: "Delete a gateway or have the quota raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0514",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0514",
        template: "Two AZs must be specified.",
        message: "Two AZs must be specified.",
        when: "The flavor needs two zones, and another number is given.",
        fix: "Name two zones, or none to have them chosen.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0515",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0515",
        template: "Duplicate AZs.",
        message: "Duplicate AZs.",
        when: "The same zone is named twice.",
        fix: "Name two different zones.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0550",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0550",
        template: "The EIP bandwidth exceeds the upper limit defined by the specification.",
        message: "The EIP bandwidth exceeds the upper limit defined by the specification.",
        when: "The bandwidth of the EIP is above what the flavor allows.",
        fix: "Choose a bandwidth of at most 300 Mbit/s.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0551",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0551",
        template: "EIP {0} is not found.",
        message: "EIP %s is not found.",
        when: "The EIP does not exist in the project.",
        fix: "Send the id of an EIP that the project owns.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0552",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0552",
        template: "EIP {0} is frozen.",
        message: "EIP %s is frozen.",
        when: "The EIP is frozen.",
        fix: "Clear the arrears of the EIP, or use another one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0553",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0553",
        template: "EIP {0} has been bound to an instance.",
        message: "EIP %s has been bound to an instance.",
        when: "The EIP is bound to something else.",
        fix: "Unbind the EIP, or use another one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0554",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0554",
        template: "EIP {0} does not have exclusive bandwidth.",
        message: "EIP %s does not have exclusive bandwidth.",
        when: "The EIP is in a shared bandwidth.",
        fix: "Take it out of the shared bandwidth, or use another one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0555",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0555",
        template: "EIP {0} does not belong to a center.",
        message: "EIP %s does not belong to a center.",
        when: "The EIP belongs to an edge site.",
        fix: "Use an EIP of the border group center.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0556",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0556",
        template: "EIP type {0} is invalid.",
        message: "EIP type %s is invalid.",
        when: "The region has no EIPs of this type.",
        fix: "Choose a type that the region offers.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0557",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0557",
        template: "EIPs of the type {0} have been sold out.",
        message: "EIPs of the type %s have been sold out.",
        when: "The address pool of this type has no free address.",
        fix: "Choose another type, or have the operator extend the pool.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0558",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0558",
        template: "Incomplete EIP parameters.",
        message: "Incomplete EIP parameters.",
        when: "The EIP has no id and not all of type, charge_mode and bandwidth_size.",
        fix: "Send the id alone, or all three.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0559",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0559",
        template: "EIP parameter conflict.",
        message: "EIP parameter conflict.",
        when: "The EIP has an id together with attributes of a new one.",
        fix: "Send the id alone, or the attributes without it.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0560",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0560",
        template: "EIP quota not enough.",
        message: "EIP quota not enough.",
        when: "The project already has as many EIPs as its quota allows.",
        fix: "Release an EIP or have the quota raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0561",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0561",
        template: "EIP quota not found.",
        message: "EIP quota not found.",
        when: "The project has no quota of EIPs on record.",
        fix: "Have the operator set the quota of type publicIp.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0562",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.0562",
        template: "The current gateway version does not support {0} feature.",
        message: "The current gateway version does not support %s feature.",
        when: "The gateway's version is too old for the feature that the message names.",
        fix: "Upgrade the gateway, or do without the feature.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.0563",
        service: "vpn",
        group: "p2c",
        status: &[404],
        code: "VPN.0563",
        template: "The connection does not exists.",
        message: "The connection does not exists.",
        when: "No client is connected under this connection id.",
        fix: "List the connections of the gateway; the client may have left.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1100",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1100",
        template: "The server certificate cannot be empty.",
        message: "The server certificate cannot be empty.",
        when: "An SSL server is created without a server certificate.",
        fix: "Send the id of a certificate.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1101",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1101",
        template: "At least one client CA certificate is required.",
        message: "At least one client CA certificate is required.",
        when: "The clients shall authenticate by certificate, but no client CA is given.",
        fix: "Send at least one client CA certificate.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1102",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1102",
        template: "The number of servers exceeds the upper limit.",
        message: "The number of servers exceeds the upper limit.",
        when: "The gateway already has its one server.",
        fix: "Update the existing server.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1103",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1103",
        template: "CIDR block {0} is invalid.",
        message: "CIDR block %s is invalid.",
        when: "A client or local CIDR block cannot be read or has host bits set.",
        fix: "Send a network address with its prefix.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1104",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1104",
        template: "CIDR block {0} is unavailable.",
        message: "CIDR block %s is unavailable.",
        when: "A client or local CIDR block lies in a range that cannot be used.",
        fix: "Choose a private range.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1105",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1105",
        template: "The number of local subnets exceeds the upper limit.",
        message: "The number of local subnets exceeds the upper limit.",
        when: "More than 20 local subnets are given.",
        fix: "Combine subnets, or send at most 20.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1106",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1106",
        template: "Duplicate local subnet: {0}.",
        message: "Duplicate local subnet: %s.",
        when: "The same local subnet is given twice.",
        fix: "Send each local subnet once.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1107",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1107",
        template: "The mask length of the client CIDR block must in the range of 16 to 26.",
        message: "The mask length of the client CIDR block must in the range of 16 to 26.",
        when: "The client CIDR block is larger than a /16 or smaller than a /26.",
        fix: "Choose a prefix from 16 to 26.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1108",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1108",
        template: "The number of IP addresses in the client CIDR block is less than the number of IP addresses required by gateway connections.",
        message: "The number of IP addresses in the client CIDR block is less than the number of IP addresses required by gateway connections.",
        when: "The client CIDR block has no more than four addresses per connection of the gateway.",
        fix: "Choose a larger block, or a gateway with fewer connections.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1109",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1109",
        template: "The client CIDR block conflicts with the VPC route {0}.",
        message: "The client CIDR block conflicts with the VPC route %s.",
        when: "The client CIDR block overlaps a destination in the VPC's default route table.",
        fix: "Choose another block, or remove the route.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1110",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1110",
        template: "The status of server certificate {0} is abnormal.",
        message: "The status of server certificate %s is abnormal.",
        when: "The server certificate is expired, revoked or lacks its private key.",
        fix: "Use a certificate that is in order.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1111",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1111",
        template: "The number of client CA certificates exceeds the upper limit.",
        message: "The number of client CA certificates exceeds the upper limit.",
        when: "The server would have more than 10 client CA certificates.",
        fix: "Delete one first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1112",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1112",
        template: "Server certificate {0} is not found.",
        message: "Server certificate %s is not found.",
        when: "No server certificate has this id.",
        fix: "Upload the certificate first, or check the id.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1113",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1113",
        template: "The server is being created, please try again later.",
        message: "The server is being created, please try again later.",
        when: "The server is still being created.",
        fix: "Poll the server until it is ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1114",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1114",
        template: "The server is being updated, please try again later.",
        message: "The server is being updated, please try again later.",
        when: "The server is being updated.",
        fix: "Poll the server until it is ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1115",
        service: "vpn",
        group: "p2c",
        status: &[404],
        code: "VPN.1115",
        template: "Client CA certificate {0} does not exist.",
        message: "Client CA certificate %s does not exist.",
        when: "The server has no client CA certificate with this id.",
        fix: "Check the id; after a deletion there is nothing left to do.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1116",
        service: "vpn",
        group: "p2c",
        status: &[404],
        code: "VPN.1116",
        template: "The server does not exist.",
        message: "The server does not exist.",
        when: "No server of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1117",
        service: "vpn",
        group: "p2c",
        status: &[500],
        code: "VPN.1117",
        template: "The server status is abnormal.",
        message: "The server status is abnormal.",
        when: "The server is in FAULT or FROZEN.",
        fix: "Have the operator repair or unfreeze the gateway.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1118",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1118",
        template: "The local CIDR block cannot be empty.",
        message: "The local CIDR block cannot be empty.",
        when: "The list of local subnets is empty.",
        fix: "Send at least one local subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1119",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1119",
        template: "The client CIDR block conflicts with the local CIDR block {0}.",
        message: "The client CIDR block conflicts with the local CIDR block %s.",
        when: "The client CIDR block overlaps a local subnet.",
        fix: "Choose another client CIDR block.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1120",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1120",
        template: "Client CRL {0} not found.",
        message: "Client CRL %s not found.",
        when: "The server has no revocation list with this id.",
        fix: "Check the id; no public operation takes one.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1121",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1121",
        template: "Gateway not bind eip.",
        message: "Gateway not bind eip.",
        when: "The gateway has no EIP.",
        fix: "Bind an EIP to the gateway first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1122",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1122",
        template: "There are users on the server. Delete them first.",
        message: "There are users on the server. Delete them first.",
        when: "The authentication shall change while the server still has users.",
        fix: "Delete the users first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1123",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1123",
        template: "There are user groups on the server. Delete them first.",
        message: "There are user groups on the server. Delete them first.",
        when: "The authentication shall change while the server still has user groups of its own.",
        fix: "Delete the user groups first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1124",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1124",
        template: "There are access policies on the server. Delete them first.",
        message: "There are access policies on the server. Delete them first.",
        when: "The authentication shall change while the server still has access policies of its own.",
        fix: "Delete the access policies first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1125",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1125",
        template: "There are client CA certificates on the server. Delete them first.",
        message: "There are client CA certificates on the server. Delete them first.",
        when: "The authentication shall change while the server still has client CA certificates.",
        fix: "Delete the certificates first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1300",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1300",
        template: "The user group name already exists.",
        message: "The user group name already exists.",
        when: "Another user group of the server has this name.",
        fix: "Choose another name.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1301",
        service: "vpn",
        group: "p2c",
        status: &[404],
        code: "VPN.1301",
        template: "The user group does not exist.",
        message: "The user group does not exist.",
        when: "The server has no user group with this id.",
        fix: "Check the id and the server.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1302",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1302",
        template: "The username already exists.",
        message: "The username already exists.",
        when: "Another user of the server has this name.",
        fix: "Choose another name.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1303",
        service: "vpn",
        group: "p2c",
        status: &[404],
        code: "VPN.1303",
        template: "The user does not exist.",
        message: "The user does not exist.",
        when: "The server has no user with this id.",
        fix: "Check the id and the server.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1304",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1304",
        template: "The user {0} has been added to another user group.",
        message: "The user %s has been added to another user group.",
        when: "The user is already a member of another group.",
        fix: "Remove the user from that group first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1305",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1305",
        template: "The user {0} is not in the current user group.",
        message: "The user %s is not in the current user group.",
        when: "The user is not a member of this group.",
        fix: "Check the group's members.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1306",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1306",
        template: "The number of user groups exceeds the upper limit (50).",
        message: "The number of user groups exceeds the upper limit (50).",
        when: "The server already has 50 user groups.",
        fix: "Delete a user group first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1307",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1307",
        template: "The number of users exceeds the upper limit.",
        message: "The number of users exceeds the upper limit.",
        when: "The server would have more users than the gateway allows.",
        fix: "Delete users first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1308",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1308",
        template: "The password complexity does not meet requirements.",
        message: "The password complexity does not meet requirements.",
        when: "The password is shorter than 8 or longer than 32 characters, or has characters of one class only.",
        fix: "Choose 8 to 32 characters of at least two classes.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1309",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1309",
        template: "The password cannot be the username or the reverse of the username.",
        message: "The password cannot be the username or the reverse of the username.",
        when: "The password is the user name, forwards or backwards.",
        fix: "Choose another password.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1310",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1310",
        template: "The password contains invalid characters.",
        message: "The password contains invalid characters.",
        when: "The password has a character that is not allowed.",
        fix: "Use letters, digits, space and the usual ASCII punctuation.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1311",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1311",
        template: "The new password cannot be the same as the old one.",
        message: "The new password cannot be the same as the old one.",
        when: "The new password is the current one or a recent one.",
        fix: "Choose a new password.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1312",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1312",
        template: "The old password is incorrect.",
        message: "The old password is incorrect.",
        when: "The old password does not match.",
        fix: "Send the current password, or have it reset.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1313",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1313",
        template: "The user group has been associated with an access policy. Delete the access policy first.",
        message: "The user group has been associated with an access policy. Delete the access policy first.",
        when: "An access policy names the user group.",
        fix: "Delete the access policy first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1314",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1314",
        template: "The password is weak.",
        message: "The password is weak.",
        when: "The password is on the list of weak passwords.",
        fix: "Choose a stronger password.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1315",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1315",
        template: "Duplicate user {0}.",
        message: "Duplicate user %s.",
        when: "The list names the same user twice.",
        fix: "Name each user once.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1316",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1316",
        template: "Operations on the default user group are not allowed.",
        message: "Operations on the default user group are not allowed.",
        when: "The default user group shall be changed or deleted.",
        fix: "Use a user group of your own.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1317",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1317",
        template: "The username is unavailable.",
        message: "The username is unavailable.",
        when: "The user name is one that the server reserves.",
        fix: "Choose another name.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1318",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1318",
        template: "User list is empty.",
        message: "User list is empty.",
        when: "The list of users is empty.",
        fix: "Name at least one user.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1400",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1400",
        template: "The number of access policies exceeds the upper limit (100).",
        message: "The number of access policies exceeds the upper limit (100).",
        when: "The server already has 100 access policies.",
        fix: "Delete an access policy first.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1401",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1401",
        template: "The access policy does not exist.",
        message: "The access policy does not exist.",
        when: "The server has no access policy with this id.",
        fix: "Check the id and the server.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1402",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1402",
        template: "The number of destination CIDR blocks exceeds the upper limit.",
        message: "The number of destination CIDR blocks exceeds the upper limit.",
        when: "The policy has more than 10 destination CIDR blocks.",
        fix: "Combine blocks, or send at most 10.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1403",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1403",
        template: "The destination CIDR block {0} is invalid.",
        message: "The destination CIDR block %s is invalid.",
        when: "A destination of the policy is not an IPv4 CIDR block.",
        fix: "Send a network address with its prefix.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1404",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1404",
        template: "Duplicate destination CIDR block {0}",
        message: "Duplicate destination CIDR block %s",
        when: "The policy names the same destination twice.",
        fix: "Name each destination once.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1405",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1405",
        template: "The destination CIDR block {0} is unavailable.",
        message: "The destination CIDR block %s is unavailable.",
        when: "A destination lies in a range that cannot be used or overlaps the client CIDR block.",
        fix: "Choose destinations among the local subnets.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1406",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1406",
        template: "Default access policy cannot be operated.",
        message: "Default access policy cannot be operated.",
        when: "The default access policy shall be changed or deleted.",
        fix: "Use an access policy of your own.",
        extra: false,
    },
    Row {
        id: "huawei/vpn/VPN.1801",
        service: "vpn",
        group: "p2c",
        status: &[400],
        code: "VPN.1801",
        template: "You have orders in progress and cannot perform the current operation.",
        message: "You have orders in progress and cannot perform the current operation.",
        when: "An order for the gateway is in progress.",
        fix: "Wait until the order is done.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0002",
        service: "vpc",
        group: "common",
        status: &[400],
        code: "VPC.0002",
        template: "Available zone Name is null.",
        message: "Available zone Name is null.",
        when: "The body of a subnet creation has the key availability_zone with a blank value.",
        fix: "Leave the key out or name a zone of the region.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0003",
        service: "vpc",
        group: "common",
        status: &[404],
        code: "VPC.0003",
        template: "VPC does not exist.",
        message: "VPC does not exist.",
        when: "A vpc_id in the path or body is a valid UUID that names no VPC of this project.",
        fix: "Send the id of a VPC that the project owns.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0004",
        service: "vpc",
        group: "common",
        status: &[400],
        code: "VPC.0004",
        template: "VPC does not active,please try later.",
        message: "VPC does not active,please try later.",
        when: "A child is created in a VPC whose status is not OK.",
        fix: "Poll the VPC until its status is OK, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0005",
        service: "vpc",
        group: "common",
        status: &[401],
        code: "VPC.0005",
        template: "Lack of user authority.",
        message: "Lack of user authority.",
        when: "The account is restricted, or the request uses a feature that it has not been granted.",
        fix: "Have the operator lift the restriction or grant the feature.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0009",
        service: "vpc",
        group: "common",
        status: &[401],
        code: "VPC.0009",
        template: "real-name authentication fail.",
        message: "real-name authentication fail.",
        when: "The account has not passed real-name authentication and creates something billable.",
        fix: "Complete the authentication, or have the operator mark the account as verified.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0007",
        service: "vpc",
        group: "common",
        status: &[400],
        code: "VPC.0007",
        template: "urlTenantId is not equal tokenTenantId",
        message: "urlTenantId is not equal tokenTenantId",
        when: "The project id in the URL is not the project that the credential is scoped to.",
        fix: "Use the project id of the credential in the URL, or a credential of that project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.0008",
        service: "vpc",
        group: "common",
        status: &[401],
        code: "VPC.0008",
        template: "Invalid token in the header.",
        message: "Invalid token in the header.",
        when: "The token passed the gateway but is of no use here: it is unscoped, scoped to a domain, or was revoked meanwhile.",
        fix: "Request a new token that is scoped to the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/common/VPC.2701",
        service: "vpc",
        group: "common",
        status: &[403],
        code: "VPC.2701",
        template: "Token not allowed to do this action.",
        message: "Token not allowed to do this action.",
        when: "The caller is known, but its role does not allow the action or its account is frozen.",
        fix: "Grant a role that allows the action, or clear the account's arrears.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_vpc/VPC.0101",
        service: "vpc",
        group: "create_vpc",
        status: &[400],
        code: "VPC.0101",
        template: "Param is invalid.",
        message: "Param is invalid.",
        when: "The body lacks the vpc object, or its name, description, cidr, enterprise_project_id or tags break their rules.",
        fix: "Correct the attribute: the name has at most 64 characters, the cidr lies in 10/8, 172.16/12 or 192.168/16 with a prefix of at most 24.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_vpc/VPC.0114",
        service: "vpc",
        group: "create_vpc",
        status: &[409],
        code: "VPC.0114",
        template: "Quota exceeded for resources: ['router'].",
        message: "Quota exceeded for resources: ['router'].",
        when: "The project already has as many VPCs as its quota allows.",
        fix: "Delete a VPC or have the quota of type vpc raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_vpc/VPC.0115",
        service: "vpc",
        group: "create_vpc",
        status: &[400],
        code: "VPC.0115",
        template: "The router name has exist.",
        message: "The router name has exist.",
        when: "Another VPC of the project has the same name.",
        fix: "Choose another name or leave it empty.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_vpc/VPC.0101",
        service: "vpc",
        group: "show_vpc",
        status: &[400],
        code: "VPC.0101",
        template: "getVpc error vpcId is invalid.",
        message: "getVpc error vpcId is invalid.",
        when: "The vpc_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_vpc/VPC.0105",
        service: "vpc",
        group: "show_vpc",
        status: &[404, 500],
        code: "VPC.0105",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 no VPC of the project has this id; with 500 the network backend failed.",
        fix: "On 404 check the id and the project, on 500 retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_vpc/VPC.0106",
        service: "vpc",
        group: "show_vpc",
        status: &[500],
        code: "VPC.0106",
        template: "get router is null.",
        message: "get router is null.",
        when: "The VPC is on record, but the network backend answers without its router.",
        fix: "Have the operator reconcile the network backend with the store.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_vpcs/VPC.0101",
        service: "vpc",
        group: "list_vpcs",
        status: &[400],
        code: "VPC.0101",
        template: "Query vpc list error.",
        message: "Query vpc list error.",
        when: "The limit is not a number from 0 to 2000, or the marker, id or enterprise_project_id is malformed.",
        fix: "Correct the query parameter.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_vpcs/VPC.0105",
        service: "vpc",
        group: "list_vpcs",
        status: &[500],
        code: "VPC.0105",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The network backend failed while it listed VPCs.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_vpcs/VPC.0106",
        service: "vpc",
        group: "list_vpcs",
        status: &[500],
        code: "VPC.0106",
        template: "query routers or getList are null.",
        message: "query routers or getList are null.",
        when: "The network backend answered the list of VPCs with nothing at all.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0101",
        service: "vpc",
        group: "delete_vpc",
        status: &[400, 404],
        code: "VPC.0101",
        template: "Delete router error {0} is invalid.",
        message: "Delete router error xx is invalid.",
        when: "With 400 the vpc_id is not a UUID; with 404 no VPC of the project has this id.",
        fix: "Check the id; after a 404 there is nothing left to delete.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0102",
        service: "vpc",
        group: "delete_vpc",
        status: &[500],
        code: "VPC.0102",
        template: "Delete router fail.",
        message: "Delete router fail.",
        when: "The network backend refused to delete the router for another reason than absence or use.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0103",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0103",
        template: "Rescource status is busy, try it again later.",
        message: "Rescource status is busy, try it again later.",
        when: "The VPC is still being created.",
        fix: "Poll the VPC until its status is OK, then delete it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0104",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0104",
        template: "Router contains subnets, please delete subnet first.",
        message: "Router contains subnets, please delete subnet first.",
        when: "The VPC still has subnets.",
        fix: "Delete its subnets first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0105",
        service: "vpc",
        group: "delete_vpc",
        status: &[404, 500],
        code: "VPC.0105",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 the VPC is on record but missing in the network backend; with 500 the backend failed.",
        fix: "Retry; if it lasts, have the operator reconcile the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0107",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0107",
        template: "Delete the firewall first before deleting the router.",
        message: "Delete the firewall first before deleting the router.",
        when: "It is the last VPC of the project, and the project still owns network ACLs.",
        fix: "Delete the network ACLs first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0108",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0108",
        template: "Router is used not allow deleted.",
        message: "Router is used not allow deleted.",
        when: "The VPC has a peering, custom route table, NAT, VPN or endpoint, or it is the last one while the project holds EIPs.",
        fix: "Remove what uses the VPC, and release the EIPs before the last VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0110",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0110",
        template: "deleteDefaultNetworkFromRouter router status is invalid.",
        message: "deleteDefaultNetworkFromRouter router status is invalid.",
        when: "The VPC is in a state other than OK and creating, such as ERROR or a pending change.",
        fix: "Wait for the pending change, or have the operator repair the VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0111",
        service: "vpc",
        group: "delete_vpc",
        status: &[500],
        code: "VPC.0111",
        template: "Database Error.",
        message: "Database Error.",
        when: "The store failed while the VPC was being deleted.",
        fix: "Retry; if it lasts, have the operator check the disk and the database.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0112",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0112",
        template: "Delete the securitygroup first before deleting the router.",
        message: "Delete the securitygroup first before deleting the router.",
        when: "It is the last VPC of the project, and security groups other than the default one exist.",
        fix: "Delete those security groups first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0118",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0118",
        template: "ELB exists under this router, delete ELB firstly.",
        message: "ELB exists under this router, delete ELB firstly.",
        when: "A load balancer is registered in the VPC.",
        fix: "Delete the load balancer first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0119",
        service: "vpc",
        group: "delete_vpc",
        status: &[500],
        code: "VPC.0119",
        template: "ELB Error.",
        message: "ELB Error.",
        when: "The registry of load balancers did not answer.",
        fix: "Retry once the load balancer service answers again.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_vpc/VPC.0120",
        service: "vpc",
        group: "delete_vpc",
        status: &[409],
        code: "VPC.0120",
        template: "exroutes exists under this router, delete exroutes firstly.",
        message: "exroutes exists under this router, delete exroutes firstly.",
        when: "The VPC still has custom routes in its default route table or rows of the older route API.",
        fix: "Delete the custom routes first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_vpc/VPC.0101",
        service: "vpc",
        group: "update_vpc",
        status: &[400],
        code: "VPC.0101",
        template: "Update router {0} is invalid.",
        message: "Update router xx is invalid.",
        when: "The vpc_id is not a UUID, or the named attribute breaks the rules of creation.",
        fix: "Correct the attribute that the message names.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_vpc/VPC.0105",
        service: "vpc",
        group: "update_vpc",
        status: &[404, 500],
        code: "VPC.0105",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 no VPC of the project has this id; with 500 the network backend failed.",
        fix: "On 404 check the id and the project, on 500 retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_vpc/VPC.0113",
        service: "vpc",
        group: "update_vpc",
        status: &[500],
        code: "VPC.0113",
        template: "Router status is not active.",
        message: "Router status is not active.",
        when: "The VPC's status is not OK.",
        fix: "Poll the VPC until its status is OK, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_vpc/VPC.0115",
        service: "vpc",
        group: "update_vpc",
        status: &[400],
        code: "VPC.0115",
        template: "The router name has exist.",
        message: "The router name has exist.",
        when: "Another VPC of the project has the new name.",
        fix: "Choose another name.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_vpc/VPC.0117",
        service: "vpc",
        group: "update_vpc",
        status: &[400],
        code: "VPC.0117",
        template: "Cidr can not contain subnetList cidr.",
        message: "Cidr can not contain subnetList cidr.",
        when: "The new cidr does not contain every subnet of the VPC.",
        fix: "Choose a cidr that contains all subnets, or delete the ones outside it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_subnet/VPC.0201",
        service: "vpc",
        group: "create_subnet",
        status: &[400],
        code: "VPC.0201",
        template: "Subnet name is invalid.",
        message: "Subnet name is invalid.",
        when: "The name is missing or breaks its rules, or the gateway, a DNS server, a DHCP option or the vpc_id is invalid.",
        fix: "Correct the attribute: the name has 1 to 64 characters, the gateway lies inside the subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_subnet/VPC.0202",
        service: "vpc",
        group: "create_subnet",
        status: &[500],
        code: "VPC.0202",
        template: "Create subnet failed.",
        message: "Create subnet failed.",
        when: "The network backend failed to create the subnet.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_subnet/VPC.0203",
        service: "vpc",
        group: "create_subnet",
        status: &[400],
        code: "VPC.0203",
        template: "Subnet is not in the range of VPC.",
        message: "Subnet is not in the range of VPC.",
        when: "The subnet's cidr lies neither in the VPC's cidr nor in one of its secondary blocks.",
        fix: "Choose a cidr inside the VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_subnet/VPC.0204",
        service: "vpc",
        group: "create_subnet",
        status: &[400],
        code: "VPC.0204",
        template: "The subnet has already existed in the VPC, or has been in conflict with the VPC subnet.",
        message: "The subnet has already existed in the VPC, or has been in conflict with the VPC subnet.",
        when: "The cidr equals or overlaps that of another subnet of the VPC.",
        fix: "Choose a cidr that is free in the VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_subnet/VPC.0212",
        service: "vpc",
        group: "create_subnet",
        status: &[400],
        code: "VPC.0212",
        template: "The subnet cidr is not valid.",
        message: "The subnet cidr is not valid.",
        when: "The cidr cannot be read, has host bits set, or is smaller than a /28.",
        fix: "Send a network address with a prefix of at most 28.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_subnet/VPC.0201",
        service: "vpc",
        group: "show_subnet",
        status: &[400],
        code: "VPC.0201",
        template: "Subnet ID is invalid.",
        message: "Subnet ID is invalid.",
        when: "The subnet_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_subnet/VPC.0202",
        service: "vpc",
        group: "show_subnet",
        status: &[404, 500],
        code: "VPC.0202",
        template: "Query subnet fail.",
        message: "Query subnet fail.",
        when: "With 404 no subnet of the project has this id; with 500 the network backend failed.",
        fix: "On 404 check the id and the project, on 500 retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_subnets/VPC.0201",
        service: "vpc",
        group: "list_subnets",
        status: &[400],
        code: "VPC.0201",
        template: "Query subnets list error.",
        message: "Query subnets list error.",
        when: "The limit is not a number from 0 to 2000, or the marker or vpc_id is malformed.",
        fix: "Correct the query parameter.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_subnets/VPC.0202",
        service: "vpc",
        group: "list_subnets",
        status: &[500],
        code: "VPC.0202",
        template: "List subnets error.",
        message: "List subnets error.",
        when: "The network backend failed while it listed subnets.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0201",
        service: "vpc",
        group: "delete_subnet",
        status: &[400],
        code: "VPC.0201",
        template: "Subnet ID is invalid.",
        message: "Subnet ID is invalid.",
        when: "The vpc_id or the subnet_id in the path is not a UUID.",
        fix: "Send the ids as the creations answered them.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0202",
        service: "vpc",
        group: "delete_subnet",
        status: &[404, 500],
        code: "VPC.0202",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 no subnet of the project has this id; with 500 the network backend failed.",
        fix: "After a 404 there is nothing left to delete, on 500 retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0207",
        service: "vpc",
        group: "delete_subnet",
        status: &[400],
        code: "VPC.0207",
        template: "Subnet does not belong to the VPC.",
        message: "Subnet does not belong to the VPC.",
        when: "The subnet exists, but in another VPC than the path names.",
        fix: "Send the id of the subnet's own VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0208",
        service: "vpc",
        group: "delete_subnet",
        status: &[500],
        code: "VPC.0208",
        template: "Subnet is used by private IP, can not be deleted.",
        message: "Subnet is used by private IP, can not be deleted.",
        when: "Private or virtual IP addresses are allocated in the subnet.",
        fix: "Release the private and virtual IP addresses first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0209",
        service: "vpc",
        group: "delete_subnet",
        status: &[500],
        code: "VPC.0209",
        template: "subnet is still used ,such as computer,LB.",
        message: "subnet is still used ,such as computer,LB.",
        when: "An instance, a NAT gateway, an endpoint or another service has a port in the subnet.",
        fix: "Delete what uses the subnet first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0210",
        service: "vpc",
        group: "delete_subnet",
        status: &[500],
        code: "VPC.0210",
        template: "Subnet has been used by routes, please remove the routes first and try again.",
        message: "Subnet has been used by routes, please remove the routes first and try again.",
        when: "A custom route leads to a next hop inside the subnet.",
        fix: "Remove the route first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_subnet/VPC.0211",
        service: "vpc",
        group: "delete_subnet",
        status: &[500],
        code: "VPC.0211",
        template: "subnet is still used by LBaas.",
        message: "subnet is still used by LBaas.",
        when: "A load balancer has a port in the subnet.",
        fix: "Delete the load balancer first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_subnet/VPC.0201",
        service: "vpc",
        group: "update_subnet",
        status: &[400],
        code: "VPC.0201",
        template: "{0} is invalid.",
        message: "xx is invalid.",
        when: "The named attribute is invalid; the name is mandatory.",
        fix: "Correct the attribute that the message names.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_subnet/VPC.0202",
        service: "vpc",
        group: "update_subnet",
        status: &[404, 500],
        code: "VPC.0202",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 no subnet of the project has this id; with 500 the network backend failed.",
        fix: "On 404 check the id and the project, on 500 retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_subnet/VPC.0205",
        service: "vpc",
        group: "update_subnet",
        status: &[500],
        code: "VPC.0205",
        template: "Subnet states is invalid, please try again later.",
        message: "Subnet states is invalid, please try again later.",
        when: "The subnet is not ACTIVE yet, or is in ERROR.",
        fix: "Poll the subnet until it is ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_subnet/VPC.0207",
        service: "vpc",
        group: "update_subnet",
        status: &[400],
        code: "VPC.0207",
        template: "Subnet does not belong to the VPC.",
        message: "Subnet does not belong to the VPC.",
        when: "The subnet exists, but in another VPC than the path names.",
        fix: "Send the id of the subnet's own VPC.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0301",
        service: "vpc",
        group: "create_publicip",
        status: &[400],
        code: "VPC.0301",
        template: "Bandwidth name or share_type is invalid.",
        message: "Bandwidth name or share_type is invalid.",
        when: "The bandwidth object or its share_type is missing, a PER bandwidth lacks a valid name or size, or a WHOLE one lacks its id.",
        fix: "Send share_type PER with name and size, or WHOLE with the id of a shared bandwidth.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0501",
        service: "vpc",
        group: "create_publicip",
        status: &[400],
        code: "VPC.0501",
        template: "Bandwidth share_type is invalid.",
        message: "Bandwidth share_type is invalid.",
        when: "The share_type is neither PER nor WHOLE, the type, ip_version or alias is invalid, or the id names no shared bandwidth of the project.",
        fix: "Correct the value; GET publicip types lists what the region offers.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0502",
        service: "vpc",
        group: "create_publicip",
        status: &[403],
        code: "VPC.0502",
        template: "Tenant status is op_restricted.",
        message: "Tenant status is op_restricted.",
        when: "The account is restricted by the operator, for instance in arrears.",
        fix: "Clear the arrears or have the operator lift the restriction.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0503",
        service: "vpc",
        group: "create_publicip",
        status: &[500],
        code: "VPC.0503",
        template: "Creating publicIp failed.",
        message: "Creating publicIp failed.",
        when: "The backend failed to allocate an address.",
        fix: "Retry; if it lasts, have the operator look at the address pool.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0504",
        service: "vpc",
        group: "create_publicip",
        status: &[500],
        code: "VPC.0504",
        template: "FloatIp is null.",
        message: "FloatIp is null.",
        when: "The backend reported an allocation without any address.",
        fix: "Retry; if it lasts, have the operator look at the address pool.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0508",
        service: "vpc",
        group: "create_publicip",
        status: &[500],
        code: "VPC.0508",
        template: "Port is invalid.",
        message: "Port is invalid.",
        when: "The port_id is well formed, but the project has no such port.",
        fix: "Send the id of an existing port, or bind the EIP later.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0510",
        service: "vpc",
        group: "create_publicip",
        status: &[409],
        code: "VPC.0510",
        template: "Floatingip has already associated with port.",
        message: "Floatingip has already associated with port.",
        when: "The requested ip_address is an EIP of this project that is already bound to a port.",
        fix: "Unbind that EIP, or request another address.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0511",
        service: "vpc",
        group: "create_publicip",
        status: &[409],
        code: "VPC.0511",
        template: "Port has already associated with floatingip.",
        message: "Port has already associated with floatingip.",
        when: "The port already has an EIP.",
        fix: "Unbind the port's EIP first, or choose another port.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0521",
        service: "vpc",
        group: "create_publicip",
        status: &[409],
        code: "VPC.0521",
        template: "Quota exceeded for resources: ['floatingip'].",
        message: "Quota exceeded for resources: ['floatingip'].",
        when: "The project already has as many EIPs as its quota allows.",
        fix: "Release an EIP or have the quota of type publicIp raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0522",
        service: "vpc",
        group: "create_publicip",
        status: &[409],
        code: "VPC.0522",
        template: "The IP address is in use.",
        message: "The IP address is in use.",
        when: "The requested ip_address is malformed, outside the pool, or already allocated.",
        fix: "Request another address, or none to get any free one.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0532",
        service: "vpc",
        group: "create_publicip",
        status: &[409],
        code: "VPC.0532",
        template: "No more IP addresses available on network.",
        message: "No more IP addresses available on network.",
        when: "The address pool of this type has no free address.",
        fix: "Release an EIP of this type, choose another type, or have the operator extend the pool.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_publicip/VPC.0501",
        service: "vpc",
        group: "show_publicip",
        status: &[400],
        code: "VPC.0501",
        template: "Invalid floatingip_id.",
        message: "Invalid floatingip_id.",
        when: "The publicip_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it, not the address.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_publicip/VPC.0504",
        service: "vpc",
        group: "show_publicip",
        status: &[404],
        code: "VPC.0504",
        template: "Floating IP could not be found.",
        message: "Floating IP could not be found.",
        when: "No EIP of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_publicip/VPC.0514",
        service: "vpc",
        group: "show_publicip",
        status: &[500],
        code: "VPC.0514",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it read the EIP.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_publicips/VPC.0501",
        service: "vpc",
        group: "list_publicips",
        status: &[400],
        code: "VPC.0501",
        template: "Invalid limit.",
        message: "Invalid limit.",
        when: "The limit is not a number from 0 to 2000, or the marker or a filter is malformed.",
        fix: "Correct the query parameter.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0501",
        service: "vpc",
        group: "delete_publicip",
        status: &[400],
        code: "VPC.0501",
        template: "Invalid param.",
        message: "Invalid param.",
        when: "The publicip_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it, not the address.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0504",
        service: "vpc",
        group: "delete_publicip",
        status: &[404],
        code: "VPC.0504",
        template: "Floating IP could not be found.",
        message: "Floating IP could not be found.",
        when: "No EIP of the project has this id.",
        fix: "There is nothing left to release.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0512",
        service: "vpc",
        group: "delete_publicip",
        status: &[409],
        code: "VPC.0512",
        template: "Resource status is busy, try it again later.",
        message: "Resource status is busy, try it again later.",
        when: "The EIP is in transition: being created, bound, updated or deleted.",
        fix: "Poll the EIP until it is DOWN, then release it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0513",
        service: "vpc",
        group: "delete_publicip",
        status: &[500],
        code: "VPC.0513",
        template: "getElementByKey error.",
        message: "getElementByKey error.",
        when: "The address pool that the EIP came from is no longer configured.",
        fix: "Have the operator restore the pool.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0516",
        service: "vpc",
        group: "delete_publicip",
        status: &[500],
        code: "VPC.0516",
        template: "Publicip is in used by ELB.",
        message: "Publicip is in used by ELB.",
        when: "The EIP is bound to a load balancer.",
        fix: "Unbind it from the load balancer first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0517",
        service: "vpc",
        group: "delete_publicip",
        status: &[409],
        code: "VPC.0517",
        template: "Floatingip has associated with port, please disassociate it firstly.",
        message: "Floatingip has associated with port, please disassociate it firstly.",
        when: "The EIP is bound to a port.",
        fix: "Unbind it by an update without port_id first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_publicip/VPC.0518",
        service: "vpc",
        group: "delete_publicip",
        status: &[500],
        code: "VPC.0518",
        template: "Public IP has firewall rules.",
        message: "Public IP has firewall rules.",
        when: "A firewall rule of the project names the EIP's address.",
        fix: "Remove the address from the firewall rules first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0501",
        service: "vpc",
        group: "update_publicip",
        status: &[400],
        code: "VPC.0501",
        template: "Port id is invalid.",
        message: "Port id is invalid.",
        when: "The port_id is not a UUID, comes together with ip_version, or the alias is invalid.",
        fix: "Send one valid change at a time.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0504",
        service: "vpc",
        group: "update_publicip",
        status: &[404],
        code: "VPC.0504",
        template: "Floating IP could not be found.",
        message: "Floating IP could not be found.",
        when: "No EIP of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0509",
        service: "vpc",
        group: "update_publicip",
        status: &[500],
        code: "VPC.0509",
        template: "Floating ip double status is invalid.",
        message: "Floating ip double status is invalid.",
        when: "The EIP is already bound, and the requested port already has another EIP.",
        fix: "Unbind both first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0510",
        service: "vpc",
        group: "update_publicip",
        status: &[409],
        code: "VPC.0510",
        template: "Floatingip has already associated with port.",
        message: "Floatingip has already associated with port.",
        when: "The EIP is already bound to another port.",
        fix: "Unbind the EIP first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0511",
        service: "vpc",
        group: "update_publicip",
        status: &[409],
        code: "VPC.0511",
        template: "Port has already associated with floatingip.",
        message: "Port has already associated with floatingip.",
        when: "The requested port already has an EIP.",
        fix: "Unbind the port's EIP first, or choose another port.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0512",
        service: "vpc",
        group: "update_publicip",
        status: &[409],
        code: "VPC.0512",
        template: "Resource status is busy, try it again later.",
        message: "Resource status is busy, try it again later.",
        when: "The EIP is in transition, frozen or in ERROR.",
        fix: "Poll the EIP until it is DOWN or ACTIVE, then retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_publicip/VPC.0514",
        service: "vpc",
        group: "update_publicip",
        status: &[404, 500],
        code: "VPC.0514",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 the project has no port with this port_id; with 500 the backend failed.",
        fix: "On 404 check the port_id, on 500 retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_bandwidth/VPC.0301",
        service: "vpc",
        group: "show_bandwidth",
        status: &[400],
        code: "VPC.0301",
        template: "getBandwidth error bandwidthId is invalid.",
        message: "getBandwidth error bandwidthId is invalid.",
        when: "The bandwidth_id in the path is not a UUID.",
        fix: "Send the bandwidth_id that the EIP shows.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_bandwidth/VPC.0306",
        service: "vpc",
        group: "show_bandwidth",
        status: &[404],
        code: "VPC.0306",
        template: "No Eip bandwidth exist with id.",
        message: "No Eip bandwidth exist with id.",
        when: "No bandwidth of the project has this id.",
        fix: "Check the id; a bandwidth of share_type PER goes with its EIP.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_bandwidth/VPC.0302",
        service: "vpc",
        group: "show_bandwidth",
        status: &[500],
        code: "VPC.0302",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it read the bandwidth.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_bandwidths/VPC.0301",
        service: "vpc",
        group: "list_bandwidths",
        status: &[400],
        code: "VPC.0301",
        template: "Get bandwidths error limit is invalid.",
        message: "Get bandwidths error limit is invalid.",
        when: "The limit is not a number from 0 to 2000, the share_type is neither PER nor WHOLE, or the marker is not a UUID.",
        fix: "Correct the query parameter.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_bandwidths/VPC.0306",
        service: "vpc",
        group: "list_bandwidths",
        status: &[404],
        code: "VPC.0306",
        template: "No Eip bandwidth exist with id.",
        message: "No Eip bandwidth exist with id.",
        when: "The marker is a UUID that names no bandwidth of the project.",
        fix: "Take the marker from the last item of the previous page.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_bandwidths/VPC.0302",
        service: "vpc",
        group: "list_bandwidths",
        status: &[500],
        code: "VPC.0302",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it listed bandwidths.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_bandwidth/VPC.0301",
        service: "vpc",
        group: "update_bandwidth",
        status: &[400],
        code: "VPC.0301",
        template: "updateBandwidth input param is invalid.",
        message: "updateBandwidth input param is invalid.",
        when: "Neither name nor size is given, one of them breaks its rules, the bandwidth is frozen, or its id is not a UUID.",
        fix: "Send a valid name or a size on the region's steps.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_bandwidth/VPC.0302",
        service: "vpc",
        group: "update_bandwidth",
        status: &[500],
        code: "VPC.0302",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it read the bandwidth.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_bandwidth/VPC.0305",
        service: "vpc",
        group: "update_bandwidth",
        status: &[500],
        code: "VPC.0305",
        template: "updateBandwidth error.",
        message: "updateBandwidth error.",
        when: "The change could not be applied or stored.",
        fix: "Retry; if it lasts, have the operator check the backend and the store.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_shared_bandwidth/VPC.0310",
        service: "vpc",
        group: "create_shared_bandwidth",
        status: &[400],
        code: "VPC.0310",
        template: "NO QUOTAS for shareBandwidth!",
        message: "NO QUOTAS for shareBandwidth!",
        when: "The project would have more shared bandwidths than its quota allows.",
        fix: "Delete a shared bandwidth or have the quota of type shareBandwidth raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0301",
        service: "vpc",
        group: "insert_or_remove_shared_bandwidth_publicip",
        status: &[400],
        code: "VPC.0301",
        template: "Invalid {0}",
        message: "Invalid publicip_id",
        when: "The list publicip_info is empty, or one of its ids is no UUID or no EIP of the project.",
        fix: "Send the ids of EIPs that the project owns.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0323",
        service: "vpc",
        group: "insert_or_remove_shared_bandwidth_publicip",
        status: &[400],
        code: "VPC.0323",
        template: "publicIp can not be operate with this bandwidth",
        message: "publicIp can not be operate with this bandwidth",
        when: "The bandwidth is not shared or not NORMAL, or an EIP is in the wrong state, already in a shared bandwidth, not in this one, or one too many.",
        fix: "Check the bandwidth's share_type and status and where each EIP belongs.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_quotas/VPC.1207",
        service: "vpc",
        group: "show_quotas",
        status: &[400],
        code: "VPC.1207",
        template: "resource type is invalid.",
        message: "resource type is invalid.",
        when: "The type in the query is not a type of quota.",
        fix: "Leave the type out to see all types.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_privateip/VPC.0701",
        service: "vpc",
        group: "create_privateip",
        status: &[500],
        code: "VPC.0701",
        template: "The IP has been used.",
        message: "The IP has been used.",
        when: "The requested ip_address is already held by a port of the subnet.",
        fix: "Request another address, or none to get any free one.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_privateip/VPC.0705",
        service: "vpc",
        group: "create_privateip",
        status: &[400],
        code: "VPC.0705",
        template: "IP address is not a valid IP for the specified subnet.",
        message: "IP address is not a valid IP for the specified subnet.",
        when: "The requested ip_address lies outside the subnet or is reserved: network, gateway or one of the last addresses.",
        fix: "Request a usable address of the subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_privateip/VPC.2204",
        service: "vpc",
        group: "create_privateip",
        status: &[404],
        code: "VPC.2204",
        template: "Query resource by id fail.",
        message: "Query resource by id fail.",
        when: "No subnet of the project has this subnet_id.",
        fix: "Send the id of a subnet that the project owns.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_privateip/VPC.0703",
        service: "vpc",
        group: "create_privateip",
        status: &[409],
        code: "VPC.0703",
        template: "No more IP addresses available on network {0}.",
        message: "No more IP addresses available on network xxx.",
        when: "The subnet has no free address left.",
        fix: "Release an address or use another subnet.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_privateip/VPC.0704",
        service: "vpc",
        group: "show_privateip",
        status: &[404],
        code: "VPC.0704",
        template: "Query resource by id fail.",
        message: "Query resource by id fail.",
        when: "No private IP of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_privateips/VPC.0702",
        service: "vpc",
        group: "list_privateips",
        status: &[400],
        code: "VPC.0702",
        template: "query privateIps error.",
        message: "query privateIps error.",
        when: "The limit, the marker or the subnet_id is malformed.",
        fix: "Correct the parameter.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_privateip/VPC.0704",
        service: "vpc",
        group: "delete_privateip",
        status: &[404],
        code: "VPC.0704",
        template: "Query resource by id fail.",
        message: "Query resource by id fail.",
        when: "No private IP of the project has this id.",
        fix: "There is nothing left to release.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_privateip/VPC.0706",
        service: "vpc",
        group: "delete_privateip",
        status: &[500],
        code: "VPC.0706",
        template: "Delete port fail.",
        message: "Delete port fail.",
        when: "The network backend failed to delete the port.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_privateip/VPC.0707",
        service: "vpc",
        group: "delete_privateip",
        status: &[409],
        code: "VPC.0707",
        template: "privateIp is in use.",
        message: "privateIp is in use.",
        when: "The private IP belongs to an instance or a service, or is a virtual IP that is still bound.",
        fix: "Detach it first.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_security_group/VPC.0601",
        service: "vpc",
        group: "create_security_group",
        status: &[400],
        code: "VPC.0601",
        template: "Creating securitygroup name is invalid.",
        message: "Creating securitygroup name is invalid.",
        when: "The name is missing or breaks its rules, or the vpc_id or enterprise_project_id is malformed.",
        fix: "Send a name of 1 to 64 characters and valid ids.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_security_group/VPC.0602",
        service: "vpc",
        group: "create_security_group",
        status: &[500],
        code: "VPC.0602",
        template: "Add security group fail.",
        message: "Add security group fail.",
        when: "The network backend failed to create the security group, or the name is the reserved one.",
        fix: "Choose a name other than default; otherwise retry.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_security_group/VPC.0604",
        service: "vpc",
        group: "create_security_group",
        status: &[409],
        code: "VPC.0604",
        template: "Quota exceeded for resources: ['security_group'].",
        message: "Quota exceeded for resources: ['security_group'].",
        when: "The project already has as many security groups as its quota allows.",
        fix: "Delete a security group or have the quota of type securityGroup raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_security_group/VPC.0601",
        service: "vpc",
        group: "show_security_group",
        status: &[400],
        code: "VPC.0601",
        template: "Securitygroup id is invalid.",
        message: "Securitygroup id is invalid.",
        when: "The security_group_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_security_group/VPC.0602",
        service: "vpc",
        group: "show_security_group",
        status: &[500],
        code: "VPC.0602",
        template: "Query security group fail.",
        message: "Query security group fail.",
        when: "The network backend failed before the security group was found.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_security_group/VPC.0603",
        service: "vpc",
        group: "show_security_group",
        status: &[404],
        code: "VPC.0603",
        template: "Securitygroup is not exist.",
        message: "Securitygroup is not exist.",
        when: "No security group of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_security_group/VPC.0612",
        service: "vpc",
        group: "show_security_group",
        status: &[404, 500],
        code: "VPC.0612",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "With 404 the security group is on record but missing in the network backend; with 500 the backend failed.",
        fix: "Retry; if it lasts, have the operator reconcile the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_security_groups/VPC.0601",
        service: "vpc",
        group: "list_security_groups",
        status: &[400],
        code: "VPC.0601",
        template: "Query security groups error {0} is invalid.",
        message: "Query security groups error limit is invalid.",
        when: "The limit is not a number from 0 to 2000, or the marker or vpc_id is not a UUID.",
        fix: "Correct the query parameter.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_security_groups/VPC.0602",
        service: "vpc",
        group: "list_security_groups",
        status: &[500],
        code: "VPC.0602",
        template: "Query security groups fail.",
        message: "Query security groups fail.",
        when: "The network backend failed while it listed security groups.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_security_group_rule/VPC.0602",
        service: "vpc",
        group: "create_security_group_rule",
        status: &[409],
        code: "VPC.0602",
        template: "{0}",
        message: "1.Security group rule already exists. 2.Quota exceeded for resources: ['security_group_rule']. 3.Failed to create the security group rule concurrently. The rule already exists.",
        when: "An equal rule exists, was created at the same moment, or the quota of rules is used up; the message is the matching one of the three sentences.",
        fix: "Use the existing rule, or delete rules or have the quota of type securityGroupRule raised.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_network_ip_availabilities/VPC.2301",
        service: "vpc",
        group: "show_network_ip_availabilities",
        status: &[400],
        code: "VPC.2301",
        template: "parameter network_id is invalid.",
        message: "parameter network_id is invalid.",
        when: "The network_id in the path is not a UUID.",
        fix: "Send the id of a subnet as the v1 API shows it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_network_ip_availabilities/VPC.2302",
        service: "vpc",
        group: "show_network_ip_availabilities",
        status: &[400],
        code: "VPC.2302",
        template: "Network {0} could not be found.",
        message: "Network xxx could not be found.",
        when: "The network_id is well formed, but the project has no such network.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_flow_log/VPC.3001",
        service: "vpc",
        group: "create_flow_log",
        status: &[400],
        code: "VPC.3001",
        template: "{0} is invalid",
        message: "resource_type/log_store_type/traffic_type/log_group_id/log_topic_id is invalid",
        when: "One of resource_type, log_store_type, traffic_type, log_group_id and log_topic_id is invalid.",
        fix: "Correct the value: port, network or vpc; all, accept or reject; lts; UUIDs.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_flow_log/VPC.3002/400",
        service: "vpc",
        group: "create_flow_log",
        status: &[400],
        code: "VPC.3002",
        template: "Port does not support flow log, port id : {0}",
        message: "Port does not support flow log, port id : xxx",
        when: "The port belongs to no instance, or to an instance whose flavor has no flow logs.",
        fix: "Log a port of a supported instance, or its network.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_flow_log/VPC.3002/404",
        service: "vpc",
        group: "create_flow_log",
        status: &[404],
        code: "VPC.3002",
        template: "{0} {1} could not be found.",
        message: "Port/Network/Vpc xxx could not be found.",
        when: "The port, network or VPC to log does not exist in the project.",
        fix: "Send the id of an existing resource of the stated type.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_flow_log/VPC.3004",
        service: "vpc",
        group: "create_flow_log",
        status: &[409],
        code: "VPC.3004",
        template: "Content of flow log is duplicate: resource type {0}, reousce id {1}, traffic type {2}, log group id {3}, log topic id {4}, log store type {5}, log store name {6}.",
        message: "Content of flow log is duplicate: resource type xxx, reousce id xxx, traffic type all, log group id xxx, log topic id xxx, log store type xxx, log store name xxx.",
        when: "The same resource is already logged with this traffic type to this group and topic.",
        fix: "Use the existing flow log, or log to another topic.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/create_flow_log/VPC.3002/500",
        service: "vpc",
        group: "create_flow_log",
        status: &[500],
        code: "VPC.3002",
        template: "Create flow log by {0} fail.",
        message: "Create flow log by xxx(tenant_id) fail.",
        when: "The log service did not answer, or the flow log could not be stored.",
        fix: "Retry once the log service answers again.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_flow_logs/VPC.3001",
        service: "vpc",
        group: "list_flow_logs",
        status: &[404],
        code: "VPC.3001",
        template: "resource could not be found, {0} is invalid",
        message: "resource could not be found, xxx(listParam) is invalid",
        when: "The named parameter of the list is invalid.",
        fix: "Correct the query parameter that the message names.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/list_flow_logs/VPC.3002",
        service: "vpc",
        group: "list_flow_logs",
        status: &[500],
        code: "VPC.3002",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it listed flow logs.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_flow_log/VPC.3001",
        service: "vpc",
        group: "show_flow_log",
        status: &[404],
        code: "VPC.3001",
        template: "resource could not be found, flowlog id is invalid.",
        message: "resource could not be found, flowlog id is invalid.",
        when: "The flowlog_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/show_flow_log/VPC.3002",
        service: "vpc",
        group: "show_flow_log",
        status: &[404],
        code: "VPC.3002",
        template: "Flow log {0} could not be found.",
        message: "Flow log xxx could not be found.",
        when: "No flow log of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_flow_log/VPC.3001",
        service: "vpc",
        group: "update_flow_log",
        status: &[404],
        code: "VPC.3001",
        template: "resource could not be found, flowlog id is invalid.",
        message: "resource could not be found, flowlog id is invalid.",
        when: "The flowlog_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_flow_log/VPC.3005",
        service: "vpc",
        group: "update_flow_log",
        status: &[404],
        code: "VPC.3005",
        template: "Flow log {0} could not be found.",
        message: "Flow log xxx could not be found.",
        when: "No flow log of the project has this id.",
        fix: "Check the id and the project.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/update_flow_log/VPC.3002",
        service: "vpc",
        group: "update_flow_log",
        status: &[500],
        code: "VPC.3002",
        template: "Update flow log by {0} fail.",
        message: "Update flow log by xxx(tenant_id) fail.",
        when: "The change could not be stored, or the log service did not answer.",
        fix: "Retry once the log service answers again.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_flow_log/VPC.3001",
        service: "vpc",
        group: "delete_flow_log",
        status: &[404],
        code: "VPC.3001",
        template: "resource could not be found, flowlog id is invalid.",
        message: "resource could not be found, flowlog id is invalid.",
        when: "The flowlog_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_flow_log/VPC.3005",
        service: "vpc",
        group: "delete_flow_log",
        status: &[404],
        code: "VPC.3005",
        template: "Flow log {0} could not be found.",
        message: "Flow log xxx could not be found.",
        when: "No flow log of the project has this id.",
        fix: "There is nothing left to delete.",
        extra: false,
    },
    Row {
        id: "huawei/vpc/delete_flow_log/VPC.3002",
        service: "vpc",
        group: "delete_flow_log",
        status: &[500],
        code: "VPC.3002",
        template: "Delete flow log by {0} fail.",
        message: "Delete flow log by xxx(tenant_id) fail.",
        when: "The deletion could not be stored, or the log service did not answer.",
        fix: "Retry once the log service answers again.",
        extra: false,
    },
    Row {
        id: "huawei/gateway/APIGW.0101",
        service: "gateway",
        group: "gateway",
        status: &[404],
        code: "APIGW.0101",
        template: "The API does not exist or has not been published in the environment.",
        message: "The API does not exist or has not been published in the environment.",
        when: "No API has this path, for instance because a path parameter is empty.",
        fix: "Check the path and that every parameter in it has a value.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0101/method",
        service: "gateway",
        group: "gateway",
        status: &[404],
        code: "APIGW.0101",
        template: "The API does not exist.",
        message: "The API does not exist.",
        when: "The path is known, but not with this method.",
        fix: "Use the method that the API documents.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0103",
        service: "gateway",
        group: "gateway",
        status: &[404],
        code: "APIGW.0103",
        template: "The backend does not exist.",
        message: "The backend does not exist.",
        when: "The gateway has no backend for the API.",
        fix: "Have the operator configure the backend.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0104",
        service: "gateway",
        group: "gateway",
        status: &[400],
        code: "APIGW.0104",
        template: "The plug-ins do not exist.",
        message: "The plug-ins do not exist.",
        when: "The API refers to a plug-in of the gateway that does not exist.",
        fix: "Have the operator correct the gateway's configuration.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0105",
        service: "gateway",
        group: "gateway",
        status: &[400],
        code: "APIGW.0105",
        template: "The backend configurations do not exist.",
        message: "The backend configurations do not exist.",
        when: "The API has no backend configuration.",
        fix: "Have the operator correct the gateway's configuration.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0106",
        service: "gateway",
        group: "gateway",
        status: &[400],
        code: "APIGW.0106",
        template: "Orchestration error.",
        message: "Orchestration error.",
        when: "The gateway could not orchestrate the request.",
        fix: "Have the operator correct the gateway's configuration.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0201/400",
        service: "gateway",
        group: "gateway",
        status: &[400],
        code: "APIGW.0201",
        template: "API request error.",
        message: "API request error.",
        when: "The request is not valid HTTP for the gateway, such as a body shorter than its Content-Length or a bad percent escape.",
        fix: "Correct the request's framing and encoding.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0201/413",
        service: "gateway",
        group: "gateway",
        status: &[413],
        code: "APIGW.0201",
        template: "Request entity too large.",
        message: "Request entity too large.",
        when: "The body is larger than 12 MB.",
        fix: "Send a smaller body.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0201/414",
        service: "gateway",
        group: "gateway",
        status: &[414],
        code: "APIGW.0201",
        template: "Request URI too large.",
        message: "Request URI too large.",
        when: "The request line is too long.",
        fix: "Shorten the path or the query.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0201/494",
        service: "gateway",
        group: "gateway",
        status: &[494],
        code: "APIGW.0201",
        template: "Request headers too large.",
        message: "Request headers too large.",
        when: "The headers are too large together.",
        fix: "Send fewer or shorter headers.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0201/502",
        service: "gateway",
        group: "gateway",
        status: &[502],
        code: "APIGW.0201",
        template: "Backend unavailable.",
        message: "Backend unavailable.",
        when: "The backend refused the connection or broke it off.",
        fix: "Retry; if it lasts, have the operator look at the service.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0201/504",
        service: "gateway",
        group: "gateway",
        status: &[504],
        code: "APIGW.0201",
        template: "Backend timeout.",
        message: "Backend timeout.",
        when: "The backend did not answer in time.",
        fix: "Retry; if it lasts, have the operator look at the service.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0301",
        service: "gateway",
        group: "gateway",
        status: &[401],
        code: "APIGW.0301",
        template: "Incorrect IAM authentication information: {0}",
        message: "Incorrect IAM authentication information: xxx",
        when: "The request carries no credential, an unknown or locked access key, a wrong signature, a date off by more than 15 minutes, or a token that cannot be read; the message ends with the reason.",
        fix: "Compare the canonical request in the message with the one that was signed, and check the key, the clock and the token.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0302",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0302",
        template: "The IAM user is not authorized to access the API.",
        message: "The IAM user is not authorized to access the API.",
        when: "The user's policy does not allow any call of this API.",
        fix: "Grant the user access to the API.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0303",
        service: "gateway",
        group: "gateway",
        status: &[401],
        code: "APIGW.0303",
        template: "Incorrect app authentication information.",
        message: "Incorrect app authentication information.",
        when: "The credential of an app is wrong.",
        fix: "Check the app's key and secret.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0304",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0304",
        template: "The app is not authorized to access the API.",
        message: "The app is not authorized to access the API.",
        when: "The app is not authorized to call the API.",
        fix: "Authorize the app for the API.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0305",
        service: "gateway",
        group: "gateway",
        status: &[401],
        code: "APIGW.0305",
        template: "Incorrect authentication information.",
        message: "Incorrect authentication information.",
        when: "The credential is of a kind that the API does not accept.",
        fix: "Sign with an access key or send a token.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0306",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0306",
        template: "API access denied.",
        message: "API access denied.",
        when: "A policy of the gateway denies the call.",
        fix: "Have the operator allow the caller.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0307",
        service: "gateway",
        group: "gateway",
        status: &[401],
        code: "APIGW.0307",
        template: "The token must be updated.",
        message: "The token must be updated.",
        when: "The token has expired or comes from another region.",
        fix: "Request a new token.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0308",
        service: "gateway",
        group: "gateway",
        status: &[429],
        code: "APIGW.0308",
        template: "The throttling threshold has been reached.",
        message: "The throttling threshold has been reached.",
        when: "The caller sent more requests than the limit allows.",
        fix: "Slow down and retry after a pause.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0310",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0310",
        template: "The project is unavailable.",
        message: "The project is unavailable.",
        when: "The project is disabled.",
        fix: "Have the operator enable the project.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0311",
        service: "gateway",
        group: "gateway",
        status: &[401],
        code: "APIGW.0311",
        template: "Incorrect debugging authentication information.",
        message: "Incorrect debugging authentication information.",
        when: "The credential for debugging the API is wrong.",
        fix: "Check the debugging credential.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0401",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0401",
        template: "Unknown client IP address.",
        message: "Unknown client IP address.",
        when: "The gateway cannot tell the client's address.",
        fix: "Call without the proxy that hides it.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0402",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0402",
        template: "The IP address is not authorized to access the API.",
        message: "The IP address is not authorized to access the API.",
        when: "The client's address is not allowed to call the API.",
        fix: "Have the operator allow the address.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0404",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0404",
        template: "Access to the backend IP address has been denied.",
        message: "Access to the backend IP address has been denied.",
        when: "The gateway may not reach the backend's address.",
        fix: "Have the operator correct the backend's address.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0501",
        service: "gateway",
        group: "gateway",
        status: &[405],
        code: "APIGW.0501",
        template: "The app quota has been used up.",
        message: "The app quota has been used up.",
        when: "The app's quota of calls is used up.",
        fix: "Wait for the next period or have the quota raised.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0502",
        service: "gateway",
        group: "gateway",
        status: &[405],
        code: "APIGW.0502",
        template: "The app has been frozen.",
        message: "The app has been frozen.",
        when: "The app is frozen.",
        fix: "Have the operator unfreeze the app.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0601",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0601",
        template: "Internal server error.",
        message: "Internal server error.",
        when: "The gateway itself failed.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0602",
        service: "gateway",
        group: "gateway",
        status: &[400],
        code: "APIGW.0602",
        template: "Bad request.",
        message: "Bad request.",
        when: "The gateway cannot make sense of the request.",
        fix: "Correct the request line and headers.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0605",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0605",
        template: "Domain name resolution failed.",
        message: "Domain name resolution failed.",
        when: "The backend's name could not be resolved.",
        fix: "Have the operator correct the backend's name.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0606",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0606",
        template: "Failed to load the API configurations.",
        message: "Failed to load the API configurations.",
        when: "The gateway could not load its API configuration.",
        fix: "Have the operator look at the gateway.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0607",
        service: "gateway",
        group: "gateway",
        status: &[400],
        code: "APIGW.0607",
        template: "The following protocol is supported: {0}",
        message: "The following protocol is supported: {xxx}",
        when: "The API was called by another protocol than it supports.",
        fix: "Use the protocol that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0608",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0608",
        template: "Failed to obtain the admin token.",
        message: "Failed to obtain the admin token.",
        when: "The gateway got no token for itself from IAM.",
        fix: "Have the operator check the gateway's own credential.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0609",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0609",
        template: "The VPC backend does not exist.",
        message: "The VPC backend does not exist.",
        when: "The backend inside a VPC does not exist.",
        fix: "Have the operator correct the backend.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0610",
        service: "gateway",
        group: "gateway",
        status: &[502],
        code: "APIGW.0610",
        template: "No backend available.",
        message: "No backend available.",
        when: "No instance of the backend is up.",
        fix: "Retry; if it lasts, have the operator look at the service.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0611",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0611",
        template: "The backend port does not exist.",
        message: "The backend port does not exist.",
        when: "The backend's port does not exist.",
        fix: "Have the operator correct the backend's port.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0612",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0612",
        template: "An API cannot call itself.",
        message: "An API cannot call itself.",
        when: "The API's backend is the API itself.",
        fix: "Have the operator correct the backend.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0613",
        service: "gateway",
        group: "gateway",
        status: &[503],
        code: "APIGW.0613",
        template: "The IAM service is currently unavailable.",
        message: "The IAM service is currently unavailable.",
        when: "IAM did not answer, so no credential can be checked.",
        fix: "Retry once IAM answers again.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0705",
        service: "gateway",
        group: "gateway",
        status: &[500],
        code: "APIGW.0705",
        template: "Backend signature calculation failed.",
        message: "Backend signature calculation failed.",
        when: "The gateway could not sign its call to the backend.",
        fix: "Have the operator check the gateway's signature key.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0801",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0801",
        template: "The service is unavailable in the currently selected region.",
        message: "The service is unavailable in the currently selected region.",
        when: "The service is switched off in this region.",
        fix: "Use another region or have the operator switch it on.",
        extra: true,
    },
    Row {
        id: "huawei/gateway/APIGW.0802",
        service: "gateway",
        group: "gateway",
        status: &[403],
        code: "APIGW.0802",
        template: "The IAM user is forbidden in the currently selected region.",
        message: "The IAM user is forbidden in the currently selected region.",
        when: "The user may not work in this region.",
        fix: "Use another region or have the operator admit the user.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0001",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0001",
        template: "The request you have made requires authentication.",
        message: "The request you have made requires authentication.",
        when: "The request to IAM carries no valid credential.",
        fix: "Sign with an access key or send a token.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0061",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0061",
        template: "Account locked.",
        message: "Account locked.",
        when: "The account is locked after too many failed attempts.",
        fix: "Wait until the lock ends or have the operator lift it.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0062",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0062",
        template: "Incorrect password.",
        message: "Incorrect password.",
        when: "The password is wrong.",
        fix: "Check the user name and the password.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0063",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0063",
        template: "Access token authentication failed.",
        message: "Access token authentication failed.",
        when: "The access token could not be verified.",
        fix: "Request a new token.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0064",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0064",
        template: "The access token does not have permissions for the request.",
        message: "The access token does not have permissions for the request.",
        when: "The token does not carry the permission for this request.",
        fix: "Request a token with the scope that the operation needs.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0066",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0066",
        template: "The token has expired.",
        message: "The token has expired.",
        when: "The token has expired.",
        fix: "Request a new token.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0067",
        service: "iam",
        group: "iam",
        status: &[401],
        code: "IAM.0067",
        template: "Invalid token.",
        message: "Invalid token.",
        when: "The token cannot be read or was revoked.",
        fix: "Request a new token.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0002",
        service: "iam",
        group: "iam",
        status: &[403],
        code: "IAM.0002",
        template: "You are not authorized to perform the requested action.",
        message: "You are not authorized to perform the requested action.",
        when: "The caller is known, but may not do this.",
        fix: "Grant a role that allows the action.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0003",
        service: "iam",
        group: "iam",
        status: &[403],
        code: "IAM.0003",
        template: "Policy doesn't allow {0} to be performed.",
        message: "Policy doesn't allow %(actions)s to be performed.",
        when: "The caller's policy lacks the action that the message names.",
        fix: "Grant a policy that allows the action.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0080",
        service: "iam",
        group: "iam",
        status: &[403],
        code: "IAM.0080",
        template: "The user {0} with access key {1} is disabled.",
        message: "The user %s with access key %s is disabled.",
        when: "The user that owns the access key is disabled.",
        fix: "Have the operator enable the user.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0081",
        service: "iam",
        group: "iam",
        status: &[403],
        code: "IAM.0081",
        template: "This user only supports console access, not programmatic access.",
        message: "This user only supports console access, not programmatic access.",
        when: "The user may sign in to the console only.",
        fix: "Have the operator allow programmatic access.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0082",
        service: "iam",
        group: "iam",
        status: &[403],
        code: "IAM.0082",
        template: "The user {0} is disabled.",
        message: "The user %s is disabled.",
        when: "The user is disabled.",
        fix: "Have the operator enable the user.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0012",
        service: "iam",
        group: "iam",
        status: &[429],
        code: "IAM.0012",
        template: "The throttling threshold has been reached. Threshold: {0} times per {1} seconds",
        message: "The throttling threshold has been reached. Threshold: %d times per %d seconds",
        when: "The caller sent more requests to IAM than the limit allows.",
        fix: "Slow down and retry after a pause.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0007",
        service: "iam",
        group: "iam",
        status: &[400],
        code: "IAM.0007",
        template: "Request parameter {0} is invalid.",
        message: "Request parameter %(key)s is invalid.",
        when: "The named parameter of the query or path is invalid.",
        fix: "Correct the parameter.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0009",
        service: "iam",
        group: "iam",
        status: &[400],
        code: "IAM.0009",
        template: "X-Subject-Token is invalid in the request.",
        message: "X-Subject-Token is invalid in the request.",
        when: "The header X-Subject-Token is missing or names no token.",
        fix: "Send the token to look at in X-Subject-Token.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0011",
        service: "iam",
        group: "iam",
        status: &[400],
        code: "IAM.0011",
        template: "Request body is invalid.",
        message: "Request body is invalid.",
        when: "The body is not JSON of the documented shape.",
        fix: "Correct the body.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0072",
        service: "iam",
        group: "iam",
        status: &[400],
        code: "IAM.0072",
        template: "'{0}' is a required property.",
        message: "'%(key)s' is a required property.",
        when: "A required key is missing in the body.",
        fix: "Add the key that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/iam/IAM.0073",
        service: "iam",
        group: "iam",
        status: &[400],
        code: "IAM.0073",
        template: "Invalid input for field '{0}'. The value is '{1}'.",
        message: "Invalid input for field '%(key)s'. The value is '%(value)s'.",
        when: "The value of a key in the body is not allowed.",
        fix: "Correct the value that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/iam/keystone.400",
        service: "iam",
        group: "keystone",
        status: &[400],
        code: "400",
        template: "{0}",
        message: "Bad Request",
        when: "A request for a token or to another Keystone path has a malformed body, header or query.",
        fix: "Correct what the message names.",
        extra: true,
    },
    Row {
        id: "huawei/iam/keystone.401",
        service: "iam",
        group: "keystone",
        status: &[401],
        code: "401",
        template: "{0}",
        message: "Unauthorized",
        when: "The user name, the password or the token is wrong, expired or missing.",
        fix: "Check the credential, then request a new token.",
        extra: true,
    },
    Row {
        id: "huawei/iam/keystone.403",
        service: "iam",
        group: "keystone",
        status: &[403],
        code: "403",
        template: "{0}",
        message: "Forbidden",
        when: "The caller is known, but may not see or change this.",
        fix: "Grant a role that allows it, or use another scope.",
        extra: true,
    },
    Row {
        id: "huawei/iam/keystone.404",
        service: "iam",
        group: "keystone",
        status: &[404],
        code: "404",
        template: "{0}",
        message: "Not Found",
        when: "The named project, domain, user or token does not exist.",
        fix: "Check the id and the scope.",
        extra: true,
    },
    Row {
        id: "huawei/iam/keystone.409",
        service: "iam",
        group: "keystone",
        status: &[409],
        code: "409",
        template: "{0}",
        message: "Conflict",
        when: "The request collides with something that exists.",
        fix: "Choose another name or use the existing one.",
        extra: true,
    },
    Row {
        id: "huawei/iam/keystone.500",
        service: "iam",
        group: "keystone",
        status: &[500],
        code: "500",
        template: "{0}",
        message: "Internal Server Error",
        when: "IAM itself failed.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/common/VPC.2201",
        service: "vpc",
        group: "common",
        status: &[403],
        code: "VPC.2201",
        template: "Policy doesn't allow {0} to be performed",
        message: "Policy doesn't allow <x:x:x> to be performed",
        when: "The caller's policy lacks the action that the message names.",
        fix: "Grant a policy that allows the action.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_subnet/VPC.0202/409",
        service: "vpc",
        group: "create_subnet",
        status: &[409],
        code: "VPC.0202",
        template: "Quota exceeded for resources: ['subnet'].",
        message: "Quota exceeded for resources: ['subnet'].",
        when: "The project already has as many subnets as its quota allows.",
        fix: "Delete a subnet or have the quota of type subnet raised.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/update_bandwidth/VPC.0306",
        service: "vpc",
        group: "update_bandwidth",
        status: &[404],
        code: "VPC.0306",
        template: "No Eip bandwidth exist with id.",
        message: "No Eip bandwidth exist with id.",
        when: "No bandwidth of the project has this id; the documented table has no row for it.",
        fix: "Check the id; a bandwidth of share_type PER goes with its EIP.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/port/VPC.2204",
        service: "vpc",
        group: "port",
        status: &[404],
        code: "VPC.2204",
        template: "Query resource by id fail.",
        message: "Query resource by id fail.",
        when: "No port or subnet of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/port/VPC.0707",
        service: "vpc",
        group: "port",
        status: &[409],
        code: "VPC.0707",
        template: "port is in use.",
        message: "port is in use.",
        when: "The port belongs to an instance or a service.",
        fix: "Detach the port first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/port/VPC.0702",
        service: "vpc",
        group: "port",
        status: &[400],
        code: "VPC.0702",
        template: "Port param is invalid.",
        message: "Port param is invalid.",
        when: "An attribute or query parameter of the port is invalid.",
        fix: "Correct the attribute; tenants may set device_owner to neutron:VIP_PORT only.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/port/VPC.0701",
        service: "vpc",
        group: "port",
        status: &[500],
        code: "VPC.0701",
        template: "The IP has been used.",
        message: "The IP has been used.",
        when: "The requested address is already held by a port of the subnet.",
        fix: "Request another address, or none to get any free one.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/port/VPC.0703",
        service: "vpc",
        group: "port",
        status: &[409],
        code: "VPC.0703",
        template: "No more IP addresses available on network {0}.",
        message: "No more IP addresses available on network xxx.",
        when: "The subnet has no free address left.",
        fix: "Release an address or use another subnet.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/port/VPC.0705",
        service: "vpc",
        group: "port",
        status: &[400],
        code: "VPC.0705",
        template: "IP address is not a valid IP for the specified subnet.",
        message: "IP address is not a valid IP for the specified subnet.",
        when: "The requested address lies outside the subnet or is reserved.",
        fix: "Request a usable address of the subnet.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/tags/VPC.1801",
        service: "vpc",
        group: "tags",
        status: &[400],
        code: "VPC.1801",
        template: "{0}",
        message: "xxx",
        when: "A tag's key or value breaks its rules or the organisation's tag policy, or there are too many tags.",
        fix: "Send keys of 1 to 36 and values of 0 to 43 characters, at most 10 tags.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/tags/VPC.2204",
        service: "vpc",
        group: "tags",
        status: &[404],
        code: "VPC.2204",
        template: "Query resource by id fail.",
        message: "Query resource by id fail.",
        when: "The resource to tag does not exist in the project.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9901",
        service: "vpc",
        group: "v3",
        status: &[400],
        code: "VPC.9901",
        template: "Invalid {0} parameter in request.",
        message: "Invalid xxx parameter in request.",
        when: "A field of the body, the path or the query breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9902",
        service: "vpc",
        group: "v3",
        status: &[409],
        code: "VPC.9902",
        template: "{0} {1} is in use.",
        message: "xxx xxx is in use.",
        when: "Something still uses the resource.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9904",
        service: "vpc",
        group: "v3",
        status: &[404],
        code: "VPC.9904",
        template: "{0} {1} could not be found.",
        message: "Vpc xxx could not be found.",
        when: "No resource of this kind in the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9905",
        service: "vpc",
        group: "v3",
        status: &[409],
        code: "VPC.9905",
        template: "Quota exceeded for resources: ['{0}'].",
        message: "Quota exceeded for resources: ['xxx'].",
        when: "The project owns as many of these as its quota allows.",
        fix: "Delete one or have the quota raised.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9906",
        service: "vpc",
        group: "v3",
        status: &[409],
        code: "VPC.9906",
        template: "{0} {1} already exists.",
        message: "xxx xxx already exists.",
        when: "The same thing exists already.",
        fix: "Use the one that exists.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9908",
        service: "vpc",
        group: "v3",
        status: &[409],
        code: "VPC.9908",
        template: "The status of {0} {1} does not allow the operation.",
        message: "The status of xxx xxx does not allow the operation.",
        when: "The resource's state forbids the operation.",
        fix: "Wait until it is active.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9909",
        service: "vpc",
        group: "v3",
        status: &[400],
        code: "VPC.9909",
        template: "{0} {1} cannot be used for this: {2}.",
        message: "xxx xxx cannot be used for this: xxx.",
        when: "The resource exists, but is not of the sort that the operation needs.",
        fix: "Name one that is.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9910",
        service: "vpc",
        group: "v3",
        status: &[500],
        code: "VPC.9910",
        template: "Internal error.",
        message: "Internal error.",
        when: "The network backend or the store failed.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7901",
        service: "eip",
        group: "eip_v3",
        status: &[400],
        code: "EIP.7901",
        template: "Invalid input for {0}.",
        message: "Invalid input for xxx.",
        when: "A field of the body, the path or the query breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7902",
        service: "eip",
        group: "eip_v3",
        status: &[409],
        code: "EIP.7902",
        template: "The state of {0} {1} conflicts with the operation.",
        message: "The state of xxx xxx conflicts with the operation.",
        when: "The address or bandwidth is bound already, not bound at all, or in another state that forbids the operation.",
        fix: "Read its state; what was asked for may be done already.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7902/400",
        service: "eip",
        group: "eip_v3",
        status: &[400],
        code: "EIP.7902",
        template: "The public IP address is in no shared bandwidth.",
        message: "The public IP address is in no shared bandwidth.",
        when: "The address that shall leave a shared bandwidth has one of its own.",
        fix: "Nothing is left to do; put it into a shared bandwidth first if it shall leave one.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7903",
        service: "eip",
        group: "eip_v3",
        status: &[404],
        code: "EIP.7903",
        template: "{0} {1} could not be found.",
        message: "xxx xxx could not be found.",
        when: "No resource of this kind in the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7904",
        service: "eip",
        group: "eip_v3",
        status: &[400],
        code: "EIP.7904",
        template: "The pool {0} is not available.",
        message: "The pool xxx is not available.",
        when: "No pool of public addresses has this name.",
        fix: "List the pools.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7905",
        service: "eip",
        group: "eip_v3",
        status: &[409],
        code: "EIP.7905",
        template: "Quota exceeded for resources: ['{0}'].",
        message: "Quota exceeded for resources: ['xxx'].",
        when: "The project owns as many of these as its quota allows.",
        fix: "Release one or have the quota raised.",
        extra: true,
    },
    Row {
        id: "huawei/eip/v3/EIP.7906",
        service: "eip",
        group: "eip_v3",
        status: &[500],
        code: "EIP.7906",
        template: "Internal error.",
        message: "Internal error.",
        when: "The network backend or the store failed.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/NetworkNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "NetworkNotFound",
        template: "Network {0} could not be found.",
        message: "Network xxx could not be found.",
        when: "No network of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SubnetNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "SubnetNotFound",
        template: "Subnet {0} could not be found.",
        message: "Subnet xxx could not be found.",
        when: "No subnet of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/PortNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "PortNotFound",
        template: "Port {0} could not be found.",
        message: "Port xxx could not be found.",
        when: "No port of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/RouterNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "RouterNotFound",
        template: "Router {0} could not be found.",
        message: "Router xxx could not be found.",
        when: "No router of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "SecurityGroupNotFound",
        template: "Security group {0} could not be found.",
        message: "Security group xxx could not be found.",
        when: "No security group of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupRuleNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "SecurityGroupRuleNotFound",
        template: "Security group rule {0} could not be found.",
        message: "Security group rule xxx could not be found.",
        when: "No security group rule of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FloatingIPNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "FloatingIPNotFound",
        template: "Floating IP {0} could not be found.",
        message: "Floating IP xxx could not be found.",
        when: "No floating ip of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallGroupNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "FirewallGroupNotFound",
        template: "Firewall Group {0} could not be found.",
        message: "Firewall Group xxx could not be found.",
        when: "No firewall group of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallPolicyNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "FirewallPolicyNotFound",
        template: "Firewall Policy {0} could not be found.",
        message: "Firewall Policy xxx could not be found.",
        when: "No firewall policy of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallRuleNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "FirewallRuleNotFound",
        template: "Firewall Rule {0} could not be found.",
        message: "Firewall Rule xxx could not be found.",
        when: "No firewall rule of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SubnetPoolNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "SubnetPoolNotFound",
        template: "Subnet pool {0} could not be found.",
        message: "Subnet pool xxx could not be found.",
        when: "No subnet pool of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/NetworkInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "NetworkInUse",
        template: "Network {0} is in use.",
        message: "Network xxx is in use.",
        when: "Something still uses the network.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SubnetInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SubnetInUse",
        template: "Subnet {0} is in use.",
        message: "Subnet xxx is in use.",
        when: "Something still uses the subnet.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/PortInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "PortInUse",
        template: "Port {0} is in use.",
        message: "Port xxx is in use.",
        when: "Something still uses the port.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/RouterInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "RouterInUse",
        template: "Router {0} is in use.",
        message: "Router xxx is in use.",
        when: "Something still uses the router.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SecurityGroupInUse",
        template: "Security Group {0} is in use.",
        message: "Security Group xxx is in use.",
        when: "Something still uses the security group.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallGroupInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FirewallGroupInUse",
        template: "Firewall Group {0} is in use.",
        message: "Firewall Group xxx is in use.",
        when: "Something still uses the firewall group.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallPolicyInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FirewallPolicyInUse",
        template: "Firewall Policy {0} is in use.",
        message: "Firewall Policy xxx is in use.",
        when: "Something still uses the firewall policy.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallRuleInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FirewallRuleInUse",
        template: "Firewall Rule {0} is in use.",
        message: "Firewall Rule xxx is in use.",
        when: "Something still uses the firewall rule.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SubnetPoolInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SubnetPoolInUse",
        template: "Subnet pool {0} is in use.",
        message: "Subnet pool xxx is in use.",
        when: "Something still uses the subnet pool.",
        fix: "Take it out of use first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/InvalidInput",
        service: "vpc",
        group: "neutron",
        status: &[400],
        code: "InvalidInput",
        template: "Invalid input for operation: {0}.",
        message: "Invalid input for operation: xxx.",
        when: "A field of the body, the path or the query breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/OverQuota",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "OverQuota",
        template: "Quota exceeded for resources: ['{0}'].",
        message: "Quota exceeded for resources: ['xxx'].",
        when: "The project owns as many of these as its quota allows.",
        fix: "Delete one or have the quota raised.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupRuleExists",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SecurityGroupRuleExists",
        template: "Security group rule already exists. Rule id is {0}.",
        message: "Security group rule already exists. Rule id is xxx.",
        when: "The group has an equal rule.",
        fix: "Use the rule that exists.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/Conflict",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "Conflict",
        template: "{0} {1} already exists.",
        message: "xxx xxx already exists.",
        when: "The same thing exists already.",
        fix: "Use the one that exists.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/IpAddressAlreadyAllocated",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "IpAddressAlreadyAllocated",
        template: "IP address {0} already allocated in subnet.",
        message: "IP address xxx already allocated in subnet.",
        when: "Another port holds the address.",
        fix: "Ask for another address, or none to get any free one.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/InvalidIpForSubnet",
        service: "vpc",
        group: "neutron",
        status: &[400],
        code: "InvalidIpForSubnet",
        template: "IP address {0} is not a valid IP for the specified subnet.",
        message: "IP address xxx is not a valid IP for the specified subnet.",
        when: "The address lies outside the subnet or is kept by the platform.",
        fix: "Ask for a usable address of the subnet.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/IpAddressGenerationFailure",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "IpAddressGenerationFailure",
        template: "No more IP addresses available on network {0}.",
        message: "No more IP addresses available on network xxx.",
        when: "The subnet has no free address left.",
        fix: "Release an address or use another subnet.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/ExternalIpAddressExhausted",
        service: "vpc",
        group: "neutron",
        status: &[400],
        code: "ExternalIpAddressExhausted",
        template: "Unable to find any IP address on external network {0}.",
        message: "Unable to find any IP address on external network xxx.",
        when: "The pool of public addresses has none left.",
        fix: "Release an address or ask the operator for more.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FloatingIPPortAlreadyAssociated",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FloatingIPPortAlreadyAssociated",
        template: "Cannot associate floating IP with port: it or the port has another one.",
        message: "Cannot associate floating IP with port: it or the port has another one.",
        when: "The address or the port is bound already, to another.",
        fix: "Disassociate it first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/StateConflict",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "StateConflict",
        template: "The state of {0} {1} forbids the operation.",
        message: "The state of xxx xxx forbids the operation.",
        when: "The resource is being created, changed or deleted.",
        fix: "Try again later.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/PolicyNotAuthorized",
        service: "vpc",
        group: "neutron",
        status: &[403],
        code: "PolicyNotAuthorized",
        template: "{0} is disallowed by policy",
        message: "rule:xxx is disallowed by policy",
        when: "The account may not do this at present.",
        fix: "Ask the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/HTTPInternalServerError",
        service: "vpc",
        group: "neutron",
        status: &[500],
        code: "HTTPInternalServerError",
        template: "Request Failed: internal server error while processing your request.",
        message: "Request Failed: internal server error while processing your request.",
        when: "The network backend or the store failed.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/RouterInterfaceNotFoundForSubnet",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "RouterInterfaceNotFoundForSubnet",
        template: "Router {0} has no interface on subnet {1}.",
        message: "Router xxx has no interface on subnet xxx.",
        when: "The subnet is not in the VPC that is this router.",
        fix: "Name the router that the subnet has.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/RouterInterfaceInUseByFloatingIP",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "RouterInterfaceInUseByFloatingIP",
        template: "Router interface for subnet {1} on router {0} cannot be deleted, as it is required by one or more floating IPs.",
        message: "Router interface for subnet xxx on router xxx cannot be deleted, as it is required by one or more floating IPs.",
        when: "A port of the subnet has a public address.",
        fix: "Disassociate the public addresses of the subnet's ports first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/RouterInterfaceInUseByRoute",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "RouterInterfaceInUseByRoute",
        template: "Router interface for subnet {1} on router {0} cannot be deleted, as it is required by one or more routes.",
        message: "Router interface for subnet xxx on router xxx cannot be deleted, as it is required by one or more routes.",
        when: "A route, a route table, a gateway or a reservation needs the subnet in its VPC.",
        fix: "Remove what depends on the subnet's place first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/delete_security_group/VPC.0601",
        service: "vpc",
        group: "delete_security_group",
        status: &[400],
        code: "VPC.0601",
        template: "Securitygroup id is invalid.",
        message: "Securitygroup id is invalid.",
        when: "The security_group_id in the path is not a UUID.",
        fix: "Send the id as the creation answered it.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/delete_security_group/VPC.0602",
        service: "vpc",
        group: "delete_security_group",
        status: &[409],
        code: "VPC.0602",
        template: "{0}",
        message: "{\"NeutronError\":{\"message\":\"Security Group xxx in use.\",\"type\":\"SecurityGroupInUse\",\"detail\":\"\"}}",
        when: "A port is in the security group, a rule of another group names it, or it is the default one.",
        fix: "Take the ports out of it and delete the rules that name it; the default group stays.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/delete_security_group/VPC.0602/500",
        service: "vpc",
        group: "delete_security_group",
        status: &[500],
        code: "VPC.0602",
        template: "Delete security group fail.",
        message: "Delete security group fail.",
        when: "The network backend or the store failed to delete the security group.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/delete_security_group/VPC.0603",
        service: "vpc",
        group: "delete_security_group",
        status: &[404],
        code: "VPC.0603",
        template: "Securitygroup is not exist.",
        message: "Securitygroup is not exist.",
        when: "No security group of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_security_group_rule/VPC.0601",
        service: "vpc",
        group: "create_security_group_rule",
        status: &[400],
        code: "VPC.0601",
        template: "Creating securitygroup rule {0} is invalid.",
        message: "Creating securitygroup rule xxx is invalid.",
        when: "A field of the rule breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_security_group_rule/VPC.0602/500",
        service: "vpc",
        group: "create_security_group_rule",
        status: &[500],
        code: "VPC.0602",
        template: "Add security group rule fail.",
        message: "Add security group rule fail.",
        when: "The network backend or the store failed to create the rule.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_security_group_rule/VPC.0603",
        service: "vpc",
        group: "create_security_group_rule",
        status: &[404],
        code: "VPC.0603",
        template: "Securitygroup is not exist.",
        message: "Securitygroup is not exist.",
        when: "No security group of the project has the id that the rule names.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_rule/VPC.0601",
        service: "vpc",
        group: "security_group_rule",
        status: &[400],
        code: "VPC.0601",
        template: "Securitygroup rule {0} is invalid.",
        message: "Securitygroup rule xxx is invalid.",
        when: "The id in the path, the limit, the marker or a filter is not of its form.",
        fix: "Correct what the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_rule/VPC.0602",
        service: "vpc",
        group: "security_group_rule",
        status: &[500],
        code: "VPC.0602",
        template: "Query security group rule fail.",
        message: "Query security group rule fail.",
        when: "The network backend or the store failed.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_rule/VPC.0603",
        service: "vpc",
        group: "security_group_rule",
        status: &[404],
        code: "VPC.0603",
        template: "Securitygroup rule is not exist.",
        message: "Securitygroup rule is not exist.",
        when: "No security group rule of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_ports/VPC.0606",
        service: "vpc",
        group: "security_group_ports",
        status: &[400],
        code: "VPC.0606",
        template: "{0}",
        message: "Security group id is invalid",
        when: "The id of the group or of a port is not a UUID, the action is neither add nor remove, or the list of ports is missing or empty; the message says which.",
        fix: "Correct what the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_ports/VPC.0609",
        service: "vpc",
        group: "security_group_ports",
        status: &[400],
        code: "VPC.0609",
        template: "Ports list exceeds limit",
        message: "Ports list exceeds limit",
        when: "The request names more than 20 ports.",
        fix: "Send them in parts.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_ports/VPC.0603",
        service: "vpc",
        group: "security_group_ports",
        status: &[404],
        code: "VPC.0603",
        template: "Securitygroup is not exist.",
        message: "Securitygroup is not exist.",
        when: "No security group of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_ports/VPC.0607",
        service: "vpc",
        group: "security_group_ports",
        status: &[200],
        code: "VPC.0607",
        template: "{0}",
        message: "Security group of this instance doesn't exist",
        when: "In the list of failures: the port is not in the group that it shall leave, or would be left without any; the message says which.",
        fix: "Leave the port as it is, or put it into another group first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_ports/VPC.0608",
        service: "vpc",
        group: "security_group_ports",
        status: &[200],
        code: "VPC.0608",
        template: "Neutron Error",
        message: "Neutron Error",
        when: "In the list of failures: there is no such port, or it belongs to the platform.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_ports/VPC.0608/500",
        service: "vpc",
        group: "security_group_ports",
        status: &[500],
        code: "VPC.0608",
        template: "Neutron Error",
        message: "Neutron Error",
        when: "The network backend or the store failed.",
        fix: "Retry; if it lasts, have the operator look at the backend.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_v3/VPC.9902",
        service: "vpc",
        group: "security_group_v3",
        status: &[409],
        code: "VPC.9902",
        template: "Security group rule already exists. Rule id is {0}.",
        message: "Security group rule already exists. Rule id is xxx.",
        when: "The group has an equal rule.",
        fix: "Use the rule that exists.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_v3/VPC.9902/400-ethertype",
        service: "vpc",
        group: "security_group_v3",
        status: &[400],
        code: "VPC.9902",
        template: "Security group rule for ethertype {0} not supported. Allowed values are [IPv4, IPv6].",
        message: "Security group rule for ethertype xxx not supported. Allowed values are [IPv4, IPv6].",
        when: "The ethertype is neither IPv4 nor IPv6.",
        fix: "Send one of the two, or none for IPv4.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/security_group_v3/VPC.9902/400-version",
        service: "vpc",
        group: "security_group_v3",
        status: &[400],
        code: "VPC.9902",
        template: "Ethertype {0} and address_group ip_version {1} not match",
        message: "Ethertype xxx and address_group ip_version xxx not match",
        when: "The rule is for one version of IP and the address group that it names for the other.",
        fix: "Name an address group of the same version.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupDefaultAlreadyExists",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SecurityGroupDefaultAlreadyExists",
        template: "Default security group already exists.",
        message: "Default security group already exists.",
        when: "The name default belongs to the group that the project came with.",
        fix: "Choose another name.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupCannotRemoveDefault",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SecurityGroupCannotRemoveDefault",
        template: "Insufficient rights for removing default security group.",
        message: "Insufficient rights for removing default security group.",
        when: "The default security group of a project stays.",
        fix: "Delete another one.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/SecurityGroupCannotUpdateDefault",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "SecurityGroupCannotUpdateDefault",
        template: "Updating default security group not allowed.",
        message: "Updating default security group not allowed.",
        when: "The default security group keeps its name.",
        fix: "Change its description only.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/AddressGroupNotFound",
        service: "vpc",
        group: "neutron",
        status: &[404],
        code: "AddressGroupNotFound",
        template: "Address group {0} could not be found.",
        message: "Address group xxx could not be found.",
        when: "No address group of the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/address_group/VPC.9901",
        service: "vpc",
        group: "address_group",
        status: &[400],
        code: "VPC.9901",
        template: "Invalid ip_set:{0} parameter in request body.",
        message: "Invalid ip_set:xxx parameter in request body.",
        when: "An entry is not an address, a block or a range of the group's version of IP.",
        fix: "Correct the entry that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/address_group/VPC.9901/duplicate",
        service: "vpc",
        group: "address_group",
        status: &[400],
        code: "VPC.9901",
        template: "Duplicate ip_set in request body {0}.",
        message: "Duplicate ip_set in request body xxx.",
        when: "The same entry is given twice.",
        fix: "Send it once.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/address_group/VPC.9907",
        service: "vpc",
        group: "address_group",
        status: &[409],
        code: "VPC.9907",
        template: "Address group {0} is in use.",
        message: "Address group xxx is in use.",
        when: "A rule of a security group or of a network ACL names the address group.",
        fix: "Delete the rules that name it, or delete it with force.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2801",
        service: "vpc",
        group: "route_table",
        status: &[400],
        code: "VPC.2801",
        template: "Param is invalid: {0}.",
        message: "Param is invalid: xxx.",
        when: "A field of the body, the path or the query breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2802",
        service: "vpc",
        group: "route_table",
        status: &[409],
        code: "VPC.2802",
        template: "Quota exceeded for resources: ['{0}'].",
        message: "Quota exceeded for resources: ['xxx'].",
        when: "The VPC has as many custom route tables, or the table as many routes, as the quota allows.",
        fix: "Delete one, or ask the operator for a larger quota.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2803",
        service: "vpc",
        group: "route_table",
        status: &[404],
        code: "VPC.2803",
        template: "Route {0} could not be found.",
        message: "Route xxx could not be found.",
        when: "The route table has no route to the destination that is to be changed or deleted.",
        fix: "Read the route table and name one of its destinations.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2804",
        service: "vpc",
        group: "route_table",
        status: &[400],
        code: "VPC.2804",
        template: "The nexthop of route {0} is invalid.",
        message: "The nexthop of route xxx is invalid.",
        when: "The next hop is not there, is of another type, or is not in the VPC of the table; a peering must be active.",
        fix: "Name a next hop of the route's type in this VPC.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2806",
        service: "vpc",
        group: "route_table",
        status: &[409],
        code: "VPC.2806",
        template: "RouteTable {0} is in use.",
        message: "RouteTable xxx is in use.",
        when: "The route table is the default one, or subnets are associated with it.",
        fix: "Disassociate its subnets; the default table goes with its VPC.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2807",
        service: "vpc",
        group: "route_table",
        status: &[400],
        code: "VPC.2807",
        template: "Subnet {0} does not exist or does not belong to the route table.",
        message: "Subnet xxx does not exist or does not belong to the route table.",
        when: "A subnet to associate is not in the table's VPC, or one to disassociate is not with this table.",
        fix: "Name subnets of the table's VPC.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2808",
        service: "vpc",
        group: "route_table",
        status: &[404],
        code: "VPC.2808",
        template: "RouteTable is not exist",
        message: "RouteTable is not exist",
        when: "No route table in the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2809",
        service: "vpc",
        group: "route_table",
        status: &[400],
        code: "VPC.2809",
        template: "Route {0} overlaps a system route.",
        message: "Route xxx overlaps a system route.",
        when: "The destination is inside a subnet of the VPC or inside a block of the platform.",
        fix: "Name a destination outside the VPC's subnets.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/route_table/VPC.2812",
        service: "vpc",
        group: "route_table",
        status: &[409],
        code: "VPC.2812",
        template: "Route {0} already exists.",
        message: "Route xxx already exists.",
        when: "The route table has a route to this destination already.",
        fix: "Change that route instead.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/vpc_route/VPC.2801",
        service: "vpc",
        group: "vpc_route",
        status: &[400],
        code: "VPC.2801",
        template: "Param is invalid: {0}.",
        message: "Param is invalid: xxx.",
        when: "A field of the body, the path or the query breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/vpc_route/VPC.2802",
        service: "vpc",
        group: "vpc_route",
        status: &[409],
        code: "VPC.2802",
        template: "Quota exceeded for resources: ['{0}'].",
        message: "Quota exceeded for resources: ['xxx'].",
        when: "The default route table of the VPC has as many routes as the quota allows.",
        fix: "Delete one, or ask the operator for a larger quota.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/vpc_route/VPC.2803",
        service: "vpc",
        group: "vpc_route",
        status: &[404],
        code: "VPC.2803",
        template: "Route {0} could not be found.",
        message: "Route xxx could not be found.",
        when: "No route to a peering in the project has this id.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/vpc_route/VPC.2804",
        service: "vpc",
        group: "vpc_route",
        status: &[400],
        code: "VPC.2804",
        template: "The nexthop of route {0} is invalid.",
        message: "The nexthop of route xxx is invalid.",
        when: "The peering is not there, is not active, or does not join this VPC.",
        fix: "Name an active peering of the VPC.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/vpc_route/VPC.2809",
        service: "vpc",
        group: "vpc_route",
        status: &[400],
        code: "VPC.2809",
        template: "Route {0} overlaps a system route.",
        message: "Route xxx overlaps a system route.",
        when: "The destination is inside a subnet of the VPC or inside a block of the platform.",
        fix: "Name a destination outside the VPC's subnets.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/vpc_route/VPC.2812",
        service: "vpc",
        group: "vpc_route",
        status: &[409],
        code: "VPC.2812",
        template: "Route {0} already exists.",
        message: "Route xxx already exists.",
        when: "The default route table of the VPC has a route to this destination already.",
        fix: "Delete that route first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/peering/VPC.1401",
        service: "vpc",
        group: "peering",
        status: &[400],
        code: "VPC.1401",
        template: "Param is invalid: {0}.",
        message: "Param is invalid: xxx.",
        when: "A field of the body, the path or the query breaks its rules, or both ends are one VPC.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/peering/VPC.1402",
        service: "vpc",
        group: "peering",
        status: &[409],
        code: "VPC.1402",
        template: "Quota exceeded for resources: ['peering'].",
        message: "Quota exceeded for resources: ['peering'].",
        when: "The project has as many peerings as the quota allows.",
        fix: "Delete one, or ask the operator for a larger quota.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/peering/VPC.1404",
        service: "vpc",
        group: "peering",
        status: &[404],
        code: "VPC.1404",
        template: "Peering {0} could not be found.",
        message: "Peering xxx could not be found.",
        when: "No peering that the project is an end of has this id; only the asked project accepts and rejects.",
        fix: "Check the id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/peering/VPC.1405",
        service: "vpc",
        group: "peering",
        status: &[409],
        code: "VPC.1405",
        template: "Peering {0} between the two VPCs already exists.",
        message: "Peering xxx between the two VPCs already exists.",
        when: "The two VPCs are peered, or one has asked the other.",
        fix: "Use that peering, or delete it first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/peering/VPC.1406",
        service: "vpc",
        group: "peering",
        status: &[409],
        code: "VPC.1406",
        template: "Peering {0} is not in the PENDING_ACCEPTANCE state.",
        message: "Peering xxx is not in the PENDING_ACCEPTANCE state.",
        when: "The request was accepted or rejected before.",
        fix: "Read the peering's status.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/SYS.0202",
        service: "vpc",
        group: "v3",
        status: &[202],
        code: "SYS.0202",
        template: "Request validation has been passed with dry run...",
        message: "Request validation has been passed with dry run...",
        when: "A request with dry_run true breaks no rule; nothing was done.",
        fix: "Send it without dry_run to have it done.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9911",
        service: "vpc",
        group: "v3",
        status: &[400],
        code: "VPC.9911",
        template: "Invalid CIDR block format.",
        message: "Invalid CIDR block format.",
        when: "A block of extend_cidrs is not of the form a.b.c.d/len with zero host bits.",
        fix: "Correct the block.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9912",
        service: "vpc",
        group: "v3",
        status: &[400],
        code: "VPC.9912",
        template: "The number of secondary CIDR blocks exceeds the limit.",
        message: "The number of secondary CIDR blocks exceeds the limit.",
        when: "A VPC has at most five secondary blocks.",
        fix: "Remove one first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9914",
        service: "vpc",
        group: "v3",
        status: &[409],
        code: "VPC.9914",
        template: "CIDR block {0} conflicts with {1}.",
        message: "CIDR block xxx conflicts with xxx.",
        when: "The block overlaps one that the VPC or the subnet's reservations have.",
        fix: "Choose another block.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9915",
        service: "vpc",
        group: "v3",
        status: &[404],
        code: "VPC.9915",
        template: "The secondary CIDR block {0} could not be found.",
        message: "The secondary CIDR block xxx could not be found.",
        when: "A block to remove is not one of the VPC's secondary blocks.",
        fix: "Read the VPC's extend_cidrs.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/v3/VPC.9916",
        service: "vpc",
        group: "v3",
        status: &[400],
        code: "VPC.9916",
        template: "The CIDR block {0} is not allowed.",
        message: "The CIDR block xxx is not allowed.",
        when: "The block is inside a range that the platform keeps from secondary blocks.",
        fix: "Choose a block outside the private and reserved ranges.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_privateip/VPC.0702",
        service: "vpc",
        group: "create_privateip",
        status: &[400],
        code: "VPC.0702",
        template: "privateIp param is invalid.",
        message: "privateIp param is invalid.",
        when: "The body is not the documented one, or asks for no private IP or for more than 20.",
        fix: "Send 1 to 20 private IPs, each with its subnet_id.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_flow_log/VPC.3002/409",
        service: "vpc",
        group: "create_flow_log",
        status: &[409],
        code: "VPC.3002",
        template: "Quota exceeded for resources: ['flow_log'].",
        message: "Quota exceeded for resources: ['flow_log'].",
        when: "The project has as many flow logs as its quota allows.",
        fix: "Delete flow logs that nobody reads, or ask for a larger quota.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/update_flow_log/VPC.3001/400",
        service: "vpc",
        group: "update_flow_log",
        status: &[400],
        code: "VPC.3001",
        template: "{0} is invalid",
        message: "xxx is invalid",
        when: "The name, the description or the admin_state breaks its rules.",
        fix: "Correct the field that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallRuleNotAssociatedWithPolicy",
        service: "vpc",
        group: "neutron",
        status: &[400],
        code: "FirewallRuleNotAssociatedWithPolicy",
        template: "Firewall Rule {0} is not associated with Firewall Policy {1}.",
        message: "Firewall Rule xxx is not associated with Firewall Policy xxx.",
        when: "The rule to remove, or the one that says where to insert, is not in the policy.",
        fix: "Name a rule of the policy.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallRuleAlreadyAssociated",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FirewallRuleAlreadyAssociated",
        template: "Operation cannot be performed since Firewall Rule {0} is already associated with Firewall Policy {1}.",
        message: "Operation cannot be performed since Firewall Rule xxx is already associated with Firewall Policy xxx.",
        when: "The rule to insert is in the policy.",
        fix: "Remove it first to insert it elsewhere.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallGroupPortInUse",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FirewallGroupPortInUse",
        template: "Port(s) {0} provided already associated with other Firewall Group(s).",
        message: "Port(s) xxx provided already associated with other Firewall Group(s).",
        when: "The subnet behind a port has another firewall.",
        fix: "Take the subnet from behind that firewall first.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/neutron/FirewallGroupPortInvalid",
        service: "vpc",
        group: "neutron",
        status: &[409],
        code: "FirewallGroupPortInvalid",
        template: "Firewall Group Port {0} is invalid.",
        message: "Firewall Group Port xxx is invalid.",
        when: "A port is not that of a gateway of a subnet.",
        fix: "Name ports whose owner is network:router_interface_distributed.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_shared_bandwidth/VPC.0301",
        service: "vpc",
        group: "create_shared_bandwidth",
        status: &[400],
        code: "VPC.0301",
        template: "createBandwidth input param is invalid.",
        message: "createBandwidth input param is invalid.",
        when: "The name, size, count, charge_mode, border group or enterprise project is missing or breaks its rules.",
        fix: "Correct the body; a shared bandwidth has at least 5 Mbit/s and is not billed by traffic.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_shared_bandwidth/VPC.0304",
        service: "vpc",
        group: "create_shared_bandwidth",
        status: &[500],
        code: "VPC.0304",
        template: "createBandwidth error.",
        message: "createBandwidth error.",
        when: "The backend failed to create the bandwidth.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0306",
        service: "vpc",
        group: "insert_or_remove_shared_bandwidth_publicip",
        status: &[404],
        code: "VPC.0306",
        template: "No Eip bandwidth exist with id.",
        message: "No Eip bandwidth exist with id.",
        when: "No bandwidth of the project has the id in the path; the documented table has no row for it.",
        fix: "Check the bandwidth_id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0302",
        service: "vpc",
        group: "insert_or_remove_shared_bandwidth_publicip",
        status: &[500],
        code: "VPC.0302",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it moved the EIPs.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/create_publicip/VPC.0304",
        service: "vpc",
        group: "create_publicip",
        status: &[409],
        code: "VPC.0304",
        template: "createBandwidth error. NO QUOTAS for shareBandwidthIP!",
        message: "createBandwidth error. NO QUOTAS for shareBandwidthIP!",
        when: "The shared bandwidth that the new EIP is to use holds as many EIPs as its quota allows.",
        fix: "Take EIPs out of the bandwidth or have the quota of type shareBandwidthIP raised.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/bandwidth_v2/VPC.0301",
        service: "vpc",
        group: "bandwidth_v2",
        status: &[400],
        code: "VPC.0301",
        template: "invalid input param: {0}.",
        message: "invalid input param: xxx.",
        when: "The bandwidth_id in the path is not a UUID, or a field of the body or the query breaks its rules.",
        fix: "Correct the parameter that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/bandwidth_v2/VPC.0302",
        service: "vpc",
        group: "bandwidth_v2",
        status: &[500],
        code: "VPC.0302",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it worked on the bandwidth.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/bandwidth_v2/VPC.0304",
        service: "vpc",
        group: "bandwidth_v2",
        status: &[409],
        code: "VPC.0304",
        template: "The bandwidth can not be operated: {0}.",
        message: "The bandwidth can not be operated: xxx.",
        when: "The bandwidth is frozen, still holds EIPs, belongs to a single EIP, or is paid in advance already.",
        fix: "Read its share_type, status and publicip_info.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/bandwidth_v2/VPC.0306",
        service: "vpc",
        group: "bandwidth_v2",
        status: &[404],
        code: "VPC.0306",
        template: "No Eip bandwidth exist with id.",
        message: "No Eip bandwidth exist with id.",
        when: "No bandwidth of the project has this id.",
        fix: "Check the bandwidth_id and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/publicip_v2/VPC.0501",
        service: "vpc",
        group: "publicip_v2",
        status: &[400],
        code: "VPC.0501",
        template: "Invalid param: {0}.",
        message: "Invalid param: xxx.",
        when: "A field of the body or the query is missing or breaks its rules, or an EIP cannot be paid in advance.",
        fix: "Correct the parameter that the message names.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/publicip_v2/VPC.0504",
        service: "vpc",
        group: "publicip_v2",
        status: &[404],
        code: "VPC.0504",
        template: "Floating IP could not be found.",
        message: "Floating IP could not be found.",
        when: "One of the ids names no EIP of the project; nothing was done.",
        fix: "Check the ids and the project.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/publicip_v2/VPC.0512",
        service: "vpc",
        group: "publicip_v2",
        status: &[409],
        code: "VPC.0512",
        template: "Resource status is busy, try it again later.",
        message: "Resource status is busy, try it again later.",
        when: "The EIP is in transition, frozen or in ERROR.",
        fix: "Wait until its status is DOWN or ACTIVE.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/publicip_v2/VPC.0514",
        service: "vpc",
        group: "publicip_v2",
        status: &[500],
        code: "VPC.0514",
        template: "Neutron Error.",
        message: "Neutron Error.",
        when: "The backend failed while it worked on the EIPs.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: true,
    },
    Row {
        id: "huawei/vpc/publicip_v2/VPC.2204",
        service: "vpc",
        group: "publicip_v2",
        status: &[404],
        code: "VPC.2204",
        template: "Query resource by id fail.",
        message: "Query resource by id fail.",
        when: "No job of the project has this id; jobs are kept for seven days.",
        fix: "Check the job_id and the project.",
        extra: true,
    },
];

/// `huawei/vpn/VPN.0001`: The body is not JSON, a field is missing or breaks a rule without a code of its own, or the resource is in use or frozen; the message says which.
pub const VPN_0001: &Row = &ROWS[0];

/// `huawei/vpn/VPN.0002`: The server failed in a way that no other code describes.
pub const VPN_0002: &Row = &ROWS[1];

/// `huawei/vpn/VPN.0003`: The caller is known, but the project in the path is not its own or its role lacks the permission.
pub const VPN_0003: &Row = &ROWS[2];

/// `huawei/vpn/VPN.0004`: No customer gateway, connection, monitor, job, certificate or tagged resource of the project has this id.
pub const VPN_0004: &Row = &ROWS[3];

/// `huawei/vpn/VPN.0030`: Users, groups or policies of one server are changed faster than it can follow.
pub const VPN_0030: &Row = &ROWS[4];

/// `huawei/vpn/VPN.0031`: A request with the same X-Client-Token is in flight or ended differently, or an upgrade step is repeated.
pub const VPN_0031: &Row = &ROWS[5];

/// `huawei/vpn/VPN.0005`: A service that VPN depends on refuses VPN's own credential.
pub const VPN_0005: &Row = &ROWS[6];

/// `huawei/vpn/VPN.0006`: IAM did not answer, so no credential can be checked.
pub const VPN_0006: &Row = &ROWS[7];

/// `huawei/vpn/VPN.0007`: A policy denies the caller the action that the message names.
pub const VPN_0007: &Row = &ROWS[8];

/// `huawei/vpn/VPN.0009`: The connection is being deleted.
pub const VPN_0009: &Row = &ROWS[9];

/// `huawei/vpn/VPN.0010`: The token is missing, malformed, expired or revoked, or the signature does not match; the message ends with the reason.
pub const VPN_0010: &Row = &ROWS[10];

/// `huawei/vpn/VPN.0012`: This gateway address and customer gateway already have a connection, or a tunnel address is already in use on the gateway.
pub const VPN_0012: &Row = &ROWS[11];

/// `huawei/vpn/VPN.0013`: An attribute is legal, but not with this kind of gateway or connection.
pub const VPN_0013: &Row = &ROWS[12];

/// `huawei/vpn/VPN.0014`: The data plane did not take the change in time.
pub const VPN_0014: &Row = &ROWS[13];

/// `huawei/vpn/VPN.0015`: A tag policy of the organisation lists other values for this key.
pub const VPN_0015: &Row = &ROWS[14];

/// `huawei/vpn/VPN.0016`: The gateway of the connection is not ACTIVE.
pub const VPN_0016: &Row = &ROWS[15];

/// `huawei/vpn/VPN.0017`: The gateway is ACTIVE, but its data plane has not reported yet.
pub const VPN_0017: &Row = &ROWS[16];

/// `huawei/vpn/VPN.0018`: A gateway is attached to an enterprise router while the region has that feature switched off.
pub const VPN_0018: &Row = &ROWS[17];

/// `huawei/vpn/VPN.0101`: The bandwidth of a new EIP is below 1 Mbit/s or above what the gateway's flavor allows.
pub const VPN_0101: &Row = &ROWS[18];

/// `huawei/vpn/VPN.0102`: The bandwidth of the EIP is not NORMAL.
pub const VPN_0102: &Row = &ROWS[19];

/// `huawei/vpn/VPN.0103`: The EIP is frozen, broken or in transition.
pub const VPN_0103: &Row = &ROWS[20];

/// `huawei/vpn/VPN.0104`: A private address of the gateway lies outside its access subnet.
pub const VPN_0104: &Row = &ROWS[21];

/// `huawei/vpn/VPN.0105`: The flavor cannot become the target with this network type.
pub const VPN_0105: &Row = &ROWS[22];

/// `huawei/vpn/VPN.0107`: Both private addresses of the gateway are the same.
pub const VPN_0107: &Row = &ROWS[23];

/// `huawei/vpn/VPN.0108`: A private address of the gateway is not an IPv4 address.
pub const VPN_0108: &Row = &ROWS[24];

/// `huawei/vpn/VPN.0109`: Only one of the two private addresses is given.
pub const VPN_0109: &Row = &ROWS[25];

/// `huawei/vpn/VPN.0110`: A private address is the network, broadcast or gateway address of the subnet or one of its reserved last addresses.
pub const VPN_0110: &Row = &ROWS[26];

/// `huawei/vpn/VPN.0111`: A private address is already held by a port or another gateway.
pub const VPN_0111: &Row = &ROWS[27];

/// `huawei/vpn/VPN.0112`: The EIP is bound to something else.
pub const VPN_0112: &Row = &ROWS[28];

/// `huawei/vpn/VPN.0203`: The address that identifies the customer gateway or a peer is not an IPv4 address.
pub const VPN_0203: &Row = &ROWS[29];

/// `huawei/vpn/VPN.0204`: The address of the customer gateway is a multicast, reserved or loopback address.
pub const VPN_0204: &Row = &ROWS[30];

/// `huawei/vpn/VPN.0218`: A peer subnet equals or overlaps a local or system route of the VPC.
pub const VPN_0218: &Row = &ROWS[31];

/// `huawei/vpn/VPN.0219`: A peer subnet is already a destination in the route table with another next hop.
pub const VPN_0219: &Row = &ROWS[32];

/// `huawei/vpn/VPN.0220`: The route table of the VPC has no room for the peer subnets.
pub const VPN_0220: &Row = &ROWS[33];

/// `huawei/vpn/VPN.0285`: The subnet has fewer free addresses than the gateway needs.
pub const VPN_0285: &Row = &ROWS[34];

/// `huawei/vpn/VPN.0304`: The gateway's version has no connection logs.
pub const VPN_0304: &Row = &ROWS[35];

/// `huawei/vpn/VPN.0305`: The connection was made from the policy template, which has no logs.
pub const VPN_0305: &Row = &ROWS[36];

/// `huawei/vpn/VPN.0306`: The connection is being updated.
pub const VPN_0306: &Row = &ROWS[37];

/// `huawei/vpn/VPN.0381`: The connection already has a monitor.
pub const VPN_0381: &Row = &ROWS[38];

/// `huawei/vpn/VPN.0429`: The project sent more requests than the limit allows.
pub const VPN_0429: &Row = &ROWS[39];

/// `huawei/vpn/VPN.0506`: The gateway is still being created.
pub const VPN_0506: &Row = &ROWS[40];

/// `huawei/vpn/VPN.0507`: The gateway is being updated.
pub const VPN_0507: &Row = &ROWS[41];

/// `huawei/vpn/VPN.0508`: The gateway is being deleted.
pub const VPN_0508: &Row = &ROWS[42];

/// `huawei/vpn/VPN.0509`: No gateway of the project has this id.
pub const VPN_0509: &Row = &ROWS[43];

/// `huawei/vpn/VPN.0516`: A flavor for customer gateways without a fixed address is asked of a postpaid gateway.
pub const VPN_0516: &Row = &ROWS[44];

/// `huawei/vpn/VPN.0517`: The target flavor allows another number of connection groups than the current one.
pub const VPN_0517: &Row = &ROWS[45];

/// `huawei/vpn/VPN.0518`: The target flavor is not one that the gateway can change to.
pub const VPN_0518: &Row = &ROWS[46];

/// `huawei/vpn/VPN.0800`: The classic gateway to migrate does not exist or cannot be migrated.
pub const VPN_0800: &Row = &ROWS[47];

/// `huawei/vpn/VPN.0801`: The classic connection to migrate has parameters that cannot be expressed any more.
pub const VPN_0801: &Row = &ROWS[48];

/// `huawei/vpn/VPN.0802`: The EIP named for the migrated gateway is not free.
pub const VPN_0802: &Row = &ROWS[49];

/// `huawei/vpn/VPN.0803`: The migration would exceed a quota.
pub const VPN_0803: &Row = &ROWS[50];

/// `huawei/vpn/VPN.0070`: The certificate's public key is of a kind that is not accepted.
pub const VPN_0070: &Row = &ROWS[51];

/// `huawei/vpn/VPN.0071`: The certificate is signed by an algorithm that is not accepted.
pub const VPN_0071: &Row = &ROWS[52];

/// `huawei/vpn/VPN.0072`: The certificate has expired.
pub const VPN_0072: &Row = &ROWS[53];

/// `huawei/vpn/VPN.0073`: The certificate is not valid yet.
pub const VPN_0073: &Row = &ROWS[54];

/// `huawei/vpn/VPN.0074`: The content is not exactly one PEM block with a certificate.
pub const VPN_0074: &Row = &ROWS[55];

/// `huawei/vpn/VPN.0075`: The PEM block does not hold a readable X.509 certificate.
pub const VPN_0075: &Row = &ROWS[56];

/// `huawei/vpn/VPN.0076`: The certificate is not one of a certificate authority.
pub const VPN_0076: &Row = &ROWS[57];

/// `huawei/vpn/VPN.0077`: The same certificate is already on the server or twice in the request.
pub const VPN_0077: &Row = &ROWS[58];

/// `huawei/vpn/VPN.0078`: The content is not a PEM block with a revocation list.
pub const VPN_0078: &Row = &ROWS[59];

/// `huawei/vpn/VPN.0079`: The revocation list cannot be read or is not signed by a client CA of the server.
pub const VPN_0079: &Row = &ROWS[60];

/// `huawei/vpn/VPN.0080`: The revocation list is not valid yet or no longer.
pub const VPN_0080: &Row = &ROWS[61];

/// `huawei/vpn/VPN.0500`: The vpc_id names no VPC of the project.
pub const VPN_0500: &Row = &ROWS[62];

/// `huawei/vpn/VPN.0501`: The connect_subnet names no subnet of the project.
pub const VPN_0501: &Row = &ROWS[63];

/// `huawei/vpn/VPN.0502`: The interconnection subnet has fewer free addresses than the gateway needs.
pub const VPN_0502: &Row = &ROWS[64];

/// `huawei/vpn/VPN.0503`: The interconnection subnet belongs to another VPC.
pub const VPN_0503: &Row = &ROWS[65];

/// `huawei/vpn/VPN.0504`: More connections are asked for than the flavor allows.
pub const VPN_0504: &Row = &ROWS[66];

/// `huawei/vpn/VPN.0505`: The zones have no capacity left for another gateway.
pub const VPN_0505: &Row = &ROWS[67];

/// `huawei/vpn/VPN.0510`: The gateway is in FAULT or FROZEN.
pub const VPN_0510: &Row = &ROWS[68];

/// `huawei/vpn/VPN.0511`: The gateway is ACTIVE, but its data plane has not reported yet.
pub const VPN_0511: &Row = &ROWS[69];

/// `huawei/vpn/VPN.0512`: Another EIP is still bound to the gateway.
pub const VPN_0512: &Row = &ROWS[70];

/// `huawei/vpn/VPN.0513`: The project already has as many gateways as its quota allows.
pub const VPN_0513: &Row = &ROWS[71];

/// `huawei/vpn/VPN.0514`: The flavor needs two zones, and another number is given.
pub const VPN_0514: &Row = &ROWS[72];

/// `huawei/vpn/VPN.0515`: The same zone is named twice.
pub const VPN_0515: &Row = &ROWS[73];

/// `huawei/vpn/VPN.0550`: The bandwidth of the EIP is above what the flavor allows.
pub const VPN_0550: &Row = &ROWS[74];

/// `huawei/vpn/VPN.0551`: The EIP does not exist in the project.
pub const VPN_0551: &Row = &ROWS[75];

/// `huawei/vpn/VPN.0552`: The EIP is frozen.
pub const VPN_0552: &Row = &ROWS[76];

/// `huawei/vpn/VPN.0553`: The EIP is bound to something else.
pub const VPN_0553: &Row = &ROWS[77];

/// `huawei/vpn/VPN.0554`: The EIP is in a shared bandwidth.
pub const VPN_0554: &Row = &ROWS[78];

/// `huawei/vpn/VPN.0555`: The EIP belongs to an edge site.
pub const VPN_0555: &Row = &ROWS[79];

/// `huawei/vpn/VPN.0556`: The region has no EIPs of this type.
pub const VPN_0556: &Row = &ROWS[80];

/// `huawei/vpn/VPN.0557`: The address pool of this type has no free address.
pub const VPN_0557: &Row = &ROWS[81];

/// `huawei/vpn/VPN.0558`: The EIP has no id and not all of type, charge_mode and bandwidth_size.
pub const VPN_0558: &Row = &ROWS[82];

/// `huawei/vpn/VPN.0559`: The EIP has an id together with attributes of a new one.
pub const VPN_0559: &Row = &ROWS[83];

/// `huawei/vpn/VPN.0560`: The project already has as many EIPs as its quota allows.
pub const VPN_0560: &Row = &ROWS[84];

/// `huawei/vpn/VPN.0561`: The project has no quota of EIPs on record.
pub const VPN_0561: &Row = &ROWS[85];

/// `huawei/vpn/VPN.0562`: The gateway's version is too old for the feature that the message names.
pub const VPN_0562: &Row = &ROWS[86];

/// `huawei/vpn/VPN.0563`: No client is connected under this connection id.
pub const VPN_0563: &Row = &ROWS[87];

/// `huawei/vpn/VPN.1100`: An SSL server is created without a server certificate.
pub const VPN_1100: &Row = &ROWS[88];

/// `huawei/vpn/VPN.1101`: The clients shall authenticate by certificate, but no client CA is given.
pub const VPN_1101: &Row = &ROWS[89];

/// `huawei/vpn/VPN.1102`: The gateway already has its one server.
pub const VPN_1102: &Row = &ROWS[90];

/// `huawei/vpn/VPN.1103`: A client or local CIDR block cannot be read or has host bits set.
pub const VPN_1103: &Row = &ROWS[91];

/// `huawei/vpn/VPN.1104`: A client or local CIDR block lies in a range that cannot be used.
pub const VPN_1104: &Row = &ROWS[92];

/// `huawei/vpn/VPN.1105`: More than 20 local subnets are given.
pub const VPN_1105: &Row = &ROWS[93];

/// `huawei/vpn/VPN.1106`: The same local subnet is given twice.
pub const VPN_1106: &Row = &ROWS[94];

/// `huawei/vpn/VPN.1107`: The client CIDR block is larger than a /16 or smaller than a /26.
pub const VPN_1107: &Row = &ROWS[95];

/// `huawei/vpn/VPN.1108`: The client CIDR block has no more than four addresses per connection of the gateway.
pub const VPN_1108: &Row = &ROWS[96];

/// `huawei/vpn/VPN.1109`: The client CIDR block overlaps a destination in the VPC's default route table.
pub const VPN_1109: &Row = &ROWS[97];

/// `huawei/vpn/VPN.1110`: The server certificate is expired, revoked or lacks its private key.
pub const VPN_1110: &Row = &ROWS[98];

/// `huawei/vpn/VPN.1111`: The server would have more than 10 client CA certificates.
pub const VPN_1111: &Row = &ROWS[99];

/// `huawei/vpn/VPN.1112`: No server certificate has this id.
pub const VPN_1112: &Row = &ROWS[100];

/// `huawei/vpn/VPN.1113`: The server is still being created.
pub const VPN_1113: &Row = &ROWS[101];

/// `huawei/vpn/VPN.1114`: The server is being updated.
pub const VPN_1114: &Row = &ROWS[102];

/// `huawei/vpn/VPN.1115`: The server has no client CA certificate with this id.
pub const VPN_1115: &Row = &ROWS[103];

/// `huawei/vpn/VPN.1116`: No server of the project has this id.
pub const VPN_1116: &Row = &ROWS[104];

/// `huawei/vpn/VPN.1117`: The server is in FAULT or FROZEN.
pub const VPN_1117: &Row = &ROWS[105];

/// `huawei/vpn/VPN.1118`: The list of local subnets is empty.
pub const VPN_1118: &Row = &ROWS[106];

/// `huawei/vpn/VPN.1119`: The client CIDR block overlaps a local subnet.
pub const VPN_1119: &Row = &ROWS[107];

/// `huawei/vpn/VPN.1120`: The server has no revocation list with this id.
pub const VPN_1120: &Row = &ROWS[108];

/// `huawei/vpn/VPN.1121`: The gateway has no EIP.
pub const VPN_1121: &Row = &ROWS[109];

/// `huawei/vpn/VPN.1122`: The authentication shall change while the server still has users.
pub const VPN_1122: &Row = &ROWS[110];

/// `huawei/vpn/VPN.1123`: The authentication shall change while the server still has user groups of its own.
pub const VPN_1123: &Row = &ROWS[111];

/// `huawei/vpn/VPN.1124`: The authentication shall change while the server still has access policies of its own.
pub const VPN_1124: &Row = &ROWS[112];

/// `huawei/vpn/VPN.1125`: The authentication shall change while the server still has client CA certificates.
pub const VPN_1125: &Row = &ROWS[113];

/// `huawei/vpn/VPN.1300`: Another user group of the server has this name.
pub const VPN_1300: &Row = &ROWS[114];

/// `huawei/vpn/VPN.1301`: The server has no user group with this id.
pub const VPN_1301: &Row = &ROWS[115];

/// `huawei/vpn/VPN.1302`: Another user of the server has this name.
pub const VPN_1302: &Row = &ROWS[116];

/// `huawei/vpn/VPN.1303`: The server has no user with this id.
pub const VPN_1303: &Row = &ROWS[117];

/// `huawei/vpn/VPN.1304`: The user is already a member of another group.
pub const VPN_1304: &Row = &ROWS[118];

/// `huawei/vpn/VPN.1305`: The user is not a member of this group.
pub const VPN_1305: &Row = &ROWS[119];

/// `huawei/vpn/VPN.1306`: The server already has 50 user groups.
pub const VPN_1306: &Row = &ROWS[120];

/// `huawei/vpn/VPN.1307`: The server would have more users than the gateway allows.
pub const VPN_1307: &Row = &ROWS[121];

/// `huawei/vpn/VPN.1308`: The password is shorter than 8 or longer than 32 characters, or has characters of one class only.
pub const VPN_1308: &Row = &ROWS[122];

/// `huawei/vpn/VPN.1309`: The password is the user name, forwards or backwards.
pub const VPN_1309: &Row = &ROWS[123];

/// `huawei/vpn/VPN.1310`: The password has a character that is not allowed.
pub const VPN_1310: &Row = &ROWS[124];

/// `huawei/vpn/VPN.1311`: The new password is the current one or a recent one.
pub const VPN_1311: &Row = &ROWS[125];

/// `huawei/vpn/VPN.1312`: The old password does not match.
pub const VPN_1312: &Row = &ROWS[126];

/// `huawei/vpn/VPN.1313`: An access policy names the user group.
pub const VPN_1313: &Row = &ROWS[127];

/// `huawei/vpn/VPN.1314`: The password is on the list of weak passwords.
pub const VPN_1314: &Row = &ROWS[128];

/// `huawei/vpn/VPN.1315`: The list names the same user twice.
pub const VPN_1315: &Row = &ROWS[129];

/// `huawei/vpn/VPN.1316`: The default user group shall be changed or deleted.
pub const VPN_1316: &Row = &ROWS[130];

/// `huawei/vpn/VPN.1317`: The user name is one that the server reserves.
pub const VPN_1317: &Row = &ROWS[131];

/// `huawei/vpn/VPN.1318`: The list of users is empty.
pub const VPN_1318: &Row = &ROWS[132];

/// `huawei/vpn/VPN.1400`: The server already has 100 access policies.
pub const VPN_1400: &Row = &ROWS[133];

/// `huawei/vpn/VPN.1401`: The server has no access policy with this id.
pub const VPN_1401: &Row = &ROWS[134];

/// `huawei/vpn/VPN.1402`: The policy has more than 10 destination CIDR blocks.
pub const VPN_1402: &Row = &ROWS[135];

/// `huawei/vpn/VPN.1403`: A destination of the policy is not an IPv4 CIDR block.
pub const VPN_1403: &Row = &ROWS[136];

/// `huawei/vpn/VPN.1404`: The policy names the same destination twice.
pub const VPN_1404: &Row = &ROWS[137];

/// `huawei/vpn/VPN.1405`: A destination lies in a range that cannot be used or overlaps the client CIDR block.
pub const VPN_1405: &Row = &ROWS[138];

/// `huawei/vpn/VPN.1406`: The default access policy shall be changed or deleted.
pub const VPN_1406: &Row = &ROWS[139];

/// `huawei/vpn/VPN.1801`: An order for the gateway is in progress.
pub const VPN_1801: &Row = &ROWS[140];

/// `huawei/vpc/common/VPC.0002`: The body of a subnet creation has the key availability_zone with a blank value.
pub const COMMON_0002: &Row = &ROWS[141];

/// `huawei/vpc/common/VPC.0003`: A vpc_id in the path or body is a valid UUID that names no VPC of this project.
pub const COMMON_0003: &Row = &ROWS[142];

/// `huawei/vpc/common/VPC.0004`: A child is created in a VPC whose status is not OK.
pub const COMMON_0004: &Row = &ROWS[143];

/// `huawei/vpc/common/VPC.0005`: The account is restricted, or the request uses a feature that it has not been granted.
pub const COMMON_0005: &Row = &ROWS[144];

/// `huawei/vpc/common/VPC.0009`: The account has not passed real-name authentication and creates something billable.
pub const COMMON_0009: &Row = &ROWS[145];

/// `huawei/vpc/common/VPC.0007`: The project id in the URL is not the project that the credential is scoped to.
pub const COMMON_0007: &Row = &ROWS[146];

/// `huawei/vpc/common/VPC.0008`: The token passed the gateway but is of no use here: it is unscoped, scoped to a domain, or was revoked meanwhile.
pub const COMMON_0008: &Row = &ROWS[147];

/// `huawei/vpc/common/VPC.2701`: The caller is known, but its role does not allow the action or its account is frozen.
pub const COMMON_2701: &Row = &ROWS[148];

/// `huawei/vpc/create_vpc/VPC.0101`: The body lacks the vpc object, or its name, description, cidr, enterprise_project_id or tags break their rules.
pub const CREATE_VPC_0101: &Row = &ROWS[149];

/// `huawei/vpc/create_vpc/VPC.0114`: The project already has as many VPCs as its quota allows.
pub const CREATE_VPC_0114: &Row = &ROWS[150];

/// `huawei/vpc/create_vpc/VPC.0115`: Another VPC of the project has the same name.
pub const CREATE_VPC_0115: &Row = &ROWS[151];

/// `huawei/vpc/show_vpc/VPC.0101`: The vpc_id in the path is not a UUID.
pub const SHOW_VPC_0101: &Row = &ROWS[152];

/// `huawei/vpc/show_vpc/VPC.0105`: With 404 no VPC of the project has this id; with 500 the network backend failed.
pub const SHOW_VPC_0105: &Row = &ROWS[153];

/// `huawei/vpc/show_vpc/VPC.0106`: The VPC is on record, but the network backend answers without its router.
pub const SHOW_VPC_0106: &Row = &ROWS[154];

/// `huawei/vpc/list_vpcs/VPC.0101`: The limit is not a number from 0 to 2000, or the marker, id or enterprise_project_id is malformed.
pub const LIST_VPCS_0101: &Row = &ROWS[155];

/// `huawei/vpc/list_vpcs/VPC.0105`: The network backend failed while it listed VPCs.
pub const LIST_VPCS_0105: &Row = &ROWS[156];

/// `huawei/vpc/list_vpcs/VPC.0106`: The network backend answered the list of VPCs with nothing at all.
pub const LIST_VPCS_0106: &Row = &ROWS[157];

/// `huawei/vpc/delete_vpc/VPC.0101`: With 400 the vpc_id is not a UUID; with 404 no VPC of the project has this id.
pub const DELETE_VPC_0101: &Row = &ROWS[158];

/// `huawei/vpc/delete_vpc/VPC.0102`: The network backend refused to delete the router for another reason than absence or use.
pub const DELETE_VPC_0102: &Row = &ROWS[159];

/// `huawei/vpc/delete_vpc/VPC.0103`: The VPC is still being created.
pub const DELETE_VPC_0103: &Row = &ROWS[160];

/// `huawei/vpc/delete_vpc/VPC.0104`: The VPC still has subnets.
pub const DELETE_VPC_0104: &Row = &ROWS[161];

/// `huawei/vpc/delete_vpc/VPC.0105`: With 404 the VPC is on record but missing in the network backend; with 500 the backend failed.
pub const DELETE_VPC_0105: &Row = &ROWS[162];

/// `huawei/vpc/delete_vpc/VPC.0107`: It is the last VPC of the project, and the project still owns network ACLs.
pub const DELETE_VPC_0107: &Row = &ROWS[163];

/// `huawei/vpc/delete_vpc/VPC.0108`: The VPC has a peering, custom route table, NAT, VPN or endpoint, or it is the last one while the project holds EIPs.
pub const DELETE_VPC_0108: &Row = &ROWS[164];

/// `huawei/vpc/delete_vpc/VPC.0110`: The VPC is in a state other than OK and creating, such as ERROR or a pending change.
pub const DELETE_VPC_0110: &Row = &ROWS[165];

/// `huawei/vpc/delete_vpc/VPC.0111`: The store failed while the VPC was being deleted.
pub const DELETE_VPC_0111: &Row = &ROWS[166];

/// `huawei/vpc/delete_vpc/VPC.0112`: It is the last VPC of the project, and security groups other than the default one exist.
pub const DELETE_VPC_0112: &Row = &ROWS[167];

/// `huawei/vpc/delete_vpc/VPC.0118`: A load balancer is registered in the VPC.
pub const DELETE_VPC_0118: &Row = &ROWS[168];

/// `huawei/vpc/delete_vpc/VPC.0119`: The registry of load balancers did not answer.
pub const DELETE_VPC_0119: &Row = &ROWS[169];

/// `huawei/vpc/delete_vpc/VPC.0120`: The VPC still has custom routes in its default route table or rows of the older route API.
pub const DELETE_VPC_0120: &Row = &ROWS[170];

/// `huawei/vpc/update_vpc/VPC.0101`: The vpc_id is not a UUID, or the named attribute breaks the rules of creation.
pub const UPDATE_VPC_0101: &Row = &ROWS[171];

/// `huawei/vpc/update_vpc/VPC.0105`: With 404 no VPC of the project has this id; with 500 the network backend failed.
pub const UPDATE_VPC_0105: &Row = &ROWS[172];

/// `huawei/vpc/update_vpc/VPC.0113`: The VPC's status is not OK.
pub const UPDATE_VPC_0113: &Row = &ROWS[173];

/// `huawei/vpc/update_vpc/VPC.0115`: Another VPC of the project has the new name.
pub const UPDATE_VPC_0115: &Row = &ROWS[174];

/// `huawei/vpc/update_vpc/VPC.0117`: The new cidr does not contain every subnet of the VPC.
pub const UPDATE_VPC_0117: &Row = &ROWS[175];

/// `huawei/vpc/create_subnet/VPC.0201`: The name is missing or breaks its rules, or the gateway, a DNS server, a DHCP option or the vpc_id is invalid.
pub const CREATE_SUBNET_0201: &Row = &ROWS[176];

/// `huawei/vpc/create_subnet/VPC.0202`: The network backend failed to create the subnet.
pub const CREATE_SUBNET_0202: &Row = &ROWS[177];

/// `huawei/vpc/create_subnet/VPC.0203`: The subnet's cidr lies neither in the VPC's cidr nor in one of its secondary blocks.
pub const CREATE_SUBNET_0203: &Row = &ROWS[178];

/// `huawei/vpc/create_subnet/VPC.0204`: The cidr equals or overlaps that of another subnet of the VPC.
pub const CREATE_SUBNET_0204: &Row = &ROWS[179];

/// `huawei/vpc/create_subnet/VPC.0212`: The cidr cannot be read, has host bits set, or is smaller than a /28.
pub const CREATE_SUBNET_0212: &Row = &ROWS[180];

/// `huawei/vpc/show_subnet/VPC.0201`: The subnet_id in the path is not a UUID.
pub const SHOW_SUBNET_0201: &Row = &ROWS[181];

/// `huawei/vpc/show_subnet/VPC.0202`: With 404 no subnet of the project has this id; with 500 the network backend failed.
pub const SHOW_SUBNET_0202: &Row = &ROWS[182];

/// `huawei/vpc/list_subnets/VPC.0201`: The limit is not a number from 0 to 2000, or the marker or vpc_id is malformed.
pub const LIST_SUBNETS_0201: &Row = &ROWS[183];

/// `huawei/vpc/list_subnets/VPC.0202`: The network backend failed while it listed subnets.
pub const LIST_SUBNETS_0202: &Row = &ROWS[184];

/// `huawei/vpc/delete_subnet/VPC.0201`: The vpc_id or the subnet_id in the path is not a UUID.
pub const DELETE_SUBNET_0201: &Row = &ROWS[185];

/// `huawei/vpc/delete_subnet/VPC.0202`: With 404 no subnet of the project has this id; with 500 the network backend failed.
pub const DELETE_SUBNET_0202: &Row = &ROWS[186];

/// `huawei/vpc/delete_subnet/VPC.0207`: The subnet exists, but in another VPC than the path names.
pub const DELETE_SUBNET_0207: &Row = &ROWS[187];

/// `huawei/vpc/delete_subnet/VPC.0208`: Private or virtual IP addresses are allocated in the subnet.
pub const DELETE_SUBNET_0208: &Row = &ROWS[188];

/// `huawei/vpc/delete_subnet/VPC.0209`: An instance, a NAT gateway, an endpoint or another service has a port in the subnet.
pub const DELETE_SUBNET_0209: &Row = &ROWS[189];

/// `huawei/vpc/delete_subnet/VPC.0210`: A custom route leads to a next hop inside the subnet.
pub const DELETE_SUBNET_0210: &Row = &ROWS[190];

/// `huawei/vpc/delete_subnet/VPC.0211`: A load balancer has a port in the subnet.
pub const DELETE_SUBNET_0211: &Row = &ROWS[191];

/// `huawei/vpc/update_subnet/VPC.0201`: The named attribute is invalid; the name is mandatory.
pub const UPDATE_SUBNET_0201: &Row = &ROWS[192];

/// `huawei/vpc/update_subnet/VPC.0202`: With 404 no subnet of the project has this id; with 500 the network backend failed.
pub const UPDATE_SUBNET_0202: &Row = &ROWS[193];

/// `huawei/vpc/update_subnet/VPC.0205`: The subnet is not ACTIVE yet, or is in ERROR.
pub const UPDATE_SUBNET_0205: &Row = &ROWS[194];

/// `huawei/vpc/update_subnet/VPC.0207`: The subnet exists, but in another VPC than the path names.
pub const UPDATE_SUBNET_0207: &Row = &ROWS[195];

/// `huawei/vpc/create_publicip/VPC.0301`: The bandwidth object or its share_type is missing, a PER bandwidth lacks a valid name or size, or a WHOLE one lacks its id.
pub const CREATE_PUBLICIP_0301: &Row = &ROWS[196];

/// `huawei/vpc/create_publicip/VPC.0501`: The share_type is neither PER nor WHOLE, the type, ip_version or alias is invalid, or the id names no shared bandwidth of the project.
pub const CREATE_PUBLICIP_0501: &Row = &ROWS[197];

/// `huawei/vpc/create_publicip/VPC.0502`: The account is restricted by the operator, for instance in arrears.
pub const CREATE_PUBLICIP_0502: &Row = &ROWS[198];

/// `huawei/vpc/create_publicip/VPC.0503`: The backend failed to allocate an address.
pub const CREATE_PUBLICIP_0503: &Row = &ROWS[199];

/// `huawei/vpc/create_publicip/VPC.0504`: The backend reported an allocation without any address.
pub const CREATE_PUBLICIP_0504: &Row = &ROWS[200];

/// `huawei/vpc/create_publicip/VPC.0508`: The port_id is well formed, but the project has no such port.
pub const CREATE_PUBLICIP_0508: &Row = &ROWS[201];

/// `huawei/vpc/create_publicip/VPC.0510`: The requested ip_address is an EIP of this project that is already bound to a port.
pub const CREATE_PUBLICIP_0510: &Row = &ROWS[202];

/// `huawei/vpc/create_publicip/VPC.0511`: The port already has an EIP.
pub const CREATE_PUBLICIP_0511: &Row = &ROWS[203];

/// `huawei/vpc/create_publicip/VPC.0521`: The project already has as many EIPs as its quota allows.
pub const CREATE_PUBLICIP_0521: &Row = &ROWS[204];

/// `huawei/vpc/create_publicip/VPC.0522`: The requested ip_address is malformed, outside the pool, or already allocated.
pub const CREATE_PUBLICIP_0522: &Row = &ROWS[205];

/// `huawei/vpc/create_publicip/VPC.0532`: The address pool of this type has no free address.
pub const CREATE_PUBLICIP_0532: &Row = &ROWS[206];

/// `huawei/vpc/show_publicip/VPC.0501`: The publicip_id in the path is not a UUID.
pub const SHOW_PUBLICIP_0501: &Row = &ROWS[207];

/// `huawei/vpc/show_publicip/VPC.0504`: No EIP of the project has this id.
pub const SHOW_PUBLICIP_0504: &Row = &ROWS[208];

/// `huawei/vpc/show_publicip/VPC.0514`: The backend failed while it read the EIP.
pub const SHOW_PUBLICIP_0514: &Row = &ROWS[209];

/// `huawei/vpc/list_publicips/VPC.0501`: The limit is not a number from 0 to 2000, or the marker or a filter is malformed.
pub const LIST_PUBLICIPS_0501: &Row = &ROWS[210];

/// `huawei/vpc/delete_publicip/VPC.0501`: The publicip_id in the path is not a UUID.
pub const DELETE_PUBLICIP_0501: &Row = &ROWS[211];

/// `huawei/vpc/delete_publicip/VPC.0504`: No EIP of the project has this id.
pub const DELETE_PUBLICIP_0504: &Row = &ROWS[212];

/// `huawei/vpc/delete_publicip/VPC.0512`: The EIP is in transition: being created, bound, updated or deleted.
pub const DELETE_PUBLICIP_0512: &Row = &ROWS[213];

/// `huawei/vpc/delete_publicip/VPC.0513`: The address pool that the EIP came from is no longer configured.
pub const DELETE_PUBLICIP_0513: &Row = &ROWS[214];

/// `huawei/vpc/delete_publicip/VPC.0516`: The EIP is bound to a load balancer.
pub const DELETE_PUBLICIP_0516: &Row = &ROWS[215];

/// `huawei/vpc/delete_publicip/VPC.0517`: The EIP is bound to a port.
pub const DELETE_PUBLICIP_0517: &Row = &ROWS[216];

/// `huawei/vpc/delete_publicip/VPC.0518`: A firewall rule of the project names the EIP's address.
pub const DELETE_PUBLICIP_0518: &Row = &ROWS[217];

/// `huawei/vpc/update_publicip/VPC.0501`: The port_id is not a UUID, comes together with ip_version, or the alias is invalid.
pub const UPDATE_PUBLICIP_0501: &Row = &ROWS[218];

/// `huawei/vpc/update_publicip/VPC.0504`: No EIP of the project has this id.
pub const UPDATE_PUBLICIP_0504: &Row = &ROWS[219];

/// `huawei/vpc/update_publicip/VPC.0509`: The EIP is already bound, and the requested port already has another EIP.
pub const UPDATE_PUBLICIP_0509: &Row = &ROWS[220];

/// `huawei/vpc/update_publicip/VPC.0510`: The EIP is already bound to another port.
pub const UPDATE_PUBLICIP_0510: &Row = &ROWS[221];

/// `huawei/vpc/update_publicip/VPC.0511`: The requested port already has an EIP.
pub const UPDATE_PUBLICIP_0511: &Row = &ROWS[222];

/// `huawei/vpc/update_publicip/VPC.0512`: The EIP is in transition, frozen or in ERROR.
pub const UPDATE_PUBLICIP_0512: &Row = &ROWS[223];

/// `huawei/vpc/update_publicip/VPC.0514`: With 404 the project has no port with this port_id; with 500 the backend failed.
pub const UPDATE_PUBLICIP_0514: &Row = &ROWS[224];

/// `huawei/vpc/show_bandwidth/VPC.0301`: The bandwidth_id in the path is not a UUID.
pub const SHOW_BANDWIDTH_0301: &Row = &ROWS[225];

/// `huawei/vpc/show_bandwidth/VPC.0306`: No bandwidth of the project has this id.
pub const SHOW_BANDWIDTH_0306: &Row = &ROWS[226];

/// `huawei/vpc/show_bandwidth/VPC.0302`: The backend failed while it read the bandwidth.
pub const SHOW_BANDWIDTH_0302: &Row = &ROWS[227];

/// `huawei/vpc/list_bandwidths/VPC.0301`: The limit is not a number from 0 to 2000, the share_type is neither PER nor WHOLE, or the marker is not a UUID.
pub const LIST_BANDWIDTHS_0301: &Row = &ROWS[228];

/// `huawei/vpc/list_bandwidths/VPC.0306`: The marker is a UUID that names no bandwidth of the project.
pub const LIST_BANDWIDTHS_0306: &Row = &ROWS[229];

/// `huawei/vpc/list_bandwidths/VPC.0302`: The backend failed while it listed bandwidths.
pub const LIST_BANDWIDTHS_0302: &Row = &ROWS[230];

/// `huawei/vpc/update_bandwidth/VPC.0301`: Neither name nor size is given, one of them breaks its rules, the bandwidth is frozen, or its id is not a UUID.
pub const UPDATE_BANDWIDTH_0301: &Row = &ROWS[231];

/// `huawei/vpc/update_bandwidth/VPC.0302`: The backend failed while it read the bandwidth.
pub const UPDATE_BANDWIDTH_0302: &Row = &ROWS[232];

/// `huawei/vpc/update_bandwidth/VPC.0305`: The change could not be applied or stored.
pub const UPDATE_BANDWIDTH_0305: &Row = &ROWS[233];

/// `huawei/vpc/create_shared_bandwidth/VPC.0310`: The project would have more shared bandwidths than its quota allows.
pub const CREATE_SHARED_BANDWIDTH_0310: &Row = &ROWS[234];

/// `huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0301`: The list publicip_info is empty, or one of its ids is no UUID or no EIP of the project.
pub const INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0301: &Row = &ROWS[235];

/// `huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0323`: The bandwidth is not shared or not NORMAL, or an EIP is in the wrong state, already in a shared bandwidth, not in this one, or one too many.
pub const INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0323: &Row = &ROWS[236];

/// `huawei/vpc/show_quotas/VPC.1207`: The type in the query is not a type of quota.
pub const SHOW_QUOTAS_1207: &Row = &ROWS[237];

/// `huawei/vpc/create_privateip/VPC.0701`: The requested ip_address is already held by a port of the subnet.
pub const CREATE_PRIVATEIP_0701: &Row = &ROWS[238];

/// `huawei/vpc/create_privateip/VPC.0705`: The requested ip_address lies outside the subnet or is reserved: network, gateway or one of the last addresses.
pub const CREATE_PRIVATEIP_0705: &Row = &ROWS[239];

/// `huawei/vpc/create_privateip/VPC.2204`: No subnet of the project has this subnet_id.
pub const CREATE_PRIVATEIP_2204: &Row = &ROWS[240];

/// `huawei/vpc/create_privateip/VPC.0703`: The subnet has no free address left.
pub const CREATE_PRIVATEIP_0703: &Row = &ROWS[241];

/// `huawei/vpc/show_privateip/VPC.0704`: No private IP of the project has this id.
pub const SHOW_PRIVATEIP_0704: &Row = &ROWS[242];

/// `huawei/vpc/list_privateips/VPC.0702`: The limit, the marker or the subnet_id is malformed.
pub const LIST_PRIVATEIPS_0702: &Row = &ROWS[243];

/// `huawei/vpc/delete_privateip/VPC.0704`: No private IP of the project has this id.
pub const DELETE_PRIVATEIP_0704: &Row = &ROWS[244];

/// `huawei/vpc/delete_privateip/VPC.0706`: The network backend failed to delete the port.
pub const DELETE_PRIVATEIP_0706: &Row = &ROWS[245];

/// `huawei/vpc/delete_privateip/VPC.0707`: The private IP belongs to an instance or a service, or is a virtual IP that is still bound.
pub const DELETE_PRIVATEIP_0707: &Row = &ROWS[246];

/// `huawei/vpc/create_security_group/VPC.0601`: The name is missing or breaks its rules, or the vpc_id or enterprise_project_id is malformed.
pub const CREATE_SECURITY_GROUP_0601: &Row = &ROWS[247];

/// `huawei/vpc/create_security_group/VPC.0602`: The network backend failed to create the security group, or the name is the reserved one.
pub const CREATE_SECURITY_GROUP_0602: &Row = &ROWS[248];

/// `huawei/vpc/create_security_group/VPC.0604`: The project already has as many security groups as its quota allows.
pub const CREATE_SECURITY_GROUP_0604: &Row = &ROWS[249];

/// `huawei/vpc/show_security_group/VPC.0601`: The security_group_id in the path is not a UUID.
pub const SHOW_SECURITY_GROUP_0601: &Row = &ROWS[250];

/// `huawei/vpc/show_security_group/VPC.0602`: The network backend failed before the security group was found.
pub const SHOW_SECURITY_GROUP_0602: &Row = &ROWS[251];

/// `huawei/vpc/show_security_group/VPC.0603`: No security group of the project has this id.
pub const SHOW_SECURITY_GROUP_0603: &Row = &ROWS[252];

/// `huawei/vpc/show_security_group/VPC.0612`: With 404 the security group is on record but missing in the network backend; with 500 the backend failed.
pub const SHOW_SECURITY_GROUP_0612: &Row = &ROWS[253];

/// `huawei/vpc/list_security_groups/VPC.0601`: The limit is not a number from 0 to 2000, or the marker or vpc_id is not a UUID.
pub const LIST_SECURITY_GROUPS_0601: &Row = &ROWS[254];

/// `huawei/vpc/list_security_groups/VPC.0602`: The network backend failed while it listed security groups.
pub const LIST_SECURITY_GROUPS_0602: &Row = &ROWS[255];

/// `huawei/vpc/create_security_group_rule/VPC.0602`: An equal rule exists, was created at the same moment, or the quota of rules is used up; the message is the matching one of the three sentences.
pub const CREATE_SECURITY_GROUP_RULE_0602: &Row = &ROWS[256];

/// `huawei/vpc/show_network_ip_availabilities/VPC.2301`: The network_id in the path is not a UUID.
pub const SHOW_NETWORK_IP_AVAILABILITIES_2301: &Row = &ROWS[257];

/// `huawei/vpc/show_network_ip_availabilities/VPC.2302`: The network_id is well formed, but the project has no such network.
pub const SHOW_NETWORK_IP_AVAILABILITIES_2302: &Row = &ROWS[258];

/// `huawei/vpc/create_flow_log/VPC.3001`: One of resource_type, log_store_type, traffic_type, log_group_id and log_topic_id is invalid.
pub const CREATE_FLOW_LOG_3001: &Row = &ROWS[259];

/// `huawei/vpc/create_flow_log/VPC.3002/400`: The port belongs to no instance, or to an instance whose flavor has no flow logs.
pub const CREATE_FLOW_LOG_3002_400: &Row = &ROWS[260];

/// `huawei/vpc/create_flow_log/VPC.3002/404`: The port, network or VPC to log does not exist in the project.
pub const CREATE_FLOW_LOG_3002_404: &Row = &ROWS[261];

/// `huawei/vpc/create_flow_log/VPC.3004`: The same resource is already logged with this traffic type to this group and topic.
pub const CREATE_FLOW_LOG_3004: &Row = &ROWS[262];

/// `huawei/vpc/create_flow_log/VPC.3002/500`: The log service did not answer, or the flow log could not be stored.
pub const CREATE_FLOW_LOG_3002_500: &Row = &ROWS[263];

/// `huawei/vpc/list_flow_logs/VPC.3001`: The named parameter of the list is invalid.
pub const LIST_FLOW_LOGS_3001: &Row = &ROWS[264];

/// `huawei/vpc/list_flow_logs/VPC.3002`: The backend failed while it listed flow logs.
pub const LIST_FLOW_LOGS_3002: &Row = &ROWS[265];

/// `huawei/vpc/show_flow_log/VPC.3001`: The flowlog_id in the path is not a UUID.
pub const SHOW_FLOW_LOG_3001: &Row = &ROWS[266];

/// `huawei/vpc/show_flow_log/VPC.3002`: No flow log of the project has this id.
pub const SHOW_FLOW_LOG_3002: &Row = &ROWS[267];

/// `huawei/vpc/update_flow_log/VPC.3001`: The flowlog_id in the path is not a UUID.
pub const UPDATE_FLOW_LOG_3001: &Row = &ROWS[268];

/// `huawei/vpc/update_flow_log/VPC.3005`: No flow log of the project has this id.
pub const UPDATE_FLOW_LOG_3005: &Row = &ROWS[269];

/// `huawei/vpc/update_flow_log/VPC.3002`: The change could not be stored, or the log service did not answer.
pub const UPDATE_FLOW_LOG_3002: &Row = &ROWS[270];

/// `huawei/vpc/delete_flow_log/VPC.3001`: The flowlog_id in the path is not a UUID.
pub const DELETE_FLOW_LOG_3001: &Row = &ROWS[271];

/// `huawei/vpc/delete_flow_log/VPC.3005`: No flow log of the project has this id.
pub const DELETE_FLOW_LOG_3005: &Row = &ROWS[272];

/// `huawei/vpc/delete_flow_log/VPC.3002`: The deletion could not be stored, or the log service did not answer.
pub const DELETE_FLOW_LOG_3002: &Row = &ROWS[273];

/// `huawei/gateway/APIGW.0101`: No API has this path, for instance because a path parameter is empty.
pub const APIGW_0101: &Row = &ROWS[274];

/// `huawei/gateway/APIGW.0101/method`: The path is known, but not with this method.
pub const APIGW_0101_METHOD: &Row = &ROWS[275];

/// `huawei/gateway/APIGW.0103`: The gateway has no backend for the API.
pub const APIGW_0103: &Row = &ROWS[276];

/// `huawei/gateway/APIGW.0104`: The API refers to a plug-in of the gateway that does not exist.
pub const APIGW_0104: &Row = &ROWS[277];

/// `huawei/gateway/APIGW.0105`: The API has no backend configuration.
pub const APIGW_0105: &Row = &ROWS[278];

/// `huawei/gateway/APIGW.0106`: The gateway could not orchestrate the request.
pub const APIGW_0106: &Row = &ROWS[279];

/// `huawei/gateway/APIGW.0201/400`: The request is not valid HTTP for the gateway, such as a body shorter than its Content-Length or a bad percent escape.
pub const APIGW_0201_400: &Row = &ROWS[280];

/// `huawei/gateway/APIGW.0201/413`: The body is larger than 12 MB.
pub const APIGW_0201_413: &Row = &ROWS[281];

/// `huawei/gateway/APIGW.0201/414`: The request line is too long.
pub const APIGW_0201_414: &Row = &ROWS[282];

/// `huawei/gateway/APIGW.0201/494`: The headers are too large together.
pub const APIGW_0201_494: &Row = &ROWS[283];

/// `huawei/gateway/APIGW.0201/502`: The backend refused the connection or broke it off.
pub const APIGW_0201_502: &Row = &ROWS[284];

/// `huawei/gateway/APIGW.0201/504`: The backend did not answer in time.
pub const APIGW_0201_504: &Row = &ROWS[285];

/// `huawei/gateway/APIGW.0301`: The request carries no credential, an unknown or locked access key, a wrong signature, a date off by more than 15 minutes, or a token that cannot be read; the message ends with the reason.
pub const APIGW_0301: &Row = &ROWS[286];

/// `huawei/gateway/APIGW.0302`: The user's policy does not allow any call of this API.
pub const APIGW_0302: &Row = &ROWS[287];

/// `huawei/gateway/APIGW.0303`: The credential of an app is wrong.
pub const APIGW_0303: &Row = &ROWS[288];

/// `huawei/gateway/APIGW.0304`: The app is not authorized to call the API.
pub const APIGW_0304: &Row = &ROWS[289];

/// `huawei/gateway/APIGW.0305`: The credential is of a kind that the API does not accept.
pub const APIGW_0305: &Row = &ROWS[290];

/// `huawei/gateway/APIGW.0306`: A policy of the gateway denies the call.
pub const APIGW_0306: &Row = &ROWS[291];

/// `huawei/gateway/APIGW.0307`: The token has expired or comes from another region.
pub const APIGW_0307: &Row = &ROWS[292];

/// `huawei/gateway/APIGW.0308`: The caller sent more requests than the limit allows.
pub const APIGW_0308: &Row = &ROWS[293];

/// `huawei/gateway/APIGW.0310`: The project is disabled.
pub const APIGW_0310: &Row = &ROWS[294];

/// `huawei/gateway/APIGW.0311`: The credential for debugging the API is wrong.
pub const APIGW_0311: &Row = &ROWS[295];

/// `huawei/gateway/APIGW.0401`: The gateway cannot tell the client's address.
pub const APIGW_0401: &Row = &ROWS[296];

/// `huawei/gateway/APIGW.0402`: The client's address is not allowed to call the API.
pub const APIGW_0402: &Row = &ROWS[297];

/// `huawei/gateway/APIGW.0404`: The gateway may not reach the backend's address.
pub const APIGW_0404: &Row = &ROWS[298];

/// `huawei/gateway/APIGW.0501`: The app's quota of calls is used up.
pub const APIGW_0501: &Row = &ROWS[299];

/// `huawei/gateway/APIGW.0502`: The app is frozen.
pub const APIGW_0502: &Row = &ROWS[300];

/// `huawei/gateway/APIGW.0601`: The gateway itself failed.
pub const APIGW_0601: &Row = &ROWS[301];

/// `huawei/gateway/APIGW.0602`: The gateway cannot make sense of the request.
pub const APIGW_0602: &Row = &ROWS[302];

/// `huawei/gateway/APIGW.0605`: The backend's name could not be resolved.
pub const APIGW_0605: &Row = &ROWS[303];

/// `huawei/gateway/APIGW.0606`: The gateway could not load its API configuration.
pub const APIGW_0606: &Row = &ROWS[304];

/// `huawei/gateway/APIGW.0607`: The API was called by another protocol than it supports.
pub const APIGW_0607: &Row = &ROWS[305];

/// `huawei/gateway/APIGW.0608`: The gateway got no token for itself from IAM.
pub const APIGW_0608: &Row = &ROWS[306];

/// `huawei/gateway/APIGW.0609`: The backend inside a VPC does not exist.
pub const APIGW_0609: &Row = &ROWS[307];

/// `huawei/gateway/APIGW.0610`: No instance of the backend is up.
pub const APIGW_0610: &Row = &ROWS[308];

/// `huawei/gateway/APIGW.0611`: The backend's port does not exist.
pub const APIGW_0611: &Row = &ROWS[309];

/// `huawei/gateway/APIGW.0612`: The API's backend is the API itself.
pub const APIGW_0612: &Row = &ROWS[310];

/// `huawei/gateway/APIGW.0613`: IAM did not answer, so no credential can be checked.
pub const APIGW_0613: &Row = &ROWS[311];

/// `huawei/gateway/APIGW.0705`: The gateway could not sign its call to the backend.
pub const APIGW_0705: &Row = &ROWS[312];

/// `huawei/gateway/APIGW.0801`: The service is switched off in this region.
pub const APIGW_0801: &Row = &ROWS[313];

/// `huawei/gateway/APIGW.0802`: The user may not work in this region.
pub const APIGW_0802: &Row = &ROWS[314];

/// `huawei/iam/IAM.0001`: The request to IAM carries no valid credential.
pub const IAM_0001: &Row = &ROWS[315];

/// `huawei/iam/IAM.0061`: The account is locked after too many failed attempts.
pub const IAM_0061: &Row = &ROWS[316];

/// `huawei/iam/IAM.0062`: The password is wrong.
pub const IAM_0062: &Row = &ROWS[317];

/// `huawei/iam/IAM.0063`: The access token could not be verified.
pub const IAM_0063: &Row = &ROWS[318];

/// `huawei/iam/IAM.0064`: The token does not carry the permission for this request.
pub const IAM_0064: &Row = &ROWS[319];

/// `huawei/iam/IAM.0066`: The token has expired.
pub const IAM_0066: &Row = &ROWS[320];

/// `huawei/iam/IAM.0067`: The token cannot be read or was revoked.
pub const IAM_0067: &Row = &ROWS[321];

/// `huawei/iam/IAM.0002`: The caller is known, but may not do this.
pub const IAM_0002: &Row = &ROWS[322];

/// `huawei/iam/IAM.0003`: The caller's policy lacks the action that the message names.
pub const IAM_0003: &Row = &ROWS[323];

/// `huawei/iam/IAM.0080`: The user that owns the access key is disabled.
pub const IAM_0080: &Row = &ROWS[324];

/// `huawei/iam/IAM.0081`: The user may sign in to the console only.
pub const IAM_0081: &Row = &ROWS[325];

/// `huawei/iam/IAM.0082`: The user is disabled.
pub const IAM_0082: &Row = &ROWS[326];

/// `huawei/iam/IAM.0012`: The caller sent more requests to IAM than the limit allows.
pub const IAM_0012: &Row = &ROWS[327];

/// `huawei/iam/IAM.0007`: The named parameter of the query or path is invalid.
pub const IAM_0007: &Row = &ROWS[328];

/// `huawei/iam/IAM.0009`: The header X-Subject-Token is missing or names no token.
pub const IAM_0009: &Row = &ROWS[329];

/// `huawei/iam/IAM.0011`: The body is not JSON of the documented shape.
pub const IAM_0011: &Row = &ROWS[330];

/// `huawei/iam/IAM.0072`: A required key is missing in the body.
pub const IAM_0072: &Row = &ROWS[331];

/// `huawei/iam/IAM.0073`: The value of a key in the body is not allowed.
pub const IAM_0073: &Row = &ROWS[332];

/// `huawei/iam/keystone.400`: A request for a token or to another Keystone path has a malformed body, header or query.
pub const KEYSTONE_400: &Row = &ROWS[333];

/// `huawei/iam/keystone.401`: The user name, the password or the token is wrong, expired or missing.
pub const KEYSTONE_401: &Row = &ROWS[334];

/// `huawei/iam/keystone.403`: The caller is known, but may not see or change this.
pub const KEYSTONE_403: &Row = &ROWS[335];

/// `huawei/iam/keystone.404`: The named project, domain, user or token does not exist.
pub const KEYSTONE_404: &Row = &ROWS[336];

/// `huawei/iam/keystone.409`: The request collides with something that exists.
pub const KEYSTONE_409: &Row = &ROWS[337];

/// `huawei/iam/keystone.500`: IAM itself failed.
pub const KEYSTONE_500: &Row = &ROWS[338];

/// `huawei/vpc/common/VPC.2201`: The caller's policy lacks the action that the message names.
pub const COMMON_2201: &Row = &ROWS[339];

/// `huawei/vpc/create_subnet/VPC.0202/409`: The project already has as many subnets as its quota allows.
pub const CREATE_SUBNET_0202_409: &Row = &ROWS[340];

/// `huawei/vpc/update_bandwidth/VPC.0306`: No bandwidth of the project has this id; the documented table has no row for it.
pub const UPDATE_BANDWIDTH_0306: &Row = &ROWS[341];

/// `huawei/vpc/port/VPC.2204`: No port or subnet of the project has this id.
pub const PORT_2204: &Row = &ROWS[342];

/// `huawei/vpc/port/VPC.0707`: The port belongs to an instance or a service.
pub const PORT_0707: &Row = &ROWS[343];

/// `huawei/vpc/port/VPC.0702`: An attribute or query parameter of the port is invalid.
pub const PORT_0702: &Row = &ROWS[344];

/// `huawei/vpc/port/VPC.0701`: The requested address is already held by a port of the subnet.
pub const PORT_0701: &Row = &ROWS[345];

/// `huawei/vpc/port/VPC.0703`: The subnet has no free address left.
pub const PORT_0703: &Row = &ROWS[346];

/// `huawei/vpc/port/VPC.0705`: The requested address lies outside the subnet or is reserved.
pub const PORT_0705: &Row = &ROWS[347];

/// `huawei/vpc/tags/VPC.1801`: A tag's key or value breaks its rules or the organisation's tag policy, or there are too many tags.
pub const TAGS_1801: &Row = &ROWS[348];

/// `huawei/vpc/tags/VPC.2204`: The resource to tag does not exist in the project.
pub const TAGS_2204: &Row = &ROWS[349];

/// `huawei/vpc/v3/VPC.9901`: A field of the body, the path or the query breaks its rules.
pub const V3_9901: &Row = &ROWS[350];

/// `huawei/vpc/v3/VPC.9902`: Something still uses the resource.
pub const V3_9902: &Row = &ROWS[351];

/// `huawei/vpc/v3/VPC.9904`: No resource of this kind in the project has this id.
pub const V3_9904: &Row = &ROWS[352];

/// `huawei/vpc/v3/VPC.9905`: The project owns as many of these as its quota allows.
pub const V3_9905: &Row = &ROWS[353];

/// `huawei/vpc/v3/VPC.9906`: The same thing exists already.
pub const V3_9906: &Row = &ROWS[354];

/// `huawei/vpc/v3/VPC.9908`: The resource's state forbids the operation.
pub const V3_9908: &Row = &ROWS[355];

/// `huawei/vpc/v3/VPC.9909`: The resource exists, but is not of the sort that the operation needs.
pub const V3_9909: &Row = &ROWS[356];

/// `huawei/vpc/v3/VPC.9910`: The network backend or the store failed.
pub const V3_9910: &Row = &ROWS[357];

/// `huawei/eip/v3/EIP.7901`: A field of the body, the path or the query breaks its rules.
pub const EIP_7901: &Row = &ROWS[358];

/// `huawei/eip/v3/EIP.7902`: The address or bandwidth is bound already, not bound at all, or in another state that forbids the operation.
pub const EIP_7902: &Row = &ROWS[359];

/// `huawei/eip/v3/EIP.7902/400`: The address that shall leave a shared bandwidth has one of its own.
pub const EIP_7902_400: &Row = &ROWS[360];

/// `huawei/eip/v3/EIP.7903`: No resource of this kind in the project has this id.
pub const EIP_7903: &Row = &ROWS[361];

/// `huawei/eip/v3/EIP.7904`: No pool of public addresses has this name.
pub const EIP_7904: &Row = &ROWS[362];

/// `huawei/eip/v3/EIP.7905`: The project owns as many of these as its quota allows.
pub const EIP_7905: &Row = &ROWS[363];

/// `huawei/eip/v3/EIP.7906`: The network backend or the store failed.
pub const EIP_7906: &Row = &ROWS[364];

/// `huawei/vpc/neutron/NetworkNotFound`: No network of the project has this id.
pub const NEUTRON_NETWORK_NOT_FOUND: &Row = &ROWS[365];

/// `huawei/vpc/neutron/SubnetNotFound`: No subnet of the project has this id.
pub const NEUTRON_SUBNET_NOT_FOUND: &Row = &ROWS[366];

/// `huawei/vpc/neutron/PortNotFound`: No port of the project has this id.
pub const NEUTRON_PORT_NOT_FOUND: &Row = &ROWS[367];

/// `huawei/vpc/neutron/RouterNotFound`: No router of the project has this id.
pub const NEUTRON_ROUTER_NOT_FOUND: &Row = &ROWS[368];

/// `huawei/vpc/neutron/SecurityGroupNotFound`: No security group of the project has this id.
pub const NEUTRON_SECURITY_GROUP_NOT_FOUND: &Row = &ROWS[369];

/// `huawei/vpc/neutron/SecurityGroupRuleNotFound`: No security group rule of the project has this id.
pub const NEUTRON_SECURITY_GROUP_RULE_NOT_FOUND: &Row = &ROWS[370];

/// `huawei/vpc/neutron/FloatingIPNotFound`: No floating ip of the project has this id.
pub const NEUTRON_FLOATING_IP_NOT_FOUND: &Row = &ROWS[371];

/// `huawei/vpc/neutron/FirewallGroupNotFound`: No firewall group of the project has this id.
pub const NEUTRON_FIREWALL_GROUP_NOT_FOUND: &Row = &ROWS[372];

/// `huawei/vpc/neutron/FirewallPolicyNotFound`: No firewall policy of the project has this id.
pub const NEUTRON_FIREWALL_POLICY_NOT_FOUND: &Row = &ROWS[373];

/// `huawei/vpc/neutron/FirewallRuleNotFound`: No firewall rule of the project has this id.
pub const NEUTRON_FIREWALL_RULE_NOT_FOUND: &Row = &ROWS[374];

/// `huawei/vpc/neutron/SubnetPoolNotFound`: No subnet pool of the project has this id.
pub const NEUTRON_SUBNET_POOL_NOT_FOUND: &Row = &ROWS[375];

/// `huawei/vpc/neutron/NetworkInUse`: Something still uses the network.
pub const NEUTRON_NETWORK_IN_USE: &Row = &ROWS[376];

/// `huawei/vpc/neutron/SubnetInUse`: Something still uses the subnet.
pub const NEUTRON_SUBNET_IN_USE: &Row = &ROWS[377];

/// `huawei/vpc/neutron/PortInUse`: Something still uses the port.
pub const NEUTRON_PORT_IN_USE: &Row = &ROWS[378];

/// `huawei/vpc/neutron/RouterInUse`: Something still uses the router.
pub const NEUTRON_ROUTER_IN_USE: &Row = &ROWS[379];

/// `huawei/vpc/neutron/SecurityGroupInUse`: Something still uses the security group.
pub const NEUTRON_SECURITY_GROUP_IN_USE: &Row = &ROWS[380];

/// `huawei/vpc/neutron/FirewallGroupInUse`: Something still uses the firewall group.
pub const NEUTRON_FIREWALL_GROUP_IN_USE: &Row = &ROWS[381];

/// `huawei/vpc/neutron/FirewallPolicyInUse`: Something still uses the firewall policy.
pub const NEUTRON_FIREWALL_POLICY_IN_USE: &Row = &ROWS[382];

/// `huawei/vpc/neutron/FirewallRuleInUse`: Something still uses the firewall rule.
pub const NEUTRON_FIREWALL_RULE_IN_USE: &Row = &ROWS[383];

/// `huawei/vpc/neutron/SubnetPoolInUse`: Something still uses the subnet pool.
pub const NEUTRON_SUBNET_POOL_IN_USE: &Row = &ROWS[384];

/// `huawei/vpc/neutron/InvalidInput`: A field of the body, the path or the query breaks its rules.
pub const NEUTRON_INVALID_INPUT: &Row = &ROWS[385];

/// `huawei/vpc/neutron/OverQuota`: The project owns as many of these as its quota allows.
pub const NEUTRON_OVER_QUOTA: &Row = &ROWS[386];

/// `huawei/vpc/neutron/SecurityGroupRuleExists`: The group has an equal rule.
pub const NEUTRON_SECURITY_GROUP_RULE_EXISTS: &Row = &ROWS[387];

/// `huawei/vpc/neutron/Conflict`: The same thing exists already.
pub const NEUTRON_CONFLICT: &Row = &ROWS[388];

/// `huawei/vpc/neutron/IpAddressAlreadyAllocated`: Another port holds the address.
pub const NEUTRON_IP_ADDRESS_ALREADY_ALLOCATED: &Row = &ROWS[389];

/// `huawei/vpc/neutron/InvalidIpForSubnet`: The address lies outside the subnet or is kept by the platform.
pub const NEUTRON_INVALID_IP_FOR_SUBNET: &Row = &ROWS[390];

/// `huawei/vpc/neutron/IpAddressGenerationFailure`: The subnet has no free address left.
pub const NEUTRON_IP_ADDRESS_GENERATION_FAILURE: &Row = &ROWS[391];

/// `huawei/vpc/neutron/ExternalIpAddressExhausted`: The pool of public addresses has none left.
pub const NEUTRON_EXTERNAL_IP_ADDRESS_EXHAUSTED: &Row = &ROWS[392];

/// `huawei/vpc/neutron/FloatingIPPortAlreadyAssociated`: The address or the port is bound already, to another.
pub const NEUTRON_FLOATING_IP_PORT_ALREADY_ASSOCIATED: &Row = &ROWS[393];

/// `huawei/vpc/neutron/StateConflict`: The resource is being created, changed or deleted.
pub const NEUTRON_STATE_CONFLICT: &Row = &ROWS[394];

/// `huawei/vpc/neutron/PolicyNotAuthorized`: The account may not do this at present.
pub const NEUTRON_POLICY_NOT_AUTHORIZED: &Row = &ROWS[395];

/// `huawei/vpc/neutron/HTTPInternalServerError`: The network backend or the store failed.
pub const NEUTRON_HTTP_INTERNAL_SERVER_ERROR: &Row = &ROWS[396];

/// `huawei/vpc/neutron/RouterInterfaceNotFoundForSubnet`: The subnet is not in the VPC that is this router.
pub const NEUTRON_ROUTER_INTERFACE_NOT_FOUND_FOR_SUBNET: &Row = &ROWS[397];

/// `huawei/vpc/neutron/RouterInterfaceInUseByFloatingIP`: A port of the subnet has a public address.
pub const NEUTRON_ROUTER_INTERFACE_IN_USE_BY_FLOATING_IP: &Row = &ROWS[398];

/// `huawei/vpc/neutron/RouterInterfaceInUseByRoute`: A route, a route table, a gateway or a reservation needs the subnet in its VPC.
pub const NEUTRON_ROUTER_INTERFACE_IN_USE_BY_ROUTE: &Row = &ROWS[399];

/// `huawei/vpc/delete_security_group/VPC.0601`: The security_group_id in the path is not a UUID.
pub const DELETE_SECURITY_GROUP_0601: &Row = &ROWS[400];

/// `huawei/vpc/delete_security_group/VPC.0602`: A port is in the security group, a rule of another group names it, or it is the default one.
pub const DELETE_SECURITY_GROUP_0602: &Row = &ROWS[401];

/// `huawei/vpc/delete_security_group/VPC.0602/500`: The network backend or the store failed to delete the security group.
pub const DELETE_SECURITY_GROUP_0602_500: &Row = &ROWS[402];

/// `huawei/vpc/delete_security_group/VPC.0603`: No security group of the project has this id.
pub const DELETE_SECURITY_GROUP_0603: &Row = &ROWS[403];

/// `huawei/vpc/create_security_group_rule/VPC.0601`: A field of the rule breaks its rules.
pub const CREATE_SECURITY_GROUP_RULE_0601: &Row = &ROWS[404];

/// `huawei/vpc/create_security_group_rule/VPC.0602/500`: The network backend or the store failed to create the rule.
pub const CREATE_SECURITY_GROUP_RULE_0602_500: &Row = &ROWS[405];

/// `huawei/vpc/create_security_group_rule/VPC.0603`: No security group of the project has the id that the rule names.
pub const CREATE_SECURITY_GROUP_RULE_0603: &Row = &ROWS[406];

/// `huawei/vpc/security_group_rule/VPC.0601`: The id in the path, the limit, the marker or a filter is not of its form.
pub const SECURITY_GROUP_RULE_0601: &Row = &ROWS[407];

/// `huawei/vpc/security_group_rule/VPC.0602`: The network backend or the store failed.
pub const SECURITY_GROUP_RULE_0602: &Row = &ROWS[408];

/// `huawei/vpc/security_group_rule/VPC.0603`: No security group rule of the project has this id.
pub const SECURITY_GROUP_RULE_0603: &Row = &ROWS[409];

/// `huawei/vpc/security_group_ports/VPC.0606`: The id of the group or of a port is not a UUID, the action is neither add nor remove, or the list of ports is missing or empty; the message says which.
pub const SECURITY_GROUP_PORTS_0606: &Row = &ROWS[410];

/// `huawei/vpc/security_group_ports/VPC.0609`: The request names more than 20 ports.
pub const SECURITY_GROUP_PORTS_0609: &Row = &ROWS[411];

/// `huawei/vpc/security_group_ports/VPC.0603`: No security group of the project has this id.
pub const SECURITY_GROUP_PORTS_0603: &Row = &ROWS[412];

/// `huawei/vpc/security_group_ports/VPC.0607`: In the list of failures: the port is not in the group that it shall leave, or would be left without any; the message says which.
pub const SECURITY_GROUP_PORTS_0607: &Row = &ROWS[413];

/// `huawei/vpc/security_group_ports/VPC.0608`: In the list of failures: there is no such port, or it belongs to the platform.
pub const SECURITY_GROUP_PORTS_0608: &Row = &ROWS[414];

/// `huawei/vpc/security_group_ports/VPC.0608/500`: The network backend or the store failed.
pub const SECURITY_GROUP_PORTS_0608_500: &Row = &ROWS[415];

/// `huawei/vpc/security_group_v3/VPC.9902`: The group has an equal rule.
pub const SECURITY_GROUP_V3_9902: &Row = &ROWS[416];

/// `huawei/vpc/security_group_v3/VPC.9902/400-ethertype`: The ethertype is neither IPv4 nor IPv6.
pub const SECURITY_GROUP_V3_9902_400_ETHERTYPE: &Row = &ROWS[417];

/// `huawei/vpc/security_group_v3/VPC.9902/400-version`: The rule is for one version of IP and the address group that it names for the other.
pub const SECURITY_GROUP_V3_9902_400_VERSION: &Row = &ROWS[418];

/// `huawei/vpc/neutron/SecurityGroupDefaultAlreadyExists`: The name default belongs to the group that the project came with.
pub const NEUTRON_SECURITY_GROUP_DEFAULT_ALREADY_EXISTS: &Row = &ROWS[419];

/// `huawei/vpc/neutron/SecurityGroupCannotRemoveDefault`: The default security group of a project stays.
pub const NEUTRON_SECURITY_GROUP_CANNOT_REMOVE_DEFAULT: &Row = &ROWS[420];

/// `huawei/vpc/neutron/SecurityGroupCannotUpdateDefault`: The default security group keeps its name.
pub const NEUTRON_SECURITY_GROUP_CANNOT_UPDATE_DEFAULT: &Row = &ROWS[421];

/// `huawei/vpc/neutron/AddressGroupNotFound`: No address group of the project has this id.
pub const NEUTRON_ADDRESS_GROUP_NOT_FOUND: &Row = &ROWS[422];

/// `huawei/vpc/address_group/VPC.9901`: An entry is not an address, a block or a range of the group's version of IP.
pub const ADDRESS_GROUP_9901: &Row = &ROWS[423];

/// `huawei/vpc/address_group/VPC.9901/duplicate`: The same entry is given twice.
pub const ADDRESS_GROUP_9901_DUPLICATE: &Row = &ROWS[424];

/// `huawei/vpc/address_group/VPC.9907`: A rule of a security group or of a network ACL names the address group.
pub const ADDRESS_GROUP_9907: &Row = &ROWS[425];

/// `huawei/vpc/route_table/VPC.2801`: A field of the body, the path or the query breaks its rules.
pub const ROUTE_TABLE_2801: &Row = &ROWS[426];

/// `huawei/vpc/route_table/VPC.2802`: The VPC has as many custom route tables, or the table as many routes, as the quota allows.
pub const ROUTE_TABLE_2802: &Row = &ROWS[427];

/// `huawei/vpc/route_table/VPC.2803`: The route table has no route to the destination that is to be changed or deleted.
pub const ROUTE_TABLE_2803: &Row = &ROWS[428];

/// `huawei/vpc/route_table/VPC.2804`: The next hop is not there, is of another type, or is not in the VPC of the table; a peering must be active.
pub const ROUTE_TABLE_2804: &Row = &ROWS[429];

/// `huawei/vpc/route_table/VPC.2806`: The route table is the default one, or subnets are associated with it.
pub const ROUTE_TABLE_2806: &Row = &ROWS[430];

/// `huawei/vpc/route_table/VPC.2807`: A subnet to associate is not in the table's VPC, or one to disassociate is not with this table.
pub const ROUTE_TABLE_2807: &Row = &ROWS[431];

/// `huawei/vpc/route_table/VPC.2808`: No route table in the project has this id.
pub const ROUTE_TABLE_2808: &Row = &ROWS[432];

/// `huawei/vpc/route_table/VPC.2809`: The destination is inside a subnet of the VPC or inside a block of the platform.
pub const ROUTE_TABLE_2809: &Row = &ROWS[433];

/// `huawei/vpc/route_table/VPC.2812`: The route table has a route to this destination already.
pub const ROUTE_TABLE_2812: &Row = &ROWS[434];

/// `huawei/vpc/vpc_route/VPC.2801`: A field of the body, the path or the query breaks its rules.
pub const VPC_ROUTE_2801: &Row = &ROWS[435];

/// `huawei/vpc/vpc_route/VPC.2802`: The default route table of the VPC has as many routes as the quota allows.
pub const VPC_ROUTE_2802: &Row = &ROWS[436];

/// `huawei/vpc/vpc_route/VPC.2803`: No route to a peering in the project has this id.
pub const VPC_ROUTE_2803: &Row = &ROWS[437];

/// `huawei/vpc/vpc_route/VPC.2804`: The peering is not there, is not active, or does not join this VPC.
pub const VPC_ROUTE_2804: &Row = &ROWS[438];

/// `huawei/vpc/vpc_route/VPC.2809`: The destination is inside a subnet of the VPC or inside a block of the platform.
pub const VPC_ROUTE_2809: &Row = &ROWS[439];

/// `huawei/vpc/vpc_route/VPC.2812`: The default route table of the VPC has a route to this destination already.
pub const VPC_ROUTE_2812: &Row = &ROWS[440];

/// `huawei/vpc/peering/VPC.1401`: A field of the body, the path or the query breaks its rules, or both ends are one VPC.
pub const PEERING_1401: &Row = &ROWS[441];

/// `huawei/vpc/peering/VPC.1402`: The project has as many peerings as the quota allows.
pub const PEERING_1402: &Row = &ROWS[442];

/// `huawei/vpc/peering/VPC.1404`: No peering that the project is an end of has this id; only the asked project accepts and rejects.
pub const PEERING_1404: &Row = &ROWS[443];

/// `huawei/vpc/peering/VPC.1405`: The two VPCs are peered, or one has asked the other.
pub const PEERING_1405: &Row = &ROWS[444];

/// `huawei/vpc/peering/VPC.1406`: The request was accepted or rejected before.
pub const PEERING_1406: &Row = &ROWS[445];

/// `huawei/vpc/v3/SYS.0202`: A request with dry_run true breaks no rule; nothing was done.
pub const SYS_0202: &Row = &ROWS[446];

/// `huawei/vpc/v3/VPC.9911`: A block of extend_cidrs is not of the form a.b.c.d/len with zero host bits.
pub const V3_9911: &Row = &ROWS[447];

/// `huawei/vpc/v3/VPC.9912`: A VPC has at most five secondary blocks.
pub const V3_9912: &Row = &ROWS[448];

/// `huawei/vpc/v3/VPC.9914`: The block overlaps one that the VPC or the subnet's reservations have.
pub const V3_9914: &Row = &ROWS[449];

/// `huawei/vpc/v3/VPC.9915`: A block to remove is not one of the VPC's secondary blocks.
pub const V3_9915: &Row = &ROWS[450];

/// `huawei/vpc/v3/VPC.9916`: The block is inside a range that the platform keeps from secondary blocks.
pub const V3_9916: &Row = &ROWS[451];

/// `huawei/vpc/create_privateip/VPC.0702`: The body is not the documented one, or asks for no private IP or for more than 20.
pub const CREATE_PRIVATEIP_0702: &Row = &ROWS[452];

/// `huawei/vpc/create_flow_log/VPC.3002/409`: The project has as many flow logs as its quota allows.
pub const CREATE_FLOW_LOG_3002_409: &Row = &ROWS[453];

/// `huawei/vpc/update_flow_log/VPC.3001/400`: The name, the description or the admin_state breaks its rules.
pub const UPDATE_FLOW_LOG_3001_400: &Row = &ROWS[454];

/// `huawei/vpc/neutron/FirewallRuleNotAssociatedWithPolicy`: The rule to remove, or the one that says where to insert, is not in the policy.
pub const NEUTRON_FIREWALL_RULE_NOT_ASSOCIATED_WITH_POLICY: &Row = &ROWS[455];

/// `huawei/vpc/neutron/FirewallRuleAlreadyAssociated`: The rule to insert is in the policy.
pub const NEUTRON_FIREWALL_RULE_ALREADY_ASSOCIATED: &Row = &ROWS[456];

/// `huawei/vpc/neutron/FirewallGroupPortInUse`: The subnet behind a port has another firewall.
pub const NEUTRON_FIREWALL_GROUP_PORT_IN_USE: &Row = &ROWS[457];

/// `huawei/vpc/neutron/FirewallGroupPortInvalid`: A port is not that of a gateway of a subnet.
pub const NEUTRON_FIREWALL_GROUP_PORT_INVALID: &Row = &ROWS[458];

/// `huawei/vpc/create_shared_bandwidth/VPC.0301`: The name, size, count, charge_mode, border group or enterprise project is missing or breaks its rules.
pub const CREATE_SHARED_BANDWIDTH_0301: &Row = &ROWS[459];

/// `huawei/vpc/create_shared_bandwidth/VPC.0304`: The backend failed to create the bandwidth.
pub const CREATE_SHARED_BANDWIDTH_0304: &Row = &ROWS[460];

/// `huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0306`: No bandwidth of the project has the id in the path; the documented table has no row for it.
pub const INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0306: &Row = &ROWS[461];

/// `huawei/vpc/insert_or_remove_shared_bandwidth_publicip/VPC.0302`: The backend failed while it moved the EIPs.
pub const INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0302: &Row = &ROWS[462];

/// `huawei/vpc/create_publicip/VPC.0304`: The shared bandwidth that the new EIP is to use holds as many EIPs as its quota allows.
pub const CREATE_PUBLICIP_0304: &Row = &ROWS[463];

/// `huawei/vpc/bandwidth_v2/VPC.0301`: The bandwidth_id in the path is not a UUID, or a field of the body or the query breaks its rules.
pub const BANDWIDTH_V2_0301: &Row = &ROWS[464];

/// `huawei/vpc/bandwidth_v2/VPC.0302`: The backend failed while it worked on the bandwidth.
pub const BANDWIDTH_V2_0302: &Row = &ROWS[465];

/// `huawei/vpc/bandwidth_v2/VPC.0304`: The bandwidth is frozen, still holds EIPs, belongs to a single EIP, or is paid in advance already.
pub const BANDWIDTH_V2_0304: &Row = &ROWS[466];

/// `huawei/vpc/bandwidth_v2/VPC.0306`: No bandwidth of the project has this id.
pub const BANDWIDTH_V2_0306: &Row = &ROWS[467];

/// `huawei/vpc/publicip_v2/VPC.0501`: A field of the body or the query is missing or breaks its rules, or an EIP cannot be paid in advance.
pub const PUBLICIP_V2_0501: &Row = &ROWS[468];

/// `huawei/vpc/publicip_v2/VPC.0504`: One of the ids names no EIP of the project; nothing was done.
pub const PUBLICIP_V2_0504: &Row = &ROWS[469];

/// `huawei/vpc/publicip_v2/VPC.0512`: The EIP is in transition, frozen or in ERROR.
pub const PUBLICIP_V2_0512: &Row = &ROWS[470];

/// `huawei/vpc/publicip_v2/VPC.0514`: The backend failed while it worked on the EIPs.
pub const PUBLICIP_V2_0514: &Row = &ROWS[471];

/// `huawei/vpc/publicip_v2/VPC.2204`: No job of the project has this id; jobs are kept for seven days.
pub const PUBLICIP_V2_2204: &Row = &ROWS[472];
