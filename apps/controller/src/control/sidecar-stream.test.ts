import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listen } from "../http/listen.ts";
import type { EncodedSnapshot } from "../snapshot/encode-snapshot.ts";
import { SidecarStream } from "./sidecar-stream.ts";

let server: Server;
let client: Socket;
let response: ServerResponse;
let stream: SidecarStream;
const sent: string[] = [];
let skipped = 0;

beforeEach(async () => {
  sent.length = 0;
  skipped = 0;
  server = createServer();
  const port = await listen(server, { host: "127.0.0.1", port: 0 });
  client = connect(port, "127.0.0.1");
  client.pause();
  client.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  stream = streamTo(true);
});

afterEach(() => {
  client.destroy();
  server.close();
  server.closeAllConnections();
});

function streamTo(takesChanges: boolean): SidecarStream {
  const events = { sent: ({ version }: EncodedSnapshot) => sent.push(version), skipped: () => skipped++ };
  return new SidecarStream(response, events, takesChanges);
}

/** A snapshot, and what makes it of the one before. */
const changing = (version: string, from: string): EncodedSnapshot => ({
  version,
  line: () => Buffer.from(`{"v":"${version}"}\n`),
  change: { from, line: Buffer.from(`{"v":"${from}to${version}"}\n`) },
});

/** Larger than what kernel and process keep for a peer that does not read. */
const large = (version: string): EncodedSnapshot => ({
  version,
  line: () => Buffer.from(`{"v":"${version}","pad":"${"x".repeat(8 * 1024 * 1024)}"}\n`),
});

/** The versions that the client reads once it reads again, until `last`. */
async function readUntil(last: string): Promise<string[]> {
  let text = "";
  client.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
  });
  client.resume();
  await waitFor(() => text.includes(`{"v":"${last}"`) && text.trimEnd().endsWith("}"), { what: last });
  return [...text.matchAll(/\{"v":"(\w+)"/g)].map((match) => match[1]!);
}

test("a peer that reads gets every snapshot", async () => {
  for (const version of ["a", "b", "c"])
    stream.offer({ version, line: () => Buffer.from(`{"v":"${version}"}\n`) });
  expect(sent).toEqual(["a", "b", "c"]);
  expect(await readUntil("c")).toEqual(["a", "b", "c"]);
});

test("a peer that does not read gets the newest when it reads again, and nothing piles up meanwhile", async () => {
  stream.offer(large("first"));
  const buffered = response.writableLength;
  for (let i = 0; i < 50; i++) {
    stream.offer(large(`v${i}`));
    stream.ping(60_000);
  }
  expect(response.writableLength).toBe(buffered);
  expect(skipped).toBe(49);
  expect(sent).toEqual(["first"]);
  expect(await readUntil("v49")).toEqual(["first", "v49"]);
  expect(sent).toEqual(["first", "v49"]);
});

test("who was sent the snapshot before gets what changed, and so does who came with it", async () => {
  stream.offer(changing("b", "a"));
  stream.offer(changing("c", "b"));
  stream.offer(changing("e", "d"));
  stream.confirm("f");
  stream.offer(changing("g", "f"));
  expect(sent).toEqual(["b", "c", "e", "g"]);
  expect(await readUntil("ftog")).toEqual(["b", "btoc", "e", "ftog"]);
});

test("who takes no changes, or has missed one, gets the whole", async () => {
  streamTo(false).offer(changing("b", "a"));
  streamTo(false).offer(changing("c", "b"));
  stream.offer(large("d"));
  stream.offer(changing("e", "d"));
  stream.offer(changing("f", "e"));
  expect(await readUntil("f")).toEqual(["b", "c", "d", "f"]);
});

test("a peer that reads nothing for too long is cut off", async () => {
  stream.offer(large("first"));
  const closed = once(response, "close");
  await waitFor(
    () => {
      stream.ping(10);
      return response.destroyed;
    },
    { what: "the stream to be cut off" },
  );
  await closed;
});

test("a stream that is over takes nothing and says nothing", async () => {
  stream.end();
  stream.ping(60_000);
  stream.offer({ version: "late", line: () => Buffer.from("late\n") });
  stream.confirm("late");
  client.destroy();
  await once(response, "close");
  stream.offer({ version: "later", line: () => Buffer.from("later\n") });
});
