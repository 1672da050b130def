import { expect, test } from "vitest";
import { kindsOn, markWords } from "./mark-words.ts";
import { edge, node } from "./testing/sample-map.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test.each`
  mark                                                              | whole        | words
  ${{ kind: "canary", acts: false }}                                | ${undefined} | ${"canary observed only"}
  ${{ kind: "breaker", acts: true }}                                | ${undefined} | ${"breaker enforced"}
  ${{ kind: "retry", acts: true, requests: 4 }}                     | ${100}       | ${"4 requests (4 %) tried again"}
  ${{ kind: "retry", acts: false, requests: 1 }}                    | ${10}        | ${"1 request (10 %) would have been tried again"}
  ${{ kind: "retry", acts: true, requests: 4, amplification: 1.3 }} | ${100}       | ${"4 requests (4 %) tried again: ×1.3 the requests arrive"}
  ${{ kind: "retry", acts: true, amplification: 12, chain: 31.2 }}  | ${100}       | ${"retries enforced: ×12 the requests arrive, ×31 along the chain of calls up to here"}
  ${{ kind: "denied", acts: false, requests: 30 }}                  | ${20}        | ${"30 requests (100 %) would have been refused by an access rule"}
`("$words", ({ mark, whole, words }) => {
  expect(plain(markWords(mark, whole))).toBe(words);
});

test("the legend has the kinds that are on the map, each once", () => {
  const marks = [{ kind: "retry", acts: true, requests: 1 }] as const;
  const nodes = [node("a/b", { marks: [{ kind: "canary", acts: false }] }), node("a/c")];
  expect(kindsOn({ nodes, edges: [edge("a/b", "a/c", { marks }), edge("a/c", "a/b", { marks })] })).toEqual([
    "canary",
    "retry",
  ]);
});
