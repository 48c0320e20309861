// Node: `import`, and `require` where Node has it for modules (22.12 or later).

import * as kezek from "kezek";
import * as card from "kezek/card";
import { tell, tellCard } from "./tell.js";

await card.init();
console.log(tellCard(card).join("\n"));
await kezek.init();
console.log(tell(kezek).join("\n"));
