import { expect, test } from "vitest";
import { traceContextOf } from "./trace-context.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const short = "8448eb211c80319c";
const padded = `0000000000000000${short}`;
const none = undefined;

test.each`
  headers                                                                                  | expected                                       | why
  ${{ traceparent: `00-${traceId}-${spanId}-01` }}                                         | ${{ traceId, spanId, sampled: true }}          | ${"W3C, sampled"}
  ${{ traceparent: `00-${traceId}-${spanId}-00` }}                                         | ${{ traceId, spanId, sampled: false }}         | ${"W3C, not sampled"}
  ${{ traceparent: `cc-${traceId}-${spanId}-03-more` }}                                    | ${{ traceId, spanId, sampled: true }}          | ${"W3C of a later version"}
  ${{ traceparent: `00-${"0".repeat(32)}-${spanId}-01` }}                                  | ${none}                                        | ${"W3C, all zero"}
  ${{ traceparent: "00-xyz" }}                                                             | ${none}                                        | ${"W3C, malformed"}
  ${{ b3: `${traceId}-${spanId}-1` }}                                                      | ${{ traceId, spanId, sampled: true }}          | ${"B3 in one header"}
  ${{ b3: `${short}-${spanId}-0` }}                                                        | ${{ traceId: padded, spanId, sampled: false }} | ${"B3 of 64 bits"}
  ${{ b3: `${traceId}-${spanId}-d` }}                                                      | ${{ traceId, spanId, sampled: true }}          | ${"B3, debug"}
  ${{ b3: "0" }}                                                                           | ${none}                                        | ${"B3 that only says no"}
  ${{ "x-b3-traceid": traceId.toUpperCase(), "x-b3-spanid": spanId, "x-b3-sampled": "1" }} | ${{ traceId, spanId, sampled: true }}          | ${"B3 in several headers"}
  ${{ "x-b3-traceid": traceId, "x-b3-flags": "1" }}                                        | ${{ traceId, spanId: "", sampled: true }}      | ${"B3 without a span"}
  ${{ "x-request-id": "b3393187-961d-4bd4-9049-13776664f2a0" }}                            | ${none}                                        | ${"a request id"}
  ${{}}                                                                                    | ${none}                                        | ${"nothing"}
`("$why", ({ headers, expected }) => {
  expect(traceContextOf(new Map(Object.entries(headers)))).toEqual(expected);
});
