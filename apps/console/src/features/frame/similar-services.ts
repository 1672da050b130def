import { distance } from "fastest-levenshtein";

export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

/** Names further apart than this share of the longer one's letters have nothing to do with each other. */
const farthest = 0.45;

/** Services whose name may have been meant, the likeliest first: of the same name elsewhere, part of it, mistyped. */
export function similarServices<T extends NamedService>(
  wanted: NamedService,
  services: readonly T[],
  most = 5,
): T[] {
  return services
    .map((service) => ({ service, apart: apartness(wanted, service) }))
    .filter(({ apart }) => apart <= farthest)
    .sort(
      (a, b) =>
        a.apart - b.apart ||
        a.service.name.localeCompare(b.service.name) ||
        a.service.namespace.localeCompare(b.service.namespace),
    )
    .slice(0, most)
    .map(({ service }) => service);
}

/** 0: the same name; 1: nothing in common. The own namespace counts a little. */
function apartness(wanted: NamedService, { namespace, name }: NamedService): number {
  const [a, b] = [wanted.name.toLowerCase(), name.toLowerCase()];
  const longer = Math.max(a.length, b.length, 1);
  const isPart = Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a));
  const letters = isPart && a !== b ? 0.15 : distance(a, b) / longer;
  return letters + (namespace === wanted.namespace ? 0 : 0.05);
}
