import { expect, test } from "vitest";
import { OtlpDecodeError } from "../../otlp/decode-error.ts";
import { decodeStruct, encodeStruct } from "../codec.ts";
import { type StructValue, struct } from "./struct.ts";

const known = new Map<string, StructValue>([
  ["LABELS", new Map([["app", "reviews"]])],
  ["NAMESPACE", "default"],
  ["b", true],
  ["l", ["x", null, new Map([["k", 2]])]],
  ["nil", null],
  ["n", 1.5],
]);
// Written by Google's protobuf library for Python.
const body = Buffer.from(
  "Ch4KBkxBQkVMUxIUKhIKEAoDYXBwEgkaB3Jldmlld3MKFgoJTkFNRVNQQUNFEgkaB2RlZmF1bHQKBwoBYhICIAEKJAoBbBIfMh0KAxoBeAoCCAAKEioQCg4KAWsSCREAAAAAAAAAQAoJCgNuaWwSAggACg4KAW4SCREAAAAAAAD4Pw==",
  "base64",
);

test("a Struct reads and is written as Google's library writes it", () => {
  expect(decodeStruct(body)).toEqual(known);
  expect(encodeStruct(known)).toEqual(body);
});

test("its JSON is plain JSON, there and back", () => {
  expect(struct.toJson(known)).toMatchObject({ LABELS: { app: "reviews" }, l: ["x", null, { k: 2 }] });
  expect(struct.fromJson(JSON.parse(JSON.stringify(struct.toJson(known))))).toEqual(known);
});

test.each(["struct", "list"])("a %s nested without end is refused, not followed", (kind) => {
  const deep = Array.from({ length: 200 }).reduce<StructValue>(
    (inner) => (kind === "struct" ? new Map([["k", inner]]) : [inner]),
    "deep",
  );
  expect(() => decodeStruct(encodeStruct(new Map([["k", deep]])))).toThrow(/nest deeper than 32/);
});

test("no part of a Struct is taken for the whole, and __proto__ is a key like any other", () => {
  for (let length = 1; length < 32; length++)
    expect(() => decodeStruct(body.subarray(0, length))).toThrow(OtlpDecodeError);
  const odd = new Map([["__proto__", "x"]]);
  expect(decodeStruct(encodeStruct(odd))).toEqual(odd);
});
