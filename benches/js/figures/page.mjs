// The figures in a browser: what esbuild bundles for the page.

import { allFigures, initTime } from "./all.mjs";

const entries = { kezek: () => import("kezek"), "kezek/card": () => import("kezek/card") };

globalThis.bench = {
  init: async (entry) => initTime(await entries[entry]()),
  all: async (quick) => {
    const read = async (name) => (await fetch(`/city/${name}`)).text();
    return allFigures({ kezek: await entries.kezek(), read, quick, tell: (text) => console.log(text) });
  },
};
