import { generate } from "@weir/store/generate";
import { answerTask } from "./answer-task.ts";

await answerTask(async () => ({ generated: (await generate()) === "generated" }));
