namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>Lines over the files of a diff list.</summary>
/// <param name="IsPresent">Whether the event had the list.</param>
/// <param name="Files">Its length.</param>
/// <param name="Added">The sum of <c>additions</c>.</param>
/// <param name="Removed">The sum of <c>deletions</c>.</param>
internal readonly record struct LineCounts(bool IsPresent, int Files, long Added, long Removed);
