import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { contentTypes, type Encoding, type Signal } from "@weir/telemetry/otlp";

/** A body that is small on the wire for what it asks for in memory. */
export interface HostileBody {
  readonly signal: Signal;
  readonly encoding: Encoding;
  /** Sent to the Zipkin receiver instead, as its own JSON. */
  readonly isZipkin?: boolean;
  /** About so many bytes of it. */
  readonly of: (bytes: number) => Buffer;
}

/** A length-delimited field of protobuf. */
function field(number: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = [(number << 3) | 2];
  let length = body.length;
  for (; length > 127; length = Math.floor(length / 128)) head.push((length % 128) | 128);
  return Buffer.concat([Buffer.from([...head, length]), body]);
}

const filled = (bytes: number, part: Uint8Array): Buffer =>
  Buffer.alloc(Math.max(1, Math.floor(bytes / part.length)) * part.length, part);
const inRequest = (...items: Uint8Array[]): Buffer => field(1, field(2, ...items));
/** Too many for the arguments of a call. */
const numbered = (bytes: number, make: (i: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: Math.floor(bytes / 16) }, (_, i) => make(i)));

const time = Buffer.alloc(8, 0x17);
const span = Buffer.concat([
  ...[field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, 2))],
  ...[Buffer.from([0x39]), time, Buffer.from([0x41]), time],
]);

const protobuf = (signal: Signal, of: HostileBody["of"]): HostileBody => ({
  signal,
  encoding: "protobuf",
  of,
});
const json = (of: (bytes: number) => string): HostileBody => ({
  ...{ signal: "logs", encoding: "json" },
  of: (bytes) => Buffer.from(of(bytes)),
});
const zipkin = (of: (bytes: number) => string): HostileBody => ({
  ...{ signal: "traces", encoding: "json", isZipkin: true },
  of: (bytes) => Buffer.from(of(bytes)),
});
const zipkinSpan = (more: string) =>
  `{"traceId":"${"a".repeat(32)}","id":"${"b".repeat(16)}","timestamp":1,"duration":1${more}}`;
const metric = (...data: Uint8Array[]): Buffer => inRequest(field(2, field(1, Buffer.from("m")), ...data));

export const hostileBodies: Readonly<Record<string, HostileBody>> = {
  "empty spans": protobuf("traces", (bytes) => inRequest(filled(bytes, field(2)))),
  "tiny spans": protobuf("traces", (bytes) => inRequest(filled(bytes, field(2, span)))),
  "events of one span": protobuf("traces", (bytes) => inRequest(field(2, span, filled(bytes, field(11))))),
  "attributes of one span": protobuf("traces", (bytes) =>
    inRequest(
      field(
        2,
        span,
        numbered(bytes, (i) => field(9, field(1, Buffer.from(`k${i}`)))),
      ),
    ),
  ),
  "empty records": protobuf("logs", (bytes) => inRequest(filled(bytes, field(2)))),
  "empty resources": protobuf("logs", (bytes) => filled(bytes, field(1))),
  "a list of nothing": protobuf("logs", (bytes) =>
    inRequest(field(2, field(5, field(5, filled(bytes, field(1)))))),
  ),
  "empty points": protobuf("metrics", (bytes) => metric(field(5, filled(bytes, field(1))))),
  "empty metrics": protobuf("metrics", (bytes) => inRequest(filled(bytes, field(2)))),
  "empty exemplars": protobuf("metrics", (bytes) => metric(field(7, field(1, filled(bytes, field(5)))))),
  buckets: protobuf("metrics", (bytes) =>
    metric(field(10, field(1, field(8, field(2, Buffer.alloc(bytes)))))),
  ),
  "records of JSON": json(
    (bytes) => `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${"{},".repeat(bytes / 3)}{}]}]}]}`,
  ),
  "lists of JSON": json((bytes) => `{"x":[${"[],".repeat(bytes / 3)}[]]}`),
  "spans of Zipkin": zipkin(
    (bytes) => `[${`${zipkinSpan("")},`.repeat(bytes / (zipkinSpan("").length + 1) - 1)}${zipkinSpan("")}]`,
  ),
  "nothing for Zipkin": zipkin((bytes) => `[${"{},".repeat(bytes / 3 - 2)}{}]`),
  "annotations for Zipkin": zipkin(
    (bytes) => `[${zipkinSpan(`,"annotations":[${'{"timestamp":1,"value":""},'.repeat(bytes / 28)}{}]`)}]`,
  ),
  "tags for Zipkin": zipkin(
    (bytes) =>
      `[${zipkinSpan(`,"tags":{${Array.from({ length: bytes / 16 }, (_, i) => `"k${i}":"0"`).join(",")}}`)}]`,
  ),
  "members of JSON": json(
    (bytes) => `{"x":{${Array.from({ length: bytes / 14 }, (_, i) => `"k${i}":0`).join(",")}}}`,
  ),
};

/** Sends one over HTTP, on a connection of its own, to the collector at `base`; the status of the answer. */
export async function post(
  base: { readonly otlp: string; readonly zipkin: string },
  { signal, encoding, isZipkin = false }: HostileBody,
  body: Buffer,
): Promise<number> {
  const sending = request(isZipkin ? `${base.zipkin}/api/v2/spans` : `${base.otlp}/v1/${signal}`, {
    method: "POST",
    agent: false,
    headers: { "content-type": contentTypes[encoding], "content-length": body.length },
  });
  sending.end(body);
  const [response] = (await once(sending, "response")) as [IncomingMessage];
  // A refusal may come before all of the body has been sent.
  sending.on("error", () => {});
  response.resume();
  await once(response, "close");
  return response.statusCode ?? 0;
}
