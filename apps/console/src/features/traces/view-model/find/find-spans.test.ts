import { expect, test } from "vitest";
import { printTerm } from "../query/print-query.ts";
import { spanTree } from "../span-tree.ts";
import { webSpan } from "../testing/web-span.ts";
import { failedSpans, findSpans } from "./find-spans.ts";
import { heldSpans } from "./held-spans.ts";
import { spanTerms } from "./span-terms.ts";

const id = (n: number) => n.toString(16).padStart(16, "0");
const cart = { namespace: "shop", service: "cart" };
const payments = { namespace: "shop", service: "payments" };
const tree = spanTree([
  webSpan(id(1), undefined, { service: "storefront", operation: "GET /" }),
  webSpan(id(2), id(1), { ...payments, version: "v2", kind: 3, operation: "GET /pay" }),
  webSpan(id(3), id(2), { ...payments, status: 2, operation: "POST /bank" }),
  webSpan(id(4), id(1), { ...cart, durationNs: 2_000, operation: "GET /ship" }),
]);
const spans = (...numbers: number[]) => numbers.map(id);
const find = (text: string, ...held: (ReadonlySet<string> | undefined)[]) =>
  findSpans(tree, spanTerms(text).terms, held);

test.each`
  text                                  | found
  ${"payments"}                         | ${[2, 3]}
  ${"PAYMENTS v2"}                      | ${[2]}
  ${"error"}                            | ${[3]}
  ${"status = error"}                   | ${[3]}
  ${"status=ok service=payments"}       | ${[2]}
  ${"client"}                           | ${[2]}
  ${"kind:client"}                      | ${[2]}
  ${"get /ship"}                        | ${[4]}
  ${'"GET /s"'}                         | ${[4]}
  ${"service:payments and error"}       | ${[3]}
  ${"service = shop/payments"}          | ${[2, 3]}
  ${"service = infra/payments"}         | ${[]}
  ${"service=pay"}                      | ${[]}
  ${"caller = payments"}                | ${[3]}
  ${'operation="GET /pay" kind=client'} | ${[2]}
  ${"version = v2"}                     | ${[2]}
  ${"duration > 1us"}                   | ${[4]}
  ${"duration>=2us"}                    | ${[4]}
  ${"duration>2us"}                     | ${[]}
  ${"duration <= 100ns error"}          | ${[3]}
  ${"   "}                              | ${[]}
  ${"nothing else"}                     | ${[]}
`("$text finds $found", ({ text, found }) => {
  expect(spanTerms(text).problems).toEqual([]);
  expect(find(text)).toEqual(spans(...found));
});

test.each`
  text                 | at                   | says
  ${"duration > soon"} | ${"duration > soon"} | ${/unit/}
  ${"duration = 1s"}   | ${"duration = 1s"}   | ${/compared by >/}
  ${"kind = clint"}    | ${"kind = clint"}    | ${/producer/}
  ${"status = maybe"}  | ${"status = maybe"}  | ${/error or ok/}
  ${"http.route > 5"}  | ${"http.route > 5"}  | ${/by = only/}
  ${'"open'}           | ${'"open'}           | ${/closing/}
  ${'""'}              | ${'""'}              | ${/empty/}
  ${"service:"}        | ${":"}               | ${/value is missing/}
`("$text is wrong at '$at'", ({ text, at, says }) => {
  const [problem] = spanTerms(text).problems;
  expect(problem?.message).toMatch(says);
  expect(text.slice(problem?.from, problem?.to)).toBe(at);
});

test("what is wrong does not take away what is right", () => {
  expect(find("error duration >")).toEqual(spans(3));
});

test("the server is asked for attributes and texts, and for nothing that the page knows", () => {
  const asked = (text: string) => spanTerms(text).terms.map(({ held }) => held);
  expect(asked('http.status_code=500 "card declined"')).toEqual([
    { name: "http.status_code", value: "500" },
    { value: "card declined" },
  ]);
  expect(asked("error service=cart duration>1ms kind=client")).toEqual(Array(4).fill(undefined));
});

test("an attribute is met by the spans that the server names, told apart by kind, and by none before", () => {
  const held = heldSpans(`${id(3)}2${id(2)}2`);
  expect(find("http.status_code = 500", held)).toEqual(spans(3));
  expect(find("http.status_code = 500")).toEqual([]);
  expect(find("service = payments http.status_code = 500", undefined, held)).toEqual(spans(3));
});

test("a text is met by either: what the page knows of a span, or an attribute's value", () => {
  expect(find("ship", heldSpans(`${id(2)}3`))).toEqual(spans(4, 2));
});

test("failed spans are in the order of the tree", () => {
  expect(failedSpans(tree)).toEqual(spans(3));
});

test.each(['<img src="x">', 'a "b" \\ c', "two words", "🛒 עגלה"])(
  "a name such as %s is found as it stands",
  (name) => {
    const odd = spanTree([
      webSpan("one", undefined, { operation: name }),
      webSpan("two", "one", { operation: `${name}!` }),
    ]);
    const { terms, problems } = spanTerms(printTerm("operation", "=", name));
    expect(problems).toEqual([]);
    expect(findSpans(odd, terms, [])).toEqual(["one"]);
  },
);
