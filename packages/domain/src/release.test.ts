import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { release } from "./release.ts";

test("the release is that of the repository", () => {
  const packageFile = new URL("../../../package.json", import.meta.url);
  expect(JSON.parse(readFileSync(packageFile, "utf8")).version).toBe(release);
});
