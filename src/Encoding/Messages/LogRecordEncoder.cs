using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.logs.v1.LogRecord</c>.</summary>
internal readonly struct LogRecordEncoder : IItemEncoder<LogRecord>
{
    private const int ExpectedLength = 256; // without the body; anything from 128 to 16,383 keeps the same room

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into its caller it would use up what the caller may inline
    public static void Write<TWriter>(ref TWriter writer, in LogRecord record)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        AnyValue body = record.Body;
        int bodyLength = body.Kind == AnyValueKind.String ? body.Text.Length : 0;
        Mark message = writer.BeginItem(LogsFields.ScopeLogs.LogRecords, ExpectedLength + bodyLength);
        writer.Fixed64UnlessZero(LogsFields.LogRecord.TimeUnixNano, record.TimeUnixNano);
        writer.EnumUnlessZero(LogsFields.LogRecord.SeverityNumber, (int)record.SeverityNumber);
        writer.StringUnlessEmpty(LogsFields.LogRecord.SeverityText, record.SeverityText);
        if (body.Kind != AnyValueKind.Empty)
        {
            Mark value = writer.BeginMessage(LogsFields.LogRecord.Body, bodyLength);
            AnyValueEncoder.Write(ref writer, body, depth: 1);
            writer.EndMessage(value);
        }

        KeyValueEncoder.WriteList(ref writer, LogsFields.LogRecord.Attributes, record.Attributes);
        writer.UInt32UnlessZero(LogsFields.LogRecord.DroppedAttributesCount, record.DroppedAttributesCount);
        writer.Fixed32UnlessZero(LogsFields.LogRecord.Flags, record.Flags);
        writer.TraceIdUnlessZero(LogsFields.LogRecord.TraceId, record.TraceId);
        writer.SpanIdUnlessZero(LogsFields.LogRecord.SpanId, record.SpanId);
        writer.Fixed64UnlessZero(LogsFields.LogRecord.ObservedTimeUnixNano, record.ObservedTimeUnixNano);
        writer.StringUnlessEmpty(LogsFields.LogRecord.EventName, record.EventName);
        writer.EndMessage(message);
    }
}
