import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TargetFiles } from "./target-files.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "weir-targets-"));
});
afterEach(() => rm(directory, { recursive: true }));

const at = (name: string) => join(directory, name);

test("JSON and YAML, by name and by pattern, as they are now", async () => {
  await writeFile(at("one.json"), JSON.stringify([{ targets: ["a:1"], labels: { zone: "x" } }]));
  await writeFile(at("two.yml"), "- targets: [b:1, c:1]\n");
  const files = new TargetFiles([at("*.json"), at("two.yml")]);
  expect((await files.read()).targets).toEqual([
    { targets: ["a:1"], labels: { zone: "x" } },
    { targets: ["b:1", "c:1"], labels: {} },
  ]);
  await writeFile(at("three.json"), JSON.stringify([{ targets: ["d:1"] }]));
  await rm(at("one.json"));
  const { targets, files: statuses } = await files.read();
  expect(targets.map((group) => group.targets)).toEqual([["d:1"], ["b:1", "c:1"]]);
  expect(statuses.map(({ reason }) => reason)).toEqual([undefined, undefined]);
});

test.each`
  text                                                      | says
  ${"[{"}                                                   | ${/./}
  ${"- targets: 5"}                                         | ${/0\.targets/}
  ${"targets: [a:1]"}                                       | ${/the file/}
  ${'[{"targets": ["http://a/"]}]'}                         | ${/must be host:port/}
  ${'[{"targets": ["a:1"], "labels": {"__scheme__": ""}}]'} | ${/must be http or https/}
`("a file that becomes $text keeps the targets it gave", async ({ text, says }) => {
  await writeFile(at("a.json"), '[{"targets":["a:1"]}]');
  const files = new TargetFiles([at("a.json")]);
  await files.read();
  await writeFile(at("a.json"), text);
  const broken = await files.read();
  expect(broken.targets).toEqual([{ targets: ["a:1"], labels: {} }]);
  expect(broken.files).toEqual([{ file: at("a.json"), reason: expect.stringMatching(says) }]);
  await writeFile(at("a.json"), '[{"targets":["b:1"]}]');
  expect((await files.read()).targets).toEqual([{ targets: ["b:1"], labels: {} }]);
});

test("a file that is named and is not there is a fault and has no targets", async () => {
  await writeFile(at("a.json"), '[{"targets":["a:1"]}]');
  const files = new TargetFiles([at("a.json"), at("*.yml")]);
  await files.read();
  await rm(at("a.json"));
  const { targets, files: statuses } = await files.read();
  expect(targets).toEqual([]);
  expect(statuses).toEqual([{ file: at("a.json"), reason: expect.stringMatching(/ENOENT/) }]);
});
