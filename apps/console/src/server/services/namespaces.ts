import { z } from "zod";

/** Namespaces that a question is confined to; those of the scope in the console's top bar. */
export const Namespaces = z.array(z.string().max(300)).min(1).max(50);
