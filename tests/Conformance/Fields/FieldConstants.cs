using System.Reflection;
using Google.Protobuf.Reflection;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Conformance.Fields;

/// <summary>Writes the constants of the encoder, and the fields of the schema, as lines that can be compared.</summary>
internal static class FieldConstants
{
    private delegate Field Constant();

    /// <summary>Lists the constants: file, message and field as named in code, then number, wire type and JSON name.</summary>
    public static IEnumerable<string> InCode() =>
        from type in typeof(Field).Assembly.GetTypes()
        where type.Namespace == typeof(Field).Namespace
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Static)
        where property.PropertyType == typeof(Field)
        select Line(type, property);

    /// <summary>Gives the line that a field of the schema has to have.</summary>
    public static string Of(FieldDescriptor field, string file, string package)
    {
        string message = field.ContainingType.FullName[(package.Length + 1)..];
        return $"{file}.{message}.{Pascal(field.Name)} = {field.FieldNumber}, {WireTypeOf(field)}, {field.JsonName}";
    }

    /// <summary>Gives the name of the constants' class for a .proto file.</summary>
    public static string ClassOf(FileDescriptor file) => Pascal(Path.GetFileNameWithoutExtension(file.Name)) + "Fields";

    /// <summary>Gives the wire type of a field, which for a packed list is that of its whole.</summary>
    public static WireType WireTypeOf(FieldDescriptor field) => field.IsRepeated && field.IsPacked ? WireType.LengthDelimited : field.FieldType switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireType.Fixed32,
        FieldType.String or FieldType.Bytes or FieldType.Message => WireType.LengthDelimited,
        _ => WireType.Varint,
    };

    private static string Line(Type type, PropertyInfo property)
    {
        // A ref struct cannot be boxed, so the getter is called through a delegate of its own type.
        Field field = property.GetMethod!.CreateDelegate<Constant>()();
        string path = type.FullName![(type.Namespace!.Length + 1)..].Replace('+', '.');
        return $"{path}.{property.Name} = {field.Number}, {field.WireType}, {System.Text.Encoding.ASCII.GetString(field.JsonName)}";
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
