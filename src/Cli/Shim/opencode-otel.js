// opencode-otel shim, version 1
// Hands opencode's events to opencode-otel. Written by `opencode-otel install`, taken away by `opencode-otel uninstall`.
import { spawn } from "node:child_process"
import { connect } from "node:net"

const COMMAND = ["opencode-otel"]
const LISTENER = process.env.OPENCODE_OTEL_SOCKET // Where `opencode-otel run` listens; no consumer is started then.
const LIMIT = 16 * 1024 * 1024 // What may wait for a slow consumer, in characters; beyond it events are dropped and counted.
const PATIENCE = LISTENER ? 5000 : 3000 // Milliseconds that opencode's end waits for a slow consumer at most.
const REGISTRY = "npm_config_@opencode-ai:registry" // `run` makes npm fail at once, lest opencode wait for a package that this plugin can do without.
const shared = (globalThis[Symbol.for("opencode-otel")] ??= { owners: new Map() }) // One consumer a process, however often the shim is loaded.
if (process.env[REGISTRY] === "opencode-otel") delete process.env[REGISTRY] // The tools that opencode starts have their own npm.

function open() {
  if (LISTENER) return connect(LISTENER)
  const [file, ...words] = COMMAND
  const child = spawn(file, [...words, "pipe", "--quiet"], { stdio: ["pipe", "ignore", "ignore"], detached: true }) // It outlives opencode, to send the tail.
  child.on("error", () => {})
  child.unref()
  return child.stdin
}

function createSink() {
  const stream = open()
  let waiting = [], held = 0, flying = 0, lost = 0, dead = false, resting = []
  const rest = () => resting.splice(0).forEach((resolve) => resolve())
  const later = (ms) => new Promise((resolve) => { resting.push(resolve); setTimeout(resolve, ms).unref?.() })
  const end = () => { dead = true; waiting = []; rest() }
  const flush = () => {
    if (dead || flying > 0 || (waiting.length === 0 && lost === 0)) return
    const text = waiting.join("") + (lost > 0 ? JSON.stringify({ hook: "lost", count: lost }) + "\n" : "")
    flying = stream.write(text) ? 0 : text.length
    waiting = []
    held = lost = 0
  }
  stream.on("error", end).on("close", end).on("connect", rest).on("drain", () => { flying = 0; flush(); if (flying === 0) rest() })
  stream.unref?.()
  return {
    ready: LISTENER ? later(1000) : undefined,
    put(event) {
      if (dead) return
      const line = JSON.stringify({ at: Date.now(), hook: "event", event }) + "\n"
      if (held + flying + line.length > LIMIT) lost++
      else held += waiting.push(line) && line.length
      flush()
    },
    settle: async () => { if (!dead && flying > 0) await later(PATIENCE) },
  }
}

export const OpencodeOtel = async ({ directory }) => {
  if (!LISTENER && !process.env.OPENCODE_ENABLE_TELEMETRY) return {}
  if ((shared.owners.get(directory) ?? import.meta.url) !== import.meta.url) return {} // Another copy of the shim has this directory.
  shared.owners.set(directory, import.meta.url)
  try { await (shared.sink ??= createSink()).ready } catch { return {} }
  return {
    // Deltas are most of the stream, and what they add up to comes as an event of its own.
    event: async ({ event }) => { try { if (event.type !== "message.part.delta") shared.sink.put(event) } catch {} },
    dispose: async () => { shared.owners.delete(directory); await shared.sink.settle() },
  }
}
