namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Who runs: the categories of the benchmarks, for <c>--anyCategories</c> and for the tables.</summary>
public static class Categories
{
    /// <summary>Our own code. Its allocation has a budget.</summary>
    public const string Ours = "ours";

    /// <summary>Another library that does the same work.</summary>
    public const string Peer = "peer";

    /// <summary>What the machine needs at the least: a copy of the finished bytes, a bare walk over the input.</summary>
    public const string Floor = "floor";
}
