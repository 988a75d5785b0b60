using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using OpencodeOtel.Conformance.Schema;

namespace OpencodeOtel.Conformance.Fields;

/// <summary>Every constant of the encoder is a field of the schema, and every field of the schema is a constant.</summary>
public sealed class FieldConstantsTests
{
    private const string Rpc = "RpcFields";

    [Fact]
    public void The_constants_are_the_fields_of_the_schema_but_for_the_exclusions()
    {
        IEnumerable<string> expected = SchemaDescriptors.Files().SelectMany(file => SchemaDescriptors.Messages(file)
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Where(field => !Exclusion.All.Any(exclusion => !exclusion.HasConstant && exclusion.FullName == field.FullName))
            .Select(field => FieldConstants.Of(field, FieldConstants.ClassOf(file), file.Package)));
        IEnumerable<string> actual = FieldConstants.InCode().Where(line => !line.StartsWith(Rpc, StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_constants_of_a_servers_error_are_the_fields_of_its_schema()
    {
        MessageDescriptor[] messages = [Status.Descriptor, RetryInfo.Descriptor, Any.Descriptor, Duration.Descriptor];
        IEnumerable<string> expected = messages
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Select(field => FieldConstants.Of(field, Rpc, field.File.Package));
        IEnumerable<string> actual = FieldConstants.InCode().Where(line => line.StartsWith(Rpc, StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_exclusion_is_a_field_of_the_schema_and_says_why()
    {
        HashSet<string> fields = [.. SchemaDescriptors.Files()
            .SelectMany(SchemaDescriptors.Messages)
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Select(field => field.FullName)];
        Assert.All(Exclusion.All, exclusion => Assert.Contains(exclusion.FullName, fields));
        Assert.All(Exclusion.All, exclusion => Assert.NotEmpty(exclusion.Reason));
    }
}
