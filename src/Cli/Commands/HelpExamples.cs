namespace OpencodeOtel.Cli.Commands;

/// <summary>The examples in the help of each command.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, IReadOnlyList<(string Words, string Line)>> All = new(StringComparer.Ordinal)
    {
        [""] =
        [
            ("Look at a recorded session", "opencode-otel replay session.sse --exporter console"),
            ("Observe one command, as in continuous integration", "opencode-otel run --enable -- opencode run \"make the tests pass\""),
            ("Follow a running opencode", "opencode-otel attach --enable"),
        ],
        ["pipe"] =
        [
            ("Ship what opencode prints, over OTLP/gRPC to localhost:4317", "opencode run --format json \"fix it\" | opencode-otel pipe --enable"),
            ("Stand in the middle of a pipe", "curl -sN http://127.0.0.1:4096/event | opencode-otel pipe --enable --passthrough > events.sse"),
        ],
        ["replay"] =
        [
            ("Print a tree a trace and a table of metrics; send nothing", "opencode-otel replay session.sse --exporter console"),
            ("Send a recording over OTLP/HTTP", "opencode-otel replay session.sse --protocol http/protobuf --endpoint https://otlp.example.com"),
            ("At ten times the speed it had", "opencode-otel replay session.sse --speed 10"),
        ],
        ["attach"] =
        [
            ("Follow the opencode on this machine, until Ctrl-C", "opencode-otel attach --enable"),
            ("Follow two servers that have the same password", "opencode-otel attach --enable http://127.0.0.1:4096 http://build-host:4096 --server-password @password.txt"),
            ("End when the work is done", "opencode-otel attach --enable --until-idle"),
        ],
        ["run"] =
        [
            ("Observe one opencode", "opencode-otel run --enable -- opencode run \"make the tests pass\""),
            ("Observe every opencode of a script, and fail the job when telemetry is lost", "opencode-otel run --enable --strict -- make review"),
            ("Keep the facts of the CI job out of the resource", "opencode-otel run --enable --no-ci-attributes -- opencode run \"fix it\""),
        ],
        ["install"] =
        [
            ("Observe every opencode of this user, from now on", "opencode-otel install"),
            ("Only in this project", "opencode-otel install --project"),
        ],
        ["uninstall"] =
        [
            ("Take the plugin away again", "opencode-otel uninstall"),
        ],
        ["doctor"] =
        [
            ("Would telemetry arrive as things are set here?", "opencode-otel doctor"),
            ("Try a backend before writing its settings down", "opencode-otel doctor --protocol http/protobuf --endpoint https://otlp.example.com --header @headers.txt"),
            ("What has failed, for a script", "opencode-otel doctor --json | jq -r '.checks[] | select(.status == \"failed\") | .detail'"),
        ],
        ["spool"] =
        [
            ("What the last runs could not send", "opencode-otel spool list --spool ~/.cache/opencode-otel"),
            ("Send it now, and fail if anything stays", "opencode-otel spool flush --spool ~/.cache/opencode-otel --endpoint https://otlp.example.com --strict"),
        ],
        ["spool list"] =
        [
            ("What the last runs could not send", "opencode-otel spool list --spool ~/.cache/opencode-otel"),
        ],
        ["spool flush"] =
        [
            ("Send it now, and fail if anything stays", "opencode-otel spool flush --spool ~/.cache/opencode-otel --endpoint https://otlp.example.com --strict"),
        ],
        ["spool purge"] =
        [
            ("Drop what has waited for more than three days", "opencode-otel spool purge --spool ~/.cache/opencode-otel --older-than 3d"),
        ],
        ["completions"] =
        [
            ("For this bash", "eval \"$(opencode-otel completions bash)\""),
        ],
    };

    /// <summary>Gets the commands that have examples, by their path below the program's name.</summary>
    public static IEnumerable<string> Commands => All.Keys;

    /// <summary>The examples of a command.</summary>
    public static IReadOnlyList<(string Words, string Line)> Of(string command) => All.GetValueOrDefault(command, []);
}
