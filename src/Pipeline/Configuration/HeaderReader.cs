using System.Text;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Checks the headers of exports. Messages name positions, from 1, and never a value.</summary>
internal static class HeaderReader
{
    private const long MaxFileBytes = 1024 * 1024;

    /// <summary>Puts the lines of files in the place of <c>@file</c>.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read.</exception>
    public static FoundValue ReadFiles(FoundValue found)
    {
        if (!found.FromCommandLine)
        {
            return found;
        }

        List<string> texts = [];
        foreach (string text in found.Texts)
        {
            if (text.StartsWith('@'))
            {
                texts.AddRange(ReadFile(text[1..], found.Origin));
            }
            else
            {
                texts.Add(text);
            }
        }

        return found with { Texts = texts };
    }

    /// <summary>Checks pairs and keeps the last of equal names.</summary>
    /// <param name="pairs">The pairs as read.</param>
    /// <param name="origin">The option or variable.</param>
    /// <param name="grpc">Whether they become gRPC metadata.</param>
    /// <param name="source">Takes the warnings.</param>
    /// <exception cref="ConfigurationException">A name or a value is not allowed in a header.</exception>
    public static List<KeyValuePair<string, Secret>> Check(List<(int Position, string Key, string Value)> pairs, string origin, bool grpc, SettingSource source)
    {
        OrderedDictionary<string, Secret> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((int position, string key, string value) in pairs)
        {
            if (!HeaderRules.IsName(key, grpc))
            {
                throw new ConfigurationException($"piece {position} of {origin} has a name that is not allowed as {HeaderRules.KindOf(grpc)}");
            }

            if (!HeaderRules.IsValue(value))
            {
                throw new ConfigurationException($"piece {position} of {origin} has a value with characters that are not allowed in a header; only printable ASCII is");
            }

            if (HeaderRules.IsReserved(key))
            {
                source.Warn($"piece {position} of {origin} sets '{key.ToLowerInvariant()}', which the exporter sets itself, and is ignored");
                continue;
            }

            headers[key] = new Secret(value);
        }

        return [.. headers];
    }

    /// <summary>The header that stands for a URL's user info.</summary>
    public static KeyValuePair<string, Secret> Basic(Secret userInfo) =>
        new("authorization", new Secret("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(userInfo.Reveal()))));

    private static string[] ReadFile(string path, string origin)
    {
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                throw new ConfigurationException($"{origin} names the file '{ShownText.Of(path)}', which is larger than 1 MiB");
            }

            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = error is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            throw new ConfigurationException($"{origin} names the file '{ShownText.Of(path)}', which {why}", error);
        }
    }
}
