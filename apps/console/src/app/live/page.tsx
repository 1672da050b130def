import type { Metadata } from "next";
import { LivePage } from "../../features/tap/index.ts";

export const metadata: Metadata = { title: "Live" };

export default function Live() {
  return <LivePage />;
}
