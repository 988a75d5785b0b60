using System.Text;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Writes attributes as <c>key=value</c>, with times, sizes and amounts in words that a person reads.</summary>
internal static class AttributeLine
{
    /// <summary>The attributes but those in <paramref name="leftOut"/>.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, AttributeText>> attributes, IReadOnlySet<string> leftOut)
    {
        StringBuilder line = new();
        foreach ((string key, AttributeText value) in attributes)
        {
            bool noTokens = value.Number == 0 && key.EndsWith("_tokens", StringComparison.Ordinal); // Most kinds are 0 most of the time.
            if (!noTokens && !leftOut.Contains(key))
            {
                line.Append(line.Length == 0 ? string.Empty : " ").Append(WriteOne(key, value));
            }
        }

        return line.ToString();
    }

    private static string WriteOne(string key, AttributeText value)
    {
        string name = Show.Text(key);
        if (value.Number is not { } number)
        {
            string text = Show.Text(value.Text);
            return text.Length == 0 || text.Contains(' ', StringComparison.Ordinal) ? $"{name}=\"{text}\"" : $"{name}={text}";
        }

        return key.EndsWith("_ms", StringComparison.Ordinal) ? $"{name[..^3]}={Show.Duration(number).Replace(" ", string.Empty, StringComparison.Ordinal)}"
            : key.EndsWith("_usd", StringComparison.Ordinal) ? $"{name[..^4]}={Show.Money(number)}"
            : key.EndsWith("_bytes", StringComparison.Ordinal) ? $"{name[..^6]}={Show.Size(number).Replace(" ", string.Empty, StringComparison.Ordinal)}"
            : $"{name}={Show.Number(number)}";
    }
}
