import { setTimeout as pause } from "node:timers/promises";
import { Agent, request } from "undici";
import { asPages, procedureUrl } from "./procedure-url.ts";

/**
 * Pages that show the live map of the last five minutes, as far as a server sees them: each follows the changes, and with every
 * notice of telemetry reads the map again, once a second at most. Arguments: the server's port, how many.
 * When asked, tells how many notices came and how often the map was read.
 */
const [port = 0, views = 0] = process.argv.slice(2).map(Number);
const readEveryMs = 1_000;
const agent = new Agent({ connections: null, bodyTimeout: 0, headersTimeout: 30_000 });
const counts = { notices: 0, reads: 0, failures: 0, bytes: 0 };

async function read(): Promise<void> {
  const url = procedureUrl(port, "topology.get", { window: "5m" });
  const { statusCode, body } = await request(url, {
    dispatcher: agent,
    headers: asPages,
  });
  const bytes = await body.arrayBuffer();
  counts.bytes += bytes.byteLength;
  if (statusCode === 200) counts.reads++;
  else counts.failures++;
}

async function view(): Promise<void> {
  let waiting = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  const onNotice = async () => {
    counts.notices++;
    if (waiting) return;
    waiting = true;
    await pause(Math.max(0, lastAt + readEveryMs - performance.now()));
    waiting = false;
    lastAt = performance.now();
    await read();
  };
  const headers = { accept: "text/event-stream" };
  const { body } = await request(procedureUrl(port, "live.changes"), { dispatcher: agent, headers });
  for await (const chunk of body)
    if (String(chunk).includes('"telemetry"')) void onNotice().catch(() => counts.failures++);
}

for (let i = 0; i < views; i++) void view();
process.on("message", () => process.send?.(counts));
