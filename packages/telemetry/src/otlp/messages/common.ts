import { type Attributes, attributes } from "../attributes.ts";
import { field } from "../schema/field.ts";
import { message } from "../schema/message.ts";
import { string, uint32 } from "../schema/scalars.ts";

/** opentelemetry.proto.resource.v1.Resource */
export interface Resource {
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}

export const Resource = message<Resource>({
  attributes: attributes(1),
  droppedAttributesCount: field(2, uint32),
});

/** opentelemetry.proto.common.v1.InstrumentationScope */
export interface InstrumentationScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}

export const InstrumentationScope = message<InstrumentationScope>({
  name: field(1, string),
  version: field(2, string),
  attributes: attributes(3),
  droppedAttributesCount: field(4, uint32),
});
