using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

/// <summary>Filters of the case list that people keep under a name.</summary>
public sealed class CaseViewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_SavedAndShared_IsSeenByOthersAndChangedByItsOwnerAlone()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller one = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        SaveCaseView save = console.Use<SaveCaseView>();
        Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(one, " Late ", "?due=past", shared: true, Cancel));
        Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(one, "Mine", "q=spam", shared: false, Cancel));
        Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(one, "Late", "due=past&status=open", shared: true, Cancel));
        Assert.Equal(SaveViewOutcome.NameInvalid, await save.RunAsync(one, "  ", "", shared: false, Cancel));

        CaseView seen = Assert.Single(await console.Use<ListCaseViews>().RunAsync(other, Cancel));
        Assert.Equal(("Late", "due=past&status=open", false), (seen.Name, seen.Query, seen.Mine));
        Assert.False(await console.Use<ForgetCaseView>().RunAsync(other, seen.Id, Cancel));
        Assert.True(await console.Use<ForgetCaseView>().RunAsync(one, seen.Id, Cancel));
        Assert.Equal("Mine", Assert.Single(await console.Use<ListCaseViews>().RunAsync(one, Cancel)).Name);
        Assert.Empty(await console.Use<ListCaseViews>().RunAsync(other, Cancel));
    }

    [Fact]
    public async Task View_OfTheSameNameAsAnothersShared_ReplacesOnlyTheOwn()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller one = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        SaveCaseView save = console.Use<SaveCaseView>();
        await save.RunAsync(one, "Late", "due=past", shared: true, Cancel);

        Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(other, "Late", "status=open", shared: false, Cancel));

        Assert.Equal([("status=open", true), ("due=past", false)], (await console.Use<ListCaseViews>().RunAsync(other, Cancel)).Select(view => (view.Query, view.Mine)));
        Assert.Equal("due=past", Assert.Single(await console.Use<ListCaseViews>().RunAsync(one, Cancel)).Query);
        Assert.Equal(2, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.CaseViewSaved, Cancel)));
    }

    [Theory]
    [InlineData(80, 5_000, SaveViewOutcome.Saved)]
    [InlineData(81, 1, SaveViewOutcome.NameInvalid)]
    [InlineData(1, 5_001, SaveViewOutcome.QueryInvalid)]
    public async Task View_LongerThanItCanBe_IsRefused(int name, int query, SaveViewOutcome outcome)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();

        Assert.Equal(outcome, await console.Use<SaveCaseView>().RunAsync(person, new string('n', name), new string('q', query), shared: false, Cancel));
    }

    [Theory]
    [InlineData("Two\nlines", "q=1", SaveViewOutcome.NameInvalid)]
    [InlineData("One", "q=1\r\nset", SaveViewOutcome.QueryInvalid)]
    public async Task View_WithControlCharacters_IsRefused(string name, string query, SaveViewOutcome outcome)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();

        Assert.Equal(outcome, await console.Use<SaveCaseView>().RunAsync(person, name, query, shared: false, Cancel));
    }

    [Fact]
    public async Task Views_OfOnePerson_AreBounded_AndTheOldOnesCanStillBeChanged()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        SaveCaseView save = console.Use<SaveCaseView>();
        for (int place = 0; place < SaveCaseView.MostPerPerson; place++)
        {
            Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(person, $"View {place}", "", shared: false, Cancel));
        }

        Assert.Equal(SaveViewOutcome.TooMany, await save.RunAsync(person, "One more", "", shared: false, Cancel));
        Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(person, "View 7", "status=open", shared: false, Cancel));
        Assert.Equal(SaveCaseView.MostPerPerson, (await console.Use<ListCaseViews>().RunAsync(person, Cancel)).Count);
        Assert.Equal(SaveViewOutcome.Saved, await save.RunAsync(await console.PersonAsync(), "One more", "", shared: false, Cancel));
    }
}
