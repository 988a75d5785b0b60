using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Spooling;

// Stores requests of one numbered log record each, several at a time, until it is killed. A number is printed when the spool has
// acknowledged it, and not before.
const int Writers = 8;
string directory = args[0];
SpoolLane lane = new(Signal.Logs, WireForm.Protobuf, args[1]);
int next = int.Parse(args[2], CultureInfo.InvariantCulture) - 1;
ExportEnvelope envelope = new(Signal.Logs, WireForm.Protobuf, new Resource(), new InstrumentationScope { Name = "test" });
using Stream output = Console.OpenStandardOutput();
await using Spool spool = new(new SpoolOptions(directory, 512L * 1024 * 1024, TimeSpan.FromDays(7)), NullLogger.Instance, TimeProvider.System);
await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync)));

async Task WriteAsync()
{
    while (true)
    {
        int number = Interlocked.Increment(ref next);
        ExportRequest request = Numbered(number);
        bool stored = await spool.AppendAsync(lane, request);
        request.Release();
        if (stored)
        {
            // One short write to a pipe is there whole or not at all.
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n")));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System); // So that a run of the test can be delivered in time.
    }
}

ExportRequest Numbered(int number)
{
    using ExportRequestBuilder builder = new(envelope, 256);
    builder.TryAppend(new LogRecord { TimeUnixNano = 1, ObservedTimeUnixNano = 1, Body = (long)number, EventName = "e" }, int.MaxValue);
    return builder.Complete();
}
