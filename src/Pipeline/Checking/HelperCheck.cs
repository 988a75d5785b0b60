using System.Globalization;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Credentials;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether a headers helper gives headers, which the exports are then tried with. It runs once, whoever asks.</summary>
internal sealed class HelperCheck
{
    private const string Check = "headers helper";

    private readonly HeadersHelper? _helper;
    private readonly Task<HelperResult> _run;

    /// <summary>Starts the helper of an exporter, if there is one.</summary>
    public HelperCheck(ExporterOptions exporter, TimeProvider time, CancellationToken cancellationToken)
    {
        _helper = HeadersHelper.For(exporter, time);
        _run = _helper is null ? Task.FromResult(new HelperResult()) : Task.Run(() => _helper.RunAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Gets a value indicating whether there is a helper.</summary>
    public bool IsThere => _helper is not null;

    /// <summary>Puts the helper's headers over those that are set; after a failure those serve.</summary>
    public async Task AddToAsync(SignalDestinations destinations)
    {
        HelperResult result = await _run.ConfigureAwait(false);
        destinations.Override(result.Headers);
    }

    /// <summary>What came of it.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync()
    {
        if (_helper is null)
        {
            yield return new CheckResult(Check, "none", CheckStatus.Skipped, "there is none (--headers-helper PATH)");
            yield break;
        }

        HelperResult result = await _run.ConfigureAwait(false);
        string path = ShownText.Of(_helper.Path);
        if (result.Failure is { } failure)
        {
            string name = $"the headers helper {path} ";
            string why = failure.StartsWith(name, StringComparison.Ordinal) ? failure[name.Length..] : failure;
            yield return new CheckResult(Check, path, CheckStatus.Failed, why, "run it by hand: it has to print an object of strings, such as {\"authorization\":\"Bearer …\"}");
            yield break;
        }

        string names = ShownText.Of(string.Join(", ", result.Headers.Select(header => header.Key)));
        string count = string.Create(CultureInfo.InvariantCulture, $"{result.Headers.Count} header{(result.Headers.Count == 1 ? string.Empty : "s")}");
        yield return new CheckResult(
            Check, path, CheckStatus.Ok, $"{count}{(names.Length == 0 ? string.Empty : $" ({names})")} in {CheckText.Elapsed(result.Duration)}");
    }
}
