using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.common.v1.EntityRef</c>.</summary>
internal static class EntityRefEncoder
{
    public static void WriteList<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<EntityRef> entities)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (entities.IsEmpty)
        {
            return;
        }

        Mark list = writer.BeginList(field);
        foreach (EntityRef entity in entities)
        {
            Mark item = writer.BeginItem(field, 0);
            writer.StringUnlessEmpty(CommonFields.EntityRef.SchemaUrl, entity.SchemaUrl);
            writer.StringUnlessEmpty(CommonFields.EntityRef.Type, entity.Type);
            WriteKeys(ref writer, CommonFields.EntityRef.IdKeys, entity.IdKeys.Span);
            WriteKeys(ref writer, CommonFields.EntityRef.DescriptionKeys, entity.DescriptionKeys.Span);
            writer.EndMessage(item);
        }

        writer.EndList(list);
    }

    private static void WriteKeys<TWriter>(ref TWriter writer, Field field, ReadOnlySpan<OtlpString> keys)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        if (keys.IsEmpty)
        {
            return;
        }

        Mark list = writer.BeginList(field);
        foreach (ref readonly OtlpString key in keys)
        {
            writer.WriteStringItem(field, key);
        }

        writer.EndList(list);
    }
}
