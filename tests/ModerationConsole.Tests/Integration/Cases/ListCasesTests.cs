using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

public sealed class ListCasesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<long[]> FindAsync(TestConsole console, Caller caller, CaseFilter? filter = null, CasePlace? place = null) =>
        [.. (await console.Use<ListCases>().RunAsync(caller, filter ?? new CaseFilter(), place ?? new CasePlace(), Cancel)).Rows.Select(row => row.Number)];

    [Fact]
    public async Task List_ByOneWithoutThePermission_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => FindAsync(console, admin));
    }

    [Fact]
    public async Task ChildSafetyCase_WithoutItsPermission_IsInNoListNoSearchAndNoCount()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        Caller cleared = await console.PersonAsync(Roles.Moderator, own: Permission.ChildSafety);
        CaseQueue queue = await console.QueueAsync();
        (Case hidden, _) = await console.CaseAsync(queue, "marzipan", sensitivity: Sensitivity.ChildSafety, itemId: "secret-item", author: "secret-author");
        (Case shown, _) = await console.CaseAsync(queue, "marzipan too");
        CaseFilter[] ways =
        [
            new(), new() { Search = $"{hidden.Number}" }, new() { Search = "secret-item" }, new() { Search = "secret-author" },
            new() { QueueId = queue.Id }, new() { State = CaseState.Open }, new() { Sensitivity = Sensitivity.ChildSafety }, new() { Numbers = [hidden.Number] },
        ];

        foreach (CaseFilter way in ways)
        {
            FoundCases page = await console.Use<ListCases>().RunAsync(auditor, way, new CasePlace(), Cancel);
            Assert.DoesNotContain(page.Rows, row => row.Number == hidden.Number);
            Assert.Equal(page.Rows.Count, page.Matches);
            Assert.Contains(hidden.Number, await FindAsync(console, cleared, way));
        }

        Assert.Equal([shown.Number], await FindAsync(console, auditor));
        // Its words are in no index, not even for those who may see it.
        Assert.Equal([shown.Number], await FindAsync(console, cleared, new CaseFilter { Search = "marzipan" }));
    }

    [Fact]
    public async Task List_InParts_GoesThroughAllOnceInOrderAndBack()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        List<long> made = [];
        for (int count = 0; count < 7; count++)
        {
            made.Add((await console.CaseAsync(queue)).Case.Number);
        }

        ListCases list = console.Use<ListCases>();
        FoundCases first = await list.RunAsync(person, new CaseFilter(), new CasePlace(Size: 3), Cancel);
        // What arrives meanwhile shifts no part.
        await console.CaseAsync(queue);
        FoundCases second = await list.RunAsync(person, new CaseFilter(), new CasePlace(OlderThan: first.Rows[^1].Number, Size: 3), Cancel);
        FoundCases third = await list.RunAsync(person, new CaseFilter(), new CasePlace(OlderThan: second.Rows[^1].Number, Size: 3), Cancel);
        FoundCases back = await list.RunAsync(person, new CaseFilter(), new CasePlace(NewerThan: third.Rows[0].Number, Size: 3), Cancel);

        Assert.Equal([.. made.OrderDescending()], [.. first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.Number)]);
        Assert.Equal([false, true, true], [first.HasNewer, second.HasNewer, third.HasNewer]);
        Assert.Equal([true, true, false], [first.HasOlder, second.HasOlder, third.HasOlder]);
        Assert.Equal(second.Rows.Select(row => row.Number), back.Rows.Select(row => row.Number));
        Assert.True(back is { HasNewer: true, HasOlder: true });
    }

    [Fact]
    public async Task Search_WithSignsOfAQueryLanguage_FindsWordsAndBreaksNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        (Case percent, _) = await console.CaseAsync(queue, "100% off_[now] '; DROP TABLE \"case\"; --");
        (Case times, _) = await console.CaseAsync(queue, "100 times off now");

        Assert.Equal([percent.Number], await FindAsync(console, person, new CaseFilter { Search = "\"100% OFF\"" }));
        Assert.Equal([times.Number, percent.Number], await FindAsync(console, person, new CaseFilter { Search = "off 100" }));
        Assert.Equal([percent.Number], await FindAsync(console, person, new CaseFilter { Search = "'; drop table" }));
        foreach (string nothing in new[] { "\\", "%", "\"", "* OR NEAR(", "' & !", "__" })
        {
            Assert.Empty(await FindAsync(console, person, new CaseFilter { Search = nothing }));
        }
    }

    [Fact]
    public async Task Search_ByNumberIdOrAuthor_FindsTheCase()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        (Case wanted, _) = await console.CaseAsync(queue, "words", itemId: "item-7", author: "author-7");
        await console.CaseAsync(queue, "other words");

        foreach (string words in new[] { $"#{wanted.Number}", $" {wanted.Number} ", "item-7", "author-7" })
        {
            Assert.Contains(wanted.Number, await FindAsync(console, person, new CaseFilter { Search = words }));
        }

        Assert.Equal([wanted.Number], await FindAsync(console, person, new CaseFilter { Search = "author-7" }));
    }

    [Fact]
    public async Task Filter_ByQueueLanguageDateAndDeadline_KeepsOnlyWhatMatches()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue one = await console.QueueAsync();
        CaseQueue two = await console.QueueAsync();
        DateTimeOffset start = console.Clock.GetUtcNow();
        (Case late, _) = await console.CaseAsync(one, language: "en-GB", dueAt: start.AddMinutes(5));
        console.Clock.Advance(TimeSpan.FromHours(1));
        (Case other, _) = await console.CaseAsync(two, language: "de", dueAt: Instant.Never);

        Assert.Equal([late.Number], await FindAsync(console, person, new CaseFilter { QueueId = one.Id }));
        Assert.Equal([late.Number], await FindAsync(console, person, new CaseFilter { Language = "en" }));
        Assert.Equal([other.Number], await FindAsync(console, person, new CaseFilter { Language = "de" }));
        Assert.Equal([late.Number], await FindAsync(console, person, new CaseFilter { PastDue = true }));
        Assert.Equal([late.Number], await FindAsync(console, person, new CaseFilter { To = start.AddMinutes(30) }));
        Assert.Equal([other.Number], await FindAsync(console, person, new CaseFilter { From = start.AddMinutes(30) }));
    }

    [Fact]
    public async Task Row_OfACaseInHand_SaysWhereItStands()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        (_, ReviewTask task) = await console.CaseAsync(queue, dueAt: console.Clock.GetUtcNow().AddHours(1));
        await console.HoldAsync(person, task);

        CaseRow row = Assert.Single((await console.Use<ListCases>().RunAsync(person, new CaseFilter(), new CasePlace(), Cancel)).Rows);

        Assert.Equal(new CaseWhereabouts(queue.Id, queue.Name, Waiting: false, InHand: true, console.Clock.GetUtcNow().AddHours(1)), row.Where);
    }

    [Fact]
    public async Task List_ByActivityWithEqualTimes_IsWalkedBothWaysOnceTiesByNumber()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        List<long> made = [];
        for (int place = 0; place < 9; place++)
        {
            made.Add((await console.CaseAsync(queue)).Case.Number);
        }

        DateTimeOffset later = console.Clock.GetUtcNow().AddMinutes(5);
        await console.WriteAsync(async scope =>
        {
            foreach (Case about in await scope.Db.Set<Case>().Where(row => row.Number % 3 == 0).ToListAsync(Cancel))
            {
                about.LastEvidenceAt = later;
            }

            return 0;
        });
        long[] expected = [.. made.Where(number => number % 3 == 0).OrderDescending(), .. made.Where(number => number % 3 != 0).OrderDescending()];
        ListCases list = console.Use<ListCases>();
        List<CaseRow> down = [];
        for (CasePlace place = new(Size: 2, Order: CaseOrder.Activity); down.Count < 9; place = place with { OlderThan = down[^1].Number, At = down[^1].LastEvidenceAt })
        {
            down.AddRange((await list.RunAsync(person, new CaseFilter(), place, Cancel)).Rows);
        }

        List<CaseRow> up = [];
        for (CasePlace place = new(NewerThan: 0, Size: 2, Order: CaseOrder.Activity); up.Count < 9; place = place with { NewerThan = up[^1].Number, At = up[^1].LastEvidenceAt })
        {
            up.AddRange((await list.RunAsync(person, new CaseFilter(), place, Cancel)).Rows.Reverse());
        }

        Assert.Equal(expected, down.Select(row => row.Number));
        Assert.Equal(expected.Reverse(), up.Select(row => row.Number));
    }

    [Fact]
    public async Task Row_OfASevereCase_HasNoTextUnlessItIsAskedFor()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller cleared = await console.PersonAsync(own: Permission.ChildSafety);
        CaseQueue queue = await console.QueueAsync();
        await console.CaseAsync(queue, "plain");
        await console.CaseAsync(queue, "severe by what it is", sensitivity: Sensitivity.Severe);
        (Case reported, _) = await console.CaseAsync(queue, "severe by a report");
        await console.CaseAsync(queue, "child safety", sensitivity: Sensitivity.ChildSafety);
        await console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == reported.Number)).Severity = Core.Policies.Severity.Severe;
            return 0;
        });

        FoundCases page = await console.Use<ListCases>().RunAsync(cleared, new CaseFilter(), new CasePlace(), Cancel);
        FoundCases asked = await console.Use<ListCases>().RunAsync(cleared, new CaseFilter(), new CasePlace(ShowSevere: true), Cancel);

        Assert.Equal([null, null, null, "plain"], page.Rows.Select(row => row.Excerpt));
        Assert.Equal([null, "severe by a report", "severe by what it is", "plain"], asked.Rows.Select(row => row.Excerpt));
        Assert.Equal(2, (await console.Use<ListCases>().RunAsync(cleared, new CaseFilter { Sensitivity = Sensitivity.Severe }, new CasePlace(), Cancel)).Rows.Count);
    }
}
