"use client";

import dynamic from "next/dynamic";

/** The address leads nowhere. Next.js has this with every page, so what it shows comes when it is shown. */
export const NoSuchPage = dynamic(() => import("./leads-nowhere.tsx").then((module) => module.LeadsNowhere));
