using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads how many lines were added and removed.</summary>
internal static class LineCountsReader
{
    /// <summary>Reads the current value as a list of file diffs; absent when it is no list.</summary>
    public static LineCounts ReadList(ref MemberReader members)
    {
        if (!members.TryEnterList())
        {
            return default;
        }

        int files = 0;
        long added = 0;
        long removed = 0;
        while (members.NextElement())
        {
            LineCounts file = ReadFile(ref members);
            files++;
            added = Math.Min(added + file.Added, JsonNumbers.LargestCount);
            removed = Math.Min(removed + file.Removed, JsonNumbers.LargestCount);
        }

        return new LineCounts(IsPresent: true, files, added, removed);
    }

    /// <summary>Reads the current value as the diff of one file; absent when it is no object.</summary>
    public static LineCounts ReadFile(ref MemberReader members)
    {
        if (!members.TryEnterObject())
        {
            return default;
        }

        long added = 0;
        long removed = 0;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("additions"u8))
            {
                added = members.Count();
            }
            else if (name.SequenceEqual("deletions"u8))
            {
                removed = members.Count();
            }
            else
            {
                members.Skip();
            }
        }

        return new LineCounts(IsPresent: true, Files: 1, added, removed);
    }
}
