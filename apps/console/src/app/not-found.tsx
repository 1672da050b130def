import { Compass } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClasses } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return (
    <EmptyState title="No such page" icon={<Compass size={30} aria-hidden />}>
      <p>The address leads nowhere; perhaps it was copied incompletely.</p>
      <Link href="/" className={buttonClasses("primary", "normal", "mt-4")}>
        To the map
      </Link>
    </EmptyState>
  );
}
