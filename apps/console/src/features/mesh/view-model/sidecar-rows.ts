import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../../server/router.ts";
import { type SidecarState, sidecarState, sidecarStates } from "./sidecar-state.ts";

type Answers = inferRouterOutputs<AppRouter>["mesh"];
type Added = Answers["overhead"][number];
type Usage = Answers["usage"][number];

export type SidecarRow = Answers["sidecars"][number] & {
  readonly state: SidecarState;
  /** Seconds added to a request, in the mean; undefined where it carried none lately. */
  readonly addedSeconds: number | undefined;
  /** Of one core, 1 for all of it; undefined where its process told of none lately. */
  readonly cores: number | undefined;
  readonly memoryBytes: number | undefined;
};

export const sidecarSorts = ["state", "workload", "added", "cpu", "memory", "since", "release"] as const;
export type SidecarSort = (typeof sidecarSorts)[number];

export function sidecarRows(
  sidecars: Answers["sidecars"],
  added: readonly Added[],
  usage: readonly Usage[],
): SidecarRow[] {
  const usageOf = new Map(usage.map((own) => [own.proxyId, own]));
  const secondsOf = new Map(added.map(({ proxyId, seconds }) => [proxyId, seconds]));
  return sidecars.map((sidecar) => ({
    ...sidecar,
    state: sidecarState(sidecar),
    addedSeconds: secondsOf.get(sidecar.proxyId),
    cores: usageOf.get(sidecar.proxyId)?.cores,
    memoryBytes: usageOf.get(sidecar.proxyId)?.memoryBytes,
  }));
}

/** Those in a state that have every word of the text in what is shown of them. */
export function filterSidecars(
  rows: readonly SidecarRow[],
  state: SidecarState | "any",
  text: string,
): SidecarRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (state !== "any" && row.state !== state) return false;
    const { namespace, service, version } = row.workload;
    const shown = [
      namespace,
      service,
      version,
      row.address,
      row.zone,
      row.release,
      row.nackReason,
      row.proxyId,
    ];
    const said = shown.filter(Boolean).join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

const measureOf: Record<SidecarSort, (row: SidecarRow) => string | number | undefined> = {
  state: (row) => sidecarStates.indexOf(row.state),
  workload: () => 0,
  added: (row) => row.addedSeconds,
  cpu: (row) => row.cores,
  memory: (row) => row.memoryBytes,
  since: (row) => row.sinceMs,
  release: (row) => row.release,
};

/** In the order of one column, equal ones by workload; what is not known stands last, whichever way. */
export function sortSidecars(
  rows: readonly SidecarRow[],
  sort: SidecarSort,
  descending: boolean,
): SidecarRow[] {
  const sign = descending ? -1 : 1;
  const tieSign = sort === "workload" ? sign : 1;
  const keyed = rows.map((row) => ({ row, measure: measureOf[sort](row), key: keyOf(row) }));
  keyed.sort((a, b) => {
    const [x, y] = [a.measure, b.measure];
    const order = x === y ? 0 : x === undefined ? 1 : y === undefined ? -1 : x < y ? -sign : sign;
    return order || (a.key === b.key ? 0 : a.key < b.key ? -tieSign : tieSign);
  });
  return keyed.map(({ row }) => row);
}

function keyOf({ workload: { namespace, service, version }, proxyId }: SidecarRow): string {
  return [namespace, service, version, proxyId].join("\0");
}
