import type { QueryFault } from "./query-input.tsx";

/** What is wrong with a query, and the place in it: the words around, with the wrong one marked. */
export function QueryProblem({ id, text, problem }: { id: string; text: string; problem: QueryFault }) {
  const { from, to, message } = problem;
  return (
    <p id={id} role="status" className="flex flex-wrap items-baseline gap-x-3 text-failing text-xs">
      <code className="min-w-0 break-all font-mono text-muted">
        {text.slice(Math.max(0, from - 30), from)}
        <mark className="bg-failing-soft text-failing underline decoration-wavy underline-offset-2">
          {text.slice(from, to)}
        </mark>
        {text.slice(to, to + 30)}
      </code>
      <span>
        {message} (at character {from + 1})
      </span>
    </p>
  );
}
