using Microsoft.Extensions.Logging.Abstractions;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Components.Shared;

public sealed class MediaChoicesTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Choices_ThatCannotBeRead_AreTheStrictestUntilTheyCan()
    {
        Someone someone = new() { Caller = null };
        MediaChoices choices = Of(someone);

        Assert.Equal(MediaPreferences.Strictest, await choices.ForAsync(severe: false, []));
        someone.Caller = await _console.PersonAsync();
        Assert.Equal(MediaPreferences.Default, await choices.ForAsync(severe: false, []));
    }

    [Fact]
    public async Task Choices_JustSaved_HoldForTheNextTile()
    {
        Someone someone = new() { Caller = await _console.PersonAsync() };
        MediaChoices choices = Of(someone);
        Assert.Equal(0, (await choices.ForAsync(severe: false, [])).Blur);
        await _console.Use<SaveMyMediaPreferences>().RunAsync(
            someone.Caller, new MyMediaPreferences(new Dictionary<string, MediaPreferences> { [MyMediaPreferences.Everything] = new() { Blur = 3 } }), Cancel);

        choices.Forget();

        Assert.Equal(3, (await choices.ForAsync(severe: false, [])).Blur);
    }

    private MediaChoices Of(ICurrentCaller callers) =>
        new(callers, _console.Use<ReadMyMediaPreferences>(), TimeProvider.System, NullLogger<MediaChoices>.Instance);

    private sealed class Someone : ICurrentCaller
    {
        public Caller? Caller { get; set; }

        public ValueTask<Caller> GetAsync() => Caller is null ? throw new InvalidOperationException("The database is away.") : ValueTask.FromResult(Caller);

        public ValueTask<Session> SessionAsync() => throw new NotSupportedException();
    }
}
