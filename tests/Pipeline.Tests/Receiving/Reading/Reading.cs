using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

/// <summary>Reads single events.</summary>
internal static class Reading
{
    /// <summary>Reads one event: the calls that it leads to, or what has become of it.</summary>
    public static string Of(string text)
    {
        CallLog log = new();
        EventOutcome outcome = new EventReader(log).Read(Encoding.UTF8.GetBytes(text), out _);
        Assert.Equal(outcome == EventOutcome.Used ? 1 : 0, log.Calls.Count);
        return outcome == EventOutcome.Used ? log.Calls[0] : outcome.ToString();
    }

    /// <summary>Reads one bus event with the given type and properties.</summary>
    public static string Of(string type, string properties) =>
        Of($$"""{"id":"evt_1","type":"{{type}}","properties":{{properties}}}""");
}
