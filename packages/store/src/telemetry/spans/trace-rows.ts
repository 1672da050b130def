import type { OperationEntry, ServiceEntry } from "./dictionary-entry.ts";
import { rowLayout, type SpanBlock, statusError } from "./span-block.ts";

/** What a batch adds to the summary of one trace in one hour. */
export interface TraceRow {
  /** 16 characters of 8 bits. */
  readonly trace: string;
  /** Hours since 1970, of the spans' start. */
  readonly hour: number;
  startHigh: number;
  startLow: number;
  endHigh: number;
  endLow: number;
  spanCount: number;
  /** Sum of the hashes of the spans' ids. */
  signature: number;
  errorCount: number;
  /** Of the span without a parent. */
  root: OperationEntry | undefined;
  /** Of the earliest span. */
  first: OperationEntry;
  readonly operations: OperationEntry[];
  readonly services: ServiceEntry[];
}

const hourNs = 3_600_000_000_000;

/** One row for each trace and hour, in the order in which every collector locks them: by trace id, then hour. */
export function traceRowsOf(blocks: readonly SpanBlock[]): TraceRow[] {
  const byHour = new Map<number, Map<string, TraceRow>>();
  for (const block of blocks) for (let i = 0; i < block.length; i++) addSpan(byHour, block, i);
  const rows: TraceRow[] = [];
  for (const byTrace of byHour.values()) rows.push(...byTrace.values());
  return rows.sort((a, b) => (a.trace === b.trace ? a.hour - b.hour : a.trace < b.trace ? -1 : 1));
}

function addSpan(byHour: Map<number, Map<string, TraceRow>>, block: SpanBlock, i: number): void {
  const { rows, offsets } = block;
  const at = offsets[i] as number;
  const startHigh = rows.readInt32BE(at + rowLayout.startNs);
  const startLow = rows.readUInt32BE(at + rowLayout.startNs + 4);
  const low = startLow + rows.readUInt32BE(at + rowLayout.durationNs + 4);
  const carry = low >= 2 ** 32 ? 1 : 0;
  const endLow = carry ? low - 2 ** 32 : low;
  const endHigh = startHigh + rows.readInt32BE(at + rowLayout.durationNs) + carry;
  const operation = block.operations[i] as OperationEntry;
  const row = rowOf(byHour, block.traces[i] as string, hourOf(startHigh, startLow), operation, {
    ...{ startHigh, startLow, endHigh, endLow },
  });
  if (startHigh < row.startHigh || (startHigh === row.startHigh && startLow < row.startLow)) {
    row.startHigh = startHigh;
    row.startLow = startLow;
    row.first = operation;
  }
  if (endHigh > row.endHigh || (endHigh === row.endHigh && endLow > row.endLow)) {
    row.endHigh = endHigh;
    row.endLow = endLow;
  }
  row.spanCount++;
  row.signature += hashOf(
    rows.readUInt32BE(at + rowLayout.spanId),
    rows.readUInt32BE(at + rowLayout.spanId + 4) ^ rows.readInt16BE(at + rowLayout.kind),
  );
  const fact = block.facts[i];
  if (rows.readInt16BE(at + rowLayout.status) === statusError) row.errorCount++;
  if (fact?.parentSpanId === "") row.root ??= operation;
  if (!row.operations.includes(operation)) row.operations.push(operation);
  const service = block.services[i] as ServiceEntry;
  if (!row.services.includes(service)) row.services.push(service);
}

function rowOf(
  byHour: Map<number, Map<string, TraceRow>>,
  trace: string,
  hour: number,
  first: OperationEntry,
  times: Pick<TraceRow, "startHigh" | "startLow" | "endHigh" | "endLow">,
): TraceRow {
  let byTrace = byHour.get(hour);
  if (!byTrace) {
    byTrace = new Map();
    byHour.set(hour, byTrace);
  }
  let row = byTrace.get(trace);
  if (!row) {
    row = {
      ...{ trace, hour, ...times, spanCount: 0, signature: 0, errorCount: 0, root: undefined, first },
      ...{ operations: [], services: [] },
    };
    byTrace.set(trace, row);
  }
  return row;
}

/** The hour of a 64-bit time, exactly: every number below fits a double, for 3.6e12 has twelve factors of two. */
export function hourOf(high: number, low: number): number {
  const upper = high * 2 ** 32;
  const hour = Math.floor(upper / hourNs);
  const rest = upper - hour * hourNs + low;
  return hour + Math.floor(rest / hourNs);
}

/** 31 bits of two numbers, mixed well enough that sums of them tell sets of ids apart (MurmurHash3's finalizer). */
function hashOf(high: number, low: number): number {
  return mixed(low ^ mixed(high)) >>> 1;
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
