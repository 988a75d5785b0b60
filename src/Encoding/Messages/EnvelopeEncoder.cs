using OpencodeOtel.Otlp.Json;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;

namespace OpencodeOtel.Otlp.Messages;

/// <summary>
/// <c>Export…ServiceRequest</c> with one <c>Resource…</c> with one <c>Scope…</c>, around the records. <c>TracesData</c>,
/// <c>MetricsData</c> and <c>LogsData</c>, which files hold, are the same bytes.
/// </summary>
internal static class EnvelopeEncoder
{
    public static Frame Encode(Signal signal, WireForm form, Resource resource, InstrumentationScope scope)
    {
        EnvelopeFields fields = EnvelopeFields.Of(signal);
        return form == WireForm.Protobuf
            ? new Frame(fields.Request, fields.Scopes, EncodeParts<ProtobufWriter>(fields, resource, scope))
            : EncodeJson(fields, EncodeParts<JsonWriter>(fields, resource, scope));
    }

    private static FrameParts EncodeParts<TWriter>(in EnvelopeFields fields, Resource resource, InstrumentationScope scope)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        TWriter measure = default;
        WriteParts(ref measure, fields, resource, scope);
        byte[] bytes = new byte[measure.BytesRequired];
        TWriter writer = default;
        writer.Use(bytes);
        (int outerHead, int innerHead, int innerTail) = WriteParts(ref writer, fields, resource, scope);
        return new FrameParts(bytes.AsSpan(0, (int)writer.Length), outerHead, innerHead, innerTail);
    }

    private static (int OuterHead, int InnerHead, int InnerTail) WriteParts<TWriter>(
        ref TWriter writer, in EnvelopeFields fields, Resource resource, InstrumentationScope scope)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        ResourceEncoder.Write(ref writer, fields.Resource, resource);
        int outerHead = (int)writer.Length;
        InstrumentationScopeEncoder.Write(ref writer, fields.Scope, scope);
        int innerHead = (int)writer.Length;
        writer.StringUnlessEmpty(fields.ScopeSchemaUrl, scope.SchemaUrl);
        int innerTail = (int)writer.Length;
        writer.StringUnlessEmpty(fields.ResourceSchemaUrl, resource.SchemaUrl);
        return (outerHead, innerHead, innerTail);
    }

    private static Frame EncodeJson(in EnvelopeFields fields, in FrameParts parts)
    {
        JsonWriter measure = default;
        WriteJson(ref measure, fields, parts);
        byte[] text = new byte[measure.BytesRequired];
        JsonWriter writer = default;
        writer.Use(text);
        int prefix = WriteJson(ref writer, fields, parts);
        return new Frame(text[..prefix], text[prefix..^1]); // without the comma after the whole
    }

    private static int WriteJson(ref JsonWriter writer, in EnvelopeFields fields, in FrameParts parts)
    {
        Mark request = writer.BeginItem(default, 0);
        Mark resources = writer.BeginList(fields.Request);
        Mark resource = writer.BeginItem(fields.Request, 0);
        writer.WriteEncoded(parts.OuterHead);
        Mark scopes = writer.BeginList(fields.Scopes);
        Mark scope = writer.BeginItem(fields.Scopes, 0);
        writer.WriteEncoded(parts.InnerHead);
        Mark items = writer.BeginList(fields.Items);
        int prefix = (int)writer.Length;
        writer.WriteEncoded(","u8); // the comma of a last item
        writer.EndList(items);
        writer.WriteEncoded(parts.InnerTail);
        writer.EndMessage(scope);
        writer.EndList(scopes);
        writer.WriteEncoded(parts.OuterTail);
        writer.EndMessage(resource);
        writer.EndList(resources);
        writer.EndMessage(request);
        return prefix;
    }
}
