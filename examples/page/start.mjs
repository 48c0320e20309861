// node examples/page/start.mjs [PORT]: builds whatever is missing, then serves the page on this machine alone.

import { build } from "./build.mjs";
import { serve } from "./serve.mjs";

const { url } = await serve(build(), { port: Number(process.argv[2] ?? 0) });
console.log(`The page is at ${url} (stop with Ctrl+C)`);
