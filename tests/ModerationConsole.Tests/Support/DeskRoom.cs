using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Support;

/// <summary>A console with desks: real use cases over a real database. What was committed reaches the desks when the test tells it.</summary>
public sealed class DeskRoom : IAsyncDisposable
{
    private readonly List<(AsyncServiceScope Scope, DeskSession Desk)> _desks = [];
    private long _told;

    private DeskRoom(TestConsole console) => Console = console;

    public TestConsole Console { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeskRoom> OpenAsync()
    {
        TestConsole console = await TestConsole.StartAsync(configure: services => services
            .AddReviewDesk()
            .AddScoped<StatusLine>()
            .AddScoped<SittingPerson>()
            .AddScoped<ICurrentCaller>(provider => provider.GetRequiredService<SittingPerson>()));
        await console.Get<WaitingModerators>().StartAsync(Cancel);
        return new DeskRoom(console);
    }

    /// <summary>A person opens the desk, as in a window of their own.</summary>
    public async Task<DeskSession> SitAsync(Caller person, string? slug = null)
    {
        AsyncServiceScope scope = Console.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<SittingPerson>().Person = person;
        DeskSession desk = scope.ServiceProvider.GetRequiredService<DeskSession>();
        _desks.Add((scope, desk));
        await desk.OpenAsync(slug, work => work());
        return desk;
    }

    /// <summary>What the desk of a window last said.</summary>
    public string Status(DeskSession desk) =>
        _desks.Single(row => row.Desk == desk).Scope.ServiceProvider.GetRequiredService<StatusLine>().Text;

    /// <summary>Hands what was committed since the last time to whoever watches, as the tail of the outbox does.</summary>
    public async Task TellAsync()
    {
        List<OutboxEvent> news = await Console.ReadAsync(db => db.Set<OutboxEvent>().AsNoTracking()
            .Where(row => row.Sequence > _told).OrderBy(row => row.Sequence).ToListAsync(Cancel));
        _told = news.Count > 0 ? news[^1].Sequence : _told;
        Console.Get<CaseFeed>().Publish(news);
    }

    /// <summary>Waits until the desk is as the test expects it.</summary>
    public static async Task UntilAsync(DeskSession desk, Func<DeskSession, bool> expected)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (expected(desk))
            {
                reached.TrySetResult();
            }
        }

        desk.Changed += Look;
        desk.AheadChanged += Look;
        Look();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        desk.Changed -= Look;
        desk.AheadChanged -= Look;
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((AsyncServiceScope scope, DeskSession desk) in _desks)
        {
            await desk.DisposeAsync();
            await scope.DisposeAsync();
        }

        await Console.Get<WaitingModerators>().StopAsync(CancellationToken.None);
        await Console.DisposeAsync();
    }

    private sealed class SittingPerson : ICurrentCaller
    {
        public Caller Person { get; set; } = Caller.System;

        public ValueTask<Caller> GetAsync() => ValueTask.FromResult(Person);

        public ValueTask<Session> SessionAsync() => throw new NotSupportedException();
    }
}
