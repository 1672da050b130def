import type { Metadata } from "next";
import { EnforcementsPage } from "../../features/enforcement/index.ts";

export const metadata: Metadata = { title: "Enforcements" };

export default function Page() {
  return <EnforcementsPage />;
}
