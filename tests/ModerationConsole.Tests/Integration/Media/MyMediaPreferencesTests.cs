using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class MyMediaPreferencesTests : IAsyncLifetime
{
    private static readonly MediaPreferences s_chosen = new()
    {
        Blur = 4,
        Colour = MediaColour.Sepia,
        Thumbnail = 160,
        Muted = false,
        SpeedPercent = 75,
        StoryboardFirst = false,
        ClipFirst = false,
        Reveal = RevealMode.Toggle,
        ReblurSeconds = 60,
    };

    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Choices_Saved_AreReadAgainAndByNobodyElse()
    {
        Caller mine = await _console.PersonAsync();
        Caller other = await _console.PersonAsync();
        Assert.Equal(SaveMediaPreferencesOutcome.Saved, await SaveAsync(mine, (MyMediaPreferences.Everything, s_chosen), ("weapon", s_chosen with { Blur = 8 })));

        MyMediaPreferences read = await ReadAsync(mine);

        Assert.Equal(s_chosen, read.General);
        Assert.Equal(8, read.For(severe: false, ["Weapon"]).Blur);
        Assert.Empty((await ReadAsync(other)).ByCategory);
    }

    [Fact]
    public async Task Category_LeftOut_FollowsTheWiderOneAgain()
    {
        Caller mine = await _console.PersonAsync();
        await SaveAsync(mine, (MyMediaPreferences.Everything, s_chosen), ("weapon", s_chosen with { Blur = 8 }));
        await SaveAsync(mine, (MyMediaPreferences.Everything, s_chosen with { Blur = 2 }));

        Assert.Equal(2, (await ReadAsync(mine)).For(severe: false, ["weapon"]).Blur);
    }

    [Fact]
    public async Task Choices_Saved_LeaveNoTraceInAuditOrEvents()
    {
        Caller mine = await _console.PersonAsync();
        (int entries, int events) = await TracesAsync();

        await SaveAsync(mine, (MyMediaPreferences.Everything, s_chosen), (MyMediaPreferences.Severe, s_chosen));

        Assert.Equal((entries, events), await TracesAsync());
    }

    [Theory]
    [InlineData("", SaveMediaPreferencesOutcome.UnusableCategory)]
    [InlineData("Weapon", SaveMediaPreferencesOutcome.UnusableCategory)]
    [InlineData("*other", SaveMediaPreferencesOutcome.UnusableCategory)]
    [InlineData("weapon", SaveMediaPreferencesOutcome.OutOfBounds)]
    public async Task Choices_ThatMakeNoSense_AreRefusedAndNothingIsSaved(string category, SaveMediaPreferencesOutcome expected)
    {
        Caller mine = await _console.PersonAsync();
        MediaPreferences chosen = expected == SaveMediaPreferencesOutcome.OutOfBounds ? s_chosen with { Blur = 9 } : s_chosen;

        Assert.Equal(expected, await SaveAsync(mine, (MyMediaPreferences.Everything, s_chosen), (category, chosen)));

        Assert.Empty((await ReadAsync(mine)).ByCategory);
    }

    [Fact]
    public async Task TooManyCategories_AreRefused()
    {
        Caller mine = await _console.PersonAsync();
        (string, MediaPreferences)[] many = [.. Enumerable.Range(0, MyMediaPreferences.MostCategories + 3).Select(number => ($"category {number}", s_chosen))];

        Assert.Equal(SaveMediaPreferencesOutcome.TooManyCategories, await SaveAsync(mine, many));
    }

    [Fact]
    public async Task StoredValue_ThatMayNotBeChosen_CountsAsTheStrictest()
    {
        Caller mine = await _console.PersonAsync();
        await SaveAsync(mine, (MyMediaPreferences.Everything, s_chosen));
        await _console.WriteAsync(scope => scope.Db.Set<MediaPreference>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Blur, -5), Cancel));

        Assert.Equal(MediaPreferences.Strictest, (await ReadAsync(mine)).General);
    }

    [Fact]
    public async Task Categories_Listed_AreThoseOfMediaButNotOfChildSafetyMedia()
    {
        await _console.WriteAsync(scope =>
        {
            scope.Db.AddRange(
                new MediaObject { Category = "Weapon" }, new MediaObject { Category = "weapon" }, new MediaObject { Category = "Blood" }, new MediaObject(),
                new MediaObject { Category = "Hidden", ChildSafety = true });
            return Task.FromResult(0);
        });

        IReadOnlyList<string> listed = await _console.Use<ListMediaCategories>().RunAsync(await _console.PersonAsync(own: Permission.ChildSafety), Cancel);

        Assert.Equal(["blood", "weapon"], listed.Select(MyMediaPreferences.Key));
    }

    private Task<MyMediaPreferences> ReadAsync(Caller caller) => _console.Use<ReadMyMediaPreferences>().RunAsync(caller, Cancel);

    private Task<SaveMediaPreferencesOutcome> SaveAsync(Caller caller, params (string Category, MediaPreferences Chosen)[] all) =>
        _console.Use<SaveMyMediaPreferences>().RunAsync(caller, new MyMediaPreferences(all.ToDictionary(one => one.Category, one => one.Chosen)), Cancel);

    private Task<(int Entries, int Events)> TracesAsync() => _console.ReadAsync(async db =>
        (await db.Set<AuditEntry>().CountAsync(Cancel), await db.Set<OutboxEvent>().CountAsync(Cancel)));
}
