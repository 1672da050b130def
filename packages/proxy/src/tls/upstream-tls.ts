import { isIP, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Deadlines, Expiring } from "../http1/deadlines.ts";
import { UpstreamFailure } from "../http1/upstream-failure.ts";

/** How connections to a service's endpoints are encrypted. */
export interface UpstreamTls {
  /** Certificates to trust, in PEM, instead of the well-known ones. */
  readonly ca?: string | undefined;
  /** What the endpoint's certificate must be for, and the name that it is asked for; the endpoint's host otherwise. */
  readonly serverName?: string | undefined;
}

export interface EncryptSettings {
  readonly tls: UpstreamTls;
  readonly host: string;
  /** The one protocol that is offered (ALPN). */
  readonly protocol: "h2" | "http/1.1";
  readonly timeoutMs: number;
  readonly deadlines: Deadlines;
}

/** Encrypts a connection that has just been made. Rejects with UpstreamFailure. */
export async function encrypt(
  socket: Socket,
  { tls, host, protocol, timeoutMs, deadlines }: EncryptSettings,
): Promise<TLSSocket> {
  const { connect } = await import("node:tls");
  const name = tls.serverName ?? host;
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      deadlines.delete(timeout);
      encrypted.off("error", onError).off("close", onClose);
    };
    const fail = (failure: UpstreamFailure): void => {
      settle();
      encrypted.on("error", () => undefined).destroy();
      reject(failure);
    };
    const timeout: Expiring = {
      deadlineMs: deadlines.in(timeoutMs),
      expire: () =>
        fail(
          new UpstreamFailure("CONNECT_TIMEOUT", `${name} did not begin TLS within ${timeoutMs} ms`, true),
        ),
    };
    const onError = (cause: Error): void =>
      fail(new UpstreamFailure("CONNECT_FAILED", `no TLS with ${name}: ${cause.message}`, true, cause));
    const onClose = (): void =>
      fail(new UpstreamFailure("CONNECT_FAILED", `${name} closed instead of beginning TLS`, true));
    const encrypted = connect({
      socket,
      host: name,
      ...(isIP(name) === 0 && { servername: name }),
      ALPNProtocols: [protocol],
      ...(tls.ca !== undefined && { ca: tls.ca }),
    });
    encrypted.once("error", onError).once("close", onClose);
    encrypted.once("secureConnect", () => {
      if (protocol === "h2" && encrypted.alpnProtocol !== "h2")
        fail(new UpstreamFailure("UPSTREAM_PROTOCOL", `${name} does not speak HTTP/2 by TLS`, true));
      else {
        settle();
        resolve(encrypted);
      }
    });
    deadlines.add(timeout);
  });
}
