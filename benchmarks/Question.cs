using BenchmarkDotNet.Attributes;

namespace OpencodeOtel.Benchmarks;

/// <summary>One question, with its contestants as <c>[Benchmark]</c> methods; each returns the bytes that it wrote or read.</summary>
/// <remarks>BenchmarkDotNet runs the methods, and so do the paired runner and the check: there is one definition of each.</remarks>
public abstract class Question : IDisposable
{
    /// <summary>Prepares the data, the peers and ourselves.</summary>
    [GlobalSetup]
    public abstract void Setup();

    /// <summary>Says how the contestants do not do the same work; <see langword="null"/> when they do.</summary>
    public abstract string? Verify();

    /// <summary>Ends the peers and gives our buffers back.</summary>
    [GlobalCleanup]
    public abstract void Dispose();
}
