import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { Snapshot } from "./snapshot.ts";

const policy = {
  kind: "canary",
  name: "split",
  namespace: "shop",
  targetRef: "payments",
  mode: "enforce",
  revision: 1,
  backends: [{ version: "v1", weight: 100 }],
};
const service = {
  namespace: "shop",
  name: "payments",
  hosts: ["payments"],
  protocol: "http",
  mode: "observe",
  stableVersion: "v1",
  endpoints: [{ address: "127.0.0.1:1", version: "v1" }],
  policies: [policy],
};
const snapshotWith = (change: object) => ({
  version: "0123456789abcdef",
  content: { namespace: "shop", services: [{ ...service, ...change }] },
});

test("survives the wire and the disk", () => {
  const snapshot = snapshotWith({});
  expect(Snapshot.parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
});

const { mode: _mode, ...unresolved } = policy;
const { revision: _revision, ...unrevised } = policy;
const at = "content.services[0]";

test.each`
  what                             | value                                                             | path
  ${"a version that is no hash"}   | ${{ ...snapshotWith({}), version: "7" }}                          | ${"version"}
  ${"a policy without its mode"}   | ${snapshotWith({ policies: [unresolved] })}                       | ${`${at}.policies[0].mode`}
  ${"a policy without a revision"} | ${snapshotWith({ policies: [unrevised] })}                        | ${`${at}.policies[0].revision`}
  ${"a kind it can't evaluate"}    | ${snapshotWith({ policies: [{ ...policy, kind: "mtls" }] })}      | ${`${at}.policies[0].kind`}
  ${"a key it doesn't know"}       | ${snapshotWith({ policies: [{ ...policy, steps: [] }] })}         | ${`${at}.policies[0].steps`}
  ${"an endpoint without port"}    | ${snapshotWith({ endpoints: [{ address: "a", version: "v1" }] })} | ${`${at}.endpoints[0].address`}
  ${"an empty host"}               | ${snapshotWith({ hosts: [""] })}                                  | ${`${at}.hosts[0]`}
`("$what is refused at $path", ({ value, path }) => {
  expect(findingsOf(Snapshot.safeParse(value).error!).map((f) => f.path)).toEqual([path]);
});
