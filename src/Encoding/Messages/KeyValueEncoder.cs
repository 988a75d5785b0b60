using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.common.v1.KeyValue</c>: the attributes of everything.</summary>
internal static class KeyValueEncoder
{
    /// <summary>Writes the list of <paramref name="field"/>; nothing when there is none.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">A repeated field of <c>KeyValue</c>, with a number below 16.</param>
    /// <param name="entries">The attributes.</param>
    /// <param name="depth">The depth of their values: 1 for attributes.</param>
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<KeyValue> entries, int depth = 1)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (entries.IsEmpty)
        {
            return;
        }

        Mark list = writer.BeginList(field);
        foreach (ref readonly KeyValue entry in entries)
        {
            AnyValue value = entry.Value;
            if (value.Kind == AnyValueKind.String)
            {
                writer.WriteTextEntry(
                    field, CommonFields.KeyValue.Key, entry.Key, CommonFields.KeyValue.Value, CommonFields.AnyValue.StringValue, value.Text);
            }
            else
            {
                Mark item = writer.BeginItem(field, 0);
                writer.StringUnlessEmpty(CommonFields.KeyValue.Key, entry.Key);
                Mark message = writer.BeginMessage(CommonFields.KeyValue.Value, 0); // Also when empty: a null value is a value.
                AnyValueEncoder.Write(ref writer, value, depth);
                writer.EndMessage(message);
                writer.EndMessage(item);
            }
        }

        writer.EndList(list);
    }
}
