/** As much of JSON Schema (2020-12) as policies are described by. */
export interface PolicySchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  /** Values to begin with: the first item of a list takes the first of them, the next item the next. */
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, PolicySchema>>;
  readonly required?: readonly string[];
  readonly items?: PolicySchema;
  readonly oneOf?: readonly PolicySchema[];
  readonly anyOf?: readonly PolicySchema[];
}

/** Members by their names and items by their numbers, from the whole policy down. */
export type Path = readonly (string | number)[];
