import { expect, test } from "vitest";
import { readFormDocument } from "./form-document.ts";

test.each`
  text                           | value
  ${"kind: route # the first\n"} | ${{ kind: "route" }}
  ${"# nothing yet\n"}           | ${{}}
  ${""}                          | ${{}}
  ${"---\nkind: route\n"}        | ${{ kind: "route" }}
  ${"kind: route\npolicies: []"} | ${{ kind: "route", policies: [] }}
`("$text can be edited", ({ text, value }) => {
  expect(readFormDocument(text)).toEqual({ state: "editable", value });
});

test.each`
  text                                  | reason
  ${"kind: route\nrules: [\n"}          | ${/cannot be read at line \d/}
  ${"a: 1\na: 2\n"}                     | ${/cannot be read at line 2/}
  ${"kind: route\n---\nkind: canary\n"} | ${/several policies/}
  ${"kind: route\n---\n# more\n"}       | ${/without content/}
  ${"kind: route\n---\n"}               | ${/without content/}
  ${"a: &x [1]\nb: *x\n"}               | ${/aliases/}
  ${"a: *nowhere\n"}                    | ${/./}
  ${"- kind: route\n"}                  | ${/not a policy/}
  ${"hello"}                            | ${/not a policy/}
  ${"policies: []\nworkload: {}\n"}     | ${/sidecar's configuration/}
`("for $text the form waits", ({ text, reason }) => {
  expect(readFormDocument(text)).toEqual({ state: "waiting", reason: expect.stringMatching(reason) });
});
