import { Lock as Closed, LockKeyhole, LockOpen, type LucideIcon } from "lucide-react";
import type { Lock } from "../view-model/security-words.ts";

/** Told apart by their shapes. */
export const lockIcons: Readonly<Record<Lock, LucideIcon>> = {
  closed: Closed,
  half: LockKeyhole,
  open: LockOpen,
};

export const lockTones: Readonly<Record<Lock, string>> = {
  closed: "text-ok",
  half: "text-degraded",
  open: "text-muted",
};
