using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Conformance.Schema;

/// <summary>Writes what protoc made of proto/ as rows of the table.</summary>
internal static class SchemaDescriptors
{
    /// <summary>Lists the generated files of the OTLP packages: all that there are, not only those that are known.</summary>
    public static IEnumerable<FileDescriptor> Files() =>
        typeof(Span).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .Where(file => file.Package.StartsWith("opentelemetry.", StringComparison.Ordinal));

    /// <summary>Lists every message of a file, nested ones included.</summary>
    public static IEnumerable<MessageDescriptor> Messages(FileDescriptor file)
    {
        static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
            message.NestedTypes.SelectMany(WithNested).Prepend(message);
        return file.MessageTypes.SelectMany(WithNested);
    }

    /// <summary>Gives a row for everything that a file declares.</summary>
    public static IEnumerable<SchemaRow> Rows(FileDescriptor file)
    {
        IEnumerable<EnumDescriptor> enums = file.EnumTypes.Concat(Messages(file).SelectMany(m => m.EnumTypes));
        return Messages(file).SelectMany(MessageRows)
            .Concat(enums.SelectMany(EnumRows))
            .Concat(file.Services.SelectMany(ServiceRows));
    }

    private static IEnumerable<SchemaRow> MessageRows(MessageDescriptor message)
    {
        DescriptorProto proto = message.ToProto();
        SchemaRow empty = Row(message.File, message.FullName, "");
        IEnumerable<SchemaRow> fields = message.Fields.InDeclarationOrder().Select(field => FieldRow(empty, field));

        // A descriptor's range ends before its End, the table's range includes it.
        IEnumerable<SchemaRow> ranges = proto.ReservedRange
            .Select(r => empty with { Name = "(reserved)", Number = $"{r.Start}-{r.End - 1}", Note = "reserved" });
        IEnumerable<SchemaRow> names = proto.ReservedName
            .Select(name => empty with { Name = name, Note = "reserved" });
        return fields.Concat(ranges).Concat(names);
    }

    private static SchemaRow FieldRow(SchemaRow message, FieldDescriptor field) => message with
    {
        Name = field.Name,
        Number = field.FieldNumber.ToString(CultureInfo.InvariantCulture),
        Label = field.IsRepeated ? "repeated" : field.IsRequired ? "required" : "optional",
        Type = field.FieldType.ToString().ToLowerInvariant(),
        TypeName = field.FieldType switch
        {
            FieldType.Message => "." + field.MessageType.FullName,
            FieldType.Enum => "." + field.EnumType.FullName,
            _ => "",
        },
        Oneof = field.RealContainingOneof?.Name ?? (field.ContainingOneof is null ? "" : "(optional)"),
        JsonName = field.JsonName,
        Note = field.GetOptions()?.Deprecated == true ? "deprecated" : "",
    };

    private static IEnumerable<SchemaRow> EnumRows(EnumDescriptor type) =>
        type.Values.Select(value => Row(type.File, type.FullName, value.Name) with
        {
            Number = value.Number.ToString(CultureInfo.InvariantCulture),
            Type = "enum",
            Note = value.GetOptions()?.Deprecated == true ? "deprecated" : "",
        });

    private static IEnumerable<SchemaRow> ServiceRows(ServiceDescriptor service) =>
        service.Methods.Select(method => Row(service.File, "", $"rpc {method.Name}") with
        {
            Owner = $"service {service.Name}",
            TypeName = Side(method.InputType, method.IsClientStreaming)
                + " -> " + Side(method.OutputType, method.IsServerStreaming),
        });

    private static string Side(MessageDescriptor type, bool streaming) =>
        (streaming ? "stream ." : ".") + type.FullName;

    private static SchemaRow Row(FileDescriptor file, string fullName, string name) =>
        new(file.Name, file.Package, WithoutPackage(file, fullName), name, "", "", "", "", "", "", "");

    private static string WithoutPackage(FileDescriptor file, string fullName) =>
        fullName.Length == 0 ? "" : fullName[(file.Package.Length + 1)..];
}
