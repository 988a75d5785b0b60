using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using OpencodeOtel.Benchmarks.Running;

return args switch
{
    ["check", ..] => CheckRun.Run(args.ElementAtOrDefault(1) ?? string.Empty, Console.Out),
    ["concurrency"] => await ConcurrencyRun.RunAsync(Console.Out),
    ["loop", ..] => LoopRun.Run(args[1..], Console.Out),
    ["measure", string part, string rounds] => MeasureRun.Run(
        part, int.Parse(rounds, CultureInfo.InvariantCulture), Console.Out, Console.Error),
    ["ratios", ..] => RatiosRun.Run(args[1..], Console.Out),
    _ => RunBenchmarkDotNet(args),
};

// In this process: a process for each benchmark would build the whole project anew, with the OTLP classes, for each run.
static int RunBenchmarkDotNet(string[] args)
{
    IConfig config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default);
    IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run([.. args, "--inProcess"], config);
    return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
}
