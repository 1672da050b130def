import { type FindingCode, findingCatalogue } from "./finding-catalogue.ts";

/** error: refused. warning: allowed, and most likely not meant. info: worth knowing. */
export type Severity = "error" | "warning" | "info";

/** One thing that is to be said about what somebody entered: where, why, and what to do about it. */
export interface Finding {
  /** Stable, for suppression and for tests, such as `weights-sum`. */
  readonly code: string;
  /** Where in the object, in the form `rules[0].backends[1].weight`; empty for the object as a whole. */
  readonly path: string;
  readonly severity: Severity;
  /** Why it is said. */
  readonly message: string;
  /** What to do, in a sentence. */
  readonly fix: string;
  /** The object says itself that it is meant so: it is shown, and counts for nothing. */
  readonly ignored?: boolean | undefined;
}

/** Marks what an object asks to ignore. An error is never ignored. */
export function withIgnored(findings: readonly Finding[], ignoreFindings: readonly string[] = []): Finding[] {
  return findings.map((finding) =>
    finding.severity !== "error" && ignoreFindings.includes(finding.code)
      ? { ...finding, ignored: true }
      : finding,
  );
}

/** A finding of the catalogue, which has its severity and its fix. */
export function findingOf(code: FindingCode, path: string, message: string): Finding {
  const { severity, fix } = findingCatalogue[code];
  return { code, path, severity, message, fix };
}
