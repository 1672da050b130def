import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findChromium } from "./find-chromium.ts";

const folder = mkdtempSync(join(tmpdir(), "weir-chromium-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const [directory, name, mode] of [
  ["first", "chromium", 0o644],
  ["second", "google-chrome", 0o755],
  ["third", "chromium", 0o755],
] as const) {
  mkdirSync(join(folder, directory));
  writeFileSync(join(folder, directory, name), "");
  chmodSync(join(folder, directory, name), mode);
}
const path = (...names: string[]) => names.map((name) => join(folder, name)).join(delimiter);

test.each`
  named           | path                                | found                                      | why
  ${undefined}    | ${path("first", "second", "third")} | ${join(folder, "second", "google-chrome")} | ${"the first that can be run"}
  ${"/opt/named"} | ${path("third")}                    | ${"/opt/named"}                            | ${"the one that is named"}
  ${undefined}    | ${path("first", "missing")}         | ${undefined}                               | ${"there is none"}
`("$why", ({ named, path, found }) => {
  expect(findChromium(named, path)).toBe(found);
});
