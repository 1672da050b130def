import { z } from "zod";
import { MeshName } from "../bounded-text.ts";

/** Namespaces that a question is confined to; those of the scope in the console's top bar. */
export const Namespaces = z.array(MeshName).min(1).max(50);
