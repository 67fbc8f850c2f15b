//! Every error row, from `contracts/baidu/errors.toml` by `cargo xtask codegen`; do not edit.

use vpcd_dialect::Row;

/// Every row in the order of the vendor's tables.
pub static ROWS: [Row; 100] = [
    Row {
        id: "baidu/global/AccessDenied",
        service: "vpc",
        group: "global",
        status: &[403],
        code: "AccessDenied",
        template: "Access denied.",
        message: "Access denied.",
        when: "The caller is known, but its policy or its session's policy does not allow the operation.",
        fix: "Grant the permission that the operation needs.",
        extra: false,
    },
    Row {
        id: "baidu/global/QualifyNotPass",
        service: "vpc",
        group: "global",
        status: &[403],
        code: "QualifyNotPass",
        template: "The User has not pass qualify.",
        message: "The User has not pass qualify.",
        when: "The account is not verified and creates something that costs.",
        fix: "Complete the verification, or have the operator mark the account as verified.",
        extra: false,
    },
    Row {
        id: "baidu/global/InappropriateJSON",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "InappropriateJSON",
        template: "The JSON you provided was well-formed and valid, but not appropriate for this operation.",
        message: "The JSON you provided was well-formed and valid, but not appropriate for this operation.",
        when: "A required key is missing or null, or a value has the wrong JSON type.",
        fix: "Add the key or correct its type.",
        extra: false,
    },
    Row {
        id: "baidu/global/InternalError",
        service: "vpc",
        group: "global",
        status: &[500],
        code: "InternalError",
        template: "We encountered an internal error. Please try again.",
        message: "We encountered an internal error. Please try again.",
        when: "The server failed outside any service, for instance in its store.",
        fix: "Retry; if it lasts, send the request id to the operator.",
        extra: false,
    },
    Row {
        id: "baidu/global/InvalidAccessKeyId",
        service: "vpc",
        group: "global",
        status: &[403],
        code: "InvalidAccessKeyId",
        template: "The Access Key ID you provided does not exist in our records.",
        message: "The Access Key ID you provided does not exist in our records.",
        when: "The access key in the Authorization header is unknown or disabled, or the session token is not its own.",
        fix: "Use a key that exists and is enabled.",
        extra: false,
    },
    Row {
        id: "baidu/global/InvalidHTTPAuthHeader",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "InvalidHTTPAuthHeader",
        template: "The Access Key ID you provided does not exist in our records.",
        message: "The Access Key ID you provided does not exist in our records.",
        when: "The Authorization header is missing or is not of the form bce-auth-v1/key/time/seconds/headers/signature.",
        fix: "Sign the request with bce-auth-v1.",
        extra: false,
    },
    Row {
        id: "baidu/global/InvalidHTTPRequest",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "InvalidHTTPRequest",
        template: "There was an error in the body of your HTTP request.",
        message: "There was an error in the body of your HTTP request.",
        when: "The body is not UTF-8, is shorter than its Content-Length, or does not match its Content-MD5.",
        fix: "Correct the body's encoding, length or digest.",
        extra: false,
    },
    Row {
        id: "baidu/global/InvalidURI",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "InvalidURI",
        template: "Could not parse the specified URI.",
        message: "Could not parse the specified URI.",
        when: "No operation has this path, method and action key, or the path has a bad percent escape.",
        fix: "Check the path, the method and the action key.",
        extra: false,
    },
    Row {
        id: "baidu/global/MalformedJSON",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "MalformedJSON",
        template: "The JSON you provided was not well-formed.",
        message: "The JSON you provided was not well-formed.",
        when: "The body is not JSON.",
        fix: "Send valid JSON.",
        extra: false,
    },
    Row {
        id: "baidu/global/InvalidVersion",
        service: "vpc",
        group: "global",
        status: &[404],
        code: "InvalidVersion",
        template: "The API version specified was invalid.",
        message: "The API version specified was invalid.",
        when: "The version in the path is not served for this resource.",
        fix: "Use v1; security groups also have v2.",
        extra: false,
    },
    Row {
        id: "baidu/global/OptInRequired",
        service: "vpc",
        group: "global",
        status: &[403],
        code: "OptInRequired",
        template: "A subscription for the service is required.",
        message: "A subscription for the service is required.",
        when: "The account has not subscribed to the service.",
        fix: "Subscribe, or have the operator activate the service for the account.",
        extra: false,
    },
    Row {
        id: "baidu/global/PreconditionFailed",
        service: "vpc",
        group: "global",
        status: &[412],
        code: "PreconditionFailed",
        template: "The specified If-Match header doesn't match the ETag header.",
        message: "The specified If-Match header doesn't match the ETag header.",
        when: "The If-Match header or sgVersion is not the current version of the resource.",
        fix: "Read the resource again and repeat the change with its current version.",
        extra: false,
    },
    Row {
        id: "baidu/global/RequestExpired",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "RequestExpired",
        template: "Request has expired. Timestamp date is {0}.",
        message: "Request has expired. Timestamp date is %s.",
        when: "The signature's time has run out, lies in the future, or x-bce-date is too far off.",
        fix: "Set the clock right and sign again.",
        extra: false,
    },
    Row {
        id: "baidu/global/IdempotentParameterMismatch",
        service: "vpc",
        group: "global",
        status: &[403],
        code: "IdempotentParameterMismatch",
        template: "The request uses the same client token as a previous, but non-identical request.",
        message: "The request uses the same client token as a previous, but non-identical request.",
        when: "The same clientToken was used within 24 hours for a different request.",
        fix: "Use a new clientToken for a new request.",
        extra: false,
    },
    Row {
        id: "baidu/global/SignatureDoesNotMatch",
        service: "vpc",
        group: "global",
        status: &[400],
        code: "SignatureDoesNotMatch",
        template: "The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.",
        message: "The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.",
        when: "The signature is not the one that the secret key gives for this request.",
        fix: "Check the secret key, the canonical path and query, and which headers were signed.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/BadRequest",
        service: "vpc",
        group: "vpc",
        status: &[400],
        code: "BadRequest",
        template: "Bad request parameters or illegal request.",
        message: "Bad request parameters or illegal request.",
        when: "A value breaks a rule that has no code of its own: a CIDR, a name, a range, a marker, or a choice between keys.",
        fix: "Correct the value.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/NoSuchObject",
        service: "vpc",
        group: "vpc",
        status: &[404],
        code: "NoSuchObject",
        template: "The specified object is not found or resource do not exist.",
        message: "The specified object is not found or resource do not exist.",
        when: "An id in the path, query or body names nothing in this account and region.",
        fix: "Check the id, the account and the region.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/ServiceInternalError",
        service: "vpc",
        group: "vpc",
        status: &[500],
        code: "ServiceInternalError",
        template: "Internal service occurs error.",
        message: "Internal service occurs error.",
        when: "The data plane did not confirm the change.",
        fix: "Retry; if it lasts, have the operator look at the data plane.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/LimitExceeded",
        service: "vpc",
        group: "vpc",
        status: &[413],
        code: "LimitExceeded",
        template: "Limit exceeded for current request.",
        message: "Limit exceeded for current request.",
        when: "The account would have more of the resource than its quota allows.",
        fix: "Delete some, or have the quota raised.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/OperationDenied",
        service: "vpc",
        group: "vpc",
        status: &[409],
        code: "OperationDenied",
        template: "Operation not available.",
        message: "Operation not available.",
        when: "The state of the resource or a rule forbids the operation: release protection, a default or system resource, something still bound, a change in progress.",
        fix: "Change the state first, or wait for it.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/CidrConflict",
        service: "vpc",
        group: "vpc",
        status: &[409],
        code: "CidrConflict",
        template: "This subnet's cidr has conflict with other subnets'.",
        message: "This subnet's cidr has conflict with other subnets'.",
        when: "The cidr overlaps that of another subnet, reserved segment or secondary block of the VPC.",
        fix: "Choose a cidr that is free in the VPC.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/ResourceNeedRelease",
        service: "vpc",
        group: "vpc",
        status: &[409],
        code: "ResourceNeedRelease",
        template: "Delete failed, please delete bcc, blb, nat, vpn, rds and so on in the VPC.",
        message: "Delete failed, please delete bcc, blb, nat, vpn, rds and so on in the VPC.",
        when: "The VPC or subnet still holds resources.",
        fix: "Release what is in it first.",
        extra: false,
    },
    Row {
        id: "baidu/vpc/RouteRuleRepeated",
        service: "vpc",
        group: "vpc",
        status: &[409],
        code: "RouteRuleRepeated",
        template: "The route rule is repeated.",
        message: "The route rule is repeated.",
        when: "The table has a rule with that source and that destination, which is not another line of the same rule.",
        fix: "Change the rule that is there, or delete it first.",
        extra: true,
    },
    Row {
        id: "baidu/acl/InvalidAction",
        service: "vpc",
        group: "acl",
        status: &[400],
        code: "InvalidAction",
        template: "The ACL rule's action was invalid.",
        message: "The ACL rule's action was invalid.",
        when: "The action of an ACL rule is neither allow nor deny.",
        fix: "Send allow or deny.",
        extra: false,
    },
    Row {
        id: "baidu/acl/InvalidProtocol",
        service: "vpc",
        group: "acl",
        status: &[400],
        code: "InvalidProtocol",
        template: "The ACL rule's protocal was invalid.",
        message: "The ACL rule's protocal was invalid.",
        when: "The protocol of an ACL rule is none of all, tcp, udp and icmp.",
        fix: "Send one of the four in lower case.",
        extra: false,
    },
    Row {
        id: "baidu/acl/InvalidPosition",
        service: "vpc",
        group: "acl",
        status: &[400],
        code: "InvalidPosition",
        template: "The ACL rule's position was out of range.",
        message: "The ACL rule's position was out of range.",
        when: "The position of an ACL rule is not a number from 1 to 5000.",
        fix: "Send a position from 1 to 5000.",
        extra: false,
    },
    Row {
        id: "baidu/acl/DuplicatePosition",
        service: "vpc",
        group: "acl",
        status: &[400],
        code: "DuplicatePosition",
        template: "The ACL rule's position was repeated.",
        message: "The ACL rule's position was repeated.",
        when: "The subnet already has an ACL rule at this position, or the request names it twice.",
        fix: "Choose a free position.",
        extra: false,
    },
    Row {
        id: "baidu/acl/InvalidPort",
        service: "vpc",
        group: "acl",
        status: &[400],
        code: "InvalidPort",
        template: "The ACL rule's port was invalid.",
        message: "The ACL rule's port was invalid.",
        when: "The port of an ACL rule is neither all nor a port nor a range.",
        fix: "Send all, a port or two ports joined by a hyphen.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RequestVpcIdEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "RequestVpcIdEmpty",
        template: "The request's param vpcId cannot be empty.",
        message: "The request's param vpcId cannot be empty.",
        when: "The vpcId is missing or empty.",
        fix: "Send the id of the VPC.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RequestNatIdEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "RequestNatIdEmpty",
        template: "The request's param natId cannot be empty.",
        message: "The request's param natId cannot be empty.",
        when: "The natId is missing or empty.",
        fix: "Send the id of the NAT gateway.",
        extra: false,
    },
    Row {
        id: "baidu/nat/NoSuchNat",
        service: "vpc",
        group: "nat",
        status: &[404],
        code: "NoSuchNat",
        template: "The specified nat is not found.",
        message: "The specified nat is not found.",
        when: "The natId is well formed, but no NAT gateway of the account has it.",
        fix: "Check the id; after a deletion there is nothing left to do.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RequestNameEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "RequestNameEmpty",
        template: "The request's param name cannot be empty.",
        message: "The request's param name cannot be empty.",
        when: "The name is missing or empty.",
        fix: "Send a name.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RequestSpecEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "RequestSpecEmpty",
        template: "The request's param spec cannot be empty.",
        message: "The request's param spec cannot be empty.",
        when: "Neither spec nor cuNum is given.",
        fix: "Send one of the two.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RequestBillingEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "RequestBillingEmpty",
        template: "The request's param billing cannot be empty.",
        message: "The request's param billing cannot be empty.",
        when: "The billing object is missing.",
        fix: "Send billing with paymentTiming.",
        extra: false,
    },
    Row {
        id: "baidu/nat/SpecInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "SpecInvalid",
        template: "The request's param spec is invalid.",
        message: "The request's param spec is invalid.",
        when: "The spec is none of small, medium and large, cuNum is not from 1 to 100, or both are given.",
        fix: "Send one valid size.",
        extra: false,
    },
    Row {
        id: "baidu/nat/PaymentTimingEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "PaymentTimingEmpty",
        template: "The request's param paymentTiming cannot be empty.",
        message: "The request's param paymentTiming cannot be empty.",
        when: "The billing object lacks paymentTiming.",
        fix: "Send Prepaid or Postpaid.",
        extra: false,
    },
    Row {
        id: "baidu/nat/PaymentTimingInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "PaymentTimingInvalid",
        template: "The request's param paymentTiming is invalid.",
        message: "The request's param paymentTiming is invalid.",
        when: "The paymentTiming is neither Prepaid nor Postpaid.",
        fix: "Send Prepaid or Postpaid.",
        extra: false,
    },
    Row {
        id: "baidu/nat/ReservationEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "ReservationEmpty",
        template: "The request's param reservation cannot be empty when paymentiming is Preaid.",
        message: "The request's param reservation cannot be empty when paymentiming is Preaid.",
        when: "A prepaid gateway is created or renewed without a reservation.",
        fix: "Send reservation with its length and unit.",
        extra: false,
    },
    Row {
        id: "baidu/nat/createOrderError",
        service: "vpc",
        group: "nat",
        status: &[500],
        code: "createOrderError",
        template: "Create nat gateway order error.",
        message: "Create nat gateway order error.",
        when: "The order was refused, for instance because the account is in arrears; nothing was created.",
        fix: "Clear the arrears and repeat the request.",
        extra: false,
    },
    Row {
        id: "baidu/nat/subnatEmpty",
        service: "vpc",
        group: "nat",
        status: &[500],
        code: "subnatEmpty",
        template: "The VPC in the creation request has no subnet.",
        message: "The VPC in the creation request has no subnet.",
        when: "The VPC has no subnet.",
        fix: "Create a subnet first.",
        extra: false,
    },
    Row {
        id: "baidu/nat/NoSuchEip",
        service: "vpc",
        group: "nat",
        status: &[404],
        code: "NoSuchEip",
        template: "The specified eip is not found.",
        message: "The specified eip is not found.",
        when: "An address is no EIP of the account in this region.",
        fix: "Check the address, or create the EIP first.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RequestEipInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "RequestEipInvalid",
        template: "The request's param eip is invalid.",
        message: "The request's param eip is invalid.",
        when: "The list of EIPs is empty, holds something that is no address, or an EIP is not free, not on this gateway or not combinable with the others.",
        fix: "Send free EIPs that share one bandwidth, or a single one.",
        extra: false,
    },
    Row {
        id: "baidu/nat/NatPostpaid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "NatPostpaid",
        template: "Postpaid nat cannot be renewed.",
        message: "Postpaid nat cannot be renewed.",
        when: "A postpaid gateway shall be renewed.",
        fix: "Leave it: only prepaid gateways are renewed.",
        extra: false,
    },
    Row {
        id: "baidu/nat/ReservationLengthInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "ReservationLengthInvalid",
        template: "The request's param reservationLength is invalid.",
        message: "The request's param reservationLength is invalid.",
        when: "The reservationLength is none of 1 to 9, 12, 24 and 36.",
        fix: "Send an allowed length.",
        extra: false,
    },
    Row {
        id: "baidu/nat/ReservationTimeUnitInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "ReservationTimeUnitInvalid",
        template: "The request's param reservationTimeUnit is invalid.",
        message: "The request's param reservationTimeUnit is invalid.",
        when: "The reservationTimeUnit is not month.",
        fix: "Send month.",
        extra: false,
    },
    Row {
        id: "baidu/nat/NatIdInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "NatIdInvalid",
        template: "The natId is invalid",
        message: "The natId is invalid",
        when: "The natId does not look like the id of a NAT gateway.",
        fix: "Send an id that begins with nat-.",
        extra: false,
    },
    Row {
        id: "baidu/nat/SnatRuleSourceAddressInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "SnatRuleSourceAddressInvalid",
        template: "The snat rule source address is invalid",
        message: "The snat rule source address is invalid",
        when: "The source of an SNAT rule lies outside the VPC.",
        fix: "Choose a source inside the VPC.",
        extra: false,
    },
    Row {
        id: "baidu/nat/CidrFormatIllegal",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "CidrFormatIllegal",
        template: "Cidr format is illegal.",
        message: "Cidr format is illegal.",
        when: "The source of an SNAT rule is neither an address nor a network.",
        fix: "Send an address or a network address with its prefix.",
        extra: false,
    },
    Row {
        id: "baidu/nat/SnatRuleSourceAddressConflict",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "SnatRuleSourceAddressConflict",
        template: "The snat rule source address is conflict",
        message: "The snat rule source address is conflict",
        when: "Another SNAT rule of the gateway or the batch has the same source.",
        fix: "Choose another source, or change the existing rule.",
        extra: false,
    },
    Row {
        id: "baidu/nat/LimitExceeded",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "LimitExceeded",
        template: "Limit exceeded for current request.",
        message: "Limit exceeded for current request.",
        when: "The gateway would have more EIPs or rules, or the VPC more gateways, than allowed.",
        fix: "Remove some, choose a larger spec, or have the quota raised.",
        extra: false,
    },
    Row {
        id: "baidu/nat/RuleIdNotExist",
        service: "vpc",
        group: "nat",
        status: &[404],
        code: "RuleIdNotExist",
        template: "The rule id is not exist",
        message: "The rule id is not exist",
        when: "The gateway has no SNAT rule with this id.",
        fix: "Check the id and the gateway.",
        extra: false,
    },
    Row {
        id: "baidu/nat/BadRequest",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "BadRequest",
        template: "Bad request parameters or illegal request.",
        message: "Bad request parameters or illegal request.",
        when: "A value breaks a rule of the NAT operations that has no code of its own.",
        fix: "Correct the value.",
        extra: false,
    },
    Row {
        id: "baidu/nat/SnatRuleEipsInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "SnatRuleEipsInvalid",
        template: "The snat rule eips is invalid",
        message: "The snat rule eips is invalid",
        when: "The public addresses of an SNAT rule are empty or not bound to the gateway.",
        fix: "Send EIPs that are bound to the gateway for SNAT.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleConflictException",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleConflictException",
        template: "The DnatRule's protocol Ip and port has exist.",
        message: "The DnatRule's protocol Ip and port has exist.",
        when: "Another DNAT rule already has this public address, protocol and port.",
        fix: "Choose another public port, or change the existing rule.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleProtocolInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleProtocolInvalid",
        template: "The DnatRule's protocol is invalid.",
        message: "The DnatRule's protocol is invalid.",
        when: "The protocol of a DNAT rule is none of TCP, UDP and all.",
        fix: "Send one of the three.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleInternalPortInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleInternalPortInvalid",
        template: "The DnatRule's internal port is invalid.",
        message: "The DnatRule's internal port is invalid.",
        when: "The private port of a DNAT rule is missing, out of range, or a range of another length than the public one.",
        fix: "Send a port from 1 to 65535, or ranges of equal length.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRulePublicPortInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRulePublicPortInvalid",
        template: "The DnatRule's public port is invalid.",
        message: "The DnatRule's public port is invalid.",
        when: "The public port of a DNAT rule is missing, out of range, or a range of another length than the private one.",
        fix: "Send a port from 1 to 65535, or ranges of equal length.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleInternalIpInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleInternalIpInvalid",
        template: "The DnatRule's internalIp not allow empty.",
        message: "The DnatRule's internalIp not allow empty.",
        when: "The private address of a DNAT rule is missing, no IPv4 address, or outside the VPC.",
        fix: "Send an address of the VPC.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleEipNotAllowEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleEipNotAllowEmpty",
        template: "The DnatRule's eip not allow empty.",
        message: "The DnatRule's eip not allow empty.",
        when: "The public address of a DNAT rule is missing.",
        fix: "Send an EIP that is bound to the gateway for DNAT.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatEipEmpty",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatEipEmpty",
        template: "The NatGateway is not bind dnat eip.",
        message: "The NatGateway is not bind dnat eip.",
        when: "The gateway has no EIP for DNAT.",
        fix: "Bind an EIP for DNAT first.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleEipInvalid",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleEipInvalid",
        template: "The DnatRule’s eip is invalid.",
        message: "The DnatRule’s eip is invalid.",
        when: "The public address of a DNAT rule is not bound to the gateway.",
        fix: "Send an EIP that is bound to the gateway for DNAT.",
        extra: false,
    },
    Row {
        id: "baidu/nat/DnatRuleIdException",
        service: "vpc",
        group: "nat",
        status: &[400],
        code: "DnatRuleIdException",
        template: "The DnatRule's id invalid.",
        message: "The DnatRule's id invalid.",
        when: "The gateway has no DNAT rule with this id.",
        fix: "Check the id and the gateway.",
        extra: false,
    },
    Row {
        id: "baidu/peering/BadRequest",
        service: "vpc",
        group: "peering",
        status: &[400],
        code: "BadRequest",
        template: "BadRequest",
        message: "BadRequest",
        when: "A value is invalid: the bandwidth, the role, the same VPC at both ends, two relay VPCs, or a pair that is already connected.",
        fix: "Correct the value.",
        extra: false,
    },
    Row {
        id: "baidu/peering/UnsupportedPeerConnOperation",
        service: "vpc",
        group: "peering",
        status: &[400],
        code: "UnsupportedPeerConnOperation",
        template: "The peerConn does not support this operation",
        message: "The peerConn does not support this operation",
        when: "The connection's state, its payment or the caller's side does not allow the operation.",
        fix: "Check the status and the role, and act from the initiator's side.",
        extra: false,
    },
    Row {
        id: "baidu/peering/PeerIfNameException",
        service: "vpc",
        group: "peering",
        status: &[400],
        code: "PeerIfNameException",
        template: "diff account are not allowed to set PeerIfName",
        message: "diff account are not allowed to set PeerIfName",
        when: "A name for the peer's interface is given although the peer is another account.",
        fix: "Leave peerIfName out; the other account names its own interface.",
        extra: false,
    },
    Row {
        id: "baidu/peering/ResizeException",
        service: "vpc",
        group: "peering",
        status: &[400],
        code: "ResizeException",
        template: "The prepay peerConn only support enlarge bandwidth",
        message: "The prepay peerConn only support enlarge bandwidth",
        when: "The bandwidth of a prepaid connection shall shrink.",
        fix: "Send a larger bandwidth.",
        extra: false,
    },
    Row {
        id: "baidu/eni/SubnetHasNoMoreIpException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "SubnetHasNoMoreIpException",
        template: "The subnet has no more Ip to allocate.",
        message: "The subnet has no more Ip to allocate.",
        when: "The subnet has not enough free addresses.",
        fix: "Release addresses or use another subnet.",
        extra: false,
    },
    Row {
        id: "baidu/eni/VmMemoryCanNotAttachMoreIpException",
        service: "vpc",
        group: "eni",
        status: &[403],
        code: "VmMemoryCanNotAttachMoreIpException",
        template: "The device's memory can not attach more ip.",
        message: "The device's memory can not attach more ip.",
        when: "The interface has more addresses than the instance's memory allows.",
        fix: "Remove addresses, or use an instance with more memory.",
        extra: false,
    },
    Row {
        id: "baidu/eni/DeviceInvalidException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "DeviceInvalidException",
        template: "The deviceId is not same with eni's deviceId.",
        message: "The deviceId is not same with eni's deviceId.",
        when: "The interface is attached to another instance than the request names.",
        fix: "Send the instance that the interface is attached to.",
        extra: false,
    },
    Row {
        id: "baidu/eni/VmStatusException",
        service: "vpc",
        group: "eni",
        status: &[403],
        code: "VmStatusException",
        template: "The vm status is not allowed to operate.",
        message: "The vm status is not allowed to operate.",
        when: "The instance is neither running nor stopped.",
        fix: "Wait until the instance is running or stopped.",
        extra: false,
    },
    Row {
        id: "baidu/eni/EniAndDeviceNotInSameAzException",
        service: "vpc",
        group: "eni",
        status: &[403],
        code: "EniAndDeviceNotInSameAzException",
        template: "The eni and device not in same az or not in same vpc.",
        message: "The eni and device not in same az or not in same vpc.",
        when: "The interface and the instance are in different zones or VPCs.",
        fix: "Choose an instance of the same zone and VPC.",
        extra: false,
    },
    Row {
        id: "baidu/eni/NatSubnetCanNotBindEip",
        service: "vpc",
        group: "eni",
        status: &[403],
        code: "NatSubnetCanNotBindEip",
        template: "The subnet's type can not allow bind eip.",
        message: "The subnet's type can not allow bind eip.",
        when: "The interface's subnet is of a type that takes no EIPs.",
        fix: "Use a subnet of type BCC.",
        extra: false,
    },
    Row {
        id: "baidu/eni/PrimaryIPException",
        service: "vpc",
        group: "eni",
        status: &[403],
        code: "PrimaryIPException",
        template: "The privateIp is invalid or primary Ip is not allowed to delete.",
        message: "The privateIp is invalid or primary Ip is not allowed to delete.",
        when: "The address is the primary one of the interface, or not on it at all.",
        fix: "Send a secondary address of the interface.",
        extra: false,
    },
    Row {
        id: "baidu/eni/EniStatusException",
        service: "vpc",
        group: "eni",
        status: &[403],
        code: "EniStatusException",
        template: "The eni status is not allowed to operate.",
        message: "The eni status is not allowed to operate.",
        when: "The interface's status does not allow the operation.",
        fix: "Wait until the interface is available or in use, as the operation needs.",
        extra: false,
    },
    Row {
        id: "baidu/eni/EniIdException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "EniIdException",
        template: "The param eniId is invalid.",
        message: "The param eniId is invalid.",
        when: "The eniId is malformed or names no interface of the account.",
        fix: "Check the id and the region.",
        extra: false,
    },
    Row {
        id: "baidu/eni/PrivateIpInUseException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "PrivateIpInUseException",
        template: "The ip is inuse.",
        message: "The ip is inuse.",
        when: "The address is already allocated in the subnet.",
        fix: "Choose another address, or none to get any free one.",
        extra: false,
    },
    Row {
        id: "baidu/eni/SubnetTypeInvalidException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "SubnetTypeInvalidException",
        template: "The subnetType is invalid,not allow create eni in subnet which type is BBC and BBC_NAT.",
        message: "The subnetType is invalid,not allow create eni in subnet which type is BBC and BBC_NAT.",
        when: "The subnet is of type BBC or BBC_NAT, which takes no interfaces.",
        fix: "Use a subnet of type BCC.",
        extra: false,
    },
    Row {
        id: "baidu/eni/MaxKeysParamInvalidException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "MaxKeysParamInvalidException",
        template: "maxkeys {0} invalid",
        message: "maxkeys ${maxKeys} invalid",
        when: "The maxKeys in the query is not a number from 1 to 1000.",
        fix: "Send a number from 1 to 1000.",
        extra: false,
    },
    Row {
        id: "baidu/eni/EniIdBlankException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "EniIdBlankException",
        template: "eniId is blank",
        message: "eniId is blank",
        when: "The eniId in the path is empty or blank.",
        fix: "Send the id of the interface.",
        extra: false,
    },
    Row {
        id: "baidu/eni/InstanceIdBlankException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "InstanceIdBlankException",
        template: "instanceId is blank",
        message: "instanceId is blank",
        when: "The instanceId is missing or empty.",
        fix: "Send the id of the instance.",
        extra: false,
    },
    Row {
        id: "baidu/eni/ResourceNotExistException",
        service: "vpc",
        group: "eni",
        status: &[404],
        code: "ResourceNotExistException",
        template: "resource: {0} not found!",
        message: "resource: ${resourceId} not found!",
        when: "The subnet, instance, EIP, security group or VPC that the request names does not exist.",
        fix: "Check the id that the message names.",
        extra: false,
    },
    Row {
        id: "baidu/eni/PrivateIpBlankException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "PrivateIpBlankException",
        template: "PrivateIp is blank",
        message: "PrivateIp is blank",
        when: "The privateIpAddress is missing or empty.",
        fix: "Send an address of the interface.",
        extra: false,
    },
    Row {
        id: "baidu/eni/EipBlankException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "EipBlankException",
        template: "Eip is blank",
        message: "Eip is blank",
        when: "The publicIpAddress is missing or empty.",
        fix: "Send the address of the EIP.",
        extra: false,
    },
    Row {
        id: "baidu/eni/SecurityGroupIdsBlankException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "SecurityGroupIdsBlankException",
        template: "SecurityGroupIds is blank",
        message: "SecurityGroupIds is blank",
        when: "The list of security groups is missing, empty or blank.",
        fix: "Name at least one security group.",
        extra: false,
    },
    Row {
        id: "baidu/eni/PrivateIpConflictException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "PrivateIpConflictException",
        template: "privateIpAddresses or privateIpAddressCount can only be specified in one request.",
        message: "privateIpAddresses or privateIpAddressCount can only be specified in one request.",
        when: "Both a list of addresses and a count are given.",
        fix: "Send one of the two.",
        extra: false,
    },
    Row {
        id: "baidu/eni/PrivateIpFormatInvalidException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "PrivateIpFormatInvalidException",
        template: "The PrivateIp address is invalid.",
        message: "The PrivateIp address is invalid.",
        when: "The address cannot be read as one of the requested IP version.",
        fix: "Send a valid address.",
        extra: false,
    },
    Row {
        id: "baidu/eni/PrivateIpNotInCidrException",
        service: "vpc",
        group: "eni",
        status: &[400],
        code: "PrivateIpNotInCidrException",
        template: "The PrivateIp address is not in subnet cidr.",
        message: "The PrivateIp address is not in subnet cidr.",
        when: "The address lies outside the subnet.",
        fix: "Choose an address of the subnet.",
        extra: false,
    },
    Row {
        id: "baidu/security_group/SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted",
        service: "vpc",
        group: "security_group",
        status: &[409],
        code: "SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted",
        template: "The security group is associated with instances and can not be deleted.",
        message: "The security group is associated with instances and can not be deleted.",
        when: "A security group is deleted that interfaces are still in.",
        fix: "Take the interfaces out of the group first.",
        extra: true,
    },
    Row {
        id: "baidu/security_group/SecurityGroup.RuleRemarkTooLong",
        service: "vpc",
        group: "security_group",
        status: &[400],
        code: "SecurityGroup.RuleRemarkTooLong",
        template: "Security group rule remark is too long.",
        message: "Security group rule remark is too long.",
        when: "The remark of a rule has more than 200 characters.",
        fix: "Shorten the remark.",
        extra: true,
    },
    Row {
        id: "baidu/security_group/SecurityGroup.RulePortInvalid",
        service: "vpc",
        group: "security_group",
        status: &[400],
        code: "SecurityGroup.RulePortInvalid",
        template: "The value of security group rule port must be number.",
        message: "The value of security group rule port must be number.",
        when: "A portRange holds something that is no number.",
        fix: "Write one port, or two with a dash between them.",
        extra: true,
    },
    Row {
        id: "baidu/security_group/SecurityGroup.RulePortRangeInvalid",
        service: "vpc",
        group: "security_group",
        status: &[400],
        code: "SecurityGroup.RulePortRangeInvalid",
        template: "The value of security group rule port is exceeded.",
        message: "The value of security group rule port is exceeded.",
        when: "A portRange names a port outside 1-65535.",
        fix: "Use ports from 1 to 65535.",
        extra: true,
    },
    Row {
        id: "baidu/security_group/SecurityGroup.RulePortOrderInvalid",
        service: "vpc",
        group: "security_group",
        status: &[400],
        code: "SecurityGroup.RulePortOrderInvalid",
        template: "The order of security group rule port is incorrect.",
        message: "The order of security group rule port is incorrect.",
        when: "A portRange ends before it begins.",
        fix: "Write the lower port first.",
        extra: true,
    },
    Row {
        id: "baidu/security_group/SecurityGroup.RuleCIDRAddressError",
        service: "vpc",
        group: "security_group",
        status: &[400],
        code: "SecurityGroup.RuleCIDRAddressError",
        template: "Security group rule ip(cidr) address is incorrect.",
        message: "Security group rule ip(cidr) address is incorrect.",
        when: "The sourceIp or destIp of a rule is no address and no CIDR of its ethertype.",
        fix: "Write an address, a CIDR, or all.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgResourceNotExist",
        service: "vpc",
        group: "esg",
        status: &[404],
        code: "Esg.EsgResourceNotExist",
        template: "Enterprise security group resource not exist.",
        message: "Enterprise security group resource not exist.",
        when: "The id names no enterprise security group of this account.",
        fix: "Check the id, the account and the region.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgRuleActionEmpty",
        service: "vpc",
        group: "esg",
        status: &[400],
        code: "Esg.EsgRuleActionEmpty",
        template: "Enterprise security group rule action(allow or deny) is required.",
        message: "Enterprise security group rule action(allow or deny) is required.",
        when: "A new rule has no action.",
        fix: "Say allow or deny.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgRuleActionInvalid",
        service: "vpc",
        group: "esg",
        status: &[400],
        code: "Esg.EsgRuleActionInvalid",
        template: "Enterprise security group rule action(allow or deny) is invalid.",
        message: "Enterprise security group rule action(allow or deny) is invalid.",
        when: "The action of a rule is neither allow nor deny.",
        fix: "Say allow or deny.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgRuleProtocolEmpty",
        service: "vpc",
        group: "esg",
        status: &[400],
        code: "Esg.EsgRuleProtocolEmpty",
        template: "Enterprise security group rule protocol is required.",
        message: "Enterprise security group rule protocol is required.",
        when: "A new rule has no protocol.",
        fix: "Say all, tcp, udp or icmp.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgRuleProtocolInvalid",
        service: "vpc",
        group: "esg",
        status: &[400],
        code: "Esg.EsgRuleProtocolInvalid",
        template: "Enterprise security group rule protocol is invalid.",
        message: "Enterprise security group rule protocol is invalid.",
        when: "The protocol of a rule is not all, tcp, udp or icmp.",
        fix: "Say all, tcp, udp or icmp.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgRulePortEmpty",
        service: "vpc",
        group: "esg",
        status: &[400],
        code: "Esg.EsgRulePortEmpty",
        template: "Enterprise security group rule portRange is required.",
        message: "Enterprise security group rule portRange is required.",
        when: "A new rule has no portRange.",
        fix: "Name the ports; 1-65535 means all of them.",
        extra: true,
    },
    Row {
        id: "baidu/esg/Esg.EsgRuleRemarkTooLong",
        service: "vpc",
        group: "esg",
        status: &[400],
        code: "Esg.EsgRuleRemarkTooLong",
        template: "Enterprise security group rule remark is too long.",
        message: "Enterprise security group rule remark is too long.",
        when: "The remark of a rule has more than 200 characters.",
        fix: "Shorten the remark.",
        extra: true,
    },
];

/// `baidu/global/AccessDenied`: The caller is known, but its policy or its session's policy does not allow the operation.
pub const GLOBAL_ACCESS_DENIED: &Row = &ROWS[0];

/// `baidu/global/QualifyNotPass`: The account is not verified and creates something that costs.
pub const GLOBAL_QUALIFY_NOT_PASS: &Row = &ROWS[1];

/// `baidu/global/InappropriateJSON`: A required key is missing or null, or a value has the wrong JSON type.
pub const GLOBAL_INAPPROPRIATE_JSON: &Row = &ROWS[2];

/// `baidu/global/InternalError`: The server failed outside any service, for instance in its store.
pub const GLOBAL_INTERNAL_ERROR: &Row = &ROWS[3];

/// `baidu/global/InvalidAccessKeyId`: The access key in the Authorization header is unknown or disabled, or the session token is not its own.
pub const GLOBAL_INVALID_ACCESS_KEY_ID: &Row = &ROWS[4];

/// `baidu/global/InvalidHTTPAuthHeader`: The Authorization header is missing or is not of the form bce-auth-v1/key/time/seconds/headers/signature.
pub const GLOBAL_INVALID_HTTP_AUTH_HEADER: &Row = &ROWS[5];

/// `baidu/global/InvalidHTTPRequest`: The body is not UTF-8, is shorter than its Content-Length, or does not match its Content-MD5.
pub const GLOBAL_INVALID_HTTP_REQUEST: &Row = &ROWS[6];

/// `baidu/global/InvalidURI`: No operation has this path, method and action key, or the path has a bad percent escape.
pub const GLOBAL_INVALID_URI: &Row = &ROWS[7];

/// `baidu/global/MalformedJSON`: The body is not JSON.
pub const GLOBAL_MALFORMED_JSON: &Row = &ROWS[8];

/// `baidu/global/InvalidVersion`: The version in the path is not served for this resource.
pub const GLOBAL_INVALID_VERSION: &Row = &ROWS[9];

/// `baidu/global/OptInRequired`: The account has not subscribed to the service.
pub const GLOBAL_OPT_IN_REQUIRED: &Row = &ROWS[10];

/// `baidu/global/PreconditionFailed`: The If-Match header or sgVersion is not the current version of the resource.
pub const GLOBAL_PRECONDITION_FAILED: &Row = &ROWS[11];

/// `baidu/global/RequestExpired`: The signature's time has run out, lies in the future, or x-bce-date is too far off.
pub const GLOBAL_REQUEST_EXPIRED: &Row = &ROWS[12];

/// `baidu/global/IdempotentParameterMismatch`: The same clientToken was used within 24 hours for a different request.
pub const GLOBAL_IDEMPOTENT_PARAMETER_MISMATCH: &Row = &ROWS[13];

/// `baidu/global/SignatureDoesNotMatch`: The signature is not the one that the secret key gives for this request.
pub const GLOBAL_SIGNATURE_DOES_NOT_MATCH: &Row = &ROWS[14];

/// `baidu/vpc/BadRequest`: A value breaks a rule that has no code of its own: a CIDR, a name, a range, a marker, or a choice between keys.
pub const VPC_BAD_REQUEST: &Row = &ROWS[15];

/// `baidu/vpc/NoSuchObject`: An id in the path, query or body names nothing in this account and region.
pub const VPC_NO_SUCH_OBJECT: &Row = &ROWS[16];

/// `baidu/vpc/ServiceInternalError`: The data plane did not confirm the change.
pub const VPC_SERVICE_INTERNAL_ERROR: &Row = &ROWS[17];

/// `baidu/vpc/LimitExceeded`: The account would have more of the resource than its quota allows.
pub const VPC_LIMIT_EXCEEDED: &Row = &ROWS[18];

/// `baidu/vpc/OperationDenied`: The state of the resource or a rule forbids the operation: release protection, a default or system resource, something still bound, a change in progress.
pub const VPC_OPERATION_DENIED: &Row = &ROWS[19];

/// `baidu/vpc/CidrConflict`: The cidr overlaps that of another subnet, reserved segment or secondary block of the VPC.
pub const VPC_CIDR_CONFLICT: &Row = &ROWS[20];

/// `baidu/vpc/ResourceNeedRelease`: The VPC or subnet still holds resources.
pub const VPC_RESOURCE_NEED_RELEASE: &Row = &ROWS[21];

/// `baidu/vpc/RouteRuleRepeated`: The table has a rule with that source and that destination, which is not another line of the same rule.
pub const VPC_ROUTE_RULE_REPEATED: &Row = &ROWS[22];

/// `baidu/acl/InvalidAction`: The action of an ACL rule is neither allow nor deny.
pub const ACL_INVALID_ACTION: &Row = &ROWS[23];

/// `baidu/acl/InvalidProtocol`: The protocol of an ACL rule is none of all, tcp, udp and icmp.
pub const ACL_INVALID_PROTOCOL: &Row = &ROWS[24];

/// `baidu/acl/InvalidPosition`: The position of an ACL rule is not a number from 1 to 5000.
pub const ACL_INVALID_POSITION: &Row = &ROWS[25];

/// `baidu/acl/DuplicatePosition`: The subnet already has an ACL rule at this position, or the request names it twice.
pub const ACL_DUPLICATE_POSITION: &Row = &ROWS[26];

/// `baidu/acl/InvalidPort`: The port of an ACL rule is neither all nor a port nor a range.
pub const ACL_INVALID_PORT: &Row = &ROWS[27];

/// `baidu/nat/RequestVpcIdEmpty`: The vpcId is missing or empty.
pub const NAT_REQUEST_VPC_ID_EMPTY: &Row = &ROWS[28];

/// `baidu/nat/RequestNatIdEmpty`: The natId is missing or empty.
pub const NAT_REQUEST_NAT_ID_EMPTY: &Row = &ROWS[29];

/// `baidu/nat/NoSuchNat`: The natId is well formed, but no NAT gateway of the account has it.
pub const NAT_NO_SUCH_NAT: &Row = &ROWS[30];

/// `baidu/nat/RequestNameEmpty`: The name is missing or empty.
pub const NAT_REQUEST_NAME_EMPTY: &Row = &ROWS[31];

/// `baidu/nat/RequestSpecEmpty`: Neither spec nor cuNum is given.
pub const NAT_REQUEST_SPEC_EMPTY: &Row = &ROWS[32];

/// `baidu/nat/RequestBillingEmpty`: The billing object is missing.
pub const NAT_REQUEST_BILLING_EMPTY: &Row = &ROWS[33];

/// `baidu/nat/SpecInvalid`: The spec is none of small, medium and large, cuNum is not from 1 to 100, or both are given.
pub const NAT_SPEC_INVALID: &Row = &ROWS[34];

/// `baidu/nat/PaymentTimingEmpty`: The billing object lacks paymentTiming.
pub const NAT_PAYMENT_TIMING_EMPTY: &Row = &ROWS[35];

/// `baidu/nat/PaymentTimingInvalid`: The paymentTiming is neither Prepaid nor Postpaid.
pub const NAT_PAYMENT_TIMING_INVALID: &Row = &ROWS[36];

/// `baidu/nat/ReservationEmpty`: A prepaid gateway is created or renewed without a reservation.
pub const NAT_RESERVATION_EMPTY: &Row = &ROWS[37];

/// `baidu/nat/createOrderError`: The order was refused, for instance because the account is in arrears; nothing was created.
pub const NAT_CREATE_ORDER_ERROR: &Row = &ROWS[38];

/// `baidu/nat/subnatEmpty`: The VPC has no subnet.
pub const NAT_SUBNAT_EMPTY: &Row = &ROWS[39];

/// `baidu/nat/NoSuchEip`: An address is no EIP of the account in this region.
pub const NAT_NO_SUCH_EIP: &Row = &ROWS[40];

/// `baidu/nat/RequestEipInvalid`: The list of EIPs is empty, holds something that is no address, or an EIP is not free, not on this gateway or not combinable with the others.
pub const NAT_REQUEST_EIP_INVALID: &Row = &ROWS[41];

/// `baidu/nat/NatPostpaid`: A postpaid gateway shall be renewed.
pub const NAT_NAT_POSTPAID: &Row = &ROWS[42];

/// `baidu/nat/ReservationLengthInvalid`: The reservationLength is none of 1 to 9, 12, 24 and 36.
pub const NAT_RESERVATION_LENGTH_INVALID: &Row = &ROWS[43];

/// `baidu/nat/ReservationTimeUnitInvalid`: The reservationTimeUnit is not month.
pub const NAT_RESERVATION_TIME_UNIT_INVALID: &Row = &ROWS[44];

/// `baidu/nat/NatIdInvalid`: The natId does not look like the id of a NAT gateway.
pub const NAT_NAT_ID_INVALID: &Row = &ROWS[45];

/// `baidu/nat/SnatRuleSourceAddressInvalid`: The source of an SNAT rule lies outside the VPC.
pub const NAT_SNAT_RULE_SOURCE_ADDRESS_INVALID: &Row = &ROWS[46];

/// `baidu/nat/CidrFormatIllegal`: The source of an SNAT rule is neither an address nor a network.
pub const NAT_CIDR_FORMAT_ILLEGAL: &Row = &ROWS[47];

/// `baidu/nat/SnatRuleSourceAddressConflict`: Another SNAT rule of the gateway or the batch has the same source.
pub const NAT_SNAT_RULE_SOURCE_ADDRESS_CONFLICT: &Row = &ROWS[48];

/// `baidu/nat/LimitExceeded`: The gateway would have more EIPs or rules, or the VPC more gateways, than allowed.
pub const NAT_LIMIT_EXCEEDED: &Row = &ROWS[49];

/// `baidu/nat/RuleIdNotExist`: The gateway has no SNAT rule with this id.
pub const NAT_RULE_ID_NOT_EXIST: &Row = &ROWS[50];

/// `baidu/nat/BadRequest`: A value breaks a rule of the NAT operations that has no code of its own.
pub const NAT_BAD_REQUEST: &Row = &ROWS[51];

/// `baidu/nat/SnatRuleEipsInvalid`: The public addresses of an SNAT rule are empty or not bound to the gateway.
pub const NAT_SNAT_RULE_EIPS_INVALID: &Row = &ROWS[52];

/// `baidu/nat/DnatRuleConflictException`: Another DNAT rule already has this public address, protocol and port.
pub const NAT_DNAT_RULE_CONFLICT_EXCEPTION: &Row = &ROWS[53];

/// `baidu/nat/DnatRuleProtocolInvalid`: The protocol of a DNAT rule is none of TCP, UDP and all.
pub const NAT_DNAT_RULE_PROTOCOL_INVALID: &Row = &ROWS[54];

/// `baidu/nat/DnatRuleInternalPortInvalid`: The private port of a DNAT rule is missing, out of range, or a range of another length than the public one.
pub const NAT_DNAT_RULE_INTERNAL_PORT_INVALID: &Row = &ROWS[55];

/// `baidu/nat/DnatRulePublicPortInvalid`: The public port of a DNAT rule is missing, out of range, or a range of another length than the private one.
pub const NAT_DNAT_RULE_PUBLIC_PORT_INVALID: &Row = &ROWS[56];

/// `baidu/nat/DnatRuleInternalIpInvalid`: The private address of a DNAT rule is missing, no IPv4 address, or outside the VPC.
pub const NAT_DNAT_RULE_INTERNAL_IP_INVALID: &Row = &ROWS[57];

/// `baidu/nat/DnatRuleEipNotAllowEmpty`: The public address of a DNAT rule is missing.
pub const NAT_DNAT_RULE_EIP_NOT_ALLOW_EMPTY: &Row = &ROWS[58];

/// `baidu/nat/DnatEipEmpty`: The gateway has no EIP for DNAT.
pub const NAT_DNAT_EIP_EMPTY: &Row = &ROWS[59];

/// `baidu/nat/DnatRuleEipInvalid`: The public address of a DNAT rule is not bound to the gateway.
pub const NAT_DNAT_RULE_EIP_INVALID: &Row = &ROWS[60];

/// `baidu/nat/DnatRuleIdException`: The gateway has no DNAT rule with this id.
pub const NAT_DNAT_RULE_ID_EXCEPTION: &Row = &ROWS[61];

/// `baidu/peering/BadRequest`: A value is invalid: the bandwidth, the role, the same VPC at both ends, two relay VPCs, or a pair that is already connected.
pub const PEERING_BAD_REQUEST: &Row = &ROWS[62];

/// `baidu/peering/UnsupportedPeerConnOperation`: The connection's state, its payment or the caller's side does not allow the operation.
pub const PEERING_UNSUPPORTED_PEER_CONN_OPERATION: &Row = &ROWS[63];

/// `baidu/peering/PeerIfNameException`: A name for the peer's interface is given although the peer is another account.
pub const PEERING_PEER_IF_NAME_EXCEPTION: &Row = &ROWS[64];

/// `baidu/peering/ResizeException`: The bandwidth of a prepaid connection shall shrink.
pub const PEERING_RESIZE_EXCEPTION: &Row = &ROWS[65];

/// `baidu/eni/SubnetHasNoMoreIpException`: The subnet has not enough free addresses.
pub const ENI_SUBNET_HAS_NO_MORE_IP_EXCEPTION: &Row = &ROWS[66];

/// `baidu/eni/VmMemoryCanNotAttachMoreIpException`: The interface has more addresses than the instance's memory allows.
pub const ENI_VM_MEMORY_CAN_NOT_ATTACH_MORE_IP_EXCEPTION: &Row = &ROWS[67];

/// `baidu/eni/DeviceInvalidException`: The interface is attached to another instance than the request names.
pub const ENI_DEVICE_INVALID_EXCEPTION: &Row = &ROWS[68];

/// `baidu/eni/VmStatusException`: The instance is neither running nor stopped.
pub const ENI_VM_STATUS_EXCEPTION: &Row = &ROWS[69];

/// `baidu/eni/EniAndDeviceNotInSameAzException`: The interface and the instance are in different zones or VPCs.
pub const ENI_ENI_AND_DEVICE_NOT_IN_SAME_AZ_EXCEPTION: &Row = &ROWS[70];

/// `baidu/eni/NatSubnetCanNotBindEip`: The interface's subnet is of a type that takes no EIPs.
pub const ENI_NAT_SUBNET_CAN_NOT_BIND_EIP: &Row = &ROWS[71];

/// `baidu/eni/PrimaryIPException`: The address is the primary one of the interface, or not on it at all.
pub const ENI_PRIMARY_IP_EXCEPTION: &Row = &ROWS[72];

/// `baidu/eni/EniStatusException`: The interface's status does not allow the operation.
pub const ENI_ENI_STATUS_EXCEPTION: &Row = &ROWS[73];

/// `baidu/eni/EniIdException`: The eniId is malformed or names no interface of the account.
pub const ENI_ENI_ID_EXCEPTION: &Row = &ROWS[74];

/// `baidu/eni/PrivateIpInUseException`: The address is already allocated in the subnet.
pub const ENI_PRIVATE_IP_IN_USE_EXCEPTION: &Row = &ROWS[75];

/// `baidu/eni/SubnetTypeInvalidException`: The subnet is of type BBC or BBC_NAT, which takes no interfaces.
pub const ENI_SUBNET_TYPE_INVALID_EXCEPTION: &Row = &ROWS[76];

/// `baidu/eni/MaxKeysParamInvalidException`: The maxKeys in the query is not a number from 1 to 1000.
pub const ENI_MAX_KEYS_PARAM_INVALID_EXCEPTION: &Row = &ROWS[77];

/// `baidu/eni/EniIdBlankException`: The eniId in the path is empty or blank.
pub const ENI_ENI_ID_BLANK_EXCEPTION: &Row = &ROWS[78];

/// `baidu/eni/InstanceIdBlankException`: The instanceId is missing or empty.
pub const ENI_INSTANCE_ID_BLANK_EXCEPTION: &Row = &ROWS[79];

/// `baidu/eni/ResourceNotExistException`: The subnet, instance, EIP, security group or VPC that the request names does not exist.
pub const ENI_RESOURCE_NOT_EXIST_EXCEPTION: &Row = &ROWS[80];

/// `baidu/eni/PrivateIpBlankException`: The privateIpAddress is missing or empty.
pub const ENI_PRIVATE_IP_BLANK_EXCEPTION: &Row = &ROWS[81];

/// `baidu/eni/EipBlankException`: The publicIpAddress is missing or empty.
pub const ENI_EIP_BLANK_EXCEPTION: &Row = &ROWS[82];

/// `baidu/eni/SecurityGroupIdsBlankException`: The list of security groups is missing, empty or blank.
pub const ENI_SECURITY_GROUP_IDS_BLANK_EXCEPTION: &Row = &ROWS[83];

/// `baidu/eni/PrivateIpConflictException`: Both a list of addresses and a count are given.
pub const ENI_PRIVATE_IP_CONFLICT_EXCEPTION: &Row = &ROWS[84];

/// `baidu/eni/PrivateIpFormatInvalidException`: The address cannot be read as one of the requested IP version.
pub const ENI_PRIVATE_IP_FORMAT_INVALID_EXCEPTION: &Row = &ROWS[85];

/// `baidu/eni/PrivateIpNotInCidrException`: The address lies outside the subnet.
pub const ENI_PRIVATE_IP_NOT_IN_CIDR_EXCEPTION: &Row = &ROWS[86];

/// `baidu/security_group/SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted`: A security group is deleted that interfaces are still in.
pub const SECURITYGROUP_INSTANCESASSOCIATEDSECURITYGROUPCANNOTBEDELETED: &Row = &ROWS[87];

/// `baidu/security_group/SecurityGroup.RuleRemarkTooLong`: The remark of a rule has more than 200 characters.
pub const SECURITYGROUP_RULEREMARKTOOLONG: &Row = &ROWS[88];

/// `baidu/security_group/SecurityGroup.RulePortInvalid`: A portRange holds something that is no number.
pub const SECURITYGROUP_RULEPORTINVALID: &Row = &ROWS[89];

/// `baidu/security_group/SecurityGroup.RulePortRangeInvalid`: A portRange names a port outside 1-65535.
pub const SECURITYGROUP_RULEPORTRANGEINVALID: &Row = &ROWS[90];

/// `baidu/security_group/SecurityGroup.RulePortOrderInvalid`: A portRange ends before it begins.
pub const SECURITYGROUP_RULEPORTORDERINVALID: &Row = &ROWS[91];

/// `baidu/security_group/SecurityGroup.RuleCIDRAddressError`: The sourceIp or destIp of a rule is no address and no CIDR of its ethertype.
pub const SECURITYGROUP_RULECIDRADDRESSERROR: &Row = &ROWS[92];

/// `baidu/esg/Esg.EsgResourceNotExist`: The id names no enterprise security group of this account.
pub const ESG_ESGRESOURCENOTEXIST: &Row = &ROWS[93];

/// `baidu/esg/Esg.EsgRuleActionEmpty`: A new rule has no action.
pub const ESG_ESGRULEACTIONEMPTY: &Row = &ROWS[94];

/// `baidu/esg/Esg.EsgRuleActionInvalid`: The action of a rule is neither allow nor deny.
pub const ESG_ESGRULEACTIONINVALID: &Row = &ROWS[95];

/// `baidu/esg/Esg.EsgRuleProtocolEmpty`: A new rule has no protocol.
pub const ESG_ESGRULEPROTOCOLEMPTY: &Row = &ROWS[96];

/// `baidu/esg/Esg.EsgRuleProtocolInvalid`: The protocol of a rule is not all, tcp, udp or icmp.
pub const ESG_ESGRULEPROTOCOLINVALID: &Row = &ROWS[97];

/// `baidu/esg/Esg.EsgRulePortEmpty`: A new rule has no portRange.
pub const ESG_ESGRULEPORTEMPTY: &Row = &ROWS[98];

/// `baidu/esg/Esg.EsgRuleRemarkTooLong`: The remark of a rule has more than 200 characters.
pub const ESG_ESGRULEREMARKTOOLONG: &Row = &ROWS[99];
