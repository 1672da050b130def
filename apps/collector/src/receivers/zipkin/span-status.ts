import { type SpanStatus, statusCode } from "@weir/telemetry/otlp";

export const statusTags = {
  code: "otel.status_code",
  description: "otel.status_description",
  error: "error",
};

/**
 * The status that tags tell (OpenTelemetry to Zipkin: Status). Zipkin knows but `error`, whose presence is the error
 * and whose value describes it; `false`, which some tracers write, is none.
 */
export function statusOfTags(tags: ReadonlyMap<string, string>): SpanStatus | undefined {
  const code = tags.get(statusTags.code)?.toUpperCase().replace("STATUS_CODE_", "");
  if (code === "OK") return { code: statusCode.ok, message: "" };
  const error = tags.get(statusTags.error);
  if (code !== "ERROR" && (error === undefined || error === "false")) return undefined;
  const described = error === undefined || error === "true" ? tags.get(statusTags.description) : error;
  return { code: statusCode.error, message: described ?? "" };
}
