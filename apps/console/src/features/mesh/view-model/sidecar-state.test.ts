import { expect, test } from "vitest";
import { sidecarState } from "./sidecar-state.ts";

test.each`
  connected | wanted       | acked        | nacked       | state
  ${true}   | ${"b"}       | ${"b"}       | ${undefined} | ${"current"}
  ${true}   | ${"b"}       | ${"a"}       | ${undefined} | ${"behind"}
  ${true}   | ${"b"}       | ${undefined} | ${undefined} | ${"behind"}
  ${true}   | ${"b"}       | ${"a"}       | ${"b"}       | ${"refused"}
  ${true}   | ${"c"}       | ${"a"}       | ${"b"}       | ${"behind"}
  ${true}   | ${undefined} | ${undefined} | ${undefined} | ${"waiting"}
  ${false}  | ${"b"}       | ${"b"}       | ${undefined} | ${"gone"}
`("connected $connected, wanted $wanted, runs $acked, refused $nacked: $state", (row) => {
  const { connected, wanted, acked, nacked, state } = row;
  expect(sidecarState({ connected, wantedVersion: wanted, ackedVersion: acked, nackedVersion: nacked })).toBe(
    state,
  );
});
