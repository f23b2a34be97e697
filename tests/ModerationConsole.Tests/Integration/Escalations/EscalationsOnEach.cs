using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

/// <summary>Questions to experts: to whom they are put, what is said about them, what is ruled. The same on each database.</summary>
public abstract partial class EscalationsOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_ToAPerson_IsOfferedToThatOneOnlyUntilTheirTimeIsOver()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);

        long number = await room.AskAsync(to: new EscalationAddress(PersonId: room.First.Id));

        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.ClaimAsync(room.Second)).Outcome);
        Assert.Equal((InboxKind.EscalationAsked, (long?)number), Assert.Single((await room.InboxAsync(room.First)).Select(entry => (entry.Kind, entry.TaskNumber))));
        console.Clock.Advance(EscalationAddressees.WaitsFor);
        await console.Get<EndPauses>().RunOnceAsync(Cancel);
        Assert.Equal(number, (await room.ClaimAsync(room.Second)).Task?.TaskNumber);
    }

    [Fact]
    public async Task Question_ToAPersonWhoTakesABreak_IsForEveryExpertWithoutSayingWhy()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AskAsync(to: new EscalationAddress(PersonId: room.First.Id));
        await console.Get<EndAddressing>().RunOnceAsync(Cancel);
        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.ClaimAsync(room.Second)).Outcome);
        int audited = await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel));

        await console.Use<TakeBreak>().RunAsync(room.First, Cancel);
        int rested = await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)) - audited;
        await console.Get<EndAddressing>().RunOnceAsync(Cancel);

        Assert.Equal(audited + rested, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
        Assert.Equal(number, (await room.ClaimAsync(room.Second)).Task?.TaskNumber);
    }

    [Fact]
    public async Task Question_ToAPersonWhoIsAwayAlready_WaitsForNobody()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        await console.Use<TakeBreak>().RunAsync(room.First, Cancel);

        long number = await room.AskAsync(to: new EscalationAddress(PersonId: room.First.Id));

        Assert.Equal(number, (await room.ClaimAsync(room.Second)).Task?.TaskNumber);
    }

    [Fact]
    public async Task Question_ToAnArea_IsFirstForThoseNamedForIt()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        Policy area = await room.AreaAsync(room.Second);

        long number = await room.AskAsync(to: new EscalationAddress(AreaId: area.Id));

        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.ClaimAsync(room.First)).Outcome);
        await console.Get<WatchStranded>().RunOnceAsync(Cancel);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<StrandedTask>().CountAsync(Cancel)));
        Assert.Equal(number, (await room.ClaimAsync(room.Second)).Task?.TaskNumber);
    }

    [Fact]
    public async Task Question_ThatWaitsForAnArea_StrandsNoOtherBesideIt()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        Policy area = await room.AreaAsync(room.Second);
        await room.AskAsync(to: new EscalationAddress(AreaId: area.Id));

        // Whom the area waits for asked this one; the other expert may take it.
        long number = await room.AskAsync(by: room.Second);
        await console.Get<WatchStranded>().RunOnceAsync(Cancel);

        Assert.Equal(0, await console.ReadAsync(db => db.Set<StrandedTask>().CountAsync(Cancel)));
        Assert.Equal(number, (await room.ClaimAsync(room.First)).Task?.TaskNumber);
    }

    [Fact]
    public async Task Question_ToAnAreaWithNobodyThere_IsForEveryExpert()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        Policy area = await room.AreaAsync(room.Second);
        Policy unnamed = await room.AreaAsync();
        await room.AskAsync(to: new EscalationAddress(AreaId: area.Id));
        console.Clock.Advance(EscalationAddressees.WaitsFor);
        await console.Get<EndAddressing>().RunOnceAsync(Cancel);
        Assert.NotNull((await room.ClaimAsync(room.First)).Task);

        await room.AskAsync(to: new EscalationAddress(AreaId: unnamed.Id));

        Assert.NotNull((await room.ClaimAsync(room.Second)).Task);
    }

    [Fact]
    public async Task Addressee_WhoCannotAnswer_IsRefusedAndTheTaskStays()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        Caller moderator = await console.PersonAsync();
        Policy below = await console.PolicyAsync();
        Policy top = await console.PolicyAsync();
        await console.WriteAsync(async scope => (await scope.Db.Set<Policy>().SingleAsync(row => row.Id == below.Id, Cancel)).ParentId = top.Id);
        Caller careful = await console.PersonAsync(own: [Permission.ChildSafety]);

        Assert.Equal(EscalateOutcome.UnknownAddressee, (await room.TryAskAsync(to: new EscalationAddress(PersonId: moderator.Id))).Result.Outcome);
        Assert.Equal(EscalateOutcome.UnknownAddressee, (await room.TryAskAsync(to: new EscalationAddress(AreaId: "pol_none"), by: await console.PersonAsync())).Result.Outcome);
        Assert.Equal(EscalateOutcome.UnknownAddressee, (await room.TryAskAsync(to: new EscalationAddress(AreaId: below.Id), by: await console.PersonAsync())).Result.Outcome);
        Assert.Equal(
            EscalateOutcome.UnknownAddressee,
            (await room.TryAskAsync(to: new EscalationAddress(PersonId: room.First.Id), by: careful, sensitivity: Sensitivity.ChildSafety)).Result.Outcome);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<Escalation>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Urgent_GoesBeforeOthersAndIsDueInTwoHours()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        await room.AskAsync();

        long urgent = await room.AskAsync(urgent: true, by: await console.PersonAsync());

        Assert.Equal(urgent, (await room.ClaimAsync(room.First)).Task?.TaskNumber);
        EscalationView view = (await room.ReadAsync(room.First, urgent))!;
        Assert.Equal((EscalationUrgency.Urgent, console.Clock.Now().AddHours(2)), (view.Urgency, view.DueAt));
    }

    [Fact]
    public async Task List_ShowsOpenOnesFirstByDueAndOthersOnlyTheirOwn()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        Caller other = await console.PersonAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        long ruled = await room.AskAsync("First of all");
        await room.RuleAsync(room.First);
        long later = await room.AskAsync(by: other);
        long sooner = await room.AskAsync(urgent: true, to: new EscalationAddress(PersonId: room.Second.Id));

        FoundEscalations all = await room.ListAsync(lead);
        Assert.Equal([sooner, later, ruled], all.Rows.Select(row => row.Number));
        Assert.Equal((2, 0, 0, true), (all.Open, all.Asked, all.ToAnswer, all.SeesAll));
        FoundEscalations own = await room.ListAsync(room.Asker);
        Assert.Equal([sooner, ruled], own.Rows.Select(row => row.Number));
        Assert.Equal((1, 1, 0, false), (own.Open, own.Asked, own.ToAnswer, own.SeesAll));
        Assert.Equal([sooner], (await room.ListAsync(room.Second, new EscalationFilter { Side = EscalationSide.ToAnswer })).Rows.Select(row => row.Number));
        Assert.Equal([later], (await room.ListAsync(lead, new EscalationFilter { Urgency = EscalationUrgency.Normal, State = EscalationState.Open })).Rows.Select(row => row.Number));
        Assert.Equal((EscalationState.Ruled, Verdict.Allow), (await room.ListAsync(lead, new EscalationFilter { State = EscalationState.Ruled })).Rows.Select(row => (row.State, row.Verdict)).Single());
        Assert.Null(await room.ReadAsync(room.Asker, later));
        Assert.NotNull(await room.ReadAsync(lead, later));
    }

    [Fact]
    public async Task CaseInHandAsASample_IsNotThereByAnyWayOfTheEscalation()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AskAsync();
        await room.ClaimAsync(room.First);
        long about = (await room.RowAsync(number)).CaseNumber;
        await room.ConsultAsync(room.First, number, room.Second);
        ReviewTask sample = await console.WriteAsync(async scope => await scope.QueueTaskAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == about, Cancel), TaskKind.Qa, room.Cases, 50, Instant.Never, Cancel));
        await console.HoldAsync(room.Second, sample);

        Assert.Null(await room.ReadAsync(room.Second, number));
        Assert.Equal((0, 0, 0), ((await room.ListAsync(room.Second)).Rows.Count, (await room.ListAsync(room.Second)).Open, (await room.ListAsync(room.Second)).ToAnswer));
        Assert.Equal(WriteMessageOutcome.NotThere, await room.WriteAsync(room.Second, number, "What I think"));
        Assert.Equal(ConsultOutcome.NotThere, await room.ConsultAsync(room.Second, number, room.First));
        Assert.Empty(await room.InboxAsync(room.Second));
        Caller third = await console.PersonAsync(Roles.PolicyExpert);
        await console.WriteAsync(async scope => await scope.Db.Set<ActiveLease>().Where(row => row.TaskNumber == sample.Number).ExecuteDeleteAsync(Cancel));
        Assert.Equal(ConsultOutcome.Consulted, await room.ConsultAsync(room.Second, number, third));
    }

    [Fact]
    public async Task Words_OfACaseWhoseContentIsErased_GoWithItAndTheRestWithTheCase()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AlarmAsync("What was seen");
        await room.WriteAsync(room.Asker, number, "More of it");
        await room.ConsultAsync(room.First, number, room.Second);
        await console.Use<RecordAuthority>().RunAsync(room.First, number, "Police", console.Clock.Now(), null, "PV-17", Cancel);
        long[] cases = [(await room.RowAsync(number)).CaseNumber];
        ICaseRecords records = console.Services.GetServices<ICaseRecords>().Single(one => one is EscalationRecordsOfCases);

        await console.WriteAsync(async scope =>
        {
            await records.EraseAsync(scope, cases, Cancel);
            return 0;
        });
        EscalationView erased = (await room.ReadAsync(room.First, number))!;
        Assert.Equal(("", "", "Police"), (erased.Question, Assert.Single(erased.Messages).Text, Assert.Single(erased.Told).Authority));

        await console.WriteAsync(async scope =>
        {
            await records.RemoveAsync(scope, cases, Cancel);
            return 0;
        });
        Assert.Null(await room.ReadAsync(room.First, number));
        Assert.Equal((0, 0), (await console.ReadAsync(db => db.Set<OnCallAlert>().CountAsync(Cancel)), await console.ReadAsync(db => db.Set<EscalationMessage>().CountAsync(Cancel))));
    }

    private async Task<TestConsole> StartAsync() => await TestConsole.StartAsync(await server.EmptyAsync());
}

/// <summary>On SQLite.</summary>
public sealed class FileEscalationTests(SqliteFiles server) : EscalationsOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresEscalationTests(PostgresServer server) : EscalationsOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerEscalationTests(SqlServerDatabases server) : EscalationsOnEach(server), IClassFixture<SqlServerDatabases>;
