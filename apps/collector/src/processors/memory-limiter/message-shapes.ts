import type { Signal } from "@weir/telemetry/otlp";

/** What a protobuf message becomes when it is decoded, and what stands in it. */
export interface Shape {
  /** Bytes of memory for each such message, measured on Node 26 with its row, rounded up. */
  readonly cost: number;
  /** Bytes of memory for each byte of it, where it is a list of small numbers. */
  readonly costPerByte?: number;
  /** Instead of `cost`, for each beyond {@link crowd} of them in one message: the object that they make is a hash table. */
  readonly costInCrowd?: number;
  /** By field number: messages that are made into objects. All other fields cost what their bytes do. */
  readonly fields: readonly (Shape | undefined)[];
}

/** More than OpenTelemetry's SDKs put into one span, record or point by themselves (attribute limits: 128). */
export const crowd = 256;

function shape(cost: number, fields: Readonly<Record<number, Shape>> = {}): Shape {
  const byNumber: (Shape | undefined)[] = [];
  for (const [number, field] of Object.entries(fields)) byNumber[Number(number)] = field;
  return { cost, fields: byNumber };
}

// An AnyValue holds lists (5) and maps (6) of further ones, so its shape refers to itself.
const valueFields: (Shape | undefined)[] = [];
const value: Shape = { cost: 70, fields: valueFields };
const keyValue: Shape = { ...shape(30, { 2: value }), costInCrowd: 1700 };
valueFields[5] = shape(60, { 1: value });
valueFields[6] = shape(60, { 1: keyValue });

const resource = shape(100, { 1: keyValue });
const scope = shape(150, { 3: keyValue });
/** Packed varints, a byte each: numbers in a list, which doubles as it grows, and in what is made of it. */
const counts: Shape = { cost: 0, costPerByte: 80, fields: [] };
const exemplar = shape(250, { 7: keyValue });
const buckets = shape(100, { 2: counts });

const span = shape(450, {
  9: keyValue,
  11: shape(900, { 3: keyValue }),
  13: shape(900, { 4: keyValue }),
});
const record = shape(900, { 5: value, 6: keyValue });
const numberPoint = shape(300, { 7: keyValue, 5: exemplar });
const histogramPoint = shape(450, { 9: keyValue, 8: exemplar });
const exponentialPoint = shape(450, { 1: keyValue, 8: buckets, 9: buckets, 11: exemplar });
const summaryPoint = shape(350, { 7: keyValue, 6: shape(80) });
const data = (point: Shape): Shape => shape(100, { 1: point });
const metric = shape(250, {
  5: data(numberPoint),
  7: data(numberPoint),
  9: data(histogramPoint),
  10: data(exponentialPoint),
  11: data(summaryPoint),
  12: keyValue,
});

const request = (item: Shape): Shape =>
  shape(0, { 1: shape(190, { 1: resource, 2: shape(150, { 1: scope, 2: item }) }) });

/** The requests of the three signals (opentelemetry-proto 1.x), as far as their parts become objects. */
export const requestShapes: Readonly<Record<Signal, Shape>> = {
  traces: request(span),
  metrics: request(metric),
  logs: request(record),
};
