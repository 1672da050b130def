import type { RolloutState } from "@weir/rollout";
import { type ConfigStore, openConfigStore } from "@weir/store";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RolloutWorld } from "../testing/rollout-world.ts";

// Minutes of simulated time, each of many statements.
vi.setConfig({ testTimeout: 60_000 });

let world: RolloutWorld;
beforeEach(async () => {
  world = await RolloutWorld.open();
});
afterEach(() => world.close());

const steps = [5, 20, 50, 100].map((weight) => ({ weight, forMs: 10_000 }));

/** What remains the same however often it is begun again: what was decided on which requests, and no moment. */
async function historyOf(id: number) {
  const events = (await world.store.rolloutEvents(id)).reverse();
  return events.map(({ seq, action, state: { step, phase, changes }, policyRevision }) => ({
    ...{ seq, action, step, phase, changes, policyRevision },
  }));
}

class Killed extends Error {}

/** A store whose process ends before or after every n-th look that is to be stored. */
function endingAt(
  store: ConfigStore,
  when: "before" | "after",
  every: number,
): Pick<ConfigStore, "recordLook"> {
  let looks = 0;
  return {
    async recordLook(...look) {
      const ends = ++looks % every === 0;
      if (ends && when === "before") throw new Killed();
      const isStored = await store.recordLook(...look);
      if (ends) throw new Killed();
      return isStored;
    },
  };
}

describe("a controller that is ended at any look", () => {
  test.each`
    when        | every
    ${"before"} | ${2}
    ${"before"} | ${3}
    ${"after"}  | ${1}
    ${"after"}  | ${2}
  `("$when every look of $every is stored: every weight is set once, in order", async ({ when, every }) => {
    const { id } = await world.start({ steps });
    for (let restarts = 0; restarts < 80 && !(await world.rollout(id)).endedAt; restarts++) {
      // Each has its own memory, as a process that was begun anew.
      const { recordLook } = endingAt(world.store, when, every);
      for (let looks = 0; looks < every; looks++) {
        await world.wait(5);
        await world.look({ store: { ...world.store, recordLook } }).catch((error: Error) => {
          if (!(error.cause instanceof Killed)) throw error;
        });
      }
    }
    expect((await world.rollout(id)).state.phase).toBe("succeeded");
    expect(await world.weights()).toEqual([5, 20, 50, 100]);
    expect(await historyOf(id)).toEqual([
      { seq: 1, action: "start", step: 0, phase: "running", changes: 0, policyRevision: 1 },
      { seq: 2, action: "advance", step: 1, phase: "running", changes: 1, policyRevision: 2 },
      { seq: 3, action: "advance", step: 2, phase: "running", changes: 2, policyRevision: 3 },
      { seq: 4, action: "advance", step: 3, phase: "running", changes: 3, policyRevision: 4 },
      { seq: 5, action: "succeed", step: 3, phase: "succeeded", changes: 4, policyRevision: undefined },
    ]);
  });

  test("decides the same again of the same evidence", async () => {
    const { id } = await world.start({ steps });
    const decided: RolloutState[] = [];
    for (let restarts = 0; restarts < 4; restarts++) {
      await world.pass(20);
      for (const _ of [1, 2]) {
        const recordLook: ConfigStore["recordLook"] = (_id, _changes, { decision }) => {
          decided.push(decision.state);
          return Promise.reject(new Killed());
        };
        await world.look({ store: { ...world.store, recordLook } }).catch(() => {});
      }
      expect(decided.at(-1)).toEqual(decided.at(-2));
    }
    expect(decided).toHaveLength(8);
    expect((await world.rollout(id)).endedAt).toBeUndefined();
  });

  test("in the midst of a transaction leaves nothing half done", async () => {
    const { id } = await world.start({ steps });
    await world.pass(60);
    const [before, weights] = [await world.rollout(id), await world.weights()];
    const dying = openConfigStore(world.database.databaseUrl);
    await world.wait(5);
    // The mesh's row is locked, so that the transaction is under way when its connection is ended.
    const outcome = await world.sql.begin(async (locking) => {
      await locking`SELECT 1 FROM mesh FOR UPDATE`;
      const skipped = dying.commandRollout(id, { kind: "skip", step: before.state.step }, { author: "ada" });
      const ended = skipped.then(
        () => "stored",
        () => "ended",
      );
      const end = async () =>
        (
          await world.sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND datname = current_database() AND application_name = 'weir-config'`
        ).length > 0;
      await waitFor(end, { what: "the transaction to wait" });
      return ended;
    });
    expect(outcome).toBe("ended");
    await dying.close();
    expect(await world.weights()).toEqual(weights);
    expect((await world.rollout(id)).state.changes).toBe(before.state.changes);
    expect((await world.untilOver(id, 600)).state.phase).toBe("succeeded");
    expect(await world.weights()).toEqual([5, 20, 50, 100]);
  });
});

test("two controllers that both believe they are on duty move a rollout once a step", async () => {
  const other = openConfigStore(world.database.databaseUrl);
  const { id } = await world.start({ steps });
  for (let looks = 0; looks < 120 && !(await world.rollout(id)).endedAt; looks++) {
    await world.wait(5);
    await Promise.all([world.look(), world.look({ store: other }), world.look({ store: other })]);
  }
  await other.close();
  expect((await world.rollout(id)).state.phase).toBe("succeeded");
  expect(await world.weights()).toEqual([5, 20, 50, 100]);
  expect((await historyOf(id)).map(({ action }) => action)).toEqual([
    ...["start", "advance", "advance", "advance", "succeed"],
  ]);
});

test("one that lost its duty while it looked leaves what it found", async () => {
  const { id } = await world.start({ steps });
  await world.wait(30);
  const before = await world.rollout(id);
  await world.look({}, AbortSignal.abort());
  expect(await world.rollout(id)).toEqual(before);
});

test("a rollout that cannot be looked at holds up no other", async () => {
  const { id } = await world.start({ steps });
  await world.wait(30);
  const broken = {
    ...(await world.rollout(id)),
    id: 999,
    plan: { ...(await world.rollout(id)).plan, checks: null },
  };
  const listRollouts = async () => ({
    ...{ found: [broken as never, await world.rollout(id)], unreadable: [], before: undefined },
  });
  const looked = world.look({ store: { ...world.store, listRollouts } });
  await expect(looked).rejects.toThrow(/^rollout 999 of shop\/payments: /);
  expect((await world.rollout(id)).look).toBeDefined();
});

test("a rollout that a later release has written is told of, and holds up no other", async () => {
  const { id } = await world.start({ steps });
  const [columns] = await world.sql<{ names: string }[]>`
    SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
    WHERE table_name = 'rollout' AND column_name NOT IN ('id', 'plan', 'service')`;
  await world.sql.unsafe(
    `INSERT INTO rollout (plan, service, ${columns?.names})
    SELECT plan || '{"quantum": true}', 'of-later', ${columns?.names} FROM rollout`,
  );
  await world.wait(30);
  await expect(world.look()).rejects.toThrow(/^rollout \d+ of shop\/of-later cannot be read .*quantum/);
  expect((await world.rollout(id)).look).toBeDefined();
});
