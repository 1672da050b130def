import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contentHash } from "./content-hash.ts";

let root: string;
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const hash = (also: string[] = []) =>
  contentHash({
    root,
    paths: ["app", "lock.json", "missing"],
    ignore: (name) => name === ".next" || name.endsWith(".test.ts"),
    also,
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir hash "));
  write("app/page.tsx", "page");
  write("app/deep/part.ts", "part");
  write("lock.json", "{}");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each<[string, boolean, () => void]>([
  ["nothing", false, () => {}],
  ["a file", true, () => write("app/deep/part.ts", "part!")],
  ["the lock file", true, () => write("lock.json", "{ }")],
  ["a new file", true, () => write("app/deep/other.ts", "")],
  ["a removed file", true, () => rmSync(join(root, "app/deep/part.ts"))],
  [
    "a file's name",
    true,
    () => {
      rmSync(join(root, "app/page.tsx"));
      write("app/page2.tsx", "page");
    },
  ],
  ["a test", false, () => write("app/deep/part.test.ts", "")],
  ["what was built", false, () => write("app/.next/server.js", "")],
])("after a change of %s the hash differs: %s", (_, differs, change) => {
  const before = hash();
  change();
  expect(hash() !== before).toBe(differs);
});

test("depends on what else it is given", () => {
  expect(hash(["v26"])).not.toBe(hash(["v27"]));
});
