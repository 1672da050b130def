import type { StoredTarget } from "@weir/store";

/** A target as pages get it: times are ms since 1970, and whoever knows the path of a Slack webhook may write there. */
export function shownTarget({ createdAt, last, url, ...target }: StoredTarget) {
  return {
    ...target,
    shownUrl: target.format === "slack" ? withoutPath(url) : url,
    createdAtMs: createdAt.getTime(),
    /** Null: nothing was tried yet. */
    last: last
      ? { state: last.state, atMs: last.attemptedAt?.getTime() ?? null, error: last.error ?? null }
      : null,
  };
}
export type ShownTarget = ReturnType<typeof shownTarget>;

function withoutPath(url: string): string {
  return `${URL.parse(url)?.origin ?? ""}/…${url.slice(-4)}`;
}
