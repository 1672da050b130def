import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { reasonToInstall, removeStamp, writeStamp } from "./install-state.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir install "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const here = { os: [process.platform], cpu: [process.arch] };
const elsewhere = { os: ["aix"], cpu: ["ppc64"] };
const lock = {
  packages: {
    "": { name: "clone" },
    "packages/one": { name: "one" },
    "node_modules/node": { version: "26.0.0" },
    "node_modules/native": { version: "1.0.0", optional: true, ...here },
    "node_modules/foreign": { version: "1.0.0", optional: true, ...elsewhere },
    "node_modules/extra": { version: "1.0.0", optional: true },
  },
};
const installed = {
  packages: { "node_modules/node": { version: "26.0.0" }, "node_modules/native": { version: "1.0.0" } },
};

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}

/** What `npm ci` leaves behind. */
function installAll(): void {
  write("package-lock.json", lock);
  for (const path of Object.keys(installed.packages)) mkdirSync(join(root, path), { recursive: true });
  write("node_modules/.bin/node", "#!/bin/sh\n");
  chmodSync(join(root, "node_modules/.bin/node"), 0o755);
  write("node_modules/.package-lock.json", installed);
}

test("a fresh clone needs an installation, a complete one does not", () => {
  write("package-lock.json", lock);
  expect(reasonToInstall(root)).toBe("first start");
  installAll();
  writeStamp(root);
  expect(reasonToInstall(root)).toBeUndefined();
});

test("what somebody installed by hand is accepted when it is what the lock file wants", () => {
  installAll();
  expect(reasonToInstall(root)).toBeUndefined();
});

test.each<[string, () => void, string]>([
  [
    "npm was interrupted",
    () => rmSync(join(root, "node_modules/.package-lock.json")),
    "an earlier installation was interrupted",
  ],
  [
    "a package is gone",
    () => rmSync(join(root, "node_modules/native"), { recursive: true }),
    "node_modules is incomplete",
  ],
  ["Node is gone", () => rmSync(join(root, "node_modules/.bin/node")), "node_modules is incomplete"],
  [
    "the lock file wants another version",
    () =>
      write("package-lock.json", {
        packages: { ...lock.packages, "node_modules/node": { version: "26.0.1" } },
      }),
    "package-lock.json changed",
  ],
  [
    "the lock file wants one more for this machine",
    () =>
      write("package-lock.json", {
        packages: { ...lock.packages, "node_modules/more": { version: "1.0.0", optional: true, ...here } },
      }),
    "package-lock.json changed",
  ],
  [
    "the lock file no longer wants one of them",
    () => write("package-lock.json", { packages: { ...lock.packages, "node_modules/native": undefined } }),
    "package-lock.json changed",
  ],
  [
    "the folder was copied from another machine",
    () => write("node_modules/.weir-installed.json", { key: "other", platform: "aix", arch: "ppc64" }),
    "node_modules was made for another machine",
  ],
])("%s: installs again", (_, damage, reason) => {
  installAll();
  writeStamp(root);
  damage();
  expect(reasonToInstall(root)).toBe(reason);
});

test("the stamp is gone while an installation runs", () => {
  installAll();
  writeStamp(root);
  removeStamp(root);
  rmSync(join(root, "node_modules/.package-lock.json"));
  expect(reasonToInstall(root)).toBe("an earlier installation was interrupted");
});
