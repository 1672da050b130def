/** What a page stands on, in the order in which the loss of one hides the loss of those behind it. */
export const sourceNames = ["console", "database", "collector", "controller"] as const;
export type SourceName = (typeof sourceNames)[number];

/** Which sources are there, as far as the console's server can say; undefined: it has not answered yet. */
export type SourceStates = Readonly<Record<Exclude<SourceName, "console">, boolean>> | undefined;

export interface SourceNotice {
  readonly source: SourceName;
  readonly title: string;
  /** What it means for what is shown, and for the mesh. */
  readonly text: string;
  /** What is shown is old: nothing new of it can be read, or arrives. */
  readonly isStale: boolean;
}

const notices: Readonly<Record<SourceName, Omit<SourceNotice, "source">>> = {
  console: {
    title: "The console's server does not answer",
    text: "Traffic is not affected. This page tries again by itself.",
    isStale: true,
  },
  database: {
    title: "The database cannot be reached",
    text: "Traffic is not affected, and the collector keeps on disk what comes in. This page goes on as soon as Postgres answers.",
    isStale: true,
  },
  collector: {
    title: "The collector does not answer",
    text: "Traffic is not affected, but nothing new is counted: what is shown ends here until it is back. Sidecars send again what they have kept.",
    isStale: true,
  },
  controller: {
    title: "The controller does not answer",
    text: "Sidecars go on with the last snapshot they have; changes reach them when it is back. What is shown stays true.",
    isStale: false,
  },
};

/**
 * The one thing to say of what is away; undefined while all is there. One, since the loss of a source explains what fails
 * behind it: without its server a page knows nothing of the others, without a database nothing of them helps.
 */
export function sourceNotice(isAnswering: boolean, states: SourceStates): SourceNotice | undefined {
  const away = sourceNames.find((source) =>
    source === "console" ? !isAnswering : states !== undefined && !states[source],
  );
  return away && { source: away, ...notices[away] };
}

/** When each source was there last, as far as this page has seen. */
export type LastSeen = Readonly<Partial<Record<SourceName, number>>>;

/** `seen` with what an answer of `atMs` says. A collector that is away has a better witness: the newest that it stored. */
export function withSeen(
  seen: LastSeen,
  states: SourceStates & { readonly newestAtMs?: number | undefined },
  atMs: number,
): LastSeen {
  const there = sourceNames.filter((source) => source === "console" || states[source]);
  const next = { ...seen, ...Object.fromEntries(there.map((source) => [source, atMs])) };
  return states.collector || states.newestAtMs === undefined
    ? next
    : { ...next, collector: Math.min(states.newestAtMs, atMs) };
}
