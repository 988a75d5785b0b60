using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.common.v1.InstrumentationScope</c>, without its schema, which belongs to what is around it.</summary>
internal static class InstrumentationScopeEncoder
{
    public static void Write<TWriter>(ref TWriter writer, Field field, InstrumentationScope scope)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark message = writer.BeginMessage(field, 0);
        writer.StringUnlessEmpty(CommonFields.InstrumentationScope.Name, scope.Name);
        writer.StringUnlessEmpty(CommonFields.InstrumentationScope.Version, scope.Version);
        KeyValueEncoder.WriteList(ref writer, CommonFields.InstrumentationScope.Attributes, scope.Attributes);
        writer.UInt32UnlessZero(CommonFields.InstrumentationScope.DroppedAttributesCount, scope.DroppedAttributesCount);
        writer.EndMessage(message);
    }
}
