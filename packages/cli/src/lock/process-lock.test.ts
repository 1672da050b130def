import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { processIdentity } from "./process-identity.mjs";
import { acquireLock, LockHeld, lockOwner } from "./process-lock.mjs";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weir lock "));
  file = join(folder, "run", "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The id of a process that has just ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

describe("a lock", () => {
  test("is held by one process at a time and can be had again once released", () => {
    const lock = acquireLock(file);
    expect(lock.tookOver).toBe(false);
    expect(lockOwner(file)?.pid).toBe(process.pid);
    expect(() => acquireLock(file)).toThrow(LockHeld);
    lock.release();
    expect(lockOwner(file)).toBeUndefined();
    acquireLock(file).release();
  });

  test.each`
    content                                                        | why
    ${() => ({ pid: deadPid(), identity: "any" })}                 | ${"its owner is gone"}
    ${() => ({ pid: process.pid, identity: "an earlier one's" })}  | ${"its owner's id belongs to another process now"}
    ${() => ({ pid: -1, identity: processIdentity(process.pid) })} | ${"it names no process"}
  `("is taken over when $why", ({ content }) => {
    acquireLock(file).release();
    writeFileSync(file, JSON.stringify(content()));
    const lock = acquireLock(file);
    expect(lock.tookOver).toBe(true);
    expect(lockOwner(file)?.pid).toBe(process.pid);
    lock.release();
  });

  test("is taken over when its file is not readable as one", () => {
    acquireLock(file).release();
    writeFileSync(file, "{ half");
    expect(acquireLock(file).tookOver).toBe(true);
  });

  test("left by a crash goes to exactly one of several that want it", async () => {
    acquireLock(file).release();
    writeFileSync(file, JSON.stringify({ pid: deadPid(), identity: "any" }));
    const module = new URL("./process-lock.mjs", import.meta.url).href;
    const script = `
      const { acquireLock } = await import(${JSON.stringify(module)});
      try { acquireLock(process.argv[1]); console.log("got"); } catch (e) { console.log(e.code); }
      process.stdin.resume();`;
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", script, file], {
        stdio: ["pipe", "pipe", "inherit"],
      }),
    );
    const answers = await Promise.all(
      children.map(async (child) => String((await once(child.stdout, "data"))[0]).trim()),
    );
    for (const child of children) child.stdin.end();
    expect(answers.sort()).toEqual(["LOCK_HELD", "LOCK_HELD", "LOCK_HELD", "LOCK_HELD", "LOCK_HELD", "got"]);
    await Promise.all(children.map((child) => child.exitCode ?? once(child, "exit")));
  });

  test("left by a crash is replaced by one at a time, also after a crash while it was", () => {
    acquireLock(file).release();
    const left = JSON.stringify({ pid: deadPid(), identity: "any" });
    writeFileSync(file, left);
    const other = { pid: process.ppid, identity: processIdentity(process.ppid) };
    writeFileSync(`${file}.takeover`, JSON.stringify(other));
    expect(() => acquireLock(file)).toThrow(`process ${process.ppid} holds`);
    expect(readFileSync(file, "utf8"), "it is never missing, when a third one could make its own").toBe(left);
    writeFileSync(`${file}.takeover`, left);
    const lock = acquireLock(file);
    expect([lock.tookOver, lockOwner(file)?.pid]).toEqual([true, process.pid]);
    lock.release();
    expect(readdirSync(join(folder, "run"))).toEqual([]);
  });

  test("that somebody else took over meanwhile is not released by its former owner", () => {
    const lock = acquireLock(file);
    const other = JSON.stringify({ pid: process.ppid, identity: processIdentity(process.ppid) });
    writeFileSync(file, other);
    lock.release();
    expect(readFileSync(file, "utf8")).toBe(other);
  });
});
