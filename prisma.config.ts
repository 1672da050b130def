import { defineConfig } from "prisma/config";

/** For Prisma's own command line; Weir itself generates and migrates through `@weir/store`. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
