import { expect, test } from "vitest";
import { nanoseconds, uint32Value } from "../messages/well-known.ts";
import { decodeProtobuf, encodeProtobuf } from "../protobuf-body.ts";
import { optional, repeated } from "./field.ts";
import { map } from "./map.ts";
import { message } from "./message.ts";
import { string } from "./scalars.ts";

interface Sample {
  readonly names: ReadonlyMap<string, string>;
  readonly waited: ReadonlyMap<string, bigint>;
  readonly duration: bigint | undefined;
  readonly code: number | undefined;
  readonly few: readonly string[];
}

const Sample = message<Sample>({
  names: map(1, string),
  waited: map(2, nanoseconds),
  duration: optional(3, nanoseconds),
  code: optional(4, uint32Value),
  few: repeated(5, string, { atMost: 2 }),
});

const empty = { names: new Map(), waited: new Map(), duration: undefined, code: undefined, few: [] };
const full = {
  names: new Map([
    ["a", "x"],
    ["", ""],
    ["__proto__", "y"],
  ]),
  waited: new Map([["a", 1_500_000_000n]]),
  duration: -1_500_000_001n,
  code: 0,
  few: ["one", "two"],
};

test.each([empty, full])("what is written is read back, in both encodings", (sample) => {
  expect(decodeProtobuf(Sample, encodeProtobuf(Sample, sample))).toEqual(sample);
  const text = JSON.stringify(Sample.toJson(sample), (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  expect(Sample.fromJson(JSON.parse(text))).toEqual(sample);
});

test.each`
  hex                                        | expected                            | why
  ${"0a060a0161120178"}                      | ${{ names: new Map([["a", "x"]]) }} | ${"key and value"}
  ${"0a060a016112017a" + "0a060a0161120178"} | ${{ names: new Map([["a", "x"]]) }} | ${"of a repeated key the last value counts"}
  ${"0a030a0161"}                            | ${{ names: new Map([["a", ""]]) }}  | ${"an entry without a value has the zero value"}
  ${"0a0612017a0a0161"}                      | ${{ names: new Map([["a", "z"]]) }} | ${"the value may come first"}
  ${"0a050a01611801"}                        | ${{ names: new Map([["a", ""]]) }}  | ${"unknown fields of an entry are skipped"}
  ${"0801"}                                  | ${{ names: new Map() }}             | ${"another wire type is skipped"}
  ${"1a0208021a0208031a0410017801"}          | ${{ duration: 1n }}                 | ${"the last of a single field wins"}
`("protobuf: $why", ({ hex, expected }) => {
  expect(decodeProtobuf(Sample, Buffer.from(hex, "hex"))).toMatchObject(expected);
});

test("a list of more items than it may have is refused", () => {
  const body = encodeProtobuf(Sample, { few: ["one", "two", "three"] });
  expect(() => decodeProtobuf(Sample, body)).toThrow("a list has more than 2 items");
});

test("an entry that reaches past its end is refused", () => {
  expect(() => decodeProtobuf(Sample, Buffer.from("0a040a016112", "hex"))).toThrow(/not valid protobuf/);
});
