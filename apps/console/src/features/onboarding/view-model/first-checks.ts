import type { Sources } from "../../../server/mesh/sources.ts";

export interface FirstCheck {
  readonly label: string;
  readonly done: boolean;
  /** What is known more, or what to do as long as it is not done. */
  readonly note: string;
}

interface Signs {
  readonly spans: boolean;
  readonly edges: boolean;
  readonly services: readonly { readonly namespace: string; readonly service: string }[];
}

/** What has to be for a map, in the order in which it comes about; undefined: not known (yet). */
export function firstChecks(sources: Sources | undefined, signs: Signs | undefined): readonly FirstCheck[] {
  const names = (signs?.services ?? []).map(({ namespace, service }) =>
    namespace ? `${namespace}/${service}` : service,
  );
  return [
    {
      label: "Database reachable",
      done: sources?.database === true,
      note: sources?.database === false ? "Postgres does not answer; the console goes on trying." : "",
    },
    {
      label: "Collector reachable",
      done: sources?.collector === true,
      note: sources?.collector === false ? "It does not answer the console; see its log." : "",
    },
    {
      label: "First span received",
      done: signs?.spans === true,
      note: names.length > 0 ? `Heard of: ${names.join(", ")}` : "Waiting for what you send.",
    },
    {
      label: "First edge on the map",
      done: signs?.edges === true,
      note: signs?.edges ? "" : "Drawn as soon as a span tells who called whom.",
    },
  ];
}
