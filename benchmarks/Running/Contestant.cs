using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>One benchmark method, ready to be called.</summary>
internal sealed class Contestant
{
    private readonly Func<int> _run;

    /// <summary>Binds <paramref name="method"/>, which takes nothing and returns the bytes that it wrote or read.</summary>
    public Contestant(Question question, MethodInfo method)
    {
        BenchmarkAttribute benchmark = method.GetCustomAttribute<BenchmarkAttribute>()!;
        _run = method.CreateDelegate<Func<int>>(question);
        Method = method.Name;
        Key = $"{question.GetType().Name}.{method.Name}";
        Title = benchmark.Description ?? method.Name;
        Items = benchmark.OperationsPerInvoke;
        IsBaseline = benchmark.Baseline;
        Category = method.GetCustomAttribute<BenchmarkCategoryAttribute>()?.Categories[0]
            ?? throw new InvalidOperationException($"{Key} has no category.");
        Targets = [.. method.GetCustomAttributes<TargetAttribute>()];
    }

    /// <summary>Gets the name of the method.</summary>
    public string Method { get; }

    /// <summary>Gets the name in the budgets: class and method.</summary>
    public string Key { get; }

    /// <summary>Gets what it is called in tables.</summary>
    public string Title { get; }

    /// <summary>Gets the number of items that one call works on.</summary>
    public int Items { get; }

    /// <summary>Gets a value indicating whether it is the one that the others are compared with.</summary>
    public bool IsBaseline { get; }

    /// <summary>Gets one of <see cref="Categories"/>.</summary>
    public string Category { get; }

    /// <summary>Gets the ratios that are asked of it.</summary>
    public IReadOnlyList<TargetAttribute> Targets { get; }

    /// <summary>Calls it <paramref name="times"/> times.</summary>
    /// <returns>The bytes of the last call.</returns>
    public int Run(int times)
    {
        int bytes = 0;
        for (int i = 0; i < times; i++)
        {
            bytes = _run();
        }

        return bytes;
    }
}
