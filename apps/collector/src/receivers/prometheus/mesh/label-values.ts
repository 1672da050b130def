import { type ConnectionSecurity, connectionSecurities } from "@weir/domain";
import type { Answer, Labels } from "./mesh-table.ts";

/** The first of these labels that says something; empty: none. Meshes write `unknown` and `-` for what they lack. */
export function firstOf(labels: Labels, ...names: readonly string[]): string {
  for (const name of names) {
    const value = labels.get(name) ?? "";
    if (value !== "" && value !== "unknown" && value !== "-") return value;
  }
  return "";
}

/** The class of an HTTP status; 0 for what is none: there was no answer. */
export function statusClassOf(code: string): number {
  return /^[1-5]\d\d$/.test(code) ? Number(code.charAt(0)) * 100 : 0;
}

/** A gRPC status code; undefined for requests that are no gRPC. */
export function grpcStatusOf(code: string): number | undefined {
  return /^\d{1,2}$/.test(code) ? Number(code) : undefined;
}

/** As Istio tells it, which only the destination's report does. */
export function securityOf(labels: Labels): ConnectionSecurity | undefined {
  const told = labels.get("connection_security_policy");
  return connectionSecurities.find((known) => known === told);
}

/** gRPC has a status of its own. */
export function answerOf(code: string, grpcCode: string): Answer {
  const grpcStatus = grpcStatusOf(grpcCode);
  return { protocol: grpcStatus === undefined ? "http" : "grpc", status: statusClassOf(code), grpcStatus };
}
