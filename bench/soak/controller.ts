import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { Acknowledgement, ControlMessage, Snapshot } from "@weir/domain";

/** A controller that only streams what it is given, and counts what the sidecar says to it. */
export interface Controller {
  readonly origin: string;
  readonly accepted: number;
  /** Reasons of the refused ones. */
  readonly refused: readonly string[];
  swap(snapshot: Snapshot): void;
  close(): void;
}

export async function startController(first: Snapshot): Promise<Controller> {
  const streams = new Set<ServerResponse>();
  const refused: string[] = [];
  let accepted = 0;
  let current = first;
  const server = createServer(async (request, response) => {
    const body = await json(request);
    if (request.url === "/v1/ack") {
      const { error } = body as Acknowledgement;
      if (error === undefined) accepted++;
      else refused.push(error);
      response.writeHead(202).end();
      return;
    }
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write(line({ type: "snapshot", snapshot: current }));
    streams.add(response);
    response.once("close", () => streams.delete(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get accepted() {
      return accepted;
    },
    refused,
    swap(snapshot) {
      current = snapshot;
      for (const stream of streams) stream.write(line({ type: "snapshot", snapshot }));
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function line(message: ControlMessage): string {
  return `${JSON.stringify(message)}\n`;
}
