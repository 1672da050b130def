/**
 * Run as a process of its own in a directory that cannot hold much: appends until the disk refuses, makes room by
 * draining, appends again, opens it anew. Prints what happened as one line of JSON.
 */
import { createLogger } from "@weir/telemetry/process";
import { openSpool } from "../open-spool.ts";
import type { Spool } from "../spool.ts";
import { SpoolFailed } from "../spool-errors.ts";
import { drain, requestOf, textOf } from "./test-requests.ts";

export interface FillDiskReport {
  /** Names of requests, in the order in which they were appended. */
  readonly acknowledged: string[];
  /** Codes of the system. */
  readonly failures: string[];
  /** Acknowledged after the first failures, when room had been made. */
  readonly afterwards: string[];
  /** Read, before and after the restart. */
  readonly read: string[];
  readonly readAfterRestart: string[];
  readonly damagedBytes: number;
}

const bytes = 100_000;

const [directory = "", segmentBytes = ""] = process.argv.slice(2);
const open = (): Promise<Spool> =>
  openSpool({
    directory,
    maxBytes: 2 ** 30,
    segmentBytes: Number(segmentBytes),
    log: createLogger("collector", "silent"),
  });
const report: FillDiskReport = {
  ...{ acknowledged: [], failures: [], afterwards: [], read: [], readAfterRestart: [] },
  damagedBytes: 0,
};
let count = 0;

async function append(spool: Spool, requests: number, acknowledged: string[]): Promise<void> {
  const names = Array.from({ length: requests }, () => `request ${count++}`);
  const results = await Promise.allSettled(names.map((name) => spool.append(requestOf(name, bytes))));
  results.forEach((result, i) => {
    if (result.status === "fulfilled") acknowledged.push(names[i] ?? "");
    else if (result.reason instanceof SpoolFailed) report.failures.push(codeOf(result.reason.cause));
    else throw result.reason;
  });
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);

let spool = await open();
while (report.failures.length < 20) await append(spool, 7, report.acknowledged);
for (let drained = 0; drained < 30; ) {
  const batch = await spool.read({ bytes: 1_000_000, requests: 100 });
  const last = batch.at(-1);
  if (!last) break;
  drained += batch.length;
  report.read.push(...batch.map(textOf));
  await spool.advance(last);
}
await append(spool, 5, report.afterwards);
await spool.close();
spool = await open();
report.readAfterRestart.push(...(await drain(spool)));
console.log(JSON.stringify({ ...report, damagedBytes: spool.counts.damagedBytes }));
await spool.close();
