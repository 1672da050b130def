import { z } from "zod";

/** Texts by parameter; lists for those that the shape takes as lists, and for others that were given more than once. */
export function readQuery(query: URLSearchParams, shape: z.ZodObject): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      const [only = ""] = values;
      return [name, values.length > 1 || takesList(shape.shape[name]) ? values : only];
    }),
  );
}

function takesList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional) return takesList(schema.unwrap());
  if (schema instanceof z.ZodDefault) return takesList(schema.unwrap());
  if (schema instanceof z.ZodPipe) return takesList(schema.in);
  return schema instanceof z.ZodArray;
}
