// Stands in for opencode: loads plugins as opencode does, and hands them recorded events.
//   FAKE_EVENTS    recordings to play, separated by colons
//   FAKE_PAD       adds a text of so many characters to each event
//   FAKE_ENDING    dispose (default): as `opencode run` ends; exit: at once; kill: by SIGKILL
//   FAKE_DISPOSES  how often the end is told, each of which waits for a slow consumer for a while
//   FAKE_EXIT      the exit code
//   FAKE_TOUCH     a file to make when all events are handed over
//   FAKE_PRINT     a file to print on standard output
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const env = process.env
const folder = path.join(env.XDG_CONFIG_HOME ?? path.join(os.homedir(), ".config"), "opencode", "plugin")
const configured = JSON.parse(env.OPENCODE_CONFIG_CONTENT ?? "{}").plugin ?? []
const found = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(".js")).map((name) => path.join(folder, name)) : []
const hooks = []
for (const plugin of [...found, ...configured.filter((spec) => spec.startsWith("file:")).map((spec) => fileURLToPath(spec))]) {
  // Node wants to be told that a file is a module; opencode does not.
  const copy = path.join(fs.mkdtempSync(path.join(env.FAKE_SCRATCH ?? os.tmpdir(), "fake-")), "plugin.mjs")
  fs.copyFileSync(plugin, copy)
  for (const start of Object.values(await import(pathToFileURL(copy).href))) hooks.push(await start({ directory: process.cwd() }))
  fs.rmSync(path.dirname(copy), { recursive: true })
}
if (env.FAKE_PRINT) fs.writeSync(1, fs.readFileSync(env.FAKE_PRINT))
for (const file of (env.FAKE_EVENTS ?? "").split(":").filter(Boolean)) {
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    const text = line.startsWith("data:") ? line.slice(5) : line
    if (!text.trim().startsWith("{")) continue
    const event = JSON.parse(text)
    if (env.FAKE_PAD) event.padding = "x".repeat(Number(env.FAKE_PAD))
    for (const hook of hooks) hook.event?.({ event })
    if (!env.FAKE_PAD) await new Promise(setImmediate) // As opencode does between events.
  }
}
if (env.FAKE_TOUCH) fs.writeFileSync(env.FAKE_TOUCH, "")
if (env.FAKE_ENDING === "kill") process.kill(process.pid, "SIGKILL")
if (env.FAKE_ENDING !== "exit") for (let i = 0; i < Number(env.FAKE_DISPOSES ?? 1); i++) for (const hook of hooks) await hook.dispose?.()
process.exit(Number(env.FAKE_EXIT ?? 0))
