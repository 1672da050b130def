import { generate } from "@weir/store/generate";

/** Generates the database client when the schema changed; types of half the repository hang on it. */
export async function generateClient(): Promise<void> {
  const done = await generate();
  if (done === "generated") console.log("✔ database client generated");
}
