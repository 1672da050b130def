import { type Aliases, renamed } from "./alias.ts";

/** Versions of HTTP as they are written since 1.23. */
export const protocolVersions = { "2.0": "2", "3.0": "3" } as const;

const transports = { ip_tcp: "tcp", ip_udp: "udp", "IP.TCP": "tcp", "IP.UDP": "udp" } as const;

/**
 * Network and server / client conventions 1.23 (stable) from `net.*` (OpenTelemetry registry, deprecated network
 * attributes; schemas 1.13, 1.20, 1.21). Which side `net.peer` is, the span's kind tells: on a server it is the
 * client, everywhere else whoever was called.
 */
export const networkAliases: Aliases = {
  "net.peer.name": { name: "server.address", nameOnServer: "client.address" },
  "net.peer.port": { name: "server.port", nameOnServer: "client.port" },
  ...renamed({
    "net.host.name": "server.address",
    "net.host.port": "server.port",
    "net.sock.peer.addr": "network.peer.address",
    "net.peer.ip": "network.peer.address",
    "net.sock.peer.port": "network.peer.port",
    "net.sock.host.addr": "network.local.address",
    "net.host.ip": "network.local.address",
    "net.sock.host.port": "network.local.port",
    "net.protocol.name": "network.protocol.name",
    "net.app.protocol.name": "network.protocol.name",
    "net.host.connection.type": "network.connection.type",
    "net.host.connection.subtype": "network.connection.subtype",
    "net.host.carrier.name": "network.carrier.name",
    "net.host.carrier.mcc": "network.carrier.mcc",
    "net.host.carrier.mnc": "network.carrier.mnc",
    "net.host.carrier.icc": "network.carrier.icc",
  }),
  "net.protocol.version": { name: "network.protocol.version", values: protocolVersions },
  "net.app.protocol.version": { name: "network.protocol.version", values: protocolVersions },
  "net.transport": { name: "network.transport", values: transports },
  "net.sock.family": { name: "network.type", values: { inet: "ipv4", inet6: "ipv6" } },
};
