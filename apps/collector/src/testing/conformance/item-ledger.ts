/** What became of the items that a collector decoded, of one signal or of all. */
export type ItemLedger = Readonly<Record<(typeof kinds)[number], number>>;

const kinds = [
  "received",
  "committed",
  "duplicate",
  "rejected",
  "sampled_out",
  "turned_away",
  "spooled",
  "drained",
] as const;

/** Reads the ledger from the text of `/metrics`, as an operator's Prometheus does. */
export function readItemLedger(metrics: string, signal = ".*"): ItemLedger {
  const total = (kind: string): number => {
    const line = new RegExp(
      String.raw`^weir_collector_items_${kind}_total\{(?=[^}]*signal="${signal}")[^}]*\} (\S+)$`,
      "gm",
    );
    return [...metrics.matchAll(line)].reduce((sum, [, value]) => sum + Number(value), 0);
  };
  return Object.fromEntries(kinds.map((kind) => [kind, total(kind)])) as ItemLedger;
}

/** Everything that was decoded and is not accounted for; 0 unless something is in flight or lost. */
export function unaccounted(ledger: ItemLedger): number {
  const { received, committed, duplicate, rejected, sampled_out, turned_away, spooled, drained } = ledger;
  return received - committed - duplicate - rejected - sampled_out - turned_away - (spooled - drained);
}
