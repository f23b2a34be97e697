namespace ModerationConsole.Core.Data;

/// <summary>The part of a group that can be read for at once: it runs on what was read, and what it changes is saved together.</summary>
internal static class ForeseenRun
{
    /// <summary>Runs those that were read for, puts them before the others and returns how many they are; null if one changed its mind.</summary>
    /// <param name="appended">Gets what they appended to logs.</param>
    public static async Task<int?> RunAsync(ConsoleDbContext db, DateTimeOffset now, ArraySegment<IWriteOperation> operations, List<object> appended)
    {
        ReadAhead reads = new(db);
        List<IWriteOperation> ready = [];
        foreach (IGrouping<IForesight, IWriteOperation> alike in operations.Where(operation => operation.Foreseen is not null).GroupBy(operation => operation.Foreseen!.By))
        {
            IReadOnlyList<bool> may = await alike.Key.ReadAsync(
                new WriteScope(db, now, reads), [.. alike.Select(operation => operation.Foreseen!.Ask)], CancellationToken.None).ConfigureAwait(false);
            ready.AddRange(alike.Where((_, i) => may[i]));
        }

        if (ready.Count == 0)
        {
            db.ChangeTracker.Clear();
            return 0;
        }

        foreach (IWriteOperation operation in ready)
        {
            WriteScope scope = new(db, now, reads);
            if (await operation.RunAsync(scope).ConfigureAwait(false) == WriteStep.Discarded)
            {
                return null;
            }

            appended.AddRange(scope.Appended);
        }

        IWriteOperation[] inOrder = [.. ready, .. operations.Except(ready)];
        inOrder.CopyTo(operations.AsSpan());
        await db.SaveChangesAsync().ConfigureAwait(false);
        db.ChangeTracker.Clear();
        return ready.Count;
    }
}
