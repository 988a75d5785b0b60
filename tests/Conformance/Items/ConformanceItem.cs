namespace OpencodeOtel.Conformance.Items;

/// <summary>One thing that OpenTelemetry's specifications, or good practice, ask of an exporter.</summary>
/// <param name="Number">From 1 to 195, for good: tests are named by it.</param>
/// <param name="Section">A letter, as in <see cref="ItemTable.Sections"/>.</param>
/// <param name="Level"><c>M</c> for MUST, <c>S</c> for SHOULD, <c>O</c> for MAY, <c>X</c> for what no specification asks.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Source">The page that asks for it.</param>
/// <param name="WhyNot">Why it does not apply here; empty when it does.</param>
internal sealed record ConformanceItem(int Number, char Section, char Level, string Title, string Source, string WhyNot)
{
    /// <summary>Gets a value indicating whether it has to be proved.</summary>
    public bool Applies => WhyNot.Length == 0;

    /// <summary>Gets the level as the page writes it.</summary>
    public string LevelName => Level switch
    {
        'M' => "must",
        'S' => "should",
        'O' => "may",
        'X' => "extra",
        _ => throw new InvalidDataException($"item {Number} has the level {Level}"),
    };
}
