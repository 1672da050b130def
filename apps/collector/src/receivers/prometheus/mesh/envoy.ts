import {
  betterThanEnvoy,
  envoyAnswerOf,
  envoyDestinationOf,
  envoyMeasures,
  envoySourceOf,
} from "./envoy-metrics.ts";
import { firstOf } from "./label-values.ts";
import type { MeshTable } from "./mesh-table.ts";

/** An Envoy of no mesh that is known here: the scrape's labels name its service, its clusters the others. */
export const envoy: MeshTable = {
  name: "envoy",
  measures: envoyMeasures,
  yieldsTo: betterThanEnvoy,
  reportOf(labels, measure) {
    const source = envoySourceOf(labels);
    const destination = envoyDestinationOf(firstOf(labels, "envoy_cluster_name", "cluster_name"), source);
    if (source.service === "" || !destination) return undefined;
    return { reporter: "source", source, destination, answer: envoyAnswerOf(labels, measure) };
  },
};
