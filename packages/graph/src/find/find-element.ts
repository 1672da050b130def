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
  ...(["source", "target", "protocol", "evidence"] as const),
] as const;

/** Number fields and what their values are in: requests a second, a share of one, seconds. */
export const numberFields = {
  rps: "rate",
  error: "share",
  p50: "seconds",
  p95: "seconds",
  p99: "seconds",
} as const;

/** Other words for fields, as other consoles have them (Kiali: find and hide). */
export const aliases: Readonly<Record<string, TextField | NumberField>> = {
  ...{ namespace: "ns", service: "name", rate: "rps", errors: "error", rt: "p95", "%error": "error" },
};

export type Unit = (typeof numberFields)[NumberField];

/** How many of the field's own unit one of a written unit is; the empty one is what a bare number means. */
export const units: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  rate: { "": 1, rps: 1, rpm: 1 / 60 },
  share: { "": 0.01, "%": 0.01 },
  seconds: { "": 0.001, us: 1e-6, ms: 0.001, s: 1 },
};

/** What is wrong with a text, and where: characters from `from` to before `to`. */
export interface FindProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}
