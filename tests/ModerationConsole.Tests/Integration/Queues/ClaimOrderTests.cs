using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

public sealed class ClaimOrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_AlongTheIndex_NeverSorts(bool goesOn)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Reviewer person = new(Guid.CreateVersion7(), new HashSet<Permission>(), ["en"], []);
        WaitingTask? last = goesOn ? new WaitingTask { Priority = 50, DueAt = Instant.Never, TaskNumber = 7 } : null;

        List<string> plan = await console.ReadAsync(async db =>
        {
            await using DbCommand command = ClaimOrder.Waiting(db, person, Guid.CreateVersion7(), last).Take(4).CreateDbCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
            await db.Database.OpenConnectionAsync(Cancel);
            await using DbDataReader reader = await command.ExecuteReaderAsync(Cancel);
            List<string> lines = [];
            while (await reader.ReadAsync(Cancel))
            {
                lines.Add(reader.GetString(reader.GetOrdinal("detail")));
            }

            return lines;
        });

        Assert.Contains(plan, line => line.Contains("IX_waiting_task_QueueId_Priority_DueAt_TaskNumber", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal) || line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Candidates_OverManyPagesAndQueues_ComeInOneOrderWithoutGapOrRepeat()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue[] queues = [await console.QueueAsync(), await console.QueueAsync(), await console.QueueAsync()];
        var (about, first) = await console.CaseAsync(queues[0]);
        DateTimeOffset start = console.Clock.GetUtcNow();
        Random random = new(7);
        await console.WriteAsync(async scope =>
        {
            for (int i = 0; i < 300; i++)
            {
                DateTimeOffset due = random.Next(3) == 0 ? Instant.Never : start.AddMinutes(random.Next(5));
                await scope.QueueTaskAsync(Caller.System, about, TaskKind.Golden, queues[random.Next(3)], random.Next(4), due, Cancel);
            }

            return 0;
        });

        List<WaitingTask> read = await console.ReadAsync(async db =>
        {
            List<WaitingTask> rows = [];
            Reviewer person = new(Guid.CreateVersion7(), new HashSet<Permission>(), [], []);
            await foreach (WaitingTask task in ClaimOrder.CandidatesAsync(new ReadAhead(db), person, queues.Select(queue => queue.Id), ClaimPages.None, Cancel))
            {
                rows.Add(task);
            }

            return rows;
        });

        Assert.Equal(301, read.Count);
        Assert.Equal(first.Number, read[0].TaskNumber);
        Assert.Equal(
            read.OrderByDescending(task => task.Priority).ThenBy(task => task.DueAt).ThenBy(task => task.TaskNumber).Select(task => task.TaskNumber),
            read.Select(task => task.TaskNumber));
    }
}
