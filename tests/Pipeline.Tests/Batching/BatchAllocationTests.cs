using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Batching;

public class BatchAllocationTests
{
    // One wire form at a time: then each buffer comes back from the pool's slot of this thread, whatever other tests rent.
    [Theory]
    [InlineData(WireForm.Protobuf)]
    [InlineData(WireForm.Json)]
    public void A_record_allocates_nothing_and_a_request_little(WireForm form)
    {
        const int Records = 5_000;
        ExportEnvelope[] envelopes = [new(Signal.Traces, form, new Resource(), new InstrumentationScope())];
        var sink = new CountingSink();
        using var batcher = new SignalBatcher(envelopes, new TelemetryOptions { RequestTargetBytes = 64 * 1024 }, sink, TimeProvider.System);
        var span = new Span
        {
            TraceId = new TraceId("0123456789abcdef"u8),
            SpanId = new SpanId("01234567"u8),
            Name = OtlpString.Transcode("opencode.llm"),
            Attributes = new KeyValue[] { new(OtlpString.Transcode("session.id"), OtlpString.Transcode("ses_0123456789")) },
            StartTimeUnixNano = 1,
            EndTimeUnixNano = 2,
        };
        Emit();

        int requestsBefore = sink.Requests;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Emit();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int requests = sink.Requests - requestsBefore;

        // The request and the next one's builder.
        Assert.InRange(requests, 5, 100);
        Assert.InRange(allocated, 0, requests * 256);

        void Emit()
        {
            for (int i = 0; i < Records; i++)
            {
                batcher.Emit(in span);
            }

            batcher.Flush();
        }
    }

    private sealed class CountingSink : IPayloadSink
    {
        public int Requests { get; private set; }

        public void Enqueue(ExportRequest request)
        {
            Requests++;
            request.Release();
        }

        public void CountTooLarge(Signal signal, WireForm form, int items) => Assert.Fail("Nothing is too large here.");
    }
}
