using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

public sealed class OpenCaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<int> LooksAsync(TestConsole console, long number) =>
        console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.CaseViewed && entry.CaseNumber == number, Cancel));

    [Fact]
    public async Task Case_Opened_IsShownAndTheLookIsAudited()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        (Case about, _) = await console.CaseAsync(queue, "<b>hello</b>", author: "u-9");

        CaseFile? view = await console.Use<OpenCase>().RunAsync(person, about.Number, Cancel);

        Assert.NotNull(view);
        Assert.Equal("u-9", view.Item.AuthorName);
        Assert.Equal(["<b>hello</b>"], view.Item.Fields.Single(field => field.Name == "text").Values);
        Assert.Contains(view.History, line => line.Kind == CaseEventKind.Queued && line.Text == queue.Name);
        Assert.Equal(queue.Id, view.Where?.QueueId);
        AuditEntry look = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(entry => entry.Act == AuditAct.CaseViewed, Cancel));
        Assert.Equal((person.Id, about.Number), (look.ActorId, look.CaseNumber));
    }

    [Fact]
    public async Task Case_ReadAgainWithinOneLook_IsAuditedOnceAndLaterAgain()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        (Case about, _) = await console.CaseAsync(await console.QueueAsync());
        OpenCase open = console.Use<OpenCase>();

        await open.RunAsync(person, about.Number, Cancel);
        console.Clock.Advance(TimeSpan.FromMinutes(9));
        await open.RunAsync(person, about.Number, Cancel);
        Assert.Equal(1, await LooksAsync(console, about.Number));

        await open.RunAsync(await console.PersonAsync(), about.Number, Cancel);
        Assert.Equal(2, await LooksAsync(console, about.Number));

        console.Clock.Advance(TimeSpan.FromMinutes(2));
        await open.RunAsync(person, about.Number, Cancel);
        Assert.Equal(3, await LooksAsync(console, about.Number));
    }

    [Fact]
    public async Task ChildSafetyCase_WithoutItsPermission_IsAsIfItWereNotThere()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller cleared = await console.PersonAsync(Roles.Moderator, own: Permission.ChildSafety);
        CaseQueue queue = await console.QueueAsync();
        (Case hidden, ReviewTask task) = await console.CaseAsync(queue, sensitivity: Sensitivity.ChildSafety);
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new Decision { CaseNumber = hidden.Number, CaseVersion = 1, TaskNumber = task.Number, DecidedAt = scope.Now, Verdict = Verdict.Allow });
            return Task.FromResult(0);
        });
        ActionDefinition action = await console.ActionAsync();
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new EnforcementAction { CaseNumber = hidden.Number, ActionId = action.Id, CreatedAt = scope.Now, NotBefore = scope.Now });
            return Task.FromResult(0);
        });

        Assert.Null(await console.Use<OpenCase>().RunAsync(lead, hidden.Number, Cancel));
        Assert.Empty(await console.Use<ListCaseDecisions>().RunAsync(lead, hidden.Number, Cancel));
        Assert.Empty(await console.Use<ListCaseActions>().RunAsync(lead, hidden.Number, Cancel));
        Assert.Equal(0, await LooksAsync(console, hidden.Number));
        Assert.NotNull(await console.Use<OpenCase>().RunAsync(cleared, hidden.Number, Cancel));
        Assert.Single(await console.Use<ListCaseDecisions>().RunAsync(cleared, hidden.Number, Cancel));
        Assert.Single(await console.Use<ListCaseActions>().RunAsync(cleared, hidden.Number, Cancel));
    }

    [Fact]
    public async Task OtherVersionOfTheItem_UnderChildSafety_IsNotNamed()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        (Case shown, _) = await console.CaseAsync(queue, "first", itemId: "same");
        (Case second, _) = await console.CaseAsync(queue, "second", itemId: "same");
        await console.CaseAsync(queue, "third", itemId: "same", sensitivity: Sensitivity.ChildSafety);

        CaseFile? view = await console.Use<OpenCase>().RunAsync(person, shown.Number, Cancel);

        Assert.Equal([second.Number], view!.OtherVersions.Select(other => other.Number));
    }

    [Fact]
    public async Task ItemBeside_ThatIsItselfUnderChildSafety_IsLeftOut()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        Caller cleared = await console.PersonAsync(Roles.Moderator, own: Permission.ChildSafety);
        CaseQueue queue = await console.QueueAsync();
        (Case shown, _) = await console.CaseAsync(queue, "shown");
        (Case plain, _) = await console.CaseAsync(queue, "plain");
        (Case hidden, _) = await console.CaseAsync(queue, "hidden", sensitivity: Sensitivity.ChildSafety);
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new RelatedItem { CaseNumber = shown.Number, ItemVersionId = plain.ItemVersionId, Relation = ItemRelation.Additional });
            scope.Db.Add(new RelatedItem { CaseNumber = shown.Number, ItemVersionId = hidden.ItemVersionId, Relation = ItemRelation.Additional, Position = 1 });
            return Task.FromResult(0);
        });

        CaseFile? file = await console.Use<OpenCase>().RunAsync(person, shown.Number, Cancel);
        CaseFile? whole = await console.Use<OpenCase>().RunAsync(cleared, shown.Number, Cancel);

        Assert.Equal([plain.ItemVersionId], file!.Related.Select(item => item.VersionId));
        Assert.Equal([plain.ItemVersionId, hidden.ItemVersionId], whole!.Related.Select(item => item.VersionId));
    }

    [Fact]
    public async Task Case_OfNoSuchNumber_IsNull()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();

        Assert.Null(await console.Use<OpenCase>().RunAsync(person, 404, Cancel));
        Assert.Equal(0, await LooksAsync(console, 404));
    }
}
