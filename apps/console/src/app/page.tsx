import type { Metadata } from "next";
import { TopologyPage } from "../features/topology/index.ts";

export const metadata: Metadata = { title: "Map" };

export default function MapPage() {
  return <TopologyPage />;
}
