using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>Cases that were decided and closed, with all that can stand about one, and the runs over them.</summary>
internal sealed class RetentionScene : IAsyncDisposable
{
    /// <summary>A word that users and reviewers wrote, wherever one can write.</summary>
    public const string Canary = "xanthic-otter";

    private RetentionScene(TestConsole console, Caller moderator, Caller admin, CaseQueue queue) =>
        (Console, Moderator, Admin, Queue) = (console, moderator, admin, queue);

    public TestConsole Console { get; }

    public Caller Moderator { get; }

    public Caller Admin { get; }

    public CaseQueue Queue { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RetentionScene> OpenAsync(Dictionary<string, string?>? database = null)
    {
        TestConsole console = await TestConsole.StartAsync(database);
        Caller moderator = await console.PersonAsync(own: Permission.ChildSafety);
        return new RetentionScene(console, moderator, await console.PersonAsync(Roles.Admin), await console.QueueAsync([moderator]));
    }

    /// <summary>A case with a report, a comment, media, a delivery and two decisions, closed.</summary>
    public async Task<long> ClosedCaseAsync(string author = "u-1", string reporter = "u-2", Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        long number = await DecidedCaseAsync(author, reporter, sensitivity);
        Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);
        Assert.Equal(CaseState.Closed, await Console.ReadAsync(db => db.Set<Case>().Where(row => row.Number == number).Select(row => row.State).SingleAsync(Cancel)));
        return number;
    }

    /// <summary>The same, still open.</summary>
    public async Task<long> OpenCaseAsync(string author = "u-1", string reporter = "u-2", Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        (Case about, _) = await Console.CaseAsync(Queue, text: Canary, sensitivity: sensitivity, author: author);
        await FurnishAsync(about, reporter);
        return about.Number;
    }

    /// <summary>Moves the clock and runs retention.</summary>
    public async Task RunAsync(int afterDays = 0)
    {
        Console.Clock.Advance(TimeSpan.FromDays(afterDays) + RetentionRuns.Every);
        Assert.True(await Console.Get<RunRetention>().RunOnceAsync(Cancel));
        RetentionRun run = await Console.ReadAsync(db => db.Set<RetentionRun>().OrderByDescending(row => row.StartedAt).FirstAsync(Cancel));
        Assert.Null(run.BrokeAt);
        Assert.NotNull(run.EndedAt);
    }

    public Task<HoldOutcome> HoldAsync(long? number = null, string? actorId = null) =>
        Console.Use<PlaceHold>().RunAsync(Admin, new HoldRequest(number, actorId is null ? null : "account", actorId, "A court asked."), Cancel);

    public Task<ErasedActor> EraseAsync(string actorId) => Console.Use<EraseActor>().RunAsync(Admin, "account", actorId, actorId, Cancel);

    public Task<bool> ExistsAsync(long number) => Console.ReadAsync(db => db.Set<Case>().AnyAsync(row => row.Number == number, Cancel));

    /// <summary>Columns of any table that hold the text, but for those given.</summary>
    public Task<List<string>> WhereAsync(string text) => Console.ReadAsync(async db =>
    {
        List<string> found = [];
        foreach ((string table, string column) in Columns(db, typeof(string)))
        {
            string sql = $"SELECT CAST(COUNT(*) AS bigint) AS \"Value\" FROM \"{table}\" WHERE \"{column}\" LIKE '%{text}%'";
            if (await db.Database.SqlQueryRaw<long>(sql).SingleAsync(Cancel) > 0)
            {
                found.Add($"{table}.{column}");
            }
        }

        return found;
    });

    /// <summary>Tables that still have a row about the case.</summary>
    public Task<List<string>> TablesAboutAsync(long number) => Console.ReadAsync(async db =>
    {
        List<string> found = [];
        foreach ((string table, string column) in Columns(db, typeof(long)).Concat(Columns(db, typeof(long?))).Where(one => one.Column == "CaseNumber"))
        {
            string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT CAST(COUNT(*) AS bigint) AS \"Value\" FROM \"{table}\" WHERE \"{column}\" = {number}");
            if (await db.Database.SqlQueryRaw<long>(sql).SingleAsync(Cancel) > 0)
            {
                found.Add(table);
            }
        }

        return found;
    });

    public ValueTask DisposeAsync() => Console.DisposeAsync();

    private static IEnumerable<(string Table, string Column)> Columns(ConsoleDbContext db, Type type) =>
        from entity in db.Model.GetEntityTypes()
        let table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
        where table is not null
        from property in entity.GetProperties()
        where property.ClrType == type && property.GetColumnName(table.Value) is not null
        select (table.Value.Name, property.GetColumnName(table.Value)!);

    private async Task<long> DecidedCaseAsync(string author, string reporter, Sensitivity sensitivity)
    {
        (Case about, ReviewTask task) = await Console.CaseAsync(Queue, text: Canary, sensitivity: sensitivity, author: author);
        await FurnishAsync(about, reporter);
        ActiveLease lease = await Console.HoldAsync(Moderator, task);
        DecideResult decided = await Console.Use<DecideCase>().RunAsync(
            Moderator, new DecideCommand(task.Number, lease.Fence, Verdict.Allow) { ReasonForUser = Canary, InternalNote = Canary }, Cancel);
        Assert.Equal(DecideOutcome.Decided, decided.Outcome);
        await ReverseAsync(about, task, decided.DecisionId!.Value);
        return about.Number;
    }

    // Two decisions of which one points at the other, as a reversal leaves them.
    private Task<int> ReverseAsync(Case about, ReviewTask task, Guid first) => Console.WriteAsync(scope =>
    {
        Decision draft = Later(about, task, first, scope.Now, []);
        Decision second = Later(about, task, first, scope.Now, DecisionHash.Of(draft), draft.Id);
        scope.Db.Add(second);
        scope.Record(Caller.System, AuditAct.DecisionMade, about.Number, task.Number, second.Id.ToString(), new Dictionary<string, object?>
        {
            ["hash"] = Convert.ToHexStringLower(second.Hash),
        });
        return Task.FromResult(0);
    });

    private static Decision Later(Case about, ReviewTask task, Guid first, DateTimeOffset at, byte[] hash, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        CaseNumber = about.Number,
        CaseVersion = 1,
        TaskNumber = task.Number,
        DecidedAt = at,
        UndoUntil = at,
        InternalNote = Canary,
        ReversesId = first,
        Hash = hash,
    };

    private async Task FurnishAsync(Case about, string reporter)
    {
        using MemoryStream picture = new([.. await File.ReadAllBytesAsync(Support.Media.SampleMedia.Jpeg, Cancel), .. Guid.NewGuid().ToByteArray()]);
        StoreMediaResult stored = await Console.Use<StoreMedia>().RunAsync(
            Caller.System, new MediaUpload(picture, ChildSafety: about.Sensitivity == Sensitivity.ChildSafety), Cancel);
        ActionDefinition action = await Console.ActionAsync();
        await Console.WriteAsync(scope =>
        {
            EnforcementAction sent = new() { CaseNumber = about.Number, ActionId = action.Id, TargetTypeId = "account", TargetItemId = Canary, Body = $"\"{Canary}\"", CreatedAt = scope.Now };
            sent.Cancel(scope.Now);
            scope.Db.AddRange(
                sent,
                new ItemMedia { ItemVersionId = about.ItemVersionId, MediaId = stored.MediaId!.Value, Field = "images" },
                new Report { CaseNumber = about.Number, ReporterTypeId = "account", ReporterId = reporter, Reason = Canary, ReportedAt = scope.Now, ReceivedAt = scope.Now },
                new CaseComment { CaseNumber = about.Number, PersonId = Moderator.Id, Text = Canary, At = scope.Now });
            return Task.FromResult(0);
        });
    }
}
