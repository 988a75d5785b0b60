using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>Finds the questions of this assembly and their contestants.</summary>
internal static class Questions
{
    /// <summary>The questions whose name holds <paramref name="part"/>, by name.</summary>
    public static IEnumerable<Question> Named(string part) => typeof(Questions).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Question)) && type.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (Question)Activator.CreateInstance(type)!);

    /// <summary>What <paramref name="question"/> asks.</summary>
    public static QuestionAttribute Asked(Question question) => question.GetType().GetCustomAttribute<QuestionAttribute>()
        ?? throw new InvalidOperationException($"{question.GetType().Name} has no [Question].");

    /// <summary>The contestants of <paramref name="question"/>, in the order in which they are written.</summary>
    public static IReadOnlyList<Contestant> Contestants(Question question) =>
    [
        .. question.GetType().GetMethods()
            .Where(method => method.IsDefined(typeof(BenchmarkAttribute)))
            .OrderBy(method => method.MetadataToken)
            .Select(method => new Contestant(question, method)),
    ];
}
