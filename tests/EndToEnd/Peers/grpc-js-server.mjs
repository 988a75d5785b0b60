// An OTLP server on the gRPC library of JavaScript: prints its port, then a line of JSON for each request that it takes.
// Usage: node grpc-js-server.mjs PROTO_FOLDER REFUSALS; GRPC_JS names the folder whose node_modules has the library.
import { createRequire } from "node:module"

const require = createRequire(`${process.env.GRPC_JS}/`)
const grpc = require("@grpc/grpc-js")
const loader = require("@grpc/proto-loader")

const [folder, refusals] = process.argv.slice(2)
let left = Number(refusals)
const signals = {
  trace: ["TraceService", (r) => r.resourceSpans.flatMap((e) => e.scopeSpans).flatMap((e) => e.spans)],
  logs: ["LogsService", (r) => r.resourceLogs.flatMap((e) => e.scopeLogs).flatMap((e) => e.logRecords)],
  metrics: [
    "MetricsService",
    (r) =>
      r.resourceMetrics
        .flatMap((e) => e.scopeMetrics)
        .flatMap((e) => e.metrics)
        .flatMap((m) => m[m.data].dataPoints),
  ],
}

const server = new grpc.Server()
for (const [signal, [service, items]] of Object.entries(signals)) {
  const path = `opentelemetry/proto/collector/${signal}/v1/${signal}_service.proto`
  const loaded = grpc.loadPackageDefinition(loader.loadSync(path, { includeDirs: [folder], oneofs: true, longs: String }))
  server.addService(loaded.opentelemetry.proto.collector[signal].v1[service].service, {
    Export(call, answer) {
      if (left-- > 0) {
        answer({ code: grpc.status.UNAVAILABLE, details: "not yet" })
        return
      }
      const names = items(call.request).map((item) => item.name ?? item.eventName ?? "")
      console.log(JSON.stringify({ signal, items: names.length, names, token: call.metadata.get("x-token")[0] }))
      answer(null, {})
    },
  })
}

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error
  console.log(port)
})
