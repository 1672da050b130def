/** The part of JSON Schema that zod writes for the schemas used here; anything else is refused, not ignored. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What is wrong with a value, as `path: reason`; undefined when it fits. */
export type SchemaCheck = (value: unknown, path: string) => string | undefined;

/** A schema as one function, made once. Throws for a keyword it does not know. */
export function compileSchema(schema: JsonSchema): SchemaCheck {
  const unknown = Object.keys(schema).find((keyword) => !known.has(keyword));
  if (unknown !== undefined)
    throw new Error(`the schema has the keyword ${unknown}, which is not known here`);
  const checks = [typeCheck(schema), ...valueChecks(schema), ...objectChecks(schema), ...arrayChecks(schema)];
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives)
    checks.push(chosenCheck(alternatives) ?? alternativesCheck(alternatives.map(compileSchema)));
  return (value, path) => {
    for (const check of checks) {
      const problem = check(value, path);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

const known = new Set(
  (
    "type properties required additionalProperties items minItems enum const anyOf oneOf pattern minLength " +
    // The last four say nothing about what is valid that another keyword does not say too.
    "maxLength minimum maximum $schema description default format"
  ).split(" "),
);

function typeCheck({ type }: JsonSchema): SchemaCheck {
  if (type === undefined) return () => undefined;
  const test: ((value: unknown) => boolean) | undefined = {
    object: isObject,
    array: Array.isArray,
    string: (value: unknown) => typeof value === "string",
    number: (value: unknown) => typeof value === "number" && Number.isFinite(value),
    integer: Number.isSafeInteger,
    boolean: (value: unknown) => typeof value === "boolean",
  }[type];
  if (!test) throw new Error(`the schema has the type ${type}, which is not known here`);
  return (value, path) => (test(value) ? undefined : `${path}: must be of type ${type}`);
}

function valueChecks(schema: JsonSchema): SchemaCheck[] {
  const checks: SchemaCheck[] = [];
  const { minimum, maximum, minLength, maxLength, enum: values } = schema;
  if (values)
    checks.push((value, path) =>
      values.includes(value) ? undefined : `${path}: must be one of ${values.join(", ")}`,
    );
  if ("const" in schema)
    checks.push((value, path) =>
      value === schema.const ? undefined : `${path}: must be ${JSON.stringify(schema.const)}`,
    );
  if (schema.pattern !== undefined) {
    const pattern = new RegExp(schema.pattern, "u");
    checks.push((value, path) =>
      pattern.test(String(value)) ? undefined : `${path}: is not of the form it must have`,
    );
  }
  if (minLength !== undefined || maxLength !== undefined)
    checks.push((value, path) => bounded(String(value).length, minLength, maxLength, `${path}: length`));
  if (minimum !== undefined || maximum !== undefined)
    checks.push((value, path) => bounded(Number(value), minimum, maximum, `${path}: value`));
  return checks;
}

function bounded(
  value: number,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  what = "",
): string | undefined {
  return value >= min && value <= max ? undefined : `${what} must be from ${min} to ${max}`;
}

function objectChecks({ properties, required = [], additionalProperties }: JsonSchema): SchemaCheck[] {
  if (!properties) return [];
  const checks = new Map(Object.entries(properties).map(([key, schema]) => [key, compileSchema(schema)]));
  return [
    (value, path) => {
      const object = value as Record<string, unknown>;
      for (const key of required) if (!Object.hasOwn(object, key)) return `${path}.${key}: is missing`;
      for (const key of Object.keys(object)) {
        const check = checks.get(key);
        if (check === undefined) {
          if (additionalProperties === false) return `${path}.${key}: is not known here`;
          continue;
        }
        const problem = check(object[key], `${path}.${key}`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  ];
}

function arrayChecks({ items, minItems = 0 }: JsonSchema): SchemaCheck[] {
  if (!items) return [];
  const check = compileSchema(items);
  return [
    (value, path) => {
      const array = value as readonly unknown[];
      if (array.length < minItems) return `${path}: needs at least ${minItems}`;
      for (const [index, item] of array.entries()) {
        const problem = check(item, `${path}[${index}]`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  ];
}

/** Alternatives that one property's constant tells apart, as zod's discriminated unions have it: the one it names. */
function chosenCheck(alternatives: readonly JsonSchema[]): SchemaCheck | undefined {
  const [first] = alternatives;
  const key = Object.keys(first?.properties ?? {}).find((name) =>
    alternatives.every(({ properties }) => properties?.[name] && "const" in properties[name]),
  );
  if (key === undefined) return undefined;
  const checks = new Map(
    alternatives.map((schema) => [schema.properties?.[key]?.const, compileSchema(schema)]),
  );
  return (value, path) => {
    if (!isObject(value)) return `${path}: must be of type object`;
    const check = checks.get((value as Record<string, unknown>)[key]);
    return check ? check(value, path) : `${path}.${key}: must be one of ${[...checks.keys()].join(", ")}`;
  };
}

/** Of several alternatives the problem told is that of the one that got furthest, as its longest path. */
function alternativesCheck(checks: readonly SchemaCheck[]): SchemaCheck {
  return (value, path) => {
    let best = `${path}: is none of the things it may be`;
    let depth = 0;
    for (const check of checks) {
      const problem = check(value, path);
      if (problem === undefined) return undefined;
      const reached = problem.indexOf(": ");
      if (reached > depth) [best, depth] = [problem, reached];
    }
    return best;
  };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
