import { encodeTraces } from "@weir/telemetry/otlp";

export const span = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  name: "GET /",
  startTimeUnixNano: 1_700_000_000_000_000_000n,
  endTimeUnixNano: 1_700_000_000_100_000_000n,
};

export const tracesOf = (...spans: object[]): Buffer =>
  encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, "protobuf");
