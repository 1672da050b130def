import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

/** Both in PEM, the certificate with the chain behind it. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface TerminationSettings extends ServerCertificate {
  readonly handshakeTimeoutMs: number;
  /** A connection is encrypted; `h2` where caller and sidecar agreed on HTTP/2 (ALPN). */
  readonly accepted: (socket: TLSSocket, protocol: "h2" | "http/1.1") => void;
  /** A handshake has failed. */
  readonly refused: (error: Error) => void;
}

/** The encrypted side of a listener: what it returns takes each connection. Throws where certificate and key do not fit. */
export async function terminateTls({
  certificate,
  privateKey,
  handshakeTimeoutMs,
  accepted,
  refused,
}: TerminationSettings): Promise<(socket: Socket) => void> {
  const { createServer } = await import("node:tls");
  // Never listens: connections are given to it.
  const server = createServer({
    cert: certificate,
    key: privateKey,
    ALPNProtocols: ["h2", "http/1.1"],
    handshakeTimeout: handshakeTimeoutMs,
    allowHalfOpen: true,
    minVersion: "TLSv1.2",
  });
  server.on("secureConnection", (socket) =>
    accepted(socket, socket.alpnProtocol === "h2" ? "h2" : "http/1.1"),
  );
  server.on("tlsClientError", (error, socket) => {
    socket.destroy();
    refused(error);
  });
  return (socket) => void server.emit("connection", socket);
}
