using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed class ManyModeratorsTests(ConsoleFixture console)
{
    private const int Tasks = 50;
    private const int Moderators = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FiftyTasks_FourModeratorsAtTheirKeyboards_NoTaskIsEverHeldTwice()
    {
        Scene scene = await Scene.SetAsync(console.App, Moderators);
        for (int i = 1; i <= Tasks; i++)
        {
            await scene.PostAsync($"Post number {i}");
        }

        List<long>[] drawn = await Task.WhenAll(scene.People.Select(person => WorkAsync(scene, person)));

        long[] tasks = [.. (await scene.TasksAsync()).Select(task => task.Number)];
        Assert.Equal(Tasks, tasks.Length);
        Assert.Equal(tasks, drawn.SelectMany(numbers => numbers).Order());
        Assert.All(drawn, Assert.NotEmpty);
        var decided = await scene.ReadAsync(db => db.Set<Decision>().Where(row => tasks.Contains(row.TaskNumber))
            .Select(row => new { row.TaskNumber, row.DeciderId }).ToListAsync(Cancel));
        // What each page drew is what its person decided, and nobody decided what another had on the screen.
        Assert.Equal(
            drawn.Select(numbers => string.Join(',', numbers.Order())).Order(),
            decided.GroupBy(row => row.DeciderId).Select(person => string.Join(',', person.Select(row => row.TaskNumber).Order())).Order());
        List<LeaseRecord> leases = await scene.ReadAsync(db => db.Set<LeaseRecord>().Where(row => tasks.Contains(row.TaskNumber)).ToListAsync(Cancel));
        Assert.All(leases.GroupBy(lease => lease.TaskNumber), AssertOneAtATime);
        Assert.Equal(Tasks, leases.Count(lease => lease.End == LeaseEnd.Decided));
    }

    private async Task<List<long>> WorkAsync(Scene scene, string person)
    {
        await using IBrowserContext browser = await console.BrowserAsync(person);
        Desk desk = await Desk.StartAsync(browser, scene);
        List<long> drawn = [];
        for (long? task = await desk.DrawnAfterAsync(0); task is { } number; task = await desk.AllowAsync())
        {
            drawn.Add(number);
        }

        return drawn;
    }

    private static void AssertOneAtATime(IEnumerable<LeaseRecord> leases)
    {
        LeaseRecord[] inOrder = [.. leases.OrderBy(lease => lease.Fence)];
        Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.TakenAt));
    }
}
