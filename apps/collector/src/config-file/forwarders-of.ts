import { readFileSync } from "node:fs";
import type { OtlpForwarderSettings } from "../exporters/otlp-forward/otlp-forwarder.ts";
import { ConfigError } from "./config-error.ts";
import type { ForwardConfig } from "./exporters-section.ts";
import type { SocketAddress } from "./listen.ts";

/** A backend that gets a copy of everything. */
export type ForwarderConfig = Pick<
  OtlpForwarderSettings,
  "endpoint" | "signals" | "headers" | "compression" | "ca" | "timeoutMs" | "retry" | "queue"
>;

/** The backends of a file, with their certificates; `listen` is where the collector itself takes OTLP/HTTP. Throws ConfigError. */
export function forwardersOf(configs: readonly ForwardConfig[], listen: SocketAddress): ForwarderConfig[] {
  return configs.map(({ caFile, ...config }, i) => {
    const path = `exporters.otlp_forward[${i}]`;
    if (isOwnAddress(config.endpoint, listen))
      throw new ConfigError(
        `${path}.endpoint is this collector's own: it would send everything to itself, for ever`,
      );
    return {
      ...config,
      ca: caFile === undefined ? undefined : readCertificates(caFile, `${path}.tls.ca_file`),
    };
  });
}

function readCertificates(file: string, path: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${path} cannot be read: ${reason}`, { cause });
  }
}

const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;
const anywhere: readonly string[] = ["0.0.0.0", "::"];

function isOwnAddress({ hostname, port, protocol }: URL, listen: SocketAddress): boolean {
  const standard = protocol === "https:" ? 443 : 80;
  if ((port === "" ? standard : Number(port)) !== listen.port) return false;
  const isLocal = loopback.test(hostname);
  return (
    hostname === listen.host || (isLocal && (loopback.test(listen.host) || anywhere.includes(listen.host)))
  );
}
