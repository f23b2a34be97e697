using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class ProcessMediaQueueTests : MediaQueueTest
{
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
}
