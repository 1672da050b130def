/** Policies as YAML: read with every finding at its line, written so that reading gives the same. */
export * from "./check-policy-text.ts";
export * from "./placed-finding.ts";
export * from "./policy-patch.ts";
export * from "./read-policy-text.ts";
export * from "./stale-policy.ts";
export * from "./write-policy-text.ts";
