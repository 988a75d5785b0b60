using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Credentials;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

/// <summary>Real programs, one at a time.</summary>
public sealed class HeadersHelperTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly HelperScript _scripts = new();

    /// <summary>Programs that fail, and what is said after their name.</summary>
    public static TheoryData<string, string> Failing => new()
    {
        { "echo '{\"a\":\"MARKED\"}'; echo MARKED >&2; exit 3", "ended with exit code 3" },
        { "kill -9 $$", "ended with exit code 137" },
        { "echo MARKED", "printed what is not JSON" },
        { "echo '{\"a\":1}'", "gives 'a' a value that is not a string" },
        { ":", "printed nothing" },
        { "exec head -c 1048577 /dev/zero", "printed more than 1 MiB" },
        { "exec cat /dev/zero", "printed more than 1 MiB" },
    };

    [Fact]
    public async Task It_prints_headers_and_gets_neither_arguments_nor_input()
    {
        HelperResult result = await RunAsync("""printf '{"a":"%s %s %s %s"}' "$#" "$(cat | wc -c | tr -d ' ')" "$PWD" "${HOME:+home}" """);
        Assert.Null(result.Failure);
        Assert.Equal([new("a", new Secret($"0 0 {_scripts.Directory} home"))], result.Headers);
        Assert.True(result.Duration > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task A_failure_names_the_cause_and_shows_nothing_that_was_printed(string body, string problem)
    {
        string path = _scripts.Write(body);
        HelperResult result = await RunFileAsync(path);
        Assert.Equal($"the headers helper {path} {problem}", result.Failure);
        Assert.Empty(result.Headers);
    }

    [Fact]
    public async Task An_output_of_exactly_the_limit_is_read()
    {
        HelperResult result = await RunAsync("""printf '{"a":"one"}'; head -c 1048565 /dev/zero | tr '\000' ' '""");
        Assert.Null(result.Failure);
        Assert.Single(result.Headers);
    }

    [Fact]
    public async Task A_lot_of_errors_neither_stops_it_nor_is_shown()
    {
        HelperResult result = await RunAsync("""head -c 3000000 /dev/zero | tr '\000' 'M' >&2; echo '{"a":"one"}'""");
        Assert.Null(result.Failure);
        Assert.Single(result.Headers);
    }

    [Fact]
    public async Task What_cannot_be_started_is_a_failure()
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string missing = Path.Combine(_scripts.Directory, "missing");
        string plain = _scripts.WriteFile("#!/bin/sh\n", Readable);
        string formless = _scripts.WriteFile("echo {}\n", Readable | UnixFileMode.UserExecute);
        string orphan = _scripts.Write("echo {}", "#!/no/such/interpreter");
        Assert.Equal($"the headers helper {missing} does not exist", (await RunFileAsync(missing)).Failure);
        Assert.Equal($"the headers helper {_scripts.Directory} is a directory", (await RunFileAsync(_scripts.Directory)).Failure);
        Assert.Equal($"the headers helper {plain} is not executable", (await RunFileAsync(plain)).Failure);
        Assert.Equal($"the headers helper {formless} is no program that can be started; a script needs a first line such as #!/bin/sh", (await RunFileAsync(formless)).Failure);
        Assert.Equal($"the headers helper {orphan} names an interpreter that does not exist", (await RunFileAsync(orphan)).Failure);
    }

    [Fact]
    public async Task One_that_hangs_is_ended_after_5_s_with_all_that_it_started()
    {
        FakeTimeProvider time = new();
        (string path, string pids) = Hanging();
        Task<HelperResult> running = new HeadersHelper(path, _scripts.Directory, grpc: false, time).RunAsync(CancellationToken.None);
        int[] processes = await StartedAsync(pids);
        time.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.All(processes, process => Assert.True(IsAlive(process)));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal($"the headers helper {path} did not end within 5 s", (await running.WaitAsync(Deadline)).Failure);
        await Eventually.HoldsAsync(() => !processes.Any(IsAlive));
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once_with_all_that_it_started()
    {
        using CancellationTokenSource cancel = new();
        (string path, string pids) = Hanging();
        Task<HelperResult> running = new HeadersHelper(path, _scripts.Directory, grpc: false, new FakeTimeProvider()).RunAsync(cancel.Token);
        int[] processes = await StartedAsync(pids);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Deadline));
        await Eventually.HoldsAsync(() => !processes.Any(IsAlive));
    }

    [Fact]
    public async Task A_process_that_it_leaves_behind_is_not_waited_for()
    {
        HelperResult result = await RunAsync("""sleep 60 & echo $! > left; echo '{"a":"one"}'""");
        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(_scripts.Directory, "left")), CultureInfo.InvariantCulture));
        left.Kill();
        Assert.Null(result.Failure);
        Assert.Single(result.Headers);
        Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void An_exporter_says_which_helper_it_has()
    {
        ExporterOptions options = Configuration.Resolving.From().Options.Exporters[0];
        Assert.Null(HeadersHelper.For(options));
        Assert.Equal(Path.GetFullPath("token"), HeadersHelper.For(options with { HeadersHelper = "${DIRECTORY}/token" })!.Path);
    }

    public void Dispose() => _scripts.Dispose();

    /// <summary>One that writes its own id and that of a child to a file, and goes on.</summary>
    private (string Path, string Pids) Hanging()
    {
        string pids = Path.Combine(_scripts.Directory, "pids");
        return (_scripts.Write($"sleep 600 &\necho $$ $! > {pids}.new; mv {pids}.new {pids}\nwait"), pids);
    }

    private static async Task<int[]> StartedAsync(string pids)
    {
        await Eventually.HoldsAsync(() => File.Exists(pids));
        return [.. (await File.ReadAllTextAsync(pids)).Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<HelperResult> RunAsync(string body) => RunFileAsync(_scripts.Write(body));

    private Task<HelperResult> RunFileAsync(string path) =>
        new HeadersHelper(path, _scripts.Directory, grpc: false).RunAsync(CancellationToken.None).WaitAsync(Deadline);
}
