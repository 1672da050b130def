import { statSync } from "node:fs";
import { mkdir, readdir, stat, unlink, writeFile } from "node:fs/promises";
import { waitFor } from "@weir/testkit";
import { expect, test } from "vitest";
import { SpoolFull, SpoolUnavailable } from "./spool-errors.ts";
import { drain, requestOf, textOf } from "./testing/test-requests.ts";
import { TestSpool } from "./testing/test-spool.ts";

const bench = new TestSpool();
const all = { bytes: Number.POSITIVE_INFINITY, requests: Number.POSITIVE_INFINITY };
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `request ${i}`);

test("what was appended is read in order, as it came, and stays until it is advanced over", async () => {
  const spool = await bench.open();
  const requests = [
    { ...requestOf("first"), signal: "metrics", encoding: "json", receivedNs: 1n },
    { ...requestOf(""), signal: "logs", receivedNs: 2n },
    { ...requestOf("third"), receivedNs: 3n },
  ] as const;
  expect([spool.depth, spool.oldestReceivedNs]).toEqual([{ requests: 0, bytes: 0 }, undefined]);
  for (const request of requests) await spool.append(request);
  expect(spool.depth.requests).toBe(3);
  expect(spool.oldestReceivedNs).toBe(1n);
  const read = await spool.read(all);
  expect(await spool.read(all)).toEqual(read);
  expect(read.map(({ position: _, ...request }) => request)).toEqual(requests);
  await spool.advance(read[1]!);
  expect((await spool.read(all)).map(textOf)).toEqual(["third"]);
  expect([spool.depth.requests, spool.oldestReceivedNs]).toEqual([1, 3n]);
  await spool.advance(read[2]!);
  expect([spool.depth, spool.oldestReceivedNs, spool.diskBytes]).toEqual([
    { requests: 0, bytes: 0 },
    undefined,
    0,
  ]);
  expect(await spool.read(all)).toEqual([]);
  expect(await bench.segments()).toEqual([]);
});

test("another process finds all that was not consumed, and goes on behind it", async () => {
  let spool = await bench.open({ segmentBytes: 400 });
  await Promise.all(names(30).map((name) => spool.append(requestOf(name))));
  const consumed = (await spool.read({ ...all, requests: 13 })).at(-1)!;
  await spool.advance(consumed);
  spool = await bench.reopen({ segmentBytes: 400 });
  expect([spool.depth.requests, spool.oldestReceivedNs]).toEqual([17, consumed.receivedNs]);
  await spool.append(requestOf("later"));
  expect(await drain(spool)).toEqual([...names(30).slice(13), "later"]);
  spool = await bench.reopen();
  expect([spool.depth.requests, await drain(spool)]).toEqual([0, []]);
  await spool.append(requestOf("after it was empty"));
  spool = await bench.reopen();
  expect(await drain(spool)).toEqual(["after it was empty"]);
});

test("without its cursor a restart reads again what is on disk still, and nothing is missing", async () => {
  let spool = await bench.open({ segmentBytes: 400 });
  await Promise.all(names(30).map((name) => spool.append(requestOf(name))));
  await spool.advance((await spool.read({ ...all, requests: 13 })).at(-1)!);
  await bench.reopen();
  await unlink(bench.path("cursor"));
  spool = await bench.reopen();
  const texts = await drain(spool);
  expect(texts).toEqual(names(30).slice(-texts.length));
  expect(texts.length).toBeGreaterThanOrEqual(17);
  expect(texts.length).toBeLessThan(30);
});

test("appends that come together share files and fsyncs, and each is whole", async () => {
  const spool = await bench.open({ segmentBytes: 20_000 });
  const texts = names(2000);
  await Promise.all(texts.map((text, i) => spool.append(requestOf(text, 20 + (i % 300)))));
  for (const name of await bench.segments()) expect(statSync(bench.path(name)).size).toBeLessThan(21_000);
  expect(await drain(spool)).toEqual(texts);
});

test("reading keeps its limits, except for a first request that is larger by itself", async () => {
  const spool = await bench.open({ segmentBytes: 3000 });
  for (const bytes of [1000, 1000, 5000, 1000, 10, 10, 10])
    await spool.append(requestOf(String(bytes), bytes));
  const sizes: number[][] = [];
  for (let batch = await spool.read({ bytes: 2100, requests: 3 }); batch.length > 0; ) {
    sizes.push(batch.map(({ body }) => body.length));
    await spool.advance(batch.at(-1)!);
    batch = await spool.read({ bytes: 2100, requests: 3 });
  }
  expect(sizes).toEqual([[1000, 1000], [5000], [1000, 10, 10], [10]]);
});

test("beyond its bound nothing is taken; what drains makes room, file by file", async () => {
  const maxBytes = 10_000;
  const spool = await bench.open({ maxBytes });
  let taken = 0;
  for (; ; taken += 1) {
    const full = await spool.append(requestOf(String(taken), 300)).catch((error: unknown) => error);
    if (!full) continue;
    expect(full).toBeInstanceOf(SpoolFull);
    break;
  }
  expect(taken).toBe(Math.floor(maxBytes / 328));
  expect(await usedBytes()).toBe(taken * 328);
  expect(spool.diskBytes).toBe(taken * 328);
  await spool.advance((await spool.read({ ...all, requests: 10 })).at(-1)!);
  for (let i = 0; i < 5; i++) await spool.append(requestOf(String(taken + i), 300));
  expect(await usedBytes()).toBeLessThanOrEqual(maxBytes);
  expect(await drain(spool)).toEqual(Array.from({ length: taken + 5 - 10 }, (_, i) => String(i + 10)));
  expect([spool.diskBytes, await usedBytes()]).toEqual([0, 0]);
});

test("appends under way count against the bound", async () => {
  const spool = await bench.open({ maxBytes: 10_000 });
  const results = await Promise.allSettled(names(100).map((name) => spool.append(requestOf(name, 972))));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  expect(spool.depth).toEqual({ requests: 10, bytes: 10_000 });
});

test("a request that is larger than a file gets one of its own; one beyond the bound is never taken", async () => {
  const spool = await bench.open({ maxBytes: 100_000, segmentBytes: 1000 });
  await spool.append(requestOf("small"));
  await spool.append(requestOf("large", 60_000));
  await spool.append(requestOf("small again"));
  await expect(spool.append(requestOf("huge", 100_000))).rejects.toThrow(SpoolFull);
  expect(await drain(spool)).toEqual(["small", "large", "small again"]);
});

test("reading and appending at the same time lose nothing and keep the order", async () => {
  const spool = await bench.open({ segmentBytes: 500 });
  const texts = names(600);
  const appending = (async () => {
    for (const text of texts) await spool.append(requestOf(text));
  })();
  const read: string[] = [];
  await waitFor(async () => read.push(...(await drain(spool))) === texts.length, { what: "all to be read" });
  await appending;
  expect(read).toEqual(texts);
  expect([spool.depth.requests, spool.diskBytes]).toEqual([0, 0]);
});

test("a position that was passed already changes nothing", async () => {
  const spool = await bench.open({ segmentBytes: 100 });
  for (const name of names(10)) await spool.append(requestOf(name));
  const read = await spool.read(all);
  await spool.advance(read[6]!);
  await spool.advance(read[2]!);
  expect(await drain(spool)).toEqual(names(10).slice(7));
});

test("refused requests are kept beside it, within bounds of their own, and counted", async () => {
  const maxBytes = 80_000;
  let spool = await bench.open({ maxBytes });
  for (let i = 0; i < 11; i++) await spool.refuse(requestOf(`refused ${i}`, 972), "no such hour");
  expect(spool.counts).toMatchObject({ refused: 11, refusedLost: 1 });
  expect(statSync(bench.path("refused.log")).size).toBe(10_000);
  expect([spool.diskBytes, spool.depth.requests]).toEqual([10_000, 0]);
  spool = await bench.reopen({ maxBytes });
  await spool.refuse(requestOf("one more"), "no such hour");
  expect([spool.diskBytes, spool.counts.refusedLost]).toEqual([10_000, 1]);
});

test("its files are for its owner alone", async () => {
  const spool = await bench.open();
  await spool.append(requestOf("secret"));
  await spool.append(requestOf("another"));
  await spool.advance((await spool.read({ ...all, requests: 1 }))[0]!);
  await spool.refuse(requestOf("refused"), "why");
  await spool.close();
  const files = (await readdir(bench.directory)).sort();
  expect(files).toEqual([expect.stringMatching(/^\d{20}\.log$/), "cursor", "lock", "refused.log"]);
  for (const file of files)
    expect([file, (await stat(bench.path(file))).mode & 0o777]).toEqual([file, 0o600]);
  expect((await stat(bench.directory)).mode & 0o777).toBe(0o700);
});

test.each`
  directory                         | prepare                                      | sentence
  ${() => bench.directory}          | ${() => bench.open()}                        | ${/spool: another process uses it$/}
  ${() => bench.beside("file/dir")} | ${() => writeFile(bench.beside("file"), "")} | ${/file\/dir: EEXIST/}
  ${() => "/proc/nowhere/spool"}    | ${() => {}}                                  | ${/\/proc\/nowhere\/spool: ENOENT/}
  ${() => bench.directory}          | ${() => spoiledLock()}                       | ${/spool: file is not a database$/}
`("a directory that cannot be used is one sentence: $sentence", async ({ directory, prepare, sentence }) => {
  await prepare();
  const refused = bench.open({ directory: directory() });
  await expect(refused).rejects.toThrow(SpoolUnavailable);
  await expect(refused).rejects.toThrow(sentence);
});

async function spoiledLock(): Promise<void> {
  await mkdir(bench.directory);
  await writeFile(bench.path("lock"), "rubbish ".repeat(100));
}

async function usedBytes(): Promise<number> {
  const sizes = (await bench.segments()).map((name) => statSync(bench.path(name)).size);
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
