namespace OpencodeOtel.Conformance.Schema;

/// <summary>One line of the table: a field, a reserved range, an enum value or a method. Columns as in its head.</summary>
internal sealed record SchemaRow(
    string File,
    string Package,
    string Owner,
    string Name,
    string Number,
    string Label,
    string Type,
    string TypeName,
    string Oneof,
    string JsonName,
    string Note)
{
    /// <summary>Gives the row back as the table writes it, so that a mismatch can be searched for.</summary>
    public override string ToString() =>
        string.Join('\t', File, Package, Owner, Name, Number, Label, Type, TypeName, Oneof, JsonName, Note).TrimEnd();
}
