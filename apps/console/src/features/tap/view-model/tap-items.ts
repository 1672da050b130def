import type { TappedRequest } from "../../../server/tap/tapped-request.ts";

/** A row of the table: a request, or the detail below the one that is open. */
export interface TapItem {
  readonly key: string;
  readonly request: TappedRequest;
  readonly isDetail: boolean;
}

/** Rows in their order; the detail stands below its request. */
export function tapItems(rows: readonly TappedRequest[], open: string | undefined): TapItem[] {
  return rows.flatMap((request) => {
    const row = { key: request.key, request, isDetail: false };
    return request.key === open ? [row, { ...row, key: `${row.key} detail`, isDetail: true }] : [row];
  });
}
