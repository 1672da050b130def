import type { Metadata } from "next";
import { ComparePage } from "../../../features/traces/index.ts";

export const metadata: Metadata = { title: "Compare traces" };

export default function Page() {
  return <ComparePage />;
}
