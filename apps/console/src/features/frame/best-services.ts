import { defaultFilter } from "cmdk";
import type { NamedService } from "./similar-services.ts";

/** More than this nobody reads through, and a thousand would make every letter typed slow. */
const most = 25;

/** The services that what was typed means best, by the palette's own measure. */
export function bestServices<T extends NamedService>(services: readonly T[], search: string): readonly T[] {
  if (search.trim() === "") return services.slice(0, most);
  return services
    .map((service) => ({ service, score: defaultFilter(`${service.name} ${service.namespace}`, search) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ service }) => service);
}
