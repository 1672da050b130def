import { createServer, type Server, type Socket } from "node:net";
import { exchanges } from "../exchanges.ts";

const answers = new Map(
  [exchanges.small, exchanges.medium, exchanges.large, exchanges.upload].map(({ path, answerBytes }) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${answerBytes}\r\n\r\n`;
    return [path.charCodeAt(1), Buffer.from(head + "x".repeat(answerBytes), "latin1")] as const;
  }),
);
const headEnd = Buffer.from("\r\n\r\n");
const chunkedEnd = Buffer.from("0\r\n\r\n");

/** A server that does as little as can be for a request: it finds where it ends and writes a ready answer. */
export function createHttp1Upstream(): Server {
  return createServer({ noDelay: true }, (socket) => {
    const reader = new RequestReader(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => reader.read(bytes as Buffer));
  });
}

class RequestReader {
  readonly #socket: Socket;
  #partialHead: Buffer | undefined;
  /** Bytes of the body still to come, or that it ends with the last chunk. */
  #bodyLeft: number | "chunked" = 0;
  #answer: Buffer | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  read(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0) rest = this.#bodyLeft === 0 ? this.#readHead(rest) : this.#readBody(rest);
  }

  #readHead(bytes: Buffer): Buffer {
    const head = this.#partialHead ? Buffer.concat([this.#partialHead, bytes]) : bytes;
    const end = head.indexOf(headEnd);
    if (end < 0) {
      this.#partialHead = head;
      return head.subarray(head.length);
    }
    this.#partialHead = undefined;
    const isGet = head[0] === 0x47;
    this.#answer = answers.get(head[(isGet ? "GET /" : "POST /").length] ?? 0);
    if (isGet) this.#respond();
    else this.#bodyLeft = bodyOf(head.toString("latin1", 0, end + 2));
    return head.subarray(end + headEnd.length);
  }

  #readBody(bytes: Buffer): Buffer {
    if (this.#bodyLeft === "chunked") {
      // The body holds nothing but "x", so that these bytes are nowhere else.
      if (bytes.subarray(-chunkedEnd.length).equals(chunkedEnd)) this.#respond();
      return bytes.subarray(bytes.length);
    }
    const taken = Math.min(this.#bodyLeft, bytes.length);
    this.#bodyLeft -= taken;
    if (this.#bodyLeft === 0) this.#respond();
    return bytes.subarray(taken);
  }

  #respond(): void {
    this.#bodyLeft = 0;
    if (this.#answer) this.#socket.write(this.#answer);
    else this.#socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }
}

function bodyOf(head: string): number | "chunked" {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return length === undefined ? "chunked" : Number(length);
}
