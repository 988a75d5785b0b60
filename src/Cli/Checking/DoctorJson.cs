using System.Buffers;
using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Checking;

/// <summary>What <c>doctor</c> prints for machines: one line of JSON, whose shape is stable.</summary>
internal static class DoctorJson
{
    /// <summary>Settings and checks as one line, without a line feed.</summary>
    public static string Write(IReadOnlyList<Setting> settings, IReadOnlyList<CheckResult> checks)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("settings");
            foreach (Setting setting in settings)
            {
                json.WriteStartObject();
                json.WriteString("name", setting.Name);
                json.WriteString("value", setting.Value);
                json.WriteString("origin", setting.Origin);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("checks");
            foreach (CheckResult check in checks)
            {
                Write(json, check);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, CheckResult check)
    {
        json.WriteStartObject();
        json.WriteString("check", check.Check);
        json.WriteString("target", check.Target);
        json.WriteString("status", check.Status switch
        {
            CheckStatus.Ok => "ok",
            CheckStatus.Failed => "failed",
            _ => "skipped",
        });
        json.WriteString("detail", check.Detail);
        if (check.Hint is { } hint)
        {
            json.WriteString("hint", hint);
        }

        json.WriteEndObject();
    }
}
