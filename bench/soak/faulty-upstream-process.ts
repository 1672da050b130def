import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { largeBytes } from "./scenarios.ts";

const small = answer("200 OK", 147);
const large = answer("200 OK", largeBytes);
const tooLarge = answer("413 Content Too Large\r\nConnection: close", 10);
const chunked = Buffer.from(
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Check\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Check: whole\r\n\r\n",
);

let flakyTurn = 0;

/** What happens when a request's head, or its body too where it has one, is there. */
const acts: Readonly<Record<string, (socket: Socket) => void>> = {
  small: (socket) => socket.write(small),
  chunked: (socket) => socket.write(chunked),
  upload: (socket) => socket.write(small),
  large: (socket) => socket.write(large),
  // Every other time: what a retry is for.
  flaky: (socket) => (flakyTurn++ % 2 === 0 ? socket.resetAndDestroy() : socket.write(small)),
  reset: (socket) => socket.resetAndDestroy(),
  "half-head": (socket) => socket.write(small.subarray(0, 30), () => socket.resetAndDestroy()),
  "half-body": (socket) => socket.write(small.subarray(0, 150), () => socket.resetAndDestroy()),
  never: () => undefined,
  early: (socket) => socket.end(tooLarge),
};

/** Two instances of one service, misbehaving as the path of a request says. */
const ports: number[] = [];
for (let instance = 0; instance < 2; instance++) {
  const server = createServer({ noDelay: true }, serve);
  server.listen(0, "127.0.0.1", 4096);
  await once(server, "listening");
  ports.push((server.address() as AddressInfo).port);
}
process.once("disconnect", () => process.exit());
process.send?.(ports);

function serve(socket: Socket): void {
  let head = "";
  let bodyLeft = 0;
  let act: ((socket: Socket) => void) | undefined;
  socket.on("error", () => undefined);
  socket.on("data", (bytes: Buffer) => {
    if (bodyLeft > 0) bodyLeft -= bytes.length;
    else {
      head += bytes.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      act = acts[/^\S+ \/([^/ ?]+)/.exec(head)?.[1] ?? ""];
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end + 2))?.[1] ?? 0);
      bodyLeft = length - (head.length - end - 4);
      head = "";
      if (act === acts.early) bodyLeft = 0;
    }
    if (bodyLeft === 0) act?.(socket);
  });
}

function answer(status: string, bytes: number): Buffer {
  return Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${bytes}\r\n\r\n${"x".repeat(bytes)}`);
}
