import { connect, type Socket } from "node:net";
import type { Outcome, Scenario } from "./scenarios.ts";

/** Longer than any timeout a request of the soak has. */
const patienceMs = 5_000;

/** Makes requests one after the other, on one connection while it lasts, and tells how each of them ended. */
export class Caller {
  readonly #port: number;
  #socket: Socket | undefined;
  #current: Exchange | undefined;
  /** One timer for all requests: started anew with each. */
  readonly #patience = setTimeout(() => this.#end("stuck"), patienceMs);

  constructor(port: number) {
    this.#port = port;
  }

  ask(scenario: Scenario): Promise<Outcome> {
    const socket = this.#socket ?? this.#open();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#current = { scenario, resolve, head: undefined, text: "", bodyBytes: 0, tail: "" };
    this.#patience.refresh();
    socket.write(requestOf(scenario), () => {
      if (scenario.sentBytes !== undefined) this.#end("left");
    });
    return promise;
  }

  close(): void {
    clearTimeout(this.#patience);
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => this.#read(bytes as Buffer));
    socket.on("close", () => {
      if (this.#socket === socket) this.#end("cut");
    });
    return socket;
  }

  #read(bytes: Buffer): void {
    const exchange = this.#current;
    if (exchange === undefined)
      this.#forget(); // what nobody asked for
    else {
      readInto(exchange, bytes);
      if (isReadEnough(exchange)) this.#end("left");
      else if (exchange.head && isWhole(exchange, exchange.head))
        this.#end(exchange.head.status, exchange.head.closes);
    }
  }

  /** Everything but a whole answer takes the connection with it. */
  #end(outcome: Outcome, closes = true): void {
    const exchange = this.#current;
    this.#current = undefined;
    if (closes) this.#forget();
    exchange?.resolve(outcome);
  }

  #forget(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
  }
}

interface Exchange {
  readonly scenario: Scenario;
  readonly resolve: (outcome: Outcome) => void;
  head: Head | undefined;
  /** Of the head, until it is whole. */
  text: string;
  bodyBytes: number;
  /** The last bytes of a chunked body. */
  tail: string;
}

interface Head {
  readonly status: number;
  /** Undefined: chunked. */
  readonly length: number | undefined;
  readonly closes: boolean;
}

/** With the trailer that the upstream sends, so that an answer without it is not whole. */
const lastChunk = "0\r\nX-Check: whole\r\n\r\n";

function isReadEnough({ scenario, bodyBytes }: Exchange): boolean {
  return scenario.readBytes !== undefined && bodyBytes >= scenario.readBytes;
}

function isWhole({ bodyBytes, tail }: Exchange, { length }: Head): boolean {
  return length === undefined ? tail.endsWith(lastChunk) : bodyBytes >= length;
}

function readInto(exchange: Exchange, bytes: Buffer): void {
  let body = bytes;
  if (exchange.head === undefined) {
    exchange.text += bytes.toString("latin1");
    const end = exchange.text.indexOf("\r\n\r\n");
    if (end < 0) return;
    exchange.head = readHead(exchange.text.slice(0, end + 2));
    body = Buffer.from(exchange.text.slice(end + 4), "latin1");
  }
  exchange.bodyBytes += body.length;
  if (exchange.head.length === undefined)
    exchange.tail = (exchange.tail + body.toString("latin1")).slice(-lastChunk.length);
}

function readHead(head: string): Head {
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
  return {
    status: Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length)),
    length: length === undefined ? undefined : Number(length),
    closes: /\r\nconnection: *close\r\n/i.test(head),
  };
}

function requestOf({ method, path, host, bodyBytes, sentBytes = bodyBytes }: Scenario): string {
  const length = method === "POST" ? `Content-Length: ${bodyBytes}\r\n` : "";
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${length}\r\n${"x".repeat(sentBytes)}`;
}
