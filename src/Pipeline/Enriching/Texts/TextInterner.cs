using System.Diagnostics.CodeAnalysis;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>Keeps one copy of each text that recurs (projects, models, agents, tools), found without allocating.</summary>
/// <param name="limits">How many texts, and how long.</param>
/// <param name="counts">Where the bounds are counted.</param>
/// <remarks>When it is full all are forgotten and it fills anew: what was given out stays good.</remarks>
internal sealed class TextInterner(EnrichingLimits limits, EnrichingCounts counts)
{
    private readonly Dictionary<byte[], OtlpString> _texts = new(Utf8Comparer.Instance);

    /// <summary>Gets how many texts are kept.</summary>
    public int Count => _texts.Count;

    /// <summary>The text as UTF-8 that stays good; empty for an empty one.</summary>
    public OtlpString Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return default;
        }

        if (utf8.Length > limits.IdBytes)
        {
            utf8 = Utf8Cut.Prefix(utf8, limits.IdBytes);
            counts.TextsCut++;
        }

        Dictionary<byte[], OtlpString>.AlternateLookup<ReadOnlySpan<byte>> lookup = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(utf8, out OtlpString text))
        {
            return text;
        }

        if (_texts.Count >= limits.Texts)
        {
            _texts.Clear();
            counts.TextsForgotten++;
        }

        byte[] copy = utf8.ToArray();
        return _texts[copy] = OtlpString.WrapValidUtf8(copy, 0, copy.Length);
    }

    /// <summary>As <see cref="Get(ReadOnlySpan{byte})"/>, but keeps <paramref name="current"/> where the event says nothing or the same.</summary>
    public OtlpString Update(OtlpString current, ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty || current.Utf8.SequenceEqual(utf8) ? current : Get(utf8);

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
