/** One thing that was looked at. `unknown`: what it needs to know is away. */
export interface Check {
  /** Stays the same over releases. */
  readonly id: string;
  readonly state: "ok" | "warning" | "failed" | "unknown";
  /** What was found, in a sentence. */
  readonly says: string;
  /** What to do about it; undefined where nothing is to be done. */
  readonly hint?: string | undefined;
}

type Found = Omit<Check, "id">;

export const ok = (says: string): Found => ({ state: "ok", says });
export const warning = (says: string, hint: string): Found => ({ state: "warning", says, hint });
export const failed = (says: string, hint: string): Found => ({ state: "failed", says, hint });

/** The first few of many names, and how many more there are. */
export function fewOf(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
