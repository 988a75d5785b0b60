using System.Security.Cryptography;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Trace and span ids as functions of opencode's own ids, or random ones.</summary>
/// <remarks>
/// An id is the start of the SHA-256 of UTF-8 fields joined by one zero byte each, without one at the end:
/// <list type="bullet">
/// <item>trace id, 16 bytes: <c>trace</c>, root session id, the root's run key;</item>
/// <item>session span id, 8 bytes: <c>span</c>, <c>session</c>, session id, run key;</item>
/// <item>LLM span id, 8 bytes: <c>span</c>, <c>llm</c>, session id, message id;</item>
/// <item>tool span id, 8 bytes: <c>span</c>, <c>tool</c>, session id, call id; of a further call with the same call id also its part id.</item>
/// </list>
/// Should all bytes be zero, which names nothing, the last one is 1. This scheme is part of what the product promises:
/// observers of one session, and a replay of a recording, agree on the ids.
/// </remarks>
/// <param name="isRandom">Whether ids are random instead.</param>
internal sealed class SpanIds(bool isRandom)
{
    private const int LargestOnStack = 512;

    /// <summary>The trace of a run of a root session.</summary>
    public TraceId Trace(ReadOnlySpan<byte> rootSessionId, ReadOnlySpan<byte> rootRunKey)
    {
        Span<byte> id = stackalloc byte[TraceId.Size];
        Make(id, "trace"u8, default, rootSessionId, rootRunKey, default);
        return new TraceId(id);
    }

    /// <summary>The session span of a run.</summary>
    public SpanId Session(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> runKey) => Span("session"u8, sessionId, runKey);

    /// <summary>The span of an assistant message.</summary>
    public SpanId Llm(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> messageId) => Span("llm"u8, sessionId, messageId);

    /// <summary>The span of a tool call.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="callId">The call id.</param>
    /// <param name="partId">The part, if another call of the session had this call id before; else empty.</param>
    public SpanId Tool(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> callId, ReadOnlySpan<byte> partId = default) => Span("tool"u8, sessionId, callId, partId);

    private SpanId Span(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> part = default)
    {
        Span<byte> id = stackalloc byte[SpanId.Size];
        Make(id, "span"u8, kind, sessionId, key, part);
        return new SpanId(id);
    }

    private void Make(Span<byte> id, ReadOnlySpan<byte> what, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        if (isRandom)
        {
            RandomNumberGenerator.Fill(id);
        }
        else
        {
            int length = what.Length + kind.Length + first.Length + second.Length + third.Length + 4;
            Span<byte> input = length <= LargestOnStack ? stackalloc byte[length] : new byte[length];
            int at = Put(what, input, 0);
            at = kind.IsEmpty ? at : Put(kind, input, at);
            at = Put(first, input, at);
            at = third.IsEmpty ? at : Put(second, input, at);
            ReadOnlySpan<byte> last = third.IsEmpty ? second : third;
            last.CopyTo(input[at..]);
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(input[..(at + last.Length)], digest);
            digest[..id.Length].CopyTo(id);
        }

        if (!id.ContainsAnyExcept((byte)0))
        {
            id[^1] = 1;
        }
    }

    private static int Put(ReadOnlySpan<byte> field, Span<byte> target, int at)
    {
        field.CopyTo(target[at..]);
        target[at + field.Length] = 0;
        return at + field.Length + 1;
    }
}
