import { betterThanEnvoy, envoyAnswerOf, envoyMeasures } from "./envoy-metrics.ts";
import { firstOf } from "./label-values.ts";
import type { MeshTable } from "./mesh-table.ts";

/**
 * Consul's Envoys: both ends are labels of every cluster that is another service (consul: service mesh observability).
 * The cluster of the service itself, `local_app`, has no destination.
 */
export const consul: MeshTable = {
  name: "consul",
  measures: envoyMeasures,
  yieldsTo: betterThanEnvoy,
  reportOf(labels, measure) {
    const source = firstOf(labels, "consul_source_service", "local_cluster");
    const destination = firstOf(labels, "consul_destination_service");
    if (source === "" || destination === "") return undefined;
    return {
      reporter: "source",
      source: {
        namespace: firstOf(labels, "consul_source_namespace"),
        service: source,
        version: firstOf(labels, "version"),
      },
      destination: {
        namespace: firstOf(labels, "consul_destination_namespace"),
        service: destination,
        version: firstOf(labels, "consul_destination_service_subset"),
      },
      answer: envoyAnswerOf(labels, measure),
    };
  },
};
