import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BootstrapError } from "./bootstrap-error.mjs";
import { installWhenNeeded } from "./install.mjs";
import { reasonToInstall } from "./install-state.mjs";

const quiet = { say: () => {}, during: <T>(_: string, work: () => Promise<T>) => work() };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir npm "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A clone whose only package is a folder beside it, so that the real npm installs it without a network. */
function makeClone({ locked }: { locked: boolean }): void {
  mkdirSync(join(root, "node"));
  writeFileSync(
    join(root, "node", "package.json"),
    JSON.stringify({ name: "node", version: "26.0.0", bin: "node" }),
  );
  writeFileSync(join(root, "node", "node"), "#!/bin/sh\n", { mode: 0o755 });
  const clone = { name: "clone", version: "1.0.0", dependencies: { node: "file:node" } };
  writeFileSync(join(root, "package.json"), JSON.stringify(clone));
  const packages = {
    "": clone,
    node: { version: "26.0.0", bin: { node: "node" } },
    "node_modules/node": { resolved: "node", link: true },
  };
  const lock = { name: "clone", version: "1.0.0", lockfileVersion: 3, requires: true };
  writeFileSync(
    join(root, "package-lock.json"),
    JSON.stringify({ ...lock, packages: locked ? packages : { "": { name: "clone", version: "1.0.0" } } }),
  );
}

test("npm installs, and a second start has nothing to do", { timeout: 60_000 }, async () => {
  makeClone({ locked: true });
  await installWhenNeeded(root, quiet, undefined);
  expect(existsSync(join(root, "node_modules", ".bin", "node"))).toBe(true);
  expect(reasonToInstall(root)).toBeUndefined();
  await installWhenNeeded(root, { ...quiet, during: () => expect.fail("installed again") }, undefined);
});

test("a failure is one sentence with npm's own reason and exit code, and leaves no stamp", {
  timeout: 60_000,
}, async () => {
  makeClone({ locked: false });
  const failure = await installWhenNeeded(root, quiet, undefined).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BootstrapError);
  expect((failure as BootstrapError).message).toMatch(/^npm ci failed with exit code \d+: code EUSAGE; /);
  expect((failure as BootstrapError).exitCode).toBeGreaterThan(0);
  expect(reasonToInstall(root)).toBeDefined();
  expect(existsSync(join(root, ".weir", "install.lock"))).toBe(false);
});

test("two at once install once", { timeout: 60_000 }, async () => {
  makeClone({ locked: true });
  const said: string[] = [];
  let installed = 0;
  const progress = {
    say: (text: string) => void said.push(text),
    during: <T>(_: string, work: () => Promise<T>) => {
      installed++;
      return work();
    },
  };
  await Promise.all([
    installWhenNeeded(root, progress, undefined),
    installWhenNeeded(root, progress, undefined),
  ]);
  expect(installed).toBe(1);
  expect(said).toEqual([`Process ${process.pid} is installing packages in this clone; waiting for it.`]);
});
