import { expect, test } from "vitest";
import { findingsIn, forbidden } from "./check-tree.ts";

const rules = forbidden(["/builds/someone/clone", "/root", "/"]);
/** Put together here, so that this file is not itself a finding. */
const home = ["", "home", "ann", "weir"].join("/");
const [todo, skip, ignore] = [`// TO${"DO"}: later`, `test.${"skip"}("x")`, `// @ts-${"ignore"}`];

test.each`
  line                                                           | finding                                          | why
  ${`const path = "${home}/src";`}                               | ${"a path of one machine"}                       | ${"a home directory"}
  ${`cd ${["", "builds", "someone", "clone", "src"].join("/")}`} | ${"a path of one machine"}                       | ${"where this clone is"}
  ${"see /home/ for the files"}                                  | ${undefined}                                     | ${"nobody's home"}
  ${todo}                                                        | ${"work left undone"}                            | ${"a note to oneself"}
  ${"const TODOS = 1"}                                           | ${undefined}                                     | ${"another word"}
  ${`"${"resolved"}": "https://mirror.example/zod.tgz"`}         | ${"a registry other than registry.npmjs.org"}    | ${"somebody's mirror"}
  ${'"resolved": "https://registry.npmjs.org/zod.tgz"'}          | ${undefined}                                     | ${"the public registry"}
  ${'"resolved": "packages/domain"'}                             | ${undefined}                                     | ${"a workspace"}
  ${`regi${"stry"} = https://mirror.example`}                    | ${"a registry, or a key for one"}                | ${"an .npmrc of one place"}
  ${skip}                                                        | ${"a test or a type check that is switched off"} | ${"a test nobody runs"}
  ${ignore}                                                      | ${"a test or a type check that is switched off"} | ${"a type nobody checks"}
`("$why: $finding", ({ line, finding }) => {
  const found = findingsIn("file.ts", `first\n${line}\n`, rules);
  expect(found).toEqual(finding === undefined ? [] : [expect.stringContaining(`file.ts:2: ${finding}: `)]);
});
