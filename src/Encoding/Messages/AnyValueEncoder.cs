using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.common.v1.AnyValue</c>, with <c>ArrayValue</c> and <c>KeyValueList</c>.</summary>
internal static class AnyValueEncoder
{
    /// <summary>Writes the member that is set, also at its default; an empty value and one nested too deep write nothing.</summary>
    /// <param name="writer">The writer, in an open <c>AnyValue</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">1 for the value of an attribute or a body, one more for each array or list around it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write<TWriter>(ref TWriter writer, in AnyValue value, int depth)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        switch (value.Kind)
        {
            case AnyValueKind.String:
                writer.WriteString(CommonFields.AnyValue.StringValue, value.Text);
                break;
            case AnyValueKind.Bool:
                writer.WriteBool(CommonFields.AnyValue.BoolValue, value.Bool);
                break;
            case AnyValueKind.Int:
                writer.WriteInt64(CommonFields.AnyValue.IntValue, value.Int);
                break;
            case AnyValueKind.Double:
                writer.WriteDouble(CommonFields.AnyValue.DoubleValue, value.Double);
                break;
            case AnyValueKind.Array when depth <= AnyValue.DepthLimit:
                WriteArray(ref writer, value.Array, depth);
                break;
            case AnyValueKind.KeyValueList when depth <= AnyValue.DepthLimit:
                WriteKeyValueList(ref writer, value.List, depth);
                break;
            case AnyValueKind.Bytes:
                writer.WriteBytes(CommonFields.AnyValue.BytesValue, value.Bytes);
                break;
            default:
                break;
        }
    }

    private static void WriteArray<TWriter>(ref TWriter writer, ReadOnlySpan<AnyValue> values, int depth)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark array = writer.BeginMessage(CommonFields.AnyValue.ArrayValue, 0);
        if (!values.IsEmpty)
        {
            Mark list = writer.BeginList(CommonFields.ArrayValue.Values);
            foreach (ref readonly AnyValue value in values)
            {
                Mark item = writer.BeginItem(CommonFields.ArrayValue.Values, 0);
                Write(ref writer, value, depth + 1);
                writer.EndMessage(item);
            }

            writer.EndList(list);
        }

        writer.EndMessage(array);
    }

    private static void WriteKeyValueList<TWriter>(ref TWriter writer, ReadOnlySpan<KeyValue> entries, int depth)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark list = writer.BeginMessage(CommonFields.AnyValue.KvlistValue, 0);
        if (!entries.IsEmpty)
        {
            KeyValueEncoder.WriteList(ref writer, CommonFields.KeyValueList.Values, entries, depth + 1);
        }

        writer.EndMessage(list);
    }
}
