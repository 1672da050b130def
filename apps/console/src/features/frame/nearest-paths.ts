import { servicePart } from "@weir/domain/browser";
import { distance } from "fastest-levenshtein";
import { type NamedService, similarServices } from "./similar-services.ts";

export interface Suggestion {
  readonly href: string;
  readonly label: string;
}

/** What other consoles call these pages, and what people try. */
const otherWords: Readonly<Record<string, string>> = {
  ...{ map: "/", graph: "/", topology: "/", dependencies: "/", home: "/", overview: "/" },
  ...{ trace: "/traces", search: "/traces", span: "/traces", service: "/services", workloads: "/services" },
  ...{ tap: "/live", top: "/live", logs: "/live", canary: "/canaries", rollouts: "/canaries" },
  ...{ sidecars: "/mesh", proxies: "/mesh", health: "/mesh", status: "/mesh", audit: "/mesh" },
  ...{ preferences: "/settings", config: "/settings" },
};

/** Pages that stand under the name of a service. */
const ofServices = ["/services", "/canaries"] as const;

/**
 * Where an address that leads nowhere was perhaps meant to lead, the likeliest first: a trace whose id stands in it, a
 * service of a similar name, a page of a similar name.
 */
export function nearestPaths(
  pathname: string,
  places: readonly Suggestion[],
  services: readonly NamedService[],
): Suggestion[] {
  const segments = pathname
    .split("/")
    .filter((segment) => segment !== "")
    .map(decoded);
  const [first = "", ...below] = segments;
  const traceId = segments
    .map((segment) => segment.toLowerCase())
    .find((text) => /^[0-9a-f]{32}$/.test(text));
  const page = nearestPlace(first, places);
  const base = ofServices.find((href) => href === page?.href) ?? "/services";
  const named = below.length > 0 || page === undefined ? segments.slice(-2) : [];
  const [namespace = "", name = ""] = named.length > 1 ? named : ["", named[0] ?? ""];
  const similar = name === "" || traceId ? [] : similarServices({ namespace, name }, services, 3);
  const found = [
    ...(traceId ? [{ href: `/traces/${traceId}`, label: `Trace ${traceId.slice(0, 8)}…` }] : []),
    ...similar.map((service) => ({
      href: `${base}/${servicePart(service)}`,
      label: `${base === "/canaries" ? "Canary of " : ""}${service.namespace}/${service.name}`,
    })),
    ...(page ? [page] : []),
  ];
  // The address itself is what led nowhere.
  return found.filter(({ href }) => href !== pathname);
}

/** The page of that name, one of its other names, or the one that is the fewest letters away. */
function nearestPlace(word: string, places: readonly Suggestion[]): Suggestion | undefined {
  const text = word.toLowerCase();
  const names = [
    ...places.map(({ href }) => [href.slice(1), href] as const),
    ...Object.entries(otherWords),
  ].map(([name, href]) => ({ href, apart: distance(text, name), most: name.length / 3 }));
  const [nearest] = names.filter(({ apart, most }) => apart <= most).sort((a, b) => a.apart - b.apart);
  return places.find(({ href }) => href === nearest?.href);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // what is no proper escape is taken as it stands
  }
}
