import { type Health, healthOf } from "@weir/graph";
import type { MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { classes } from "../../../ui/classes.ts";
import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import type { Selection } from "../hooks/use-selection.ts";
import { healthWords, nameOf } from "../view-model/describe.ts";
import { reasonOf } from "../view-model/health-reason.ts";
import { markWords } from "../view-model/mark-words.ts";
import { HealthGlyph, healthText } from "./health-glyph.tsx";
import { MarkList } from "./mark-list.tsx";

interface EdgeListProps {
  readonly view: MapView;
  /** Ids of what is looked for: only these are listed. Absent: nothing is. */
  readonly found: ReadonlySet<string> | undefined;
  readonly selection: Selection | undefined;
  onSelect(selection: Selection): void;
}

/** The map's edges as a table: the same numbers for those who do not see the picture, or have no room for it. */
export function EdgeList({ view, found, selection, onSelect }: EdgeListProps) {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const called = new Set(view.edges.flatMap((edge) => [edge.source, edge.target]));
  const isListed = ({ id }: { readonly id: string }) => found?.has(id) ?? true;
  const idle = view.nodes.filter((node) => !called.has(node.id) && isListed(node));
  const noted = view.nodes.filter(
    (node) =>
      node.kind !== "outside" && isListed(node) && (isIll(healthOf(node)) || node.marks !== undefined),
  );
  const name = (id: string) => {
    const node = nodes.get(id);
    return node ? nameOf(node) : id;
  };
  return (
    <div className="h-full overflow-y-auto bg-surface">
      <Table caption="Who calls whom">
        <thead className="sticky top-0 bg-surface">
          <tr>
            <HeadCell>Caller</HeadCell>
            <HeadCell>Called</HeadCell>
            <HeadCell numeric>Rate</HeadCell>
            <HeadCell numeric>Errors</HeadCell>
            <HeadCell numeric>p50</HeadCell>
            <HeadCell numeric>p95</HeadCell>
            <HeadCell numeric>p99</HeadCell>
            <HeadCell numeric>Requests</HeadCell>
            <HeadCell>Why, and what was done</HeadCell>
          </tr>
        </thead>
        <tbody>
          {view.edges
            .filter(isListed)
            .sort((a, b) => b.requests - a.requests)
            .map((edge) => {
              const health = healthOf(edge);
              return (
                <tr
                  key={edge.id}
                  className={classes("hover:bg-hover", selection?.id === edge.id && "bg-accent-soft")}
                >
                  <Cell>
                    <NameButton
                      text={name(edge.source)}
                      onClick={() => onSelect({ kind: "node", id: edge.source })}
                    />
                  </Cell>
                  <Cell className="whitespace-nowrap">
                    <span className="mr-2 inline-block">
                      <HealthGlyph health={health} />
                      <span className="sr-only">{healthWords[health]}</span>
                    </span>
                    <NameButton
                      text={name(edge.target)}
                      label={`${name(edge.source)} to ${name(edge.target)}`}
                      onClick={() => onSelect({ kind: "edge", id: edge.id })}
                    />
                  </Cell>
                  <Cell numeric>{formatRate(edge.rps)}</Cell>
                  <Cell numeric className={edge.errors > 0 ? healthText[health] : "text-faint"}>
                    {formatShare(edge.errorShare)}
                  </Cell>
                  <Cell numeric>{formatSeconds(edge.p50)}</Cell>
                  <Cell numeric>{formatSeconds(edge.p95)}</Cell>
                  <Cell numeric>{formatSeconds(edge.p99)}</Cell>
                  <Cell numeric>{formatCount(edge.requests)}</Cell>
                  <Cell className="min-w-96 text-muted">
                    {isIll(health) && reasonOf(edge)}
                    <MarkList marks={edge.marks} whole={edge.requests} />
                  </Cell>
                </tr>
              );
            })}
        </tbody>
      </Table>
      {noted.length > 0 && (
        <ul aria-label="Services that stand out" className="px-3 pt-3 text-muted">
          {noted.map((node) => (
            <li key={node.id} className="flex flex-wrap items-center gap-x-2 py-0.5">
              <HealthGlyph health={healthOf(node)} />
              <NameButton text={nameOf(node)} onClick={() => onSelect({ kind: "node", id: node.id })} />
              <span className="text-xs">{[reasonOf(node), ...marksOf(node)].join("; ")}</span>
            </li>
          ))}
        </ul>
      )}
      {idle.length > 0 && (
        <p className="px-3 py-3 text-muted">
          No traffic in this window:{" "}
          {idle.map((node, index) => (
            <span key={node.id}>
              {index > 0 && ", "}
              <NameButton text={nameOf(node)} onClick={() => onSelect({ kind: "node", id: node.id })} />
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function marksOf({ marks = [] }: MapNode): string[] {
  return marks.map((mark) => markWords(mark));
}

function isIll(health: Health): boolean {
  return health === "degraded" || health === "failing";
}

function NameButton({ text, label, onClick }: { text: string; label?: string; onClick(): void }) {
  return (
    <button
      type="button"
      {...(label === undefined ? {} : { "aria-label": label })}
      className="whitespace-nowrap underline-offset-4 hover:underline"
      onClick={onClick}
    >
      {text}
    </button>
  );
}
