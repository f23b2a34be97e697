using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>What the desk asks the database does not grow with the case: each part is one query, however much there is of it.</summary>
public sealed class DeskQueryCountTests : IAsyncLifetime
{
    private const int MostOfACase = 22;
    private const int MostOfItsContext = 10;

    private readonly CommandCounter _counter = new();
    // One person has one shown task, so each task has a holder of its own.
    private readonly Dictionary<long, Caller> _holders = [];
    private TestConsole _console = null!;
    private Caller _moderator = null!;
    private CaseQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _moderator = await _console.PersonAsync();
        _queue = await _console.QueueAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Case_WithMuchAroundIt_IsReadInAsManyQueriesAsOneWithLittle()
    {
        ReviewTask small = await HeldAsync(reports: 1, beside: 1);
        ReviewTask large = await HeldAsync(reports: 60, beside: 40);

        int few = await CountAsync<GetDeskCase>(small, async (use, person) => await use.RunAsync(person, small.Number, Cancel));
        int many = await CountAsync<GetDeskCase>(large, async (use, person) => await use.RunAsync(person, large.Number, Cancel));

        Assert.Equal(few, many);
        Assert.InRange(many, 1, MostOfACase);
    }

    [Fact]
    public async Task Context_WithMuchInIt_IsReadInAsManyQueriesAsOneWithLittle()
    {
        ReviewTask small = await HeldAsync(reports: 1, beside: 1, author: "u-quiet");
        await DecidedAsync("u-quiet");
        ReviewTask large = await HeldAsync(reports: 1, beside: 1, author: "u-loud");
        for (int decided = 0; decided < 15; decided++)
        {
            await DecidedAsync("u-loud");
            await _console.Use<CommentOnCase>().RunAsync(_moderator, large.CaseNumber, $"comment {decided}", Cancel);
        }

        int few = await CountAsync<GetDeskContext>(small, async (use, person) => await use.RunAsync(person, small.Number, Cancel));
        int many = await CountAsync<GetDeskContext>(large, async (use, person) => await use.RunAsync(person, large.Number, Cancel));

        Assert.Equal(few, many);
        Assert.InRange(many, 1, MostOfItsContext);
    }

    [Fact]
    public async Task Strikes_OfDecisionsMadeTogether_AreToldByOneQueryEach()
    {
        await using ConsoleDbContext db = new CountedContexts(_console, _counter).CreateDbContext();
        WriteScope together = new(db, _console.Clock.GetUtcNow());
        IStrikeCount strikes = _console.Services.GetRequiredService<IStrikeCount>();
        List<int> queries = [];
        foreach (string author in (string[])["u-1", "u-2", "u-3"])
        {
            _counter.Count = 0;
            await strikes.WithAsync(together, new Decision { Verdict = Verdict.Allow }, new TargetItem("account", author), childSafety: false, Cancel);
            queries.Add(_counter.Count);
        }

        // What strikes weigh is asked for once.
        Assert.Equal([3, 1, 1], queries);
    }

    private async Task<int> CountAsync<TUse>(ReviewTask task, Func<TUse, Caller, Task<object?>> read)
        where TUse : class, IUseCase
    {
        TUse use = ActivatorUtilities.CreateInstance<TUse>(_console.Services, new CountedContexts(_console, _counter));
        // Once before: what a person may do is looked up once and remembered.
        Assert.NotNull(await read(use, _holders[task.Number]));
        _counter.Count = 0;
        Assert.NotNull(await read(use, _holders[task.Number]));
        return _counter.Count;
    }

    private async Task<ReviewTask> HeldAsync(int reports, int beside, string author = "u-1")
    {
        (Case about, ReviewTask task) = await _console.CaseAsync(_queue, author: author);
        List<Guid> others = [];
        for (int item = 0; item < beside; item++)
        {
            others.Add((await _console.CaseAsync(_queue, author: $"u-{item + 5}")).Case.ItemVersionId);
        }

        await _console.WriteAsync(scope =>
        {
            for (int report = 0; report < reports; report++)
            {
                scope.Db.Add(new Report { CaseNumber = about.Number, ReporterTypeId = "account", ReporterId = $"r-{report}", ReportedAt = scope.Now, ReceivedAt = scope.Now });
            }

            scope.Db.AddRange(others.Select((version, place) => new RelatedItem { CaseNumber = about.Number, ItemVersionId = version, Position = place }));
            return Task.FromResult(0);
        });
        Caller holder = await _console.PersonAsync();
        await _console.HoldAsync(holder, task);
        _holders[task.Number] = holder;
        return task;
    }

    private async Task DecidedAsync(string author)
    {
        (Case about, ReviewTask task) = await _console.CaseAsync(_queue, author: author);
        await _console.WriteAsync(async scope =>
        {
            Case open = await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel);
            ReviewTask waiting = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == task.Number, Cancel);
            Decision decision = new() { CaseNumber = open.Number, CaseVersion = 1, TaskNumber = task.Number, DecidedAt = scope.Now, Verdict = Verdict.Allow };
            scope.Db.Add(decision);
            open.Decide(decision.Id, scope.Now);
            waiting.Finish(scope.Now);
            await scope.StopWaitingAsync(task.Number, Cancel);
            return 0;
        });
    }

    private sealed class CommandCounter : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return ValueTask.FromResult(result);
        }
    }

    private sealed class CountedContexts(TestConsole console, CommandCounter counter) : IDbContextFactory<ConsoleDbContext>
    {
        public ConsoleDbContext CreateDbContext()
        {
            using ConsoleDbContext plain = console.Contexts.CreateDbContext();
            DbContextOptionsBuilder<SqliteConsoleContext> options = new();
            options.UseSqlite(plain.Database.GetConnectionString()).AddInterceptors(counter);
            return new SqliteConsoleContext(options.Options);
        }
    }
}
