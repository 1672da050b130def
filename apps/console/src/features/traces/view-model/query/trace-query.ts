import type { Range } from "./tokens.ts";

/** What a query asks for: all of it, of a trace and of one and the same span in it. */
export interface TraceQuery {
  readonly service?: ServiceQuery | undefined;
  readonly caller?: ServiceQuery | undefined;
  readonly version?: string | undefined;
  readonly operation?: string | undefined;
  /** Of the whole trace, inclusive. */
  readonly minDurationMs?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  readonly errorsOnly?: boolean | undefined;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly text?: string | undefined;
}

/** Without a namespace: of whichever has it. */
export interface ServiceQuery {
  readonly namespace?: string | undefined;
  readonly service: string;
}

/** A field that is not an attribute, and what is said about it where it is offered. */
export const fields = {
  service: "of a span: checkout, or shop/checkout",
  operation: "a span's name",
  version: "of the service",
  caller: "service that called the span's",
  duration: "of the whole trace: > 200ms",
  status: "error: a span of the trace failed",
} as const;
export type Field = keyof typeof fields;

/** One condition in the text. */
export interface Term extends Range {
  /** Undefined for a text that is searched for. */
  readonly name: string | undefined;
  readonly operator: string;
  readonly value: string;
}

/** What cannot be understood, and where. */
export interface Problem extends Range {
  readonly message: string;
}

export interface ParsedQuery {
  /** Of the terms that were understood. */
  readonly query: TraceQuery;
  readonly terms: readonly Term[];
  readonly problems: readonly Problem[];
}

export function isField(name: string): name is Field {
  return Object.hasOwn(fields, name);
}
