using Google.Protobuf.Reflection;

namespace OpencodeOtel.Conformance.Schema;

/// <summary>Holds proto/ equal to the table of the published schema, row for row.</summary>
public sealed class SchemaTests
{
    private static readonly IReadOnlyList<SchemaRow> Table = SchemaTable.Read();
    private static readonly IReadOnlyList<SchemaRow> Generated =
        [.. SchemaDescriptors.Files().SelectMany(SchemaDescriptors.Rows)];

    [Fact]
    public void Every_row_of_the_table_is_in_the_generated_descriptors() =>
        AssertNone(Table.Except(Generated), "in the table, not in proto/");

    [Fact]
    public void Everything_in_the_generated_descriptors_is_a_row_of_the_table() =>
        AssertNone(Generated.Except(Table), "in proto/, not in the table");

    [Fact]
    public void The_table_and_the_descriptors_have_as_many_rows_and_none_twice()
    {
        Assert.Equal(Table.Distinct().Count(), Table.Count);
        Assert.Equal(Table.Count, Generated.Count);
    }

    [Fact]
    public void A_repeated_scalar_is_packed()
    {
        FieldDescriptor[] packable = [.. SchemaDescriptors.Files()
            .SelectMany(SchemaDescriptors.Messages)
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Where(field => field.IsRepeated
                && field.FieldType is not (FieldType.Message or FieldType.String or FieldType.Bytes))];
        Assert.Equal(
            ["bucket_counts", "bucket_counts", "explicit_bounds"],
            packable.Where(field => field.IsPacked).Select(field => field.Name).Order());
        Assert.All(packable, field => Assert.True(field.IsPacked, field.FullName));
    }

    [Fact]
    public void Only_members_of_a_oneof_optional_fields_and_messages_know_whether_they_are_set()
    {
        IEnumerable<FieldDescriptor> fields = SchemaDescriptors.Files()
            .SelectMany(SchemaDescriptors.Messages)
            .SelectMany(message => message.Fields.InDeclarationOrder());
        Dictionary<(string, string, string), SchemaRow> rows = Table
            .Where(row => row.Label.Length > 0)
            .ToDictionary(row => (row.Package, row.Owner, row.Name));
        Assert.All(fields, field =>
        {
            string owner = field.ContainingType.FullName[(field.File.Package.Length + 1)..];
            SchemaRow row = rows[(field.File.Package, owner, field.Name)];
            bool known = row.Oneof.Length > 0 || (row.Type == "message" && row.Label == "optional");
            Assert.True(known == field.HasPresence, $"presence is {field.HasPresence}: {row}");
        });
    }

    private static void AssertNone(IEnumerable<SchemaRow> rows, string where)
    {
        SchemaRow[] wrong = [.. rows];
        Assert.True(wrong.Length == 0, $"{wrong.Length} rows {where}:\n{string.Join('\n', wrong.AsEnumerable())}");
    }
}
