using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class ProcessMediaQueueTests : IAsyncLifetime
{
    // Only for what would otherwise hang when it is broken; nothing waits this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly MediaHost _host = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("media-queue-").FullName;
    private readonly Dictionary<string, string?> _settings = [];
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ProcessMediaQueue Queue => _console.Get<ProcessMediaQueue>();

    public async ValueTask InitializeAsync()
    {
        _settings["Media:AllowedHosts:0"] = _host.Name;
        _console = await TestConsole.StartAsync(_settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Image_Waiting_BecomesReadyWithAuditAndEvent()
    {
        byte[] image = await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel);
        Guid id = await _console.MediaAsync(_host.File("/a.jpg", image));

        Assert.Equal(1, await Queue.RunOnceAsync(Cancel));

        MediaObject media = await RowAsync(id);
        string hash = Convert.ToHexStringLower(SHA256.HashData(image));
        Assert.Equal((MediaState.Ready, MediaKind.Image, null), (media.State, media.Kind, media.Problem));
        Assert.Equal((hash, (long)image.Length, 640, 400), (media.Sha256, media.Bytes, media.Width, media.Height));
        await using Stream still = Assert.IsAssignableFrom<Stream>(_console.Get<IMediaStore>().OpenRendition(hash, MediaStep.BlurredStill));
        Assert.NotNull(_console.Get<IMediaStore>().FindOriginal(hash));
        Assert.Equal([AuditAct.MediaStored, AuditAct.MediaRendered], await ActsAsync(id));
        Assert.Equal(1, await EventsAsync(id));
    }

    [Fact]
    public async Task Video_Waiting_BecomesReadyWithItsLength()
    {
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Mp4, Cancel)));
        await Queue.RunOnceAsync(Cancel);

        MediaObject media = await RowAsync(id);
        Assert.Equal((MediaState.Ready, MediaKind.Video), (media.State, media.Kind));
        Assert.Equal(6, media.DurationSeconds!.Value, tolerance: 0.5);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/a.jpg", MediaProblem.HostNotAllowed)]
    [InlineData("http://169.254.169.254/latest", MediaProblem.HostNotAllowed)]
    [InlineData("file:///etc/passwd", MediaProblem.BadAddress)]
    public async Task Address_NotAllowed_IsRefusedForGood(string url, MediaProblem problem)
    {
        Guid id = await _console.MediaAsync(url);
        await Queue.RunOnceAsync(Cancel);
        _console.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await Queue.RunOnceAsync(Cancel));
        MediaObject media = await RowAsync(id);
        Assert.Equal((MediaState.Refused, problem.ToString()), (media.State, media.Problem));
        Assert.Equal([AuditAct.MediaRefused], await ActsAsync(id));
        Assert.Equal(1, await EventsAsync(id));
    }

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
    public async Task Image_ThatCannotBeDrawn_GetsAPlaceholder()
    {
        byte[] noise = RandomNumberGenerator.GetBytes(10_000);
        ((byte[])[0xFF, 0xD8, 0xFF, 0xE0]).CopyTo(noise, 0);
        Guid id = await _console.MediaAsync(_host.File("/a", noise));
        await Queue.RunOnceAsync(Cancel);

        Assert.Equal((MediaState.Placeholder, nameof(MediaProblem.Unreadable)), await StateAsync(id));
        Assert.Equal([AuditAct.MediaStored, AuditAct.MediaNotRendered], await ActsAsync(id));
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
    public async Task Objects_WorkedOnByTwoNodes_AreFetchedOnceEach()
    {
        byte[] image = await File.ReadAllBytesAsync(SampleMedia.Png, Cancel);
        for (int at = 0; at < 10; at++)
        {
            await _console.MediaAsync(_host.File($"/{at}", image));
        }

        int[] worked = await Task.WhenAll(Queue.RunOnceAsync(Cancel), Queue.RunOnceAsync(Cancel));

        Assert.Equal(10, worked.Sum());
        Assert.Equal(10, _host.Requests.Distinct().Count());
        Assert.Equal(10, _host.Requests.Count);
        Assert.Equal(10, await _console.ReadAsync(db => db.Set<MediaObject>().CountAsync(row => row.State == MediaState.Ready, Cancel)));
    }

    [Fact]
    public async Task SameBytes_UnderTwoAddresses_AreStoredAndDrawnOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        string calls = Path.Combine(_folder, "calls");
        string counting = Path.Combine(_folder, "ffmpeg");
        await File.WriteAllTextAsync(counting, $"#!/bin/sh\necho >> {calls}\nexec ffmpeg \"$@\"\n", Cancel);
        await MakeExecutableAsync(counting);
        _settings["Media:Sandbox"] = "Off"; // it could not count in there
        await RestartAsync(counting);
        byte[] image = await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel);
        Guid first = await _console.MediaAsync(_host.File("/a", image));
        await Queue.RunOnceAsync(Cancel);
        Guid second = await _console.MediaAsync(_host.File("/b", image));
        await Queue.RunOnceAsync(Cancel);

        MediaObject twin = await RowAsync(second);
        Assert.Equal((MediaState.Ready, (await RowAsync(first)).Sha256, (int?)640), (twin.State, twin.Sha256, twin.Width));
        Assert.Single(await File.ReadAllLinesAsync(calls, Cancel));
        Assert.Single(Directory.GetFiles(Path.Combine(_console.DataDirectory, "media"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task SameBytes_OnceMarkedAsChildSafety_AreSoUnderEveryAddress()
    {
        byte[] image = await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel);
        await _console.MediaAsync(_host.File("/a", image), childSafety: true);
        await Queue.RunOnceAsync(Cancel);
        Guid second = await _console.MediaAsync(_host.File("/b", image));
        await Queue.RunOnceAsync(Cancel);

        Assert.True((await RowAsync(second)).ChildSafety);
        Assert.True(await _console.ReadAsync(db => db.Set<OutboxEvent>()
            .Where(row => row.State == second.ToString()).AllAsync(row => row.ChildSafety, Cancel)));
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

    [Fact]
    public async Task Service_Running_FindsWhatWaitsByItsPoll()
    {
        await _console.RestartAsync(background: true);
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        while ((await RowAsync(id)).Attempts == 0)
        {
            _console.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await ChangeOfAsync(id);

        Assert.Equal((MediaState.Ready, null), await StateAsync(id));
    }

    [Fact]
    public async Task Service_Running_IsWokenByANewCaseWithoutWaitingForItsPoll()
    {
        await _console.RestartAsync(background: true);
        Guid id = await _console.WriteAsync(scope =>
        {
            MediaObject media = new() { SourceUrl = _host.Url("/a"), NextAttemptAt = scope.Now, CreatedAt = scope.Now };
            scope.Db.Add(media);
            scope.Publish(LiveKind.CaseQueued, caseNumber: 1);
            return Task.FromResult(media.Id);
        });

        await ChangeOfAsync(id); // refused: there is no such file

        Assert.Equal((MediaState.Refused, nameof(MediaProblem.HttpError)), await StateAsync(id));
    }

    private static async Task MakeExecutableAsync(string path)
    {
        using System.Diagnostics.Process chmod = System.Diagnostics.Process.Start("chmod", ["+x", path]);
        await chmod.WaitForExitAsync(Cancel);
    }

    private async Task RestartAsync(string ffmpeg, bool background = false)
    {
        _settings["Media:FfmpegPath"] = ffmpeg;
        await _console.RestartAsync(background);
    }

    private async Task<MediaClaim> ClaimAndDieAsync() =>
        Assert.Single(await _console.WriteAsync(scope => scope.ClaimMediaAsync(4, TimeSpan.FromMinutes(4), Cancel)));

    private Task<MediaObject> RowAsync(Guid id) =>
        _console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    private async Task<(MediaState State, string? Problem)> StateAsync(Guid id) =>
        await RowAsync(id) is var row ? (row.State, row.Problem) : default;

    private Task<List<AuditAct>> ActsAsync(Guid id) => _console.ReadAsync(db => db.Set<AuditEntry>()
        .Where(entry => entry.Subject == id.ToString()).OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));

    private Task<int> EventsAsync(Guid id) => _console.ReadAsync(db => db.Set<OutboxEvent>()
        .CountAsync(row => row.Kind == LiveKind.MediaChanged && row.State == id.ToString(), Cancel));

    // Ends when the feed tells of the object, or at once when it has been told of before.
    private async Task ChangeOfAsync(Guid id)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watching = _console.Get<CaseFeed>().Subscribe(
            change => change.Kind == LiveKind.MediaChanged && change.State == id.ToString(), _ => told.TrySetResult());
        if ((await StateAsync(id)).State is MediaState.Pending or MediaState.Placeholder)
        {
            await told.Task.WaitAsync(s_patience, Cancel);
        }
    }
}
