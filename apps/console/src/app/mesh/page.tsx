import type { Metadata } from "next";
import { MeshPage } from "../../features/mesh/index.ts";

export const metadata: Metadata = { title: "Mesh" };

export default function Mesh() {
  return <MeshPage />;
}
