import { BlockList, isIP, isIPv6 } from "node:net";

/** What is told and asked may go everywhere but here: private networks are where a cluster's own receivers are. */
export interface Reach {
  /** The controller's own machine, or pod: what listens there trusts whoever can reach it. */
  readonly loopback: boolean;
}

/**
 * Nobody's receiver: link-local addresses (RFC 3927, RFC 4291 2.5.6), where clouds hand out credentials to whoever asks, what
 * some of them use instead of those, and groups. The last ones hold a link-local IPv4 address (RFC 6052, RFC 3056).
 */
const nobody = listOf(
  ["169.254.0.0", 16],
  ["fe80::", 10],
  ["100.100.100.200", 32], // Alibaba Cloud
  ["168.63.129.16", 32], // Azure
  ["192.0.0.192", 32], // Oracle Cloud
  ["fd00:ec2::254", 128], // AWS
  ["fd20:ce::254", 128], // Google Cloud
  ["224.0.0.0", 4],
  ["ff00::", 8],
  ["255.255.255.255", 32],
  ["64:ff9b::a9fe:0", 112],
  ["2002:a9fe::", 32],
);

/** Of the unspecified address systems make their own machine's. */
const loopback = listOf(
  ["127.0.0.0", 8],
  ["::1", 128],
  ["0.0.0.0", 8],
  ["::", 128],
  ["64:ff9b::7f00:0", 104],
  ["2002:7f00::", 24],
);

/** Why nothing is sent to an IP address, in words; undefined: it may be, as may what is none. */
export function refusedAddress(address: string, reach: Reach): string | undefined {
  if (isIP(address) === 0) return undefined;
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  if (nobody.check(address, family)) return `nothing is sent to ${address}, a link-local or reserved address`;
  if (!reach.loopback && loopback.check(address, family))
    return `nothing is sent to ${address}, the controller's own machine (WEIR_WEBHOOK_LOOPBACK)`;
  return undefined;
}

function listOf(...subnets: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, isIPv6(network) ? "ipv6" : "ipv4");
  return list;
}
