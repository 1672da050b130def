import {
  ControlMessage,
  changedContent,
  type Hello,
  type Snapshot,
  type SnapshotService,
} from "@weir/domain";
import { waitFor } from "@weir/testkit";
import { Client, type Dispatcher } from "undici";

const json = { "content-type": "application/json" };

/** A sidecar's end of the control stream, over a real connection of its own. */
export class TestSidecar {
  readonly hello: Hello;
  readonly messages: ControlMessage[] = [];
  /** As they came, or were made of the one before by a change. */
  readonly snapshots: Snapshot[] = [];
  ended = false;
  readonly #client: Client;

  private constructor(client: Client, hello: Hello) {
    this.#client = client;
    this.hello = hello;
  }

  /** Opens the stream and reads it from then on. `acknowledge` takes every snapshot by itself. */
  static async connect(port: number, hello: Hello, acknowledge = true): Promise<TestSidecar> {
    const client = new Client(`http://127.0.0.1:${port}`, { pipelining: 1, bodyTimeout: 0 });
    const sidecar = new TestSidecar(client, hello);
    const answer = await client.request({
      path: "/v1/stream",
      method: "POST",
      headers: json,
      body: JSON.stringify(hello),
    });
    if (answer.statusCode !== 200) throw new Error(`refused: ${await answer.body.text()}`);
    void sidecar.#read(port, answer.body, acknowledge);
    return sidecar;
  }

  /** A service of the newest snapshot. */
  service(name: string): SnapshotService | undefined {
    return this.snapshots.at(-1)?.content.services.find((service) => service.name === name);
  }

  addresses(name: string): string[] {
    return this.service(name)?.endpoints.map((endpoint) => endpoint.address) ?? [];
  }

  /** Waits until the newest snapshot has exactly these endpoints for the service. */
  async sees(service: string, addresses: string[]): Promise<void> {
    const what = `${this.hello.proxyId} to see ${service} at ${addresses.join(", ") || "no address"}`;
    const isSeen = () => JSON.stringify(this.addresses(service)) === JSON.stringify(addresses);
    await waitFor(isSeen, { what, timeoutMs: 20_000 });
  }

  /** The connection breaks, as when the process is killed. */
  async kill(): Promise<void> {
    await this.#client.destroy();
  }

  async #read(port: number, body: Dispatcher.ResponseData["body"], acknowledge: boolean): Promise<void> {
    let rest = "";
    body.setEncoding("utf8");
    try {
      for await (const chunk of body as AsyncIterable<string>) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const message = ControlMessage.parse(JSON.parse(line));
          this.messages.push(message);
          const snapshot = this.#snapshotOf(message);
          if (snapshot === undefined) continue;
          this.snapshots.push(snapshot);
          if (acknowledge)
            await post(port, "/v1/ack", { proxyId: this.hello.proxyId, version: snapshot.version });
        }
      }
    } catch {
      // The connection broke; the tests look at `ended`.
    }
    this.ended = true;
  }

  #snapshotOf(message: ControlMessage): Snapshot | undefined {
    if (message.type === "snapshot") return message.snapshot;
    if (message.type !== "change") return undefined;
    const { from, version } = message.change;
    const last = this.snapshots.at(-1);
    if (last?.version !== from) throw new Error(`a change of ${from} came after ${last?.version}`);
    return { version, content: changedContent(last.content, message.change) };
  }
}

/** One request on a connection of its own; the answer's status and parsed body. */
export async function post(
  port: number,
  path: string,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const client = new Client(`http://127.0.0.1:${port}`);
  try {
    const answer = await client.request({ path, method: "POST", headers: json, body: JSON.stringify(body) });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text === "" ? undefined : JSON.parse(text) };
  } finally {
    await client.close();
  }
}

/** What a sidecar of the shop says of itself. */
export function helloOf(service: string, port: number | undefined, more: Partial<Hello> = {}): Hello {
  return {
    proxyId: `${service}-${port ?? "caller"}`,
    workload: { namespace: "shop", service, version: "v1" },
    ...(port === undefined ? {} : { inboundAddress: `127.0.0.1:${port}` }),
    takesChanges: true,
    release: "0.1.0",
    ...more,
  };
}
