using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>An expert makes a case golden; its decision in force is what was agreed.</summary>
public abstract class MakeGoldenOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecidedCase_ChosenByAnExpert_TakesOverWhatWasDecided()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid decision) = await room.DecidedAsync();

        Guid id = await room.MakeAsync(about);

        GoldenCase golden = await room.GoldenNowAsync(id);
        Decision judged = await room.Console.ReadAsync(db => db.Set<Decision>().SingleAsync(row => row.Id == decision, Cancel));
        Assert.Equal((about.Number, decision, GoldenOrigin.Expert, room.Expert.Id), (golden.CaseNumber, golden.DecisionId, golden.Origin, golden.MadeBy));
        Assert.Equal((Verdict.Violation, room.Policy.Id, room.Action.Id, "Because it is."), (golden.Verdict, golden.PolicyId, golden.Actions, golden.Note));
        Assert.NotNull(golden.PolicyVersionId);
        Assert.Equal(judged.PolicyVersionId, golden.PolicyVersionId);
        Assert.Equal((false, GoldenState.Active), (golden.Severe, golden.State));
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.GoldenMade, Cancel));
        Assert.Equal((room.Expert.Id, about.Number, id.ToString()), (entry.ActorId, entry.CaseNumber, entry.Subject));
    }

    [Fact]
    public async Task SevereCase_Made_IsMarkedSevere()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case byPolicy, _) = await room.DecidedAsync(severity: Severity.Severe);
        (Case byItem, _) = await room.DecidedAsync();
        await room.ChangeAsync(byItem, row => row.Sensitivity = Sensitivity.Severe);

        Assert.True((await room.GoldenNowAsync(await room.MakeAsync(byPolicy))).Severe);
        Assert.True((await room.GoldenNowAsync(await room.MakeAsync(byItem))).Severe);
    }

    [Fact]
    public async Task Case_ThatCannotMeasure_IsRefusedWithTheReason()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case open, _) = await room.Console.CaseAsync(room.Queue);
        (Case unclear, _) = await room.DecidedAsync(Verdict.CannotReview);
        (Case hidden, _) = await room.DecidedAsync();
        await room.ChangeAsync(hidden, row => row.Sensitivity = Sensitivity.ChildSafety);
        (Case twice, _) = await room.DecidedAsync();
        await room.MakeAsync(twice);
        (Case fresh, _) = await room.DecidedAsync(settled: false);

        Assert.Equal(MakeGoldenOutcome.NotDecided, await MakeAsync(room, open.Number));
        Assert.Equal(MakeGoldenOutcome.NoVerdict, await MakeAsync(room, unclear.Number));
        Assert.Equal(MakeGoldenOutcome.NoCase, await MakeAsync(room, hidden.Number));
        Assert.Equal(MakeGoldenOutcome.NoCase, await MakeAsync(room, 987_654));
        Assert.Equal(MakeGoldenOutcome.GoldenAlready, await MakeAsync(room, twice.Number));
        Assert.Equal(MakeGoldenOutcome.StillUndoable, await MakeAsync(room, fresh.Number));
        Assert.Equal(MakeGoldenOutcome.NoteTooLong, await MakeAsync(room, fresh.Number, new string('n', 5_001)));
        await room.RewritePolicyAsync();
        room.Console.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(MakeGoldenOutcome.PolicyChanged, await MakeAsync(room, fresh.Number));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<GoldenCase>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task ReversedDecision_Made_AgreesOnTheReversalAndShowsWhatItsFirstAuthorSaw()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid first) = await room.DecidedAsync();
        ReverseResult reversed = await room.Console.Use<ReverseDecision>().RunAsync(room.Author, first, "It was satire", Cancel);
        Assert.Equal(ReverseOutcome.Reversed, reversed.Outcome);

        GoldenCase golden = await room.GoldenNowAsync(await room.MakeAsync(about));

        Assert.Equal((first, Verdict.Allow, null, null, ""), (golden.DecisionId, golden.Verdict, golden.PolicyId, golden.PolicyVersionId, golden.Actions));
    }

    [Fact]
    public async Task Command_OfSomeoneWithoutItsPermission_IsRefused()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        TestConsole console = room.Console;
        (_, Guid golden) = await room.GoldenAsync();
        Caller reviewer = await console.PersonAsync(Roles.QualityReviewer);
        foreach (Caller stranger in new[] { room.Moderator, reviewer })
        {
            await DeniedAsync(() => console.Use<MakeGolden>().RunAsync(stranger, 1, null, Cancel));
            await DeniedAsync(() => console.Use<ListGolden>().RunAsync(stranger, Cancel));
            await DeniedAsync(() => console.Use<ReadGolden>().RunAsync(stranger, golden, Cancel));
        }

        foreach (Caller stranger in new[] { room.Moderator, reviewer, room.Expert })
        {
            await DeniedAsync(() => console.Use<MakeGoldenOfAgreement>().RunAsync(stranger, 1, Cancel));
            await DeniedAsync(() => console.Use<FindAgreements>().RunAsync(stranger, Cancel));
            await DeniedAsync(() => console.Use<RetireGolden>().RunAsync(stranger, golden, Cancel));
            await DeniedAsync(() => console.Use<AllowSevereGolden>().RunAsync(stranger, golden, Cancel));
        }

        Assert.Equal(GoldenState.Active, (await room.GoldenNowAsync(golden)).State);
    }

    private static Task<PermissionDeniedException> DeniedAsync(Func<Task> act) => Assert.ThrowsAsync<PermissionDeniedException>(act);

    private static async Task<MakeGoldenOutcome> MakeAsync(GoldenRoom room, long number, string? note = null) =>
        (await room.Console.Use<MakeGolden>().RunAsync(room.Expert, number, note, Cancel)).Outcome;
}

/// <summary>On SQLite.</summary>
public sealed class FileMakeGoldenTests(SqliteFiles server) : MakeGoldenOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresMakeGoldenTests(PostgresServer server) : MakeGoldenOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerMakeGoldenTests(SqlServerDatabases server) : MakeGoldenOnEach(server), IClassFixture<SqlServerDatabases>;
