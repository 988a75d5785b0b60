namespace OpencodeOtel.Conformance.Items;

/// <summary>A test that says which items it proves.</summary>
/// <param name="Numbers">The items.</param>
/// <param name="File">Its file below the tests' folder, without extension, with forward slashes.</param>
/// <param name="Method">Its name.</param>
/// <param name="IsSkipped">Whether it says itself that it does not run.</param>
internal sealed record ItemTest(IReadOnlyList<int> Numbers, string File, string Method, bool IsSkipped)
{
    /// <summary>Gives where it is and what it is called.</summary>
    public override string ToString() => $"{File}: {Method}";
}
