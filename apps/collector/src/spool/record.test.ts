import type { Encoding, Signal } from "@weir/telemetry/otlp";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHeader, encodeHeader, headerBytes } from "./record.ts";

const requests = fc.record({
  signal: fc.constantFrom<Signal>("traces", "metrics", "logs"),
  encoding: fc.constantFrom<Encoding>("protobuf", "json"),
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  receivedNs: fc.bigInt({ min: 0n, max: 2n ** 63n }),
});

test("a header says again what it was made of", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { signal, encoding, receivedNs, body } = request;
      const header = encodeHeader(request);
      expect(header).toHaveLength(headerBytes);
      expect(decodeHeader(header)).toEqual({
        ...{ signal, encoding, receivedNs },
        bodyBytes: body.length,
        bodyCrc: expect.any(Number),
      });
    }),
  );
});

test("a header with any bit turned is none", () => {
  fc.assert(
    fc.property(requests, fc.nat(headerBytes * 8 - 1), (request, bit) => {
      const header = encodeHeader(request);
      header[bit >> 3] = (header[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeHeader(header)).toBeUndefined();
    }),
  );
});
