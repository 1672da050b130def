import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../config.ts";

/**
 * One planted violation for each rule of `.dependency-cruiser.mjs`, and what is allowed beside it. Without this
 * nobody would notice that the tool has stopped reading TypeScript.
 */
const violations = [
  ["domain-imports-zod-only", "packages/domain/src/reads-a-file.ts", 'import "node:fs";'],
  ["rollout-is-pure", "packages/rollout/src/reads-a-file.ts", 'import "node:fs";'],
  ["packages-by-name", "packages/proxy/src/reaches-inside.ts", 'import "../../domain/src/index.ts";'],
  [
    "no-app-from-outside",
    "packages/cli/src/imports-an-app.ts",
    'import "../../../apps/collector/src/main.ts";',
  ],
  [
    "testkit-in-tests-only",
    "apps/collector/src/uses-testkit.ts",
    'import "../../../packages/testkit/src/index.ts";',
  ],
  ["database-clients-in-store-only", "apps/collector/src/uses-sql.ts", 'import "postgres";'],
  ["demo-knows-no-mesh", "apps/demo/src/knows.ts", 'import "../../../packages/domain/src/index.ts";'],
  ["no-circular", "packages/graph/src/a.ts", 'import "./b.ts";'],
  ["resolvable", "packages/graph/src/lost.ts", 'import "./nowhere.ts";'],
] as const;

const allowed = [
  ["packages/domain/src/index.ts", 'import "zod"; export {};'],
  ["packages/domain/src/index.test.ts", 'import "node:fs"; import "./index.ts";'],
  ["packages/rollout/src/index.ts", 'import "zod"; export {};'],
  ["packages/graph/src/b.ts", 'import "./a.ts";'],
  ["packages/graph/src/types-only.ts", 'import type { T } from "./types-back.ts"; export type U = T;'],
  ["packages/graph/src/types-back.ts", 'import type { U } from "./types-only.ts"; export type T = U;'],
  ["packages/store/src/uses-sql.ts", 'import "postgres";'],
  ["packages/testkit/src/index.ts", "export {};"],
  ["apps/collector/src/main.ts", "export {};"],
  ["apps/collector/src/main.test.ts", 'import "../../../node_modules/zod/index.js";'],
  ["node_modules/zod/index.js", "export {};"],
  ["node_modules/zod/package.json", '{ "name": "zod", "exports": "./index.js" }'],
  ["node_modules/postgres/index.js", "export {};"],
  ["node_modules/postgres/package.json", '{ "name": "postgres", "exports": "./index.js" }'],
  ["package.json", '{ "dependencies": { "zod": "4", "postgres": "3" } }'],
  ["tsconfig.json", '{ "compilerOptions": { "module": "NodeNext", "allowImportingTsExtensions": true } }'],
] as const;

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

let folder: string;
let found: Violation[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "weir-boundaries-"));
  for (const [path, text] of [...violations.map(([, path, text]) => [path, text] as const), ...allowed]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const cruiser = join(repositoryRoot, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(repositoryRoot, ".dependency-cruiser.mjs");
  const { stdout } = spawnSync(
    process.execPath,
    [cruiser, "--config", config, "--output-type", "json", "apps", "packages"],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  found = JSON.parse(stdout).summary.violations;
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(violations)("%s is caught", (rule, path) => {
  expect(found).toContainEqual(
    expect.objectContaining({ from: path, rule: expect.objectContaining({ name: rule }) }),
  );
});

test("nothing else is", () => {
  const planted = new Set<string>([...violations.map(([, path]) => path), "packages/graph/src/b.ts"]);
  expect(found.filter(({ from }) => !planted.has(from))).toEqual([]);
});
