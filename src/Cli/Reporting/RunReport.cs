using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Cli.Reporting;

/// <summary>The account of a run: the pipeline's, and what the process took for it.</summary>
/// <param name="Pipeline">What came in, what was made of it, and what became of that.</param>
/// <param name="Wall">Time from start to report.</param>
/// <param name="Cpu">Processor time of the process.</param>
internal sealed record RunReport(PipelineReport Pipeline, TimeSpan Wall, TimeSpan Cpu);
