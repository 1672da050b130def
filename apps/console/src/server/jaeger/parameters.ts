import { readDuration } from "@weir/domain";
import { z } from "zod";

/** Parameters of Jaeger's query API, each a text. As there, those that are unknown are passed over. */

function wholeNumber(name: string) {
  return z
    .string()
    .regex(/^-?\d{1,18}$/, `unable to parse param '${name}': a whole number is needed`)
    .transform(Number);
}

function duration(name: string) {
  return z.string().transform((text, context) => {
    const ms = readDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue(`unable to parse param '${name}': a duration such as 40ms, 1.5s or 2m is needed`);
    return z.NEVER;
  });
}

/** An empty text counts as absent: forms send all their fields. */
function given<T extends z.ZodType>(schema: T) {
  return z.preprocess((text) => (text === "" ? undefined : text), schema.optional());
}

export const ServiceText = z
  .string("parameter 'service' is required")
  .min(1, "parameter 'service' is required");

const TagsJson = z.string().transform((text, context): Record<string, string> => {
  const parsed = z.record(z.string(), z.coerce.string()).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue(`malformed 'tags' parameter: a JSON object of names and values is needed`);
  return z.NEVER;
});

const TagPair = z.string().transform((text, context): [string, string] => {
  const colon = text.indexOf(":");
  if (colon > 0) return [text.slice(0, colon), text.slice(colon + 1)];
  context.addIssue("malformed 'tag' parameter, expecting key:value");
  return z.NEVER;
});

/** Of a search; times in microseconds since 1970, durations of the whole trace. */
export const SearchParameters = z.object({
  service: z.string().optional(),
  operation: given(z.string()),
  tags: given(TagsJson),
  tag: z.array(TagPair).optional(),
  traceID: z.array(z.string()).max(1_500).optional(),
  limit: given(wholeNumber("limit")),
  start: given(wholeNumber("start")),
  end: given(wholeNumber("end")),
  minDuration: given(duration("minDuration")),
  maxDuration: given(duration("maxDuration")),
  lookback: given(z.string()),
});
export type SearchParameters = z.infer<typeof SearchParameters>;

/** `endTs` and `lookback` in milliseconds. */
export const DependencyParameters = z.object({
  endTs: given(wholeNumber("endTs")),
  lookback: given(wholeNumber("lookback")),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
