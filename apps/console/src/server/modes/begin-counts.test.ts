import { type MeshConfig, type Mode, type ModeSwitch, newlyEnforced, type RevisedPolicy } from "@weir/domain";
import { expect, test } from "vitest";
import { beginCounts } from "./begin-counts.ts";

const modes: readonly (Mode | undefined)[] = [undefined, "observe", "enforce"];
const set = (mode: Mode | undefined) => (mode === undefined ? {} : { mode });

/** A policy of every mode, of a service of every mode, in a namespace of every mode; and one of a service nobody knows. */
function everyKind(mesh: Mode, hold: boolean): MeshConfig {
  const places = modes.flatMap((own, n) =>
    modes.map((mode, s) => ({ own, mode, ns: `ns${n}`, name: `s${s}` })),
  );
  const limit = (namespace: string, targetRef: string, mode: Mode | undefined): RevisedPolicy => ({
    ...{ kind: "rateLimit", namespace, targetRef, name: `${targetRef}-${mode}`, revision: 1 },
    ...{ maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 1_000, ...set(mode) },
  });
  return {
    mesh: { mode: mesh, hold },
    namespaces: modes.map((mode, index) => ({ name: `ns${index}`, ...set(mode) })),
    services: places.map(({ ns, name, mode }) => ({
      ...{ namespace: ns, name, hosts: [], protocol: "http" as const, ...set(mode) },
    })),
    policies: places.flatMap(({ ns, name }) => [
      ...modes.map((mode) => limit(ns, name, mode)),
      limit(ns, "ghost", undefined),
    ]),
  };
}

test.each`
  mesh         | hold
  ${"observe"} | ${false}
  ${"observe"} | ${true}
  ${"enforce"} | ${false}
  ${"enforce"} | ${true}
`(
  "every switch begins what enforcing or inheriting there begins: mesh $mesh, held $hold",
  ({ mesh, hold }) => {
    const config = everyKind(mesh, hold);
    const counts = beginCounts(config);
    const expected = (at: ModeSwitch) => ({
      begins: newlyEnforced(config, at).length,
      beginsOnInherit: newlyEnforced(config, at, null).length,
    });
    expect(counts.mesh).toBe(newlyEnforced(config, { scope: "mesh" }).length);
    for (const { name } of config.namespaces)
      expect(counts.namespace(name), name).toEqual(expected({ scope: "namespace", name }));
    for (const { namespace, name } of config.services)
      expect(counts.service(namespace, name), `${namespace}/${name}`).toEqual(
        expected({ scope: "service", namespace, name }),
      );
  },
);
