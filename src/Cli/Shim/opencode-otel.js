// opencode-otel shim, version 1
// Hands opencode's events to opencode-otel. Written by `opencode-otel install`, taken away by `opencode-otel uninstall`.
import { spawn } from "node:child_process"
import { connect } from "node:net"

const COMMAND = ["opencode-otel"]
const LIMIT = 16 * 1024 * 1024 // What may wait for a slow consumer, in characters; beyond it events are dropped and counted.
const PATIENCE = 500 // Milliseconds that opencode's end may wait for a slow consumer.
const shared = (globalThis[Symbol.for("opencode-otel")] ??= { owners: new Map() }) // One consumer a process, however often the shim is loaded.

function open() {
  if (process.env.OPENCODE_OTEL_SOCKET) return connect(process.env.OPENCODE_OTEL_SOCKET) // `opencode-otel run` listens.
  const [file, ...words] = COMMAND
  const child = spawn(file, [...words, "pipe", "--quiet"], { stdio: ["pipe", "ignore", "ignore"], detached: true }) // It outlives opencode, to send the tail.
  child.on("error", () => {})
  child.unref()
  return child.stdin
}

function createSink() {
  let waiting = [], size = 0, lost = 0, blocked = false, dead = false, atRest = []
  const rest = () => atRest.splice(0).forEach((resolve) => resolve())
  const end = () => { dead = true; waiting = []; rest() }
  const stream = open()
  const flush = () => {
    while (!dead && !blocked && (waiting.length > 0 || lost > 0)) {
      const line = waiting.shift() ?? JSON.stringify({ hook: "lost", count: lost }) + "\n"
      if (size === 0) lost = 0
      else size -= line.length
      blocked = !stream.write(line)
    }
    if (!blocked) rest()
  }
  stream.on("error", end).on("close", end).on("drain", () => { blocked = false; flush() })
  stream.unref?.()
  return {
    put(event) {
      if (dead) return
      const line = JSON.stringify({ at: Date.now(), hook: "event", event }) + "\n"
      if (size + line.length > LIMIT) return void lost++
      size += line.length
      waiting.push(line)
      flush()
    },
    settle: () => new Promise((resolve) => {
      if (dead || !blocked) return resolve()
      atRest.push(resolve)
      setTimeout(resolve, PATIENCE)
    }),
  }
}

export const OpencodeOtel = async ({ directory }) => {
  if (!process.env.OPENCODE_OTEL_SOCKET && !process.env.OPENCODE_ENABLE_TELEMETRY) return {}
  if ((shared.owners.get(directory) ?? import.meta.url) !== import.meta.url) return {} // Another copy of the shim has this directory.
  shared.owners.set(directory, import.meta.url)
  try { shared.sink ??= createSink() } catch { return {} }
  return {
    // Deltas are most of the stream, and what they add up to comes as an event of its own.
    event: async ({ event }) => { try { if (event.type !== "message.part.delta") shared.sink.put(event) } catch {} },
    dispose: async () => { shared.owners.delete(directory); await shared.sink.settle() },
  }
}
