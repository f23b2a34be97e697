using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Wellbeing;

/// <summary>
/// Skip, "stop this case" and break leave the same trace for everybody else: in the audit, in what hub and live pages are fed
/// from, in the timeline, in the records of leases, in exports and in the log.
/// </summary>
public sealed partial class SameTraceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SkipStopAndBreak_WithACaseDrawnAhead_LeaveTheSameTrace()
    {
        string skip = await TraceAsync((console, person, task) => SkipAsync(console, person, task));
        string stop = await TraceAsync(async (console, person, task) =>
        {
            await SkipAsync(console, person, task);
            await console.Use<SetNoSevere>().RunAsync(person, NoSevereFor.FourHours, Cancel);
        });
        string rest = await TraceAsync((console, person, _) => console.Use<TakeBreak>().RunAsync(person, Cancel));

        Assert.Contains(nameof(AuditAct.LeaseReleased), skip, StringComparison.Ordinal);
        Assert.Equal(skip, stop);
        Assert.Equal(skip, rest);
    }

    [Fact]
    public async Task TakingBack_AfterASkipOrAStop_IsAnOrdinaryClaim()
    {
        string mistake = await TraceAsync(async (console, person, task) =>
        {
            await SkipAsync(console, person, task);
            Assert.Equal(TakeBackOutcome.Taken, (await console.Use<TakeTaskBack>().RunAsync(person, task.TaskNumber, task.Fence, Cancel)).Outcome);
        });
        string claim = await TraceAsync(async (console, person, task) =>
        {
            await console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: false, Cancel);
            await console.WriteAsync(scope => scope.ReleaseAllOfAsync(person, person.Id, LeaseEnd.Released, Cancel));
            Assert.Equal(task.TaskNumber, (await console.ClaimAsync(person)).TaskNumber);
        });

        Assert.Equal(claim, mistake);
    }

    private static async Task<string> TraceAsync(Func<TestConsole, Caller, LeasedTask, Task> act)
    {
        LogKeeper log = new();
        await using TestConsole console = await TestConsole.StartAsync(configure: services => services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        Caller person = await console.PersonAsync();
        Caller auditor = await console.PersonAsync(Core.People.Roles.Auditor);
        CaseQueue queue = await console.QueueAsync([person]);
        List<long> numbers = [];
        for (int i = 0; i < 3; i++)
        {
            numbers.Add((await console.CaseAsync(queue, sensitivity: Sensitivity.Severe, itemId: $"p-{i}")).Case.Number);
        }

        LeasedTask shown = await console.ClaimAsync(person);
        await console.ClaimAsync(person, LeaseSlot.Spare);
        long audited = await console.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(row => row.Number, Cancel));
        long told = await console.ReadAsync(db => db.Set<OutboxEvent>().MaxAsync(row => row.Sequence, Cancel));
        console.Clock.Advance(TimeSpan.FromSeconds(30));
        log.Lines.Clear();

        await act(console, person, shown);

        List<string> trace = [];
        trace.AddRange(await console.ReadAsync(async db => (await db.Set<AuditEntry>().Where(row => row.Number > audited).OrderBy(row => row.Number).ToListAsync(Cancel))
            .Select(row => $"audit {row.Act} {row.ActorKind} {row.ActorId == person.Id} {row.CaseNumber} {row.TaskNumber} {row.At:O} {Known(row.Details, queue)}")));
        // What is for the person alone reaches nobody else.
        trace.AddRange(await console.ReadAsync(async db => (await db.Set<OutboxEvent>().Where(row => row.Sequence > told && row.Kind != LiveKind.PersonChanged).OrderBy(row => row.Sequence).ToListAsync(Cancel))
            .Select(row => $"live {row.Kind} {row.CaseNumber} {row.TaskNumber} {row.PersonId == person.Id} {row.State} {row.At:O}")));
        trace.AddRange(await console.ReadAsync(async db => (await db.Set<CaseEvent>().OrderBy(row => row.Sequence).ToListAsync(Cancel))
            .Select(row => $"timeline {row.Kind} {row.CaseNumber} {row.At:O}").Order()));
        trace.AddRange(await console.ReadAsync(async db => (await db.Set<LeaseRecord>().OrderBy(row => row.TaskNumber).ToListAsync(Cancel))
            .Select(row => $"lease {row.TaskNumber} {row.End} {row.EndedAt:O}")));
        foreach (long number in numbers)
        {
            CaseFile? file = await console.Use<OpenCase>().RunAsync(auditor, number, Cancel);
            trace.Add($"page {file is null} {file?.History.Count}");
        }

        await ExportAsync(console, auditor, numbers, trace);
        // What the framework says of a query it says once a process, whoever asks first.
        trace.AddRange(log.Lines.Where(line => line.StartsWith("log ModerationConsole", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        return string.Join('\n', trace.Select(line => Ids().Replace(line, "id")));
    }

    // The file of each case as "audit export" writes it, but for what no two files have in common: ids, hashes and signatures.
    private static async Task ExportAsync(TestConsole console, Caller auditor, List<long> numbers, List<string> trace)
    {
        await console.SealAsync();
        foreach (long number in numbers)
        {
            Proved proved = await console.Use<ProveCase>().RunAsync(auditor, number, Cancel);
            Assert.Equal((ProveOutcome.Proved, 0), (proved.Outcome, proved.Waiting));
            trace.Add($"export {number} {proved.Document!.Entries.Count} of {proved.Document.Head.Size} at {proved.Document.Head.SignedAt:O}");
            trace.AddRange(proved.Document.Entries.Select(entry => JsonSerializer.Serialize(entry with { Id = Guid.Empty, Path = [] }, ProofDocument.Json)));
        }
    }

    private static string Known(string text, CaseQueue queue) => text.Replace(queue.Id.ToString(), "queue", StringComparison.Ordinal);

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")]
    private static partial Regex Ids();

    private static Task<ReleaseOutcome> SkipAsync(TestConsole console, Caller person, LeasedTask task) =>
        console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: true, Cancel);

    private sealed class LogKeeper : ILoggerProvider
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Keeper(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Keeper(LogKeeper log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Lines.Add($"log {category} {formatter(state, exception)}");
        }
    }
}
