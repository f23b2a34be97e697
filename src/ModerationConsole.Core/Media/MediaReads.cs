using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>What is asked of reveals for many at once.</summary>
internal static class MediaReads
{
    /// <summary>By task as it was drawn, and person: the highest step that they saw of any of its media above the blurred still.</summary>
    public static Reading<(DrawnTask Task, Guid PersonId), MediaStep> HighestStep { get; } = new(async (db, asked, cancellationToken) =>
    {
        long[] tasks = [.. asked.Select(key => key.Task.Number).Distinct()];
        var seen = await db.Set<MediaReveal>().Where(row => row.TaskNumber != null && row.Fencing != null && tasks.Contains(row.TaskNumber.Value))
            .Select(row => new { Task = row.TaskNumber!.Value, Fence = row.Fencing!.Value, row.PersonId, row.Step }).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        // Steps are stored by name, whose order is not theirs.
        return seen.GroupBy(row => (new DrawnTask(row.Task, row.Fence), row.PersonId)).ToDictionary(group => group.Key, group => group.Max(row => row.Step));
    });
}
