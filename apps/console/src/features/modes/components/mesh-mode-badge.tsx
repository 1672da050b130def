"use client";

import { ModeSign } from "./mode-sign.tsx";

/** The mode of the mesh, in sight on every page. */
export function MeshModeBadge() {
  return <ModeSign mode="observe" />;
}
