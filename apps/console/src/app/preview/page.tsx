import type { Metadata } from "next";
import { PreviewPage } from "../../features/preview/index.ts";

export const metadata: Metadata = { title: "Preview" };

export default function Page() {
  return <PreviewPage />;
}
