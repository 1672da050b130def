import { type Attributes, spanKind } from "@weir/telemetry/otlp";
import {
  clientAttributes,
  messagingAttributes,
  queryAttributes,
  serverAttributes,
  workAttributes,
} from "./attributes.ts";
import type { Step } from "./journeys.ts";

/** A span before it has ids and a time of its own. */
export interface SpanPlan {
  readonly service: string;
  /** The instrumentation that made it. */
  readonly scope: string;
  readonly name: string;
  readonly kind: number;
  /** Index among the spans of the trace; undefined for the root. */
  readonly parent: number | undefined;
  /** From the start of the trace, in nanoseconds. */
  readonly startNs: number;
  readonly endNs: number;
  readonly attributes: Attributes;
  readonly failed: boolean;
}

/** The spans of one trace that takes this way, parents before children. `fails`: its deepest call ends in an error. */
export function expandJourney(entry: Step, fails: boolean, random: () => number): SpanPlan[] {
  const spans: SpanPlan[] = [];
  const status = fails ? 500 : 200;
  const draw = (below: number) => Math.floor(random() * below);
  /** Work of a span itself: mostly around 2 ms, seldom ten times that. */
  const ownNs = () => Math.round(400_000 * Math.exp(random() * 3.2));

  function add(step: Step, service: string, parent: number | undefined, startNs: number): number {
    const index = spans.length;
    const keep = (plan: Omit<SpanPlan, "parent" | "startNs" | "failed">) => {
      spans[index] = { ...plan, parent, startNs, failed: fails && step.kind !== "work" };
      return plan.endNs;
    };
    spans.length++; // its place, for children come first to know when it ends
    const children = (steps: readonly Step[], of: string) =>
      steps.reduce((at, child) => add(child, of, index, at + ownNs() / 8), startNs + ownNs() / 2) +
      ownNs() / 2;
    switch (step.kind) {
      case "serve":
        return keep({
          ...{ service: step.service, scope: "@opentelemetry/instrumentation-http", kind: spanKind.server },
          name: `${step.method} ${step.route}`,
          attributes: serverAttributes(step.service, { ...step, status }, draw(40)),
          endNs: children(step.steps, step.service),
        });
      case "call": {
        const to = step.to.kind === "serve" ? step.to : undefined;
        const answer = { method: to?.method ?? "GET", route: to?.route ?? "/", status };
        return keep({
          ...{ service, scope: "@opentelemetry/instrumentation-http", kind: spanKind.client },
          name: answer.method,
          attributes: clientAttributes(to?.service ?? service, answer),
          endNs: children([step.to], service),
        });
      }
      case "query":
        return keep({
          ...{ service, scope: `@opentelemetry/instrumentation-${step.system}`, kind: spanKind.client },
          name: step.summary,
          attributes: queryAttributes(step.system, step.summary, step.text, draw(32)),
          endNs: startNs + ownNs(),
        });
      case "work":
        return keep({
          ...{ service, scope: "shop", kind: spanKind.internal, name: step.name },
          attributes: workAttributes(step.name, draw(96)),
          endNs: startNs + ownNs(),
        });
      case "publish":
        add(step.to, service, index, startNs + ownNs());
        return keep({
          ...{ service, scope: "@opentelemetry/instrumentation-kafkajs", kind: spanKind.producer },
          name: `send ${step.topic}`,
          attributes: messagingAttributes("send", step.topic, draw(12)),
          endNs: startNs + ownNs(),
        });
      case "consume":
        return keep({
          ...{
            service: step.service,
            scope: "@opentelemetry/instrumentation-kafkajs",
            kind: spanKind.consumer,
          },
          name: `process ${step.topic}`,
          attributes: messagingAttributes("process", step.topic, draw(12)),
          endNs: children(step.steps, step.service),
        });
    }
  }

  add(entry, "", undefined, 0);
  return spans.map((span) => ({ ...span, startNs: Math.round(span.startNs), endNs: Math.round(span.endNs) }));
}
