const kinds: Readonly<Record<string, string>> = {
  spans: "Spans and traces",
  accessLogs: "Access logs",
  logs: "Logs",
  metrics: "Metrics of others",
  edges10s: "Map, by 10 seconds",
  edges1m: "Map, by minutes",
  edges10m: "Map, by 10 minutes",
  edges1h: "Map, by hours",
  edges1d: "Map, by days",
  decisions10s: "Decisions, by 10 seconds",
  decisions1h: "Decisions, by hours",
};

/** How long each kind of telemetry is kept, in words; a kind that this page does not know stands by its own name. */
export function retentionWords(
  hours: Readonly<Record<string, number>>,
): readonly { kind: string; kept: string }[] {
  return Object.entries(hours).map(([kind, count]) => ({
    kind: kinds[kind] ?? kind,
    kept: timeWords(count),
  }));
}

function timeWords(hours: number): string {
  if (hours < 48 || hours % 24 !== 0) return hours === 1 ? "1 hour" : `${hours} hours`;
  return `${hours / 24} days`;
}
