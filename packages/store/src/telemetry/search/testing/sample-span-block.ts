import { jsonText } from "../../json-text.ts";
import type { SpanRecord } from "../../records.ts";
import type { SpanBlock } from "../../spans/span-block.ts";
import { spanBlockOf } from "../../spans/span-block-of.ts";
import { SpanDictionary } from "../../spans/span-dictionary.ts";

/** A span whose attributes are its own, but for `shared`, which it has in common with others. */
export interface SampleSpan extends SpanRecord {
  readonly shared?: Readonly<Record<string, unknown>> | undefined;
}

export function sampleSpanBlock(spans: readonly SampleSpan[]): SpanBlock {
  const dictionary = new SpanDictionary();
  return {
    ...spanBlockOf(spans, dictionary),
    attributeSets: spans.map(({ shared }) => shared && dictionary.attributeSet(jsonText(shared))),
  };
}
