import { serviceOfName } from "../../envoy-als/service-name.ts";
import { betterThanEnvoy, envoyAnswerOf, envoyDestinationOf, envoyMeasures } from "./envoy-metrics.ts";
import { firstOf } from "./label-values.ts";
import type { MeshTable } from "./mesh-table.ts";

/**
 * Kuma's data planes: their tags are labels of the scrape, `kuma_io_service` first, and clusters have the names of
 * services (kuma.io: observability). Traffic comes in through `localhost` clusters, which say nothing of callers.
 */
export const kuma: MeshTable = {
  name: "kuma",
  measures: envoyMeasures,
  yieldsTo: betterThanEnvoy,
  reportOf(labels, measure) {
    const tag = firstOf(labels, "kuma_io_service");
    if (tag === "") return undefined;
    const own = serviceOfName(tag);
    const source = {
      namespace: own.namespace ?? firstOf(labels, "k8s_kuma_io_namespace", "namespace"),
      service: own.service,
      version: firstOf(labels, "version"),
    };
    const destination = envoyDestinationOf(firstOf(labels, "envoy_cluster_name"), source);
    return destination && { reporter: "source", source, destination, answer: envoyAnswerOf(labels, measure) };
  },
};
