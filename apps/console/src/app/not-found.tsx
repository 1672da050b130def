import type { Metadata } from "next";
import { NoSuchPage } from "../features/frame/index.ts";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return <NoSuchPage />;
}
