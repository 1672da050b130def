import { type Sql, searchTraces, type TraceSearch } from "@weir/store";
import type { Question } from "./question.ts";
import { nth, type Samples } from "./samples.ts";

type Condition = Omit<TraceSearch, "window" | "limit">;

/** Traces on a page of the console. */
const limit = 50;

/** The first page of each kind of search, over a day. */
export function searchQuestions(sql: Sql, samples: Samples): readonly Question[] {
  const { window, services, operations, paths } = samples;
  const first = (name: string, conditionOf: (run: number) => Condition): Question => ({
    ...{ name: `search ${name}`, wantedMs: 150 },
    ask: async (run) =>
      (await searchTraces(sql, { window: window(24, run), limit, ...conditionOf(run) })).traces.length,
  });
  return [
    first("for anything", () => ({})),
    first("by service", (run) => ({ service: nth(services, run) })),
    first("by operation", (run) => {
      const { operation, ...service } = nth(operations, run);
      return { service, operation };
    }),
    first("by duration", (run) => ({ minDurationMs: 500 + run })),
    first("for failed ones", () => ({ status: "error" })),
    first("for failed ones of a service", (run) => ({ service: nth(services, run), status: "error" })),
    first("by an attribute of nearly all", () => ({
      attributes: [{ name: "http.response.status_code", value: 200 }],
    })),
    first("by an attribute of a hundredth", (run) => ({
      attributes: [{ name: "tenant", value: `tenant-${run % 100}` }],
    })),
    first("by an attribute of one", (run) => ({
      attributes: [{ name: "url.path", value: nth(paths, run) }],
    })),
    first("for a text in an operation", (run) => ({ text: nth(operations, run).operation.slice(4) })),
    first("for a text in many spans", () => ({ text: "upstream answered" })),
    {
      ...first("for a text in one span", (run) => ({ text: nth(paths, run) })),
      mayFindNothing: true,
    },
    {
      name: "  the same, page after page until it is found",
      ask: async (run) => {
        const search = { window: window(24, 0), limit, text: nth(paths, run) };
        let page = await searchTraces(sql, search);
        while (page.traces.length === 0 && page.next !== undefined)
          page = await searchTraces(sql, { ...search, before: page.next });
        return page.traces.length;
      },
    },
  ];
}
