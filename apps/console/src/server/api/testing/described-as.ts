import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApiDocument } from "../open-api.ts";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";

/** The description as it is published. */
export const document = openApiDocument(operations);

/**
 * The check of an answer (of a stream: of one event) against the published description, by JSON Schema alone.
 * @returns `"as described"`, or what is wrong.
 */
export function describes({ path, isStream, posted }: Operation, status: number, body: unknown): unknown {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "api");
  const answerType = isStream ? "application~1x-ndjson" : "application~1json";
  const type = status === 200 ? answerType : "application~1problem+json";
  const place = path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");
  const check = ajv.compile({
    $ref: `api#/paths/${place}/${posted ? "post" : "get"}/responses/${status}/content/${type}/schema`,
  });
  return check(body) ? "as described" : check.errors;
}
