using System.Globalization;
using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;
using GrpcCode = Grpc.Core.StatusCode;
using RpcStatusMessage = Google.Rpc.Status;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Delivering;

/// <summary>
/// The contract of an exporter: numbered records go to a server that fails in every way it can, by chance; in the end each record was
/// taken, or is reported under the one fate that the server gave it, or under a fate of our own if the server never said anything final.
/// </summary>
public sealed class ContractTests
{
    private const int Records = 100_000;
    private const int ItemsPerRequest = 250;
    private const int LargeRecords = 20_000; // one in so many is too large by itself
    private const int PoisonRecords = 30_011; // one in so many: with such a record a request fails for ever, in a way that may pass
    private static readonly byte[] Bomb = MakeBomb();
    private static readonly int[] RetryableHttp = [429, 502, 503, 504];
    private static readonly int[] FinalHttp = [400, 401, 403, 404, 405, 408, 415, 422, 431, 500, 501, 505];
    private static readonly GrpcCode[] RetryableGrpc =
        [GrpcCode.Cancelled, GrpcCode.DeadlineExceeded, GrpcCode.Aborted, GrpcCode.OutOfRange, GrpcCode.Unavailable, GrpcCode.DataLoss];

    private static readonly GrpcCode[] FinalGrpc =
    [
        GrpcCode.Unknown, GrpcCode.InvalidArgument, GrpcCode.NotFound, GrpcCode.AlreadyExists, GrpcCode.PermissionDenied, GrpcCode.ResourceExhausted,
        GrpcCode.FailedPrecondition, GrpcCode.Unimplemented, GrpcCode.Internal, GrpcCode.Unauthenticated,
    ];

    private readonly RecordLedger _ledger = new(Records);
    private readonly RecordingLogger _logger = new();
    private readonly Dictionary<int, int> _attempts = [];
    private readonly Lock _lock = new();

    [Theory]
    [InlineData(OtlpProtocol.Grpc, 1)]
    [InlineData(OtlpProtocol.HttpProtobuf, 2)]
    [InlineData(OtlpProtocol.HttpJson, 3)]
    public async Task Items_009_018_052_065_194_Each_record_of_a_hundred_thousand_has_the_fate_that_the_server_gave_it(OtlpProtocol protocol, int seed)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request => Answer(request, seed));
        int begun = 0;
        server.CutsUnread = _ => Interlocked.Increment(ref begun) % 97 == 0;
        DeliveryOptions options = new(long.MaxValue)
        {
            Concurrency = 4,
            Retry = new RetryPolicy(TimeSpan.FromSeconds(3)) { Initial = TimeSpan.FromMilliseconds(2), Cap = TimeSpan.FromMilliseconds(10), Least = TimeSpan.FromMilliseconds(1) },
        };
        IPayloadSender transport = Destination.Sender(protocol, server, TimeSpan.FromMinutes(2));
        await using Exporter exporter = new("test", SignalSenders.All(transport), _ => options, _logger, TimeProvider.System);
        exporter.Start();
        for (int first = 0; first < Records; first += ItemsPerRequest)
        {
            exporter.Enqueue(Numbered(first, transport.Form));
            await Eventually.HoldsAsync(() => exporter.QueueBytes <= 256 * 1024);
        }

        // Settled by itself: stopping would break calls off whose outcome then nobody knows.
        await Eventually.HoldsAsync(() => exporter.QueueBytes <= 0);
        await exporter.CompleteAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Empty(server.Refused);
        Assert.Empty(_ledger.Contradictions());
        Assert.Empty(_ledger.NeedlessDuplicates());
        ExporterReport report = exporter.Report();
        FateCounts expected = new(
            Delivered: _ledger.Count(RecordVerdict.Taken),
            Rejected: _ledger.Count(RecordVerdict.Rejected),
            Refused: _ledger.Count(RecordVerdict.Refused),
            TooLarge: _ledger.Count(RecordVerdict.TooLarge),
            Expired: _ledger.Count(RecordVerdict.None),
            Dropped: 0,
            Spooled: 0);
        Assert.Equal(expected, report.Logs);
        Assert.Equal(Records, report.Logs.Total);

        // Every kind of fate was there to be got wrong.
        Assert.All([expected.Delivered, expected.Rejected, expected.Refused, expected.TooLarge, expected.Expired], count => Assert.NotEqual(0, count));
        Assert.True(expected.TooLarge is >= 1 and <= Records / LargeRecords); // Only themselves; on a busy machine one may expire first.
        Assert.True(expected.Delivered > Records / 2);
        Assert.True(report.Retries > 50);
    }

    private static ExportRequest Numbered(int first, WireForm form)
    {
        ExportEnvelope envelope = new(Signal.Logs, form, new Resource(), new InstrumentationScope { Name = "test" });
        using ExportRequestBuilder builder = new(envelope, 4096);
        for (int number = first; number < first + ItemsPerRequest; number++)
        {
            Assert.True(builder.TryAppend(new LogRecord { TimeUnixNano = 1, ObservedTimeUnixNano = 1, Body = (long)number, EventName = "e" }, int.MaxValue));
        }

        return builder.Complete();
    }

    private static ScriptedAnswer TooLarge() => ScriptedAnswer.Failure(413, GrpcCode.ResourceExhausted, "grpc: received message larger than max");

    private static ScriptedAnswer Failure(int http, GrpcCode grpc, Random random)
    {
        // A delay of nothing is no delay; a real one would make the test slow.
        RetryInfo info = new() { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(random.Next(-5, 5))) };
        RpcStatusMessage details = new() { Code = (int)grpc, Details = { Any.Pack(info) } };
        bool throttled = random.Next(4) == 0;
        return new ScriptedAnswer
        {
            Http = new ScriptedHttp(http, "by chance") { Headers = throttled ? new Dictionary<string, string> { ["Retry-After"] = "0" } : [] },
            Grpc = new ScriptedGrpc(grpc, "by chance") { TrailersOnly = random.Next(2) == 0, Trailers = throttled ? [new Metadata.Entry("grpc-status-details-bin", details.ToByteArray())] : [] },
        };
    }

    /// <summary>Nothing was taken, and the client is to see that it may send again: REFUSED_STREAM and CANCEL are retryable.</summary>
    private static ScriptedAnswer LostRequest(OtlpTransport transport, Random random) => transport == OtlpTransport.Grpc && random.Next(2) == 0
        ? new ScriptedAnswer { Grpc = new ScriptedGrpc(GrpcCode.OK) { Reset = random.Next(7, 9) } }
        : new ScriptedAnswer { Loss = ScriptedLoss.Request };

    /// <summary>All was taken, and the client cannot know: no answer, one without a status, or one that is not gRPC's.</summary>
    private static ScriptedAnswer LostAnswer(OtlpTransport transport, Random random) => transport == OtlpTransport.Grpc && random.Next(3) is var kind and > 0
        ? new ScriptedAnswer { Grpc = new ScriptedGrpc(GrpcCode.OK) { WithoutTrailers = kind == 1, ContentType = kind == 2 ? "text/html" : null } }
        : new ScriptedAnswer { Loss = ScriptedLoss.Answer };

    /// <summary>Success, now and then in an odd form: a page, a body that is a bomb when unpacked, the last answer of its connection.</summary>
    /// <remarks>Not the last over HTTP/2: other answers may get lost with the connection, and the ledger would not know.</remarks>
    private static ScriptedAnswer? OddSuccess(OtlpTransport transport, Random random) => random.Next(60) switch
    {
        0 => new ScriptedAnswer { Http = new ScriptedHttp(200) { Body = "<html>fine</html>"u8.ToArray(), ContentType = "text/html" } },
        1 => new ScriptedAnswer
        {
            Http = new ScriptedHttp(200) { Body = Bomb, ContentType = "application/json", Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } },
        },
        2 => new ScriptedAnswer { EndsConnection = transport == OtlpTransport.Http },
        _ => null,
    };

    private static byte[] MakeBomb()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(new byte[32 * 1024 * 1024]);
        }

        return packed.ToArray();
    }

    /// <summary>By chance, but the same for the same records at the same attempt; and noted before it is given.</summary>
    private ScriptedAnswer? Answer(ReceivedRequest request, int seed)
    {
        int[] numbers = RecordLedger.NumbersOf(request);
        Random random = RandomOf(numbers, seed);
        if (Array.Exists(numbers, static number => number % PoisonRecords == 1))
        {
            return numbers.Length > 50 ? TooLarge() : Failure(503, GrpcCode.Unavailable, random);
        }

        if (Array.Exists(numbers, static number => number % LargeRecords == 7_003))
        {
            if (numbers.Length == 1)
            {
                _ledger.Note(RecordVerdict.TooLarge, numbers);
            }

            return TooLarge();
        }

        int die = _ledger.AnswerWasLost(numbers[0]) ? 100 : random.Next(100);
        switch (die)
        {
            case < 15:
                return Failure(RetryableHttp[random.Next(RetryableHttp.Length)], RetryableGrpc[random.Next(RetryableGrpc.Length)], random);
            case < 18:
                return LostRequest(request.Transport, random);
            case < 21:
                _ledger.NoteLostAnswer(numbers);
                return LostAnswer(request.Transport, random);
            case < 26:
                _ledger.Note(RecordVerdict.Refused, numbers);
                return ScriptedAnswer.Failure(FinalHttp[random.Next(FinalHttp.Length)], FinalGrpc[random.Next(FinalGrpc.Length)], "by chance");
            case < 29 when numbers.Length > 1:
                return TooLarge();
            case < 33:
                int rejected = random.Next(1, numbers.Length + 1);
                _ledger.Note(RecordVerdict.Rejected, numbers.AsSpan(0, rejected));
                _ledger.Note(RecordVerdict.Taken, numbers.AsSpan(rejected));
                return ScriptedAnswer.Partial(rejected, "by chance");
            default:
                _ledger.Note(RecordVerdict.Taken, numbers);
                return OddSuccess(request.Transport, random);
        }
    }

    private Random RandomOf(int[] numbers, int seed)
    {
        lock (_lock)
        {
            int attempt = _attempts.GetValueOrDefault(numbers[0]);
            _attempts[numbers[0]] = attempt + 1;
            return new Random(int.Parse($"{seed}{numbers[0] % 100_000:00000}{attempt % 100:00}", CultureInfo.InvariantCulture));
        }
    }
}
