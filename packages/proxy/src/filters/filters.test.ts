import { expect, test } from "vitest";
import { Fields } from "../http1/fields.ts";
import { applyEdits, type Filter } from "./filter.ts";
import { forwardingHeaders } from "./forwarding-headers.ts";
import { sendIdentity, stripIdentity } from "./identity-headers.ts";

function through(filter: Filter, ...lines: string[]): string[] {
  const fields = new Fields();
  for (const line of lines) fields.add(line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2));
  applyEdits(
    fields,
    filter.onRequest?.({ peerAddress: "::ffff:192.0.2.1", encrypted: false, toService: true, fields }) ?? [],
  );
  return [...fields].map(([name, value]) => `${name}: ${value}`);
}

const workload = { namespace: "shop", service: "web", version: "v1" };
const identity = ["x-weir-source-namespace: shop", "x-weir-source-service: web", "x-weir-source-version: v1"];

test.each`
  filter                    | sent                                                               | passed                                                                      | why
  ${sendIdentity(workload)} | ${["A: b"]}                                                        | ${["A: b", ...identity]}                                                    | ${"identity is added"}
  ${sendIdentity(workload)} | ${["X-Weir-Source-Service: evil", "X-Weir-Source-Service: worse"]} | ${["X-Weir-Source-Service: web", identity[0], identity[2]]}                 | ${"a claim of the application is replaced"}
  ${stripIdentity()}        | ${["A: b", ...identity, "X-WEIR-SOURCE-SERVICE: x"]}               | ${["A: b"]}                                                                 | ${"identity is taken off, in any case and number"}
  ${stripIdentity()}        | ${["A: b"]}                                                        | ${["A: b"]}                                                                 | ${"nothing to take off"}
  ${forwardingHeaders()}    | ${["A: b"]}                                                        | ${["A: b", "x-forwarded-for: 192.0.2.1", "x-forwarded-proto: http"]}        | ${"forwarding fields are started"}
  ${forwardingHeaders()}    | ${["X-Forwarded-For: 198.51.100.7", "X-Forwarded-Proto: https"]}   | ${["X-Forwarded-For: 198.51.100.7, 192.0.2.1", "X-Forwarded-Proto: https"]} | ${"the peer is added at the end, what was said of the first hop stays"}
  ${forwardingHeaders()}    | ${["X-Forwarded-For: a", "B: c", "X-Forwarded-For: d"]}            | ${["X-Forwarded-For: a, d, 192.0.2.1", "B: c", "x-forwarded-proto: http"]}  | ${"a repeated field becomes one list"}
`("$why", ({ filter, sent, passed }) => {
  expect(through(filter, ...sent).sort()).toEqual([...passed].sort());
});
