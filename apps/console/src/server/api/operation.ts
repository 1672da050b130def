import type { AnyProcedure } from "@trpc/server";
import type { z } from "zod";

/**
 * One thing that can be read at `/api/v1`. Its route, its place in the description and the check of its input and answer
 * all come from here.
 */
export interface Operation {
  /** Below `/api/v1`, with `{name}` where a parameter stands. */
  readonly path: `/${string}`;
  /** Names it among the console's procedures, in `/metrics` and for generated clients. */
  readonly operationId: string;
  /** One line. */
  readonly summary: string;
  /** What an answer means that its shape does not say; Markdown. */
  readonly description?: string;
  /** What stands in the path. */
  readonly pathParameters?: z.ZodObject;
  readonly query: z.ZodObject;
  readonly answer: z.ZodType;
  /** It is a `POST` of text, which the procedure has as this member of its input; absent: a `GET`. */
  readonly posted?: { readonly as: string; readonly type: string; readonly description: string };
  /** `answer` is one event of a stream that lasts; the procedure is a subscription. */
  readonly isStream?: boolean;
  /** It has an answer of 404. */
  readonly mayBeMissing?: boolean;
  /** Takes `pathParameters` and `query` as one object of texts, gives `answer`. */
  readonly procedure: AnyProcedure;
}
