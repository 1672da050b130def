import type { Fields } from "../http1/fields.ts";

/** The status of a gRPC call; undefined where these are not the fields that have it, or it is no number. */
export function grpcStatusOf(fields: Fields): number | undefined {
  const text = fields.get("grpc-status");
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
