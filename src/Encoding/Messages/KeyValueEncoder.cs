using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.common.v1.KeyValue</c>: the attributes of everything.</summary>
internal static class KeyValueEncoder
{
    /// <summary>Writes the list of <paramref name="field"/>, if there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlyMemory<KeyValue> entries)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (!entries.IsEmpty)
        {
            WriteList(ref writer, field, entries.Span, depth: 1);
        }
    }

    /// <summary>Writes the list of <paramref name="field"/>; not to be called without any.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">A repeated field of <c>KeyValue</c>, with a number below 16.</param>
    /// <param name="entries">The attributes.</param>
    /// <param name="depth">The depth of their values: 1 for attributes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<KeyValue> entries, int depth)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark list = writer.BeginList(field);
        foreach (ref readonly KeyValue entry in entries)
        {
            switch (entry.Value.Kind)
            {
                case AnyValueKind.String:
                    writer.WriteTextAttribute(
                        field, CommonFields.KeyValue.Key, CommonFields.KeyValue.Value, CommonFields.AnyValue.StringValue, entry);
                    break;
                case AnyValueKind.Int:
                    writer.WriteIntAttribute(
                        field, CommonFields.KeyValue.Key, CommonFields.KeyValue.Value, CommonFields.AnyValue.IntValue, entry);
                    break;
                default:
                    WriteEntry(ref writer, field, entry, depth);
                    break;
            }
        }

        writer.EndList(list);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteEntry<TWriter>(ref TWriter writer, Field field, in KeyValue entry, int depth)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark item = writer.BeginItem(field, 0);
        writer.StringUnlessEmpty(CommonFields.KeyValue.Key, entry.Key);
        Mark message = writer.BeginMessage(CommonFields.KeyValue.Value, 0); // Also when empty: a null value is a value.
        AnyValueEncoder.Write(ref writer, entry.Value, depth);
        writer.EndMessage(message);
        writer.EndMessage(item);
    }
}
