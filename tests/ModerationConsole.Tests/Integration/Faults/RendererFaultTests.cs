using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Faults;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>The program that draws stills does not do what it should, and the store of media is full: people go on deciding.</summary>
[Collection(FaultCollection.Name)]
public sealed class RendererFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("missing", null, nameof(MediaProblem.RendererMissing))]
    [InlineData("hanging", "exec sleep 600", nameof(MediaProblem.RenderTimedOut))]
    [InlineData("crashing", "kill -SEGV $$", nameof(MediaProblem.RenderFailed))]
    [InlineData("greedy", "exec tail /dev/zero", null)]
    public async Task Renderer_NotDoingItsWork_KeepsNobodyFromDeciding(string name, string? script, string? problem)
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        string path = Path.Combine(scene.Root, name);
        if (script is not null)
        {
            await File.WriteAllTextAsync(path, $"#!/bin/sh\n{script}\n", Cancel);
            MakeExecutable(path);
        }

        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 2, PauseMs = 20, Steady = true }, new() { ["Media:FfmpegPath"] = path });
        using SendingPlatform platform = new(1) { Console = await server.Address };
        await platform.PostAsync(Cancel, scene.Media.File("/1.jpg", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        await scene.UntilAsync("work on the media has begun", db => db.Set<MediaObject>().AnyAsync(row => row.Attempts > 0, Cancel));
        for (int i = 0; i < 5; i++)
        {
            await platform.PostAsync(Cancel);
        }

        await scene.NotedAsync("decided", 6);
        await scene.UntilAsync("the media has its placeholder", db => db.Set<MediaObject>().AnyAsync(row => row.State == MediaState.Placeholder, Cancel));

        Assert.Empty(Journal.Read(scene.Journal, "fault"));
        if (problem is not null)
        {
            Assert.Equal(problem, scene.Ask("SELECT Problem FROM media_object"));
            Assert.Equal("degraded", await StatusAsync(platform));
        }
    }

    private static async Task<string?> StatusAsync(SendingPlatform platform)
    {
        using HttpClient http = new() { BaseAddress = platform.Console };
        string health = await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        return JsonDocument.Parse(health).RootElement.GetProperty("status").GetString();
    }

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
