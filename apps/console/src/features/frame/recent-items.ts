export interface RecentItem {
  /** Within the console, without window and scope. */
  readonly href: string;
  readonly label: string;
}

const key = "weir.recent";
const most = 6;

/** Where the palette went last, the newest first. What stands in the store is anybody's: unreadable means none. */
export function readRecent(store: Pick<Storage, "getItem">): readonly RecentItem[] {
  try {
    const stored: unknown = JSON.parse(store.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isItem).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Puts an item in front; a store that takes nothing (full, or forbidden) forgets it, for it is a convenience. */
export function keepRecent(store: Pick<Storage, "getItem" | "setItem">, { href, label }: RecentItem): void {
  const others = readRecent(store).filter((other) => other.href !== href);
  try {
    store.setItem(key, JSON.stringify([{ href, label }, ...others].slice(0, most)));
  } catch {}
}

/** An address of this console: one with two slashes in front would be another host's. */
function isItem(value: unknown): value is RecentItem {
  if (typeof value !== "object" || value === null || !("href" in value) || !("label" in value)) return false;
  const { href, label } = value;
  return typeof label === "string" && typeof href === "string" && /^\/(?!\/)/.test(href);
}
