import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

export type SeenRequest = { service: string; method: string; path: string; headers: IncomingHttpHeaders };

export type ForwardProxy = {
  url: string;
  /** Every request in absolute form that came through, upgrades included. */
  seen: SeenRequest[];
  close(): void;
};

/** A plain forward proxy, as HTTP_PROXY means it: absolute-form requests, upgrades, CONNECT. Knows names by `portOf`. */
export async function startForwardProxy(
  portOf: (service: string) => number | undefined,
): Promise<ForwardProxy> {
  const seen: SeenRequest[] = [];
  const tunnels = new Set<Duplex>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "");
    seen.push({
      service: url.hostname,
      method: request.method ?? "",
      path: url.pathname,
      headers: request.headers,
    });
    const port = portOf(url.hostname);
    const refuse = () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(503, { "content-type": "text/plain" }).end("no healthy upstream");
    };
    if (port === undefined) return refuse();
    const options = {
      host: "127.0.0.1",
      port,
      method: request.method,
      path: url.pathname + url.search,
      agent: false,
    };
    const upstream = httpRequest({ ...options, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on("error", refuse);
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  });

  const tunnel = (client: Duplex, port: number | undefined, begin: (upstream: Duplex) => void) => {
    if (port === undefined) {
      client.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n");
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      begin(upstream);
      upstream.pipe(client).pipe(upstream);
    });
    for (const end of [client, upstream]) {
      tunnels.add(end);
      end.on("error", () => end.destroy());
      end.on("close", () => {
        tunnels.delete(end);
        (end === client ? upstream : client).destroy();
      });
    }
  };

  server.on("upgrade", (request, client, head) => {
    const url = new URL(request.url ?? "");
    seen.push({ service: url.hostname, method: "UPGRADE", path: url.pathname, headers: request.headers });
    tunnel(client, portOf(url.hostname), (upstream) => {
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      upstream.write(`GET ${url.pathname} HTTP/1.1\r\n${lines.join("")}\r\n`);
      upstream.write(head);
    });
  });
  server.on("connect", (request, client, head) => {
    tunnel(client, portOf(request.url?.split(":")[0] ?? ""), (upstream) => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
    });
  });

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      for (const end of tunnels) end.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
