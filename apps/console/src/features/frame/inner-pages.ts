import { FlaskConical, ShieldCheck } from "lucide-react";
import type { PageLink } from "./pages.ts";

/** Pages below those of the rail that people look for by name, in the palette; which is loaded when it is opened. */
export const innerPages: readonly Omit<PageLink, "key">[] = [
  { href: "/preview", label: "Preview: if every policy were enforced", icon: FlaskConical },
  { href: "/enforcements", label: "Enforcements: what was enforced, and its guards", icon: ShieldCheck },
];
