using System.Globalization;
using System.Text;
using OpencodeOtel.Pipeline.Attaching;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class DirectoryScannerTests
{
    [Fact]
    public void Each_directory_is_found_once()
    {
        var scanner = new DirectoryScanner();
        byte[] bytes = Frames("/a", "/a", @"C:\\b", "/a", @"/\u00fc");

        Assert.Equal(["/a", @"C:\b", "/ü"], All(scanner, bytes));
        Assert.Empty(All(scanner, bytes));
    }

    [Fact]
    public void A_name_that_is_cut_is_left_for_the_next_event()
    {
        var scanner = new DirectoryScanner();
        byte[] bytes = Frames("/some/where");

        for (int length = 0; length < "data: {\"directory\":\"/some/where".Length; length++)
        {
            Assert.Null(scanner.FindNew(bytes.AsSpan(0, length)));
        }

        Assert.Equal("/some/where", scanner.FindNew(bytes));
    }

    [Fact]
    public void There_is_a_bound()
    {
        var scanner = new DirectoryScanner();
        byte[] bytes = Frames([.. Enumerable.Range(0, 1000).Select(i => "/" + i.ToString(CultureInfo.InvariantCulture))]);

        Assert.Equal(AttachLimits.Directories, All(scanner, bytes).Count);
    }

    private static byte[] Frames(params string[] directories) => Encoding.UTF8.GetBytes(string.Concat(
        directories.Select(directory => $$"""data: {"directory":"{{directory}}","payload":{} }""" + "\n\n")));

    private static List<string> All(DirectoryScanner scanner, byte[] bytes)
    {
        List<string> found = [];
        while (scanner.FindNew(bytes) is { } directory)
        {
            found.Add(directory);
        }

        return found;
    }
}
