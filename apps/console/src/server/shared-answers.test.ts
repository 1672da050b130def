import { expect, test } from "vitest";
import { pressOnce } from "./press-once.ts";
import { createSharedAnswers, type SharedAnswer } from "./shared-answers.ts";

function shared(keepMs = { least: 1_000, most: 3_000 }) {
  let time = 0;
  let reads = 0;
  const answers = createSharedAnswers({ keepMs, now: () => time, mostBytes: 3_000 });
  const text = (answer: SharedAnswer) => new TextDecoder().decode(answer.body);
  return {
    ...answers,
    pass(ms: number) {
      time += ms;
    },
    /** Which reading the answer came from. */
    async ask(question: string, { status = 200, takesMs = 0 } = {}) {
      const answer = await answers.get(question, async () => {
        time += takesMs;
        const body = new TextEncoder().encode(`reading ${++reads}`);
        return { status, headers: new Headers(), body, gzipped: pressOnce(body) };
      });
      return text(answer);
    },
  };
}

test("fifty who ask the same at once share one reading", async () => {
  const { ask } = shared({ least: 0, most: 0 });
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask("map")));
  expect(new Set(answers)).toEqual(new Set(["reading 1"]));
  expect(await ask("map")).toBe("reading 2");
});

test("an answer is kept for a second, and for its own question", async () => {
  const { ask, pass } = shared();
  expect([await ask("map"), await ask("list"), await ask("map")]).toEqual([
    "reading 1",
    "reading 2",
    "reading 1",
  ]);
  pass(1_001);
  expect(await ask("map")).toBe("reading 3");
});

test.each([
  [10, 1_000],
  [100, 2_000],
  [800, 3_000],
])("an answer that took %i ms is kept for %i ms", async (takesMs, keptMs) => {
  const { ask, pass } = shared();
  await ask("map", { takesMs });
  pass(keptMs);
  expect(await ask("map")).toBe("reading 1");
  pass(1);
  expect(await ask("map")).toBe("reading 2");
});

test("after a change nobody gets what was read, or begun, before it", async () => {
  const { ask, forget } = shared();
  await ask("map");
  const begun = ask("list");
  forget();
  expect([await ask("map"), await ask("list"), await begun]).toEqual(["reading 3", "reading 4", "reading 2"]);
  expect(await ask("list")).toBe("reading 4");
});

test("what failed is not kept", async () => {
  const { ask, get } = shared();
  await ask("map", { status: 503 });
  expect(await ask("map")).toBe("reading 2");
  await expect(get("list", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await ask("list")).toBe("reading 3");
});

test("the oldest go when there is too much", async () => {
  const { ask } = shared();
  for (const question of ["a", "b", "c", "d"]) await ask(question);
  expect(await ask("d")).toBe("reading 4");
  expect(await ask("a")).toBe("reading 5");
});
