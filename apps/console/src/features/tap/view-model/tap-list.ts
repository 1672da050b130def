import type { TappedRequest } from "../../../server/tap/tapped-request.ts";

/** Requests on the page, newest first, and what is to be said of those that are not. */
export interface TapList {
  readonly rows: readonly TappedRequest[];
  /** Came while the list stood still, newest first. */
  readonly waiting: readonly TappedRequest[];
  /** How many did, of which the oldest may not be kept. */
  readonly waited: number;
  /** Were too many to be told. */
  readonly missed: number;
}

/** A page holds no more of each, however long it is left open. */
export const mostRows = 5_000;

export const emptyTapList: TapList = { rows: [], waiting: [], waited: 0, missed: 0 };

/** What has come since; while `paused` it waits. A request that is there already does not come twice. */
export function withBatch(
  list: TapList,
  batch: { readonly requests: readonly TappedRequest[]; readonly missed: number },
  paused: boolean,
): TapList {
  const known = new Set([...list.rows, ...list.waiting].map(({ key }) => key));
  const fresh = batch.requests.filter(({ key }) => !known.has(key));
  const missed = list.missed + batch.missed;
  return paused
    ? {
        ...{ ...list, waiting: newestFirst([...fresh, ...list.waiting]), missed },
        waited: list.waited + fresh.length,
      }
    : { ...emptyTapList, rows: newestFirst([...fresh, ...list.waiting, ...list.rows]), missed };
}

/** Shows what has waited. */
export function resumed({ rows, waiting, missed }: TapList): TapList {
  return { ...emptyTapList, rows: newestFirst([...waiting, ...rows]), missed };
}

function newestFirst(requests: readonly TappedRequest[]): TappedRequest[] {
  return [...requests].sort((a, b) => b.atMs - a.atMs).slice(0, mostRows);
}
