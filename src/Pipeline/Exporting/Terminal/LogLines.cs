using System.Globalization;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Writes a line for each log record: time, severity, event, attributes, session.</summary>
internal sealed class LogLines(TextWriter writer, Style style, TimeZoneInfo zone)
{
    private const int ErrorSeverity = 17;
    private static readonly HashSet<string> LeftOut = ["event.name", "session.id", "project.id"];

    /// <summary>Writes the records of a request.</summary>
    public void Write(JsonElement request)
    {
        foreach (JsonElement record in OtlpElements.Records(request, "resourceLogs", "scopeLogs", "logRecords"))
        {
            WriteOne(record);
        }
    }

    private void WriteOne(JsonElement record)
    {
        OrderedDictionary<string, AttributeText> attributes = record.Attributes();
        ulong time = record.Nanoseconds("timeUnixNano");
        string severity = record.String("severityText") is { Length: > 0 } text ? text : "-";
        string name = record.String("eventName") is { Length: > 0 } eventName ? eventName : record.Member("body").String("stringValue");
        string session = attributes.TryGetValue("session.id", out AttributeText id) ? id.Text : string.Empty;
        bool failed = record.Number("severityNumber") >= ErrorSeverity;
        string shownSeverity = Show.Text(severity).PadRight(5);
        string line = string.Join(
            ' ',
            style.Dim(Clock(time == 0 ? record.Nanoseconds("observedTimeUnixNano") : time)),
            failed ? style.Bad(shownSeverity) : style.Good(shownSeverity),
            style.Bold(Show.Text(name).PadRight(15)),
            AttributeLine.Write(attributes, LeftOut),
            style.Dim(Show.Text(session)));
        writer.WriteLine(line.TrimEnd());
    }

    private string Clock(ulong nanoseconds)
    {
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddMilliseconds(nanoseconds / 1_000_000); // Ends in the year 2554: always a date.
        return TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }
}
