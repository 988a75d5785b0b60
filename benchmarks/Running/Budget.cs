using System.Text.Json;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>How much one of our benchmarks may allocate in steady state.</summary>
/// <param name="PerItem">Bytes for each item.</param>
/// <param name="PerCall">Bytes for each call, whatever the number of items: the object of a request.</param>
internal sealed record Budget(int PerItem, int PerCall)
{
    /// <summary>Reads <c>budgets.json</c>: budgets by class and method.</summary>
    public static IReadOnlyDictionary<string, Budget> ReadAll()
    {
        using Stream file = typeof(Budget).Assembly.GetManifestResourceStream("budgets.json")!;
        using JsonDocument document = JsonDocument.Parse(file);
        return document.RootElement.EnumerateObject().ToDictionary(
            budget => budget.Name,
            budget => new Budget(budget.Value.GetProperty("perItem").GetInt32(), budget.Value.GetProperty("perCall").GetInt32()));
    }

    /// <summary>The bytes that a call with <paramref name="items"/> items may allocate.</summary>
    public long Of(int items) => PerCall + ((long)PerItem * items);
}
