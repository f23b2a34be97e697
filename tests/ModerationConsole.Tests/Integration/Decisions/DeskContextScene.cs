using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>A moderator, a queue and a rule that a test words itself, and short words for what desks show.</summary>
public abstract class DeskContextScene : IAsyncLifetime
{
    protected RuleOfATest Rules { get; } = new();

    protected TestConsole Console { get; private set; } = null!;

    protected Caller Moderator { get; private set; } = null!;

    protected CaseQueue Queue { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Console = await TestConsole.StartAsync(configure: services => services.AddSingleton<ICaseGrounds>(Rules));
        Moderator = await Console.PersonAsync();
        Queue = await Console.QueueAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Console.DisposeAsync();
    }

    protected Task<DeskCase?> CaseAsync(ReviewTask task) => Console.Use<GetDeskCase>().RunAsync(Moderator, task.Number, Cancel);

    protected Task<DeskContext?> ContextAsync(ReviewTask task) => Console.Use<GetDeskContext>().RunAsync(Moderator, task.Number, Cancel);

    protected async Task<ReviewTask> HeldAsync(string text = "Some text")
    {
        (_, ReviewTask task) = await Console.CaseAsync(Queue, text);
        await Console.HoldAsync(Moderator, task);
        return task;
    }

    protected Task<int> ReportAsync(long caseNumber, string reporter, string? reason = null) => Console.WriteAsync(scope =>
    {
        scope.Db.Add(new Report { CaseNumber = caseNumber, ReporterTypeId = "account", ReporterId = reporter, Reason = reason, ReportedAt = scope.Now, ReceivedAt = scope.Now });
        return Task.FromResult(0);
    });

    protected async Task<Case> DecidedAsync(
        Verdict verdict, string? reporter = null, string text = "Some text", string? itemId = null, Sensitivity sensitivity = Sensitivity.Ordinary,
        string? policyId = null, string actions = "")
    {
        (Case about, ReviewTask task) = await Console.CaseAsync(Queue, text, sensitivity: sensitivity, itemId: itemId);
        if (reporter is not null)
        {
            await ReportAsync(about.Number, reporter);
        }

        return await Console.WriteAsync(async scope =>
        {
            Case open = await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel);
            ReviewTask waiting = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == task.Number, Cancel);
            Decision decision = new()
            {
                CaseNumber = open.Number, CaseVersion = 1, TaskNumber = task.Number, DecidedAt = scope.Now, Verdict = verdict, PolicyId = policyId, Actions = actions,
                PolicyVersionId = await scope.Db.Set<PolicyVersion>().Where(row => row.PolicyId == policyId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(Cancel),
            };
            scope.Db.Add(decision);
            open.Decide(decision.Id, scope.Now);
            waiting.Finish(scope.Now);
            await scope.StopWaitingAsync(task.Number, Cancel);
            return open;
        });
    }

    // Two items with the same data, as a platform sends when it numbers a repost anew.
    protected Task<int> GiveSameDataAsync(Case from, long to) => Console.WriteAsync(async scope =>
    {
        byte[] hash = await scope.Db.Set<ItemVersion>().Where(row => row.Id == from.ItemVersionId).Select(row => row.ContentHash).SingleAsync(Cancel);
        Guid version = await scope.Db.Set<Case>().Where(row => row.Number == to).Select(row => row.ItemVersionId).SingleAsync(Cancel);
        return await scope.Db.Set<ItemVersion>().Where(row => row.Id == version).ExecuteUpdateAsync(row => row.SetProperty(one => one.ContentHash, hash), Cancel);
    });

    protected Task<int> PictureAsync(long caseNumber, string hash) => Console.WriteAsync(async scope =>
    {
        Guid version = await scope.Db.Set<Case>().Where(row => row.Number == caseNumber).Select(row => row.ItemVersionId).SingleAsync(Cancel);
        MediaObject media = new() { Sha256 = hash, Kind = MediaKind.Image, State = MediaState.Ready };
        scope.Db.Add(media);
        scope.Db.Add(new ItemMedia { ItemVersionId = version, MediaId = media.Id, Field = "images" });
        return 0;
    });

    protected sealed class RuleOfATest : ICaseGrounds
    {
        public CaseGround? Ground { get; set; }

        public Task<IReadOnlyList<CaseGround>> OfAsync(ConsoleDbContext db, Case about, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CaseGround>>(Ground is null ? [] : [Ground]);
    }
}
