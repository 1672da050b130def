import { expect, test } from "vitest";
import type { MapEdge } from "../../../server/topology/topology-view.ts";
import { edgeLabels, edgeLabelText } from "./edge-label.ts";
import { edge } from "./testing/sample-map.ts";

const refused = { group: "refused", share: "≤\u202f12\u202f%", what: "other endpoint", words: "" } as const;
const plain = (text: string | undefined) => text?.replaceAll("\u202f", " ");
const measured = edge("a/web", "b/pay", { rps: 12.1, requests: 726, errors: 9, errorShare: 9 / 726 });
const sampled = edge("a/web", "b/pay", { evidence: "spans", sampled: true, protocol: "" });

const secured = (security: MapEdge["security"]) => edge("a/web", "b/pay", { security });

test.each`
  label         | of                                     | main            | aside        | below
  ${"traffic"}  | ${measured}                            | ${"12 rps"}     | ${"1.2 %"}   | ${"p99 30 ms"}
  ${"traffic"}  | ${sampled}                             | ${"≥ 1 rps"}    | ${"10 %"}    | ${"spans p99 30 ms"}
  ${"rate"}     | ${measured}                            | ${"12 rps"}     | ${undefined} | ${"726 in all"}
  ${"errors"}   | ${measured}                            | ${"1.2 %"}      | ${undefined} | ${"9 of 726"}
  ${"p50"}      | ${measured}                            | ${"10 ms"}      | ${undefined} | ${"p50"}
  ${"p95"}      | ${sampled}                             | ${"20 ms"}      | ${undefined} | ${"spans p95"}
  ${"bytes"}    | ${measured}                            | ${"1 B sent"}   | ${undefined} | ${"1 B back"}
  ${"bytes"}    | ${sampled}                             | ${"not known"}  | ${undefined} | ${"spans tell none"}
  ${"protocol"} | ${measured}                            | ${"http"}       | ${undefined} | ${"protocol"}
  ${"protocol"} | ${sampled}                             | ${"not known"}  | ${undefined} | ${"spans protocol"}
  ${"security"} | ${measured}                            | ${"not known"}  | ${undefined} | ${"nobody tells"}
  ${"security"} | ${secured({ mutual_tls: 5 })}          | ${"mTLS 100 %"} | ${undefined} | ${"encrypted"}
  ${"security"} | ${secured({ none: 5 })}                | ${"plain text"} | ${undefined} | ${"100 %"}
  ${"security"} | ${secured({ mutual_tls: 9, none: 1 })} | ${"mTLS 90 %"}  | ${undefined} | ${"plain text 10 %"}
`("an edge's $label: $main, $below", ({ label, of, main, aside, below }) => {
  const text = edgeLabelText(of, label);
  expect([text.main, text.aside, text.below].map(plain)).toEqual([main, aside, below]);
});

test.each(["enforced", "draft"] as const)("%s: an edge says what would become of its requests", (label) => {
  expect(edgeLabelText(measured, label, refused)).toEqual({ main: refused.share, below: "other endpoint" });
  expect(edgeLabelText(measured, label)).toEqual({ main: "as it is", below: "" });
});

test("every label fits its room", () => {
  for (const label of edgeLabels)
    for (const line of [edgeLabelText(measured, label).main, edgeLabelText(measured, label).below])
      expect(line.length).toBeLessThanOrEqual(16);
});
