using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.resource.v1.Resource</c>, without its schema, which belongs to what is around it.</summary>
internal static class ResourceEncoder
{
    public static void Write<TWriter>(ref TWriter writer, Field field, Resource resource)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        Mark message = writer.BeginMessage(field, 0);
        KeyValueEncoder.WriteList(ref writer, ResourceFields.Resource.Attributes, resource.Attributes);
        writer.UInt32UnlessZero(ResourceFields.Resource.DroppedAttributesCount, resource.DroppedAttributesCount);
        EntityRefEncoder.WriteList(ref writer, ResourceFields.Resource.EntityRefs, resource.EntityRefs.Span);
        writer.EndMessage(message);
    }
}
