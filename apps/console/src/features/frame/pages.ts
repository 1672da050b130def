import {
  Activity,
  ChartGantt,
  type LucideIcon,
  Network,
  Rocket,
  Rows3,
  ScrollText,
  Settings2,
  Split,
  Waypoints,
} from "lucide-react";

export interface PageLink {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Second key after `g`. */
  readonly key: string;
  /** Pages that belong to it and stand elsewhere. */
  readonly beside?: readonly string[];
}

/** The console's pages in the order of the rail. */
export const pages: readonly PageLink[] = [
  { href: "/", label: "Map", icon: Waypoints, key: "m" },
  { href: "/services", label: "Services", icon: Rows3, key: "s" },
  { href: "/traces", label: "Traces", icon: ChartGantt, key: "t" },
  { href: "/live", label: "Live", icon: Activity, key: "l" },
  { href: "/canaries", label: "Canaries", icon: Split, key: "c" },
  { href: "/rollouts", label: "Rollouts", icon: Rocket, key: "r" },
  {
    ...{ href: "/policies", label: "Policies", icon: ScrollText, key: "p" },
    beside: ["/preview", "/enforcements"],
  },
  { href: "/mesh", label: "Mesh", icon: Network, key: "h" },
  { href: "/settings", label: "Settings", icon: Settings2, key: "," },
];

/** Is `pathname` this page, one that belongs to it, or one below these? */
export function isCurrent(
  { href, beside = [] }: Pick<PageLink, "href" | "beside">,
  pathname: string,
): boolean {
  if (href === "/") return pathname === "/";
  return [href, ...beside].some((own) => pathname === own || pathname.startsWith(`${own}/`));
}

/** A link to another page that takes the window of time along, also the usual one: its reader may be used to another. */
export function withWindow(href: string, window: string): string {
  return `${href}${href.includes("?") ? "&" : "?"}window=${window}`;
}
