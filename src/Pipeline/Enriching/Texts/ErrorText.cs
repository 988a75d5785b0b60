using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>What an error object says in one line.</summary>
internal static class ErrorText
{
    /// <summary><c>name: message</c> where there is a message, else the name, else <c>unknown</c>; cut at <paramref name="limit"/> bytes.</summary>
    public static OtlpString Of(ErrorInfo error, Utf8Scratch scratch, int limit)
    {
        ReadOnlySpan<byte> name = Utf8Cut.Prefix(error.IsPresent && !error.Name.IsEmpty ? error.Name : "unknown"u8, limit);
        if (!error.IsPresent || !error.Message.IsPresent)
        {
            return scratch.Append(name);
        }

        int start = name.Length + 2;
        Span<byte> target = scratch.Reserve(start + Math.Min(error.Message.Raw.Length, Math.Max(0, limit - start)));
        name.CopyTo(target);
        ": "u8.CopyTo(target[name.Length..]);
        return scratch.Take(start + error.Message.CopyUtf8(target[start..]));
    }
}
