using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>The media queue when sources, renderer, disk or the node itself fail.</summary>
public sealed class MediaQueueFaultTests : MediaQueueTest
{
    [Fact]
    public async Task Source_FailingForAWhile_IsTriedAgainLaterAndThenReady()
    {
        string url = _host.On("/a", (stream, cancel) => MediaHost.HeadAsync(stream, "503 Busy", "Content-Length: 0\r\n", cancel));
        Guid id = await _console.MediaAsync(url);
        await Queue.RunOnceAsync(Cancel);
        MediaObject waiting = await RowAsync(id);
        int early = await Queue.RunOnceAsync(Cancel);
        _host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Png, Cancel));
        _console.Clock.Advance(TimeSpan.FromSeconds(5));
        int due = await Queue.RunOnceAsync(Cancel);

        Assert.Equal((MediaState.Pending, nameof(MediaProblem.HttpError)), (waiting.State, waiting.Problem));
        Assert.Equal((0, 1), (early, due));
        Assert.Equal((MediaState.Ready, null), await StateAsync(id));
    }

    [Fact]
    public async Task Source_FailingForever_IsRefusedAfterFiveTries()
    {
        Guid id = await _console.MediaAsync(
            _host.On("/a", (stream, cancel) => MediaHost.HeadAsync(stream, "500 Broken", "Content-Length: 0\r\n", cancel)));
        for (int hour = 0; hour < 10; hour++)
        {
            await Queue.RunOnceAsync(Cancel);
            _console.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal((MediaState.Refused, nameof(MediaProblem.HttpError)), await StateAsync(id));
        Assert.Equal(5, _host.Requests.Count);
    }

    [Fact]
    public async Task Renderer_NotInstalled_GivesPlaceholdersUntilItIs()
    {
        await RestartAsync("/nowhere/ffmpeg");
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        await Queue.RunOnceAsync(Cancel);
        (MediaState, string?) without = await StateAsync(id);
        bool warned = _console.Get<MediaHealth>().Report.IsWarning;

        await RestartAsync("ffmpeg", background: true);
        await ChangeOfAsync(id);

        Assert.Equal((MediaState.Placeholder, nameof(MediaProblem.RendererMissing)), without);
        Assert.True(warned);
        Assert.Equal((MediaState.Ready, null), await StateAsync(id));
        Assert.False(_console.Get<MediaHealth>().Report.IsWarning);
        Assert.Single(_host.Requests); // the original was kept
        Assert.Equal(
            [AuditAct.MediaStored, AuditAct.MediaNotRendered, AuditAct.MediaQueuedAgain, AuditAct.MediaRendered], await ActsAsync(id));
    }

    [Fact]
    public async Task Node_KilledWhileItWorked_LeavesTheObjectToTheNext()
    {
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        await ClaimAndDieAsync();
        await _console.RestartAsync();
        int held = await Queue.RunOnceAsync(Cancel);
        _console.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((0, 1), (held, await Queue.RunOnceAsync(Cancel)));
        Assert.Equal((MediaState.Ready, null), await StateAsync(id));
    }

    [Fact]
    public async Task Media_ThatKillsTheNodeEachTime_IsGivenUp()
    {
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        for (int death = 0; death < 5; death++)
        {
            await ClaimAndDieAsync();
            _console.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        await Queue.RunOnceAsync(Cancel);

        Assert.Equal((MediaState.Refused, nameof(MediaProblem.GaveUp)), await StateAsync(id));
        Assert.Empty(_host.Requests);
    }

    [Fact]
    public async Task Node_WhoseClaimLapsed_WritesNothing()
    {
        Guid id = await _console.MediaAsync(_host.Url("/a"));
        MediaClaim late = await ClaimAndDieAsync();
        _console.Clock.Advance(TimeSpan.FromMinutes(5));
        MediaClaim next = await ClaimAndDieAsync();
        MediaEnding ending = new(MediaState.Refused, MediaProblem.WrongType);

        Assert.False(await _console.WriteAsync(scope => scope.FinishMediaAsync(late, ending, Cancel)));
        Assert.Equal((MediaState.Pending, null), await StateAsync(id));
        Assert.True(await _console.WriteAsync(scope => scope.FinishMediaAsync(next, ending, Cancel)));
        Assert.False(await _console.WriteAsync(scope => scope.FinishMediaAsync(next, ending, Cancel)));
    }

    [Fact]
    public async Task Node_StoppedWhileItWorks_GivesTheObjectBackUnused()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        TaskCompletionSource asked = new();
        Guid id = await _console.MediaAsync(_host.On("/a", (_, cancel) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, cancel);
        }));
        Task<int> run = Queue.RunOnceAsync(stop.Token);
        await asked.Task.WaitAsync(Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        MediaObject media = await RowAsync(id);
        Assert.Equal((MediaState.Pending, 0, _console.Clock.GetUtcNow()), (media.State, media.Attempts, media.NextAttemptAt));
    }

    [Fact]
    public async Task Store_ThatCannotBeWritten_PutsTheObjectOffWithoutCountingIt()
    {
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        string inTheWay = Path.Combine(_console.DataDirectory, "media");
        await File.WriteAllTextAsync(inTheWay, "a file where the folder should be", Cancel);
        await Queue.RunOnceAsync(Cancel);
        MediaObject media = await RowAsync(id);
        File.Delete(inTheWay);
        _console.Clock.Advance(TimeSpan.FromSeconds(30));
        await Queue.RunOnceAsync(Cancel);

        Assert.Equal((MediaState.Pending, 0), (media.State, media.Attempts));
        Assert.Equal((MediaState.Ready, null), await StateAsync(id));
    }

    [Fact]
    public async Task Claim_PutOffForAReasonOfItsOwn_Counts()
    {
        Guid id = await _console.MediaAsync(_host.Url("/a"));
        MediaClaim claim = await ClaimAndDieAsync();

        Assert.True(await _console.WriteAsync(scope => scope.PostponeMediaAsync(claim, TimeSpan.Zero, counts: true, Cancel)));
        Assert.Equal(1, (await RowAsync(id)).Attempts);
    }
}
