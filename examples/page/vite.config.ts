import { defineConfig } from "vite";

// The rules are in the package `kezek`, which lies beside this page in the repository: nothing of it is inlined, the
// page loads only the wasm that it needs.
export default defineConfig({
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  optimizeDeps: { exclude: ["kezek"] },
  server: { fs: { allow: ["../.."] } },
});
