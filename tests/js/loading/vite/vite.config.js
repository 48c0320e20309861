// Two pages, one with each entry point. Nothing here is about kezek.

import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: { target: "es2022", rollupOptions: { input: ["index.html", "card.html"] } },
});
