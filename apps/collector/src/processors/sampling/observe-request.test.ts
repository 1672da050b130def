import { encodeTraces, OtlpDecodeError } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { observeRequest } from "./observe-request.ts";
import { TailSamplingConfig } from "./tail-sampling-config.ts";
import { TraceVerdicts } from "./trace-verdicts.ts";

const verdictsOf = (policy: object) =>
  new TraceVerdicts({ config: TailSamplingConfig.parse({ policies: [{ name: "only", ...policy }] }) });
const rules = new AttributeRules();
const [one, other] = ["0af7651916cd43dd8448eb211c80319c", "1af7651916cd43dd8448eb211c80319c"];
const startNs = 1_700_000_000_000_000_000n;
const body = encodeTraces(
  {
    resourceSpans: [
      {
        resource: { attributes: { "service.name": "shop" } },
        scopeSpans: [
          {
            spans: [
              {
                ...{
                  traceId: one,
                  kind: 2,
                  startTimeUnixNano: startNs,
                  endTimeUnixNano: startNs + 5_000_000n,
                },
                attributes: { "http.status_code": "500" },
                status: { code: 2 },
              },
              { traceId: other, startTimeUnixNano: startNs, endTimeUnixNano: startNs + 4_999_000n },
            ],
          },
        ],
      },
    ],
  },
  "json",
);
const request = { signal: "traces", encoding: "json", body } as const;

test.each`
  policy                                                                                           | verdicts
  ${{ type: "status_code", status_code: { status_codes: ["ERROR"] } }}                             | ${["keep", "drop"]}
  ${{ type: "latency", latency: { threshold_ms: 5 } }}                                             | ${["keep", "drop"]}
  ${{ type: "numeric_attribute", numeric_attribute: { key: "http.status_code", min_value: 500 } }} | ${["keep", "drop"]}
  ${{ type: "string_attribute", string_attribute: { key: "service.name", values: ["shop"] } }}     | ${["keep", "keep"]}
`("by $policy the traces of a request are to $verdicts", ({ policy, verdicts }) => {
  const table = verdictsOf(policy);
  observeRequest(request, table, rules);
  expect([table.verdict(one, 0), table.verdict(other, 0)]).toEqual(verdicts);
});

test("requests of other signals are not looked at, and bodies that are none are told", () => {
  const table = verdictsOf({ type: "always_sample" });
  observeRequest({ ...request, signal: "logs" }, table, rules);
  expect(table.size.waiting).toBe(0);
  expect(() => observeRequest({ ...request, body: Buffer.from("{") }, table, rules)).toThrow(OtlpDecodeError);
});
