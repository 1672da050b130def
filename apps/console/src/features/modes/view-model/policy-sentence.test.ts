import { expect, test } from "vitest";
import { policySentence } from "./policy-sentence.ts";

const split = [
  { verdict: "version=v1", evaluated: 494, wouldAct: 0 },
  { verdict: "version=v2", evaluated: 212, wouldAct: 212 },
];
const acting = (verdict: string) => [
  { verdict: "allow", evaluated: 90, wouldAct: 0 },
  { verdict, evaluated: 10, wouldAct: 10 },
];
const modes = (before: string, after: string, origin = "service") => ({
  before: { mode: before },
  after: { mode: after, origin },
});

test.each`
  modes                                    | verdicts                                                              | sentence
  ${modes("observe", "enforce")}           | ${split}                                                              | ${"would send 30 % (212 of 706 requests) to v2"}
  ${modes("enforce", "observe")}           | ${split}                                                              | ${"sent 30 % (212 of 706 requests) to v2; in observe all requests go to the stable version"}
  ${modes("enforce", "enforce")}           | ${split}                                                              | ${"goes on: sends 30 % (212 of 706 requests) to v2"}
  ${modes("observe", "observe", "hold")}   | ${split}                                                              | ${"stays in observe: the mesh is on hold"}
  ${modes("observe", "observe", "policy")} | ${split}                                                              | ${"stays in observe: it has its own mode"}
  ${modes("observe", "enforce")}           | ${[]}                                                                 | ${"no requests in this window to tell by"}
  ${modes("observe", "enforce")}           | ${[{ verdict: "version=v1", evaluated: 1, wouldAct: 0 }]}             | ${"no effect on any of 1 request"}
  ${modes("observe", "enforce")}           | ${[...split, { verdict: "version=v3", evaluated: 94, wouldAct: 94 }]} | ${"would send 27 % (212 of 800 requests) to v2, 12 % (94 of 800 requests) to v3"}
  ${modes("observe", "enforce")}           | ${acting("deny")}                                                     | ${"would refuse 10 % (10 of 100 requests) with 403"}
  ${modes("enforce", "enforce")}           | ${acting("limit")}                                                    | ${"goes on: refuses 10 % (10 of 100 requests) with 429"}
  ${modes("enforce", "observe")}           | ${acting("retry")}                                                    | ${"retried 10 % (10 of 100 requests); in observe it only counts"}
  ${modes("observe", "enforce")}           | ${acting("version=v2, rewrite, mirror=v3")}                           | ${"would send 10 % (10 of 100 requests) to v2, with rewrite and mirror=v3"}
  ${modes("observe", "enforce")}           | ${acting("overflow=requests")}                                        | ${"would refuse 10 % (10 of 100 requests) with 503: too many requests at once"}
`("$modes.before.mode to $modes.after.mode", ({ modes, verdicts, sentence }) => {
  expect(policySentence(modes, verdicts).replaceAll("\u202f", " ")).toBe(sentence);
});
