import type { Workload } from "@weir/domain";

/** A name for one run of a sidecar: two runs never have the same one. */
export function newProxyId({ service, version }: Workload, random: () => number): string {
  const text = Math.floor(random() * 36 ** 8)
    .toString(36)
    .padStart(8, "0");
  return `${service}-${version}-${process.pid}-${text}`;
}
