import { generateClient } from "./generate-client.ts";
import { refuseArguments } from "./refuse-arguments.ts";

/** `npm run generate`. */
refuseArguments("generate");
await generateClient();
