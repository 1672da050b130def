import { z } from "zod";
import { readWindow } from "./window.ts";

/**
 * A window as it stands in an address: a length that ends now (`15m`; units s, m, h, d), or two times of RFC 3339 in
 * UTC with a slash between them, as ISO 8601 writes an interval (`2026-11-01T10:00:00Z/2026-11-01T10:15:00Z`).
 */
export const WindowText = z
  .string()
  .max(60)
  .refine((text) => readWindow(text) !== undefined, {
    error:
      "must be a length that ends now (such as 90s, 15m, 6h, 7d) or two times of RFC 3339 in UTC with a slash between them, from 10 seconds to 92 days apart",
  });
export type WindowText = string;
