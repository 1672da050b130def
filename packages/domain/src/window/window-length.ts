import { z } from "zod";
import { windowLengths } from "./window.ts";

/** The text of a window's length as it comes in, such as `5m`. */
export const WindowLength = z.enum(windowLengths);
export type WindowLength = z.infer<typeof WindowLength>;
