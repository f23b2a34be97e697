using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Whoever claimed the steps above the still and took too long writes nothing; what has none yet gets in line by itself.</summary>
public sealed class LadderClaimTests : IAsyncLifetime
{
    private static readonly TimeSpan s_held = TimeSpan.FromMinutes(9);
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public async ValueTask DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Node_WhoseClaimLapsed_NeitherEndsNorPutsOffWhatAnotherTook()
    {
        Guid id = await DrawnAsync();
        LadderClaim late = (await ClaimAsync())!;
        _console.Clock.Advance(s_held + TimeSpan.FromSeconds(1));
        LadderClaim next = (await ClaimAsync())!;
        LadderEnding ending = new(MediaProblem.RenderFailed, []);

        Assert.False(await _console.WriteAsync(scope => scope.FinishLadderAsync(late, ending, Cancel)));
        Assert.False(await _console.WriteAsync(scope => scope.PostponeLadderAsync(late, TimeSpan.Zero, counts: false, Cancel)));
        Assert.Equal((LadderState.Waiting, 2), await StateAsync(id));
        Assert.Null(await ClaimAsync());
        Assert.True(await _console.WriteAsync(scope => scope.FinishLadderAsync(next, ending, Cancel)));
        Assert.Equal((LadderState.Failed, 2), await StateAsync(id));
    }

    [Fact]
    public async Task Service_AtItsStart_QueuesWhatWasReadyBeforeThereWereSteps()
    {
        Guid id = await DrawnAsync();
        await _console.WriteAsync(scope => scope.Db.Set<MediaObject>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Ladder, LadderState.None), Cancel));

        await _console.RestartAsync(background: true);

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await StateAsync(id)).Ladder == LadderState.None)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private Task<LadderClaim?> ClaimAsync() => _console.WriteAsync(scope => scope.ClaimLadderAsync(s_held, Cancel));

    private async Task<Guid> DrawnAsync()
    {
        await using FileStream file = File.OpenRead(SampleMedia.Jpeg);
        Guid id = (await _console.Use<StoreMedia>().RunAsync(Caller.System, new MediaUpload(file), Cancel)).MediaId!.Value;
        await _console.Get<ProcessMediaQueue>().RunOnceAsync(Cancel);
        return id;
    }

    private Task<(LadderState Ladder, int Attempts)> StateAsync(Guid id) => _console.ReadAsync(async db =>
    {
        MediaObject row = await db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel);
        return (row.Ladder, row.Attempts);
    });
}
