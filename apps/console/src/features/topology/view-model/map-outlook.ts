import type { CountRange } from "@weir/domain";
import { serviceIdText } from "@weir/domain/browser";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { effectWords, type PreviewGroup } from "../../preview/view-model/effect-words.ts";
import { sumRange } from "../../preview/view-model/outlook-rows.ts";
import { mostOf, rangeWords, shareWords } from "../../preview/view-model/range-words.ts";

/** What would become of the requests of an edge of the map, had every policy, or a draft, been enforced. */
export interface MapOutlook {
  readonly group: Extract<PreviewGroup, "refused" | "changed">;
  /** Share of its requests, such as `≤ 12 %`. */
  readonly share: string;
  /** One or two words: `denied`, `refused` where it is several things, `uncertain` where nobody can tell. */
  readonly what: string;
  /** For those who do not see it. */
  readonly words: string;
}

/**
 * Outlooks by the id of the map's edge; edges of which nothing would change have none. Of collapsed namespaces all
 * requests from one to another together; where nodes stand for versions there are none, since policies are for services.
 */
export function outlooksOnMap(
  view: MapView,
  outlooks: readonly EdgeOutlook[],
): ReadonlyMap<string, MapOutlook> {
  const nodes = new Set(view.nodes.map(({ id }) => id));
  const placeOf = (end: EdgeOutlook["source"]) =>
    [serviceIdText(end), `${end.namespace}/*`].find((id) => nodes.has(id));
  const byEdge = Map.groupBy(outlooks, (one) => `${placeOf(one.source)}~${placeOf(one.destination)}`);
  return new Map(
    view.edges.flatMap(({ id }) => {
      const outlook = together(byEdge.get(id) ?? []);
      return outlook ? [[id, outlook] as const] : [];
    }),
  );
}

function together(own: readonly EdgeOutlook[]): MapOutlook | undefined {
  const requests = own.reduce((sum, one) => sum + one.requests, 0);
  const refused = sumRange(own.map((one) => one.refused));
  const touched = sumRange(own.map((one) => one.touched));
  if (mostOf(touched) === 0) return undefined;
  const group = mostOf(refused) > 0 ? "refused" : "changed";
  const range = group === "refused" ? refused : touched;
  const effects = new Set(own.flatMap((one) => one.effects.map(({ effect }) => effect)));
  const told = [...effects].filter((effect) => effectWords[effect].group === group);
  const [only, ...others] = told.length > 0 ? told : effects;
  return {
    group,
    share: shareWords(range, requests),
    what: only && others.length === 0 ? effectWords[only].brief : group,
    words: `enforced: ${wordsOf(range, requests)} ${only === "uncertain" ? "may" : "would"} be ${group}`,
  };
}

function wordsOf(range: CountRange, requests: number): string {
  return `${rangeWords(range)} of ${requests} requests`;
}
