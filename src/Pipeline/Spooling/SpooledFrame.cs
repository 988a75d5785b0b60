using OpencodeOtel.Otlp;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>A request read back from a log: to be settled, or given back.</summary>
/// <param name="Log">Where it is.</param>
/// <param name="Position">Its place there.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Request">The request; held once, for whoever took the frame.</param>
/// <param name="IsOwn">Whether this process has counted its records as spooled; if not, an earlier one has.</param>
internal sealed record SpooledFrame(SpoolLog Log, SpoolPosition Position, SpoolLane Lane, ExportRequest Request, bool IsOwn);
