using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations.Precedents;

/// <summary>From a ruling to a precedent that similar cases show, and what ends it. The same on each database.</summary>
public abstract class PrecedentsOnEach(IDatabaseServer server)
{
    private const string Picture = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
    private const string Retouched = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b2f";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ruling_PublishedByAnExpert_IsFoundByItsWordsAndOfferedWhereACaseIsNear()
    {
        await using TestConsole console = await StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long number, Case about) = await room.PublishedAsync(picture: Picture);
        (long other, _) = await room.PublishedAsync("Lovely weather in the harbour", PrecedentRoom.Words("Weather") with
        {
            Facts = "Nothing but talk of rain", Rule = "Small talk stays", Reasoning = "It harms nobody", Examples = "", Tags = ["weather"],
        });

        // The same text; nearly the same; the same picture to the eye; words of the expert.
        Assert.Equal([PrecedentLink.SameText], (Assert.Single(await room.OfferedAsync(PrecedentRoom.Satire))).Reasons.Select(reason => reason.Link));
        Assert.Equal([PrecedentLink.NearText], (Assert.Single(await room.OfferedAsync(PrecedentRoom.Satire + " now"))).Reasons.Select(reason => reason.Link));
        PrecedentOffer seen = Assert.Single(await room.OfferedAsync("", Retouched));
        Assert.Equal((number, null, PrecedentLink.NearPicture), (seen.Number, seen.CaseNumber, Assert.Single(seen.Reasons).Link));
        PrecedentReason words = Assert.Single((Assert.Single(await room.OfferedAsync("They AUCTION the municipal goats!"))).Reasons);
        Assert.Equal(PrecedentLink.Words, words.Link);
        Assert.Equal(["auction", "goats", "municipal"], words.Words.Order());
        Assert.Empty(await room.OfferedAsync("Something else altogether, with goats"));

        // By words, tag and policy; nothing of the item itself was copied.
        Assert.Equal([number], await room.ListAsync(new PrecedentFilter { Search = "municip \"comic offer\"" }));
        Assert.Equal([number], await room.ListAsync(new PrecedentFilter { Tag = "officials" }));
        Assert.Equal([other, number], await room.ListAsync(new PrecedentFilter { PolicyId = room.Policy.Id }));
        Assert.Empty(await room.ListAsync(new PrecedentFilter { Search = "bicycle" }));
        Assert.Empty(await room.ListAsync(new PrecedentFilter { Search = "…" }));
        Assert.Equal([(number, about.Number)], (await console.Use<FindSimilarPrecedents>().RunAsync(room.Room.First, about.Number, 3, superseded: true, Cancel))!.Select(offer => (offer.Number, offer.CaseNumber!.Value)));
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.PrecedentPublished && row.CaseNumber == about.Number, Cancel));
        Assert.Equal(room.Room.First.Id, entry.ActorId);
        Assert.DoesNotContain("municipal", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_ThatChanges_EndsItsPrecedentsUntilAnExpertConfirmsOrRewritesThem()
    {
        await using TestConsole console = await StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        // Of two who publish the same ruling at once, one does.
        (long ruling, _) = await room.RuledAsync();
        PrecedentResult[] both = await Task.WhenAll(Enumerable.Range(0, 8).Select(count => Task.Run(() => room.PublishAsync(ruling, by: count % 2 == 0 ? room.Room.First : room.Room.Second))));
        Assert.Equal(7, both.Count(result => result.Outcome == PrecedentOutcome.Published));
        long number = both[0].Number!.Value;
        (long other, _) = await room.PublishedAsync("Lovely weather in the harbour");

        await room.ChangePolicyAsync("Other words");

        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        PrecedentView view = (await room.ReadAsync(number))!;
        Assert.Equal((PrecedentState.Superseded, 1, 2), (view.Precedent.State, view.Precedent.PolicyVersion, view.PolicyVersion));
        InboxEntry told = Assert.Single(await room.Room.InboxAsync(room.Room.First), entry => entry.Kind == InboxKind.PrecedentsSuperseded);
        Assert.Equal((room.Policy.Id, $"{room.Policy.Code} {room.Policy.Name}"), (told.Subject, told.Name));
        Assert.Equal([other, number], await room.ListAsync(new PrecedentFilter { State = PrecedentState.Superseded }));

        Assert.Equal(PrecedentOutcome.Changed, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.Second, number, 1, Cancel));
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.Second, number, 2, Cancel));
        Assert.Equal(PrecedentOutcome.Over, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.Second, number, 2, Cancel));
        Assert.Equal((number, 2), (await room.OfferedAsync(PrecedentRoom.Satire)).Select(offer => (offer.Number, offer.PolicyVersion)).Single());
        // What is in force stands before what is not, whatever was published later.
        Assert.Equal([number, other], await room.ListAsync());
        FoundPrecedents rest = await console.Use<ListPrecedents>().RunAsync(room.Room.Asker, new PrecedentFilter { After = new PrecedentPlace(PrecedentState.InForce, number) }, Cancel);
        Assert.Equal([other], rest.Rows.Select(row => row.Number));

        Assert.Equal(PrecedentOutcome.Saved, await console.Use<RewritePrecedent>().RunAsync(room.Room.Second, other, 1, PrecedentRoom.Words("Rain"), Cancel));
        Assert.Equal(PrecedentOutcome.Changed, await console.Use<RewritePrecedent>().RunAsync(room.Room.First, other, 1, PrecedentRoom.Words("Snow"), Cancel));
        PrecedentView rewritten = (await room.ReadAsync(other))!;
        Assert.Equal((PrecedentState.InForce, "Rain", 2, 2), (rewritten.Precedent.State, rewritten.Shown.Title, rewritten.Shown.Number, rewritten.Shown.PolicyVersion));
        Assert.Equal("Impossible sale by an official", (await room.ReadAsync(other, version: 1))!.Shown.Title);

        Assert.Equal(PrecedentOutcome.ReasonMissing, await console.Use<WithdrawPrecedent>().RunAsync(room.Room.First, number, " ", Cancel));
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<WithdrawPrecedent>().RunAsync(room.Room.First, number, "Goats were real", Cancel));
        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        Assert.Equal([other], await room.ListAsync());
        Assert.Equal([number], await room.ListAsync(new PrecedentFilter { State = PrecedentState.Withdrawn }));
        Assert.Equal(PrecedentOutcome.Over, await console.Use<RewritePrecedent>().RunAsync(room.Room.First, number, 1, PrecedentRoom.Words(), Cancel));
        Assert.Equal(
            [AuditAct.PrecedentPublished, AuditAct.PrecedentPublished, AuditAct.PrecedentSuperseded, AuditAct.PrecedentSuperseded, AuditAct.PrecedentChanged, AuditAct.PrecedentConfirmed, AuditAct.PrecedentWithdrawn],
            (await room.ActsAsync()).OrderBy(act => act is AuditAct.PrecedentPublished ? 0 : act is AuditAct.PrecedentSuperseded ? 1 : 2).ThenBy(act => act));
    }

    /// <summary>Invariant 16: what turns out to be about child safety is there for nobody, not even to who may work such cases.</summary>
    [Fact]
    public async Task Case_ThatTurnsOutToBeAboutChildSafety_TakesItsPrecedentWithItAtOnce()
    {
        await using TestConsole console = await StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        Caller cleared = await console.PersonAsync(Core.People.Roles.PolicyExpert, own: Permission.ChildSafety);
        (long number, Case about) = await room.PublishedAsync();
        Assert.Single(await room.OfferedAsync(PrecedentRoom.Satire));

        // The mark on the case alone is enough.
        await console.WriteAsync(async scope => await scope.Db.Set<Case>().Where(row => row.Number == about.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety), Cancel));
        await AssertGoneAsync(room, number, cleared);
        await console.WriteAsync(async scope => await scope.Db.Set<Case>().Where(row => row.Number == about.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.Ordinary), Cancel));
        Assert.NotNull(await room.ReadAsync(number));

        // So is the mark on the precedent, which stays when the case is gone.
        await console.WriteAsync(async scope =>
        {
            await scope.MarkChildSafetyAsync(cleared, [await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel)], null, Cancel);
            return 0;
        });
        await console.WriteAsync(async scope => await scope.Db.Set<Case>().Where(row => row.Number == about.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.Ordinary), Cancel));
        await AssertGoneAsync(room, number, cleared);
        Assert.Equal((0, 0), await console.ReadAsync(async db => (await db.Set<PrecedentText>().CountAsync(Cancel), await db.Set<PrecedentTag>().CountAsync(Cancel))));
        Assert.Contains(AuditAct.PrecedentHidden, await room.ActsAsync());

        await RemoveAsync(console, about.Number);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<Precedent>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Case_ThatIsErasedAndRemoved_LeavesThePrecedentInTheWordsOfItsExpert()
    {
        await using TestConsole console = await StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long number, Case about) = await room.PublishedAsync();
        Assert.Single(await room.OfferedAsync(PrecedentRoom.Satire));

        await console.WriteAsync(async scope =>
        {
            foreach (ICaseRecords records in console.Services.GetServices<ICaseRecords>().OrderByDescending(room => room.Floor))
            {
                await records.EraseAsync(scope, [about.Number], Cancel);
            }

            return 0;
        });
        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        Assert.Single(await room.OfferedAsync("They auction municipal goats"));

        await RemoveAsync(console, about.Number);
        PrecedentView view = (await room.ReadAsync(number))!;
        Assert.Equal((null, null, null), (view.Precedent.CaseNumber, view.Precedent.RulingNumber, view.Precedent.DecisionId));
        Assert.Single(await room.OfferedAsync("They auction municipal goats"));
    }

    private static async Task AssertGoneAsync(PrecedentRoom room, long number, Caller cleared)
    {
        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        foreach (Caller person in new[] { room.Room.Asker, cleared })
        {
            Assert.Null(await room.ReadAsync(number, person));
            Assert.Empty(await room.ListAsync(by: person));
            Assert.Empty(await room.ListAsync(new PrecedentFilter { Search = "municipal" }, person));
        }

        Assert.Equal(PrecedentOutcome.NotThere, await room.Console.Use<RewritePrecedent>().RunAsync(cleared, number, 1, PrecedentRoom.Words(), Cancel));
        FoundPrecedents found = await room.Console.Use<ListPrecedents>().RunAsync(cleared, new PrecedentFilter(), Cancel);
        Assert.Empty(found.Policies);
        Assert.Empty(found.Tags);
    }

    private static Task<int> RemoveAsync(TestConsole console, long caseNumber) => console.WriteAsync(async scope =>
    {
        await console.Services.GetServices<ICaseRecords>().Single(one => one is PrecedentRecordsOfCases).RemoveAsync(scope, [caseNumber], Cancel);
        return 0;
    });

    private async Task<TestConsole> StartAsync() => await TestConsole.StartAsync(await server.EmptyAsync());
}

/// <summary>On SQLite.</summary>
public sealed class FilePrecedentTests(SqliteFiles server) : PrecedentsOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresPrecedentTests(PostgresServer server) : PrecedentsOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerPrecedentTests(SqlServerDatabases server) : PrecedentsOnEach(server), IClassFixture<SqlServerDatabases>;
