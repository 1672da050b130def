/** A service or an edge as the find language sees it. */
export interface FindElement {
  readonly kind: "service" | "edge";
  /** Values by field; several where it has several, such as versions or the namespaces of both ends. */
  readonly texts: Partial<Record<TextField, readonly string[]>>;
  /** Absent or undefined where there is nothing to measure: no comparison with it is true. */
  readonly numbers: Partial<Record<NumberField, number | undefined>>;
}

export type TextField = (typeof textFields)[number];
export type NumberField = keyof typeof numberFields;

export const textFields = [
  ...(["name", "ns", "version", "mode", "health", "kind"] as const),
  ...(["source", "target", "protocol", "security", "evidence", "mark"] as const),
] as const;

/** Number fields and what their values are in: requests a second, a share of one, seconds, tries for each request. */
export const numberFields = {
  rps: "rate",
  error: "share",
  "4xx": "share",
  p50: "seconds",
  p95: "seconds",
  p99: "seconds",
  tries: "times",
} as const;

/** Other words for fields, as other consoles have them (Kiali: find and hide). */
export const aliases: Readonly<Record<string, TextField | NumberField>> = {
  ...{
    namespace: "ns",
    service: "name",
    rate: "rps",
    errors: "error",
    rt: "p95",
    decoration: "mark",
    mtls: "security",
    amplification: "tries",
    "%error": "error",
  },
};

export type Unit = (typeof numberFields)[NumberField];

/**
 * How many of a written unit make one of the field's own; the empty one is what a bare number means. Whole numbers to divide by:
 * 35 / 100 is exactly the share of 7 in 20, which 35 * 0.01 is not.
 */
export const units: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  rate: { "": 1, rps: 1, rpm: 60 },
  share: { "": 100, "%": 100 },
  times: { "": 1, x: 1 },
  seconds: { "": 1_000, us: 1_000_000, ms: 1_000, s: 1 },
};

/** What is wrong with a text, and where: characters from `from` to before `to`. */
export interface FindProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}
