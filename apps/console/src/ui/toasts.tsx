"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { type Notice, onNotice } from "./notice.ts";

const Toaster = dynamic(() => import("./toaster.tsx").then((module) => module.Toaster), { ssr: false });

/** Where notices appear (`raiseNotice`, or `toastWithUndo` for what was changed); nothing is loaded before the first. */
export function Toasts() {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => onNotice((notice) => setNotices((before) => [...before, notice])), []);
  return notices.length > 0 && <Toaster notices={notices} />;
}
