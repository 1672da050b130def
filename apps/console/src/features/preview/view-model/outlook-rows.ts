import type { CountRange } from "@weir/domain";
import { serviceIdText } from "@weir/domain/browser";
import type {
  EdgeOutlook,
  EffectCount,
  ObservedEffect,
  ObservedRoute,
  PolicyOutlook,
} from "../../../server/preview/observed-schemas.ts";
import { effectWords, type PreviewGroup } from "./effect-words.ts";
import { mostOf } from "./range-words.ts";

/** Effects of one group together; of one policy they are about different requests, but for what is told of answers. */
export function groupRange(
  effects: readonly (CountRange & Pick<EffectCount, "effect">)[],
  group: PreviewGroup,
) {
  return sumRange(effects.filter(({ effect }) => effectWords[effect].group === group));
}

export function sumRange(ranges: readonly CountRange[]): CountRange {
  const open = ranges.some(({ atMost }) => atMost === undefined);
  const atLeast = ranges.reduce((sum, range) => sum + range.atLeast, 0);
  return open ? { atLeast } : { atLeast, atMost: ranges.reduce((sum, range) => sum + mostOf(range), 0) };
}

/** Callers that a policy would refuse something. */
export function refusedCallers({ callers }: PolicyOutlook): PolicyOutlook["callers"] {
  return callers.filter(({ effects }) => mostOf(groupRange(effects, "refused")) > 0);
}

export const previewColumns = ["name", "service", "requests", "refused", "changed"] as const;
export type PreviewColumn = (typeof previewColumns)[number];
type Sortable<Row> = Readonly<Record<PreviewColumn, (row: Row) => string | number>>;

/** By which rows of each table are put in order. */
export const policyKeys: Sortable<PolicyOutlook> = {
  name: ({ namespace, name }) => `${namespace}/${name}`,
  service: ({ namespace, targetRef }) => `${namespace}/${targetRef}`,
  requests: ({ judged }) => judged,
  refused: ({ effects }) => mostOf(groupRange(effects, "refused")),
  changed: ({ effects }) => mostOf(groupRange(effects, "changed")),
};
export const edgeKeys: Sortable<EdgeOutlook> = {
  name: ({ source }) => endText(source),
  service: ({ destination }) => endText(destination),
  requests: ({ requests }) => requests,
  refused: ({ refused }) => mostOf(refused),
  changed: ({ touched }) => mostOf(touched),
};
export const routeKeys: Sortable<ObservedRoute> = {
  name: ({ source }) => endText(source),
  service: ({ destination, path, method }) => `${endText(destination)} ${path} ${method}`,
  requests: ({ requests }) => requests,
  refused: (route) => mostOf(groupRange([route], "refused")),
  changed: (route) => mostOf(groupRange([route], "changed")),
};

export function sortRows<Row>(
  rows: readonly Row[],
  key: (row: Row) => string | number,
  descending: boolean,
): readonly Row[] {
  const order = (a: Row, b: Row) => compare(key(a), key(b));
  return rows.toSorted((a, b) => (descending ? order(b, a) : order(a, b)));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : String(a) < String(b)
      ? -1
      : a === b
        ? 0
        : 1;
}

/** Words by which a row is found. */
export function isFound(words: readonly string[], wanted: string): boolean {
  return words.join(" ").toLowerCase().includes(wanted.trim().toLowerCase());
}

/** `shop/cart`; of callers without a sidecar in words. */
export function endText({
  namespace,
  service,
}: {
  readonly namespace: string;
  readonly service: string;
}): string {
  return namespace === "" ? "outside the mesh" : serviceIdText({ namespace, service });
}

/** Requests of the edges that would see any of it, and what would become of them. */
export function totals({ edges }: Pick<ObservedEffect, "edges">) {
  return {
    requests: edges.reduce((sum, { requests }) => sum + requests, 0),
    refused: sumRange(edges.map(({ refused }) => refused)),
    touched: sumRange(edges.map(({ touched }) => touched)),
    callers: new Set(edges.filter(({ refused }) => mostOf(refused) > 0).map(({ source }) => endText(source)))
      .size,
  };
}

/** Requests that policies judged while they observed, each once: also of those callers for whom nothing would change. */
export function judgedRequests({ edges, policies }: Pick<ObservedEffect, "edges" | "policies">): number {
  const judged = new Map<string, number>();
  const add = (source: string, destination: string, requests: number) => {
    const edge = `${source}~${destination}`;
    judged.set(edge, Math.max(judged.get(edge) ?? 0, requests));
  };
  for (const { source, destination, requests } of edges) add(endText(source), endText(destination), requests);
  for (const { namespace, targetRef, callers } of policies)
    for (const caller of callers)
      add(endText(caller), endText({ namespace, service: targetRef }), caller.judged);
  return [...judged.values()].reduce((sum, requests) => sum + requests, 0);
}
