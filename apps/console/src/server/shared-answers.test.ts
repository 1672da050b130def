import { expect, test } from "vitest";
import { createSharedAnswers, type SharedAnswer } from "./shared-answers.ts";

function shared(keepMs = 1_000) {
  let time = 0;
  let reads = 0;
  const answers = createSharedAnswers({ keepMs, now: () => time, most: 2 });
  const text = (answer: SharedAnswer) => new TextDecoder().decode(answer.body);
  return {
    ...answers,
    pass(ms: number) {
      time += ms;
    },
    /** Which reading the answer came from. */
    async ask(question: string, status = 200) {
      const answer = await answers.get(question, async () => {
        const body = new TextEncoder().encode(`reading ${++reads}`);
        return { status, headers: new Headers(), body };
      });
      return text(answer);
    },
  };
}

test("fifty who ask the same at once share one reading", async () => {
  const { ask } = shared(0);
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
  await ask("map", 503);
  expect(await ask("map")).toBe("reading 2");
  await expect(get("list", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await ask("list")).toBe("reading 3");
});

test("the oldest go when there are too many", async () => {
  const { ask } = shared();
  for (const question of ["a", "b", "c", "d"]) await ask(question);
  expect(await ask("d")).toBe("reading 4");
  expect(await ask("a")).toBe("reading 5");
});
