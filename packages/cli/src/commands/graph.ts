import { Command } from "commander";
import { z } from "zod";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { askConsole, type ConsoleOptions, printable, withConsoleOptions } from "./console-api.ts";
import { Health, healthText, Marks, marksText } from "./health-text.ts";
import { durationText, rateText, shareText } from "./quantity-text.ts";
import { renderTable } from "./render-table.ts";

interface GraphOptions extends ConsoleOptions {
  readonly window: string;
  readonly namespace?: string;
}

const Graph = z.object({
  nodes: z.array(z.object({ id: z.string() })),
  edges: z.array(
    z.object({
      source: z.string(),
      target: z.string(),
      rps: z.number(),
      errorShare: z.number().nullable(),
      ...{ health: Health, marks: Marks },
      latencySeconds: z.object({ p50: z.number().nullable(), p99: z.number().nullable() }),
    }),
  ),
});
type Graph = z.infer<typeof Graph>;

const help = `
Examples:
  weir graph --namespace shop             who calls whom in the shop, how often, how well
  weir graph --window 1h -o json | jq '.edges[] | select(.errors > 0)'
  weir graph -o dot | dot -Tsvg > mesh.svg   as a picture by Graphviz
  weir graph -o mermaid                   for a page of Markdown`;

/** `weir graph`: who calls whom, as a table, as JSON, or as a drawing's source for Graphviz or Mermaid. */
export function graphCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("graph")
    .description("show who calls whom, how often, how well")
    .addHelpText("after", help)
    .option("--window <duration>", "how far back to look, such as 90s, 15m, 6h", "15m")
    .option("--namespace <name>", "only edges with an end in this namespace")
    .action(async (options: GraphOptions) => {
      const { window, namespace, output } = options;
      const answer = await askConsole(surroundings, options, "/graph", { from: window, namespace });
      const render = renderers[output];
      surroundings.print(
        render ? render(Graph.parse(answer), surroundings) : JSON.stringify(answer, null, 2),
      );
    });
  return withConsoleOptions(command, ["table", "json", "dot", "mermaid"]);
}

const renderers: Readonly<Record<string, (graph: Graph, surroundings: CommandSurroundings) => string>> = {
  table: edgesTable,
  dot: dotSource,
  mermaid: mermaidSource,
};

function edgesTable({ edges }: Graph, { paint }: CommandSurroundings): string {
  if (edges.length === 0) return "No request was seen in this window.";
  return renderTable(
    ["FROM", "TO", "RATE", "ERRORS", "P50", "P99", "HEALTH", "POLICIES"],
    edges.map((edge) => [
      printable(edge.source),
      printable(edge.target),
      rateText(edge.rps),
      shareText(edge.errorShare),
      durationText(edge.latencySeconds.p50),
      durationText(edge.latencySeconds.p99),
      healthText(edge.health, paint),
      marksText(edge.marks),
    ]),
  );
}

/** https://graphviz.org/doc/info/lang.html: a quoted id; labels read backslashes as escapes, so both are escaped. */
function dotSource({ nodes, edges }: Graph): string {
  const quoted = (text: string) => `"${printable(text).replace(/["\\]/g, "\\$&")}"`;
  return [
    "digraph mesh {",
    "  rankdir=LR;",
    ...nodes.map(({ id }) => `  ${quoted(id)};`),
    ...edges.map((edge) => {
      const label = quoted(labelOf(edge));
      return `  ${quoted(edge.source)} -> ${quoted(edge.target)} [label=${label}];`;
    }),
    "}",
  ].join("\n");
}

/** Nodes are numbered, since Mermaid's ids hold no slash; what its labels would read as markup is written as a code. */
function mermaidSource({ nodes, edges }: Graph): string {
  const idOf = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const quoted = (text: string) =>
    `"${printable(text).replace(/[^\p{L}\p{N} /.,%_-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;
  return [
    "flowchart LR",
    ...nodes.map(({ id }) => `  ${idOf.get(id)}[${quoted(id)}]`),
    ...edges.map(
      (edge) => `  ${idOf.get(edge.source)} -->|${quoted(labelOf(edge))}| ${idOf.get(edge.target)}`,
    ),
  ].join("\n");
}

function labelOf({ rps, errorShare }: Graph["edges"][number]): string {
  return errorShare ? `${rateText(rps)}, ${shareText(errorShare)} errors` : rateText(rps);
}
