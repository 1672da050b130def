import fc from "fast-check";

/** A body with something wrong: cut short, bits turned, bytes put in, a length that lies, or nothing but noise. */
export function damaged(bodies: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const body = fc.constantFrom(...bodies);
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const at = (whole: Buffer, where: number): number => Math.floor(where * whole.length);
  return fc.oneof(
    fc.tuple(body, place).map(([whole, where]) => whole.subarray(0, at(whole, where))),
    fc
      .tuple(body, fc.array(fc.tuple(place, fc.nat(7)), { minLength: 1, maxLength: 8 }))
      .map(([whole, flips]) => {
        const turned = Buffer.from(whole);
        for (const [where, bit] of flips)
          turned.writeUInt8(turned.readUInt8(at(whole, where)) ^ (1 << bit), at(whole, where));
        return turned;
      }),
    fc
      .tuple(body, place, fc.uint8Array({ minLength: 1, maxLength: 12 }))
      .map(([whole, where, noise]) =>
        Buffer.concat([whole.subarray(0, at(whole, where)), noise, whole.subarray(at(whole, where))]),
      ),
    // A varint of up to ten bytes where a length, a tag or a value was.
    fc.tuple(body, place, fc.nat(9)).map(([whole, where, bytes]) => {
      const start = at(whole, where);
      const varint = Buffer.alloc(bytes + 1, 0xff);
      varint.writeUInt8(0x7f, bytes);
      return Buffer.concat([whole.subarray(0, start), varint, whole.subarray(start + 1)]);
    }),
    fc.uint8Array({ maxLength: 300 }).map((noise) => Buffer.from(noise)),
  );
}
