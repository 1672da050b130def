import { Policy, policyKinds } from "@weir/domain";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { editText } from "./form-edit.ts";
import { alternativesOf, chosenOf, switchEdits } from "./form-union.ts";
import type { PolicySchema } from "./policy-schema.ts";

const schema = z.toJSONSchema(Policy, { io: "input", unrepresentable: "any" }) as PolicySchema;
const kinds = alternativesOf(schema);
const rule = below(kinds, "route").properties?.rules?.items?.properties ?? {};
const path = rule.match?.items?.properties?.path ?? {};
const header = rule.match?.items?.properties?.headers?.items ?? {};
const abort = rule.fault?.properties?.abort ?? {};
const condition = rule.retry?.properties?.on?.items ?? {};

test("alternatives are called by what tells them apart", () => {
  expect(kinds.map(({ label }) => label)).toEqual([...policyKinds]);
  expect(labels(path)).toEqual(["exact", "prefix", "regex"]);
  expect(labels(header)).toEqual(["exact", "prefix", "regex", "present"]);
  expect(labels(abort)).toEqual(["status", "grpcStatus"]);
  expect(labels(condition)).toEqual(["condition", "status"]);
});

test.each`
  of           | value                            | chosen
  ${schema}    | ${{ kind: "canary", name: "x" }} | ${"canary"}
  ${schema}    | ${{ kind: "unheard-of" }}        | ${undefined}
  ${schema}    | ${{}}                            | ${undefined}
  ${header}    | ${{ name: "x", present: false }} | ${"present"}
  ${header}    | ${{ name: "x" }}                 | ${undefined}
  ${header}    | ${{ regex: "a" }}                | ${"regex"}
  ${condition} | ${503}                           | ${"status"}
  ${condition} | ${"no-such"}                     | ${"condition"}
  ${path}      | ${"/api"}                        | ${undefined}
`("$value is meant as $chosen", ({ of, value, chosen }) => {
  expect(chosenOf(alternativesOf(of), value)?.label).toBe(chosen);
});

test.each`
  of           | value                           | to              | wanted
  ${path}      | ${{ exact: "/api" }}            | ${"prefix"}     | ${{ prefix: "/api" }}
  ${header}    | ${{ name: "x", exact: "gold" }} | ${"present"}    | ${{ name: "x", present: true }}
  ${header}    | ${{ name: "x" }}                | ${"exact"}      | ${{ name: "x", exact: "" }}
  ${abort}     | ${{ status: 503, percent: 5 }}  | ${"grpcStatus"} | ${{ grpcStatus: 14, percent: 5 }}
  ${condition} | ${"5xx"}                        | ${"status"}     | ${503}
  ${path}      | ${["not", "a", "path"]}         | ${"exact"}      | ${{ exact: "/" }}
`("$value as $to keeps what it can", ({ of, value, to, wanted }) => {
  const all = alternativesOf(of);
  const chosen = all.find(({ label }) => label === to);
  if (!chosen) throw new Error(`no alternative ${to}`);
  const text = editText(stringify({ at: value }), switchEdits(["at"], chosenOf(all, value), chosen, value));
  expect(parse(text)).toEqual({ at: wanted });
});

test("a text that becomes another's keeps its comment", () => {
  const [exact, prefix] = alternativesOf(path);
  if (!exact || !prefix) throw new Error("no alternatives");
  const edits = switchEdits(["path"], exact, prefix, { exact: "/api" });
  expect(editText("path:\n  exact: /api # all\n", edits)).toBe("path:\n  prefix: /api # all\n");
});

function below(alternatives: typeof kinds, label: string): PolicySchema {
  return alternatives.find((alternative) => alternative.label === label)?.schema ?? {};
}

function labels(of: PolicySchema): string[] {
  return alternativesOf(of).map(({ label }) => label);
}
