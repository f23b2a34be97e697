using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>Someone who can have a session.</summary>
internal sealed record BenchPerson(Guid Id, string Stamp, string Name);

/// <summary>A case that reports go to, with its item as it was sent.</summary>
internal sealed record WatchedCase(long Number, object Item);

/// <summary>A data directory with people who each hold a task, one more than there are to be circuits, cases enough to decide, and two that are watched.</summary>
internal sealed record CircuitsWorld(string Data, IReadOnlyList<BenchPerson> People, WatchedCase WatchedByTen, WatchedCase WatchedByAll) : IDisposable
{
    public static async Task<CircuitsWorld> MakeAsync(CircuitsOptions options)
    {
        BenchmarkConsole console = await BenchmarkConsole.StartAsync(DatabaseProvider.Sqlite, "", options.Directory, keep: true);
        await using (console)
        {
            int cases = (2 * options.Count) + (2 * options.Tasks) + (options.Seconds * 20) + 200;
            return await FillAsync(console, options.Count + 1, cases, holding: true);
        }
    }

    /// <summary>Makes all that in a console that runs.</summary>
    /// <param name="holding">Whether each person holds a task.</param>
    public static async Task<CircuitsWorld> FillAsync(BenchmarkConsole console, int count, int cases, bool holding)
    {
        // The two that are watched come last, after all that will be decided.
        DeskWorld world = await DeskWorld.MakeAsync(console, count, cases);
        foreach (Core.Access.Caller person in holding ? world.Moderators : [])
        {
            ClaimResult claim = await console.Get<ClaimNextCase>().RunAsync(person, null);
            if (claim.Outcome != ClaimOutcome.Claimed)
            {
                throw new InvalidOperationException($"Claiming ended with {claim.Outcome}.");
            }
        }

        await using ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        List<BenchPerson> people = await db.Users.OrderBy(row => row.Email).Where(row => row.Email!.StartsWith("benchmark"))
            .Select(row => new BenchPerson(row.Id, row.SecurityStamp ?? "", row.Email!)).ToListAsync();
        return new CircuitsWorld(console.DataDirectory, people, await WatchAsync(db, cases - 1), await WatchAsync(db, cases - 2));
    }

    public void Dispose() => Directory.Delete(Data, recursive: true);

    private static async Task<WatchedCase> WatchAsync(ConsoleDbContext db, int place)
    {
        string item = $"post-{place}";
        long number = await (
            from about in db.Set<Case>()
            join version in db.Set<ItemVersion>() on about.ItemVersionId equals version.Id
            where version.ItemId == item
            select about.Number).SingleAsync();
        return new WatchedCase(number, DeskWorld.Post(place));
    }
}
