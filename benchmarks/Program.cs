using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using OpencodeOtel.Benchmarks.Running;

return args switch
{
    ["check", ..] => CheckRun.Run(args.ElementAtOrDefault(1) ?? string.Empty, Console.Out),
    ["loop", ..] => LoopRun.Run(args[1..], Console.Out),
    ["ratios", ..] => RatiosRun.Run(args[1..], Console.Out),
    _ => RunBenchmarkDotNet(args),
};

static int RunBenchmarkDotNet(string[] args)
{
    IConfig config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default);
    return BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, config).Any() ? 0 : 1;
}
